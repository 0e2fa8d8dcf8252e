"""Workbook bytes → rows of a declared sheet, headings found by name or alias, never by position."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from io import BytesIO

from python_calamine import CalamineError, CalamineWorkbook

from qingdan_xl.model import Origin
from qingdan_xl.problems import Problem, UnusableError, problem
from qingdan_xl.sheets.declaration import Sheet, Type
from qingdan_xl.sheets.values import BLANK, EPOCH, Parsed, Raw, Value, as_text, parse_value

Grid = Sequence[Sequence[Raw]]
Layout = tuple[int, Mapping[str, int]]
"""The heading row (index from 0, -1 for none) and the index of each column that was found."""

_HEADING_SEARCH = 30  # rows from the top in which the headings are looked for
_MOST_WORDS = 20  # of a list of choices are named in a message
_LONGEST_HEADING = 60  # characters; duty texts need not be compared


@dataclass(frozen=True, slots=True)
class Row:
    """One row that holds something: `number` from 1, parsed cells by column key, and where each stood."""

    number: int
    cells: Mapping[str, Parsed]
    letters: Mapping[str, str]
    file: str
    sheet: str

    def value(self, key: str) -> Value:
        """The parsed value; None where blank, unreadable or without its column."""
        parsed = self.cells.get(key)
        return parsed.value if parsed else None

    def text(self, key: str) -> str:
        """What the person typed, stripped; '' where blank."""
        parsed = self.cells.get(key)
        return parsed.raw if parsed else ""

    def origin(self, key: str) -> Origin:
        """Where this cell stands."""
        return Origin(self.file, self.sheet, self.number, self.letters.get(key, ""))


@dataclass(frozen=True, slots=True)
class Source:
    """Where a grid came from, the year that completes its dates, and the day its serial dates count from."""

    file: str
    title: str
    year: int
    epoch: date = EPOCH


@dataclass(frozen=True, slots=True)
class Table:
    """What a sheet holds: its rows, and the problems of headings and cells."""

    rows: tuple[Row, ...]
    problems: tuple[Problem, ...] = ()


def load_grids(data: bytes, file: str) -> dict[str, Grid]:
    """All sheets of a workbook by name, every cell in its place; UnusableError `unreadable-workbook` otherwise."""
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    except CalamineError as fault:
        raise UnusableError(problem("unreadable-workbook", Origin(file))) from fault


def load_grid(data: bytes, file: str, title: str) -> Grid | None:
    """One sheet of a workbook, None where it has none of this name; UnusableError as `load_grids`."""
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        found = title in book.sheet_names
        return book.get_sheet_by_name(title).to_python(skip_empty_area=False) if found else None
    except CalamineError as fault:
        raise UnusableError(problem("unreadable-workbook", Origin(file))) from fault


def column_letter(index: int) -> str:
    """Column index from 0 → letters as Excel shows them."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def heading_text(raw: Raw) -> str:
    """A heading as it is compared: NFKC, without white space."""
    return _heading(raw if isinstance(raw, str) else as_text(raw))


@lru_cache(maxsize=4096)
def _heading(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def find_columns(sheet: Sheet, grid: Grid) -> Layout:
    """Where the headings stand: on the row that holds most of them, each found by its heading or an alias."""
    names = heading_names(sheet)
    best: Layout = (-1, {})
    for number, places in enumerate(heading_rows(grid)):
        found = columns_of(names, places)
        if len(found) > len(best[1]):
            best = (number, found)
    return best


def heading_rows(grid: Grid) -> Iterator[Mapping[str, int]]:
    """The rows in which headings are looked for: the index of each text as headings are compared, the first of each."""
    for cells in grid[:_HEADING_SEARCH]:
        places: dict[str, int] = {}
        for index, cell in enumerate(cells):
            if cell and isinstance(cell, str) and len(cell) <= _LONGEST_HEADING:
                places.setdefault(_heading(cell), index)
        yield places


def heading_names(sheet: Sheet) -> dict[str, str]:
    """What a sheet's columns may be called, as headings are compared, with the column's key: aliases, then headings."""
    aliases = {heading_text(alias): column.key for column in sheet for alias in reversed(column.aliases)}
    return aliases | {heading_text(column.heading): column.key for column in sheet}


def columns_of(names: Mapping[str, str], places: Mapping[str, int]) -> dict[str, int]:
    """The columns whose headings stand on one row, by key; `names` are a sheet's `heading_names`."""
    # where a heading and its alias are both there, the heading comes later and wins
    return {key: places[name] for name, key in names.items() if name in places}


def read_table(sheet: Sheet, grids: Mapping[str, Grid], file: str, year: int, title: str = "") -> Table:
    """Read the declared sheet out of a workbook's grids.

    Rows without any text are left out. Problems: `missing-sheet`, `missing-heading` (required columns and ids),
    `bad-cell`, `needs-value`.
    """
    title = title or sheet.title
    if title not in grids:
        return Table((), (problem("missing-sheet", Origin(file, title), sheet=title),))
    return read_grid(sheet, grids[title], file, title, year)


def read_grid(sheet: Sheet, grid: Grid, file: str, title: str, year: int) -> Table:
    """As `read_table`, for a sheet that is already at hand under whatever title."""
    layout = find_columns(sheet, grid)
    problems = [
        problem("missing-heading", Origin(file, title), heading=column.heading)
        for column in sheet
        if column.key not in layout[1] and (column.required or column.hidden)
    ]
    rows = rows_below(sheet, grid, layout, Source(file, title, year))
    return Table(rows, (*problems, *(fault for row in rows for fault in cell_problems(sheet, row))))


def rows_below(sheet: Sheet, grid: Grid, layout: Layout, source: Source) -> tuple[Row, ...]:
    """The rows under the headings that hold anything in the columns found; none where there are no headings."""
    start, places = layout
    letters = {key: column_letter(index) for key, index in places.items()}
    wanted = [(column.key, column.type, places[column.key]) for column in sheet if column.key in places]
    blank = dict.fromkeys((key for key, _, _ in wanted), BLANK)
    rows = []
    for number, cells in enumerate(grid[start + 1 :] if start >= 0 else (), start + 2):
        width = len(cells)
        if cells.count("") == width:
            continue
        typed = {
            key: parse_value(type_, raw, source.year, source.epoch)
            for key, type_, index in wanted
            if index < width and (raw := cells[index]) is not None and raw != ""
        }
        if any(parsed.raw for parsed in typed.values()):
            rows.append(Row(number, blank | typed, letters, source.file, source.title))
    return tuple(rows)


def cell_problems(sheet: Sheet, row: Row) -> list[Problem]:
    """Cells of the row that could not be read (`bad-cell`) or should not be blank (`needs-value`)."""
    found = []
    for column in sheet:
        parsed = row.cells.get(column.key)
        if parsed is None:
            continue
        if parsed.fault:
            found.append(
                problem(
                    "bad-cell", row.origin(column.key), heading=column.heading, text=parsed.raw[:40], why=parsed.fault
                )
            )
        elif column.required and parsed.value is None:
            found.append(problem("needs-value", row.origin(column.key), heading=column.heading))
    return found


def shown_words(words: Sequence[str]) -> str:
    """The words of a list in one line, of a long one the first and how many they are."""
    more = f" 等 {len(words)} 个" if len(words) > _MOST_WORDS else ""
    return "、".join(words[:_MOST_WORDS]) + more


def choice_problems(table: Table, sheet: Sheet, lists: Mapping[str, Sequence[str]]) -> list[Problem]:
    """Cells of CHOICE columns that hold none of their list's words, each as `not-a-choice`."""
    return [
        problem(
            "not-a-choice",
            row.origin(column.key),
            heading=column.heading,
            text=row.text(column.key),
            choices=shown_words(lists[column.choices]),
        )
        for row in table.rows
        for column in sheet
        if column.type is Type.CHOICE
        and column.choices in lists
        and row.text(column.key)
        and row.text(column.key) not in lists[column.choices]
    ]
