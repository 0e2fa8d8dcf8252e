"""汇总.xlsx as people left it → the remark cells they changed."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from qingdan_xl.engine import Limits, run_in_workers
from qingdan_xl.faults import os_reason
from qingdan_xl.problems import UnusableError
from qingdan_xl.sheets.declaration import Column, Sheet
from qingdan_xl.sheets.reading import Grid, Row, Source, find_columns, load_grids, rows_below
from qingdan_xl.sheets.summary import (
    BY_UNIT,
    DETAIL,
    DUTY,
    HOLDER,
    PRINTED_REMARKS,
    ROLE,
    ROW_ID,
    UNIT,
    UNIT_ID,
    WARNINGS,
)
from qingdan_xl.summary.remarks import KINDS, About, Place, Typed

# a workbook of 200,000 rows is read within these; the reader may take its process down on a damaged one
_LIMITS = Limits(seconds=300, memory=4 << 30)
_ABOUT = (UNIT, ROLE, HOLDER, DUTY)


def read_workbook(path: Path) -> tuple[Typed, ...] | str:
    """What people changed in a workbook, read in a process of its own; where that fails, why, in Chinese."""
    (result,) = run_in_workers(read_typed, [path], limits=_LIMITS, workers=1)
    if result.failure is None and result.value is not None:
        return result.value
    return result.detail if result.failure is None else "读不出来"


def read_typed(path: Path) -> tuple[Typed, ...] | str:
    """The remark cells of a 汇总.xlsx that differ from what we wrote into it, or why it cannot be read.

    Rows are known by their hidden ids, columns by their headings: people may sort rows, and move and add columns.
    """
    try:
        grids = load_grids(path.read_bytes(), path.name)
    except OSError as fault:
        return os_reason(fault)
    except UnusableError:
        return "打不开"
    sheets = [(_readable(sheet), grids[sheet.title]) for sheet in (BY_UNIT, WARNINGS, DETAIL) if sheet.title in grids]
    sheets = [(sheet, grid) for sheet, grid in sheets if _has_ids(sheet, grid)]
    if not sheets:
        return "隐藏的编号列不见了"
    printed = {place: text for place, text, _ in _cells(PRINTED_REMARKS, grids.get(PRINTED_REMARKS.title, []))}
    return tuple(
        Typed(place, printed.get(place, ""), text, about)
        for sheet, grid in sheets
        for place, text, about in _cells(sheet, grid)
        if text != printed.get(place, "")
    )


def _readable(sheet: Sheet) -> Sheet:
    """The sheet's columns that matter here."""
    wanted: Sequence[Column] = (UNIT_ID, ROW_ID, *_ABOUT)
    return replace(sheet, columns=tuple(column for column in sheet if column in wanted or column.key in KINDS))


def _has_ids(sheet: Sheet, grid: Grid) -> bool:
    return {column.key for column in sheet if column.hidden} <= find_columns(sheet, grid)[1].keys()


def _cells(sheet: Sheet, grid: Grid) -> Iterator[tuple[Place, str, About]]:
    """Every remark cell below the headings, blank ones too."""
    layout = find_columns(sheet, grid)
    kinds = [kind for kind in KINDS if kind in layout[1]]
    for row in rows_below(sheet, grid, layout, Source("", sheet.title, 0)):
        if row.text(UNIT_ID.key):
            about = _about(row)
            for kind in kinds:
                yield Place(row.text(UNIT_ID.key), row.text(ROW_ID.key), kind), row.text(kind), about


def _about(row: Row) -> About:
    return About(*(row.text(column.key) for column in _ABOUT))
