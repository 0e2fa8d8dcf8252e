"""Who is meant by a name: units and people by what the batch or the roster of today calls them, or all at once."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from assessment_year import AS_OF
from qingdan_xl.model import Person, Roster, Unit
from qingdan_xl.problems import UnusableError
from qingdan_xl.reports.asking import asked_for, roster_changes
from qingdan_xl.roster import roster_workbook
from qingdan_xl.store import open_store
from qingdan_xl.verbs.report_inputs import load_year
from qingdan_xl.workspace.folder import Workspace
from report_samples import lines, make_report_year, written
from returns import PEOPLE, UNITS, put

RENAMED = (replace(UNITS[0], name="青禾街道"), *UNITS[1:])
MOVED = tuple(replace(one, unit="青禾街道") if one.unit == "青禾镇" else one for one in PEOPLE)


@pytest.fixture
def folder(tmp_path: Path) -> Workspace:
    """The small year."""
    return make_report_year(tmp_path / "年度")


def change_roster(folder: Workspace, units: Sequence[Unit] = UNITS, people: Sequence[Person] = PEOPLE) -> None:
    """Write another roster after the lists were issued."""
    put(folder.root, folder.roster.name, roster_workbook(Roster(tuple(units), tuple(people))))


def found(folder: Workspace, *names: str) -> list[str]:
    """Who is meant: 单位 or 单位/姓名."""
    with closing(open_store(folder)) as store:
        return [about.label for about in asked_for(load_year(folder, store, AS_OF)[0], names)]


def changes(folder: Workspace) -> str:
    """What the run says of the roster."""
    with closing(open_store(folder)) as store:
        told = roster_changes(load_year(folder, store, AS_OF)[0])
    assert [each.code for each in told] in ([], ["roster-moved-on"])
    return told[0].message if told else ""


def test_a_roster_that_stays_is_not_told(folder: Workspace) -> None:
    """Where nothing changed there is nothing to say."""
    assert changes(folder) == ""


@pytest.mark.parametrize("name", ["青禾镇", "青禾街道", "U001"])
def test_a_renamed_unit_is_found_by_both_names(folder: Workspace, name: str) -> None:
    """The name of the batch and that of today lead to the same unit, with its people; the run tells of the change."""
    change_roster(folder, RENAMED, MOVED)

    assert found(folder, name, f"{name}/张甲") == ["青禾镇", "青禾镇/张甲"]
    assert "青禾镇改名为青禾街道，报告仍写青禾镇" in changes(folder)


def test_all_people_of_a_unit(folder: Workspace) -> None:
    """单位/ and 单位/* are everybody of the unit, in the order of the roster."""
    for name in ("青禾镇/", "青禾镇/*", "青禾镇／", "U001/"):
        assert found(folder, name) == ["青禾镇/张甲", "青禾镇/李乙", "青禾镇/王丙"]


def test_all_people(folder: Workspace) -> None:
    """全部个人 writes one report for everybody; who holds nothing is left out, and why is said."""
    made = written(folder, "全部个人", kinds=("述责报告",))

    assert [f"{each.unit}/{each.person}" for each in made.reports] == [
        f"{one.unit}/{one.name}" for one in PEOPLE if one.roles
    ]
    assert [(each.label, each.why) for each in made.left_out] == [
        (f"{one.unit}/{one.name}", "名下没有责任事项、整改问题和工作纪实") for one in PEOPLE if not one.roles
    ]
    assert {each.path.name for each in made.reports} >= {"青禾镇·张甲.docx", "云溪乡·吴辛.docx"}


def test_who_left_has_the_report_of_the_list(folder: Workspace) -> None:
    """Somebody who holds a list and is no longer in the roster is found; who came since is found too."""
    new = Person("冯癸", "青禾镇", "镇长", ("主要负责人",))
    change_roster(folder, people=(*(one for one in PEOPLE if one.name not in {"张甲", "李乙"}), new))

    assert found(folder, "青禾镇/") == ["青禾镇/王丙", "青禾镇/冯癸", "青禾镇/张甲", "青禾镇/李乙"]
    assert found(folder, "张甲", "冯癸") == ["青禾镇/张甲", "青禾镇/冯癸"]


def test_a_new_head_is_told(tmp_path: Path) -> None:
    """Where somebody else heads a unit now, the run says who did when the lists were issued."""
    folder = make_report_year(tmp_path / "年度")
    one_head = tuple(replace(one, roles=()) if one.title == "镇长" else one for one in PEOPLE)
    change_roster(folder, people=tuple(replace(one, name="卫己") if one.name == "张甲" else one for one in one_head))

    with closing(open_store(folder)) as store:
        year = load_year(folder, store, AS_OF)[0]
    plans = {
        key: replace(plan, people=tuple(one for one in one_head if one.unit == plan.unit.name))
        for key, plan in year.material.plans.items()
    }
    told = roster_changes(replace(year, material=replace(year.material, plans=plans)))

    assert [each.code for each in told] == ["roster-moved-on"]
    assert "青禾镇的主要负责人原为张甲，现为卫己" in told[0].message
    assert "白杨镇" not in told[0].message


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("新湖镇", "花名册里有这个单位，但还没有给它下发填报表"),
        ("新湖镇/张甲", "花名册里有这个单位，但还没有给它下发填报表"),
        ("青禾镇/没有", "没有叫“青禾镇/没有”的单位或个人"),
        ("青河镇", "是不是“青禾镇”"),
    ],
)
def test_who_is_nobody(folder: Workspace, name: str, hint: str) -> None:
    """A unit that was never sent a workbook is told as such; of another name the nearest is named."""
    change_roster(folder, (*UNITS, Unit("U009", "新湖镇", "乡镇")))

    with pytest.raises(UnusableError) as caught:
        found(folder, name)

    assert [fault.code for fault in caught.value.problems] == ["no-subject"]
    assert hint in caught.value.problems[0].message
    assert "还没有下发填报表的：新湖镇" in changes(folder)


def test_the_report_of_a_unit_is_nobodys(folder: Workspace) -> None:
    """Nobody's name stands over or under the figures of a unit; over and under those of a person it does."""
    made = written(folder, "青禾镇", "青禾镇/张甲", kinds=("述责报告",)).reports

    unit, person = (lines(each.path) for each in made)
    assert (unit[1], unit[-2]) == ("青禾镇", "青禾镇")
    assert (person[1], person[-2]) == ("青禾镇　党委书记　张甲", "述责人：张甲")
