"""What became of a unit or person in the assessment, as far as there is one: sealed, computed, or still open."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import partial

from qingdan_xl.assessment.account import Account, taken_apart
from qingdan_xl.assessment.explaining import points_told
from qingdan_xl.assessment.grading import Graded
from qingdan_xl.assessment.result import Assessment
from qingdan_xl.assessment.seals import Seal
from qingdan_xl.assessment.totals import grade_word
from qingdan_xl.assessment.trail import Entry
from qingdan_xl.assessment.verdicts import Verdict, item_name, verdicts
from qingdan_xl.assessment.workings import rounded
from qingdan_xl.model import Origin
from qingdan_xl.reports.figures import Figure, Source

_NOT_ASSESSED = "未评："
_DETAILS = "得分明细以定稿的考核表为准，可向考核单位查询"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that moved the points: what it is about, how many, why, and the cell that says so."""

    about: str
    points: Decimal | None
    why: str
    origin: Origin = field(default_factory=Origin)


@dataclass(frozen=True, slots=True)
class Told:
    """The result of one subject as a report tells it; `state` says whether it is sealed, computed or open.

    `group` is the one it was ranked in, '' where it is in none. `lacks` says why there is no result at all, not even an
    open one; '' where there is one.
    """

    state: str
    score: Figure
    full: Figure
    rank: Figure
    group: str = ""
    group_size: Figure | None = None
    grade: str = ""
    note: str = ""
    parts: tuple[Line, ...] = ()
    losses: tuple[Line, ...] = ()
    gains: tuple[Line, ...] = ()
    waiting: tuple[Line, ...] = ()
    appeals: tuple[Line, ...] = ()
    lacks: str = field(default="", kw_only=True)

    def named(self, prefix: str) -> "Told":
        """The same with this before the names of its figures, as where a report has those of several."""
        if not prefix:
            return self
        score, full, rank = (replace(one, name=f"{prefix}{one.name}") for one in (self.score, self.full, self.rank))
        size = self.group_size and replace(self.group_size, name=f"{prefix}{self.group_size.name}")
        return replace(self, score=score, full=full, rank=rank, group_size=size)


def _nothing_told(why: str, advice: str = "") -> Told:
    score, full, rank = (Figure(name, None, why=why) for name in ("得分", "满分", "名次"))
    return Told(why, score, full, rank, lacks=f"{why}{advice}")


UNASSESSED = _nothing_told("还没有考核结果", "，请先运行 qingdan assess")
PERSON_UNASSESSED = _nothing_told("考核办法没有给个人计分")
SCHEME_UNREAD = _nothing_told("考核办法读不出来，这次没有算出考核结果")
NOT_COMPUTED = _nothing_told("考核用的数据有误，这次没有算出考核结果")


@dataclass(frozen=True, slots=True)
class Results:
    """What is told by id, and what is told of a unit, and of a person, whose id is not there."""

    told: Mapping[str, Told]
    no_unit: Told
    no_person: Told

    def of(self, key: str) -> Told:
        """The result of a unit, or of a person by unit id/name."""
        return self.told.get(key, self.no_person if "/" in key else self.no_unit)


def computed(assessment: Assessment, as_of: date) -> dict[str, Told]:
    """The result of every unit and person of an assessment as of a day, by id."""
    return {graded.score.subject.id: _computed(graded, assessment, as_of) for graded in _everyone(assessment)}


def sealed(seal: Seal, assessments: Iterable[Assessment], full: Mapping[str, Figure]) -> dict[str, Told]:
    """The result of every unit and person of a seal, by id.

    The seal keeps no lines: they come from the first of the assessments by which a subject has the very parts that were
    sealed; where none has, there are none, and the note says so. `full` are the full marks by id, as far as the scheme
    is still the sealed one.
    """
    accounts: dict[str, Account] = {}
    by_id = {verdict.id: verdict for verdict in seal.verdicts}
    for assessment in assessments:
        for graded, verdict in zip(_everyone(assessment), verdicts(assessment), strict=True):
            if verdict.id in by_id and verdict.id not in accounts and _alike(verdict, by_id[verdict.id]):
                accounts[verdict.id] = taken_apart(graded, assessment)
    ranked: dict[tuple[str, bool], list[str]] = {}
    for verdict in seal.verdicts:
        if verdict.rank is not None:
            ranked.setdefault((verdict.group, verdict.person), []).append(verdict.label)
    return {
        key: _sealed(verdict, seal, accounts.get(key), ranked.get((verdict.group, verdict.person), ()), full.get(key))
        for key, verdict in by_id.items()
    }


def differs(seal: Seal, assessment: Assessment) -> bool:
    """Whether the lines of an assessment are others than those of somebody in the seal."""
    now = {verdict.id: verdict for verdict in verdicts(assessment)}
    return any(each.id not in now or not _alike(now[each.id], each) for each in seal.verdicts)


def _everyone(assessment: Assessment) -> tuple[Graded, ...]:
    return (*assessment.results, *assessment.people)


def _alike(one: Verdict, other: Verdict) -> bool:
    """Whether two verdicts are made of the same lines."""
    return one.points == other.points and _sums(one) == _sums(other)


def _sums(verdict: Verdict) -> dict[tuple[str, str], tuple[Decimal, int, int]]:
    return {key: (part.points, part.lines, part.waiting) for key, part in verdict.by_rule.items()}


def _computed(graded: Graded, assessment: Assessment, as_of: date) -> Told:
    account, score = taken_apart(graded, assessment), graded.score
    why = "" if score.points is not None else _plain(score.reason)
    open_grade = "，等次待定" if graded.open else ""
    return Told(
        f"未评：{why}" if score.points is None else f"按截至{told_day(as_of)}的数据计算，尚未定稿{open_grade}",
        Figure("得分", score.points, lambda: _rows(account), why),
        _full(account),
        Figure("名次", graded.rank, lambda: _rows(account), why),
        score.subject.group,
        Figure("组内个数", graded.group_size, partial(_peers, graded, assessment)),
        grade_word(graded),
        _note(graded.note, why),
        *_lines(account),
    )


def _sealed(verdict: Verdict, seal: Seal, account: Account | None, peers: Sequence[str], full: Figure | None) -> Told:
    """As sealed, `peers` being who was ranked in the group; the lines of an account that has the sealed ones."""
    why = "" if verdict.points is not None else _plain(verdict.note) or "定稿时没有得分"
    edition = f"第{seal.version}版定稿，{told_day(seal.sealed_at.date())}，{seal.sealed_by}"
    kept = Origin(seal.file)
    rows = partial(_rows, account) if account else partial(_kept_rows, verdict, kept)
    details = "" if account else _DETAILS
    full = _full(account) if account else full or Figure("满分", None, why=f"定稿的满分见 {seal.file}")
    return Told(
        edition if verdict.points is not None else f"{edition}；未评：{why}",
        Figure("得分", verdict.points, rows, why),
        full,
        Figure("名次", verdict.rank, rows, why),
        verdict.group,
        Figure("组内个数", len(peers), lambda: [Source(kept, label) for label in peers]),
        verdict.grade,
        "；".join(filter(None, (_note(verdict.note, why), details))),
        *(_lines(account) if account else ()),
    )


def _full(account: Account) -> Figure:
    return Figure("满分", account.full, lambda: (Source(Origin(), "考核办法的满分"),))


def _plain(reason: str) -> str:
    return reason.removeprefix(_NOT_ASSESSED)


def _note(note: str, why: str) -> str:
    """The note, unless it is the reason that is told anyway."""
    return "" if _plain(note) == why else note


def _lines(account: Account) -> tuple[tuple[Line, ...], ...]:
    """Parts, losses, gains, open lines and appeals of a score."""
    shares = [
        Line(share.item, _two(share.earned), f"满分 {points_told(share.full)} 分{'，有待评' if share.waiting else ''}")
        for share in account.shares
        if account.graded.score.trail
    ]
    losses = [
        Line(_about(loss.entries, loss.item), _two(loss.points), _why(loss.entries), _place(loss.entries, account))
        for loss in account.losses
    ]
    appeals = [
        Line(appeal.item or "总分", appeal.points, state or appeal.reason or "维持原分")
        for appeal, state in account.appeals
    ]
    return (
        tuple(shares),
        tuple(losses),
        tuple(Line(_about((e,), e.item), _two(e.points), e.why, account.place_of(e)) for e in account.gains),
        tuple(Line(_about((e,), e.item), None, e.why, account.place_of(e)) for e in account.waiting),
        tuple(appeals),
    )


def _about(entries: Sequence[Entry], item: str) -> str:
    standing = entries[0].standing if len(entries) == 1 else None
    if standing:
        return f"{standing.number} {standing.text}".strip()
    return item or (item_name(entries[0]) if entries else "")


def _why(entries: Sequence[Entry]) -> str:
    return "；".join(entry.why for entry in entries) or "没有一项得分"


def _place(entries: Sequence[Entry], account: Account) -> Origin:
    return account.place_of(entries[0]) if entries else Origin()


def _two(points: Decimal | None) -> Decimal | None:
    return None if points is None else rounded(Fraction(points), 2)


def _peers(graded: Graded, assessment: Assessment) -> list[Source]:
    """Who is ranked in the same group; units and persons are ranked apart."""
    own = graded.score.subject
    together = assessment.people if own.is_person else assessment.results
    ranked = (each.score.subject for each in together if each.rank is not None)
    return [Source(Origin(), each.label) for each in ranked if each.group == own.group]


def _rows(account: Account) -> list[Source]:
    return [_row(entry, account) for entry in account.graded.score.trail if not entry.idle]


def _kept_rows(verdict: Verdict, kept: Origin) -> list[Source]:
    return [
        Source(kept, f"{part.item} {points_told(part.points)} 分：{part.why or part.rule}") for part in verdict.parts
    ]


def _row(entry: Entry, account: Account) -> Source:
    points = "待评" if entry.points is None else f"{points_told(entry.points)} 分"
    return Source(account.place_of(entry), f"{_about((entry,), entry.item)[:30]} {points}：{entry.why}".strip())


def told_day(day: date) -> str:
    """A day as people write it: 2026年3月9日."""
    return f"{day.year}年{day.month}月{day.day}日"
