"""The XML of a Word package, read into trees whose names are short and the same in every dialect."""

import posixpath
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree as ET

from qingdan_xl.model import Origin
from qingdan_xl.packages.refusal import RefusedError
from qingdan_xl.problems import problem

# Transitional and Strict namespaces (ECMA-376 Part 1 and 4); those of Word itself need no prefix here.
_PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m:",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m:",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc:",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a:",
    "http://purl.oclc.org/ooxml/drawingml/main": "a:",
    "http://www.w3.org/XML/1998/namespace": "xml:",
}
_MAIN = "officeDocument"
_DEEPEST = 200
_MEGA = 1_000_000
_LARGEST = 40 * _MEGA
_LONGEST_NUMBER = 9
_OFF = frozenset({"0", "false", "off", "none"})
# Elements that only wrap what they hold (§17.5 structured tags, §17.13.5 accepted revisions, §17.16 links and fields).
TRANSPARENT = frozenset(
    {"sdt", "sdtContent", "ins", "moveTo", "hyperlink", "smartTag", "customXml", "fldSimple", "bdo", "dir"}
)


class Parts:
    """The parts of a .docx that has passed the gate, found by what they are related as (ECMA-376 Part 2 §9)."""

    def __init__(self, parts: Mapping[str, bytes], file: str) -> None:
        self._parts = {name.replace("\\", "/").casefold(): xml for name, xml in parts.items()}
        self._file = file
        main = self._related("").get(_MAIN, ["word/document.xml"])[0]
        self.main = self._tree(main)
        self._beside = self._related(main)

    def trees(self, kind: str) -> Iterator[ET.Element]:
        """The parts that the document names as its `kind` (styles, numbering, header …); none where there are none."""
        for name in self._beside.get(kind, []):
            if name.casefold() in self._parts:
                yield self._tree(name)

    def _related(self, part: str) -> dict[str, list[str]]:
        folder, name = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        if rels.casefold() not in self._parts:
            return {}
        found: dict[str, list[str]] = {}
        for relation in self._tree(rels):
            if relation.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
                found.setdefault(relation.get("Type", "").rpartition("/")[2], []).append(target)
        return found

    def _tree(self, part: str) -> ET.Element:
        xml = self._parts.get(part.casefold())
        if xml is None:
            raise self._damaged(f"缺少部件 {part}")
        if len(xml) > _LARGEST:
            what, size = f"部件 {part}", len(xml) / _MEGA
            fault = problem(
                "too-large", Origin(self._file), what=what, number=size, limit=_LARGEST / _MEGA, measure="MB"
            )
            raise RefusedError(fault)
        try:
            root = ET.fromstring(xml)  # noqa: S314 - the gate has refused every DOCTYPE
        except (ET.ParseError, ValueError, LookupError) as fault:
            raise self._damaged(f"部件 {part} 读不出来") from fault
        if _shorten(root) > _DEEPEST:
            raise self._damaged(f"部件 {part} 嵌套过深")
        return root

    def _damaged(self, why: str) -> RefusedError:
        return RefusedError(problem("damaged", Origin(self._file), why=why))


def _shorten(root: ET.Element) -> int:
    """Give all tags and attributes their short names; how deep the tree is (to _DEEPEST + 1)."""
    level, depth = [root], 0
    while level and depth <= _DEEPEST:
        depth += 1
        for element in level:
            element.tag = _short(element.tag)
            if element.attrib:
                element.attrib = {_short(name): value for name, value in element.attrib.items()}
        level = [child for element in level for child in element]
    return depth


def _short(name: str) -> str:
    space, _, local = name.rpartition("}")
    return _PREFIXES.get(space[1:], "?:") + local if space else local


def value(element: ET.Element | None, path: str) -> str | None:
    """The `val` of the element at `path` under `element`; None where there is none."""
    found = element.find(path) if element is not None else None
    return None if found is None else found.get("val")


def number(text: str | None) -> int | None:
    """A whole number as an attribute holds it; None for anything else, and for numbers no document needs."""
    plain = (text or "").strip()
    digits = plain.removeprefix("-")
    return int(plain) if digits.isascii() and digits.isdigit() and len(digits) <= _LONGEST_NUMBER else None


def is_on(properties: ET.Element | None, name: str) -> bool:
    """Whether a property that is on or off (§17.17.4 ST_OnOff) is on."""
    found = properties.find(name) if properties is not None else None
    return found is not None and found.get("val", "1") not in _OFF


def content(element: ET.Element) -> Iterator[ET.Element]:
    """The children of `element`, those of wrappers in their place, of alternatives one; no prompts (showingPlcHdr)."""
    for child in element:
        if child.tag == "mc:AlternateContent":
            yield from content(chosen(child))
        elif child.tag == "sdt" and child.find("sdtPr/showingPlcHdr") is not None:
            continue
        elif child.tag in TRANSPARENT:
            yield from content(child)
        else:
            yield child


def chosen(alternatives: ET.Element) -> ET.Element:
    """What a newer Word shows, else the fallback for older ones: both say the same (Part 3 §10.2)."""
    found = alternatives.find("mc:Choice")
    fallback = alternatives.find("mc:Fallback")
    return next((one for one in (found, fallback) if one is not None), alternatives)
