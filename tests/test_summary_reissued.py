"""Workbooks are sent out again: remarks, reminders and what stood before follow their duties."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from qingdan_xl.collecting.collect import collect
from qingdan_xl.model import Person
from qingdan_xl.store import Store
from qingdan_xl.summary.changes import Stood, change_rows
from qingdan_xl.summary.memory import Memory
from qingdan_xl.summary.scope import YEAR
from qingdan_xl.verbs.reissue import Choice
from qingdan_xl.verbs.remind import remind_year
from qingdan_xl.verbs.summarize import Summary, summarize_year
from qingdan_xl.workspace.folder import Workspace
from reissuing import PARENTS, make_issued, send, write_year
from returns import COLLECTIVE, ON_TIME, PEOPLE, put
from test_summary_remarks import cell

AS_OF = date(2026, 12, 15)  # a Tuesday
HEAD, DEPUTY, *_ = PEOPLE
NEWCOMER = replace(HEAD, name="郑寅")
LECTURE = "每年讲党课不少于2次"
AMEND = {"责任事项": COLLECTIVE[1].text, "单位": "青禾镇"}


@pytest.fixture
def year(tmp_path: Path) -> Workspace:
    """A year with its first batch sent out and one workbook back, in which nothing was filled in but one answer."""
    made = make_issued(tmp_path / "2026年度")
    book = openpyxl.load_workbook(made.root / "下发/2026-01/青禾镇-2026年责任清单.xlsx")
    page = book["主要负责人-张甲"]
    cell(page, "状态", 责任事项=LECTURE).value = "推进中"
    path = put(made.inbox, "青禾镇.xlsx", b"")
    book.save(path)
    collect(made, (), ON_TIME)
    summarize_year(made, AS_OF)
    return made


def send_with(year: Workspace, *people: Person, duties: Any = COLLECTIVE) -> None:
    """Everybody is sent workbooks again, for these people."""
    write_year(year, duties, PARENTS, people)
    send(year)


def detail(path: Path) -> Any:
    """明细 of a summary."""
    return openpyxl.load_workbook(path)["明细"]


def type_in(path: Path, text: str | None, **known: str) -> None:
    """Type into 批示 of a row of 明细; None empties it."""
    book = openpyxl.load_workbook(path)
    cell(book["明细"], "批示", **known).value = text
    book.save(path)


def told(summary: Summary) -> dict[tuple[str, str], str]:
    """The remarks of 明细 by holder and duty."""
    page = detail(summary.workbook.path)
    columns = {str(cell.value): cell.column for cell in page[3] if cell.value}
    rows = [
        [page.cell(row, columns[heading]).value for heading in ("承担人", "责任事项", "批示")]
        for row in range(4, page.max_row + 1)
    ]
    return {(holder or "", text): remark for holder, text, remark in rows if remark}


def lost(summary: Summary) -> list[Any]:
    """The remarks of 未落位批示."""
    page = openpyxl.load_workbook(summary.workbook.path)["未落位批示"]
    return [row[5].value for row in page.iter_rows(min_row=4) if row[5].value]


def mine(name: str) -> dict[str, str]:
    """The row of somebody's duty."""
    return {"单位": "青禾镇", "承担人": name, "责任事项": LECTURE}


@pytest.mark.parametrize("read_first", [True, False], ids=["read before", "read after"])
def test_a_remark_follows_its_duty(year: Workspace, read_first: bool) -> None:
    """A person comes in front: the remark stays with whom it was written to, whether read before or after the issue."""
    path = year.results / "汇总.xlsx"
    type_in(path, "请张甲抓紧", **mine("张甲"))
    if read_first:
        summarize_year(year, AS_OF)
    send_with(year, NEWCOMER, *PEOPLE)

    summary = summarize_year(year, AS_OF)

    assert told(summary) == {("张甲", LECTURE): "请张甲抓紧"}
    assert lost(summary) == []


def test_what_is_typed_into_an_older_summary_follows_its_duty(year: Workspace) -> None:
    """A leader has the summary of before the second issue: what is typed there goes by the rows it was printed with."""
    old = (year.results / "汇总.xlsx").read_bytes()
    send_with(year, NEWCOMER, *PEOPLE)
    summarize_year(year, AS_OF)
    beside = put(year.results, "汇总-领导返回.xlsx", old)
    type_in(beside, "请李乙抓紧", **mine("李乙"))
    type_in(beside, "请张甲抓紧", **mine("张甲"))

    assert told(summarize_year(year, AS_OF)) == {("张甲", LECTURE): "请张甲抓紧", ("李乙", LECTURE): "请李乙抓紧"}


@pytest.mark.parametrize(("text", "left"), [(None, {}), ("已办结", {("张甲", LECTURE): "已办结"})])
def test_a_remark_that_moved_is_changed_and_taken_away(
    year: Workspace, text: str | None, left: dict[tuple[str, str], str]
) -> None:
    """What is deleted at its new row does not come back, what is changed there stands alone."""
    path = year.results / "汇总.xlsx"
    type_in(path, "抓紧办", **mine("张甲"))
    summarize_year(year, AS_OF)
    send_with(year, NEWCOMER, *PEOPLE)
    summarize_year(year, AS_OF)
    type_in(path, text, **mine("张甲"))

    assert told(summarize_year(year, AS_OF)) == left
    assert told(summarize_year(year, AS_OF)) == left


def test_a_duty_that_comes_back_finds_its_remark(year: Workspace) -> None:
    """Left out of one batch by mistake its remark is listed; in the next one it stands at the duty again."""
    path = year.results / "汇总.xlsx"
    type_in(path, "补公示", **AMEND)
    summarize_year(year, AS_OF)
    send_with(year, *PEOPLE, duties=COLLECTIVE[:1] + COLLECTIVE[2:])
    without = summarize_year(year, AS_OF)
    assert (told(without), lost(without)) == ({}, ["补公示"])
    send_with(year, *PEOPLE)

    again = summarize_year(year, AS_OF)

    assert (told(again), lost(again)) == ({("", COLLECTIVE[1].text): "补公示"}, [])


def test_a_remark_to_who_left_goes_to_nobody_else(year: Workspace) -> None:
    """张甲 left, 李乙's sheet bears the number now that was 张甲's: both remarks are told of the right person."""
    path = year.results / "汇总.xlsx"
    type_in(path, "请张甲抓紧", **mine("张甲"))
    type_in(path, "请李乙抓紧", **mine("李乙"))
    summarize_year(year, AS_OF)
    send_with(year, *PEOPLE[1:])

    summary = summarize_year(year, AS_OF)

    assert (told(summary), lost(summary)) == ({("李乙", LECTURE): "请李乙抓紧"}, ["请张甲抓紧"])


def test_only_one_unit_is_sent_again(year: Workspace) -> None:
    """The rows of the others go by their own newest workbook: their remarks stay where they are."""
    path = year.results / "汇总.xlsx"
    type_in(path, "请张甲抓紧", **mine("张甲"))
    type_in(path, "请赵丁抓紧", 单位="白杨镇", 承担人="赵丁", 责任事项=LECTURE)
    write_year(year, COLLECTIVE, PARENTS, (NEWCOMER, *PEOPLE))
    send(year, Choice(only=("青禾镇",)))

    assert told(summarize_year(year, AS_OF)) == {("张甲", LECTURE): "请张甲抓紧", ("赵丁", LECTURE): "请赵丁抓紧"}


def test_who_was_reminded_is_known_by_the_duty(year: Workspace) -> None:
    """Nobody is reminded twice in a week because somebody came in front, and who came is reminded."""
    first = remind_year(year, AS_OF).reminders
    send_with(year, NEWCOMER, *PEOPLE)

    second = remind_year(year, AS_OF + timedelta(days=1)).reminders

    def named(items: Any) -> set[tuple[str, str]]:
        return {(item.standing.holder, item.standing.text) for item in items if item.standing}

    assert {name for name, _ in named(first.items)} == {"", "张甲", "李乙"}
    assert named(first.items) == named(item for item, _ in second.already)
    assert {name for name, _ in named(second.items)} == {"郑寅"}


EARLIER = """
DROP TABLE remark; DROP TABLE stood; DROP TABLE reminder;
CREATE TABLE remark (
    unit_id TEXT NOT NULL, row_id TEXT NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL, unit TEXT NOT NULL,
    role TEXT NOT NULL, holder TEXT NOT NULL, duty TEXT NOT NULL, written TEXT NOT NULL,
    PRIMARY KEY (unit_id, row_id, kind));
CREATE TABLE stood (
    scope TEXT NOT NULL, as_of TEXT NOT NULL, unit_id TEXT NOT NULL, row_id TEXT NOT NULL, light TEXT NOT NULL,
    status TEXT NOT NULL, done INTEGER);
CREATE INDEX stood_by_day ON stood (scope, as_of);
CREATE TABLE reminder (
    unit_id TEXT NOT NULL, row_id TEXT NOT NULL, cause TEXT NOT NULL, said TEXT NOT NULL,
    PRIMARY KEY (unit_id, row_id, cause, said));
INSERT INTO remark VALUES ('U001', 'd011.02', 'note', '请张甲抓紧', '青禾镇', '', '张甲', '', '2026-03-01');
INSERT INTO stood VALUES ('', '2026-12-01', 'U001', 'd011.02', '逾期', '', 0);
INSERT INTO reminder VALUES ('U001', 'd011.02', '欠缺', '2026-12-14');
PRAGMA user_version = 2;
"""


def test_what_an_earlier_program_remembered_follows_too(year: Workspace) -> None:
    """It kept no batch beside its rows: they are taken for those of the newest batch when it is updated."""
    with closing(sqlite3.connect(year.database)) as file:
        file.executescript(EARLIER)
    Store(year.database).close()
    send_with(year, NEWCOMER, *PEOPLE)

    with closing(Store(year.database)) as store:
        memory = Memory(store)
        before = memory.before(YEAR, AS_OF)
        assert [(remark.place.row_id, remark.text) for remark in memory.remarks()] == [("d011.03", "请张甲抓紧")]
        assert before
        assert before.stood == {"U001": {"d011.03": Stood("逾期", "", 0)}}
        assert list(memory.reminded(AS_OF - timedelta(days=1), AS_OF)) == [("U001", "d011.03", "欠缺")]


def test_a_unit_that_was_taken_off_is_told_by_its_name(year: Workspace) -> None:
    """Where what stood before names a unit that nothing is known of any more, 变化 calls it as its workbook did."""
    with closing(Store(year.database)) as store:
        before = Memory(store).before(YEAR, AS_OF + timedelta(days=1))

    assert before
    assert [row["unit"] for row in change_rows((), before)] == ["青禾镇", "白杨镇", "云溪乡"]


def test_changes_compare_the_same_duty(year: Workspace) -> None:
    """A person more in front is so many duties more, and no other row stands otherwise than before."""
    send_with(year, NEWCOMER, *PEOPLE)

    page = openpyxl.load_workbook(summarize_year(year, AS_OF + timedelta(days=1)).workbook.path)["变化"]
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=4) if row[0].value]

    assert [[each for each in row if each] for row in rows] == [["增加事项", "青禾镇", "比上次多 2 项"]]
