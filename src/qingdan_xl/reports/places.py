"""Where a tag of a template stands, as people find it: the paragraph by number, and how it begins."""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, field, replace
from html import unescape

from qingdan_xl.reports.package import MAIN

_PARAGRAPH = re.compile(r"(?=<w:p[ >])")
_MARKUP = re.compile(r"<[^>]*>")
# Word parts what is typed in one go: {<…>{ is the same as {{
_PARTED = re.compile(r"(?<=\{)(?:<[^>]*>)+(?=[{%#])|(?<=[%}#])(?:<[^>]*>)+(?=\})")
_TAG = re.compile(r"\{\{(?:(?!\}\}).)*(?:\}\})?|\{%(?:(?!%\}).)*(?:%\})?", re.DOTALL)
_OPENING = re.compile(r"\{\{[-+]?|\{%[-+]?")
_RAW = re.compile(r"\{\{(?:p|r|tr|tc)(?=\s)")
_APART = re.compile(r"[{｛]\s+[{｛%％]")
_SINGLE = re.compile(r"(?<![{｛_])[{｛]\s*([^{}｛｝]+?)\s*[}｝](?![}｝_])")
_LONGEST, _LONGEST_TAG = 24, 60
_WORDS = {"header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "尾注"}
_PAIRS = (("{{", "}}"), ("{%", "%}"))


@dataclass(frozen=True, slots=True)
class Place:
    """A paragraph of a part: its number from 1, its text, and the one of its tags that is meant, '' for none."""

    part: str
    number: int
    text: str
    tag: str = ""

    def __str__(self) -> str:
        where = "" if self.part == MAIN else next((w for k, w in _WORDS.items() if f"/{k}" in self.part), "")
        seen = self.tag in self.text[:_LONGEST] or self.text.lstrip().startswith(self.tag)
        which = "" if seen else f"的“{_cut(self.tag, _LONGEST_TAG)}”"
        return f"{where}第 {self.number} 段“{_cut(self.text, _LONGEST)}”{which}"


@dataclass(slots=True)
class Places:
    """The place of each tag of a part, in order."""

    part: str
    xml: str
    found: list[Place] = field(default_factory=list)

    def __post_init__(self) -> None:
        for place in self.paragraphs():
            self.found += [replace(place, tag=tag) for tag in _TAG.findall(place.text)]

    def paragraphs(self) -> Iterator[Place]:
        """Every paragraph in order."""
        pieces = _PARAGRAPH.split(_PARTED.sub("", self.xml))
        for number, piece in enumerate(pieces[1:], 1):
            yield Place(self.part, number, unescape(_MARKUP.sub("", piece)))

    def faults(self, names: Container[str]) -> Iterator[tuple[Place, str]]:
        """The paragraphs in which a tag is opened and not closed, or the other way, or asks for markup; and which.

        So is what was meant as a tag: its brackets apart, or one of these names in single ones.
        """
        for place in self.paragraphs():
            for opening, closing in _PAIRS:
                opened, closed = place.text.count(opening), place.text.count(closing)
                if opened != closed:
                    lone, missing = (opening, closing) if opened > closed else (closing, opening)
                    yield place, f"“{lone}”没有对应的“{missing}”"
            if found := _RAW.search(place.text):
                yield place, f"不能用“{found[0]}”，变量写成 {{{{ … }}}}"
            rest = _TAG.sub("", place.text)
            if found := _APART.search(rest):
                yield place, f"“{found[0]}”中间不能有空格"
            elif name := next((name for name in _SINGLE.findall(rest) if name in names), ""):
                yield place, f"“{name}”只有一层花括号，变量写成 {{{{ {name} }}}}"

    def at(self, line: int) -> Place | None:
        """The place of the tag on a line of what `one_a_line` gave; None where there is no tag at all."""
        return self.found[max(0, min(line - 2, len(self.found) - 1))] if self.found else None


def _cut(text: str, most: int) -> str:
    return (text if len(text) <= most else f"{text[:most]}…").strip()


def one_a_line(source: str) -> str:
    """The source with a line of its own for each tag (the first is on line 2): its place is found by the line."""
    return _OPENING.sub(lambda hit: f"{hit[0]}\n", source.replace("\n", " "))
