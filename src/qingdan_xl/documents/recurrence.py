"""How often: the period a clause says."""

import re

from qingdan_xl.documents.grammar import rows_of
from qingdan_xl.model import Per

# Every period holds one of these signs: most clauses are told apart at once.
_MAYBE = re.compile(r"[每年季月周日按逐任学/／]")
_PERIODS = rows_of("period")
_SPANS = rows_of("span")


def period_in(clause: str) -> tuple[Per | None, int, int] | None:
    """The first period said in a clause, with its place."""
    if not _MAYBE.search(clause):
        return None
    hits = [
        (hit.start(), hit.end(), means) for means, pattern in (*_PERIODS, *_SPANS) if (hit := pattern.search(clause))
    ]
    if not hits:
        return None
    start, end, means = min(hits, key=lambda hit: (hit[0], -hit[1]))
    return (None if means == "none" else Per(means)), start, end


def repeats(clause: str) -> bool:
    """Whether the clause itself says that something recurs (每年, 按月), not only within which year."""
    return any(pattern.search(clause) for _, pattern in _PERIODS)
