"""The rows of the hidden sheet that the workbook counts by: its demands and their windows, with their formulas."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from qingdan_xl.counting.progress import TargetProgress, labels
from qingdan_xl.issuing.formulas import (
    PARTING,
    counted_formula,
    literal,
    missing_formula,
    named_formula,
)
from qingdan_xl.issuing.openings import Opening
from qingdan_xl.model import Period
from qingdan_xl.sheets.identity import DEMANDS, WINDOWS, Block
from qingdan_xl.sheets.reading import column_letter
from qingdan_xl.sheets.writing import Cell, Formula

FIRST_COUNTED = 2  # the first row (from 1) below the headings of a block


@dataclass(frozen=True, slots=True)
class Demand:
    """A countable demand of one duty row, whose activities count, and what is counted in the log of the start."""

    row_id: str
    label: str
    holder: str
    counted: TargetProgress

    @property
    def category(self) -> str:
        """The category of the activities that count."""
        return self.counted.target.category

    @property
    def windows(self) -> tuple[Period, ...]:
        """The stretches of the year that are counted one by one."""
        return tuple(each.window for each in self.counted.windows)


def plan_demands(opening: Opening) -> tuple[Demand, ...]:
    """All countable demands of a unit's workbook, in the order of its rows."""
    return tuple(
        Demand(row.id, row.label, sheet.holder, found)
        for sheet, row in opening.plan.rows()
        for found in opening.progress(sheet, row)
    )


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

    def opening(self) -> str:
        """未达标时段 of it and those behind it for the log of the start."""
        each_short = ((each.before, each.demand.counted.short) for each in (self, *self.following))
        told = ((before, labels([window.named for window in short])) for before, short in each_short)
        return "；".join(f"{before}{names}" for before, names in told if names)


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


def window_rows(item: Counted, numbers: Mapping[Period, int]) -> Iterator[tuple[Cell, ...]]:
    """The rows of WINDOWS of one demand: formulas look at their own row and the one above, so that all are alike.

    `numbers` are the rows of PERIODS from 1.
    """
    demand, below = item.demand, item.demand.counted.short
    for row, each in enumerate(demand.counted.windows, item.first):
        cells, above = _cells(WINDOWS, row), _cells(WINDOWS, row - 1)
        short = [one.named.label for one in below if one.window.end <= each.window.end]
        yield (
            demand.row_id,
            item.row - FIRST_COUNTED + 1,
            numbers[each.window],
            # up to what is asked, and below 0 past a limit, which asks for nothing
            Formula(counted_formula(cells, each.limit, personal=bool(demand.holder)), each.counted - each.excess),
            Formula(named_formula(cells, above, each.limit), PARTING.join(short)),
            each.required,
        )


def demand_row(item: Counted) -> tuple[Cell, ...]:
    """The row of DEMANDS of one demand."""
    demand = item.demand
    following = item.following[0].cells["missing"] if item.following else ""
    return (
        demand.row_id,
        literal(demand.category),
        literal(demand.label),
        literal(demand.holder),
        item.first - FIRST_COUNTED + len(demand.windows),
        Formula(missing_formula(item.cells, item.before, following), item.opening()),
    )


def _cells(block: Block, row: int) -> dict[str, str]:
    return {key: f"${column_letter(block.column(key))}{row}" for key in block.keys}
