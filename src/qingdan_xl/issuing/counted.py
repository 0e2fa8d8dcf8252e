"""The rows of the hidden sheet that the workbook counts by: its demands and their windows, with their formulas."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from qingdan_xl.counting.periods import Calendar
from qingdan_xl.counting.progress import MOST_LABELS, labels
from qingdan_xl.issuing.demands import Demand
from qingdan_xl.issuing.formulas import (
    counted_formula,
    elapsed_formula,
    literal,
    missing_formula,
    named_formula,
    near_formula,
    short_formula,
)
from qingdan_xl.model import Period
from qingdan_xl.sheets.identity import DEMANDS, WINDOWS, Block
from qingdan_xl.sheets.reading import column_letter
from qingdan_xl.sheets.writing import Cell, Formula

FIRST_COUNTED = 2  # the first row (from 1) below the headings of a block


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

    def over(self, calendar: Calendar) -> list[Period]:
        """The windows that are over on the day of issue."""
        return [span for span in self.demand.windows if span.end < calendar.as_of]

    def opening(self, calendar: Calendar) -> str:
        """未达标时段 of it and those behind it while nothing is logged."""
        named = ((each.before, labels(each.over(calendar))) for each in (self, *self.following))
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


def window_rows(item: Counted, calendar: Calendar) -> Iterator[tuple[Cell, ...]]:
    """The rows of WINDOWS of one demand."""
    over = item.over(calendar)
    top = _cells(WINDOWS, item.first)["short"]
    demand = item.demand
    for row, (span, required) in enumerate(zip(demand.windows, demand.required, strict=True), item.first):
        cells, above = _cells(WINDOWS, row), _cells(WINDOWS, row - 1) if row > item.first else {}
        named = [each.label for each in over if each.end <= span.end]
        yield (
            demand.row_id,
            span.start,
            span.end,
            span.label,
            Formula(counted_formula(cells, item.cells, personal=bool(demand.holder))),
            Formula(short_formula(cells), int(span in over)),
            Formula(named_formula(cells, above, top), "、".join(named[:MOST_LABELS])),
            required,
        )


def demand_row(item: Counted, calendar: Calendar) -> tuple[Cell, ...]:
    """The row of DEMANDS of one demand."""
    demand, cells, day = item.demand, item.cells, calendar.as_of
    top, bottom = _cells(WINDOWS, item.first), _cells(WINDOWS, item.first + len(demand.windows) - 1)
    spans = {key: f"{top[key]}:{bottom[key]}" for key in WINDOWS.keys}
    near = sum(0 <= (span.end - day).days <= calendar.near_days for span in demand.windows)
    following = item.following[0].cells["missing"] if item.following else ""
    return (
        demand.row_id,
        literal(demand.category),
        literal(demand.label),
        literal(demand.holder),
        demand.total,
        Formula(f"=SUM({spans['done']})"),
        Formula(elapsed_formula(spans["end"]), len(item.over(calendar))),
        Formula(f"={cells['elapsed']}-{cells['short']}"),
        Formula(f"=SUM({spans['short']})", len(item.over(calendar))),
        Formula(near_formula(spans["end"], spans["done"], spans["required"]), near),
        Formula(missing_formula(cells["short"], bottom["named"], item.before, following), item.opening(calendar)),
    )


def _cells(block: Block, row: int) -> dict[str, str]:
    return {key: f"${column_letter(block.column(key))}${row}" for key in block.keys}
