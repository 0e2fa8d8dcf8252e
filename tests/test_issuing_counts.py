"""Whatever is demanded and logged: the workbook counts what counting counts (500 cases in `make soak`, a share here).

A case is one duty sheet with demands by chance under a log by chance. Personal sheets count only their holder's
activities, so that one workbook holds many cases and LibreOffice is started once for all of them.
"""

import os
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from issuing_filling import CATEGORIES, Case, expected, fill, make_case, shown
from issuing_samples import OPTIONS, YEAR
from office import Office
from qingdan_xl.counting.deadlines import AnsweredBy, due_of, issued_due
from qingdan_xl.counting.lights import OVERDUE
from qingdan_xl.issuing.plan import Batch, UnitPlan, plan_unit
from qingdan_xl.issuing.workbook import unit_workbook
from qingdan_xl.model import Checklist, Duty, Kind, Per, Person, Role, Roster, Section, Target, TargetKind, Unit

WORKBOOKS = 40 if os.environ.get("QINGDAN_SOAK") else 5
ROLES, HOLDERS = 4, 3  # and one role that the unit holds together
DUES = (
    *((), (), ("01-31", "07-31"), ("~07-01",), ("2026-05",), ("02-30",), ("12-31",), ("2027-03",), ("~12-20",)),
    *(("2026-09-15",), ("2025-12-31",), ("~2026-06-10",), ("03-25", "06-25", "09-25", "12-25")),
)
MONTHS = (None, None, None, (1, 6), (3, 12), (7, 7), (9, 11), (11, 3), (12, 1))
HOSTS = tuple(f"张{number}" for number in range(ROLES * HOLDERS))
UNIT = Unit("U001", "青禾镇", "乡镇")


def make_target(chance: random.Random) -> Target:
    """A demand of any kind, of all periods, in some months, with a limit or without; most of them countable."""
    kind = chance.choice((TargetKind.COUNT, TargetKind.COUNT, TargetKind.COUNT, TargetKind.DEADLINE, TargetKind.RATIO))
    number = None if kind is TargetKind.DEADLINE else Decimal(chance.choice((1, 1, 2, 3, 6)))
    per = chance.choice((None, *Per, Per.YEAR, Per.YEAR, Per.QUARTER, Per.MONTH))
    return Target(
        "要求",
        "活动",
        kind,
        number,
        "%" if kind is TargetKind.RATIO else "次",
        per,
        chance.choice(DUES),
        chance.random() < 0.2,
        chance.choice((*CATEGORIES, "")),
        chance.choice(MONTHS),
    )


def make_plan(seed: int) -> UnitPlan:
    """A unit with a sheet for each holder of each role; ids of digits, texts alike but for their signs."""
    chance = random.Random(seed)  # noqa: S311 - reproducible plans, no secrets

    def make_duty(number: int) -> Duty:
        targets = tuple(make_target(chance) for _ in range(chance.choice((0, 1, 1, 2, 3))))
        sign = chance.choice("*?~")
        return Duty(f"{chance.randint(10**7, 10**8)}", str(number % 3), f"每季度检查{sign}号仓库", targets=targets)

    def make_role(name: str, duties: int = 6) -> Role:
        return Role(name, sections=(Section("一", "工作", tuple(map(make_duty, range(duties)))),))

    names = [f"角色{number}" for number in range(ROLES)]
    people = tuple(Person(host, UNIT.name, roles=(names[number % ROLES],)) for number, host in enumerate(HOSTS))
    # every host's activities count for what the unit holds together: there demands are often met
    roles = (*map(make_role, names), make_role("班子", 30))
    checklist = Checklist("清单.txt", "清单", YEAR, Kind.CHECKLIST, roles)
    batch = Batch("2026-01", "责任清单", YEAR, date(YEAR, 12, 20), (checklist,), Roster((UNIT,), people))
    return plan_unit(batch, UNIT)


@pytest.fixture(scope="module")
def filled(office: Office, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[UnitPlan, Case, Workbook]]:
    """Plans with their logs, and what LibreOffice makes of their filled workbooks in one run."""
    folder = Path(tmp_path_factory.mktemp("counts"))
    plans = [make_plan(seed) for seed in range(WORKBOOKS)]
    cases = [make_case(seed, plan, 900, HOSTS) for seed, plan in enumerate(plans)]
    paths = [folder / f"{number}.xlsx" for number in range(WORKBOOKS)]
    for plan, case, path in zip(plans, cases, paths, strict=True):
        fill(unit_workbook(plan, OPTIONS), plan, case).save(path)
    made = office.recalculate(paths, folder / "out")
    books = [load_workbook(path, data_only=True) for path in made]
    return list(zip(plans, cases, books, strict=True))


def rows(filled: list[tuple[UnitPlan, Case, Workbook]]) -> Iterator[tuple[tuple[object, ...], tuple[object, ...]]]:
    """Every duty row of every case: where it stands and what the workbook shows, beside what counting says."""
    for number, (plan, case, book) in enumerate(filled):
        for sheet in plan.sheets:
            found = shown(book, sheet)
            for row in sheet.rows:
                said = expected(sheet, row, case, OPTIONS.calendar)
                yield (number, sheet.title, row.id, *found[row.id]), (number, sheet.title, row.id, *said)


def test_the_workbook_counts_what_counting_counts(filled: list[tuple[UnitPlan, Case, Workbook]]) -> None:
    """应完成, 已完成, 应达标期数, 已达标期数, 未达标时段 and 预警 of every row are those of counting, to the letter."""
    assert sum(len(plan.sheets) for plan, _, _ in filled) == WORKBOOKS * (ROLES * HOLDERS + 1)
    for found, said in rows(filled):
        assert found == said


def test_dates_are_answered_in_every_way(filled: list[tuple[UnitPlan, Case, Workbook]]) -> None:
    """By chance there are passed dates of every kind under an open status, 逾期 and not where counts may answer."""
    seen = set()
    for plan, case, _ in filled:
        day = replace(OPTIONS.calendar, as_of=case.as_of)
        for sheet, row in plan.rows():
            status, own = case.answers[row.id]
            due = due_of(issued_due(row.duty, day), own)
            if due and due.day < case.as_of and status in ("", "未启动", "推进中"):
                seen.add((due.by, expected(sheet, row, case, OPTIONS.calendar)[-1] == OVERDUE))

    assert seen == {(by, late) for by in AnsweredBy for late in (True, False)} - {(AnsweredBy.STATUS, False)}


def test_the_cases_are_worth_comparing(filled: list[tuple[UnitPlan, Case, Workbook]]) -> None:
    """By chance there are rows that are met, short in one and in many windows, of several demands, and not counted."""
    said = [cells[3:] for _, cells in rows(filled)]
    texts = [str(cells[4]) for cells in said]

    assert any(cells[2] and cells[2] == cells[3] for cells in said)
    assert any("等" in text for text in texts)
    assert any("；" in text for text in texts)
    assert any(text and "、" not in text for text in texts)
    assert any(cells[0] == "" for cells in said)
