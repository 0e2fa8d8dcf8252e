"""基础分: what each duty of a unit is worth and earns."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from qingdan_xl.assessment.apportioning import apportion, exact_sum
from qingdan_xl.assessment.facts import Facts
from qingdan_xl.assessment.items import Item
from qingdan_xl.assessment.reviews import NOT_REVIEWED, is_excluded, review
from qingdan_xl.assessment.rules import Scheme
from qingdan_xl.assessment.trail import STEP, Entry, Kind, plain
from qingdan_xl.assessment.workings import Given, Share
from qingdan_xl.counting.progress import TargetProgress
from qingdan_xl.sheets.choices import NOT_APPLICABLE
from qingdan_xl.sheets.scheme import BLANK_STATUS
from qingdan_xl.summary.standing import Standing

_NOTHING = Fraction(0)
_MOST_WINDOWS = 4  # more unmet periods than this are counted, not listed


@dataclass(frozen=True, slots=True)
class Earned:
    """The share of its points that a duty earns, by which rule and why."""

    rule: str
    share: Fraction
    why: str


def is_pending(standing: Standing) -> bool:
    """Whether the duty cannot be judged yet: it is judged by counts, and none of its periods is over or met."""
    if standing.answer.status == NOT_APPLICABLE:
        return False
    return bool(standing.targets) and not any(target.judged for target in standing.targets)


def full_points(standings: Sequence[Standing], mark: Decimal, scheme: Scheme) -> dict[str, Fraction]:
    """What each duty is worth, by row id: the mark shared out by weight over the duties that are judged.

    They add up to the mark exactly. Empty where nothing has a weight.
    """
    weights = {
        standing.row_id: scheme.weight_of(standing.section) for standing in standings if is_judged(standing, scheme)
    }
    total = Fraction(sum(weights.values(), Decimal(0)))
    if not total:
        return {}
    each = {weight: Fraction(mark) * Fraction(weight) / total for weight in set(weights.values())}
    return {row_id: each[weight] for row_id, weight in weights.items()}


def is_judged(standing: Standing, scheme: Scheme) -> bool:
    """Whether the duty has a part in the mark."""
    return not is_excluded(standing, scheme) and not is_pending(standing)


def can_score(standings: Sequence[Standing], scheme: Scheme) -> bool:
    """Whether any of the duties has a part in the mark, and a weight."""
    return any(is_judged(standing, scheme) and scheme.weight_of(standing.section) for standing in standings)


def duty_lines(item: Item, standings: Sequence[Standing], facts: Facts, scheme: Scheme) -> list[Entry]:
    """One line for each duty of an item, in the given order: the share it earns of what it is worth.

    A unit that returned nothing has one line of no points. An item without a duty that can be scored is open.
    """
    if standings and not any(standing.returned for standing in standings):
        why = "没有收到可用的填报表，按考核办法计 0 分"
        return [Entry(Kind.BASE, "未报送", Given(Decimal(0)), why).within(item.section, item.name)]
    worth = full_points(standings, item.points, scheme)
    if not worth:
        why = "没有可计分的清单事项，等待确定本项得分"
        return [Entry(Kind.BASE, "清单事项", None, why, full=item.points).within(item.section, item.name)]
    shown = apportion(worth, STEP)
    return [
        _duty_line(item, standing, worth[standing.row_id], shown[standing.row_id], facts, scheme)
        if standing.row_id in worth
        else _duty_line(item, standing, _NOTHING, Decimal(0), facts, scheme)
        for standing in standings
    ]


def _duty_line(  # noqa: PLR0913, PLR0917 - exact and shown, and all that is judged by
    item: Item, standing: Standing, full: Fraction, shown: Decimal, facts: Facts, scheme: Scheme
) -> Entry:
    earned = earn(standing, scheme)
    found = review(standing, facts, scheme) if earned.share else NOT_REVIEWED
    why = f"{earned.why}{found.why}"
    share = None if found.factor is None else earned.share * found.factor
    working = None if share is None else Share(full, Decimal(share.numerator), Decimal(share.denominator))
    return Entry(Kind.BASE, earned.rule, working, why, standing.origin, standing, shown, item.section, item.name)


def earn(standing: Standing, scheme: Scheme) -> Earned:
    """Judge one duty: by its countable demands where it has any, else by its status."""
    if is_excluded(standing, scheme):
        return Earned("不适用", Fraction(0), "不适用，不计入评分，满分由其余事项分")
    if not scheme.weight_of(standing.section):
        return Earned("不计分板块", Fraction(0), f"板块“{standing.section}”的权重是 0，不计分")
    if standing.answer.status == NOT_APPLICABLE:
        return Earned("不适用", Fraction(1), "不适用，按评分办法计满分")
    if is_pending(standing):
        return Earned("未到期", Fraction(0), "要求的各期都没有到期，暂不计分，满分由其余事项分")
    return _by_demands(standing.targets) if standing.targets else _by_status(standing, scheme)


def _by_demands(targets: Sequence[TargetProgress]) -> Earned:
    shares = [Fraction(target.met, len(target.judged)) for target in targets if target.judged]
    share = shares[0] if len(shares) == 1 else exact_sum(shares) / len(shares)
    words = "；".join(map(_demand_words, targets))
    mean = f"；{len(shares)} 项要求平均得 {share}" if len(shares) > 1 else ""
    return Earned("量化要求", share, words + mean)


def _demand_words(target: TargetProgress) -> str:
    judged, text = target.judged, target.target.text
    if len(target.windows) == 1:
        only = target.windows[0]
        verdict = ("达标" if only.met else "未达标") if judged else "未到期，不计"
        if only.limit is not None:
            return f"“{text}”不超过 {only.limit} 次，已 {only.done} 次，{verdict}"
        return f"“{text}”应 {only.required} 次，已 {only.counted} 次，{verdict}"
    unmet = [window for window in judged if not window.met]
    shown = [(w.window.label, w.done, w.required if w.limit is None else w.limit) for w in unmet[:_MOST_WINDOWS]]
    named = "、".join(f"{label} {done}/{asked}" for label, done, asked in shown)
    more = f" 等 {len(unmet)} 期" if len(unmet) > _MOST_WINDOWS else ""
    missed = f"（未达标：{named}{more}）" if unmet else ""
    left = len(target.windows) - len(judged)
    pending = f"，另有 {left} 期未到期，不计" if left else ""
    return f"“{text}”{len(judged)} 期中 {target.met} 期达标{missed}{pending}"


def _by_status(standing: Standing, scheme: Scheme) -> Earned:
    status = standing.answer.status
    factor = scheme.factor_of(status) if status else None
    blank = scheme.factor_of(BLANK_STATUS) or Decimal(0)
    if factor is not None:
        return Earned("状态", Fraction(factor), f"状态“{status}”，系数 {plain(factor)}")
    if status:
        why = f"状态“{status}”不在状态系数表中，按未填计，系数 {plain(blank)}"
    elif standing.origin.file:
        why = f"没有填状态，系数 {plain(blank)}"
    else:
        why = f"交回的填报表里没有这一行，按未填计，系数 {plain(blank)}"
    return Earned("状态", Fraction(blank), why)
