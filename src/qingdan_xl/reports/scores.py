"""What became of a unit or person in the assessment, as far as there is one: sealed, computed, or still open."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from qingdan_xl.assessment.account import Account, taken_apart
from qingdan_xl.assessment.explaining import points_told
from qingdan_xl.assessment.grading import UNGROUPED, Graded
from qingdan_xl.assessment.result import Assessment
from qingdan_xl.assessment.seals import Seal
from qingdan_xl.assessment.totals import grade_word
from qingdan_xl.assessment.trail import Entry
from qingdan_xl.assessment.verdicts import EXTRAS, Verdict, item_name
from qingdan_xl.assessment.workings import rounded
from qingdan_xl.model import Origin
from qingdan_xl.reports.figures import Figure, Source

NO_ASSESSMENT, NO_PERSON = "还没有考核结果", "考核办法没有给个人计分"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that moved the points: what it is about, how many, why, and the cell that says so."""

    about: str
    points: Decimal | None
    why: str
    origin: Origin = field(default_factory=Origin)


@dataclass(frozen=True, slots=True)
class Told:
    """The result of one subject as a report tells it; `state` says whether it is sealed, computed or open."""

    state: str
    score: Figure
    full: Decimal | None = None
    rank: Figure | None = None
    group: str = ""
    group_size: int | None = None
    grade: str = ""
    note: str = ""
    parts: tuple[Line, ...] = ()
    losses: tuple[Line, ...] = ()
    gains: tuple[Line, ...] = ()
    waiting: tuple[Line, ...] = ()
    appeals: tuple[Line, ...] = ()


def nothing_told(why: str) -> Told:
    """The result of somebody who has none."""
    return Told(why, Figure("得分", None, why=why))


UNASSESSED, PERSON_UNASSESSED = nothing_told(NO_ASSESSMENT), nothing_told(NO_PERSON)


@dataclass(frozen=True)
class Scores:
    """An assessment as of a day, beside the seal that counts, None where none was sealed."""

    assessment: Assessment
    as_of: date
    seal: Seal | None = None

    def told(self) -> Mapping[str, "Told"]:
        """The result of every unit and person by id."""
        sealed = {verdict.id: verdict for verdict in self.seal.verdicts} if self.seal else {}
        everyone = (*self.assessment.results, *self.assessment.people)
        found = {}
        for graded in everyone:
            key = graded.score.subject.id
            if self.seal and (verdict := sealed.get(key)):
                found[key] = self._sealed(verdict, graded, self.seal)
            else:
                found[key] = self._computed(graded)
        return found

    def _computed(self, graded: Graded) -> Told:
        account, score = taken_apart(graded, self.assessment), graded.score
        open_grade = "，等次待定" if graded.open else ""
        state = (
            f"按截至{_day(self.as_of)}的数据计算，尚未定稿{open_grade}"
            if score.points is not None
            else f"未评：{score.reason}"
        )
        name = score.subject.label
        rows = [_row(entry) for entry in score.trail if not entry.idle]
        return Told(
            state,
            Figure(f"{name}得分", score.points, lambda: rows, "" if score.points is not None else score.reason),
            account.full,
            Figure(f"{name}名次", graded.rank, lambda: rows, "" if graded.rank is not None else score.reason),
            score.subject.group or UNGROUPED,
            graded.group_size,
            grade_word(graded),
            graded.note,
            *_lines(account),
        )

    def _sealed(self, verdict: Verdict, graded: Graded, seal: Seal) -> Told:
        """As sealed; the lines are those of now where they come to the same, else what the seal kept of them."""
        now = self._computed(graded)
        same = (graded.score.points, graded.rank) == (verdict.points, verdict.rank)
        kept = [Line(part.item, part.points, part.why or part.rule, Origin(seal.file)) for part in verdict.parts]
        rows = now.score.rows if same else lambda: [Source(line.origin, f"{line.about}：{line.why}") for line in kept]
        why = "" if verdict.points is not None else verdict.note or "定稿时没有得分"
        edition = f"第{seal.version}版定稿（{_day(seal.sealed_at.date())}，{seal.sealed_by}）"
        return Told(
            edition if verdict.points is not None else f"{edition}，未评：{why}",
            Figure(f"{verdict.label}得分", verdict.points, rows, why),
            now.full,
            Figure(f"{verdict.label}名次", verdict.rank, rows, why),
            verdict.group or UNGROUPED,
            now.group_size,
            verdict.grade,
            verdict.note,
            now.parts if same else (),
            now.losses if same else tuple(_lost(kept)),
            now.gains if same else tuple(line for line in kept if line.about == EXTRAS and (line.points or 0) > 0),
            now.waiting if same else (),
            now.appeals if same else (),
        )


def _lines(account: Account) -> tuple[tuple[Line, ...], ...]:
    """Parts, losses, gains, open lines and appeals of a score."""
    shares = [
        Line(share.item, _two(share.earned), f"满分 {points_told(share.full)} 分{'，有待评' if share.waiting else ''}")
        for share in account.shares
        if account.graded.score.trail
    ]
    losses = [
        Line(_about(loss.entries, loss.item), _two(loss.points), _why(loss.entries), _place(loss.entries))
        for loss in account.losses
    ]
    appeals = [
        Line(appeal.item or "总分", appeal.points, state or appeal.reason or "维持原分")
        for appeal, state in account.appeals
    ]
    return (
        tuple(shares),
        tuple(losses),
        tuple(Line(_about((e,), e.item), _two(e.points), e.why, e.origin) for e in account.gains),
        tuple(Line(_about((e,), e.item), None, e.why, e.origin) for e in account.waiting),
        tuple(appeals),
    )


def _about(entries: Sequence[Entry], item: str) -> str:
    standing = entries[0].standing if len(entries) == 1 else None
    if standing:
        return f"{standing.number} {standing.text}".strip()
    return item or (item_name(entries[0]) if entries else "")


def _why(entries: Sequence[Entry]) -> str:
    return "；".join(entry.why for entry in entries) or "没有一项得分"


def _place(entries: Sequence[Entry]) -> Origin:
    return entries[0].origin if entries else Origin()


def _two(points: Decimal | None) -> Decimal | None:
    return None if points is None else rounded(Fraction(points), 2)


def _lost(kept: Iterable[Line]) -> Iterable[Line]:
    for line in kept:
        if line.points is not None and line.points < 0:
            yield Line(line.about, -line.points, line.why, line.origin)


def _row(entry: Entry) -> Source:
    points = "待评" if entry.points is None else f"{points_told(entry.points)} 分"
    return Source(entry.origin, f"{_about((entry,), entry.item)[:30]} {points}：{entry.why}".strip())


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
