"""In a report 一是 … 二是 … inside a paragraph are the items."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qingdan_xl.documents.items import Group, Holder, Item
from qingdan_xl.documents.lines import size

_BEING = re.compile(r"(?:^|(?<=[。；;：:，,、\s”]))(?P<p>(?:[一二三四五六七八九十]+)(?:是|要))(?!否)[，,：:]?")
_ORDER = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Lead:
    """What stood before the first 一是 of a paragraph: `text` without the title, and how many signs were which."""

    line: int
    text: str
    heading: int
    preamble: int


def split_report(holders: Sequence[Holder]) -> list[Lead]:
    """Cut the items out of each paragraph; the paragraph's owner is their section. Gives what belongs to no item."""
    leads: list[Lead] = []
    for role in holders:
        role.groups = [made for group in role.groups for made in _groups(group, leads)]
    return leads


def _groups(group: Group, leads: list[Lead]) -> Iterator[Group]:
    plain = Group(group.number, group.title, points=group.points)
    for item in group.items:
        hits = _hits(item.text)
        if len(hits) > 1 and not item.number.endswith(("是", "要")):
            parts = list(_parts(item, hits))
            said = item.text[: hits[0].start()]
            title = item.head if len(item.head) <= len(said) else said.strip()
            leads.append(_lead(item, said.removeprefix(title), parts))
            yield Group(item.number, title, parts)
        else:
            plain.items.append(item)
    if plain.items:
        yield plain


def _lead(item: Item, text: str, parts: Sequence[Item]) -> Lead:
    rest = item.signs - sum(part.signs for part in parts)
    return Lead(item.line, text.strip(), rest - size(text), size(text))


def _hits(text: str) -> list[re.Match[str]]:
    """The numbers 一是, 二是 … of a paragraph, without a gap."""
    hits: list[re.Match[str]] = []
    for hit in _BEING.finditer(text):
        if len(hits) < len(_ORDER) and hit["p"][:-1] == _ORDER[len(hits)]:
            hits.append(hit)
    return hits


def _parts(item: Item, hits: Sequence[re.Match[str]]) -> Iterator[Item]:
    ends = [*(hit.start() for hit in hits[1:]), len(item.text)]
    for hit, end in zip(hits, ends, strict=True):
        text = item.text[hit.end() : end].strip()
        yield Item(hit["p"], text, item.line_at(hit.start()), signs=size(item.text[hit.start() : end]))
