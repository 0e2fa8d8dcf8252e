"""汇总.xlsx as people left it → the remark cells they changed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from qingdan_xl.engine import Limits, run_in_workers
from qingdan_xl.faults import os_reason
from qingdan_xl.packages import places
from qingdan_xl.packages.gate import GateLimits, pass_gate
from qingdan_xl.packages.oddities import SheetXml
from qingdan_xl.packages.refusal import RefusedError
from qingdan_xl.packages.sniff import ZIPPED, Bytes, sniff
from qingdan_xl.packages.views import BROKEN, described, look_at
from qingdan_xl.problems import Problem, UnusableError, problem
from qingdan_xl.sheets.declaration import Column, Sheet
from qingdan_xl.sheets.reading import Grid, Layout, Row, Source, find_columns, load_grids, rows_below
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
from qingdan_xl.sheets.values import Raw, Unreadable
from qingdan_xl.summary.remarks import KINDS, About, Place, Typed

# a workbook of 200,000 rows is read within these; the reader may take its process down on a damaged one
_LIMITS = Limits(seconds=300, memory=4 << 30)
_GATE = GateLimits(size=1 << 30, unpacked=2 << 30)
_WHOLE_SHEET = places.Extent(rows=1 << 20, columns=1 << 14)
_REMARKED = (BY_UNIT, WARNINGS, DETAIL)
_ABOUT = (UNIT, ROLE, HOLDER, DUTY)
_SHOWN = 30
_NO_FORMULA = "="
_NO_ROW = "这一行没有编号，不知道是哪个单位、哪一项的"

Odd = Mapping[str, Mapping[places.Place, Unreadable]]
"""By sheet, the cells that are neither empty nor a value."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The remark cells of one workbook that differ from what we wrote into it, and what of them nobody can read."""

    typed: tuple[Typed, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_workbook(path: Path) -> Reading | str:
    """What people changed in a workbook, read in a process of its own; where that fails, why, in Chinese."""
    (result,) = run_in_workers(read_typed, [path], limits=_LIMITS, workers=1)
    if result.failure is None and result.value is not None:
        return result.value
    return result.detail if result.failure is None else "读不出来"


def read_typed(path: Path) -> Reading | str:
    """The remark cells of a 汇总.xlsx that differ from what we wrote into it, or why it cannot be read.

    Rows are known by their hidden ids, columns by their headings: people may sort rows, and move and add columns. What
    was typed as a formula is taken by its text. Problems: `remark-formula`, `remark-cell-unread`.
    """
    try:
        data = path.read_bytes()
        grids, odd = load_grids(data, path.name), _odd_cells(data, path.name)
    except OSError as fault:
        return os_reason(fault)
    except (UnusableError, RefusedError, *BROKEN):
        return "打不开"
    sheets = [(_readable(sheet), grids[sheet.title]) for sheet in _REMARKED if sheet.title in grids]
    sheets = [(sheet, grid) for sheet, grid in sheets if _has_ids(sheet, grid)]
    if not sheets:
        return "隐藏的编号列不见了"
    hidden = _rows(PRINTED_REMARKS, grids.get(PRINTED_REMARKS.title, []), path.name, {})
    printed = {place: row.text(place.kind) for row in hidden for place in _places(row)}
    found = [
        _told(row, place, printed.get(place, ""))
        for sheet, grid in sheets
        for row in _rows(sheet, grid, path.name, odd.get(sheet.title, {}))
        for place in _places(row)
    ]
    return Reading(
        tuple(each for typed, _ in found for each in typed), tuple(each for _, told in found for each in told)
    )


def _odd_cells(data: bytes, file: str) -> Odd:
    """The formulas, errors and pictures of the sheets that have remarks."""
    kind = sniff(data)
    parts = pass_gate(data, file, _GATE) if kind in ZIPPED else {}
    if kind is not Bytes.XLSX:
        return look_at(kind, data, parts, _WHOLE_SHEET).odd
    wanted = {sheet.title for sheet in _REMARKED}
    return {title: SheetXml(xml).odd_cells() for title, xml in described(parts).sheets.items() if title in wanted}


def _readable(sheet: Sheet) -> Sheet:
    """The sheet's columns that matter here."""
    wanted: Sequence[Column] = (UNIT_ID, ROW_ID, *_ABOUT)
    return replace(sheet, columns=tuple(column for column in sheet if column in wanted or column.key in KINDS))


def _has_ids(sheet: Sheet, grid: Grid) -> bool:
    return {column.key for column in sheet if column.hidden} <= find_columns(sheet, grid)[1].keys()


def _rows(sheet: Sheet, grid: Grid, file: str, odd: Mapping[places.Place, Unreadable]) -> Iterable[Row]:
    layout = find_columns(sheet, grid)
    return rows_below(sheet, _marked(grid, layout, odd), layout, Source(file, sheet.title, 0))


def _marked(grid: Grid, layout: Layout, odd: Mapping[places.Place, Unreadable]) -> Grid:
    """The grid with the odd cells of its remark columns, for which the reader gives a result or nothing."""
    columns = {layout[1][kind] for kind in KINDS if kind in layout[1]}
    wanted = {place: cell for place, cell in odd.items() if place[1] in columns}
    if not wanted:
        return grid
    rows: list[list[Raw]] = [list(cells) for cells in grid]
    rows += [[] for _ in range(1 + max(row for row, _ in wanted) - len(rows))]
    for (row, column), cell in wanted.items():
        rows[row] += [""] * (column + 1 - len(rows[row]))
        rows[row][column] = cell
    return rows


def _places(row: Row) -> Iterator[Place]:
    """The places of a row's remark cells, blank ones too."""
    return (Place(row.text(UNIT_ID.key), row.text(ROW_ID.key), kind) for kind in KINDS if kind in row.letters)


def _told(row: Row, place: Place, printed: str) -> tuple[Sequence[Typed], Sequence[Problem]]:
    """What a remark cell says that is new, and what is to be said of how it is written."""
    text, fault = row.text(place.kind), row.cells[place.kind].fault
    if text == printed:
        return (), ()
    origin = row.origin(place.kind)
    if not place.unit_id:
        return (), (problem("remark-cell-unread", origin, text=text[:_SHOWN], why=_NO_ROW),)
    if fault and (not text.startswith(_NO_FORMULA) or text == _NO_FORMULA):
        return (), (problem("remark-cell-unread", origin, text=text[:_SHOWN], why=fault),)
    typed = Typed(place, printed, text, About(*(row.text(column.key) for column in _ABOUT)))
    return (typed,), (problem("remark-formula", origin, text=text[:_SHOWN]),) if fault else ()
