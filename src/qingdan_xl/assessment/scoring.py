"""The one scoring function."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from qingdan_xl.assessment.duties import can_score, duty_lines
from qingdan_xl.assessment.facts import Facts, Subject
from qingdan_xl.assessment.items import Item, ItemRule, ScoreSection
from qingdan_xl.assessment.kinds import is_closing, rule_lines, takes
from qingdan_xl.assessment.ratings import rater_lines
from qingdan_xl.assessment.returns import return_lines
from qingdan_xl.assessment.rules import Adjustment, Appeal, Decision, Scheme
from qingdan_xl.assessment.trail import Entry, Kind, Ledger, Score, Veto, plain
from qingdan_xl.assessment.workings import DeductionsLimited, Given, Limited, Rounded
from qingdan_xl.sheets.scheme import Missing
from qingdan_xl.sheets.scheme_items import ItemRuleKind, Nature, Source, Start
from qingdan_xl.store import Receipt
from qingdan_xl.summary.standing import Standing

ROUNDING = "四舍五入"
NOT_ISSUED = "没有下发责任事项"
NOT_RETURNED = "没有收到可用的填报表"
NOTHING_TO_SCORE = "没有可计分的事项（全部不适用或权重为 0）"


def score(
    subject: Subject, standings: Sequence[Standing], receipts: Sequence[Receipt], facts: Facts, scheme: Scheme
) -> Score:
    """Score one subject by its duties, its receipts and what else is known of it.

    The points are rounded once, half up, by a line of its own, and are not below 0. A subject of which nothing can be
    judged, or of which a line waits for a person, has None with the reason.
    """
    if reason := why_not_assessed(subject, standings, scheme):
        return Score(subject, None, reason=reason)
    ledger = Ledger()
    for section in scheme.sections_of(subject.kind):
        _add_section(ledger, section, subject, standings, facts, scheme)
    return closed(ledger, subject, receipts, facts, scheme)


def closed(ledger: Ledger, subject: Subject, receipts: Sequence[Receipt], facts: Facts, scheme: Scheme) -> Score:
    """The score that the lines of a ledger come to, after what comes on top of them and the one rounding."""
    _add_extras(ledger, subject, receipts, scheme)
    ledger.close(0, Entry(Kind.CLOSING, "保底", Limited(floor=Decimal(0)), "扣完为止，得分不低于 0 分"))
    ledger.close(0, Entry(Kind.CLOSING, ROUNDING, Rounded(scheme.places), f"保留 {scheme.places} 位小数，只舍入一次"))
    return _score(subject, ledger, facts, scheme)


def why_not_assessed(subject: Subject, standings: Sequence[Standing], scheme: Scheme) -> str:
    """Why there is no score, '' where there is one: what the scheme scores by duties needs duties and a return."""
    by_duties = [item for item in scheme.items_of(subject.kind) if item.source is Source.DUTIES]
    if not by_duties:
        return ""
    if not standings:
        return NOT_ISSUED
    if not any(standing.returned for standing in standings):
        return NOT_RETURNED if scheme.missing is Missing.NOT_ASSESSED else ""
    scorable = (can_score(scheme.duties_of(item, standings), scheme) for item in by_duties)
    return "" if any(scorable) else NOTHING_TO_SCORE


def _add_section(  # noqa: PLR0913, PLR0917 - the one place that brings everything together
    ledger: Ledger,
    section: ScoreSection,
    subject: Subject,
    standings: Sequence[Standing],
    facts: Facts,
    scheme: Scheme,
) -> None:
    start = len(ledger)
    for item in scheme.items_in(section, subject.kind):
        first = len(ledger)
        ledger.add(_source_lines(item, standings, facts, scheme))
        _add_rules(ledger, first, item, facts, scheme)
    if section.cap is not None or section.floor is not None:
        why = f"板块“{section.name}”{_limits(section.floor, section.cap)}"
        closing = Entry(Kind.BASE, "板块限额", Limited(section.floor, section.cap), why, section.origin)
        ledger.close(start, closing.within(section.name))
    if section.nature is Nature.EXTRA:
        ledger.mark(start, Kind.BONUS)


def _source_lines(item: Item, standings: Sequence[Standing], facts: Facts, scheme: Scheme) -> list[Entry]:
    """What the item starts from, before its rules."""
    if item.source is Source.DUTIES:
        return duty_lines(item, scheme.duties_of(item, standings), facts, scheme)
    if item.source is Source.RATERS:
        return rater_lines(item, facts, scheme)
    if item.start is Start.FULL:
        why = f"起评 {plain(item.points)} 分"
        start = Entry(Kind.BASE, "起评分", Given(item.points), why, item.origin, full=item.points, words=item.text)
        return [start.within(item.section, item.name)]
    return []


def _add_rules(ledger: Ledger, first: int, item: Item, facts: Facts, scheme: Scheme) -> None:
    """The item's rules, those that work on the others behind them, and its limits.

    All deductions stand together behind what earns points: what multiplies and limits them closes over them alone, each
    over what the one before has left. The most that they come to does not save an item that gets nothing.
    """
    rules = scheme.rules_of(item)
    own = [(rule, rule_lines(rule, item, facts, scheme)) for rule in rules if not is_closing(rule)]
    for rule, lines in own:
        _add_lines(ledger, rule, item, [line for line in lines if not takes(rule, line)])
    taken = len(ledger)
    for rule, lines in own:
        _add_lines(ledger, rule, item, [line for line in lines if takes(rule, line)])
    _close_by(ledger, taken, (rule for rule in rules if rule.kind is ItemRuleKind.MULTIPLY), item, facts, scheme)
    if item.deduct_cap is not None and len(ledger) > taken:
        why = f"本项累计最多扣 {plain(item.deduct_cap)} 分"
        closing = Entry(Kind.BASE, "扣分封顶", DeductionsLimited(item.deduct_cap), why, item.origin)
        ledger.close(taken, closing.within(item.section, item.name))
    _close_by(ledger, first, (rule for rule in rules if rule.kind is ItemRuleKind.ZERO_OUT), item, facts, scheme)
    if rules:
        why = f"本项{_limits(item.floor, item.points)}"
        closing = Entry(Kind.BASE, "本项限额", Limited(item.floor, item.points), why, item.origin)
        ledger.close(first, closing.within(item.section, item.name))


def _close_by(  # noqa: PLR0913, PLR0917 - as `_add_section`
    ledger: Ledger, first: int, rules: Iterable[ItemRule], item: Item, facts: Facts, scheme: Scheme
) -> None:
    """The lines of rules that work on all lines above them of the item; one that waits stands for itself."""
    for rule in rules:
        for line in rule_lines(rule, item, facts, scheme):
            if line.open:
                ledger.add((line,))
            else:
                ledger.close(first, line)


def _add_lines(ledger: Ledger, rule: ItemRule, item: Item, lines: Sequence[Entry]) -> None:
    """Lines of a rule that all take or all earn, and its cap where it can be several."""
    first = len(ledger)
    ledger.add(lines)
    if lines and rule.cap is not None and rule.kind in _CAPPED_TOGETHER:
        verb = "扣" if takes(rule, lines[0]) else "加"
        why = f"“{rule.data}”合计最多{verb} {plain(rule.cap)} 分"
        closing = Entry(Kind.BASE, "规则封顶", Limited(-rule.cap, rule.cap), why, rule.origin)
        ledger.close(first, closing.within(item.section, item.name))


_CAPPED_TOGETHER = frozenset({ItemRuleKind.LEVELS, ItemRuleKind.JUDGED_DEDUCTION, ItemRuleKind.JUDGED_AWARD})


def _limits(floor: Decimal | None, cap: Decimal | None) -> str:
    parts = [f"最多得 {plain(cap)} 分"] if cap is not None else []
    if floor is not None:
        parts.append("扣完为止" if floor == 0 else f"最少得 {plain(floor)} 分")
    return "，".join(parts)


def _add_extras(ledger: Ledger, subject: Subject, receipts: Sequence[Receipt], scheme: Scheme) -> None:
    """What comes on top of the items: typed bonuses with their cap, deductions, late returns, what was decided."""
    own = scheme.adjustments_of(subject.label)
    first = len(ledger)
    ledger.add(adjustment_lines((item for item in own if item.points > 0), Kind.BONUS, "加分"))
    if scheme.bonus_cap is not None and len(ledger) > first:
        why = f"加分合计最多 {plain(scheme.bonus_cap)} 分"
        ledger.close(first, Entry(Kind.BONUS, "加分封顶", Limited(cap=scheme.bonus_cap), why))
    ledger.add(adjustment_lines((item for item in own if item.points <= 0), Kind.DEDUCTION, "扣分"))
    for rule in scheme.returns:
        first = len(ledger)
        ledger.add(return_lines(receipts, rule))
        if rule.cap is not None and len(ledger) > first:
            why = f"{rule.case.value}累计最多扣 {plain(rule.cap)} 分"
            ledger.close(first, Entry(Kind.DEDUCTION, "扣分封顶", DeductionsLimited(rule.cap), why, rule.origin))
    ledger.add(map(_decision_line, scheme.decisions_of(subject.label)))
    ledger.add(appeal_lines(item for item in scheme.appeals if item.unit == subject.label))


def adjustment_lines(adjustments: Iterable[Adjustment], kind: Kind, rule: str) -> list[Entry]:
    """The lines for what the office typed for one subject."""
    return [
        Entry(
            kind,
            rule,
            Given(item.points),
            f"{item.reason}（依据：{item.evidence}）" if item.evidence else item.reason,
            item.origin,
        )
        for item in adjustments
    ]


def appeal_lines(appeals: Iterable[Appeal]) -> list[Entry]:
    """The lines for what was decided on the appeals of one subject; one that is not complete is not counted."""
    return [
        Entry(Kind.APPEAL, "复核申诉", Given(item.points), _appeal_words(item), item.origin)
        for item in appeals
        if item.counts and item.points is not None
    ]


def _appeal_words(appeal: Appeal) -> str:
    about = f"针对“{appeal.item}”：" if appeal.item else ""
    evidence = f"，依据：{appeal.evidence}" if appeal.evidence else ""
    return f"{about}{appeal.reason}（{appeal.decided_by} {appeal.decided_on} 决定{evidence}）"


def _decision_line(decision: Decision) -> Entry:
    rule = "一票否决" if decision.vetoes else "并列裁定"
    return Entry(Kind.CLOSING, rule, Given(Decimal(0)), f"{decision.effect.value}：{decision.reason}", decision.origin)


def _score(subject: Subject, ledger: Ledger, facts: Facts, scheme: Scheme) -> Score:
    trail = ledger.settled()
    waiting = [entry for entry in trail if entry.open]
    total = sum((entry.points or Decimal(0) for entry in trail), Decimal(0))
    points = total.quantize(Decimal(1).scaleb(-scheme.places))
    vetoes = tuple(_vetoes(subject, facts, scheme))
    if waiting:
        reason = f"有 {len(waiting)} 处待人评定"
        return Score(subject, None, trail, reason, vetoes, points)
    return Score(subject, points, trail, "", vetoes, points)


def _vetoes(subject: Subject, facts: Facts, scheme: Scheme) -> Iterable[Veto]:
    for item in scheme.items_of(subject.kind):
        for rule in scheme.rules_of(item):
            if rule.effect is not None and (facts.total(rule.data) or Decimal(0)) > rule.free:
                reason = "；".join(amount.words for amount in facts.known(rule.data) if amount.words)
                yield Veto(rule.effect, f"{rule.data}{'：' if reason else ''}{reason}", rule.origin)
