"""A comparison in words: what people read on the terminal and in 对照.xlsx."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from qingdan_xl.documents.comparing.changeddemands import DemandChange
from qingdan_xl.documents.comparing.changedwords import Piece
from qingdan_xl.documents.comparing.changes import Change
from qingdan_xl.documents.comparing.comparison import Comparison, DutyChange
from qingdan_xl.documents.comparing.headings import HeadingChange
from qingdan_xl.documents.comparing.spots import Spot
from qingdan_xl.model import Target
from qingdan_xl.sheets.checklist import PERS, months_text
from qingdan_xl.sheets.comparison import CHANGES

_WORDS = {code: word for word, code in CHANGES.items()}
_PERS = {code: word for word, code in PERS.items()}
_NONE = "无"


def change_words(changes: Iterable[Change]) -> str:
    """The kinds of change, as 改要求、改文字."""
    return "、".join(_WORDS[change] for change in changes)


def list_note(comparison: Comparison) -> str:
    """What there is to say about a pair of lists as a whole; '' for most."""
    if comparison.is_empty:
        return "没有任何变动"
    return "没有相同或相近的事项，可能不是同一份清单的两版" if comparison.is_unlike else ""


def duty_notes(change: DutyChange) -> Iterator[str]:
    """One sentence for each thing about a duty that its two texts do not show by themselves."""
    if change.old is None or change.new is None:
        return
    old, new = change.old.duty, change.new.duty
    if Change.MOVED in change.changes:
        yield f"原在{spot_words(change.old)}，现在{spot_words(change.new)}"
    if Change.RENUMBERED in change.changes:
        yield f"序号 {old.number or _NONE}→{new.number or _NONE}"
    if Change.POINTS in change.changes:
        yield f"分值 {_amount(old.points)}→{_amount(new.points)}"
    if Change.DEPARTMENT in change.changes:
        yield f"负责部门 {old.department or _NONE}→{new.department or _NONE}"
    yield from map(_demand, change.demands)
    yield from _filled(change.pieces)


def heading_notes(change: HeadingChange) -> Iterator[str]:
    """As `duty_notes`, for a heading."""
    if change.old is None or change.new is None:
        return
    if Change.RENUMBERED in change.changes:
        yield f"序号 {change.old.number or _NONE}→{change.new.number or _NONE}"
    if Change.POINTS in change.changes:
        yield f"分值 {_amount(change.old.points)}→{_amount(change.new.points)}"
    if Change.INHERITS in change.changes:
        yield f"参照 {change.old.inherits or _NONE}→{change.new.inherits or _NONE}"


def spot_words(spot: Spot) -> str:
    """Where a duty stands: its role, and its section where that has a name."""
    section = " ".join(part for part in (spot.section.number, spot.section.title) if part)
    return f"“{spot.role.name}”“{section}”" if section else f"“{spot.role.name}”"


def _demand(change: DemandChange) -> str:
    if change.old is None or change.new is None:
        target = change.new or change.old
        return f"{'新增' if change.new else '删去'}要求“{target.text if target else ''}”"
    fields = (
        f"{label} {before or _NONE}→{after or _NONE}"
        for (label, before), (_, after) in zip(_fields(change.old), _fields(change.new), strict=True)
        if before != after
    )
    return f"“{change.new.text}”：{'，'.join(fields)}"


def _fields(target: Target) -> tuple[tuple[str, str], ...]:
    sign = "不超过 " if target.at_most and target.number is not None else ""
    number = "" if target.number is None else f"{sign}{_amount(target.number)}{target.unit or ''}"
    return (
        ("数量", number),
        ("周期", f"{months_text(target.months) or ''}{_PERS.get(target.per or '', '')}"),
        ("期限", "、".join(target.due)),
    )


def _filled(pieces: Iterable[Piece]) -> Iterator[str]:
    filled = dict.fromkeys(f"{piece.old.strip()}→{piece.new}" for piece in pieces if piece.is_filled)
    if filled:
        yield f"占位符 {'，'.join(filled)}"


def _amount(value: Decimal | None) -> str:
    return _NONE if value is None else f"{value.normalize():f}"
