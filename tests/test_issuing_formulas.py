"""The formulas of the issued workbook say what counting says: filled by chance, recalculated in LibreOffice."""

import random
import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from issuing_samples import OPTIONS, YEAR, sample_plan
from office import Office
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from qingdan_xl.counting.lights import light
from qingdan_xl.counting.periods import Calendar
from qingdan_xl.counting.progress import Activity, is_countable, progress
from qingdan_xl.issuing.demands import demands_of
from qingdan_xl.issuing.plan import PlanRow, RoleSheet, UnitPlan
from qingdan_xl.issuing.workbook import unit_workbook
from qingdan_xl.sheets.choices import STATUSES
from qingdan_xl.sheets.identity import AS_OF_NAME, DEMANDS, read_block
from qingdan_xl.sheets.styles import LIGHTS
from qingdan_xl.sheets.unit import COVER_TITLE, DUTIES, HIDDEN_TITLE, LOG
from qingdan_xl.sheets.writing import FIRST_ROW

PLAN = sample_plan()
CATEGORIES = ("会议", "主题党日", "党课", "报告", "调研", "检查", "谈话", "其他")
CASES = 6
# tied to a duty whose label differs from its neighbour's only where that has a *
ALIKE = tuple(
    Activity(date(YEAR, 1, 15), "检查", sheet.holder, row.id) for sheet, row in PLAN.rows() if row.duty.id == "b0000004"
)


@dataclass(frozen=True, slots=True)
class Case:
    """One filled workbook: what was logged, what was answered for each row id, and the day it is looked at."""

    as_of: date
    logged: tuple[Activity, ...]
    answers: dict[str, tuple[str, date | None]]


def make_case(seed: int) -> Case:
    """A year of a unit by chance; days crowd around the ends of months and near days, where faults show."""
    chance = random.Random(seed)  # noqa: S311 - reproducible cases, no secrets
    rows = [row.id for _, row in PLAN.rows()]

    def day() -> date:
        edge = date(YEAR, chance.randint(1, 12), 1) + timedelta(days=chance.randint(-2, 1))
        return edge if chance.random() < 0.5 else date(YEAR, 1, 1) + timedelta(days=chance.randint(-5, 370))

    logged = tuple(
        Activity(
            day(),
            chance.choice(CATEGORIES),
            chance.choice(("", "张甲", "李乙", "王丙")),
            chance.choice(["", "", "", *rows]),
        )
        for _ in range(chance.randint(0, 120))
    )
    as_of = date(YEAR, chance.randint(2, 12), 1) - timedelta(days=chance.randint(0, 1))
    deadlines = (None, day(), *(as_of + timedelta(days=days) for days in (-1, 0, 29, 30, 31)))
    answers = {row: (chance.choice(("", *STATUSES)), chance.choice(deadlines)) for row in rows}
    return Case(as_of, (*logged, *ALIKE), answers)


def column(sheet: Worksheet, key: str) -> int:
    """The number of a duty sheet's column from 1."""
    heading = DUTIES.column(key).heading
    return next(cell.column for cell in sheet[FIRST_ROW] if cell.value == heading)


def set_as_of(book: Workbook, day: date) -> None:
    """Put a fixed day where the workbook has =TODAY()."""
    title, cell = next(iter(book.defined_names[AS_OF_NAME].destinations))
    book[title][cell] = day


def fill(data: bytes, case: Case) -> Workbook:
    """The issued workbook as staff would fill it."""
    book = load_workbook(BytesIO(data))
    set_as_of(book, case.as_of)
    labels = {row.id: row.label for _, row in PLAN.rows()} | {"": None}
    for number, done in enumerate(case.logged, FIRST_ROW + 1):
        cells: dict[str, date | str | None] = {
            "date": done.date,
            "category": done.category,
            "duty": labels[done.row_id],
            "host": done.host or None,
        }
        for key, value in cells.items():
            book[LOG.title].cell(number, LOG.keys.index(key) + 1, value)
    for sheet in PLAN.sheets:
        page = book[sheet.title]
        for number, row in enumerate(sheet.rows, FIRST_ROW + 1):
            status, deadline = case.answers[row.id]
            page.cell(number, column(page, "status")).value = status or None
            page.cell(number, column(page, "deadline")).value = deadline
    return book


def expected(sheet: RoleSheet, row: PlanRow, case: Case) -> tuple[int | None, str]:
    """已完成次数 and 预警 as counting has them."""
    calendar = replace(OPTIONS.calendar, as_of=case.as_of)
    found = [
        progress(target, case.logged, row.id, sheet.holder, calendar)
        for target in row.duty.targets
        if is_countable(target)
    ]
    done = sum(target.done for target in found) if demands_of(sheet, row, calendar) else None
    return done, light(*case.answers[row.id], found, calendar)


@pytest.fixture(scope="module")
def recalculated(office: Office, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Case, Workbook]]:
    """Filled workbooks beside what LibreOffice makes of them, all in one run."""
    folder = Path(tmp_path_factory.mktemp("filled"))
    data = unit_workbook(PLAN, OPTIONS)
    cases = [make_case(seed) for seed in range(CASES)]
    paths = [folder / f"{number}.xlsx" for number in range(CASES)]
    for path, case in zip(paths, cases, strict=True):
        fill(data, case).save(path)
    (folder / "blank.xlsx").write_bytes(data)
    made = office.recalculate([*paths, folder / "blank.xlsx"], folder / "out")
    blank = Case(date.today(), (), {row.id: ("", None) for _, row in PLAN.rows()})  # noqa: DTZ011 - as Excel's TODAY()
    return [(case, load_workbook(path, data_only=True)) for case, path in zip([*cases, blank], made, strict=True)]


def test_done_and_light_equal_counting(recalculated: list[tuple[Case, Workbook]]) -> None:
    """On every duty row 已完成次数 and 预警 are the ones that counting computes from the same log and answers."""
    for number, (case, book) in enumerate(recalculated[:-1]):
        for sheet in PLAN.sheets:
            page = book[sheet.title]
            for place, row in enumerate(sheet.rows, FIRST_ROW + 1):
                said = tuple(page.cell(place, column(page, key)).value for key in ("done", "light"))
                assert said == expected(sheet, row, case), (number, sheet.title, row.id)


def test_each_demand_counts_as_in_python(recalculated: list[tuple[Case, Workbook]]) -> None:
    """On the hidden sheet each demand has the done, the short and the near windows that counting finds."""
    for case, book in recalculated[:-1]:
        calendar = replace(OPTIONS.calendar, as_of=case.as_of)
        grid = [
            ["" if cell.value is None else str(cell.value) for cell in row] for row in book[HIDDEN_TITLE].iter_rows()
        ]
        shown = [(row["row_id"], row["done"], row["short"], row["near"]) for row in read_block(grid, DEMANDS)]
        counted = [
            (row.id, str(found.done), str(len(found.short)), str(len(found.near(calendar.near_days))))
            for sheet, row in PLAN.rows()
            for target in row.duty.targets
            if is_countable(target)
            for found in [progress(target, case.logged, row.id, sheet.holder, calendar)]
        ]
        assert shown == counted


def test_every_light_is_seen(recalculated: list[tuple[Case, Workbook]]) -> None:
    """The cases by chance cover all words of 预警, so that their equality means something."""
    words = {expected(sheet, row, case)[1] for case, _ in recalculated for sheet, row in PLAN.rows()}
    assert words == set(LIGHTS)


def test_no_formula_ends_in_an_error(recalculated: list[tuple[Case, Workbook]]) -> None:
    """Neither filled nor blank does any cell of the workbook hold an error value."""
    errors = [
        (page.title, cell.coordinate, cell.value)
        for _, book in recalculated
        for page in book
        for row in page.iter_rows()
        for cell in row
        if cell.data_type == "e"
    ]
    assert errors == []


def test_the_cover_adds_up(recalculated: list[tuple[Case, Workbook]]) -> None:
    """The totals of 填报说明 are those of the duty sheets: rows, filled statuses, demanded and done, each light."""
    for case, book in recalculated[:-1]:
        page = book[COVER_TITLE]
        headings = next(row for row in page.iter_rows() if row[1].value == "清单")
        totals = next(row for row in page.iter_rows() if row[1].value == "合计")
        shown = {head.value: total.value for head, total in zip(headings[2:], totals[2:], strict=True)}
        assert shown == cover_totals(PLAN, case)


def cover_totals(plan: UnitPlan, case: Case) -> dict[str, int]:
    """What the bottom row of the cover's table must say."""
    said = [expected(sheet, row, case) for sheet, row in plan.rows()]
    lights = Counter(word for _, word in said)
    return {
        "事项": len(said),
        "已填状态": sum(bool(status) for status, _ in case.answers.values()),
        "应完成次数": sum(d.total for sheet, row in plan.rows() for d in demands_of(sheet, row, OPTIONS.calendar)),
        "已完成次数": sum(done or 0 for done, _ in said),
    } | {word: lights[word] for word in LIGHTS}


def test_the_workbook_leaves_with_the_values_it_computes(recalculated: list[tuple[Case, Workbook]]) -> None:
    """What readers without a calculator see in a new workbook is what LibreOffice computes on the same day."""
    case, book = recalculated[-1]
    options = replace(OPTIONS, calendar=Calendar(YEAR, case.as_of))
    cached = load_workbook(BytesIO(unit_workbook(PLAN, options)), data_only=True)
    for page in cached:
        for row in page.iter_rows():
            for cell in row:
                there = book[page.title][cell.coordinate].value
                assert there == cell.value or (there in (None, "") and cell.value in (None, "")), cell


def test_formulas_are_classic_ones() -> None:
    """No function that old Excel, WPS or LibreOffice would not know."""
    known = {"COUNTIFS", "COUNTIF", "COUNTA", "SUMPRODUCT", "SUM", "IF", "AND", "OR", "ISNUMBER", "TODAY"}
    book = load_workbook(BytesIO(unit_workbook(PLAN, OPTIONS)))
    formulas = [str(cell.value) for page in book for row in page.iter_rows() for cell in row if cell.data_type == "f"]
    used = {name for formula in formulas for name in re.findall(r"([A-Z.]+)\(", formula)}
    assert used == known
