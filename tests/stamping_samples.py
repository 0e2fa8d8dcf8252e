"""Workbooks taken apart so that a stamped one can be compared with one that was written out."""

import re
from io import BytesIO
from zipfile import ZipFile

_ITEM = re.compile(r"<si><t(?: xml:space=\"preserve\")?>(.*?)</t></si>", re.DOTALL)
_CELL = re.compile(r' t="s"><v>(\d+)</v>')
# the order of defined names follows the titles, and says nothing
_UNORDERED = {
    "xl/workbook.xml": re.compile("<definedName .*?</definedName>", re.DOTALL),
    "docProps/app.xml": re.compile("<vt:lpstr>.*?</vt:lpstr>", re.DOTALL),
}
STRINGS = "xl/sharedStrings.xml"


def contents(workbook: bytes) -> dict[str, str]:
    """Every part of a workbook by name with its strings in the cells; the numbers of shared strings are left out."""
    with ZipFile(BytesIO(workbook)) as book:
        assert book.testzip() is None
        parts = {name: _decoded(name, book.read(name)) for name in book.namelist()}
    strings = _ITEM.findall(parts.pop(STRINGS))
    return {name: _plain(name, part, strings) for name, part in parts.items()}


def _decoded(name: str, part: bytes) -> str:
    """A part as text; the macros' project is none, and any bytes are of this encoding."""
    return part.decode("latin-1" if name.endswith(".bin") else "utf-8")


def _plain(name: str, part: str, strings: list[str]) -> str:
    if name in _UNORDERED:
        pattern = _UNORDERED[name]
        return pattern.sub("", part) + "\n".join(sorted(pattern.findall(part)))
    return _CELL.sub(lambda cell: f"><is>{strings[int(cell[1])]}</is>", part)
