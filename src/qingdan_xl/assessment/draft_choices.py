"""What a rubric's awards say together: one of several grades (完成得5分，部分完成得3分), or the item's full points."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from qingdan_xl.assessment.items import ItemRule, Option
from qingdan_xl.model import Duty, Rule, RuleKind
from qingdan_xl.sheets.scheme_items import Blank, ItemRuleKind

_LESS = re.compile(r"部分|基本|较|一般|[%％]|以上|以下|不足|其[余他]|逾期|延迟|延期|未|没")
_NEITHER = re.compile(r"未|没|不|无|差|低于|以上|以下|其[余他]")
_NUMBER = r"(?P<n>[0-9]+(?:\.[0-9]+)?)\s*分"
_FULL = re.compile(rf"(?:满分|共计?|分值)[为：:]?\s*{_NUMBER}")
_MOST = re.compile(rf"(?:不超过|最[高多][^，。；、0-9]{{0,4}}|上限为?|封顶为?)\s*{_NUMBER}")
_DEDUCTIONS = frozenset({RuleKind.DEDUCT_EACH, RuleKind.DEDUCT})
_FEWEST = 2
_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several grades: the rule, the options of its table, and the rules of the rubric that it stands for."""

    rule: ItemRule
    options: tuple[Option, ...]
    read: tuple[Rule, ...]


def choice_of(key: str, duty: Duty, condition: Callable[[Rule], str]) -> Choice | None:
    """The grades of which an item gets one, None where the awards are not said to be such.

    They are where each is worth less (or more) than the one before and the best is the item's full points, or, where
    those are not said, every grade behind the first sounds like less of the same. A 不得分 right behind them that says
    what is left is the grade worth 0. `condition` gives the words of a rule without its points.
    """
    awards = _leading_awards(duty.rules)
    worths = [rule.points for rule in awards if rule.points is not None]
    words = [condition(rule) for rule in awards]
    if len(worths) < _FEWEST or not _is_stair(worths) or not _is_one_of(duty, worths, words):
        return None
    rest = duty.rules[len(awards) :]
    none_left = [rule for rule in rest[:1] if rule.kind is RuleKind.VETO and _NEITHER.search(condition(rule))]
    words, worths = [*words, *map(condition, none_left)], [*worths, *[_NOTHING] * len(none_left)]
    if len(set(words)) < len(words):
        return None
    table = f"{key} 档次"
    read = (*awards, *none_left)
    rule = ItemRule(
        key,
        ItemRuleKind.LEVELS,
        table,
        options=(table,),
        blank=Blank.OPEN,
        text="，".join(rule.text for rule in read),
    )
    return Choice(rule, tuple(Option(table, word, value) for word, value in zip(words, worths, strict=True)), read)


def _leading_awards(rules: Sequence[Rule]) -> list[Rule]:
    found: list[Rule] = []
    for rule in rules:
        if not _is_plain(rule):
            break
        found.append(rule)
    return found


def _is_plain(rule: Rule) -> bool:
    """Whether it gives so many points, once, and says no more."""
    given = rule.kind is RuleKind.AWARD and rule.points is not None
    return given and rule.per is None and rule.low is None and rule.cap is None


def _is_stair(worths: Sequence[Decimal]) -> bool:
    steps = [after - before for before, after in pairwise(worths)]
    return all(step < 0 for step in steps) or all(step > 0 for step in steps)


def _is_one_of(duty: Duty, worths: Sequence[Decimal], words: Sequence[str]) -> bool:
    if duty.points is not None:
        return duty.points == max(worths)
    return all(_LESS.search(word) for word in words[1:])


def full_award(duty: Duty) -> Rule | None:
    """The award that says the full points from which all else is taken: 得10分，每少一次扣1分; None where none does."""
    first, *rest = duty.rules or (None,)
    if first is None or not rest or not _is_plain(first) or duty.points not in {None, first.points}:
        return None
    taking = any(rule.kind in _DEDUCTIONS for rule in rest)
    return first if taking and all(rule.kind in {*_DEDUCTIONS, RuleKind.VETO} for rule in rest) else None


def full_said(text: str) -> Decimal | None:
    """The full points that a text says in so many words (满分8分), None where it does not, or says several."""
    return _only(_FULL, text)


def most_said(text: str) -> Decimal | None:
    """The most that a text allows (不超过5分), None where it does not, or says several."""
    return _only(_MOST, text)


def _only(pattern: re.Pattern[str], text: str) -> Decimal | None:
    said = {Decimal(match["n"]) for match in pattern.finditer(text)}
    return said.pop() if len(said) == 1 else None
