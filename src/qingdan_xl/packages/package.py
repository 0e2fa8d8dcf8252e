"""What an .xlsx says about itself outside its cells: sheets and their parts, properties, the date system."""

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache
from xml.etree import ElementTree as ET

from qingdan_xl.sheets.values import EPOCH, EPOCH_1904

MACROS = "宏"
_FOREIGN = (
    ("vbaproject.bin", MACROS),
    ("/externallinks/", "外部链接"),
    ("/embeddings/", "嵌入对象"),
    ("/activex/", "控件"),
    ("connections.xml", "外部数据连接"),
)
_TRUE = ("1", "true", "on")
_RELATIONSHIP = "/relationships}id"  # the transitional and the strict namespace both end so
_WORKBOOK = "xl/workbook.xml"
_DECLARED = re.compile(rb"""^(\s*<\?xml[^>]*?)\s+encoding\s*=\s*["']([\w.\-]+)["']""")
_HEAD = 200
_FIRST_YEAR = 1980  # before it there were no such files: some programs write a date of none
_SMALL = 50_000
_UTF8 = (b"utf-8", b"utf8", b"us-ascii", b"ascii")


@dataclass(frozen=True, slots=True)
class Package:
    """The sheets' parts by sheet name in order, the custom properties, when it was last saved (UTC), its epoch."""

    parts: Mapping[str, str]
    properties: Mapping[str, str] = field(default_factory=dict)
    saved_at: datetime | None = None
    epoch: date = EPOCH


def read_package(parts: Mapping[str, bytes]) -> Package:
    """Read an .xlsx's own description out of its parts (UTF-8); ET.ParseError or KeyError where it is broken."""
    names = {name.replace("\\", "/").casefold(): name for name in parts}
    place = _workbook_place(parts, names)
    folder, _, file = place.rpartition("/")
    workbook = _xml(parts, names[place.casefold()])
    targets = _targets(parts, names.get(f"{folder}/_rels/{file}.rels".casefold()), f"/{folder}")
    sheets = [(sheet.get("name", ""), _relationship(sheet)) for sheet in workbook.iter() if _tag(sheet) == "sheet"]
    settings = next((element for element in workbook.iter() if _tag(element) == "workbookPr"), None)
    is_1904 = settings is not None and settings.get("date1904", "") in _TRUE
    return Package(
        {name: names.get(targets[key].casefold(), "") for name, key in sheets if key in targets},
        _properties(parts, names.get("docprops/custom.xml")),
        _saved_at(parts, names.get("docprops/core.xml")),
        EPOCH_1904 if is_1904 else EPOCH,
    )


def in_utf8(xml: bytes) -> bytes:
    """An XML part in UTF-8, whatever encoding its byte order mark, its zeros or its declaration say it is in.

    The same object where it is in UTF-8 already; ValueError where it is not in the encoding it declares.
    """
    wide = _wide_encoding(xml)
    declared = _DECLARED.match(xml[:_HEAD])
    encoding = wide or (declared[2].decode() if declared else "")
    if not encoding or encoding.casefold().encode() in _UTF8:
        return xml
    try:
        text = xml.decode(encoding)
    except LookupError as fault:
        raise ValueError(encoding) from fault
    return _DECLARED.sub(rb"\1", text.removeprefix("\ufeff").encode(), count=1)


def foreign_content(names: tuple[str, ...]) -> tuple[str, ...]:
    """What a form of ours never holds, in words: macros, links to other files, embedded objects."""
    return tuple(
        word for mark, word in _FOREIGN if any(mark in f"/{name}".replace("\\", "/").casefold() for name in names)
    )


def _wide_encoding(xml: bytes) -> str:
    if xml[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    if xml[:2] == b"<\0":
        return "utf-16-le"
    return "utf-16-be" if xml[:2] == b"\0<" else ""


def _xml(parts: Mapping[str, bytes], name: str) -> ET.Element:
    xml = parts[name]
    return _small_xml(xml) if len(xml) < _SMALL else ET.fromstring(xml)  # noqa: S314 - the gate has refused every DOCTYPE


@lru_cache(maxsize=64)
def _small_xml(xml: bytes) -> ET.Element:
    """Files of one program and one batch describe themselves alike."""
    return ET.fromstring(xml)  # noqa: S314 - the gate has refused every DOCTYPE


def _workbook_place(parts: Mapping[str, bytes], names: Mapping[str, str]) -> str:
    """The workbook's part: where the package says, as other writers call it as they like."""
    if _WORKBOOK in names or "_rels/.rels" not in names:
        return _WORKBOOK
    for relation in _xml(parts, names["_rels/.rels"]):
        if relation.get("Type", "").endswith("/officeDocument"):
            return _normal("/", relation.get("Target", ""))
    return _WORKBOOK


def _normal(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join(folder, target.replace("\\", "/"))).lstrip("/")


def _tag(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _relationship(sheet: ET.Element) -> str:
    return next((value for key, value in sheet.attrib.items() if key.endswith(_RELATIONSHIP)), "")


def _targets(parts: Mapping[str, bytes], part: str | None, folder: str) -> dict[str, str]:
    if part is None:
        return {}
    return {relation.get("Id", ""): _normal(folder, relation.get("Target", "")) for relation in _xml(parts, part)}


def _properties(parts: Mapping[str, bytes], part: str | None) -> dict[str, str]:
    if part is None:
        return {}
    root = _xml(parts, part)
    return {entry.get("name", ""): "".join(entry.itertext()).strip() for entry in root if entry.get("name")}


def _saved_at(parts: Mapping[str, bytes], part: str | None) -> datetime | None:
    if part is None:
        return None
    text = next((entry.text or "" for entry in _xml(parts, part) if _tag(entry) == "modified"), "")
    try:
        saved = datetime.fromisoformat(text.strip())
        utc = saved.astimezone(UTC).replace(tzinfo=None) if saved.tzinfo else saved
    except (ValueError, OverflowError):
        return None
    return utc if utc.year >= _FIRST_YEAR else None
