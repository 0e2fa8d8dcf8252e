"""OLE2 compound files (.xls, .et): the bytes of one stream, put together from its sectors."""

import struct
from collections.abc import Iterator, Sequence

_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END = 0xFFFFFFFA  # sector numbers from here on mean: no further sector
_ENTRY = 128
_IN_HEADER = 109  # sectors of the allocation table that the header itself lists


class BrokenCompoundError(Exception):
    """The file is not whole: a sector or a stream that it speaks of is not there."""


def stream(data: bytes, names: Sequence[str]) -> bytes:
    """The first stream that bears one of these names; BrokenCompoundError where the file is not whole."""
    try:
        return _Compound(data).stream(names)
    except (struct.error, IndexError, ValueError) as fault:
        raise BrokenCompoundError from fault


class _Compound:
    """Where the sectors of a compound file lie; IndexError for a sector outside the file."""

    def __init__(self, data: bytes) -> None:
        if data[:8] != _MARK:
            raise BrokenCompoundError
        self._data = data
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        self._size, self._mini_size = 1 << shift, 1 << mini_shift
        self._directory, self._cutoff, self._mini_first = struct.unpack_from("<I4xII", data, 48)
        self._table = self._allocation()

    def stream(self, names: Sequence[str]) -> bytes:
        entries = list(self._entries())
        for wanted in names:
            for name, first, size in entries[1:]:
                if name.casefold() == wanted.casefold():
                    return self._content(first, size, entries[0][1])
        raise BrokenCompoundError

    def _content(self, first: int, size: int, root: int) -> bytes:
        if size >= self._cutoff:
            content = self._chain(first)
        else:
            mini = self._chain(root)
            places = _follow(self._numbers(self._chain(self._mini_first)), first)
            content = b"".join(mini[n * self._mini_size : (n + 1) * self._mini_size] for n in places)
        if len(content) < size:
            raise BrokenCompoundError
        return content[:size]

    def _allocation(self) -> tuple[int, ...]:
        (count,) = struct.unpack_from("<I", self._data, 44)
        sectors = list(struct.unpack_from(f"<{_IN_HEADER}I", self._data, 76))
        (further,) = struct.unpack_from("<I", self._data, 68)
        while further < _END and len(sectors) < count:
            numbers = self._numbers(self._sector(further))
            sectors += numbers[:-1]
            further = numbers[-1]
        return self._numbers(b"".join(self._sector(number) for number in sectors[:count]))

    def _entries(self) -> Iterator[tuple[str, int, int]]:
        directory = self._chain(self._directory)
        for start in range(0, len(directory) - _ENTRY + 1, _ENTRY):
            entry = directory[start : start + _ENTRY]
            (length,) = struct.unpack_from("<H", entry, 64)
            first, size = struct.unpack_from("<II", entry, 116)
            yield entry[: max(0, length - 2)].decode("utf-16-le", "replace"), first, size

    def _chain(self, first: int) -> bytes:
        return b"".join(self._sector(number) for number in _follow(self._table, first))

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        if start >= len(self._data):
            raise IndexError(number)
        return self._data[start : start + self._size]

    @staticmethod
    def _numbers(content: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4])


def _follow(table: Sequence[int], first: int) -> Iterator[int]:
    """The sectors of a chain; ValueError for one that runs in a circle."""
    number = first
    for _ in table:
        if number >= _END:
            return
        yield number
        number = table[number]
    if number < _END:
        raise ValueError(number)
