"""Copies from PDF: radicals that look like characters, and characters that were drawn twice."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace

from qingdan_xl.documents.formats.notes import note
from qingdan_xl.documents.source import Grid, Paragraph, Part, Row, Source

# The CJK radicals supplement, the Kangxi radicals and the compatibility ideographs; NFKC knows their characters.
_ODD = re.compile("[\u2e80-\u2ef3\u2f00-\u2fd5\uf900-\ufad9]")
_TWICE = re.compile("([\u2e80-\u2ef3\u2f00-\u2fd5])(.)")
_ALL_TWICE = re.compile(r"(?:(\S)\1)+")
_SHORTEST = 6
_SHOWN = 3


def without_radicals(source: Source) -> Source:
    """`source` with radicals replaced by their characters and doubled ones made single; told once, with examples."""
    if not any(_is_odd(text) for part in source.parts for text in _texts(part)):
        return source
    examples = [_around(text) for part in source.parts for text in _texts(part) if _is_odd(text)]
    parts = tuple(_plain_part(part) for part in source.parts)
    told = note("pdf-copy", count=len(examples), text="、".join(dict.fromkeys(examples[:_SHOWN])))
    return replace(source, parts=parts, notes=(*source.notes, told))


def plain(text: str) -> str:
    """One text as `without_radicals` leaves it: 卫⽣生 → 卫生, ⼯作 → 工作, 责责任任清清单单 → 责任清单."""
    single = _TWICE.sub(lambda pair: pair[1] if _character(pair[1]) == pair[2] else pair[0], text)
    single = _ODD.sub(lambda sign: _character(sign[0]), single)
    return single[::2] if _is_all_twice(single) else single


def _is_odd(text: str) -> bool:
    return bool(_ODD.search(text)) or _is_all_twice(text)


def _is_all_twice(text: str) -> bool:
    return len(text) >= _SHORTEST and bool(_ALL_TWICE.fullmatch(text)) and len(set(text)) > 1 and not text.isascii()


def _character(sign: str) -> str:
    return unicodedata.normalize("NFKC", sign)


def _around(text: str) -> str:
    found = _ODD.search(text)
    at = found.start() if found else 0
    return text[max(0, at - 2) : at + 4]


def _texts(part: Part) -> Iterable[str]:
    return (part.text,) if isinstance(part, Paragraph) else (cell for row in part.rows for cell in row.cells)


def _plain_part(part: Part) -> Part:
    if isinstance(part, Paragraph):
        return replace(part, text=plain(part.text))
    rows = (Row(row.line, tuple(plain(cell) for cell in row.cells)) for row in part.rows)
    return Grid(tuple(rows), part.name)
