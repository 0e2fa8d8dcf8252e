"""Where a tag of a template stands, as people find it: the paragraph by number, and how it begins."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from qingdan_xl.reports.package import MAIN

_PARAGRAPH = re.compile(r"(?=<w:p[ >])")
_MARKUP = re.compile(r"<[^>]*>")
# Word parts what is typed in one go: {<…>{ is the same as {{
_PARTED = re.compile(r"(?<=\{)(?:<[^>]*>)+(?=[{%#])|(?<=[%}#])(?:<[^>]*>)+(?=\})")
_TAG = re.compile(r"\{\{|\{%")
_OPENING = re.compile(r"\{\{[-+]?|\{%[-+]?")
_RAW = re.compile(r"\{\{(?:p|r|tr|tc)(?=\s)")
_LONGEST = 24
_WORDS = {"header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "尾注"}
_PAIRS = (("{{", "}}"), ("{%", "%}"))


@dataclass(frozen=True, slots=True)
class Place:
    """A paragraph of a part: its number from 1, and its text."""

    part: str
    number: int
    text: str

    def __str__(self) -> str:
        where = "" if self.part == MAIN else next((w for k, w in _WORDS.items() if f"/{k}" in self.part), "")
        text = self.text if len(self.text) <= _LONGEST else f"{self.text[:_LONGEST]}…"
        return f"{where}第 {self.number} 段“{text.strip()}”"


@dataclass(slots=True)
class Places:
    """The place of each tag of a part, in order."""

    part: str
    xml: str
    found: list[Place] = field(default_factory=list)

    def __post_init__(self) -> None:
        for place in self.paragraphs():
            self.found += [place] * len(_TAG.findall(place.text))

    def paragraphs(self) -> Iterator[Place]:
        """Every paragraph in order."""
        pieces = _PARAGRAPH.split(_PARTED.sub("", self.xml))
        for number, piece in enumerate(pieces[1:], 1):
            yield Place(self.part, number, _MARKUP.sub("", piece))

    def faults(self) -> Iterator[tuple[Place, str]]:
        """The paragraphs in which a tag is opened and not closed, or the other way, or asks for markup; and which."""
        for place in self.paragraphs():
            for opening, closing in _PAIRS:
                opened, closed = place.text.count(opening), place.text.count(closing)
                if opened != closed:
                    lone, missing = (opening, closing) if opened > closed else (closing, opening)
                    yield place, f"“{lone}”没有对应的“{missing}”"
            if found := _RAW.search(place.text):
                yield place, f"不能用“{found[0]}”，变量写成 {{{{ … }}}}"

    def at(self, line: int) -> Place | None:
        """The place of the tag on a line of what `one_a_line` gave; None where there is no tag at all."""
        return self.found[max(0, min(line - 2, len(self.found) - 1))] if self.found else None


def one_a_line(source: str) -> str:
    """The source with a line of its own for each tag (the first is on line 2): its place is found by the line."""
    return _OPENING.sub(lambda hit: f"{hit[0]}\n", source.replace("\n", " "))
