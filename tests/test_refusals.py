"""Files that cannot be taken: each refused with one code, and nothing of them stored."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from inbox import ONE_WORKER, as_filled, codes, collected, part, received, reports, small_year, stored, with_part
from qingdan_xl.collecting.collect import check
from qingdan_xl.collecting.found import FoundFile
from qingdan_xl.collecting.outcome import Register
from qingdan_xl.engine import Failure, Result
from qingdan_xl.issuing.workbook import unit_workbook
from qingdan_xl.sheets.identity import PROPERTIES
from qingdan_xl.sheets.unit import HIDDEN_TITLE, LOG
from qingdan_xl.store import Outcome
from qingdan_xl.workspace.folder import Workspace
from returns import (
    ON_TIME,
    OPTIONS,
    Desk,
    make_batch,
    opened,
    plan_of,
    put,
    stranger,
    well_filled,
)


@pytest.fixture
def year(tmp_path: Path) -> Workspace:
    """A year folder in which three units were sent their workbooks."""
    return small_year(tmp_path)


def _encrypted() -> bytes:
    entry = "EncryptedPackage".encode("utf-16-le").ljust(64, b"\0")
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + entry + b"\0" * 448


def _flipped_bit(data: bytes) -> bytes:
    with ZipFile(BytesIO(data)) as archive:
        info = archive.getinfo("xl/worksheets/sheet3.xml")
    place = info.header_offset + 30 + len(info.filename) + info.compress_size // 2
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


def _sheet_name(data: bytes, title: str) -> str:
    names = opened(data).book.sheetnames
    return f"xl/worksheets/sheet{names.index(title) + 1}.xml"


def _far_cell(data: bytes) -> bytes:
    name = _sheet_name(data, LOG.title)
    cell = b'<row r="1048576"><c r="XFD1048576" t="n"><v>1</v></c></row></sheetData>'
    return with_part(data, name, part(data, name).replace(b"</sheetData>", cell))


def _with_doctype(data: bytes, encoding: str) -> bytes:
    xml = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
    return with_part(data, "xl/custom.xml", xml.encode(encoding))


def _other_unit_inside(data: bytes) -> bytes:
    return with_part(data, "docProps/custom.xml", part(data, "docProps/custom.xml").replace(b"U001", b"U002"))


def _other_unit_everywhere(data: bytes) -> bytes:
    desk = opened(_other_unit_inside(data))
    for cells in desk.page(HIDDEN_TITLE).iter_rows(max_col=2):
        if cells[0].value == "unit_id":
            cells[1].value = "U002"
        if cells[0].value == "unit":
            cells[1].value = "白杨镇"
    return desk.saved()


def _unknown_batch(_data: bytes) -> bytes:
    return unit_workbook(plan_of("U001", make_batch("2025-07")), OPTIONS)


def _newer_template(data: bytes) -> bytes:
    desk = opened(data)
    for cells in desk.page(HIDDEN_TITLE).iter_rows(max_col=2):
        if cells[0].value == "template":
            cells[1].value = "9"
    xml = part(data, "docProps/custom.xml")
    name = PROPERTIES["template"].encode()
    start = xml.index(name)
    return with_part(desk.saved(), "docProps/custom.xml", xml[:start] + xml[start:].replace(b">1<", b">9<", 1))


Spoil = Callable[[bytes], bytes]


REFUSED: dict[str, tuple[Spoil, str]] = {
    "truncated": (lambda data: data[: len(data) // 2], "damaged"),
    "flipped bit": (_flipped_bit, "damaged"),
    "no directory": (lambda data: data[:-22], "damaged"),
    "doctype": (lambda data: _with_doctype(data, "utf-8"), "unsafe-xml"),
    "doctype in utf-16": (lambda data: _with_doctype(data, "utf-16"), "unsafe-xml"),
    "encrypted": (lambda _data: _encrypted(), "password"),
    "csv": (lambda _data: "序号,责任事项\n1,召开会议\n".encode("gb18030"), "not-a-workbook"),
    "html": (lambda _data: b"<html><table><tr><td>1</td></tr></table></html>", "not-a-workbook"),
    "pdf": (lambda _data: b"%PDF-1.7\n...", "not-a-workbook"),
    "somebody else's": (lambda _data: stranger(), "not-our-form"),
    "nothing": (lambda _data: b"", "empty"),
    "blanks": (lambda _data: b" \r\n\0\0", "empty"),
    "far cell": (_far_cell, "far-cell"),
    "another unit in the properties": (_other_unit_inside, "unit-mismatch"),
    "another unit everywhere": (_other_unit_everywhere, "unit-mismatch"),
    "unknown batch": (_unknown_batch, "version"),
    "newer template": (_newer_template, "version"),
}


@pytest.mark.parametrize("fault", REFUSED)
def test_refused_with_its_code(year: Workspace, fault: str) -> None:
    """A file that cannot be taken is refused with exactly one code, and nothing of it is stored."""
    spoil, code = REFUSED[fault]

    result = received(year, spoil(well_filled()), "报送.xlsx")

    assert codes(result) == [code]
    assert [(receipt.outcome, receipt.code) for receipt in result.receipts] == [(Outcome.REFUSED, code)]
    assert stored(year) == []


def test_a_refused_file_of_a_known_unit_is_put_down_to_it(year: Workspace) -> None:
    """A form of another year's batch is refused, and the receipt says which unit has to send it again."""
    wrong = received(year, _unknown_batch(b""), "报送.xlsx")
    nobody = received(year, b"%PDF-1.7", "扫描件.xlsx")

    assert [receipt.unit_id for receipt in wrong.receipts] == ["U001"]
    assert [receipt.unit_id for receipt in nobody.receipts if receipt.path.endswith("扫描件.xlsx")] == [""]


def test_bad_files_leave_good_ones_alone(year: Workspace) -> None:
    """Beside every kind of bad file the good one comes out as it would alone."""
    data = well_filled("U002")
    put(year.inbox, "白杨镇.xlsx", data)
    for number, (spoil, _) in enumerate(REFUSED.values()):
        put(year.inbox, f"{number}.xlsx", spoil(well_filled("U001")))

    result = collected(year)

    assert result.count(Outcome.ACCEPTED) == 1
    assert result.found == len(REFUSED) + 1
    assert reports(year) == as_filled("U002")


@pytest.mark.parametrize("template", ["0", "2"])
def test_an_unknown_template_names_both(year: Workspace, template: str) -> None:
    """A form of a template that this program does not know, older or newer, is refused; both templates are named."""

    def edit(desk: Desk) -> None:
        page = desk.page(HIDDEN_TITLE)
        next(cells[1] for cells in page.iter_rows() if cells[0].value == "template").value = template
        for entry in desk.book.custom_doc_props.props:
            if entry.name == PROPERTIES["template"]:
                entry.value = template

    result = received(year, well_filled(edit=edit))

    assert codes(result) == ["version"]
    assert f"模板 {template}" in result.problems[0].what
    assert "模板 1" in result.problems[0].what


def test_a_long_file_name_is_quarantined_whole(year: Workspace) -> None:
    """A name as long as the file system allows does not break the copy."""
    name = "长" * 83 + ".xlsx"

    result = received(year, b"%PDF-1.7", name)

    assert codes(result) == ["not-a-workbook"]
    assert len(list(year.quarantine.glob("长*.xlsx"))) == 1


def test_too_many_parts_are_too_large(year: Workspace) -> None:
    """A zip with thousands of parts is refused with the numbers."""
    buffer = BytesIO(well_filled())
    with ZipFile(buffer, "a") as archive:
        for number in range(2001):
            archive.writestr(f"xl/media/{number}.png", b"")

    result = received(year, buffer.getvalue())

    assert codes(result) == ["too-large"]
    assert "超过上限 2000 个" in result.problems[0].message


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs a file that cannot be read")
def test_a_file_that_cannot_be_opened_is_refused() -> None:
    """A file the system will not let us read has an outcome like any other."""
    result = check([Path("/proc/self/mem")], None, ONE_WORKER)

    assert codes(result) == ["cannot-open-file"]


@pytest.mark.parametrize(
    ("failure", "detail", "code"),
    [
        (Failure.TIMEOUT, "", "timeout"),
        (Failure.MEMORY, "", "out-of-memory"),
        (Failure.DIED, "", "reader-died"),
        (Failure.RAISED, "KeyError: 'x'", "reader-died"),
        (Failure.RAISED, "PanicException: index out of bounds", "damaged"),
    ],
)
def test_what_befalls_the_reader_is_told(tmp_path: Path, failure: Failure, detail: str, code: str) -> None:
    """A reader that is lost over a file refuses that file with the cause."""
    file = FoundFile(put(tmp_path, "x.xlsx", b"x"), "x.xlsx", ignored=False)

    decision = Register((), ON_TIME, None).decide(file, "hash", Result(None, failure, detail))

    assert (decision.receipt.outcome, decision.receipt.code) == (Outcome.REFUSED, code)
