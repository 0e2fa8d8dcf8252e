"""What a workbook shows when it leaves the house, before any program reckons: what counting says of what it holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from qingdan_xl.counting.deadlines import due_of, issued_due
from qingdan_xl.counting.lights import light
from qingdan_xl.counting.periods import Calendar
from qingdan_xl.counting.progress import Activity, TargetProgress, progress
from qingdan_xl.issuing.activities import activities
from qingdan_xl.issuing.carrying import NOTHING, Carried
from qingdan_xl.issuing.demands import countable
from qingdan_xl.issuing.plan import PlanRow, RoleSheet, UnitPlan
from qingdan_xl.sheets.unit import LOG


@dataclass(frozen=True)
class Opening:
    """One unit's workbook on the calendar's day, with the answers and the log that it starts with."""

    plan: UnitPlan
    calendar: Calendar
    before: Carried = NOTHING

    @cached_property
    def logged(self) -> tuple[Activity, ...]:
        """The activities of its log."""
        return activities(self.before.ledgers.get(LOG.key, ()), self.plan)

    def progress(self, sheet: RoleSheet, row: PlanRow) -> tuple[TargetProgress, ...]:
        """The countable demands of a row that have a window in the calendar's year."""
        return self._counted(row, self.logged, sheet.holder)

    def unlogged(self, row: PlanRow) -> tuple[TargetProgress, ...]:
        """The same while nothing is logged."""
        return self._counted(row, (), "")

    def _counted(self, row: PlanRow, logged: Sequence[Activity], holder: str) -> tuple[TargetProgress, ...]:
        found = (progress(target, logged, row.id, holder, self.calendar) for target in countable(row.duty))
        return tuple(target for target in found if target.windows)

    def status(self, row: PlanRow) -> str:
        """状态 of a row, '' where it is blank."""
        return str(self.before.duties.get(row.id, {}).get("status") or "")

    def light(self, sheet: RoleSheet, row: PlanRow) -> str:
        """预警 of a row."""
        own = self.before.duties.get(row.id, {}).get("deadline")
        due = due_of(issued_due(row.duty, self.calendar), own if isinstance(own, date) else None)
        return light(self.status(row), due, self.progress(sheet, row), self.calendar)
