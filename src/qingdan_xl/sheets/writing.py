"""A workbook under construction: declared sheets and rows in, .xlsx bytes out (XlsxWriter underneath).

User text is only ever written as a string cell, so nothing a unit typed can become a formula or a link.
"""

import re
import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from io import BytesIO
from types import MappingProxyType

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from qingdan_xl.sheets.declaration import Column, Sheet, Type
from qingdan_xl.sheets.styles import LOCKED_FILL, Styles

TITLE_ROW, PURPOSE_ROW, HEADING_ROW = 0, 1, 2
FIRST_ROW = HEADING_ROW + 1
LISTS_TITLE = "_选项"

ROOM, HIGHEST = 22, 409  # points: the least and the most a row is high
_LINE_HEIGHT, _PADDING = 16, 6
_HEIGHTS = 8192  # of texts that are kept: what many rows and units share is measured once
_A4, _A3 = 9, 8  # ECMA-376 18.3.1.63
_WIDEST_ON_A4 = 1640  # pixels: what is wider would be printed on A4 in type of less than 7 points
_LONGEST_FOOTER = 115  # characters of a name: Excel takes 255 in all, and an & counts twice
USUAL, SMALLER, SMALL = 11, (10, 9), 8  # points: the last takes twice the text of the first
_NARROW = re.compile("[\x00-\u2e7f]+")  # before the CJK radicals, from which on a character is full width
_LONGEST_TEXT = 32767  # ECMA-376 18.18.99: the most one cell holds
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufffe\uffff]"
)
_CREATED = datetime(2026, 1, 1)  # noqa: DTZ001 - a fixed stamp: the same input gives the same bytes


class Mark(StrEnum):
    """How a run of a marked text stands."""

    PLAIN = "plain"
    CUT = "cut"
    ADDED = "added"


# in grey print too: what is struck out has its line through, what was added has one below
_RUNS: Mapping[Mark, Mapping[str, str | int]] = {
    Mark.PLAIN: {},
    Mark.CUT: {"font_color": "#B3261E", "font_strikeout": 1},
    Mark.ADDED: {"font_color": "#1E5C2B", "underline": 1},
}


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula of ours (with leading =) and the value it has now, shown by readers that do not calculate.

    `longest` is the longest text it may give: its row is made high enough for that.
    """

    text: str
    value: str | int | float | Decimal = 0
    longest: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A jump to a place of the same workbook: `target` is like `'明细'!A1`, `text` what stands in the cell."""

    target: str
    text: str


@dataclass(frozen=True, slots=True)
class Closed:
    """An answer that this row does not ask for: its cell is locked, and shows what is known without asking."""

    shown: str | int | float | Decimal | date | Formula | None = None


@dataclass(frozen=True, slots=True)
class Marked:
    """A text in runs that follow one another, some of them struck out or added: shown in red and in green."""

    runs: tuple[tuple[str, Mark], ...]

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join(text for text, _ in self.runs)


Cell = str | int | float | Decimal | date | Formula | Link | Closed | Marked | None


def clean(text: str) -> str:
    """Take out control, bidi and zero-width characters and cut at what a cell can hold.

    XlsxWriter takes a text between <r> and </r> for markup of its own and would write it as it is: it gets a blank.
    """
    plain = _CONTROL.sub("", text)[:_LONGEST_TEXT]
    return f"{plain} " if plain.startswith("<r>") and plain.endswith("</r>") else plain


def text_width(text: str) -> int:
    """How many half-width characters the text takes: a Chinese character counts two."""
    return len(text) + len(_NARROW.sub("", text))


@lru_cache(_HEIGHTS)
def text_height(text: str, width: float, size: int = USUAL) -> int:
    """Row height in points that shows all of `text` in a column `width` characters wide, in type of this size.

    Measured from the text, because rows with wrapped text do not grow by themselves in LibreOffice and some WPS builds.
    """
    room = max(width - 2.5, 2) * USUAL / size  # less the indent and the cell's own margins
    # a line that is broken ends up to a character early: no line begins with a comma or a closing bracket
    widths = map(text_width, text.split("\n"))
    lines = sum([1 if taken <= room else -int(-taken // (room - 1)) for taken in widths])
    return min(-(-lines * _LINE_HEIGHT * size // USUAL) + _PADDING, HIGHEST)


def room_of(column: Column) -> float:
    """The width by which texts of a column are measured: those in the middle of their cells have no indent."""
    return column.width if column.type is Type.LONG else column.width + 2


def fitting_size(text: str, width: float) -> int:
    """The largest type, down to SMALL, in which the highest row shows all of `text`."""
    sizes = (USUAL, *SMALLER)
    return next((size for size in sizes if text_height(text, width, size) < HIGHEST), SMALL)


class LockableWorkbook(xlsxwriter.Workbook):  # type: ignore[misc]  # XlsxWriter ships no types
    """A workbook whose sheets nobody can add, rename or delete where `locked_structure` is set."""

    locked_structure = False

    def _write_book_views(self) -> None:
        # the schema wants the protection right before the views; XlsxWriter has no call for it
        if self.locked_structure:
            self._xml_empty_tag("workbookProtection", [("lockStructure", 1)])
        super()._write_book_views()

    def _extract_named_ranges(self, _defined_names: object) -> list[str]:
        """None are told over again in docProps/app.xml: no program reads that, and it is as long as they are."""
        return []


class Book:
    """One workbook in memory; `lists` are the dropdown lists that CHOICE columns name."""

    def __init__(
        self,
        lists: Mapping[str, Sequence[str]] | None = None,
        locked_fill: str = LOCKED_FILL,
        input_fill: str = "",
    ) -> None:
        # such a warning (a lost dropdown, a name cut short) is a fault of ours, whoever writes on the pages
        warnings.filterwarnings("error", module=r"xlsxwriter\.")
        self._buffer = BytesIO()
        self.workbook = LockableWorkbook(self._buffer, {"in_memory": True, "strings_to_formulas": False})
        self.workbook.set_properties({"created": _CREATED, "author": "qingdan_xl"})
        self.styles = Styles(self.workbook, locked_fill, input_fill)
        self._lists = {name: tuple(values) for name, values in (lists or {}).items() if values}
        self._lists_placed = False

    def add(self, sheet: Sheet, rows: Iterable[Mapping[str, Cell]], title: str = "") -> Worksheet:
        """Write a declared sheet with its title, purpose, headings and rows; return it for finishing touches.

        `rows` map column keys to values; a key that is missing leaves the cell blank. `title` overrides the tab's name.
        """
        page = self.workbook.add_worksheet(title or sheet.title)
        self.head(page, sheet, title or sheet.title)
        last = FIRST_ROW
        for number, row in enumerate(rows, FIRST_ROW):
            self.write_row(page, sheet, number, row)
            last = number + 1
        self.finish(page, sheet, last)
        return page

    def head(self, page: Worksheet, sheet: Sheet, title: str) -> None:
        """Write title, purpose and headings, and set the columns' widths."""
        shown = next(index for index, column in enumerate(sheet) if not column.hidden)
        page.write_string(TITLE_ROW, shown, title, self.styles.title)
        page.write_string(PURPOSE_ROW, shown, sheet.purpose, self.styles.purpose)
        page.set_row(TITLE_ROW, 30)
        page.set_row(PURPOSE_ROW, 20)
        highest = 0
        for index, column in enumerate(sheet):
            page.set_column(index, index, column.width, None, {"hidden": column.hidden})
            page.write_string(HEADING_ROW, index, column.heading, self.styles.heading(column))
            if not column.hidden:
                highest = max(highest, text_height(column.heading, column.width + 2))  # no indent, no break early
        page.set_row(HEADING_ROW, highest + 6)

    def write_row(self, page: Worksheet, sheet: Sheet, number: int, row: Mapping[str, Cell], room: int = ROOM) -> None:
        """Write one row and give it the height its longest text needs, at least `room` points.

        A text that the highest row cannot show stands in smaller type.
        """
        highest = 0
        for index, column in enumerate(sheet):
            value = row.get(column.key)
            text = _shown(value)
            needed = text_height(text, room_of(column)) if isinstance(text, str) and not column.hidden else 0
            if column.hidden and value in (None, "", Closed()):
                continue
            size = {"font_size": fitting_size(str(text), room_of(column))} if needed >= HIGHEST else {}
            asked = replace(column, editable=False) if isinstance(value, Closed) else column
            self.write_cell(page, number, index, value, self.styles.body(asked, **size))
            highest = max(highest, needed)
        page.set_row(number, max(highest, room))

    def write_cell(self, page: Worksheet, row: int, col: int, value: Cell, style: Format | None) -> None:
        """Write one value as what it is; text is always text."""
        match value:
            case None | "":
                page.write_blank(row, col, None, style)
            case Closed(shown):
                self.write_cell(page, row, col, shown, style)
            case Formula(text, cached):
                page.write_formula(row, col, text, style, float(cached) if isinstance(cached, Decimal) else cached)
            case Marked():
                self._write_marked(page, row, col, value, style)
            case Link(target, text):
                page.write_url(row, col, f"internal:{target}", self.styles.link, clean(text))
            case str():
                page.write_string(row, col, clean(value), style)
            case date():
                page.write_datetime(row, col, value, style)
            case _:
                page.write_number(row, col, float(value), style)

    def _write_marked(self, page: Worksheet, row: int, col: int, marked: Marked, style: Format) -> None:
        runs = [(plain, mark) for text, mark in marked.runs if (plain := clean(text))]
        if len(runs) < 2 or len(marked.text) > _LONGEST_TEXT:  # noqa: PLR2004 - one run is no rich text to XlsxWriter
            self.write_cell(page, row, col, marked.text, style)
            return
        size = style.font_size
        parts = (part for text, mark in runs for part in (self.styles.get(font_size=size, **_RUNS[mark]), text))
        page.write_rich_string(row, col, *parts, style)

    def finish(self, page: Worksheet, sheet: Sheet, end: int) -> None:
        """Freeze, filter, checks and print set-up of a sheet whose rows end before `end`."""
        frozen = next((index + 1 for index, column in enumerate(sheet) if column.type is Type.LONG), 1)
        page.freeze_panes(FIRST_ROW, frozen if frozen <= 2 else 1)  # noqa: PLR2004 - more frozen columns eat the window
        page.hide_gridlines(2)
        if end > FIRST_ROW:
            page.autofilter(HEADING_ROW, 0, end - 1, len(sheet.columns) - 1)
        for index, column in enumerate(sheet):
            if column.editable:
                self.validate(page, column, index, FIRST_ROW, end - 1 + sheet.prepared)
        self.print_setup(page, sheet.title)
        if _width_of(sheet) > _WIDEST_ON_A4:
            page.set_paper(_A3)

    def print_setup(self, page: Worksheet, title: str) -> None:
        """A4 landscape, one page wide, headings repeated, the name and 第x页/共y页 below.

        The number stands on the right: in the middle a long name would run into it.
        """
        page.set_landscape()
        page.set_paper(_A4)
        page.set_margins(0.4, 0.4, 0.6, 0.6)
        page.fit_to_pages(1, 0)
        page.repeat_rows(HEADING_ROW)
        page.set_footer(f"&L{title[:_LONGEST_FOOTER].replace('&', '&&')}&R第 &P 页 / 共 &N 页")

    def validate(self, page: Worksheet, column: Column, col: int, first: int, last: int) -> None:
        """Put the column's dropdown, number or date check and input hint on rows `first`..`last`."""
        if options := self.rule(column):
            page.data_validation(first, col, max(first, last), col, options)

    def rule(self, column: Column) -> dict[str, object]:
        """The column's dropdown, number or date check with its input hint, as XlsxWriter takes it; {} for none."""
        options = self._rule(column)
        if options and column.help:
            options |= {"input_title": column.heading[:32], "input_message": column.help}
        return options

    def _rule(self, column: Column) -> dict[str, object]:
        match column.type:
            case Type.PERSON if column.choices in self._lists:
                # somebody from elsewhere may lead: the list helps, it does not forbid
                return {
                    "validate": "list",
                    "source": f"={list_name(column.choices)}",
                    "error_type": "information",
                    "error_title": "请核对姓名",
                    "error_message": f"“{column.heading}”不在本单位人员名单中，请核对。",
                }
            case Type.CHOICE | Type.TICK if column.choices in self._lists:
                return {
                    "validate": "list",
                    "source": f"={list_name(column.choices)}",
                    "error_title": "请从列表中选择",
                    "error_message": f"“{column.heading}”只能从下拉列表中选择。",
                }
            case Type.DATE:
                return {
                    "validate": "date",
                    "criteria": "between",
                    "minimum": date(2000, 1, 1),
                    "maximum": date(2099, 12, 31),
                    "error_title": "请填日期",
                    "error_message": "请填日期，如 2026-3-1。",
                }
            case Type.COUNT:
                return _number_rule("integer", 0, 10_000_000, "请填不小于 0 的整数。")
            case Type.PERCENT:
                return _number_rule("decimal", 0, 1, "请填 0 到 100 的百分数，如 60%。")
            case Type.POINTS:
                return _number_rule("decimal", -1_000_000_000, 1_000_000_000, "请填数字，如 95 或 95.5。")
            case _ if column.help:
                return {"validate": "any"}
            case _:
                return {}

    def place_lists(self, page: Worksheet, first: int, standing: Mapping[str, int] = MappingProxyType({})) -> None:
        """Write the dropdown lists on this page, one a column from `first` on under its name, and define their names.

        `standing` are the columns of lists whose words stand on the page already, from its second row on. Without this
        call lists get a very hidden sheet of their own.
        """
        missing = (name for name in self._lists if name not in standing)
        written = {name: col for col, name in enumerate(missing, first)}
        for name, col in written.items():
            page.write_string(0, col, list_name(name))
            for row, value in enumerate(self._lists[name], 1):
                page.write_string(row, col, clean(value))
        for name, values in self._lists.items():
            letter = xl_col_to_name({**standing, **written}[name])
            self.workbook.define_name(list_name(name), f"='{page.get_name()}'!${letter}$2:${letter}${len(values) + 1}")
        self._lists_placed = True

    def to_bytes(self) -> bytes:
        """Close the workbook and return the file; every warning of XlsxWriter is raised, here as in all before."""
        if self._lists and not self._lists_placed:
            page = self.workbook.add_worksheet(LISTS_TITLE)
            page.very_hidden()
            self.place_lists(page, 0)
        self.workbook.close()
        return self._buffer.getvalue()


def _width_of(sheet: Sheet) -> int:
    """How wide the columns shown are together, in pixels."""
    return sum(7 * column.width + 5 for column in sheet if not column.hidden)


def _shown(value: Cell) -> Cell:
    """What the height of a row is measured by."""
    match value:
        case Formula():
            return value.longest
        case Marked():
            return value.text
        case _:
            return value


def list_name(choices: str) -> str:
    """The defined name under which a dropdown list stands in the workbook."""
    return f"qd_{choices}"


def _number_rule(kind: str, least: float, most: float, message: str) -> dict[str, object]:
    return {
        "validate": kind,
        "criteria": "between",
        "minimum": least,
        "maximum": most,
        "error_title": "请核对数字",
        "error_message": message,
    }
