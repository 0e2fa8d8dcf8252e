"""Checks of what people typed into the 母表, before anything is issued from it."""

from collections import Counter
from collections.abc import Mapping

from qingdan_xl.documents.categories import why_uncounted
from qingdan_xl.issuing.plan import Batch
from qingdan_xl.model import Kind, Target, TargetKind
from qingdan_xl.problems import Problem, problem
from qingdan_xl.roster import did_you_mean
from qingdan_xl.store import Issued

_SHOWN = 5


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


def check_counted(batch: Batch) -> list[Problem]:
    """A demand for a number that no log can count is answered by 状态 alone: how many there are is told, and why."""
    found = []
    for checklist in batch.checklists:
        if checklist.kind is not Kind.CHECKLIST:
            continue
        asked = [one for duty in checklist.duties if not duty.general for one in duty.targets]
        why = [(one, said) for one in asked if one.kind is TargetKind.COUNT and (said := why_uncounted(one))]
        if why:
            counts = Counter(said for _, said in why)
            reasons = "；".join(f"{reason} {count} 条" for reason, count in counts.items())
            first = f"“{why[0][0].text[:30]}”"
            found.append(problem("not-counted-here", title=checklist.title, count=len(why), why=reasons, text=first))
    return found


def _is_times(target: Target) -> bool:
    number = target.number
    least = 0 if target.at_most else 1
    return target.kind is TargetKind.RATIO or number is None or (number >= least and number % 1 == 0)


def check_reissue(batch: Batch, issued: Mapping[str, Issued]) -> list[Problem]:
    """A unit that was sent a workbook keeps its id: under another one its returns would not be found again."""
    before = {workbook.unit: unit_id for unit_id, workbook in issued.items()}
    changed = [
        problem("unit-id-changed", unit.origin, unit.name, name=unit.name, old=before[unit.name], new=unit.id)
        for unit in batch.roster.units
        if before.get(unit.name, unit.id) != unit.id
    ]
    return [*changed, *_perhaps_renamed(batch, issued)]


def _perhaps_renamed(batch: Batch, issued: Mapping[str, Issued]) -> list[Problem]:
    """A unit that was sent a workbook is gone where a new one appears: one without a typed id may bear a new name."""
    ids, names = {unit.id for unit in batch.roster.units}, {unit.name for unit in batch.roster.units}
    gone = [sent for unit_id, sent in issued.items() if unit_id not in ids and sent.unit not in names]
    before = {sent.unit for sent in issued.values()}
    new = [unit for unit in batch.roster.units if unit.id not in issued and unit.name not in before]
    shown = "、".join(unit.name for unit in new[:_SHOWN]) + (" 等" if len(new) > _SHOWN else "")
    return [
        problem(
            "unit-renamed",
            new[0].origin,
            sent.unit,
            name=sent.unit,
            id=sent.unit_id,
            new=shown,
            count=len(new),
            hint=did_you_mean(sent.unit, [unit.name for unit in new]),
        )
        for sent in (gone if new else ())
    ]
