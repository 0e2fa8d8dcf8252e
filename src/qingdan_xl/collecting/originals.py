"""Where received bytes are kept: every original by its hash, and a copy of what was refused."""

import hashlib
import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePath
from typing import IO

from qingdan_xl.faults import os_reason
from qingdan_xl.problems import Problem
from qingdan_xl.sheets.quarantine import REASONS
from qingdan_xl.sheets.writing import Book, Cell
from qingdan_xl.workspace.files import Saved, placed, safe_name, save

LIST_NAME = "原因.xlsx"
_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")
CHANGED = "正在被改写"
_PIECE = 1 << 20  # bytes at a time
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


class _UnreadableError(Exception):
    """A file cannot be read, or is no longer the one that was found; its text says why, in Chinese."""


def keep(source: Path, target: Path, sha256: str) -> str:
    """Copy a file to where it is kept, unless it lies there whole; who acknowledges it makes it durable first.

    Gives '', or in Chinese why the file cannot be read or is not the one with this hash any more. What a power cut may
    have left where it is kept is looked at. OSError where the copy cannot be written.
    """
    if target.exists() and _hash(target) == sha256:
        return ""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with placed(target) as copy:
            _copy(source, copy, sha256)
    except _UnreadableError as lost:
        return str(lost)
    return ""


def _copy(source: Path, copy: IO[bytes], sha256: str) -> None:
    found = hashlib.sha256()
    for piece in _pieces(source):
        found.update(piece)
        copy.write(piece)
    if found.hexdigest() != sha256:
        raise _UnreadableError(CHANGED)


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _pieces(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                yield piece
    except OSError as fault:
        raise _UnreadableError(os_reason(fault)) from fault


def keep_bytes(data: bytes, target: Path) -> None:
    """As `keep`, for bytes at hand."""
    if not (target.exists() and target.read_bytes() == data):
        target.parent.mkdir(parents=True, exist_ok=True)
        with placed(target) as copy:
            copy.write(data)


def kept_original(folder: Path, sha256: str) -> Path | None:
    """Where the bytes of this hash are kept, under whatever suffix they came first; None where they are not."""
    return next(iter((folder / sha256[:2]).glob(f"{sha256}*")), None)


def copy_refused(original: Path, copy: Path) -> None:
    """Copy an original to where people look at what was refused, unless a file of its size lies there."""
    if not (copy.exists() and copy.stat().st_size == original.stat().st_size):
        copy.parent.mkdir(parents=True, exist_ok=True)
        with original.open("rb") as data, placed(copy) as file:
            shutil.copyfileobj(data, file)


def quarantine_name(name: str, original: Path) -> str:
    """The name of the copy: as it came, with the start of its hash, so that no two files meet."""
    stem = safe_name(PurePath(name).stem).encode()[:_LONGEST_STEM].decode("utf-8", "ignore")
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
