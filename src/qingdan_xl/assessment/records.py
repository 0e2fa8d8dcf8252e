"""Rows of a declared sheet ⇄ frozen dataclasses whose fields have the names of the columns."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import MISSING, fields
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar, get_args, get_type_hints

from qingdan_xl.sheets.choices import YES
from qingdan_xl.sheets.declaration import Sheet, Type
from qingdan_xl.sheets.reading import Row
from qingdan_xl.sheets.writing import Cell

_Record = TypeVar("_Record")
_STRONG = re.compile(r"[;；\n]+")
_WEAK = re.compile(r"[、,，]+")
_NUMERAL = re.compile(r"[一二三四五六七八九十百]+")
_HUNDRED = 100


def records(
    kind: Callable[..., _Record], rows: Iterable[Row], sheet: Sheet, lists: Mapping[str, Sequence[str]], at: str = ""
) -> tuple[_Record, ...]:
    """The rows whose required cells can be read and chosen, as values; the others have their problems already.

    A blank cell, or a word that is not among the choices, leaves the field at its default; names apart by 、 become a
    tuple; the field `origin` is the cell of column `at`, else that of the first required column.
    """
    place = at or next(column.key for column in sheet if column.required)
    hints, defaults = get_type_hints(kind), _defaults(kind)
    return tuple(
        kind(origin=row.origin(place), **_given(row, hints, defaults)) for row in rows if _is_whole(row, sheet, lists)
    )


def _given(row: Row, hints: Mapping[str, Any], defaults: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that the row's cells give; a text without a default is ''."""
    values = {key: _value(hints[key], row, key) for key in defaults}
    return {
        key: "" if value is None else value
        for key, value in values.items()
        if value is not None or defaults[key] is MISSING
    }


def _is_whole(row: Row, sheet: Sheet, lists: Mapping[str, Sequence[str]]) -> bool:
    return all(
        row.value(column.key) is not None
        and (column.choices not in lists or row.text(column.key) in lists[column.choices])
        for column in sheet
        if column.required
    )


def cells(value: object, sheet: Sheet) -> dict[str, Cell]:
    """The same value as cells by column key; what is as by default, and need not be there, is blank."""
    defaults = _defaults(type(value))
    own = {column: getattr(value, column.key) for column in sheet if column.key in defaults}
    return {
        column.key: _cell(what, column.type)
        for column, what in own.items()
        if column.required or what != defaults[column.key]
    }


def _defaults(kind: Any) -> dict[str, Any]:  # noqa: ANN401 - any dataclass
    return {field.name: field.default for field in fields(kind) if field.name != "origin"}


def _value(hint: Any, row: Row, key: str) -> Any:  # noqa: ANN401 - a field of a record may be anything
    """The cell as a field of this type, None where it is blank or cannot be one."""
    text = row.text(key)
    if not text:
        return None
    if hint == tuple[str, ...]:
        return split_words(text)
    kinds = [part for part in (*get_args(hint), hint) if isinstance(part, type)]
    if Decimal in kinds:
        value = row.value(key)
        return value if isinstance(value, Decimal) else None
    if bool in kinds:
        return row.value(key) == YES
    words = next((kind for kind in kinds if issubclass(kind, StrEnum)), None)
    if words is not None:
        return words(text) if text in tuple(words) else None
    return text


def split_words(text: str) -> tuple[str, ...]:
    """Several words typed into one cell, apart by 、 or a comma, or by ； or line breaks where they hold such.

    The number before a title parts nothing: 一、加强学习、改进作风 are two.
    """
    if _STRONG.search(text):
        return tuple(part.strip() for part in _STRONG.split(text) if part.strip())
    found: list[str] = []
    number = ""
    for part in (part.strip() for part in _WEAK.split(text)):
        if _NUMERAL.fullmatch(part):
            number = f"{part}、"
        elif part:
            found.append(number + part)
            number = ""
    return tuple(found)


def join_words(words: Sequence[str]) -> str:
    """The same words as one cell that `split_words` takes apart again."""
    plain = "、".join(words)
    return plain if split_words(plain) == tuple(words) else "".join(f"{word}；" for word in words)


def _cell(value: Any, type_: Type) -> Cell:  # noqa: ANN401 - a field of a record may be anything
    if isinstance(value, tuple):
        return join_words(value)
    if isinstance(value, bool):
        return YES if value else ""
    if isinstance(value, StrEnum):
        return value.value
    if type_ is Type.PERCENT and isinstance(value, Decimal):
        return value / _HUNDRED
    return value  # type: ignore[no-any-return]
