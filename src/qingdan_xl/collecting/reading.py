"""Bytes that came back → the grids of a workbook that claims to be ours.

Runs in worker processes only: calamine aborts its process on some files.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from typing import cast

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum

from qingdan_xl.model import Origin
from qingdan_xl.packages.biff import PasswordError as EncryptedError
from qingdan_xl.packages.gate import GateLimits, pass_gate
from qingdan_xl.packages.oddities import SheetXml
from qingdan_xl.packages.package import MACROS, foreign_content
from qingdan_xl.packages.places import Extent, Look
from qingdan_xl.packages.refusal import RefusedError
from qingdan_xl.packages.sniff import READABLE, ZIPPED, Bytes, sniff
from qingdan_xl.packages.views import BROKEN, Described, described, look_at, view_xlsx
from qingdan_xl.problems import Problem, problem
from qingdan_xl.sheets.identity import PROPERTIES
from qingdan_xl.sheets.reading import Grid
from qingdan_xl.sheets.selfcheck import CHECK_TITLE
from qingdan_xl.sheets.unit import HIDDEN_TITLE
from qingdan_xl.sheets.values import EPOCH, Raw

_NO_DIRECTORY = "工作簿的目录读不出来"


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
    parts = pass_gate(data, file, limits.gate) if kind in ZIPPED else {}
    notes = [problem("other-format", Origin(file), kind=kind.value)] if kind is not Bytes.XLSX else []
    if kind is Bytes.XLSX:
        return _read_xlsx(parts, file, limits.extent, notes)
    notes += _foreign(foreign_content(tuple(parts)), file)
    look = _look(kind, data, parts, file, limits.extent)
    _check_ours(HIDDEN_TITLE in look.titles, file)
    _check_extent(look, file)
    grids = _marked(_grids(data, file), look)
    return Book(file, grids, grids.pop(HIDDEN_TITLE, []), None, None, look.epoch, tuple(notes))


def _read_xlsx(parts: Mapping[str, bytes], file: str, extent: Extent, notes: Sequence[Problem]) -> Book:
    book = _described(parts, file)
    package = book.package
    _check_ours(HIDDEN_TITLE in package.parts or set(PROPERTIES.values()) <= package.properties.keys(), file)
    foreign = foreign_content(tuple(parts))
    if CHECK_TITLE in package.parts:  # issued with the macro 一键检查; whatever became of it is never run here
        foreign = tuple(word for word in foreign if word != MACROS)
    view = view_xlsx(book, extent, SheetXml.without_areas)
    _check_extent(view.look, file)
    grids = _marked(_grids(view.data, file), view.look)
    hidden = grids.pop(HIDDEN_TITLE, [])
    return Book(
        file, grids, hidden, package.properties, package.saved_at, package.epoch, (*notes, *_foreign(foreign, file))
    )


def _foreign(found: Sequence[str], file: str) -> list[Problem]:
    return [problem("foreign-parts", Origin(file), what="、".join(found))] if found else []


def _check_kind(kind: Bytes, file: str) -> None:
    if kind is Bytes.EMPTY:
        raise RefusedError(problem("empty", Origin(file)))
    if kind is Bytes.ENCRYPTED:
        raise RefusedError(problem("password", Origin(file)))
    if kind not in READABLE:
        raise RefusedError(problem("not-a-workbook", Origin(file), what=kind.value))


def _check_ours(ours: bool, file: str) -> None:
    if not ours:
        raise RefusedError(problem("not-our-form", Origin(file)))


def _check_extent(look: Look, file: str) -> None:
    if look.far:
        raise RefusedError(problem("far-cell", Origin(file, look.far.rpartition("!")[0]), cell=look.far))


def _described(parts: Mapping[str, bytes], file: str) -> Described:
    try:
        return described(parts)
    except BROKEN as fault:
        raise RefusedError(problem("damaged", Origin(file), why=_NO_DIRECTORY)) from fault


def _look(kind: Bytes, data: bytes, parts: Mapping[str, bytes], file: str, extent: Extent) -> Look:
    """The second look at a workbook that is no .xlsx."""
    try:
        return look_at(kind, data, parts, extent)
    except EncryptedError as fault:
        raise RefusedError(problem("password", Origin(file))) from fault
    except BROKEN as fault:
        raise RefusedError(problem("damaged", Origin(file), why=_NO_DIRECTORY)) from fault


def _grids(data: bytes, file: str) -> dict[str, list[list[Raw]]]:
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        titles = [sheet.name for sheet in book.sheets_metadata if sheet.typ is SheetTypeEnum.WorkSheet]
        grids = {title: book.get_sheet_by_name(title).to_python(skip_empty_area=False) for title in titles}
        return cast(dict[str, list[list[Raw]]], grids)
    except PasswordError as fault:
        raise RefusedError(problem("password", Origin(file))) from fault
    except (CalamineError, OSError) as fault:  # OSError: a record that is longer than its part
        raise RefusedError(problem("damaged", Origin(file), why="单元格内容读不出来")) from fault


def _marked(grids: dict[str, list[list[Raw]]], look: Look) -> dict[str, list[list[Raw]]]:
    """Put the marks of the second look where the reader gave nothing or the value of a formula."""
    for title, oddities in look.odd.items():
        grid = grids.get(title, [])
        for (row, column), oddity in oddities.items() if title != HIDDEN_TITLE else ():
            while len(grid) <= row:
                grid.append([])
            grid[row] += [""] * (column + 1 - len(grid[row]))
            grid[row][column] = oddity
    return grids
