"""assess as a whole: the files it leaves in 成果/, and what it does with older ones."""

import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from assessment_year import copy_of, run
from qingdan_xl.workspace.folder import Workspace


@pytest.fixture
def year(assessed_year: Workspace, tmp_path: Path) -> Workspace:
    """A copy of the year folder to write in."""
    return copy_of(assessed_year, tmp_path / "年度")


def test_every_unit_has_a_card(year: Workspace) -> None:
    """Beside 考核.xlsx stands 考核卡.xlsx with a page for each unit that was scored or left open."""
    run(year, "--json")

    book = load_workbook(year.results / "考核卡.xlsx", read_only=True)
    assert {"青禾镇", "白杨镇", "云溪乡"} <= set(book.sheetnames)


def test_cards_of_an_earlier_run_are_put_away(year: Workspace) -> None:
    """Cards that the run does not write again go to 旧版/: nobody is shown the points of another run."""
    year.results.mkdir(exist_ok=True)
    (year.results / "考核卡-2.xlsx").write_bytes(b"earlier")

    run(year, "--json")

    assert not (year.results / "考核卡-2.xlsx").exists()
    assert [path.read_bytes() for path in (year.results / "旧版").glob("考核卡-2*.xlsx")] == [b"earlier"]


def test_a_copy_of_the_result_is_put_away_once_it_was_read(year: Workspace) -> None:
    """考核 (2).xlsx, saved while the first was open, brings its decisions in and is then out of the way."""
    run(year, "--json")
    shutil.copy(year.results / "考核.xlsx", year.results / "考核 (2).xlsx")

    run(year, "--json")

    assert not (year.results / "考核 (2).xlsx").exists()
    assert len(list((year.results / "旧版").glob("考核 (2)*.xlsx"))) == 1
