"""What is still open in the texts that go out, and what was filled in for places that are not there."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from qingdan_xl.documents.blanks import context_of, open_places
from qingdan_xl.documents.demands import demands
from qingdan_xl.documents.filling import with_values, without_place
from qingdan_xl.issuing.filling import columns_of
from qingdan_xl.issuing.plan import Batch, Body, Planner
from qingdan_xl.model import Blank, Checklist, Kind, Part, Per, Roster, Target
from qingdan_xl.problems import Problem, problem
from qingdan_xl.roster import did_you_mean
from qingdan_xl.sheets.checklist import PARTS
from qingdan_xl.sheets.reading import heading_text

_SHOWN = 3
_LONGEST = 40
_WORDS = {Part(part): word for word, part in PARTS.items()}


@dataclass(frozen=True, slots=True)
class _Where:
    """A text that leaves something open: its list, where in it, and the places with the words around them."""

    checklist: str
    text: str
    contexts: tuple[str, ...]


def check_open(batch: Batch) -> list[Problem]:
    """Nothing goes out with *, XX or ____ in it that nobody knows of: each text that leaves something open is named."""
    if not any(open_places(text) for checklist in batch.checklists for text in _texts(checklist)):
        return []
    planner = Planner(batch)
    shared: dict[int, tuple[_Where, ...]] = {}
    units: dict[_Where, list[str]] = {}
    for unit in batch.roster.units:
        found = [where for _, _, body in planner.outline(unit).sheets for where in _of_body(body, shared)]
        for where in dict.fromkeys(found):
            units.setdefault(where, []).append(unit.name)
    return [_problem(where, names) for where, names in units.items()]


def _texts(checklist: Checklist) -> Iterator[str]:
    for role in checklist.roles:
        yield role.name
        for section in role.sections:
            yield section.title or ""
            yield from (duty.text for duty in section.duties)


def _of_body(body: Body, shared: dict[int, tuple[_Where, ...]]) -> tuple[_Where, ...]:
    """What a sheet's texts leave open; a body that units share is gone through once."""
    if body.own_rows:
        return tuple(_wheres(body))
    if id(body) not in shared:
        shared[id(body)] = tuple(_wheres(body))
    return shared[id(body)]


def _wheres(body: Body) -> Iterator[_Where]:
    texts = {f"角色名称“{body.role}”": body.role}
    texts |= {f"“{body.role}”的板块“{row.section}”": row.section for row in body.rows}
    named = [*texts.items(), *((f"“{body.role}”第 {row.duty.number} 项", row.duty.text) for row in body.rows)]
    for where, text in named:
        if contexts := tuple(context_of(text, place) for place in open_places(text)):
            yield _Where(body.checklist, where, contexts)


def _problem(where: _Where, units: list[str]) -> Problem:
    shown = "；".join(where.contexts[:_SHOWN]) + ("……" if len(where.contexts) > _SHOWN else "")
    names = "、".join(units[:_SHOWN]) + (f"等 {len(units)} 个单位" if len(units) > _SHOWN else "")
    (unit,) = units if len(units) == 1 else ("",)
    context = {"count": len(where.contexts), "names": names, "text": shown}
    return problem("still-open", None, unit, title=where.checklist, where=where.text, **context)


def check_filled_in(checklists: Iterable[Checklist], roster: Roster) -> list[Problem]:
    """What was filled in on 占位 is used: its place is still in the list, its column in the roster."""
    columns = dict.fromkeys(name for unit in roster.units for name in columns_of(unit))
    known = {heading_text(name) for name in columns}
    found = []
    for checklist in (each for each in checklists if each.kind is Kind.CHECKLIST):
        found += [_told("place-gone", checklist, blank) for blank in without_place(checklist)]
        for blank in checklist.blanks:
            if blank.source and blank.part in {Part.TITLE, Part.ROLE}:
                found.append(_told("same-for-all", checklist, blank, part=_WORDS[blank.part]))
            elif blank.source and heading_text(blank.source) not in known:
                hint = did_you_mean(blank.source, list(columns))
                found.append(_told("unknown-column", checklist, blank, source=blank.source, hint=hint))
        found += _unlisted_demands(checklist)
    return found


def _unlisted_demands(checklist: Checklist) -> Iterator[Problem]:
    """A number that was filled in makes a demand, which counts only where 量化要求 lists it."""
    for before, duty in zip(checklist.duties, with_values(checklist).duties, strict=True):
        said = demands(duty.text) if duty.text != before.text else ()
        known = {_amount(target) for target in (*demands(before.text), *duty.targets)}
        if fresh := [target.text for target in said if _amount(target) not in known]:
            text = "；".join(fresh)[:_LONGEST]
            yield problem("demand-unlisted", title=checklist.title, number=duty.number, text=text)


def _amount(target: Target) -> tuple[Decimal | None, str | None, Per | None]:
    return target.number, target.unit, target.per


def _told(code: str, checklist: Checklist, blank: Blank, **more: object) -> Problem:
    return problem(code, None, "", title=checklist.title, text=blank.context, **more)
