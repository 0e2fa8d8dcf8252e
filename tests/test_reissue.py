"""Issuing again: who gets a new workbook, what is carried over, what is marked, and what the packages hold."""

from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openxml_audit import OpenXmlValidator

from qingdan_xl.collecting.collect import collect
from qingdan_xl.counting.periods import Calendar
from qingdan_xl.model import Person
from qingdan_xl.problems import UnusableError
from qingdan_xl.sheets.unit import DUTIES, HIDDEN_TITLE, ISSUES, LOG, MATRIX, SIGNATURES
from qingdan_xl.store import Store
from qingdan_xl.summary.material import load_material
from qingdan_xl.verbs.reissue import Choice
from qingdan_xl.workspace.folder import Workspace
from reissuing import LEADERS, MINE, PARENTS, REVISED, column, make_issued, send, workbook, write_year
from returns import COLLECTIVE, ON_TIME, PEOPLE, opened, put


@pytest.fixture
def year(tmp_path: Path) -> Workspace:
    """A year with its first batch sent out."""
    return make_issued(tmp_path / "2026年度")


def return_one(year: Workspace) -> None:
    """青禾镇 fills its workbook in every sheet and it is collected."""
    desk = opened((year.root / "下发/2026-01/青禾镇-2026年责任清单.xlsx").read_bytes())
    cells: Mapping[str, object] = {"status": "推进中", "progress": 0.6, "report": "+1 正在推进", "self_score": 90}
    for row_id in ("d001.01", "d002.01", "d003.01"):
        for key, value in cells.items():
            desk.cell(LEADERS, row_id, key).value = value
    desk.cell(MINE, "d011.02", "status").value = "已完成"
    desk.cell(MINE, "d011.02", "evidence").value = "讲稿"
    label = next(cell.value for cell in desk.page(HIDDEN_TITLE)["M"] if f"{LEADERS} 1." in str(cell.value))
    desk.log(date=date(2026, 3, 1), category="会议", duty=label, topic="专题会议", host="张甲", attendance=12)
    desk.cell(ISSUES.title, 4, "text", ISSUES).value = "台账不全"
    desk.cell(ISSUES.title, 4, "status", ISSUES).value = "整改中"
    desk.cell(SIGNATURES.title, 4, "signer", SIGNATURES).value = "张甲"
    headings = [cell.value for cell in desk.page(MATRIX.title)[3]]
    desk.page(MATRIX.title).cell(4, headings.index("王丙") + 1).value = "R"
    desk.page(MATRIX.title).cell(4, headings.index("张甲") + 1).value = "A"
    put(year.inbox, "青禾镇.xlsx", desk.saved())
    found = collect(year, (), ON_TIME)
    assert [receipt.outcome.value for receipt in found.receipts] == ["accepted"]


def test_carried_answers_stand_beside_their_duties(year: Workspace) -> None:
    """By duty id, wherever the row stands now; logs, ledgers, letters and signatures come along; texts stay texts."""
    return_one(year)
    write_year(year, REVISED, PARENTS, PEOPLE)
    again = send(year, Choice(carry=True))
    desk = workbook(year, again)

    assert again.batch == "2026-02"
    assert column(desk, LEADERS, "report") == ["+1 正在推进", "+1 正在推进", None, None]
    assert {cell.data_type for cell in desk.page(LEADERS)["O"][3:5]} == {"s"}
    assert column(desk, LEADERS, "progress")[:2] == [0.6, 0.6]
    assert column(desk, MINE, "status") == ["已完成", None]
    log = [cell.value for cell in desk.page(LOG.title)[4]]
    assert log[0] == datetime(2026, 3, 1)  # noqa: DTZ001 - a day
    assert (log[3], log[4], log[5]) == ("专题会议", "张甲", 12)
    assert log[2] in [row.value for row in desk.page(HIDDEN_TITLE)["M"]]
    assert desk.cell(ISSUES.title, 4, "text", ISSUES).value == "台账不全"
    assert desk.cell(SIGNATURES.title, 4, "signer", SIGNATURES).value == "张甲"
    letters = {row[0].value: [cell.value for cell in row[5:]] for row in desk.page(MATRIX.title).iter_rows(min_row=4)}
    assert letters["d001.01"] == ["A", None, "R"]


def test_what_changed_is_marked(year: Workspace) -> None:
    """变动 says 修改 beside a revised text, 新增 beside a new duty, and nothing where the list is as it was."""
    assert not any(column(workbook(year, send(year)), LEADERS, "change"))
    write_year(year, REVISED, PARENTS, PEOPLE)
    for choice in (Choice(carry=True), Choice()):
        desk = workbook(year, send(year, choice))
        marks = dict(zip(column(desk, LEADERS, "number"), column(desk, LEADERS, "change"), strict=True))
        assert marks == ({"2.": "修改", "1.": None, "4.": None, "5.": "新增"} if choice.carry else dict.fromkeys(marks))
        assert not any(column(desk, MINE, "change"))


def test_answers_to_duties_that_are_gone_are_told(year: Workspace) -> None:
    """They are not in the new workbook; the coordinator reads how many, and they stay in the store."""
    return_one(year)
    write_year(year, REVISED, PARENTS, PEOPLE)
    again = send(year, Choice(carry=True))

    told = [(fault.unit, fault.what) for fault in again.problems if fault.code == "answers-left-behind"]
    assert told == [("青禾镇", "“青禾镇”有 1 个事项不在新的清单中，所填内容没有带入新的填报表")]
    with closing(Store(year.database)) as store:
        assert "gone:2026-01:d003.01" in [row["row_id"] for row in store.rows(DUTIES)]


def test_what_came_back_follows_its_duties(year: Workspace) -> None:
    """Until the new workbook comes back the old answers count for the same duties of the same persons."""
    return_one(year)
    people = tuple(person for person in PEOPLE if person.name != "李乙")  # 张甲's sheet stays, 李乙's goes
    first = replace(COLLECTIVE[0], id="d100")
    write_year(year, (first, *COLLECTIVE[1:]), PARENTS, people)
    send(year)
    with closing(Store(year.database)) as store:
        standings = load_material(store, Calendar(2026, date(2026, 6, 1))).standings
    found = {standing.row_id: standing.answer for standing in standings if standing.unit.name == "青禾镇"}

    assert found["d011.02"].status == "已完成"
    assert found["d002.01"].progress == Decimal(60)
    assert found["d100.01"].status == ""


def test_a_carried_workbook_opens_and_comes_back(year: Workspace, tmp_path: Path) -> None:
    """Excel has nothing to repair, and collecting it gives the same answers without a problem of its own."""
    return_one(year)
    again = send(year, Choice(carry=True))
    path = tmp_path / "青禾镇.xlsx"
    desk = workbook(year, again)
    path.write_bytes((year.root / again.workbooks[0].path).read_bytes())
    put(year.inbox, "青禾镇二.xlsx", desk.saved())
    found = collect(year, (), ON_TIME)

    assert list(OpenXmlValidator().validate(path).errors) == []
    assert {fault.code for fault in found.problems} <= {"not-filled", "newer-file", "done-without-date"}
    with closing(Store(year.database)) as store:
        assert [row["attendance"] for row in store.rows(LOG)] == [12]


def test_only_some_units(year: Workspace) -> None:
    """By name or id; a name that is nobody's is told with the one that is meant, and nothing is sent out."""
    again = send(year, Choice(only=("白杨镇", "U003")))
    with closing(Store(year.database)) as store:
        newest = {unit_id: sent.batch for unit_id, sent in store.issued().items()}

    assert [each.unit for each in again.workbooks] == ["白杨镇", "云溪乡"]
    assert newest == {"U001": "2026-01", "U002": "2026-02", "U003": "2026-02"}
    with pytest.raises(UnusableError) as caught:
        send(year, Choice(only=("白扬镇",)))
    assert [(fault.code, "“白杨镇”" in fault.what) for fault in caught.value.problems] == [("unknown-unit-asked", True)]


def test_only_those_whose_roster_changed(year: Workspace) -> None:
    """A person who came, left or holds another role makes a new workbook of that unit; nobody else gets one."""
    with pytest.raises(UnusableError) as caught:
        send(year, Choice(since_roster_change=True))
    assert [fault.code for fault in caught.value.problems] == ["roster-unchanged"]

    write_year(year, COLLECTIVE, PARENTS, (*PEOPLE, Person("冯癸", "云溪乡", "干事")))
    assert [each.unit for each in send(year, Choice(since_roster_change=True)).workbooks] == ["云溪乡"]
    with pytest.raises(UnusableError):
        send(year, Choice(since_roster_change=True))


def test_a_roster_that_was_only_sorted_did_not_change(year: Workspace) -> None:
    """Rows in another order are the same people, unless the order says who of two heads leads the unit."""
    heads, seconds, others = PEOPLE[::3], PEOPLE[1::3], PEOPLE[2::3]
    write_year(year, COLLECTIVE, tuple(reversed(PARENTS)), (*others, *heads, *seconds))
    with pytest.raises(UnusableError) as caught:
        send(year, Choice(since_roster_change=True))
    assert [fault.code for fault in caught.value.problems] == ["roster-unchanged"]

    write_year(year, COLLECTIVE, PARENTS, (*others, seconds[2], *heads, *seconds[:2]))
    assert [each.unit for each in send(year, Choice(since_roster_change=True)).workbooks] == [seconds[2].unit]


def test_a_number_is_never_used_again(year: Workspace) -> None:
    """Neither one that the store knows nor one that a folder of an earlier database has."""
    (year.issued / "2026-07").mkdir()

    assert send(year).batch == "2026-08"


def test_no_package_takes_the_place_of_another(year: Workspace) -> None:
    """Parents whose names a file system takes for one another have a package each: every workbook is in one."""
    parents = ("县委/办", "县委:办", "...")
    units = tuple(replace(unit, parent=parent) for unit, parent in zip(PARENTS, parents, strict=True))
    write_year(year, COLLECTIVE, units, PEOPLE)
    again = send(year, Choice(zipped=True))
    packed = []
    for path in again.packages:
        with ZipFile(path) as package:
            packed += package.namelist()

    assert [path.name for path in again.packages] == ["县委·办.zip", "县委·办(2).zip", "无上级单位.zip"]
    assert sorted(packed) == sorted(Path(each.path).name for each in again.workbooks)


def test_packages_by_parent_unit(year: Workspace) -> None:
    """One zip a parent with its units' workbooks under their Chinese names, and one for those without a parent."""
    again = send(year, Choice(zipped=True))
    held = {}
    for path in again.packages:
        with ZipFile(path) as package:
            held[path.name] = sorted(package.namelist())
            assert all(info.flag_bits & 0x800 for info in package.infolist())
            assert load_workbook(BytesIO(package.read(package.namelist()[0]))).sheetnames[0] == "填报说明"

    assert held == {
        "县委.zip": ["白杨镇-2026年责任清单.xlsx", "青禾镇-2026年责任清单.xlsx"],
        "无上级单位.zip": ["云溪乡-2026年责任清单.xlsx"],
    }
