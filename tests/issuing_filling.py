"""Unit workbooks filled by chance, and what counting says about them."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from io import BytesIO

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from qingdan_xl.counting.deadlines import due_of, issued_due
from qingdan_xl.counting.lights import light
from qingdan_xl.counting.periods import Calendar
from qingdan_xl.counting.progress import Activity, TargetProgress, is_countable, missing, progress
from qingdan_xl.issuing.plan import PlanRow, RoleSheet, UnitPlan
from qingdan_xl.sheets.choices import STATUSES
from qingdan_xl.sheets.identity import AS_OF_NAME
from qingdan_xl.sheets.unit import DUTIES, LOG
from qingdan_xl.sheets.writing import FIRST_ROW

CATEGORIES = ("会议", "主题党日", "党课", "报告", "调研", "检查", "谈话", "其他")
SHOWN = ("required", "done", "elapsed", "met", "missing", "light")


@dataclass(frozen=True, slots=True)
class Case:
    """One filled workbook: what was logged, what was answered for each row id, and the day it is looked at."""

    as_of: date
    logged: tuple[Activity, ...]
    answers: dict[str, tuple[str, date | None]]


def make_case(seed: int, plan: UnitPlan, most: int, hosts: Sequence[str]) -> Case:
    """A year of a unit by chance; days crowd around the ends of months and near days, where faults show."""
    chance = random.Random(seed)  # noqa: S311 - reproducible cases, no secrets
    rows = [row.id for _, row in plan.rows()]

    def day() -> date:
        edge = date(plan.year, chance.randint(1, 12), 1) + timedelta(days=chance.randint(-2, 1))
        return edge if chance.random() < 0.5 else date(plan.year, 1, 1) + timedelta(days=chance.randint(-5, 370))

    logged = tuple(
        Activity(
            day(), chance.choice(CATEGORIES), chance.choice(("", *hosts)), chance.choice(["", chance.choice(rows)])
        )
        for _ in range(chance.randint(0, most))
    )
    as_of = date(plan.year, chance.randint(2, 12), 1) - timedelta(days=chance.randint(0, 1))
    deadlines = (None, day(), *(as_of + timedelta(days=days) for days in (-1, 0, 29, 30, 31)))
    answers = {row: (chance.choice(("", *STATUSES)), chance.choice(deadlines)) for row in rows}
    return Case(as_of, logged, answers)


def column(sheet: Worksheet, key: str) -> int:
    """The number of a duty sheet's column from 1."""
    heading = DUTIES.column(key).heading
    return next(cell.column for cell in sheet[FIRST_ROW] if cell.value == heading)


_PASTED = ("{}", "{} ", "\u3000{}", "{}\u00a0")


def fill(data: bytes, plan: UnitPlan, case: Case) -> Workbook:
    """The issued workbook as staff would fill it, with a fixed day where it has =TODAY().

    The statuses of all but one in four were pasted, with a blank of some kind before or behind them.
    """
    book = load_workbook(BytesIO(data))
    title, cell = next(iter(book.defined_names[AS_OF_NAME].destinations))
    book[title][cell] = case.as_of
    labels = {row.id: row.label for _, row in plan.rows()} | {"": None}
    for number, done in enumerate(case.logged, FIRST_ROW + 1):
        cells: dict[str, date | str | None] = {
            "date": done.date,
            "category": done.category,
            "duty": labels[done.row_id],
            "host": done.host or None,
        }
        for key, value in cells.items():
            book[LOG.title].cell(number, LOG.keys.index(key) + 1, value)
    for sheet in plan.sheets:
        page = book[sheet.title]
        for number, row in enumerate(sheet.rows, FIRST_ROW + 1):
            status, deadline = case.answers[row.id]
            pasted = _PASTED[number % len(_PASTED)].format(status)
            page.cell(number, column(page, "status")).value = pasted if status else None
            page.cell(number, column(page, "deadline")).value = deadline
    return book


def shown(book: Workbook, sheet: RoleSheet) -> dict[str, tuple[object, ...]]:
    """What a recalculated duty sheet says of each row id: the columns of SHOWN, a blank text as ''."""
    page = book[sheet.title]
    columns = [column(page, key) for key in SHOWN]
    return {
        row.id: tuple("" if (value := page.cell(number, place).value) is None else value for place in columns)
        for number, row in enumerate(sheet.rows, FIRST_ROW + 1)
    }


def counted(sheet: RoleSheet, row: PlanRow, case: Case, calendar: Calendar) -> tuple[TargetProgress, ...]:
    """The row's countable demands as counting finds them on the day of the case."""
    day = replace(calendar, as_of=case.as_of)
    found = (progress(target, case.logged, row.id, sheet.holder, day) for target in row.duty.targets)
    return tuple(target for target in found if is_countable(target.target) and target.windows)


def expected(sheet: RoleSheet, row: PlanRow, case: Case, calendar: Calendar) -> tuple[object, ...]:
    """The columns of SHOWN as counting has them; '' where the row has nothing to count."""
    found = counted(sheet, row, case, calendar)
    day = replace(calendar, as_of=case.as_of)
    status, own = case.answers[row.id]
    word = light(status, due_of(issued_due(row.duty, day), own), found, day)
    if not found:
        return ("",) * (len(SHOWN) - 1) + (word,)
    elapsed = sum(len(target.elapsed) for target in found)
    return (
        sum(target.required for target in found),
        sum(target.done for target in found),
        elapsed,
        elapsed - sum(len(target.short) for target in found),
        missing(found),
        word,
    )
