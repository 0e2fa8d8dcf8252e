"""Which duty sheets a unit gets, and what identifies each of their rows."""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import count

from qingdan_xl.model import Checklist, Duty, Kind, Person, Role, Roster, Section, Unit
from qingdan_xl.sheets.identity import text_hash
from qingdan_xl.sheets.unit import COVER_TITLE, HIDDEN_TITLE, UNIT_SHEETS

_LONGEST_TITLE = 31  # Excel's limit of a sheet name
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", "·"))
_LABEL_TEXT = 16
_RESERVED = (COVER_TITLE, HIDDEN_TITLE, *(sheet.title for sheet in UNIT_SHEETS), "History")  # the last is Excel's own


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One duty row of a unit's workbook: `id` is unique in the workbook, `label` is how the log's dropdown names it."""

    id: str
    duty: Duty
    section: str
    label: str


@dataclass(frozen=True, slots=True)
class RoleSheet:
    """One duty sheet: `holder` is the person it belongs to, '' where the unit holds the role together."""

    title: str
    role: str
    checklist: str
    holder: str
    rows: tuple[PlanRow, ...]


@dataclass(frozen=True, slots=True)
class UnitPlan:
    """Everything that goes into one unit's workbook besides the look."""

    batch: str
    title: str
    year: int
    deadline: date
    unit: Unit
    people: tuple[Person, ...]
    sheets: tuple[RoleSheet, ...]

    def rows(self) -> Iterator[tuple[RoleSheet, PlanRow]]:
        """Every duty row with the sheet it stands on."""
        for sheet in self.sheets:
            for row in sheet.rows:
                yield sheet, row


@dataclass(frozen=True, slots=True)
class Batch:
    """批次: what was sent out in one go; checklists and roster as they were then."""

    id: str
    title: str
    year: int
    deadline: date
    checklists: tuple[Checklist, ...]
    roster: Roster


def plan_unit(batch: Batch, unit: Unit) -> UnitPlan:
    """Lay out the unit's workbook: a sheet for each role of its kind, one per person where people hold the role.

    A duty that stands in two checklists (same id, same holder) is issued once, with the first.
    """
    people = batch.roster.people_of(unit.name)
    sheets: list[RoleSheet] = []
    issued: set[tuple[str, str]] = set()
    for checklist, role, holder in _assignments(batch, unit.kind, people):
        sections = [
            (section, tuple(duty for duty in section.duties if not duty.general and (duty.id, holder) not in issued))
            for section in effective_sections(checklist, role)
        ]
        issued |= {(duty.id, holder) for _, duties in sections for duty in duties}
        if any(duties for _, duties in sections):
            taken = {sheet.title for sheet in sheets}
            title = _unique_title(f"{role.name}-{holder}" if holder else role.name, taken)
            rows = tuple(
                PlanRow(f"{duty.id}.{len(sheets) + 1:02d}", duty, _section_text(section), _label(title, duty))
                for section, duties in sections
                for duty in duties
            )
            sheets.append(RoleSheet(title, role.name, checklist.title, holder, _unique_labels(rows)))
    return UnitPlan(batch.id, batch.title, batch.year, batch.deadline, unit, people, tuple(sheets))


def effective_sections(checklist: Checklist, role: Role) -> tuple[Section, ...]:
    """The role's own sections, or those of the role it works by (党总支参照机关党委)."""
    if role.duties or not role.inherits:
        return role.sections
    return next((other.sections for other in checklist.roles if other.name == role.inherits), ())


def fingerprint(plan: UnitPlan) -> str:
    """A short hash over the unit, its sheets and the ids and texts of its rows: what was issued."""
    parts = [plan.batch, plan.unit.id, str(plan.year)]
    parts += [f"{sheet.title}|{row.id}|{text_hash(row.duty.text)}" for sheet, row in plan.rows()]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def _assignments(batch: Batch, kind: str, people: Sequence[Person]) -> Iterator[tuple[Checklist, Role, str]]:
    for checklist in batch.checklists:
        for role in checklist.roles if checklist.kind is Kind.CHECKLIST else ():
            if not role.unit_kinds or kind in role.unit_kinds:
                for holder in [person.name for person in people if role.name in person.roles] or [""]:
                    yield checklist, role, holder


def _section_text(section: Section) -> str:
    number, title = section.number or "", section.title or ""
    if not number or not title:
        return title or number
    return f"{number}{title}" if number.endswith(("）", ")")) else f"{number}、{title}"


def _unique_title(wanted: str, taken: Collection[str]) -> str:
    """A tab's name that Excel takes: it tells names apart without regard to case, and some are taken from the start."""
    used = {title.casefold() for title in (*taken, *_RESERVED)}
    name = wanted.translate(_FORBIDDEN)[:_LONGEST_TITLE]
    tries = (f"{name[: _LONGEST_TITLE - len(tail)]}{tail}" for tail in (f"({n})" for n in count(2)))
    return name if name.casefold() not in used else next(title for title in tries if title.casefold() not in used)


def _label(title: str, duty: Duty) -> str:
    start = duty.text[:_LABEL_TEXT]
    return f"{title} {duty.number} {start}…" if len(duty.text) > _LABEL_TEXT else f"{title} {duty.number} {start}"


def _unique_labels(rows: Sequence[PlanRow]) -> tuple[PlanRow, ...]:
    """Tell rows apart whose label is the same (an unnumbered list of like sentences) by their id."""
    counts = Counter(row.label for row in rows)
    return tuple(replace(row, label=f"{row.label} {row.id}") if counts[row.label] > 1 else row for row in rows)
