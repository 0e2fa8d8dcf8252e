"""A zip that readers are given in place of the one that came: just the parts that passed the gate, as they then are."""

import struct
from collections.abc import Mapping
from zlib import crc32

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_VERSION, _UTF8, _NOT_PACKED = 20, 0x800, 0
_DAY = 0x21  # 1980-01-01: no zip's day is earlier


def stored_zip(parts: Mapping[str, bytes]) -> bytes:
    """The parts by name, not compressed, so that nothing has to be unpacked a second time."""
    pieces: list[bytes] = []
    directory: list[bytes] = []
    place = 0
    for name, content in parts.items():
        path, check, size = name.encode(), crc32(content), len(content)
        shared = (_VERSION, _UTF8, _NOT_PACKED, 0, _DAY, check, size, size, len(path), 0)
        pieces += (_LOCAL.pack(b"PK\x03\x04", *shared), path, content)
        directory += (_CENTRAL.pack(b"PK\x01\x02", _VERSION, *shared, 0, 0, 0, 0, place), path)
        place += _LOCAL.size + len(path) + size
    count, length = len(parts), sum(map(len, directory))
    return b"".join((*pieces, *directory, _END.pack(b"PK\x05\x06", 0, 0, count, count, length, place, 0)))
