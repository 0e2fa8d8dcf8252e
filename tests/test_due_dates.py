"""完成时限 all the way: a date of the list is issued locked, stays whatever is typed over it, and is what counts."""

from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from qingdan_xl.collecting.collect import collect
from qingdan_xl.counting.periods import Calendar
from qingdan_xl.issuing.workbook import unit_workbook
from qingdan_xl.model import Target, TargetKind
from qingdan_xl.problems import Problem, Severity
from qingdan_xl.sheets.unit import DUTIES
from qingdan_xl.store import Store
from qingdan_xl.summary.material import load_material
from qingdan_xl.summary.standing import Standing
from qingdan_xl.workspace.folder import Workspace
from returns import COLLECTIVE, ON_TIME, OPTIONS, Desk, make_batch, opened, plan_of, put, send_out

LEADERS = "党委领导班子"
PUBLISH = Target("6月30日前公示", "公示", TargetKind.DEADLINE, due=("06-30",))
DATED = (COLLECTIVE[0], replace(COLLECTIVE[1], targets=(PUBLISH,)), *COLLECTIVE[2:])
BATCH = make_batch(collective=DATED)
ISSUED, OPEN = "d002.01", "d003.01"
AUGUST = Calendar(2026, date(2026, 8, 1))


def issued() -> Desk:
    """A unit's workbook with one dated duty."""
    return opened(unit_workbook(plan_of(batch=BATCH), OPTIONS))


@pytest.fixture
def year(tmp_path: Path) -> Workspace:
    """A year in which that list was sent out."""
    made = Workspace.create(tmp_path / "2026年度", 2026)
    send_out(made, BATCH)
    return made


def returned(year: Workspace, dates: dict[str, date | str | None]) -> tuple[list[Problem], dict[str, Standing]]:
    """What is found in a workbook with these dates in 完成时限, and how its duties stand in August."""
    desk = issued()
    for row_id in (ISSUED, OPEN):
        desk.cell(LEADERS, row_id, "status").value = "推进中"
    for row_id, day in dates.items():
        desk.cell(LEADERS, row_id, "deadline").value = day
    put(year.inbox, "青禾镇.xlsx", desk.saved())
    found = [each for each in collect(year, (), ON_TIME).problems if each.origin.column == "K"]
    with closing(Store(year.database)) as store:
        return found, {each.row_id: each for each in load_material(store, AUGUST).standings if each.unit.id == "U001"}


def stored(year: Workspace, row_id: str) -> object:
    """What the store keeps as the unit's own date."""
    with closing(Store(year.database)) as store:
        return next(row["deadline"] for row in store.rows(DUTIES) if row["row_id"] == row_id)


def test_a_date_of_the_list_is_locked_and_others_are_open() -> None:
    """Staff see the date that was set, and type one only where the list has none."""
    desk = issued()
    cells = [desk.cell(LEADERS, row_id, "deadline") for row_id in (ISSUED, OPEN)]

    assert [cell.protection.locked for cell in cells] == [True, False]
    hints = [rule for rule in issued().page(LEADERS).data_validations.dataValidation if rule.promptTitle == "完成时限"]
    assert [rule.prompt for rule in hints] == ["清单定了时限的已填好，不能改；没有定的由单位填日期，如 2026-6-30"]
    assert [cell.value and cell.value.date() for cell in cells] == [date(2026, 6, 30), None]


def test_the_column_of_dates_is_shown_where_all_are_issued() -> None:
    """A sheet on which every duty has its date shows them, though none can be typed."""
    all_dated = make_batch(collective=tuple(replace(duty, targets=(PUBLISH,)) for duty in COLLECTIVE))
    page = opened(unit_workbook(plan_of(batch=all_dated), OPTIONS)).page(LEADERS)

    assert not page.column_dimensions["K"].hidden


def test_a_later_date_typed_over_it_is_told_and_does_not_count(year: Workspace) -> None:
    """The duty is 逾期 by its issued date; what was typed is kept and reported with both dates."""
    found, duties = returned(year, {ISSUED: date(2026, 12, 31)})

    assert [(each.code, each.severity, each.origin.cell) for each in found] == [
        ("due-changed", Severity.WARNING, "K5"),
    ]
    assert "2026-06-30" in found[0].message
    assert "2026-12-31" in found[0].message
    assert stored(year, ISSUED) == date(2026, 12, 31)
    assert (duties[ISSUED].light, duties[ISSUED].since) == ("逾期", date(2026, 6, 30))
    assert duties[ISSUED].deadline == date(2026, 6, 30)


@pytest.mark.parametrize("day", [date(2026, 6, 30), "2026年6月30日", None])
def test_the_issued_date_is_no_answer(year: Workspace, day: date | str | None) -> None:
    """Left, retyped or emptied, it is the same date: nothing is told, and nothing is kept to be carried over."""
    found, duties = returned(year, {ISSUED: day})

    assert found == []
    assert stored(year, ISSUED) is None
    assert (duties[ISSUED].light, duties[ISSUED].deadline) == ("逾期", date(2026, 6, 30))


def test_a_date_the_unit_sets_itself_counts_where_none_was_issued(year: Workspace) -> None:
    """An open cell is the unit's own date, by which the duty is judged."""
    found, duties = returned(year, {OPEN: date(2026, 7, 15)})

    assert found == []
    assert (duties[OPEN].light, duties[OPEN].deadline) == ("逾期", date(2026, 7, 15))
