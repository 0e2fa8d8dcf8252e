"""The second look at workbooks that are no .xlsx: formulas and errors are told from empty cells, far cells named."""

import struct
from datetime import date
from pathlib import Path

import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from badfiles import spellings
from badfiles.cases import Make, edited
from badfiles.tiny import filled, sent_out, type_duty
from badfiles.xlsb import as_xlsb
from office import Office
from qingdan_xl.collecting.examine import Context, Return, Task, examine
from qingdan_xl.packages.biff import PasswordError, look_at_xls
from qingdan_xl.packages.binary import look_at_xlsb
from qingdan_xl.packages.compound import BrokenCompoundError
from qingdan_xl.packages.opendocument import look_at_ods
from qingdan_xl.packages.places import Extent, Look
from qingdan_xl.sheets.values import Value
from returns import opened, put

TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
SECTOR = 512


@pytest.mark.parametrize("suffix", ["xls", "ods"])
def test_formulas_and_errors_are_no_empty_cells(office: Office, tmp_path: Path, suffix: str) -> None:
    """A formula and an error in answers are cell problems in the other formats too."""
    desk = opened(filled(0))
    type_duty(desk, "report", "=1/0")
    type_duty(desk, "evidence", "=A1", 1)
    path = office.save_as(suffix, put(tmp_path, "单位.xlsx", desk.saved()), tmp_path / "saved")

    found = examine(Task(path, path.name), Context(sent_out(1)))

    assert [fault.code for fault in found.problems] == ["other-format", "bad-cell", "bad-cell"]


def ods(rows: str) -> Look:
    """A second look at one sheet with these rows."""
    names = f'xmlns:table="{TABLE}" xmlns:office="{OFFICE}" xmlns:text="{TEXT}"'
    return look_at_ods(
        {"content.xml": f'<a {names}><table:table table:name="表">{rows}</table:table></a>'.encode()}, Extent()
    )


def test_ods_cells_are_counted_over_repeats() -> None:
    """Rows and cells that stand for many are counted as many."""
    cell = '<table:table-cell table:formula="of:=SUM([.A1])" office:value-type="float"/>'
    wrong = '<table:table-cell office:value-type="string"><text:p>#REF!</text:p></table:table-cell>'

    look = ods(
        '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
        f'<table:table-row><table:table-cell table:number-columns-repeated="3"/>{cell}{wrong}</table:table-row>'
    )

    assert {place: odd.text for place, odd in look.odd["表"].items()} == {(2, 3): "=SUM([.A1])", (2, 4): "#REF!"}


def test_ods_far_cells_are_named_and_empty_ones_harmless() -> None:
    """The last row of a sheet as LibreOffice writes it is no far cell; a filled one is."""
    empty = '<table:table-row table:number-rows-repeated="1048575"><table:table-cell/></table:table-row>'
    far = '<table:table-row><table:table-cell office:value-type="float"/></table:table-row>'

    assert ods(empty).far == ""
    assert ods(empty + far).far == "表!A1048576"


def record(kind: int, body: bytes) -> bytes:
    """A record of an .xlsb."""
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    return head + bytes([len(body)]) + body


def wide(text: str) -> bytes:
    """A text of an .xlsb."""
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb(sheet: bytes) -> Look:
    """A second look at an .xlsb with one sheet."""
    relations = b'<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.bin"/></Relationships>'
    book = record(153, b"\1\0\0\0") + record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("表"))
    parts = {"xl/workbook.bin": book, "xl/_rels/workbook.bin.rels": relations, "xl/worksheets/sheet1.bin": sheet}
    return look_at_xlsb(parts, Extent())


def test_xlsb_records_are_read() -> None:
    """Sheets, formulas, errors and the date system of an .xlsb are seen."""
    row = record(0, struct.pack("<I", 4))
    cells = record(3, struct.pack("<II", 1, 0) + b"\x17") + record(9, struct.pack("<II", 2, 0) + bytes(8))

    look = xlsb(row + cells + record(7, struct.pack("<II", 3, 0) + bytes(4)))

    assert look.titles == ("表",)
    assert look.epoch.year == 1904
    assert {place: odd.text for place, odd in look.odd["表"].items()} == {(4, 1): "#REF!", (4, 2): "="}
    assert xlsb(record(0, struct.pack("<I", 9_000)) + record(7, struct.pack("<II", 0, 0) + bytes(4))).far == "表!A9001"


@pytest.mark.parametrize(
    "make",
    [
        as_xlsb,
        edited(lambda desk: setattr(desk.book, "epoch", CALENDAR_MAC_1904)),
        next(case.make for case in spellings.CASES if case.name == "strict as excel saves it"),
    ],
    ids=["xlsb", "1904", "strict"],
)
def test_the_same_values_in_another_spelling(tmp_path: Path, make: Make) -> None:
    """As .xlsb, as Strict Open XML or with days since 1904 a form has the same answers and log, under any name."""
    paths = [put(tmp_path, f"{name}.xlsx", data) for name, data in (("a", filled(0)), ("b", make(filled(0))))]

    one, other = (examine(Task(path, path.name), Context(sent_out(1))) for path in paths)

    def values(found: Return) -> dict[str, list[list[Value]]]:
        return {key: [[cell.value for cell in row.cells.values()] for row in rows] for key, rows in found.rows.items()}

    assert values(other) == values(one)
    assert len(one.rows["duty"]) == 2
    assert one.rows["log"][0].value("date") == date(2026, 3, 1)


def compound(stream: bytes) -> bytes:
    """An OLE2 file with one stream named Workbook of at least 4,096 bytes."""
    stream = stream.ljust(4096, b"\0")
    sectors = -(-len(stream) // SECTOR)
    table = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, 2 + sectors), 0xFFFFFFFE]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<I", 0) + b"\xff" * 4 * 108
    names = (("Root Entry", 0xFFFFFFFE, 0), ("Workbook", 2, len(stream)))
    entries = [
        name.encode("utf-16-le").ljust(64, b"\0")
        + struct.pack("<H", 2 * len(name) + 2)
        + bytes(50)
        + struct.pack("<II", first, size)
        + bytes(4)
        for name, first, size in names
    ]
    directory = b"".join(entries).ljust(SECTOR, b"\0")
    fat = struct.pack(f"<{len(table)}I", *table).ljust(SECTOR, b"\xff")
    return header + fat + directory + stream.ljust(sectors * SECTOR, b"\0")


def biff(kind: int, body: bytes) -> bytes:
    """A record of an .xls."""
    return struct.pack("<HH", kind, len(body)) + body


def test_xls_with_a_password_is_told() -> None:
    """An encrypted .xls says so in its records."""
    with pytest.raises(PasswordError):
        look_at_xls(compound(biff(0x809, b"\0\6" + bytes(14)) + biff(0x2F, bytes(54))), Extent())


def test_xls_that_is_cut_is_broken() -> None:
    """A stream that runs out of the file is no workbook that is half read."""
    whole = compound(biff(0x809, b"\0\6" + bytes(14)) + biff(0x0A, b""))

    assert look_at_xls(whole, Extent()).titles == ()
    with pytest.raises(BrokenCompoundError):
        look_at_xls(whole[:3000], Extent())
