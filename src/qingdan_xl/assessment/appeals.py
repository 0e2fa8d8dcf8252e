"""复核申诉: what was decided on appeals, typed into 考核.xlsx, read back before the next run and written again."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from qingdan_xl.assessment.facts import Subject
from qingdan_xl.assessment.gaps import Gap
from qingdan_xl.assessment.rules import Appeal
from qingdan_xl.assessment.scheme_checks import FINEST
from qingdan_xl.problems import Problem, problem
from qingdan_xl.roster import did_you_mean
from qingdan_xl.sheets.assessment import APPEALS
from qingdan_xl.sheets.reading import Row, cell_problems, load_grid, read_grid
from qingdan_xl.sheets.writing import Cell

COUNTED = "已计入"
_TYPED = tuple(column.key for column in APPEALS.answers)
_HEADINGS = {column.key: column.heading for column in APPEALS}


def read_appeals(data: bytes, file: str, year: int) -> tuple[tuple[Appeal, ...], tuple[Problem, ...]]:
    """The decisions that people typed into a 考核.xlsx, in the order of their rows; none where it has no such sheet.

    Every row that holds anything is there, an incomplete one as well: it is not counted, but kept. Problems:
    `bad-cell`, `needs-value`, `missing-heading`, `points-too-fine`. Raises UnusableError `unreadable-workbook`.
    """
    grid = load_grid(data, file, APPEALS.title)
    if grid is None:
        return (), ()
    table = read_grid(APPEALS, grid, file, APPEALS.title, year)
    rows = [row for row in table.rows if any(row.text(key) for key in _TYPED)]
    headings = [fault for fault in table.problems if fault.code == "missing-heading"]
    cells = [fault for row in rows for fault in (*cell_problems(APPEALS, row), *_too_fine(row))]
    return tuple(map(_appeal, rows)), (*headings, *cells)


def _too_fine(row: Row) -> list[Problem]:
    points: Any = row.value("points")
    if points is None or points == points.quantize(FINEST):
        return []
    return [problem("points-too-fine", row.origin("points"), points=points)]


def _appeal(row: Row) -> Appeal:
    values: dict[str, Any] = {key: row.value(key) for key in _TYPED}
    unread = {key: row.text(key) for key in _TYPED if row.text(key) and values[key] is None}
    if _too_fine(row):
        unread["points"] = row.text("points")
    missing = [column.key for column in APPEALS if column.required and not row.text(column.key)]
    texts = {key: values[key] or "" for key in _TYPED if key not in {"points", "decided_on"}}
    return Appeal(
        **texts,
        points=values["points"],
        decided_on=values["decided_on"],
        unread=tuple(unread.items()),
        missing=tuple(missing),
        origin=row.origin("unit"),
    )


def merged(newest_first: Iterable[Sequence[Appeal]]) -> tuple[Appeal, ...]:
    """The decisions of several copies of 考核.xlsx: those of the newest, and what only older ones have.

    The same decision in two copies (about whom and what, by whom and when) is taken as the newer one has it.
    """
    found: list[Appeal] = []
    for copy in newest_first:
        known = {_subject_matter(item) for item in found}
        found += (item for item in copy if _subject_matter(item) not in known)
    return tuple(found)


def _subject_matter(appeal: Appeal) -> tuple[object, ...]:
    return appeal.unit, appeal.item, appeal.decided_by, appeal.decided_on


def appeal_problems(appeals: Iterable[Appeal], subjects: Iterable[Subject]) -> list[Problem]:
    """`appeal-unit` for each decision about a subject that is not assessed: it is kept, but counts nowhere."""
    known = {subject.label for subject in subjects}
    return [
        problem("appeal-unit", item.origin, item.unit, name=item.unit, hint=did_you_mean(item.unit, sorted(known)))
        for item in appeals
        if item.unit and item.unit not in known
    ]


def repeated_appeals(appeals: Iterable[Appeal]) -> list[Problem]:
    """`appeal-twice` for each counted decision that moves the same unit for the same matter as one before it does.

    Both count: whether one corrects the other (another name or day, in another copy) only people know.
    """
    first: dict[tuple[object, ...], Appeal] = {}
    found = []
    for item in (own for own in appeals if own.counts and own.points):
        other = first.setdefault((item.unit, item.item, item.points), item)
        if other is not item:
            at = f"{other.origin.file} 的 {other.origin.cell}"
            found.append(problem("appeal-twice", item.origin, item.unit, name=item.unit, points=item.points, other=at))
    return found


def appeal_rows(appeals: Sequence[Appeal], scored: Collection[str]) -> list[Mapping[str, Cell]]:
    """The rows of 复核申诉: all as they were typed, each with what became of it; `scored` are the labels with lines."""
    return [_cells(item) | {"state": state_of(item, scored)} for item in appeals]


def state_of(appeal: Appeal, scored: Collection[str]) -> str:
    """What became of a decision."""
    if appeal.unread:
        return f"未计入：{'、'.join(_HEADINGS[key] for key, _ in appeal.unread)}读不出来，请改正"
    if appeal.missing:
        return f"未计入：缺{'、'.join(_HEADINGS[key] for key in appeal.missing)}"
    return COUNTED if appeal.unit in scored else "未计入：没有这个单位（人员），或它没有评分"


def _cells(appeal: Appeal) -> dict[str, Cell]:
    return {key: getattr(appeal, key) for key in _TYPED} | dict(appeal.unread)


def appeal_gaps(appeals: Iterable[Appeal], scored: Collection[str]) -> list[Gap]:
    """The decisions that count nowhere, for 未评与缺项."""
    states = ((item, state_of(item, scored)) for item in appeals)
    return [
        Gap(Subject(item.unit, item.unit), "复核未计入", state, None, item.origin, item.item)
        for item, state in states
        if state != COUNTED
    ]
