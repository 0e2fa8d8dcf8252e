"""Several documents in one file: where each begins."""

import re
from collections.abc import Sequence
from itertools import accumulate, pairwise

from qingdan_xl.documents.heads import TITLE_END, is_title_line, year_in
from qingdan_xl.documents.holders import holder
from qingdan_xl.documents.paragraphs import Block, is_tail

_PART = re.compile(
    r"(?:【?\s*)(?:第[一二三四五六七八九十\d]+篇|篇[一二三四五六七八九十\d]+|附件\s*[一二三四五六七八九十\d]"
    r"*|[^，。]{0,20}[（(]?篇[一二三四五六七八九十\d]+[）)]?)\s*(?:】?)\s*[:：]?"
)
_AHEAD = 6
_INNERMOST = 99


def split(blocks: Sequence[Block]) -> list[tuple[list[Block], list[Block]]]:
    """Cut `blocks` before the title of every further document: each with the blocks that only mark it as a part.

    A mark is 篇二, （二） alone, and what stands before the first of them (the title of the collection).
    """
    outermost = _outermost(blocks)
    starts = [at for at in range(1, len(blocks)) if _begins(blocks, at, outermost)]
    bounds = [0, *starts, len(blocks)]
    parts = [_without_part_marks(blocks[begin:end]) for begin, end in pairwise(bounds)]
    return [part for part in parts if any(part)] or [([], [])]


def _is_part_mark(block: Block) -> bool:
    """A line that only counts documents: （一）, 篇二：, 附件2."""
    if block.marker is not None:
        return not block.text.strip() and block.marker.style in {"cn-bracket", "part"}
    return bool(_PART.fullmatch(block.text))


def _begins(blocks: Sequence[Block], at: int, outermost: Sequence[int]) -> bool:
    """Whether a further document begins at `at`: a list stands before, and a title with its own first number here."""
    block = blocks[at]
    if block.table or not any(map(_closes, blocks[max(0, at - _AHEAD) : at])):
        return False
    if _is_part_mark(block):
        return at + 1 < len(blocks) and is_title_line(blocks[at + 1]) and _restarts(blocks, at + 1, outermost[at - 1])
    if _is_part_mark(blocks[at - 1]) or not is_title_line(block) or not TITLE_END.search(block.text):
        return False
    dated = year_in(block.text) is not None
    return (dated or (block.gap and holder(block.text) is None)) and _restarts(blocks, at, outermost[at - 1])


def _closes(block: Block) -> bool:
    """What may stand near the end of a document: an item, a table, or the date under a notice."""
    return bool(block.marker or block.table or is_tail(block.text))


def _restarts(blocks: Sequence[Block], at: int, outermost: int) -> bool:
    """Whether the outermost numbering before `at` begins again shortly after it."""
    listed = (block for block in blocks[at + 1 : at + _AHEAD] if block.table or (block.marker and block.text.strip()))
    first = next(listed, None)
    if first is not None and first.table:
        return True
    following = first.marker if first else None
    return following is not None and following.value == 1 and following.outer <= outermost


def _outermost(blocks: Sequence[Block]) -> list[int]:
    """For each block, the outermost style of number up to it."""
    ranks = (block.marker.outer if block.marker and block.text.strip() else _INNERMOST for block in blocks)
    return list(accumulate(ranks, min))


def _without_part_marks(part: Sequence[Block]) -> tuple[list[Block], list[Block]]:
    for at, block in enumerate(part[:_AHEAD]):
        if _is_part_mark(block):
            return list(part[at + 1 :]), list(part[: at + 1])
        if block.marker is not None:
            break
    return list(part), []
