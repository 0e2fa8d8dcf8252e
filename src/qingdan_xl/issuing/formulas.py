"""The formulas of a unit's workbook: classic functions only, and the same result as counting/ (tests hold that).

Everything hangs on the names below; they grow with the rows that staff insert.
"""

from collections.abc import Mapping

from qingdan_xl.counting.deadlines import AnsweredBy, Due
from qingdan_xl.counting.lights import COMPLETE, EXEMPT, LONG_TERM, NEAR, NORMAL, OVERDUE, SHORT, UNFILLED
from qingdan_xl.counting.progress import MOST_LABELS
from qingdan_xl.sheets.choices import DONE, NOT_APPLICABLE, STANDING
from qingdan_xl.sheets.declaration import Sheet
from qingdan_xl.sheets.identity import AS_OF_NAME, NEAR_NAME
from qingdan_xl.sheets.reading import column_letter
from qingdan_xl.sheets.unit import DUTIES
from qingdan_xl.sheets.writing import HEADING_ROW

LOG_NAMES = {"date": "qd_log_date", "category": "qd_log_category", "duty": "qd_log_duty", "host": "qd_log_host"}
DEMAND_NAMES = {
    "row_id": "qd_demand_id",
    "done": "qd_demand_done",
    "elapsed": "qd_demand_elapsed",
    "met": "qd_demand_met",
    "short": "qd_demand_short",
    "near": "qd_demand_near",
    "missing": "qd_demand_missing",
}
WINDOW_NAMES = {
    "row_id": "qd_window_id",
    "start": "qd_window_start",
    "done": "qd_window_done",
    "required": "qd_window_required",
}
LAST_ROW = 5000  # how far down ledgers count; staff insert rows above


def letter_of(sheet: Sheet, key: str) -> str:
    """The letter under which a column of a declared sheet is issued."""
    return column_letter(sheet.keys.index(key))


def place(title: str, first: str, last: str = "") -> str:
    """An absolute reference to a cell or range of a sheet: `place("工作纪实", "A3", "A9")`."""
    return f"'{title}'!{_absolute(first)}" + (f":{_absolute(last)}" if last else "")


def _absolute(cell: str) -> str:
    letters = cell.rstrip("0123456789")
    return f"${letters}${cell[len(letters) :]}"


def ledger_range(sheet: Sheet, key: str) -> str:
    """All cells of a ledger's column, from its heading down, so that a row inserted on top is still within."""
    letter = letter_of(sheet, key)
    return place(sheet.title, f"{letter}{HEADING_ROW + 1}", f"{letter}{LAST_ROW}")


def literal(text: str) -> str:
    """Text as a criterion of COUNTIFS that matches only itself."""
    return text.replace("~", "~~").replace("*", "~*").replace("?", "~?")


def counted_formula(window: Mapping[str, str], demand: Mapping[str, str], *, personal: bool) -> str:
    """How many log rows fit in one window of a demand, up to what is asked: more than that helps no other window.

    `window` and `demand` are the cells of one row of WINDOWS and DEMANDS by key. Rows tied to no duty and rows tied to
    this one are counted apart, since a criterion cannot say "or".
    """
    date, by_category, duty = LOG_NAMES["date"], LOG_NAMES["category"], LOG_NAMES["duty"]
    days = f'{date},">="&{window["start"]},{date},"<"&{window["end"]}+1,{date},"<"&{AS_OF_NAME}+1'
    led = f',{LOG_NAMES["host"]},"="&{demand["holder"]}' if personal else ""
    fits = f'{days},{by_category},"="&{demand["category"]}{led}'
    counted = f'COUNTIFS({fits},{duty},"")+COUNTIFS({fits},{duty},"="&{demand["label"]})'
    return f"=MIN({window['required']},{counted})"


def short_formula(window: Mapping[str, str]) -> str:
    """1 where the window is over without the demanded count, else 0."""
    return f"=IF(AND({window['end']}<{AS_OF_NAME},{window['done']}<{window['required']}),1,0)"


def named_formula(window: Mapping[str, str], above: Mapping[str, str], first: str) -> str:
    """The labels of the short windows of a demand down to this one, no more than are shown.

    `above` is the row above it, empty for the demand's first; `first` the cell with the first row's `short`.
    """
    if not above:
        return f'=IF({window["short"]}=1,{window["label"]},"")'
    shown = f"SUM({first}:{window['short']})<={MOST_LABELS}"
    own = f'IF({above["named"]}="","","、")&{window["label"]}'
    return f'={above["named"]}&IF(AND({window["short"]}=1,{shown}),{own},"")'


def elapsed_formula(ends: str) -> str:
    """How many windows are over."""
    return f'=COUNTIF({ends},"<"&{AS_OF_NAME})'


def near_formula(ends: str, done: str, required: str) -> str:
    """How many unmet windows end within the days that are near."""
    return f"=SUMPRODUCT(({ends}>={AS_OF_NAME})*({ends}<={AS_OF_NAME}+{NEAR_NAME})*({done}<{required}))"


def missing_formula(short: str, named: str, before: str, following: str) -> str:
    """The names of a demand's short windows after the word `before`, and the duty's next demands behind them.

    `following` is the cell with the text of the next one, '' for the last.
    """
    quoted = before.replace('"', '""')
    head = f'"{quoted}"&' if before else ""
    more = f'IF({short}>{MOST_LABELS},"等"&{short}&"期","")'
    parting, rest = (f'&IF({following}="","","；")', f"&{following}") if following else ("", "")
    return f'=IF({short}=0,"",{head}{named}&{more}{parting}){rest}'


def of_row(key: str, row: int) -> str:
    """The sum of a demand column (`DEMAND_NAMES`) over the demands of the duty in this row (from 1) of a duty sheet.

    SUMPRODUCT and not SUMIFS, which takes an id of digits for a number.
    """
    return f"SUMPRODUCT(({DEMAND_NAMES['row_id']}=${letter_of(DUTIES, 'row_id')}{row})*{DEMAND_NAMES[key]})"


def missing_of_row(row: int) -> str:
    """未达标时段 of the duty in this row (from 1): a duty's first demand holds the text of them all."""
    row_id = f"${letter_of(DUTIES, 'row_id')}{row}"
    return f"=INDEX({DEMAND_NAMES['missing']},MATCH({row_id},{DEMAND_NAMES['row_id']},0))"


def light_formula(row: int, due: Due | None, *, counts: bool) -> str:
    """预警 of the duty in this row (from 1): the words of counting.lights in the same order.

    `due` is the issued date, which stands in the formula itself, None where the unit may set one; `counts` tells
    whether the duty has countable demands.
    """
    status = f"${letter_of(DUTIES, 'status')}{row}"
    own = f"${letter_of(DUTIES, 'deadline')}{row}"
    day = f"DATE({due.day.year},{due.day.month},{due.day.day})" if due else own
    dated = f'{status}<>"{STANDING}"' if due else f'ISNUMBER({own}),{status}<>"{STANDING}"'
    open_ = _unanswered(row, due, own) if counts else ""
    return (
        f'=IF({status}="{NOT_APPLICABLE}","{EXEMPT}",'
        f'IF(AND({dated},{status}<>"{DONE}",{day}<{AS_OF_NAME}{open_}),"{OVERDUE}",'
        f'IF({of_row("short", row)}>0,"{SHORT}",'
        f'IF({status}="{DONE}","{COMPLETE}",'
        f"IF(OR(AND({dated},{day}>={AS_OF_NAME},{day}<{AS_OF_NAME}+{NEAR_NAME}+1),"
        f'{of_row("near", row)}>0),"{NEAR}",'
        f'IF({status}="{STANDING}","{LONG_TERM}",'
        f'IF({status}="","{UNFILLED}","{NORMAL}")))))))'
    )


def _unanswered(row: int, due: Due | None, own: str) -> str:
    """The condition that the counts do not answer for the date (Due.is_met), '' where they never do."""
    if due:
        return f",{of_row('short', row)}>0" if due.by is AnsweredBy.COUNT else ""
    names = WINDOW_NAMES
    begun = f"({names['row_id']}=${letter_of(DUTIES, 'row_id')}{row})*({names['start']}<={own})"
    unmet = f"SUMPRODUCT({begun}*({names['done']}<{names['required']}))"
    return f",OR(SUMPRODUCT({begun})=0,{unmet}>0)"
