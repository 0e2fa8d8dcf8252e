"""得分明细: every line of every subject, its points a live formula over the numbers beside it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from qingdan_xl.assessment.trail import Entry, Score
from qingdan_xl.assessment.workings import Number
from qingdan_xl.model import Origin
from qingdan_xl.sheets.assessment import TRAIL
from qingdan_xl.sheets.bulk import add_many
from qingdan_xl.sheets.declaration import Column, Sheet
from qingdan_xl.sheets.reading import column_letter
from qingdan_xl.sheets.styles import LIGHTS
from qingdan_xl.sheets.writing import FIRST_ROW, HEADING_ROW, Book, Cell, Closed, Formula
from qingdan_xl.summary.standing import Standing

MOST_LINES = 1_000_000  # a sheet has 1,048,576 rows
WAITING = "待评"
_ALWAYS = frozenset({"index", "unit", "kind", "rule", "points", "why"})
_ALLOWED = {"autofilter": True, "format_columns": True, "format_rows": True, "select_locked_cells": True}
_NO_CELL = Closed()

Line = tuple[int, str, Entry]
"""The number of a subject, its name, and one line of its score."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the lines of a subject stand: on which sheet, from which row to which (from 1)."""

    sheet: str
    first: int
    last: int

    def cells(self, letter: str, start: int = 0, end: int | None = None) -> str:
        """The absolute range of a column over the lines `start` to before `end` (from 0), over all without them."""
        last = self.last if end is None else self.first + end - 1
        return f"{self.sheet}!${letter}${self.first + start}:${letter}${last}"


@dataclass(frozen=True, slots=True)
class Trails:
    """The lines of all subjects in order: on which sheets, and where those of each subject are, None where it has none.

    The sheets have the same columns: those that any line uses.
    """

    sheet: Sheet
    pages: tuple[tuple[str, tuple[Line, ...]], ...]
    places: tuple[Place | None, ...]

    def letter(self, key: str) -> str:
        """The letter of a column."""
        return column_letter(self.sheet.keys.index(key))


def trails(scores: Sequence[Score], most: int = MOST_LINES) -> Trails:
    """Lay out the lines of all subjects: those of one are never parted, and a sheet takes at most so many."""
    laid = places(scores, most)
    pages: dict[str, list[Line]] = {TRAIL.title: []}
    for number, (score, place) in enumerate(zip(scores, laid, strict=True), 1):
        if place:
            lines = pages.setdefault(place.sheet, [])
            lines += ((number, score.subject.label, entry) for entry in score.trail)
    used = {key for score in scores for entry in score.trail for key in _used(entry)} | _ALWAYS
    sheet = replace(TRAIL, columns=tuple(column for column in TRAIL if column.key in used))
    return Trails(sheet, tuple((title, tuple(lines)) for title, lines in pages.items()), laid)


def places(scores: Iterable[Score], most: int = MOST_LINES) -> tuple[Place | None, ...]:
    """Where the lines of each subject are written, None where it has none."""
    found: list[Place | None] = []
    sheets, written = 1, 0
    for score in scores:
        if written + len(score.trail) > most:
            sheets, written = sheets + 1, 0
        first = FIRST_ROW + written + 1
        title = TRAIL.title if sheets == 1 else f"{TRAIL.title}{sheets}"
        found.append(Place(title, first, first + len(score.trail) - 1) if score.trail else None)
        written += len(score.trail)
    return tuple(found)


def write_trails(book: Book, laid: Trails) -> None:
    """Write the sheets of 得分明细, each locked but for the numbers that may be changed to see what would be."""
    for title, lines in laid.pages:
        sheet = replace(laid.sheet, title=title)
        _write(book, sheet, lines, laid.letter("points"))


def _write(book: Book, sheet: Sheet, lines: Sequence[Line], points: str) -> None:
    letters = {key: column_letter(index) for index, key in enumerate(sheet.keys)}

    def read(start: int, end: int) -> Mapping[str, list[Any]]:
        rows = [_row(line, number, letters) for number, line in enumerate(lines[start:end], FIRST_ROW + start + 1)]
        return {key: [row.get(key) for row in rows] for key in sheet.keys}

    page = add_many(book, sheet, read, len(lines))
    page.protect("", _ALLOWED)
    page.freeze_panes(FIRST_ROW, 2)
    last = FIRST_ROW + max(len(lines), 1)
    # closing lines reach over other ranges than their neighbours: that is no slip
    page.ignore_errors({"formula_differs": f"{points}{FIRST_ROW + 1}:{points}{last}"})
    if any(entry.open for _, _, entry in lines):
        state = column_letter(sheet.keys.index("state"))
        rule = {
            "type": "formula",
            "criteria": f'=${state}{FIRST_ROW + 1}="{WAITING}"',
            "format": book.styles.shade(*LIGHTS["临近"]),
        }
        page.conditional_format(HEADING_ROW + 1, 0, last - 1, len(sheet.columns) - 1, rule)


def _used(entry: Entry) -> Iterator[str]:
    """The columns in which a line has something to say."""
    yield from entry.working.numbers if entry.working else ("state",)
    given = {"section": entry.section, "item": entry.item, "words": entry.words, "data": entry.data}
    given |= {"file": entry.origin.file, "sheet": entry.origin.sheet, "cell": entry.origin.cell}
    yield from (key for key, text in given.items() if text)
    if entry.full is not None:
        yield "full"
    if entry.standing:
        yield from ("list", "number", "text")


def _row(line: Line, row: int, letters: Mapping[str, str]) -> Mapping[str, Cell]:
    number, label, entry = line
    cells: dict[str, Cell] = {"index": number, "unit": label, "amount": _NO_CELL, "full": entry.full}
    if entry.working is None:
        cells["state"] = WAITING
    else:
        formula = entry.working.formula(lambda key: f"{letters[key]}{row}", _span(entry, row, letters["points"]))
        cells |= {key: _number(number, entry) for key, number in entry.working.numbers.items()}
        cells["points"] = Closed(Formula(f"={formula}", entry.points or 0))
    return cells | {
        "section": entry.section,
        "item": entry.item,
        "kind": entry.kind.value,
        "rule": entry.rule,
        "words": entry.words,
        "data": entry.data,
        "why": entry.why,
        **duty_cells(entry.standing),
        **place_cells(entry.origin),
    }


def _number(number: Number, entry: Entry) -> Cell:
    """A number of a working; a part of the points that has no end as a decimal is divided out in the cell."""
    if isinstance(number, Decimal):
        return number
    shown = entry.full or Decimal(0)
    return shown if shown == number else Formula(f"={number.numerator}/{number.denominator}", shown)


def _span(entry: Entry, row: int, points: str) -> str:
    """What a line closes; the heading, which no sum counts, where there is nothing above to close."""
    return f"{points}{row - entry.span}:{points}{row - 1}" if entry.span else f"${points}${HEADING_ROW + 1}"


def duty_cells(standing: Standing | None) -> Mapping[str, Cell]:
    """Which duty a line is about."""
    return {"list": standing.sheet, "number": standing.number, "text": standing.text} if standing else {}


def place_cells(origin: Origin) -> Mapping[str, Cell]:
    """Where a thing stood."""
    return {"file": origin.file, "sheet": origin.sheet, "cell": origin.cell}


def shown_columns(sheet: Sheet, rows: Sequence[Mapping[str, Cell]], optional: Sequence[str]) -> Sheet:
    """The sheet without those of the optional columns that no row fills."""

    def filled(column: Column) -> bool:
        return any(row.get(column.key) not in {None, ""} for row in rows)

    return replace(sheet, columns=tuple(c for c in sheet if c.key not in optional or filled(c)))
