"""Which duty sheets a unit gets, and what identifies each of their rows."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from qingdan_xl.issuing.filling import Filler, values_of
from qingdan_xl.issuing.titles import Tab, tab_titles
from qingdan_xl.model import Checklist, Duty, Kind, Person, Role, Roster, Section, Unit
from qingdan_xl.roster import is_body
from qingdan_xl.sheets.identity import text_hash
from qingdan_xl.sheets.own import OwnColumn

_LABEL_TEXT = 16


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
    own: tuple[OwnColumn, ...] = ()

    def rows(self) -> Iterator[tuple[RoleSheet, PlanRow]]:
        """Every duty row with the sheet it stands on."""
        for sheet in self.sheets:
            for row in sheet.rows:
                yield sheet, row


@dataclass(frozen=True, slots=True)
class Batch:
    """批次: what was sent out in one go; checklists, roster and own columns as they were then."""

    id: str
    title: str
    year: int
    deadline: date
    checklists: tuple[Checklist, ...]
    roster: Roster
    own: tuple[OwnColumn, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Body:
    """The rows of a duty sheet as they are for whoever holds it; units whose sheets are alike share it.

    Its rows' labels are what stands behind the sheet's title in the label of the issued row. `own_rows` are the ids of
    rows that say what is one unit's own: nobody shares such a body, and `kind` tells which differ in those rows only.
    """

    role: str
    checklist: str
    rows: tuple[PlanRow, ...]
    marks: tuple[str, ...]
    own_rows: frozenset[str] = frozenset()
    kind: Hashable = None

    @property
    def shape(self) -> Hashable:
        """What bodies have in common that are the same but for what their own rows say."""
        if self.kind is None:
            return self
        return self.kind, tuple((row.section, row.label) for row in self.rows if row.id not in self.own_rows)

    def sheet(self, title: str, holder: str) -> RoleSheet:
        """The sheet under this title, held by this person."""
        rows = tuple(PlanRow(row.id, row.duty, row.section, f"{title}{row.label}") for row in self.rows)
        return RoleSheet(title, self.role, self.checklist, holder, rows)


@dataclass(frozen=True)
class Outline:
    """What a unit gets, before its rows are written out: each sheet's title and holder with its body."""

    batch: Batch
    unit: Unit
    people: tuple[Person, ...]
    sheets: tuple[tuple[str, str, Body], ...]

    @cached_property
    def own_rows(self) -> frozenset[str]:
        """The ids of the rows that say what is the unit's own."""
        return frozenset[str]().union(*(body.own_rows for _, _, body in self.sheets))

    def plan(self) -> UnitPlan:
        """The plan in full."""
        batch, sheets = self.batch, tuple(body.sheet(title, holder) for title, holder, body in self.sheets)
        return UnitPlan(batch.id, batch.title, batch.year, batch.deadline, self.unit, self.people, sheets, batch.own)

    @cached_property
    def fingerprint(self) -> str:
        """As `fingerprint` of its plan."""
        lines = (f"{title}{mark}" for title, _, body in self.sheets for mark in body.marks)
        return _digest(self.batch.id, self.unit.id, self.batch.year, lines)


class Planner:
    """Lays out the units of one batch; what their sheets share is worked out once."""

    def __init__(self, batch: Batch) -> None:
        self._batch = batch
        self._bodies: dict[tuple[int, int, tuple[int, ...]], Body | None] = {}
        self._rows: dict[tuple[int, int], tuple[PlanRow, str]] = {}
        self._roles = [
            (checklist, role)
            for checklist in batch.checklists
            if checklist.kind is Kind.CHECKLIST
            for role in checklist.roles
        ]
        self._personal = frozenset(index for index, (_, role) in enumerate(self._roles) if not is_body(role.name))
        fillers = {id(checklist): Filler(checklist) for checklist, _ in self._roles}
        self._fillers = [fillers[id(checklist)] for checklist, _ in self._roles]
        own = {
            index: frozenset[str]().union(*map(self._fillers[index].own_duties, effective_sections(checklist, role)))
            for index, (checklist, role) in enumerate(self._roles)
        }
        self._of_units = {index: duties for index, duties in own.items() if duties}

    def outline(self, unit: Unit) -> Outline:
        """Lay out the unit's workbook: a sheet for each role of its kind, one per person where people hold the role.

        What a body holds (领导班子) the unit holds together, whoever of its members the roster names for it. A duty
        that stands in two checklists (same id, same holder) is issued once, with the first.
        """
        people = self._batch.roster.people_of(unit.name)
        values = values_of(unit, people) if self._of_units else {}
        found: list[tuple[Tab, Body]] = []
        earlier: dict[str, tuple[int, ...]] = defaultdict(tuple)
        for index, holder in self._assignments(unit.kind, people):
            body = self._body(index, len(found) + 1, earlier[holder], values)
            earlier[holder] += (index,)
            if body:
                found.append((Tab(body.role, holder, body.checklist, self._roles[index][0].source), body))
        titles = tab_titles([tab for tab, _ in found])
        sheets = tuple((title, tab.holder, body) for title, (tab, body) in zip(titles, found, strict=True))
        return Outline(self._batch, unit, people, sheets)

    def _assignments(self, kind: str, people: Sequence[Person]) -> Iterator[tuple[int, str]]:
        for index, (_, role) in enumerate(self._roles):
            if not role.unit_kinds or kind in role.unit_kinds:
                held = people if index in self._personal else ()
                for holder in [person.name for person in held if role.name in person.roles] or [""]:
                    yield index, holder

    def _body(self, index: int, number: int, earlier: tuple[int, ...], values: Mapping[str, str]) -> Body | None:
        """The rows of a role's sheet as the workbook's `number`th without what `earlier` roles gave the holder."""
        if index in self._of_units:
            return self._made_body(index, number, earlier, values)
        key = index, number, earlier
        if key not in self._bodies:
            self._bodies[key] = self._made_body(index, number, earlier, values)
        return self._bodies[key]

    def _made_body(self, index: int, number: int, earlier: tuple[int, ...], values: Mapping[str, str]) -> Body | None:
        checklist, role = self._roles[index]
        issued = {duty.id for other in earlier for _, duty in self._duties(other, values)}
        duties = self._of_units.get(index, frozenset())
        marked = [
            _marked_row(number, section, duty) if duty.id in duties else self._same_row(number, section, duty)
            for section, duty in self._duties(index, values)
            if duty.id not in issued
        ]
        if not marked:
            return None
        rows, marks = zip(*marked, strict=True)
        own = frozenset(row.id for row in rows if row.duty.id in duties)
        kind = (index, number, earlier) if duties else None
        return Body(role.name, checklist.title, _unique_labels(rows), marks, own, kind)

    def _same_row(self, number: int, section: str, duty: Duty) -> tuple[PlanRow, str]:
        """The row and mark of a duty of the list that says the same to all units."""
        key = number, id(duty)
        if key not in self._rows:
            self._rows[key] = _marked_row(number, section, duty)
        return self._rows[key]

    def _duties(self, index: int, values: Mapping[str, str]) -> Iterator[tuple[str, Duty]]:
        """The duties of a role that are issued to a unit with these values of the sources, each behind its section."""
        filler, own = self._fillers[index], self._of_units.get(index)
        for section in effective_sections(*self._roles[index]):
            filled = filler.filled(section, values) if own else section
            text = _section_text(filled)
            for duty in filled.duties:
                if not duty.general:
                    yield text, duty


def plan_unit(batch: Batch, unit: Unit) -> UnitPlan:
    """The unit's plan; whoever wants those of many units makes one Planner for them all."""
    return Planner(batch).outline(unit).plan()


def effective_sections(checklist: Checklist, role: Role) -> tuple[Section, ...]:
    """The role's own sections, or those of the role it works by (党总支参照机关党委)."""
    if role.duties or not role.inherits:
        return role.sections
    return next((other.sections for other in checklist.roles if other.name == role.inherits), ())


def fingerprint(plan: UnitPlan) -> str:
    """A short hash over the unit, its sheets and the ids and texts of its rows: what was issued."""
    return _digest(plan.batch, plan.unit.id, plan.year, (f"{sheet.title}{_mark(row)}" for sheet, row in plan.rows()))


def _marked_row(number: int, section: str, duty: Duty) -> tuple[PlanRow, str]:
    """The row of a duty on the workbook's `number`th sheet, and its mark."""
    row = PlanRow(f"{duty.id}.{number:02d}", duty, section, _label(duty))
    return row, _mark(row)


def _mark(row: PlanRow) -> str:
    return f"|{row.id}|{text_hash(row.duty.text)}"


def _digest(batch: str, unit_id: str, year: int, lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join((batch, unit_id, str(year), *lines)).encode()).hexdigest()[:32]


def _section_text(section: Section) -> str:
    number, title = section.number or "", section.title or ""
    if not number or not title:
        return title or number
    return f"{number}{title}" if number.endswith(("）", ")")) else f"{number}、{title}"


def _label(duty: Duty) -> str:
    start = duty.text[:_LABEL_TEXT]
    return f" {duty.number} {start}…" if len(duty.text) > _LABEL_TEXT else f" {duty.number} {start}"


def _unique_labels(rows: Sequence[PlanRow]) -> tuple[PlanRow, ...]:
    """Tell rows apart whose label is the same (an unnumbered list of like sentences) by their id."""
    counts = Counter(row.label for row in rows)
    return tuple(replace(row, label=f"{row.label} {row.id}") if counts[row.label] > 1 else row for row in rows)
