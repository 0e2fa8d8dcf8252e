"""Issuing again with the answers that came back: nothing typed is lost unsaid, and names follow the roster."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from qingdan_xl.model import Target, TargetKind
from qingdan_xl.problems import Problem
from qingdan_xl.sheets.unit import ASSIGNMENTS, DUTIES, ISSUES, LOG, MATRIX
from qingdan_xl.store import Store
from qingdan_xl.verbs.issue import Issue
from qingdan_xl.verbs.reissue import Choice
from qingdan_xl.workspace.folder import Workspace
from reissuing import LEADERS, MINE, PARENTS, column, give_back, make_issued, send, workbook, write_year
from returns import COLLECTIVE, PEOPLE, Desk, plan_of

CARRY = Choice(carry=True)
FIRST, SECOND = "d001.01", "d002.01"
LABELS = {row.id: row.label for _, row in plan_of().rows()}
DATED = replace(COLLECTIVE[1], targets=(Target("6月30日前公示", "公示", TargetKind.DEADLINE, due=("06-30",)),))
OWN = '\n[["自有列"]]\n"列名" = "落实"\n"类型" = "勾选"\n"工作表" = "责任清单"\n'


@pytest.fixture
def year(tmp_path: Path) -> Workspace:
    """A year with its first batch sent out."""
    return make_issued(tmp_path / "2026年度")


def type_into(cells: Mapping[tuple[str, str], object]) -> Callable[[Desk], None]:
    """Type into cells of the duty sheet by row id and column key."""

    def edit(desk: Desk) -> None:
        for (row_id, key), value in cells.items():
            desk.cell(LEADERS, row_id, key).value = value

    return edit


def lost(issued: Issue) -> list[Problem]:
    """What was told as not carried."""
    return [found for found in issued.problems if found.code == "answer-not-carried"]


def carried(issued: Issue) -> tuple[int, int, int, int]:
    """Units, answers, those as typed, and those left, as the command counts them."""
    told = issued.as_json()["carried"]
    return told["units"], told["answers"], told["as_typed"], told["left"]


def test_what_could_not_be_read_is_carried_as_it_was_typed(year: Workspace) -> None:
    """A date as 三月底, a misspelt status, a progress in words: each stands in its cell again, and is counted."""

    def edit(desk: Desk) -> None:
        cells = {(FIRST, "deadline"): "三月底", (FIRST, "status"): "快了", (SECOND, "progress"): "过半"}
        type_into(cells)(desk)
        desk.log(date="上周五", category="会议", topic="专题会议", host="张甲", attendance="十几人")
        desk.cell(ISSUES.title, 4, "deadline", ISSUES).value = "尽快"

    give_back(year, edit)
    again = send(year, CARRY)
    desk = workbook(year, again)

    assert column(desk, LEADERS, "deadline") == ["三月底", None, None, None]
    assert column(desk, LEADERS, "status") == ["快了", None, None, None]
    assert column(desk, LEADERS, "progress") == [None, "过半", None, None]
    assert [cell.value for cell in desk.page(LOG.title)[4]][:6] == [
        "上周五",
        "会议",
        None,
        "专题会议",
        "张甲",
        "十几人",
    ]
    assert desk.cell(ISSUES.title, 4, "deadline", ISSUES).value == "尽快"
    assert (carried(again), lost(again)) == ((1, 9, 5, 0), [])


def test_what_is_no_text_is_told_cell_by_cell(year: Workspace) -> None:
    """Of a formula there is nothing to carry: unit, file, sheet, cell, heading and what stood there are told."""
    give_back(year, type_into({(FIRST, "deadline"): "=B1+30", (FIRST, "report"): "已开会"}))
    again = send(year, CARRY)
    (told,) = lost(again)

    assert (told.unit, told.origin.file, told.origin.sheet, told.origin.cell) == (
        "青禾镇",
        "收件/青禾镇-2026-01.xlsx",
        LEADERS,
        "K4",
    )
    assert told.what == "“青禾镇”填在“完成时限”的“=B1+30”没有带入新的填报表：是公式、错误值或图片，没有文字可带"
    assert carried(again) == (1, 1, 0, 1)


def test_an_answer_that_is_not_asked_for_any_more_is_told(year: Workspace) -> None:
    """A date of the unit's own where the list now sets one; the same date is nothing to tell."""
    give_back(year, type_into({(SECOND, "deadline"): date(2026, 9, 1), (FIRST, "status"): "推进中"}))
    write_year(year, (COLLECTIVE[0], DATED, *COLLECTIVE[2:]), PARENTS, PEOPLE)
    again = send(year, CARRY)

    assert [found.what for found in lost(again)] == [
        "“青禾镇”填在“完成时限”的“2026-09-01”没有带入新的填报表：新的清单定了时限"
    ]
    assert carried(again) == (1, 1, 0, 1)
    assert str(column(workbook(year, again), LEADERS, "deadline")[1]) == "2026-06-30 00:00:00"


def test_answers_in_an_own_column_that_is_gone_are_told(year: Workspace) -> None:
    """The office dropped the column from its settings: what stood in it is named with its heading."""
    settings = year.root / "qingdan.toml"
    before = settings.read_text("utf-8")
    settings.write_text(before + OWN, "utf-8")
    year = Workspace(year.root)
    send(year)

    def tick(desk: Desk) -> None:
        place = [cell.value for cell in desk.page(LEADERS)[3]].index("落实")
        desk.page(LEADERS).cell(4, place + 1).value = "√"

    give_back(year, tick, "2026-02")
    settings.write_text(before, "utf-8")
    again = send(Workspace(year.root), CARRY)

    assert [found.what for found in lost(again)] == ["“青禾镇”填在“落实”的“√”没有带入新的填报表：新的填报表没有这一列"]


SUCCESSOR = tuple(replace(person, name="冯癸") if person.name == "张甲" else person for person in PEOPLE)


def test_names_that_we_filled_in_follow_the_roster(year: Workspace) -> None:
    """The old head's name stays nowhere that nobody typed it: not as 牵头领导, not as 责任人, not in the matrix."""
    give_back(
        year, type_into({(FIRST, "status"): "推进中", (SECOND, "owner"): "王丙", ("d003.01", "leader"): "张甲、李乙"})
    )
    write_year(year, COLLECTIVE, PARENTS, SUCCESSOR)
    again = send(year, CARRY)
    desk = workbook(year, again)
    headings = [cell.value for cell in desk.page(MATRIX.title)[3]]
    letters = {row[0].value: [cell.value for cell in row[5:]] for row in desk.page(MATRIX.title).iter_rows(min_row=4)}

    assert column(desk, LEADERS, "leader") == ["冯癸", "冯癸", "张甲、李乙", "冯癸"]
    assert column(desk, LEADERS, "owner") == ["冯癸", "王丙", "冯癸", "冯癸"]
    assert headings[5:] == ["冯癸", "李乙", "王丙"]
    assert letters[FIRST] == ["AR", None, None]
    assert (carried(again), lost(again)) == ((1, 3, 0, 0), [])


def test_they_follow_it_over_a_batch_that_did_not_come_back(year: Workspace) -> None:
    """What was filled in is that of the batch the return was made for, not of the last one that was sent."""
    give_back(year, type_into({(FIRST, "status"): "推进中"}))
    write_year(year, COLLECTIVE, PARENTS, SUCCESSOR)
    send(year)
    again = send(year, CARRY)

    assert column(workbook(year, again), LEADERS, "leader") == ["冯癸"] * 4
    assert carried(again) == (1, 1, 0, 0)


def test_letters_that_people_chose_stay_beside_the_new_head(year: Workspace) -> None:
    """Who was chosen to lead leads alone; a letter of somebody who left is told; the rest goes by the roster."""

    def choose(desk: Desk) -> None:
        page: Any = desk.page(MATRIX.title)
        places = {cell.value: cell.column for cell in page[3]}
        chosen: dict[int, dict[str, str | None]] = {
            4: {"张甲": None, "李乙": "A", "王丙": "R"},
            5: {"张甲": "A", "王丙": "负责"},
        }
        for row, letters in chosen.items():
            for name, letter in letters.items():
                page.cell(row, places[name]).value = letter

    give_back(year, choose)
    write_year(year, COLLECTIVE, PARENTS, SUCCESSOR)
    again = send(year, CARRY)
    page = workbook(year, again).page(MATRIX.title)
    letters = [[cell.value for cell in row[5:]] for row in page.iter_rows(min_row=4, max_row=6)]

    assert letters == [[None, "A", "R"], ["AR", None, "负责"], ["AR", None, None]]
    assert [found.what for found in lost(again)] == ["“青禾镇”填在“张甲”的“A”没有带入新的填报表：花名册中已没有这个人"]


def test_a_holders_answers_never_become_anothers(year: Workspace) -> None:
    """张甲 left and 李乙 stays: 李乙's sheet holds what 李乙 wrote, and 张甲's answers are told as left behind."""

    def edit(desk: Desk) -> None:
        desk.cell(MINE, "d011.02", "report").value = "张甲写的"
        desk.cell("主要负责人-李乙", "d011.03", "report").value = "李乙写的"

    give_back(year, edit)
    write_year(year, COLLECTIVE, PARENTS, tuple(person for person in PEOPLE if person.name != "张甲"))
    again = send(year, CARRY)
    told = [found.what for found in again.problems if found.code == "answers-left-behind"]

    assert column(workbook(year, again), "主要负责人-李乙", "report") == ["李乙写的", None]
    assert told == ["“青禾镇”有 1 个事项不在新的清单中，所填内容没有带入新的填报表"]
    assert carried(again) == (1, 1, 0, 1)
    with closing(Store(year.database)) as store:
        assert {row["row_id"]: row["report"] for row in store.rows(DUTIES) if row["report"]} == {
            "gone:2026-01:d011.02": "张甲写的",
            "d011.02": "李乙写的",
        }


def test_a_blank_duty_that_is_gone_is_no_answer_left_behind(year: Workspace) -> None:
    """Nothing was written beside it, so nothing is missed."""
    give_back(year, type_into({(FIRST, "status"): "推进中"}))
    write_year(year, COLLECTIVE[:2], PARENTS, PEOPLE)
    again = send(year, CARRY)

    assert carried(again) == (1, 1, 0, 0)
    assert {found.code for found in again.problems} == {"two-heads"}


def test_letters_of_a_duty_that_is_gone_are_told(year: Workspace) -> None:
    """A letter that people chose is an answer left behind as well; those that we filled in are none."""

    def edit(desk: Desk) -> None:
        rows = [cell.value for cell in desk.page(MATRIX.title)["A"]]
        headings = [cell.value for cell in desk.page(MATRIX.title)[3]]
        assert rows[5]
        desk.page(MATRIX.title).cell(6, headings.index("王丙") + 1).value = "C"

    give_back(year, edit)
    with closing(Store(year.database)) as store:
        kept = [row["row_id"] for row in store.rows(ASSIGNMENTS) if row["raci"] == "C"]
    write_year(year, COLLECTIVE[:2], PARENTS, PEOPLE)
    again = send(year, CARRY)
    told = [found.what for found in again.problems if found.code == "answers-left-behind"]

    assert kept == ["d003.01"]
    assert told == ["“青禾镇”有 1 个事项不在新的清单中，所填内容没有带入新的填报表"]
    assert carried(again) == (0, 0, 0, 1)


def test_a_log_row_that_is_tied_to_a_duty_that_is_gone_is_told(year: Workspace) -> None:
    """The row is carried as it is, and whoever is in charge reads that it counts for no duty any more."""

    def edit(desk: Desk) -> None:
        for row_id in (FIRST, "d003.01", "d003.01"):
            desk.log(date=date(2026, 3, 1), category="会议", duty=LABELS[row_id], topic="会议", host="张甲")

    give_back(year, edit)
    write_year(year, COLLECTIVE[:2], PARENTS, PEOPLE)
    again = send(year, CARRY)
    there = LABELS["d003.01"]
    told = [found for found in again.problems if found.code == "log-rows-untied"]

    assert [(found.unit, found.what) for found in told] == [
        (
            "青禾镇",
            f"“青禾镇”的工作纪实有 2 条记录的“关联事项”（如“{there}”）不在新的清单中，记录照样带入，但不计入任何事项",
        )
    ]
    assert [row[2].value for row in workbook(year, again).page(LOG.title).iter_rows(min_row=4, max_row=6)] == [
        LABELS[FIRST],
        there,
        there,
    ]


def test_the_command_says_how_much_was_carried(year: Workspace) -> None:
    """On the terminal in a sentence, with --json as `carried`; without --carry that is null."""
    give_back(
        year, type_into({(FIRST, "deadline"): "三月底", (FIRST, "status"): "推进中", (SECOND, "deadline"): "=B1"})
    )

    def run(*arguments: str) -> str:
        command = [sys.executable, "-m", "qingdan_xl", "issue", *arguments]
        done = subprocess.run(command, cwd=year.root, capture_output=True, text=True, check=False, env=os.environ)
        return done.stdout

    assert json.loads(run("--carry", "--json"))["carried"] == {"units": 1, "answers": 2, "as_typed": 1, "left": 1}
    assert json.loads(run("--json"))["carried"] is None
    assert "带入已填内容：1 个单位 2 处，其中 1 处读不出是什么，按原样带入；没有带入 1 处，见上面的提示" in run(
        "--carry"
    )
