"""Limits upon limits: whatever caps, floors, factors and wipes meet, nothing is taken or given back twice."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from assessment_samples import receipts
from qingdan_xl.assessment.facts import Amount, Facts
from qingdan_xl.assessment.items import Item, ItemRule, ScoreSection
from qingdan_xl.assessment.rules import Adjustment, ReturnRule, Scheme
from qingdan_xl.assessment.scoring import score
from qingdan_xl.assessment.trail import Score
from qingdan_xl.sheets.scheme import ReturnCase
from qingdan_xl.sheets.scheme_items import Blank, ItemRuleKind, Nature, Source, Start
from scheme_samples import TABLES, item_scheme, subjects

K = ItemRuleKind
DATA = "甲乙丙丁"
(UNIT,) = subjects(1)
FEW, WHOLE = st.integers(1, 4).map(Decimal), st.integers(0, 9).map(Decimal)
LIMIT = st.none() | FEW | WHOLE  # mostly there, and low enough to be passed
LEVEL = {word: Decimal(value) for word, value in (TABLES["处分"] | TABLES["奖惩"]).items()}
RULES = st.builds(
    ItemRule,
    st.sampled_from("112"),
    st.sampled_from((*(K.DEDUCT_EACH, K.AWARD_EACH, K.DEDUCT_ONCE, K.AWARD_ONCE), K.ZERO_OUT, K.MULTIPLY, *(
        K.JUDGED_DEDUCTION, K.JUDGED_AWARD, K.LEVELS))),
    st.sampled_from(DATA),
    FEW,
    cap=LIMIT,
    low=st.just(Decimal(0)),
    factor=st.sampled_from([Decimal("0.5"), Decimal(2), Decimal(3)]),
    options=st.sampled_from([("处分",), ("奖惩",)]),
    blank=st.just(Blank.ZERO),
)  # fmt: skip
ITEM = st.builds(
    Item,
    st.just(""),
    st.sampled_from(["基本", "附加"]),
    st.just("项目"),
    st.sampled_from([Decimal(5), Decimal(20), Decimal(60)]),  # rarely all lost: nothing is hidden by the floor
    st.just(Source.RULES),
    st.sampled_from(Start),
    st.sampled_from([None, Decimal(0), Decimal(-4)]),
    LIMIT,
)
HAPPENING = st.builds(Amount, WHOLE, levels=st.just(("记过", "")))  # in both tables
FACTS = st.dictionaries(st.sampled_from(DATA), st.lists(HAPPENING, min_size=1, max_size=3).map(tuple))
TYPED = st.lists(st.integers(-6, 6).filter(bool), max_size=4)


@st.composite
def schemes(draw: st.DrawFn) -> Scheme:
    """Two items in one or two sections, with any limits anywhere; returns and typed points have theirs too."""
    items = [replace(draw(ITEM), id=key, name=f"项目{key}") for key in "12"]
    roof = st.none() | st.sampled_from([Decimal(9), Decimal(30)])
    sections = (
        ScoreSection("基本", cap=draw(roof), floor=draw(st.none() | st.just(Decimal(-3)))),
        ScoreSection("附加", Nature.EXTRA, cap=draw(LIMIT), floor=draw(st.none() | st.just(Decimal(-3)))),
    )
    made = item_scheme(items, draw(st.lists(RULES, min_size=2, max_size=9)), sections=sections)
    typed = tuple(Adjustment(UNIT.label, Decimal(points), "事由") for points in draw(TYPED))
    returns = (ReturnRule(ReturnCase.REFUSED, Decimal(2), draw(LIMIT)),)
    return replace(made, bonus_cap=draw(LIMIT), adjustments=typed, returns=returns)


def between(number: Decimal, least: Decimal | None, most: Decimal | None) -> Decimal:
    """The number, brought to its limits; the lower one wins."""
    capped = number if most is None else min(number, most)
    return capped if least is None else max(capped, least)


def by_hand(scheme: Scheme, facts: Facts, refused: int) -> Decimal:
    """The points as one would work them out on paper: each limit over what the one before has left."""
    sums = {"基本": Decimal(0), "附加": Decimal(0)}
    for item in scheme.items:
        sums[item.section] += item_by_hand(item, scheme.rules_of(item), facts)
    total = sum((between(sums[own.name], own.floor, own.cap) for own in sections_used(scheme)), Decimal(0))
    typed = [own.points for own in scheme.adjustments]
    total += between(sum_of(points for points in typed if points > 0), None, scheme.bonus_cap)
    total += sum_of(points for points in typed if points < 0)
    total -= between(scheme.returns[0].points * refused, None, scheme.returns[0].cap)
    return max(Decimal(0), total)


def sections_used(scheme: Scheme) -> list[ScoreSection]:
    """The sections that have an item."""
    return [section for section in scheme.sections if section.name in {item.section for item in scheme.items}]


def item_by_hand(item: Item, rules: Sequence[ItemRule], facts: Facts) -> Decimal:
    """An item: what was earned, less what was taken after factors and the limit, nothing where it is wiped."""
    happened = {rule: sum_of(own.value or Decimal(0) for own in facts.known(rule.data)) for rule in rules}
    earned = item.points if item.start is Start.FULL else Decimal(0)
    taken = Decimal(0)
    for rule in rules:
        gave, took = rule_by_hand(rule, facts)
        earned, taken = earned + gave, taken + took
    for rule in rules:
        taken *= (rule.factor or Decimal(1)) if rule.kind is K.MULTIPLY and happened[rule] else Decimal(1)
    left = earned - between(taken, None, item.deduct_cap)
    if any(rule.kind is K.ZERO_OUT and happened[rule] for rule in rules):
        left = min(left, Decimal(0))
    return between(left, item.floor, item.points) if rules else left


def rule_by_hand(rule: ItemRule, facts: Facts) -> tuple[Decimal, Decimal]:
    """What a rule gives and what it takes, each at most its limit."""
    amounts = [own.value or Decimal(0) for own in facts.known(rule.data)]
    worth, total = rule.worth or Decimal(0), sum_of(amounts)
    if rule.kind is K.LEVELS:
        points = [amount * (worth or Decimal(1)) * LEVEL["记过"] for amount in amounts]
        return Decimal(0), between(-sum_of(points), None, rule.cap)
    once = worth if total else Decimal(0)
    found: Mapping[ItemRuleKind, tuple[Decimal, Decimal]] = {
        K.DEDUCT_EACH: (Decimal(0), between(total * worth, None, rule.cap)),
        K.AWARD_EACH: (between(total * worth, None, rule.cap), Decimal(0)),
        K.DEDUCT_ONCE: (Decimal(0), once),
        K.AWARD_ONCE: (once, Decimal(0)),
        K.JUDGED_DEDUCTION: (Decimal(0), between(total, None, rule.cap)),
        K.JUDGED_AWARD: (between(total, None, rule.cap), Decimal(0)),
    }
    return found.get(rule.kind, (Decimal(0), Decimal(0)))


def sum_of(numbers: Iterable[Decimal]) -> Decimal:
    """The sum of decimals, of none too."""
    return sum(numbers, Decimal(0))


def scored(scheme: Scheme, facts: Facts, refused: int) -> Score:
    """The one scoring function, on a unit of which so many files were refused."""
    return score(UNIT, (), receipts(f"退{refused}" if refused else ""), facts, scheme)


@given(schemes(), FACTS.map(Facts), st.integers(0, 4))
@settings(max_examples=200, deadline=None)
def test_limits_upon_limits_are_as_on_paper(scheme: Scheme, facts: Facts, refused: int) -> None:
    """Caps of rules, items, sections and bonuses, factors, wipes and floors together come to what paper says."""
    found = scored(scheme, facts, refused)

    assert found.points == by_hand(scheme, facts, refused)


@given(schemes(), FACTS.map(Facts), st.sampled_from(DATA))
@settings(max_examples=200, deadline=None)
def test_one_more_fault_never_raises_a_limited_score(scheme: Scheme, facts: Facts, data: str) -> None:
    """Under any pile of limits, one more happening of what only deductions count leaves the score or lowers it."""
    harmless = {K.AWARD_EACH, K.AWARD_ONCE, K.JUDGED_AWARD, K.MULTIPLY}
    rules = [replace(rule, data="别的") if rule.kind in harmless else rule for rule in scheme.item_rules]
    faults = replace(scheme, item_rules=tuple(rules))
    known = {**facts.amounts, "别的": (Amount(Decimal(1)),)}
    more = {**known, data: (*known.get(data, ()), Amount(Decimal(1), levels=("记过", "")))}
    before, after = (scored(faults, Facts(own), 0).points for own in (known, more))

    assert before is not None
    assert after is not None
    assert after <= before
