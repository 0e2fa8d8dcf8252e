"""The files that lie where somebody put them."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from qingdan_xl.model import Origin
from qingdan_xl.problems import UnusableError, problem

_SYSTEM_FILES = frozenset({"thumbs.db", "desktop.ini", "icon\r"})
_SYSTEM_FOLDERS = frozenset({"__MACOSX"})
_TEMPORARY = ("~$", ".")


@dataclass(frozen=True, slots=True)
class FoundFile:
    """One file; `name` is its path as people know it, `ignored` marks what is nobody's return."""

    path: Path
    name: str
    ignored: bool

    @property
    def modified(self) -> datetime:
        """When its bytes were last written (UTC)."""
        return datetime.fromtimestamp(self.path.stat().st_mtime, UTC).replace(tzinfo=None)

    @property
    def sha256(self) -> str:
        """The hash of its bytes; OSError where they cannot be read."""
        with self.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()


def find_files(paths: Iterable[Path], root: Path | None) -> list[FoundFile]:
    """Every file under the paths once, oldest first; names are relative to `root` where they lie in it.

    Links are found but never followed. UnusableError `missing-file` for a path that is not there.
    """
    found: dict[Path, FoundFile] = {}
    resolved, base = cache(Path.resolve), root.resolve() if root else None
    for path in paths:
        if not os.path.lexists(path):
            raise UnusableError(problem("missing-file", Origin(str(path))))
        for file, ignored in _files(path):
            place = resolved(file.parent) / file.name
            found.setdefault(place, FoundFile(place, _name(place, base), ignored))
    return sorted(found.values(), key=lambda file: (file.path.lstat().st_mtime_ns, file.name))


def _files(path: Path) -> Iterator[tuple[Path, bool]]:
    if path.is_symlink() or not path.is_dir():
        yield path, is_ignored(path)
        return
    for folder, folders, names in os.walk(path):
        inside = Path(folder)
        hidden = any(is_ignored_name(part) for part in inside.relative_to(path).parts)
        links = [name for name in folders if (inside / name).is_symlink()]
        for name in (*names, *links):
            yield inside / name, hidden or is_ignored(inside / name)


def is_ignored(path: Path) -> bool:
    """Whether a file is nobody's return: a lock or temporary file, one of the system's, hidden, a link, no file."""
    return is_ignored_name(path.name) or path.is_symlink() or not path.is_file()


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
