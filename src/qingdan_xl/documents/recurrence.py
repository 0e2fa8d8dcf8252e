"""How often: the period a clause says."""

import re

from qingdan_xl.documents.grammar import regex_of, rows_of
from qingdan_xl.documents.numerals import number
from qingdan_xl.model import Per

# Every period holds one of these signs: most clauses are told apart at once.
_MAYBE = re.compile(r"[每年季月周日按逐任学/／]")
_PERIODS = rows_of("period")
_SPANS = rows_of("span")
_MONTHS = regex_of("months")
_YEAR = frozenset(range(1, 13))


def period_in(clause: str) -> tuple[Per, int, int] | None:
    """The first period said in a clause, with its place."""
    if not _MAYBE.search(clause):
        return None
    hits = [
        (hit.start(), hit.end(), means) for means, pattern in (*_PERIODS, *_SPANS) if (hit := pattern.search(clause))
    ]
    if not hits:
        return None
    start, end, means = min(hits, key=lambda hit: (hit[0], -hit[1]))
    return Per(means), start, end


def months_in(sentence: str) -> tuple[str, dict[int, tuple[int, int]]]:
    """The sentence with the months in which something repeats blotted out (※), and those months by their place."""
    found: dict[int, tuple[int, int]] = {}
    for hit in _MONTHS.finditer(sentence) if "月" in sentence else ():
        first, last = (int(number(hit[end] or hit[f"{end}1"]) or 0) for end in ("a", "b"))
        if {first, last} <= _YEAR and (first, last) != (1, 12):
            found[hit.start()] = first, last
            sentence = sentence[: hit.start()] + "※" * (hit.end() - hit.start()) + sentence[hit.end() :]
    return sentence, found


def repeats(clause: str) -> bool:
    """Whether the clause itself says that something recurs (每年, 按月), not only within which year."""
    return any(pattern.search(clause) for _, pattern in _PERIODS)
