"""评分规则: how every kind of rule becomes lines; a new kind is one function and one row of `_KINDS`."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from qingdan_xl.assessment.facts import Amount, Facts
from qingdan_xl.assessment.items import Item, ItemRule
from qingdan_xl.assessment.rules import Scheme
from qingdan_xl.assessment.trail import Entry, Kind, plain
from qingdan_xl.assessment.workings import Given, Multiplied, Once, Ranked, Share, Stepwise, Wiped, Working
from qingdan_xl.sheets.scheme_items import ItemRuleKind, Partial

_Lines = Callable[[ItemRule, Item, Facts, Scheme], list[Entry]]
_CLOSING = frozenset({ItemRuleKind.ZERO_OUT, ItemRuleKind.MULTIPLY})
_TAKING = frozenset({ItemRuleKind.DEDUCT_EACH, ItemRuleKind.DEDUCT_ONCE, ItemRuleKind.JUDGED_DEDUCTION})
_MOST_REASONS = 3  # more happenings than this are counted, not listed


def rule_lines(rule: ItemRule, item: Item, facts: Facts, scheme: Scheme) -> list[Entry]:
    """The lines of one rule for one subject; an open line where its data waits for a person."""
    if open_lines := _open_lines(rule, item, facts):
        return open_lines
    return _KINDS[rule.kind](rule, item, facts, scheme)


def is_closing(rule: ItemRule) -> bool:
    """Whether the rule works on what the other rules of its item came to."""
    return rule.kind in _CLOSING


def takes(rule: ItemRule, line: Entry) -> bool:
    """Whether a line of a rule is a deduction, whatever its amount is or becomes; a level takes by its factor."""
    if rule.kind is ItemRuleKind.LEVELS and line.working is not None:
        return line.working.numbers["factor"] < 0
    return rule.kind in _TAKING


def _open_lines(rule: ItemRule, item: Item, facts: Facts) -> list[Entry]:
    """What keeps the rule from being worked out: a blank cell, or no data at all where the scheme wants it."""
    waiting = [
        _entry(rule, item, None, f"等待填写“{name}”{_range(rule)}{_reasons([amount])}", amount)
        for name in dict.fromkeys((rule.data, rule.base_data))
        for amount in facts.waiting(name)
    ]
    if waiting:
        return waiting
    if rule.waits and not facts.known(rule.data):
        return [_entry(rule, item, None, f"没有“{rule.data}”的数据{_range(rule)}，等待填写")]
    if rule.base_data and not facts.total(rule.base_data):
        return [_entry(rule, item, None, f"没有“{rule.base_data}”的数据或为 0，无法按比例计算")]
    return []


def _range(rule: ItemRule) -> str:
    if rule.low is None or rule.high is None:
        return ""
    return f"（{plain(rule.low)}－{plain(rule.high)} 分之间，由人裁量）"


def _entry(rule: ItemRule, item: Item, working: Working | None, why: str, amount: Amount | None = None) -> Entry:
    return Entry(
        Kind.BASE,
        rule.kind.value,
        working,
        why,
        amount.origin if amount else rule.origin,
        section=item.section,
        item=item.name,
        data=rule.data,
        words=rule.text or item.text,
    )


def _each(rule: ItemRule, item: Item, facts: Facts, sign: int) -> list[Entry]:
    amount, worth = _total(rule, facts), rule.worth or Decimal(0)
    working = Stepwise(amount, sign * worth, rule.step, rule.free, Decimal(1), rule.cap, rule.partial)
    return [_entry(rule, item, working, _each_words(rule, amount, facts, sign), _first(rule, facts))]


def _each_words(rule: ItemRule, amount: Decimal, facts: Facts, sign: int) -> str:
    verb, step = "扣" if sign < 0 else "加", "" if rule.step == 1 else f" {plain(rule.step)} "
    free = f"，其中 {plain(rule.free)} 以内不计" if rule.free else ""
    cap = f"，最多{verb} {plain(rule.cap)} 分" if rule.cap is not None else ""
    partial = f"，不足一档{rule.partial.value}" if rule.step != 1 or rule.partial is not Partial.DROPPED else ""
    each = f"每{step or '次'}{verb} {plain(rule.worth or Decimal(0))} 分"
    return f"“{rule.data}”{plain(amount)}{free}，{each}{partial}{cap}{_reasons(facts.known(rule.data))}"


def _deduct_each(rule: ItemRule, item: Item, facts: Facts, _scheme: Scheme) -> list[Entry]:
    """每次扣分: so much for each step beyond the free ones."""
    return _each(rule, item, facts, -1)


def _award_each(rule: ItemRule, item: Item, facts: Facts, _scheme: Scheme) -> list[Entry]:
    """每次加分: the same upward."""
    return _each(rule, item, facts, 1)


def _once(rule: ItemRule, item: Item, facts: Facts, sign: int) -> list[Entry]:
    amount, worth = _total(rule, facts), rule.worth or Decimal(0)
    verb = "扣" if sign < 0 else "得"
    limit = f"超过 {plain(rule.free)} " if rule.free else "有此情形"
    why = f"“{rule.data}”{plain(amount)}，{limit}即{verb} {plain(worth)} 分{_reasons(facts.known(rule.data))}"
    return [_entry(rule, item, Once(amount, sign * worth, rule.free), why, _first(rule, facts))]


def _deduct_once(rule: ItemRule, item: Item, facts: Facts, _scheme: Scheme) -> list[Entry]:
    """一次扣分: so much as soon as it happened."""
    return _once(rule, item, facts, -1)


def _award_once(rule: ItemRule, item: Item, facts: Facts, _scheme: Scheme) -> list[Entry]:
    """一次加分: the same upward."""
    return _once(rule, item, facts, 1)


def _proportion(rule: ItemRule, item: Item, facts: Facts, _scheme: Scheme) -> list[Entry]:
    """按比例得分: the part of the points that the amount is of its base."""
    amount, full = _total(rule, facts), _full(rule, item)
    base = (facts.total(rule.base_data) if rule.base_data else rule.base) or Decimal(1)
    named = f"“{rule.base_data}”" if rule.base_data else "目标 "
    why = f"“{rule.data}”{plain(amount)}，{named}{plain(base)}，按比例得 {plain(full)} 分中的相应部分"
    return [replace(_entry(rule, item, Share(full, amount, base), why, _first(rule, facts)), full=full)]


def _rank(rule: ItemRule, item: Item, facts: Facts, _scheme: Scheme) -> list[Entry]:
    """按排名: full points for the first of the peer group, a share less for each place behind."""
    place, full, share = facts.places[rule], _full(rule, item), rule.factor or Decimal(0)
    why = (
        f"“{rule.data}”{plain(_total(rule, facts))}，在考核组内列第 {place}（{rule.order.value}），"
        f"第 1 名得 {plain(full)} 分，每退一名少得 {plain(share * 100)}%"
    )
    return [replace(_entry(rule, item, Ranked(full, Decimal(place), share), why, _first(rule, facts)), full=full)]


def _best(rule: ItemRule, item: Item, facts: Facts, _scheme: Scheme) -> list[Entry]:
    """按最好: full points for the best of the peer group, the others in proportion to it."""
    amount, best, full = _total(rule, facts), facts.bests[rule], _full(rule, item)
    why = f"“{rule.data}”{plain(amount)}，考核组内最好为 {plain(best)}，按比例得 {plain(full)} 分中的相应部分"
    working = Share(full, amount, best) if best > 0 else Share(full, Decimal(0))
    return [replace(_entry(rule, item, working, why, _first(rule, facts)), full=full)]


def _zero_out(rule: ItemRule, item: Item, facts: Facts, _scheme: Scheme) -> list[Entry]:
    """不得分: nothing is left of the item once it happened."""
    amount = _total(rule, facts)
    limit = f"超过 {plain(rule.free)} " if rule.free else "有此情形"
    why = f"“{rule.data}”{plain(amount)}，{limit}则本项不得分{_reasons(facts.known(rule.data))}"
    return [_entry(rule, item, Wiped(amount, rule.free), why, _first(rule, facts))]


def _multiply(rule: ItemRule, item: Item, facts: Facts, _scheme: Scheme) -> list[Entry]:
    """扣分加倍: the item's deductions count so many times once it happened."""
    amount, factor = _total(rule, facts), rule.factor or Decimal(1)
    why = f"“{rule.data}”{plain(amount)}，有此情形则本项扣分按 {plain(factor)} 倍计{_reasons(facts.known(rule.data))}"
    return [_entry(rule, item, Multiplied(amount, factor, rule.free), why, _first(rule, facts))]


def _judged(rule: ItemRule, item: Item, facts: Facts, sign: int) -> list[Entry]:
    return [_judged_line(rule, item, amount, sign) for amount in facts.known(rule.data)]


def _judged_line(rule: ItemRule, item: Item, amount: Amount, sign: int) -> Entry:
    verb, points = "扣" if sign < 0 else "加", amount.value or Decimal(0)
    if not in_range(points, rule):
        why = f"裁量{verb} {plain(points)} 分，超出范围{_range(rule)}，等待改正{_reasons([amount])}"
        return _entry(rule, item, None, why, amount)
    why = f"裁量{verb} {plain(points)} 分{_range(rule)}{_reasons([amount])}"
    return _entry(rule, item, Given(sign * points), why, amount)


def in_range(points: Decimal, rule: ItemRule) -> bool:
    """Whether a judgement lies in the rule's range; 0 says that there was nothing to judge."""
    least, most = rule.low or Decimal(0), rule.high
    return not points or (points >= least and (most is None or points <= most))


def _judged_deduction(rule: ItemRule, item: Item, facts: Facts, _scheme: Scheme) -> list[Entry]:
    """酌情扣分: what a person decided within the range, one line each time."""
    return _judged(rule, item, facts, -1)


def _judged_award(rule: ItemRule, item: Item, facts: Facts, _scheme: Scheme) -> list[Entry]:
    """酌情加分: the same upward."""
    return _judged(rule, item, facts, 1)


def _levels(rule: ItemRule, item: Item, facts: Facts, scheme: Scheme) -> list[Entry]:
    """按级别计分: each happening by the amount times what its levels are worth, the first ones free."""
    lines, left = [], rule.free
    for amount in facts.known(rule.data):
        free = min(left, max(Decimal(0), amount.value or Decimal(0)))
        lines.append(_level_line(rule, item, amount, free, scheme))
        left -= free
    return lines


def _level_line(rule: ItemRule, item: Item, amount: Amount, free: Decimal, scheme: Scheme) -> Entry:
    factors = [scheme.option(table, word) for table, word in zip(rule.options, (*amount.levels, "", ""), strict=False)]
    words, value, worth = "、".join(filter(None, amount.levels)), amount.value or Decimal(0), rule.worth or Decimal(1)
    if None not in factors:
        factor = _product(factor for factor in factors if factor is not None)
        said = f"，其中 {plain(free)} 免计" if free else ""
        each = f"每份 {plain(worth)} 分 × 系数 {plain(factor)}"
        why = f"“{rule.data}”{plain(value)}（{words}）{said}，{each}{_reasons([amount])}"
    elif value:
        return _entry(rule, item, None, f"级别“{words}”不在选项表 {'、'.join(rule.options)} 中，等待改正", amount)
    else:  # of nothing nobody has to say a level
        factor, why = Decimal(0), f"“{rule.data}”0，没有此项{_reasons([amount])}"
    return _entry(rule, item, Stepwise(value, worth, Decimal(1), free, factor, rule.cap, Partial.SHARED), why, amount)


def _veto(rule: ItemRule, item: Item, facts: Facts, _scheme: Scheme) -> list[Entry]:
    """一票否决: costs no points by itself; the grade is decided by its effect."""
    amount = _total(rule, facts)
    effect = f"，{rule.effect.value}" if rule.effect and amount > rule.free else "，未触发"
    why = f"“{rule.data}”{plain(amount)}{effect}{_reasons(facts.known(rule.data))}"
    return [
        replace(_entry(rule, item, Once(amount, Decimal(0), rule.free), why, _first(rule, facts)), kind=Kind.CLOSING)
    ]


_KINDS: Mapping[ItemRuleKind, _Lines] = {
    ItemRuleKind.DEDUCT_EACH: _deduct_each,
    ItemRuleKind.AWARD_EACH: _award_each,
    ItemRuleKind.DEDUCT_ONCE: _deduct_once,
    ItemRuleKind.AWARD_ONCE: _award_once,
    ItemRuleKind.PROPORTION: _proportion,
    ItemRuleKind.RANK: _rank,
    ItemRuleKind.BEST: _best,
    ItemRuleKind.ZERO_OUT: _zero_out,
    ItemRuleKind.MULTIPLY: _multiply,
    ItemRuleKind.JUDGED_DEDUCTION: _judged_deduction,
    ItemRuleKind.JUDGED_AWARD: _judged_award,
    ItemRuleKind.LEVELS: _levels,
    ItemRuleKind.VETO: _veto,
}


def _total(rule: ItemRule, facts: Facts) -> Decimal:
    return facts.total(rule.data) or Decimal(0)


def _full(rule: ItemRule, item: Item) -> Decimal:
    return item.points if rule.worth is None else rule.worth


def _first(rule: ItemRule, facts: Facts) -> Amount | None:
    return next(iter(facts.known(rule.data)), None)


def _product(factors: Iterable[Decimal]) -> Decimal:
    product = Decimal(1)
    for factor in factors:
        product *= factor
    return product


def _reasons(amounts: Sequence[Amount]) -> str:
    """What happened, in the words typed beside it."""
    said = [amount.words for amount in amounts if amount.words]
    if not said:
        return ""
    more = f"等 {len(said)} 件" if len(said) > _MOST_REASONS else ""
    return f"：{'；'.join(said[:_MOST_REASONS])}{more}"
