"""The formulas of a unit's workbook: classic functions only, and the same result as counting/ (tests hold that).

Everything hangs on the names below; they grow with the rows that staff insert.
"""

from qingdan_xl.counting.lights import COMPLETE, EXEMPT, LONG_TERM, NEAR, NORMAL, OVERDUE, SHORT
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
    "short": "qd_demand_short",
    "near": "qd_demand_near",
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


def counts(windows: tuple[str, str], category: str, label: str, holder: str) -> str:
    """How many log rows fit in each window: an array, one number a window.

    `windows` are the ranges of starts and ends, the others cells with criteria; `holder` is '' for what the unit holds
    together. Rows tied to no duty and rows tied to this one are counted apart, since a criterion cannot say "or".
    """
    starts, ends = windows
    date, by_category, duty = LOG_NAMES["date"], LOG_NAMES["category"], LOG_NAMES["duty"]
    days = f'{date},">="&{starts},{date},"<"&{ends}+1,{date},"<"&{AS_OF_NAME}+1'
    fits = f'{days},{by_category},"="&{category}' + (f',{LOG_NAMES["host"]},"="&{holder}' if holder else "")
    return f'(COUNTIFS({fits},{duty},"")+COUNTIFS({fits},{duty},"="&{label}))'


def done_formula(counted: str) -> str:
    """How often a demand was met so far."""
    return f"=SUMPRODUCT({counted})"


def short_formula(counted: str, ends: str, required: str) -> str:
    """How many windows are over without the demanded count."""
    return f"=SUMPRODUCT(({ends}<{AS_OF_NAME})*({counted}<{required}))"


def near_formula(counted: str, ends: str, required: str) -> str:
    """How many unmet windows end within the days that are near."""
    return f"=SUMPRODUCT(({ends}>={AS_OF_NAME})*({ends}<={AS_OF_NAME}+{NEAR_NAME})*({counted}<{required}))"


def of_row(key: str, row: int) -> str:
    """The sum of a demand column (`DEMAND_NAMES`) over the demands of the duty in this row (from 1) of a duty sheet.

    SUMPRODUCT and not SUMIFS, which takes an id of digits for a number.
    """
    return f"SUMPRODUCT(({DEMAND_NAMES['row_id']}=${letter_of(DUTIES, 'row_id')}{row})*{DEMAND_NAMES[key]})"


def light_formula(row: int) -> str:
    """预警 of the duty in this row (from 1): the words of counting.lights in the same order of gravity."""
    status = f"${letter_of(DUTIES, 'status')}{row}"
    deadline = f"${letter_of(DUTIES, 'deadline')}{row}"
    dated = f'ISNUMBER({deadline}),{status}<>"{STANDING}"'
    return (
        f'=IF({status}="{NOT_APPLICABLE}","{EXEMPT}",'
        f'IF(AND({dated},{status}<>"{DONE}",{deadline}<{AS_OF_NAME}),"{OVERDUE}",'
        f'IF({of_row("short", row)}>0,"{SHORT}",'
        f'IF({status}="{DONE}","{COMPLETE}",'
        f'IF(OR(AND({dated},{deadline}<{AS_OF_NAME}+{NEAR_NAME}+1),{of_row("near", row)}>0),"{NEAR}",'
        f'IF({status}="{STANDING}","{LONG_TERM}","{NORMAL}"))))))'
    )
