"""compare(): what became of a list, duty by duty and heading by heading."""

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass

from qingdan_xl.documents.comparing.changeddemands import DemandChange, changed_demands
from qingdan_xl.documents.comparing.changedwords import Piece, changed_words
from qingdan_xl.documents.comparing.changes import Change, changes_of_words, in_order
from qingdan_xl.documents.comparing.headings import HeadingChange, changed_headings
from qingdan_xl.documents.comparing.matching import Match, Matching, match_duties
from qingdan_xl.documents.comparing.pairing import Pairs, pair_roles, pair_sections, section_of
from qingdan_xl.documents.comparing.spots import Spot
from qingdan_xl.model import Checklist


@dataclass(frozen=True, slots=True)
class DutyChange:
    """A duty that is not quite as it was; `old` is None for a new one, `new` for one that is gone.

    `pieces` are its two texts side by side, empty where they are equal.
    """

    old: Spot | None
    new: Spot | None
    changes: tuple[Change, ...]
    pieces: tuple[Piece, ...] = ()
    demands: tuple[DemandChange, ...] = ()
    likeness: float | None = None

    @property
    def spot(self) -> Spot:
        """The duty where it stands now, or where it stood."""
        return self.new or self.old  # type: ignore[return-value]  # one of them is always there


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two lists side by side: what changed, in the order of the newer one; `same` duties did not change at all."""

    old: Checklist
    new: Checklist
    headings: tuple[HeadingChange, ...]
    duties: tuple[DutyChange, ...]
    same: int

    @property
    def counts(self) -> Counter[Change]:
        """How many duties there are of each change; one may count for several."""
        return Counter(change for duty in self.duties for change in duty.changes)

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed."""
        return not self.headings and not self.duties

    @property
    def is_unlike(self) -> bool:
        """Whether the two lists, both with duties, have not one in common."""
        return (
            bool(self.old.duties and self.new.duties)
            and not self.same
            and not any(d.old and d.new for d in self.duties)
        )


def compare(old: Checklist, new: Checklist) -> Comparison:
    """Compare two lists; `compare(new, old)` is the same from the other side."""
    matching = match_duties(old, new)
    roles = pair_roles(matching, old, new)
    sections = pair_sections(matching, old, new, roles)
    duties = _as_they_stand(matching, sections)
    headings = changed_headings(old, new, roles, sections)
    changed = sum(1 for duty in duties if duty.old and duty.new)
    return Comparison(old, new, headings, tuple(duties), len(matching.matches) - changed)


def _as_they_stand(matching: Matching, sections: Pairs) -> list[DutyChange]:
    """What changed as it stands in the newer list, what is gone after what stood before it."""
    known = sorted((match.old.at, match.new.at) for match in matching.matches)

    def rank(duty: DutyChange) -> tuple[int, int]:
        if duty.new:
            return duty.new.at, -1
        at = bisect_left(known, (duty.spot.at, 0))
        return (known[at - 1][1] if at else -1), duty.spot.at

    changed = (change for match in matching.matches if (change := _duty_change(match, sections)))
    added = (DutyChange(None, spot, (Change.ADDED,)) for spot in matching.added)
    removed = (DutyChange(spot, None, (Change.REMOVED,)) for spot in matching.removed)
    return sorted([*changed, *added, *removed], key=rank)


def _duty_change(match: Match, sections: Pairs) -> DutyChange | None:
    old, new = match.old.duty, match.new.duty
    pieces = changed_words(old.text, new.text) if old.text != new.text else ()
    demands = changed_demands(old.targets, new.targets)
    found = {
        Change.DEMANDS: bool(demands),
        Change.MOVED: sections.get(section_of(match.old)) != section_of(match.new),
        Change.POINTS: old.points != new.points,
        Change.DEPARTMENT: old.department != new.department,
        Change.RENUMBERED: old.number != new.number,
    }
    changes = {change for change, is_so in found.items() if is_so} | set(changes_of_words(pieces))
    if not changes:
        return None
    return DutyChange(match.old, match.new, in_order(changes), pieces, demands, match.likeness)
