"""Which texts are worth comparing: those that share what is seldom, found by an index over pairs of signs."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from qingdan_xl.documents.comparing.likeness import Wording

_RAREST = 20  # pairs of a text that are looked up
_COMMONEST = 60  # texts: a pair that more of them hold tells little
_TAKEN = 5


def candidates(asked: Sequence[Wording], known: Sequence[Wording]) -> list[list[int]]:
    """For each text asked about the places of the few known texts that share most of its rarest pairs, best first."""
    index: defaultdict[str, list[int]] = defaultdict(list)
    for at, text in enumerate(known):
        for pair in text.pairs:
            index[pair].append(at)
    return [_nearest(text, index) for text in asked]


def _nearest(text: Wording, index: Mapping[str, Sequence[int]]) -> list[int]:
    found = sorted((pair for pair in text.pairs if pair in index), key=lambda pair: (len(index[pair]), pair))
    rare = [pair for pair in found[:_RAREST] if len(index[pair]) <= _COMMONEST] or found[:1]
    votes: Counter[int] = Counter()
    for pair in rare:
        votes.update(index[pair])
    return [at for at, _ in sorted(votes.items(), key=lambda item: (-item[1], item[0]))[:_TAKEN]]
