"""评分: what groups of raters gave for an item, each group a line of its own."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from qingdan_xl.assessment.apportioning import apportion
from qingdan_xl.assessment.facts import Facts, Rating
from qingdan_xl.assessment.items import Item, RaterGroup
from qingdan_xl.assessment.rules import Scheme
from qingdan_xl.assessment.trail import STEP, Entry, Kind, plain
from qingdan_xl.assessment.workings import Share
from qingdan_xl.sheets.scheme_items import Method, MissingRater

_MANY = 5  # with more raters than this the highest and the lowest are left out
_HUNDRED = Decimal(100)


def rater_lines(item: Item, facts: Facts, scheme: Scheme) -> list[Entry]:
    """A line for each rater group of the item: its share of the points in proportion to what its raters gave.

    A group that gave nothing is an open line, or leaves its share to the others where the scheme says 其余折算; nobody
    is ever taken for a zero.
    """
    groups = scheme.groups_of(item)
    given = {group.name: counted(group, facts.ratings_of(item.id, group.name), scheme) for group in groups}
    if not any(given.values()):
        return [_entry(item, "评分", None, "没有收到任何评分，等待评分")]
    absent = [group for group in groups if not given[group.name] and group.missing is MissingRater.SHARED]
    staying = [group for group in groups if group not in absent]
    if not any(group.weight for group in staying):
        return [_entry(item, "评分", None, "给了评分的评分组权重合计是 0，等待其余评分组评分")]
    worth = _worth(item, staying)
    shown = apportion(worth, STEP)
    note = f"；{'、'.join(group.name for group in absent)}没有评分，其权重由其余评分组折算" if absent else ""
    return [
        replace(_line(item, group, given[group.name], worth[group.name], note), full=shown[group.name])
        for group in staying
    ]


def counted(group: RaterGroup, ratings: Sequence[Rating], scheme: Scheme) -> list[tuple[Decimal, Rating]]:
    """The values that count, smallest first: votes by their options, without the extremes where the method says so."""
    if group.method is Method.VOTES:
        votes = [(scheme.option(group.options, rating.word), rating) for rating in ratings]
        values = [(value, rating) for value, rating in votes if value is not None]
    else:
        values = numbered(ratings)
    return without_extremes(group, values)


def numbered(ratings: Iterable[Rating]) -> list[tuple[Decimal, Rating]]:
    """The ratings that are numbers."""
    return [(rating.points, rating) for rating in ratings if rating.points is not None]


def without_extremes(group: RaterGroup, values: Iterable[tuple[Decimal, Rating]]) -> list[tuple[Decimal, Rating]]:
    """The values of a group, smallest first; the highest and the lowest of many left out where its method says so."""
    rising = sorted(values, key=lambda pair: (pair[0], pair[1].rater))
    return rising[1:-1] if group.method is Method.TRIMMED and len(rising) > _MANY else rising


def _worth(item: Item, groups: Sequence[RaterGroup]) -> dict[str, Fraction]:
    """The item's points by rater group; together they are all of them, whatever the weights add up to."""
    total = Fraction(sum((group.weight for group in groups), Decimal(0)))
    return {group.name: Fraction(item.points) * Fraction(group.weight) / total for group in groups}


def _line(item: Item, group: RaterGroup, values: Sequence[tuple[Decimal, Rating]], worth: Fraction, note: str) -> Entry:
    if not values:
        return _entry(item, group.name, None, f"没有收到“{group.name}”的评分，等待评分")
    scale = _HUNDRED if group.method is Method.VOTES or not item.id else item.points
    total = sum((value for value, _ in values), Decimal(0))
    why = (
        f"{group.name}（{group.method.value}）{len(values)} 份有效，合计 {plain(total)}，每份满分 {plain(scale)}{note}"
    )
    working = Share(worth, total, scale * len(values))
    return replace(_entry(item, group.name, working, why), origin=values[0][1].origin)


def _entry(item: Item, rule: str, working: Share | None, why: str) -> Entry:
    entry = Entry(Kind.BASE, rule, working, why, item.origin, full=item.points, words=item.text)
    return entry.within(item.section, item.name)
