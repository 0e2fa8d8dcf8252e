"""`qingdan remind`: only what is due, overdue or unanswered; said once a week; texts ready to paste."""

from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openxml_audit import OpenXmlValidator

from qingdan_xl.sheets.reminder import REMINDER_SHEETS
from qingdan_xl.store import GroupIntake, Store
from qingdan_xl.summary.material import Material, load_material
from qingdan_xl.summary.memory import Memory
from qingdan_xl.summary.rater_reminders import rater_rows
from qingdan_xl.summary.reminder_workbook import reminder_workbook
from qingdan_xl.summary.reminders import Reminders, already_rows, duty_rows, person_rows, reminders, unit_rows, week_of
from qingdan_xl.verbs.remind import remind_year
from qingdan_xl.workspace.folder import Workspace
from summary_samples import AS_OF, CALENDAR, filled_store, table

ITEMS = """
cause  | unit   | person | number | late_days | left_days
逾期   | 青禾镇 | 王丙   | 3      | 15        |
欠缺   | 白石镇 | 李乙   | 1      | 45        |
临近   | 白石镇 |        | 2      |           | 17
未填报 | 白石镇 | 李乙   | 2      |           |
欠缺   | 启明局 | 周庚   | 1      | 45        |
未交回 | 望江镇 |        |        | 15        |
"""
NEXT_WEEK = week_of(AS_OF) + timedelta(days=7)


@pytest.fixture
def material(tmp_path: Path) -> Material:
    """What the four units returned, as of 15 May."""
    with closing(filled_store(tmp_path)) as store:
        return load_material(store, CALENDAR)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A year folder after the first round of returns."""
    workspace = Workspace.create(tmp_path / "2026年度", 2026)
    filled_store(workspace.root).close()
    return workspace


def told(found: Reminders) -> list[dict[str, str]]:
    """The items as a table of texts."""
    keys = table(ITEMS)[0]
    return [{key: str(row.get(key) or "") for key in keys} for row in duty_rows(found.items)]


def test_only_what_is_due_overdue_or_unanswered(material: Material) -> None:
    """Of sixteen duties five, and the workbook that did not come back; what is done, exempt or on its way is not."""
    assert told(reminders(material, {})) == table(ITEMS)


def test_messages_to_units(material: Material) -> None:
    """Each says who, as of when, how many of what, the gravest by name, and what to do."""
    rows = {row["unit"]: row for row in unit_rows(reminders(material, {}))}

    assert rows["青禾镇"]["message"] == (
        "【2026年度责任清单】青禾镇：截至5月15日，有逾期1项需要办理："
        "1. 每年向上级报告1次工作情况（王丙，逾期15天）。请抓紧办理，并更新填报表。"
    )
    assert rows["白石镇"]["message"].startswith(
        "【2026年度责任清单】白石镇：截至5月15日，有欠缺1项、临近1项、未填报1项需要办理："
        "1. 每季度至少召开1次会议研究工作（李乙，会议：第一季度，缺1次）；2. "
    )
    assert rows["望江镇"]["message"] == (
        "【2026年度责任清单】望江镇：截至5月15日，填报表还没有交回（报送期限4月30日，已过15天），请尽快报送。"
    )
    assert (rows["望江镇"]["contact"], rows["望江镇"]["phone"]) == ("孙己", "555-0104")


def test_a_duty_of_two_people_is_told_by_their_names(material: Material) -> None:
    """Two who hold the same duty are two entries, each with its name; to themselves nobody is named."""
    late = next(each for each in material.standings if each.light == "逾期")
    two = [replace(late, holder=name, row_id=f"A3.0{n}") for n, name in enumerate(("张甲", "王丙"), 2)]
    found = reminders(replace(material, standings=tuple(two)), {})

    unit = next(row["message"] for row in unit_rows(found) if row["unit"] == "青禾镇")
    assert "1. 每年向上级报告1次工作情况（张甲，逾期15天）；2. 每年向上级报告1次工作情况（王丙，逾期15天）。" in unit
    for row in person_rows(found, {}):
        assert "有逾期1项需要办理：1. 每年向上级报告1次工作情况（逾期15天）。" in row["message"]


def test_what_cannot_be_told_apart_is_told_once(material: Material) -> None:
    """The same words of two roles, nobody named: counted twice, said once."""
    late = next(each for each in material.standings if each.light == "逾期")
    nobody = replace(late, answer=replace(late.answer, owner=""))
    twice = (nobody, replace(nobody, role="党支部", row_id="X9.01"))

    (row,) = [r for r in unit_rows(reminders(replace(material, standings=twice), {})) if r["unit"] == "青禾镇"]

    assert "有逾期2项需要办理：1. 每年向上级报告1次工作情况（逾期15天）。请" in row["message"]


def test_messages_to_people(material: Material) -> None:
    """Who answers for something gets an own row with the own duties only."""
    found = person_rows(reminders(material, {}), material.titles)

    assert [(row["person"], row["title"], row["overdue"], row["short"], row["unanswered"]) for row in found] == [
        ("王丙", "副书记", 1, None, None),
        ("李乙", "书记", None, 1, 1),
        ("周庚", "支部书记", None, 1, None),
    ]
    assert "临近" not in found[1]["message"]


def test_what_was_said_is_left_out_and_listed(material: Material) -> None:
    """A thing that was said stands among those said already, with its day; the same duty for a graver cause is new."""
    said = {("U2", "A2.01", "临近"): date(2026, 5, 12), ("U1", "A3.01", "临近"): date(2026, 5, 12)}

    found = reminders(material, said)

    assert [(row["unit"], row["cause"], str(row["reminded"])) for row in already_rows(found)] == [
        ("白石镇", "临近", "2026-05-12")
    ]
    assert told(found) == [row for row in table(ITEMS) if row["cause"] != "临近"]


def test_nothing_is_said_twice_in_a_week(workspace: Workspace) -> None:
    """Again by Sunday: nothing new, and the files of the first time stay; on Monday all is said anew."""
    first = remind_year(workspace, AS_OF)
    files = {path.name: path.read_bytes() for path in workspace.results.iterdir()}
    second = remind_year(workspace, NEXT_WEEK - timedelta(days=1))
    kept = {path.name: path.read_bytes() for path in workspace.results.iterdir()}
    monday = remind_year(workspace, NEXT_WEEK)

    assert [len(made.reminders.items) for made in (first, second, monday)] == [6, 0, 6]
    assert (second.workbook, len(second.reminders.already)) == (None, 6)
    assert kept == files
    assert sorted(files) == ["催办单.xlsx", "催办短信.txt"]


def test_again_says_everything(workspace: Workspace) -> None:
    """--again leaves nothing out, and is kept as said too."""
    remind_year(workspace, AS_OF)

    again = remind_year(workspace, AS_OF, again=True)

    assert (len(again.reminders.items), len(again.reminders.already)) == (6, 0)
    with closing(Store(workspace.database)) as store:
        assert len(Memory(store).reminded(week_of(AS_OF), AS_OF)) == 6


def test_a_look_back_is_not_hindered_by_what_was_said_later(workspace: Workspace) -> None:
    """Only what was said from Monday to the day asked for counts."""
    remind_year(workspace, AS_OF)

    assert len(remind_year(workspace, AS_OF - timedelta(days=1)).reminders.already) == 0


def test_the_files(workspace: Workspace) -> None:
    """The workbook opens cleanly with its four sheets; the text file holds every message for Notepad."""
    made = remind_year(workspace, AS_OF)

    assert made.workbook
    assert made.texts
    assert openpyxl.load_workbook(made.workbook.path).sheetnames == [sheet.title for sheet in REMINDER_SHEETS]
    assert [str(fault) for fault in OpenXmlValidator().validate(str(made.workbook.path)).errors] == []
    raw = made.texts.path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.decode("utf-8-sig").count("——") == 2 * (4 + 3)
    assert made.as_json() | {"workbook": "", "texts": ""} == {
        "as_of": "2026-05-15",
        "workbook": "",
        "texts": "",
        "units": 4,
        "people": 3,
        "items": 6,
        "raters": 0,
        "already": 0,
    }


def test_raters_are_reminded_too(material: Material) -> None:
    """Whoever returned no score sheet is a row with a message, once a week, and told in the text file."""
    scores = (GroupIntake("分管领导", 1, 1, ()), GroupIntake("考核组", 2, 1, ("冯一",)))
    waiting = replace(material, intake=replace(material.intake, scores=scores))
    found = reminders(waiting, {})

    (row,) = rater_rows(found.raters, found.title, found.as_of)
    assert row == {
        "group": "考核组",
        "person": "冯一",
        "message": "【2026年度责任清单】冯一：截至5月15日，您的评分表还没有交回，请尽快评分后交回。",
    }
    again = reminders(waiting, dict.fromkeys(found.keys, AS_OF))
    assert (again.items, again.raters) == ((), ())
    assert [row["person"] for row in already_rows(again) if row["cause"] == "未交评分表"] == ["冯一"]
    titles = openpyxl.load_workbook(BytesIO(reminder_workbook(found, material.titles))).sheetnames
    assert titles == ["催办到单位", "催办评委", "催办到人", "催办事项", "本周已催"]
