"""基础分: what each duty of a unit is worth and earns."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from qingdan_xl.assessment.apportioning import apportion
from qingdan_xl.assessment.rules import Scheme
from qingdan_xl.assessment.trail import STEP, Entry, Kind, plain
from qingdan_xl.counting.progress import TargetProgress
from qingdan_xl.sheets.choices import NOT_APPLICABLE
from qingdan_xl.sheets.scheme import BLANK_STATUS, NotApplicable
from qingdan_xl.summary.standing import Standing

FULL_STEP = Decimal("0.0001")  # what a duty is worth is said in whole steps of this
_MOST_WINDOWS = 4  # more unmet periods than this are counted, not listed


@dataclass(frozen=True, slots=True)
class Earned:
    """The share of its points that a duty earns, by which rule and why."""

    rule: str
    share: Fraction
    why: str


def is_excluded(standing: Standing, scheme: Scheme) -> bool:
    """Whether the duty has no part in the full mark: not applicable, where the scheme leaves such duties out."""
    return standing.answer.status == NOT_APPLICABLE and scheme.not_applicable is NotApplicable.EXCLUDED


def full_points(standings: Sequence[Standing], scheme: Scheme) -> dict[str, Decimal]:
    """What each duty is worth, by row id: the full mark shared out by weight over the duties that are not excluded.

    In steps of 0.0001 that add up to the full mark exactly. Empty where nothing has a weight.
    """
    weights = {
        standing.row_id: Fraction(scheme.weight_of(standing.section))
        for standing in standings
        if not is_excluded(standing, scheme)
    }
    total = sum(weights.values())
    if not total:
        return {}
    mark = Fraction(scheme.full_mark)
    return apportion({row_id: mark * weight / total for row_id, weight in weights.items()}, FULL_STEP)


def duty_entries(standings: Sequence[Standing], scheme: Scheme) -> list[Entry]:
    """One line for each duty, in the given order.

    The earned points are exact fractions of what the duties are worth, written in steps of 0.000001 so that they add
    up to their exact sum: no duty is rounded apart from the others.
    """
    worth = full_points(standings, scheme)
    earned = {standing.row_id: earn(standing, scheme) for standing in standings}
    points = apportion(
        {row_id: Fraction(full) * earned[row_id].share for row_id, full in worth.items()},
        STEP,
    )
    return [
        Entry(
            Kind.BASE,
            earned[standing.row_id].rule,
            points.get(standing.row_id, Decimal(0)),
            earned[standing.row_id].why,
            standing.origin,
            standing,
            worth.get(standing.row_id, Decimal(0)),
        )
        for standing in standings
    ]


def earn(standing: Standing, scheme: Scheme) -> Earned:
    """Judge one duty: by its countable demands where it has any, else by its status."""
    if is_excluded(standing, scheme):
        return Earned("不适用", Fraction(0), "不适用，不计入评分，满分由其余事项分")
    if not scheme.weight_of(standing.section):
        return Earned("不计分板块", Fraction(0), f"板块“{standing.section}”的权重是 0，不计分")
    if standing.answer.status == NOT_APPLICABLE:
        return Earned("不适用", Fraction(1), "不适用，按评分办法计满分")
    return _by_demands(standing.targets) if standing.targets else _by_status(standing, scheme)


def _by_demands(targets: Sequence[TargetProgress]) -> Earned:
    shares = [Fraction(target.met, len(target.windows)) for target in targets]
    share = sum(shares, Fraction(0)) / len(shares)
    words = "；".join(map(_demand_words, targets))
    mean = f"；{len(shares)} 项要求平均得 {share}" if len(shares) > 1 else ""
    return Earned("量化要求", share, words + mean)


def _demand_words(target: TargetProgress) -> str:
    if len(target.windows) == 1:
        only = target.windows[0]
        return f"“{target.target.text}”应 {only.required} 次，已 {only.counted} 次，{'达标' if only.met else '未达标'}"
    unmet = [window for window in target.windows if not window.met]
    named = "、".join(f"{window.window.label} {window.done}/{window.required}" for window in unmet[:_MOST_WINDOWS])
    more = f" 等 {len(unmet)} 期" if len(unmet) > _MOST_WINDOWS else ""
    missed = f"（未达标：{named}{more}）" if unmet else ""
    return f"“{target.target.text}”{len(target.windows)} 期中 {target.met} 期达标{missed}"


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
