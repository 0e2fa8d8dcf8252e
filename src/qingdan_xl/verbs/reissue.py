"""Whom a batch goes to, and what those units start with who were sent one before."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from qingdan_xl.issuing.batches import batch_from_json
from qingdan_xl.issuing.carrying import Carried, StoredRow, carried, marked, relabelled
from qingdan_xl.issuing.plan import Batch, UnitPlan, plan_unit
from qingdan_xl.issuing.succession import successors
from qingdan_xl.model import Roster, Unit
from qingdan_xl.problems import Problem, UnusableError, problem
from qingdan_xl.roster import did_you_mean
from qingdan_xl.sheets.unit import COLLECTED, DUTIES
from qingdan_xl.store import Move, Store


@dataclass(frozen=True, slots=True)
class Choice:
    """What the coordinator asks for: these units only (names or ids), those whose roster changed, answers carried over.

    `zipped` packs the workbooks, one package a parent unit.
    """

    only: tuple[str, ...] = ()
    since_roster_change: bool = False
    carry: bool = False
    zipped: bool = False


@dataclass(frozen=True, slots=True)
class Earlier:
    """The plans that the units of a batch were sent last, by unit id."""

    plans: Mapping[str, UnitPlan]

    def moves(self, batch: Batch) -> tuple[Move, ...]:
        """How rows that came back for the earlier plans are called in this batch."""
        pairs = [(plan, _plan(batch, unit_id)) for unit_id, plan in self.plans.items()]
        return tuple(Move(old.unit.id, successors(old, new), relabelled(old, new)) for old, new in pairs)


def earlier(store: Store, batch: Batch) -> Earlier:
    """What the units of this batch were sent last; nothing for those that are sent their first workbook."""
    sent = store.issued()
    batches = {key: batch_from_json(text) for key, text in store.snapshots().items()}
    plans = {}
    for unit in batch.roster.units:
        if unit.id in sent:
            plans[unit.id] = _plan(batches[sent[unit.id].batch], unit.id)
    return Earlier(plans)


def chosen(batch: Batch, choice: Choice, before: Earlier) -> Batch:
    """The batch with only the units that are asked for.

    UnusableError `unknown-unit-asked`, `roster-unchanged` where nobody is left.
    """
    units = batch.roster.units
    if choice.only:
        _check_known(choice.only, units)
        units = tuple(unit for unit in units if unit.name in choice.only or unit.id in choice.only)
    if choice.since_roster_change:
        units = tuple(unit for unit in units if _is_changed(batch, unit, before.plans.get(unit.id)))
        if not units:
            raise UnusableError(problem("roster-unchanged"))
    return replace(batch, roster=Roster(units, batch.roster.people))


def start(store: Store, batch: Batch, before: Earlier, choice: Choice) -> Mapping[str, Carried]:
    """What each unit's workbook starts with, by unit id: the marks of what changed, and its answers where asked for."""
    plans = {unit_id: (old, _plan(batch, unit_id)) for unit_id, old in before.plans.items()}
    if not choice.carry:
        return {unit_id: marked(old, new) for unit_id, (old, new) in plans.items()}
    rows: dict[str, dict[str, list[StoredRow]]] = defaultdict(lambda: defaultdict(list))
    for sheet in COLLECTED:
        for row in store.rows(sheet):
            rows[str(row["unit_id"])][sheet.key].append(row)
    return {unit_id: carried(old, new, rows[unit_id]) for unit_id, (old, new) in plans.items()}


def left_behind(store: Store, moves: Iterable[Move]) -> list[Problem]:
    """The answers to duties that the unit no longer holds: kept in the store, not in the new workbook."""
    ids = {move.unit_id: move.ids for move in moves}
    names = {workbook.unit_id: workbook.unit for workbook in store.workbooks()}
    counts: dict[str, int] = defaultdict(int)
    for row in store.rows(DUTIES):
        unit_id = str(row["unit_id"])
        counts[unit_id] += unit_id in ids and str(row["row_id"]) not in ids[unit_id]
    return [
        problem("answers-left-behind", None, names[unit_id], name=names[unit_id], count=count)
        for unit_id, count in counts.items()
        if count
    ]


def _plan(batch: Batch, unit_id: str) -> UnitPlan:
    return plan_unit(batch, next(unit for unit in batch.roster.units if unit.id == unit_id))


def _is_changed(batch: Batch, unit: Unit, before: UnitPlan | None) -> bool:
    return before is None or (before.unit, before.people) != (unit, batch.roster.people_of(unit.name))


def _check_known(asked: Iterable[str], units: Iterable[Unit]) -> None:
    names = [unit.name for unit in units]
    known = {*names, *(unit.id for unit in units)}
    faults = [
        problem("unknown-unit-asked", name=name, hint=did_you_mean(name, names)) for name in asked if name not in known
    ]
    if faults:
        raise UnusableError(*faults)
