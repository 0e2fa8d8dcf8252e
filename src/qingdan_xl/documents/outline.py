"""The tree -> roles, sections and items: which nodes name a holder, which are leaves, what text is theirs."""

import re
from collections.abc import Iterable, Sequence
from itertools import accumulate, takewhile

from qingdan_xl.documents.holders import holder, is_bare
from qingdan_xl.documents.items import Group, Holder, Item
from qingdan_xl.documents.paragraphs import Block, complete, is_label, is_short, is_tail
from qingdan_xl.documents.points import points_of
from qingdan_xl.documents.references import reference_of
from qingdan_xl.documents.tables import Reading, read_table
from qingdan_xl.documents.tree import Node

_GENERAL_CHAPTER = re.compile(r"^\s*(?:总\s*则|附\s*则|一般规定|适用范围)\s*(?:[（(【][^（()）【】]{1,10}[）)】])?\s*$")
_GENERAL_ARTICLE = re.compile(
    r"^(?:为|为了|根据)[^。]{4,120}(?:制定|特制定|结合[^。]{2,20}实际)|本(?:办法|细则|规定|"
    r"制度|条例|规则|清单|规程|意见|方案|守则)(?:所称|适用|自|由|的解释|下列用语)|"
    r"^本(?:办法|细则|规定|制度|条例|规则|清单|规程)[^。]{0,20}(?:所称|适用于|施行|解释)|^[^。"
    r"]{0,30}适用(?:于)?本(?:办法|细则|规定|制度|条例)|自(?:发布|印发|公布|下发|20\d\d年)[^。"
    r"]{0,16}(?:起|日)(?:施行|实施|执行|生效)|由[^。，]{2,24}(?:负责)?解释。?$|解释权|"
    r"^(?:此前|以前|原有?)[^。]{0,30}(?:不一致|废止)"
)
_LEADS_IN = re.compile(r"[：:]$|特?制定本|[如以]下[。：:]|^(?:各|你)[^。]{1,30}[：:]$|特此|此致|敬礼")
_FEWEST_PARAGRAPHS = 2
_FEWEST_NAMES = 2
_PROHIBITS = re.compile(r"不得|禁止|严禁|下列情形|下列行为|之一的|处分|处罚|问责|追究|情形")


class Outline:
    """Walks the tree once and collects the roles in the order of the document.

    `places` tells for each block that was used (by id) what it became, heading or duty; `readings` are the tables.
    """

    def __init__(self, root: Node, default: str) -> None:
        self.roles = [Holder(default)]
        self.bodies = _have_bodies(root)
        self.places: dict[int, str] = {}
        self.readings: list[Reading] = []
        self._inside(root, self.roles[0], (), general=False)

    def holders(self) -> list[Holder]:
        """The roles that hold something or work by another's list; the default one alone if there is no other.

        Roles of one name in text and tables are one.
        """
        found: list[Holder] = []
        by_name: dict[str, Holder] = {}
        for role in self.roles:
            role.groups = [group for group in role.groups if group.items]
            if not (role.groups or role.inherits):
                continue
            same = by_name.get(role.name)
            if same is None or not (same.tabled or role.tabled):
                by_name[role.name] = role
                found.append(role)
            else:
                same.groups.extend(role.groups)
        return found or self.roles[:1]

    def _walk(self, node: Node, role: Holder, path: tuple[Node, ...], *, general: bool) -> None:
        named = _named(node.children)
        direct: Group | None = None
        for child in node.children:
            name = named.get(id(child))
            if child.reference:
                self._place("heading", (child.block,))
                self.roles.append(Holder(child.reference.who, child.heading, child.reference.whose))
            elif child.children or any(block.table for block in child.body):
                direct = None if path else direct
                self._inner(child, role, path, name, general=general)
            elif name and (whose := self._works_by(name, child.body)):
                self._place("heading", (child.block, *child.body[:1]))
                self.roles.append(Holder(name, child.block.text, whose))
            elif name and child.body:
                self.roles.append(Holder(name, child.block.text))
                self._paragraphs(child, self.roles[-1].group(None, None))
            elif child.heading and child.body and not child.marker:
                self._paragraphs(child, _section(role, (*path, child)))
            else:
                direct = direct or _section(role, path)
                direct.items.append(self._item(child, node, general=general))

    def _works_by(self, name: str, body: Sequence[Block]) -> str | None:
        """Whose list a holder works by whose heading has only that sentence below it: that of a role before it."""
        said = reference_of(name, body[0].text) if body else None
        return said.whose if said and any(role.name == said.whose for role in self.roles) else None

    def _inner(self, child: Node, role: Holder, path: tuple[Node, ...], name: str | None, *, general: bool) -> None:
        general = general or bool(_GENERAL_CHAPTER.match(child.block.text))
        self._place("heading", (child.block,))
        inside = () if name else (*path, child)
        if name:
            role = Holder(name, child.block.text)
            self.roles.append(role)
        self._inside(child, role, inside, general=general)

    def _inside(self, node: Node, role: Holder, path: tuple[Node, ...], *, general: bool) -> None:
        """What a node holds, in the order of the document: tables stand before its list or behind it."""
        first = node.children[0].block.line if node.children else 0
        tables = [block for block in node.body if block.table]
        self._tables([block for block in tables if block.line < first], role, path)
        self._walk(node, role, path, general=general)
        self._tables([block for block in tables if block.line >= first], role, path)

    def _tables(self, blocks: Iterable[Block], role: Holder, path: tuple[Node, ...]) -> None:
        """Read the tables that stand right under a node: their sections are inside those of `path`."""
        for block in blocks:
            if block.table is None:
                continue
            last = self.readings[-1] if self.readings else Reading()
            reading = read_table(block.table, role.name, last.columns, last.times)
            self.readings.append(reading)
            self._place("table", (block,))
            for found in reading.roles:
                for group in found.groups:
                    _nest(group, path)
                if found.name == role.name:
                    role.groups.extend(found.groups)
                else:
                    self.roles.append(found)

    def _place(self, place: str, blocks: Iterable[Block]) -> None:
        self.places.update((id(block), place) for block in blocks)

    def _paragraphs(self, child: Node, group: Group) -> None:
        """A heading without number over plain paragraphs: each of them is a duty."""
        self._place("heading", (child.block,))
        bodies = [block for block in child.body if not is_tail(block.text)]
        while bodies and not complete(bodies[-1].text):
            bodies.pop()
        self._place("duty", bodies)
        group.items.extend(Item("", block.text, block.line, signs=block.signs) for block in bodies)

    def take_paragraphs(self, root: Node) -> bool:
        """Without any number or heading each paragraph after the lead-in is a duty: two or more, else nothing is."""
        bodies = [block for block in root.body if complete(block.text) and not _LEADS_IN.search(block.text)]
        if len(bodies) < _FEWEST_PARAGRAPHS:
            return False
        self._place("duty", bodies)
        group = self.roles[0].group(None, None)
        group.items = [Item("", block.text, block.line, signs=block.signs) for block in bodies]
        return True

    def _item(self, leaf: Node, parent: Node, *, general: bool) -> Item:
        blocks = (leaf.block, *self._bodies_of(leaf, parent))
        self._place("duty", blocks)
        starts = accumulate((len(block.text) + 1 for block in blocks), initial=0)
        lines = tuple(zip(starts, (block.line for block in blocks), strict=False))
        return Item(
            number=leaf.marker.printed if leaf.marker else "",
            text="\n".join(block.text for block in blocks).rstrip(),
            line=leaf.block.line,
            general=general or bool(_GENERAL_ARTICLE.search(leaf.block.text[:160])),
            points=points_of(leaf.block.text),
            head=leaf.block.text,
            lines=lines,
            signs=sum(block.signs for block in blocks),
        )

    def _bodies_of(self, leaf: Node, parent: Node) -> list[Block]:
        """The paragraphs that belong to a leaf; after the last of a list only if other items have such."""
        last = leaf is parent.children[-1]
        bodies = _until_tail(leaf.body) if last else list(leaf.body)
        while last and bodies and not (complete(bodies[-1].text) or bodies[-1].marker or is_label(bodies[-1].text)):
            bodies.pop()
        opens = leaf.block.text.endswith(("：", ":"))
        if not last or opens or not complete(leaf.block.text) or leaf.style == "article":
            return bodies
        if parent.style == "article":
            return []
        return bodies if leaf.style in self.bodies else []


def _until_tail(bodies: Sequence[Block]) -> list[Block]:
    """The paragraphs before a signature's date or a note: what comes after it stands outside the list."""
    return list(takewhile(lambda block: not is_tail(block.text), bodies))


def _section(role: Holder, path: tuple[Node, ...]) -> Group:
    if not path:
        return role.group(None, None)
    inner = path[-1]
    title = " / ".join(node.block.text.strip() for node in path)
    return role.group(inner.marker.printed if inner.marker else None, title, points_of(inner.block.text))


def _nest(group: Group, path: tuple[Node, ...]) -> None:
    """Put a table's section inside the headings above the table."""
    if not path:
        return
    outer = " / ".join(node.block.text.strip() for node in path)
    if group.title is None:
        mark = path[-1].marker
        group.number, group.title = mark.printed if mark else None, outer
        group.points = points_of(path[-1].block.text) if group.points is None else group.points
    else:
        group.title = f"{outer} / {group.title}"


def _named(children: Sequence[Node]) -> dict[int, str]:
    """The children that name a holder; a bare name (检查组) counts only if most of its fellows are names too."""
    inner = [child for child in children if child.children or child.heading or any(one.table for one in child.body)]
    inner.extend(_named_leaves(children, inner))
    names = {id(child): name for child in inner if (name := _name(child))}
    bare = {id(child) for child in inner if id(child) in names and is_bare(_title(child))}
    if len(names) * 2 < len(inner):
        names = {key: name for key, name in names.items() if key not in bare}
    return names


def _named_leaves(children: Sequence[Node], inner: Sequence[Node]) -> list[Node]:
    """The headings over plain paragraphs that may name a holder: all of them where names are the rule among `children`.

    Where they are not, one that says duty (乡镇工作职责) may still, beside another level that does.
    """
    plain = [child for child in children if not child.children and child.body and is_short(child.block.text)]
    named = [child for child in plain if _name(child)]
    fellows = [child for child in inner if child.marker and _name(child)]
    over_text = len(plain) >= _FEWEST_NAMES and len(plain) * 2 > len(children) and len(named) == len(plain)
    everyone = bool(fellows) and len(fellows) + len(named) == len(children)
    if over_text or everyone or len(fellows) * 2 > len(children):
        return plain
    titled = [child for child in named if not is_bare(child.block.text)]
    return titled if any(not is_bare(_title(child)) for child in fellows) else []


def _title(child: Node) -> str:
    """What a heading says before it goes on in sentences (党委的主体责任。党委对…负责，包括：)."""
    text = child.block.text
    first, stop, _ = text.partition("。")
    return first if stop and child.children else text


def _name(child: Node) -> str | None:
    text = child.block.text
    return None if _PROHIBITS.search(text) else holder(_title(child))


def _have_bodies(root: Node) -> frozenset[str]:
    """The styles of leaves that are followed by paragraphs of their own in the middle of a list."""
    styles: set[str] = set()
    stack = [root]
    while stack:
        node = stack.pop()
        stack.extend(node.children)
        styles.update(child.style for child in node.children[:-1] if child.body and not child.children)
    return frozenset(styles)
