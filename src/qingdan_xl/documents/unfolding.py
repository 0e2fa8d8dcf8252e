"""A whole document on one line, its numbers glued to the text: give each item its line again."""

import re
from dataclasses import replace
from itertools import pairwise

from qingdan_xl.documents.lines import Line
from qingdan_xl.documents.numbering import Marker, marker

_HEAD = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十百]{1,4}[条章]"
    r"|(?<![0-9.．第])[0-9]{1,3}[.．、](?![0-9])"
)
_SHORTEST = 80
_FEWEST = 3
_LONGEST_HEADING = 40
_LONGEST_NUMBER = 24
_STOP = re.compile(r"[。；;]")


def unfold(lines: list[Line]) -> list[Line]:
    """Break the one long line of `lines` before each number that goes on with a list; any others stay as they are."""
    if not lines or sum(1 for line in lines if marker(line.text)) > 1:
        return lines
    longest = max(lines, key=lambda line: len(line.text))
    if len(longest.text) < _SHORTEST or len(longest.text) * 2 < sum(len(line.text) for line in lines):
        return lines
    pieces = _broken(longest)
    at = lines.index(longest)
    return [*lines[:at], *pieces, *lines[at + 1 :]] if len(pieces) > _FEWEST else lines


def _broken(line: Line) -> list[Line]:
    text = line.text
    last: dict[str, int] = {}
    cuts: list[int] = []
    for hit in _HEAD.finditer(text):
        mark = marker(text[hit.start() : hit.start() + _LONGEST_NUMBER])
        if mark and _goes_on(mark, text[cuts[-1] if cuts else 0 : hit.start()], last):
            last[mark.style] = mark.value
            cuts.append(hit.start())
    pieces = [piece for start, end in pairwise((0, *cuts, len(text))) if (piece := text[start:end].strip())]
    before, _, behind = line.raw.partition(text)
    raws = [*pieces[:-1], pieces[-1] + behind.strip()] if len(pieces) > 1 else pieces
    raws[0] = before.strip() + raws[0]
    return [replace(line, text=piece, raw=raw) for piece, raw in zip(pieces, raws, strict=True)]


def _goes_on(mark: Marker, before: str, last: dict[str, int]) -> bool:
    if mark.value == last.get(mark.style, 0) + 1:
        return True
    if mark.value != 1 or mark.style not in last:
        return False
    # A list opens behind a sentence, or behind the short heading that was just cut off.
    return before[-1:] in "。；;：: 　" or (len(before) <= _LONGEST_HEADING and not _STOP.search(before))
