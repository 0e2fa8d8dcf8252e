"""Where cells stand, how far out they may, and what to say of those that a reader cannot give."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from qingdan_xl.sheets.reading import column_letter
from qingdan_xl.sheets.values import EPOCH, PICTURE, Unreadable

Place = tuple[int, int]
"""Row and column, both from 0."""

_PICTURE = "DISPIMG("


@dataclass(frozen=True, slots=True)
class Extent:
    """How far down and right cells may be filled."""

    rows: int = 8_000
    columns: int = 200


@dataclass(frozen=True, slots=True)
class Look:
    """What a second look at a workbook sees: its sheets in order, and by sheet the cells neither empty nor a value.

    `far` is the first filled cell outside the extent (like 表!A9000, '' for none), `epoch` the day that serial dates
    count from.
    """

    titles: tuple[str, ...]
    odd: Mapping[str, Mapping[Place, Unreadable]] = field(default_factory=dict)
    far: str = ""
    epoch: date = EPOCH


def first_outside(places: Iterable[Place], extent: Extent) -> str:
    """The A1 reference of the first place outside the extent, '' for none."""
    far = next((place for place in places if place[0] >= extent.rows or place[1] >= extent.columns), None)
    return reference(far) if far else ""


def reference(place: Place) -> str:
    """A place as people write it: A1."""
    return f"{column_letter(place[1])}{place[0] + 1}"


def formula_cell(text: str) -> Unreadable:
    """A cell that holds a formula, '' where its text is not known, or one of WPS's pictures in cells."""
    if _PICTURE in text:
        return Unreadable(PICTURE, "是单元格里的图片，读不到内容，请用文字填写")
    return Unreadable(f"={text}", "是公式，请直接填写结果")


def error_cell(text: str) -> Unreadable:
    """A cell that shows an error like #REF!."""
    return Unreadable(text, "是错误值，请重新填写")
