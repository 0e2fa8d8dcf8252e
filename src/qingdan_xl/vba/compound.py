"""A compound file (OLE2) of version 3 from streams in storages: [MS-CFB]."""

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

Tree: TypeAlias = Mapping[str, "bytes | Tree"]  # a stream's bytes, or a storage with its own tree, by name

_SECTOR, _MINI_SECTOR = 512, 64  # §2.2: Sector Shift 9, Mini Sector Shift 6
_MINI_STREAM_CUTOFF = 4096  # §2.2: streams below it lie in the mini stream
_FREE, _END, _FAT, _NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF  # §2.1: special sector and stream numbers
_STORAGE, _STREAM, _ROOT = 1, 2, 5  # §2.6.1: Object Type
_RED, _BLACK = 0, 1  # §2.6.1: Color Flag
_ENTRY = struct.Struct("<64sHBBIII16sIQQIQ")  # §2.6.1: one directory entry
_HEADER_FATS = 109  # §2.2: sectors of the FAT that the header can name; more would need a DIFAT


@dataclass(slots=True)
class _Entry:
    """A directory entry in the making (§2.6.1)."""

    name: str
    kind: int
    data: bytes = b""
    colour: int = _BLACK
    left: int = _NONE
    right: int = _NONE
    child: int = _NONE
    start: int = 0
    size: int = 0


@dataclass(slots=True)
class _Chains:
    """Data cut into sectors, and the table that chains them (§2.3 FAT, §2.4 mini FAT)."""

    width: int
    sectors: list[bytes] = field(default_factory=list)
    table: list[int] = field(default_factory=list)

    def add(self, data: bytes) -> int:
        """Append a chain; its first sector, or the end of chain for no data."""
        if not data:
            return _END
        first = len(self.sectors)
        self.sectors += _cut(data, self.width)
        self.table += [*range(first + 1, len(self.sectors)), _END]
        return first


def compound_file(tree: Tree) -> bytes:
    """The bytes of a compound file whose root holds `tree`; nothing of the clock in it, so the same for the same tree.

    Raises ValueError for a name that no directory entry can hold, and for more data than a file without DIFAT holds.
    """
    entries = _directory(tree)
    big, mini = _Chains(_SECTOR), _Chains(_MINI_SECTOR)
    for entry in entries:
        if entry.kind == _STREAM:
            chains = mini if len(entry.data) < _MINI_STREAM_CUTOFF else big
            entry.start, entry.size = chains.add(entry.data), len(entry.data)
    container = b"".join(mini.sectors)
    entries[0].start, entries[0].size = big.add(container), len(container)
    directory = big.add(b"".join(map(_packed_entry, entries)) + _unused(-len(entries) % (_SECTOR // _ENTRY.size)))
    mini_fat = big.add(_packed_table(mini.table))
    mini_fat_sectors = len(_cut(_packed_table(mini.table), _SECTOR))
    fat_start, fats = len(big.sectors), _add_fat(big)
    header = _header(directory, mini_fat, mini_fat_sectors, range(fat_start, fat_start + fats))
    return header + b"".join(big.sectors)


def _directory(tree: Tree) -> list[_Entry]:
    """All entries, the root first, each storage pointing at the tree of its children (§2.6)."""
    entries = [_Entry("Root Entry", _ROOT)]
    pending: list[tuple[int, Tree]] = [(0, tree)]
    while pending:
        parent, children = pending.pop(0)
        first = len(entries)
        for name in sorted(children, key=_order):
            child = children[name]
            if isinstance(child, bytes):
                entries.append(_Entry(_checked(name), _STREAM, child))
            else:
                pending.append((len(entries), child))
                entries.append(_Entry(_checked(name), _STORAGE))
        entries[parent].child = _link(entries, range(first, len(entries)))
    return entries


def _order(name: str) -> tuple[int, str]:
    """Shorter names first, then by their upper case (§2.6.4)."""
    return len(name.encode("utf-16-le")), name.upper()


def _checked(name: str) -> str:
    if not 0 < len(name.encode("utf-16-le")) < _SECTOR // 8 or set(name) & set("/\\:!"):
        raise ValueError(f"no name for a stream or storage: {name!r}")
    return name


def _link(entries: Sequence[_Entry], siblings: range) -> int:
    """Link sorted siblings into a red-black tree (§2.6.4) and return its top.

    Halving gives a tree whose last row alone may have gaps: that row red and all above black is a red-black tree.
    """
    if not siblings:
        return _NONE
    full_rows = (len(siblings) + 1).bit_length() - 1
    return _link_below(entries, siblings, full_rows)


def _link_below(entries: Sequence[_Entry], siblings: range, black_rows: int) -> int:
    if not siblings:
        return _NONE
    middle = len(siblings) // 2
    entry = entries[siblings[middle]]
    entry.colour = _BLACK if black_rows > 0 else _RED
    entry.left = _link_below(entries, siblings[:middle], black_rows - 1)
    entry.right = _link_below(entries, siblings[middle + 1 :], black_rows - 1)
    return siblings[middle]


def _packed_entry(entry: _Entry) -> bytes:
    name = entry.name.encode("utf-16-le") + b"\0\0"
    links = (entry.left, entry.right, entry.child)
    return _ENTRY.pack(name, len(name), entry.kind, entry.colour, *links, b"", 0, 0, 0, entry.start, entry.size)


def _unused(count: int) -> bytes:
    """Entries that fill up the directory's last sector (§2.6.3)."""
    return _ENTRY.pack(b"", 0, 0, 0, _NONE, _NONE, _NONE, b"", 0, 0, 0, 0, 0) * count


def _add_fat(big: _Chains) -> int:
    """Append the FAT, which counts its own sectors too (§2.3); how many they are."""
    per_sector = _SECTOR // 4
    fats = 1
    while len(big.table) + fats > fats * per_sector:
        fats += 1
    if fats > _HEADER_FATS:
        raise ValueError("more data than a compound file without DIFAT holds")
    big.table += [_FAT] * fats
    big.sectors += _cut(_packed_table(big.table), _SECTOR)
    return fats


def _packed_table(table: Sequence[int]) -> bytes:
    """A FAT's numbers, filled up with free ones to whole sectors."""
    numbers = [*table, *[_FREE] * (-len(table) % (_SECTOR // 4))]
    return struct.pack(f"<{len(numbers)}I", *numbers)


def _cut(data: bytes, width: int) -> list[bytes]:
    return [data[start : start + width].ljust(width, b"\0") for start in range(0, len(data), width)]


def _header(directory: int, mini_fat: int, mini_fat_sectors: int, fat: range) -> bytes:
    """The header (§2.2): version 3.62, little-endian, no DIFAT sectors."""

    def parts() -> Iterator[bytes]:
        yield bytes.fromhex("D0CF11E0A1B11AE1") + bytes(16)
        yield struct.pack("<HHHHH6x", 0x003E, 0x0003, 0xFFFE, 9, 6)
        yield struct.pack("<IIIIIII", 0, len(fat), directory, 0, _MINI_STREAM_CUTOFF, mini_fat, mini_fat_sectors)
        yield struct.pack("<II", _END, 0)
        yield struct.pack(f"<{_HEADER_FATS}I", *fat, *[_FREE] * (_HEADER_FATS - len(fat)))

    return b"".join(parts())
