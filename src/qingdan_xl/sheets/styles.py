"""The look of every workbook: one accent colour, calm lines, 黑体 headings and 仿宋 text."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format

from qingdan_xl.sheets.declaration import Column, Type

ACCENT = "#1F4E79"
HEADING_FILL = "#E4ECF4"
LOCKED_FILL = "#F4F4F2"
PAPER = "#FFFFFF"  # the locked fill of workbooks that are only read
INPUT_FILL = "#FFF8E1"  # behind the few cells of such a workbook that people may change
LINE = "#B8C2CC"
MUTED = "#57616B"
HEADING_FONT = "黑体"
BODY_FONT = "仿宋"
# what Excel goes by where a font is missing: fixed pitch, Chinese (GB 2312)
_FALLBACK = {"font_family": 3, "font_charset": 134}

# fill and text of a light; the word always stands beside the colour
LIGHTS: dict[str, tuple[str, str]] = {
    "逾期": ("#F6D5D1", "#8C1D18"),
    "欠缺": ("#FBE3CB", "#8A4B08"),
    "临近": ("#FFF3C9", "#6F5800"),
    "未填报": ("#F1ECE2", "#665636"),
    "正常": ("#DCEBF7", "#1F4E79"),
    "完成": ("#DDEFDD", "#1E5C2B"),
    "长期": ("#E7E7F3", "#3C3C78"),
    "不适用": ("#EDEDED", "#5C6670"),
}

_NUMBER_FORMATS = {Type.DATE: "yyyy-mm-dd", Type.COUNT: "0", Type.PERCENT: "0%", Type.POINTS: "General"}
_LEFT = (Type.LONG,)


class Styles:
    """The formats of one workbook, each made once.

    `locked_fill` lies behind cells that nobody fills, `input_fill` behind the others.
    """

    def __init__(self, workbook: xlsxwriter.Workbook, locked_fill: str = LOCKED_FILL, input_fill: str = "") -> None:
        self._workbook = workbook
        self._locked_fill = locked_fill
        self._input_fill = input_fill
        self.lights: Mapping[str, tuple[str, str]] = LIGHTS
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def get(self, **properties: Any) -> Format:  # noqa: ANN401 - XlsxWriter's own properties
        """The format with these XlsxWriter properties on top of the body font."""
        base = {"font_name": BODY_FONT, "font_size": 11, "valign": "vcenter"} | _FALLBACK | properties
        key = tuple(sorted(base.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format(base)
        return self._made[key]

    @cached_property
    def title(self) -> Format:
        """The sheet's name at its top."""
        return self.get(font_name=HEADING_FONT, font_size=16, font_color=ACCENT)

    @cached_property
    def purpose(self) -> Format:
        """The sentence under the title."""
        return self.get(font_color=MUTED)

    @cached_property
    def link(self) -> Format:
        """A jump inside the workbook."""
        return self.get(font_color=ACCENT, underline=1, border=1, border_color=LINE, text_wrap=True, indent=1)

    @cached_property
    def jump(self) -> Format:
        """What a conditional format lays over a formula that jumps."""
        return self._workbook.add_format({"font_color": ACCENT, "underline": 1})

    @cached_property
    def ruled(self) -> Format:
        """The lines that a conditional format draws around a cell."""
        return self._workbook.add_format({"border": 1, "border_color": LINE})

    def heading(self, column: Column) -> Format:
        """A column's heading; what people fill stands out by the accent line below."""
        return self.get(
            font_name=HEADING_FONT,
            align="center",
            text_wrap=True,
            bg_color=HEADING_FILL,
            font_color=ACCENT,
            border=1,
            border_color=LINE,
            bottom=2 if column.editable else 1,
            bottom_color=ACCENT if column.editable else LINE,
        )

    def body(self, column: Column, **extra: Any) -> Format:  # noqa: ANN401 - XlsxWriter's own properties
        """A cell of this column: answers unlocked on white, the rest locked on a light grey."""
        properties: dict[str, Any] = {
            "border": 1,
            "border_color": LINE,
            "text_wrap": True,
            "align": "left" if column.type in _LEFT else "center",
            "locked": not column.editable,
        }
        if column.type in _LEFT:
            properties["indent"] = 1
        fill = self._input_fill if column.editable else self._locked_fill
        if fill:
            properties["bg_color"] = fill
        if number := column.number_format or _NUMBER_FORMATS.get(column.type):
            properties["num_format"] = number
        return self.get(**(properties | extra))

    def light(self, word: str) -> Format:
        """What a conditional format lays over a word of 预警."""
        return self.shade(*self.lights[word])

    def said_behind(self, word: str, note: str, instead: str = "") -> Format:
        """What a conditional format lays over a text: a note behind it, and the colour of a word of 预警.

        A number is shown as it is, or as the word `instead`.
        """
        key = (("note", note), ("instead", instead), ("fill", self.lights[word][0]))
        if key not in self._made:
            numbers = f'"{instead}";' * 3 if instead else ""
            shown = {"num_format": f'{numbers}@"{note}"', "bg_color": self.lights[word][0]}
            self._made[key] = self._workbook.add_format(shown)
        return self._made[key]

    def shade(self, fill: str, text: str) -> Format:
        """What a conditional format lays over a cell: a colour behind and one for the word."""
        key = (("fill", fill), ("text", text))
        if key not in self._made:
            self._made[key] = self._workbook.add_format({"bg_color": fill, "font_color": text})
        return self._made[key]
