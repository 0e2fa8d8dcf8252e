"""The validator of a scheme that scores item by item: what its tables say by themselves and of each other."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from qingdan_xl.assessment.items import Item, ItemRule, RaterGroup
from qingdan_xl.assessment.rules import Scheme, section_name
from qingdan_xl.assessment.scheme_checks import FINEST, outside
from qingdan_xl.assessment.trail import plain
from qingdan_xl.model import Origin
from qingdan_xl.problems import Problem, problem
from qingdan_xl.roster import did_you_mean
from qingdan_xl.sheets.scheme_items import (
    DUTY_REVIEW,
    ITEMS,
    OPTIONS,
    PERSON_MIXES,
    RATER_GROUPS,
    RATERS,
    RULES,
    SECTIONS,
    ItemRuleKind,
    Method,
    Source,
    Start,
)

_HUNDRED = Decimal(100)
_OTHER_KINDS = ""  # stands for the units of every kind that no item names
K = ItemRuleKind


@dataclass(frozen=True, slots=True)
class _Cells:
    """Which cells of 评分规则 a kind of rule looks at: one of each group it `needs`, and those it `takes` besides."""

    needs: tuple[tuple[str, ...], ...] = ()
    takes: tuple[str, ...] = ()

    @property
    def all(self) -> frozenset[str]:
        return frozenset((*(key for group in self.needs for key in group), *self.takes))


_EACH = _Cells((("worth",),), ("step", "partial", "free", "cap"))
_ONCE = _Cells((("worth",),), ("free",))
_JUDGED = _Cells((("low",), ("high",)), ("cap",))
_CELLS: Mapping[ItemRuleKind, _Cells] = {
    K.DEDUCT_EACH: _EACH,
    K.AWARD_EACH: _EACH,
    K.DEDUCT_ONCE: _ONCE,
    K.AWARD_ONCE: _ONCE,
    K.PROPORTION: _Cells((("base", "base_data"),), ("worth",)),
    K.RANK: _Cells((("factor",),), ("worth", "order")),
    K.BEST: _Cells((), ("worth",)),
    K.ZERO_OUT: _Cells((), ("free",)),
    K.MULTIPLY: _Cells((("factor",),), ("free",)),
    K.JUDGED_DEDUCTION: _JUDGED,
    K.JUDGED_AWARD: _JUDGED,
    K.LEVELS: _Cells((("options",),), ("worth", "free", "cap")),
    K.VETO: _Cells((("effect",),), ("free",)),
}
_ALWAYS = frozenset({"item", "kind", "data", "blank", "text", "effect"})
_AWARDS = frozenset({K.AWARD_EACH, K.AWARD_ONCE, K.PROPORTION, K.RANK, K.BEST, K.JUDGED_AWARD, K.LEVELS})


def check_items(scheme: Scheme, file: str) -> list[Problem]:
    """Every fault that the item tables of a scheme have; `file` names the workbook for what stands in no cell."""
    return [fault for check in _CHECKS for fault in check(scheme, file)]


def check_item_repeats(scheme: Scheme, _file: str) -> Iterator[Problem]:
    """A section, an item id, an option, a rater group, a rater of a group and a role stand in their table once."""
    tables: Mapping[str, Sequence[tuple[str, Origin]]] = {
        SECTIONS.title: [(own.name, own.origin) for own in scheme.sections],
        ITEMS.title: [(own.id, own.origin) for own in scheme.items],
        OPTIONS.title: [(f"{own.table}：{own.word}", own.origin) for own in scheme.options],
        RATER_GROUPS.title: [(own.name, own.origin) for own in scheme.rater_groups],
        RATERS.title: [(f"{own.group}：{own.name}", own.origin) for own in scheme.raters],
        PERSON_MIXES.title: [(own.role, own.origin) for own in scheme.person_mixes],
    }
    for title, named in tables.items():
        seen: set[str] = set()
        for name, origin in named:
            if name in seen:
                yield problem("scheme-twice", origin, sheet=title, name=name)
            seen.add(name)


def check_names(scheme: Scheme, _file: str) -> Iterator[Problem]:
    """What one table names of another is there: item ids, tables of options, rater groups."""
    ids = [item.id for item in scheme.items]
    rated = [(name, own.origin) for own in scheme.rater_groups for name in own.items if name != DUTY_REVIEW]
    for title, named in (
        (RULES.title, [(rule.item, rule.origin) for rule in scheme.item_rules]),
        (RATER_GROUPS.title, rated),
    ):
        yield from _unknown("item-unknown", named, ids, sheet=title)
    tables = [option.table for option in scheme.options]
    options = [(name, rule.origin) for rule in scheme.item_rules for name in rule.options]
    options += [(group.options, group.origin) for group in scheme.rater_groups if group.options]
    yield from _unknown("options-unknown", options, tables)
    groups = [group.name for group in scheme.rater_groups]
    yield from _unknown("rater-group-unknown", [(rater.group, rater.origin) for rater in scheme.raters], groups)


def _unknown(code: str, named: Iterable[tuple[str, Origin]], known: Sequence[str], **context: str) -> Iterator[Problem]:
    for name, origin in named:
        if name not in known:
            yield problem(code, origin, name=name, hint=did_you_mean(name, known), **context)


def check_rule_cells(scheme: Scheme, _file: str) -> Iterator[Problem]:
    """Every rule has what its kind needs, and nothing that its kind does not look at."""
    blank = ItemRule("", K.VETO, "")
    for rule in scheme.item_rules:
        own = _CELLS[rule.kind]
        for group in own.needs:
            if all(getattr(rule, key) == getattr(blank, key) for key in group):
                yield _lacks(rule.kind.value, [RULES.column(key).heading for key in group], rule.origin)
        for column in RULES:
            idle = column.key not in own.all | _ALWAYS
            if idle and getattr(rule, column.key) != getattr(blank, column.key):
                yield problem("rule-idle-cell", rule.origin, kind=rule.kind.value, heading=column.heading)
    for voting in scheme.rater_groups:
        if voting.method is Method.VOTES and not voting.options:
            yield _lacks(Method.VOTES.value, [RATER_GROUPS.column("options").heading], voting.origin)


def _lacks(what: str, headings: Sequence[str], origin: Origin) -> Problem:
    return problem("rule-needs", origin, kind=what, heading="或".join(f"“{heading}”" for heading in headings))


def check_item_ranges(scheme: Scheme, _file: str) -> Iterator[Problem]:
    """Numbers lie where they make sense: steps, bases and factors above 0, points and weights not below."""
    for field, sheet, keys in _NOT_NEGATIVE:
        for own in getattr(scheme, field):
            for key in keys:
                yield from outside(own.origin, sheet.column(key).heading, getattr(own, key))
    for rule in scheme.item_rules:
        for key in ("step", "base", "factor"):
            if (number := getattr(rule, key)) is not None and number <= 0:
                heading = RULES.column(key).heading
                yield problem("scheme-range", rule.origin, name=heading, value=number, limits="大于 0")


_PARTS = ("own", "unit", "rating", "overseen")
_NOT_NEGATIVE = (
    ("item_rules", RULES, ("worth", "free", "cap", "low", "high")),
    ("items", ITEMS, ("points", "deduct_cap")),
    ("rater_groups", RATER_GROUPS, ("weight",)),
    ("person_mixes", PERSON_MIXES, _PARTS),
)


def check_reversed(scheme: Scheme, _file: str) -> Iterator[Problem]:
    """No lower limit is above its upper one."""
    limits = [("裁量下限", rule.low, rule.high, rule.origin) for rule in scheme.item_rules]
    limits += [("最低得分", item.floor, item.points, item.origin) for item in scheme.items]
    limits += [("最低得分", section.floor, section.cap, section.origin) for section in scheme.sections]
    for name, low, high, origin in limits:
        if low is not None and high is not None and low > high:
            yield problem("range-reversed", origin, name=name, low=low, high=high)


def check_item_steps(scheme: Scheme, _file: str) -> Iterator[Problem]:
    """Points are typed with at most four decimals."""
    typed = [(number, own.origin) for own in scheme.sections for number in (own.points, own.cap, own.floor)]
    typed += [(number, own.origin) for own in scheme.items for number in (own.points, own.floor, own.deduct_cap)]
    typed += [(number, own.origin) for own in scheme.item_rules for number in (own.worth, own.cap, own.low, own.high)]
    for number, origin in typed:
        if number is not None and number % FINEST:
            yield problem("points-too-fine", origin, points=number)


def check_sums(scheme: Scheme, file: str) -> Iterator[Problem]:
    """Sections, the full mark, rater groups and mixes are what their parts add up to; both numbers are told."""
    for section in scheme.sections:
        for kind, whole in sums_by_kind(item for item in scheme.items if item.section == section.name).items():
            if section.points is not None:
                what = f"板块“{section.name}”{_for(kind)}各项目的满分"
                yield from _differs(what, whole, section.points, section.origin)
    basic = [item for item in scheme.items if not scheme.is_extra(item.section)]
    for kind, whole in sums_by_kind(basic).items():
        yield from _differs(f"{_for(kind)}各项目的满分", whole, scheme.full_mark, Origin(file, ITEMS.title))
    for ids, groups in _rated(scheme).items():
        whole = sum((group.weight for group in groups), Decimal(0))
        yield from _differs(f"项目 {'、'.join(ids)} 各评分组的权重", whole, _HUNDRED, groups[0].origin)
    for mix in scheme.person_mixes:
        whole = sum((getattr(mix, key) for key in _PARTS), Decimal(0))
        yield from _differs(f"“{mix.role}”的各部分", whole, _HUNDRED, mix.origin)


def _differs(what: str, given: Decimal, said: Decimal, origin: Origin) -> Iterator[Problem]:
    if given != said:
        yield problem("sum-differs", origin, what=what, given=plain(given), said=plain(said))


def _for(kind: str) -> str:
    return f"用于“{kind}”的" if kind != _OTHER_KINDS else ""


def sums_by_kind(items: Iterable[Item]) -> dict[str, Decimal]:
    """What items come to for the units of each kind that they name, by kind, and for all others, by ''.

    A kind whose sum is that of all others has none of its own.
    """
    own = list(items)
    kinds = dict.fromkeys((_OTHER_KINDS, *(kind for item in own for kind in item.kinds)))
    sums = {
        kind: sum((item.points for item in own if not item.kinds or kind in item.kinds), Decimal(0)) for kind in kinds
    }
    return {kind: whole for kind, whole in sums.items() if whole and (not kind or whole != sums[_OTHER_KINDS])}


def _rated(scheme: Scheme) -> dict[tuple[str, ...], tuple[RaterGroup, ...]]:
    """The rater groups that share items between them, by the ids of these items."""
    found: dict[tuple[RaterGroup, ...], list[str]] = {}
    for item in scheme.items:
        groups = scheme.groups_of(item)
        if item.source is Source.RATERS and groups:
            found.setdefault(groups, []).append(item.id)
    return {tuple(ids): groups for groups, ids in found.items()}


def check_idle_items(scheme: Scheme, _file: str) -> Iterator[Problem]:
    """No item gives everybody the same for want of rules or raters, and none starts full that should earn points."""
    for item in scheme.items:
        rules = scheme.rules_of(item)
        if item.source is Source.RULES and not rules:
            given = plain(item.points) if item.start is Start.FULL else "0"
            yield problem("item-idle", item.origin, name=item.name, why=f"没有评分规则，人人得 {given} 分")
        if item.source is Source.RATERS and not scheme.groups_of(item):
            yield problem("item-idle", item.origin, name=item.name, why="没有评分组，得分一直空着")
        if item.source is Source.RULES and item.start is Start.FULL:
            yield from (
                problem("award-on-full", rule.origin, name=item.name, kind=rule.kind.value)
                for rule in rules
                if rule.kind in _AWARDS
            )


def check_floors(scheme: Scheme, _file: str) -> Iterator[Problem]:
    """An item that may come to nothing has no least points above 0: they would be left after all."""
    for item in scheme.items:
        for rule in scheme.rules_of(item):
            if rule.kind is K.ZERO_OUT and item.floor is not None and item.floor > 0:
                yield problem("floor-left", item.origin, name=item.name, floor=plain(item.floor), data=rule.data)


def check_shared_lists(scheme: Scheme, _file: str) -> Iterator[Problem]:
    """The duties of one section score one item only."""
    by_duties = [item for item in scheme.items if item.source is Source.DUTIES]
    for number, item in enumerate(by_duties):
        for other in by_duties[:number]:
            alike = not item.kinds or not other.kinds or set(item.kinds) & set(other.kinds)
            shared = _titles(item) & _titles(other)
            if alike and (shared or not (item.lists or other.lists)):
                what = "、".join(sorted(shared)) or "其余全部"
                yield problem("duties-twice", item.origin, name=item.name, other=other.name, section=what)


def check_returns(scheme: Scheme, _file: str) -> Iterator[Problem]:
    """Late and refused returns cost points in one table only: 报送扣分, or a rule of an item."""
    costs = {f"{rule.case.value}次数": rule for rule in scheme.returns if rule.points}
    for rule in scheme.item_rules:
        if rule.data in costs:
            yield problem("returns-twice", rule.origin, name=rule.data, case=costs[rule.data].case.value)


def _titles(item: Item) -> set[str]:
    return {section_name(title) for title in item.lists}


_CHECKS = (
    check_item_repeats,
    check_names,
    check_rule_cells,
    check_item_ranges,
    check_reversed,
    check_item_steps,
    check_sums,
    check_idle_items,
    check_floors,
    check_shared_lists,
    check_returns,
)
