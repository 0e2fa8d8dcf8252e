"""A holder's name and the duty on one line (书记：负责…): the name becomes the heading over the paragraph."""

import re
from collections.abc import Sequence
from dataclasses import replace

from qingdan_xl.documents.holders import holder, is_bare
from qingdan_xl.documents.lines import size
from qingdan_xl.documents.paragraphs import Block, complete, is_tail

_NAMED = re.compile(r"(?P<who>[^，。；：:、\s]{2,16})\s*[：:]\s*(?=[^\s])")
# 责任单位：办公室 says who does what stands above.
_LABEL = re.compile(
    r"(?:责任|牵头|配合|协办|主办|承办|主管|联系|协助|填报|报送|考核|参加|监督|审核|批准|制表|落款|适用|发文|抄送|主送)"
)
_SHORTEST_DUTY = 10
_FEWEST_NAMES = 2


def with_names(blocks: Sequence[Block]) -> list[Block]:
    """`blocks` with each line that begins with a holder's name cut behind it, where two or more lines do."""
    cuts = {at: cut for at, block in enumerate(blocks) if (cut := _cut(block))}
    if len(cuts) < _FEWEST_NAMES:
        return list(blocks)
    return [piece for at, block in enumerate(blocks) for piece in _pieces(block, cuts.get(at, 0))]


def _cut(block: Block) -> int:
    """Where the duty begins behind the name, 0 where the line begins with none."""
    if block.marker or block.table or block.level or is_tail(block.text) or not complete(block.text):
        return 0
    found = _NAMED.match(block.text)
    if found is None or _LABEL.match(found["who"]) or len(block.text) - found.end() < _SHORTEST_DUTY:
        return 0
    return found.end() if holder(found["who"]) and is_bare(found["who"]) and not block.text.endswith(("：", ":")) else 0


def _pieces(block: Block, cut: int) -> tuple[Block, ...]:
    if not cut:
        return (block,)
    said = replace(block, text=block.text[cut:], gap=False, signs=size(block.text[cut:]))
    return replace(block, text=block.text[:cut].strip(), signs=block.signs - said.signs), said
