"""预警: one word for how a duty stands as of a date."""

from collections.abc import Sequence
from datetime import date

from qingdan_xl.counting.periods import Calendar
from qingdan_xl.counting.progress import TargetProgress
from qingdan_xl.sheets.choices import DONE, NOT_APPLICABLE, RECTIFIED, STANDING

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
    if _is_soon(status, deadline, calendar) or any(target.near(calendar.near_days) for target in targets):
        return NEAR
    return LONG_TERM if status == STANDING else NORMAL


def turning_day(
    word: str, status: str, deadline: date | None, targets: Sequence[TargetProgress], calendar: Calendar
) -> date | None:
    """The day that the light `word` of a duty hangs on: the date passed or coming, or the end of the period it is for.

    For 欠缺 the first period that was not met, for 临近 the first day to come; None for every other word but 逾期.
    """
    if word == OVERDUE:
        return deadline
    if word == SHORT:
        return min(window.window.end for target in targets for window in target.short)
    if word == NEAR:
        days = [window.window.end for target in targets for window in target.near(calendar.near_days)]
        return min([*days, deadline] if deadline and _is_soon(status, deadline, calendar) else days)
    return None


def rectification_light(status: str, deadline: date | None, calendar: Calendar) -> str:
    """The word for one row of 问题整改台账: 完成 where it is put right, else 逾期, 临近 or 正常 by its date."""
    if status in RECTIFIED:
        return COMPLETE
    if deadline is None:
        return NORMAL
    if deadline < calendar.as_of:
        return OVERDUE
    return NEAR if _is_soon(status, deadline, calendar) else NORMAL


def _is_soon(status: str, deadline: date | None, calendar: Calendar) -> bool:
    return deadline is not None and status != STANDING and 0 <= (deadline - calendar.as_of).days <= calendar.near_days
