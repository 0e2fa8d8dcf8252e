"""Whose workbook a file is: by its marks, whatever it is called, and what is missing or edited of them."""

from dataclasses import replace
from pathlib import Path

import pytest

from inbox import as_filled, codes, collected, received, reports, saved_at, small_year, type_answer, with_part
from qingdan_xl.issuing.workbook import unit_workbook
from qingdan_xl.sheets.unit import HIDDEN_TITLE
from qingdan_xl.store import Outcome
from qingdan_xl.workspace.folder import Workspace
from returns import (
    COLLECTIVE,
    LATE,
    OPTIONS,
    Desk,
    make_batch,
    opened,
    plan_of,
    put,
    send_out,
    well_filled,
)


@pytest.fixture
def year(tmp_path: Path) -> Workspace:
    """A year folder in which three units were sent their workbooks."""
    return small_year(tmp_path)


def test_a_file_named_after_another_unit_does_not_overwrite(year: Workspace) -> None:
    """A form of a unit that has returned, sent under another unit's name, is refused; renamed it is taken."""
    received(year, well_filled(), "青禾镇.xlsx")
    wrong = well_filled(edit=lambda desk: type_answer(desk, "d001.01", "report", "别人填的"))
    path = put(year.inbox, "白杨镇.xlsx", wrong)

    result = collected(year)
    path.rename(year.inbox / "更正.xlsx")
    renamed = collected(year)

    assert codes(result) == ["unit-mismatch"]
    assert renamed.count(Outcome.ACCEPTED) == 1


def test_a_file_named_after_another_unit_is_taken_by_its_marks(year: Workspace) -> None:
    """Where all marks agree the file is its own unit's, with a warning; what that unit sends itself comes before it."""
    wrong = received(
        year, well_filled(edit=lambda desk: type_answer(desk, "d001.01", "report", "别人填的")), "白杨镇.xlsx"
    )
    taken = reports(year)["d001.01"]
    own = received(year, with_part(well_filled(), "docProps/core.xml", saved_at("2026-01-20T08:00:00Z")), "青禾镇.xlsx")

    assert codes(wrong) == ["other-unit-name"]
    assert [(receipt.outcome, receipt.unit_id) for receipt in wrong.receipts] == [(Outcome.ACCEPTED, "U001")]
    assert taken == "别人填的"
    assert [receipt.outcome for receipt in own.receipts if receipt.path.endswith("青禾镇.xlsx")] == [Outcome.ACCEPTED]
    assert reports(year) == as_filled("U001")


def test_a_file_named_after_another_unit_with_a_mark_gone_is_refused(year: Workspace) -> None:
    """Where one of its marks is gone, the name of another unit is one doubt too many."""
    result = received(year, well_filled(edit=lambda desk: desk.book.remove(desk.page(HIDDEN_TITLE))), "白杨镇.xlsx")

    assert codes(result) == ["unit-mismatch"]


def test_identity_without_properties_stands_on_sheet_and_ids(year: Workspace) -> None:
    """Two of the three places are enough; the loss is said."""
    data = with_part(well_filled(), "docProps/custom.xml", b"<Properties/>")

    result = received(year, data)

    assert codes(result) == ["identity-lost"]
    assert reports(year) == as_filled()


def test_identity_without_hidden_sheet_stands_on_properties_and_ids(year: Workspace) -> None:
    """Two of the three places are enough; the loss is said."""
    result = received(year, well_filled(edit=lambda desk: desk.book.remove(desk.page(HIDDEN_TITLE))))

    assert codes(result) == ["identity-lost"]
    assert reports(year) == as_filled()


def test_properties_alone_are_not_enough(year: Workspace) -> None:
    """One place out of three says nothing sure."""

    def strip(desk: Desk) -> None:
        desk.book.remove(desk.page(HIDDEN_TITLE))
        for page in desk.book:
            page.delete_cols(1)

    result = received(year, well_filled(edit=strip))

    assert codes(result) == ["not-our-form"]


def test_an_older_form_is_mapped_to_the_newest(year: Workspace) -> None:
    """Answers in a form of an earlier batch land on the same duties of the latest; what was dropped is reported."""
    send_out(year, make_batch("2026-02", COLLECTIVE[1:]), LATE)

    result = received(year, well_filled())

    assert codes(result) == ["older-version", "row-retired"]
    assert "d001.01" not in reports(year)
    assert reports(year)["d002.01"] == "d002.01 正在推进"


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
