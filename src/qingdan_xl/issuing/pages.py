"""How a declared sheet becomes a page that staff can fill and cannot break: rows, locks, hints, panes, print."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from qingdan_xl.issuing.formulas import LAST_ROW
from qingdan_xl.issuing.growing import GrowingSheet
from qingdan_xl.sheets.declaration import Sheet
from qingdan_xl.sheets.reading import column_letter
from qingdan_xl.sheets.writing import FIRST_ROW, HEADING_ROW, Book, Cell

_SPARE = 20  # columns to the right of a table that are the staff's own
_RULED = 19  # rows of a ledger that fill one page of paper
# no password: a lock against slips, not against people
_ALLOWED = {
    "objects": True,
    "sort": True,
    "autofilter": True,
    "format_columns": True,
    "format_rows": True,
    "insert_columns": True,
    "insert_hyperlinks": True,
}
_ALLOWED_IN_LEDGERS = _ALLOWED | {"insert_rows": True}


@dataclass(frozen=True, slots=True)
class Layout:
    """How one page is set: its tab's title, the name in its footer, the columns that stay when scrolling.

    Rows are at least `room` points high.
    """

    title: str
    footer: str
    frozen: int
    room: int = 22


def list_page(book: Book, sheet: Sheet, rows: Sequence[Mapping[str, Cell]], layout: Layout) -> Worksheet:
    """A page whose rows are issued and locked; only the answers beside them are open."""
    page = _start(book, sheet, layout)
    for number, row in enumerate(rows, FIRST_ROW):
        book.write_row(page, sheet, number, row, layout.room)
    last = FIRST_ROW + max(len(rows), 1) - 1
    for index, column in enumerate(sheet):
        if column.editable and not column.hidden:
            book.validate(page, column, index, FIRST_ROW, last)
    _finish(book, page, sheet, layout, last)
    page.protect("", _ALLOWED)
    return page


def ledger_page(book: Book, sheet: Sheet, layout: Layout, rows: Sequence[Mapping[str, Cell]]) -> Worksheet:
    """A page that staff write themselves: what they wrote before, prepared rows, and room as far down as is counted.

    One printed page of rows is ruled; the rows below are ruled as they are filled, so that no empty pages are printed.
    """
    page = _start(book, sheet, layout)
    for index, column in enumerate(sheet):
        page.set_column(index, index, column.width, book.styles.body(column, border=0))
        book.validate(page, column, index, FIRST_ROW, LAST_ROW - 1)
    ruled = max(_RULED, len(rows))
    for number, row in enumerate([*rows, *[{}] * (ruled - len(rows))], FIRST_ROW):
        book.write_row(page, sheet, number, row, layout.room)
    last = column_letter(len(sheet.columns) - 1)
    below = FIRST_ROW + ruled + 1
    page.conditional_format(
        f"A{below}:{last}{LAST_ROW}",
        {
            "type": "formula",
            "criteria": f"=COUNTA($A{below}:${last}{below})>0",
            "format": book.styles.ruled,
        },
    )
    _finish(book, page, sheet, layout, FIRST_ROW + max(sheet.prepared, ruled) - 1)
    page.hide_gridlines(1)
    page.protect("", _ALLOWED_IN_LEDGERS)
    return page


def colour_lights(book: Book, page: Worksheet, cells: str) -> None:
    """Colour the words of 预警 in these cells."""
    for word in book.styles.lights:
        colour_word(page, cells, word, book.styles.light(word))


def colour_word(page: Worksheet, cells: str, word: str, style: Format) -> None:
    """Give the cells that hold exactly this word a style."""
    page.conditional_format(cells, {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": style})


def _start(book: Book, sheet: Sheet, layout: Layout) -> Worksheet:
    page: Worksheet = book.workbook.add_worksheet(layout.title, GrowingSheet)
    book.head(page, sheet, layout.title)
    page.set_column(len(sheet.columns), len(sheet.columns) + _SPARE - 1, None, book.styles.get(locked=False))
    return page


def _finish(book: Book, page: Worksheet, sheet: Sheet, layout: Layout, last: int) -> None:
    page.freeze_panes(FIRST_ROW, layout.frozen)
    page.hide_gridlines(2)
    page.autofilter(HEADING_ROW, 0, last, len(sheet.columns) - 1)
    book.print_setup(page, layout.footer)
