"""One file from its bytes to its checked rows: pure but for reading the file, and run in worker processes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from qingdan_xl.collecting.checks import run_checks
from qingdan_xl.collecting.identity import SentOut, recognise
from qingdan_xl.collecting.matching import match
from qingdan_xl.collecting.reading import Limits, read_book
from qingdan_xl.collecting.rows import collected_rows
from qingdan_xl.packages.gate import check_size
from qingdan_xl.packages.refusal import RefusedError
from qingdan_xl.problems import Problem
from qingdan_xl.sheets.reading import Row


@dataclass(frozen=True, slots=True)
class Task:
    """One file to read: where its bytes lie, and the name that people know it by."""

    path: Path
    file: str


@dataclass(frozen=True, slots=True)
class Context:
    """What every file is held against; `sent` is None outside a year folder."""

    sent: SentOut | None = None
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True)
class Return:
    """填报: what one file holds. `refusal` is the code that keeps it out, '' where it can be taken.

    `saved_at` (UTC) is when the workbook says it was last saved; `rows` are by sheet key.
    """

    problems: tuple[Problem, ...]
    refusal: str = ""
    unit_id: str = ""
    unit: str = ""
    batch: str = ""
    saved_at: datetime | None = None
    rows: Mapping[str, Sequence[Row]] = field(default_factory=dict)


def examine(task: Task, context: Context) -> Return:
    """Read, recognise, match and check one file; whatever keeps it out is a problem of the result."""
    try:
        check_size(task.path.stat().st_size, task.file, context.limits.gate)
        book = read_book(task.path.read_bytes(), task.file, context.limits)
        recognised = recognise(book, context.sent)
    except RefusedError as refused:
        return Return((refused.problem,), refused.problem.code, refused.unit_id)
    form, unit = recognised.form, recognised.form.plan.unit
    matched = match(book, form)
    rows, retired = collected_rows(matched, form, recognised.newest)
    problems = [*book.notes, *recognised.problems, *retired, *run_checks(matched, form)]
    return Return(
        tuple(replace(fault, unit=unit.name) for fault in problems),
        "",
        unit.id,
        unit.name,
        form.plan.batch,
        book.saved_at,
        rows,
    )
