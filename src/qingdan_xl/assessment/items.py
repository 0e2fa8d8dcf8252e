"""What a Scheme that scores item by item is made of; each value knows the cell it was read from."""

from dataclasses import dataclass, field
from decimal import Decimal

from qingdan_xl.model import Origin
from qingdan_xl.sheets.scheme import Effect
from qingdan_xl.sheets.scheme_items import (
    Blank,
    ItemRuleKind,
    Method,
    MissingRater,
    Nature,
    Order,
    Partial,
    Source,
    Start,
)


@dataclass(frozen=True, slots=True)
class ScoreSection:
    """评分板块: items that share limits; `points` is what they should add up to, None where nobody said."""

    name: str
    nature: Nature = Nature.BASIC
    points: Decimal | None = None
    cap: Decimal | None = None
    floor: Decimal | None = None
    origin: Origin = field(default_factory=Origin, compare=False)


@dataclass(frozen=True, slots=True)
class Item:
    """评分项目: `points` to be had, from where, and for whom.

    `lists` are the sections of checklists whose duties it is scored by (source 清单事项; none: all that no other item
    names), `kinds` the unit kinds it is for (none: all), `deduct_cap` the most its deductions come to, `text` the words
    of the rubric.
    """

    id: str
    section: str
    name: str
    points: Decimal
    source: Source = Source.RULES
    start: Start = Start.FULL
    floor: Decimal | None = Decimal(0)
    deduct_cap: Decimal | None = None
    lists: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    text: str = ""
    origin: Origin = field(default_factory=Origin, compare=False)


@dataclass(frozen=True, slots=True)
class ItemRule:
    """评分规则: how the `data` of a unit becomes points of the item of this id.

    `worth` points (positive) for each `step` beyond `free`; `cap` the most it comes to; `low` to `high` a judgement
    range; `base` the amount that earns everything, or `base_data` the data that says it; `order` of the places;
    `factor` of 扣分加倍 (0.5 halves); `options` the tables of the levels; `effect` of a veto; `blank` what was
    said of units without the data, None where nobody said.
    """

    item: str
    kind: ItemRuleKind
    data: str
    worth: Decimal | None = None
    step: Decimal = Decimal(1)
    partial: Partial = Partial.DROPPED
    free: Decimal = Decimal(0)
    cap: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    base: Decimal | None = None
    base_data: str = ""
    order: Order = Order.HIGH
    factor: Decimal | None = None
    options: tuple[str, ...] = ()
    effect: Effect | None = None
    blank: Blank | None = None
    text: str = ""
    origin: Origin = field(default_factory=Origin, compare=False)

    @property
    def waits(self) -> bool:
        """Whether a unit without the data is waited for, not taken for 0.

        Where nobody said, so are places, comparisons and judgements: there 0 would be a verdict, not the lack of one.
        """
        return self.kind in _WAITING if self.blank is None else self.blank is Blank.OPEN


_WAITING = frozenset({ItemRuleKind.RANK, ItemRuleKind.BEST, ItemRuleKind.JUDGED_DEDUCTION, ItemRuleKind.JUDGED_AWARD})


@dataclass(frozen=True, slots=True)
class Option:
    """选项: what a word of a table is worth: 好 95 of 100, 国家级 3 points, 一等 1.0 times."""

    table: str
    word: str
    value: Decimal
    origin: Origin = field(default_factory=Origin, compare=False)


@dataclass(frozen=True, slots=True)
class RaterGroup:
    """评分组: raters whose scores weigh `weight` percent together; `items` they rate (none: all items 评分)."""

    name: str
    weight: Decimal
    method: Method = Method.MEAN
    options: str = ""
    missing: MissingRater = MissingRater.OPEN
    itself: bool = False
    items: tuple[str, ...] = ()
    origin: Origin = field(default_factory=Origin, compare=False)


@dataclass(frozen=True, slots=True)
class Rater:
    """评委: one person of a rater group; rates the units of `covers` (peer groups or names; none: all) but its own."""

    name: str
    group: str
    unit: str = ""
    covers: tuple[str, ...] = ()
    origin: Origin = field(default_factory=Origin, compare=False)


@dataclass(frozen=True, slots=True)
class PersonMix:
    """个人构成: of what a holder of this role is scored, in percent that add up to 100; ranked in `group`.

    `own` is the score of the person's own list, `unit` that of the unit, `rating` that of the raters, `overseen` the
    mean of the units that the person oversees.
    """

    role: str
    own: Decimal = Decimal(0)
    unit: Decimal = Decimal(0)
    rating: Decimal = Decimal(0)
    overseen: Decimal = Decimal(0)
    group: str = ""
    origin: Origin = field(default_factory=Origin, compare=False)
