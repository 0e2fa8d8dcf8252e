"""A batch: its number, its JSON for the store, and the checks before it is sent out."""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import fields
from itertools import combinations
from typing import Any

from pydantic import TypeAdapter

from qingdan_xl.issuing.listed import check_counted, check_numbers, check_unit_kinds
from qingdan_xl.issuing.open_places import check_open
from qingdan_xl.issuing.plan import Batch, Planner, effective_sections
from qingdan_xl.model import Checklist, Kind, Origin, Person, Unit
from qingdan_xl.problems import Problem, problem
from qingdan_xl.roster import HEAD_WORD, did_you_mean, is_body

_KIND_WORDS = {Kind.RUBRIC: "考核评分表", Kind.REPORT: "报告"}
_NEARLY = 0.75  # 县直机关工委 and 县直属机关工委 are nearly the same, 县委办 and 县政府办 are not


def batch_json(batch: Batch) -> str:
    """The whole batch as JSON text; `batch_from_json` gives an equal batch back."""
    return TypeAdapter(Batch).dump_json(batch).decode()


def batch_from_json(text: str) -> Batch:
    """The batch that `batch_json` wrote; ValueError for anything else.

    Units and people are made one by one: thousands of them read as a whole take five times their room meanwhile.
    """
    kinds = {frozenset(field.name for field in fields(kind)): TypeAdapter(kind) for kind in (Unit, Person)}

    def made(values: dict[str, Any]) -> Any:  # noqa: ANN401 - whatever stands in the JSON
        kind = kinds.get(frozenset(values))
        return kind.validate_python(values) if kind else values

    return TypeAdapter(Batch).validate_python(json.loads(text, object_hook=made))


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
    by_kind = {kind: _roles_of_kind(batch, kind) for kind in {unit.kind for unit in batch.roster.units}}
    reached = {unit.name: by_kind[unit.kind] for unit in batch.roster.units}
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


def check_bodies(batch: Batch) -> list[Problem]:
    """What a body holds (领导班子) is one list of the unit, whoever of its members the roster names for it."""
    members: dict[str, list[Person]] = defaultdict(list)
    for person in batch.roster.people:
        for role in person.roles:
            members[role].append(person)
    bodies = {role.name for checklist in issued_lists(batch) for role in checklist.roles if is_body(role.name)}
    return [
        problem("body-as-one", people[0].origin, role=role, first=people[0].name, count=len(people))
        for role, people in members.items()
        if role in bodies
    ]


def _roles_of_kind(batch: Batch, kind: str) -> frozenset[str]:
    return frozenset(
        role.name
        for checklist in issued_lists(batch)
        for role in checklist.roles
        if not role.unit_kinds or kind in role.unit_kinds
    )


def check_heads(batch: Batch) -> list[Problem]:
    """A unit has one head: a role of 主要负责人 that several of its people hold wants a look."""
    found = []
    for unit in batch.roster.units:
        holders: dict[str, list[Person]] = defaultdict(list)
        for person in batch.roster.people_of(unit.name):
            for role in person.roles:
                holders[role].append(person)
        for role, people in holders.items():
            if HEAD_WORD in role and len(people) > 1:
                names = "、".join(person.name for person in people)
                context = {"name": unit.name, "count": len(people), "names": names, "first": people[0].name}
                found.append(problem("two-heads", people[1].origin, unit.name, role=role, **context))
    return found


def check_roles_filled(batch: Batch) -> list[Problem]:
    """A role that half the units of a kind or more have somebody for is held in each of them, and any in one at least.

    Of a kind that has no people at all nothing is said here: its units are told one by one.
    """
    held: dict[str, set[str]] = defaultdict(set)
    for person in batch.roster.people:
        held[person.unit] |= set(person.roles)
    found = []
    for kind in dict.fromkeys(unit.kind for unit in batch.roster.units):
        units = [unit for unit in batch.roster.units if unit.kind == kind]
        peopled = any(unit.name in held for unit in units)
        for role in sorted(role for role in _roles_of_kind(batch, kind) if not is_body(role)):
            without = [unit for unit in units if role not in held.get(unit.name, ())]
            if len(without) == len(units):
                found += [problem("role-unheld", role=role, kind=kind, count=len(units))] if peopled else []
            elif len(without) * 2 <= len(units):
                context = {"role": role, "kind": kind, "count": len(units) - len(without)}
                found += [problem("role-unfilled", u.origin, u.name, name=u.name, **context) for u in without]
    return found


def check_units(batch: Batch) -> list[Problem]:
    """Every unit gets at least one duty sheet and has somebody to answer for it."""
    units = batch.roster.units
    planner = Planner(batch)
    empty = [unit for unit in units if not planner.outline(unit).sheets]
    if len(empty) == len(units):
        return [problem("nothing-to-issue")]
    alone = [unit for unit in units if not batch.roster.people_of(unit.name)]
    return [
        *(problem("unit-without-sheets", unit.origin, unit.name, name=unit.name, kind=unit.kind) for unit in empty),
        *(problem("unit-without-people", unit.origin, unit.name, name=unit.name) for unit in alone),
    ]


def check_parents(batch: Batch) -> list[Problem]:
    """A parent that one unit alone has is not written nearly as another that several have: it has its own package."""
    placed = [unit for unit in batch.roster.units if unit.parent]
    counts = Counter(unit.parent for unit in placed)
    shared = [parent for parent, count in counts.items() if count > 1]
    hints = ((unit, did_you_mean(unit.parent, shared, _NEARLY)) for unit in placed if counts[unit.parent] == 1)
    return [
        problem("parent-alone", unit.origin, unit.name, name=unit.name, parent=unit.parent, hint=hint)
        for unit, hint in hints
        if hint
    ]


def check_repeated(batch: Batch) -> list[Problem]:
    """A duty that two lists share is issued once, with the first of them."""
    ids = [(checklist, {duty.id for duty in checklist.duties}) for checklist in issued_lists(batch)]
    return [
        problem("duty-in-two-lists", first=_name(first, second), second=_name(second, first), count=len(one & other))
        for (first, one), (second, other) in combinations(ids, 2)
        if one & other
    ]


def _name(checklist: Checklist, other: Checklist) -> str:
    """A list's title, with the file it comes from where the title alone does not tell it from the other."""
    return checklist.title if checklist.title != other.title else f"{checklist.title}（{checklist.source}）"


def check_kinds_open(batch: Batch) -> list[Problem]:
    """Where the units are of several kinds, some role says to which of them its list goes."""
    kinds = list(dict.fromkeys(unit.kind for unit in batch.roster.units if unit.kind))
    roles = [role for checklist in issued_lists(batch) for role in checklist.roles]
    if len(kinds) < 2 or not roles or any(role.unit_kinds for role in roles):  # noqa: PLR2004 - several kinds
        return []
    return [problem("kinds-open", kinds="、".join(kinds))]


def check_years(batch: Batch) -> list[Problem]:
    """A list is of the year it is issued for."""
    return other_years(issued_lists(batch), batch.year)


def other_years(checklists: Iterable[Checklist], year: int) -> list[Problem]:
    """An `other-year` for each list that names another year than the folder's."""
    return [
        problem("other-year", Origin(checklist.source), title=checklist.title, found=checklist.year, year=year)
        for checklist in checklists
        if checklist.year not in (None, year)
    ]


CHECKS: tuple[Callable[[Batch], list[Problem]], ...] = (
    check_kinds,
    check_unit_kinds,
    check_numbers,
    check_counted,
    check_inherited,
    check_roles_held,
    check_roles_reach,
    check_bodies,
    check_heads,
    check_roles_filled,
    check_units,
    check_parents,
    check_repeated,
    check_kinds_open,
    check_years,
    check_open,
)


def check_batch(batch: Batch) -> list[Problem]:
    """All that is wrong or doubtful about lists and roster together, before anything is written."""
    return [found for check in CHECKS for found in check(batch)]
