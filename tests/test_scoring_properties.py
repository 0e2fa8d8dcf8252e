"""What holds for every scheme by items and every data."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from qingdan_xl.assessment.facts import Amount, Facts
from qingdan_xl.assessment.grading import grade
from qingdan_xl.assessment.items import Item, ItemRule, ScoreSection
from qingdan_xl.assessment.relative import compared
from qingdan_xl.assessment.rules import Quota, Scheme
from qingdan_xl.assessment.scoring import score
from qingdan_xl.assessment.trail import Score
from qingdan_xl.sheets.scheme_items import Blank, ItemRuleKind, Nature, Order, Partial, Source, Start
from scheme_samples import item_scheme, subjects

K = ItemRuleKind
TAKING = (K.DEDUCT_EACH, K.DEDUCT_ONCE, K.ZERO_OUT, K.MULTIPLY, K.JUDGED_DEDUCTION, K.VETO)
POINTS = st.decimals(0, 30, places=2)
AMOUNTS = st.decimals(0, 12, places=1)
TAKEN, EARNED = ("失甲", "失乙", "失丙"), ("得甲", "得乙")


def rules_of(kinds: tuple[ItemRuleKind, ...], data: tuple[str, ...]) -> st.SearchStrategy[ItemRule]:
    """Rules of these kinds that take in these data, with any sound numbers."""
    return st.builds(
        ItemRule,
        st.sampled_from("12"),
        st.sampled_from(kinds),
        st.sampled_from(data),
        POINTS,
        st.sampled_from([Decimal(1), Decimal("0.5"), Decimal(3)]),
        st.sampled_from(Partial),
        st.sampled_from([Decimal(0), Decimal(2)]),
        st.none() | POINTS,
        low=st.just(Decimal(0)),
        high=st.just(Decimal(99)),
        base=st.sampled_from([Decimal(7), Decimal(100)]),
        order=st.sampled_from(Order),
        factor=st.sampled_from([Decimal(1), Decimal(2), Decimal("1.5")]),
        blank=st.sampled_from(Blank),
    )


RULES = st.lists(rules_of(TAKING, TAKEN) | rules_of((K.AWARD_EACH, K.PROPORTION, K.RANK, K.BEST), EARNED), max_size=8)
ITEM = st.builds(
    Item,
    st.just(""),
    st.sampled_from(["基本", "附加"]),
    st.just("项目"),
    POINTS,
    st.just(Source.RULES),
    st.sampled_from(Start),
    st.sampled_from([Decimal(0), Decimal(-5)]),
    st.none() | POINTS,
)
DATA = st.dictionaries(
    st.sampled_from(TAKEN + EARNED), st.lists(st.builds(Amount, AMOUNTS), min_size=1, max_size=3).map(tuple)
)
SECTIONS = (ScoreSection("基本", cap=Decimal(40)), ScoreSection("附加", Nature.EXTRA, None, Decimal(6), Decimal(-6)))


@st.composite
def schemes(draw: st.DrawFn) -> Scheme:
    """A scheme of two items in sections with limits, and any rules."""
    items = [replace(draw(ITEM), id=key, name=f"项目{key}") for key in "12"]
    return item_scheme(items, draw(RULES), places=draw(st.integers(0, 4)), sections=SECTIONS)


def scored(scheme: Scheme, known: Mapping[str, Facts]) -> list[Score]:
    """The scores of units with these facts."""
    units = subjects(len(known))
    everything = compared(units, known, scheme)
    return [score(unit, (), (), everything[unit.id], scheme) for unit in units]


def facts(*data: Mapping[str, tuple[Amount, ...]]) -> dict[str, Facts]:
    """The facts of units by their id."""
    return {f"U{number}": Facts(dict(own)) for number, own in enumerate(data, 1)}


@given(schemes(), DATA)
@settings(max_examples=80, deadline=None)
def test_the_total_is_the_sum_of_the_trail(scheme: Scheme, data: Mapping[str, tuple[Amount, ...]]) -> None:
    """What is shown adds up to what is said, open or not, at the places of the scheme, and is not below 0."""
    (found,) = scored(scheme, facts(data))
    total = sum((entry.points or Decimal(0) for entry in found.trail), Decimal(0))

    assert total == found.known
    assert found.points in {total, None}
    assert (found.points is None) == any(entry.open for entry in found.trail)
    assert total >= 0
    assert total == total.quantize(Decimal(1).scaleb(-scheme.places))


@given(schemes(), DATA)
@settings(max_examples=80, deadline=None)
def test_caps_and_floors_hold(scheme: Scheme, data: Mapping[str, tuple[Amount, ...]]) -> None:
    """No item with rules and no section leaves its limits, but for the step in which the trail is written."""
    (found,) = scored(scheme, facts(data))
    dust = Decimal("0.00001")
    for item in scheme.items:
        if scheme.rules_of(item):
            lines = [entry.points or Decimal(0) for entry in found.trail if entry.item == item.name]
            assert min(item.floor or Decimal(0), item.points) - dust <= sum(lines)
            assert sum(lines) <= max(item.points, item.floor or Decimal(0)) + dust
    for section in SECTIONS:
        lines = [entry.points or Decimal(0) for entry in found.trail if entry.section == section.name]
        assert sum(lines) <= (section.cap or Decimal(0)) + dust
        assert section.floor is None or sum(lines) >= section.floor - dust


@given(schemes(), DATA, st.sampled_from(TAKEN), AMOUNTS)
@settings(max_examples=80, deadline=None)
def test_one_more_fault_never_raises_a_score(
    scheme: Scheme, data: Mapping[str, tuple[Amount, ...]], name: str, amount: Decimal
) -> None:
    """Whatever is added to what deductions count, the score stays or falls."""
    scheme = replace(scheme, item_rules=tuple(replace(rule, blank=Blank.ZERO) for rule in scheme.item_rules))
    more = {**data, name: (*data.get(name, ()), Amount(amount))}
    before, after = (scored(scheme, facts(own))[0].points for own in (data, more))

    assert before is not None
    assert after is not None
    assert after <= before


@given(schemes(), st.lists(DATA, min_size=2, max_size=5), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_order_changes_nothing(scheme: Scheme, data: list[Mapping[str, tuple[Amount, ...]]], random: Random) -> None:
    """Units in any order, and the happenings of each in any order, have the same scores, places and grades."""
    known = facts(*data)
    units = subjects(len(known))
    shuffled = {
        key: Facts({name: tuple(random.sample(own, len(own))) for name, own in fact.amounts.items()})
        for key, fact in known.items()
    }
    turned = random.sample(units, len(units))
    here, there = compared(units, known, scheme), compared(turned, shuffled, scheme)
    first, _ = grade([score(unit, (), (), here[unit.id], scheme) for unit in units], scheme)
    second, _ = grade([score(unit, (), (), there[unit.id], scheme) for unit in turned], scheme)

    def told(results: tuple[object, ...]) -> dict[str, object]:
        return {own.score.subject.id: (own.score.points, own.rank, own.grade) for own in results}  # type: ignore[attr-defined]

    assert told(first) == told(second)


@given(schemes(), st.lists(DATA, min_size=1, max_size=8), st.integers(0, 100))
@settings(max_examples=40, deadline=None)
def test_the_quota_is_never_exceeded(scheme: Scheme, data: list[Mapping[str, tuple[Amount, ...]]], share: int) -> None:
    """Never more units of a group have the best grade than the share of those assessed."""
    bands = tuple(replace(band, at_least=band.at_least / 10) for band in scheme.bands)
    scheme = replace(scheme, bands=bands, quotas=(Quota("", Decimal(share)),))
    results, _ = grade(scored(scheme, facts(*data)), scheme)
    assessed = [own for own in results if own.score.points is not None]

    assert sum(own.grade == bands[0].name for own in results) * 100 <= share * len(assessed)
