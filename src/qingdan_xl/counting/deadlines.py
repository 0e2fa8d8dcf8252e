"""完成时限: the one date of a duty, and what answers for it once it has passed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto
from functools import lru_cache

from qingdan_xl.counting.periods import Calendar, due_date, windows
from qingdan_xl.counting.progress import TargetProgress, is_countable
from qingdan_xl.model import Duty

_MONTH = timedelta(days=31)


class AnsweredBy(Enum):
    """What shows that a duty was done by its date while 状态 does not say so."""

    STATUS = auto()  # nothing else: the list dates something that no log shows
    COUNT = auto()  # the list dates a countable demand: what was logged in time
    UNIT = auto()  # the unit set the date itself: what is demanded up to then


@dataclass(frozen=True, slots=True)
class Due:
    """The date by which a duty is to be done, and what answers for it."""

    day: date
    by: AnsweredBy

    def is_met(self, targets: Sequence[TargetProgress]) -> bool:
        """Whether the counts answer for the date: `targets` are all countable demands of the duty in the year.

        A dated demand is met where no period that is over is short; a unit's own date where every period that begins
        by it is met. An upper limit shows nothing done.
        """
        match self.by:
            case AnsweredBy.STATUS:
                return False
            case AnsweredBy.COUNT:
                return not any(target.short for target in targets)
            case AnsweredBy.UNIT:
                asked = (each for target in targets for each in target.windows if each.limit is None)
                begun = [each for each in asked if each.window.start <= self.day]
                return bool(begun) and all(each.met for each in begun)


@lru_cache(maxsize=4096)
def issued_due(duty: Duty, calendar: Calendar) -> Due | None:
    """The last of the dates that the duty's demands name in the calendar's year; the unit cannot move it.

    None where they name none, and where another demand goes on for more than a month after it: a date in January does
    not end a duty of every quarter. The unit may set its own date then.
    """
    named = [(day, target) for target in duty.targets for due in target.due if (day := due_date(due, calendar))]
    last = max((day for day, _ in named), default=None)
    ends = [span.end for target in duty.targets if not target.at_most for span in windows(target, calendar)]
    if last is None or max(ends, default=last) - last > _MONTH:
        return None
    is_counted = all(is_countable(target) and windows(target, calendar) for day, target in named if day == last)
    return Due(last, AnsweredBy.COUNT if is_counted else AnsweredBy.STATUS)


def due_of(issued: Due | None, own: date | None) -> Due | None:
    """The date that counts: the issued one, whatever the unit wrote beside it, else the unit's `own`."""
    return issued or (Due(own, AnsweredBy.UNIT) if own else None)
