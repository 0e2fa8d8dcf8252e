"""The one scoring function."""

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal

from qingdan_xl.assessment.duties import duty_entries, full_points
from qingdan_xl.assessment.returns import return_entries
from qingdan_xl.assessment.rules import Adjustment, Decision, Scheme
from qingdan_xl.assessment.trail import Entry, Kind, Score, plain
from qingdan_xl.model import Unit
from qingdan_xl.sheets.scheme import Missing
from qingdan_xl.store import Receipt
from qingdan_xl.summary.standing import Standing

NOT_ISSUED = "没有下发责任事项"
NOT_RETURNED = "没有收到可用的填报表"
NOTHING_TO_SCORE = "没有可计分的事项（全部不适用或权重为 0）"


def score(unit: Unit, standings: Sequence[Standing], receipts: Sequence[Receipt], scheme: Scheme) -> Score:
    """Score one unit from its standings and receipts.

    The points lie between 0 and the full mark plus the bonus cap and are rounded once, half up, by a line of its own.
    A unit of which nothing can be judged has None with the reason.
    """
    returned = any(standing.returned for standing in standings)
    reason = why_not_assessed(standings, scheme)
    if reason:
        return Score(unit, None, reason=reason)
    entries = duty_entries(standings, scheme) if returned else [_not_returned()]
    entries += return_entries(receipts, scheme.returns)
    entries += adjustment_entries([item for item in scheme.adjustments if item.unit == unit.name], scheme)
    entries += [_decision_entry(item) for item in scheme.decisions if item.unit == unit.name]
    total = sum((entry.points for entry in entries), Decimal(0))
    rounded = max(total, Decimal(0)).quantize(Decimal(1).scaleb(-scheme.places), ROUND_HALF_UP)
    return Score(unit, rounded, (*entries, *closing_entries(total, rounded)))


def why_not_assessed(standings: Sequence[Standing], scheme: Scheme) -> str:
    """Why the unit gets no score, '' where it gets one."""
    if not standings:
        return NOT_ISSUED
    if not any(standing.returned for standing in standings):
        return NOT_RETURNED if scheme.missing is Missing.NOT_ASSESSED else ""
    return "" if full_points(standings, scheme) else NOTHING_TO_SCORE


def _not_returned() -> Entry:
    return Entry(Kind.BASE, "未报送", Decimal(0), f"{NOT_RETURNED}，按评分办法基础分计 0 分")


def adjustment_entries(adjustments: Iterable[Adjustment], scheme: Scheme) -> list[Entry]:
    """The lines for what the office typed for one unit, and what the bonus cap takes back."""
    entries = [
        Entry(
            Kind.BONUS if item.points > 0 else Kind.DEDUCTION,
            "加分" if item.points > 0 else "扣分",
            item.points,
            f"{item.reason}（依据：{item.evidence}）" if item.evidence else item.reason,
            item.origin,
        )
        for item in adjustments
    ]
    bonus = sum((entry.points for entry in entries if entry.kind is Kind.BONUS), Decimal(0))
    if scheme.bonus_cap is not None and bonus > scheme.bonus_cap:
        why = f"加分合计 {plain(bonus)} 分，超过上限 {plain(scheme.bonus_cap)} 分的部分不计"
        entries.append(Entry(Kind.BONUS, "加分封顶", scheme.bonus_cap - bonus, why))
    return entries


def _decision_entry(decision: Decision) -> Entry:
    rule = "一票否决" if decision.vetoes else "并列裁定"
    return Entry(Kind.CLOSING, rule, Decimal(0), f"{decision.effect.value}：{decision.reason}", decision.origin)


def closing_entries(total: Decimal, rounded: Decimal) -> list[Entry]:
    """The lines that lead from the other lines' total to the score: a lift to 0 and the rounding, where needed."""
    entries = []
    if total < 0:
        entries.append(Entry(Kind.CLOSING, "保底", -total, "扣完为止，得分不低于 0 分"))
    kept = max(total, Decimal(0))
    if rounded != kept:
        entries.append(Entry(Kind.CLOSING, "四舍五入", rounded - kept, f"{plain(kept)} 舍入为 {rounded}"))
    return entries
