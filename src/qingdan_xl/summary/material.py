"""Everything a summary is made of, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from qingdan_xl.counting.periods import Calendar
from qingdan_xl.issuing.plan import UnitPlan
from qingdan_xl.problems import UnusableError, problem
from qingdan_xl.sheets.own import OwnColumn
from qingdan_xl.sheets.styles import LIGHTS
from qingdan_xl.sheets.unit import ASSIGNMENTS, DUTIES, ISSUES, LOG, RISKS, SIGNATURES
from qingdan_xl.store import Store
from qingdan_xl.summary.changes import Before
from qingdan_xl.summary.intake import Intake, intake
from qingdan_xl.summary.memory import Memory
from qingdan_xl.summary.remarks import Remark
from qingdan_xl.summary.scope import YEAR, Scope
from qingdan_xl.summary.standing import Standing, StoredRow, load_batches, plans_of, standings


@dataclass(frozen=True, slots=True)
class Material:
    """What all returns say together: the plans by unit id, the standings, what came back, and the ledgers' rows.

    `title` and `deadline` are those of the newest batch (verbs put the settings' in their place); `scope` is the
    stretch of the year that is looked at, `before` how duties stood at the last summary of it, `remarks` what leaders
    wrote so far. `own` are the own columns of the newest batch, `lights` fill and text colour of each word of 预警,
    `batch` is the newest batch's number. `wording` is each duty by id as its list puts it, before a unit's own words
    are filled in.
    """

    title: str
    deadline: date
    calendar: Calendar
    plans: Mapping[str, UnitPlan]
    wording: Mapping[str, str]
    standings: tuple[Standing, ...]
    intake: Intake
    issues: tuple[StoredRow, ...] = ()
    risks: tuple[StoredRow, ...] = ()
    assignments: tuple[StoredRow, ...] = ()
    signatures: tuple[StoredRow, ...] = ()
    scope: Scope = YEAR
    before: Before | None = None
    remarks: tuple[Remark, ...] = ()
    own: tuple[OwnColumn, ...] = ()
    lights: Mapping[str, tuple[str, str]] = field(default_factory=lambda: LIGHTS)
    batch: str = ""

    @property
    def titles(self) -> Mapping[tuple[str, str], str]:
        """What each person is, by unit id and name."""
        return {(key, person.name): person.title for key, plan in self.plans.items() for person in plan.people}


def load_material(store: Store, calendar: Calendar, scope: Scope = YEAR) -> Material:
    """Read the store as it is now; UnusableError `nothing-issued` where no workbook was ever sent out."""
    batches = load_batches(store)
    if not batches:
        raise UnusableError(problem("nothing-issued"))
    memory, looked_at = Memory(store), replace(calendar, period=scope.period)
    newest = list(batches.values())[-1]
    plans = plans_of(batches, store.issued())
    found = intake(store, plans)
    returned = {sent.unit.id for sent in found.returned}
    return Material(
        newest.title,
        newest.deadline,
        looked_at,
        plans,
        {duty.id: duty.text for batch in batches.values() for each in batch.checklists for duty in each.duties},
        standings(plans, returned, store.rows(DUTIES), store.rows(LOG), looked_at),
        found,
        tuple(store.rows(ISSUES)),
        tuple(store.rows(RISKS)),
        tuple(store.rows(ASSIGNMENTS)),
        tuple(store.rows(SIGNATURES)),
        scope,
        memory.before(scope, calendar.as_of),
        memory.remarks(),
        newest.own,
        batch=newest.id,
    )
