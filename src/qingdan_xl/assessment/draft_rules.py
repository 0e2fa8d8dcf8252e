"""The rules of a rubric's item → rules of the scheme, as far as one can say the other."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from qingdan_xl.assessment.draft_choices import choice_of, full_award
from qingdan_xl.assessment.items import ItemRule, Option
from qingdan_xl.model import Duty, Rule, RuleKind
from qingdan_xl.sheets.scheme import Effect
from qingdan_xl.sheets.scheme_items import Blank, ItemRuleKind

JUDGED = ItemRuleKind.JUDGED_AWARD.value
_SCORE = re.compile(
    r"(?:的)?[，,]?\s*(?:酌情|相应|直接|一次性|各|再|另|每[次项个件例人])?(?:扣除?|减|加|奖励?|得|计|记|赋|给|评)[^，。；]{0,3}?[0-9０-９一二两三四五六七八九十半][^，。；]*$"
)
_NONE = re.compile(r"(?:的)?[，,]?\s*(?:[该本](?:指标|项目|项|条))?不[得给计记][^，。；]{0,2}分$")
_STEP = re.compile(r"每[^，。；0-9]{0,12}?(?P<n>[0-9]+(?:\.[0-9]+)?)\s*(?:个?百分点|%|％|万元|元|[次项例个人件天日])")
_HEADED = re.compile(r"一票否[决优]|取消[^，。]{0,8}评[优先]|[评定列]为不合格")
_BARRED = re.compile(r"一票否优|取消|评[优先]")
_WIPES = re.compile(r"不[得给计记]|扣完|全扣|扣[^，。；]{0,4}全部|[0０零]\s*分")
_LONGEST = 18
_ALL = Decimal(100)  # 按完成比例: the whole of a percentage
K = ItemRuleKind


@dataclass(frozen=True, slots=True)
class Drafted:
    """The rules of one item, the options that they take, and the `points` that they say it is worth, None for no word.

    `judged` where none was read and a person scores it; `doubts` say what is unsure.
    """

    rules: tuple[ItemRule, ...]
    judged: bool = False
    doubts: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    points: Decimal | None = None


def vetoes(heading: str | None) -> bool:
    """Whether a section's heading says what becomes of those of whom one of its items is true."""
    return bool(_HEADED.search(heading or ""))


def drafted_rules(key: str, duty: Duty, heading: str | None = None) -> Drafted:
    """The rules of the item of this id; a duty without any that could be read is left to a person's judgement."""
    if not duty.rules and vetoes(heading):
        return Drafted((_headed_veto(key, duty, heading or ""),))
    if not duty.rules:
        return _left_to_people(key, duty)
    if choice := choice_of(key, duty, _condition):
        rest = [_DRAFTS[rule.kind](key, rule) for rule in duty.rules[len(choice.read) :]]
        best = max(option.value for option in choice.options)
        return Drafted((choice.rule, *_named_apart(rest)), False, (_ONE_OF,), choice.options, best)
    whole = full_award(duty)
    rules = [_DRAFTS[rule.kind](key, rule) for rule in duty.rules if rule is not whole]
    if whole:
        return Drafted(tuple(_named_apart(rules)), doubts=tuple(_doubts(rules, duty)), points=whole.points)
    return Drafted(tuple(_named_apart(rules)), doubts=tuple(_doubts(rules, duty)), points=_only_award(duty))


def _left_to_people(key: str, duty: Duty) -> Drafted:
    data = f"{key} 评定分"
    rule = ItemRule(key, K.JUDGED_AWARD, data, low=Decimal(0), high=duty.points, blank=Blank.OPEN, text=duty.text)
    return Drafted((rule,), judged=True)


def _only_award(duty: Duty) -> Decimal | None:
    """What the one award of an item gives, None where it has several, or one for each."""
    awards = [rule for rule in duty.rules if rule.kind in {RuleKind.AWARD, RuleKind.BONUS, RuleKind.PROPORTIONAL}]
    alone = len(awards) == 1 and awards[0].kind is RuleKind.AWARD and awards[0].per is None
    return awards[0].points if alone else None


_ONE_OF = (
    "读作几档任选一档（见“选项”）：在考核数据中数值填 1、级别选一档，都不符合的数值填 0；如果各档得分是累加的，请改写"
)


def starts_full(rules: Sequence[ItemRule]) -> bool:
    """Whether an item with these rules starts from its full points: none of them earns any."""
    return not any(rule.kind in _EARNING for rule in rules)


_TAKING = frozenset({K.DEDUCT_EACH, K.DEDUCT_ONCE, K.JUDGED_DEDUCTION})
_EARNING = frozenset({K.AWARD_EACH, K.AWARD_ONCE, K.PROPORTION, K.JUDGED_AWARD, K.LEVELS})


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
    return f"{key} {(_condition(rule) or rule.text)[-_LONGEST:]}"


def _condition(rule: Rule) -> str:
    """The words of a rule without what it costs or gives."""
    return _SCORE.sub("", _NONE.sub("", rule.text)).strip(" ，,、；;。：:的")


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
    if rule.per is not None or (rule.cap is not None and rule.points is not None and rule.cap > rule.points):
        return _each(key, rule, K.AWARD_EACH)
    return ItemRule(key, K.AWARD_ONCE, _data(key, rule), worth=rule.points, blank=Blank.OPEN, text=rule.text)


def _proportional(key: str, rule: Rule) -> ItemRule:
    return ItemRule(key, K.PROPORTION, _data(key, rule), base=_ALL, blank=Blank.OPEN, text=rule.text)


def _bonus(key: str, rule: Rule) -> ItemRule:
    return _judgement(key, rule, K.JUDGED_AWARD) if rule.low is not None else _each(key, rule, K.AWARD_EACH)


def _headed_veto(key: str, duty: Duty, heading: str) -> ItemRule:
    data = f"{key} {duty.text.strip(' ，,、；;。：:的')[-_LONGEST:]}"
    return ItemRule(key, K.VETO, data, effect=_effect(heading), text=duty.text)


def _effect(words: str) -> Effect:
    return Effect.BARRED if _BARRED.search(words) and "不合格" not in words else Effect.LOWEST


def _veto(key: str, rule: Rule) -> ItemRule:
    if _WIPES.search(rule.text):
        return ItemRule(key, K.ZERO_OUT, _data(key, rule), text=rule.text)
    return ItemRule(key, K.VETO, _data(key, rule), effect=_effect(rule.text), text=rule.text)


_DRAFTS: Mapping[RuleKind, Callable[[str, Rule], ItemRule]] = {
    RuleKind.DEDUCT_EACH: _deduct_each,
    RuleKind.DEDUCT: _deduct,
    RuleKind.AWARD: _award,
    RuleKind.PROPORTIONAL: _proportional,
    RuleKind.BONUS: _bonus,
    RuleKind.VETO: _veto,
}
