"""Word documents made part by part, as Word, WPS and others write them."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_SPACES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_MAIN = f"{_MIME}.document.main+xml"


def docx(body: str, **parts: str) -> bytes:
    """A .docx with this body; `parts` are the insides of others (numbering, styles, header)."""
    return zipped(docx_parts(body, **parts))


def docx_parts(body: str, **parts: str) -> dict[str, bytes]:
    """The parts of `docx` by name."""
    made = {
        "[Content_Types].xml": _types(parts),
        "_rels/.rels": _relations({"officeDocument": "word/document.xml"}),
        "word/document.xml": _xml("document", f"<w:body>{body}<w:sectPr/></w:body>"),
        "word/_rels/document.xml.rels": _relations({name: f"{name}.xml" for name in parts}),
    }
    roots = {"header": "hdr", "footer": "ftr"}
    return made | {f"word/{name}.xml": _xml(roots.get(name, name), inside) for name, inside in parts.items()}


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """A zip of these parts."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(ZipInfo(name), content, ZIP_DEFLATED)
    return buffer.getvalue()


def p(text: str = "", listed: tuple[int, int] | None = None, style: str = "", inside: str = "") -> str:
    """A paragraph: a run of text, the list and level it belongs to, its style, further runs."""
    numbered = f'<w:numPr><w:ilvl w:val="{listed[1]}"/><w:numId w:val="{listed[0]}"/></w:numPr>' if listed else ""
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{styled}{numbered}</w:pPr>{r(text) if text else ''}{inside}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run of text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def field(code: str, result: str = "") -> str:
    """A field with its result."""
    shown = f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r(result)}' if result else ""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{escape(code)}</w:instrText></w:r>{shown}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def level(at: int, style: str, text: str, inside: str = "", start: int = 1) -> str:
    """A level of a list: its number format and text, and further properties."""
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/>{inside}<w:lvlText w:val="{text}"/>'
        "</w:lvl>"
    )


def abstract(key: int, *levels: str) -> str:
    """The definition of a list."""
    inside = f'<w:multiLevelType w:val="multilevel"/>{"".join(levels)}'
    return f'<w:abstractNum w:abstractNumId="{key}">{inside}</w:abstractNum>'


def num(key: int, definition: int, inside: str = "") -> str:
    """A list of this definition, with its overrides."""
    return f'<w:num w:numId="{key}"><w:abstractNumId w:val="{definition}"/>{inside}</w:num>'


def table(*rows: Sequence[str]) -> str:
    """A table of cells as made by `cell`."""
    inside = "".join(f"<w:tr>{''.join(cells)}</w:tr>" for cells in rows)
    return f"<w:tbl><w:tblPr/>{inside}</w:tbl>"


def cell(text: str = "", properties: str = "", inside: str = "") -> str:
    """A cell of a table."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside or p(text)}</w:tc>"


def _xml(root: str, inside: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} {_SPACES}>{inside}</w:{root}>'.encode()


def _relations(targets: Mapping[str, str]) -> bytes:
    each = "".join(
        f'<Relationship Id="r{at}" Type="{_RELATION}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(targets.items())
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{each}</Relationships>'.encode()


def _types(parts: Mapping[str, str]) -> bytes:
    each = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{_MIME}.{name}+xml"/>' for name in parts)
    return (
        f'<Types xmlns="{_TYPES}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        f'relationships+xml"/><Override PartName="/word/document.xml" ContentType="{_MAIN}"/>{each}</Types>'
    ).encode()
