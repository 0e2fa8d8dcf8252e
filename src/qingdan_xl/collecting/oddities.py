"""The second look at a sheet's XML: cells that a reader gives as empty or as a value although they are neither.

A regular expression goes over the bytes once; only the few cells that matter reach Python. The gate has seen to it that
there are no entities, and a comment that looks like a cell costs at most a problem too many.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import unescape

from qingdan_xl.sheets.reading import column_letter
from qingdan_xl.sheets.values import Unreadable

_PREFIX = rb"(?:[\w.\-]+:)?"
_TAG = re.compile(rb"<" + _PREFIX + rb"(row|c)\b([^>]*?)(/?)>")
_UNPLACED = re.compile(rb"<" + _PREFIX + rb"(?:row|c)(?=[\s/>])(?![^>]*\sr\s*=)")
_ODD = re.compile(
    rb"<" + _PREFIX + rb"c\s(?=[^>]*\bt\s*=\s*[\"']e[\"'])[^>]*>"
    rb"|<" + _PREFIX + rb"c\s[^>]*(?<!/)>\s*<" + _PREFIX + rb"f\b"
)
_FAR = re.compile(
    rb"<" + _PREFIX + rb"c\s(?:[^>]*?\s)?r\s*=\s*[\"']"
    rb"(?=[A-Z]{3}|[H-Z][A-Z]|G[S-Z]|[A-Z]+[0-9]{4})([A-Z]+)([0-9]+)[\"'][^>]*(?<!/)>"
)
_REFERENCE = re.compile(rb"\sr\s*=\s*[\"']([A-Z]+)([0-9]+)[\"']")
_ROW = re.compile(rb"\sr\s*=\s*[\"']([0-9]+)[\"']")
_FORMULA = re.compile(rb"\s*<" + _PREFIX + rb"f\b[^>]*?(?:/>|>([^<]*)<)")
_VALUE = re.compile(rb"<" + _PREFIX + rb"v>([^<]*)<")
_IS_ERROR = re.compile(rb"\bt\s*=\s*[\"']e[\"']")
_QUOTES = {"&quot;": '"', "&apos;": "'"}
_PICTURE = "DISPIMG("
_SHOWN = 60
_CELL_ROOM = 4096  # bytes after a cell's tag in which its formula and value are looked for
_BYTE_ORDER_MARKS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}

Place = tuple[int, int]
"""Row and column, both from 0."""


@dataclass(frozen=True, slots=True)
class Extent:
    """How far down and right cells may be filled."""

    rows: int = 8_000
    columns: int = 200


def as_utf8(xml: bytes) -> bytes:
    """The part in UTF-8, whatever its byte order mark says it is in."""
    encoding = _BYTE_ORDER_MARKS.get(xml[:2])
    return xml.decode(encoding, "replace").encode() if encoding else xml


def far_cell(xml: bytes, extent: Extent) -> str:
    """The A1 reference of a filled cell outside the extent, '' where there is none."""
    if _UNPLACED.search(xml):
        places: Iterator[Place] = (place for place, _ in _walk(xml))
    else:
        places = ((int(match[2]) - 1, _column_index(match[1])) for match in _FAR.finditer(xml))
    far = next((place for place in places if place[0] >= extent.rows or place[1] >= extent.columns), None)
    return f"{column_letter(far[1])}{far[0] + 1}" if far else ""


def odd_cells(xml: bytes) -> dict[Place, Unreadable]:
    """The cells with an error, a formula or a picture, with what to tell the person who typed them."""
    if _UNPLACED.search(xml):
        cells = list(_walk(xml))
    else:
        cells = [(_place(match[0], (0, 0)), match.start()) for match in _ODD.finditer(xml)]
    found = {place: _oddity(xml, start) for place, start in cells}
    return {place: oddity for place, oddity in found.items() if oddity}


def _walk(xml: bytes) -> Iterator[tuple[Place, int]]:
    """Every cell that is not closed at once: its place, counted on where it is left out, and its tag's start."""
    row, column = -1, -1
    for match in _TAG.finditer(xml):
        if match[1] == b"row":
            number = _ROW.search(match[2])
            row, column = (int(number[1]) - 1 if number else row + 1), -1
            continue
        row, column = _place(match[2], (row, column + 1))
        if not match[3]:
            yield (row, column), match.start()


def _place(attributes: bytes, otherwise: Place) -> Place:
    match = _REFERENCE.search(attributes)
    return (int(match[2]) - 1, _column_index(match[1])) if match else otherwise


def _column_index(letters: bytes) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + letter - 64
    return index - 1


def _oddity(xml: bytes, start: int) -> Unreadable | None:
    end = xml.index(b">", start) + 1
    rest = xml[end : end + _CELL_ROOM]
    if formula := _FORMULA.match(rest):
        text = unescape((formula[1] or b"").decode("utf-8", "replace"), _QUOTES)
        if _PICTURE in text:
            return Unreadable("（图片）", "是单元格里的图片，读不到内容，请用文字填写")
        return Unreadable(f"={text[:_SHOWN]}", "是公式，请直接填写结果")
    if _IS_ERROR.search(xml[start:end]):
        value = _VALUE.search(rest)
        return Unreadable(value[1].decode("utf-8", "replace") if value else "", "是错误值，请重新填写")
    return None
