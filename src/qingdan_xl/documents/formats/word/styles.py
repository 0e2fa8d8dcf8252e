"""What a paragraph gets from its style: numbering and heading level, inherited (ECMA-376 Part 1 §17.7)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from qingdan_xl.documents.formats.word.markup import number, value

_BODY_TEXT = 9  # §17.9.9 outlineLvl: 0 to 8 are headings
_CONTENTS = re.compile(r"toc \d", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Style:
    """One style as it stands in the file; None for what it leaves to the style it is based on."""

    name: str
    based_on: str | None
    list_id: int | None
    list_level: int | None
    outline: int | None


@dataclass(frozen=True, slots=True)
class Membership:
    """The list (numId) a paragraph belongs to and its level there from 0; `style` is the one that says so, if one."""

    list_id: int
    level: int
    style: str | None = None


class Styles:
    """The paragraph and numbering styles of a document."""

    def __init__(self, root: ET.Element | None) -> None:
        self._styles: dict[str, Style] = {}
        self._default = ""
        for element in root.findall("style") if root is not None else ():
            name = element.get("styleId", "")
            self._styles[name] = _style(element)
            if element.get("type") == "paragraph" and element.get("default") in {"1", "true"}:
                self._default = name

    def membership(self, properties: ET.Element | None) -> Membership | None:
        """The list of a paragraph with these properties (§17.9.18 numPr, its own or its style's); None for no list."""
        own = properties.find("numPr") if properties is not None else None
        list_id, level = number(value(own, "numId")), number(value(own, "ilvl"))
        named, style = self._of(properties), None
        if list_id is None:
            style = next((name for name, each in named if each.list_id is not None), None)
            list_id = self._styles[style].list_id if style is not None else None
            levels = (level, *(each.list_level for _, each in named))
            level = next((each for each in levels if each is not None), None)
        return Membership(list_id, level or 0, style) if list_id else None

    def heading(self, properties: ET.Element | None) -> int:
        """1 to 9 for a heading (§17.9.9 outlineLvl), 0 for text."""
        outlines = (number(value(properties, "outlineLvl")), *(style.outline for _, style in self._of(properties)))
        outline = next((each for each in outlines if each is not None), _BODY_TEXT)
        return outline + 1 if 0 <= outline < _BODY_TEXT else 0

    def is_contents(self, properties: ET.Element | None) -> bool:
        """Whether the paragraph is a line of the table of contents, which repeats the headings."""
        return any(_CONTENTS.fullmatch(style.name) for _, style in self._of(properties))

    def list_of(self, style: str) -> int | None:
        """The list that a numbering style (§17.7.7) stands for."""
        return self._styles[style].list_id if style in self._styles else None

    def _of(self, properties: ET.Element | None) -> list[tuple[str, Style]]:
        return list(self._chain(value(properties, "pStyle") or self._default))

    def _chain(self, name: str | None) -> Iterator[tuple[str, Style]]:
        """The style `name` and those it is based on (§17.7.4.3), each once though they name each other."""
        seen: set[str] = set()
        while name in self._styles and name not in seen:
            seen.add(name)
            yield name, self._styles[name]
            name = self._styles[name].based_on


def _style(element: ET.Element) -> Style:
    listed = element.find("pPr/numPr")
    return Style(
        value(element, "name") or "",
        value(element, "basedOn"),
        number(value(listed, "numId")),
        number(value(listed, "ilvl")),
        number(value(element, "pPr/outlineLvl")),
    )
