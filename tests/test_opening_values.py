"""What a workbook shows before any program reckons: the values its formulas leave with are those they give."""

import random
from contextlib import closing
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from issuing_filling import Case, expected, make_case, shown
from issuing_samples import OPTIONS, YEAR, sample_plan
from office import Office
from qingdan_xl.collecting.collect import collect
from qingdan_xl.issuing.carrying import NOTHING, Carried
from qingdan_xl.issuing.cover import CHOSEN_CELL
from qingdan_xl.issuing.plan import UnitPlan
from qingdan_xl.issuing.workbook import unit_workbook
from qingdan_xl.sheets.choices import PERIODS_OF_SIGNING
from qingdan_xl.sheets.unit import COLLECTED, COVER_TITLE, ISSUES, LOG
from qingdan_xl.sheets.writing import Cell
from qingdan_xl.store import Store
from qingdan_xl.workspace.folder import Workspace
from returns import ON_TIME, make_batch, opened, put, send_out, well_filled

HOSTS = ("张甲", "李乙")
PLAN = sample_plan()
CASES = tuple(make_case(seed, PLAN, 200, HOSTS) for seed in range(3))


def carried(plan: UnitPlan, case: Case) -> Carried:
    """A case as a workbook starts with it: answers, the log, letters, ledgers, a signature."""
    labels = {row.id: row.label for _, row in plan.rows()} | {"": None}
    chance = random.Random(len(case.logged))  # noqa: S311 - reproducible letters, no secrets
    duties: dict[str, dict[str, Cell]] = {
        row_id: {"status": status, "deadline": own} for row_id, (status, own) in case.answers.items()
    }
    logged: list[dict[str, Cell]] = [
        {"date": done.date, "category": done.category, "duty": labels[done.row_id], "host": done.host or None}
        for done in case.logged
    ]
    letters = {row: {name: chance.choice(("", "A", "R", "AR")) for name in HOSTS} for row in list(duties)[::2]}
    unread: dict[str, Cell] = {"date": "上周五", "topic": "座谈"}
    ledgers: dict[str, list[dict[str, Cell]]] = {
        LOG.key: [unread, *logged],
        ISSUES.key: [{"text": "台账不全"}, {"text": "过期"}],
    }
    signed: dict[str, dict[str, Cell]] = {PERIODS_OF_SIGNING[0]: {"signer": "张甲", "date": case.as_of}}
    return Carried({}, duties, letters, ledgers, signed)


def values(book: Workbook, formulas: Workbook) -> dict[tuple[str, str], object]:
    """The value of every cell that holds a formula, a blank text as None."""
    return {
        (page.title, cell.coordinate): book[page.title][cell.coordinate].value or None
        for page in formulas
        for row in page.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


@pytest.fixture(scope="module")
def books(office: Office, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Case, Workbook, Workbook, Workbook]]:
    """Workbooks of filled cases, as written, and as LibreOffice reckons them on the same day."""
    folder = Path(tmp_path_factory.mktemp("opening"))
    written, paths = [], []
    for number, case in enumerate(CASES):
        options = replace(OPTIONS, calendar=replace(OPTIONS.calendar, as_of=case.as_of))
        before = carried(PLAN, case) if number else NOTHING
        written.append(unit_workbook(PLAN, options, before))
        book = load_workbook(BytesIO(written[-1]))
        book[COVER_TITLE][CHOSEN_CELL] = case.as_of
        paths.append(folder / f"{number}.xlsx")
        book.save(paths[-1])
    made = office.recalculate(paths, folder / "out")
    opened_twice = [(load_workbook(BytesIO(data)), load_workbook(BytesIO(data), data_only=True)) for data in written]
    return [
        (case, *both, load_workbook(path, data_only=True))
        for case, both, path in zip(CASES, opened_twice, made, strict=True)
    ]


def test_every_formula_leaves_with_what_it_gives(books: list[tuple[Case, Workbook, Workbook, Workbook]]) -> None:
    """On every sheet, hidden ones included, of empty workbooks and of those that start with answers and a log."""
    for _, formulas, written, reckoned in books:
        found = values(written, formulas)
        assert found == values(reckoned, formulas)
        assert len(found) > 150


def test_a_carried_workbook_shows_what_counting_says(books: list[tuple[Case, Workbook, Workbook, Workbook]]) -> None:
    """已完成次数, 未达标时段, 预警 of every row without any program's help; the bar of 填报说明 has begun."""
    for case, _, written, _ in books[1:]:
        for sheet in PLAN.sheets:
            found = shown(written, sheet)
            assert [found[row.id] for row in sheet.rows] == [
                expected(sheet, row, case, OPTIONS.calendar) for row in sheet.rows
            ]
        assert any("■" in str(cell.value) for row in written[COVER_TITLE].iter_rows() for cell in row)


def falsified(data: bytes) -> bytes:
    """The file with other values where its formulas stand, as a program that reckons otherwise would leave them."""
    desk = opened(data)
    for page in desk.book:
        for row in page.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    cell.value = 99
    return desk.saved()


def stored(year: Workspace, data: bytes) -> dict[str, list[dict[str, object]]]:
    """What the store keeps of 青禾镇's file."""
    send_out(year, make_batch())
    put(year.inbox, "青禾镇.xlsx", data)
    collect(year, (), ON_TIME)
    with closing(Store(year.database)) as store:
        return {sheet.key: [dict(row) for row in store.rows(sheet)] for sheet in COLLECTED}


def test_collecting_trusts_no_value_of_a_formula(tmp_path: Path) -> None:
    """Whatever a program left in the counting cells, the same rows are kept: counts come from the log alone."""
    sound, false = (Workspace.create(tmp_path / name, YEAR) for name in ("真", "假"))

    assert stored(false, falsified(well_filled())) == stored(sound, well_filled())
