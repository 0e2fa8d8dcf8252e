"""评分办法 as values: what a Scheme is made of."""

import re
from dataclasses import dataclass, field
from decimal import Decimal

from qingdan_xl.model import Origin
from qingdan_xl.sheets.scheme import Effect, Missing, NotApplicable, ReturnCase

_SECTION_NUMBER = re.compile(r"^(?:[（(][一二三四五六七八九十百\d]+[）)]|[一二三四五六七八九十百\d]+[、.．])\s*")


@dataclass(frozen=True, slots=True)
class Factor:
    """状态系数: the share 0..1 of a duty's points that a status earns."""

    status: str
    factor: Decimal
    origin: Origin = field(default_factory=Origin, compare=False)


@dataclass(frozen=True, slots=True)
class Weight:
    """板块权重: what each duty of a section weighs; a duty of any other section weighs 1."""

    section: str
    weight: Decimal
    origin: Origin = field(default_factory=Origin, compare=False)


@dataclass(frozen=True, slots=True)
class ReturnRule:
    """报送扣分: `points` off (a positive number) for each case, at most `cap` in all, None for no limit."""

    case: ReturnCase
    points: Decimal
    cap: Decimal | None = None
    origin: Origin = field(default_factory=Origin, compare=False)


@dataclass(frozen=True, slots=True)
class Band:
    """等次: the grade of scores of `at_least` and more, up to the next better band."""

    name: str
    at_least: Decimal
    origin: Origin = field(default_factory=Origin, compare=False)


@dataclass(frozen=True, slots=True)
class Quota:
    """配额: at most `share` percent of a group's assessed units get the top band; group '' stands for all others."""

    group: str
    share: Decimal
    origin: Origin = field(default_factory=Origin, compare=False)


@dataclass(frozen=True, slots=True)
class Adjustment:
    """加减分: points that the office adds (positive) or takes (negative) for one event; `unit` is a name."""

    unit: str
    points: Decimal
    reason: str
    evidence: str = ""
    origin: Origin = field(default_factory=Origin, compare=False)


@dataclass(frozen=True, slots=True)
class Decision:
    """否决与裁定: what people decided about a unit's grade; `unit` is a name."""

    unit: str
    effect: Effect
    reason: str
    evidence: str = ""
    origin: Origin = field(default_factory=Origin, compare=False)

    @property
    def vetoes(self) -> bool:
        """一票否决; to yield a place on a tie is none."""
        return self.effect is not Effect.YIELDS


@dataclass(frozen=True, slots=True)
class Scheme:
    """评分办法: everything a score and a grade depend on besides what was collected. `bands` go from the best down."""

    full_mark: Decimal
    places: int
    not_applicable: NotApplicable
    missing: Missing
    bonus_cap: Decimal | None
    factors: tuple[Factor, ...]
    returns: tuple[ReturnRule, ...]
    bands: tuple[Band, ...]
    weights: tuple[Weight, ...] = ()
    quotas: tuple[Quota, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    decisions: tuple[Decision, ...] = ()

    def factor_of(self, status: str) -> Decimal | None:
        """The factor of a status, None where the table has none."""
        return next((item.factor for item in self.factors if item.status == status), None)

    def weight_of(self, section: str) -> Decimal:
        """What each duty of this section weighs."""
        name = section_name(section)
        return next((item.weight for item in self.weights if section_name(item.section) == name), Decimal(1))

    def quota_of(self, group: str) -> Quota | None:
        """The quota of a peer group: its own, else the one of all other groups, else None."""
        own = [item for item in self.quotas if item.group == group]
        return next(iter([*own, *(item for item in self.quotas if not item.group)]), None)


def section_name(text: str) -> str:
    """A section's title without its number: 一、加强学习 → 加强学习."""
    return _SECTION_NUMBER.sub("", text.strip())
