"""The points an item carries itself, told from those of its parts."""

import re
from collections.abc import Sequence
from decimal import Decimal

from qingdan_xl.documents.numerals import number

_DIGITS = r"[0-9０-９]+(?:[.．。][0-9０-９]+)?"
_BRACKETED = re.compile(
    rf"[（(【\[]\s*(?:本?项|该项)?(?:共计?|满分|总?计|分值|总分|占|标准分)?\s*[:：为]?\s*(?P<n>{_DIGITS})\s*分\s*[）)】\]]"
)
_AT_END = re.compile(rf"[，。；：,;:\s](?:共|满分|计|分值|分值为|分值[:：])?(?P<n>{_DIGITS})\s*分[。；]?\s*$")
# 班子建设10分。班子不团结扣2分
HEAD_SCORE = re.compile(
    rf"[^，。；：,;:\n0-9０-９]{{1,19}}[^，。；：,;:\n0-9０-９得扣加减记计满奖评第占]\s*(?P<n>{_DIGITS})\s*分(?=[。：:])"
)
_LONGEST_HEAD = 40
_STOPS = "。；;\n"
_FINAL = frozenset("。；;.")  # what stands behind the sentence is the score of the whole item


def points_of(text: str) -> Decimal | None:
    """The points an item or section carries itself: one score in brackets, or at its end; None where several vie."""
    return _read(text)[0]


def parts_of(text: str) -> tuple[re.Match[str], ...]:
    """The scores in brackets that are those of an item's parts."""
    return _read(text)[1]


def _read(text: str) -> tuple[Decimal | None, tuple[re.Match[str], ...]]:
    hits = list(_BRACKETED.finditer(text))
    if not hits:
        said = HEAD_SCORE.match(text) or _AT_END.search(text[-24:])
        return (number(said["n"]) if said else None), ()
    values = [number(hit["n"]) or Decimal(0) for hit in hits]
    if len(hits) == 1:
        return values[0], ()
    own = _own(text, hits, values)
    return (None if own is None else values[own]), tuple(hit for at, hit in enumerate(hits) if at != own)


def _own(text: str, hits: Sequence[re.Match[str]], values: Sequence[Decimal]) -> int | None:
    """Which of several scores is the item's: the one the others add up to, else one that closes the item's heading."""
    last = len(values) - 1
    for at in (0, last) if last > 1 else ():
        if values[at] * 2 == sum(values):
            return at
    finals = [at for at, hit in enumerate(hits) if text[hit.start() - 1 : hit.start()] in _FINAL]
    if finals == [last] and text[hits[last].end() : hits[last].end() + 1] in {"", "\n"}:
        return last
    head = text[: hits[0].start()]
    behind = text[hits[0].end() : hits[0].end() + 1]
    closes = (
        len(head) <= _LONGEST_HEAD and not any(stop in head for stop in _STOPS) and behind in {"。", "：", ":", "\n"}
    )
    return 0 if closes and values[0] >= max(values) else None
