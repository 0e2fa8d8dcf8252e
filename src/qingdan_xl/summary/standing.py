"""How every issued duty of every unit stands: the values that summary, status and assessment all look at."""

import json
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from sys import intern
from typing import TypeVar

from qingdan_xl.counting.deadlines import Due, due_of, issued_due
from qingdan_xl.counting.lights import light, turning_day
from qingdan_xl.counting.periods import Calendar
from qingdan_xl.counting.progress import Activity, TargetProgress, is_countable, progress, within
from qingdan_xl.issuing.activities import activities
from qingdan_xl.issuing.batches import batch_from_json
from qingdan_xl.issuing.plan import Batch, PlanRow, RoleSheet, UnitPlan, plan_unit
from qingdan_xl.model import Duty, Origin, Unit
from qingdan_xl.sheets.choices import NOT_APPLICABLE, STANDING
from qingdan_xl.sheets.own import is_own
from qingdan_xl.sheets.unit import DUTIES, LOG
from qingdan_xl.sheets.values import Value
from qingdan_xl.store import Issued, Outcome, Store

StoredRow = Mapping[str, Value]
Shared = TypeVar("Shared", bound=Hashable)

# what tells that somebody looked at the duty; leader, owner and deadline may be filled in when it is issued
_SIGNS = ("status", "ratio", "progress", "report", "evidence", "trouble", "self_score")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a unit wrote beside one duty; every value is None or '' where the cell is blank or unreadable.

    `own` are the filled cells of own columns: key and value.
    """

    leader: str = ""
    owner: str = ""
    deadline: date | None = None
    status: str = ""
    ratio: Decimal | None = None
    progress: Decimal | None = None
    report: str = ""
    evidence: str = ""
    trouble: str = ""
    self_score: Decimal | None = None
    own: tuple[tuple[str, Value], ...] = ()


@dataclass(frozen=True, slots=True)
class Given:
    """One duty row as it came back: the answer, whether it says anything, and where it stood."""

    answer: Answer = field(default_factory=Answer)
    answered: bool = False
    origin: Origin = field(default_factory=Origin)


@dataclass(frozen=True, slots=True)
class Standing:
    """One issued duty row of one unit, what came back for it, and how it stands as of the calendar's day.

    `returned` tells whether the unit's workbook came back, `answered` whether this row in it says anything.
    `targets` are the countable demands; where not `returned` they know what is required, and nothing is known of what
    was done: `light` is '' then, and nobody may read their zeros as done by the unit. `deadline` is the issued date, or
    the unit's own where none was issued. `since` is the day that the light hangs on (passed for 逾期 and 欠缺, coming
    for 临近). `origin` is the row it was read from (its file is the path in the inbox); empty where it did not come
    back.
    """

    unit: Unit
    checklist: str
    role: str
    sheet: str
    holder: str
    section: str
    row_id: str
    duty: Duty
    targets: tuple[TargetProgress, ...]
    returned: bool = False
    answered: bool = False
    answer: Answer = field(default_factory=Answer)
    deadline: date | None = None
    light: str = ""
    since: date | None = None
    origin: Origin = field(default_factory=Origin)

    @property
    def number(self) -> str:
        """As the list prints it."""
        return self.duty.number

    @property
    def text(self) -> str:
        """The duty as issued."""
        return self.duty.text

    @property
    def person(self) -> str:
        """Whom the duty falls to: the holder of a personal list, else the owner named in the answer; '' for nobody."""
        return self.holder or self.answer.owner

    @property
    def closable(self) -> bool:
        """Whether it came back as something that can be finished: neither standing nor exempt."""
        return self.returned and self.answer.status not in (STANDING, NOT_APPLICABLE)

    @property
    def required(self) -> int | None:
        """How often in the whole year, over all countable demands; None where there are none."""
        return sum(target.required for target in self.targets) if self.targets else None

    @property
    def done(self) -> int | None:
        """How often so far; None where there are no countable demands or the unit did not return."""
        return sum(target.done for target in self.targets) if self.targets and self.returned else None


def standings(
    plans: Mapping[str, UnitPlan],
    returned: Collection[str],
    duty_rows: Iterable[StoredRow],
    log_rows: Iterable[StoredRow],
    calendar: Calendar,
) -> tuple[Standing, ...]:
    """How every duty row of every plan stands as of the calendar's day.

    `plans` are by unit id, `returned` the unit ids whose workbook was accepted; the rows are those of the accepted
    returns as Store.rows gives them, by unit id. In the order of the plans; a row of no plan is left to the problems of
    collect.
    """
    answers, logs, counting = _ByUnit(duty_rows), _ByUnit(log_rows), _Counting(calendar)
    found = {
        unit_id: tuple(
            _returned(plan, _given_rows(answers.of(unit_id)), activities(logs.of(unit_id), plan), counting)
            if unit_id in returned
            else (issued for issued, _ in _issued(plan, (), counting))
        )
        for unit_id, plan in sorted(plans.items(), key=itemgetter(0))
    }
    return tuple(standing for unit_id in plans for standing in found[unit_id])


class _ByUnit:
    """Stored rows unit by unit, so that those of one are in memory at a time; to be asked in the order of ids."""

    def __init__(self, rows: Iterable[StoredRow]) -> None:
        self._groups = groupby(rows, key=lambda row: str(row["unit_id"]))
        self._next = next(self._groups, None)

    def of(self, unit_id: str) -> Iterator[StoredRow]:
        """The rows of a unit; those of smaller ids that nobody asked for are passed over."""
        while self._next and self._next[0] < unit_id:
            self._next = next(self._groups, None)
        return self._next[1] if self._next and self._next[0] == unit_id else iter(())


def load_standings(store: Store, calendar: Calendar) -> tuple[Standing, ...]:
    """As `standings`, from what the store holds now."""
    return standings(load_plans(store), returned_units(store), store.rows(DUTIES), store.rows(LOG), calendar)


def load_batches(store: Store) -> dict[str, Batch]:
    """Every batch that was issued, by its id, in the order of issue."""
    return {key: batch_from_json(text) for key, text in store.snapshots().items()}


def load_plans(store: Store) -> dict[str, UnitPlan]:
    """The plan that counts for each unit that was sent a workbook, by unit id."""
    return plans_of(load_batches(store), store.issued())


def plans_of(batches: Mapping[str, Batch], issued: Mapping[str, Issued]) -> dict[str, UnitPlan]:
    """Each issued unit's plan in the batch that counts for it, by unit id.

    In the order of the newest roster; units that it no longer holds come last.
    """
    units = {(key, unit.id): unit for key, batch in batches.items() for unit in batch.roster.units}
    order = dict.fromkeys(unit.id for batch in reversed(list(batches.values())) for unit in batch.roster.units)
    shared: dict[Hashable, RoleSheet] = {}
    plans = {}
    for key in (key for key in order if key in issued):
        plan = plan_unit(batches[issued[key].batch], units[issued[key].batch, key])
        plans[key] = replace(plan, sheets=tuple(shared.setdefault(_sheet_key(plan, s), s) for s in plan.sheets))
    return plans


def _sheet_key(plan: UnitPlan, sheet: RoleSheet) -> Hashable:
    """What tells sheets apart: units with the same share one, of which a large year has very many."""
    return plan.batch, sheet.checklist, sheet.title, sheet.holder, tuple(row.id for row in sheet.rows)


def returned_units(store: Store) -> frozenset[str]:
    """The ids of the units whose workbook was accepted."""
    return frozenset(receipt.unit_id for receipt in store.receipts() if receipt.outcome is Outcome.ACCEPTED)


class _Counting:
    """Counts demands for one calendar; units that did the same share one value, of which there are many.

    Ids stand for targets and duties, which the plans keep alive: a hash over all their fields costs more than counting.
    """

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        self._known: dict[tuple[int, tuple[int, ...]], TargetProgress] = {}
        self._dues: dict[int, Due | None] = {}

    def due(self, duty: Duty) -> Due | None:
        """The date that was issued with the duty."""
        key = id(duty)
        if key not in self._dues:
            self._dues[key] = issued_due(duty, self.calendar)
        return self._dues[key]

    def targets(self, planned: PlanRow, holder: str, logged: Sequence[Activity]) -> tuple[TargetProgress, ...]:
        """The countable demands of a row that have a window in the year: a date of another year asks for nothing."""
        return tuple(
            self._shared(found)
            for target in planned.duty.targets
            if is_countable(target) and (found := progress(target, logged, planned.id, holder, self.calendar)).windows
        )

    def seen(self, targets: tuple[TargetProgress, ...]) -> tuple[TargetProgress, ...]:
        """What of them falls due in the calendar's period."""
        return targets if self.calendar.period is None else tuple(map(self._shared, within(targets, self.calendar)))

    def _shared(self, found: TargetProgress) -> TargetProgress:
        # fewer windows of the same target are the part of it that falls due in the period
        return self._known.setdefault((id(found.target), tuple(window.done for window in found.windows)), found)


def _issued(
    plan: UnitPlan, logged: Sequence[Activity], counting: _Counting
) -> Iterator[tuple[Standing, tuple[TargetProgress, ...]]]:
    """Every row of the plan as if nothing had been answered, beside its counts of the whole year."""
    for sheet, planned in plan.rows():
        due, targets = counting.due(planned.duty), counting.targets(planned, sheet.holder, logged)
        standing = Standing(
            plan.unit,
            sheet.checklist,
            sheet.role,
            sheet.title,
            sheet.holder,
            planned.section,
            planned.id,
            planned.duty,
            counting.seen(targets),
            deadline=due.day if due else None,
        )
        yield standing, targets


def _returned(
    plan: UnitPlan, answers: Mapping[str, Given], logged: Sequence[Activity], counting: _Counting
) -> Iterator[Standing]:
    calendar = counting.calendar
    for issued, targets in _issued(plan, logged, counting):
        given = answers.get(issued.row_id, _NOTHING)
        answer = given.answer
        due = due_of(counting.due(issued.duty), answer.deadline)
        word = light(answer.status, due, targets, calendar)
        yield replace(
            issued,
            returned=True,
            answered=given.answered,
            answer=answer,
            deadline=due.day if due else None,
            light=word,
            since=turning_day(word, answer.status, due, targets, calendar),
            origin=given.origin,
        )


_NOTHING = Given()


def _given_rows(rows: Iterable[StoredRow]) -> Mapping[str, Given]:
    """The answers of one unit by row id; the first where a row stands twice."""
    given: dict[str, Given] = {}
    for row in rows:
        if row["row_id"] not in given:
            given[str(row["row_id"])] = _given(row)
    return given


def _given(row: StoredRow) -> Given:
    return Given(_answer(row), any(row.get(key) is not None for key in _SIGNS), _origin(row))


def _word(value: Value) -> str:
    return intern(str(value)) if value else ""


def _answer(row: StoredRow) -> Answer:
    deadline, score = row.get("deadline"), row.get("self_score")
    ratio, share = row.get("ratio"), row.get("progress")
    return Answer(
        leader=_word(row.get("leader")),
        owner=_word(row.get("owner")),
        deadline=_shared(deadline) if isinstance(deadline, date) else None,
        status=_word(row.get("status")),
        ratio=_shared(ratio) if isinstance(ratio, Decimal) else None,
        progress=_shared(share) if isinstance(share, Decimal) else None,
        report=_word(row.get("report")),
        evidence=_word(row.get("evidence")),
        trouble=_word(row.get("trouble")),
        self_score=_shared(score) if isinstance(score, Decimal) else None,
        own=_shared(tuple((key, row[key]) for key in _own_keys(tuple(row)) if row[key] is not None)),
    )


@lru_cache(maxsize=8)
def _own_keys(keys: tuple[str, ...]) -> tuple[str, ...]:
    """The own columns among those of a stored row."""
    return tuple(filter(is_own, keys))


@lru_cache(maxsize=4096)
def _shared(value: Shared) -> Shared:
    """One object for all equal dates, percents and ticks, of which there are few."""
    return value


def _origin(row: StoredRow) -> Origin:
    """The cell of the row's status: where people look first."""
    number = row.get("row")
    return Origin(
        _word(row.get("path")),
        _word(row.get("sheet_title")),
        number if isinstance(number, int) else None,
        _status_letter(str(row.get("letters") or "{}")),
    )


@lru_cache(maxsize=1024)
def _status_letter(letters: str) -> str:
    return intern(str(json.loads(letters).get("status", "")))
