"""Whatever staff do to the shape of their workbook, no answer moves to another duty and none is lost."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from returns import Desk, make_batch, plan_of, put, well_filled

from qingdan_xl.collecting.examine import Context, Return, Task, examine
from qingdan_xl.collecting.identity import SentOut
from qingdan_xl.engine import run_in_workers
from qingdan_xl.issuing.plan import fingerprint, plan_unit
from qingdan_xl.sheets.unit import DUTIES, ISSUES, LOG, MATRIX, RISKS
from qingdan_xl.sheets.values import Value
from qingdan_xl.store import Issued

FILES = 48  # each with one to six edits
HEADING_ROW = 3
DUTY_SHEETS = tuple(sheet.title for sheet in plan_of().sheets)
SHEETS = (*DUTY_SHEETS, LOG.title, ISSUES.title, RISKS.title, MATRIX.title)


def _cells(page: Any) -> list[list[tuple[Any, str]]]:
    """Every cell's value with its number format, which moves with it."""
    return [[(cell.value, cell.number_format) for cell in cells] for cells in page.iter_rows()]


def _write(page: Any, rows: list[list[tuple[Any, str]]]) -> None:
    for number, cells in enumerate(rows, 1):
        for column, (value, number_format) in enumerate(cells, 1):
            page.cell(number, column).value = value
            page.cell(number, column).number_format = number_format


def sort_rows(page: Any, dice: Random) -> None:
    """Put the filled rows into another order, each whole."""
    rows = _cells(page)
    heads = ("事项编号", "日期")
    first = next(number for number, cells in enumerate(rows) if any(value in heads for value, _ in cells)) + 1
    filled = [cells for cells in rows[first:] if any(value is not None for value, _ in cells)]
    dice.shuffle(filled)
    blank = [[(None, "General")] * len(cells) for cells in rows[first + len(filled) :]]
    _write(page, rows[:first] + filled + blank)


def move_columns(page: Any, dice: Random) -> None:
    """Put the columns into another order, each with its heading."""
    rows = _cells(page)
    order = list(range(len(rows[0])))
    dice.shuffle(order)
    _write(page, [[cells[index] for index in order] for cells in rows])


def insert_rows(page: Any, dice: Random) -> None:
    """Put empty rows anywhere."""
    page.insert_rows(dice.randint(1, 8), dice.randint(1, 3))


def insert_columns(page: Any, dice: Random) -> None:
    """Put an own column anywhere."""
    place = dice.randint(1, 6)
    page.insert_cols(place)
    page.cell(HEADING_ROW, place).value = "自用"


def hide(page: Any, dice: Random) -> None:
    """Hide rows and columns."""
    page.row_dimensions[dice.randint(1, 8)].hidden = True
    page.column_dimensions["ABCDEFGH"[dice.randrange(8)]].hidden = True


def rename(page: Any, dice: Random) -> None:
    """Give the sheet a name of one's own."""
    page.title = f"表{dice.randrange(10**9)}"


def add_sheet(page: Any, dice: Random) -> None:
    """Add a sheet of one's own somewhere."""
    page.parent.create_sheet(f"自用{dice.randrange(10**9)}", dice.randrange(3)).append(["日期", "事项", "金额"])


def move_sheet(page: Any, dice: Random) -> None:
    """Put the sheet somewhere else."""
    page.parent.move_sheet(page, dice.randint(-2, 2))


EDITS: tuple[Callable[[Any, Random], None], ...] = (
    sort_rows,
    move_columns,
    insert_rows,
    insert_columns,
    hide,
    rename,
    add_sheet,
    move_sheet,
)


def edited(desk: Desk, dice: Random) -> None:
    """Do some honest edits to some sheets."""
    pages = [desk.page(title) for title in SHEETS]
    for _ in range(dice.randint(1, 6)):
        edit, page = dice.choice(EDITS), dice.choice(pages)
        if edit is sort_rows and page not in pages[: len(DUTY_SHEETS) + 1]:
            continue
        edit(page, dice)


def answers(found: Return) -> tuple[dict[str, tuple[Value, ...]], list[tuple[Value, ...]], set[tuple[Value, ...]]]:
    """The answers by row id, the log, and the letters of the matrix."""
    duties = {
        row.text("row_id"): tuple(row.value(column.key) for column in DUTIES.answers) for row in found.rows["duty"]
    }
    log = sorted((tuple(row.value(key) for key in LOG.keys) for row in found.rows["log"]), key=str)
    letters: set[tuple[Value, ...]] = {
        (row.text("row_id"), row.text("person"), row.value("raci")) for row in found.rows["assignment"]
    }
    return duties, log, letters


def test_no_value_is_shifted_or_lost(tmp_path: Path) -> None:
    """Random edits of shape leave every value where it was given, without a problem."""
    batch = make_batch()
    plans = [plan_unit(batch, unit) for unit in batch.roster.units]
    issued = [Issued(p.batch, p.unit.id, p.unit.name, p.unit.kind, "", "", fingerprint(p)) for p in plans]
    sent = SentOut({batch.id: batch}, {(each.batch, each.unit_id): each for each in issued})
    files = [put(tmp_path, "0.xlsx", well_filled())]
    files += [
        put(tmp_path, f"{seed}.xlsx", well_filled(edit=partial(edited, dice=Random(seed))))  # noqa: S311 - no secret
        for seed in range(1, FILES + 1)
    ]

    untouched, *results = run_in_workers(partial(examine, context=Context(sent)), [Task(f, f.name) for f in files])

    assert untouched.value is not None
    oracle = answers(untouched.value)
    assert len(oracle[0]) == sum(1 for _ in plan_of().rows())
    for seed, result in enumerate(results, 1):
        assert result.value is not None, (seed, result)
        assert [str(fault) for fault in result.value.problems] == [], seed
        assert answers(result.value) == oracle, seed
