"""Where received bytes are kept: every original by its hash, and a copy of what was refused."""

import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePath

from qingdan_xl.problems import Problem
from qingdan_xl.sheets.quarantine import REASONS
from qingdan_xl.sheets.writing import Book, Cell
from qingdan_xl.workspace.files import Saved, appearing, save

LIST_NAME = "原因.xlsx"
_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")
_LONGEST_STEM = 160  # bytes, so that the whole name stays under the 255 of common file systems


@dataclass(frozen=True, slots=True)
class Refused:
    """A refused file as the list names it."""

    name: str
    sha256: str
    received_at: datetime
    problem: Problem


def original_of(folder: Path, sha256: str, name: str) -> Path:
    """Where the bytes of this hash are kept."""
    suffix = PurePath(name).suffix.casefold()
    return folder / sha256[:2] / f"{sha256}{suffix if _SUFFIX.fullmatch(suffix) else ''}"


def keep(source: Path, target: Path) -> Path:
    """Copy a file to where it is kept, unless it is there already."""
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        with source.open("rb") as data, appearing(target) as copy:
            shutil.copyfileobj(data, copy)
    return target


def quarantine_name(name: str, sha256: str) -> str:
    """The name of the copy: as it came, with the start of its hash, so that no two files meet."""
    path = PurePath(name)
    stem = path.stem.encode()[:_LONGEST_STEM].decode("utf-8", "ignore")
    return f"{stem}（{sha256[:8]}）{path.suffix[:16]}"


def write_reasons(folder: Path, refused: Sequence[Refused]) -> Saved:
    """Write 原因.xlsx anew: every file that was ever refused, with the cause and what to do."""
    book = Book()
    rows: list[dict[str, Cell]] = [
        {
            "file": each.name,
            "copy": quarantine_name(each.name, each.sha256),
            "received": each.received_at.date(),
            "code": each.problem.code,
            "what": each.problem.what,
            "advice": each.problem.advice,
        }
        for each in refused
    ]
    book.add(REASONS, rows)
    return save(folder / LIST_NAME, book.to_bytes())
