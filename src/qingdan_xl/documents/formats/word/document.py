"""A .docx → its `Source`: paragraphs with their printed numbers, tables and text boxes in the order of reading."""

from collections.abc import Mapping, Sequence
from xml.etree import ElementTree as ET

from qingdan_xl.documents.formats.notes import brief, left_out, note
from qingdan_xl.documents.formats.word.inline import DELETED, Inline, Said, mark_is_deleted
from qingdan_xl.documents.formats.word.lists import Numbering
from qingdan_xl.documents.formats.word.markup import Parts, content
from qingdan_xl.documents.formats.word.styles import Styles
from qingdan_xl.documents.formats.word.tables import Cell, cells_of, filled, is_frame, table_rows
from qingdan_xl.documents.source import Grid, Paragraph, Part, Row, Source
from qingdan_xl.model import Doubt

_FURNITURE = {"header": "页眉", "footer": "页脚"}
_FOOTNOTES = {"footnotes": "脚注", "endnotes": "尾注"}


def read_docx(name: str, parts: Mapping[str, bytes]) -> Source:
    """Read the parts of a .docx, as the gate gives them; a line is the place among the paragraphs and table rows.

    Told in the notes: headers and footers, footnotes, revisions (read as accepted) and what was left out. Raises
    RefusedError `damaged` or `too-large` where a part cannot be read.
    """
    package = Parts(parts, name)
    body = _Body(package)
    for element in content(package.main):
        if element.tag == "body":
            body.walk(element)
    said = (part for part in body.parts if not isinstance(part, Paragraph) or part.text)
    return Source(name, tuple(said), (*body.notes(), *_furniture(package)))


class _Body:
    """Goes through a document once from start to end."""

    def __init__(self, parts: Parts) -> None:
        self.parts: list[Part] = []
        self._styles = Styles(next(parts.trees("styles"), None))
        self._numbering = Numbering(next(parts.trees("numbering"), None), self._styles)
        self._inline = Inline()
        self._footnotes = {kind: _by_id(parts, kind) for kind in _FOOTNOTES}
        self._said_notes: list[Doubt] = []
        self._line = 0
        self._gap = False
        self._carried = Said()
        self._inline.left["批注"] = sum(len(tree.findall("comment")) for tree in parts.trees("comments"))

    def walk(self, container: ET.Element) -> None:
        """Read the paragraphs and tables of the body, a cell or a text box."""
        for element in content(container):
            if element.tag == "p":
                self._paragraph(element)
            elif element.tag == "tbl":
                self._table(element)
            elif element.tag == "altChunk":
                self._inline.left["嵌入的文档"] += 1
            elif element.tag in DELETED:
                self._inline.deleted.append("")

    def notes(self) -> list[Doubt]:
        """What a person should know about the reading so far."""
        found = list(self._said_notes)
        deleted = [text for text in self._inline.deleted if text.strip()]
        if deleted or self._inline.inserted:
            shown = f"（如“{brief(deleted[0])}”）" if deleted else ""
            found.append(note("revisions", inserted=self._inline.inserted, deleted=len(deleted), shown=shown))
        return [*found, *left_out(self._inline.left)]

    def _paragraph(self, element: ET.Element) -> None:
        properties = element.find("pPr")
        self._line += 1
        said = self._joined(self._inline.read(element))
        if mark_is_deleted(properties):
            self._carried = said
            return
        is_contents = self._styles.is_contents(properties)
        number = "" if is_contents else self._numbering.next(self._styles.membership(properties))
        if is_contents and said.text.strip():
            self._inline.left["目录"] = 1
        else:
            self._lines(said.text, number, self._styles.heading(properties))
        self._tell_notes(said)
        for box in said.boxes:
            self.walk(box)

    def _joined(self, said: Said) -> Said:
        """What a paragraph says, behind that of paragraphs whose end was deleted before it."""
        before, self._carried = self._carried, Said()
        return Said(before.text + said.text, before.boxes + said.boxes, before.notes + said.notes)

    def _lines(self, text: str, number: str, level: int) -> None:
        """Soft line breaks part a paragraph into lines; the number stands before the first with text."""
        for each in text.split("\n"):
            words = each.lstrip("\t")
            if words.strip():
                # tabs only before the text indent it; others may part the cells of a row
                text = each if "\t" in words or words == each else f"\u3000\u3000{words}"
                self.parts.append(Paragraph(self._line, text, number, level, self._gap))
                number = ""
            self._gap = not words.strip()
        if number:  # the whole text of a cell under 序号; outside of tables such a paragraph says nothing
            self.parts.append(Paragraph(self._line, "", number))

    def _tell_notes(self, said: Said) -> None:
        for kind, key in said.notes:
            element = self._footnotes[kind].get(key)
            text = _text(element) if element is not None else ""
            if text:
                self._said_notes.append(note("footnote", self._line, kind=_FOOTNOTES[kind], text=text))

    def _table(self, element: ET.Element) -> None:
        if is_frame(element):
            for row in table_rows(element):
                for cell in cells_of(row):
                    self.walk(cell.element)
            return
        rows: list[Row] = []
        above: list[str] = []
        for row in table_rows(element):
            self._line += 1
            above = filled([(cell, self._cell_text(cell)) for cell in cells_of(row)], above)
            if any(cell.strip() for cell in above):
                rows.append(Row(self._line, tuple(above)))
        if rows:
            width = max(len(row.cells) for row in rows)
            padded = (Row(row.line, row.cells + ("",) * (width - len(row.cells))) for row in rows)
            self.parts.append(Grid(tuple(padded)))
        self._gap = False

    def _cell_text(self, cell: Cell) -> str:
        """All that a cell says, its paragraphs and the rows of tables in it as lines of text."""
        outside, line = self.parts, self._line
        self.parts = []
        self.walk(cell.element)
        inside, self.parts, self._line = self.parts, outside, line
        return "\n".join(text for part in inside for text in _texts(part)).strip()


def _texts(part: Part) -> Sequence[str]:
    if isinstance(part, Paragraph):
        return (f"{part.number}{part.text.strip()}",)
    return [" ".join(dict.fromkeys(cell for cell in row.cells if cell)) for row in part.rows]


def _by_id(parts: Parts, kind: str) -> dict[str, ET.Element]:
    return {each.get("id", ""): each for tree in parts.trees(kind) for each in tree}


def _furniture(parts: Parts) -> list[Doubt]:
    """Headers and footers stand on every page and are no part of the text: each is told once."""
    texts = [(word, _text(tree)) for kind, word in _FURNITURE.items() for tree in parts.trees(kind)]
    return [note("noise", text=f"{word}“{brief(text)}”") for word, text in dict.fromkeys(texts) if _says(text)]


def _text(element: ET.Element) -> str:
    """The whole text of a part beside the body, in one line."""
    inline = Inline()
    texts: list[str] = []
    pending = [element]
    while pending:
        current = pending.pop()
        if current.tag == "p":
            said = inline.read(current)
            texts.append(said.text)
            pending.extend(reversed(said.boxes))
        else:
            pending.extend(reversed(list(content(current))))
    return " ".join(" ".join(texts).split())


def _says(text: str) -> bool:
    """Whether a header says more than a page number."""
    return any(sign.isalpha() and sign not in "第页共" for sign in text)
