"""What a workbook shows when it leaves the house, before any program reckons: what counting says of what it holds."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from qingdan_xl.counting.duties import NOT_LOGGED, Counting, Logged, by_category
from qingdan_xl.counting.periods import Calendar
from qingdan_xl.counting.progress import TargetProgress
from qingdan_xl.issuing.activities import activities
from qingdan_xl.issuing.carrying import NOTHING, Carried
from qingdan_xl.issuing.plan import PlanRow, RoleSheet, UnitPlan
from qingdan_xl.sheets.unit import LOG


@dataclass(frozen=True)
class Opening:
    """One unit's workbook on the calendar's day, with the answers and the log that it starts with."""

    plan: UnitPlan
    calendar: Calendar
    before: Carried = NOTHING

    @cached_property
    def counting(self) -> Counting:
        """What counts and judges its duties."""
        return Counting(self.calendar)

    @cached_property
    def logged(self) -> Logged:
        """The activities of its log."""
        return by_category(activities(self.before.ledgers.get(LOG.key, ()), self.plan))

    def progress(self, sheet: RoleSheet, row: PlanRow) -> tuple[TargetProgress, ...]:
        """The countable demands of a row that have a window in the calendar's year."""
        return self.counting.targets(row.duty, row.id, sheet.holder, self.logged)

    def unlogged(self, row: PlanRow) -> tuple[TargetProgress, ...]:
        """The same while nothing is logged."""
        return self.counting.targets(row.duty, row.id, "", NOT_LOGGED)

    def status(self, row: PlanRow) -> str:
        """状态 of a row, '' where it is blank."""
        return str(self.before.duties.get(row.id, {}).get("status") or "")

    def light(self, sheet: RoleSheet, row: PlanRow) -> str:
        """预警 of a row."""
        own = self.before.duties.get(row.id, {}).get("deadline")
        own = own if isinstance(own, date) else None
        return self.counting.judged(row.duty, self.status(row), own, self.progress(sheet, row)).light
