"""Stamping: the workbooks of thousands of units out of one master for each shape, at a fraction of a millisecond each.

A unit's workbook is what `unit_workbook` makes of its plan; that function is called once a shape, and tests hold that
what is stamped is the same cell for cell.
"""

from collections import OrderedDict
from collections.abc import Collection, Hashable, Mapping
from dataclasses import replace
from functools import lru_cache

from qingdan_xl.issuing.carrying import NOTHING, Carried
from qingdan_xl.issuing.hidden import identity_of
from qingdan_xl.issuing.masters import Master, make_master
from qingdan_xl.issuing.options import Options
from qingdan_xl.issuing.plan import Outline
from qingdan_xl.issuing.stamping_cast import Cast, cast, has_tokens, with_tokens
from qingdan_xl.issuing.stamping_division import (
    Divider,
    Division,
    duty_heights,
    matrix_heights,
)
from qingdan_xl.issuing.stamping_matrix import Matrix
from qingdan_xl.issuing.stamping_pages import in_pixels, raised, row_heights
from qingdan_xl.issuing.stamping_zip import BRISK, CAREFUL, THOROUGH, Entry, archive, entry
from qingdan_xl.issuing.workbook import unit_workbook

_STAMPS = 128  # that are kept: some 1 MB each
_VARIANTS = 64  # of a page that a stamp keeps: some 10 KB each
Marks = tuple[tuple[str, str], ...]
Heights = tuple[tuple[int, int], ...]


class Press:
    """Makes workbooks of one batch, the first of a shape slowly; memory does not grow with their number."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._stamps: OrderedDict[Hashable, Stamp | None] = OrderedDict()

    def workbook(self, outline: Outline, before: Carried = NOTHING) -> bytes:
        """The unit's workbook. One with answers of its own is written out, since no other is like it."""
        unit = cast(outline, self._options)
        marks = tuple(before.marks.items())
        is_like_others = unit.is_ordinary and before == Carried(before.marks)
        stamp = self._stamp(outline, unit, marks) if is_like_others else None
        return stamp.workbook(unit) if stamp else unit_workbook(outline.plan(), self._options, before)

    def _stamp(self, outline: Outline, unit: Cast, marks: Marks) -> "Stamp | None":
        key = unit.shape, marks
        if key not in self._stamps:
            self._stamps[key] = cut(outline, unit, marks, self._options)
            if len(self._stamps) > _STAMPS:
                self._stamps.popitem(last=False)
        self._stamps.move_to_end(key)
        return self._stamps[key]


def cut(outline: Outline, unit: Cast, marks: Marks, options: Options) -> "Stamp | None":
    """The stamp for all units of this one's shape and marks; none where what they share looks like tokens itself."""
    if has_tokens(outline, options):
        return None
    plan = with_tokens(outline, unit).plan()
    book = unit_workbook(plan, options, Carried(dict(marks)))
    return Stamp(make_master(book, plan, unit, identity_of(plan, options.key)), {row.number for row in unit.own})


class Stamp:
    """A master, ready to be filled in: owners of rows first, then own cells, then the units' other strings.

    `own_rows` are the numbers of the rows that say what is the unit's own.
    """

    def __init__(self, master: Master, own_rows: Collection[int]) -> None:
        self._master = replace(master, parts={name: master.parts[name] for name in (master.matrix, *master.duties)})
        cells = range(master.strings, master.strings + master.cells)
        self._places = {master.tokens.in_cell(number): place for place, number in enumerate(cells)}
        self._entries = {name: self._entry(name, part, THOROUGH) for name, part in master.parts.items()}
        self._holes = list(self._places)[master.cells :]
        self._heights = {name: row_heights(part) for name, part in self._master.parts.items()}
        self._divider = Divider(master.plan, own_rows)
        self._division = lru_cache(_VARIANTS)(self._divider.divide)
        self._page = Matrix(master, self._divider.alone)
        self._matrix = lru_cache(_VARIANTS)(self._written_matrix)
        self._duties = lru_cache(_VARIANTS)(self._raised_duties)

    def workbook(self, unit: Cast) -> bytes:
        """The workbook of a unit of the master's shape."""
        master, division = self._master, self._division(unit.oversees, unit.places)
        names = [unit.tokens.in_cell(number).fill(unit.texts) for number in range(len(unit.names))]
        owners = (names[owner] for owner in division.owners)
        filled = (*owners, *unit.filled_cells, *(hole.fill(unit.texts) for hole in self._holes))
        heights = self._above(master.matrix, matrix_heights(unit, master.plan))
        entries = self._entries | {master.matrix: self._matrix(division, heights)}
        for name, wanted in zip(master.duties, self._duty_heights(unit, division), strict=True):
            if heights := self._above(name, wanted):
                entries[name] = self._duties(name, heights)
        return archive(each.fill(filled) for each in entries.values())

    def _above(self, name: str, wanted: Mapping[int, int]) -> Heights:
        """What of these heights is more than the rows of the page have anyway."""
        return tuple((row, points) for row, points in wanted.items() if in_pixels(points) > self._heights[name][row])

    def _entry(self, name: str, part: bytes, level: int) -> Entry:
        # the macros are no text, in which a token may stand by chance
        pieces = [part] if name.endswith(".bin") else self._master.tokens.holes(part)
        return entry(name, pieces, self._places, level)

    def _duty_heights(self, unit: Cast, division: Division) -> list[dict[int, int]]:
        return duty_heights(unit, self._master.plan, zip(self._divider.leads, division.owners, strict=True))

    def _written_matrix(self, division: Division, heights: Heights) -> Entry:
        """责任矩阵 with the letters of the rows that others carry."""
        pieces = self._page.pieces(dict(division.carried), dict(heights))
        return entry(self._master.matrix, pieces, self._places, BRISK)

    def _raised_duties(self, name: str, heights: Heights) -> Entry:
        """A duty sheet some of whose texts need more room than the master gives."""
        return self._entry(name, raised(self._master.parts[name], dict(heights)), CAREFUL)
