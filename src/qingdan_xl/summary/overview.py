"""总览: the page a leader opens first."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from xlsxwriter.chart import Chart
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from qingdan_xl.counting.lights import OVERDUE
from qingdan_xl.sheets.declaration import Sheet
from qingdan_xl.sheets.styles import ACCENT, HEADING_FILL, HEADING_FONT, LINE, MUTED, PAPER
from qingdan_xl.sheets.summary import CHANGES, OVERVIEW
from qingdan_xl.sheets.writing import Book, Formula, text_height
from qingdan_xl.summary.charts import bar_colours, bars_of, charts
from qingdan_xl.summary.figures import DIFFERS
from qingdan_xl.summary.frames import Frames
from qingdan_xl.summary.keyfigures import Card, KeyFigure, cards, key_figures
from qingdan_xl.summary.material import Material

_LABELS, _NUMBERS, _LINKS, _CHARTS = 3, 4, 5, 7  # rows of the cards and of the charts
_WIDTH, _PIXELS = 20, 145  # of each column, in characters and on the screen
_ROW = 20  # points, of a figure whose note takes one line
_ROW_PIXELS, _GAP = 20, 10
_PLACES = {"group": 0, "figure": 1, "value": 2, "note": 3, "look": 5}  # the note runs over two columns
_UNKNOWN = Formula('="—"', "—")
_PERCENT = {"num_format": "0.0%"}


def write_overview(book: Book, material: Material, tables: Frames) -> None:
    """Add 总览 to the book: title, cards, charts, and the table of figures with links to the sheets behind."""
    page = book.workbook.add_worksheet(OVERVIEW.title)
    shown = cards(tables)
    page.hide_gridlines(2)
    page.set_column(0, len(shown) - 1, _WIDTH)
    _head(book, page, material)
    for col, card in enumerate(shown):
        _card(book, page, col, card, material.lights)
    bars = bars_of(tables)
    made = charts(book, page, _CHARTS, bars, bar_colours(material.lights))
    _charts(page, made, len(shown) * _PIXELS, bars.height)
    top, found = _CHARTS + bars.height // _ROW_PIXELS + 2, _figures_of(material, tables)
    _figures(book, page, top, found)
    warn = book.styles.shade(*material.lights[OVERDUE])
    rule = {"type": "cell", "criteria": "==", "value": f'"{DIFFERS}"', "format": warn}
    page.conditional_format(top + 1, _PLACES["value"], top + len(found), _PLACES["value"], rule)
    book.print_setup(page, OVERVIEW.title)
    page.set_portrait()  # the cards and the charts of forty units on one page
    page.repeat_rows(top)


def _figures_of(material: Material, tables: Frames) -> tuple[KeyFigure, ...]:
    """The key figures; what changed is unknown, not nothing, where there is no earlier summary."""
    found = key_figures(tables)
    if material.before is not None:
        return found
    return tuple(replace(figure, formula=_UNKNOWN) if figure.look is CHANGES else figure for figure in found)


def _head(book: Book, page: Worksheet, material: Material) -> None:
    scope, before = material.scope.label, material.before
    page.write_string(0, 0, f"{material.title} · {scope}汇总", book.styles.title)
    told = [f"统计截至{_day(material.calendar.as_of)}"]
    told += [f"次数和欠缺只计{scope}到期的，逾期不论何时到期都算"] if scope else []
    told += [f"变化与{_day(before.as_of)}的汇总相比" if before else "还没有更早的汇总可比，“变化”为空"]
    page.write_string(1, 0, f"{'；'.join(told)}。{OVERVIEW.purpose}。", book.styles.purpose)
    page.set_row(0, 30)
    page.set_row(1, 20)
    page.set_row(_LABELS, 24)
    page.set_row(_NUMBERS, 42)
    page.set_row(_LINKS, 20)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _card(book: Book, page: Worksheet, col: int, card: Card, lights: Mapping[str, tuple[str, str]]) -> None:
    fill, ink = lights.get(card.light, (HEADING_FILL, ACCENT))
    look = {"bg_color": fill, "font_color": ink, "align": "center", "left": 5, "right": 5}
    look |= {"left_color": PAPER, "right_color": PAPER}
    number = book.styles.get(**look, font_name=HEADING_FONT, font_size=24, num_format="0%" if card.percent else "0")
    page.write_string(_LABELS, col, card.label, book.styles.get(**look))
    book.write_cell(page, _NUMBERS, col, card.formula, number)
    _link(page, _LINKS, col, card.look, book.styles.get(**look, font_size=10, underline=1))


def _link(page: Worksheet, row: int, col: int, sheet: Sheet, style: Format) -> None:
    page.write_url(row, col, f"internal:'{sheet.title}'!A1", style, f"查看{sheet.title}")


def _charts(page: Worksheet, found: Iterable[Chart], width: int, high: int) -> None:
    size = {"width": width // 2 - _GAP // 2, "height": high}
    for number, chart in enumerate(found):
        chart.set_size(size)
        page.insert_chart(_CHARTS, 3 * number, chart, {"x_offset": _GAP // 2 * number, "object_position": 2})


def _figures(book: Book, page: Worksheet, row: int, found: tuple[KeyFigure, ...]) -> None:
    heading = book.styles.heading(OVERVIEW.column("note"))
    page.set_row(row, 26)
    for column in OVERVIEW:
        page.write_string(row, _PLACES[column.key], column.heading, heading)
    page.merge_range(row, _PLACES["note"], row, _PLACES["note"] + 1, OVERVIEW.column("note").heading, heading)
    for number, figure in enumerate(found, row + 1):
        _figure(book, page, number, figure)


def _figure(book: Book, page: Worksheet, row: int, figure: KeyFigure) -> None:
    line = {"bottom": 1, "bottom_color": LINE}
    page.set_row(row, max(_ROW, text_height(figure.note, 2 * _WIDTH)))
    page.write_string(row, _PLACES["group"], figure.group, book.styles.get(**line, font_color=MUTED, align="center"))
    page.write_string(row, _PLACES["figure"], figure.label, book.styles.get(**line))
    value = book.styles.get(**line, **(_PERCENT if figure.percent else {}), align="center", bold=True)
    book.write_cell(page, row, _PLACES["value"], figure.formula, value)
    wrapped = book.styles.get(**line, font_color=MUTED, text_wrap=True)
    page.merge_range(row, _PLACES["note"], row, _PLACES["note"] + 1, figure.note, wrapped)
    _link(page, row, _PLACES["look"], figure.look, book.styles.get(**line, font_color=ACCENT, underline=1))
