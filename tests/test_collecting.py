"""Files that come back: outcomes, counts, recognition, and that nothing is lost or shifted."""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from office import Office
from qingdan_xl.collecting.collect import Collection, check, collect
from qingdan_xl.collecting.found import FoundFile
from qingdan_xl.collecting.intake import Reading
from qingdan_xl.collecting.outcome import Register
from qingdan_xl.engine import Failure, Result
from qingdan_xl.issuing.workbook import unit_workbook
from qingdan_xl.problems import UnusableError
from qingdan_xl.sheets.declaration import Sheet
from qingdan_xl.sheets.identity import PROPERTIES
from qingdan_xl.sheets.unit import ASSIGNMENTS, DUTIES, HIDDEN_TITLE, LOG, MATRIX
from qingdan_xl.sheets.values import Value
from qingdan_xl.store import Outcome, Store
from qingdan_xl.summary.history import history
from qingdan_xl.summary.returns import problem_rows
from qingdan_xl.verbs.summarize import gather
from qingdan_xl.workspace.folder import Workspace
from returns import (
    COLLECTIVE,
    LATE,
    ON_TIME,
    OPTIONS,
    Desk,
    issued_workbook,
    make_batch,
    opened,
    plan_of,
    put,
    send_out,
    stranger,
    well_filled,
)

ONE_WORKER = Reading(workers=1)
LEADERS = "党委领导班子"


@pytest.fixture
def year(tmp_path: Path) -> Workspace:
    """A year folder in which three units were sent their workbooks."""
    workspace = Workspace.create(tmp_path / "2026年度", 2026)
    send_out(workspace, make_batch())
    return workspace


def collected(year: Workspace, *, late: bool = False) -> Collection:
    """Collect the inbox."""
    return collect(year, (), LATE if late else ON_TIME, ONE_WORKER)


def received(year: Workspace, data: bytes, name: str = "青禾镇.xlsx") -> Collection:
    """Put one file into the inbox and collect."""
    put(year.inbox, name, data)
    return collected(year)


def codes(collection: Collection) -> list[str]:
    """The codes of all problems."""
    return [fault.code for fault in collection.problems]


def stored(year: Workspace, sheet: Sheet = DUTIES) -> list[dict[str, Value]]:
    """The rows of a sheet in the accepted returns."""
    store = Store(year.database)
    rows = list(store.rows(sheet))
    store.close()
    return rows


def reports(year: Workspace) -> dict[Value, Value]:
    """进展情况 by row id, of all accepted returns."""
    return {row["row_id"]: row["report"] for row in stored(year)}


def as_filled(unit_id: str = "U001") -> dict[str, str]:
    """What `well_filled` typed into 进展情况."""
    return {row.id: f"{row.id} 正在推进" for _, row in plan_of(unit_id).rows()}


def with_part(data: bytes, name: str, content: bytes | None) -> bytes:
    """The same zip with one part replaced, or left out where there is no content."""
    buffer = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(buffer, "w", ZIP_DEFLATED) as new:
        for part in old.infolist():
            if part.filename != name:
                new.writestr(part, old.read(part))
        if content is not None:
            new.writestr(name, content)
    return buffer.getvalue()


def part(data: bytes, name: str) -> bytes:
    """One part of a zip."""
    with ZipFile(BytesIO(data)) as archive:
        return archive.read(name)


def test_a_well_filled_workbook_is_accepted_without_a_problem(year: Workspace) -> None:
    """Every answer lands in the store beside the duty it was given to."""
    result = received(year, well_filled())

    assert codes(result) == []
    assert result.count(Outcome.ACCEPTED) == 1
    assert reports(year) == as_filled()
    first = stored(year)[0]
    assert (first["status"], first["progress"], first["self_score"]) == ("推进中", Decimal(60), Decimal(95))
    assert [row["date"] for row in stored(year, LOG)] == [date(2026, 3, 1), date(2026, 5, 6)]
    assert {row["raci"] for row in stored(year, ASSIGNMENTS)} <= {"R", "A", "AR", "C", "I"}


def test_counts_add_up_over_all_outcomes(year: Workspace) -> None:
    """Each file has one outcome, and each unit that was sent a workbook is returned or missing."""
    put(year.inbox, "青禾镇.xlsx", well_filled("U001"))
    put(year.inbox, "又一份.xlsx", well_filled("U001", lambda desk: _type(desk, "d001.01", "report", "再改")))
    put(year.inbox, "白杨/白杨镇.xlsx", well_filled("U002"))
    put(year.inbox, "坏.xlsx", well_filled("U003")[:2000])
    put(year.inbox, "~$青禾镇.xlsx", b"lock")
    put(year.inbox, ".DS_Store", b"x")

    result = collected(year)

    assert result.as_json() | {"problems": []} == {
        "found": 6,
        "accepted": 2,
        "superseded": 1,
        "duplicate": 0,
        "refused": 1,
        "ignored": 2,
        "missing": ["云溪乡"],
        "problems": [],
    }
    assert (result.sent, result.returned) == (3, 2)


def test_counts_that_do_not_add_up_are_an_error() -> None:
    """A collection cannot be made whose numbers contradict each other."""
    with pytest.raises(ValueError, match="found"):
        Collection(1, (), ())
    with pytest.raises(ValueError, match="sent"):
        Collection(0, (), (), 3, 1, ("云溪乡",))


def test_running_again_changes_nothing(year: Workspace) -> None:
    """A second run reads nothing anew and reports the same."""
    put(year.inbox, "青禾镇.xlsx", well_filled("U001"))
    put(year.inbox, "坏.xlsx", b"PK\x03\x04 no more")
    put(year.inbox, ".DS_Store", b"x")
    first = collected(year)
    dump = "\n".join(Store(year.database).connection.iterdump())
    read: list[int] = []

    again = collect(year, (), LATE, Reading(workers=1, progress=lambda done, _total: read.append(done)))

    assert again.as_json() == first.as_json()
    assert "\n".join(Store(year.database).connection.iterdump()) == dump
    assert read == []


def test_same_bytes_again_are_a_duplicate(year: Workspace) -> None:
    """The same file under another name is counted once."""
    data = well_filled()
    put(year.inbox, "a.xlsx", data)
    put(year.inbox, "b.xlsx", data)
    put(year.inbox, "c.xlsx", data)

    result = collected(year)

    assert (result.count(Outcome.ACCEPTED), result.count(Outcome.DUPLICATE)) == (1, 2)
    assert codes(result) == ["same-bytes", "same-bytes"]
    assert reports(year) == as_filled()


@pytest.mark.parametrize("newer_first", [True, False])
def test_the_newer_of_two_versions_wins(year: Workspace, *, newer_first: bool) -> None:
    """The version saved last counts, in whatever order they come; the older one is kept and listed."""
    old = with_part(well_filled(), "docProps/core.xml", _saved_at("2026-11-01T08:00:00Z"))
    new = with_part(
        well_filled(edit=lambda desk: _type(desk, "d001.01", "report", "改过")),
        "docProps/core.xml",
        _saved_at("2026-11-02T08:00:00Z"),
    )
    for name, data in (("1.xlsx", new), ("2.xlsx", old)) if newer_first else (("1.xlsx", old), ("2.xlsx", new)):
        result = received(year, data, name)

    assert (result.count(Outcome.ACCEPTED), result.count(Outcome.SUPERSEDED)) == (1, 1)
    assert codes(result) == ["newer-file"]
    assert reports(year)["d001.01"] == "改过"


def test_a_file_that_comes_last_and_does_not_count_is_told(year: Workspace) -> None:
    """Its declared save time is older than that of the one before: the coordinator has to know, also by the history."""
    new, old = (
        with_part(well_filled(), "docProps/core.xml", _saved_at(f"2026-11-{day}T08:00:00Z")) for day in ("02", "01")
    )
    put(year.inbox, "1.xlsx", new)
    collected(year)
    put(year.inbox, "2.xlsx", old)

    found = collect(year, (), ON_TIME + timedelta(days=1), ONE_WORKER)

    assert codes(found) == ["newest-not-counted", "newer-file"]
    intake = gather(year, ON_TIME.date()).intake
    told = history(intake, "U001").sendings
    assert [sending.outcome for sending in told] == [Outcome.ACCEPTED, Outcome.SUPERSEDED]
    assert [row["file"] for row in problem_rows(intake)] == ["收件/2.xlsx"]
    assert "早于已采用的 收件/1.xlsx" in told[1].reason


def test_the_history_names_the_file_that_counts(year: Workspace) -> None:
    """Of a file whose place a newer one took the history says which."""
    old = with_part(well_filled(), "docProps/core.xml", _saved_at("2026-11-01T08:00:00Z"))
    new = with_part(well_filled(), "docProps/core.xml", _saved_at("2026-11-02T08:00:00Z"))
    received(year, old, "1.xlsx")
    received(year, new, "2.xlsx")

    told = history(gather(year, ON_TIME.date()).intake, "U001").sendings

    assert told[0].reason.startswith("同一单位有更新的一份：收件/2.xlsx，以更新的为准。")


def test_the_same_bytes_under_another_units_name_are_told(year: Workspace) -> None:
    """One unit's file under another's name is a duplicate, and that other has sent nothing."""
    received(year, well_filled(), "青禾镇.xlsx")

    result = received(year, well_filled(), "白杨镇.xlsx")

    assert result.count(Outcome.DUPLICATE) == 1
    assert codes(result) == ["same-bytes", "same-bytes-other-name"]
    assert "文件名写的是 白杨镇，内容却与 青禾镇 的 收件/青禾镇.xlsx 完全相同" in result.problems[1].message
    assert "白杨镇" in result.missing
    assert codes(collected(year)) == ["same-bytes", "same-bytes-other-name"]


def _saved_at(stamp: str) -> bytes:
    return (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{stamp}</dcterms:modified></cp:coreProperties>'
    ).encode()


def _type(desk: Desk, row_id: str, key: str, value: object) -> None:
    sheet = LEADERS if row_id.endswith(".01") else "主要负责人-张甲"
    desk.cell(sheet, row_id, key).value = value


def test_after_the_deadline_is_late(year: Workspace) -> None:
    """What comes after the deadline is accepted and marked late."""
    put(year.inbox, "青禾镇.xlsx", well_filled())

    result = collected(year, late=True)

    assert codes(result) == ["late"]
    assert [receipt.late for receipt in result.receipts] == [True]


def test_originals_and_refused_copies_are_kept(year: Workspace) -> None:
    """Every file's bytes stay by their hash; what is refused also lies in 隔离 with a list of reasons."""
    good, bad = well_filled(), b"%PDF-1.7 not a workbook"
    put(year.inbox, "好.xlsx", good)
    put(year.inbox, "坏.xlsx", bad)

    collected(year)

    kept = [path.read_bytes() for path in year.originals.rglob("*.xlsx")]
    assert sorted(kept) == sorted([good, bad])
    assert [path.read_bytes() for path in year.quarantine.glob("坏*.xlsx")] == [bad]
    reasons = opened((year.quarantine / "原因.xlsx").read_bytes()).book.active
    assert [cell.value for cell in reasons[4]][3] == "not-a-workbook"


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


def test_a_file_named_after_another_unit_does_not_overwrite(year: Workspace) -> None:
    """A form of a unit that has returned, sent under another unit's name, is refused; renamed it is taken."""
    received(year, well_filled(), "青禾镇.xlsx")
    wrong = well_filled(edit=lambda desk: _type(desk, "d001.01", "report", "别人填的"))
    path = put(year.inbox, "白杨镇.xlsx", wrong)

    result = collected(year)
    path.rename(year.inbox / "更正.xlsx")
    renamed = collected(year)

    assert codes(result) == ["unit-mismatch"]
    assert renamed.count(Outcome.ACCEPTED) == 1


def test_a_file_named_after_another_unit_is_taken_by_its_marks(year: Workspace) -> None:
    """Where all marks agree the file is its own unit's, with a warning; what that unit sends itself comes before it."""
    wrong = received(year, well_filled(edit=lambda desk: _type(desk, "d001.01", "report", "别人填的")), "白杨镇.xlsx")
    taken = reports(year)["d001.01"]
    own = received(
        year, with_part(well_filled(), "docProps/core.xml", _saved_at("2026-01-20T08:00:00Z")), "青禾镇.xlsx"
    )

    assert codes(wrong) == ["other-unit-name"]
    assert [(receipt.outcome, receipt.unit_id) for receipt in wrong.receipts] == [(Outcome.ACCEPTED, "U001")]
    assert taken == "别人填的"
    assert [receipt.outcome for receipt in own.receipts if receipt.path.endswith("青禾镇.xlsx")] == [Outcome.ACCEPTED]
    assert reports(year) == as_filled("U001")


def test_a_file_named_after_another_unit_with_a_mark_gone_is_refused(year: Workspace) -> None:
    """Where one of its marks is gone, the name of another unit is one doubt too many."""
    result = received(year, well_filled(edit=lambda desk: desk.book.remove(desk.page(HIDDEN_TITLE))), "白杨镇.xlsx")

    assert codes(result) == ["unit-mismatch"]


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


def _edited(year: Workspace, edit: Callable[[Desk], object]) -> Collection:
    return received(year, well_filled(edit=edit))


def _sort_by_number(desk: Desk) -> None:
    page = desk.page(LEADERS)
    rows = [[cell.value for cell in cells] for cells in page.iter_rows(min_row=4, max_row=7)]
    for number, values in enumerate(reversed(rows), 4):
        for column, value in enumerate(values, 1):
            page.cell(number, column).value = value


def _insert_columns(desk: Desk) -> None:
    desk.page(LEADERS).insert_cols(3, 2)
    desk.page(LOG.title).insert_cols(1)
    desk.page(LOG.title)["A3"] = "自己的序号"


def _insert_rows(desk: Desk) -> None:
    desk.page(LEADERS).insert_rows(1, 2)
    desk.page(LEADERS).insert_rows(8)
    desk.page(LOG.title).insert_rows(4, 3)


def _rename_and_reorder(desk: Desk) -> None:
    desk.page(LEADERS).title = "甲"
    desk.page("主要负责人-张甲").title = LEADERS
    desk.page(LOG.title).title = "活动"
    desk.page(MATRIX.title).title = "矩阵"
    desk.book.move_sheet("活动", -4)
    desk.book.create_sheet("我的统计", 0).append(["序号", "状态", "备注"])


def _hide_and_filter(desk: Desk) -> None:
    page = desk.page(LEADERS)
    for number in (4, 6):
        page.row_dimensions[number].hidden = True
    page.column_dimensions["L"].hidden = True
    page.auto_filter.add_filter_column(10, ["推进中"])


def _rename_id_heading(desk: Desk) -> None:
    desk.page(LEADERS)["A3"] = "编码"


@pytest.mark.parametrize(
    "edit", [_sort_by_number, _insert_columns, _insert_rows, _rename_and_reorder, _hide_and_filter, _rename_id_heading]
)
def test_honest_edits_shift_nothing(year: Workspace, edit: Callable[[Desk], object]) -> None:
    """Sorting, inserting, hiding, renaming and reordering leave every answer with its duty, without a problem."""
    result = _edited(year, edit)

    assert codes(result) == []
    assert reports(year) == as_filled()
    assert len(stored(year, LOG)) == 2


def test_saved_by_libreoffice_is_read_the_same(year: Workspace, office: Office, tmp_path: Path) -> None:
    """Another program's own way of writing .xlsx changes nothing."""
    path = put(tmp_path, "青禾镇.xlsx", well_filled())
    saved = office.recalculate([path], tmp_path / "saved")[0]

    result = received(year, saved.read_bytes())

    assert codes(result) == []
    assert reports(year) == as_filled()
    assert [row["attendance"] for row in stored(year, LOG)] == [12, None]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("（重点）{}", "（开头加了“（重点）”）"),
        ("{}并存档", "（末尾加了“并存档”）"),
        ("{:.13}", "“召开1次专题会议”之后少了“，研究部署全面工作”"),
    ],
)
def test_text_only_added_or_taken_away_is_told_so(year: Workspace, text: str, said: str) -> None:
    """What was added in front or at the end, or left out, is called that."""
    edited = text.format(COLLECTIVE[0].text)

    result = _edited(year, lambda desk: _type(desk, "d001.01", "text", edited))

    assert codes(result) == ["text-edited"]
    assert said in result.problems[0].message


def test_edited_duty_text_is_reported_and_the_issued_text_kept(year: Workspace) -> None:
    """The answer stays with the duty, the issued text wins, and the difference is named."""
    result = _edited(year, lambda desk: _type(desk, "d001.01", "text", "每半年召开1次专题会议，研究部署全面工作"))

    assert codes(result) == ["text-edited"]
    assert "“季度至少”变成“半年”" in result.problems[0].message
    assert result.problems[0].origin.cell == "E4"
    assert {row["row_id"]: row["text"] for row in stored(year)}["d001.01"] == COLLECTIVE[0].text
    assert reports(year) == as_filled()


def test_a_deleted_row_id_is_recovered_by_exact_text(year: Workspace) -> None:
    """A row whose id is gone is told by its exact text and marked."""
    result = _edited(year, lambda desk: _type(desk, "d002.01", "row_id", None))

    assert codes(result) == ["row-id-missing"]
    assert result.problems[0].origin.cell == "A5"
    assert reports(year) == as_filled()


def _lose_id_and_text(desk: Desk) -> None:
    _type(desk, "d002.01", "text", "完全不同的文字")
    _type(desk, "d002.01", "row_id", None)


def test_a_row_without_id_and_text_is_not_guessed(year: Workspace) -> None:
    """A row that cannot be told is reported by its cell, and the duty as lost."""
    result = _edited(year, _lose_id_and_text)

    assert codes(result) == ["row-id-lost", "row-lost"]
    assert result.problems[0].origin.cell == "A5"
    assert "d002.01" not in reports(year)


def test_ids_left_behind_by_a_sort_do_not_shift_answers(year: Workspace) -> None:
    """Where hidden ids and visible texts part ways, the answers stay with the text they stand beside."""

    def swap_ids(desk: Desk) -> None:
        page = desk.page(LEADERS)
        page["A4"].value, page["A5"].value = page["A5"].value, page["A4"].value

    result = _edited(year, swap_ids)

    assert codes(result) == ["row-id-moved", "row-id-moved"]
    assert reports(year) == as_filled()


def test_a_doubled_row_is_read_once(year: Workspace) -> None:
    """A copied row is reported by its cell and not read."""

    def copy_row(desk: Desk) -> None:
        page: Any = desk.page(LEADERS)
        for cell in page[4]:
            page.cell(8, cell.column).value = cell.value
        page.cell(8, 13).value = "副本"

    result = _edited(year, copy_row)

    assert codes(result) == ["row-id-twice"]
    assert result.problems[0].origin.cell == "A8"
    assert reports(year) == as_filled()


def test_a_copied_sheet_is_not_read(year: Workspace) -> None:
    """Of a sheet and its copy the one with the issued name is read."""

    def copy_sheet(desk: Desk) -> None:
        page = desk.book.copy_worksheet(desk.page(LEADERS))
        page.title = "副本"
        page["R4"] = "副本里的话"
        desk.book.move_sheet("副本", -8)

    result = _edited(year, copy_sheet)

    assert codes(result) == ["sheet-copied"]
    assert reports(year) == as_filled()


def test_a_missing_sheet_is_named(year: Workspace) -> None:
    """A sheet that was deleted is named; the others are read."""
    result = _edited(year, lambda desk: desk.book.remove(desk.page(LEADERS)))

    assert codes(result) == ["missing-sheet"]
    assert result.problems[0].origin.sheet == LEADERS
    assert reports(year).keys() == {"d011.02", "d012.02", "d011.03", "d012.03"}


def test_identity_without_properties_stands_on_sheet_and_ids(year: Workspace) -> None:
    """Two of the three places are enough; the loss is said."""
    data = with_part(well_filled(), "docProps/custom.xml", b"<Properties/>")

    result = received(year, data)

    assert codes(result) == ["identity-lost"]
    assert reports(year) == as_filled()


def test_identity_without_hidden_sheet_stands_on_properties_and_ids(year: Workspace) -> None:
    """Two of the three places are enough; the loss is said."""
    result = _edited(year, lambda desk: desk.book.remove(desk.page(HIDDEN_TITLE)))

    assert codes(result) == ["identity-lost"]
    assert reports(year) == as_filled()


def test_properties_alone_are_not_enough(year: Workspace) -> None:
    """One place out of three says nothing sure."""

    def strip(desk: Desk) -> None:
        desk.book.remove(desk.page(HIDDEN_TITLE))
        for page in desk.book:
            page.delete_cols(1)

    result = _edited(year, strip)

    assert codes(result) == ["not-our-form"]


def test_an_older_form_is_mapped_to_the_newest(year: Workspace) -> None:
    """Answers in a form of an earlier batch land on the same duties of the latest; what was dropped is reported."""
    send_out(year, make_batch("2026-02", COLLECTIVE[1:]), LATE)

    result = received(year, well_filled())

    assert codes(result) == ["older-version", "row-retired"]
    assert "d001.01" not in reports(year)
    assert reports(year)["d002.01"] == "d002.01 正在推进"


def test_links_are_ignored_and_not_followed(year: Workspace, tmp_path: Path) -> None:
    """A link in the inbox is counted, and what it points to is not read."""
    outside = put(tmp_path / "elsewhere", "青禾镇.xlsx", well_filled())
    (year.inbox / "链接.xlsx").symlink_to(outside)
    (year.inbox / "文件夹").symlink_to(outside.parent)

    result = collected(year)

    assert (result.found, result.count(Outcome.IGNORED)) == (2, 2)


def test_a_path_that_is_not_there_is_the_users_mistake(year: Workspace) -> None:
    """A mistyped path stops the run with a coded problem."""
    with pytest.raises(UnusableError) as fault:
        collect(year, (year.root / "没有",), ON_TIME)

    assert [each.code for each in fault.value.problems] == ["missing-file"]


def test_check_outside_a_year_folder(tmp_path: Path) -> None:
    """Without a year folder the workbook is held against what it says itself, and that is said."""
    path = put(tmp_path, "x.xlsx", well_filled(edit=lambda desk: _type(desk, "d001.01", "status", "已完工")))

    result = check([path], None, ONE_WORKER)

    assert codes(result) == ["no-year-folder", "not-a-choice"]
    assert result.count(Outcome.ACCEPTED) == 1


def test_check_stores_nothing(year: Workspace) -> None:
    """Checking in a year folder leaves it as it was."""
    path = put(year.inbox, "青禾镇.xlsx", well_filled())

    result = check([path], year, ONE_WORKER)

    assert codes(result) == []
    assert not year.originals.exists()
    assert stored(year) == []


def test_a_form_that_was_not_filled_says_so_once_a_sheet(year: Workspace) -> None:
    """A workbook sent back as it came is accepted, is told as such, with one problem a duty sheet."""
    result = received(year, issued_workbook())

    assert sorted(codes(result)) == ["not-filled"] * 3 + ["nothing-filled"]


def test_a_long_file_name_is_quarantined_whole(year: Workspace) -> None:
    """A name as long as the file system allows does not break the copy."""
    name = "长" * 83 + ".xlsx"

    result = received(year, b"%PDF-1.7", name)

    assert codes(result) == ["not-a-workbook"]
    assert len(list(year.quarantine.glob("长*.xlsx"))) == 1


def test_interrupted_run_is_finished_by_the_next(year: Workspace) -> None:
    """Originals of a run that was cut off do not keep the next one from reading them."""
    data = well_filled()
    put(year.inbox, "青禾镇.xlsx", data)
    collected(year)
    undisturbed = reports(year)
    year.database.unlink()
    for rest in year.root.glob("qingdan.db-*"):
        rest.unlink()
    send_out(year, make_batch())

    result = collected(year)

    assert result.count(Outcome.ACCEPTED) == 1
    assert reports(year) == undisturbed


@pytest.mark.parametrize("suffix", ["xls", "ods"])
def test_other_formats_of_our_form_are_read_by_content(
    year: Workspace, office: Office, tmp_path: Path, suffix: str
) -> None:
    """An .xls or .ods of our form gives the same values, with a warning, whatever it is called."""
    path = put(tmp_path, "青禾镇.xlsx", well_filled())
    saved = office.save_as(suffix, path, tmp_path / "saved")

    result = received(year, saved.read_bytes(), "青禾镇.xlsx")

    assert codes(result) == ["other-format"]
    assert reports(year) == as_filled()
    assert [row["date"] for row in stored(year, LOG)] == [date(2026, 3, 1), date(2026, 5, 6)]


def test_macros_are_reported_and_left_alone(year: Workspace) -> None:
    """A form with a macro in it is read for its answers, and the macro is named."""
    result = received(year, with_part(well_filled(), "xl/vbaProject.bin", b"code"))

    assert codes(result) == ["foreign-parts"]
    assert reports(year) == as_filled()


def test_too_many_parts_are_too_large(year: Workspace) -> None:
    """A zip with thousands of parts is refused with the numbers."""
    buffer = BytesIO(well_filled())
    with ZipFile(buffer, "a") as archive:
        for number in range(2001):
            archive.writestr(f"xl/media/{number}.png", b"")

    result = received(year, buffer.getvalue())

    assert codes(result) == ["too-large"]
    assert "超过上限 2000 个" in result.problems[0].message


def test_check_outside_a_year_folder_needs_the_hidden_sheet(tmp_path: Path) -> None:
    """Without year folder and hidden sheet nothing says what was issued."""
    path = put(tmp_path, "x.xlsx", well_filled(edit=lambda desk: desk.book.remove(desk.page(HIDDEN_TITLE))))

    assert codes(check([path], None, ONE_WORKER)) == ["needs-year-folder"]


def test_check_outside_a_year_folder_sees_edited_text(tmp_path: Path) -> None:
    """The file's own hashes tell an edited duty text, though not what it was."""
    path = put(tmp_path, "x.xlsx", well_filled(edit=lambda desk: _type(desk, "d001.01", "text", "别的文字")))

    assert codes(check([path], None, ONE_WORKER)) == ["no-year-folder", "text-edited"]


def test_check_of_two_versions_says_which_counts(year: Workspace) -> None:
    """Checking sees duplicates and older versions as collecting does."""
    data = well_filled()
    put(year.inbox, "1.xlsx", data)
    put(year.inbox, "2.xlsx", data)
    put(year.inbox, "3.xlsx", well_filled(edit=lambda desk: _type(desk, "d001.01", "report", "改过")))

    result = check([year.inbox], year, ONE_WORKER)

    outcomes = [result.count(outcome) for outcome in (Outcome.ACCEPTED, Outcome.SUPERSEDED, Outcome.DUPLICATE)]
    assert outcomes == [1, 1, 1]


@pytest.mark.skipif(os.name == "nt", reason="names are Unicode there")
def test_names_in_another_encoding_are_read(year: Workspace) -> None:
    """A file name in GBK is shown as it was meant and breaks nothing."""
    (year.inbox / os.fsdecode("青禾镇.xlsx".encode("gb18030"))).write_bytes(b"%PDF-1.7")

    result = collected(year)

    assert codes(result) == ["not-a-workbook"]
    assert [receipt.path for receipt in result.receipts] == ["收件/青禾镇.xlsx"]


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


def test_a_workbook_of_another_year_folder_is_recognised(year: Workspace) -> None:
    """The same list and unit issued with another folder's key is not ours, though batch, ids and texts are the same."""
    put(year.inbox, "a.xlsx", unit_workbook(plan_of(), replace(OPTIONS, key=b"another")))

    assert codes(collected(year)) == ["other-workspace"]


def test_without_its_hidden_sheet_it_is_recognised_too(year: Workspace) -> None:
    """The properties name the year folder as well."""
    desk = opened(unit_workbook(plan_of(), replace(OPTIONS, key=b"another")))
    desk.book.remove(desk.page(HIDDEN_TITLE))
    put(year.inbox, "a.xlsx", desk.saved())

    assert codes(collected(year)) == ["other-workspace"]


@pytest.mark.parametrize("key", ["seal", "workspace"])
def test_an_edited_identity_is_recognised(year: Workspace, key: str) -> None:
    """Whoever writes into the hidden sheet breaks its seal."""

    def edit(desk: Desk) -> None:
        for cells in desk.page(HIDDEN_TITLE).iter_rows(max_col=2):
            if cells[0].value == key:
                cells[1].value = "0123456789ab"

    put(year.inbox, "a.xlsx", well_filled(edit=edit))

    assert codes(collected(year)) == ["edited-identity"]
