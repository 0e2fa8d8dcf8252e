"""How a duty stands on a day: counted and judged in one place, for the checks of one file and for the sum of all."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from qingdan_xl.counting.deadlines import Due, due_of, issued_due
from qingdan_xl.counting.lights import light, turning_day
from qingdan_xl.counting.periods import Calendar
from qingdan_xl.counting.progress import Activity, TargetProgress, counted_in, progress, within
from qingdan_xl.model import Duty, Target

Logged = Mapping[str, Sequence[Activity]]
"""Activities by category: a demand looks at those of its own."""

NOT_LOGGED: Logged = {}


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a duty stands: its light, the date that counts, and the day that the light hangs on (`turning_day`)."""

    light: str
    due: Due | None
    since: date | None


def by_category(found: Iterable[Activity]) -> Logged:
    """A log as counting takes it."""
    logged: dict[str, list[Activity]] = defaultdict(list)
    for activity in found:
        logged[activity.category].append(activity)
    return logged


class Counting:
    """Counts and judges duties for one calendar; equal counts share one value, of which there are many.

    Ids stand for targets and duties, whose plans must outlive this: a hash over their fields costs more than counting.
    """

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        self._known: dict[tuple[int, tuple[int, ...]], TargetProgress] = {}
        self._dues: dict[int, Due | None] = {}
        self._asked: dict[int, tuple[Target, ...]] = {}

    def due(self, duty: Duty) -> Due | None:
        """The date that was issued with the duty."""
        key = id(duty)
        if key not in self._dues:
            self._dues[key] = issued_due(duty, self.calendar)
        return self._dues[key]

    def asked(self, duty: Duty) -> tuple[Target, ...]:
        """The duty's demands that are counted in the year."""
        key = id(duty)
        if key not in self._asked:
            self._asked[key] = counted_in(duty, self.calendar)
        return self._asked[key]

    def targets(self, duty: Duty, row_id: str, holder: str, logged: Logged) -> tuple[TargetProgress, ...]:
        """How far the demands that are counted are met."""
        return tuple(
            self._shared(found)
            for target in self.asked(duty)
            for found in [progress(target, logged.get(target.category, ()), row_id, holder, self.calendar)]
        )

    def seen(self, targets: tuple[TargetProgress, ...]) -> tuple[TargetProgress, ...]:
        """What of them falls due in the calendar's period."""
        return targets if self.calendar.period is None else tuple(map(self._shared, within(targets, self.calendar)))

    def judged(self, duty: Duty, status: str, own: date | None, targets: Sequence[TargetProgress]) -> Verdict:
        """How a duty with this 状态, this date of the unit's own and these counts of the whole year stands."""
        due = due_of(self.due(duty), own)
        word = light(status, due, targets, self.calendar)
        return Verdict(word, due, turning_day(word, status, due, targets, self.calendar))

    def _shared(self, found: TargetProgress) -> TargetProgress:
        # fewer windows of the same target are the part of it that falls due in the period
        return self._known.setdefault((id(found.target), tuple(window.done for window in found.windows)), found)
