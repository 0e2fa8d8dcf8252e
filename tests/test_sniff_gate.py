"""What bytes are, whatever they are called, and which zips are let in."""

import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from qingdan_xl.packages.gate import GateLimits, check_size, pass_gate
from qingdan_xl.packages.oddities import SheetXml
from qingdan_xl.packages.places import Extent
from qingdan_xl.packages.refusal import RefusedError
from qingdan_xl.packages.sniff import Bytes, sniff
from returns import stranger

SMALL = GateLimits(size=100_000, parts=20, unpacked=1_000_000)


def zipped(*parts: tuple[str, bytes]) -> bytes:
    """A zip of these parts."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(ZipInfo(name), content, ZIP_DEFLATED)
    return buffer.getvalue()


def compound(stream: str) -> bytes:
    """The start of an OLE2 file with one stream of this name."""
    entry = stream.encode("utf-16-le").ljust(64, b"\0")
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + entry + b"\0" * 448


SNIFFED = [
    (stranger(), Bytes.XLSX),
    (stranger()[:500], Bytes.XLSX),
    (b"\0\0" + stranger()[2:], Bytes.XLSX),
    (zipped(("xl/workbook.bin", b"")), Bytes.XLSB),
    (zipped(("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", b"")), Bytes.ODS),
    (zipped(("[Content_Types].xml", b""), ("word/document.xml", b"")), Bytes.WORD),
    (zipped(("Index/Document.iwa", b"")), Bytes.NUMBERS),
    (zipped(("青禾镇.xlsx", b"")), Bytes.ZIP),
    (zipped(("[content_types].xml", b""), ("xl\\workbook.xml", b"")), Bytes.XLSX),
    (zipped(("[Content_Types].xml", b""), ("ppt/presentation.xml", b"")), Bytes.SLIDES),
    (zipped(("[Content_Types].xml", b""), ("visio/document.xml", b"")), Bytes.OFFICE),
    (compound("PowerPoint Document"), Bytes.SLIDES),
    (b"Rar!\x1a\x07\x01\0", Bytes.PACKED),
    (b"7z\xbc\xaf\x27\x1c\0\x04", Bytes.PACKED),
    (compound("Workbook"), Bytes.XLS),
    (compound("Book"), Bytes.XLS),
    (compound("EncryptedPackage"), Bytes.ENCRYPTED),
    (compound("WordDocument"), Bytes.WORD),
    (compound("VisioDocument"), Bytes.OLE),
    (b"%PDF-1.4", Bytes.PDF),
    (b"\x89PNG\r\n\x1a\n", Bytes.PICTURE),
    (b"<!DOCTYPE html><p>x", Bytes.HTML),
    ("<html>".encode("utf-16"), Bytes.HTML),
    (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', Bytes.XML),
    ("序号,事项\n".encode(), Bytes.TEXT),
    ("序号,事项\n".encode("gb18030"), Bytes.TEXT),
    ("序号\t事项\n".encode("utf-16"), Bytes.TEXT),
    (b"", Bytes.EMPTY),
    (b"\0" * 100, Bytes.EMPTY),
    (b" \r\n\t", Bytes.EMPTY),
    (bytes(range(256)), Bytes.UNKNOWN),
    (
        zipped(("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("encrypted-package", b"x")),
        Bytes.ENCRYPTED,
    ),
    (b"\x09\x02\x06\0\0\0\x10\0\0\0", Bytes.OLDEST),
    (b'<?xml version="1.0"?><office:document xmlns:office="urn:o"/>', Bytes.FLAT),
]


@pytest.mark.parametrize(("data", "what"), SNIFFED, ids=lambda value: value.name if isinstance(value, Bytes) else "")
def test_sniffed_by_content(data: bytes, what: Bytes) -> None:
    """The bytes say what a file is."""
    assert sniff(data) is what


def test_an_honest_workbook_passes() -> None:
    """The names of all parts come back."""
    assert "xl/workbook.xml" in pass_gate(stranger(), "x.xlsx", GateLimits())


def _bad_crc() -> bytes:
    data = zipped(("a.xml", b"<a/>"))
    crc = zlib.crc32(b"<a/>").to_bytes(4, "little")
    return data.replace(crc, b"\1\2\3\4")


def _encrypted_bit() -> bytes:
    data = bytearray(zipped(("a.xml", b"<a/>")))
    data[6] |= 1
    data[data.index(b"PK\1\2") + 8] |= 1
    return bytes(data)


def _lying_size() -> bytes:
    content = b"<a>" + b" " * 100_000 + b"</a>"
    data = zipped(("a.xml", content))
    return data.replace(len(content).to_bytes(4, "little"), (50).to_bytes(4, "little"))


GATED = {
    "many parts": (zipped(*((f"{n}.xml", b"") for n in range(21))), "too-large"),
    "bomb": (zipped(("a.xml", b" " * 1_000_001)), "too-large"),
    "lying size": (_lying_size(), "damaged"),
    "bad crc": (_bad_crc(), "damaged"),
    "cut": (stranger()[:-100], "damaged"),
    "same name twice": (zipped(("a.xml", b"<a/>"), ("A.XML", b"<a/>")), "damaged"),
    "backslash twin": (zipped(("x/a.xml", b"<a/>"), ("x\\a.xml", b"<a/>")), "damaged"),
    "encrypted bit": (_encrypted_bit(), "password"),
    "doctype": (zipped(("a.xml", b"<!DOCTYPE a><a/>")), "unsafe-xml"),
    "entity": (zipped(("a.rels", b'<!ENTITY a "b">')), "unsafe-xml"),
    "utf-16": (zipped(("a.xml", "<!DOCTYPE a>".encode("utf-16-be"))), "unsafe-xml"),
    "utf-32": (zipped(("a.xml", "<!DOCTYPE a>".encode("utf-32"))), "unsafe-xml"),
    "across chunks": (zipped(("a.xml", b" " * ((1 << 19) - 4) + b"<!DOCTYPE a>")), "unsafe-xml"),
}


@pytest.mark.parametrize("fault", GATED)
def test_the_gate_names_the_cause(fault: str) -> None:
    """A zip that is broken, too large or dangerous is refused with its cause."""
    data, code = GATED[fault]

    with pytest.raises(RefusedError) as refused:
        pass_gate(data, "x.xlsx", SMALL)

    assert refused.value.problem.code == code


def test_doctype_cut_by_a_chunk_is_seen() -> None:
    """A word that two chunks share is still found."""
    data = zipped(("a.xml", b" " * ((1 << 20) - 4) + b"<!DOCTYPE a>"))

    with pytest.raises(RefusedError) as refused:
        pass_gate(data, "x.xlsx", GateLimits())

    assert refused.value.problem.code == "unsafe-xml"


def test_a_large_file_is_refused_with_the_numbers() -> None:
    """The message says how large the file is, and how large it may be."""
    with pytest.raises(RefusedError) as refused:
        check_size(123_400_000, "x.xlsx", GateLimits())

    assert refused.value.problem.what == "文件 123.4 MB，超过上限 100 MB"


ODD = """<worksheet><sheetData>
<row r="4"><c r="A4" t="s"><v>0</v></c><c r="B4" t="e"><v>#REF!</v></c><c r="C4" s="1"/></row>
<row r="5"><c r="B5"><f>SUM(A1:A3)</f></c><c r="C5" t="str"><f t="shared" si="0"/><v>x</v></c>
<c r="D5" t="str"><f>_xlfn.DISPIMG(&quot;ID_1&quot;,1)</f><v>=DISPIMG("ID_1",1)</v></c></row>
</sheetData></worksheet>"""
FOUND = {(3, 1): "#REF!", (4, 1): "=SUM(A1:A3)", (4, 2): "=", (4, 3): "（图片）"}


@pytest.mark.parametrize(
    "xml",
    [
        ODD,
        ODD.replace("<c ", "<x:c ")
        .replace("</c>", "</x:c>")
        .replace("<f", "<x:f")
        .replace("<v", "<x:v")
        .replace("<worksheet", '<worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'),
        ODD.replace('"', "'"),
        ODD.replace(' r="4"', ' r="4" ht="20"').replace('<c r="A4"', '<c s="7" r="A4"'),
    ],
    ids=["plain", "prefixed", "single quotes", "more attributes"],
)
def test_second_look_tells_errors_formulas_and_pictures(xml: str) -> None:
    """Cells that are not empty although a reader says so are found where they stand."""
    assert {place: odd.text for place, odd in SheetXml(xml.encode()).odd_cells().items()} == FOUND


def test_second_look_counts_cells_without_reference() -> None:
    """Cells and rows that do not say where they stand follow the one before."""
    xml = b'<row r="4"><c><v>1</v></c><c t="e"><v>#N/A</v></c></row><row><c/><c/><c><f>A1</f></c></row>'

    assert {place: odd.text for place, odd in SheetXml(xml).odd_cells().items()} == {(3, 1): "#N/A", (4, 2): "=A1"}


@pytest.mark.parametrize(
    ("cell", "far"),
    [
        (b'<c r="GR8000"><v>1</v></c>', ""),
        (b'<c r="GS1"><v>1</v></c>', "GS1"),
        (b'<c r="A8001"><v>1</v></c>', "A8001"),
        (b'<c r="XFD1048576" s="3"/>', ""),
        (b'<c s="3" r="XFD1048576" t="s"><v>0</v></c>', "XFD1048576"),
        (b'<sheetData><c r="B2"/><c r="XFD1048576"><v></v></c></sheetData>', ""),
        (b'<sheetData><c r="B2"/><c r="XFD1048576" t="str"><v></v></c></sheetData>', "XFD1048576"),
        (b'<sheetData><c r="XFD1048576" t="str"><f>A1</f><v></v></c></sheetData>', "XFD1048576"),
        (b'<x:c r="XFD1048576" t="str"><x:v></x:v></x:c>', "XFD1048576"),
        (b'<row r="9000"><c><v>1</v></c></row>', "A9000"),
    ],
)
def test_far_cells_are_named(cell: bytes, far: str) -> None:
    """A filled cell outside the extent is named; a styled empty one does no harm."""
    assert SheetXml(cell).far_cell(Extent()) == far
