"""预警: one word for how a duty stands as of a date."""

from collections.abc import Sequence
from datetime import date

from qingdan_xl.counting.periods import Calendar
from qingdan_xl.counting.progress import TargetProgress
from qingdan_xl.sheets.choices import DONE, NOT_APPLICABLE, STANDING

OVERDUE, SHORT, NEAR, NORMAL, COMPLETE, LONG_TERM, EXEMPT = (
    "逾期",
    "欠缺",
    "临近",
    "正常",
    "完成",
    "长期",
    "不适用",
)
_CLOSED = (DONE, STANDING, NOT_APPLICABLE)


def light(status: str, deadline: date | None, targets: Sequence[TargetProgress], calendar: Calendar) -> str:
    """The word for one duty, the gravest that holds.

    逾期: its date has passed and it is neither done nor standing. 欠缺: a period is over without the demanded count,
    whatever the status says. 临近: a date or an unmet period ends within the calendar's `near_days`.
    """
    if status == NOT_APPLICABLE:
        return EXEMPT
    if status not in _CLOSED and deadline is not None and deadline < calendar.as_of:
        return OVERDUE
    if any(target.short for target in targets):
        return SHORT
    if status == DONE:
        return COMPLETE
    soon = deadline is not None and status != STANDING and (deadline - calendar.as_of).days <= calendar.near_days
    if soon or any(target.near(calendar.near_days) for target in targets):
        return NEAR
    return LONG_TERM if status == STANDING else NORMAL
