"""One file from its bytes to its checked rows: pure but for reading the file, and run in worker processes."""

import hashlib
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from qingdan_xl.collecting.checks import run_checks
from qingdan_xl.collecting.day_checks import run_day_checks
from qingdan_xl.collecting.identity import SentOut, claimed, recognise
from qingdan_xl.collecting.matching import match
from qingdan_xl.collecting.originals import CHANGED, keep, keep_bytes
from qingdan_xl.collecting.reading import Book, Limits, read_book
from qingdan_xl.collecting.rows import Rows, collected_rows
from qingdan_xl.collecting.score_identity import recognise_scores
from qingdan_xl.collecting.score_rows import check_scores, given_scores, match_scores
from qingdan_xl.faults import os_reason
from qingdan_xl.model import Origin
from qingdan_xl.packages.gate import check_size
from qingdan_xl.packages.refusal import RefusedError
from qingdan_xl.problems import Problem, problem
from qingdan_xl.sheets.ratings import RATINGS, is_score_batch
from qingdan_xl.store import Packed, packed


@dataclass(frozen=True, slots=True)
class Task:
    """One file to read: where its bytes lie, and the name that people know it by.

    Where `sha256` is given the bytes must still be those; they are kept under `original` before they are read.
    """

    path: Path
    file: str
    sha256: str = ""
    original: Path | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What every file is held against; `sent` is None outside a year folder.

    `as_of` is the day on which it is looked at; None leaves out the checks that need one.
    """

    sent: SentOut | None = None
    limits: Limits = field(default_factory=Limits)
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Return:
    """填报: what one file holds. `refusal` is the code that keeps it out, '' where it can be taken.

    `named` is another unit after which the file is named. `saved_at` (UTC) is when the workbook says it was last saved;
    `rows` are by sheet key.
    """

    problems: tuple[Problem, ...]
    refusal: str = ""
    unit_id: str = ""
    unit: str = ""
    batch: str = ""
    saved_at: datetime | None = None
    rows: Rows = field(default_factory=dict)
    named: str = ""


@dataclass(frozen=True, slots=True)
class Received:
    """A return as it travels from the worker: its rows are packed for the store.

    `unkept` is what the system said (errno, message, file) where the original could not be kept; nothing was read then.
    """

    found: Return
    rows: Packed = field(default_factory=dict)
    unkept: tuple[int, str, str] | None = None


def receive(task: Task, context: Context) -> Received:
    """Keep one file's original and read it.

    Where reading takes the process down it is the caller's to see that the original is kept. A file that cannot be
    opened or has changed since it was found is refused with `cannot-open-file`.
    """
    try:
        refusal = _too_large(task, context)
        data = b"" if refusal else task.path.read_bytes()
    except OSError as fault:
        return _not_open(task, os_reason(fault))
    if task.sha256 and not refusal and hashlib.sha256(data).hexdigest() != task.sha256:
        return _not_open(task, CHANGED)
    try:
        lost = _keep(task, data)
    except OSError as fault:
        return Received(Return(()), unkept=(fault.errno or 0, fault.strerror or "", str(fault.filename or "")))
    if lost:
        return _not_open(task, lost)
    found = refusal or _examined(data, task.file, context)
    return Received(replace(found, rows={}), packed(found.rows))


def _keep(task: Task, data: bytes) -> str:
    """Keep the original; why the file could not be read again where it is too large to be at hand, else ''."""
    if task.original is None:
        return ""
    if not data:
        return keep(task.path, task.original, task.sha256)
    keep_bytes(data, task.original)
    return ""


def _too_large(task: Task, context: Context) -> Return | None:
    try:
        check_size(task.path.stat().st_size, task.file, context.limits.gate)
    except RefusedError as refused:
        return Return((refused.problem,), refused.problem.code)
    return None


def _not_open(task: Task, why: str) -> Received:
    fault = problem("cannot-open-file", Origin(task.file), why=why)
    return Received(Return((fault,), fault.code))


def examine(task: Task, context: Context) -> Return:
    """Read, recognise, match and check one file; whatever keeps it out is a problem of the result."""
    return _too_large(task, context) or _examined(task.path.read_bytes(), task.file, context)


def _examined(data: bytes, file: str, context: Context) -> Return:
    try:
        return examine_book(read_book(data, file, context.limits), context)
    except RefusedError as refused:
        return _refused(refused)


def examine_book(book: Book, context: Context) -> Return:
    """As `examine`, for a workbook that has been read already."""
    try:
        if is_score_batch(claimed(book).agreed.batch):
            return _scored(book, context.sent)
        recognised = recognise(book, context.sent)
    except RefusedError as refused:
        return _refused(refused)
    form, unit = recognised.form, recognised.form.plan.unit
    matched = match(book, form)
    rows, retired = collected_rows(matched, form, recognised.newest)
    of_the_day = run_day_checks(rows, recognised.newest or form, context.as_of) if context.as_of else []
    problems = [*book.notes, *recognised.problems, *retired, *run_checks(matched, form), *of_the_day]
    return Return(
        tuple(replace(fault, unit=unit.name) for fault in problems),
        "",
        unit.id,
        unit.name,
        form.plan.batch,
        book.saved_at,
        rows,
        recognised.named,
    )


def _refused(refused: RefusedError) -> Return:
    return Return((refused.problem,), refused.problem.code, refused.unit_id)


def _scored(book: Book, sent: SentOut | None) -> Return:
    """What a rater's score sheet holds."""
    recognised = recognise_scores(book, sent)
    plan = recognised.plan
    matched = match_scores(book, plan)
    problems = [*book.notes, *recognised.problems, *check_scores(matched, plan)]
    rows = {RATINGS.key: given_scores(matched, plan.words)}
    named = tuple(replace(fault, unit=plan.whole_name) for fault in problems)
    return Return(named, "", plan.rater_id, plan.whole_name, plan.batch, book.saved_at, rows)
