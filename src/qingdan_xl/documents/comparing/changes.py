"""The kinds of change there are, and what changed words amount to."""

from collections.abc import Iterable, Iterator
from enum import StrEnum

from qingdan_xl.documents.comparing.changedwords import Piece


class Change(StrEnum):
    """What may have become of a duty or a heading, the weightiest first."""

    ADDED = "added"
    REMOVED = "removed"
    DEMANDS = "demands"
    REWORDED = "reworded"
    MOVED = "moved"
    POINTS = "points"
    DEPARTMENT = "department"
    INHERITS = "inherits"
    FILLED = "filled"
    OPENED = "opened"
    RENUMBERED = "renumbered"
    PLACEHOLDER = "placeholder"
    PUNCTUATION = "punctuation"


def in_order(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Each once, the weightiest first."""
    found = set(changes)
    return tuple(change for change in Change if change in found)


def changes_of_words(pieces: Iterable[Piece]) -> Iterator[Change]:
    """What the changed pieces of a text amount to."""
    for piece in pieces:
        if piece.is_kept:
            continue
        if piece.is_spelling:
            yield Change.PLACEHOLDER if any(piece.has_open) else Change.PUNCTUATION
        elif piece.is_filled:
            yield Change.FILLED
        elif piece.turned().is_filled:
            yield Change.OPENED
        else:
            yield Change.REWORDED
