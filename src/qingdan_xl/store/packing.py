"""Rows as the store keeps them: plain values, which cost little to hand from process to process."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import chain
from json import JSONEncoder

from qingdan_xl.sheets.declaration import Type
from qingdan_xl.sheets.reading import Row
from qingdan_xl.sheets.values import BLANK, Value

Stored = str | int | None

_json = JSONEncoder(ensure_ascii=False).encode

PLACE = ("sheet_title", "row", "letters", "raw")


@dataclass(frozen=True, slots=True)
class PackedRows:
    """The rows of one sheet: `columns` names what each of their values is, PLACE first."""

    columns: tuple[str, ...]
    values: tuple[tuple[Stored, ...], ...]


Packed = Mapping[str, PackedRows]
"""By sheet key."""


def packed(rows: Mapping[str, Sequence[Row]]) -> Packed:
    """Rows by sheet key as the store keeps them."""
    return {key: _packed(found) for key, found in rows.items() if found}


def loaded(type_: Type, value: Stored) -> Value:
    """A value of the store as it was before it was packed."""
    if value is None or isinstance(value, int):
        return value
    match type_:
        case Type.DATE:
            return date.fromisoformat(value)
        case Type.PERCENT | Type.POINTS:
            return Decimal(value)
        case _:
            return value


def _packed(rows: Sequence[Row]) -> PackedRows:
    keys = tuple(dict.fromkeys(chain.from_iterable(row.cells for row in rows)))
    # the rows of a page share one mapping of letters
    letters = {id(row.letters): row.letters for row in rows}
    spelled = {place: _spelled(tuple(named.items())) for place, named in letters.items()}
    return PackedRows((*PLACE, *keys), tuple(_values(row, keys, spelled[id(row.letters)]) for row in rows))


def _values(row: Row, keys: Sequence[str], letters: str) -> tuple[Stored, ...]:
    """The values of a row; as raw texts only those that are not the text of their value."""
    values: list[Stored] = []
    raw: list[tuple[str, str]] = []
    for key in keys:
        cell = row.cells.get(key, BLANK)
        value = _stored(cell.value)
        values.append(value)
        if cell.raw and cell.raw != value:
            raw.append((key, cell.raw))
    return (row.sheet, row.number, letters, _spelled(tuple(raw)), *values)


def _stored(value: Value) -> Stored:
    if value is None or isinstance(value, (str, int)):
        return value
    return value.isoformat() if isinstance(value, date) else str(value)


@lru_cache(maxsize=4096)
def _spelled(texts: tuple[tuple[str, str], ...]) -> str:
    """Texts by column key as JSON: many rows stand under the same letters, and many of the same figures are typed."""
    return _json(dict(texts))
