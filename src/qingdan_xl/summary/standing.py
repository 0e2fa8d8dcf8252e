"""How every issued duty of every unit stands: the values that summary, status and assessment all look at."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from qingdan_xl.collecting.activities import activities
from qingdan_xl.counting.lights import light, turning_day
from qingdan_xl.counting.periods import Calendar
from qingdan_xl.counting.progress import Activity, TargetProgress, is_countable, progress
from qingdan_xl.issuing.batches import batch_from_json
from qingdan_xl.issuing.plan import Batch, UnitPlan, plan_unit
from qingdan_xl.model import Duty, Origin, Unit
from qingdan_xl.sheets.choices import NOT_APPLICABLE, STANDING
from qingdan_xl.sheets.unit import DUTIES, LOG
from qingdan_xl.sheets.values import Value
from qingdan_xl.store import Issued, Outcome, Store

StoredRow = Mapping[str, Value]

# what tells that somebody looked at the duty; leader, owner and deadline may be filled in when it is issued
_SIGNS = ("status", "progress", "report", "evidence", "trouble", "self_score")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a unit wrote beside one duty; every value is None or '' where the cell is blank or unreadable."""

    leader: str = ""
    owner: str = ""
    deadline: date | None = None
    status: str = ""
    progress: Decimal | None = None
    report: str = ""
    evidence: str = ""
    trouble: str = ""
    self_score: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """One issued duty row of one unit, what came back for it, and how it stands as of the calendar's day.

    `returned` tells whether the unit's workbook came back, `answered` whether this row in it says anything.
    `targets` are the countable demands; where not `returned` they know what is required, and nothing is known of what
    was done: `light` is '' then, and nobody may read their zeros as done by the unit. `since` is the day that the light
    hangs on (passed for 逾期 and 欠缺, coming for 临近). `origin` is the row it was read from (its file is the path in
    the inbox); empty where the row did not come back.
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
    returns as Store.rows gives them. In the order of the plans; a row of no plan is left to the problems of collect.
    """
    answers: dict[str, dict[str, StoredRow]] = defaultdict(dict)
    for row in duty_rows:
        answers[str(row["unit_id"])].setdefault(str(row["row_id"]), row)
    logs: dict[str, list[StoredRow]] = defaultdict(list)
    for row in log_rows:
        logs[str(row["unit_id"])].append(row)
    return tuple(
        standing
        for unit_id, plan in plans.items()
        for standing in (
            _returned(plan, answers[unit_id], activities(logs[unit_id], plan), calendar)
            if unit_id in returned
            else _issued(plan, (), calendar)
        )
    )


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
    return {key: plan_unit(batches[issued[key].batch], units[issued[key].batch, key]) for key in order if key in issued}


def returned_units(store: Store) -> frozenset[str]:
    """The ids of the units whose workbook was accepted."""
    return frozenset(receipt.unit_id for receipt in store.receipts() if receipt.outcome is Outcome.ACCEPTED)


def _issued(plan: UnitPlan, logged: Sequence[Activity], calendar: Calendar) -> Iterator[Standing]:
    """Every row of the plan as if nothing had been answered."""
    for sheet, planned in plan.rows():
        counted = (
            progress(target, logged, planned.id, sheet.holder, calendar)
            for target in planned.duty.targets
            if is_countable(target)
        )
        targets = tuple(found for found in counted if found.windows)  # a date of another year asks for nothing in this
        yield Standing(
            plan.unit,
            sheet.checklist,
            sheet.role,
            sheet.title,
            sheet.holder,
            planned.section,
            planned.id,
            planned.duty,
            targets,
        )


def _returned(
    plan: UnitPlan, answers: Mapping[str, StoredRow], logged: Sequence[Activity], calendar: Calendar
) -> Iterator[Standing]:
    for issued in _issued(plan, logged, calendar):
        row = answers.get(issued.row_id, {})
        answer = _answer(row)
        word = light(answer.status, answer.deadline, issued.targets, calendar)
        yield replace(
            issued,
            returned=True,
            answered=any(row.get(key) is not None for key in _SIGNS),
            answer=answer,
            light=word,
            since=turning_day(word, answer.status, answer.deadline, issued.targets, calendar),
            origin=_origin(row),
        )


def _answer(row: StoredRow) -> Answer:
    deadline, share, score = row.get("deadline"), row.get("progress"), row.get("self_score")
    return Answer(
        leader=str(row.get("leader") or ""),
        owner=str(row.get("owner") or ""),
        deadline=deadline if isinstance(deadline, date) else None,
        status=str(row.get("status") or ""),
        progress=share if isinstance(share, Decimal) else None,
        report=str(row.get("report") or ""),
        evidence=str(row.get("evidence") or ""),
        trouble=str(row.get("trouble") or ""),
        self_score=score if isinstance(score, Decimal) else None,
    )


def _origin(row: StoredRow) -> Origin:
    """The cell of the row's status: where people look first."""
    number, letters = row.get("row"), json.loads(str(row.get("letters") or "{}"))
    return Origin(
        str(row.get("path") or ""),
        str(row.get("sheet_title") or ""),
        number if isinstance(number, int) else None,
        letters.get("status", ""),
    )
