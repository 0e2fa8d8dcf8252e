"""The windows of a year in which a demand is to be met."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache

from qingdan_xl.documents.marks import read_mark
from qingdan_xl.model import Per, Period, Target, TargetKind

_QUARTERS = ("第一季度", "第二季度", "第三季度", "第四季度")
_MONTHS_OF = {Per.HALF_YEAR: 6, Per.FOUR_MONTHS: 4, Per.QUARTER: 3, Per.TWO_MONTHS: 2, Per.MONTH: 1}
_WEEKS_OF = {Per.TWO_WEEKS: 2, Per.WEEK: 1}
_WITH_DATES = (None, Per.ONCE, Per.YEAR)
_DECEMBER = 12
_THIRDS = (("上旬", 1, timedelta(days=9)), ("中旬", 11, timedelta(days=9)), ("下旬", 21, timedelta(days=10)))
_WHOLE_YEAR = (1, _DECEMBER)
ABOUT_DAYS = 30  # the grace of a date that is only about, where settings say nothing


@dataclass(frozen=True, slots=True)
class Calendar:
    """The year counted and the day it is looked at.

    `about_days` is the grace of a date that is only about (年初, “七一”前后); what ends within `near_days` is near.
    With a `period`, demands are looked at where they fall due in it.
    """

    year: int
    as_of: date
    about_days: int = ABOUT_DAYS
    near_days: int = 30
    period: Period | None = None

    def holds(self, day: date) -> bool:
        """Whether what falls due on this day is looked at."""
        return self.period is None or self.period.start <= day <= self.period.end


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


@cache
def periods(per: Per | None, year: int, months: tuple[int, int] = _WHOLE_YEAR) -> tuple[Period, ...]:
    """The year cut into its periods, as far as they lie in the `months` from the first to the last.

    One whole year for 'once', 'year' and None, which no months cut; none for 'day' and 'other' (no log shows them). A
    week counts where all of it lies in the months, a longer period with what of it does.
    """
    found = _periods(per, year)
    if months == _WHOLE_YEAR or per in _WITH_DATES:
        return found
    first, last = months
    spans = ((first, last),) if first <= last else ((1, last), (first, _DECEMBER))
    cut = [
        Period(max(each.start, date(year, start, 1)), min(each.end, month_end(year, end)), each.label)
        for each in found
        for start, end in spans
    ]
    return tuple(each for each in cut if each.start <= each.end and (per not in _WEEKS_OF or each in found))


def _periods(per: Per | None, year: int) -> tuple[Period, ...]:
    match per:
        case Per.DAY | Per.OTHER:
            return ()
        case Per.WEEK | Per.TWO_WEEKS:
            return _weeks(year, _WEEKS_OF[per])
        case Per.TEN_DAYS:
            return tuple(
                Period(date(year, month, start), min(date(year, month, start) + length, month_end(year, month)), label)
                for month in range(1, _DECEMBER + 1)
                for start, length, label in ((start, length, f"{month}月{name}") for name, start, length in _THIRDS)
            )
        case Per.HALF_YEAR | Per.FOUR_MONTHS | Per.QUARTER | Per.TWO_MONTHS | Per.MONTH:
            step = _MONTHS_OF[per]
            return tuple(
                Period(date(year, first, 1), month_end(year, first + step - 1), _label(per, first))
                for first in range(1, _DECEMBER + 1, step)
            )
        case _:
            return (Period(date(year, 1, 1), date(year, 12, 31), "全年"),)


def _label(per: Per, first: int) -> str:
    match per:
        case Per.HALF_YEAR:
            return "上半年" if first == 1 else "下半年"
        case Per.QUARTER:
            return _QUARTERS[first // 3]
        case Per.MONTH:
            return f"{first}月"
        case _:
            return f"{first}月至{first + _MONTHS_OF[per] - 1}月"


def _weeks(year: int, together: int) -> tuple[Period, ...]:
    """So many whole weeks `together` from Monday; days before the first Monday and behind the last belong to none."""
    monday = date(year, 1, 1) + timedelta(days=-date(year, 1, 1).weekday() % 7)
    weeks: list[Period] = []
    while (sunday := monday + timedelta(days=7 * together - 1)) <= date(year, 12, 31):
        first = len(weeks) * together + 1
        label = f"第{first}周" if together == 1 else f"第{first}至{first + together - 1}周"
        weeks.append(Period(monday, sunday, label))
        monday = sunday + timedelta(days=1)
    return tuple(weeks)


@lru_cache(maxsize=4096)
def due_date(due: str, calendar: Calendar) -> date | None:
    """The last day of a due mark: MM-DD, YYYY-MM-DD, YYYY-MM (its month's end); behind ~ the grace is added.

    The grace ends with the year. None where the mark is of another year, or none.
    """
    mark = read_mark(due)
    day = mark.date_in(calendar.year) if mark else None
    if mark is None or day is None or not mark.about:
        return day
    return min(day + timedelta(days=calendar.about_days), date(calendar.year, 12, 31))


def has_due_windows(target: Target) -> bool:
    """Whether a demand is to be met up to each of its due dates, and not in each of its periods."""
    return bool(target.due) and target.per in _WITH_DATES


def windows(target: Target, calendar: Calendar) -> tuple[Period, ...]:
    """When a demand is to be met: up to each of its due dates, else once in each of its periods.

    Dates of which one lies in each period (每季度, 01-10、04-10、07-10、10-10) say by when in it. Windows are in order
    and do not overlap. A ratio has none.
    """
    if target.kind is TargetKind.RATIO:
        return ()
    whole = periods(target.per, calendar.year, target.months or _WHOLE_YEAR)
    ends = sorted({day for due in target.due if (day := due_date(due, calendar))})
    if has_due_windows(target) or _is_one_each(ends, whole):
        starts = [date(calendar.year, 1, 1), *(day + timedelta(days=1) for day in ends)]
        return tuple(
            Period(start, end, f"{end.month}月{end.day}日前") for start, end in zip(starts, ends, strict=False)
        )
    return whole


def _is_one_each(days: Sequence[date], spans: Sequence[Period]) -> bool:
    pairs = zip(days, spans, strict=False)
    return len(days) == len(spans) > 0 and all(span.start <= day <= span.end for day, span in pairs)
