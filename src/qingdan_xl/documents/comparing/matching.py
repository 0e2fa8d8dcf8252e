"""Which duty of an older list is which of a newer one: the one answer that ids and comparisons go by.

Texts are matched, not duties: equal texts first, then the most alike. Two texts are one duty only where they are more
alike than either is to any text that is another duty already, so that the next best of a row of look-alikes is none.
The duties of matched texts then find each other by their places. The answer is the same from either side.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from qingdan_xl.documents.comparing.candidates import candidates
from qingdan_xl.documents.comparing.likeness import Wording, likeness, needed, wording
from qingdan_xl.documents.comparing.spots import Spot, spots
from qingdan_xl.model import Checklist

SAME_ROLE = 0.05  # what it adds that both stand under the same role
_BY_PLACE: tuple[Callable[[Spot], Hashable], ...] = (
    lambda spot: spot.number_key,
    lambda spot: spot.section_key,
    lambda spot: spot.role_key,
    lambda _spot: None,
)


@dataclass(frozen=True, slots=True)
class Match:
    """A duty in both lists, and how alike its texts are: 1 where equal but for punctuation and open places."""

    old: Spot
    new: Spot
    likeness: float


@dataclass(frozen=True, slots=True)
class Matching:
    """What both lists have, in the order of the newer one, and what only one of them has."""

    matches: tuple[Match, ...]
    removed: tuple[Spot, ...]
    added: tuple[Spot, ...]


def match_duties(old: Checklist, new: Checklist) -> Matching:
    """Find the duties of `old` in `new`: each is in one match at most."""
    return _Matcher(spots(old), spots(new)).matching()


class _Matcher:
    """The texts of two lists with the duties that no match has taken yet."""

    def __init__(self, old: Sequence[Spot], new: Sequence[Spot]) -> None:
        self._all = (old, new)
        self._old, self._new = _by_text(old), _by_text(new)
        self._old_roles, self._new_roles = _roles(old), _roles(new)
        self._found: list[Match] = []

    def matching(self) -> Matching:
        """Match equal texts, then close ones."""
        for text in self._old.keys() & self._new.keys():
            self._take(text, text, 1.0)
        self._take_close()
        taken_old = {match.old.at for match in self._found}
        taken_new = {match.new.at for match in self._found}
        return Matching(
            tuple(sorted(self._found, key=lambda match: match.new.at)),
            tuple(spot for spot in self._all[0] if spot.at not in taken_old),
            tuple(spot for spot in self._all[1] if spot.at not in taken_new),
        )

    def _take_close(self) -> None:
        lost_old, lost_new = _Lost(), _Lost()
        for claim in self._claims():
            ours, theirs = self._old[claim.old], self._new[claim.new]
            is_beaten = lost_old.beats(claim.old, claim) or lost_new.beats(claim.new, claim)
            if ours and theirs and claim.is_enough and not is_beaten:
                self._take(claim.old, claim.new, claim.likeness)
            elif not theirs:
                lost_old.keep(claim.old, claim)
            elif not ours:
                lost_new.keep(claim.new, claim)

    def _claims(self) -> list["_Claim"]:
        """Pairs of unequal texts of which one is still free: the strongest first."""
        free_old, free_new = ([text for text, left in side.items() if left] for side in (self._old, self._new))
        if not free_old or not free_new:
            return []
        old, new = ({text: wording(text) for text in side} for side in (self._old, self._new))
        pairs = _close(old, new, free_old) | {(one, other) for other, one in _close(new, old, free_new)}
        places = [{spot.text: spot.at for spot in reversed(side)} for side in self._all]

        def rank(claim: _Claim) -> tuple[float, bool, int, int]:
            here, there = places[0][claim.old], places[1][claim.new]
            open_ = bool(self._old[claim.old] and self._new[claim.new])
            apart = abs(here * len(self._all[1]) - there * len(self._all[0]))
            return -claim.weight, open_, apart, here + there

        def claim(one: str, other: str) -> _Claim:
            same_role = not self._old_roles[one].isdisjoint(self._new_roles[other])
            texts = old[one], new[other]
            return _Claim(one, other, likeness(*texts), needed(*texts), same_role)

        return sorted((claim(one, other) for one, other in pairs if one != other), key=rank)

    def _take(self, one: str, other: str, alike: float) -> None:
        """Let the duties of two texts find each other: by the same number, section, role, then in their order."""
        ours, theirs = self._old[one], self._new[other]
        for key in _BY_PLACE:
            for here, there in _meet(ours, theirs, key):
                ours.remove(here)
                theirs.remove(there)
                self._found.append(Match(here, there, alike))


@dataclass(frozen=True, slots=True)
class _Claim:
    """Two unequal texts that may be one duty."""

    old: str
    new: str
    likeness: float
    needed: float
    same_role: bool

    @property
    def weight(self) -> float:
        return self.likeness + SAME_ROLE * self.same_role

    @property
    def is_enough(self) -> bool:
        return self.weight >= self.needed


class _Lost:
    """The strongest claims of texts on others that turned out to be another duty: no weaker claim holds after them.

    A look-alike under another role is no rival of one under the same role.
    """

    def __init__(self) -> None:
        self._strongest: defaultdict[tuple[str, bool], float] = defaultdict(float)

    def keep(self, text: str, claim: _Claim) -> None:
        """Remember that this claim of the text came too late."""
        for key in {(text, claim.same_role), (text, False)}:
            self._strongest[key] = max(self._strongest[key], claim.weight)

    def beats(self, text: str, claim: _Claim) -> bool:
        """Whether the text lost a claim that was as strong."""
        return self._strongest[text, claim.same_role] >= claim.weight


def _roles(side: Iterable[Spot]) -> Mapping[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for spot in side:
        found[spot.text].add(spot.role_key)
    return found


def _by_text(side: Iterable[Spot]) -> dict[str, list[Spot]]:
    found: defaultdict[str, list[Spot]] = defaultdict(list)
    for spot in side:
        found[spot.text].append(spot)
    return dict(found)


def _close(asked: dict[str, Wording], known: dict[str, Wording], free: Sequence[str]) -> set[tuple[str, str]]:
    names = list(known)
    nearest = candidates([asked[text] for text in free], list(known.values()))
    return {(text, names[at]) for text, found in zip(free, nearest, strict=True) for at in found}


def _meet(ours: Iterable[Spot], theirs: Iterable[Spot], key: Callable[[Spot], Hashable]) -> list[tuple[Spot, Spot]]:
    waiting: defaultdict[Hashable, list[Spot]] = defaultdict(list)
    for spot in theirs:
        waiting[key(spot)].append(spot)
    queues = {place: iter(found) for place, found in waiting.items()}
    met = ((spot, next(queues.get(key(spot), iter(())), None)) for spot in ours)
    return [(here, there) for here, there in met if there is not None]
