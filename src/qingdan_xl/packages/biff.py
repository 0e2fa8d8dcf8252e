"""The second look at an .xls or .et: its records, for formulas and errors that a reader gives as empty or as values."""

import struct
from collections.abc import Iterator

from qingdan_xl.packages.compound import BrokenCompoundError, stream
from qingdan_xl.packages.places import Extent, Look, Place, error_cell, first_outside, formula_cell
from qingdan_xl.sheets.values import EPOCH, EPOCH_1904, Unreadable

_BOF, _FILE_PASS, _DATE_1904, _SHEET, _END_OF_PART = 0x809, 0x2F, 0x22, 0x85, 0x0A
_FORMULA, _BOOL_OR_ERROR, _MANY_NUMBERS = 0x06, 0x205, 0xBD
_VALUES = frozenset({0x203, 0x27E, 0xFD, 0x204, 0xD6, _FORMULA, _BOOL_OR_ERROR, _MANY_NUMBERS})
_BIFF8 = 0x600
_WORKSHEET = 0
ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


class PasswordError(Exception):
    """The workbook's records are encrypted."""


def look_at_xls(data: bytes, extent: Extent) -> Look:
    """Go through an .xls once; BrokenCompoundError where it is not whole, PasswordError where it is encrypted."""
    book = stream(data, ("Workbook", "Book"))
    try:
        return _look(book, extent)
    except (struct.error, IndexError) as fault:
        raise BrokenCompoundError from fault


def _look(book: bytes, extent: Extent) -> Look:
    sheets: dict[str, int] = {}
    epoch, version = EPOCH, _BIFF8
    for kind, body in _records(book, 0):
        if kind == _BOF:
            version = int.from_bytes(body[:2], "little")
        elif kind == _FILE_PASS:
            raise PasswordError
        elif kind == _DATE_1904:
            epoch = EPOCH_1904 if body[:1] == b"\1" else EPOCH
        elif kind == _SHEET and body[5] == _WORKSHEET:
            sheets[_name(body, version)] = int.from_bytes(body[:4], "little")
    odd, far = {}, ""
    for title, start in sheets.items():
        outside = first_outside(_places(book, start), extent)
        far = far or (f"{title}!{outside}" if outside else "")
        odd[title] = dict(_odd_cells(book, start))
    return Look(tuple(sheets), odd, far, epoch)


def _places(book: bytes, start: int) -> Iterator[Place]:
    """Where anything stands on a sheet."""
    for kind, body in _records(book, start):
        if kind in _VALUES:
            row, column = struct.unpack_from("<HH", body)
            yield row, int.from_bytes(body[-2:], "little") if kind == _MANY_NUMBERS else column


def _odd_cells(book: bytes, start: int) -> Iterator[tuple[Place, Unreadable]]:
    for kind, body in _records(book, start):
        if kind == _FORMULA:
            yield struct.unpack_from("<HH", body), formula_cell("")
        elif kind == _BOOL_OR_ERROR and body[7]:
            yield struct.unpack_from("<HH", body), error_cell(ERRORS.get(body[6], "#"))


def _records(book: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """The records of one part, to its end."""
    while start + 4 <= len(book):
        kind, size = struct.unpack_from("<HH", book, start)
        yield kind, book[start + 4 : start + 4 + size]
        if kind == _END_OF_PART:
            return
        start += 4 + size


def _name(body: bytes, version: int) -> str:
    length = body[6]
    if version < _BIFF8:
        return body[7 : 7 + length].decode("gb18030", "replace")
    wide = body[7] & 1
    return body[8 : 8 + length * (1 + wide)].decode("utf-16-le" if wide else "latin-1", "replace")
