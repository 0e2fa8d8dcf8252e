"""需修改 at the front of a marked copy: what is to mend, each with a link to its cell."""

from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from qingdan_xl.model import Origin
from qingdan_xl.problems import Problem, Severity
from qingdan_xl.sheets.handback import HANDBACK
from qingdan_xl.sheets.styles import ACCENT, BODY_FONT, HEADING_FILL, HEADING_FONT, LIGHTS, LINE, MUTED
from qingdan_xl.sheets.writing import ROOM, clean, text_height

_WEIGHTS = {Severity.ERROR: "必须改", Severity.WARNING: "请核对"}
_LIGHTS = {Severity.ERROR: "逾期", Severity.WARNING: "临近"}
_SIDE = Side("thin", color=LINE[1:])
_LINES = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
_HEADING_ROW, _FIRST_ROW = 3, 4
_ACROSS = ("center", "center", "center", "left", "left")  # column by column


def add_list(book: Workbook, problems: Sequence[Problem]) -> None:
    """Put the sheet in front of the others, and show it first."""
    page = book.create_sheet(HANDBACK.title, 0)
    _add_head(page)
    for row, fault in enumerate(problems, _FIRST_ROW):
        _add_row(page, row, fault)
        if fault.origin.sheet in book.sheetnames:
            _link(page.cell(row, 2), fault.origin)
    _set_up(page)
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is page
    book.active = 0


def _add_head(page: Worksheet) -> None:
    page["A1"], page["A2"] = HANDBACK.title, HANDBACK.purpose
    page["A1"].font, page["A2"].font = _font(ACCENT, HEADING_FONT, 16), _font(MUTED)
    page.row_dimensions[1].height, page.row_dimensions[_HEADING_ROW].height = 30, ROOM
    for number, column in enumerate(HANDBACK, 1):
        cell = page.cell(_HEADING_ROW, number, column.heading)
        cell.font, cell.border = _font(ACCENT, HEADING_FONT), _LINES
        cell.fill = PatternFill("solid", HEADING_FILL[1:])
        cell.alignment = Alignment(horizontal="center", vertical="center")
        page.column_dimensions[cell.column_letter].width = column.width


def _add_row(page: Worksheet, row: int, fault: Problem) -> None:
    """One problem; the row is as high as its longest text needs, since programs do not see to that by themselves."""
    place = f"{fault.origin.sheet} {fault.origin.cell}".strip() or "整个文件"
    texts = (place, _WEIGHTS[fault.severity], clean(fault.what), fault.advice)
    page.cell(row, 1).value = row - _HEADING_ROW
    for number, text in enumerate(texts, 2):
        page.cell(row, number).value = text
        page.cell(row, number).data_type = "s"  # what a unit typed is never a formula
    for cell, across in zip(page[row], _ACROSS, strict=True):
        cell.font, cell.border = _font(), _LINES
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal=across)
    fill, colour = LIGHTS[_LIGHTS[fault.severity]]
    page.cell(row, 3).fill, page.cell(row, 3).font = PatternFill("solid", fill[1:]), _font(colour[1:])
    heights = (text_height(text, column.width) for text, column in zip(texts, HANDBACK.columns[1:], strict=True))
    page.row_dimensions[row].height = max(ROOM, *heights)


def _link(cell: Any, where: Origin) -> None:  # noqa: ANN401 - openpyxl's cells of several classes
    quoted = where.sheet.replace("'", "''")
    target = where.cell if where.column else f"A{where.row or 1}"
    cell.hyperlink = Hyperlink(cell.coordinate, location=f"'{quoted}'!{target}")
    cell.font = Font(BODY_FONT, 11, color=ACCENT[1:], underline="single")


def _font(colour: str = "000000", name: str = BODY_FONT, size: int = 11) -> Font:
    return Font(name, size, color=colour.removeprefix("#"))


def _set_up(page: Worksheet) -> None:
    """Prints on A4 landscape, the headings on every page."""
    page.freeze_panes = f"A{_FIRST_ROW}"
    page.print_title_rows = f"{_HEADING_ROW}:{_HEADING_ROW}"
    page.page_setup.orientation, page.page_setup.paperSize, page.page_setup.fitToHeight = "landscape", 9, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
