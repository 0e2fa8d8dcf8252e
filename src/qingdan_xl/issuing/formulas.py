"""The formulas of a unit's workbook: classic functions only, and the same result as counting/ (tests hold that).

Everything hangs on the names below; they grow with the rows that staff insert.
"""

from collections.abc import Mapping

from qingdan_xl.counting.deadlines import AnsweredBy, Due
from qingdan_xl.counting.lights import COMPLETE, EXEMPT, LONG_TERM, NEAR, NORMAL, OVERDUE, SHORT, UNFILLED
from qingdan_xl.counting.progress import EXCEEDED, MOST_LABELS
from qingdan_xl.sheets.choices import DONE, NOT_APPLICABLE, STANDING
from qingdan_xl.sheets.declaration import Sheet
from qingdan_xl.sheets.identity import AS_OF_NAME, NEAR_NAME, OVER_NAME, SOON_NAME
from qingdan_xl.sheets.reading import column_letter
from qingdan_xl.sheets.unit import DUTIES
from qingdan_xl.sheets.writing import HEADING_ROW

LOG_NAMES = {"date": "qd_log_date", "category": "qd_log_category", "duty": "qd_log_duty", "host": "qd_log_host"}
DEMAND_NAMES = {
    "row_id": "qd_demand_id",
    "category": "qd_demand_category",
    "label": "qd_demand_label",
    "holder": "qd_demand_holder",
    "missing": "qd_demand_missing",
}
WINDOW_NAMES = {
    "row_id": "qd_window_id",
    "period": "qd_window_period",
    "done": "qd_window_done",
    "named": "qd_window_named",
    "required": "qd_window_required",
}
PERIOD_NAMES = {
    "number": "qd_period_number",
    "start": "qd_period_start",
    "end": "qd_period_end",
    "label": "qd_period_label",
}
PARTING = "、"  # between the labels of windows, none of which holds it
BLANKS = "\u00a0\u3000"  # those of web pages and Chinese ones, which TRIM leaves
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


def counted_formula(window: Mapping[str, str], limit: int | None, *, personal: bool) -> str:
    """How many log rows fit in one window of a demand, up to what is asked: more than that helps no other window.

    With an upper `limit` 0, less what is more than that: a limit asks for 0, and is exceeded below it. `window` are the
    cells of one row of WINDOWS by key. Rows tied to no duty and rows tied to this one are counted apart, since a
    criterion cannot say "or".
    """
    date, by_category, duty = LOG_NAMES["date"], LOG_NAMES["category"], LOG_NAMES["duty"]
    asked = {key: f'"="&INDEX({DEMAND_NAMES[key]},{window["demand"]})' for key in ("category", "label", "holder")}
    start, end = (f"INDEX({PERIOD_NAMES[key]},{window['period']})" for key in ("start", "end"))
    days = f'{date},">="&{start},{date},"<"&{end}+1,{date},"<"&{AS_OF_NAME}+1'
    led = f",{LOG_NAMES['host']},{asked['holder']}" if personal else ""
    fits = f"{days},{by_category},{asked['category']}{led}"
    counted = f'COUNTIFS({fits},{duty},"")+COUNTIFS({fits},{duty},{asked["label"]})'
    return f"=MIN({window['required']},{counted})" if limit is None else f"=MIN(0,{limit}-({counted}))"


def named_formula(window: Mapping[str, str], above: Mapping[str, str], limit: int | None) -> str:
    """The labels of the windows of a demand down to this one that are over without the demanded count.

    With a `limit` those in which it is exceeded, be they over or not. `above` is the row above it, which may be another
    demand's.
    """
    before = f'IF({window["demand"]}={above["demand"]},{above["named"]},"")'
    is_short = f"AND({window['period']}<={OVER_NAME},{window['done']}<{window['required']})"
    label = f"INDEX({PERIOD_NAMES['label']},{window['period']})"
    if limit is not None:
        is_short, label = f"{window['done']}<0", f'{label}&"{EXCEEDED}"'
    return f'={before}&IF({is_short},IF({before}="","","{PARTING}")&{label},"")'


def over_formula() -> str:
    """How many of the periods are over."""
    return f'=COUNTIF({PERIOD_NAMES["end"]},"<"&{AS_OF_NAME})'


def soon_formula() -> str:
    """How many of the periods are over or end within the days that are near."""
    return f'=COUNTIF({PERIOD_NAMES["end"]},"<="&{AS_OF_NAME}+{NEAR_NAME})'


def missing_formula(demand: Mapping[str, str], before: str, following: str) -> str:
    """The names of a demand's short windows after the word `before`, and the duty's next demands behind them.

    `demand` are the cells of one row of DEMANDS by key, `following` that with the text of the next, '' for the last. Of
    more names than are shown the first ones are cut out in front of the parting behind them.
    """
    named = f"INDEX({WINDOW_NAMES['named']},{demand['last']})"
    count = f'LEN({named})-LEN(SUBSTITUTE({named},"{PARTING}",""))+1'
    cut = f'LEFT({named},FIND("|",SUBSTITUTE({named},"{PARTING}","|",{MOST_LABELS}))-1)'
    shown = f'IF({count}>{MOST_LABELS},{cut}&"等"&{count}&"期",{named})'
    quoted = before.replace('"', '""')
    head = f'"{quoted}"&' if before else ""
    parting, rest = (f'&IF({following}="","","；")', f"&{following}") if following else ("", "")
    return f'=IF({named}="","",{head}{shown}{parting}){rest}'


# what is summed over the windows of a duty; one whose limit is exceeded is below 0, and as good as over
_PERIOD, _DONE = WINDOW_NAMES["period"], WINDOW_NAMES["done"]
_OVER, _SOON = f"({_PERIOD}<={OVER_NAME})", f"({_PERIOD}>{OVER_NAME})*({_PERIOD}<={SOON_NAME})"
_SUMS = {
    "done": f"({_DONE}>0)*{_DONE}",
    "elapsed": f"({_OVER}+({_DONE}<0)>0)",
    "met": f"{_OVER}*({_DONE}>={WINDOW_NAMES['required']})",
    "near": f"{_SOON}*({_DONE}>=0)*({_DONE}<{WINDOW_NAMES['required']})",
}


def of_row(key: str, row: int) -> str:
    """What `key` says of the duty in this row (from 1) of a duty sheet: how often done, or how many of its windows are.

    `key` is done, elapsed, met or near. SUMPRODUCT and not SUMIFS, which takes an id of digits for a number.
    """
    return f"SUMPRODUCT(({WINDOW_NAMES['row_id']}=${letter_of(DUTIES, 'row_id')}{row})*{_SUMS[key]})"


def missing_of_row(row: int) -> str:
    """未达标时段 of the duty in this row (from 1): a duty's first demand holds the text of them all."""
    row_id = f"${letter_of(DUTIES, 'row_id')}{row}"
    return f"=INDEX({DEMAND_NAMES['missing']},MATCH({row_id},{DEMAND_NAMES['row_id']},0))"


def light_formula(row: int, due: Due | None, *, counts: bool) -> str:
    """预警 of the duty in this row (from 1): the words of counting.lights in the same order.

    `due` is the issued date, which stands in the formula itself, None where the unit may set one; `counts` tells
    whether the duty has countable demands.
    """
    # a word that was pasted may have blanks around it
    status = f"${letter_of(DUTIES, 'status')}{row}"
    for blank in BLANKS:
        status = f'SUBSTITUTE({status},"{blank}"," ")'
    status = f"TRIM({status})"
    own = f"${letter_of(DUTIES, 'deadline')}{row}"
    day = f"DATE({due.day.year},{due.day.month},{due.day.day})" if due else own
    dated = f'{status}<>"{STANDING}"' if due else f'ISNUMBER({own}),{status}<>"{STANDING}"'
    open_ = _unanswered(row, due, own) if counts else ""
    short = f'IF({_is_short(row)},"{SHORT}",' if counts else ""
    near = f",{of_row('near', row)}>0" if counts else ""
    return (
        f'=IF({status}="{NOT_APPLICABLE}","{EXEMPT}",'
        f'IF(AND({dated},{status}<>"{DONE}",{day}<{AS_OF_NAME}{open_}),"{OVERDUE}",'
        f'{short}IF({status}="{DONE}","{COMPLETE}",'
        f'IF(OR(AND({dated},{day}>={AS_OF_NAME},{day}<{AS_OF_NAME}+{NEAR_NAME}+1){near}),"{NEAR}",'
        f'IF({status}="{STANDING}","{LONG_TERM}",'
        f'IF({status}="","{UNFILLED}","{NORMAL}"))))))' + (")" if counts else "")
    )


def _is_short(row: int) -> str:
    """The condition that fewer windows of the row's duty are met than are over."""
    met, elapsed = (f"${letter_of(DUTIES, key)}{row}" for key in ("met", "elapsed"))
    return f"{met}<{elapsed}"


def _unanswered(row: int, due: Due | None, own: str) -> str:
    """The condition that the counts do not answer for the date (Due.is_met), '' where they never do."""
    if due:
        return f",{_is_short(row)}" if due.by is AnsweredBy.COUNT else ""
    names = WINDOW_NAMES
    starts = f"LOOKUP({names['period']},{PERIOD_NAMES['number']},{PERIOD_NAMES['start']})"
    begun = f"({names['row_id']}=${letter_of(DUTIES, 'row_id')}{row})*({names['required']}>0)*({starts}<={own})"
    unmet = f"SUMPRODUCT({begun}*({names['done']}<{names['required']}))"
    return f",OR(SUMPRODUCT({begun})=0,{unmet}>0)"
