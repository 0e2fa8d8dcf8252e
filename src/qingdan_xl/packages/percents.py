"""Which cells of an .xlsx show a share as 95% although they hold 0.95: only their number format says so."""

import re
from xml.etree import ElementTree as ET

_BUILT_IN = frozenset({"9", "10"})  # 0% and 0.00% (ECMA-376 Part 1 §18.8.30)
_LITERAL = re.compile(r'"[^"]*"|\\.')
_CELL = re.compile(rb"<(?:[\w.\-]+:)?c\s([^>]*)(?<!/)>")
_STYLE = re.compile(rb"(?:^|\s)s\s*=\s*[\"']([0-9]+)[\"']")
_REFERENCE = re.compile(rb"(?:^|\s)r\s*=\s*[\"']([A-Z]+[0-9]+)[\"']")


def percent_styles(xml: bytes) -> frozenset[bytes]:
    """The cell styles (index in cellXfs, as cells name them) in xl/styles.xml whose number format is a percentage.

    ET.ParseError where it is no XML.
    """
    root = ET.fromstring(xml)  # noqa: S314 - the gate has refused every DOCTYPE
    own = (element for element in root.iter() if _tag(element) == "numFmt")
    formats = _BUILT_IN | {
        element.get("numFmtId", "") for element in own if "%" in _LITERAL.sub("", element.get("formatCode", ""))
    }
    styles = next((element for element in root if _tag(element) == "cellXfs"), ET.Element("cellXfs"))
    return frozenset(str(at).encode() for at, style in enumerate(styles) if style.get("numFmtId") in formats)


def percent_cells(xml: bytes, styles: frozenset[bytes]) -> frozenset[str]:
    """The A1 references of the filled cells in a sheet's XML that have one of these styles."""
    if not styles:
        return frozenset()
    found = set()
    for cell in _CELL.finditer(xml):
        style, place = _STYLE.search(cell[1]), _REFERENCE.search(cell[1])
        if style and place and style[1] in styles:
            found.add(place[1].decode())
    return frozenset(found)


def _tag(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]
