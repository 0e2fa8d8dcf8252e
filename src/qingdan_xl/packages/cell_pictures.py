"""WPS's pictures in cells: parts that openpyxl leaves out of the workbook it saves; and what else it leaves out."""

import re
from collections.abc import Iterable, Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

_PICTURES = "xl/cellimages.xml"  # WPS writes it so, others xl/cellImages.xml
_TYPES, _RELATIONS = "[Content_Types].xml", "xl/_rels/workbook.xml.rels"
_MEDIA, _DRAWINGS = "xl/media/", "xl/drawings/drawing"
_KIND = b"application/vnd.wps-officedocument.cellimage+xml"
_RELATION = re.compile(rb'<Relationship\b[^>]*\bTarget="(?:/xl/)?cellimages\.xml"[^>]*/>', re.IGNORECASE)
_ID = re.compile(rb'\bId="[^"]*"')
_PICTURE = re.compile(rb'Target="(?:/xl/)?media/([^"/]+)"')
_DEFAULT = re.compile(rb'<Default\b[^>]*\bExtension="([^"]+)"[^>]*/>')
_OWN = "cell-"  # openpyxl numbers its pictures anew, so these are called otherwise
_SHAPE = re.compile(rb"<(?:\w+:)?(?:sp|cxnSp|grpSp)[\s>]")
_CONTROL = b":compatExt"  # the shape that Excel adds to a button, for programs that know no buttons
_LEFT_OUT = (("xl/embeddings/", "嵌入的文件"), ("xl/diagrams/", "SmartArt 图形"))


def with_cell_pictures(workbook: bytes, original: bytes) -> bytes:
    """The workbook that openpyxl saved with the pictures in cells that the original has; all else as it is."""
    old = _parts(original)
    place = next((name for name in old if name.casefold() == _PICTURES), "")
    relation = _RELATION.search(old.get(_RELATIONS, b""))
    if not (place and relation):
        return workbook
    parts = _parts(workbook)
    beside = f"xl/_rels/{place.rpartition('/')[2]}.rels"
    pictures = {name.decode() for name in _PICTURE.findall(old.get(beside, b""))}
    parts[place] = old[place]
    parts[beside] = _PICTURE.sub(rb'Target="media/%b\1"' % _OWN.encode(), old.get(beside, b""))
    parts |= {f"{_MEDIA}{_OWN}{name}": old[_MEDIA + name] for name in pictures if _MEDIA + name in old}
    parts[_TYPES] = _with_types(parts[_TYPES], old[_TYPES], place, pictures)
    own = _ID.sub(b'Id="cellpictures"', relation[0])
    parts[_RELATIONS] = parts[_RELATIONS].replace(b"</Relationships>", own + b"</Relationships>")
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return buffer.getvalue()


def left_out(copy: bytes, original: bytes) -> tuple[str, ...]:
    """What the original shows and the copy that openpyxl saved of it does not, in words."""
    old, new = _parts(original, (_MEDIA, _DRAWINGS)), _parts(copy, (_MEDIA,))
    pictures = {part for name, part in old.items() if name.startswith(_MEDIA)} - set(new.values())
    shapes = any(_shows_shapes(part) for name, part in old.items() if name.startswith(_DRAWINGS))
    with ZipFile(BytesIO(original)) as archive:
        names = archive.namelist()
    others = (word for mark, word in _LEFT_OUT if any(name.startswith(mark) for name in names))
    return (*(["图片"] if pictures else []), *(["文本框或形状"] if shapes else []), *others)


def _shows_shapes(drawing: bytes) -> bool:
    return len(_SHAPE.findall(drawing)) > drawing.count(_CONTROL)


def _parts(workbook: bytes, starts: tuple[str, ...] = ("",)) -> dict[str, bytes]:
    with ZipFile(BytesIO(workbook)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name.startswith(starts)}


def _with_types(types: bytes, old: bytes, place: str, pictures: Iterable[str]) -> bytes:
    """The package's list of types with that of the pictures' part, and of their formats as the original names them."""
    known = {default[1].lower() for default in _DEFAULT.finditer(types)}
    named: Mapping[bytes, bytes] = {default[1].lower(): default[0] for default in _DEFAULT.finditer(old)}
    formats = sorted({picture.rpartition(".")[2].lower().encode() for picture in pictures} - known)
    kind = b'<Override PartName="/%b" ContentType="%b"/>' % (place.encode(), _KIND)
    more = b"".join(named[each] for each in formats if each in named)
    return types.replace(b"</Types>", more + kind + b"</Types>")
