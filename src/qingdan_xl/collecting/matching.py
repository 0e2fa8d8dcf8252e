"""Which sheet of a file is which, and which duty each row is: by ids and headings, never by position or name alone."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from qingdan_xl.collecting.form import Form
from qingdan_xl.collecting.reading import Book
from qingdan_xl.issuing.plan import PlanRow, RoleSheet
from qingdan_xl.sheets.declaration import Column, Sheet
from qingdan_xl.sheets.identity import text_hash
from qingdan_xl.sheets.own import OwnColumn, with_own
from qingdan_xl.sheets.reading import (
    Grid,
    Layout,
    Row,
    Source,
    columns_of,
    heading_names,
    heading_rows,
    heading_text,
    rows_below,
)
from qingdan_xl.sheets.unit import DUTIES, LEDGERS, MATRIX, MATRIX_PERSON, ROW_ID, SIGNATURES
from qingdan_xl.sheets.values import as_text

_SHARE = 0.6  # of a sheet's headings that must be there to take it for that sheet


class Mark(StrEnum):
    """How a row was recognised."""

    ID = "id"
    EDITED = "edited"  # by its id, though its text is not the issued one
    TEXT = "text"  # by its exact text, its id being gone
    MOVED = "moved"  # by its exact text, its id being another row's


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet of the file that was recognised: what it is declared as, and where its columns stand."""

    title: str
    sheet: Sheet
    grid: Grid
    layout: Layout


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A row of a duty sheet as it came back, with the issued row it is."""

    row: Row
    issued: PlanRow
    sheet: RoleSheet
    mark: Mark


@dataclass(frozen=True, slots=True)
class Matched:
    """Everything in a file that belongs to the form, and what could not be told.

    `ledgers` are rows by sheet key; `matrix` rows carry a cell `person:<name>` a person; `copies` pair a sheet that was
    not read with the one it copies; `doubled` rows are the second of their duty, `strays` belong to no duty.
    """

    file: str
    pages: tuple[Page, ...]
    duties: tuple[DutyRow, ...]
    ledgers: Mapping[str, tuple[Row, ...]]
    matrix: tuple[Row, ...]
    copies: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]
    doubled: tuple[Row, ...]
    strays: tuple[Row, ...]


def match(book: Book, form: Form) -> Matched:
    """Find the form's sheets and rows in the workbook."""
    matrix = _matrix_sheet(form.people)
    wanted = {sheet.title: sheet for sheet in (*map(form.sheet, (*LEDGERS, SIGNATURES)), matrix)}
    known = _known(form.plan.own, form.people)
    found: dict[str, list[Page]] = defaultdict(list)
    for title, grid in book.pages.items():
        if page := _recognise(title, grid, known):
            found[_issued_title(page, form)].append(page)
    issued = [*(sheet.title for sheet in form.plan.sheets), *wanted]
    chosen = {title: _original(found[title], title) for title in issued if found[title]}
    read = {title: _rows(page, book, form) for title, page in chosen.items()}
    duties, doubled, strays = _resolve(read, form)
    return Matched(
        book.file,
        tuple(chosen.values()),
        tuple(duties),
        {sheet.key: read.get(title, ()) for title, sheet in wanted.items() if sheet is not matrix},
        read.get(matrix.title, ()),
        tuple((page.title, chosen[title].title) for title in issued for page in found[title] if page != chosen[title]),
        tuple(title for title in issued if title not in chosen),
        tuple(doubled),
        tuple(strays),
    )


def answered(form: Form) -> Sheet:
    """What is read of a duty sheet: what tells its rows apart, and the answers; the rest was issued and is known."""
    return _answered(form.plan.own)


@lru_cache(maxsize=256)
def _answered(own: tuple[OwnColumn, ...]) -> Sheet:
    columns = with_own(DUTIES, own).columns
    return replace(DUTIES, columns=tuple(c for c in columns if c.editable or c.key in (ROW_ID.key, "text")))


def person_key(name: str) -> str:
    """The key of a person's column in the matrix."""
    return f"person:{name}"


@lru_cache(maxsize=256)
def _known(own: tuple[OwnColumn, ...], people: tuple[str, ...]) -> tuple[tuple[Sheet, Mapping[str, str]], ...]:
    """The sheets that a file may hold, each with what its columns may be called."""
    sheets = (_answered(own), *(with_own(sheet, own) for sheet in (*LEDGERS, SIGNATURES)), _matrix_sheet(people))
    return tuple((sheet, heading_names(sheet)) for sheet in sheets)


@lru_cache(maxsize=256)
def _matrix_sheet(people: tuple[str, ...]) -> Sheet:
    persons = tuple(Column(person_key(name), name, MATRIX_PERSON.type, editable=True) for name in people)
    text = tuple(column for column in MATRIX if column.key != "check")
    return replace(MATRIX, columns=(*text, *persons))


def _recognise(title: str, grid: Grid, sheets: Sequence[tuple[Sheet, Mapping[str, str]]]) -> Page | None:
    """The declared sheet most of whose headings stand on one row of this one."""
    best: Page | None = None
    most = 0.0
    words = frozenset(word for _, names in sheets for word in names)
    for number, row in enumerate(heading_rows(grid)):
        if words.isdisjoint(row):  # as most rows do
            continue
        for sheet, names in sheets:
            places = columns_of(names, row)
            share = len(places) / len(sheet.columns)
            if share >= _SHARE and share > most:
                best, most = Page(title, sheet, grid, (number, places)), share
        if most == 1:  # no later row can hold more
            break
    return best


def _issued_title(page: Page, form: Form) -> str:
    """The title under which this sheet was issued; for a duty sheet that of most of its row ids, or of its texts."""
    if page.sheet.key != DUTIES.key:
        return page.sheet.title
    titles = {row.id: sheet.title for sheet, row in form.plan.rows()}
    counted = Counter(titles[text] for text in _texts(page.grid) if text in titles)
    if not counted:
        hashes = {hash_: titles[row_id] for row_id, hash_ in form.hashes.items()}
        counted = Counter(hashes[text_hash(text)] for text in _texts(page.grid) if text_hash(text) in hashes)
    return counted.most_common(1)[0][0] if counted else page.title


def _texts(grid: Grid) -> Iterable[str]:
    return (cell for cells in grid for cell in cells if isinstance(cell, str) and cell)


def _original(pages: Sequence[Page], title: str) -> Page:
    """Of several sheets that are the same one, that which still has its name, else the first."""
    return next((page for page in pages if page.title == title), pages[0])


def _rows(page: Page, book: Book, form: Form) -> tuple[Row, ...]:
    start, places = page.layout
    if ROW_ID.key in page.sheet.keys:
        places = {**places, **_id_place(page, form)}
    source = Source(book.file, page.title, form.plan.year, book.epoch)
    return rows_below(page.sheet, page.grid, (start, places), source)


def _id_place(page: Page, form: Form) -> dict[str, int]:
    """The column with most of the row ids, whatever stands above it."""
    counted = Counter(
        index
        for cells in page.grid
        for index, cell in enumerate(cells)
        if isinstance(cell, str) and cell.strip() in form.hashes
    )
    return {ROW_ID.key: counted.most_common(1)[0][0]} if counted else {}


def _resolve(read: Mapping[str, Sequence[Row]], form: Form) -> tuple[list[DutyRow], list[Row], list[Row]]:
    """The duty of each row, the rows that are the second of theirs, and the rows of no duty."""
    issued = form.rows
    found: dict[str, DutyRow] = {}
    doubled, strays = [], []
    for sheet in form.plan.sheets:
        ids = Counter(form.hashes[row.id] for row in sheet.rows)
        by_text = {form.hashes[row.id]: row.id for row in sheet.rows if ids[form.hashes[row.id]] == 1}
        told = [(*_identify(row, form, by_text), row) for row in read.get(sheet.title, ())]
        # a row that is whole comes before one that was told by its id or its text alone
        for row_id, mark, row in sorted(told, key=lambda each: each[1] is not Mark.ID):
            if row_id is None:
                strays.append(row)
            elif row_id in found:
                doubled.append(row)
            else:
                found[row_id] = DutyRow(row, issued[row_id][1], issued[row_id][0], mark)
    return list(found.values()), doubled, strays


def _identify(row: Row, form: Form, by_text: Mapping[str, str]) -> tuple[str | None, Mark]:
    """The row id and how it was told; what people read beside their answers outweighs a hidden id."""
    row_id, hash_ = row.text(ROW_ID.key), text_hash(row.text("text"))
    same_text = by_text.get(hash_)
    if form.hashes.get(row_id) == hash_:
        return row_id, Mark.ID
    if same_text:
        return same_text, Mark.MOVED if row_id in form.hashes else Mark.TEXT
    return (row_id, Mark.EDITED) if row_id in form.hashes else (None, Mark.EDITED)


def doubled_headings(page: Page) -> list[str]:
    """The headings of a sheet's columns that stand on its heading row more than once."""
    start, _ = page.layout
    counted = Counter(heading_text(cell) for cell in page.grid[start] if as_text(cell))
    if len(counted) == counted.total():
        return []
    return [column.heading for column in page.sheet if counted[heading_text(column.heading)] > 1]
