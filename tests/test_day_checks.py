"""What has passed without being done, and what has not come yet: checks that hang on the day."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from qingdan_xl.collecting.collect import check, collect
from qingdan_xl.collecting.day_checks import DAY_CODES
from qingdan_xl.collecting.handback import to_mend
from qingdan_xl.collecting.intake import Reading
from qingdan_xl.counting.lights import SHORT
from qingdan_xl.issuing.formulas import letter_of
from qingdan_xl.model import Target, TargetKind
from qingdan_xl.problems import Problem
from qingdan_xl.sheets.unit import DUTIES, ISSUES, LOG, SIGNATURES
from qingdan_xl.store import Store
from qingdan_xl.summary.reasons import reason
from qingdan_xl.summary.returns import problem_rows
from qingdan_xl.verbs.summarize import gather
from qingdan_xl.workspace.folder import Workspace
from returns import COLLECTIVE, LATE, ON_TIME, Desk, make_batch, put, send_out, well_filled

LEADERS, PERSONAL, SECOND = "党委领导班子", "主要负责人-张甲", "主要负责人-李乙"
SPRING, SUMMER, NEXT_YEAR = date(2026, 5, 10), date(2026, 7, 1), date(2027, 1, 5)
STATUS = letter_of(DUTIES, "status")
Edit = Callable[[Desk], object]


@pytest.fixture
def year(tmp_path: Path) -> Workspace:
    """A year whose batch was sent out."""
    made = Workspace.create(tmp_path / "2026年度", 2026)
    send_out(made, make_batch())
    return made


def looked_at(year: Workspace, as_of: date | None, edit: Edit | None = None) -> list[Problem]:
    """The problems of a file of the first unit on a day."""
    path = put(year.root, "青禾镇.xlsx", well_filled(edit=edit))
    return list(check([path], year, Reading(workers=1, as_of=as_of)).problems)


def told(found: list[Problem]) -> list[tuple[str, str, str]]:
    """Code, sheet and cell of each problem."""
    return [(fault.code, fault.origin.sheet, fault.origin.cell) for fault in found]


def answer(row_id: str, key: str, value: object, sheet: str = LEADERS) -> Edit:
    """Type into an answer of a duty."""

    def edit(desk: Desk) -> None:
        desk.cell(sheet, row_id, key).value = value

    return edit


def issue(deadline: date | None, status: str) -> Edit:
    """Write a row of 问题整改台账."""

    def edit(desk: Desk) -> None:
        for key, value in {"text": "记录不全", "deadline": deadline, "status": status}.items():
            desk.cell(ISSUES.title, 4, key, ISSUES).value = value

    return edit


def test_without_a_day_nothing_hangs_on_it(year: Workspace) -> None:
    """Who names no day is told of nothing that only a day makes wrong."""
    assert looked_at(year, None, issue(date(2026, 2, 1), "整改中")) == []


def test_a_short_demand_is_told_once_a_duty(year: Workspace) -> None:
    """Of the periods that are over, those without their count are named in one line at the duty's status."""
    (short,) = looked_at(year, SUMMER)

    assert told([short]) == [("demand-short", LEADERS, "L4")]
    assert "会议：第二季度，缺1次" in short.message
    assert looked_at(year, SPRING) == []


def test_many_short_periods_are_named_up_to_a_few(year: Workspace) -> None:
    """A year without any count is one line a duty, whoever holds it."""

    def without_log(desk: Desk) -> None:
        for number in (4, 5):
            for key in LOG.keys:
                desk.cell(LOG.title, number, key, LOG).value = None

    found = looked_at(year, NEXT_YEAR, without_log)

    assert told(found) == [
        ("demand-short", LEADERS, "L4"),
        ("demand-short", PERSONAL, "L4"),
        ("demand-short", SECOND, "L4"),
    ]
    assert "会议：第一季度、第二季度、第三季度、第四季度，缺4次" in found[0].message
    assert "党课：全年，缺2次" in found[1].message


def test_a_row_without_status_is_told_only_as_not_filled(year: Workspace) -> None:
    """What is short in it need not be said besides."""
    assert [fault.code for fault in looked_at(year, SUMMER, answer("d001.01", "status", None))] == ["not-filled"]


def test_a_duty_that_does_not_apply_is_short_of_nothing(year: Workspace) -> None:
    """不适用 asks for nothing."""
    assert looked_at(year, SUMMER, answer("d001.01", "status", "不适用")) == []


@pytest.mark.parametrize(
    ("status", "day", "expected"),
    [
        ("推进中", date(2026, 5, 9), ["deadline-passed"]),
        ("推进中", SPRING, []),
        ("已完成", date(2026, 5, 9), []),
        ("长期坚持", date(2026, 5, 9), []),
        ("办结", date(2026, 5, 9), ["not-a-choice"]),
    ],
)
def test_a_date_that_has_passed(year: Workspace, status: str, day: date, expected: list[str]) -> None:
    """完成时限 before the day is told unless 状态 says done or standing; another word is told as such."""

    def edit(desk: Desk) -> None:
        answer("d002.01", "deadline", day)(desk)
        answer("d002.01", "status", status)(desk)

    found = looked_at(year, SPRING, edit)

    assert [fault.code for fault in found] == expected
    assert {(fault.origin.sheet, fault.origin.cell) for fault in found} <= {(LEADERS, "L5")}


@pytest.mark.parametrize(
    ("status", "day", "expected"),
    [
        ("整改中", date(2026, 6, 30), [("rectification-overdue", ISSUES.title, "G4")]),
        ("整改中", SUMMER, []),
        ("已整改", date(2026, 6, 30), []),
        ("整改中", None, []),
    ],
)
def test_an_issue_past_its_date(
    year: Workspace, status: str, day: date | None, expected: list[tuple[str, str, str]]
) -> None:
    """整改时限 before the day is told while 状态 is open."""
    found = [fault for fault in looked_at(year, SUMMER, issue(day, status)) if fault.origin.sheet == ISSUES.title]

    assert told(found) == expected


def test_days_that_have_not_come(year: Workspace) -> None:
    """What is logged, closed or signed on a day to come is told at its cell, and another year's date only as such."""

    def edit(desk: Desk) -> None:
        issue(None, "已销号")(desk)
        desk.cell(ISSUES.title, 4, "closed", ISSUES).value = date(2026, 8, 2)
        desk.cell(SIGNATURES.title, 4, "date", SIGNATURES).value = date(2026, 8, 3)
        desk.log(date=date(2026, 8, 1), category="会议", topic="会议", host="张甲", evidence="记录")
        desk.log(date=date(2027, 8, 1), category="会议", topic="会议", host="张甲", evidence="记录")

    found = [fault for fault in looked_at(year, SUMMER, edit) if fault.code != "demand-short"]

    assert told(found) == [
        ("date-outside-year", LOG.title, "A7"),
        ("date-to-come", LOG.title, "A6"),
        ("date-to-come", ISSUES.title, "I4"),
        ("date-to-come", SIGNATURES.title, "D4"),
    ]


def test_outside_the_year_folder_duties_are_not_judged(tmp_path: Path) -> None:
    """Their demands are not known there; the unit's own dates are."""
    path = put(tmp_path, "青禾镇.xlsx", well_filled(edit=issue(date(2026, 2, 1), "整改中")))

    found = check([path], None, Reading(workers=1, as_of=NEXT_YEAR)).problems

    assert [fault.code for fault in found] == ["no-year-folder", "rectification-overdue"]


def passed_and_to_come(desk: Desk) -> None:
    """Something for every check of the day, late in summer and early in spring."""
    answer("d002.01", "deadline", date(2026, 5, 9))(desk)
    issue(date(2026, 2, 1), "整改中")(desk)
    desk.cell(SIGNATURES.title, 4, "date", SIGNATURES).value = date(2026, 8, 3)


@pytest.mark.parametrize("day", [SUMMER, SPRING, date(2026, 3, 31), NEXT_YEAR, None])
def test_what_was_taken_in_earlier_is_looked_at_on_the_day_that_is_asked(year: Workspace, day: date | None) -> None:
    """Of a file that is there already, collect says what check says of it on that day, and nothing of other days."""
    path = put(year.inbox, "青禾镇.xlsx", well_filled(edit=passed_and_to_come))
    collect(year, (), ON_TIME, Reading(workers=1, as_of=SUMMER))

    again = collect(year, (), ON_TIME, Reading(workers=1, as_of=day))

    assert again.problems == check([path], year, Reading(workers=1, as_of=day)).problems
    assert bool(again.problems) is (day is not None)
    assert {fault for copy in again.to_hand_back(year) for fault in copy.problems} == set(to_mend(again.problems))


def test_what_hangs_on_the_day_is_not_kept(year: Workspace) -> None:
    """The store holds nothing that another day makes untrue."""
    put(year.inbox, "青禾镇.xlsx", well_filled(edit=passed_and_to_come))

    found = collect(year, (), ON_TIME, Reading(workers=1, as_of=SUMMER)).problems

    assert {fault.code for fault in found} == DAY_CODES
    with closing(Store(year.database)) as store:
        assert store.problems() == {}


def test_an_older_form_is_judged_by_the_newest_list(year: Workspace) -> None:
    """What the unit no longer has to do is not asked for, and a duty that moved is looked at in its old place."""
    wanted = replace(COLLECTIVE[1], targets=(Target("6月30日前公示", "公示", TargetKind.DEADLINE, due=("06-30",)),))
    newer = make_batch("2026-02", (wanted, replace(COLLECTIVE[0], targets=()), *COLLECTIVE[2:]))
    send_out(year, newer, LATE)
    put(year.inbox, "青禾镇.xlsx", well_filled())

    fresh, stored = (collect(year, (), ON_TIME, Reading(workers=1, as_of=SUMMER)).problems for _ in range(2))

    assert told(list(fresh)) == told(list(stored)) == [("older-version", "", ""), ("deadline-passed", LEADERS, "L5")]


def test_the_check_and_the_summary_word_a_shortage_alike(year: Workspace) -> None:
    """What a unit is told of a duty is what the summary says of it."""
    put(year.inbox, "青禾镇.xlsx", well_filled())
    (short,) = collect(year, (), ON_TIME, Reading(workers=1, as_of=SUMMER)).problems

    (late,) = [each for each in gather(year, SUMMER).standings if each.light == SHORT]

    assert reason(late, 30) in short.message


def test_the_summary_judges_by_its_own_day(year: Workspace) -> None:
    """数据问题 leaves out what was late when files were collected: other sheets say what is late by now."""
    put(year.inbox, "青禾镇.xlsx", well_filled(edit=issue(date(2026, 2, 1), "整改中")))

    found = collect(year, (), ON_TIME, Reading(workers=1, as_of=SUMMER)).problems

    assert {fault.code for fault in found} == {"demand-short", "rectification-overdue"}
    assert problem_rows(gather(year, NEXT_YEAR).intake) == []
