"""Blocks -> a tree of numbered nodes: the nesting of numbers is found in the document, not prescribed."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, takewhile

from qingdan_xl.documents.columns import column_of
from qingdan_xl.documents.holders import holder, is_bare, is_labelled
from qingdan_xl.documents.numbering import BULLET, Marker
from qingdan_xl.documents.paragraphs import Block, complete, is_label, is_short, is_tail
from qingdan_xl.documents.references import Reference, reference
from qingdan_xl.model import Doubt
from qingdan_xl.problems import problem

_HOLDER = "#holder"
_TABLE = "#table"
_IN_BRACKETS = re.compile(r"[【〖][^【】〖〗]{2,30}[】〗]")
# 责任内容： between a holder's name and the list; 所属部门：财务部 between a post and its list
_OPENS_LIST = re.compile(
    r"(?:主要|具体|工作|岗位|基本|履职|履责|责任|职责|任务)+(?:内容|事项|要求|范围|清单|标准)?\s*[:：]?"
)
_FIELD = re.compile(r"[一-龥]{2,6}\s*[:：]\s*[^\s：:]{1,20}")
_MOST_FIELDS = 6
_BESIDE_STYLE = "#beside"
_FEWEST_NAMES = 2
_BESIDE = re.compile(r"(?:[加扣减]分(?:项目?|内容|事项)?|一票否决(?:项|事项)?|附加分?项?)\s*[:：](?=[^。]*(?:分|否))")


@dataclass(slots=True)
class Node:
    """One numbered line, or a heading without number, with the paragraphs and nodes under it."""

    block: Block
    style: str = ""
    outer: int = 0
    heading: str | None = None
    body: list[Block] = field(default_factory=list)
    children: list["Node"] = field(default_factory=list)
    reference: Reference | None = None

    @property
    def marker(self) -> Marker | None:
        """The number of the line, None for a heading without one."""
        return self.block.marker

    @property
    def value(self) -> int:
        """The value of the number, 0 where there is none."""
        return self.block.marker.value if self.block.marker else 0


class Builder:
    """Grows the tree of one document, one block after the other."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self.root = Node(Block(0, ""))
        self.stack = [self.root]
        self.homes: dict[str, str] = {}
        self.last: dict[str, int] = {}
        self.doubts: list[Doubt] = []
        self.following = _next_values(blocks)
        self.upcoming = {block.line: value for block, value in zip(blocks, self.following, strict=True)}
        self.headings = headings(blocks)
        self.over_text = _named_over_text(blocks)

    def build(self) -> Node:
        """The root over all blocks; what is doubtful about the numbers is in `doubts`."""
        for at, block in enumerate(self.blocks):
            if block.table is not None:
                self._add_table(block)
            elif block.marker is not None and not self._is_detail(block.marker):
                self._add_numbered(at, block, block.marker)
            elif at in self.headings:
                self._add_heading(at, block)
            elif _BESIDE.match(block.text):
                self._add_beside(block)
            elif said := reference(block.text):
                self._add_reference(block, said)
            else:
                self.stack[-1].body.append(block)
        return self.root

    def _is_detail(self, mark: Marker) -> bool:
        """Whether a sign of a list stands under a numbered sentence: then it only lists what that item says."""
        top = self.stack[-1]
        return mark.style == BULLET and top.marker is not None and top.style != BULLET and not is_short(top.block.text)

    def _add_table(self, block: Block) -> None:
        """A table belongs to the heading above it, or to the item that announces it, not to a finished one."""
        while (owner := self.stack[-1]).marker and complete(owner.block.text) and not owner.block.text.endswith("："):
            self.stack.pop()
        owner.body.append(block)

    def _add_numbered(self, at: int, block: Block, mark: Marker) -> None:
        known = self._sibling(mark)
        if known is None:
            self._pop_to_parent_of(mark, self.following[at])
        else:
            del self.stack[known:]
        self._check(block, mark, known is not None)
        node = Node(block, mark.style, mark.outer, reference=reference(block.text))
        self.homes.setdefault(mark.style, self.stack[-1].style)
        self._push(node)
        self.last[mark.style] = mark.value

    def _push(self, node: Node) -> None:
        self.stack[-1].children.append(node)
        self.stack.append(node)

    def _sibling(self, mark: Marker) -> int | None:
        """Where on the stack the list stands that this number goes on with; signs (1、 1.) tell nested lists apart."""
        levels = [at for at, node in enumerate(self.stack) if node.style == mark.style and node.marker]
        levels.reverse()
        nodes = {at: (self.stack[at].marker, self.stack[at].value) for at in levels}
        same = [at for at in levels if (other := nodes[at][0]) and other.sign == mark.sign]
        next_to = [at for at in levels if nodes[at][1] + 1 == mark.value]
        for fitting in ([at for at in same if at in next_to], next_to, same):
            if fitting:
                return fitting[0]
        return None if mark.value == 1 or not levels else levels[0]

    def _pop_to_parent_of(self, mark: Marker, following: int | None) -> None:
        """Leave on the stack the node under which a list of this style opens."""
        home = self.homes.get(mark.style)
        if self.stack[-1].outer < mark.outer:
            return
        if home and any(node.style == home for node in self.stack):
            while self.stack[-1].style != home:
                self.stack.pop()
            return
        if mark.value == 1 and self._is_inner(self.stack[-1], following):
            return
        while self.stack[-1].outer >= mark.outer:
            self.stack.pop()

    def _is_inner(self, top: Node, following: int | None) -> bool:
        """Whether a list of an outer-looking style opens under `top`: the list of `top` goes on after it."""
        return following is not None and self.upcoming.get(top.block.line) == top.value + 1

    def _check(self, block: Block, mark: Marker, goes_on: bool) -> None:
        before = self.stack[-1].children[-1] if goes_on and self.stack[-1].children else None
        last = before.value if before and before.marker else self.last.get(mark.style, 0)
        if mark.value == last + 1 or (mark.value == 1 and before is None):
            return
        shown = before.marker.printed if before and before.marker else str(last or "无")
        what = problem("numbering", found=mark.printed, before=shown).what
        self.doubts.append(Doubt("numbering", block.line, what))

    def _add_heading(self, at: int, block: Block) -> None:
        style, outer = self._heading_level(at, block)
        if at in self.over_text:
            self._pop_to_heading()
            self._push(Node(block, style, outer, heading=block.text))
            return
        level = next((at for at, node in enumerate(self.stack) if node.style == style), None)
        following = _following_marker(self.blocks, at)
        if level is None and following is not None:
            level = next((at for at, node in enumerate(self.stack) if node.style == following.style), None)
        if level is not None:
            del self.stack[level:]
        elif block.level:
            self._pop_to_outer(block.level)
        self._push(Node(block, style, outer, heading=block.text))

    def _pop_to_outer(self, level: int) -> None:
        """A heading that Word or a page marks stands in the last one of an outer level, not in an item."""
        outer = [at for at, node in enumerate(self.stack) if 0 < node.block.level < level]
        if outer:
            del self.stack[outer[-1] + 1 :]
        while self.stack[-1].marker and complete(self.stack[-1].block.text):
            self.stack.pop()

    def _add_beside(self, block: Block) -> None:
        """Points on top of the list or off it (加分项：…) stand after the list, beside its outermost items."""
        del self.stack[1:]
        self._push(Node(block, _BESIDE_STYLE, 0))

    def _pop_to_heading(self) -> None:
        """A holder's name over a paragraph stands under the last numbered heading, beside the names before it."""
        while len(self.stack) > 1 and ((top := self.stack[-1]).style == _HOLDER or complete(top.block.text)):
            self.stack.pop()

    def _heading_level(self, at: int, block: Block) -> tuple[str, int]:
        if block.level:
            return f"#{block.level}", 0
        if holder(block.text):
            return _HOLDER, 0
        following = _following_marker(self.blocks, at)
        return f"#over {following.style if following else ''}", 0

    def _add_reference(self, block: Block, said: Reference) -> None:
        """A level that works by another's list stands beside the level before it."""
        del self.stack[1:]
        self.root.children.append(Node(block, _HOLDER, 0, heading=block.text, reference=said))


def headings(blocks: Sequence[Block]) -> frozenset[int]:
    """The blocks that are headings without number: a list opens after them, and a name or a fellow confirms it."""
    fields = {at + 1 + more for at in range(len(blocks)) for more in range(_fields_below(blocks, at))}
    may = (at for at, block in enumerate(blocks) if block.marker is None and _may_head(blocks, at))
    candidates = [at for at in may if at not in fields]
    named = {at for at in candidates if block_names(blocks[at])} - _salutations(blocks, candidates)
    over: dict[str, list[int]] = {}
    for at in candidates:
        following = _following_marker(blocks, at)
        if at + 1 < len(blocks) and blocks[at + 1].table:
            over.setdefault(_TABLE, []).append(at)
        elif following is not None and blocks[at + 1].marker is not None:
            over.setdefault(following.style, []).append(at)
    fellows = {at for group in over.values() if len(group) > 1 for at in group}
    fellows |= {at for at in candidates if _led_in(blocks, at, over)} if fellows else set()
    fellows -= _openers(blocks, fellows, named)
    if all(block.marker is None for block in blocks):
        named |= _over_paragraphs(blocks)
    return frozenset(named | fellows) | _named_over_text(blocks) | _styled(blocks)


def _openers(blocks: Sequence[Block], fellows: Collection[int], named: Collection[int]) -> set[int]:
    """The headings that only open the list of the holder named above (责任内容：), where all of them say the same."""
    others = {at for at in fellows if at not in named}
    said = {blocks[at].text for at in others}
    return others if named and len(said) == 1 and _OPENS_LIST.fullmatch(said.pop()) else set()


def _salutations(blocks: Sequence[Block], candidates: Sequence[int]) -> set[int]:
    """The one line before all numbers that addresses somebody (各科室：) and has a paragraph, no list, below it."""
    calls = [at for at in candidates if blocks[at].text.endswith(("：", ":"))]
    first = next((at for at, block in enumerate(blocks) if block.marker), len(blocks))
    return set(calls) if len(calls) == 1 and calls[0] < first and blocks[calls[0] + 1].marker is None else set()


def _led_in(blocks: Sequence[Block], at: int, over: Mapping[str, Sequence[int]]) -> bool:
    """Whether a paragraph stands between a heading and its list, as others stand right over lists of that style."""
    following = _following_marker(blocks, at)
    between = at and following is not None and blocks[at + 1].marker is None and not blocks[at + 1].table
    return bool(between and following and len(over.get(following.style, ())) > 1 and over[following.style][0] < at)


def _styled(blocks: Sequence[Block]) -> set[int]:
    """The headings that Word or Markdown marks as such."""
    return {at for at, block in enumerate(blocks) if block.level and not block.marker}


def _named_over_text(blocks: Sequence[Block]) -> frozenset[int]:
    """The lines that are nothing but a holder's name over a paragraph without number, where there are two or more."""
    found = frozenset(
        at
        for at, (block, after) in enumerate(pairwise(blocks))
        if (at or block.text.endswith("："))
        and not (block.marker or block.table or block.level or after.marker or after.table)
        and is_short(block.text)
        and not is_tail(block.text)
        and complete(after.text)
        and not is_short(after.text)
        and block_names(block)
    )
    return found if len(found) >= _FEWEST_NAMES else frozenset()


def _over_paragraphs(blocks: Sequence[Block]) -> set[int]:
    """In a text without numbers: the short lines over paragraphs, where one of them names a holder."""
    short = {
        at
        for at, (block, after) in enumerate(pairwise(blocks))
        if is_short(block.text)
        and not block.text.endswith(("：", ":"))
        and not is_tail(block.text)
        and not after.table
        and not is_short(after.text)
    }
    return short if any(block_names(blocks[at]) for at in short) else set()


def block_names(block: Block) -> bool:
    """Whether a heading names a holder."""
    return holder(block.text) is not None


def _may_head(blocks: Sequence[Block], at: int) -> bool:
    text = blocks[at].text
    if not is_short(text) or is_tail(text) or blocks[at].table or _names_columns(text):
        return False
    if at + 1 < len(blocks) and blocks[at + 1].table:
        return True
    following = _following_marker(blocks, at)
    if following is None or following.value == 1:
        return following is not None
    return bool(at) and complete(blocks[at - 1].text) and _is_titled(text)


def _is_titled(text: str) -> bool:
    """Whether a line is a heading whatever number follows: in brackets, or a holder's name with a word of duty."""
    return in_brackets(text) or (holder(text) is not None and not is_bare(text))


def in_brackets(text: str) -> bool:
    """Whether a line stands in the brackets of a heading: 【会计】."""
    return bool(_IN_BRACKETS.fullmatch(text))


def _names_columns(text: str) -> bool:
    """Whether a line is what is left of a table's headings: 序号 责任内容."""
    words = text.split()
    return len(words) > 1 and all(map(column_of, words))


def _following_marker(blocks: Sequence[Block], at: int) -> Marker | None:
    """The number of the next block; one paragraph, or what a form says of a post, may stand between."""
    start = at + 1 + _fields_below(blocks, at)
    for block in blocks[start : start + 2]:
        if block.marker is not None:
            return block.marker
        if block.table or (is_short(block.text) and not _OPENS_LIST.fullmatch(block.text)):
            return None
    return None


def _fields_below(blocks: Sequence[Block], at: int) -> int:
    """How many lines of a form stand under a post that is named as in one (岗位名称：出纳)."""
    if not is_labelled(blocks[at].text):
        return 0
    return sum(1 for _ in takewhile(_is_field, blocks[at + 1 : at + 1 + _MOST_FIELDS]))


def _is_field(block: Block) -> bool:
    other = block.marker is not None or is_label(block.text) or is_labelled(block.text)
    return not other and bool(_FIELD.fullmatch(block.text))


def _next_values(blocks: Sequence[Block]) -> list[int | None]:
    upcoming: dict[str, int] = {}
    values: list[int | None] = [None] * len(blocks)
    for at in range(len(blocks) - 1, -1, -1):
        mark = blocks[at].marker
        if mark is not None:
            values[at] = upcoming.get(mark.style)
            upcoming[mark.style] = mark.value
    return values
