"""Bytes that came back → the grids of a workbook that claims to be ours.

Runs in worker processes only: calamine aborts its process on some files.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from xml.etree import ElementTree as ET
from zipfile import ZipFile

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum

from qingdan_xl.model import Origin
from qingdan_xl.packages.gate import GateLimits, pass_gate
from qingdan_xl.packages.oddities import Extent, as_utf8, far_cell, odd_cells
from qingdan_xl.packages.package import Package, foreign_content, read_package
from qingdan_xl.packages.refusal import RefusedError
from qingdan_xl.packages.sniff import READABLE, ZIPPED, Bytes, sniff
from qingdan_xl.problems import Problem, problem
from qingdan_xl.sheets.identity import PROPERTIES
from qingdan_xl.sheets.reading import Grid
from qingdan_xl.sheets.unit import HIDDEN_TITLE
from qingdan_xl.sheets.values import EPOCH, Raw


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may hold: as a zip, and as filled cells."""

    gate: GateLimits = field(default_factory=GateLimits)
    extent: Extent = field(default_factory=Extent)


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook as it was read: grids by sheet name in order (the hidden sheet apart), and what it says of itself.

    `properties` are the custom ones, None where the format does not let us read them; `saved_at` is UTC.
    """

    file: str
    pages: Mapping[str, Grid]
    hidden: Grid
    properties: Mapping[str, str] | None
    saved_at: datetime | None
    epoch: date = EPOCH
    notes: tuple[Problem, ...] = ()


def read_book(data: bytes, file: str, limits: Limits) -> Book:
    """Read a file that may be a unit's workbook.

    Raises RefusedError: `empty`, `not-a-workbook`, `password`, those of the gate, `not-our-form` (neither
    the properties nor the hidden sheet of ours), `far-cell`.
    """
    kind = sniff(data)
    _check_kind(kind, file)
    names = pass_gate(data, file, limits.gate) if kind in ZIPPED else ()
    notes = [problem("other-format", Origin(file), kind=kind.value)] if kind is not Bytes.XLSX else []
    if foreign := foreign_content(names):
        notes.append(problem("foreign-parts", Origin(file), what="、".join(foreign)))
    if kind is not Bytes.XLSX:
        grids = _grids(data, file)
        if HIDDEN_TITLE not in grids:
            raise RefusedError(problem("not-our-form", Origin(file)))
        return Book(file, grids, grids.pop(HIDDEN_TITLE), None, None, notes=tuple(notes))
    with ZipFile(BytesIO(data)) as archive:
        package = _package(archive, file)
        if HIDDEN_TITLE not in package.parts and not set(PROPERTIES.values()) <= package.properties.keys():
            raise RefusedError(problem("not-our-form", Origin(file)))
        sheets = {title: as_utf8(archive.read(part)) for title, part in package.parts.items() if part in names}
    _check_extent(sheets, file, limits.extent)
    grids = _marked(_grids(data, file), sheets)
    hidden = grids.pop(HIDDEN_TITLE, [])
    return Book(file, grids, hidden, package.properties, package.saved_at, package.epoch, tuple(notes))


def _check_kind(kind: Bytes, file: str) -> None:
    if kind is Bytes.EMPTY:
        raise RefusedError(problem("empty", Origin(file)))
    if kind is Bytes.ENCRYPTED:
        raise RefusedError(problem("password", Origin(file)))
    if kind not in READABLE:
        raise RefusedError(problem("not-a-workbook", Origin(file), what=kind.value))


def _package(archive: ZipFile, file: str) -> Package:
    try:
        return read_package(archive)
    except (ET.ParseError, KeyError, LookupError, ValueError) as fault:
        raise RefusedError(problem("damaged", Origin(file), why="工作簿的目录读不出来")) from fault


def _check_extent(sheets: Mapping[str, bytes], file: str, extent: Extent) -> None:
    for title, xml in sheets.items():
        if cell := far_cell(xml, extent):
            raise RefusedError(problem("far-cell", Origin(file, title), cell=f"{title}!{cell}"))


def _grids(data: bytes, file: str) -> dict[str, list[list[Raw]]]:
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        titles = [sheet.name for sheet in book.sheets_metadata if sheet.typ is SheetTypeEnum.WorkSheet]
        grids = {title: book.get_sheet_by_name(title).to_python(skip_empty_area=False) for title in titles}
        return {title: [[*cells] for cells in grid] for title, grid in grids.items()}
    except PasswordError as fault:
        raise RefusedError(problem("password", Origin(file))) from fault
    except CalamineError as fault:
        raise RefusedError(problem("damaged", Origin(file), why="单元格内容读不出来")) from fault


def _marked(grids: dict[str, list[list[Raw]]], sheets: Mapping[str, bytes]) -> dict[str, list[list[Raw]]]:
    """Put the marks of the second look where the reader gave nothing or the value of a formula.

    The hidden sheet is ours and counts by formulas; it is left as it was read.
    """
    for title, grid in grids.items():
        if title == HIDDEN_TITLE:
            continue
        for (row, column), oddity in odd_cells(sheets.get(title, b"")).items():
            while len(grid) <= row:
                grid.append([])
            grid[row] += [""] * (column + 1 - len(grid[row]))
            grid[row][column] = oddity
    return grids
