"""考核卡 as values: what one unit or person is shown of its score, short enough for a printed page."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from qingdan_xl.assessment.account import Account, Loss, taken_apart
from qingdan_xl.assessment.appeals import COUNTED
from qingdan_xl.assessment.grading import UNGROUPED
from qingdan_xl.assessment.result import Assessment
from qingdan_xl.assessment.rules import Appeal
from qingdan_xl.assessment.totals import grade_word
from qingdan_xl.assessment.trail import Entry, Kind, plain
from qingdan_xl.assessment.trail_sheet import Place, places
from qingdan_xl.assessment.verdicts import item_name
from qingdan_xl.model import Origin

NOT_SCORED = "暂无"
_MOST_PARTS = 12  # sections of checklists: of more each list is one part
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
    """A titled table of a card; `points` is the heading of its points, `total` a line that is never left out."""

    title: str
    points: str
    lines: tuple[CardLine, ...]
    total: CardLine | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """考核卡 of one subject: what stands at its top (name and text), and its tables, what cost points first.

    `notes` need a line of their own. `place` is where the lines stand in 考核.xlsx, None where there are none.
    """

    label: str
    person: bool
    score: Decimal | None
    places: int
    facts: tuple[tuple[str, str], ...]
    notes: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...]
    place: Place | None


def cards(assessment: Assessment) -> Iterator[Card]:
    """A card for every unit and person, in the order of the results."""
    everyone = (*assessment.results, *assessment.people)
    for graded, place in zip(everyone, places([item.score for item in everyone]), strict=True):
        yield _card(taken_apart(graded, assessment), place)


def _card(account: Account, place: Place | None) -> Card:
    score, scheme = account.graded.score, account.scheme
    file = _file(account)
    appeals = tuple(map(_appeal, (appeal for appeal, _ in account.appeals)))
    blocks = (
        Block("失分与扣分", "失分", tuple(_loss(loss, account, file) for loss in account.losses)),
        Block("加分", "加分", tuple(_line(entry, file) for entry in account.gains)),
        Block("封顶和限额", "调整", tuple(_line(entry, file) for entry in account.limits)),
        Block("待评", "", tuple(CardLine(_about(entry), entry.full, None, entry.why) for entry in account.waiting)),
        Block("否决与裁定", "", tuple(_rulings(account))),
        Block("复核申诉", "调整", appeals),
        Block("得分构成", "得分", tuple(_parts(account)), _total(account)),
    )
    facts, notes = tuple(_facts(account)), tuple(_notes(account, file))
    return Card(score.subject.label, account.person, score.points, scheme.places, facts, notes, blocks, place)


def _file(account: Account) -> str:
    """The file that most of a score comes from: the subject's own."""
    return next((_name(entry.origin) for entry in account.graded.score.trail if entry.standing), "")


def _facts(account: Account) -> Iterator[tuple[str, str]]:
    """The lines at the top of a card."""
    item = account.graded
    subject, points = item.score.subject, item.score.points
    yield "考核对象", subject.label
    yield "考核组", subject.group or UNGROUPED
    yield "得分", NOT_SCORED if points is None else f"{points:.{account.scheme.places}f}"
    yield "名次", "" if item.rank is None else f"第 {item.rank} 名（共 {item.group_size}）"
    yield "等次", grade_word(item)
    yield "类别", subject.kind


def _notes(account: Account, file: str) -> Iterator[tuple[str, str]]:
    """What needs a line of its own at the top of a card."""
    if account.graded.note:
        yield "说明", account.graded.note
    if file:
        yield "填报文件", file


def _loss(loss: Loss, account: Account, file: str) -> CardLine:
    """What a line earned less than it could, or took; an item that starts from zero is one loss."""
    if not loss.whole:
        (entry,) = loss.entries
        return CardLine(_about(entry), entry.full, -loss.points, f"{entry.why}{_where(account.place_of(entry), file)}")
    full = next(share.full for share in account.shares if share.item == loss.item)
    earned = (f"{entry.rule}得 {plain(entry.points or Decimal(0))} 分：{entry.why}" for entry in loss.entries)
    return CardLine(loss.item, full, -loss.points, "；".join(earned) or "没有一项得分")


def _line(entry: Entry, file: str) -> CardLine:
    return CardLine(_about(entry), entry.full, entry.points, f"{entry.why}{_where(entry.origin, file)}")


def _parts(account: Account) -> Iterator[CardLine]:
    """What the score is made of: item by item, or by sections or lists; then what comes on top."""
    full_of = {(share.section, share.item): share.full for share in account.shares}
    for part, entries in _grouped(account):
        points = sum((entry.points or Decimal(0) for entry in entries), Decimal(0))
        waiting = sum(1 for entry in entries if entry.open)
        if points or waiting or any(entry.full for entry in entries) or part in full_of:
            full = full_of.get(part) or sum((entry.full or Decimal(0) for entry in entries), Decimal(0)) or None
            note = f"有 {waiting} 处待评" if waiting else ""
            unknown = waiting and all(entry.open or entry.span for entry in entries)
            section = "" if account.person else part[0]  # the one section of all persons says nothing
            yield CardLine(part[1], full, None if unknown else points, "，".join(filter(None, (section, note))))


_Part = tuple[str, str]
_LAST = "", _ON_TOP[Kind.CLOSING]


def _grouped(account: Account) -> list[tuple[_Part, list[Entry]]]:
    """The lines of each part; those of checklists list by list where they have many sections."""
    trail = account.graded.score.trail
    by_section = not account.scheme.items and not account.person
    parts = _by(trail, _section_of if by_section else _item_of)
    if by_section and len(parts) > _MOST_PARTS:
        parts = _by(trail, _list_of)
    return sorted(parts.items(), key=lambda group: group[0] == _LAST)


def _by(trail: tuple[Entry, ...], part_of: Callable[[Entry], _Part]) -> Mapping[_Part, list[Entry]]:
    found: dict[_Part, list[Entry]] = defaultdict(list)
    for entry in trail:
        found[part_of(entry)].append(entry)
    return found


def _section_of(entry: Entry) -> _Part:
    return (entry.standing.sheet, entry.standing.section or "责任事项") if entry.standing else _item_of(entry)


def _list_of(entry: Entry) -> _Part:
    return ("", entry.standing.sheet) if entry.standing else _item_of(entry)


def _item_of(entry: Entry) -> _Part:
    if entry.item:
        return entry.section, entry.item
    return (entry.section, "板块限额") if entry.section else ("", _ON_TOP[entry.kind])


def _total(account: Account) -> CardLine | None:
    score = account.graded.score
    if not score.trail:
        return None
    return CardLine("合计" if score.points is not None else "已评部分合计", account.full, score.known)


def _about(entry: Entry) -> str:
    """What a line is about, in few words."""
    if entry.standing:
        return f"{entry.standing.number} {entry.standing.text}"
    what = entry.rule if entry.span else entry.data or entry.rule
    place = item_name(entry) if entry.item or entry.section else ""
    return "：".join(dict.fromkeys(filter(None, (place, what))))


def _where(origin: Origin, own: str) -> str:
    """The file and cell that a line comes from; the subject's own file stands at the top of the card."""
    file = _name(origin)
    place = " ".join(filter(None, (file if file != own else "", origin.sheet, origin.cell)))
    return f"（{place}）" if place else ""


def _name(origin: Origin) -> str:
    return origin.file.rpartition("/")[2]


def _rulings(account: Account) -> Iterator[CardLine]:
    """What was decided about the grade besides the points."""
    score = account.graded.score
    for decision in account.scheme.decisions:
        if decision.unit == score.subject.label:
            yield CardLine(
                decision.effect.value, why=f"{decision.reason}{decision.evidence and f'（{decision.evidence}）'}"
            )
    for veto in score.vetoes:
        yield CardLine(veto.effect.value, why=veto.reason)


def _appeal(appeal: Appeal) -> CardLine:
    decided = f"{appeal.decided_by} {appeal.decided_on or ''}".strip()
    state = COUNTED if appeal.counts else "未计入"
    why = "，".join(filter(None, (appeal.reason, decided and f"{decided} 决定", appeal.evidence, state)))
    return CardLine(appeal.item or "总分", None, appeal.points, why)
