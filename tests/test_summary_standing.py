"""How every issued duty stands, worked out by hand for four invented units."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from qingdan_xl.counting.deadlines import AnsweredBy, Due
from qingdan_xl.counting.lights import NEAR, OVERDUE, SHORT, light, rectification_light, turning_day
from qingdan_xl.counting.progress import Activity, progress
from qingdan_xl.issuing.plan import Batch, plan_unit
from qingdan_xl.model import Per
from qingdan_xl.problems import UnusableError
from qingdan_xl.store import Entry, Issued, Outcome, Store
from qingdan_xl.summary.intake import intake
from qingdan_xl.summary.material import load_material
from qingdan_xl.summary.reasons import reason
from qingdan_xl.summary.standing import Standing, StoredRow, load_batches, plans_of, standings
from summary_samples import AS_OF, BATCH, CALENDAR, UNITS, demand, filled_store, issue, receipt, table

EXPECTED = """
unit | row_id | returned | answered | required | done | light  | since      | person | row
U1   | A1.01  | True     | True     | 4        | 1    | 正常   |            | 张甲   | 4
U1   | A2.01  | True     | True     |          |      | 长期   |            | 张甲   | 5
U1   | A3.01  | True     | True     | 1        | 0    | 逾期   | 2026-04-30 | 王丙   | 6
U1   | B1.02  | True     | True     | 2        | 2    | 完成   |            | 张甲   | 7
U1   | B2.02  | True     | True     |          |      | 不适用 |            | 张甲   | 8
U2   | A1.01  | True     | True     | 4        | 0    | 欠缺   | 2026-03-31 | 李乙   | 4
U2   | A2.01  | True     | True     |          |      | 临近   | 2026-06-01 |        | 5
U2   | A3.01  | True     | True     | 1        | 0    | 完成   |            | 李乙   | 6
U2   | B1.02  | True     | True     | 2        | 1    | 正常   |            | 李乙   | 7
U2   | B2.02  | True     | False    |          |      | 未填报 |            | 李乙   |
U3   | C1.01  | True     | True     | 12       | 3    | 欠缺   | 2026-03-31 | 周庚   | 4
U4   | A1.01  | False    | False    | 4        |      |        |            |        |
U4   | A2.01  | False    | False    |          |      |        |            |        |
U4   | A3.01  | False    | False    | 1        |      |        |            |        |
U4   | B1.02  | False    | False    | 2        |      |        |            |        |
U4   | B2.02  | False    | False    |          |      |        |            |        |
"""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """The year after the first round of returns."""
    return filled_store(tmp_path)


def told(found: Standing) -> dict[str, str]:
    """A standing as a row of the table above."""
    values = {
        "unit": found.unit.id,
        "row_id": found.row_id,
        "returned": found.returned,
        "answered": found.answered,
        "required": found.required,
        "done": found.done,
        "light": found.light,
        "since": found.since,
        "person": found.person,
        "row": found.origin.row,
    }
    return {key: "" if value is None else str(value) for key, value in values.items()}


def test_every_issued_duty_stands_as_worked_out_by_hand(store: Store) -> None:
    """Answers, counts from the log, lights and origins of every row; what did not come back is known as that."""
    assert [told(found) for found in load_material(store, CALENDAR).standings] == table(EXPECTED)


def test_answers_keep_what_was_written(store: Store) -> None:
    """Texts, percents and points come through as typed, beside the duty as issued."""
    first = load_material(store, CALENDAR).standings[0]

    assert (first.number, first.section, first.text) == ("1", "一、研究部署", "每季度至少召开1次会议研究工作。")
    assert (first.answer.report, str(first.answer.progress), str(first.answer.self_score)) == ("已开一次", "40", "95.5")
    assert (first.origin.file, first.origin.sheet) == ("收件/U1.xlsx", "责任清单")


def test_the_newest_batch_is_what_counts(store: Store) -> None:
    """A unit that was issued again stands by its newest list; the others by the one they have."""
    fewer = replace(BATCH.checklists[0], roles=BATCH.checklists[0].roles[:1])
    again = replace(BATCH, id="2026-02", checklists=(fewer,))
    issued = store.issued() | {"U1": Issued("2026-02", "U1", "青禾镇", "乡镇", "", "", "")}

    plans = plans_of({BATCH.id: BATCH, again.id: again}, issued)

    assert {key: (plan.batch, len(list(plan.rows()))) for key, plan in plans.items()} == {
        "U1": ("2026-02", 3),
        "U2": ("2026-01", 5),
        "U3": ("2026-01", 1),
        "U4": ("2026-01", 5),
    }
    assert list(plans) == ["U1", "U2", "U3", "U4"]


def test_an_activity_tied_to_a_duty_counts_only_there() -> None:
    """A log row that names a duty by its label counts for that duty and for no other of its category."""
    plan = plan_unit(BATCH, UNITS[0])
    label = next(row.label for _, row in plan.rows() if row.id == "A2.01")
    log: list[StoredRow] = [
        {"unit_id": "U1", "date": date(2026, 1, 5), "category": "会议", "duty": label, "host": "张甲"}
    ]

    found = standings({"U1": plan}, {"U1"}, [], log, CALENDAR)

    assert [(s.row_id, s.done) for s in found if s.row_id == "A1.01"] == [("A1.01", 0)]


def test_a_due_date_of_another_year_asks_for_nothing() -> None:
    """A demand whose only date lies in another year has no window in this one and is no countable demand here."""
    role = BATCH.checklists[0].roles[2]
    duty = replace(role.duties[0], targets=(demand("报告", 1, Per.YEAR, "2025-05"),))
    section = replace(role.sections[0], duties=(duty,))
    batch: Batch = replace(
        BATCH, checklists=(replace(BATCH.checklists[0], roles=(replace(role, sections=(section,)),)),)
    )

    found = standings({"U3": plan_unit(batch, UNITS[2])}, {"U3"}, [], [], CALENDAR)

    assert [(standing.targets, standing.required) for standing in found] == [((), None)]


def test_reasons_name_the_periods_and_what_lacks(store: Store) -> None:
    """Why something is late or near is said with the category, the periods and how often it lacks."""
    reasons = {(s.unit.id, s.row_id): reason(s, CALENDAR.near_days) for s in load_material(store, CALENDAR).standings}

    assert {key: text for key, text in reasons.items() if text} == {
        ("U1", "A3.01"): "完成时限已过，尚未完成",
        ("U2", "A1.01"): "会议：第一季度，缺1次",
        ("U2", "A2.01"): "完成时限将到，尚未完成",
        ("U3", "C1.01"): "学习：3月，缺1次",
    }


def test_surplus_in_one_period_does_not_pay_for_another() -> None:
    """Two in April leave March lacking: due 4, done 3, lacking 1."""
    days = [date(2026, 1, 8), date(2026, 2, 9), date(2026, 4, 10), date(2026, 4, 20)]

    found = progress(demand("学习", 1, Per.MONTH), [Activity(day, "学习") for day in days], "C1.01", "", CALENDAR)

    assert (found.due, found.done, found.lacking) == (4, 3, 1)


@pytest.mark.parametrize(
    ("status", "deadline", "done", "word", "day"),
    [
        ("推进中", date(2026, 5, 14), [1], OVERDUE, date(2026, 5, 14)),
        ("推进中", None, [], SHORT, date(2026, 3, 31)),
        ("推进中", date(2026, 5, 20), [1], NEAR, date(2026, 5, 20)),
        ("长期坚持", date(2026, 5, 20), [1], "长期", None),
        ("已完成", date(2026, 5, 20), [1], "完成", None),
    ],
)
def test_the_day_a_light_hangs_on(status: str, deadline: date | None, done: list[int], word: str, day: date) -> None:
    """逾期 since its date, 欠缺 since the first period missed, 临近 until the first day to come, else no day."""
    log = [Activity(date(2026, month, 2), "会议") for month in done]
    targets = [progress(demand("会议", 1, Per.QUARTER), log, "A", "", CALENDAR)]

    due = Due(deadline, AnsweredBy.STATUS) if deadline else None
    assert light(status, due, targets, CALENDAR) == word
    assert turning_day(word, status, due, targets, CALENDAR) == day


@pytest.mark.parametrize(
    ("status", "deadline", "word"),
    [
        ("已销号", date(2026, 1, 1), "完成"),
        ("已整改", None, "完成"),
        ("整改中", date(2026, 5, 14), "逾期"),
        ("退回", date(2026, 6, 14), "临近"),
        ("待整改", date(2026, 6, 15), "正常"),
        ("", None, "未填报"),
        ("", date(2026, 5, 14), "逾期"),
    ],
)
def test_light_of_a_rectification(status: str, deadline: date | None, word: str) -> None:
    """A fault is done when put right, late after its date, near within the calendar's days; else blank is no 正常."""
    assert rectification_light(status, deadline, CALENDAR) == word


def test_sent_is_returned_and_missing(store: Store) -> None:
    """Every unit that was sent a workbook is either returned or missing; every file has one outcome."""
    found = intake(store, plans_of(load_batches(store), store.issued()))

    assert [sent.state for sent in found.units] == ["已交回", "迟交", "已交回", "未交回"]
    assert sum(found.outcomes.values()) == len(found.receipts) == 7


def test_an_accepted_file_of_nobody_is_an_error_of_ours(store: Store) -> None:
    """An accepted file of a unit that was sent nothing breaks sent = returned + missing, and is not passed over."""
    store.record([Entry(receipt("收件/谁.xlsx", Outcome.ACCEPTED, "U9"))])

    with pytest.raises(AssertionError, match="4 accepted files, 3 returned units"):
        intake(store, plans_of(load_batches(store), store.issued()))


def test_nothing_issued_is_said(tmp_path: Path) -> None:
    """Without any batch there is nothing to sum up, and the coordinator is told what to run first."""
    with pytest.raises(UnusableError) as caught:
        load_material(Store(tmp_path / "qingdan.db"), CALENDAR)

    assert [found.code for found in caught.value.problems] == ["nothing-issued"]


def test_before_anything_came_back_every_unit_is_missing(tmp_path: Path) -> None:
    """Right after issuing the summary shows every unit and duty, none of them returned."""
    store = Store(tmp_path / "qingdan.db")
    issue(store)

    material = load_material(store, CALENDAR)

    assert (len(material.intake.missing), len(material.standings)) == (4, 16)
    assert not any(standing.returned or standing.light for standing in material.standings)
    assert material.calendar.as_of == AS_OF
