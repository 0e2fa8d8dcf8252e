"""How far a demand is met by the activities logged so far."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from qingdan_xl.counting.periods import Calendar, windows
from qingdan_xl.model import Per, Period, Target, TargetKind

MOST_LABELS = 4  # more unmet windows than this are counted, not all named


@dataclass(frozen=True, slots=True)
class Activity:
    """One row of 工作纪实: `row_id` is the duty it is tied to, '' where it counts for every duty of its category."""

    date: date
    category: str
    host: str = ""
    row_id: str = ""


@dataclass(frozen=True, slots=True)
class WindowProgress:
    """What was done in one window of a demand, and how often it is asked for there."""

    window: Period
    required: int
    done: int

    @property
    def met(self) -> bool:
        """At least as often as asked."""
        return self.done >= self.required

    @property
    def counted(self) -> int:
        """What was done, up to what is asked: what is too much here helps nowhere."""
        return min(self.done, self.required)


@dataclass(frozen=True, slots=True)
class TargetProgress:
    """A countable demand as of a date: its windows in order."""

    target: Target
    as_of: date
    windows: tuple[WindowProgress, ...]

    @property
    def required(self) -> int:
        """How often in the whole year."""
        return sum(window.required for window in self.windows)

    @property
    def done(self) -> int:
        """How often so far, in each window up to what it asks: one meeting too many is no step toward the next."""
        return sum(window.counted for window in self.windows)

    @property
    def elapsed(self) -> tuple[WindowProgress, ...]:
        """The windows that are over: their last day lies before the date."""
        return tuple(window for window in self.windows if window.window.end < self.as_of)

    @property
    def short(self) -> tuple[WindowProgress, ...]:
        """The windows that are over without having been met."""
        return tuple(window for window in self.elapsed if not window.met)

    @property
    def due(self) -> int:
        """How often in the windows that are over."""
        return sum(window.required for window in self.elapsed)

    @property
    def lacking(self) -> int:
        """How many times are missing in the windows that are over; what is too much in one helps no other."""
        return sum(window.required - window.done for window in self.short)

    @property
    def met(self) -> int:
        """How many windows are met."""
        return sum(window.met for window in self.windows)

    def near(self, days: int) -> tuple[WindowProgress, ...]:
        """The unmet windows that end within `days` from the date on."""
        return tuple(
            window for window in self.windows if not window.met and 0 <= (window.window.end - self.as_of).days <= days
        )


def labels(windows: Sequence[Period]) -> str:
    """The windows' names in one line; of a long row the first, and how many they are."""
    names = "、".join(window.label for window in windows[:MOST_LABELS])
    return f"{names}等{len(windows)}期" if len(windows) > MOST_LABELS else names


def missing(targets: Sequence[TargetProgress]) -> str:
    """Which windows of a duty's demands are over and not met: 第一季度、第二季度; several demands by their category."""
    found = [(target.target.category, labels([short.window for short in target.short])) for target in targets]
    return "；".join(f"{category}：{names}" if len(found) > 1 else names for category, names in found if names)


def is_countable(target: Target) -> bool:
    """Whether the activity log can show the demand: it has a category, asks for more, and for a time a log can tell."""
    return (
        bool(target.category)
        and not target.at_most
        and target.kind is not TargetKind.RATIO
        and target.per is not Per.DAY
    )


def required_per_window(target: Target, count: int) -> int:
    """How often in each of `count` windows: a number said for several due dates is shared out, at least one each."""
    number = int(target.number if target.number is not None else Decimal(1))
    return max(1, number // count) if target.due and count > 1 else max(1, number)


def fits(activity: Activity, target: Target, row_id: str, holder: str) -> bool:
    """Whether an activity counts: its category, tied to no other duty, and led by the holder of a personal list."""
    return (
        activity.category == target.category
        and activity.row_id in ("", row_id)
        and (not holder or activity.host == holder)
    )


def progress(
    target: Target, activities: Sequence[Activity], row_id: str, holder: str, calendar: Calendar
) -> TargetProgress:
    """Count the activities that fit into the demand's windows, up to and including the calendar's `as_of`."""
    days = [a.date for a in activities if a.date <= calendar.as_of and fits(a, target, row_id, holder)]
    spans = windows(target, calendar)
    required = required_per_window(target, len(spans))
    return TargetProgress(
        target,
        calendar.as_of,
        tuple(WindowProgress(w, required, sum(w.start <= day <= w.end for day in days)) for w in spans),
    )
