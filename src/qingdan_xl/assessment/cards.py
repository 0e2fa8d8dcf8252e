"""考核卡 as values: what one unit or person is shown of its score, short enough for a printed page."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from qingdan_xl.assessment.appeals import COUNTED
from qingdan_xl.assessment.grading import UNGROUPED, Graded
from qingdan_xl.assessment.result import Assessment
from qingdan_xl.assessment.rules import Appeal, Scheme
from qingdan_xl.assessment.totals import grade_word
from qingdan_xl.assessment.trail import Entry, Kind
from qingdan_xl.model import Origin

NOT_SCORED = "暂无"
_ON_TOP = {
    Kind.BASE: "其他",
    Kind.BONUS: "加分",
    Kind.DEDUCTION: "扣分",
    Kind.APPEAL: "复核",
    Kind.CLOSING: "保底与舍入",
}


@dataclass(frozen=True, slots=True)
class CardLine:
    """One line of a block: what it is about, points of full points (None where it has none), and why."""

    name: str
    full: Decimal | None = None
    points: Decimal | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A titled table of a card; `points` is the heading of its points."""

    title: str
    points: str
    lines: tuple[CardLine, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """考核卡 of one subject: what stands at its top (name and text), and its tables, the weightiest first."""

    label: str
    person: bool
    score: Decimal | None
    places: int
    facts: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...]


def cards(assessment: Assessment) -> Iterator[Card]:
    """A card for every unit and person, in the order of the results."""
    for person, results in ((False, assessment.results), (True, assessment.people)):
        for item in results:
            yield _card(item, assessment.scheme, person=person)


def _card(item: Graded, scheme: Scheme, *, person: bool) -> Card:
    score = item.score
    appeals = [appeal for appeal in scheme.appeals if appeal.unit == score.subject.label]
    blocks = (
        Block("得分构成", "得分", tuple(_parts(item, scheme))),
        Block("失分与扣分", "失分", tuple(_losses(score.trail))),
        Block("加分", "加分", tuple(_gains(score.trail))),
        Block(
            "待评",
            "",
            tuple(CardLine(_about(entry), entry.full, None, entry.why) for entry in score.trail if entry.open),
        ),
        Block("否决与裁定", "", tuple(_rulings(item, scheme))),
        Block("复核申诉", "调整", tuple(map(_appeal, appeals))),
    )
    return Card(score.subject.label, person, score.points, scheme.places, tuple(_facts(item, scheme)), blocks)


def _facts(item: Graded, scheme: Scheme) -> Iterator[tuple[str, str]]:
    """The lines at the top of a card."""
    subject, points = item.score.subject, item.score.points
    yield "考核对象", subject.label
    yield "考核组", subject.group or UNGROUPED
    yield "得分", NOT_SCORED if points is None else f"{points:.{scheme.places}f}"
    yield "名次", "" if item.rank is None else f"第 {item.rank} 名（共 {item.group_size}）"
    yield "等次", grade_word(item)
    yield "类别", subject.kind


def _parts(item: Graded, scheme: Scheme) -> Iterator[CardLine]:
    """What the score is made of: item by item, or section by section of the checklist; then what comes on top."""
    score = item.score
    groups: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in score.trail:
        groups[_part(entry, scheme)].append(entry)
    points_of = {(own.section, own.name): own.points for own in scheme.items}
    last = "", _ON_TOP[Kind.CLOSING]
    for part, entries in sorted(groups.items(), key=lambda group: group[0] == last):
        points = sum((entry.points or Decimal(0) for entry in entries), Decimal(0))
        waiting = sum(1 for entry in entries if entry.open)
        if points or waiting or any(entry.full for entry in entries) or part in points_of:
            full = points_of.get(part) or sum((entry.full or Decimal(0) for entry in entries), Decimal(0)) or None
            note = f"有 {waiting} 处待评" if waiting else ""
            unknown = waiting and all(entry.open or entry.span for entry in entries)
            yield CardLine(part[1], full, None if unknown else points, "，".join(filter(None, (part[0], note))))
    if score.trail:
        yield CardLine("合计" if score.points is not None else "已评部分合计", None, score.known, item.note)


def _part(entry: Entry, scheme: Scheme) -> tuple[str, str]:
    """The section and the name of the part that a line belongs to."""
    if entry.standing and not scheme.items:
        return entry.standing.sheet, entry.standing.section or "责任事项"
    if entry.item:
        return entry.section, entry.item
    return (entry.section, "板块限额") if entry.section else ("", _ON_TOP[entry.kind])


def _losses(trail: Sequence[Entry]) -> Iterator[CardLine]:
    """What a line earned less than it could, or took; the heaviest first."""
    lost = [(_lost(entry), entry) for entry in trail if not entry.open and not entry.span]
    for points, entry in sorted(lost, key=lambda pair: -pair[0]):
        if points > 0:
            yield CardLine(_about(entry), entry.full, -points, f"{entry.why}{_where(entry.origin)}")


def _lost(entry: Entry) -> Decimal:
    points = entry.points or Decimal(0)
    return entry.full - points if entry.full is not None else max(Decimal(0), -points)


def _gains(trail: Sequence[Entry]) -> Iterator[CardLine]:
    for entry in trail:
        if entry.kind is Kind.BONUS and not entry.span and entry.points and entry.points > 0:
            yield CardLine(_about(entry), entry.full, entry.points, f"{entry.why}{_where(entry.origin)}")


def _about(entry: Entry) -> str:
    """What a line is about, in few words."""
    if entry.standing:
        return f"{entry.standing.number} {entry.standing.text}"
    return "：".join(dict.fromkeys(filter(None, (entry.item, entry.data or entry.rule))))


def _where(origin: Origin) -> str:
    """The file and cell that a line comes from."""
    place = " ".join(filter(None, (origin.file.rpartition("/")[2], origin.sheet, origin.cell)))
    return f"（{place}）" if place else ""


def _rulings(item: Graded, scheme: Scheme) -> Iterator[CardLine]:
    """What was decided about the grade besides the points."""
    for decision in scheme.decisions:
        if decision.unit == item.score.subject.label:
            yield CardLine(
                decision.effect.value, why=f"{decision.reason}{decision.evidence and f'（{decision.evidence}）'}"
            )
    for veto in item.score.vetoes:
        yield CardLine(veto.effect.value, why=veto.reason)


def _appeal(appeal: Appeal) -> CardLine:
    decided = f"{appeal.decided_by} {appeal.decided_on or ''}".strip()
    state = COUNTED if appeal.counts else "未计入"
    why = "，".join(filter(None, (appeal.reason, decided and f"{decided} 决定", appeal.evidence, state)))
    return CardLine(appeal.item or "总分", None, appeal.points, why)
