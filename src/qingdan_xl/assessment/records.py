"""Rows of a declared sheet ⇄ frozen dataclasses whose fields have the names of the columns."""

import re
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar, get_args, get_type_hints

from qingdan_xl.sheets.declaration import Sheet, Type
from qingdan_xl.sheets.reading import Row
from qingdan_xl.sheets.writing import Cell

_Record = TypeVar("_Record")
_APART = re.compile(r"[、,，;；\s]+")
_HUNDRED = 100


def record(kind: type[_Record], row: Row, sheet: Sheet) -> _Record:
    """A row as a value of this dataclass.

    A blank cell, or a word that is not among the choices, leaves the field at its default; names apart by 、 become a
    tuple; the field `origin` is the cell of the sheet's first required column.
    """
    first = next(column.key for column in sheet if column.required)
    given: dict[str, Any] = {"origin": row.origin(first)}
    for key, field in _fields(kind).items():
        value = _value(_hints(kind)[key], row, key)
        if value is not None:
            given[key] = value
        elif field.default is MISSING:
            given[key] = ""
    return kind(**given)


def cells(value: object, sheet: Sheet) -> Mapping[str, Cell]:
    """The same value as cells by column key."""
    return {column.key: _cell(getattr(value, column.key), column.type) for column in sheet}


def _fields(kind: Any) -> dict[str, Field[Any]]:  # noqa: ANN401 - any dataclass
    return {field.name: field for field in fields(kind) if field.name != "origin"}


def _hints(kind: Any) -> dict[str, Any]:  # noqa: ANN401 - any dataclass
    return get_type_hints(kind)


def _value(hint: Any, row: Row, key: str) -> Any:  # noqa: ANN401 - a field of a record may be anything
    """The cell as a field of this type, None where it is blank or cannot be one."""
    kinds = [part for part in (*get_args(hint), hint) if isinstance(part, type)]
    text = row.text(key)
    if not text:
        return None
    if Decimal in kinds:
        value = row.value(key)
        return value if isinstance(value, Decimal) else None
    if bool in kinds:
        return bool(row.value(key))
    words = next((kind for kind in kinds if issubclass(kind, StrEnum)), None)
    if words is not None:
        return words(text) if text in tuple(words) else None
    return tuple(filter(None, _APART.split(text))) if hint == tuple[str, ...] else text


def _cell(value: Any, type_: Type) -> Cell:  # noqa: ANN401 - a field of a record may be anything
    if isinstance(value, tuple):
        return "、".join(value)
    if isinstance(value, bool):
        return "√" if value else ""
    if isinstance(value, StrEnum):
        return value.value
    if type_ is Type.PERCENT and isinstance(value, Decimal):
        return value / _HUNDRED
    return value  # type: ignore[no-any-return]
