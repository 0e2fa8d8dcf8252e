"""The year folder and how files get into it."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from pathlib import Path

from filelock import FileLock, Timeout

from qingdan_xl.model import Origin
from qingdan_xl.problems import Problem, UnusableError, problem
from qingdan_xl.workspace.settings import FILE, Settings, read_settings, settings_text

FOLDERS = ("清单", "下发", "收件", "隔离", "成果")
_LOCK = ".qingdan.lock"


@dataclass(frozen=True, slots=True)
class Saved:
    """Where a file landed; `problem` says why it is not where it was meant to be."""

    path: Path
    problem: Problem | None = None


@dataclass(frozen=True)
class Workspace:
    """One year's folder (DESIGN §6); everything else asks it for paths."""

    root: Path

    @classmethod
    def create(cls, root: Path, year: int) -> "Workspace":
        """Make a new year folder; UnusableError `folder-exists` where something stands there already."""
        if root.exists() and (not root.is_dir() or any(root.iterdir())):
            raise UnusableError(problem("folder-exists", Origin(str(root))))
        for name in FOLDERS:
            (root / name).mkdir(parents=True, exist_ok=True)
        save(root / FILE, settings_text(year).encode())
        return cls(root)

    @classmethod
    def find(cls, start: Path) -> "Workspace":
        """The year folder that `start` is in; UnusableError `no-workspace` where there is none above it either."""
        for folder in (start, *start.resolve().parents):
            if (folder / FILE).is_file():
                return cls(folder)
        raise UnusableError(problem("no-workspace", Origin(str(start))))

    @cached_property
    def settings(self) -> Settings:
        """qingdan.toml as it is now."""
        return read_settings((self.root / FILE).read_text("utf-8-sig"))

    @property
    def checklists(self) -> Path:
        """清单/: the reviewed 母表."""
        return self.root / "清单"

    @property
    def roster(self) -> Path:
        """花名册.xlsx."""
        return self.root / "花名册.xlsx"

    @property
    def scheme(self) -> Path:
        """考核办法.xlsx."""
        return self.root / "考核办法.xlsx"

    @property
    def issued(self) -> Path:
        """下发/: what was sent out, a folder a batch."""
        return self.root / "下发"

    @property
    def inbox(self) -> Path:
        """收件/: where people put what came back."""
        return self.root / "收件"

    @property
    def quarantine(self) -> Path:
        """隔离/: copies of what was refused, with the reasons."""
        return self.root / "隔离"

    @property
    def results(self) -> Path:
        """成果/: what comes out."""
        return self.root / "成果"

    @property
    def database(self) -> Path:
        """qingdan.db."""
        return self.root / "qingdan.db"

    @property
    def originals(self) -> Path:
        """原件/: every file ever received, by hash; nothing here is changed or deleted."""
        return self.root / "原件"

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the folder alone; UnusableError `busy` that says who holds it."""
        path = self.root / _LOCK
        guard = FileLock(path)
        try:
            guard.acquire(timeout=10)
        except Timeout as fault:
            raise UnusableError(problem("busy", Origin(str(self.root)), holder=_holder(path))) from fault
        try:
            path.with_suffix(".pid").write_text(str(os.getpid()))
            yield
        finally:
            guard.release()


def _holder(path: Path) -> str:
    note = path.with_suffix(".pid")
    return f"进程号 {note.read_text()}" if note.exists() else "进程号未知"


def is_open_elsewhere(path: Path) -> bool:
    """Whether Excel, WPS (~$name) or LibreOffice (.~lock.name#) has left its mark that the file is open."""
    return any((path.parent / mark).exists() for mark in (f"~${path.name}", f".~lock.{path.name}#"))


def save(path: Path, data: bytes) -> Saved:
    """Write a file beside its place and rename it in, so that a full disk or a crash leaves the old one whole.

    A file that is open in Excel is left alone: the new one lands beside under a numbered name, with `locked-output`.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if not is_open_elsewhere(path):
        try:
            return Saved(_replace(path, data))
        except PermissionError:  # Windows refuses to rename onto an open file
            pass
    aside = next(p for n in count(2) if not (p := path.with_stem(f"{path.stem} ({n})")).exists())
    _replace(aside, data)
    return Saved(aside, problem("locked-output", Origin(path.name), saved=aside.name))


def _replace(path: Path, data: bytes) -> Path:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".qingdan-", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)
    return path


def _sync_folder(folder: Path) -> None:
    """Make the rename itself durable; Windows has no such call on folders."""
    if os.name != "nt":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
