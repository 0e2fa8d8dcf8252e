"""How the strings that differ between units get into a workbook's XML: found by tokens, written the same way again.

A token is one character of a plane that no text uses, and behind it signs that every way of writing a text treats in
its own manner. What became of those signs in a finished workbook tells which way the token went. Plain strings, which
every way leaves as they are, need no signs: their masters are smaller.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce

from qingdan_xl.issuing.formulas import literal
from qingdan_xl.sheets.writing import clean

Step = Callable[[str], str]

_FIRST = 0xF0000  # private use: clean keeps it, XML allows it
_SIGNS = '\x01&~"'
_UNSEEN = r"\x7f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufffe\uffff"
_PLAIN = re.compile(rf"[^\s\x00-\x1f&<>\"'~*?_{_UNSEEN}]*")
_KEPT_IN_CELLS = re.compile(rf"[^\x00-\x08\x0b-\x1f&<>_{_UNSEEN}]*")
_ESCAPED = re.compile("(_x[0-9a-fA-F]{4}_)")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f]")


def _footer(text: str) -> str:
    return text.replace("&", "&&").replace("&[Picture]", "&G")


def _xml(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _attribute(text: str) -> str:
    return _xml(text).replace('"', "&quot;").replace("\n", "&#xA;")


def _element(text: str) -> str:
    """Excel's own escape for what XML cannot hold, and for a text that looks like that escape."""
    text = _CONTROL.sub(lambda match: f"_x{ord(match[0]):04X}_", _ESCAPED.sub(r"_x005F\1", text))
    return _xml(text).replace("\ufffe", "_xFFFE_").replace("\uffff", "_xFFFF_")


# the ways there are; where two leave the signs alike, the first is meant
_WAYS: tuple[tuple[Step, ...], ...] = (
    (_element,),
    (clean, _element),
    (literal, clean, _element),
    (_footer, _element),
    (_xml,),
    (_attribute,),
    (clean, _attribute),
)


def _along(way: Sequence[Step], text: str) -> bytes:
    return reduce(lambda done, step: step(done), way, text).encode()


_BY_SIGNS = {_along(way, _SIGNS): way for way in reversed(_WAYS)}
_LONGEST_FIRST = sorted(map(re.escape, _BY_SIGNS), key=lambda signs: -len(signs))
_TOKEN = re.compile(b"(\xf3[\xb0-\xbf][\x80-\xbf]{2})(" + b"|".join(_LONGEST_FIRST) + b")?")


@dataclass(frozen=True, slots=True)
class Hole:
    """A place in XML where the unit's string of this number goes in, on this way."""

    number: int
    way: tuple[Step, ...]

    def fill(self, texts: Sequence[str]) -> bytes:
        """What stands there in the workbook of the unit with these strings."""
        text = texts[self.number]
        return text.encode() if not self.way or is_plain(text) else _along(self.way, text)


def is_plain(text: str) -> bool:
    """Whether a text stands in XML as it is, on whichever way it gets there."""
    return _PLAIN.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of one master; with `signs` for strings of any kind, without for such as are plain."""

    signs: str

    def token(self, number: int) -> str:
        """The stand-in of the unit's string of this number."""
        return chr(_FIRST + number) + self.signs

    def in_element(self, number: int) -> Hole:
        """The hole of a string that was written into the text of an XML element as it is."""
        return Hole(number, (_element,) if self.signs else ())

    def in_cell(self, number: int) -> Hole:
        """The hole of a string that was written into a cell."""
        return Hole(number, (clean, _element) if self.signs else ())

    def in_cells(self, texts: Sequence[str]) -> list[bytes]:
        """As `in_cell`, what stands in cells with these texts; mostly they need no look one by one."""
        if _KEPT_IN_CELLS.fullmatch("".join(texts)):
            return [text.encode() for text in texts]
        return [self.in_cell(number).fill(texts) for number in range(len(texts))]

    def written(self, hole: Hole) -> bytes:
        """What stands in the hole of a master."""
        return _along(hole.way, self.token(hole.number))

    def holes(self, xml: bytes) -> list[bytes | Hole]:
        """The XML taken apart at its tokens: texts and holes in turn, beginning and ending with a text.

        LookupError where a token was written in a way that is not known here.
        """
        found: list[bytes | Hole] = []
        end = 0
        for match in _TOKEN.finditer(xml):
            way = _BY_SIGNS[match[2]] if self.signs else ()
            found += [xml[end : match.start()], Hole(ord(match[1].decode()) - _FIRST, way)]
            end = match.end() if self.signs else match.end(1)
        return [*found, xml[end:]]


PLAIN, MARKED = Tokens(""), Tokens(_SIGNS)
