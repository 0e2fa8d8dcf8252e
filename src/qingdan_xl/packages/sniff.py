"""What the bytes of a file are, whatever its name says."""

import re
from enum import StrEnum
from io import BytesIO
from zipfile import BadZipFile, ZipFile, is_zipfile

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_HEAD = 4096
# the first part of an open document is its type, not compressed, so that it can be seen from outside
_OPEN = re.compile(
    rb"mimetypeapplication/vnd\.oasis\.opendocument\.(text|presentation|graphics|formula|chart|image|base)"
)
_PACKED = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b")
_OLDEST = (b"\x09\0\x04\0", b"\x09\x02\x06\0", b"\x09\x04\x06\0")  # records that begin sheets of BIFF2, 3 and 4
_FLAT = re.compile(rb"<office:document\b")
_SPREADSHEET_2003 = re.compile(rb"""progid\s*=\s*["']Excel\.Sheet""")
_HTML = re.compile(rb"<\s*(!doctype\s+html|html|table|head|body)\b", re.IGNORECASE)
_BINARY = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_TEXT_ENCODINGS = ("utf-8-sig", "gb18030")
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


class Bytes(StrEnum):
    """What a file is; the value is what people call it."""

    XLSX = "Excel 工作簿（.xlsx）"
    XLSB = "Excel 二进制工作簿（.xlsb）"
    XLS = "旧版 Excel/WPS 工作簿（.xls、.et）"
    ODS = "开放文档表格（.ods）"
    ODT = "开放文档文字（.odt）"
    OPEN = "开放文档（.odp、.odg 等）"
    RTF = "RTF 文档"
    OFD = "OFD 版式文件"
    ENCRYPTED = "加密的文件"
    WORD = "Word 文档"
    SLIDES = "PowerPoint 演示文稿"
    OFFICE = "其他 Office 文档"
    NUMBERS = "苹果 Numbers/Pages 文稿"
    ZIP = "压缩包"
    PACKED = "RAR、7z 或 gz 压缩文件"
    OLE = "旧版 Office 文件"
    OLDEST = "Excel 4.0 及更早的工作表"
    FLAT = "单一 XML 的开放文档（.fods、.fodt）"
    PDF = "PDF 文件"
    HTML = "网页"
    XML = "XML 表格（Excel 2003）"
    PICTURE = "图片"
    TEXT = "文本或 CSV 文件"
    EMPTY = "空文件"
    UNKNOWN = "无法识别的文件"


READABLE = frozenset({Bytes.XLSX, Bytes.XLSB, Bytes.XLS, Bytes.ODS})
ZIPPED = frozenset({Bytes.XLSX, Bytes.XLSB, Bytes.ODS})

# the first of these parts that a zip holds says what the zip is
_MARKS = (
    ("xl/workbook.bin", Bytes.XLSB),
    ("xl/workbook.xml", Bytes.XLSX),
    ("word/document.xml", Bytes.WORD),
    ("ppt/presentation.xml", Bytes.SLIDES),
    ("OFD.xml", Bytes.OFD),
    ("encrypted-package", Bytes.ENCRYPTED),  # an open document, as LibreOffice locks it since 24.8
    ("content.xml", Bytes.ODS),
    ("Index/Document.iwa", Bytes.NUMBERS),
    ("Index.zip", Bytes.NUMBERS),
)
_STREAMS = (  # directory entries of a compound file are UTF-16
    ("Workbook", Bytes.XLS),
    ("Book", Bytes.XLS),
    ("EncryptedPackage", Bytes.ENCRYPTED),
    ("WordDocument", Bytes.WORD),
    ("PowerPoint Document", Bytes.SLIDES),
)


def sniff(data: bytes) -> Bytes:
    """Say what the bytes are; a zip that cannot be opened counts as the workbook it was meant to be."""
    head = data[:_HEAD]
    if not data.strip(b"\0 \t\r\n"):
        return Bytes.EMPTY
    if head.startswith(_OLE):
        return _compound(data)
    if head.startswith(_OLDEST):
        return Bytes.OLDEST
    if head.startswith(b"%PDF-"):
        return Bytes.PDF
    if head.startswith(b"{\\rtf"):
        return Bytes.RTF
    if head.startswith(_PACKED):
        return Bytes.PACKED
    if head.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8")):
        return Bytes.PICTURE
    if head.startswith(_ZIP) or is_zipfile(BytesIO(data)):
        return _zip(data)
    return _text(data, head)


def _compound(data: bytes) -> Bytes:
    # an entry's name is followed by zeros up to 64 bytes, so a longer name does not match a shorter one
    for name, what in _STREAMS:
        if name.encode("utf-16-le").ljust(2 * len(name) + 2, b"\0") in data:
            return what
    return Bytes.OLE


def _zip(data: bytes) -> Bytes:
    if document := _OPEN.search(data, 0, _HEAD):
        return Bytes.ODT if document[1] == b"text" else Bytes.OPEN
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = {name.replace("\\", "/").casefold() for name in archive.namelist()}
    except (BadZipFile, NotImplementedError, ValueError, OSError):
        return Bytes.XLSX
    return next((what for part, what in _MARKS if part.casefold() in names), _other_package(names))


def _other_package(names: set[str]) -> Bytes:
    """An Office package may keep its main part under another name (other writers); a plain zip has no types."""
    if "[content_types].xml" not in names:
        return Bytes.ZIP
    if any(name.startswith("xl/") for name in names):
        return Bytes.XLSX
    return Bytes.WORD if any(name.startswith("word/") for name in names) else Bytes.OFFICE


def _text(data: bytes, head: bytes) -> Bytes:
    if _SPREADSHEET_2003.search(head):
        return Bytes.XML
    if _FLAT.search(head):
        return Bytes.FLAT
    if _HTML.search(head.replace(b"\0", b"")):
        return Bytes.HTML
    encodings = ("utf-16",) if head.startswith(_UTF16_MARKS) else _TEXT_ENCODINGS
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return Bytes.UNKNOWN if _BINARY.search(text) else Bytes.TEXT
    return Bytes.UNKNOWN
