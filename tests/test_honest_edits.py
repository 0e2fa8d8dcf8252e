"""Whatever staff do to the shape of their workbook, no answer moves to another duty, and none is lost without a word.

48 files here, 1,000 in `make soak`; one in ten is saved by LibreOffice as .xlsx, .xls or .ods besides.
"""

import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import pytest

from office import Office
from qingdan_xl.collecting.examine import Context, Return, Task, examine
from qingdan_xl.collecting.identity import SentOut
from qingdan_xl.engine import Result, run_in_workers
from qingdan_xl.issuing.plan import fingerprint, plan_unit
from qingdan_xl.sheets.unit import DUTIES, ISSUES, LOG, MATRIX, RISKS
from qingdan_xl.sheets.values import Value
from qingdan_xl.store import Issued
from returns import Desk, make_batch, plan_of, put, well_filled

FILES = 1_000 if os.environ.get("QINGDAN_SOAK") else 48  # each with one to six edits
SAVED_AGAIN = 10  # one in so many, by LibreOffice
FORMATS = ("xlsx", "xls", "ods")
HEADING_ROW = 3
DUTY_SHEETS = tuple(sheet.title for sheet in plan_of().sheets)
ROW_IDS = {row.id for _, row in plan_of().rows()}
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


def delete_row(page: Any, dice: Random) -> None:
    """Delete a duty, which is noted in the workbook so that the test knows."""
    rows = [cells for cells in page.iter_rows() for cell in cells if str(cell.value) in ROW_IDS]
    if rows:
        cells = dice.choice(rows)
        page.parent.lost |= {cell.value for cell in cells if str(cell.value) in ROW_IDS}
        page.delete_rows(cells[0].row)


def delete_own_column(page: Any, dice: Random) -> None:
    """Put in an own column and take it out again."""
    place = dice.randint(1, 6)
    page.insert_cols(place)
    page.delete_cols(place)


EDITS: tuple[Callable[[Any, Random], None], ...] = (
    sort_rows,
    move_columns,
    insert_rows,
    insert_columns,
    hide,
    rename,
    add_sheet,
    move_sheet,
    delete_own_column,
    delete_row,
)


def edited(desk: Desk, dice: Random, lost: set[str]) -> None:
    """Do some honest edits to some sheets; the duties that were deleted are added to `lost`."""
    pages = [desk.page(title) for title in SHEETS]
    desk.book.lost = lost
    for _ in range(dice.randint(1, 6)):
        edit, page = dice.choice(EDITS), dice.choice(pages)
        if edit is sort_rows and page not in pages[: len(DUTY_SHEETS) + 1]:
            continue
        if edit is delete_row and page not in pages[: len(DUTY_SHEETS)]:
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


Made = list[tuple[Path, set[str]]]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The edited files, each with the duties that were deleted in it; the first is untouched."""
    folder, made = tmp_path_factory.mktemp("edits"), []
    for seed in range(FILES + 1):
        lost: set[str] = set()
        change = partial(edited, dice=Random(seed), lost=lost) if seed else None  # noqa: S311 - no secret
        made.append((put(folder, f"{seed}.xlsx", well_filled(edit=change)), lost))
    return made


def read(paths: Sequence[Path]) -> list[Result[Return]]:
    """What is found in each file."""
    batch = make_batch()
    plans = [plan_unit(batch, unit) for unit in batch.roster.units]
    issued = [Issued(p.batch, p.unit.id, p.unit.name, p.unit.kind, "", "", fingerprint(p)) for p in plans]
    sent = SentOut({batch.id: batch}, {(each.batch, each.unit_id): each for each in issued})
    return list(run_in_workers(partial(examine, context=Context(sent)), [Task(path, path.name) for path in paths]))


def check(result: Result[Return], untouched: Result[Return], lost: set[str], said: list[str], name: str) -> None:
    """Hold a file against the untouched one: all answers but those of deleted duties, which are reported."""
    assert untouched.value is not None
    assert result.value is not None, (name, result)
    duties, log, letters = answers(untouched.value)
    expected = {row_id: values for row_id, values in duties.items() if row_id not in lost}
    codes = [fault.code for fault in result.value.problems]
    assert codes == [*said, *["row-lost"] * len(lost)], (name, result.value.problems)
    assert answers(result.value) == (expected, log, letters), name


def test_no_value_is_shifted_or_lost(files: Made) -> None:
    """Random edits of shape leave every value where it was given; a deleted duty is reported and nothing else."""
    untouched, *results = read([path for path, _ in files])

    assert untouched.value is not None
    assert len(answers(untouched.value)[0]) == len(ROW_IDS)
    for (path, lost), result in zip(files[1:], results, strict=True):
        check(result, untouched, lost, [], path.name)


def test_nor_when_another_program_saved_them(files: Made, office: Office, tmp_path: Path) -> None:
    """Saved by LibreOffice in any of its formats they are read as before, other formats with a warning."""
    chosen = files[SAVED_AGAIN::SAVED_AGAIN]
    by_format = {suffix: chosen[number :: len(FORMATS)] for number, suffix in enumerate(FORMATS)}
    saved = [
        (office.save_all(suffix, [path for path, _ in made], tmp_path / suffix), made, suffix)
        for suffix, made in by_format.items()
        if made
    ]

    untouched, *results = read([files[0][0], *(path for paths, _, _ in saved for path in paths)])

    told = [(lost, suffix, path.name) for _, made, suffix in saved for path, lost in made]
    for (lost, suffix, name), result in zip(told, results, strict=True):
        check(result, untouched, lost, [] if suffix == "xlsx" else ["other-format"], f"{name} as {suffix}")
