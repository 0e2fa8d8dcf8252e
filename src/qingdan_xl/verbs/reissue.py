"""Whom a batch goes to, and what those units start with who were sent one before."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from qingdan_xl.issuing.batches import batch_from_json
from qingdan_xl.issuing.plan import Batch, Outline, Planner
from qingdan_xl.issuing.proposal import head_of
from qingdan_xl.issuing.succession import Lineage, labels_of
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
    """What the units of a batch were sent last, by unit id; laid out in full only one after the other.

    `before` is what was sent before that, oldest first, to those units of whose stored rows some belong to duties that
    have gone.
    """

    outlines: Mapping[str, Outline]
    before: Mapping[str, tuple[Outline, ...]] = field(default_factory=dict)

    def of(self, units: Iterable[Unit]) -> "Earlier":
        """Only what these of them were sent."""
        outlines = {unit.id: self.outlines[unit.id] for unit in units if unit.id in self.outlines}
        return Earlier(outlines, {unit_id: self.before[unit_id] for unit_id in outlines if unit_id in self.before})

    def lines(self, batch: Batch) -> Iterator[Lineage]:
        """The earlier plans and that of this batch for each of the units."""
        planner, units = Planner(batch), {unit.id: unit for unit in batch.roster.units}
        for unit_id, outline in self.outlines.items():
            before = tuple(each.plan() for each in self.before.get(unit_id, ()))
            yield Lineage(outline.plan(), planner.outline(units[unit_id]).plan(), before)


@dataclass(frozen=True, slots=True)
class Moves:
    """How rows that came back for the earlier plans are called in a batch; worked out each time it is gone through."""

    earlier: Earlier
    batch: Batch

    def __iter__(self) -> Iterator[Move]:
        """The moves one after the other: those of thousands of units together would be too much to hold."""
        for line in self.earlier.lines(self.batch):
            yield Move(line.last.unit.id, line.names(), line.labels())


def earlier(store: Store, batch: Batch) -> Earlier:
    """What the units of this batch were sent so far; nothing for those that are sent their first workbook."""
    batches = {key: batch_from_json(text) for key, text in store.snapshots().items()}
    planners = {key: Planner(found) for key, found in batches.items()}
    units = {(key, unit.id): unit for key, found in batches.items() for unit in found.roster.units}
    sent: dict[str, list[str]] = defaultdict(list)
    for workbook in store.workbooks():
        sent[workbook.unit_id].append(workbook.batch)

    def outline(unit_id: str, key: str) -> Outline:
        return planners[key].outline(units[key, unit_id])

    last = {unit.id: outline(unit.id, sent[unit.id][-1]) for unit in batch.roster.units if unit.id in sent}
    astray = _astray(store, {unit_id: found for unit_id, found in last.items() if len(sent[unit_id]) > 1})
    return Earlier(last, {unit_id: tuple(outline(unit_id, key) for key in sent[unit_id][:-1]) for unit_id in astray})


def _astray(store: Store, last: Mapping[str, Outline]) -> list[str]:
    """The units of whose stored rows some belong to duties, or are tied to labels, that the last plan does not hold."""
    gone, tied = store.gone_rows().keys() | store.gone_answers().keys(), store.tied_labels()
    return [
        unit_id
        for unit_id, outline in last.items()
        if unit_id in gone or (unit_id in tied and not tied[unit_id] <= labels_of(outline.plan()))
    ]


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
