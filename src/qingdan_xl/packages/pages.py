"""Any workbook → its sheets as texts: what a person sees in the cells, merged areas filled.

Runs in worker processes only: calamine aborts its process on some files.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from struct import error as StructError  # noqa: N812 - struct names its exception in lower case
from xml.etree import ElementTree as ET
from zipfile import ZipFile

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from qingdan_xl.model import Origin
from qingdan_xl.packages.biff import PasswordError as EncryptedError
from qingdan_xl.packages.biff import look_at_xls
from qingdan_xl.packages.binary import look_at_xlsb
from qingdan_xl.packages.compound import BrokenCompoundError
from qingdan_xl.packages.gate import GateLimits, pass_gate
from qingdan_xl.packages.oddities import SheetXml
from qingdan_xl.packages.opendocument import look_at_ods
from qingdan_xl.packages.package import in_utf8, read_package
from qingdan_xl.packages.percents import percent_cells, percent_styles
from qingdan_xl.packages.places import Extent, Look, Place, reference
from qingdan_xl.packages.refusal import RefusedError
from qingdan_xl.packages.sniff import ZIPPED, Bytes
from qingdan_xl.problems import Problem, problem
from qingdan_xl.sheets.values import Raw, Unreadable, as_text

_EXTENT = Extent(rows=20_000)
_STYLES = "xl/styles.xml"
_FULL = 100
_DECIMALS = 10  # of a percentage: more would show the noise of binary fractions
_BROKEN = (CalamineError, ET.ParseError, LookupError, ValueError, StructError, BrokenCompoundError)


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet: its texts by row and column from A1, whether people see it, how many formulas have no result yet."""

    title: str
    cells: tuple[tuple[str, ...], ...]
    hidden: bool = False
    unsolved: int = 0


@dataclass(frozen=True, slots=True)
class Book:
    """A file that holds a workbook: its bytes, what they are, and the name people know it by."""

    data: bytes
    kind: Bytes
    file: str


@dataclass(frozen=True, slots=True)
class _View:
    """A workbook as calamine is to read it, the second look at it, and the A1 references of shares by sheet."""

    data: bytes
    look: Look
    shares: Mapping[str, frozenset[str]]


def read_pages(book: Book) -> tuple[Page, ...] | Problem:
    """All sheets of a workbook in order, or what keeps it out: `far-cell`, `password`, `damaged` and the gate's."""
    try:
        parts = pass_gate(book.data, book.file, GateLimits()) if book.kind in ZIPPED else {}
        view = _view_xlsx(book, parts) if book.kind is Bytes.XLSX else _View(book.data, _look(book, parts), {})
        if view.look.far:
            return problem("far-cell", Origin(book.file, view.look.far.rpartition("!")[0]), cell=view.look.far)
        return tuple(_pages(view))
    except RefusedError as refused:
        return refused.problem
    except (PasswordError, EncryptedError):
        return problem("password", Origin(book.file))
    except _BROKEN:
        return problem("damaged", Origin(book.file), why="工作簿的内容读不出来")


def _view_xlsx(book: Book, parts: Mapping[str, bytes]) -> _View:
    plain = {name: in_utf8(xml) for name, xml in parts.items()}
    places = {title: part for title, part in read_package(plain).parts.items() if part in plain}
    sheets = {title: SheetXml(plain[part]) for title, part in places.items()}
    far = next((f"{title}!{cell}" for title, sheet in sheets.items() if (cell := sheet.far_cell(_EXTENT))), "")
    look = Look((*sheets,), {title: sheet.odd_cells() for title, sheet in sheets.items()}, far)
    styles = percent_styles(plain[_STYLES]) if _STYLES in plain else frozenset()
    shares = {title: percent_cells(sheet.xml, styles) for title, sheet in sheets.items()}
    plain |= {part: sheets[title].with_known_errors() for title, part in places.items()}
    changed = {part: xml for part, xml in plain.items() if xml is not parts[part]}
    return _View(_repacked(book.data, changed) if changed else book.data, look, shares)


def _look(book: Book, parts: Mapping[str, bytes]) -> Look:
    """The second look at a workbook that is no .xlsx."""
    match book.kind:
        case Bytes.XLS:
            return look_at_xls(book.data, _EXTENT)
        case Bytes.ODS:
            return look_at_ods(parts, _EXTENT)
        case _:
            return look_at_xlsb(parts, _EXTENT)


def _repacked(data: bytes, changed: Mapping[str, bytes]) -> bytes:
    """The same zip with other bytes in some parts, for a reader that would not understand them as they came."""
    buffer = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(buffer, "w") as new:
        for name in old.namelist():
            new.writestr(name, changed[name] if name in changed else old.read(name))
    return buffer.getvalue()


def _pages(view: _View) -> Iterator[Page]:
    workbook = CalamineWorkbook.from_filelike(BytesIO(view.data))
    for sheet in workbook.sheets_metadata:
        if sheet.typ is not SheetTypeEnum.WorkSheet:
            continue
        read = workbook.get_sheet_by_name(sheet.name)
        shares = view.shares.get(sheet.name, frozenset())
        grid = [
            [_text(raw, (row, column), shares) for column, raw in enumerate(cells)]
            for row, cells in enumerate(read.to_python(skip_empty_area=False))
        ]
        unsolved = _mark(grid, view.look.odd.get(sheet.name, {}))
        _fill(grid, read.merged_cell_ranges or ())
        hidden = sheet.visible is not SheetVisibleEnum.Visible
        yield Page(sheet.name, tuple(map(tuple, grid)), hidden, unsolved)


def _text(raw: Raw, place: Place, shares: frozenset[str]) -> str:
    if isinstance(raw, float) and shares and reference(place) in shares:
        return f"{as_text(round(raw * _FULL, _DECIMALS))}%"
    if isinstance(raw, date) and (not isinstance(raw, datetime) or raw.time() == datetime.min.time()):
        return f"{raw.year}年{raw.month}月{raw.day}日"
    return as_text(raw).strip()


def _mark(grid: list[list[str]], odd: Mapping[Place, Unreadable]) -> int:
    """Put error words where the reader gave nothing; how many formulas and pictures show nothing at all."""
    unsolved = 0
    for (row, column), oddity in odd.items():
        if row < len(grid) and column < len(grid[row]) and grid[row][column]:
            continue
        if oddity.text.startswith("#"):
            _put(grid, (row, column), oddity.text)
        else:
            unsolved += 1
    return unsolved


def _put(grid: list[list[str]], place: Place, text: str) -> None:
    row, column = place
    grid.extend([] for _ in range(row + 1 - len(grid)))
    grid[row].extend([""] * (column + 1 - len(grid[row])))
    grid[row][column] = text


def _fill(grid: list[list[str]], areas: Iterable[tuple[Place, Place]]) -> None:
    """Every cell of a merged area holds the text of its first."""
    for (top, left), (bottom, right) in areas:
        text = grid[top][left] if top < len(grid) and left < len(grid[top]) else ""
        for cells in grid[top : bottom + 1] if text else ():
            cells[left : right + 1] = [text] * len(cells[left : right + 1])
