"""Checks of what people typed into the 母表, before anything is issued from it."""

from collections.abc import Mapping

from qingdan_xl.issuing.plan import Batch
from qingdan_xl.model import Target, TargetKind
from qingdan_xl.problems import Problem, problem
from qingdan_xl.roster import did_you_mean
from qingdan_xl.store import Issued


def check_unit_kinds(batch: Batch) -> list[Problem]:
    """A kind of units that a role is limited to is one that units of the roster have; else nobody gets the role."""
    kinds = list(dict.fromkeys(unit.kind for unit in batch.roster.units))
    return [
        problem("unknown-kind", title=checklist.title, role=role.name, kind=kind, hint=did_you_mean(kind, kinds))
        for checklist in batch.checklists
        for role in checklist.roles
        for kind in role.unit_kinds
        if kind not in kinds
    ]


def check_numbers(batch: Batch) -> list[Problem]:
    """How often something is demanded is a whole number from 1."""
    return [
        problem("bad-number", title=checklist.title, number=duty.number, text=target.text[:30], typed=target.number)
        for checklist in batch.checklists
        for duty in checklist.duties
        for target in duty.targets
        if target.category and not _is_times(target)
    ]


def _is_times(target: Target) -> bool:
    number = target.number
    return target.kind is TargetKind.RATIO or number is None or (number >= 1 and number == number.to_integral_value())


def check_reissue(batch: Batch, issued: Mapping[str, Issued]) -> list[Problem]:
    """A unit that was sent a workbook keeps its id: under another one its returns would not be found again."""
    before = {workbook.unit: unit_id for unit_id, workbook in issued.items()}
    return [
        problem("unit-id-changed", unit.origin, unit.name, name=unit.name, old=before[unit.name], new=unit.id)
        for unit in batch.roster.units
        if before.get(unit.name, unit.id) != unit.id
    ]
