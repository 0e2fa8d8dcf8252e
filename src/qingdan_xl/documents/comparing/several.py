"""compare_all(): several lists with several, each with its other version."""

from collections.abc import Sequence
from dataclasses import dataclass

from qingdan_xl.documents.comparing.comparison import Comparison, compare
from qingdan_xl.documents.comparing.pairing import pair_lists
from qingdan_xl.model import Checklist


@dataclass(frozen=True, slots=True)
class Compared:
    """All that was compared, and the lists that have no other version to be compared with."""

    comparisons: tuple[Comparison, ...]
    only_old: tuple[Checklist, ...] = ()
    only_new: tuple[Checklist, ...] = ()


def compare_all(old: Sequence[Checklist], new: Sequence[Checklist]) -> Compared:
    """Compare each list with the one of the other side that it is a version of, in the order of the newer ones."""
    pairs = sorted(pair_lists(old, new).items(), key=lambda pair: pair[1])
    return Compared(
        tuple(compare(old[here], new[there]) for (here,), (there,) in pairs),
        tuple(one for at, one in enumerate(old) if (at,) not in [here for here, _ in pairs]),
        tuple(one for at, one in enumerate(new) if (at,) not in [there for _, there in pairs]),
    )
