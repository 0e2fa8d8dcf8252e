"""Duties that several people hold together, and problems that are counted where they are listed."""

from datetime import date

import pytest

from qingdan_xl.collecting.collect import collect
from qingdan_xl.collecting.intake import Reading
from qingdan_xl.sheets.summary import BY_PERSON, BY_UNIT, DETAIL, PROBLEMS
from qingdan_xl.summary.frames import Frames, cells, frames
from qingdan_xl.summary.material import Material
from qingdan_xl.summary.reminders import person_rows, reminders, unit_rows
from qingdan_xl.verbs.remind import remind_year
from qingdan_xl.verbs.summarize import gather
from qingdan_xl.workspace.folder import Workspace
from returns import ON_TIME, Desk, make_batch, put, send_out, stranger, well_filled

LEADERS = "党委领导班子"
SUMMER = date(2026, 8, 1)
OWNERS = {"d001.01": "张甲、李乙", "d002.01": "张甲，王丙", "d003.01": "李乙", "d004.01": None}


def shared(desk: Desk) -> None:
    """Duties of one, of two, and of nobody; two of them late."""
    for row_id, names in OWNERS.items():
        desk.cell(LEADERS, row_id, "owner").value = names
    desk.cell(LEADERS, "d002.01", "deadline").value = date(2026, 5, 1)


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A year in which one unit shares duties, another's file is short of problems, and a third's is refused."""
    made = Workspace.create(tmp_path_factory.mktemp("joint") / "2026年度", 2026)
    send_out(made, make_batch())
    put(made.inbox, "青禾镇.xlsx", well_filled(edit=shared))
    put(made.inbox, "白杨镇.xlsx", well_filled("U002", lambda desk: desk.book.remove(desk.page("工作纪实"))))
    put(made.inbox, "云溪乡.xlsx", well_filled("U003")[:-30])
    put(made.inbox, "工资.xlsx", stranger())
    collect(made, (), ON_TIME, Reading(workers=1, as_of=SUMMER))
    return made


@pytest.fixture(scope="module")
def material(year: Workspace) -> Material:
    """What came back, in August."""
    return gather(year, SUMMER)


@pytest.fixture(scope="module")
def tables(material: Material) -> Frames:
    """The tables of the summary."""
    return frames(material)


def test_a_joint_duty_is_everyones(tables: Frames) -> None:
    """按责任人 counts it for each of its people, under their own names and titles; 明细 shows it as written."""
    people = {
        row["person"]: (row["title"], row["issued"]) for row in cells(tables[BY_PERSON.key]) if row["unit"] == "青禾镇"
    }
    detail = [row["owner"] for row in cells(tables[DETAIL.key]) if row["unit"] == "青禾镇"]

    assert people == {"张甲": ("党委书记", 4), "李乙": ("镇长", 4), "王丙": ("干事", 1), "未明确": ("", 1)}
    assert detail[:2] == ["张甲、李乙", "张甲，王丙"]


def test_everyone_is_reminded_of_a_joint_duty(year: Workspace, material: Material) -> None:
    """Each of its people gets a message of their own, and the unit's names them together."""
    found = reminders(material, {})
    messages = {row["person"]: row["message"] for row in person_rows(found, material.titles) if row["unit"] == "青禾镇"}
    unit = next(row["message"] for row in unit_rows(found) if row["unit"] == "青禾镇")

    assert set(messages) == {"张甲", "李乙", "王丙"}
    assert [name for name, words in messages.items() if "每季度至少召开1次专题会议" in words] == ["张甲", "李乙"]
    assert [name for name, words in messages.items() if "制定年度责任清单并公示" in words] == ["张甲", "王丙"]
    assert "张甲，王丙，逾期92天" in unit
    assert remind_year(year, SUMMER).people == len(person_rows(found, material.titles))


def test_problems_are_counted_as_they_are_listed(tables: Frames) -> None:
    """数据问题数 of each unit is the number of its rows in 数据问题; what hangs on the day is in neither."""
    listed = [row["unit"] for row in cells(tables[PROBLEMS.key])]
    counted = {row["unit"]: row["problems"] for row in cells(tables[BY_UNIT.key])}

    assert {unit: count or 0 for unit, count in counted.items()} == {unit: listed.count(unit) for unit in counted}
    assert counted["青禾镇"] == 0
    assert counted["白杨镇"] == 1
    assert counted["云溪乡"] is None
