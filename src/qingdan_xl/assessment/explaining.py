"""One subject's score in plain Chinese, short enough to be read out on the telephone."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from qingdan_xl.assessment.account import Account, Loss, Share
from qingdan_xl.assessment.comparing import signed
from qingdan_xl.assessment.grading import UNGROUPED
from qingdan_xl.assessment.trail import Entry, Kind, plain
from qingdan_xl.assessment.verdicts import item_name
from qingdan_xl.assessment.workings import Rounded, rounded
from qingdan_xl.model import Origin
from qingdan_xl.sheets.scheme_items import Source

_MOST_LOSSES = 8  # more than can be read out are summed up
_OPENING = 30  # signs of a duty that stand for all of it
_PLACES = 2
_DATA_FILE = "考核数据.xlsx"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A heading and its sentences."""

    heading: str
    sentences: tuple[str, ...]


def told(account: Account) -> tuple[Paragraph, ...]:
    """The score in paragraphs, those with nothing to say left out."""
    parts = (
        ("结果", _headline(account)),
        ("满分怎么来的", _made_of(account)),
        ("失分（从多到少）", _losses(account)),
        ("加分", map(_gain, account.gains)),
        ("封顶和限额", map(_limit, account.limits)),
        ("合计", _sums(account)),
        ("待评", (_waiting(entry, account) for entry in account.waiting)),
        ("名次和等次", _grade(account)),
        ("复核", _appeals(account)),
    )
    made = (Paragraph(heading, tuple(sentences)) for heading, sentences in parts)
    return tuple(paragraph for paragraph in made if paragraph.sentences)


def points_told(number: Decimal) -> str:
    """Points as they are said: at most two decimals."""
    return plain(rounded(Fraction(number), _PLACES))


def _headline(account: Account) -> Iterator[str]:
    graded, score = account.graded, account.graded.score
    name = f"{score.subject.label}（{score.subject.group or UNGROUPED}）"
    if score.points is None:
        known = f"已评部分合计 {points_told(account.known)} 分。" if score.trail else ""
        yield f"{name}还没有得分：{score.reason}。{known}"
        return
    grade = f"等次“{graded.grade}”" if graded.grade else "等次待定"
    yield (
        f"{name}得 {score.points} 分，满分 {plain(account.full)} 分；"
        f"本组已评 {graded.group_size} 个，列第 {graded.rank} 名，{grade}。"
    )


def _made_of(account: Account) -> Iterator[str]:
    shares = [share for share in account.shares if not share.extra]
    if account.graded.score.trail and shares:
        yield f"满分 {plain(account.full)} 分：{'；'.join(_share(share, account) for share in shares)}。"
        duties = sum(1 for entry in account.graded.score.trail if entry.standing and entry.full)
        if duties:
            yield f"按清单计分的有 {duties} 项责任事项，应得分按权重分给各项。"
    if extra := [share for share in account.shares if share.extra]:
        yield f"满分之外：{'；'.join(f'{share.item}最多 {plain(share.full)} 分' for share in extra)}。"


def _share(share: Share, account: Account) -> str:
    source = next((item.source for item in account.scheme.items if item.name == share.item), None)
    by = "（评分组评）" if source is Source.RATERS else ""
    earned = "待评" if share.waiting else f"得 {points_told(share.earned)} 分"
    if not account.graded.score.trail:
        return f"{share.item}{by} {plain(share.full)} 分"
    return f"{share.item}{by} {plain(share.full)} 分，{earned}"


def _losses(account: Account) -> Iterator[str]:
    for number, loss in enumerate(account.losses[:_MOST_LOSSES], 1):
        yield f"{number}. {_loss(loss)}"
    rest = account.losses[_MOST_LOSSES:]
    if rest:
        lost = sum((loss.points for loss in rest), Decimal(0))
        yield f"其余 {len(rest)} 处合计失 {points_told(lost)} 分，见 考核.xlsx 的“得分明细”。"


def _loss(loss: Loss) -> str:
    entries = loss.entries
    if loss.whole or len(entries) != 1:
        return f"{loss.item}：少得 {points_told(loss.points)} 分。{'；'.join(map(_part, entries)) or '没有一项得分'}。"
    return _line_loss(loss.points, entries[0])


def _part(entry: Entry) -> str:
    return f"{entry.rule}得 {points_told(entry.points or Decimal(0))} 分：{entry.why}{_place(entry.origin)}"


def _line_loss(lost: Decimal, entry: Entry) -> str:
    words = f"规则原文：“{entry.words}”。" if entry.words else ""
    if entry.standing:
        duty = f"{entry.standing.number} {_opening(entry.standing.text)}".strip()
        full = plain(rounded(Fraction(entry.full or 0), _PLACES))
        return f"“{duty}”应得 {full} 分，少得 {points_told(lost)} 分：{entry.why}{_place(entry.origin)}。{words}"
    took = "少得" if entry.full is not None else "扣"
    return (
        f"{item_name(entry)}（{entry.rule}）：{took} {points_told(lost)} 分，{entry.why}{_place(entry.origin)}。{words}"
    )


def _gain(entry: Entry) -> str:
    item = f"{entry.item}：" if entry.item else ""
    return f"{item}加 {points_told(entry.points or Decimal(0))} 分，{entry.why}{_place(entry.origin)}。"


def _limit(entry: Entry) -> str:
    points = entry.points or Decimal(0)
    moved = f"少扣 {points_told(points)} 分" if points > 0 else f"{points_told(-points)} 分不计"
    return f"{item_name(entry)}（{entry.rule}）：{entry.why}，{moved}。"


def _sums(account: Account) -> Iterator[str]:
    """How the parts come to the score."""
    score = account.graded.score
    if not score.trail:
        return
    base = sum((share.earned for share in account.shares if not share.extra), Decimal(0))
    rounding = sum((entry.points or Decimal(0) for entry in score.trail if _rounds(entry)), Decimal(0))
    parts = {
        "加分": score.total(Kind.BONUS),
        "扣分": score.total(Kind.DEDUCTION),
        "复核": score.total(Kind.APPEAL),
        "限额": score.total(Kind.BASE) - base + score.total(Kind.CLOSING) - rounding,
        "四舍五入": rounding,
    }
    said = "".join(f"，{name} {signed(number)} 分" for name, number in parts.items() if number)
    result = f"得 {score.points} 分" if score.points is not None else f"已评部分 {plain(account.known)} 分"
    yield f"各项得 {plain(base)} 分{said}，{result}。"


def _rounds(entry: Entry) -> bool:
    return isinstance(entry.working, Rounded)


def _waiting(entry: Entry, account: Account) -> str:
    return f"{item_name(entry)}：{entry.why}{_place(entry.origin)}。等：{waits_for(entry, account)}。"


def waits_for(entry: Entry, account: Account) -> str:
    """Whom an open line waits for, as people call them."""
    groups = [group.name for group in account.scheme.rater_groups]
    if entry.rule in groups:
        raters = "、".join(rater.name for rater in account.scheme.raters if rater.group == entry.rule)
        return f"评分组“{entry.rule}”{f'的评委 {raters}' if raters else ''}"
    if entry.data:
        return f"考核工作人员（{entry.origin.file or _DATA_FILE}）"
    return f"评分组 {'、'.join(groups)}" if entry.rule == "评分" else "考核工作人员"


def _grade(account: Account) -> Iterator[str]:
    graded, bands = account.graded, account.scheme.bands
    if graded.quota is not None and graded.score.points is not None:
        yield f"本组最高等次“{bands[0].name}”名额 {graded.quota} 个。"
    if graded.note and graded.score.points is not None:
        yield f"{graded.note}。"
    if account.band and graded.score.points is not None:
        gap = account.band.at_least - graded.score.points
        yield f"距“{account.band.name}”的分数线 {plain(account.band.at_least)} 分还差 {plain(gap)} 分。"
    if graded.score.points is None:
        yield from (f"一票否决，{veto.effect.value}：{veto.reason}。" for veto in graded.score.vetoes)


def _appeals(account: Account) -> Iterator[str]:
    for appeal, state in account.appeals:
        about = f"针对“{appeal.item}”" if appeal.item else "对总分"
        moved = f"调整 {signed(appeal.points)} 分" if appeal.points else "维持原分"
        by = f"（{appeal.decided_by} {appeal.decided_on or ''}）".replace(" ）", "）") if appeal.decided_by else ""
        yield f"{about}：{state or moved}，{appeal.reason or '没有写理由'}{by}。"


def _place(origin: Origin) -> str:
    place = " ".join(part for part in (origin.file, origin.sheet, origin.cell) if part)
    return f"（见 {place}）" if place else ""


def _opening(text: str) -> str:
    line = text.replace("\n", " ")
    return line if len(line) <= _OPENING else f"{line[:_OPENING]}…"
