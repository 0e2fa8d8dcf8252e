"""A holder's name and the duty on one line (书记：负责…): the name becomes the heading over the paragraph."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from qingdan_xl.documents.holders import holder
from qingdan_xl.documents.lines import size
from qingdan_xl.documents.numbering import BULLET
from qingdan_xl.documents.paragraphs import Block, complete, is_tail

_NAMED = re.compile(r"(?P<who>[^，。；：:、\s]{2,16})\s*[：:]\s*(?=[^\s])")
# Behind a number the name may also end with a stop (（一）县气象局。负责…) or a gap, and may be several.
_NUMBERED = re.compile(r"(?P<who>[^，。；：:\s]{2,24})(?:\s*[：:。]\s*|\u3000+| {2,})(?=[^\s])")
# 责任单位：办公室 says who does what stands above.
_LABEL = re.compile(
    r"(?:责任|牵头|配合|协办|主办|承办|主管|联系|协助|填报|报送|考核|参加|监督|审核|批准|制表|落款|适用|发文|抄送|主送)"
)
# 1.机构：…2.人员：… are what the items are about, nobody's names.
_GENERIC = re.compile(r"(?:组织|工作|管理|领导|专门)?(?:机构|人员|部门|单位|中心|岗位|组织|队伍|班子|层级)")
# （一）校长是第一责任人。… is a sentence, and no name.
_SAYS = re.compile(r"是|为|负责|应当|必须")
_SHORTEST_DUTY = 10
_FEWEST_NAMES = 2
_THIRDS = 2  # of a numbered list, this many thirds have to begin with names


def with_names(blocks: Sequence[Block]) -> list[Block]:
    """`blocks` with each line that begins with a holder's name cut behind it.

    Of lines without number two or more have to do so, of a numbered list two thirds.
    """
    plain = {at: cut for at, block in enumerate(blocks) if not block.marker and (cut := _cut(block, _NAMED))}
    cuts = plain if len(plain) >= _FEWEST_NAMES else {}
    for run in _lists(blocks):
        named = {at: cut for at in run if (cut := _cut(blocks[at], _NUMBERED))}
        if len(named) >= _FEWEST_NAMES and len(named) * 3 >= len(run) * _THIRDS:
            cuts = {**cuts, **named}
    return [piece for at, block in enumerate(blocks) for piece in _pieces(block, cuts.get(at, 0))]


def _lists(blocks: Sequence[Block]) -> Iterator[list[int]]:
    """The numbered lists: where the blocks stand whose numbers of one style go up."""
    running: dict[str, list[int]] = {}
    for at, block in enumerate(blocks):
        mark = block.marker
        if mark is None or mark.style == BULLET:
            continue
        run = running.get(mark.style)
        before = blocks[run[-1]].marker if run else None
        if run and before and before.value < mark.value:
            run.append(at)
            continue
        if run:
            yield run
        running[mark.style] = [at]
    yield from running.values()


def _cut(block: Block, pattern: re.Pattern[str]) -> int:
    """Where the duty begins behind the name, 0 where the line begins with none."""
    if block.table or block.level or is_tail(block.text) or not complete(block.text):
        return 0
    found = pattern.match(block.text)
    if found is None or _LABEL.match(found["who"]) or len(block.text) - found.end() < _SHORTEST_DUTY:
        return 0
    names = holder(found["who"]) and not (_GENERIC.fullmatch(found["who"]) or _SAYS.search(found["who"]))
    return found.end() if names and not block.text.endswith(("：", ":")) else 0


def _pieces(block: Block, cut: int) -> tuple[Block, ...]:
    if not cut:
        return (block,)
    said = replace(block, text=block.text[cut:], marker=None, gap=False, signs=size(block.text[cut:]))
    return replace(block, text=block.text[:cut].strip().rstrip("。"), signs=block.signs - said.signs), said
