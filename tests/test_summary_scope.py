"""`--period`: which stretch of the year is looked at, and what that changes."""

from datetime import date
from pathlib import Path

import pytest

from qingdan_xl.problems import UnusableError
from qingdan_xl.summary.frames import cells, frames
from qingdan_xl.summary.material import load_material
from qingdan_xl.summary.scope import YEAR, read_scope
from summary_samples import AS_OF, CALENDAR, filled_store


@pytest.mark.parametrize(
    ("text", "key", "start", "end", "label"),
    [
        ("2026Q2", "2026Q2", date(2026, 4, 1), date(2026, 6, 30), "第二季度"),
        ("2026-q4", "2026Q4", date(2026, 10, 1), date(2026, 12, 31), "第四季度"),
        ("2026H1", "2026H1", date(2026, 1, 1), date(2026, 6, 30), "上半年"),
        ("2026-05", "2026-05", date(2026, 5, 1), date(2026, 5, 31), "5月"),
        ("2026-5", "2026-05", date(2026, 5, 1), date(2026, 5, 31), "5月"),
    ],
)
def test_periods_are_read_as_people_write_them(text: str, key: str, start: date, end: date, label: str) -> None:
    """A quarter, a half or a month gives its days, its Chinese name and the name of its files."""
    scope = read_scope(text, 2026)

    assert scope.period
    assert (scope.key, scope.period.start, scope.period.end, scope.label) == (key, start, end, label)
    assert scope.file("汇总.xlsx") == f"汇总-{key}.xlsx"


def test_the_whole_year_is_no_period() -> None:
    """2026 and nothing at all mean the same: 汇总.xlsx, every demand."""
    assert read_scope("2026", 2026) == read_scope("", 2026) == YEAR
    assert YEAR.file("汇总.xlsx") == "汇总.xlsx"


@pytest.mark.parametrize("text", ["2025Q2", "2026Q5", "2026-13", "二季度", "2026Q", "2026Q2H1"])
def test_other_periods_are_refused(text: str) -> None:
    """A period of another year, or none at all, is told by its code."""
    with pytest.raises(UnusableError) as refused:
        read_scope(text, 2026)

    assert [found.code for found in refused.value.problems] == ["bad-period"]


def test_a_period_that_is_over_is_looked_at_on_its_last_day() -> None:
    """Without --as-of a past quarter is seen as it ended, the running one as it is today."""
    assert read_scope("2026Q1", 2026).as_of(AS_OF) == date(2026, 3, 31)
    assert read_scope("2026Q2", 2026).as_of(AS_OF) == AS_OF
    assert YEAR.as_of(AS_OF) == AS_OF


def test_only_demands_due_in_the_period_count(tmp_path: Path) -> None:
    """In the second quarter the meeting missed in the first is no gap, and of its months only April is over."""
    store = filled_store(tmp_path)
    year, quarter = (
        {
            (row["unit"], row["number"], row["category"]): (row["required"], row["due_times"], row["lacking"])
            for row in cells(frames(load_material(store, CALENDAR, scope))["demands"])
        }
        for scope in (YEAR, read_scope("2026Q2", 2026))
    )

    assert year["白石镇", "1", "会议"] == (4, 1, 1)
    assert quarter["白石镇", "1", "会议"] == (1, 0, 0)
    assert year["启明局", "1", "学习"] == (12, 4, 1)
    assert quarter["启明局", "1", "学习"] == (3, 1, 0)
    assert ("青禾镇", "1", "党课") not in quarter


def test_what_is_open_past_its_date_stays_overdue(tmp_path: Path) -> None:
    """A date that passed in April is still 逾期 when only May is looked at; a period missed in March is not."""
    material = load_material(filled_store(tmp_path), CALENDAR, read_scope("2026-05", 2026))
    lights = {(standing.unit.id, standing.row_id): standing.light for standing in material.standings}

    assert lights["U1", "A3.01"] == "逾期"
    assert lights["U3", "C1.01"] == "临近"
