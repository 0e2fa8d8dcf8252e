"""The second look at an .xlsb: its records, for formulas and errors that a reader gives as empty or as values."""

import struct
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree as ET

from qingdan_xl.packages.biff import ERRORS
from qingdan_xl.packages.places import Extent, Look, Place, error_cell, first_outside, formula_cell
from qingdan_xl.sheets.values import EPOCH, EPOCH_1904, Unreadable

_ROW, _ERROR, _SETTINGS, _SHEET = 0, 3, 153, 156
_FORMULAS = frozenset({8, 9, 10, 11})
_VALUES = frozenset({2, 3, 4, 5, 6, 7, 62, *_FORMULAS})
_WORKBOOK, _RELATIONS = "xl/workbook.bin", "xl/_rels/workbook.bin.rels"


def look_at_xlsb(parts: Mapping[str, bytes], extent: Extent) -> Look:
    """Go through the parts of an .xlsb once; KeyError, struct.error, IndexError or ET.ParseError where it is broken."""
    relations = ET.fromstring(parts[_RELATIONS])  # noqa: S314 - the gate has refused every DOCTYPE
    targets = {
        relation.get("Id", ""): f"xl/{relation.get('Target', '').removeprefix('/xl/')}" for relation in relations
    }
    sheets, epoch = {}, EPOCH
    for kind, body in _records(parts[_WORKBOOK]):
        if kind == _SETTINGS:
            epoch = EPOCH_1904 if body[0] & 1 else EPOCH
        elif kind == _SHEET:
            relation, end = _text(body, 8)
            sheets[_text(body, end)[0]] = parts.get(targets.get(relation, ""), b"")
    odd, far = {}, ""
    for title, content in sheets.items():
        outside = first_outside((place for place, kind, _ in _cells(content) if kind in _VALUES), extent)
        far = far or (f"{title}!{outside}" if outside else "")
        odd[title] = dict(_odd_cells(content))
    return Look(tuple(sheets), odd, far, epoch)


def _odd_cells(content: bytes) -> Iterator[tuple[Place, Unreadable]]:
    for place, kind, body in _cells(content):
        if kind in _FORMULAS:
            yield place, formula_cell("")
        elif kind == _ERROR:
            yield place, error_cell(ERRORS.get(body[8], "#"))


def _cells(content: bytes) -> Iterator[tuple[Place, int, bytes]]:
    row = 0
    for kind, body in _records(content):
        if kind == _ROW:
            row = int.from_bytes(body[:4], "little")
        elif kind in _VALUES:
            yield (row, int.from_bytes(body[:4], "little")), kind, body


def _records(content: bytes) -> Iterator[tuple[int, bytes]]:
    place = 0
    while place < len(content):
        kind = content[place]
        place += 1
        if kind & 0x80:
            kind = (kind & 0x7F) | content[place] << 7
            place += 1
        size, shift = 0, 0
        while True:
            size |= (content[place] & 0x7F) << shift
            place, shift = place + 1, shift + 7
            if not content[place - 1] & 0x80:
                break
        yield kind, content[place : place + size]
        place += size


def _text(body: bytes, start: int) -> tuple[str, int]:
    (length,) = struct.unpack_from("<I", body, start)
    end = start + 4 + 2 * length
    return body[start + 4 : end].decode("utf-16-le"), end
