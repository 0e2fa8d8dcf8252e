"""The gate before any reader: a zip is let in whole and harmless, or refused with its cause."""

import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo
from zlib import crc32, decompressobj
from zlib import error as ZlibError  # noqa: N812 - zlib names its exception in lower case

from qingdan_xl.model import Origin
from qingdan_xl.packages.refusal import RefusedError
from qingdan_xl.problems import problem

_ENCRYPTED_BIT = 0x1
MEGA = 1_000_000
_LOCAL_HEADER = struct.Struct("<4s22xHH")
_LOCAL_MARK = b"PK\x03\x04"
_SLICE = 1 << 16  # deflated bytes at a time: they cannot grow to more than 1,032 times that before the size is checked
_WORDS = ("<!DOCTYPE", "<!ENTITY")
_PLAIN = tuple(word.encode() for word in _WORDS)
_WIDE = tuple(word.encode(code) for word in _WORDS for code in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"))
_HEAD = 200  # bytes from the start in which an XML declaration stands
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.\-]+)""")
_NO_XML = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".emf", ".wmf", ".tif", ".tiff", ".bin")
_BINARY_SHEET = re.compile(r"xl/(?:workbook|worksheets/[^/]+)\.bin")  # what is looked at of an .xlsb


@dataclass(frozen=True, slots=True)
class GateLimits:
    """Bytes of the file, parts of the zip, bytes of all parts unpacked.

    Honest workbooks were measured up to 340 parts and 60 MB unpacked.
    """

    size: int = 100 * MEGA
    parts: int = 2_000
    unpacked: int = 200 * MEGA


def check_size(size: int, file: str, limits: GateLimits) -> None:
    """Refuse a file that is too large to be looked at (`too-large`)."""
    if size > limits.size:
        raise too_large(file, "文件", size / MEGA, limits.size / MEGA, "MB")


def pass_gate(data: bytes, file: str, limits: GateLimits) -> dict[str, bytes]:
    """Go through the whole zip once; give the bytes of its parts by name, in order, b'' for pictures and the like.

    Names are parted by slashes, whatever some programs of Windows write.

    Raises RefusedError: `too-large` (parts, unpacked size), `damaged` (structure, CRC, two parts of one name),
    `password` (encrypted parts), `unsafe-xml` (a part with a DOCTYPE or ENTITY, in any encoding).
    """
    try:
        with ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
        _check_directory(parts, file, limits)
        return {part.filename.replace("\\", "/"): _checked(data, part, file) for part in parts}
    except (BadZipFile, ZlibError, EOFError, NotImplementedError, ValueError, OSError, struct.error) as fault:
        raise RefusedError(problem("damaged", Origin(file), why=_why(fault))) from fault


def _check_directory(parts: Sequence[ZipInfo], file: str, limits: GateLimits) -> None:
    if len(parts) > limits.parts:
        raise too_large(file, "部件数", len(parts), limits.parts, "个")
    unpacked = sum(part.file_size for part in parts)
    if unpacked > limits.unpacked:
        raise too_large(file, "解压后", unpacked / MEGA, limits.unpacked / MEGA, "MB")
    if any(map(is_encrypted, parts)):
        raise RefusedError(problem("password", Origin(file)))
    seen: set[str] = set()
    for part in parts:
        name = part.filename.replace("\\", "/").casefold()
        if name in seen:
            raise RefusedError(problem("damaged", Origin(file), why=f"有两个同名部件 {part.filename}"))
        seen.add(name)


def _checked(data: bytes, part: ZipInfo, file: str) -> bytes:
    """A part's bytes, whole by length and CRC; XML without what XML of ours never has."""
    content = inflate(data, part)
    name = part.filename.replace("\\", "/").casefold()
    if name.endswith(_NO_XML):
        return content if _BINARY_SHEET.fullmatch(name) else b""
    if _is_unsafe(content):
        raise RefusedError(problem("unsafe-xml", Origin(file), part=part.filename))
    return content


def inflate(data: bytes, part: ZipInfo) -> bytes:
    """Unpack one part of a zip, never more than it declares.

    BadZipFile or zlib.error where it is not whole, ValueError where it lies outside the file or is packed
    in a way that no workbook is.

    zipfile's own way costs more for each part than a small part takes to unpack.
    """
    if not 0 <= part.header_offset <= len(data) - _LOCAL_HEADER.size:
        raise ValueError(part.header_offset)
    mark, name, extra = _LOCAL_HEADER.unpack_from(data, part.header_offset)
    start = part.header_offset + _LOCAL_HEADER.size + name + extra
    packed = memoryview(data)[start : start + part.compress_size]
    if mark != _LOCAL_MARK or len(packed) != part.compress_size:
        raise BadZipFile
    if part.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise ValueError(part.compress_type)
    content = bytes(packed) if part.compress_type == ZIP_STORED else _inflated(packed, part.file_size)
    if len(content) != part.file_size or crc32(content) != part.CRC:
        raise BadZipFile("CRC")
    return content


def _inflated(packed: memoryview, size: int) -> bytes:
    stream, pieces, done = decompressobj(-15), [], 0
    for start in range(0, len(packed), _SLICE):
        pieces.append(stream.decompress(packed[start : start + _SLICE]))
        done += len(pieces[-1])
        if done > size:
            raise BadZipFile
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)


def _is_unsafe(xml: bytes) -> bool:
    head = xml[:_HEAD]
    if b"\0" in head:
        return any(word in xml for word in _WIDE)
    declared = _DECLARED.match(head)
    if declared and not _keeps_ascii(declared[1].decode()):
        return True
    # a single byte is looked for many times faster than two
    return b"!" in xml and b"<!" in xml and any(word in xml for word in _PLAIN)


def _keeps_ascii(encoding: str) -> bool:
    """Whether a word in this encoding looks as it does in ASCII, so that it cannot hide (EBCDIC would)."""
    if encoding.casefold().startswith("utf-16"):
        return True  # there are no zeros, so the declaration lies and the reader will say so
    try:
        return _PLAIN[0].decode(encoding) == _WORDS[0]
    except (LookupError, UnicodeDecodeError):
        return True  # the XML reader knows no more of it than we do and gives up


def is_encrypted(part: ZipInfo) -> bool:
    """Whether a part cannot be read without a password."""
    return bool(part.flag_bits & _ENCRYPTED_BIT)


def too_large(file: str, what: str, number: float, limit: float, measure: str) -> RefusedError:
    """The refusal `too-large`: what of the file there is too much of, how much and how much may be, in what measure."""
    return RefusedError(problem("too-large", Origin(file), what=what, number=number, limit=limit, measure=measure))


def _why(fault: Exception) -> str:
    if "CRC" in str(fault):
        return "内容校验不符"
    return "压缩包不完整" if isinstance(fault, (BadZipFile, EOFError)) else "压缩包结构有误"
