"""The native charts of 总览: completion, and how the duties stand, by unit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter.chart import Chart
from xlsxwriter.worksheet import Worksheet

from qingdan_xl.sheets.declaration import Sheet
from qingdan_xl.sheets.styles import ACCENT, BODY_FONT, HEADING_FONT, LIGHTS, LINE, MUTED, PAPER
from qingdan_xl.sheets.summary import BY_ROLE, BY_UNIT, LIGHT_KEYS
from qingdan_xl.sheets.writing import FIRST_ROW, Book, clean
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
_BAR, _TWICE, _FRAME = 24, 38, 110  # pixels: a bar, one whose name takes two lines, what is around the bars
_HIGHEST = _FRAME + _BAR * _MOST_UNITS  # what goes on one page below the cards
_LINE, _LONGEST = 14, 32  # characters of a name beside its bar: one line, and the two into which a longer one goes
_KEPT = 11  # characters at the end of a name that is longer still: they tell apart what begins alike
_GRID = "#E3E8ED"


@dataclass(frozen=True, slots=True)
class Bars:
    """The rows of a sheet that are bars of the charts: as the sheet is declared, how they are named."""

    sheet: Sheet
    names: tuple[str, ...]

    @property
    def height(self) -> int:
        """How high a chart of them wants to be, in pixels."""
        return min(_FRAME + (_TWICE if self.is_broken else _BAR) * max(len(self.names), 3), _HIGHEST)

    @property
    def is_broken(self) -> bool:
        """Whether any name takes two lines."""
        return any("\n" in name for name in self.names)


def bars_of(tables: Frames) -> Bars:
    """A bar for each unit, or for each role where the units are too many."""
    sheet = BY_UNIT if len(tables[BY_UNIT.key]) <= _MOST_UNITS else BY_ROLE
    names = tables[sheet.key]["unit" if sheet is BY_UNIT else "role"]
    return Bars(sheet, tuple(map(_in_lines, names)))


def charts(book: Book, page: Worksheet, top: int, bars: Bars, colours: Mapping[str, str]) -> tuple[Chart, Chart]:
    """The two charts, to be inserted side by side on the page from row `top` on.

    The names of the bars stand in the first column behind the first chart, each in lines that fit beside its bar.
    """
    for row, name in enumerate(bars.names, top):
        page.write_string(row, 0, clean(name), book.styles.get(font_size=1, font_color=PAPER))
    names = [page.get_name(), top, 0, top + max(len(bars.names), 1) - 1, 0]
    return _completion(book, bars, names), _lights(book, bars, names, colours)


def _in_lines(name: str) -> str:
    if len(name) <= _LINE:
        return name
    whole = name if len(name) <= _LONGEST else f"{name[: _LONGEST - _KEPT - 1]}…{name[-_KEPT:]}"
    half = -(-len(whole) // 2)
    return f"{whole[:half]}\n{whole[half:]}"


def bar_colours(lights: Mapping[str, tuple[str, str]]) -> Mapping[str, str]:
    """The colour of each light's bar: the institution's own where it has chosen one, else one that stands apart."""
    return {word: COLOURS[word] if fill == LIGHTS[word][0] else fill for word, (fill, _) in lights.items()}


def _completion(book: Book, bars: Bars, names: Sequence[str | int]) -> Chart:
    sheet = bars.sheet
    chart = book.workbook.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": sheet.column("rate").heading,
            "categories": names,
            "values": _cells(bars, "rate"),
            "fill": {"color": ACCENT},
            "gap": 60,
            "data_labels": {"value": True, "num_format": "0%", "font": _font(9, MUTED)},
        }
    )
    chart.set_legend({"none": True})
    _dress(chart, f"完成率（{sheet.title}）", bars, {"min": 0, "max": 1, "major_unit": 0.2, "num_format": "0%"})
    return chart


def _lights(book: Book, bars: Bars, names: Sequence[str | int], colours: Mapping[str, str]) -> Chart:
    sheet = bars.sheet
    chart = book.workbook.add_chart({"type": "bar", "subtype": "percent_stacked"})
    for word, key in LIGHT_KEYS.items():
        chart.add_series(
            {
                "name": word,
                "categories": names,
                "values": _cells(bars, key),
                "fill": {"color": colours[word]},
                "border": {"color": "#FFFFFF", "width": 0.5},
                "gap": 60,
            }
        )
    chart.set_legend({"position": "bottom", "font": _font(9, MUTED)})
    _dress(chart, f"事项预警构成（{sheet.title}）", bars, {"major_unit": 0.2, "num_format": "0%"})
    return chart


def _cells(bars: Bars, key: str) -> list[str | int]:
    col = bars.sheet.keys.index(key)
    return [bars.sheet.title, FIRST_ROW, col, FIRST_ROW + max(len(bars.names), 1) - 1, col]


def _dress(chart: Chart, title: str, bars: Bars, values: dict[str, Any]) -> None:
    """Title, fonts and thin lines; the first unit stands at the top."""
    chart.set_title({"name": title, "overlay": False, "name_font": _font(12, ACCENT) | {"name": HEADING_FONT}})
    font = _font(8 if bars.is_broken else 9, MUTED)
    every = {"interval_unit": 1}  # no name is left out
    chart.set_y_axis(every | {"reverse": True, "num_font": font, "line": {"color": LINE}, "major_tick_mark": "none"})
    grid = {"visible": True, "line": {"color": _GRID, "width": 0.5}}
    chart.set_x_axis(values | {"num_font": _font(9, MUTED), "line": {"none": True}, "major_gridlines": grid})
    chart.set_chartarea({"border": {"color": LINE}})


def _font(size: int, colour: str) -> dict[str, Any]:
    return {"name": BODY_FONT, "size": size, "color": colour, "bold": False}
