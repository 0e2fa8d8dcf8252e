"""The tree -> roles, sections and items: which nodes name a holder, which are leaves, what text is theirs."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import accumulate

from qingdan_xl.documents.holders import holder, is_bare
from qingdan_xl.documents.paragraphs import Block, complete, is_tail
from qingdan_xl.documents.tree import Node

_GENERAL_CHAPTER = re.compile(r"^\s*(?:总\s*则|附\s*则|一般规定|适用范围)\s*$")
_GENERAL_ARTICLE = re.compile(
    r"^(?:为|为了|根据)[^。]{4,120}(?:制定|特制定|结合[^。]{2,20}实际)|本(?:办法|细则|规定|"
    r"制度|条例|规则|清单|规程|意见|方案|守则)(?:所称|适用|自|由|的解释|下列用语)|"
    r"^本(?:办法|细则|规定|制度|条例|规则|清单|规程)[^。]{0,20}(?:所称|适用于|施行|解释)|^[^。"
    r"]{0,30}适用(?:于)?本(?:办法|细则|规定|制度|条例)|自(?:发布|印发|公布|下发|20\d\d年)[^。"
    r"]{0,16}(?:起|日)(?:施行|实施|执行|生效)|^(?:此前|以前|原有?)[^。]{0,30}(?:不一致|废止)"
)
_PROHIBITS = re.compile(r"不得|禁止|严禁|下列情形|下列行为|之一的|处分|处罚|问责|追究|情形")
_POINTS = re.compile(
    r"[（(]\s*(?:共|满分|计|分值)?\s*(?P<a>[0-9０-９]+(?:[.．。][0-9０-９]+)?)\s*分\s*[）)]|"
    r"(?:[，。；：\s])(?P<b>[0-9]+(?:\.[0-9]+)?)\s*分[。；]?$"
)
_BEING = re.compile(r"(?:^|(?<=[。；;：:，,、\s”]))(?P<p>(?:[一二三四五六七八九十]+)(?:是|要))(?!否)[，,：:]?")
_ORDER = "一二三四五六七八九十"


@dataclass(slots=True)
class Item:
    """A leaf: its number as printed, its text, the line it begins on."""

    number: str
    text: str
    line: int
    general: bool = False
    points: Decimal | None = None
    department: str | None = None
    head: str = ""
    lines: tuple[tuple[int, int], ...] = ()

    def line_at(self, offset: int) -> int:
        """The line of the file on which the paragraph around `offset` begins."""
        return max((pair for pair in self.lines if pair[0] <= offset), default=(0, self.line))[1]


@dataclass(slots=True)
class Group:
    """A section in the making."""

    number: str | None
    title: str | None
    items: list[Item] = field(default_factory=list)
    points: Decimal | None = None


@dataclass(slots=True)
class Holder:
    """A role in the making."""

    name: str
    heading: str | None = None
    inherits: str | None = None
    groups: list[Group] = field(default_factory=list)

    def group(self, number: str | None, title: str | None, points: Decimal | None = None) -> Group:
        """Open a section."""
        self.groups.append(Group(number, title, points=points))
        return self.groups[-1]


class Outline:
    """Walks the tree once and collects the roles in the order of the document."""

    def __init__(self, root: Node, default: str) -> None:
        self.roles = [Holder(default)]
        self.bodies = _have_bodies(root)
        self._walk(root, self.roles[0], (), general=False)

    def holders(self) -> list[Holder]:
        """The roles that hold something or work by another's list; the default one alone if there is no other."""
        kept = [role for role in self.roles if role.inherits or any(group.items for group in role.groups)]
        for role in kept:
            role.groups = [group for group in role.groups if group.items]
        return kept or self.roles[:1]

    def _walk(self, node: Node, role: Holder, path: tuple[Node, ...], *, general: bool) -> None:
        named = _named(node.children)
        direct: Group | None = None
        for child in node.children:
            if child.reference:
                self.roles.append(Holder(child.reference.who, child.heading, child.reference.whose))
            elif child.children:
                direct = None if path else direct
                self._inner(child, role, path, named.get(id(child)), general=general)
            elif named.get(id(child)) and child.heading and child.body:
                self._paragraph_role(child, named[id(child)])
            else:
                direct = direct or _section(role, path)
                direct.items.append(self._item(child, node, general=general))

    def _inner(self, child: Node, role: Holder, path: tuple[Node, ...], name: str | None, *, general: bool) -> None:
        general = general or bool(_GENERAL_CHAPTER.match(child.block.text))
        if name:
            self.roles.append(Holder(name, child.block.text))
            self._walk(child, self.roles[-1], (), general=general)
        else:
            self._walk(child, role, (*path, child), general=general)

    def _paragraph_role(self, child: Node, name: str) -> None:
        """A holder's heading with plain paragraphs: each paragraph is a duty."""
        self.roles.append(Holder(name, child.block.text))
        group = self.roles[-1].group(None, None)
        group.items = [Item(str(at), block.text, block.line) for at, block in enumerate(child.body, 1)]

    def _item(self, leaf: Node, parent: Node, *, general: bool) -> Item:
        blocks = (leaf.block, *self._bodies_of(leaf, parent))
        starts = accumulate((len(block.text) + 1 for block in blocks), initial=0)
        lines = tuple(zip(starts, (block.line for block in blocks), strict=False))
        text = "\n".join(block.text for block in blocks).rstrip()
        general = general or bool(_GENERAL_ARTICLE.search(leaf.block.text[:160]))
        printed = leaf.marker.printed if leaf.marker else ""
        points = points_of(leaf.block.text)
        return Item(printed, text, leaf.block.line, general, points, head=leaf.block.text, lines=lines)

    def _bodies_of(self, leaf: Node, parent: Node) -> list[Block]:
        """The paragraphs that belong to a leaf; after the last of a list only if other items have such."""
        last = leaf is parent.children[-1]
        bodies = list(leaf.body)
        while last and bodies and (is_tail(bodies[-1].text) or not complete(bodies[-1].text)):
            bodies.pop()
        if not last or not complete(leaf.block.text) or leaf.style == "article":
            return bodies
        return bodies if leaf.style in self.bodies else []


def points_of(text: str) -> Decimal | None:
    """The points an item or section carries itself, where exactly one score in brackets or at its end is said."""
    found = [hit["a"] or hit["b"] for hit in _POINTS.finditer(text)]
    return Decimal(found[0].replace("．", ".").replace("。", ".")) if len(found) == 1 else None


def _section(role: Holder, path: tuple[Node, ...]) -> Group:
    if not path:
        return role.group(None, None)
    inner = path[-1]
    title = " / ".join(node.block.text.strip() for node in path)
    return role.group(inner.marker.printed if inner.marker else None, title, points_of(inner.block.text))


def _named(children: Sequence[Node]) -> dict[int, str]:
    """The children that name a holder; a bare name (检查组) counts only if most of its fellows are names too."""
    inner = [child for child in children if child.children or child.heading]
    names = {id(child): name for child in inner if (name := _name(child))}
    bare = {id(child) for child in inner if id(child) in names and is_bare(child.block.text)}
    if len(names) * 2 < len(inner):
        names = {key: name for key, name in names.items() if key not in bare}
    return names


def _name(child: Node) -> str | None:
    text = child.block.text
    return None if _PROHIBITS.search(text) else holder(text)


def _have_bodies(root: Node) -> frozenset[str]:
    """The styles of leaves that are followed by paragraphs of their own in the middle of a list."""
    styles: set[str] = set()
    stack = [root]
    while stack:
        node = stack.pop()
        stack.extend(node.children)
        styles.update(child.style for child in node.children[:-1] if child.body and not child.children)
    return frozenset(styles)


def split_report(holders: Sequence[Holder]) -> None:
    """In a report 一是 … 二是 … inside a paragraph are the items: cut them; the paragraph's owner is their section."""
    for role in holders:
        groups: list[Group] = []
        for group in role.groups:
            groups.extend(_report_groups(group))
        role.groups = groups


def _report_groups(group: Group) -> Iterator[Group]:
    plain = Group(group.number, group.title, points=group.points)
    for item in group.items:
        parts = list(_parts(item))
        if len(parts) > 1 and not item.number.endswith(("是", "要")):
            yield Group(item.number, item.head, parts)
        else:
            plain.items.extend(parts or [item])
    if plain.items:
        yield plain


def _parts(item: Item) -> Iterator[Item]:
    """The items of a paragraph that counts 一是, 二是 … without a gap."""
    hits: list[re.Match[str]] = []
    for hit in _BEING.finditer(item.text):
        if hit["p"][:-1] == _ORDER[len(hits) % 10] and len(hits) < 10:  # noqa: PLR2004 - 一 to 十
            hits.append(hit)
    ends = [*(hit.start() for hit in hits[1:]), len(item.text)][: len(hits)]
    for hit, end in zip(hits, ends, strict=True):
        yield Item(hit["p"], item.text[hit.end() : end].strip(), item.line_at(hit.start()))
