"""Taking stock: the hash of every file that was found, and zips of files opened into their members."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from stat import S_ISLNK
from zipfile import BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError  # noqa: N812 - zlib names its exception in lower case

from qingdan_xl.collecting.found import FoundFile, is_ignored_name
from qingdan_xl.collecting.originals import keep_bytes, original_of
from qingdan_xl.faults import os_reason
from qingdan_xl.model import Origin
from qingdan_xl.packages.gate import MEGA, inflate, is_encrypted, too_large
from qingdan_xl.packages.sniff import Bytes, sniff
from qingdan_xl.problems import Problem, problem

_LARGEST_FILE = 100 * MEGA  # larger files are hashed and refused, but never taken into memory
_LARGEST_ZIP = 2_000 * MEGA  # of all members, unpacked
_MOST_MEMBERS = 20_000
_ZIP = b"PK"
# what workbooks begin with, which saves a look into them
_FIRST_OF_OFFICE = (
    b"[Content_Types].xml",
    b"_rels/.rels",
    b"docProps/app.xml",
    b"docProps/core.xml",
    b"xl/workbook.xml",
)
_NAME = 30  # where the name of a zip's first part stands
_UTF8_BIT = 0x800
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Hashed:
    """A file with the hash of its bytes ('' for what is ignored or cannot be opened); `fault` keeps it from being read.

    A member of a zip that cannot be taken out bears the hash and the bytes of the zip.
    """

    file: FoundFile
    sha256: str
    fault: Problem | None = None

    @property
    def is_readable(self) -> bool:
        """Whether its bytes could be read; what could not is tried again each time."""
        return self.fault is None or bool(self.sha256)


def take_stock(files: Iterable[FoundFile], shelf: Path) -> list[Hashed]:
    """Hash every file; the members of zips come in place of the zip, their bytes put under `shelf` by their hash.

    No two have the same name.
    """
    names: Counter[str] = Counter()
    return [_named_apart(each, names) for file in files for each in _hashed(file, shelf)]


def _named_apart(each: Hashed, names: Counter[str]) -> Hashed:
    name = each.file.name
    names[name] += 1
    return each if names[name] == 1 else replace(each, file=replace(each.file, name=f"{name}（{names[name]}）"))


def _hashed(file: FoundFile, shelf: Path) -> Iterator[Hashed]:
    if file.ignored:
        yield Hashed(file, "")
        return
    if file.closed:
        yield _not_open(file, file.closed)
        return
    try:
        if file.path.stat().st_size > _LARGEST_FILE:
            yield Hashed(file, file.sha256)
            return
        data = file.path.read_bytes()
    except OSError as fault:
        yield _not_open(file, os_reason(fault))
        return
    if data.startswith(_ZIP) and not data.startswith(_FIRST_OF_OFFICE, _NAME) and sniff(data) is Bytes.ZIP:
        yield from _members(file, data, shelf)
    else:
        yield Hashed(file, hashlib.sha256(data).hexdigest())


def _not_open(file: FoundFile, why: str) -> Hashed:
    return Hashed(file, "", problem("cannot-open-file", Origin(file.name), why=why))


def _members(file: FoundFile, data: bytes, shelf: Path) -> Iterator[Hashed]:
    sha256 = hashlib.sha256(data).hexdigest()
    with ZipFile(BytesIO(data)) as archive:  # sniffed, so its directory can be read
        infos = [info for info in archive.infolist() if not _is_folder(info)]
    if fault := _whole_fault(infos, file.name):
        yield Hashed(file, sha256, fault)
        return
    for info in infos:
        parts = _member_parts(info)
        name = "/".join((file.name, *parts))
        if S_ISLNK(info.external_attr >> 16) or any(map(is_ignored_name, parts)):
            yield Hashed(FoundFile(file.path, name, ignored=True), "")
            continue
        content = _content(data, info, name)
        if isinstance(content, Problem):
            yield Hashed(FoundFile(file.path, name, ignored=False), sha256, content)
        else:
            yield _shelved(content, info, name, shelf)


def _whole_fault(infos: list[ZipInfo], name: str) -> Problem | None:
    """Why a zip is not opened at all, as one found file."""
    size = sum(info.file_size for info in infos)
    if not infos:
        return problem("empty", Origin(name))
    if len(infos) > _MOST_MEMBERS:
        return too_large(name, "压缩包里的文件", len(infos), _MOST_MEMBERS, "个").problem
    if size > _LARGEST_ZIP:
        return too_large(name, "解压后", size / MEGA, _LARGEST_ZIP / MEGA, "MB").problem
    return None


def _content(data: bytes, info: ZipInfo, name: str) -> bytes | Problem:
    """A member's bytes, or why it cannot be taken out."""
    where = Origin(name)
    if is_encrypted(info):
        return problem("password", where)
    if info.file_size > _LARGEST_FILE:
        return too_large(name, "文件", info.file_size / MEGA, _LARGEST_FILE / MEGA, "MB").problem
    try:
        content = inflate(data, info)
    except (BadZipFile, ZlibError, ValueError) as fault:
        why = "内容校验不符" if "CRC" in str(fault) else "压缩包不完整"
        return problem("damaged", where, why=why)
    is_zip = content.startswith(_ZIP) and sniff(content) is Bytes.ZIP
    return problem("nested-zip", where) if is_zip else content


def _shelved(content: bytes, info: ZipInfo, name: str, shelf: Path) -> Hashed:
    sha256 = hashlib.sha256(content).hexdigest()
    path = original_of(shelf, sha256, name)
    keep_bytes(content, path)
    return Hashed(FoundFile(path, name, ignored=False, written=_written(info)), sha256)


def _written(info: ZipInfo) -> int:
    """When the zip says that the member was last written, in the clock of who packed it (nanoseconds since 1970)."""
    try:
        return int(datetime(*info.date_time).timestamp()) * 10**9  # noqa: DTZ001 - zips know no time zone
    except ValueError:
        return 0


def _member_parts(info: ZipInfo) -> tuple[str, ...]:
    return tuple(part for part in _member_name(info).split("/") if part not in ("", "."))


def _is_folder(info: ZipInfo) -> bool:
    return _member_name(info).endswith("/") and not info.file_size


def _member_name(info: ZipInfo) -> str:
    """The member's path as it was meant: other systems write backslashes, Chinese ones GBK without saying so.

    Control characters, which no path can have or nobody can read, become underlines.
    """
    name = info.orig_filename
    if not info.flag_bits & _UTF8_BIT:
        name = _decoded(name.encode("cp437", "replace"))
    return _CONTROL.sub("_", name.replace("\\", "/"))


def _decoded(name: bytes) -> str:
    try:
        return name.decode()
    except UnicodeDecodeError:
        return name.decode("gb18030", "replace")
