"""The rules of a rubric's item → rules of the scheme, as far as one can say the other."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from qingdan_xl.assessment.items import ItemRule
from qingdan_xl.model import Duty, Rule, RuleKind
from qingdan_xl.sheets.scheme import Effect
from qingdan_xl.sheets.scheme_items import Blank, ItemRuleKind

JUDGED = ItemRuleKind.JUDGED_AWARD.value
_SCORE = re.compile(
    r"(?:的)?[，,]?\s*(?:酌情|相应|直接|一次性|各|再|另|每[次项个件例人])?(?:扣除?|减|加|奖励?|得|计|记|赋|给|评)[^，。；]{0,3}?[0-9０-９一二两三四五六七八九十半][^，。；]*$"
)
_STEP = re.compile(r"每[^，。；0-9]{0,12}?(?P<n>[0-9]+(?:\.[0-9]+)?)\s*(?:个?百分点|%|％|万元|元|[次项例个人件天日])")
_BARRED = re.compile(r"一票否优|取消|评[优先]")
_WIPES = re.compile(r"不[得给计记]|扣完|全扣|扣[^，。；]{0,4}全部|[0０零]\s*分")
_LONGEST = 18
_ALL = Decimal(100)  # 按完成比例: the whole of a percentage
K = ItemRuleKind


@dataclass(frozen=True, slots=True)
class Drafted:
    """The rules of one item; `judged` where none was read and a person scores it; `doubts` say what is unsure."""

    rules: tuple[ItemRule, ...]
    judged: bool = False
    doubts: tuple[str, ...] = ()


def drafted_rules(key: str, duty: Duty) -> Drafted:
    """The rules of the item of this id; a duty without any that could be read is left to a person's judgement."""
    if not duty.rules:
        data = f"{key} 评定分"
        open_rule = ItemRule(
            key, K.JUDGED_AWARD, data, low=Decimal(0), high=duty.points, blank=Blank.OPEN, text=duty.text
        )
        return Drafted((open_rule,), judged=True)
    rules = [_DRAFTS[rule.kind](key, rule) for rule in duty.rules]
    return Drafted(tuple(_named_apart(rules)), doubts=tuple(_doubts(rules, duty)))


def starts_full(rules: Sequence[ItemRule]) -> bool:
    """Whether an item with these rules starts from its full points: none of them earns any."""
    return not any(rule.kind in _EARNING for rule in rules)


_TAKING = frozenset({K.DEDUCT_EACH, K.DEDUCT_ONCE, K.JUDGED_DEDUCTION})
_EARNING = frozenset({K.AWARD_EACH, K.AWARD_ONCE, K.PROPORTION, K.JUDGED_AWARD})


def _named_apart(rules: Sequence[ItemRule]) -> list[ItemRule]:
    """The same rules, with a number behind data of one name: each rule takes in its own."""
    seen: dict[str, int] = {}
    named = []
    for rule in rules:
        seen[rule.data] = seen.get(rule.data, 0) + 1
        count = seen[rule.data]
        named.append(rule if count == 1 else replace(rule, data=f"{rule.data}（{count}）"))
    return named


def _doubts(rules: Sequence[ItemRule], duty: Duty) -> list[str]:
    found = []
    earned = [rule.worth for rule in rules if rule.kind is K.AWARD_ONCE and rule.worth is not None]
    if earned and duty.points is not None and sum(earned) != duty.points:
        found.append(f"各得分相加是 {sum(earned)} 分，本项满分 {duty.points} 分，请核对是累加还是任选其一")
    if any(rule.kind in _EARNING for rule in rules) and any(rule.kind in _TAKING for rule in rules):
        found.append("既有得分又有扣分，先按零分起计，请核对起评")
    found += [f"“{rule.text}”每多少计一次请核对" for rule in rules if rule.step != 1]
    return found


def _data(key: str, rule: Rule) -> str:
    """A name for what the rule counts: its condition, behind the item's id."""
    condition = _SCORE.sub("", rule.text).strip(" ，,、；;。：:的")
    return f"{key} {(condition or rule.text)[-_LONGEST:]}"


def _step(rule: Rule) -> Decimal:
    said = _STEP.search(rule.text) if rule.per else None
    return Decimal(said["n"]) if said and Decimal(said["n"]) > 0 else Decimal(1)


def _judgement(key: str, rule: Rule, kind: ItemRuleKind) -> ItemRule:
    return ItemRule(
        key,
        kind,
        _data(key, rule),
        cap=rule.cap,
        low=rule.low,
        high=rule.points,
        blank=Blank.OPEN,
        text=rule.text,
    )


def _each(key: str, rule: Rule, kind: ItemRuleKind) -> ItemRule:
    return ItemRule(key, kind, _data(key, rule), worth=rule.points, step=_step(rule), cap=rule.cap, text=rule.text)


def _deduct_each(key: str, rule: Rule) -> ItemRule:
    return _judgement(key, rule, K.JUDGED_DEDUCTION) if rule.low is not None else _each(key, rule, K.DEDUCT_EACH)


def _deduct(key: str, rule: Rule) -> ItemRule:
    if rule.low is not None:
        return _judgement(key, rule, K.JUDGED_DEDUCTION)
    return ItemRule(key, K.DEDUCT_ONCE, _data(key, rule), worth=rule.points, text=rule.text)


def _award(key: str, rule: Rule) -> ItemRule:
    if rule.low is not None:
        return _judgement(key, rule, K.JUDGED_AWARD)
    if rule.per is not None:
        return _each(key, rule, K.AWARD_EACH)
    return ItemRule(key, K.AWARD_ONCE, _data(key, rule), worth=rule.points, blank=Blank.OPEN, text=rule.text)


def _proportional(key: str, rule: Rule) -> ItemRule:
    return ItemRule(key, K.PROPORTION, _data(key, rule), base=_ALL, blank=Blank.OPEN, text=rule.text)


def _bonus(key: str, rule: Rule) -> ItemRule:
    return _judgement(key, rule, K.JUDGED_AWARD) if rule.low is not None else _each(key, rule, K.AWARD_EACH)


def _veto(key: str, rule: Rule) -> ItemRule:
    if _WIPES.search(rule.text):
        return ItemRule(key, K.ZERO_OUT, _data(key, rule), text=rule.text)
    effect = Effect.BARRED if _BARRED.search(rule.text) and "不合格" not in rule.text else Effect.LOWEST
    return ItemRule(key, K.VETO, _data(key, rule), effect=effect, text=rule.text)


_DRAFTS: Mapping[RuleKind, Callable[[str, Rule], ItemRule]] = {
    RuleKind.DEDUCT_EACH: _deduct_each,
    RuleKind.DEDUCT: _deduct,
    RuleKind.AWARD: _award,
    RuleKind.PROPORTIONAL: _proportional,
    RuleKind.BONUS: _bonus,
    RuleKind.VETO: _veto,
}
