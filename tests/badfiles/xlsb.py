"""The same cells as an .xlsb: no program at hand writes one, so its records are put together here ([MS-XLSB])."""

import struct
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from badfiles.cases import zipped

_BEGIN_BOOK, _END_BOOK, _BOOK_SETTINGS, _BEGIN_SHEETS, _END_SHEETS, _SHEET_OF_BOOK = 131, 132, 153, 143, 144, 156
_BEGIN_SHEET, _END_SHEET, _DIMENSION, _BEGIN_ROWS, _END_ROWS, _ROW = 129, 130, 148, 145, 146, 0
_ERROR, _BOOL, _NUMBER, _TEXT, _FORMULA = 3, 4, 5, 6, 9
_BEGIN_STYLES, _END_STYLES, _BEGIN_FORMATS, _END_FORMATS, _FORMAT = 278, 279, 617, 618, 47
_DATE_FORMAT = 14
_ERRORS = {"#NULL!": 0, "#DIV/0!": 7, "#VALUE!": 15, "#REF!": 23, "#NAME?": 29, "#NUM!": 36, "#N/A": 42}
_STATES = {"visible": 0, "hidden": 1, "veryHidden": 2}
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a sheet's days have no zone
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CONTENT = "application/vnd.ms-excel"


def record(kind: int, body: bytes = b"") -> bytes:
    """A record: kind and size in as many bytes of seven bits as they need."""
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = len(body), b""
    while size >= 0x80:
        length, size = length + bytes([size & 0x7F | 0x80]), size >> 7
    return head + length + bytes([size]) + body


def wide(text: str) -> bytes:
    """A text with its length."""
    data = text.encode("utf-16-le")
    return struct.pack("<I", len(data) // 2) + data


def as_xlsb(data: bytes) -> bytes:
    """A workbook's sheets, values, formulas and errors as an .xlsb; dates are numbers in a date's format."""
    book = load_workbook(BytesIO(data))
    names = [f"worksheets/sheet{number}.bin" for number in range(1, len(book.worksheets) + 1)]
    relations = [(name, "worksheet") for name in names] + [("styles.bin", "styles")]
    sheets = b"".join(
        record(_SHEET_OF_BOOK, struct.pack("<II", _STATES[page.sheet_state], n) + wide(f"rId{n}") + wide(page.title))
        for n, page in enumerate(book.worksheets, 1)
    )
    directory = record(_BEGIN_BOOK) + record(_BOOK_SETTINGS, bytes(12)) + record(_BEGIN_SHEETS) + sheets
    return zipped(
        ("[Content_Types].xml", _content_types(names)),
        ("_rels/.rels", _relations([("xl/workbook.bin", "officeDocument")])),
        ("xl/workbook.bin", directory + record(_END_SHEETS) + record(_END_BOOK)),
        ("xl/_rels/workbook.bin.rels", _relations(relations)),
        ("xl/styles.bin", _styles()),
        *((f"xl/{name}", _sheet(page)) for name, page in zip(names, book.worksheets, strict=True)),
    )


def _content_types(names: list[str]) -> bytes:
    parts = [("workbook", "sheet.binary.macroEnabled.main"), ("styles", "styles")]
    parts += [(name.removesuffix(".bin"), "worksheet") for name in names]
    overrides = "".join(
        f'<Override PartName="/xl/{name}.bin" ContentType="{_CONTENT}.{kind}"/>' for name, kind in parts
    )
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    default = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    return f'<Types xmlns="{types}">{default}{overrides}</Types>'.encode()


def _relations(targets: list[tuple[str, str]]) -> bytes:
    lines = (
        f'<Relationship Id="rId{n}" Type="{_TYPES}/{kind}" Target="{t}"/>' for n, (t, kind) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_RELATIONS}">{"".join(lines)}</Relationships>'.encode()


def _styles() -> bytes:
    """Two formats of cells: general, and that of a date."""
    formats = b"".join(record(_FORMAT, struct.pack("<HH", 0, number) + bytes(12)) for number in (0, _DATE_FORMAT))
    begun = record(_BEGIN_STYLES) + record(_BEGIN_FORMATS, struct.pack("<I", 2))
    return begun + formats + record(_END_FORMATS) + record(_END_STYLES)


def _sheet(page: Worksheet) -> bytes:
    extent = struct.pack("<IIII", 0, page.max_row - 1, 0, page.max_column - 1)
    rows = b"".join(_rows(page))
    return record(_BEGIN_SHEET) + record(_DIMENSION, extent) + record(_BEGIN_ROWS) + rows + _end()


def _end() -> bytes:
    return record(_END_ROWS) + record(_END_SHEET)


def _rows(page: Worksheet) -> Iterator[bytes]:
    for number, cells in enumerate(page.iter_rows(values_only=True)):
        yield record(_ROW, struct.pack("<IIHBBBI", number, 0, 300, 0, 0, 0, 0))
        for column, value in enumerate(cells):
            if value is not None:
                yield _cell(column, value)


def _cell(column: int, value: object) -> bytes:
    if isinstance(value, (datetime, date)):
        day = datetime(value.year, value.month, value.day)  # noqa: DTZ001 - as _EPOCH
        return record(_NUMBER, struct.pack("<IId", column, 1, (day - _EPOCH).days))
    place = struct.pack("<II", column, 0)
    match value:
        case bool():
            return record(_BOOL, place + bytes([value]))
        case int() | float():
            return record(_NUMBER, place + struct.pack("<d", value))
        case str() if value in _ERRORS:
            return record(_ERROR, place + bytes([_ERRORS[value]]))
        case str() if not value.startswith("="):
            return record(_TEXT, place + wide(value))
        case _:
            return record(_FORMULA, place + struct.pack("<dHII", 0, 0, 0, 0))
