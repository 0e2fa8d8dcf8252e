"""A duty that one issue leaves out and a later one holds again finds what was written about it."""

from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from qingdan_xl.collecting.collect import collect
from qingdan_xl.model import Duty
from qingdan_xl.sheets.unit import ASSIGNMENTS, LOG, MATRIX
from qingdan_xl.store import Store
from qingdan_xl.summary.standing import Standing
from qingdan_xl.verbs.issue import Issue
from qingdan_xl.verbs.reissue import Choice
from qingdan_xl.verbs.summarize import gather
from qingdan_xl.workspace.folder import Workspace
from reissuing import LEADERS, MINE, PARENTS, column, give_back, make_issued, send, workbook, write_year
from returns import COLLECTIVE, ON_TIME, PEOPLE, Desk, opened, plan_of, put

LEFT_OUT, AGAIN = COLLECTIVE[:2], (COLLECTIVE[2], *COLLECTIVE[:2])
LABELS = {row.id: row.label for _, row in plan_of().rows()}
CARRY = Choice(carry=True)


@pytest.fixture
def year(tmp_path: Path) -> Workspace:
    """A year with its first batch sent out."""
    return make_issued(tmp_path / "2026年度")


def answer(desk: Desk) -> None:
    """The third duty is answered, a meeting is logged for it, and 王丙 gets a letter for it."""
    desk.cell(LEADERS, "d003.01", "status").value = "推进中"
    desk.cell(LEADERS, "d003.01", "report").value = "走访了三个村"
    desk.log(date=date(2026, 3, 1), category="会议", duty=LABELS["d003.01"], topic="会议", host="张甲")
    headings = [cell.value for cell in desk.page(MATRIX.title)[3]]
    desk.page(MATRIX.title).cell(6, headings.index("王丙") + 1).value = "C"


def issue_with(year: Workspace, duties: tuple[Duty, ...], choice: Choice | None = None) -> Issue:
    """Send the list with these duties of the leaders."""
    write_year(year, duties, PARENTS, PEOPLE)
    return send(year, choice)


def third(year: Workspace) -> Standing:
    """How the third duty of 青禾镇 stands."""
    found = gather(year, date(2026, 7, 1)).standings
    return next(each for each in found if each.unit.name == "青禾镇" and each.duty.id == COLLECTIVE[2].id)


def stored(year: Workspace) -> tuple[set[str], set[str]]:
    """The duties that rows of the log are tied to, and the row ids with the letter C."""
    with closing(Store(year.database)) as store:
        letters = {str(row["row_id"]) for row in store.rows(ASSIGNMENTS) if row["raci"] == "C"}
        return {str(row["duty"]) for row in store.rows(LOG)}, letters


@pytest.mark.parametrize("gaps", [1, 2])
def test_answers_come_back_with_their_duty(year: Workspace, gaps: int) -> None:
    """Answers, letters and the ties of the log, though the unit sent nothing since, whatever its number is now."""
    give_back(year, answer)
    for _ in range(gaps):
        issue_with(year, LEFT_OUT)
    issue_with(year, (replace(AGAIN[0], number="1."), *AGAIN[1:]))

    assert (third(year).answer.status, third(year).answer.report) == ("推进中", "走访了三个村")
    label = next(row.label for _, row in gather(year, date(2026, 7, 1)).plans["U001"].rows() if row.id == "d003.01")
    assert label != LABELS["d003.01"]
    assert stored(year) == ({label}, {"d003.01"})


def test_they_stand_in_the_workbook_that_carries_answers(year: Workspace) -> None:
    """Whoever gets the duty again need not type again; the command counts them as carried."""
    give_back(year, answer)
    issue_with(year, LEFT_OUT, CARRY)
    again = issue_with(year, AGAIN, CARRY)
    desk = workbook(year, again)

    assert column(desk, LEADERS, "report") == ["走访了三个村", None, None]
    assert desk.page(LOG.title)["C4"].value == LABELS["d003.01"]
    assert again.carried is not None
    assert again.carried.as_json() == {"units": 1, "answers": 8, "as_typed": 0, "left": 0}
    assert {found.code for found in again.problems} == {"two-heads"}


def test_a_file_of_the_first_list_that_comes_late_keeps_them_too(year: Workspace) -> None:
    """What arrives while the duty is left out is told, kept apart, and counts once the duty is back."""
    issue_with(year, LEFT_OUT)
    desk = opened((year.root / "下发/2026-01/青禾镇-2026年责任清单.xlsx").read_bytes())
    answer(desk)
    put(year.inbox, "青禾镇.xlsx", desk.saved())
    told = {found.code for found in collect(year, (), ON_TIME).problems}
    issue_with(year, AGAIN)

    assert {"row-retired", "label-retired", "older-version"} <= told
    assert third(year).answer.report == "走访了三个村"
    assert stored(year)[1] == {"d003.01"}


def test_what_an_older_file_says_is_told(year: Workspace) -> None:
    """The unit's newest file counts, and it knew nothing of the duty: nothing older comes back, but it is named."""
    give_back(year, answer)
    issue_with(year, LEFT_OUT)
    give_back(year, lambda desk: setattr(desk.cell(LEADERS, "d001.01", "status"), "value", "推进中"), "2026-02")
    again, once_more = issue_with(year, AGAIN), issue_with(year, AGAIN)

    told = [found for found in again.problems if found.code == "answers-in-older-file"]
    assert [(found.unit, found.origin.file) for found in told] == [("青禾镇", "收件/青禾镇-2026-01.xlsx")]
    assert f"1 个事项（如“{COLLECTIVE[2].text[:24]}”）" in told[0].what
    assert "answers-in-older-file" not in {found.code for found in once_more.problems}
    assert third(year).answer.status == ""


def test_a_person_who_comes_back_finds_the_own_sheet(year: Workspace) -> None:
    """张甲 left and returns: what 张甲 wrote is 张甲's again, and 李乙's stays 李乙's."""

    def edit(desk: Desk) -> None:
        desk.cell(MINE, "d011.02", "report").value = "张甲写的"
        desk.cell("主要负责人-李乙", "d011.03", "report").value = "李乙写的"

    give_back(year, edit)
    write_year(year, COLLECTIVE, PARENTS, tuple(person for person in PEOPLE if person.name != "张甲"))
    send(year, CARRY)
    write_year(year, COLLECTIVE, PARENTS, PEOPLE)
    desk = workbook(year, send(year, CARRY))

    assert column(desk, MINE, "report") == ["张甲写的", None]
    assert column(desk, "主要负责人-李乙", "report") == ["李乙写的", None]


def test_names_that_we_filled_in_are_no_answers_when_they_come_back(year: Workspace) -> None:
    """牵头领导 as we proposed it goes by the roster of now, as beside every other duty."""
    give_back(year, lambda desk: setattr(desk.cell(LEADERS, "d003.01", "report"), "value", "写了"))
    issue_with(year, LEFT_OUT)
    issue_with(year, LEFT_OUT)
    people = tuple(replace(person, name="赵新") if person.name == "张甲" else person for person in PEOPLE)
    write_year(year, AGAIN, PARENTS, people)
    desk = workbook(year, send(year, CARRY))

    assert column(desk, LEADERS, "leader")[0] == column(desk, LEADERS, "leader")[1]
    assert column(desk, LEADERS, "leader")[0] != "张甲"
