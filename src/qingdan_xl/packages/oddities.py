"""The second look at a sheet's XML: cells that a reader gives as empty or as a value although they are neither.

Regular expressions go over the bytes; only the few cells that matter reach Python. The gate has seen to it that there
are no entities, and a comment that looks like a cell costs at most a problem too many. Sheets as Excel, WPS and
LibreOffice write them take a quick way; any other spelling of the same XML takes the slow one to the same result.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from html import unescape

from qingdan_xl.packages.places import Extent, Place, error_cell, first_outside, formula_cell
from qingdan_xl.sheets.values import Unreadable

_PREFIX = rb"(?:[\w.\-]+:)?"
_TAG = re.compile(rb"<" + _PREFIX + rb"(row|c)\b([^>]*?)(/?)>")
_REFERENCE = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]+)([0-9]+)[\"']")
_ROW = re.compile(rb"\sr\s*=\s*[\"']([0-9]+)[\"']")
_NOT_NEAR = re.compile(rb'<c(?! r="[A-F]?[A-Z][0-9]{1,3}")')
_NEAR_ROWS, _NEAR_COLUMNS = 999, 182  # as far as those reach that it does not find
_FAR = re.compile(rb'<c r="(?=[A-Z]{3}|[H-Z][A-Z]|G[S-Z]|[A-Z]+[0-9]{4})([A-Z]+)([0-9]+)"[^>]*(?<!/)>')
_WHOLE_FORMULA = re.compile(rb"<f(?: [^>]*)?>[^<]*</f>")
_FORMULA_START = re.compile(rb"<f[ >/]")
_FORMULA_CELL = re.compile(rb'<c r="([A-Z]+)([0-9]+)"[^>]*>\s*<f[^>]*?(?:/>|>([^<]*)<)')
_FORMULA = re.compile(rb"\s*<" + _PREFIX + rb"f\b[^>]*?(?:/>|>([^<]*)<)")
_VALUE = re.compile(rb"<" + _PREFIX + rb"v>([^<]*)<")
_FILLED = re.compile(rb"\s*<" + _PREFIX + rb"(?:f\b|is\b|v\b[^>]*>[^<])")
_TYPED = re.compile(rb"\st\s*=\s*[\"'](?!n[\"'])")  # what has a type is a value to the reader even where it is blank
_ERROR_CELL = b't="e"'
_IS_ERROR = re.compile(rb"\bt\s*=\s*[\"']e[\"']")
_START = b"<sheetData"
_UNKNOWN_ERROR = re.compile(rb"(v>)#(?!DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!|GETTING_DATA)[^<]*(?=<)")
_PREFIXED = re.compile(rb"xmlns:[\w.\-]+\s*=\s*[\"'][^\"']*spreadsheetml/(?:2006/)?main")
_CELL_ROOM = 4096  # bytes after a cell's tag in which its formula and value are looked for


@dataclass(frozen=True)
class SheetXml:
    """One sheet's part in UTF-8, as far as it is looked at beside the reader."""

    xml: bytes

    @cached_property
    def values(self) -> bytes:
        """The part without formulas, as far as they stand where cells are."""
        return self.xml if b"!" in self.xml and b"<!" in self.xml else _WHOLE_FORMULA.sub(b"", self.xml)

    @cached_property
    def is_plain(self) -> bool:
        """Whether every cell stands there as `<c r="`, without prefixes."""
        xml, (start, end) = self.values, self._filled
        if not end or not (self._is_near or xml.count(b"<c", start, end) == xml.count(b'<c r="', start, end)):
            return False
        # colons are rare: looking behind each is faster than looking for `:c`
        return all(rest[:1] != b"c" for rest in xml.split(b":")[1:]) or not _PREFIXED.search(xml)

    @cached_property
    def _filled(self) -> tuple[int, int]:
        """Where in `values` cells begin and end, both 0 where they do not stand as usual."""
        start, end = self.values.find(_START), self.values.rfind(b"</sheetData>")
        return (start, end) if 0 <= start < end else (0, 0)

    @cached_property
    def _is_near(self) -> bool:
        """Whether every cell stands as `<c r="` and so near that no extent leaves it out."""
        start, end = self._filled
        return end > 0 and not _NOT_NEAR.search(self.values, start, end)

    def far_cell(self, extent: Extent) -> str:
        """The A1 reference of a cell outside the extent whose value a reader would read, '' where there is none."""
        xml = self.values
        reaches = extent.rows >= _NEAR_ROWS and extent.columns >= _NEAR_COLUMNS
        if reaches and self.is_plain and self._is_near:
            return ""
        if self.is_plain:
            cells: Iterator[tuple[Place, int]] = (
                ((int(match[2]) - 1, _column_index(match[1])), match.start()) for match in _FAR.finditer(xml)
            )
        else:
            cells = _walk(xml)
        return first_outside((place for place, start in cells if _is_filled(xml, start)), extent)

    def odd_cells(self) -> dict[Place, Unreadable]:
        """The cells with an error, a formula or a picture, with what to tell the person who typed them."""
        if self.is_plain:
            return dict(_plain_odd(self.xml, self._has_errors))
        found = {place: _oddity(self.xml, start) for place, start in _walk(self.xml)}
        return {place: oddity for place, oddity in found.items() if oddity}

    def tamed(self) -> bytes:
        """The part as the reader is to have it: without formulas, which it skips, and with errors that it knows.

        For one that it does not know (#SPILL!) it would refuse the whole file: it reads #N/A instead.
        """
        return self.values if self.is_plain and not self._has_errors else _UNKNOWN_ERROR.sub(rb"\1#N/A", self.values)

    def without_areas(self) -> bytes:
        """As `tamed`, for who does not ask for merged areas: that there are none stands first.

        A reader that is not told goes through the whole part for them a second time.
        """
        return self.tamed().replace(_START, b"<mergeCells></mergeCells>" + _START, 1)

    @cached_property
    def _has_errors(self) -> bool:
        return _ERROR_CELL in self.values


def _plain_odd(xml: bytes, has_errors: bool) -> Iterator[tuple[Place, Unreadable]]:
    for match in _FORMULA_START.finditer(xml):
        cell = _FORMULA_CELL.match(xml, xml.rfind(b"<c ", 0, match.start()))
        if cell:
            yield (int(cell[2]) - 1, _column_index(cell[1])), _formula(cell[3])
    end = -1
    while has_errors and (end := xml.find(_ERROR_CELL, end + 1)) >= 0:
        start = xml.rfind(b"<c ", 0, end)
        if start >= 0 and b">" not in xml[start:end] and not _FORMULA_CELL.match(xml, start):
            oddity = _oddity(xml, start)
            if oddity:
                yield _place(xml[start:end], (0, 0)), oddity


@lru_cache(maxsize=4096)  # the forms of a batch hold the same formulas
def _formula(escaped: bytes | None) -> Unreadable:
    text = (escaped or b"").decode("utf-8", "replace")
    return formula_cell(unescape(text) if "&" in text else text)


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


def _is_filled(xml: bytes, start: int) -> bool:
    end = xml.index(b">", start) + 1
    return bool(_FILLED.match(xml, end) or _TYPED.search(xml[start:end]))


def _place(attributes: bytes, otherwise: Place) -> Place:
    match = _REFERENCE.search(attributes)
    return (int(match[2]) - 1, _column_index(match[1])) if match else otherwise


@lru_cache(maxsize=1024)
def _column_index(letters: bytes) -> int:
    index = 0
    for letter in letters.upper():
        index = index * 26 + letter - 64
    return index - 1


def _oddity(xml: bytes, start: int) -> Unreadable | None:
    end = xml.index(b">", start) + 1
    rest = xml[end : end + _CELL_ROOM]
    if formula := _FORMULA.match(rest):
        return _formula(formula[1])
    if _IS_ERROR.search(xml[start:end]):
        value = _VALUE.search(rest)
        return error_cell(value[1].decode("utf-8", "replace") if value else "")
    return None
