"""汇总.xlsx as people left it → the remark cells they changed."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
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
from qingdan_xl.sheets.declaration import Sheet
from qingdan_xl.sheets.reading import Grid, Layout, Row, Source, find_columns, heading_text, load_grids, rows_below
from qingdan_xl.sheets.summary import (
    BATCH,
    BY_UNIT,
    DETAIL,
    DUTY,
    HOLDER,
    PRINTED_REMARKS,
    REMARKS,
    ROLE,
    ROW_ID,
    UNIT,
    UNIT_ID,
    WARNINGS,
)
from qingdan_xl.sheets.values import Raw, Unreadable
from qingdan_xl.summary.remarks import HEADINGS, KINDS, About, Place, Typed

# a workbook of 200,000 rows is read within these; the reader may take its process down on a damaged one
_LIMITS = Limits(seconds=300, memory=4 << 30)
_GATE = GateLimits(size=1 << 30, unpacked=2 << 30)
_WHOLE_SHEET = places.Extent(rows=1 << 20, columns=1 << 14)
_ABOUT = (UNIT, ROLE, HOLDER, DUTY)
_SHEET = replace(DETAIL, columns=(UNIT_ID, ROW_ID, *_ABOUT, *REMARKS))  # what matters of any sheet with remarks
_SHOWN = 30
_NO_FORMULA = "="
_NO_IDS = "隐藏的编号列不见了"
_NO_ROW = "这一行没有编号，不知道是哪个单位、哪一项的"

Odd = Mapping[str, Mapping[places.Place, Unreadable]]
"""By sheet, the cells that are neither empty nor a value."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The remark cells of one workbook that differ from what we wrote into it, and what of them nobody can read.

    `batch` is the newest of when it was written: what the ids of its rows are to be taken by; '' where it is not said.
    """

    typed: tuple[Typed, ...] = ()
    problems: tuple[Problem, ...] = ()
    batch: str = ""


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
        grids = load_grids(data, path.name)
        odd = _odd_cells(data, path.name, {page.title for page in _pages(grids)})
    except OSError as fault:
        return os_reason(fault)
    except (UnusableError, RefusedError, *BROKEN):
        return "打不开"
    pages = list(_pages(grids))
    if not any(page.has_ids for page in pages):
        return _NO_IDS
    hidden = list(_printed_rows(grids, path.name))
    printed = {place: row.text(place.kind) for row in hidden for place in _places(row)}
    ours = frozenset(printed.values())
    found = [
        _told(row, place, printed.get(place, ""), ours)
        for page in pages
        for row in _rows(page, path.name, odd.get(page.title, {}))
        for place in _places(row)
    ]
    return Reading(
        tuple(each for typed, _ in found for each in typed),
        tuple(each for _, told in found for each in told),
        next((batch for row in hidden if (batch := row.text(BATCH.key))), ""),
    )


def _odd_cells(data: bytes, file: str, wanted: Container[str]) -> Odd:
    """The formulas, errors and pictures of the sheets that have remarks."""
    kind = sniff(data)
    parts = pass_gate(data, file, _GATE) if kind in ZIPPED else {}
    if kind is not Bytes.XLSX:
        return look_at(kind, data, parts, _WHOLE_SHEET).odd
    return {title: SheetXml(xml).odd_cells() for title, xml in described(parts).sheets.items() if title in wanted}


@dataclass(frozen=True, slots=True)
class _Page:
    """A sheet with remark columns, under whatever name: its declaration, what it holds, and where its columns stand.

    `has_ids` tells whether its rows can be known; the ids of one that lacks some are not read.
    """

    title: str
    sheet: Sheet
    grid: Grid
    layout: Layout
    has_ids: bool


def _pages(grids: Mapping[str, Grid]) -> Iterator[_Page]:
    """The sheets that people may have written remarks on: ours, also copied or by another name."""
    ours = {sheet.title for sheet in (BY_UNIT, WARNINGS, DETAIL)}
    for title, grid in grids.items():
        start, places = find_columns(_SHEET, grid)
        places = {**places, **_named_otherwise(grid[start] if start >= 0 else (), places)}
        if title != PRINTED_REMARKS.title and places.keys() & KINDS and (title in ours or UNIT_ID.key in places):
            # a row of a duty without its own id would be taken for the unit itself
            has_ids = UNIT_ID.key in places and (ROW_ID.key in places or DUTY.key not in places)
            columns = (column for column in _SHEET if has_ids or column not in (UNIT_ID, ROW_ID))
            yield _Page(title, replace(_SHEET, columns=tuple(columns)), grid, (start, places), has_ids)


def _named_otherwise(headings: Sequence[Raw], places: Mapping[str, int]) -> dict[str, int]:
    """Remark columns whose heading people added to: 张书记批示 for 批示."""
    rest = {index: heading_text(cell) for index, cell in enumerate(headings) if index not in places.values()}
    found = {
        kind: [index for index, text in rest.items() if heading in text]
        for kind, heading in HEADINGS.items()
        if kind not in places
    }
    return {kind: indexes[0] for kind, indexes in found.items() if len(indexes) == 1}


def _printed_rows(grids: Mapping[str, Grid], file: str) -> Iterable[Row]:
    grid = grids.get(PRINTED_REMARKS.title, [])
    layout = find_columns(PRINTED_REMARKS, grid)
    return rows_below(PRINTED_REMARKS, grid, layout, Source(file, PRINTED_REMARKS.title, 0))


def _rows(page: _Page, file: str, odd: Mapping[places.Place, Unreadable]) -> Iterable[Row]:
    grid = _marked(page.grid, page.layout, odd)
    return rows_below(page.sheet, grid, page.layout, Source(file, page.title, 0))


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


def _told(row: Row, place: Place, printed: str, ours: Container[str]) -> tuple[Sequence[Typed], Sequence[Problem]]:
    """What a remark cell says that is new, and what is to be said of how it is written."""
    text, fault = row.text(place.kind), row.cells[place.kind].fault
    if text == printed or (not place.unit_id and text in ours):
        return (), ()
    origin = row.origin(place.kind)
    if not place.unit_id:
        return (), (problem("remark-cell-unread", origin, text=text[:_SHOWN], why=_NO_ROW),)
    if fault and (not text.startswith(_NO_FORMULA) or text == _NO_FORMULA):
        return (), (problem("remark-cell-unread", origin, text=text[:_SHOWN], why=fault),)
    typed = Typed(place, printed, text, About(*(row.text(column.key) for column in _ABOUT)))
    return (typed,), (problem("remark-formula", origin, text=text[:_SHOWN]),) if fault else ()
