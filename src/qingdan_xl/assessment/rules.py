"""评分办法 as values: what a Scheme is made of."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import TypeVar

from qingdan_xl.assessment.items import Item, ItemRule, Option, PersonMix, Rater, RaterGroup, ScoreSection
from qingdan_xl.model import Origin
from qingdan_xl.sheets.scheme import Effect, Missing, NotApplicable, ReturnCase
from qingdan_xl.sheets.scheme_items import DUTY_REVIEW, Nature, Source
from qingdan_xl.summary.standing import Standing

WHOLE_LIST = "清单履责"
_Row = TypeVar("_Row")
_WEIGHT = Decimal(1)  # of each duty of a section that nobody gave another
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
class Appeal:
    """复核申诉: what was decided on an appeal of `unit` (单位/姓名 for a person): its score moves by `points`.

    `item` says in people's words what it is about. `unread` are the texts of cells that could not be read, by column
    key; `missing` says what it still lacks. An appeal with either is not counted until people complete it.
    """

    unit: str
    points: Decimal | None
    reason: str
    item: str = ""
    decided_by: str = ""
    decided_on: date | None = None
    evidence: str = ""
    unread: tuple[tuple[str, str], ...] = ()
    missing: tuple[str, ...] = ()
    origin: Origin = field(default_factory=Origin, compare=False)

    @property
    def counts(self) -> bool:
        """Whether all that a decision needs is there."""
        return self.points is not None and not self.unread and not self.missing


@dataclass(frozen=True)
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
    appeals: tuple[Appeal, ...] = ()
    sections: tuple[ScoreSection, ...] = ()
    items: tuple[Item, ...] = ()
    item_rules: tuple[ItemRule, ...] = ()
    options: tuple[Option, ...] = ()
    rater_groups: tuple[RaterGroup, ...] = ()
    raters: tuple[Rater, ...] = ()
    person_mixes: tuple[PersonMix, ...] = ()

    @cached_property
    def by_lists(self) -> "Scheme":
        """The scheme for a list by itself, whatever items and raters there are: all is scored by its duties."""
        return replace(self, items=(), sections=(), rater_groups=())

    def items_of(self, kind: str) -> tuple[Item, ...]:
        """The items for units of a kind; where the scheme has none, one worth the full mark that all duties score."""
        return self._items_by_kind.get(kind, self._items_of_all)

    @cached_property
    def _items_of_all(self) -> tuple[Item, ...]:
        if not self.items:
            return (Item("", "", WHOLE_LIST, self.full_mark, Source.DUTIES),)
        return tuple(item for item in self.items if not item.kinds)

    @cached_property
    def _items_by_kind(self) -> dict[str, tuple[Item, ...]]:
        kinds = {kind for item in self.items for kind in item.kinds}
        return {kind: tuple(item for item in self.items if not item.kinds or kind in item.kinds) for kind in kinds}

    def sections_of(self, kind: str) -> tuple[ScoreSection, ...]:
        """The sections that the items of a kind of units are in: as declared, then as the items name them."""
        declared = {section.name: section for section in self.sections}
        named = {item.section: ScoreSection(item.section) for item in self.items_of(kind)}
        there = {name: section for name, section in declared.items() if name in named}
        return tuple((there | {name: section for name, section in named.items() if name not in there}).values())

    def items_in(self, section: ScoreSection, kind: str) -> tuple[Item, ...]:
        """The items of one section for units of a kind."""
        return tuple(item for item in self.items_of(kind) if item.section == section.name)

    def rules_of(self, item: Item) -> tuple[ItemRule, ...]:
        """The rules of an item in order."""
        return self._rules_by_item.get(item.id, ())

    @cached_property
    def _rules_by_item(self) -> dict[str, tuple[ItemRule, ...]]:
        return _grouped(self.item_rules, lambda rule: rule.item)

    def duties_of(self, item: Item, standings: Iterable[Standing]) -> list[Standing]:
        """The duties that score an item: those of the sections it names, else those that no other item names."""
        if item.lists:
            own = {section_name(name) for name in item.lists}
            return [standing for standing in standings if section_name(standing.section) in own]
        return [standing for standing in standings if section_name(standing.section) not in self._named_lists]

    @cached_property
    def _named_lists(self) -> frozenset[str]:
        return frozenset(
            section_name(name) for item in self.items if item.source is Source.DUTIES for name in item.lists
        )

    def groups_of(self, item: Item) -> tuple[RaterGroup, ...]:
        """The rater groups that rate an item."""
        return tuple(group for group in self.rater_groups if not group.items or item.id in group.items)

    @cached_property
    def reviewers(self) -> tuple[RaterGroup, ...]:
        """The rater groups that judge duties."""
        return tuple(group for group in self.rater_groups if DUTY_REVIEW in group.items)

    def option(self, table: str, word: str) -> Decimal | None:
        """What a word of a table of options is worth, None where the table has no such word."""
        return self._option_values.get((table, word))

    @cached_property
    def _option_values(self) -> dict[tuple[str, str], Decimal]:
        return {(item.table, item.word): item.value for item in reversed(self.options)}

    def is_extra(self, section: str) -> bool:
        """Whether a section comes on top of the full mark."""
        return any(own.name == section and own.nature is Nature.EXTRA for own in self.sections)

    def adjustments_of(self, label: str) -> tuple[Adjustment, ...]:
        """The adjustments for a unit of this name, or a person of this 单位/姓名."""
        return self._adjustments_by_label.get(label, ())

    @cached_property
    def _adjustments_by_label(self) -> dict[str, tuple[Adjustment, ...]]:
        return _grouped(self.adjustments, lambda item: item.unit)

    def decisions_of(self, label: str) -> tuple[Decision, ...]:
        """What people decided about the grade of a unit of this name, or of a person of this 单位/姓名."""
        return self._decisions_by_label.get(label, ())

    @cached_property
    def _decisions_by_label(self) -> dict[str, tuple[Decision, ...]]:
        return _grouped(self.decisions, lambda item: item.unit)

    def factor_of(self, status: str) -> Decimal | None:
        """The factor of a status, None where the table has none."""
        return self._factors.get(status)

    @cached_property
    def _factors(self) -> dict[str, Decimal]:
        return {item.status: item.factor for item in reversed(self.factors)}

    def weight_of(self, section: str) -> Decimal:
        """What each duty of this section weighs."""
        return self._weights.get(section_name(section), _WEIGHT)

    @cached_property
    def _weights(self) -> dict[str, Decimal]:
        return {section_name(item.section): item.weight for item in reversed(self.weights)}

    def quota_of(self, group: str) -> Quota | None:
        """The quota of a peer group: its own, else the one of all other groups, else None."""
        own = [item for item in self.quotas if item.group == group]
        return next(iter([*own, *(item for item in self.quotas if not item.group)]), None)


def _grouped(rows: Iterable[_Row], key: Callable[[_Row], str]) -> dict[str, tuple[_Row, ...]]:
    found: dict[str, list[_Row]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return {name: tuple(own) for name, own in found.items()}


@lru_cache(maxsize=4096)
def section_name(text: str) -> str:
    """A section's title without its number: 一、加强学习 → 加强学习."""
    return _SECTION_NUMBER.sub("", text.strip())
