"""The formulas of the issued workbook say what counting says: filled by chance, recalculated in LibreOffice."""

import re
from collections import Counter
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from issuing_filling import Case, counted, expected, fill, make_case, shown
from issuing_samples import OPTIONS, YEAR, sample_plan
from office import Office
from qingdan_xl.counting.periods import Calendar
from qingdan_xl.counting.progress import Activity, TargetProgress
from qingdan_xl.issuing.plan import UnitPlan
from qingdan_xl.issuing.workbook import unit_workbook
from qingdan_xl.sheets.identity import DEMANDS, WINDOWS, read_block
from qingdan_xl.sheets.styles import LIGHTS
from qingdan_xl.sheets.unit import COVER_TITLE, HIDDEN_TITLE

PLAN = sample_plan()
CALENDAR = OPTIONS.calendar
CASES = 4
# tied to a duty whose label differs from its neighbour's only where that has a *
ALIKE = tuple(
    Activity(date(YEAR, 1, 15), "检查", sheet.holder, row.id) for sheet, row in PLAN.rows() if row.duty.id == "b0000004"
)


def make_sample_case(seed: int) -> Case:
    """A year of the sample unit by chance, with what counts for one of two duties whose labels are alike."""
    case = make_case(seed, PLAN, 120, ("张甲", "李乙", "王丙"))
    return replace(case, logged=(*case.logged, *ALIKE))


@pytest.fixture(scope="module")
def recalculated(office: Office, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Case, Workbook]]:
    """Filled workbooks beside what LibreOffice makes of them, all in one run."""
    folder = Path(tmp_path_factory.mktemp("filled"))
    data = unit_workbook(PLAN, OPTIONS)
    cases = [make_sample_case(seed) for seed in range(CASES)]
    paths = [folder / f"{number}.xlsx" for number in range(CASES)]
    for path, case in zip(paths, cases, strict=True):
        fill(data, PLAN, case).save(path)
    (folder / "blank.xlsx").write_bytes(data)
    made = office.recalculate([*paths, folder / "blank.xlsx"], folder / "out")
    blank = Case(date.today(), (), {row.id: ("", None) for _, row in PLAN.rows()})  # noqa: DTZ011 - as Excel's TODAY()
    return [(case, load_workbook(path, data_only=True)) for case, path in zip([*cases, blank], made, strict=True)]


def test_duty_rows_equal_counting(recalculated: list[tuple[Case, Workbook]]) -> None:
    """Every duty row shows the counts, periods and 预警 that counting computes from the same log and answers."""
    for number, (case, book) in enumerate(recalculated[:-1]):
        for sheet in PLAN.sheets:
            found = shown(book, sheet)
            for row in sheet.rows:
                assert found[row.id] == expected(sheet, row, case, CALENDAR), (number, sheet.title, row.id)


def named(target: TargetProgress) -> str:
    """The windows that are short, and those in which a limit was passed, as the sheet names them."""
    passed = [f"{window.window.label}超限" if window.excess else window.window.label for window in target.windows]
    wanted = [window.excess or window in target.short for window in target.windows]
    return "、".join(label for label, is_named in zip(passed, wanted, strict=True) if is_named)


def test_each_demand_counts_as_in_python(recalculated: list[tuple[Case, Workbook]]) -> None:
    """On the hidden sheet each demand has the done and the names of the short windows that counting finds.

    What goes beyond a limit counts against the done.
    """
    for case, book in recalculated[:-1]:
        grid = [
            ["" if cell.value is None else str(cell.value) for cell in row] for row in book[HIDDEN_TITLE].iter_rows()
        ]
        windows, demands = read_block(grid, WINDOWS), read_block(grid, DEMANDS)
        done = [
            sum(int(window["done"]) for window in windows if window["demand"] == str(number))
            for number, _ in enumerate(demands, 1)
        ]
        short = [windows[int(demand["last"]) - 1]["named"] for demand in demands]
        said = [
            (row.id, target.done - target.excess, named(target))
            for sheet, row in PLAN.rows()
            for target in counted(sheet, row, case, CALENDAR)
        ]
        assert list(zip([demand["row_id"] for demand in demands], done, short, strict=True)) == said


def test_every_light_is_seen(recalculated: list[tuple[Case, Workbook]]) -> None:
    """The cases by chance cover all words of 预警, so that their equality means something."""
    words = {expected(sheet, row, case, CALENDAR)[-1] for case, _ in recalculated for sheet, row in PLAN.rows()}
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
        found = {head.value: total.value for head, total in zip(headings[2:], totals[2:], strict=True)}
        assert found == cover_totals(PLAN, case)


def cover_totals(plan: UnitPlan, case: Case) -> dict[str, int]:
    """What the bottom row of the cover's table must say."""
    said = [expected(sheet, row, case, CALENDAR) for sheet, row in plan.rows()]
    lights = Counter(str(cells[-1]) for cells in said)
    return {
        "事项": len(said),
        "已填状态": sum(bool(status) for status, _ in case.answers.values()),
        "应完成次数": sum(int(str(cells[0]) or 0) for cells in said),
        "已完成次数": sum(int(str(cells[1]) or 0) for cells in said),
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
    known = {"AND", "COUNTA", "COUNTIF", "COUNTIFS", "IF", "INDEX", "ISNUMBER", "MATCH", "MIN", "OR", "SUM", "TRIM"}
    known |= {"DATE", "FIND", "LEFT", "LEN", "LOOKUP", "REPT", "ROUND", "SUBSTITUTE", "SUMPRODUCT", "TEXT", "TODAY"}
    book = load_workbook(BytesIO(unit_workbook(PLAN, OPTIONS)))
    formulas = [str(cell.value) for page in book for row in page.iter_rows() for cell in row if cell.data_type == "f"]
    used = {name for formula in formulas for name in re.findall(r"([A-Z.]+)\(", formula)}
    assert used == known
