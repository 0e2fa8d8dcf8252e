"""A whole document on one line, its numbers glued to the text: give each item its line again."""

import re
from itertools import pairwise

from qingdan_xl.documents.numbering import Marker, marker

_HEAD = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十百]{1,4}[条章]"
    r"|(?<![0-9.．第])[0-9]{1,2}[.．、](?![0-9])"
)
_SHORTEST = 200
_FEWEST = 3
_LONGEST_HEADING = 40
_STOP = re.compile(r"[。；;]")


def unfold(text: str) -> str:
    """Break the one long line of `text` before each number that goes on with a list; any other text stays as it is."""
    lines = [line for line in text.split("\n") if line.strip()]
    if not lines or sum(1 for line in lines if marker(line.strip())) > 1:
        return text
    longest = max(lines, key=len)
    if len(longest) < _SHORTEST or len(longest) * 2 < sum(map(len, lines)):
        return text
    broken = _break(longest)
    return text.replace(longest, broken, 1) if broken.count("\n") >= _FEWEST else text


def _break(line: str) -> str:
    last: dict[str, int] = {}
    cuts: list[int] = []
    for hit in _HEAD.finditer(line):
        mark = marker(line[hit.start() :])
        if mark and _goes_on(mark, line[cuts[-1] if cuts else 0 : hit.start()], last):
            last[mark.style] = mark.value
            cuts.append(hit.start())
    bounds = [0, *cuts, len(line)]
    return "\n".join(line[start:end] for start, end in pairwise(bounds) if line[start:end].strip())


def _goes_on(mark: Marker, before: str, last: dict[str, int]) -> bool:
    if mark.value == last.get(mark.style, 0) + 1:
        return True
    if mark.value != 1 or mark.style not in last:
        return False
    # A list opens behind a sentence, or behind the short heading that was just cut off.
    return before[-1:] in "。；;：: 　" or (len(before) <= _LONGEST_HEADING and not _STOP.search(before))
