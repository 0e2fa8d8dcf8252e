"""What a template knows of the people who made it, taken out of its reports: names, comments, places on their disks."""

import re
from collections.abc import Mapping
from posixpath import join, normpath

from lxml import etree

_RELATIONS, _TYPES, _SAID_OF_IT = ".rels", "[Content_Types].xml", "docProps/core.xml"
_ATTACHED = "/attachedTemplate"
_COMMENTS = ("/comments", "/commentsExtended", "/commentsIds", "/commentsExtensible", "/people")
_GONE = (_ATTACHED, *_COMMENTS)
_SETTINGS = re.compile(rb"<w:(attachedTemplate|trackRevisions)\b[^>]*(?:/>|>\s*</w:\1>)")
_NAMES = re.compile(rb"(<(dc:creator|cp:lastModifiedBy)\b[^>/]*>)[^<]*(</\2>)")


def impersonal(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts of a .docx without comments, the names of its authors and the .dotx that it hangs on.

    Changes are tracked no more. lxml's error where relations are no XML.
    """
    found = {name: _unsaid(name, data) for name, data in parts.items()}
    gone: set[str] = set()
    for name in parts:
        if name.endswith(_RELATIONS):
            found[name], led = _without_ways(name, parts[name])
            gone |= led
    found[_TYPES] = _undeclared(found[_TYPES], gone)
    gone |= {_relations_of(part) for part in gone}
    return {name: data for name, data in found.items() if name not in gone}


def _unsaid(name: str, data: bytes) -> bytes:
    if name.endswith("settings.xml"):
        return _SETTINGS.sub(b"", data)
    return _NAMES.sub(rb"\1\3", data) if name == _SAID_OF_IT else data


def _without_ways(name: str, data: bytes) -> tuple[bytes, set[str]]:
    """Relations without those that lead to what is left out, and the parts of the package that they led to."""
    if not any(kind.encode() in data for kind in _GONE):
        return data, set()
    tree = etree.fromstring(data)
    lost = [each for each in tree if (each.get("Type") or "").endswith(_GONE)]
    folder = name.partition("_rels/")[0]
    for each in lost:
        tree.remove(each)
    inside = {normpath(join("/", folder, each.get("Target") or "")).removeprefix("/") for each in lost}
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True), inside


def _relations_of(part: str) -> str:
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}{_RELATIONS}"


def _undeclared(types: bytes, gone: set[str]) -> bytes:
    """The content types without those of what is gone."""
    for part in gone:
        types = re.sub(rb"<Override\b[^>]*PartName=\"/" + re.escape(part.encode()) + rb"\"[^>]*/>", b"", types)
    return types
