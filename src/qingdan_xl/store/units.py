"""Stored rows unit by unit."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from qingdan_xl.sheets.values import Value


class ByUnit:
    """The rows of a sheet as Store.rows gives them, of which those of one unit are in memory at a time.

    Units are to be asked for in the order of their ids.
    """

    def __init__(self, rows: Iterable[Mapping[str, Value]]) -> None:
        self._groups = groupby(rows, key=lambda row: str(row["unit_id"]))
        self._next = next(self._groups, None)

    def of(self, unit_id: str) -> Iterator[Mapping[str, Value]]:
        """The rows of a unit; those of smaller ids that nobody asked for are passed over."""
        while self._next and self._next[0] < unit_id:
            self._next = next(self._groups, None)
        return self._next[1] if self._next and self._next[0] == unit_id else iter(())
