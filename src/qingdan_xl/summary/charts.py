"""The native charts of 总览: completion, and how the duties stand, by unit."""

from collections.abc import Mapping
from typing import Any

from xlsxwriter.chart import Chart

from qingdan_xl.sheets.declaration import Sheet
from qingdan_xl.sheets.styles import ACCENT, BODY_FONT, HEADING_FONT, LIGHTS, LINE, MUTED
from qingdan_xl.sheets.summary import BY_ROLE, BY_UNIT, LIGHT_KEYS
from qingdan_xl.sheets.writing import FIRST_ROW, Book
from qingdan_xl.summary.frames import Frames

# apart in lightness as well as in hue, so that they are told apart in grey and by the colour-blind
COLOURS = {
    "完成": "#5E9C6B",
    "长期": "#A9A9D1",
    "正常": "#9CC3E0",
    "未填报": "#C8B48C",
    "临近": "#F2D574",
    "欠缺": "#E08E3C",
    "逾期": "#A8322A",
    "不适用": "#D5D5D2",
}
_MOST_UNITS = 40  # more bars than this cannot be read: the roles stand for the units then
_BAR, _FRAME = 24, 110  # pixels
_GRID = "#E3E8ED"


def charts(book: Book, tables: Frames, colours: Mapping[str, str]) -> tuple[Chart, Chart]:
    """The two charts, to be inserted side by side; `height` says how high they want to be."""
    sheet = _subject(tables)
    rows = len(tables[sheet.key])
    return _completion(book, sheet, rows), _lights(book, sheet, rows, colours)


def bar_colours(lights: Mapping[str, tuple[str, str]]) -> Mapping[str, str]:
    """The colour of each light's bar: the institution's own where it has chosen one, else one that stands apart."""
    return {word: COLOURS[word] if fill == LIGHTS[word][0] else fill for word, (fill, _) in lights.items()}


def height(tables: Frames) -> int:
    """How high the charts are in pixels: a bar for each unit or role."""
    return _FRAME + _BAR * max(len(tables[_subject(tables).key]), 3)


def _subject(tables: Frames) -> Sheet:
    return BY_UNIT if len(tables[BY_UNIT.key]) <= _MOST_UNITS else BY_ROLE


def _completion(book: Book, sheet: Sheet, rows: int) -> Chart:
    chart = book.workbook.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": sheet.column("rate").heading,
            "categories": _cells(sheet, _name_key(sheet), rows),
            "values": _cells(sheet, "rate", rows),
            "fill": {"color": ACCENT},
            "gap": 60,
            "data_labels": {"value": True, "num_format": "0%", "font": _font(9, MUTED)},
        }
    )
    chart.set_legend({"none": True})
    _dress(chart, f"完成率（{sheet.title}）", {"min": 0, "max": 1, "major_unit": 0.2, "num_format": "0%"})
    return chart


def _lights(book: Book, sheet: Sheet, rows: int, colours: Mapping[str, str]) -> Chart:
    chart = book.workbook.add_chart({"type": "bar", "subtype": "percent_stacked"})
    for word, key in LIGHT_KEYS.items():
        chart.add_series(
            {
                "name": word,
                "categories": _cells(sheet, _name_key(sheet), rows),
                "values": _cells(sheet, key, rows),
                "fill": {"color": colours[word]},
                "border": {"color": "#FFFFFF", "width": 0.5},
                "gap": 60,
            }
        )
    chart.set_legend({"position": "bottom", "font": _font(9, MUTED)})
    _dress(chart, f"事项预警构成（{sheet.title}）", {"major_unit": 0.2, "num_format": "0%"})
    return chart


def _name_key(sheet: Sheet) -> str:
    return "unit" if sheet is BY_UNIT else "role"


def _cells(sheet: Sheet, key: str, rows: int) -> list[str | int]:
    col = sheet.keys.index(key)
    return [sheet.title, FIRST_ROW, col, FIRST_ROW + max(rows, 1) - 1, col]


def _dress(chart: Chart, title: str, values: dict[str, Any]) -> None:
    """Title, fonts and thin lines; the first unit stands at the top."""
    chart.set_title({"name": title, "overlay": False, "name_font": _font(12, ACCENT) | {"name": HEADING_FONT}})
    chart.set_y_axis({"reverse": True, "num_font": _font(9, MUTED), "line": {"color": LINE}, "major_tick_mark": "none"})
    grid = {"visible": True, "line": {"color": _GRID, "width": 0.5}}
    chart.set_x_axis(values | {"num_font": _font(9, MUTED), "line": {"none": True}, "major_gridlines": grid})
    chart.set_chartarea({"border": {"color": LINE}})


def _font(size: int, colour: str) -> dict[str, Any]:
    return {"name": BODY_FONT, "size": size, "color": colour, "bold": False}
