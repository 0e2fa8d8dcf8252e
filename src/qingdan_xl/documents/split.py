"""Several documents in one file: where each begins."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from qingdan_xl.documents.heads import TITLE_END, is_title_line, year_in
from qingdan_xl.documents.holders import holder
from qingdan_xl.documents.lines import size
from qingdan_xl.documents.paragraphs import Block, is_tail

_PART = re.compile(
    r"(?:【?\s*)(?:第[一二三四五六七八九十\d]+篇|篇[一二三四五六七八九十\d]+|附件\s*[一二三四五六七八九十\d]"
    r"*|[^，。]{0,20}[（(]?篇[一二三四五六七八九十\d]+[）)]?)\s*(?:】?)\s*[:：]?"
)
_TITLED = re.compile(r"【?\s*(?:篇|范文)\s*[一二三四五六七八九十\d]{1,3}\s*】?\s*[:：、.．\s]\s*(?=\S{4,})")
_FEWEST_TITLED = 2
_QUOTED = re.compile(r"《([^《》]{4,60})》")
_AHEAD = 6
_INNERMOST = 99


def split(blocks: Sequence[Block]) -> list[tuple[list[Block], list[Block]]]:
    """Cut `blocks` before the title of every further document: each with the blocks that only mark it as a part.

    A mark is 篇二, （二） alone, and what stands before the first of them (the title of the collection).
    """
    blocks = _with_marks(blocks)
    outermost = _outermost(blocks)
    announced = _announced(blocks)
    starts = [at for at in range(1, len(blocks)) if at == announced or _begins(blocks, at, outermost)]
    bounds = [0, *starts, len(blocks)]
    parts = [_without_part_marks(blocks[begin:end]) for begin, end in pairwise(bounds)]
    return [part for part in parts if any(part)] or [([], [])]


def _with_marks(blocks: Sequence[Block]) -> list[Block]:
    """`blocks` with each 篇一：… that stands on one line with its title made a mark and a title."""
    titled = [at for at, block in enumerate(blocks) if _titled(block) and block.text.strip()]
    if len(titled) < _FEWEST_TITLED:
        return list(blocks)
    found = list(blocks)
    for at in reversed(titled):
        block = blocks[at]
        hit = _TITLED.match(block.text) if block.marker is None else None
        title = block.text[hit.end() if hit else 0 :]
        mark = replace(block, text=hit[0] if hit else "", signs=block.signs - size(title))
        found[at : at + 1] = [mark, Block(block.line, title, signs=size(title))]
    return found


def _titled(block: Block) -> bool:
    """Whether a line counts a document and names it too: 篇二：…职责清单, 第二篇 …办法."""
    if block.marker is None:
        return bool(_TITLED.match(block.text))
    return block.marker.printed.endswith("篇") and bool(TITLE_END.search(block.text.strip()))


def _announced(blocks: Sequence[Block]) -> int | None:
    """Where the list begins that the notice before it names (印发《…责任清单》的通知), None where none does."""
    first = next((at for at, block in enumerate(blocks) if block.marker or block.table), len(blocks))
    named = {_plain(title) for block in blocks[:first] for title in _QUOTED.findall(block.text)}
    return next((at for at in range(1, first) if is_title_line(blocks[at]) and _plain(blocks[at].text) in named), None)


def _plain(text: str) -> str:
    return re.sub(r"\s", "", text)


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
        counted = "篇" in block.text or (block.marker is not None and block.marker.printed.endswith("篇"))
        if counted and at + 1 < len(blocks) and is_title_line(blocks[at + 1]):
            return _restarts(blocks, at + 1, _INNERMOST)
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
