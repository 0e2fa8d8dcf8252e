"""How far a demand is met by the activities logged so far."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import ceil, floor

from qingdan_xl.counting.periods import Calendar, has_due_windows, windows
from qingdan_xl.model import Duty, Per, Period, Target, TargetKind

EXCEEDED = "超限"  # behind the name of a window in which an upper limit was exceeded
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
    """What was done in one window of a demand, and how often it is asked for there.

    Of an upper limit nothing is asked for: `required` is 0 then, and `limit` the most that there may be.
    """

    window: Period
    required: int
    done: int
    limit: int | None = None

    @property
    def excess(self) -> int:
        """How many times more than an upper limit allows; that is certain before the window is over."""
        return max(0, self.done - self.limit) if self.limit is not None else 0

    @property
    def met(self) -> bool:
        """At least as often as asked, or no more often than a limit allows."""
        return self.done >= self.required and not self.excess

    @property
    def lacking(self) -> int:
        """How many times are missing."""
        return max(0, self.required - self.done)

    @property
    def named(self) -> Period:
        """The window as it is named where it is not met: that of a limit says so."""
        return replace(self.window, label=f"{self.window.label}{EXCEEDED}") if self.excess else self.window

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
        """The windows that are over, their last day before the date, and those in which a limit was exceeded."""
        return tuple(window for window in self.windows if window.window.end < self.as_of or window.excess)

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
        return sum(window.lacking for window in self.short)

    @property
    def excess(self) -> int:
        """How many times more than the limit allows, over all windows."""
        return sum(window.excess for window in self.windows)

    @property
    def logged(self) -> int:
        """How often in all, whatever was asked for."""
        return sum(window.done for window in self.windows)

    @property
    def met(self) -> int:
        """How many windows are met; of a limit those that are over."""
        return sum(window.met for window in self.judged)

    @property
    def judged(self) -> tuple[WindowProgress, ...]:
        """The windows that a score looks at: those that end by the date, and those that are certain before their end.

        What is met stays met, but for a limit, which can only be exceeded before its end.
        """
        return tuple(
            window
            for window in self.windows
            if window.window.end <= self.as_of or (window.met if window.limit is None else window.excess)
        )

    def near(self, days: int) -> tuple[WindowProgress, ...]:
        """The windows that lack something and end within `days` from the date on."""
        return tuple(
            window for window in self.windows if window.lacking and 0 <= (window.window.end - self.as_of).days <= days
        )


def labels(windows: Sequence[Period]) -> str:
    """The windows' names in one line; of a long row the first, and how many they are."""
    names = "、".join(window.label for window in windows[:MOST_LABELS])
    return f"{names}等{len(windows)}期" if len(windows) > MOST_LABELS else names


def missing(targets: Sequence[TargetProgress]) -> str:
    """Which windows of a duty's demands are over and not met: 第一季度、第二季度; several demands by their category."""
    found = [(target.target.category, labels([short.named for short in target.short])) for target in targets]
    return "；".join(f"{category}：{names}" if len(found) > 1 else names for category, names in found if names)


def shortage(target: TargetProgress) -> str:
    """Which windows of a demand are over and not met, and how many times are missing or too many."""
    told = f"超{target.excess}次" if target.excess else f"缺{target.lacking}次"
    return f"{target.target.category}：{labels([short.named for short in target.short])}，{told}"


def is_countable(target: Target) -> bool:
    """Whether the activity log can show the demand: it has a category, and a period that a log of a year can tell."""
    return bool(target.category) and target.kind is not TargetKind.RATIO and target.per not in {Per.DAY, Per.OTHER}


def counted_in(duty: Duty, calendar: Calendar) -> tuple[Target, ...]:
    """The duty's countable demands that have a window in the calendar's year: a date of another year asks nothing."""
    return tuple(target for target in duty.targets if is_countable(target) and windows(target, calendar))


def required_counts(target: Target, count: int) -> tuple[int, ...]:
    """How often in each of `count` windows: a number said for several due dates is shared out among them.

    At least one each, together no fewer than the number; of what cannot be shared evenly the later dates get more, so
    that none asks for anything sooner than the text does. An upper limit asks for nothing.
    """
    if target.at_most:
        return (0,) * count
    number = max(1, ceil(target.number)) if target.number is not None else 1
    if not has_due_windows(target):
        return (number,) * count
    return tuple(max(1, number * place // count - number * (place - 1) // count) for place in range(1, count + 1))


def limit_of(target: Target) -> int | None:
    """The most that there may be in each window; None for a demand that is no upper limit."""
    return floor(target.number or 0) if target.at_most else None


def fits(activity: Activity, target: Target, row_id: str, holder: str) -> bool:
    """Whether an activity counts: its category, tied to no other duty, and led by the holder of a personal list."""
    return (
        activity.category == target.category
        and activity.row_id in ("", row_id)
        and (not holder or activity.host == holder)
    )


def counts(activity: Activity, category: str, calendar: Calendar) -> bool:
    """Whether an activity is one of this category in the calendar's year, up to and including its day."""
    return activity.category == category and activity.date.year == calendar.year and activity.date <= calendar.as_of


def progress(
    target: Target, activities: Sequence[Activity], row_id: str, holder: str, calendar: Calendar
) -> TargetProgress:
    """Count the activities that fit into the demand's windows, up to and including the calendar's `as_of`."""
    days = sorted(a.date for a in activities if a.date <= calendar.as_of and fits(a, target, row_id, holder))
    spans, limit = windows(target, calendar), limit_of(target)
    return TargetProgress(
        target,
        calendar.as_of,
        tuple(
            WindowProgress(span, required, bisect_right(days, span.end) - bisect_left(days, span.start), limit)
            for span, required in zip(spans, required_counts(target, len(spans)), strict=True)
        ),
    )


def within(targets: Sequence[TargetProgress], calendar: Calendar) -> tuple[TargetProgress, ...]:
    """The demands that fall due in the calendar's period, each with only its windows that do; all where it has none."""
    if calendar.period is None:
        return tuple(targets)
    kept = (tuple(each for each in target.windows if calendar.holds(each.window.end)) for target in targets)
    return tuple(replace(target, windows=found) for target, found in zip(targets, kept, strict=True) if found)
