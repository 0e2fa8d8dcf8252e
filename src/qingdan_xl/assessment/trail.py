"""得分明细 as values: the lines that a score is the sum of."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from qingdan_xl.assessment.apportioning import apportion, exact_sum
from qingdan_xl.assessment.facts import Subject
from qingdan_xl.assessment.workings import Working
from qingdan_xl.model import Origin
from qingdan_xl.sheets.scheme import Effect
from qingdan_xl.summary.standing import Standing

STEP = Decimal("0.000001")  # every line is a multiple of this


class Kind(StrEnum):
    """归类: which column of the total a line belongs to."""

    BASE = "基础分"
    BONUS = "加分"
    DEDUCTION = "扣分"
    APPEAL = "复核"
    CLOSING = "调整"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: points by a `rule`, `why` in a sentence, and the cell that the amount comes from.

    `working` makes the points; it is None where the line waits for a person (`why` says for what). A closing line works
    on the `span` lines right above it. `points` are those of the working in steps of 0.000001, as shared out over the
    whole trail. `item` and `section` name the scheme's item, `words` are those of its rule and `data` what the
    amount counts. A line for a duty has its `standing`; `full` are the points that could be had.
    """

    kind: Kind
    rule: str
    working: Working | None
    why: str
    origin: Origin = field(default_factory=Origin)
    standing: Standing | None = None
    full: Decimal | None = None
    section: str = ""
    item: str = ""
    data: str = ""
    words: str = ""
    span: int = 0
    points: Decimal | None = None

    @property
    def open(self) -> bool:
        """Whether a person still has to say something."""
        return self.working is None

    @property
    def idle(self) -> bool:
        """Whether it closes other lines and had nothing to do."""
        return bool(self.span) and not self.points

    @property
    def missed(self) -> Fraction:
        """What it falls short of the points that could be had, exactly; 0 where there is no such number."""
        if self.working is None or self.full is None or self.span:
            return Fraction(0)
        return Fraction(self.working.numbers.get("full", self.full)) - self.working.points(())

    def within(self, section: str, item: str = "") -> "Entry":
        """The same line as one of an item of a section."""
        return replace(self, section=section, item=item)


class Ledger:
    """The lines of one subject as they are written one below the other, each worked out as it is added."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self._exact: list[Fraction | None] = []

    def __len__(self) -> int:
        return len(self.entries)

    def add(self, entries: Iterable[Entry]) -> None:
        """Write lines that stand for themselves."""
        for entry in entries:
            self.entries.append(entry)
            self._exact.append(None if entry.working is None else entry.working.points(()))

    def close(self, start: int, entry: Entry) -> None:
        """Write a line that works on all lines from number `start` on (from 0)."""
        if entry.working is None:
            raise ValueError("a closing line has a working")
        above = [exact for exact in self._exact[start:] if exact is not None]
        self.entries.append(replace(entry, span=len(self.entries) - start))
        self._exact.append(entry.working.points(above))

    def settled(self) -> tuple[Entry, ...]:
        """The lines with their points in steps of 0.000001; they add up to the exact sum of all that are not open.

        Those of an item do so too, but for less than a step.
        """
        keys = [_key(number, entry) for number, entry in enumerate(self.entries)]
        groups: dict[str, dict[str, Fraction]] = {}
        for key, entry, exact in zip(keys, self.entries, self._exact, strict=True):
            if exact is not None:
                groups.setdefault(f"{entry.section}\n{entry.item}\n{entry.kind}", {})[key] = exact
        sums = apportion({name: exact_sum(own.values()) for name, own in groups.items()}, STEP)
        points: dict[str, Decimal] = {}
        for name, own in groups.items():
            points |= apportion(own, STEP, sums[name])
        return tuple(replace(entry, points=points.get(key)) for key, entry in zip(keys, self.entries, strict=True))

    def mark(self, start: int, kind: Kind) -> None:
        """Put all lines from number `start` on under this kind."""
        self.entries[start:] = [replace(entry, kind=kind) for entry in self.entries[start:]]


@dataclass(frozen=True, slots=True)
class Veto:
    """一票否决 by a rule of the scheme: what it does to the grade, and why."""

    effect: Effect
    reason: str
    origin: Origin = field(default_factory=Origin)


@dataclass(frozen=True, slots=True)
class Score:
    """得分: `points` is the sum of the trail; None where the subject is not scored, with the `reason`.

    Where lines are open, `known` is what the others come to.
    """

    subject: Subject
    points: Decimal | None
    trail: tuple[Entry, ...] = ()
    reason: str = ""
    vetoes: tuple[Veto, ...] = ()
    known: Decimal | None = None

    def __post_init__(self) -> None:
        if self.points is not None and self.points != sum(entry.points or 0 for entry in self.trail):
            raise ValueError(f"the trail of {self.subject.id} does not add up to {self.points}")

    def total(self, kind: Kind) -> Decimal:
        """The sum of the lines of one kind."""
        return sum((entry.points or Decimal(0) for entry in self.trail if entry.kind is kind), Decimal(0))


def _key(number: int, entry: Entry) -> str:
    """A name of the line that does not hang on the order of the duties."""
    return entry.standing.row_id if entry.standing else f"~{number:06d}"


def plain(number: Decimal) -> str:
    """A number as people write it: no exponent, no zeros behind."""
    return f"{number.normalize() + 0:f}"
