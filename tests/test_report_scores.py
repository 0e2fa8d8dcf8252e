"""Scores in reports: the group they were ranked in, and the day and the numbers of the 考核.xlsx that people have."""

from contextlib import closing
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from assessment_year import AS_OF, hand_in
from qingdan_xl.assessment.stamp import read_stamp
from qingdan_xl.model import Roster
from qingdan_xl.problems import Problem
from qingdan_xl.reports.asking import asked_for
from qingdan_xl.reports.declared import OF_ONE
from qingdan_xl.reports.variables import values
from qingdan_xl.roster import roster_workbook
from qingdan_xl.store import open_store
from qingdan_xl.verbs.assess import FILE, assess_year
from qingdan_xl.verbs.report_inputs import load_year
from qingdan_xl.workspace.folder import Workspace
from report_samples import assessed, lines, make_report_year, written
from returns import PEOPLE, UNITS, put

EARLY = date(2026, 6, 30)


@pytest.fixture
def folder(tmp_path: Path) -> Workspace:
    """The small year after `assess`."""
    return assessed(make_report_year(tmp_path / "年度"))


def told(folder: Workspace, name: str = "青禾镇", as_of: date = AS_OF) -> tuple[Any, list[Problem]]:
    """The values of all variables about somebody, and what is doubtful about the assessment."""
    with closing(open_store(folder)) as store:
        year, problems = load_year(folder, store, as_of)
    return values(OF_ONE, asked_for(year, [name])[0]), problems


def regrouped(folder: Workspace, group: str) -> None:
    """Put 青禾镇 into another group of the roster, and assess again."""
    units = (replace(UNITS[0], group=group), *UNITS[1:])
    put(folder.root, folder.roster.name, roster_workbook(Roster(units, PEOPLE)))
    assess_year(folder, AS_OF)


def letter(folder: Workspace, kind: str) -> list[str]:
    """The report of 青禾镇 of a kind."""
    return lines(written(folder, "青禾镇", kinds=(kind,)).reports[0].path)


def test_the_group_is_the_one_that_was_ranked(folder: Workspace) -> None:
    """A unit that was put into another group after the lists were issued is told in the group of its rank."""
    regrouped(folder, "街道")

    assert (told(folder)[0]["考核组"], told(folder)[0]["组内个数"].value) == ("街道", 1)
    assert any("街道 | 1/1" in row for row in letter(folder, "考核结果告知书"))
    assert any("在街道列第1名" in line for line in letter(folder, "述责报告"))


def test_who_is_in_no_group_is_in_none(folder: Workspace) -> None:
    """Without a group the letter says so, and the report names no empty one."""
    regrouped(folder, "")

    assert told(folder)[0]["考核组"] == ""
    assert any("未分组 | 1/1" in row for row in letter(folder, "考核结果告知书"))
    text = "".join(letter(folder, "述责报告"))
    assert "在未分组的1个考核对象中列第1名" in text
    assert "在列" not in text


def test_scores_are_of_the_day_of_the_workbook(folder: Workspace) -> None:
    """A report of another day has the scores of 考核.xlsx, which day that is, and the run says so."""
    same, quiet = told(folder)
    other, problems = told(folder, as_of=EARLY)

    assert quiet == []
    for name in ("得分", "名次", "等次", "考核状态"):
        assert other[name] == same[name], name
    assert other["考核状态"] == "按截至2026年12月31日的数据计算，尚未定稿"
    assert [(found.code, found.origin.file) for found in problems] == [("scores-of-other-day", FILE)]
    assert "截至2026年12月31日" in problems[0].message


def test_scores_that_the_workbook_does_not_have_are_told(folder: Workspace) -> None:
    """Where something came in since, the run says that 考核.xlsx is another; after `assess` it agrees again."""
    hand_in(folder, "U003", "云溪乡.xlsx")

    assert [found.code for found in told(folder)[1]] == ["scores-differ"]
    assess_year(folder, AS_OF)
    assert told(folder)[1] == []


def test_a_workbook_keeps_its_stamp_when_somebody_saves_it(folder: Workspace) -> None:
    """What 考核.xlsx says of its day is there after another program wrote it; one without it stands for no day."""
    path = folder.results / FILE
    before = read_stamp(path.read_bytes())
    book = load_workbook(path)
    book.save(path)

    assert before
    assert before.as_of == AS_OF
    assert read_stamp(path.read_bytes()) == before
    assert read_stamp(b"PK") is None
    bare = BytesIO()
    with ZipFile(bare, "w") as package:
        package.writestr("docProps/custom.xml", "<Properties/>")
    assert read_stamp(bare.getvalue()) is None


def test_a_workbook_without_a_stamp_asks_for_nothing(folder: Workspace) -> None:
    """By the 考核.xlsx of an earlier program scores are computed as of the day of the report."""
    path = folder.results / FILE
    with ZipFile(BytesIO(path.read_bytes())) as source, ZipFile(path, "w") as target:
        for name in source.namelist():
            if name != "docProps/custom.xml":
                target.writestr(name, source.read(name))

    found, problems = told(folder, as_of=EARLY)

    assert found["考核状态"] == "按截至2026年6月30日的数据计算，尚未定稿"
    assert problems == []
