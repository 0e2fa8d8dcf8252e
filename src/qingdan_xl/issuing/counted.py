"""The rows of the hidden sheet that the workbook counts by: its demands and their windows, with their formulas."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate

from qingdan_xl.counting.progress import EXCEEDED, Activity, labels
from qingdan_xl.issuing.demands import Demand
from qingdan_xl.issuing.formulas import (
    PARTING,
    counted_formula,
    literal,
    missing_formula,
    named_formula,
)
from qingdan_xl.model import Period
from qingdan_xl.sheets.identity import DEMANDS, WINDOWS, Block
from qingdan_xl.sheets.reading import column_letter
from qingdan_xl.sheets.writing import Cell, Formula

FIRST_COUNTED = 2  # the first row (from 1) below the headings of a block


@dataclass(frozen=True, slots=True)
class Logged:
    """The log that a workbook starts with, and the day it is issued."""

    activities: Sequence[Activity]
    as_of: date


@dataclass(frozen=True, slots=True)
class Counted:
    """One demand in its place: `row` of DEMANDS, the windows from row `first` of WINDOWS on.

    `before` says what stands before its missing windows; `following` the demands of the same duty right behind it.
    """

    demand: Demand
    row: int
    first: int
    before: str
    following: tuple["Counted", ...]

    @property
    def cells(self) -> Mapping[str, str]:
        """The cells of its row by key."""
        return _cells(DEMANDS, self.row)

    def done(self, logged: Logged) -> list[int]:
        """What the formula of each window gives: what was done up to what is asked, below 0 past a limit."""
        demand = self.demand
        days = [each.date for each in logged.activities if each.date <= logged.as_of and _fits(each, demand)]
        counts = [sum(span.start <= day <= span.end for day in days) for span in demand.windows]
        if demand.limit is not None:
            return [min(0, demand.limit - count) for count in counts]
        return [min(required, count) for required, count in zip(demand.required, counts, strict=True)]

    def short(self, logged: Logged) -> list[Period]:
        """The windows that are over without the demanded count, and those in which a limit is exceeded, as named."""
        spans = zip(self.demand.windows, self.done(logged), self.demand.required, strict=True)
        return [
            replace(span, label=f"{span.label}{EXCEEDED}") if done < 0 else span
            for span, done, required in spans
            if done < 0 or (span.end < logged.as_of and done < required)
        ]

    def opening(self, logged: Logged) -> str:
        """未达标时段 of it and those behind it for this log."""
        named = ((each.before, labels(each.short(logged))) for each in (self, *self.following))
        return "；".join(f"{before}{names}" for before, names in named if names)


def counted(demands: Sequence[Demand]) -> tuple[Counted, ...]:
    """Give the demands their rows; those of one duty stand together."""
    firsts = list(accumulate((len(demand.windows) for demand in demands), initial=FIRST_COUNTED))
    of_duty = Counter(demand.row_id for demand in demands)
    placed: list[Counted] = []
    for index in reversed(range(len(demands))):
        demand = demands[index]
        behind = placed[0] if placed and placed[0].demand.row_id == demand.row_id else None
        placed.insert(
            0,
            Counted(
                demand,
                index + FIRST_COUNTED,
                firsts[index],
                f"{demand.category}：" if of_duty[demand.row_id] > 1 else "",
                (behind, *behind.following) if behind else (),
            ),
        )
    return tuple(placed)


def periods_of(demands: Iterable[Demand]) -> tuple[Period, ...]:
    """Every window that the demands have, each once, by their ends."""
    found = {window for demand in demands for window in demand.windows}
    return tuple(sorted(found, key=lambda window: (window.end, window.start, window.label)))


def window_rows(item: Counted, numbers: Mapping[Period, int], logged: Logged) -> Iterator[tuple[Cell, ...]]:
    """The rows of WINDOWS of one demand: formulas look at their own row and the one above, so that all are alike.

    `numbers` are the rows of PERIODS from 1.
    """
    demand, below = item.demand, item.short(logged)
    spans = zip(demand.windows, demand.required, item.done(logged), strict=True)
    for row, (span, required, done) in enumerate(spans, item.first):
        cells, above = _cells(WINDOWS, row), _cells(WINDOWS, row - 1)
        short = [each.label for each in below if each.end <= span.end]
        yield (
            demand.row_id,
            item.row - FIRST_COUNTED + 1,
            numbers[span],
            Formula(counted_formula(cells, demand.limit, personal=bool(demand.holder)), done),
            Formula(named_formula(cells, above, demand.limit), PARTING.join(short)),
            required,
        )


def demand_row(item: Counted, logged: Logged) -> tuple[Cell, ...]:
    """The row of DEMANDS of one demand."""
    demand = item.demand
    following = item.following[0].cells["missing"] if item.following else ""
    return (
        demand.row_id,
        literal(demand.category),
        literal(demand.label),
        literal(demand.holder),
        item.first - FIRST_COUNTED + len(demand.windows),
        Formula(missing_formula(item.cells, item.before, following), item.opening(logged)),
    )


def _fits(activity: Activity, demand: Demand) -> bool:
    is_led = not demand.holder or activity.host == demand.holder
    return activity.category == demand.category and activity.row_id in ("", demand.row_id) and is_led


def _cells(block: Block, row: int) -> dict[str, str]:
    return {key: f"${column_letter(block.column(key))}{row}" for key in block.keys}
