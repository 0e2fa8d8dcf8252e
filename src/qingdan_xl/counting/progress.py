"""How far a demand is met by the activities logged so far."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import ceil

from qingdan_xl.counting.periods import Calendar, has_due_windows, windows
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

    @property
    def judged(self) -> tuple[WindowProgress, ...]:
        """The windows that a score looks at: those that end by the date, and those met before their end."""
        return tuple(window for window in self.windows if window.met or window.window.end <= self.as_of)

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


def required_counts(target: Target, count: int) -> tuple[int, ...]:
    """How often in each of `count` windows: a number said for several due dates is shared out among them.

    At least one each, together no fewer than the number; of what cannot be shared evenly the later dates get more, so
    that none asks for anything sooner than the text does.
    """
    number = max(1, ceil(target.number)) if target.number is not None else 1
    if not has_due_windows(target):
        return (number,) * count
    return tuple(max(1, number * place // count - number * (place - 1) // count) for place in range(1, count + 1))


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
    return TargetProgress(
        target,
        calendar.as_of,
        tuple(
            WindowProgress(span, required, sum(span.start <= day <= span.end for day in days))
            for span, required in zip(spans, required_counts(target, len(spans)), strict=True)
        ),
    )


def within(targets: Sequence[TargetProgress], calendar: Calendar) -> tuple[TargetProgress, ...]:
    """The demands that fall due in the calendar's period, each with only its windows that do; all where it has none."""
    if calendar.period is None:
        return tuple(targets)
    kept = (tuple(each for each in target.windows if calendar.holds(each.window.end)) for target in targets)
    return tuple(replace(target, windows=found) for target, found in zip(targets, kept, strict=True) if found)
