"""How the checks word what they found."""

from collections.abc import Iterable
from itertools import islice

_SHOWN = 15


def listed(numbers: Iterable[object]) -> str:
    """Numbers in one line, of many the first."""
    found = list(islice(map(str, numbers), _SHOWN + 1))
    return "、".join(found[:_SHOWN]) + (" 等" if len(found) > _SHOWN else "")
