"""What was issued to the unit whose file came back: the measure everything in the file is held against."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from qingdan_xl.counting.deadlines import issued_due
from qingdan_xl.counting.periods import ABOUT_DAYS, Calendar
from qingdan_xl.issuing.plan import PlanRow, RoleSheet, UnitPlan
from qingdan_xl.model import Duty, Person, Target, TargetKind, Unit
from qingdan_xl.sheets.choices import CATEGORIES, RACI, RECTIFICATION, RISK_LEVELS, STATUSES
from qingdan_xl.sheets.declaration import Sheet, Type
from qingdan_xl.sheets.identity import (
    DEMANDS,
    DUTY_ROWS,
    LISTS_FIRST,
    OWN,
    ROLE_SHEETS,
    Identity,
    read_block,
    text_hash,
)
from qingdan_xl.sheets.own import OwnColumn, own_lists, with_own
from qingdan_xl.sheets.reading import Grid
from qingdan_xl.sheets.unit import COLLECTED
from qingdan_xl.sheets.values import as_text
from qingdan_xl.sheets.writing import list_name

Lists = Mapping[str, tuple[str, ...]]

_SHEETS = {sheet.key: sheet for sheet in COLLECTED}
_DEFAULT_LISTS: Lists = {
    "status": STATUSES,
    "category": tuple(CATEGORIES),
    "rectification": RECTIFICATION,
    "risk_level": RISK_LEVELS,
    "raci": tuple(RACI),
}


@dataclass(frozen=True, slots=True)
class Form:
    """The plan of the unit's workbook, the hash of each row's text by row id, and the words that its lists hold.

    Where `issued_texts` is false the plan was put together from the file itself and its duties have no text and no
    dates. `about_days` is the grace of dates that are only about.
    """

    plan: UnitPlan
    hashes: Mapping[str, str]
    lists: Lists
    issued_texts: bool
    about_days: int = ABOUT_DAYS

    @property
    def rows(self) -> dict[str, tuple[RoleSheet, PlanRow]]:
        """Every duty row with its sheet by row id."""
        return {row.id: (sheet, row) for sheet, row in self.plan.rows()}

    def due_day(self, row: PlanRow) -> date | None:
        """完成时限 as it was issued with the duty; None where the unit may set its own."""
        return _due_day(row.duty, self.plan.year, self.about_days)

    def sheet(self, declared: Sheet) -> Sheet:
        """A declared sheet as it was issued: with the own columns of its time."""
        return _widened(declared.key, self.plan.own)

    @property
    def people(self) -> tuple[str, ...]:
        """The names of the unit's people."""
        return tuple(dict.fromkeys(person.name for person in self.plan.people))


@lru_cache(maxsize=4096)
def _due_day(duty: Duty, year: int, about_days: int) -> date | None:
    due = issued_due(duty, Calendar(year, date(year, 12, 31), about_days))
    return due.day if due else None


@lru_cache(maxsize=256)
def _widened(key: str, own: tuple[OwnColumn, ...]) -> Sheet:
    return with_own(_SHEETS[key], own)


def form_of_plan(plan: UnitPlan, categories: Iterable[str], about_days: int) -> Form:
    """The form as the year folder knows it; nothing in the file that comes back adds a word to its lists.

    `categories` are those of the settings; what the plan counts was one when it was sent.
    """
    hashes = {row.id: text_hash(row.duty.text) for _, row in plan.rows()}
    counted = (target.category for _, row in plan.rows() for target in row.duty.targets if target.category)
    lists = {**_DEFAULT_LISTS, **own_lists(plan.own), "category": tuple(dict.fromkeys((*categories, *counted)))}
    return Form(plan, hashes, lists, issued_texts=True, about_days=about_days)


def form_of_file(identity: Identity, hidden: Grid) -> Form:
    """The form as the file's own hidden sheet describes it, for checking where no year folder is at hand."""
    own = _own(hidden)
    lists = {**own_lists(own), **_read_lists(hidden)}
    rows = read_block(hidden, DUTY_ROWS)
    targets = _targets(hidden)
    sheets = tuple(
        RoleSheet(
            sheet.get("title", ""),
            sheet.get("role", ""),
            sheet.get("checklist", ""),
            sheet.get("holder", ""),
            tuple(_plan_row(row, targets) for row in rows if row.get("sheet") == sheet["index"]),
        )
        for sheet in read_block(hidden, ROLE_SHEETS)
    )
    year = int(identity.year)
    unit = Unit(identity.unit_id, identity.unit, "")
    people = tuple(Person(name, unit.name) for name in lists.get("person", ()))
    plan = UnitPlan(identity.batch, "", year, date(year, 12, 31), unit, people, sheets, own)
    return Form(plan, {row["row_id"]: row.get("text_hash", "") for row in rows}, lists, issued_texts=False)


def _read_lists(hidden: Grid) -> Lists:
    """The dropdown lists on the hidden sheet by name; what it does not hold is as by default."""
    found: dict[str, tuple[str, ...]] = {}
    for column, heading in enumerate(hidden[0] if hidden else (), 0):
        name = as_text(heading)
        if column >= LISTS_FIRST and name.startswith(list_name("")):
            words = [cells[column] for cells in hidden[1:] if column < len(cells)]
            found[name.removeprefix(list_name(""))] = tuple(as_text(word) for word in words if word not in ("", None))
    return {**_DEFAULT_LISTS, **found}


def _plan_row(row: Mapping[str, str], targets: Mapping[str, tuple[Target, ...]]) -> PlanRow:
    duty = Duty(row["row_id"].rpartition(".")[0], row.get("number", ""), "", targets=targets.get(row["row_id"], ()))
    return PlanRow(row["row_id"], duty, "", row.get("label", ""))


def _own(hidden: Grid) -> tuple[OwnColumn, ...]:
    rows = (row for row in read_block(hidden, OWN) if row.get("type", "") in set(Type))
    return tuple(
        OwnColumn(row["sheet"], row["heading"], Type(row["type"]), tuple(row.get("choices", "").splitlines()))
        for row in rows
    )


def _targets(hidden: Grid) -> dict[str, tuple[Target, ...]]:
    found: dict[str, tuple[Target, ...]] = {}
    for row in read_block(hidden, DEMANDS):
        target = Target("", "", TargetKind.COUNT, Decimal(1), category=row.get("category", ""))
        found[row["row_id"]] = (*found.get(row["row_id"], ()), target)
    return found
