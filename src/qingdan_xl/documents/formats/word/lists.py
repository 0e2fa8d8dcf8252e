"""Word's automatic numbering: the number that is printed before a paragraph, which no text holds (§17.9)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from qingdan_xl.documents.formats.word.markup import is_on, number, value
from qingdan_xl.documents.formats.word.numberformats import written
from qingdan_xl.documents.formats.word.styles import Membership, Styles

_PLACE = re.compile(r"%([1-9])")
_LEVELS = range(9)


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list (§17.9.6 lvl).

    `text` holds %1 to %9 for the levels' counts (§17.9.11); `restart` is the level from 1 whose use starts this one
    anew, 0 for never, None for any outer one (§17.9.10); `arabic` writes outer counts in digits (§17.9.4 isLgl).
    """

    start: int
    format: str
    text: str
    restart: int | None
    arabic: bool
    style: str | None


@dataclass(frozen=True, slots=True)
class List:
    """A list (§17.9.15 num): counts are kept by `abstract`, so that lists of one definition go on with each other."""

    abstract: str
    levels: Mapping[int, Level]
    starts: Mapping[int, int] = field(default_factory=dict)


class Numbering:
    """The lists of a document while it is read from its start to its end."""

    def __init__(self, root: ET.Element | None, styles: Styles) -> None:
        empty = ET.Element("numbering")
        self._root = root if root is not None else empty
        self._styles = styles
        self._abstract = {each.get("abstractNumId", ""): each for each in self._root.findall("abstractNum")}
        self._nums = {number(each.get("numId")): each for each in self._root.findall("num")}
        self._lists: dict[int, List | None] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[int, int]] = set()

    def next(self, membership: Membership | None) -> str:
        """Count one paragraph and give its number as printed; '' for bullets and for paragraphs of no list."""
        found = self._list(membership.list_id) if membership else None
        if membership is None or found is None:
            return ""
        at = self._level(membership, found)
        level = found.levels.get(at)
        if level is None:
            return ""
        counts = self._count(membership.list_id, found, at)
        return _PLACE.sub(lambda place: _place(found, level, counts, int(place[1]) - 1), level.text).strip()

    def _level(self, membership: Membership, found: List) -> int:
        """The level; where a style names the list, the level that names the style (§17.9.23 pStyle)."""
        linked = (at for at, level in found.levels.items() if membership.style and level.style == membership.style)
        return next(linked, membership.level)

    def _count(self, list_id: int, found: List, at: int) -> Mapping[int, int]:
        counts = self._counts.setdefault(found.abstract, {})
        if at in found.starts and (list_id, at) not in self._begun:
            counts.pop(at, None)
        self._begun.add((list_id, at))
        for outer in range(at):  # levels passed over count as begun, as Word does it
            counts.setdefault(outer, _start(found, outer))
        counts[at] = counts[at] + 1 if at in counts else _start(found, at)
        for inner in [inner for inner in counts if inner > at and _restarts(found.levels.get(inner), at)]:
            del counts[inner]
        return counts

    def _list(self, list_id: int) -> List | None:
        if list_id not in self._lists:
            num = self._nums.get(list_id)
            self._lists[list_id] = None if num is None else self._read(num)
        return self._lists[list_id]

    def _read(self, num: ET.Element) -> List | None:
        name = value(num, "abstractNumId") or ""
        abstract = self._abstract.get(name)
        linked = value(abstract, "numStyleLink")
        if linked:  # §17.9.21: the definition stands with the numbering style
            other = self._nums.get(self._styles.list_of(linked))
            name = value(other, "abstractNumId") or name
            abstract = self._abstract.get(name, abstract)
        if abstract is None:
            return None
        levels = {at: _read_level(each) for each in abstract.findall("lvl") if (at := _index(each)) is not None}
        starts: dict[int, int] = {}
        for override in num.findall("lvlOverride"):  # §17.9.8
            at = _index(override)
            own, start = override.find("lvl"), number(value(override, "startOverride"))
            if at is not None and own is not None:
                levels[at] = _read_level(own)
            if at is not None and start is not None:
                starts[at] = start
        return List(name, levels, starts)


def _place(found: List, level: Level, counts: Mapping[int, int], at: int) -> str:
    own = found.levels.get(at)
    if own is None:
        return ""
    return written(counts.get(at, own.start), "decimal" if level.arabic else own.format)


def _index(element: ET.Element) -> int | None:
    at = number(element.get("ilvl"))
    return at if at in _LEVELS else None


def _read_level(element: ET.Element) -> Level:
    # a format only newer versions know stands in alternatives; the last one is for everybody
    formats = [each.get("val", "decimal") for each in element.iter("numFmt")]
    return Level(
        number(value(element, "start")) or 0,
        formats[-1] if formats else "decimal",
        "" if formats and formats[-1] == "bullet" else value(element, "lvlText") or "",
        number(value(element, "lvlRestart")),
        is_on(element, "isLgl"),
        value(element, "pStyle"),
    )


def _start(found: List, at: int) -> int:
    level = found.levels.get(at)
    return found.starts.get(at, level.start if level else 1)


def _restarts(inner: Level | None, used: int) -> bool:
    return inner is None or inner.restart is None or used < inner.restart
