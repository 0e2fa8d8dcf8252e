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
from qingdan_xl.workspace.files import Saved, placed, save

LIST_NAME = "原因.xlsx"
_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")
_LONGEST_STEM = 160  # bytes, so that the whole name stays under the 255 of common file systems


@dataclass(frozen=True, slots=True)
class Refused:
    """A refused file as the list names it; `original` is where its bytes are kept."""

    name: str
    original: Path
    received_at: datetime
    problem: Problem


def original_of(folder: Path, sha256: str, name: str) -> Path:
    """Where the bytes of this hash are kept."""
    suffix = PurePath(name).suffix.casefold()
    return folder / sha256[:2] / f"{sha256}{suffix if _SUFFIX.fullmatch(suffix) else ''}"


def keep(source: Path, target: Path) -> None:
    """Copy a file to where it is kept, unless it lies there whole; who acknowledges it makes it durable first."""
    if not (target.exists() and target.stat().st_size == source.stat().st_size):
        target.parent.mkdir(parents=True, exist_ok=True)
        with source.open("rb") as data, placed(target) as copy:
            shutil.copyfileobj(data, copy)


def keep_bytes(data: bytes, target: Path) -> None:
    """As `keep`, for bytes at hand: what a power cut may have left there is looked at."""
    if not (target.exists() and target.read_bytes() == data):
        target.parent.mkdir(parents=True, exist_ok=True)
        with placed(target) as copy:
            copy.write(data)


def kept_original(folder: Path, sha256: str) -> Path | None:
    """Where the bytes of this hash are kept, under whatever suffix they came first; None where they are not."""
    return next(iter((folder / sha256[:2]).glob(f"{sha256}*")), None)


def quarantine_name(name: str, original: Path) -> str:
    """The name of the copy: as it came, with the start of its hash, so that no two files meet."""
    stem = PurePath(name).stem.encode()[:_LONGEST_STEM].decode("utf-8", "ignore")
    return f"{stem}（{original.stem[:8]}）{original.suffix}"


def write_reasons(folder: Path, refused: Sequence[Refused]) -> Saved:
    """Write 原因.xlsx anew: every file that was ever refused, with the cause and what to do."""
    book = Book()
    rows: list[dict[str, Cell]] = [
        {
            "file": each.name,
            "copy": quarantine_name(each.name, each.original),
            "received": each.received_at.date(),
            "code": each.problem.code,
            "what": each.problem.what,
            "advice": each.problem.advice,
        }
        for each in refused
    ]
    book.add(REASONS, rows)
    return save(folder / LIST_NAME, book.to_bytes())
