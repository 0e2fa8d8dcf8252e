"""assess as a whole: the files it leaves in 成果/, and what it does with older ones."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from assessment_year import AS_OF, SCHEME, copy_of, run, write_scheme
from qingdan_xl.assessment.items import Item
from qingdan_xl.problems import UnusableError
from qingdan_xl.sheets.scheme_items import Source
from qingdan_xl.verbs.assess import assess_year
from qingdan_xl.verbs.compare_schemes import compare_schemes
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


@pytest.mark.parametrize(
    "arguments", [(), ("--final", "--by", "张甲"), ("--scheme", "另一办法.xlsx", "--compare"), ("--explain", "青禾镇")]
)
def test_what_is_doubtful_about_the_scheme_is_said(year: Workspace, arguments: tuple[str, ...]) -> None:
    """A scheme that does not add up is used as it is, and said to be so, by every verb that uses it."""
    items = (Item("1", "", "履责", Decimal(97), Source.DUTIES),)
    write_scheme(year, replace(SCHEME, items=items))
    write_scheme(year, replace(SCHEME, items=items), "另一办法.xlsx")

    said = run(year, *arguments)

    assert "sum-differs" in said.codes
    assert "各项目的满分合计 97，应为 100" in said.told


def test_explaining_tells_what_concerns_the_unit(year: Workspace) -> None:
    """--explain --json holds what is doubtful about the scheme and this unit; what concerns others only is left out."""
    write_scheme(year, replace(SCHEME, items=(Item("1", "", "民主测评", Decimal(100), Source.RATERS),)))

    everyone, own = run(year, "--json"), run(year, "--explain", "青禾镇", "--json")
    told = [(found["code"], found["unit"]) for found in own.json["problems"]]

    assert everyone.codes == ["item-idle", *["not-assessed"] * 3]
    assert told == [("item-idle", ""), ("not-assessed", "青禾镇")]
    assert (own.code, own.codes, own.json["score"]) == (1, ["item-idle", "not-assessed"], None)


def _by_other(year: Workspace) -> object:
    return assess_year(year, AS_OF, year.root / "另一办法.xlsx")


def _compared(year: Workspace) -> object:
    return compare_schemes(year, AS_OF, year.root / "另一办法.xlsx")


@pytest.mark.parametrize("work", [lambda year: assess_year(year, AS_OF), _by_other, _compared])
def test_a_folder_that_is_in_use_is_left_alone(
    year: Workspace, monkeypatch: pytest.MonkeyPatch, work: Callable[[Workspace], object]
) -> None:
    """While another verb holds the year folder, assess says so and writes nothing."""
    shutil.copy(year.scheme, year.root / "另一办法.xlsx")
    monkeypatch.setattr("qingdan_xl.workspace.folder.WAIT_SECONDS", 0.1)
    before = sorted(year.results.glob("*"))

    with year.lock(), pytest.raises(UnusableError) as caught:
        work(year)

    assert [found.code for found in caught.value.problems] == ["busy"]
    assert sorted(year.results.glob("*")) == before
