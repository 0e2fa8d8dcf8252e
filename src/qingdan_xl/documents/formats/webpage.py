"""A web page (.htm, .html, .mht, or one under the name .doc or .xls) → its `Source`."""

import email
import re
from collections.abc import Iterator

from qingdan_xl.documents.formats.webtables import cells_in, filled, is_layout, rows_in
from qingdan_xl.documents.formats.webtree import BLOCKS, Element, web_tree
from qingdan_xl.documents.formats.word.numberformats import written
from qingdan_xl.documents.source import Grid, Paragraph, Part, Row, Source

# The kinds of numbers of a list: attribute `type` and CSS, as Word calls them, and the sign after them.
_NUMBERS = {
    "1": ("decimal", "."), "a": ("lowerLetter", "."), "A": ("upperLetter", "."), "i": ("lowerRoman", "."),
    "I": ("upperRoman", "."), "decimal": ("decimal", "."), "lower-alpha": ("lowerLetter", "."),
    "upper-alpha": ("upperLetter", "."), "lower-latin": ("lowerLetter", "."), "upper-latin": ("upperLetter", "."),
    "lower-roman": ("lowerRoman", "."), "upper-roman": ("upperRoman", "."),
    "cjk-ideographic": ("chineseCounting", "、"),
    "simp-chinese-informal": ("chineseCounting", "、"), "trad-chinese-informal": ("chineseCounting", "、"),
    "cjk-decimal": ("ideographDigital", "、"), "none": ("none", ""),
}  # fmt: skip
_LIST_STYLE = re.compile(r"list-style(?:-type)?:([a-z-]+)")
_HEADING = re.compile(r"h([1-6])")
_BREAK_IN_CHINESE = re.compile("(?<=[\u2e80-\u9fff\uff00-\uffef])[ \t\r\f]*\n\\s*(?=[\u2e80-\u9fff\uff00-\uffef])")
_WHITE = re.compile(r"[ \t\r\n\f\xa0]+")
_LONGEST_NUMBER = 6
_MAIL = re.compile(rb"\s*(?:MIME-Version|From|Content-Type|Subject):", re.IGNORECASE)


def is_web_archive(data: bytes) -> bool:
    """Whether these bytes are a page saved as one file (.mht), which many systems write as .doc."""
    return bool(_MAIL.match(data)) and b"text/html" in data[:20000].lower()


def unpacked(data: bytes) -> bytes:
    """The page in a .mht, in UTF-8; nothing where it holds none."""
    message = email.message_from_bytes(data)
    page = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
    content = page.get_payload(decode=True) if page is not None else b""
    return content if isinstance(content, bytes) else b""


def read_webpage(name: str, text: str) -> Source:
    """Read the text of a page: paragraphs, list items with their numbers, tables; a line counts paragraphs and rows."""
    reader = _Reader()
    reader.walk(web_tree(text))
    reader.end_paragraph()
    return Source(name, tuple(reader.parts))


class _Reader:
    """Goes through a page once from start to end."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self._words: list[str] = []
        self._line = 0
        self._number = ""
        self._level = 0
        self._gap = False

    def walk(self, element: Element) -> None:
        """Read what stands in a tag."""
        for child in element.children:
            if isinstance(child, str):
                self._words.append(child if element.tag == "pre" else _joined(child))
            elif child.is_shown:
                self._enter(child)

    def end_paragraph(self) -> None:
        """Make a paragraph of the words since the last one."""
        said = "".join(self._words)
        self._words = []
        for text in said.split("\n"):
            if text.strip():
                self._line += 1
                self.parts.append(Paragraph(self._line, text.strip(" "), self._number, self._level, self._gap))
                self._number, self._gap = "", False
            elif text:
                self._gap = True

    def _enter(self, element: Element) -> None:
        if element.tag == "br":
            self._words.append("\n")
            return
        if element.tag not in BLOCKS:
            self.walk(element)
            return
        self.end_paragraph()
        if element.tag == "table":
            self._table(element)
        elif element.tag in {"ol", "ul"}:
            self._list(element)
        else:
            heading = _HEADING.fullmatch(element.tag)
            self._level = int(heading[1]) if heading else self._level
            self.walk(element)
            self.end_paragraph()
            self._level = 0 if heading else self._level

    def _list(self, element: Element) -> None:
        style, sign = _numbers(element)
        count = _whole(element.attributes.get("start", ""), 1)
        for child in element.children:
            if isinstance(child, str) or not child.is_shown:
                continue
            if child.tag != "li":
                self._enter(child)
                continue
            count = _whole(child.attributes.get("value", ""), count)
            printed = written(count, style)
            self._number = f"{printed}{sign}" if printed else ""
            self.walk(child)
            self.end_paragraph()
            self._number = ""
            count += 1

    def _table(self, element: Element) -> None:
        rows = list(rows_in(element))
        if is_layout(element, rows):
            for row in rows:
                for cell in cells_in(row):
                    self.walk(cell)
                    self.end_paragraph()
            return
        texts = filled([[(cell, self._cell_text(cell)) for cell in cells_in(row)] for row in rows])
        found = []
        for cells in texts:
            self._line += 1
            if any(cells):
                found.append(Row(self._line, tuple(cells)))
        if found:
            self.parts.append(Grid(tuple(found)))

    def _cell_text(self, cell: Element) -> str:
        inner = _Reader()
        inner.walk(cell)
        inner.end_paragraph()
        return "\n".join(text for part in inner.parts for text in _texts(part))


def _texts(part: Part) -> Iterator[str]:
    if isinstance(part, Paragraph):
        yield f"{part.number}{part.text.strip()}"
        return
    for row in part.rows:
        yield " ".join(dict.fromkeys(cell for cell in row.cells if cell))


def _joined(text: str) -> str:
    """Text as a browser shows it: line ends are blanks, and nothing between two Chinese characters."""
    return _WHITE.sub(" ", _BREAK_IN_CHINESE.sub("", text))


def _numbers(element: Element) -> tuple[str, str]:
    if element.tag == "ul":
        return "bullet", ""
    styled = _LIST_STYLE.search(element.style)
    name = styled[1] if styled else element.attributes.get("type", "1")
    return _NUMBERS.get(name, _NUMBERS["1"])


def _whole(text: str, otherwise: int) -> int:
    plain = text.strip()
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < _LONGEST_NUMBER else otherwise
