"""The year folder: where everything lies, and who may write."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from qingdan_xl.model import Origin
from qingdan_xl.problems import UnusableError, problem
from qingdan_xl.workspace.files import read_file, save

if TYPE_CHECKING:  # settings load pydantic, which a verb outside a year folder should not wait for
    from qingdan_xl.workspace.settings import Settings

SETTINGS = "qingdan.toml"
DATA_FILE = "考核数据.xlsx"
FOLDERS = ("清单", "下发", "收件", "隔离", "成果")
_LOCK = ".qingdan.lock"
WAIT_SECONDS = 10


@dataclass(frozen=True)
class Workspace:
    """One year's folder (DESIGN §6); everything else asks it for paths."""

    root: Path

    @classmethod
    def create(cls, root: Path, year: int) -> "Workspace":
        """Make a new year folder; UnusableError `folder-exists` where something stands there already."""
        from qingdan_xl.workspace.settings import settings_text

        if root.exists() and (not root.is_dir() or any(root.iterdir())):
            raise UnusableError(problem("folder-exists", Origin(str(root))))
        for name in FOLDERS:
            (root / name).mkdir(parents=True, exist_ok=True)
        save(root / SETTINGS, settings_text(year).encode())
        return cls(root)

    @classmethod
    def find(cls, start: Path) -> "Workspace":
        """The year folder that `start` is in; UnusableError `no-workspace` where there is none above it either."""
        for folder in (start, *start.resolve().parents):
            if (folder / SETTINGS).is_file():
                return cls(folder)
        raise UnusableError(problem("no-workspace", Origin(str(start))))

    @cached_property
    def settings(self) -> "Settings":
        """qingdan.toml as it is now."""
        from qingdan_xl.workspace.settings import read_settings

        return read_settings(_text(read_file(self.root / SETTINGS)), SETTINGS)

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
    def score_data(self) -> Path:
        """考核数据.xlsx: what people type about units for the assessment."""
        return self.root / DATA_FILE

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
    def templates(self) -> Path:
        """报告模板/: the templates of reports, which the coordinator edits in Word."""
        return self.root / "报告模板"

    @property
    def handback(self) -> Path:
        """成果/退改/: marked copies that go back to their units."""
        return self.results / "退改"

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
            guard.acquire(timeout=WAIT_SECONDS)
        except Timeout as fault:
            raise UnusableError(problem("busy", Origin(str(self.root)), holder=_holder(path))) from fault
        try:
            path.with_suffix(".pid").write_text(str(os.getpid()), "ascii")
            yield
        finally:
            guard.release()


def _text(data: bytes) -> str:
    """Settings as text: Notepad may have saved them in the Chinese code page."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")


def _holder(path: Path) -> str:
    note = path.with_suffix(".pid")
    return f"进程号 {note.read_text('ascii')}" if note.exists() else "进程号未知"
