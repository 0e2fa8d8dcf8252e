"""Files that were found → decisions, read in workers, in order."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, partial
from pathlib import Path

from qingdan_xl.collecting.examine import Context, Task, receive
from qingdan_xl.collecting.originals import keep
from qingdan_xl.collecting.outcome import Decision, Register
from qingdan_xl.collecting.stock import Hashed
from qingdan_xl.engine import Limits, Progress, quiet, run_in_workers
from qingdan_xl.model import Origin
from qingdan_xl.problems import problem


@dataclass(frozen=True, slots=True)
class Reading:
    """How files are read: within which limits, in how many workers (None: one a core), and whom to tell.

    `as_of` is the day on which they are looked at; None leaves out the checks that need one.
    """

    limits: Limits = field(default_factory=Limits)
    workers: int | None = None
    progress: Progress = quiet
    as_of: date | None = None


def decisions(
    files: Sequence[Hashed],
    register: Register,
    context: Context,
    reading: Reading,
    original: Callable[[Hashed], Path | None],
) -> Iterator[Decision]:
    """Decide on every file, in order but for repeats, which come after what they repeat.

    `original` says where a file's bytes are to be kept, None where they are not. Who takes a decision adds its receipt
    to the register before taking the next, and makes its original durable. OSError where one cannot be kept.
    """
    keep_once = cache(keep)  # many members of a zip may have the zip itself for their original
    for each in files:
        if each.file.ignored:
            yield register.ignore(each.file)
        elif each.fault:
            target = original(each) if each.sha256 else None
            if target and (why := keep_once(each.file.path, target, each.sha256)):
                yield _not_open(each, why, register)
            else:
                yield replace(register.refuse(each.file, each.sha256, each.fault), original=target)
    waiting = [each for each in files if each.sha256 and not each.fault]
    while waiting:
        first: dict[str, Hashed] = {}
        for each in waiting:
            if register.first_with(each.sha256):
                yield register.repeat(each.file, each.sha256, context.sent)
            elif fault := register.lost.get(each.sha256):
                yield register.refuse(each.file, each.sha256, replace(fault, origin=Origin(each.file.name)))
            else:
                first.setdefault(each.sha256, each)
        # the same bytes again wait until it is known what became of the first
        waiting = [each for each in waiting if first.get(each.sha256, each) is not each]
        yield from _read(list(first.values()), register, context, reading, original)


def _read(
    files: Sequence[Hashed],
    register: Register,
    context: Context,
    reading: Reading,
    original: Callable[[Hashed], Path | None],
) -> Iterator[Decision]:
    tasks = [Task(each.file.path, each.file.name, each.sha256, original(each)) for each in files]
    results = run_in_workers(
        partial(receive, context=context), tasks, reading.progress, reading.limits, reading.workers
    )
    for each, task, result in zip(files, tasks, results, strict=True):
        if result.value and result.value.unkept:
            raise OSError(*result.value.unkept)
        if result.failure and task.original and (why := keep(task.path, task.original, each.sha256)):
            yield _not_open(each, why, register)
        else:
            yield replace(register.decide(each.file, each.sha256, result), original=task.original)


def _not_open(each: Hashed, why: str, register: Register) -> Decision:
    """A file that was found and cannot be read any more: nothing of it is kept, the next run tries it again."""
    return register.refuse(each.file, "", problem("cannot-open-file", Origin(each.file.name), why=why))
