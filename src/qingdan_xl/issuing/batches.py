"""A batch: its number, its JSON for the store, and the checks before it is sent out."""

from collections.abc import Callable, Iterable
from itertools import combinations

from pydantic import TypeAdapter

from qingdan_xl.issuing.plan import Batch, effective_sections, plan_unit
from qingdan_xl.model import Checklist, Kind
from qingdan_xl.problems import Problem, problem
from qingdan_xl.roster import did_you_mean

_KIND_WORDS = {Kind.RUBRIC: "考核评分表", Kind.REPORT: "报告"}


def batch_json(batch: Batch) -> str:
    """The whole batch as JSON text; `batch_from_json` gives an equal batch back."""
    return TypeAdapter(Batch).dump_json(batch).decode()


def batch_from_json(text: str) -> Batch:
    """The batch that `batch_json` wrote; pydantic's ValidationError for anything else."""
    return TypeAdapter(Batch).validate_json(text)


def next_batch_id(existing: Iterable[str], year: int) -> str:
    """The next free number of the year, like 2026-01; a number that was ever used is not used again."""
    numbers = [number for name in existing for head, _, number in [name.partition("-")] if head == str(year)]
    return f"{year}-{max((int(number) for number in numbers if number.isdigit()), default=0) + 1:02d}"


def issued_lists(batch: Batch) -> tuple[Checklist, ...]:
    """The checklists that duty sheets are made of."""
    return tuple(checklist for checklist in batch.checklists if checklist.kind is Kind.CHECKLIST)


def check_kinds(batch: Batch) -> list[Problem]:
    """Only responsibility lists are issued; score forms and reports are read for other uses."""
    return [
        problem("not-issued", title=checklist.title, kind=_KIND_WORDS[checklist.kind])
        for checklist in batch.checklists
        if checklist.kind is not Kind.CHECKLIST
    ]


def check_inherited(batch: Batch) -> list[Problem]:
    """A role that works by another role's list needs that role, with duties, in the same list."""
    return [
        problem(
            "inherits-nothing",
            title=checklist.title,
            role=role.name,
            inherits=role.inherits,
            hint=did_you_mean(role.inherits, [other.name for other in checklist.roles if other.duties]),
        )
        for checklist in issued_lists(batch)
        for role in checklist.roles
        if role.inherits and not any(section.duties for section in effective_sections(checklist, role))
    ]


def check_roles_held(batch: Batch) -> list[Problem]:
    """A role that a person holds stands in some list; a wrong name would leave the person without a sheet."""
    names = list(dict.fromkeys(role.name for checklist in issued_lists(batch) for role in checklist.roles))
    return [
        problem(
            "person-role-unknown",
            person.origin,
            person.unit,
            name=person.name,
            role=role,
            hint=did_you_mean(role, names),
        )
        for person in batch.roster.people
        for role in person.roles
        if role not in names
    ]


def check_roles_reach(batch: Batch) -> list[Problem]:
    """A role that a person holds goes to units of that unit's kind."""
    reached = {unit.name: _roles_of_kind(batch, unit.kind) for unit in batch.roster.units}
    names = {role.name for checklist in issued_lists(batch) for role in checklist.roles}
    kinds = {unit.name: unit.kind for unit in batch.roster.units}
    return [
        problem(
            "person-role-elsewhere", person.origin, person.unit, name=person.name, role=role, kind=kinds[person.unit]
        )
        for person in batch.roster.people
        if person.unit in reached
        for role in person.roles
        if role in names and role not in reached[person.unit]
    ]


def _roles_of_kind(batch: Batch, kind: str) -> frozenset[str]:
    return frozenset(
        role.name
        for checklist in issued_lists(batch)
        for role in checklist.roles
        if not role.unit_kinds or kind in role.unit_kinds
    )


def check_units(batch: Batch) -> list[Problem]:
    """Every unit gets at least one duty sheet and has somebody to answer for it."""
    units = batch.roster.units
    empty = [unit for unit in units if not plan_unit(batch, unit).sheets]
    if len(empty) == len(units):
        return [problem("nothing-to-issue")]
    alone = [unit for unit in units if not batch.roster.people_of(unit.name)]
    return [
        *(problem("unit-without-sheets", unit.origin, unit.name, name=unit.name, kind=unit.kind) for unit in empty),
        *(problem("unit-without-people", unit.origin, unit.name, name=unit.name) for unit in alone),
    ]


def check_repeated(batch: Batch) -> list[Problem]:
    """A duty that two lists share is issued once, with the first of them."""
    ids = [(checklist.title, {duty.id for duty in checklist.duties}) for checklist in issued_lists(batch)]
    return [
        problem("duty-in-two-lists", first=first, second=second, count=len(one & other))
        for (first, one), (second, other) in combinations(ids, 2)
        if one & other
    ]


CHECKS: tuple[Callable[[Batch], list[Problem]], ...] = (
    check_kinds,
    check_inherited,
    check_roles_held,
    check_roles_reach,
    check_units,
    check_repeated,
)


def check_batch(batch: Batch) -> list[Problem]:
    """All that is wrong or doubtful about lists and roster together, before anything is written."""
    return [found for check in CHECKS for found in check(batch)]
