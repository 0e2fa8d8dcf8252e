"""Files that come back: outcomes, counts, versions, and that nothing is lost."""

import os
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from inbox import (
    ONE_WORKER,
    as_filled,
    codes,
    collected,
    received,
    reports,
    saved_at,
    small_year,
    stored,
    type_answer,
    with_part,
)
from qingdan_xl.collecting.collect import Collection, collect
from qingdan_xl.collecting.intake import Reading
from qingdan_xl.problems import UnusableError
from qingdan_xl.sheets.unit import ASSIGNMENTS, LOG
from qingdan_xl.store import Outcome, Store
from qingdan_xl.summary.history import history
from qingdan_xl.summary.returns import problem_rows
from qingdan_xl.verbs.summarize import gather
from qingdan_xl.workspace.folder import Workspace
from returns import (
    LATE,
    ON_TIME,
    issued_workbook,
    make_batch,
    opened,
    put,
    send_out,
    well_filled,
)


@pytest.fixture
def year(tmp_path: Path) -> Workspace:
    """A year folder in which three units were sent their workbooks."""
    return small_year(tmp_path)


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
    put(year.inbox, "又一份.xlsx", well_filled("U001", lambda desk: type_answer(desk, "d001.01", "report", "再改")))
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
    old = with_part(well_filled(), "docProps/core.xml", saved_at("2026-11-01T08:00:00Z"))
    new = with_part(
        well_filled(edit=lambda desk: type_answer(desk, "d001.01", "report", "改过")),
        "docProps/core.xml",
        saved_at("2026-11-02T08:00:00Z"),
    )
    for name, data in (("1.xlsx", new), ("2.xlsx", old)) if newer_first else (("1.xlsx", old), ("2.xlsx", new)):
        result = received(year, data, name)

    assert (result.count(Outcome.ACCEPTED), result.count(Outcome.SUPERSEDED)) == (1, 1)
    assert codes(result) == ["newer-file"]
    assert reports(year)["d001.01"] == "改过"


def test_a_file_that_comes_last_and_does_not_count_is_told(year: Workspace) -> None:
    """Its declared save time is older than that of the one before: the coordinator has to know, also by the history."""
    new, old = (
        with_part(well_filled(), "docProps/core.xml", saved_at(f"2026-11-{day}T08:00:00Z")) for day in ("02", "01")
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
    old = with_part(well_filled(), "docProps/core.xml", saved_at("2026-11-01T08:00:00Z"))
    new = with_part(well_filled(), "docProps/core.xml", saved_at("2026-11-02T08:00:00Z"))
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


def test_a_form_that_was_not_filled_says_so_once_a_sheet(year: Workspace) -> None:
    """A workbook sent back as it came is accepted, is told as such, with one problem a duty sheet."""
    result = received(year, issued_workbook())

    assert sorted(codes(result)) == ["not-filled"] * 3 + ["nothing-filled"]


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


@pytest.mark.skipif(os.name == "nt", reason="names are Unicode there")
def test_names_in_another_encoding_are_read(year: Workspace) -> None:
    """A file name in GBK is shown as it was meant and breaks nothing."""
    (year.inbox / os.fsdecode("青禾镇.xlsx".encode("gb18030"))).write_bytes(b"%PDF-1.7")

    result = collected(year)

    assert codes(result) == ["not-a-workbook"]
    assert [receipt.path for receipt in result.receipts] == ["收件/青禾镇.xlsx"]


def test_an_open_list_of_reasons_is_not_written_again_and_again(year: Workspace) -> None:
    """While 原因.xlsx is open, the new list lands beside it once; a run that refuses nothing new writes none."""
    received(year, b"%PDF-1.7", "坏.xlsx")
    (year.quarantine / "~$原因.xlsx").touch()

    runs = [collected(year), received(year, b"%PDF-1.4", "又坏.xlsx"), collected(year), collected(year)]

    assert ["locked-output" in codes(found) for found in runs] == [False, True, True, True]
    assert sorted(path.name for path in year.quarantine.glob("原因*")) == ["原因 (2).xlsx", "原因.xlsx"]
