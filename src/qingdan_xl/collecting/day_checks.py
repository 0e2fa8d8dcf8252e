"""The checks that need the day: what has passed without being done, and what has not come yet.

They look at the rows that are kept, by the list that counts for the unit, so that what was taken in long ago can be
looked at again on any day. What they find is not kept.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from qingdan_xl.collecting.form import Form
from qingdan_xl.collecting.rows import Rows
from qingdan_xl.counting.duties import Counting, Logged, by_category
from qingdan_xl.counting.lights import OVERDUE, SHORT, rectification_light
from qingdan_xl.counting.periods import Calendar
from qingdan_xl.counting.progress import TargetProgress, shortage
from qingdan_xl.issuing.activities import activities
from qingdan_xl.issuing.plan import PlanRow, RoleSheet
from qingdan_xl.problems import Problem, problem
from qingdan_xl.sheets.declaration import Sheet
from qingdan_xl.sheets.reading import Row
from qingdan_xl.sheets.unit import DUTIES, ISSUES, LOG, ROW_ID, SIGNATURES

DayCheck = Callable[[Rows, Form, Calendar], list[Problem]]

DAY_CODES = frozenset({"date-to-come", "deadline-passed", "demand-short", "rectification-overdue"})
# the days on which something was done
_DAYS_DONE = ((LOG, "date"), (ISSUES, "closed"), (SIGNATURES, "date"))
_COUNTED = ("date", "category", "duty", "host")
DAY_COLUMNS: Mapping[str, tuple[Sheet, Sequence[str]]] = {
    DUTIES.key: (DUTIES, (ROW_ID.key, "status", "deadline")),
    LOG.key: (LOG, _COUNTED),
    ISSUES.key: (ISSUES, ("status", "deadline", "closed")),
    SIGNATURES.key: (SIGNATURES, ("date",)),
}
"""What the checks look at, by sheet key."""


def check_days_to_come(rows: Rows, _form: Form, calendar: Calendar) -> list[Problem]:
    """What is logged, closed or signed was so on a day that has come."""
    return [
        problem("date-to-come", row.origin(key), heading=sheet.column(key).heading, date=day, as_of=calendar.as_of)
        for sheet, key in _DAYS_DONE
        for row in rows.get(sheet.key, ())
        if isinstance(day := row.value(key), date) and day > calendar.as_of and day.year == calendar.year
    ]


def check_lights(rows: Rows, form: Form, calendar: Calendar) -> list[Problem]:
    """A duty whose date has passed is done, and the counts of the periods that are over are there; told once a duty."""
    if not form.issued_texts:
        return []
    issued, counting = form.rows, Counting(calendar)
    log = ({key: row.value(key) for key in _COUNTED} for row in rows.get(LOG.key, ()))
    logged = by_category(activities(log, form.plan))
    # another word, or none, is told already, and nobody knows what it stands for
    judged = [row for row in rows.get(DUTIES.key, ()) if row.value("status") in form.lists["status"]]
    return [
        fault
        for row in judged
        if (planned := issued.get(str(row.value(ROW_ID.key))))
        for fault in _lagging(row, planned, logged, counting)
    ]


def check_rectification(rows: Rows, form: Form, calendar: Calendar) -> list[Problem]:
    """An issue whose 整改时限 has passed is put right."""
    return [
        problem("rectification-overdue", row.origin("status"), deadline=deadline, status=status)
        for row in rows.get(ISSUES.key, ())
        if (status := row.value("status")) in form.lists["rectification"]
        and isinstance(deadline := row.value("deadline"), date)
        and rectification_light(str(status), deadline, calendar) == OVERDUE
    ]


DAY_CHECKS: tuple[DayCheck, ...] = (check_days_to_come, check_lights, check_rectification)


def run_day_checks(rows: Rows, form: Form, as_of: date) -> list[Problem]:
    """All that a day makes wrong in the rows of one unit (by sheet key), in the order of DAY_CHECKS.

    `form` is what the unit was sent last; the rows bear its row ids and labels.
    """
    calendar = Calendar(form.plan.year, as_of, form.about_days)
    return [fault for check in DAY_CHECKS for fault in check(rows, form, calendar)]


def _lagging(row: Row, planned: tuple[RoleSheet, PlanRow], logged: Logged, counting: Counting) -> list[Problem]:
    sheet, issued = planned
    own, status, where = row.value("deadline"), str(row.value("status")), row.origin("status")
    targets = counting.targets(issued.duty, issued.id, sheet.holder, logged)
    verdict = counting.judged(issued.duty, status, own if isinstance(own, date) else None, targets)
    if verdict.light == OVERDUE and verdict.due:
        return [problem("deadline-passed", where, due=verdict.due.day, status=status)]
    if verdict.light == SHORT:
        return [problem("demand-short", where, as_of=counting.calendar.as_of, short=_short(targets))]
    return []


def _short(targets: Iterable[TargetProgress]) -> str:
    return "；".join(shortage(target) for target in targets if target.short)
