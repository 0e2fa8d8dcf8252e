"""Whom a batch goes to, and what those units start with who were sent one before."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from qingdan_xl.issuing.batches import batch_from_json
from qingdan_xl.issuing.carrying import relabelled
from qingdan_xl.issuing.plan import Batch, Outline, Planner, UnitPlan
from qingdan_xl.issuing.proposal import head_of
from qingdan_xl.issuing.succession import successors
from qingdan_xl.model import Person, Roster, Unit
from qingdan_xl.problems import UnusableError, problem
from qingdan_xl.roster import did_you_mean
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
    """What the units of a batch were sent last, by unit id; laid out in full only one after the other."""

    outlines: Mapping[str, Outline]

    def of(self, units: Iterable[Unit]) -> "Earlier":
        """Only what these of them were sent."""
        return Earlier({unit.id: self.outlines[unit.id] for unit in units if unit.id in self.outlines})

    def pairs(self, batch: Batch) -> Iterator[tuple[UnitPlan, UnitPlan]]:
        """The earlier plan and that of this batch for each of the units."""
        planner, units = Planner(batch), {unit.id: unit for unit in batch.roster.units}
        for unit_id, outline in self.outlines.items():
            yield outline.plan(), planner.outline(units[unit_id]).plan()


@dataclass(frozen=True, slots=True)
class Moves:
    """How rows that came back for the earlier plans are called in a batch; worked out each time it is gone through."""

    before: Earlier
    batch: Batch

    def __iter__(self) -> Iterator[Move]:
        """The moves one after the other: those of thousands of units together would be too much to hold."""
        for old, new in self.before.pairs(self.batch):
            yield Move(old.unit.id, successors(old, new), relabelled(old, new))


def earlier(store: Store, batch: Batch) -> Earlier:
    """What the units of this batch were sent last; nothing for those that are sent their first workbook."""
    sent = store.issued()
    batches = {key: batch_from_json(text) for key, text in store.snapshots().items()}
    planners = {key: Planner(found) for key, found in batches.items()}
    units = {(key, unit.id): unit for key, found in batches.items() for unit in found.roster.units}
    outlines = {}
    for unit in batch.roster.units:
        if unit.id in sent:
            key = sent[unit.id].batch
            outlines[unit.id] = planners[key].outline(units[key, unit.id])
    return Earlier(outlines)


def chosen(batch: Batch, choice: Choice, before: Earlier) -> Batch:
    """The batch with only the units that are asked for.

    UnusableError `unknown-unit-asked`, `roster-unchanged` where nobody is left.
    """
    units = batch.roster.units
    if choice.only:
        _check_known(choice.only, units)
        units = tuple(unit for unit in units if unit.name in choice.only or unit.id in choice.only)
    if choice.since_roster_change:
        units = tuple(unit for unit in units if _is_changed(batch, unit, before.outlines.get(unit.id)))
        if not units:
            raise UnusableError(problem("roster-unchanged"))
    return replace(batch, roster=Roster(units, batch.roster.people))


def _is_changed(batch: Batch, unit: Unit, before: Outline | None) -> bool:
    now = batch.roster.people_of(unit.name)
    return before is None or (before.unit, _asked_of(before.people)) != (unit, _asked_of(now))


def _asked_of(people: tuple[Person, ...]) -> tuple[Hashable, ...]:
    """The people as far as a workbook goes by them, whatever way their rows are sorted.

    Their order tells only who leads where nobody is named as the head, or several are, and who of those that oversee
    the same words comes first.
    """
    return frozenset(people), head_of(people), tuple(person.name for person in people if person.oversees)


def _check_known(asked: Iterable[str], units: Iterable[Unit]) -> None:
    names = [unit.name for unit in units]
    known = {*names, *(unit.id for unit in units)}
    faults = [
        problem("unknown-unit-asked", name=name, hint=did_you_mean(name, names)) for name in asked if name not in known
    ]
    if faults:
        raise UnusableError(*faults)
