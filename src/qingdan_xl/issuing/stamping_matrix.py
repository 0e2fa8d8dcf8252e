"""责任矩阵 of one shape, put together row by row: what others carry differs from unit to unit, most rows do not."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from qingdan_xl.issuing.masters import Master
from qingdan_xl.issuing.proposal import Assignment
from qingdan_xl.issuing.stamping_pages import at_cells, raised, with_strings
from qingdan_xl.issuing.stamping_text import Hole
from qingdan_xl.sheets.unit import MATRIX
from qingdan_xl.sheets.writing import FIRST_ROW

_ROWS = 4096  # of 责任矩阵 that are kept: some 600 bytes each


class Matrix:
    """A master's 责任矩阵 taken apart at the letters; `alone` is proposed for each duty row where nobody else fits."""

    def __init__(self, master: Master, alone: Sequence[Assignment]) -> None:
        self._letters = master.letters
        self._names = list(dict.fromkeys(person.name for person in master.plan.people))
        first = len(MATRIX.columns)
        columns = range(first, first + len(self._names))
        cells = [(FIRST_ROW + row, column) for row in range(len(alone)) for column in columns]
        *self._parts, tail = at_cells(master.parts[master.matrix], cells)
        text, *self._rest = master.tokens.holes(tail)
        self._tail = text if isinstance(text, bytes) else b""
        self._row = lru_cache(_ROWS)(self._written)
        self._rows = [self._written(row, each) for row, each in enumerate(alone)]

    def pieces(self, carried: Mapping[int, Assignment], heights: Mapping[int, int]) -> list[bytes | Hole]:
        """The page in texts and holes, with what is proposed for the rows that others carry, and these heights."""
        rows = self._rows.copy()
        for row, each in carried.items():
            rows[row] = self._row(row, each)
        page = b"".join((*rows, self._tail))
        return [raised(page, heights) if heights else page, *self._rest]

    def _written(self, row: int, each: Assignment) -> bytes:
        """One row up to its last letter, with what stands before it."""
        count, letters = len(self._names), each.letters
        parts = self._parts[row * count : (row + 1) * count]
        return with_strings((*parts, b""), [self._letters.get(letters.get(name, "")) for name in self._names])
