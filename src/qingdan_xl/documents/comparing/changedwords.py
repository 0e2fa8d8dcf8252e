"""Which words of a text were changed: clause by clause first, then sign by sign, the same from either side."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from qingdan_xl.documents.identity import normalised
from qingdan_xl.documents.words import PLACEHOLDER

_CLAUSE = re.compile(r"[^，。；：、！？,;:!?\n]*[，。；：、！？,;:!?\n]*", re.DOTALL)
_SIGN = re.compile(rf"{PLACEHOLDER}|\d+(?:\.\d+)?[%％]?|[A-Za-z]+|.", re.DOTALL)
_OPEN = re.compile(PLACEHOLDER)
_LARGEST = 1_000_000  # pairs of clauses or signs: what has more is shown as changed whole


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of two texts: equal where both are, else what one says in the place of the other."""

    old: str
    new: str

    @property
    def is_kept(self) -> bool:
        """Whether nothing changed here."""
        return self.old == self.new

    @property
    def is_spelling(self) -> bool:
        """Whether only punctuation, width, white space or the way to write an open place differs."""
        return normalised(self.old) == normalised(self.new)

    @property
    def has_open(self) -> tuple[bool, bool]:
        """Whether the older and the newer text leave a place open here."""
        return bool(_OPEN.search(self.old)), bool(_OPEN.search(self.new))

    @property
    def is_filled(self) -> bool:
        """Whether an open place, and nothing else, was given its words."""
        only_open = not _OPEN.sub("", normalised(self.old))
        return only_open and self.has_open == (True, False) and bool(normalised(self.new))

    def followed_by(self, other: "Piece") -> "Piece":
        """Both pieces as one."""
        return Piece(self.old + other.old, self.new + other.new)

    def turned(self) -> "Piece":
        """The piece as seen from the other text."""
        return Piece(self.new, self.old)


def changed_words(old: str, new: str) -> tuple[Piece, ...]:
    """Both texts as pieces in order: the `old` of all pieces is the older text, the `new` of all the newer one."""
    if old > new:  # difflib's answer depends on the order: one order makes it the same from either side
        return tuple(piece.turned() for piece in changed_words(new, old))
    clauses = _pieces(_CLAUSE.findall(old), _CLAUSE.findall(new))
    return tuple(_without_crumbs(_joined(piece for clause in clauses for piece in _within(clause))))


def _within(clause: Piece) -> Iterable[Piece]:
    if clause.is_kept or not clause.old or not clause.new:
        return [clause]
    return _pieces(_SIGN.findall(clause.old), _SIGN.findall(clause.new))


def _pieces(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    if len(old) * len(new) > _LARGEST:
        yield Piece("".join(old), "".join(new))
        return
    for _, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield Piece("".join(old[i:j]), "".join(new[k:m]))


def _joined(pieces: Iterable[Piece]) -> list[Piece]:
    """Kept and changed pieces by turns."""
    made: list[Piece] = []
    for piece in pieces:
        if made and made[-1].is_kept == piece.is_kept:
            made[-1] = made[-1].followed_by(piece)
        elif piece.old or piece.new:
            made.append(piece)
    return made


def _without_crumbs(pieces: Sequence[Piece]) -> list[Piece]:
    """One sign that two texts have in common by chance, between longer changes, is shown as changed with them."""
    crumbs = {at for at in range(1, len(pieces) - 1) if _is_crumb(*pieces[at - 1 : at + 2])}
    made: list[Piece] = []
    for at, piece in enumerate(pieces):
        if {at, at - 1} & crumbs:
            made[-1] = made[-1].followed_by(piece)
        else:
            made.append(piece)
    return made


def _is_crumb(before: Piece, piece: Piece, after: Piece) -> bool:
    return piece.is_kept and len(piece.old) == 1 and _is_rewritten(before) and _is_rewritten(after)


def _is_rewritten(piece: Piece) -> bool:
    return not piece.is_kept and min(len(piece.old), len(piece.new)) > 1 and not any(piece.has_open)
