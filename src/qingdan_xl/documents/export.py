"""Checklist -> the `documents` object of `qingdan parse --json`.

The contract has no date with both a year and a day: one is narrowed to its year and month (2026-09-15 -> 2026-09), an
approximate one to its month and day (~2026-09-10 -> ~09-10). This is done here alone: whatever counts knows the day.
"""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from qingdan_xl.documents.marks import read_mark
from qingdan_xl.model import Account, Checklist, Duty, Per, Role, Rule, Section, Target

# what the contract names; how often else something recurs stands under `every`
_PERS = frozenset({Per.YEAR, Per.HALF_YEAR, Per.QUARTER, Per.MONTH, Per.WEEK, Per.DAY, Per.ONCE})


def as_json(checklists: Iterable[Checklist]) -> dict[str, Any]:
    """The one JSON object of the contract over `checklists`: numbers as int where whole, else as float."""
    return {"documents": [_document(checklist) for checklist in checklists]}


def _document(checklist: Checklist) -> dict[str, Any]:
    return {
        "source": checklist.source,
        "title": checklist.title,
        "year": checklist.year,
        "kind": checklist.kind.value,
        "roles": [_role(role) for role in checklist.roles],
        "metrics": [
            {"text": one.text, "activity": one.activity, "unit": one.unit, "line": one.line}
            for one in checklist.metrics
        ],
        "warnings": [{"code": one.code, "line": one.line, "message": one.message} for one in checklist.warnings],
        "account": _account(checklist.account),
        "blanks": [
            {"part": one.part.value, "about": one.about, "context": one.context, "guess": one.guess}
            for one in checklist.blanks
        ],
    }


def _account(account: Account) -> dict[str, Any]:
    """How many signs went where, and every line that is in no title, heading or duty."""
    lines = [{"line": one.line, "place": one.place.value, "text": one.text} for one in account.aside]
    places = {place.value: signs for place, signs in account.signs.items()}
    return {"characters": sum(places.values()), **places, "lines": lines}


def _role(role: Role) -> dict[str, Any]:
    sections = [_section(section) for section in role.sections]
    return {"name": role.name, "heading": role.heading, "inherits": role.inherits, "sections": sections}


def _section(section: Section) -> dict[str, Any]:
    duties = [_duty(duty) for duty in section.duties]
    return {"number": section.number, "title": section.title, "points": number_json(section.points), "duties": duties}


def _duty(duty: Duty) -> dict[str, Any]:
    return {
        "id": duty.id,
        "number": duty.number,
        "text": duty.text,
        "line": duty.line,
        "targets": [_narrowed(target) for target in duty.targets],
        "soft": list(duty.soft),
        "policies": list(duty.policies),
        "placeholders": duty.placeholders,
        "points": number_json(duty.points),
        "department": duty.department,
        "general": duty.general,
        "rules": [_rule(rule) for rule in duty.rules],
    }


def target_json(target: Target) -> dict[str, Any]:
    """One demand with its exact dates."""
    return {
        "text": target.text,
        "activity": target.activity,
        "kind": target.kind.value,
        "at_least": number_json(target.number),
        "at_most": target.at_most,
        "unit": target.unit,
        "per": target.per.value if target.per in _PERS else None,
        "due": list(target.due),
        **({"every": target.per.value} if target.per and target.per not in _PERS else {}),
        **({"months": list(target.months)} if target.months else {}),
    }


def _narrowed(target: Target) -> dict[str, Any]:
    """One demand as the contract has it."""
    return target_json(target) | {"due": [_contract_date(due) for due in target.due]}


def _contract_date(due: str) -> str:
    mark = read_mark(due)
    if mark is None or not mark.year:
        return due
    return str(replace(mark, year=None) if mark.about else replace(mark, day=None))


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "text": rule.text,
        "kind": rule.kind.value,
        "points": number_json(rule.points),
        "per": rule.per,
        "floor": rule.floor,
        "low": number_json(rule.low),
        "cap": number_json(rule.cap),
    }


def number_json(value: Decimal | None) -> int | float | None:
    """A number as the contract has it: int where whole."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
