"""Several documents in one file: where each begins."""

import re
from collections.abc import Sequence
from itertools import accumulate, pairwise

from qingdan_xl.documents.heads import TITLE_END, is_title_line, year_in
from qingdan_xl.documents.holders import holder
from qingdan_xl.documents.paragraphs import Block

_PART = re.compile(
    r"(?:【?\s*)(?:第[一二三四五六七八九十\d]+篇|篇[一二三四五六七八九十\d]+|附件\s*[一二三四五六七八九十\d]"
    r"*|[^，。]{0,20}[（(]?篇[一二三四五六七八九十\d]+[）)]?)\s*(?:】?)\s*[:：]?"
)
_AHEAD = 6
_INNERMOST = 99


def split(blocks: Sequence[Block]) -> list[list[Block]]:
    """Cut `blocks` before the title of every further document; a mark of a part (篇二, （二） alone) goes with it."""
    outermost = _outermost(blocks)
    starts = [at for at in range(1, len(blocks)) if _begins(blocks, at, outermost)]
    bounds = [0, *starts, len(blocks)]
    parts = [list(blocks[begin:end]) for begin, end in pairwise(bounds) if begin < end]
    return [part for part in map(_without_part_marks, parts) if part]


def _is_part_mark(block: Block) -> bool:
    """A line that only counts documents: （一）, 篇二：, 附件2."""
    if block.marker is not None:
        return not block.text.strip() and block.marker.style in {"cn-bracket", "part"}
    return bool(_PART.fullmatch(block.text))


def _begins(blocks: Sequence[Block], at: int, outermost: Sequence[int]) -> bool:
    """Whether a further document begins at `at`: a list stands before, and a title with its own first number here."""
    block = blocks[at]
    if not any(before.marker for before in blocks[max(0, at - _AHEAD) : at]):
        return False
    if _is_part_mark(block):
        return at + 1 < len(blocks) and is_title_line(blocks[at + 1]) and _restarts(blocks, at + 1, outermost[at - 1])
    if _is_part_mark(blocks[at - 1]) or not is_title_line(block) or not TITLE_END.search(block.text):
        return False
    dated = year_in(block.text) is not None
    return (dated or (block.gap and holder(block.text) is None)) and _restarts(blocks, at, outermost[at - 1])


def _restarts(blocks: Sequence[Block], at: int, outermost: int) -> bool:
    """Whether the outermost numbering before `at` begins again shortly after it."""
    numbers = (block.marker for block in blocks[at + 1 : at + _AHEAD] if block.marker and block.text.strip())
    following = next(numbers, None)
    return following is not None and following.value == 1 and following.outer <= outermost


def _outermost(blocks: Sequence[Block]) -> list[int]:
    """For each block, the outermost style of number up to it."""
    ranks = (block.marker.outer if block.marker and block.text.strip() else _INNERMOST for block in blocks)
    return list(accumulate(ranks, min))


def _without_part_marks(part: list[Block]) -> list[Block]:
    """Drop a part's mark at its head, and what stands before it in the first part (the title of the collection)."""
    for at, block in enumerate(part[:_AHEAD]):
        if _is_part_mark(block):
            return part[at + 1 :]
        if block.marker is not None:
            break
    return part
