"""The gate before any reader: a zip is let in whole and harmless, or refused with its cause."""

from dataclasses import dataclass
from io import BytesIO
from typing import IO
from zipfile import BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError  # noqa: N812 - zlib names its exception in lower case

from qingdan_xl.collecting.refusal import RefusedError
from qingdan_xl.model import Origin
from qingdan_xl.problems import problem

_ENCRYPTED_BIT = 0x1
_CHUNK = 1 << 20
_MEGA = 1_000_000
_OVERLAP = 64  # so that a word cut by the end of a chunk is seen
_ENCODINGS = ("ascii", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_UNSAFE = tuple(word.encode(code) for word in ("<!DOCTYPE", "<!ENTITY") for code in _ENCODINGS)
_NO_XML = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".emf", ".wmf", ".tif", ".tiff", ".bin")


@dataclass(frozen=True, slots=True)
class GateLimits:
    """Bytes of the file, parts of the zip, bytes of all parts unpacked.

    Honest workbooks were measured up to 340 parts and 60 MB unpacked.
    """

    size: int = 100 * _MEGA
    parts: int = 2_000
    unpacked: int = 300 * _MEGA


def check_size(size: int, file: str, limits: GateLimits) -> None:
    """Refuse a file that is too large to be looked at (`too-large`)."""
    if size > limits.size:
        raise _too_large(file, "文件", size / _MEGA, limits.size / _MEGA, "MB")


def pass_gate(data: bytes, file: str, limits: GateLimits) -> tuple[str, ...]:
    """Go through the whole zip once; give the names of its parts.

    Raises RefusedError: `too-large` (parts, unpacked size), `damaged` (structure, CRC, two parts of one name),
    `password` (encrypted parts), `unsafe-xml` (a part with a DOCTYPE or ENTITY, in any encoding).
    """
    try:
        with ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
            _check_directory(parts, file, limits)
            for part in parts:
                _check_part(archive, part, file)
    except (BadZipFile, ZlibError, EOFError, NotImplementedError, ValueError, OSError) as fault:
        raise RefusedError(problem("damaged", Origin(file), why=_why(fault))) from fault
    return tuple(part.filename for part in parts)


def _check_directory(parts: list[ZipInfo], file: str, limits: GateLimits) -> None:
    if len(parts) > limits.parts:
        raise _too_large(file, "部件数", len(parts), limits.parts, "个")
    unpacked = sum(part.file_size for part in parts)
    if unpacked > limits.unpacked:
        raise _too_large(file, "解压后", unpacked / _MEGA, limits.unpacked / _MEGA, "MB")
    if any(part.flag_bits & _ENCRYPTED_BIT for part in parts):
        raise RefusedError(problem("password", Origin(file)))
    seen: set[str] = set()
    for part in parts:
        name = part.filename.replace("\\", "/").casefold()
        if name in seen:
            raise RefusedError(problem("damaged", Origin(file), why=f"有两个同名部件 {part.filename}"))
        seen.add(name)


def _check_part(archive: ZipFile, part: ZipInfo, file: str) -> None:
    """Read one part to its end, which checks its length and CRC, and look for what XML of ours never has."""
    with archive.open(part) as stream:
        unsafe = _holds_entities(stream)
    if unsafe and not part.filename.casefold().endswith(_NO_XML):
        raise RefusedError(problem("unsafe-xml", Origin(file), part=part.filename))


def _holds_entities(stream: IO[bytes]) -> bool:
    tail, found = b"", False
    while chunk := stream.read(_CHUNK):
        found = found or any(word in tail + chunk for word in _UNSAFE)
        tail = chunk[-_OVERLAP:]
    return found


def _too_large(file: str, what: str, number: float, limit: float, measure: str) -> RefusedError:
    return RefusedError(problem("too-large", Origin(file), what=what, number=number, limit=limit, measure=measure))


def _why(fault: Exception) -> str:
    if "CRC" in str(fault):
        return "内容校验不符"
    return "压缩包不完整" if isinstance(fault, (BadZipFile, EOFError)) else "压缩包结构有误"
