"""名次与等次: rank within the peer group, bands, the quota of the top band, and what people decided."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from qingdan_xl.assessment.rules import Decision, Scheme
from qingdan_xl.assessment.trail import Score
from qingdan_xl.problems import Problem, problem
from qingdan_xl.sheets.scheme import Effect

UNGROUPED = "未分组"
_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Graded:
    """A score with its place in the peer group of `group_size` assessed units.

    `rank` is None where not assessed; `grade` is '' there, and where the quota of the top band runs through a tie that
    people have to settle (`open`). `quota` is how many units of the group may have the top band, None for no limit;
    `note` says what moved the grade.
    """

    score: Score
    group_size: int
    quota: int | None
    rank: int | None = None
    grade: str = ""
    open: bool = False
    vetoed: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Cut:
    """How a quota parts the units that earned the top band; all sets hold unit ids.

    `contested` are the equal scores that the quota's edge runs through, `open` those of them still to be settled.
    """

    taken: frozenset[str]
    open: frozenset[str] = frozenset()
    contested: frozenset[str] = frozenset()


def grade(scores: Iterable[Score], scheme: Scheme) -> tuple[tuple[Graded, ...], list[Problem]]:
    """Rank and grade all scores within their peer groups; returned in the given order.

    Problems: `quota-tie` for a tie at the quota's edge, `idle-ruling` for a ruling where there is no such tie.
    """
    everyone = tuple(scores)
    groups: dict[str, list[Score]] = {}
    for item in everyone:
        groups.setdefault(item.subject.group, []).append(item)
    graded: dict[str, Graded] = {}
    problems: list[Problem] = []
    for name, members in groups.items():
        done, found = _grade_group(name, members, scheme)
        graded |= done
        problems += found
    return tuple(graded[item.subject.id] for item in everyone), problems


def _grade_group(name: str, members: Sequence[Score], scheme: Scheme) -> tuple[dict[str, Graded], list[Problem]]:
    points = {item.subject.id: item.points for item in members if item.points is not None}
    decisions = {item.subject.id: ruling for item in members if (ruling := ruling_of(item, scheme))}
    barred = {key for key, decision in decisions.items() if decision.vetoes}
    yielding = set(decisions) - barred
    limit = quota_size(name, len(points), scheme)
    best = {key: value for key, value in points.items() if band_of(value, scheme) == 0 and key not in barred}
    cut = cut_at_quota(best, limit, yielding)
    ranks = places(points)
    graded = {
        item.subject.id: _graded(item, ranks, decisions.get(item.subject.id), best, cut, limit, scheme)
        for item in members
    }
    return graded, _problems(name, members, cut, limit, scheme)


_HARDEST_FIRST = (Effect.LOWEST, Effect.BARRED, Effect.YIELDS)


def ruling_of(item: Score, scheme: Scheme) -> Decision | None:
    """What decides about a grade besides the points: the hardest of what people typed for the name and of all vetoes.

    Of equal ones what people typed speaks. To yield a place decides only where nothing vetoes.
    """
    name = item.subject.label
    by_rule = [Decision(name, veto.effect, veto.reason, "", veto.origin) for veto in item.vetoes]
    return min(
        (*scheme.decisions_of(name), *by_rule), key=lambda ruling: _HARDEST_FIRST.index(ruling.effect), default=None
    )


def places(points: Mapping[str, Decimal]) -> dict[str, int]:
    """The place of every key among all, 1 for the most points; equal points share the better place."""
    rising = sorted(points.values())
    return {key: 1 + len(rising) - bisect_right(rising, value) for key, value in points.items()}


def quota_size(group: str, assessed: int, scheme: Scheme) -> int | None:
    """How many of a group's assessed units may have the top band: the whole part of the share, None for no limit."""
    quota = scheme.quota_of(group)
    return None if quota is None else int(quota.share * assessed // _HUNDRED)


def band_of(points: Decimal, scheme: Scheme) -> int:
    """The index of the best band whose lower edge the points reach; edges are inclusive."""
    reached = (index for index, band in enumerate(scheme.bands) if points >= band.at_least)
    return next(reached, len(scheme.bands) - 1)


def cut_at_quota(best: Mapping[str, Decimal], limit: int | None, yielding: Iterable[str]) -> Cut:
    """Part the units that earned the top band (id → points) at the quota; equal scores are never parted by us.

    Of equal scores at the edge those in `yielding` stand back; the others take the places where there are enough.
    """
    if limit is None or len(best) <= limit:
        return Cut(frozenset(best))
    if limit == 0:
        return Cut(frozenset())
    edge = sorted(best.values(), reverse=True)[limit - 1]
    above = frozenset(key for key, value in best.items() if value > edge)
    equal = frozenset(key for key, value in best.items() if value == edge)
    places = limit - len(above)
    if len(equal) == places:
        return Cut(above | equal)
    staying = equal - frozenset(yielding)
    if len(staying) <= places:
        return Cut(above | staying, contested=equal)
    return Cut(above, staying, equal)


def _graded(  # noqa: PLR0913, PLR0917 - a grade hangs on the whole group
    item: Score,
    ranks: Mapping[str, int],
    decision: Decision | None,
    best: Mapping[str, Decimal],
    cut: Cut,
    limit: int | None,
    scheme: Scheme,
) -> Graded:
    key = item.subject.id
    if item.points is None:
        return Graded(item, len(ranks), limit, note=f"未评：{item.reason}")
    rank = ranks[key]
    vetoed = decision is not None and decision.vetoes
    if key in cut.open:
        note = f"最高等次名额 {limit} 个，与同分的并列，待研究确定"
        return Graded(item, len(ranks), limit, rank, open=True, note=note)
    index, note = _place(item.points, decision, key in best and key not in cut.taken, scheme)
    return Graded(item, len(ranks), limit, rank, scheme.bands[index].name, vetoed=vetoed, note=note)


def _place(points: Decimal, decision: Decision | None, crowded_out: bool, scheme: Scheme) -> tuple[int, str]:
    earned, last = band_of(points, scheme), len(scheme.bands) - 1
    second = min(1, last)
    if decision is not None and decision.effect is Effect.LOWEST:
        return last, f"一票否决，{decision.effect.value}：{decision.reason}"
    if decision is not None and decision.effect is Effect.BARRED:
        return max(earned, second), f"一票否决，{decision.effect.value}：{decision.reason}"
    if crowded_out and decision is not None:
        return second, f"并列裁定，让出名额：{decision.reason}"
    if crowded_out:
        return second, f"达到{scheme.bands[0].name}分数，超出本组名额"
    return earned, ""


def _problems(group: str, members: Sequence[Score], cut: Cut, limit: int | None, scheme: Scheme) -> list[Problem]:
    contested = {item.subject.label: item.subject.id in cut.contested for item in members}
    tied = [item for item in members if item.subject.id in cut.open]
    found = []
    if tied:
        names = "、".join(item.subject.label for item in tied)
        found.append(problem("quota-tie", group=group or UNGROUPED, limit=limit, names=names, points=tied[0].points))
    return found + [
        problem("idle-ruling", decision.origin, decision.unit, name=decision.unit)
        for decision in scheme.decisions
        if not decision.vetoes and not contested.get(decision.unit, True)
    ]
