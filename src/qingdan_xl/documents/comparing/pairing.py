"""Which of several is which: lists of two files, roles and sections of two lists."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qingdan_xl.documents.comparing.likeness import likeness, wording
from qingdan_xl.documents.comparing.matching import Matching
from qingdan_xl.documents.comparing.spots import Spot
from qingdan_xl.documents.identity import without_year
from qingdan_xl.documents.words import fold_placeholders
from qingdan_xl.model import Checklist

Place = tuple[int, ...]
"""Where something stands: (list,), (role,) or (role, section), counted from 0."""

Pairs = Mapping[Place, Place]
_ALIKE = 0.5  # from here on two lists are two versions of one
_TITLE, _LEVELS, _TEXTS = 0.3, 0.1, 0.8  # what each counts for


def pair_lists(old: Sequence[Checklist], new: Sequence[Checklist]) -> Pairs:
    """The lists that are in both, by title, levels and duties.

    Where either side has only one list it gets the nearest of the others, however far that is.
    """
    ours, theirs = list(map(_gist, old)), list(map(_gist, new))
    least = 0.0 if min(len(old), len(new)) == 1 else _ALIKE
    scores = {((i,), (j,)): _alike(one, other) for i, one in enumerate(ours) for j, other in enumerate(theirs)}
    return _best({pair: score for pair, score in scores.items() if score >= least})


def pair_roles(matching: Matching, old: Checklist, new: Checklist) -> Pairs:
    """The roles that are in both lists, by name and by the duties they share."""
    votes = Counter((section_of(match.old)[:1], section_of(match.new)[:1]) for match in matching.matches)
    return _best(_scores(_roles(old), _roles(new), votes))


def pair_sections(matching: Matching, old: Checklist, new: Checklist, roles: Pairs) -> Pairs:
    """The sections that are in both lists, inside the roles that are, by title and by the duties they share."""
    ours, theirs = _sections(old), _sections(new)
    votes = Counter((section_of(match.old), section_of(match.new)) for match in matching.matches)
    scores = _scores(ours, theirs, votes)
    return _best({pair: score for pair, score in scores.items() if roles.get(pair[0][:1]) == pair[1][:1]})


def section_of(spot: Spot) -> Place:
    """The place of a duty's section."""
    return spot.role_at, spot.section_at


@dataclass(frozen=True, slots=True)
class _Group:
    """A role or section as it is paired: its name and how many duties it has."""

    name: str
    size: int


@dataclass(frozen=True, slots=True)
class _Gist:
    """What a list is told by: its title without the year, its levels, and the pairs of signs of its duties."""

    title: str
    levels: frozenset[str]
    pairs: frozenset[str]


def _gist(checklist: Checklist) -> _Gist:
    pairs = (pair for duty in checklist.duties for pair in wording(duty.text).pairs)
    return _Gist(without_year(checklist.title), frozenset(role.name for role in checklist.roles), frozenset(pairs))


def _alike(one: _Gist, other: _Gist) -> float:
    title = likeness(wording(one.title), wording(other.title))
    levels, texts = _dice(one.levels, other.levels), _dice(one.pairs, other.pairs)
    return _TITLE * title + _LEVELS * levels + _TEXTS * texts


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / max(len(one) + len(other), 1)


def _roles(checklist: Checklist) -> dict[Place, _Group]:
    return {(at,): _Group(role.name, len(role.duties)) for at, role in enumerate(checklist.roles)}


def _sections(checklist: Checklist) -> dict[Place, _Group]:
    return {
        (role_at, at): _Group(section.title or "", len(section.duties))
        for role_at, role in enumerate(checklist.roles)
        for at, section in enumerate(role.sections)
    }


def _scores(
    old: Mapping[Place, _Group], new: Mapping[Place, _Group], votes: Mapping[tuple[Place, Place], int]
) -> dict[tuple[Place, Place], float]:
    """How much speaks for each pair: the share of duties in both, and 1 more for the same name."""
    scores = {}
    for here, one in old.items():
        for there, other in new.items():
            shared = 2 * votes.get((here, there), 0) / max(one.size + other.size, 1)
            same_name = fold_placeholders(one.name) == fold_placeholders(other.name)
            if shared or same_name:
                scores[here, there] = shared + same_name
    return scores


def _best(scores: Mapping[tuple[Place, Place], float]) -> Pairs:
    """Each with one at most, the strongest pair first; of equal ones those that stand nearest each other."""

    def rank(pair: tuple[Place, Place]) -> tuple[float, list[int], list[int]]:
        here, there = pair
        apart = [abs(one - other) for one, other in zip(here, there, strict=True)]
        return -scores[pair], apart, [one + other for one, other in zip(here, there, strict=True)]

    found: dict[Place, Place] = {}
    for here, there in sorted(scores, key=rank):
        if here not in found and there not in found.values():
            found[here] = there
    return found
