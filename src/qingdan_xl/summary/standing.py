"""How every issued duty of every unit stands: the values that summary, status and assessment all look at."""

import json
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from operator import itemgetter
from sys import intern
from typing import TypeVar

from qingdan_xl.counting.duties import NOT_LOGGED, Counting, Logged, by_category
from qingdan_xl.counting.periods import Calendar
from qingdan_xl.counting.progress import TargetProgress
from qingdan_xl.issuing.activities import activities
from qingdan_xl.issuing.batches import batch_from_json
from qingdan_xl.issuing.plan import Batch, RoleSheet, UnitPlan, plan_unit
from qingdan_xl.model import Duty, Origin, Unit
from qingdan_xl.roster import split_names
from qingdan_xl.sheets.choices import NOT_APPLICABLE, STANDING
from qingdan_xl.sheets.own import is_answer, is_own
from qingdan_xl.sheets.values import Value
from qingdan_xl.store import ByUnit, Issued, Store

StoredRow = Mapping[str, Value]
Shared = TypeVar("Shared", bound=Hashable)


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
        """Whom the duty falls to as written: the holder of a personal list, else the answer's owners; '' for nobody."""
        return self.holder or self.answer.owner

    @property
    def people(self) -> tuple[str, ...]:
        """The same one by one: a duty that several hold together is each one's."""
        return people_named(self.person)

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


def people_named(text: str) -> tuple[str, ...]:
    """The names that stand in a cell of 责任人, each once."""
    return tuple(dict.fromkeys(split_names(text)))


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
    answers, logs, counting = ByUnit(duty_rows), ByUnit(log_rows), Counting(calendar)
    found = {
        unit_id: tuple(
            _returned(plan, _given_rows(answers.of(unit_id)), by_category(activities(logs.of(unit_id), plan)), counting)
            if unit_id in returned
            else (issued for issued, _ in _issued(plan, NOT_LOGGED, counting))
        )
        for unit_id, plan in sorted(plans.items(), key=itemgetter(0))
    }
    return tuple(standing for unit_id in plans for standing in found[unit_id])


def load_batches(store: Store) -> dict[str, Batch]:
    """Every batch that was issued, by its id, in the order of issue."""
    return {key: batch_from_json(text) for key, text in store.snapshots().items()}


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


def _issued(
    plan: UnitPlan, logged: Logged, counting: Counting
) -> Iterator[tuple[Standing, tuple[TargetProgress, ...]]]:
    """Every row of the plan as if nothing had been answered, beside its counts of the whole year."""
    for sheet, planned in plan.rows():
        due = counting.due(planned.duty)
        targets = counting.targets(planned.duty, planned.id, sheet.holder, logged)
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


def _returned(plan: UnitPlan, answers: Mapping[str, Given], logged: Logged, counting: Counting) -> Iterator[Standing]:
    for issued, targets in _issued(plan, logged, counting):
        given = answers.get(issued.row_id, _NOTHING)
        answer = given.answer
        verdict = counting.judged(issued.duty, answer.status, answer.deadline, targets)
        yield replace(
            issued,
            returned=True,
            answered=given.answered,
            answer=answer,
            deadline=verdict.due.day if verdict.due else None,
            light=verdict.light,
            since=verdict.since,
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
    # leader, owner and deadline may have been filled in when it was issued
    return Given(_answer(row), any(row[key] is not None for key in _answer_keys(tuple(row))), _origin(row))


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


@lru_cache(maxsize=8)
def _answer_keys(keys: tuple[str, ...]) -> tuple[str, ...]:
    """The answers among the keys of a stored row."""
    return tuple(filter(is_answer, keys))


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
