"""What people typed into 复核申诉 of 考核.xlsx: read back before a new one takes its place."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from qingdan_xl.assessment.appeals import merged, read_appeals
from qingdan_xl.assessment.rules import Appeal
from qingdan_xl.engine import Limits, run_in_workers
from qingdan_xl.faults import os_reason
from qingdan_xl.model import Origin
from qingdan_xl.problems import Problem, UnusableError, problem

# the lines of ten thousand units are in the same file; the reader may take its process down on a damaged one
_LIMITS = Limits(seconds=300, memory=4 << 30)
_PATTERNS = ("考核.xlsx", "考核 (*).xlsx")

Read = tuple[tuple[Appeal, ...], tuple[Problem, ...]]


@dataclass(frozen=True, slots=True)
class ReadBack:
    """The decisions that stand, what was wrong with them, and the copies of 考核.xlsx they were read from."""

    appeals: tuple[Appeal, ...]
    problems: tuple[Problem, ...]
    copies: tuple[Path, ...]


NO_APPEALS = ReadBack((), (), ())


def read_back(results: Path, year: int) -> ReadBack:
    """Read the decisions in 考核.xlsx, and in the copies that were saved beside it while it was open.

    Problems: those of `read_appeals`. UnusableError `appeals-unread` for a copy that cannot be read: scores without its
    decisions would be wrong, and a new file must not take its place.
    """
    paths = [path for pattern in _PATTERNS for path in results.glob(pattern)]
    paths.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    read = list(_read(paths, year))
    problems = tuple(fault for _, faults in read for fault in faults)
    return ReadBack(merged(appeals for appeals, _ in read), problems, tuple(paths))


def _read(paths: list[Path], year: int) -> Iterable[Read]:
    """Read each copy in a process of its own."""
    results = run_in_workers(partial(read_copy, year=year), paths, limits=_LIMITS, workers=1) if paths else ()
    for path, result in zip(paths, results, strict=True):
        if result.value is None or isinstance(result.value, str):
            why = result.value or "读不出来"
            raise UnusableError(problem("appeals-unread", Origin(path.name), why=why))
        yield result.value


def read_copy(path: Path, year: int) -> Read | str:
    """The decisions in one copy, or why it cannot be read."""
    try:
        return read_appeals(path.read_bytes(), path.name, year)
    except OSError as fault:
        return os_reason(fault)
    except UnusableError:
        return "打不开"
