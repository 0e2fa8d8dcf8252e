"""What an .xlsx says about itself outside its cells: sheets and their parts, properties, the date system."""

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from xml.etree import ElementTree as ET
from zipfile import ZipFile

from qingdan_xl.sheets.values import EPOCH, EPOCH_1904

_FOREIGN = (
    ("vbaproject.bin", "宏"),
    ("/externallinks/", "外部链接"),
    ("/embeddings/", "嵌入对象"),
    ("/activex/", "控件"),
    ("connections.xml", "外部数据连接"),
)
_TRUE = ("1", "true")
_RELATIONSHIP = "/relationships}id"  # the transitional and the strict namespace both end so


@dataclass(frozen=True, slots=True)
class Package:
    """The sheets' parts by sheet name in order, the custom properties, when it was last saved (UTC), its epoch."""

    parts: Mapping[str, str]
    properties: Mapping[str, str] = field(default_factory=dict)
    saved_at: datetime | None = None
    epoch: date = EPOCH


def read_package(archive: ZipFile) -> Package:
    """Read an .xlsx's own description; ET.ParseError or KeyError where it is broken."""
    names = {name.casefold(): name for name in archive.namelist()}
    workbook = ET.fromstring(archive.read(names["xl/workbook.xml"]))  # noqa: S314 - as above
    targets = _targets(archive, names.get("xl/_rels/workbook.xml.rels"))
    sheets = [(sheet.get("name", ""), _relationship(sheet)) for sheet in workbook.iter() if _tag(sheet) == "sheet"]
    settings = next((element for element in workbook.iter() if _tag(element) == "workbookPr"), None)
    is_1904 = settings is not None and settings.get("date1904", "") in _TRUE
    return Package(
        {name: targets[key] for name, key in sheets if key in targets},
        _properties(archive, names.get("docprops/custom.xml")),
        _saved_at(archive, names.get("docprops/core.xml")),
        EPOCH_1904 if is_1904 else EPOCH,
    )


def foreign_content(names: tuple[str, ...]) -> tuple[str, ...]:
    """What a form of ours never holds, in words: macros, links to other files, embedded objects."""
    return tuple(
        word for mark, word in _FOREIGN if any(mark in f"/{name}".replace("\\", "/").casefold() for name in names)
    )


def _tag(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _relationship(sheet: ET.Element) -> str:
    return next((value for key, value in sheet.attrib.items() if key.endswith(_RELATIONSHIP)), "")


def _targets(archive: ZipFile, part: str | None) -> dict[str, str]:
    if part is None:
        return {}
    relations = ET.fromstring(archive.read(part))  # noqa: S314 - the gate has refused every DOCTYPE
    return {
        relation.get("Id", ""): posixpath.normpath(posixpath.join("/xl", relation.get("Target", ""))).lstrip("/")
        for relation in relations
    }


def _properties(archive: ZipFile, part: str | None) -> dict[str, str]:
    if part is None:
        return {}
    root = ET.fromstring(archive.read(part))  # noqa: S314 - the gate has refused every DOCTYPE
    return {entry.get("name", ""): "".join(entry.itertext()).strip() for entry in root if entry.get("name")}


def _saved_at(archive: ZipFile, part: str | None) -> datetime | None:
    if part is None:
        return None
    root = ET.fromstring(archive.read(part))  # noqa: S314 - the gate has refused every DOCTYPE
    text = next((entry.text or "" for entry in root if _tag(entry) == "modified"), "")
    try:
        return datetime.fromisoformat(text.strip()).replace(tzinfo=None)
    except ValueError:
        return None
