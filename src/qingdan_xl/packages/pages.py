"""Any workbook → its sheets as texts: what a person sees in the cells, merged areas filled.

Runs in worker processes only: calamine aborts its process on some files.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from qingdan_xl.model import Origin
from qingdan_xl.packages.biff import PasswordError as EncryptedError
from qingdan_xl.packages.gate import GateLimits, pass_gate
from qingdan_xl.packages.percents import percent_cells, percent_styles
from qingdan_xl.packages.places import Extent, Place, reference
from qingdan_xl.packages.refusal import RefusedError
from qingdan_xl.packages.sniff import ZIPPED, Bytes
from qingdan_xl.packages.views import BROKEN, Described, View, described, look_at, view_xlsx
from qingdan_xl.problems import Problem, problem
from qingdan_xl.sheets.values import Raw, Unreadable, as_text

_EXTENT = Extent(rows=20_000)
_STYLES = "xl/styles.xml"
_FULL = 100
_DECIMALS = 10  # of a percentage: more would show the noise of binary fractions


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


def read_pages(book: Book) -> tuple[Page, ...] | Problem:
    """All sheets of a workbook in order, or what keeps it out: `far-cell`, `password`, `damaged` and the gate's."""
    try:
        parts = pass_gate(book.data, book.file, GateLimits()) if book.kind in ZIPPED else {}
        whole = described(parts) if book.kind is Bytes.XLSX else None
        view = view_xlsx(whole, _EXTENT) if whole else View(book.data, look_at(book.kind, book.data, parts, _EXTENT))
        if view.look.far:
            return problem("far-cell", Origin(book.file, view.look.far.rpartition("!")[0]), cell=view.look.far)
        return tuple(_pages(view, _shares(whole) if whole else {}))
    except RefusedError as refused:
        return refused.problem
    except (PasswordError, EncryptedError):
        return problem("password", Origin(book.file))
    except (CalamineError, *BROKEN):
        return problem("damaged", Origin(book.file), why="工作簿的内容读不出来")


def _shares(book: Described) -> dict[str, frozenset[str]]:
    """The A1 references of the cells that show shares, by sheet."""
    styles = percent_styles(book.parts[_STYLES]) if _STYLES in book.parts else frozenset()
    return {title: percent_cells(xml, styles) for title, xml in book.sheets.items()}


def _pages(view: View, shown: Mapping[str, frozenset[str]]) -> Iterator[Page]:
    workbook = CalamineWorkbook.from_filelike(BytesIO(view.data))
    for sheet in workbook.sheets_metadata:
        if sheet.typ is not SheetTypeEnum.WorkSheet:
            continue
        read = workbook.get_sheet_by_name(sheet.name)
        shares = shown.get(sheet.name, frozenset())
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
