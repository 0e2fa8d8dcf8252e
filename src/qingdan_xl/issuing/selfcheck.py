"""一键检查: what a workbook with the macro holds besides, all of it made from the declarations and the catalogue."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from itertools import groupby

from xlsxwriter.worksheet import Worksheet

from qingdan_xl.counting.deadlines import issued_due
from qingdan_xl.counting.lights import OVERDUE, SHORT
from qingdan_xl.counting.periods import Calendar
from qingdan_xl.issuing.plan import UnitPlan
from qingdan_xl.issuing.sharing import SharingSheet
from qingdan_xl.packages.places import error_cell, formula_cell
from qingdan_xl.problems import CATALOGUE
from qingdan_xl.sheets.choices import CLOSED, DONE, RECTIFIED
from qingdan_xl.sheets.declaration import Column, Sheet, Type
from qingdan_xl.sheets.identity import AS_OF_NAME, DEMANDS, DUTY_ROWS, LISTS_FIRST, ROLE_SHEETS, Block
from qingdan_xl.sheets.own import with_own
from qingdan_xl.sheets.reading import column_letter, heading_text
from qingdan_xl.sheets.selfcheck import (
    CHECK_TITLE,
    CODES,
    COLUMNS,
    DUES,
    FINDINGS,
    TABLES,
    TEXTS,
    UNSEEN,
)
from qingdan_xl.sheets.styles import ACCENT, PAPER
from qingdan_xl.sheets.unit import (
    COVER_TITLE,
    DUTIES,
    HIDDEN_TITLE,
    LEDGERS,
    MATRIX,
    ROW_ID,
    SIGNATURES,
    TYPED,
)
from qingdan_xl.sheets.values import NO_WORDS, UNITS, YES_WORDS, parse_value, seen_text
from qingdan_xl.sheets.writing import FIRST_ROW, TITLE_ROW, Book, Cell, list_name
from qingdan_xl.vba.project import vba_project
from qingdan_xl.vba.sources import Base, Document, Module, read_module

MACRO_FOLDER = "一键检查"
_EPOCH = date(1899, 12, 30)  # day 0 of Excel's dates
_ROWS = 2000  # of findings that are styled
_BUTTON_AT, _BUTTON = (0, 10), {"width": 118, "height": 32, "x_offset": 4, "y_offset": 8}
_SURROGATES = range(0xD800, 0xE000)  # halves of what stands beyond the first plane
_PLANE = 0x10000
# the problems that the macro finds, as `check` does
KNOWN = (
    "bad-cell",
    "blanks-around",
    "closed-without-date",
    "date-as-text",
    "date-outside-year",
    "date-to-come",
    "deadline-passed",
    "demand-short",
    "done-without-date",
    "done-without-evidence",
    "due-changed",
    "heading-twice",
    "missing-heading",
    "missing-sheet",
    "needs-value",
    "no-host",
    "no-leader",
    "no-responsible",
    "not-a-choice",
    "not-filled",
    "nothing-filled",
    "odd-characters",
    "rectification-overdue",
    "row-id-lost",
    "row-lost",
    "self-score-range",
    "two-hosts",
    "two-leaders",
    "unknown-label",
    "unknown-person",
)
# what it finds, where it knows less than `check`, or speaks to who fills the workbook in
_WORDS = {
    "nothing-filled": ("状态、完成比例、进展、自评分、工作纪实、台账和签字都还没有填", "请填好以后再点一次“一键检查”"),
    "row-id-lost": (
        "第 {rows} 行没有事项编号（隐藏的一列），看不出是哪个事项，没有检查",
        "原有的事项请从下发的填报表中恢复；另外加的行请删去",
    ),
    "row-lost": ("缺少事项“{label}”", "请从下发的填报表中恢复这一行"),
}


def wording(code: str) -> tuple[str, str]:
    """What the macro says is wrong, and what to do: as `check` does, but for what it knows less of."""
    return _WORDS.get(code) or (CATALOGUE[code].what, CATALOGUE[code].advice)


def add_self_check(book: Book, plan: UnitPlan, calendar: Calendar) -> None:
    """Add the button, the sheet for what it finds, the tables that the macro works by, and the macro itself.

    To be called when all other sheets are there: the macros' project names each of them.
    """
    cover = book.workbook.get_worksheet_by_name(COVER_TITLE)
    look = {"macro": "QdCheck.CheckWorkbook", "caption": "一键检查", "description": "核对全表，结果写在“检查结果”"}
    cover.insert_button(*_BUTTON_AT, look | _BUTTON)
    _add_findings(book)
    _add_tables(book, plan, calendar)
    project = _project(len(book.workbook.worksheets()))
    book.workbook.add_vba_project(BytesIO(project), is_stream=True)


def macro_files() -> dict[str, bytes]:
    """The sources of the macro by file name, as the VBA editor imports them."""
    sources = files("qingdan_xl.issuing").joinpath("macros").iterdir()
    texts = {found.name: found.read_text("ascii") for found in sources if found.name.endswith(".bas")}
    return {name: texts[name].replace("\n", "\r\n").encode("ascii") for name in sorted(texts)}


def macro_modules() -> list[Module]:
    """The modules of the macro by name."""
    return [read_module(source.decode("ascii")) for source in macro_files().values()]


@lru_cache(maxsize=64)
def _project(sheets: int) -> bytes:
    documents = [Document(f"Sheet{number}", Base.SHEET) for number in range(1, sheets + 1)]
    return vba_project(macro_modules(), [Document("ThisWorkbook", Base.WORKBOOK), *documents])


def _add_findings(book: Book) -> None:
    page: Worksheet = book.add(FINDINGS, [])
    for index, column in enumerate(FINDINGS):
        jump = {"font_color": ACCENT, "underline": 1} if column.key == "cell" else {}
        look = book.styles.body(column, border=0, bg_color=PAPER, **jump)
        page.set_column(index, index, column.width, look, {"hidden": column.hidden})
    first, last = FIRST_ROW + 1, column_letter(len(FINDINGS.columns) - 1)
    ruled = {"type": "formula", "criteria": f'=$D{first}<>""', "format": book.styles.ruled}
    page.conditional_format(f"A{first}:{last}{FIRST_ROW + _ROWS}", ruled)
    page.write_string(TITLE_ROW, FINDINGS.keys.index("what"), "还没有检查过", book.styles.get(bold=True, indent=1))
    page.protect()


def _add_tables(book: Book, plan: UnitPlan, calendar: Calendar) -> None:
    page: Worksheet = book.workbook.add_worksheet(CHECK_TITLE, SharingSheet)
    page.very_hidden()
    page.protect()
    for name, block in TABLES.items():
        book.workbook.define_name(name, f"='{CHECK_TITLE}'!${column_letter(block.first)}$2")
    _write(book, page, TEXTS, _texts(plan.year).items())
    _write(book, page, COLUMNS, _columns(plan))
    _write(book, page, CODES, ((code, *wording(code)) for code in KNOWN))
    dues = ((row.id, issued_due(row.duty, calendar)) for _, row in plan.rows())
    _write(book, page, DUES, ((row_id, (due.day - _EPOCH).days) for row_id, due in dues if due))
    _write(book, page, UNSEEN, _unseen())


def _texts(year: int) -> dict[str, Cell]:
    """Words and numbers that the macro compares with, where tables begin, and what it says."""
    findings, cells = FINDINGS.keys.index, parse_value
    return {
        "year": year,
        "done": DONE,
        "closed": CLOSED,
        "rectified": "\n".join(RECTIFIED),
        "overdue": OVERDUE,
        "short": SHORT,
        "as_of": AS_OF_NAME,
        "hidden": HIDDEN_TITLE,
        "lists": LISTS_FIRST + 1,
        "role_sheets": ROLE_SHEETS.first + 1,
        "duty_rows": DUTY_ROWS.first + 1,
        "demands": DEMANDS.first + 1,
        "result": FINDINGS.title,
        "result_row": FIRST_ROW + 1,
        "result_title": findings("what") + 1,
        "ticks": "\n".join((*YES_WORDS, *NO_WORDS)),
        "sound": "{at} 检查：没有发现问题",
        "found": "{at} 检查：{count} 处要看一看",
        "failed": "{at} {why}",
        "not_made": "检查没有做完：{why}。请换用下发时的填报表；仍不行的，直接交表，收表时会核对。",
        "sheet_gone": "找不到“{sheet}”工作表",
        "whole_file": "（整个文件）",
        "and_more": "{numbers} 等",
        "more_choices": "{choices} 等 {count} 个",
        "formula": formula_cell("").why,
        "error": error_cell("").why,
        "no_such_day": cells(Type.DATE, "2026-2-30", year).fault,
        "other_century": cells(Type.DATE, "1926-2-3", year).fault,
        "unclear_share": cells(Type.PERCENT, "0.5", year).fault,
        "count_range": cells(Type.COUNT, "-1", year).fault,
        **{kind.value: cells(kind, "?", year).fault for kind in (Type.DATE, Type.COUNT, Type.PERCENT, Type.POINTS)},
        "units": "\n".join(UNITS),
        **{f"units_{kind.value}": _units(kind, year) for kind in (Type.COUNT, Type.PERCENT, Type.POINTS)},
        "tick": cells(Type.TICK, "?", year).fault,
    }


def _units(kind: Type, year: int) -> str:
    return "\n".join(unit for unit in UNITS if not parse_value(kind, f"1{unit}", year).fault)


def _columns(plan: UnitPlan) -> Iterator[Sequence[Cell]]:
    """A row a column that is read, sheet by sheet."""
    duties = with_own(DUTIES, plan.own)
    read = [column for column in duties if column.editable or column.key in (ROW_ID.key, "text")]
    yield from (_column(DUTIES, "", column) for column in read)
    yield from (_shown(DUTIES.column(key)) for key in ("light", "missing"))
    for sheet in (*LEDGERS, SIGNATURES):
        yield from (_column(sheet, sheet.title, column) for column in with_own(sheet, plan.own))
    yield from (_column(MATRIX, MATRIX.title, column) for column in MATRIX if column.key != "check")


def _column(sheet: Sheet, title: str, column: Column) -> Sequence[Cell]:
    is_duty = sheet is DUTIES
    flags = (
        # what is missing among the duties is told once a sheet
        column.required and not is_duty,
        column.editable,
        column.key in TYPED if is_duty else column.editable,
        column.hidden,
    )
    names = "\n".join(map(heading_text, (column.heading, *column.aliases)))
    # a label that the log does not know is told as such
    chosen = column.choices if column.type is Type.CHOICE and column.choices != "duty" else ""
    words = list_name(chosen) if chosen else ""
    kind = column.type.value if column.editable else "fixed"
    return (sheet.key, title, column.key, column.heading, names, kind, words, *map(int, flags))


def _shown(column: Column) -> Sequence[Cell]:
    """A column of the duty sheets that the macro looks at, and that nobody answers."""
    return DUTIES.key, "", column.key, column.heading, heading_text(column.heading), "shown", "", 0, 0, 0, 1


def _unseen() -> list[tuple[int, int]]:
    """The runs of characters of the first plane that texts are cleaned of, but for those that mean nothing as yet."""
    codes = (code for code in range(_PLANE) if code not in _SURROGATES and _is_unseen(chr(code)))
    runs = ([code for _, code in run] for _, run in groupby(enumerate(codes), lambda each: each[1] - each[0]))
    return [(run[0], run[-1]) for run in runs]


def _is_unseen(char: str) -> bool:
    return seen_text(char) != char and unicodedata.category(char) != "Cn"


def _write(book: Book, page: Worksheet, block: Block, rows: Iterable[Sequence[Cell]]) -> None:
    for index, row in enumerate([block.keys, *rows]):
        for offset, value in enumerate(row):
            if value not in (None, ""):
                book.write_cell(page, index, block.first + offset, value, None)
