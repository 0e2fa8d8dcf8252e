"""Which demands of a duty were changed: how often, in which period, by when, what share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qingdan_xl.documents.comparing.likeness import likeness, wording
from qingdan_xl.model import Target

_ENOUGH = 0.4  # likeness of what is asked for, from which two demands are one
_SAME_AMOUNT = 0.5  # what it adds that the numbers are the same too


@dataclass(frozen=True, slots=True)
class DemandChange:
    """A demand that is not as it was; `old` is None for a new one, `new` for one that is gone."""

    old: Target | None
    new: Target | None

    def turned(self) -> "DemandChange":
        """The change as seen from the other list."""
        return DemandChange(self.new, self.old)


def changed_demands(old: Sequence[Target], new: Sequence[Target]) -> tuple[DemandChange, ...]:
    """The demands that ask for something else now, each beside what it was, then those that are gone or new."""
    pairs = _pairs(old, new)
    changed = (DemandChange(old[i], new[j]) for i, j in sorted(pairs.items()) if _amount(old[i]) != _amount(new[j]))
    gone = (DemandChange(target, None) for at, target in enumerate(old) if at not in pairs)
    come = (DemandChange(None, target) for at, target in enumerate(new) if at not in pairs.values())
    return (*changed, *gone, *come)


def _pairs(old: Sequence[Target], new: Sequence[Target]) -> Mapping[int, int]:
    """Each demand with the one about the same activity, the most alike first."""
    scores = {(i, j): _alike(one, other) for i, one in enumerate(old) for j, other in enumerate(new)}
    close = (pair for pair, score in scores.items() if score >= _ENOUGH)
    found: dict[int, int] = {}
    for i, j in sorted(close, key=lambda pair: (-scores[pair], abs(pair[0] - pair[1]), sum(pair))):
        if i not in found and j not in found.values():
            found[i] = j
    return found


def _alike(one: Target, other: Target) -> float:
    same = _amount(one) == _amount(other)
    return likeness(wording(one.activity), wording(other.activity)) + _SAME_AMOUNT * same


def _amount(target: Target) -> tuple[object, ...]:
    return target.kind, target.number, target.unit, target.per, target.months, target.due, target.at_most
