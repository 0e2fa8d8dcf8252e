"""Schemes and facts from short words, so that a rule case is one line of a table."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, get_type_hints

from qingdan_xl.assessment.facts import Amount, Facts, Subject
from qingdan_xl.assessment.items import Item, ItemRule, Option
from qingdan_xl.assessment.relative import compared
from qingdan_xl.assessment.rules import Scheme
from qingdan_xl.assessment.scheme import default_scheme
from qingdan_xl.assessment.scoring import score
from qingdan_xl.assessment.trail import Score
from qingdan_xl.sheets.scheme import Effect
from qingdan_xl.sheets.scheme_items import Blank, ItemRuleKind, Order, Partial, Source, Start

_WORDS: dict[str, Any] = {"partial": Partial, "order": Order, "blank": Blank, "effect": Effect}
TABLES = {
    "级别": {"国家": "3", "省": "2", "市": "1"},
    "等次": {"一等": "1", "二等": "0.8", "三等": "0.5"},
    "处分": {"警告": "-1", "记过": "-3"},
    "奖惩": {"嘉奖": "2", "记过": "-3"},
}
OPTIONS = tuple(Option(table, word, Decimal(value)) for table, words in TABLES.items() for word, value in words.items())
GROUP = "甲组"


def table(text: str) -> list[list[str]]:
    """The cells of a text table, lines that begin with # left out."""
    lines = (line for line in text.strip().splitlines() if line.strip() and not line.lstrip().startswith("#"))
    return [[cell.strip() for cell in line.split("|")] for line in lines]


def item(text: str, key: str = "1", section: str = "考核") -> Item:
    """An item from words: `10`, `10 零` for 零分起计, `floor=-3`, `cap=2` for the limit of its deductions."""
    points, *words = text.split()
    found = Item(key, section, f"项目{key}", Decimal(points), Source.RULES)
    for word in words:
        name, _, value = word.partition("=")
        if word == "零":
            found = replace(found, start=Start.ZERO)
        elif name == "cap":
            found = replace(found, deduct_cap=Decimal(value))
        else:
            found = replace(found, floor=Decimal(value))
    return found


def rule(text: str, key: str = "1") -> ItemRule:
    """A rule from words: its kind, its data, its worth where it has one, then `step=5 partial=进一档`."""
    kind, data, *words = text.split()
    found = ItemRule(key, ItemRuleKind(kind), data)
    for word in words:
        name, mark, value = word.partition("=")
        found = replace(found, **{name: _field(name, value)}) if mark else replace(found, worth=Decimal(word))
    return found


def _field(name: str, value: str) -> Any:
    if name in _WORDS:
        return _WORDS[name](value)
    hint = get_type_hints(ItemRule)[name]
    if hint is str:
        return value
    return tuple(value.split("、")) if hint == tuple[str, ...] else Decimal(value)


def item_scheme(items: Sequence[Item], rules: Iterable[ItemRule], places: int = 4, **fields: Any) -> Scheme:
    """A scheme of these items alone: no deductions for returns, the full mark what the items come to."""
    mark = sum((each.points for each in items), Decimal(0))
    return replace(
        default_scheme(),
        full_mark=mark,
        places=places,
        returns=(),
        items=tuple(items),
        item_rules=tuple(rules),
        options=OPTIONS,
        **fields,
    )


def facts(text: str, units: int = 1) -> list[Facts]:
    """The facts of the first units of a group from words.

    `甲=3` is one happening, `甲=1+2` are two, `甲=?` a blank cell, `甲=1@国家@二等` with levels, `甲=5/9/-` what the
    first, the second and the third unit have.
    """
    found: list[dict[str, tuple[Amount, ...]]] = [{} for _ in range(units)]
    for word in text.replace("（无）", "").split():
        name, _, value = word.partition("=")
        for own, part in zip(found, value.split("/"), strict=False):
            if part != "-":
                own[name] = tuple(map(_amount, part.split("+")))
    return [Facts(own) for own in found]


def _amount(text: str) -> Amount:
    value, *levels = text.split("@")
    padded = (*levels, "", "")
    return Amount(None if value == "?" else Decimal(value), levels=(padded[0], padded[1]))


def subjects(count: int) -> list[Subject]:
    """So many units of one peer group."""
    return [Subject(f"U{number}", f"第{number}镇", GROUP, "乡镇", f"第{number}镇") for number in range(1, count + 1)]


def scored_units(scheme: Scheme, text: str) -> list[Score]:
    """The scores of all units that the words speak of."""
    count = max((word.count("/") + 1 for word in text.split()), default=1)
    units, known = subjects(count), facts(text, count)
    by_id: Mapping[str, Facts] = {unit.id: own for unit, own in zip(units, known, strict=True)}
    everything = compared(units, by_id, scheme)
    return [score(unit, (), (), everything[unit.id], scheme) for unit in units]


def said(found: Score) -> str:
    """Points as a table says them; 待评 where a line is open."""
    return "待评" if found.points is None else f"{found.points.normalize() + 0:f}"
