"""预警: one word for how a duty stands as of a date."""

from collections.abc import Sequence
from datetime import date

from qingdan_xl.counting.deadlines import Due
from qingdan_xl.counting.periods import Calendar
from qingdan_xl.counting.progress import TargetProgress, within
from qingdan_xl.sheets.choices import DONE, NOT_APPLICABLE, RECTIFIED, STANDING

OVERDUE, SHORT, NEAR, UNFILLED, NORMAL, COMPLETE, LONG_TERM, EXEMPT = (
    "逾期",
    "欠缺",
    "临近",
    "未填报",
    "正常",
    "完成",
    "长期",
    "不适用",
)
_CLOSED = (DONE, STANDING, NOT_APPLICABLE)


def light(status: str, due: Due | None, targets: Sequence[TargetProgress], calendar: Calendar) -> str:
    """The word for one duty, the first that holds; `targets` are its countable demands of the whole year.

    1. 不适用: 状态 says so; nothing is asked then.
    2. 逾期: the date has passed, 状态 is neither done nor standing, and the counts do not answer for the date: what was
       logged in time is in time, whatever 状态 says (`Due.is_met`).
    3. 欠缺: a period is over without the demanded count, or an upper limit is exceeded, whatever 状态 says.
    4. 完成: 状态 says so.
    5. 临近: a date or an unmet period ends within the calendar's `near_days`.
    6. 长期: 状态 says so.
    7. 未填报: 状态 is blank.
    8. 正常: everything else.

    With a period in the calendar, 3 and 5 look at what falls due in it; a date that has passed is still open.
    """
    if status == NOT_APPLICABLE:
        return EXEMPT
    if status not in _CLOSED and due is not None and due.day < calendar.as_of and not due.is_met(targets):
        return OVERDUE
    seen = within(targets, calendar)
    if any(target.short for target in seen):
        return SHORT
    if status == DONE:
        return COMPLETE
    if _is_soon(status, due.day if due else None, calendar) or any(target.near(calendar.near_days) for target in seen):
        return NEAR
    if status == STANDING:
        return LONG_TERM
    return NORMAL if status else UNFILLED


def turning_day(
    word: str, status: str, due: Due | None, targets: Sequence[TargetProgress], calendar: Calendar
) -> date | None:
    """The day that the light `word` of a duty hangs on: the date passed or coming, or the end of the period it is for.

    For 欠缺 the first period that was not met (the day itself for a limit in a period that goes on); for 临近 the first
    day to come; None for every other word but 逾期.
    """
    day, seen = due.day if due else None, within(targets, calendar)
    if word == OVERDUE:
        return day
    if word == SHORT:
        # a limit may be exceeded before its window ends
        return min(calendar.as_of, *(window.window.end for target in seen for window in target.short))
    if word == NEAR:
        days = [window.window.end for target in seen for window in target.near(calendar.near_days)]
        return min([*days, day] if day and _is_soon(status, day, calendar) else days)
    return None


def rectification_light(status: str, deadline: date | None, calendar: Calendar) -> str:
    """The word for one row of 问题整改台账: 完成 where it is put right, else 逾期 or 临近 by its date.

    Else 未填报 where 状态 is blank, and 正常.
    """
    if status in RECTIFIED:
        return COMPLETE
    if deadline is not None and deadline < calendar.as_of:
        return OVERDUE
    if _is_soon(status, deadline, calendar):
        return NEAR
    return NORMAL if status else UNFILLED


def _is_soon(status: str, deadline: date | None, calendar: Calendar) -> bool:
    return deadline is not None and status != STANDING and 0 <= (deadline - calendar.as_of).days <= calendar.near_days
