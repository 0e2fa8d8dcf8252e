"""Faults of cells, and other ways to write the same cells (rows 15 to 18, 20, 24, 25)."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from badfiles.cases import Case, Make, edited, refused, with_parts
from badfiles.tiny import type_duty
from qingdan_xl.sheets.unit import LOG
from returns import Desk

_DUTIES = "xl/worksheets/sheet3.xml"
_LOG = "xl/worksheets/sheet4.xml"
_STRICT = (
    (b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main"),
    (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
    ),
)
_STRICT_TOO = tuple(
    (f"http://schemas.openxmlformats.org/{old}".encode(), f"http://purl.oclc.org/ooxml/{new}".encode())
    for old, new in (
        ("officeDocument/2006/custom-properties", "officeDocument/customProperties"),
        ("officeDocument/2006/docPropsVTypes", "officeDocument/docPropsVTypes"),
        ("officeDocument/2006/extended-properties", "officeDocument/extendedProperties"),
        ("drawingml/2006/main", "drawingml/main"),
    )
)
_SERIAL = re.compile(rb'<c( r="A\d+" s="\d+")(?: t="n")?><v>(4\d{4})</v>')


def _answer(row: int, name: str, key: str, value: object, *codes: str) -> Case:
    return Case(row, name, edited(lambda desk: type_duty(desk, key, value)), codes)


def _logged(row: int, name: str, key: str, value: object, *codes: str) -> Case:
    def edit(desk: Desk) -> None:
        desk.cell(LOG.title, 4, key, LOG).value = value

    return Case(row, name, edited(edit), codes)


def _sheets(change: Callable[[bytes], bytes]) -> Make:
    return with_parts(lambda name, content: change(content) if name.startswith("xl/worksheets/sheet") else content)


def _every(change: Callable[[bytes], bytes]) -> Make:
    return with_parts(lambda name, content: change(content) if name.startswith("xl/") else content)


def _strict(xml: bytes) -> bytes:
    for transitional, strict in _STRICT:
        xml = xml.replace(transitional, strict)
    return xml


def _as_strict_excel(name: str, xml: bytes) -> bytes:
    """A part as Excel saves it as Strict Open XML: every namespace of ISO 29500, dates as ISO 8601."""
    for transitional, strict in (*_STRICT, *_STRICT_TOO):
        xml = xml.replace(transitional, strict)
    if name == "xl/workbook.xml":
        xml = xml.replace(b"<workbook ", b'<workbook conformance="strict" ', 1)
    if name == _LOG:
        xml = _SERIAL.sub(_as_iso, xml)
    return xml


def _as_iso(match: re.Match[bytes]) -> bytes:
    day = date(1899, 12, 30) + timedelta(days=int(match[2]))
    return b'<c%s t="d"><v>%sT00:00:00</v>' % (match[1], day.isoformat().encode())


def _prefixed(xml: bytes) -> bytes:
    xml = re.sub(rb"<(/?)([a-zA-Z]+)(?=[\s/>])", rb"<\1x:\2", xml)
    return xml.replace(b"xmlns=", b"xmlns:x=", 1)


def _utf16(xml: bytes) -> bytes:
    body = re.sub(rb"^\s*<\?xml[^>]*\?>", b"", xml).decode()
    return ('<?xml version="1.0" encoding="UTF-16"?>' + body).encode("utf-16")


def _unplaced(xml: bytes) -> bytes:
    """Cells without their references, where nothing is left out before them."""
    return re.sub(rb'<row r="\d+"[^>]*>(?:(?!</row>).)*</row>', _row, xml, flags=re.DOTALL)


def _row(match: re.Match[bytes]) -> bytes:
    cells = re.findall(rb'<c r="([A-Z]+)\d+"', match[0])
    letters = [letter.decode() for letter in cells]
    in_order = letters == [chr(65 + index) for index in range(len(letters))]
    return re.sub(rb'<c r="[A-Z]+\d+"', b"<c", match[0]) if in_order else match[0]


def _appended(part: str, rows: bytes) -> Make:
    return with_parts(lambda n, c: c.replace(b"</sheetData>", rows + b"</sheetData>") if n == part else c)


def _styled(count: int) -> bytes:
    return b"".join(b'<row r="%d" s="1"><c r="A%d" s="1"/></row>' % (n, n) for n in range(1_000, 1_000 + count))


def _spilled(desk: Desk) -> None:
    type_duty(desk, "report", "#NUM!")


def _wide_dimension(xml: bytes) -> bytes:
    return re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', xml)


CASES: tuple[Case, ...] = (
    _logged(15, "date as text", "date", "2026年3月1日", "date-as-text"),
    _logged(15, "date as digits", "date", 20260301, "date-as-text"),
    _logged(15, "date as month and day", "date", "3月1日", "date-as-text"),
    _logged(15, "date as serial", "date", 46082),
    _logged(15, "date unclear", "date", "26.3.1", "bad-cell"),
    _logged(16, "count in full width", "attendance", "１２"),
    _logged(16, "count with unit", "attendance", "12人"),
    _logged(16, "letter for a digit", "attendance", "1O", "bad-cell"),
    _answer(16, "percent in full width", "progress", "６０％"),
    _answer(16, "points with unit", "self_score", "95分"),
    _answer(17, "error cell", "report", "#REF!", "bad-cell"),
    _answer(17, "formula", "report", "=A1", "bad-cell"),
    _answer(17, "picture in a cell", "evidence", '=_xlfn.DISPIMG("ID_1",1)', "bad-cell"),
    Case(
        17,
        "error that readers do not know",
        lambda data: _sheets(lambda xml: xml.replace(b"#NUM!", b"#SPILL!"))(edited(_spilled)(data)),
        ("bad-cell",),
    ),
    _answer(18, "command in text", "report", "'=cmd|' /C calc'!A0"),
    refused(
        20,
        "far cell",
        _appended(_LOG, b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        "far-cell",
    ),
    Case(20, "dimension of all rows", _sheets(_wide_dimension)),
    Case(20, "styled empty rows", _appended(_LOG, _styled(50_000))),
    Case(20, "styled empty cell far out", _appended(_LOG, b'<row r="1048576"><c r="XFD1048576" s="1"></c></row>')),
    Case(24, "strict", _every(_strict)),
    Case(24, "strict as excel saves it", with_parts(_as_strict_excel)),
    Case(24, "sheets in utf-16", _sheets(_utf16)),
    Case(
        24, "every part in utf-16", _every(lambda xml: _utf16(xml) if xml[:5] == b"<?xml" or xml[:1] == b"<" else xml)
    ),
    Case(24, "prefixed namespaces", _sheets(_prefixed)),
    Case(24, "cells without references", _sheets(_unplaced)),
    _answer(25, "invisible characters", "report", "张\u200b甲\u202e推进", "odd-characters"),
    _answer(25, "too long", "report", "长" * 32_767),
    Case(
        25,
        "longer than a cell may be",
        lambda data: _sheets(lambda xml: xml.replace(b"LONG", b"x" * 40_000))(
            edited(lambda desk: type_duty(desk, "report", "LONG"))(data)
        ),
        ("odd-characters",),
    ),
)
