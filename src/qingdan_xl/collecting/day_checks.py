"""The checks of a filled workbook that need the day: what has passed without being done, and what has not come yet.

Where the form knows no day they find nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice

from qingdan_xl.collecting.form import Form
from qingdan_xl.collecting.matching import DutyRow, Matched
from qingdan_xl.counting.deadlines import due_of, issued_due
from qingdan_xl.counting.lights import OVERDUE, SHORT, light, rectification_light
from qingdan_xl.counting.periods import Calendar
from qingdan_xl.counting.progress import MOST_LABELS, Activity, TargetProgress, is_countable, progress
from qingdan_xl.issuing.activities import activities
from qingdan_xl.problems import Problem, problem
from qingdan_xl.sheets.unit import ISSUES, LOG, SIGNATURES

# the days on which something was done
_DAYS_DONE = ((LOG, "date"), (ISSUES, "closed"), (SIGNATURES, "date"))
_COUNTED = ("date", "category", "duty", "host")


def check_days_to_come(matched: Matched, form: Form) -> list[Problem]:
    """What is logged, closed or signed was so on a day that has come."""
    if form.as_of is None:
        return []
    return [
        problem("date-to-come", row.origin(key), heading=sheet.column(key).heading, date=day, as_of=form.as_of)
        for sheet, key in _DAYS_DONE
        for row in matched.ledgers.get(sheet.key, ())
        if isinstance(day := row.value(key), date) and day > form.as_of and day.year == form.plan.year
    ]


def check_lights(matched: Matched, form: Form) -> list[Problem]:
    """A duty whose date has passed is done, and the counts of the periods that are over are there; told once a duty."""
    if form.as_of is None or not form.issued_texts:
        return []
    calendar = _calendar(form, form.as_of)
    logged = _logged(matched, form)
    # another word, or none, is told already, and nobody knows what it stands for
    judged = [duty for duty in matched.duties if duty.row.value("status") in form.lists["status"]]
    return [fault for duty in judged for fault in _lagging(duty, logged, calendar)]


def check_rectification(matched: Matched, form: Form) -> list[Problem]:
    """An issue whose 整改时限 has passed is put right."""
    if form.as_of is None:
        return []
    calendar = _calendar(form, form.as_of)
    return [
        problem("rectification-overdue", row.origin("status"), deadline=deadline, status=status)
        for row in matched.ledgers.get(ISSUES.key, ())
        if (status := row.value("status")) in form.lists["rectification"]
        and isinstance(deadline := row.value("deadline"), date)
        and rectification_light(str(status), deadline, calendar) == OVERDUE
    ]


DAY_CHECKS = (check_days_to_come, check_lights, check_rectification)


def _calendar(form: Form, as_of: date) -> Calendar:
    return Calendar(form.plan.year, as_of, form.about_days)


def _logged(matched: Matched, form: Form) -> Mapping[str, Sequence[Activity]]:
    """The log's rows that may count, by category: most demands look at few of them."""
    rows = matched.ledgers.get(LOG.key, ())
    found: dict[str, list[Activity]] = defaultdict(list)
    for each in activities(({key: row.value(key) for key in _COUNTED} for row in rows), form.plan):
        found[each.category].append(each)
    return found


def _lagging(duty: DutyRow, logged: Mapping[str, Sequence[Activity]], calendar: Calendar) -> Iterator[Problem]:
    issued, own, status = duty.issued, duty.row.value("deadline"), str(duty.row.value("status"))
    counted = (
        progress(target, logged.get(target.category, ()), issued.id, duty.sheet.holder, calendar)
        for target in issued.duty.targets
        if is_countable(target)
    )
    targets = [target for target in counted if target.windows]
    due = due_of(issued_due(issued.duty, calendar), own if isinstance(own, date) else None)
    word = light(status, due, targets, calendar)
    if word == OVERDUE and due:
        yield problem("deadline-passed", duty.row.origin("status"), due=due.day, status=status)
    elif word == SHORT:
        yield problem("demand-short", duty.row.origin("status"), as_of=calendar.as_of, short=_short(targets))


def _short(targets: Iterable[TargetProgress]) -> str:
    """The first windows that are over without having been met, with what was done and asked for in each."""
    words = (
        f"{window.named.label}“{target.target.category}”{window.done} 次（{_asked(window.required, window.limit)}）"
        for target in targets
        for window in target.short
    )
    shown = list(islice(words, MOST_LABELS))
    rest = sum(1 for _ in words)
    return "、".join(shown) + (f"，另有 {rest} 期" if rest else "")


def _asked(required: int, limit: int | None) -> str:
    return f"应 {required} 次" if limit is None else f"至多 {limit} 次"
