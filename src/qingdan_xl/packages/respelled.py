"""openpyxl's workbooks in Excel's spelling, so that no strict reader stumbles and Excel has nothing to write anew.

openpyxl puts every text into its cell, where Excel keeps a table of texts, and the parts of a font in an order of its
own.
"""

import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

_STRINGS, _STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
_TYPES, _RELATIONS = "[Content_Types].xml", "xl/_rels/workbook.xml.rels"
_PAGES = "xl/worksheets/"
_FONT = re.compile(rb"<font>(.*?)</font>", re.DOTALL)
_FONT_PART = re.compile(rb"<(\w+)[^>]*/>")
_FONT_ORDER = (
    *(b"b", b"i", b"strike", b"condense", b"extend", b"outline", b"shadow", b"u", b"vertAlign", b"sz"),
    *(b"color", b"name", b"family", b"charset", b"scheme"),
)
_INLINE = re.compile(rb't="inlineStr"><is>(.*?)</is>', re.DOTALL)
_MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_KIND = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
_RELATION = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"


def respelled(workbook: bytes) -> bytes:
    """The workbook that openpyxl saved with its texts in one table and its fonts in order; all else as it is."""
    with ZipFile(BytesIO(workbook)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[_STYLES] = _FONT.sub(_in_order, parts[_STYLES])
    if _STRINGS not in parts:
        _share_texts(parts)
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return buffer.getvalue()


def _in_order(font: re.Match[bytes]) -> bytes:
    parts = sorted(_FONT_PART.finditer(font[1]), key=lambda part: _FONT_ORDER.index(part[1]))
    return b"<font>%b</font>" % b"".join(part[0] for part in parts)


def _share_texts(parts: dict[str, bytes]) -> None:
    """Move the texts of all cells into one table, and let the package name it."""
    places: dict[bytes, int] = {}

    def pointing(cell: re.Match[bytes]) -> bytes:
        return b't="s"><v>%d</v>' % places.setdefault(cell[1], len(places))

    for name in [name for name in parts if name.startswith(_PAGES)]:
        parts[name] = _INLINE.sub(pointing, parts[name])
    items = b"".join(b"<si>%b</si>" % text for text in places)
    parts[_STRINGS] = b'<sst xmlns="%b" uniqueCount="%d">%b</sst>' % (_MAIN, len(places), items)
    kind = b'<Override PartName="/%b" ContentType="%b"/></Types>' % (_STRINGS.encode(), _KIND)
    parts[_TYPES] = parts[_TYPES].replace(b"</Types>", kind)
    relation = b'<Relationship Type="%b" Target="/%b" Id="texts"/></Relationships>' % (_RELATION, _STRINGS.encode())
    parts[_RELATIONS] = parts[_RELATIONS].replace(b"</Relationships>", relation)
