"""Two results side by side: who moves, and by which items and rules."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from qingdan_xl.assessment.scoring import ROUNDING
from qingdan_xl.assessment.trail import plain
from qingdan_xl.assessment.verdicts import EXTRAS, Part, Verdict
from qingdan_xl.assessment.workings import rounded

_NONE = Decimal(0)
_MOST_REASONS = 3
_PLACES = 2  # decimals of a reason; the table beside it has them all


@dataclass(frozen=True, slots=True)
class Shift:
    """One rule of one item whose points differ; None where only one of the results has such lines."""

    item: str
    rule: str
    before: Part | None
    after: Part | None

    @property
    def change(self) -> Decimal:
        """By how many points."""
        return (self.after.points if self.after else _NONE) - (self.before.points if self.before else _NONE)


@dataclass(frozen=True, slots=True)
class ItemShift:
    """All that differs within one item, the rule that moves most first."""

    item: str
    shifts: tuple[Shift, ...]

    @property
    def change(self) -> Decimal:
        """By how many points the item differs."""
        return sum((shift.change for shift in self.shifts), _NONE)


@dataclass(frozen=True, slots=True)
class Move:
    """One subject in both results; None where one of them has no such subject. `items` are worst first."""

    before: Verdict | None
    after: Verdict | None
    items: tuple[ItemShift, ...]

    @property
    def verdict(self) -> Verdict:
        """The newer of the two, else the older."""
        verdict = self.after or self.before
        if verdict is None:
            raise ValueError("a move has a subject")
        return verdict

    @property
    def change(self) -> Decimal | None:
        """By how many points the score differs; None where one of the results has no score."""
        old, new = (side.points if side else None for side in (self.before, self.after))
        return None if old is None or new is None else new - old

    @property
    def moves(self) -> bool:
        """Whether score, place or grade differ."""
        if self.before is None or self.after is None:
            return True
        return _standing(self.before) != _standing(self.after)


def _standing(verdict: Verdict) -> tuple[object, ...]:
    return verdict.points, verdict.known, verdict.rank, verdict.grade


def compare(before: Iterable[Verdict], after: Iterable[Verdict]) -> tuple[Move, ...]:
    """Every subject of either result: those that move first, and of them those that lose most.

    The shifts of a subject add up to the difference of what is known of both its scores.
    """
    old, new = ({(one.person, one.id): one for one in side} for side in (before, after))
    moves = [_move(old.get(key), new.get(key)) for key in dict.fromkeys((*new, *old))]
    return tuple(sorted(moves, key=_worst_first))


def _worst_first(move: Move) -> tuple[bool, bool, Decimal]:
    """Python's sort keeps subjects of equal loss in their order."""
    return not move.moves, move.change is None, move.change or _NONE


def _move(before: Verdict | None, after: Verdict | None) -> Move:
    old, new = (side.by_rule if side else {} for side in (before, after))
    shifts = [Shift(*key, old.get(key), new.get(key)) for key in dict.fromkeys((*new, *old))]
    items: dict[str, list[Shift]] = {}
    for shift in shifts:
        if shift.change or _waiting(shift.before) != _waiting(shift.after):
            items.setdefault(shift.item, []).append(shift)
    sums = [ItemShift(item, tuple(sorted(own, key=_loss))) for item, own in items.items()]
    return Move(before, after, tuple(sorted(sums, key=_loss)))


def _loss(shift: Shift | ItemShift) -> Decimal:
    return shift.change


def _waiting(part: Part | None) -> int:
    return part.waiting if part else 0


@dataclass(frozen=True, slots=True)
class ItemSum:
    """What one item does to all subjects: how many lose and gain by it, the sum, and who loses most (None: nobody)."""

    item: str
    losing: int
    gaining: int
    change: Decimal
    worst: Move | None
    least: Decimal


def item_sums(moves: Sequence[Move]) -> tuple[ItemSum, ...]:
    """The items that make a difference, those that take most first."""
    found: dict[str, list[tuple[Move, Decimal]]] = {}
    for move in moves:
        for item in move.items:
            found.setdefault(item.item, []).append((move, item.change))
    return tuple(sorted((_item_sum(item, own) for item, own in found.items()), key=lambda one: one.change))


def _item_sum(item: str, own: Sequence[tuple[Move, Decimal]]) -> ItemSum:
    changes = [change for _, change in own]
    worst, least = min(own, key=lambda pair: pair[1])
    total = sum(changes, _NONE)
    losing, gaining = sum(change < 0 for change in changes), sum(change > 0 for change in changes)
    return ItemSum(item, losing, gaining, total, worst if least < 0 else None, min(least, _NONE))


def reason(move: Move) -> str:
    """Why a subject moves, in a few words: the items, those first that pull the way it goes; rounding is no reason."""
    if move.before is None or move.after is None:
        return "只有新的结果有它" if move.before is None else "新的结果里没有它"
    upward = move.after.known > move.before.known
    pulls = sorted((pull for pull in _pulls(move) if pull[1]), key=lambda pull: -pull[1] if upward else pull[1])
    more = f" 等 {len(pulls)} 项" if len(pulls) > _MOST_REASONS else ""
    if pulls:
        said = (f"{name} {signed(rounded(Fraction(change), _PLACES))}" for name, change in pulls[:_MOST_REASONS])
        return f"{'；'.join(said)}{more}"
    return _unmoved(move.before, move.after)


def _pulls(move: Move) -> Iterator[tuple[str, Decimal]]:
    """What moves the score and by how much: items as a whole, and each rule of what comes on top of them."""
    for item in move.items:
        if item.item != EXTRAS:
            yield item.item, item.change
    for item in move.items:
        if item.item == EXTRAS:
            yield from ((shift.rule, shift.change) for shift in item.shifts if shift.rule != ROUNDING)


def _unmoved(before: Verdict, after: Verdict) -> str:
    """Why place or grade differ where no item does."""
    if before.rank != after.rank:
        return "本人得分不变，名次随同组其他单位变动"
    return "得分、名次不变，等次的分数线、名额或裁定不同" if before.grade != after.grade else ""


def signed(number: Decimal) -> str:
    """A difference as people write it: +1.5, -2, 0."""
    return f"+{plain(number)}" if number > 0 else plain(number)
