"""Files that were found → decisions, read in workers, in order."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from qingdan_xl.collecting.examine import Context, Task, examine
from qingdan_xl.collecting.found import FoundFile
from qingdan_xl.collecting.outcome import Decision, Register
from qingdan_xl.engine import Limits, Progress, quiet, run_in_workers
from qingdan_xl.model import Origin
from qingdan_xl.problems import problem


@dataclass(frozen=True, slots=True)
class Reading:
    """How files are read: within which limits, in how many workers (None: one a core), and whom to tell."""

    limits: Limits = field(default_factory=Limits)
    workers: int | None = None
    progress: Progress = quiet


@dataclass(frozen=True, slots=True)
class Hashed:
    """A file with the hash of its bytes; '' for what is ignored or cannot be opened, and then `fault` says why."""

    file: FoundFile
    sha256: str
    fault: str = ""


def hashed(file: FoundFile) -> Hashed:
    """Hash a file's bytes."""
    if file.ignored:
        return Hashed(file, "")
    try:
        return Hashed(file, file.sha256)
    except OSError as fault:
        return Hashed(file, "", fault.strerror or type(fault).__name__)


def decisions(
    files: Sequence[Hashed],
    register: Register,
    context: Context,
    reading: Reading,
    place: Callable[[Hashed], Path],
) -> Iterator[Decision]:
    """Decide on every file, in order but for repeats, which come after what they repeat.

    `place` says where a file's bytes lie for reading. Who takes a decision adds its receipt to the register before
    taking the next.
    """
    for each in files:
        if each.file.ignored:
            yield register.ignore(each.file)
        elif each.fault:
            fault = problem("cannot-open-file", Origin(each.file.name), why=each.fault)
            yield register.refuse(each.file, "", fault)
    waiting = [each for each in files if each.sha256]
    while waiting:
        repeats = [each for each in waiting if register.first_with(each.sha256)]
        yield from (register.repeat(each.file, each.sha256) for each in repeats)
        first: dict[str, Hashed] = {}
        for each in waiting:
            if not register.first_with(each.sha256):
                first.setdefault(each.sha256, each)
        # the same bytes again wait until it is known what became of the first
        waiting = [each for each in waiting if first.get(each.sha256, each) is not each]
        yield from _read(list(first.values()), register, context, reading, place)


def _read(
    files: Sequence[Hashed],
    register: Register,
    context: Context,
    reading: Reading,
    place: Callable[[Hashed], Path],
) -> Iterator[Decision]:
    tasks = [Task(place(each), each.file.name) for each in files]
    results = run_in_workers(
        partial(examine, context=context), tasks, reading.progress, reading.limits, reading.workers
    )
    for each, result in zip(files, results, strict=True):
        yield register.decide(each.file, each.sha256, result)
