"""How files are read and written: whole or not at all."""

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path
from typing import IO

from qingdan_xl.faults import os_reason
from qingdan_xl.model import Origin
from qingdan_xl.problems import Problem, UnusableError, problem

_HIDDEN, _UNFINISHED = ".qingdan-", ".tmp"
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_LONGEST_NAME, _MOST_BYTES = 60, 180  # characters, and bytes in UTF-8: well under the 255 of a file system
# names that Windows keeps for devices, whatever stands behind their first point
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³")})
_SYNCS_AT_ONCE = 8  # a disk makes what waits together durable together; more threads cost more than they gain


@dataclass(frozen=True, slots=True)
class Saved:
    """Where a file landed; `problem` says why it is not where it was meant to be."""

    path: Path
    problem: Problem | None = None


def read_file(path: Path) -> bytes:
    """The bytes of a file that should be there; UnusableError `missing-file`, or `cannot-open-file` and why."""
    try:
        return path.read_bytes()
    except FileNotFoundError as fault:
        raise UnusableError(problem("missing-file", Origin(str(path)))) from fault
    except OSError as fault:
        raise UnusableError(problem("cannot-open-file", Origin(str(path)), why=os_reason(fault))) from fault


def safe_name(text: str) -> str:
    """As much of a text as may stand in a file's name, on every file system."""
    plain = _UNSAFE.sub("·", text).strip(". ")[:_LONGEST_NAME]
    name = plain.encode(errors="replace")[:_MOST_BYTES].decode(errors="ignore").rstrip(". ")
    first, point, rest = name.partition(".")
    return f"{first}·{point}{rest}" if first.rstrip().casefold() in _DEVICES else name


def distinct_names(wished: Iterable[tuple[str, str]]) -> Iterator[str]:
    """A file name for each (stem, ending), all different on a file system that ignores case: <stem>(2)<ending>."""
    taken: set[str] = set()
    for stem, ending in wished:
        tries = (f"{stem}{mark}{ending}" for mark in chain([""], (f"({number})" for number in count(2))))
        name = next(name for name in tries if name.casefold() not in taken)
        taken.add(name.casefold())
        yield name


def is_open_elsewhere(path: Path) -> bool:
    """Whether Excel, WPS (~$name), Word (~$ for two signs of it) or LibreOffice (.~lock.name#) marks it as open."""
    marks = (f"~${path.name}", f"~${path.name[2:]}", f".~lock.{path.name}#")
    return any((path.parent / mark).exists() for mark in marks)


def save(path: Path, data: bytes, make_way: Callable[[Path], object] = lambda _: None) -> Saved:
    """Write a file beside its place and rename it in, so that a full disk or a crash leaves the old one whole.

    A file that is open in Excel is left alone: the new one lands beside under a numbered name, with `locked-output`,
    once for each content. `make_way` may put away what stands at the path; it is asked when the new one is on the disk.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if not is_open_elsewhere(path):
        try:
            return Saved(_replace(path, data, make_way))
        except PermissionError:  # Windows refuses to rename onto an open file
            pass
    if _holds(path, data):
        return Saved(path)
    numbered = (path.with_stem(f"{path.stem} ({number})") for number in count(2))
    aside = next(place for place in numbered if not place.exists() or _holds(place, data))
    if not aside.exists():
        _replace(aside, data, make_way)
    return Saved(aside, problem("locked-output", Origin(path.name), saved=aside.name))


def _holds(path: Path, data: bytes) -> bool:
    """Whether a file has this very content; what cannot be read has not."""
    try:
        return path.read_bytes() == data
    except OSError:
        return False


def save_pieces(path: Path, write: Callable[[IO[bytes]], None]) -> Saved:
    """As `save`, for what `write` gives to the file piece by piece because it is too much to hold."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not is_open_elsewhere(path):
        try:
            return Saved(_written(path, write))
        except PermissionError:  # Windows refuses to rename onto an open file
            pass
    aside = next(place for n in count(2) if not (place := path.with_stem(f"{path.stem} ({n})")).exists())
    return Saved(_written(aside, write), problem("locked-output", Origin(path.name), saved=aside.name))


def _written(path: Path, write: Callable[[IO[bytes]], None]) -> Path:
    with appearing(path) as file:
        write(file)
    return path


def _replace(path: Path, data: bytes, make_way: Callable[[Path], object]) -> Path:
    with appearing(path) as file:
        file.write(data)
        _sync_open(file)
        make_way(path)
    return path


@contextmanager
def appearing(path: Path) -> Iterator[IO[bytes]]:
    """A file to write into that stands under `path`, durably, when the block ends well, and nowhere otherwise."""
    with placed(path) as file:
        yield file
        _sync_open(file)
    _sync_folder(path.parent)


def _sync_open(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())


@contextmanager
def placed(path: Path) -> Iterator[IO[bytes]]:
    """As `appearing`, but a power cut may still take the file or leave it cut off, until `make_durable` has seen it."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=_HIDDEN, suffix=_UNFINISHED)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        temporary.chmod(0o644)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)  # where all went well it bears its own name by now


def make_durable(paths: Iterable[Path]) -> None:
    """Let files that were `placed` outlive a power cut, their names and folders too; OSError where the disk fails.

    Many at once take hardly longer than one.
    """
    files = list(paths)
    _sync_all(_sync_file, files)
    _sync_all(_sync_folder, list({folder for path in files for folder in (path.parent, path.parent.parent)}))


@contextmanager
def appearing_folder(path: Path) -> Iterator[Path]:
    """A new folder to write into that stands under `path`, whole and durably, when the block ends well.

    What an interrupted run left is taken away first, so whoever writes here holds the year folder's lock. Nothing in
    the folder counts before it is whole, so no file is synced by itself: all of them together, once, before the rename.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    for left in path.parent.glob(f"{_HIDDEN}*{_UNFINISHED}"):
        shutil.rmtree(left)
    temporary = Path(tempfile.mkdtemp(dir=path.parent, prefix=_HIDDEN, suffix=_UNFINISHED))
    try:
        yield temporary
        _sync_files(temporary)
        temporary.chmod(0o755)
        temporary.replace(path)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)  # where all went well it bears its own name by now
    _sync_folder(path.parent)


def clear_unfinished(folder: Path) -> None:
    """Take away what a run that was killed left half written in a folder and those below."""
    for left in folder.rglob(f"{_HIDDEN}*{_UNFINISHED}"):
        left.unlink(missing_ok=True)


def _sync_files(folder: Path) -> None:
    """Make all that was written into a folder durable.

    Linux's sync returns when the disk has everything, in a fraction of a second for thousands of files; synced one by
    one each would wait for the disk to empty its cache. Elsewhere sync may return too early (macOS) or is missing.
    """
    if sys.platform == "linux":
        os.sync()
    else:
        _sync_all(_sync_file, list(folder.iterdir()))
        _sync_folder(folder)


def _sync_all(sync: Callable[[Path], None], paths: Sequence[Path]) -> None:
    """Sync many paths, each thread its share of them."""

    def sync_share(first: int) -> None:
        for path in paths[first::_SYNCS_AT_ONCE]:
            sync(path)

    with ThreadPoolExecutor(_SYNCS_AT_ONCE) as pool:
        for _ in pool.map(sync_share, range(min(_SYNCS_AT_ONCE, len(paths)))):
            pass


def _sync_file(path: Path) -> None:
    _sync(path, os.O_RDWR)


def _sync_folder(folder: Path) -> None:
    """Make the rename itself durable; Windows has no such call on folders."""
    if os.name != "nt":
        _sync(folder, os.O_RDONLY)


def _sync(path: Path, mode: int) -> None:
    handle = os.open(path, mode)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
