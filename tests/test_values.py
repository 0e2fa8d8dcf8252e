"""Cells as people type them: read where they can mean only one thing, else a cell problem; never a wrong value."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingdan_xl.sheets.declaration import Type
from qingdan_xl.sheets.values import EPOCH_1904, Raw, Unreadable, Value, as_text, half_width, parse_value

# typed | read (nothing: a cell problem)
DATES = """
2026-3-1            | 2026-03-01
2026.3.1            | 2026-03-01
2026/03/01          | 2026-03-01
2026年3月1日        | 2026-03-01
2026 年 3 月 1 日   | 2026-03-01
２０２６．３．１    | 2026-03-01
20260301            | 2026-03-01
3月1日              | 2026-03-01
3月1号              | 2026-03-01
2026-3-1 14:30      | 2026-03-01
46082               | 2026-03-01
2024-2-29           | 2024-02-29
26.3.1              |
3.1                 |
3/1/2026            |
2026-2-30           |
2026-13-1           |
2026年3月           |
2026-3-1至3-5       |
2O26-3-1            |
1026-3-1            |
9999-3-1            |
99999               |
²²²²²               |
三月一日            |
待定                |
"""
COUNTS = """
12        | 12
１２      | 12
1,234     | 1234
1，234    | 1234
12次      | 12
12 人     | 12
0         | 0
1O        |
O         |
l2        |
5²        |
①         |
1,23      |
12.5      |
-1        |
12%       |
5分       |
约12      |
十二      |
99999999  |
"""
PERCENTS = """
60%       | 60
60％      | 60
６０％    | 60
60        | 60
33.3%     | 33.3
0         | 0
0%        | 0
100%      | 100
0.6       |
1         |
120%      |
-5%       |
60分      |
六成      |
"""
POINTS = """
95        | 95
95.5      | 95.5
９５．５  | 95.5
95分      | 95
-2        | -2
1,000     | 1000
0。5      |
9O        |
95/100    |
优        |
"""


def rows(table: str) -> list[tuple[str, str]]:
    """The rows of a text table."""
    cells = (line.split("|") for line in table.strip().splitlines())
    return [(typed.strip(), read.strip()) for typed, read in cells]


def read(type_: Type, typed: Raw) -> Value:
    """The value of a cell; a fault is there exactly where the value is not."""
    parsed = parse_value(type_, typed, 2026)
    assert bool(parsed.fault) is (parsed.value is None)
    assert parsed.raw == as_text(typed).strip()
    return parsed.value


@pytest.mark.parametrize(("typed", "expected"), rows(DATES))
def test_typed_dates(typed: str, expected: str) -> None:
    """A date as text is one day or a cell problem."""
    assert read(Type.DATE, typed) == (date.fromisoformat(expected) if expected else None)


@pytest.mark.parametrize(("typed", "expected"), rows(COUNTS))
def test_typed_counts(typed: str, expected: str) -> None:
    """A count is a whole number or a cell problem."""
    assert read(Type.COUNT, typed) == (int(expected) if expected else None)


@pytest.mark.parametrize(("typed", "expected"), rows(PERCENTS))
def test_typed_percents(typed: str, expected: str) -> None:
    """A percent is a number from 0 to 100 or a cell problem."""
    assert read(Type.PERCENT, typed) == (Decimal(expected) if expected else None)


@pytest.mark.parametrize(("typed", "expected"), rows(POINTS))
def test_typed_points(typed: str, expected: str) -> None:
    """Points are a number or a cell problem."""
    assert read(Type.POINTS, typed) == (Decimal(expected) if expected else None)


@pytest.mark.parametrize(
    ("type_", "cell", "expected"),
    [
        (Type.DATE, date(2026, 3, 1), date(2026, 3, 1)),
        (Type.DATE, datetime(2026, 3, 1, 14, 30), date(2026, 3, 1)),  # noqa: DTZ001 - as a cell holds it
        (Type.DATE, 46082.0, date(2026, 3, 1)),
        (Type.DATE, 20260301.0, date(2026, 3, 1)),
        (Type.DATE, date(1900, 1, 5), None),
        (Type.DATE, time(10, 0), None),
        (Type.DATE, 3.1, None),
        (Type.DATE, True, None),
        (Type.COUNT, 12.0, 12),
        (Type.COUNT, 1e300, None),
        (Type.PERCENT, 0.6, Decimal(60)),
        (Type.PERCENT, 1.0, Decimal(100)),
        (Type.PERCENT, 60.0, Decimal(60)),
        (Type.POINTS, 0.1 + 0.2, Decimal("0.3")),
        (Type.TEXT, 13900000000.0, "13900000000"),
    ],
)
def test_cells_that_hold_numbers_and_dates(type_: Type, cell: Raw, expected: Value) -> None:
    """Numbers and dates of the workbook are taken as such; a percent format holds 0.6 for 60%."""
    assert read(type_, cell) == expected


def test_serials_of_a_1904_workbook() -> None:
    """A bare serial counts from the workbook's own first day."""
    assert parse_value(Type.DATE, 44620.0, 2026, EPOCH_1904).value == date(2026, 3, 1)


@pytest.mark.parametrize("type_", list(Type))
def test_unreadable_cells_are_never_empty(type_: Type) -> None:
    """An error, formula or picture is a cell problem in any column."""
    parsed = parse_value(type_, Unreadable("#REF!", "是错误值"), 2026)

    assert (parsed.value, parsed.raw, parsed.fault) == (None, "#REF!", "是错误值")


@pytest.mark.parametrize("type_", list(Type))
@pytest.mark.parametrize("blank", [None, "", "  ", "\u3000"])
def test_blank_cells_are_no_fault(type_: Type, blank: Raw) -> None:
    """Nothing typed is nothing, without a problem."""
    parsed = parse_value(type_, blank, 2026)

    assert (parsed.value, parsed.fault) == (None, "")


@given(st.text(max_size=12), st.sampled_from([Type.DATE, Type.COUNT, Type.PERCENT, Type.POINTS]))
def test_any_text_is_a_value_or_a_fault(text: str, type_: Type) -> None:
    """Whatever is typed, reading never fails and never gives a value with a fault."""
    parsed = parse_value(type_, text, 2026)

    assert parsed.value is None or not parsed.fault


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_written_dates_are_read_back(day: date) -> None:
    """Every unambiguous way to write a day gives that day."""
    for text in (
        day.isoformat(),
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y%m%d}",
        f"{day.year}.{day.month}.{day.day}",
    ):
        assert read(Type.DATE, text) == day


def test_half_width_leaves_chinese_alone() -> None:
    """Only full-width letters, digits and signs change."""
    assert half_width("Ａ１，①²（一）") == "A1,①²(一)"
