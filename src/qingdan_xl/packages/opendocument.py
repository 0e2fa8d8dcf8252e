"""The second look at an .ods: formulas, errors and far cells in its content."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from itertools import product
from xml.etree import ElementTree as ET

from qingdan_xl.packages.biff import PasswordError
from qingdan_xl.packages.places import Extent, Look, Place, error_cell, first_outside, formula_cell
from qingdan_xl.sheets.values import Unreadable

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_PARAGRAPH = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}p"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_ERROR = re.compile(r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!)|(?:Err|错误)[:：]\d{3}")
_MANIFEST, _LOCKED = "META-INF/manifest.xml", b"encryption-data"
_MOST_ROWS, _MOST_COLUMNS = 1 << 20, 1 << 14


@dataclass(frozen=True, slots=True)
class _Cell:
    """A filled cell with the rows and columns over which it is repeated, its formula and the text that it shows."""

    title: str
    rows: range
    columns: range
    formula: str
    text: str


def look_at_ods(parts: Mapping[str, bytes], extent: Extent) -> Look:
    """Go through an .ods once; KeyError or ET.ParseError where it is broken, PasswordError where it is locked."""
    if _LOCKED in parts.get(_MANIFEST, b""):
        raise PasswordError
    titles: list[str] = []
    odd: dict[str, dict[Place, Unreadable]] = {}
    for cell in _filled(parts["content.xml"], titles):
        if outside := first_outside([(cell.rows[-1], cell.columns[-1])], extent):
            return Look((*titles,), odd, f"{cell.title}!{outside}")
        if oddity := _oddity(cell):
            odd.setdefault(cell.title, {}).update(dict.fromkeys(product(cell.rows, cell.columns), oddity))
    return Look((*titles,), odd)


def _oddity(cell: _Cell) -> Unreadable | None:
    if _ERROR.fullmatch(cell.text):
        return error_cell(cell.text)
    return formula_cell(cell.formula.partition("=")[2]) if cell.formula else None


def _filled(content: bytes, titles: list[str]) -> Iterator[_Cell]:
    """Every filled cell; the sheets' names are added to `titles` as they come."""
    rows, column = range(0), 0
    for event, element in ET.iterparse(BytesIO(content), ("start", "end")):  # noqa: S314 - no DOCTYPE passed the gate
        if event == "start" and element.tag == f"{_TABLE}table":
            titles.append(element.get(f"{_TABLE}name", ""))
            rows = range(0)
        elif event == "start" and element.tag == f"{_TABLE}table-row":
            rows, column = range(rows.stop, rows.stop + _times(element, "rows", _MOST_ROWS)), 0
        elif event == "end" and element.tag in _CELLS:
            columns = range(column, column + _times(element, "columns", _MOST_COLUMNS))
            column, formula = columns.stop, element.get(f"{_TABLE}formula", "")
            if formula or element.get(f"{_OFFICE}value-type"):
                yield _Cell(titles[-1], rows, columns, formula, _text(element))
            element.clear()


def _text(cell: ET.Element) -> str:
    """What the cell shows, without the notes on it."""
    return "\n".join("".join(line.itertext()) for line in cell if line.tag == _PARAGRAPH).strip()


def _times(element: ET.Element, what: str, most: int) -> int:
    text = element.get(f"{_TABLE}number-{what}-repeated", "1")
    return max(1, min(int(text), most)) if text.isascii() and text.isdecimal() else 1
