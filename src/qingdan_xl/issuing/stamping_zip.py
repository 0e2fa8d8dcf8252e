"""A zip whose entries are ready but for a few strings: what is the same in every workbook is deflated once.

A deflate stream may be put together at byte boundaries: the texts between the holes are deflated beforehand, and what
is filled in between is deflated with a view of the text right before it where it is long, and stored as it is where it
is short.
"""

import struct
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter

from qingdan_xl.issuing.stamping_text import Hole

# bytes: a text between holes is deflated apart from this length on, a filled one at all from the second, with a view of
# all that a stream may look back at from the third (a maker's view is copied for each workbook)
_WORTH, _WORTH_FILLED, _WORTH_SEEING = 1500, 140, 250
# of zlib: small blocks fit XML best, but how small differs; how far what is filled in looks back, as a power of 2
_MEMORIES, _MEMORY, _VIEW, _SHORT_VIEW = (2, 3, 4, 5), 4, 15, 10
# levels of zlib: for all workbooks of a shape, for many of them, for few, for each
THOROUGH, CAREFUL, BRISK, _QUICK = 9, 8, 7, 5
_MEMORIES_OF = {THOROUGH: _MEMORIES, CAREFUL: (3,), BRISK: (_MEMORY,)}
_END = b"\x03\x00"  # an empty last block
_LOCAL, _CENTRAL, _TAIL = struct.Struct("<4s5H3L2H"), struct.Struct("<4s6H3L5H2L"), struct.Struct("<4s4H2LH")
_VERSION, _DEFLATED, _DATE, _UNIX, _MODE = 20, 8, 0x21, 3 << 8, 0o600 << 16  # as XlsxWriter: 1980-01-01, rw-------


@dataclass(frozen=True, slots=True)
class Packed:
    """An entry as it stands in the zip: its name, its deflate stream, the length and the sum of its text."""

    name: bytes
    stream: bytes
    length: int
    crc: int


@dataclass(frozen=True, slots=True)
class _Run:
    """A stretch of an entry's text and its share of the deflate stream."""

    text: bytes
    share: bytes


@dataclass(frozen=True, slots=True)
class _Stencil:
    """A stretch with holes: `pick` takes its own texts and what fills the holes, in order, out of both together."""

    texts: tuple[bytes, ...]
    pick: Callable[[tuple[bytes, ...]], Iterable[bytes]]
    maker: "zlib._Compress"

    def fill(self, filled: tuple[bytes, ...]) -> _Run:
        text = b"".join(self.pick(self.texts + filled))
        if len(text) < _WORTH_FILLED:
            return _stored(text)
        maker = self.maker.copy()
        return _Run(text, maker.compress(text) + maker.flush(zlib.Z_SYNC_FLUSH))


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of the zip, ready up to its first hole, or to the end where it has none."""

    head: Packed
    rest: tuple[_Run | _Stencil, ...]

    def fill(self, filled: tuple[bytes, ...]) -> Packed:
        """The entry with these texts in its holes."""
        if not self.rest:
            return self.head
        shares, length, crc = [self.head.stream], self.head.length, self.head.crc
        for stretch in self.rest:
            run = stretch if isinstance(stretch, _Run) else stretch.fill(filled)
            shares.append(run.share)
            length += len(run.text)
            crc = zlib.crc32(run.text, crc)
        return Packed(self.head.name, b"".join((*shares, _END)), length, crc)


def entry(name: str, pieces: Sequence[bytes | Hole], places: dict[Hole, int], level: int) -> Entry:
    """Make an entry of its texts and holes in turn, the first a text; `places` numbers the holes of all entries."""
    before = b"".join(piece for piece in pieces[:1] if isinstance(piece, bytes))
    head = _deflated(before, level)
    rest: list[_Run | _Stencil] = []
    waiting: list[bytes | int] = []
    for piece in pieces[1:]:
        if isinstance(piece, Hole):
            waiting.append(places.setdefault(piece, len(places)))
        elif len(piece) < _WORTH:
            waiting.append(piece)
        else:
            rest += [_stencil(waiting, before), _deflated(piece, level)]
            waiting, before = [], piece
    if waiting:
        rest.append(_stencil(waiting, before))
    stream = head.share if rest else head.share + _END
    return Entry(Packed(name.encode(), stream, len(head.text), zlib.crc32(head.text)), tuple(rest))


def _stencil(pieces: Sequence[bytes | int], before: bytes) -> _Stencil:
    """The stretch with these texts and numbers of holes, which stands behind the text `before`."""
    texts, order = [b""], [0]  # one more than there is, since itemgetter gives no tuple for a single one
    number = sum(isinstance(piece, bytes) for piece in pieces) + 1
    for piece in pieces:
        if isinstance(piece, bytes):
            order.append(len(texts))
            texts.append(piece)
        else:
            order.append(number + piece)
    view = _VIEW if sum(map(len, texts)) > _WORTH_SEEING else _SHORT_VIEW
    maker = zlib.compressobj(_QUICK, zlib.DEFLATED, -view, _MEMORY, zdict=before[-(1 << view) :])
    return _Stencil(tuple(texts), itemgetter(*order), maker)


def _deflated(text: bytes, level: int) -> _Run:
    makers = [zlib.compressobj(level, zlib.DEFLATED, -15, memory) for memory in _MEMORIES_OF[level]]
    return _Run(text, min((maker.compress(text) + maker.flush(zlib.Z_SYNC_FLUSH) for maker in makers), key=len))


def _stored(text: bytes) -> _Run:
    """One stored block, which is enough for less than `_WORTH` bytes."""
    return _Run(text, struct.pack("<BHH", 0, len(text), len(text) ^ 0xFFFF) + text)


def archive(entries: Iterable[Packed]) -> bytes:
    """The zip of these entries."""
    parts, directory, offset = [], [], 0
    for each in entries:
        sizes = each.crc, len(each.stream), each.length, len(each.name)
        parts += [_LOCAL.pack(b"PK\3\4", _VERSION, 0, _DEFLATED, 0, _DATE, *sizes, 0), each.name, each.stream]
        central = _CENTRAL.pack(
            *(b"PK\1\2", _UNIX | _VERSION, _VERSION, 0, _DEFLATED, 0, _DATE, *sizes), *(0, 0, 0, 0, _MODE, offset)
        )
        directory += [central, each.name]
        offset += _LOCAL.size + len(each.name) + len(each.stream)
    listing = b"".join(directory)
    count = len(directory) // 2
    return b"".join((*parts, listing, _TAIL.pack(b"PK\5\6", 0, 0, count, count, len(listing), offset, 0)))
