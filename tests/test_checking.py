"""check: files are read and checked, and nothing is taken in."""

from pathlib import Path

import pytest

from inbox import ONE_WORKER, codes, small_year, stored, type_answer
from qingdan_xl.collecting.collect import check
from qingdan_xl.sheets.unit import HIDDEN_TITLE
from qingdan_xl.store import Outcome
from qingdan_xl.workspace.folder import Workspace
from returns import (
    put,
    well_filled,
)


@pytest.fixture
def year(tmp_path: Path) -> Workspace:
    """A year folder in which three units were sent their workbooks."""
    return small_year(tmp_path)


def test_check_outside_a_year_folder(tmp_path: Path) -> None:
    """Without a year folder the workbook is held against what it says itself, and that is said."""
    path = put(tmp_path, "x.xlsx", well_filled(edit=lambda desk: type_answer(desk, "d001.01", "status", "已完工")))

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


def test_check_outside_a_year_folder_needs_the_hidden_sheet(tmp_path: Path) -> None:
    """Without year folder and hidden sheet nothing says what was issued."""
    path = put(tmp_path, "x.xlsx", well_filled(edit=lambda desk: desk.book.remove(desk.page(HIDDEN_TITLE))))

    assert codes(check([path], None, ONE_WORKER)) == ["needs-year-folder"]


def test_check_outside_a_year_folder_sees_edited_text(tmp_path: Path) -> None:
    """The file's own hashes tell an edited duty text, though not what it was."""
    path = put(tmp_path, "x.xlsx", well_filled(edit=lambda desk: type_answer(desk, "d001.01", "text", "别的文字")))

    assert codes(check([path], None, ONE_WORKER)) == ["no-year-folder", "text-edited"]


def test_check_of_two_versions_says_which_counts(year: Workspace) -> None:
    """Checking sees duplicates and older versions as collecting does."""
    data = well_filled()
    put(year.inbox, "1.xlsx", data)
    put(year.inbox, "2.xlsx", data)
    put(year.inbox, "3.xlsx", well_filled(edit=lambda desk: type_answer(desk, "d001.01", "report", "改过")))

    result = check([year.inbox], year, ONE_WORKER)

    outcomes = [result.count(outcome) for outcome in (Outcome.ACCEPTED, Outcome.SUPERSEDED, Outcome.DUPLICATE)]
    assert outcomes == [1, 1, 1]
