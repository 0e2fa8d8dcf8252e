"""The files that lie where somebody put them."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from stat import S_ISREG

from qingdan_xl.faults import os_reason
from qingdan_xl.model import Origin
from qingdan_xl.problems import UnusableError, problem

_SYSTEM_FILES = frozenset({"thumbs.db", "desktop.ini", "icon\r"})
_SYSTEM_FOLDERS = frozenset({"__MACOSX"})
_TEMPORARY = ("~$", ".")
_LAST_WRITTEN = 4_000_000_000 * 10**9  # the year 2096: what a broken clock says beyond it is no date


@dataclass(frozen=True, slots=True)
class FoundFile:
    """One file; `name` is its path as people know it, `ignored` marks what is nobody's return.

    `written` is when its bytes were last written, as it was found (nanoseconds since 1970). `closed` says in Chinese
    why it cannot be looked at, or into if it is a folder; '' where it can.
    """

    path: Path
    name: str
    ignored: bool
    written: int = 0
    closed: str = ""

    @property
    def modified(self) -> datetime:
        """When its bytes were last written (UTC)."""
        seconds = min(max(self.written, 0), _LAST_WRITTEN) / 10**9
        return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)

    @property
    def sha256(self) -> str:
        """The hash of its bytes; OSError where they cannot be read."""
        with self.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()


def find_files(paths: Iterable[Path], root: Path | None) -> list[FoundFile]:
    """Every file under the paths once, oldest first; names are relative to `root` where they lie in it.

    Links are found but never followed; a folder that cannot be looked into is found as one closed file. UnusableError
    `missing-file` for a path that is not there.
    """
    found: dict[Path, FoundFile] = {}
    resolved, base = cache(Path.resolve), root.resolve() if root else None
    for path in paths:
        if not os.path.lexists(path):
            raise UnusableError(problem("missing-file", Origin(str(path))))
        for file, hidden, why in _files(path):
            place = resolved(file.parent) / file.name
            if place not in found:
                name = _name(place, base)
                found[place] = FoundFile(place, name, hidden, closed=why) if why else _looked_at(place, name, hidden)
    return sorted(found.values(), key=lambda file: (file.written, file.name))


def _files(path: Path) -> Iterator[tuple[Path, bool, str]]:
    """Each file and link, whether its name or that of a folder around it hides it, and why it is closed; and the
    folders that are closed.
    """  # noqa: D205 - one sentence
    if path.is_symlink() or not path.is_dir():
        yield path, is_ignored_name(path.name), ""
        return
    closed: list[OSError] = []
    for folder, folders, names in os.walk(path, onerror=closed.append):
        inside = Path(folder)
        hidden = _is_hidden(inside, path)
        links = [name for name in folders if os.path.islink(inside / name)]  # noqa: PTH114 - a Path raises where it is closed
        for name in (*names, *links):
            yield inside / name, hidden or is_ignored_name(name), ""
    for fault in closed:
        shut = Path(fault.filename or path)
        yield shut, _is_hidden(shut, path), os_reason(fault)


def _is_hidden(folder: Path, top: Path) -> bool:
    return any(is_ignored_name(part) for part in folder.relative_to(top).parts)


def _looked_at(path: Path, name: str, hidden: bool) -> FoundFile:
    """A file as it lies there; a link, and what is no file, is nobody's return either."""
    try:
        status = path.lstat()
    except OSError as fault:
        return FoundFile(path, name, hidden, closed=os_reason(fault))
    return FoundFile(path, name, hidden or not S_ISREG(status.st_mode), status.st_mtime_ns)


def is_ignored_name(name: str) -> bool:
    """Whether a file or folder of this name holds nobody's return; `..` in a zip's names is neither."""
    if name == "..":
        return False
    return name.startswith(_TEMPORARY) or name.casefold() in _SYSTEM_FILES or name in _SYSTEM_FOLDERS


def _name(path: Path, base: Path | None) -> str:
    shown = path.relative_to(base).as_posix() if base and path.is_relative_to(base) else str(path)
    return "/".join(_readable(part) for part in shown.split("/"))


def _readable(name: str) -> str:
    """A file name as text; bytes of another system are most likely GBK."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return os.fsencode(name).decode("gb18030", "replace")
    return name
