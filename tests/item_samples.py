"""A scheme with every kind of rule and limit, and random facts for the units that it scores."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

from assessment_samples import UNIT, receipts, standings
from qingdan_xl.assessment.facts import Amount, Facts, Rating, unit_subject
from qingdan_xl.assessment.gaps import gaps
from qingdan_xl.assessment.grading import grade
from qingdan_xl.assessment.items import Item, ItemRule, Option, RaterGroup, ScoreSection
from qingdan_xl.assessment.relative import compared
from qingdan_xl.assessment.result import Assessment
from qingdan_xl.assessment.rules import Adjustment, Appeal, Scheme
from qingdan_xl.assessment.scheme import default_scheme
from qingdan_xl.assessment.scoring import score
from qingdan_xl.assessment.trail import Score
from qingdan_xl.model import Origin, Unit
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

K = ItemRuleKind
DATA = (
    "通报",
    "事故",
    "迟报",
    "缺席",
    "达标率",
    "应办",
    "办结",
    "产值",
    "投诉",
    "表彰",
    "违纪",
    "整改",
    "考察",
    "获奖",
    "否决",
)
_TABLES = {"级别": {"国家级": "3", "省级": "2", "市级": "1"}, "等次": {"一等": "1", "二等": "0.8", "三等": "0.55"}}
END_OF_APPEALS = date(2027, 1, 15)


def number(random: Random, least: float, most: float) -> Decimal:
    """A number as people type it: whole, with one or with two decimals."""
    return Decimal(str(round(random.uniform(least, most), random.choice((0, 0, 1, 2)))))


def item_scheme(random: Random) -> Scheme:
    """Sections, items and rules of every kind, with random numbers in them; places vary too."""
    sections = (
        ScoreSection("履职", cap=number(random, 20, 45)),
        ScoreSection("管理"),
        ScoreSection("附加", Nature.EXTRA, cap=number(random, 3, 9), floor=Decimal(-5)),
    )
    items = (
        Item("1", "履职", "责任清单", number(random, 20, 30), Source.DUTIES),
        Item("2", "履职", "会议纪律", Decimal(15), deduct_cap=number(random, 5, 9), text="缺席、迟报的扣分"),
        Item("3", "管理", "安全", Decimal(20), floor=Decimal(-3)),
        Item("4", "管理", "办件", Decimal(20), start=Start.ZERO),
        Item("5", "管理", "满意度", Decimal(15), Source.RATERS),
        Item("6", "管理", "作风", Decimal(10)),
        Item("7", "附加", "奖励", Decimal(12), start=Start.ZERO, floor=None),
    )
    full = sum((item.points for item in items[:-1]), Decimal(0))
    options = tuple(
        Option(table, word, Decimal(value)) for table, words in _TABLES.items() for word, value in words.items()
    )
    groups = (
        RaterGroup("领导", Decimal(40), Method.TRIMMED),
        RaterGroup("职工", Decimal(60), missing=MissingRater.SHARED),
    )
    return replace(
        default_scheme(),
        full_mark=full,
        places=random.choice((1, 2, 2, 4)),
        sections=sections,
        items=items,
        item_rules=tuple(_rules(random)),
        options=options,
        rater_groups=groups,
    )


def _rules(random: Random) -> Iterable[ItemRule]:
    one = Decimal(1)
    for data, partial in zip(("迟报", "缺席", "投诉"), Partial, strict=True):
        step, free, cap = number(random, 1, 3) or one, number(random, 0, 2), random.choice((None, number(random, 2, 6)))
        yield ItemRule("2", K.DEDUCT_EACH, data, number(random, 0.1, 2), step, partial, free, cap)
    yield ItemRule("3", K.DEDUCT_ONCE, "事故", number(random, 1, 5), free=number(random, 0, 2))
    yield ItemRule("3", K.AWARD_ONCE, "整改", number(random, 1, 5))
    yield ItemRule("3", K.DEDUCT_EACH, "通报", number(random, 0.1, 1.5), partial=random.choice(tuple(Partial)))
    yield ItemRule("3", K.MULTIPLY, "违纪", factor=random.choice((Decimal(2), Decimal("0.5"), Decimal("1.7"))))
    yield ItemRule("4", K.PROPORTION, "达标率", number(random, 3, 6), base=number(random, 60, 100))
    yield ItemRule("4", K.PROPORTION, "办结", number(random, 3, 6), base_data="应办")
    yield ItemRule("4", K.RANK, "产值", number(random, 3, 6), factor=Decimal("0.02"), order=random.choice(tuple(Order)))
    yield ItemRule("4", K.BEST, "产值", number(random, 3, 6))
    yield ItemRule("6", K.JUDGED_DEDUCTION, "考察", low=one, high=Decimal(4), cap=Decimal(6), blank=Blank.ZERO)
    yield ItemRule("6", K.ZERO_OUT, "违纪", free=one)
    yield ItemRule("6", K.VETO, "否决", effect=Effect.BARRED)
    yield ItemRule("7", K.LEVELS, "获奖", one, free=one, options=("级别", "等次"), cap=Decimal(8))
    yield ItemRule("7", K.AWARD_EACH, "表彰", number(random, 0.1, 2), partial=Partial.SHARED, step=Decimal(3))
    yield ItemRule("7", K.JUDGED_AWARD, "获奖", low=Decimal(0), high=one, blank=Blank.ZERO)


def random_facts(random: Random) -> Facts:
    """Amounts of every data of the scheme, most of them once, and what raters gave."""
    amounts = {data: _amounts(random, data) for data in DATA}
    ratings = [
        Rating("5", group, f"评委{n}", number(random, 5, 15))
        for group, most in (("领导", 8), ("职工", 4))
        for n in range(random.randint(1 if group == "领导" else 0, most))
    ]
    return Facts({data: own for data, own in amounts.items() if own}, tuple(ratings))


def _amounts(random: Random, data: str) -> tuple[Amount, ...]:
    if data in {"违纪", "否决"}:
        return tuple(Amount(Decimal(1)) for _ in range(random.choice((0, 0, 0, 0, 1, 2))))
    if data == "获奖":
        levels = [tuple(random.choice(list(words)) for words in _TABLES.values()) for _ in range(random.randint(0, 3))]
        return tuple(Amount(Decimal(1), f"奖项{n}", levels=own) for n, own in enumerate(levels))
    if data in {"达标率", "应办", "办结", "产值"}:
        return (Amount(number(random, 1, 120), "", Origin("考核数据.xlsx", "考核数据", 7, "C")),)
    least = 1 if data == "考察" else 0  # as low as its judgement range goes
    return tuple(Amount(number(random, least, 4), f"{data}{n}") for n in range(random.choice((0, 1, 1, 2))))


def item_year(count: int, seed: int) -> tuple[Assessment, Mapping[str, Facts]]:
    """So many units scored item by item, and the facts they were scored by."""
    random = Random(seed)  # noqa: S311 - the same year on every run
    made = item_scheme(random)
    units = [replace(UNIT, id=f"U{n:03d}", name=f"第{n}镇", group=f"{n % 3}组") for n in range(1, count + 1)]
    typed = [
        Adjustment(unit.name, number(random, -3, 3) or Decimal(1), "登记事项")
        for unit in units
        if random.random() < 0.4
    ]
    appeals = [_appeal(unit, random) for unit in units if random.random() < 0.2]
    made = replace(made, adjustments=tuple(typed), appeals=tuple(appeals))
    facts = compared(map(unit_subject, units), {unit.id: random_facts(random) for unit in units}, made)
    return item_assessment(units, facts, made), facts


def _appeal(unit: Unit, random: Random) -> Appeal:
    points = number(random, -2, 3)
    return Appeal(unit.name, points, "核查属实", "安全", "考核领导小组", END_OF_APPEALS, "复核会议纪要")


def item_assessment(units: Iterable[Unit], facts: Mapping[str, Facts], made: Scheme) -> Assessment:
    """Units with four duties each, scored by the scheme."""
    results, problems = grade([score_of(unit, facts[unit.id], made) for unit in units], made)
    return Assessment(made, results, gaps(results, (), (), made), tuple(problems))


def score_of(unit: Unit, facts: Facts, made: Scheme) -> Score:
    """One unit's score: its duties and receipts hang on its number only."""
    random = Random(unit.id)  # noqa: S311 - the same year on every run
    words = " ".join(random.choice(("已完成", "推进中", "2/3", "5/7", "不适用", "-")) for _ in range(4))
    return score(
        unit_subject(unit),
        standings(f"{words} 已完成", unit),
        receipts(random.choice(("", "迟", "退2")), unit),
        facts,
        made,
    )
