"""What the workbooks of a batch start with: the marks of what changed, and the answers of those sent one before."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from qingdan_xl.counting.periods import Calendar
from qingdan_xl.issuing.batches import batch_from_json
from qingdan_xl.issuing.carrying import Carried, marked
from qingdan_xl.issuing.handing_over import HandedOver, Tally, TypedRow, hand_over
from qingdan_xl.issuing.plan import Batch, Planner, UnitPlan
from qingdan_xl.issuing.succession import Lineage
from qingdan_xl.problems import Problem, problem
from qingdan_xl.sheets.unit import COLLECTED
from qingdan_xl.store import Outcome, Store
from qingdan_xl.verbs.reissue import Earlier

_LONGEST = 60


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """How many units' answers went into their next workbooks, and how many did not; `problems` name these.

    `as_typed` of the answers are texts that no value could be read from.
    """

    units: int = 0
    answers: int = 0
    as_typed: int = 0
    left: int = 0
    problems: tuple[Problem, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """`carried` of `issue --json`."""
        return {"units": self.units, "answers": self.answers, "as_typed": self.as_typed, "left": self.left}


def mark_changes(before: Earlier, batch: Batch) -> dict[str, Carried]:
    """Only the marks of what changed, by unit id."""
    return {line.last.unit.id: marked(line.last, line.next) for line in before.lines(batch)}


def carry_over(
    store: Store, before: Earlier, batch: Batch, calendar: Calendar
) -> tuple[Mapping[str, Carried], CarriedOver]:
    """What each unit's workbook starts with, by unit id, and what that comes to.

    Problems: `answer-not-carried`, `log-rows-untied`, `answers-left-behind`.
    """
    rows: dict[str, dict[str, list[TypedRow]]] = defaultdict(lambda: defaultdict(list))
    for sheet in COLLECTED:
        for row in store.typed_rows(sheet):
            rows[str(row["unit_id"])][sheet.key].append(row)
    handed = {
        line.last.unit.id: hand_over(line, answered, rows.pop(line.last.unit.id, {}), calendar)
        for line, answered in _lines(store, before, batch)
    }
    names = {unit.id: unit.name for unit in batch.roster.units}
    return {unit_id: each.start for unit_id, each in handed.items()}, _summed(handed, names)


def _lines(store: Store, before: Earlier, batch: Batch) -> Iterator[tuple[Lineage, UnitPlan]]:
    """The plans of each unit that was sent one before, with the one its return was made for."""
    answered = {each.unit_id: each.batch for each in store.receipts() if each.outcome is Outcome.ACCEPTED}
    batches = {key: batch_from_json(text) for key, text in store.snapshots().items() if key in answered.values()}
    planners = {key: Planner(found) for key, found in batches.items()}
    units = {(key, unit.id): unit for key, found in batches.items() for unit in found.roster.units}
    for line in before.lines(batch):
        key = answered.get(line.last.unit.id, line.last.batch)
        unit = units.get((key, line.last.unit.id))
        yield line, planners[key].outline(unit).plan() if unit and key != line.last.batch else line.last


def _summed(handed: Mapping[str, HandedOver], names: Mapping[str, str]) -> CarriedOver:
    tallies = {unit_id: each.tally for unit_id, each in handed.items()}
    return CarriedOver(
        sum(tally.answers > 0 for tally in tallies.values()),
        sum(tally.answers for tally in tallies.values()),
        sum(tally.as_typed for tally in tallies.values()),
        sum(len(tally.lost) + sum(tally.gone.values()) for tally in tallies.values()),
        tuple(found for unit_id, tally in tallies.items() for found in _problems(tally, names[unit_id])),
    )


def _problems(tally: Tally, name: str) -> Iterator[Problem]:
    for lost in tally.lost:
        context = {"heading": lost.heading, "text": lost.text[:_LONGEST], "why": lost.why}
        yield problem("answer-not-carried", lost.origin, name, name=name, **context)
    if tally.untied:
        first = tally.untied[0][:_LONGEST]
        yield problem("log-rows-untied", None, name, name=name, count=len(tally.untied), text=first)
    if tally.gone:
        yield problem("answers-left-behind", None, name, name=name, count=len(tally.gone))
