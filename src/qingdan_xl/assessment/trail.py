"""得分明细 as values: the lines that a score is the sum of."""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from qingdan_xl.model import Origin, Unit
from qingdan_xl.summary.standing import Standing

STEP = Decimal("0.000001")  # every line is a multiple of this


class Kind(StrEnum):
    """归类: which column of the total a line belongs to."""

    BASE = "基础分"
    BONUS = "加分"
    DEDUCTION = "扣分"
    CLOSING = "调整"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: `points` by a `rule`, `why` in a sentence, and the cell it comes from.

    A line for a duty has its `standing` and `full`, the points that could be had for it.
    """

    kind: Kind
    rule: str
    points: Decimal
    why: str
    origin: Origin = field(default_factory=Origin)
    standing: Standing | None = None
    full: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """得分: `points` is the sum of the trail; None where the unit is not assessed, with the `reason`."""

    unit: Unit
    points: Decimal | None
    trail: tuple[Entry, ...] = ()
    reason: str = ""

    def __post_init__(self) -> None:
        if self.points is not None and self.points != sum(entry.points for entry in self.trail):
            raise ValueError(f"the trail of {self.unit.id} does not add up to {self.points}")

    def total(self, kind: Kind) -> Decimal:
        """The sum of the lines of one kind."""
        return sum((entry.points for entry in self.trail if entry.kind is kind), Decimal(0))


def plain(number: Decimal) -> str:
    """A number as people write it: no exponent, no zeros behind."""
    return f"{number.normalize() + 0:f}"
