"""Faults of the file as such: broken zips, bombs, entities, passwords, other kinds of files (rows 1 to 7, 22)."""

import struct
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from badfiles.cases import Case, added, refused, with_parts, zipped
from returns import stranger

_DIRECTORY = b"PK\1\2"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SHEET = "xl/worksheets/sheet2.xml"
_LAUGHS = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><l>&b;</l>'
_EXTERNAL = '<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/hostname">]><l>&x;</l>'


def _flip(share: float) -> Case:
    def make(data: bytes) -> bytes:
        with ZipFile(BytesIO(data)) as archive:
            info = archive.getinfo(_SHEET)
        place = info.header_offset + 30 + len(info.filename) + int(info.compress_size * share)
        return data[:place] + bytes([data[place] ^ 4]) + data[place + 1 :]

    return refused(1, f"flipped bit at {share:.0%}", make, "damaged")


def _declared(data: bytes, name: str, size: int) -> bytes:
    """The same zip, one part of which says in both headers that it unpacks to so many bytes."""
    with ZipFile(BytesIO(data)) as archive:
        info = archive.getinfo(name)
    changed = bytearray(data)
    struct.pack_into("<I", changed, info.header_offset + 22, size)
    entry = data.index(_DIRECTORY)
    while data[entry + 46 : entry + 46 + len(name)] != name.encode():
        entry = data.index(_DIRECTORY, entry + 4)
    struct.pack_into("<I", changed, entry + 24, size)
    return bytes(changed)


def _bad_crc(data: bytes) -> bytes:
    with ZipFile(BytesIO(data)) as archive:
        crc = archive.getinfo(_SHEET).CRC.to_bytes(4, "little")
    return data.replace(crc, b"\1\2\3\4")


def _many_parts(data: bytes) -> bytes:
    buffer = BytesIO(data)
    with ZipFile(buffer, "a") as archive:
        for number in range(5_000):
            archive.writestr(f"xl/media/{number}.png", b"")
    return buffer.getvalue()


def _lying_bomb(data: bytes) -> bytes:
    buffer = BytesIO(data)
    with ZipFile(buffer, "a", ZIP_DEFLATED) as archive:
        archive.writestr("xl/bomb.xml", b" " * 30_000_000)
    return _declared(buffer.getvalue(), "xl/bomb.xml", 50)


def _encrypted_zip(data: bytes) -> bytes:
    changed = bytearray(data)
    changed[6] |= 1
    changed[data.index(_DIRECTORY) + 8] |= 1
    return bytes(changed)


def _compound(name: str) -> bytes:
    return _OLE + b"\0" * 504 + name.encode("utf-16-le").ljust(64, b"\0") + b"\0" * 448


def _ods(_data: bytes) -> bytes:
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    table = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
    content = (
        f'<office:document-content xmlns:office="{office}" xmlns:table="{table}"><office:body><office:spreadsheet>'
        '<table:table table:name="工资"><table:table-row><table:table-cell office:value-type="float" office:value="1"/>'
        "</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
    )
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    return zipped(("mimetype", kind), ("content.xml", content.encode()))


def _locked_ods(_data: bytes) -> bytes:
    """An open document with a password: its parts are noise, and the manifest says so."""
    manifest = b"<m:manifest xmlns:m='urn:m'><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>"
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    return zipped(("mimetype", kind), ("content.xml", bytes(range(200))), ("META-INF/manifest.xml", manifest))


def _relocated(_data: bytes) -> bytes:
    """A sound workbook whose writer calls its parts otherwise."""

    def change(name: str, content: bytes) -> bytes:
        return (
            content.replace(b"xl/workbook.xml", b"xl/book.xml")
            if name in ("_rels/.rels", "[Content_Types].xml")
            else content
        )

    parts = [(name.replace("xl/workbook.xml", "xl/book.xml"), content) for name, content in _parts(stranger())]
    return zipped(*((name.replace("workbook.xml.rels", "book.xml.rels"), change(name, c)) for name, c in parts))


def _parts(data: bytes) -> list[tuple[str, bytes]]:
    with ZipFile(BytesIO(data)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


CASES: tuple[Case, ...] = (
    refused(1, "truncated to half", lambda data: data[: len(data) // 2], "damaged"),
    refused(1, "last byte missing", lambda data: data[:-1], "damaged"),
    refused(1, "without directory", lambda data: data[: data.index(_DIRECTORY)], "damaged"),
    refused(1, "bad crc", _bad_crc, "damaged"),
    refused(1, "only the first bytes of a zip", lambda _data: b"PK\3\4", "damaged"),
    refused(1, "part twice", added(xl__WORKBOOK_dot_XML=b"<a/>"), "damaged"),
    refused(
        1,
        "directory of the workbook no xml",
        with_parts(lambda n, c: c[:99] if n == "xl/workbook.xml" else c),
        "damaged",
    ),
    *(_flip(share) for share in (0.1, 0.35, 0.6, 0.85)),
    refused(2, "sheet of 1.5 GB", lambda data: _declared(data, _SHEET, 1_500_000_000), "too-large"),
    refused(2, "bomb that lies about its size", _lying_bomb, "damaged"),
    refused(2, "thousands of parts", _many_parts, "too-large"),
    refused(3, "doctype", added(xl__x_dot_xml=_EXTERNAL.encode()), "unsafe-xml"),
    refused(3, "doctype in utf-16", added(xl__x_dot_xml=_EXTERNAL.encode("utf-16")), "unsafe-xml"),
    refused(
        3,
        "doctype in ebcdic",
        added(xl__x_dot_xml=b'<?xml version="1.0" encoding="cp037"?>' + _LAUGHS.encode("cp037")),
        "unsafe-xml",
    ),
    refused(3, "entity bomb in the strings", added(xl__strings_dot_xml=_LAUGHS.encode()), "unsafe-xml"),
    refused(3, "doctype in the relations", added(xl___rels__x_dot_rels=_EXTERNAL.encode()), "unsafe-xml"),
    refused(4, "encrypted workbook", lambda _data: _compound("EncryptedPackage"), "password"),
    refused(4, "encrypted zip", _encrypted_zip, "password"),
    refused(4, "encrypted ods", _locked_ods, "password"),
    refused(5, "xls cut short", lambda _data: _compound("Workbook"), "damaged"),
    refused(6, "csv", lambda _data: "序号,事项\n1,会议\n".encode(), "not-a-workbook"),
    refused(6, "csv in gbk", lambda _data: "序号,事项\n1,会议\n".encode("gb18030"), "not-a-workbook"),
    refused(6, "html", lambda _data: b"<html><body><table></table></body></html>", "not-a-workbook"),
    refused(6, "pdf", lambda _data: b"%PDF-1.7\n1 0 obj", "not-a-workbook"),
    refused(
        6,
        "docx",
        lambda _data: zipped(("[Content_Types].xml", b"<a/>"), ("word/document.xml", b"<a/>")),
        "not-a-workbook",
    ),
    refused(6, "numbers", lambda _data: zipped(("Index/Document.iwa", b"x")), "not-a-workbook"),
    refused(6, "picture", lambda _data: b"\x89PNG\r\n\x1a\nx", "not-a-workbook"),
    refused(
        6,
        "excel 2003 xml",
        lambda _data: b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><W/>',
        "not-a-workbook",
    ),
    refused(6, "excel 4 sheet", lambda _data: b"\x09\x04\x06\0\0\0\x10\0\0\0", "not-a-workbook"),
    refused(6, "flat open document", lambda _data: b"<office:document xmlns:office='urn:o'/>", "not-a-workbook"),
    refused(7, "somebody else's workbook", lambda _data: stranger(), "not-our-form"),
    refused(7, "somebody else's workbook of another writer", _relocated, "not-our-form"),
    refused(7, "somebody else's ods", _ods, "not-our-form"),
    refused(22, "0 bytes", lambda _data: b"", "empty"),
    refused(22, "blanks", lambda _data: b" \r\n\0\0", "empty"),
)
