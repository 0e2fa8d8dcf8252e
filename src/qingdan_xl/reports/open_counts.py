"""A report whose counts are open becomes a template: in place where it is a Word document, else laid out anew."""

import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import PurePath
from zipfile import BadZipFile, ZipFile

from docx import Document
from docx.document import Document as Word
from docx.oxml.ns import qn
from lxml import etree

from qingdan_xl.documents.formats import read_source
from qingdan_xl.documents.metrics import NAME
from qingdan_xl.documents.openings import cell_openings
from qingdan_xl.documents.paragraphs import Block, complete, is_tail
from qingdan_xl.documents.parsing import prose
from qingdan_xl.model import Checklist, Kind
from qingdan_xl.reports.apart import keep_only
from qingdan_xl.reports.endings import is_address, signature
from qingdan_xl.reports.layout import BODY, HEAD, HEAD_2, HEAD_3, SENT_TO, TITLE, Sheet
from qingdan_xl.reports.naming import TODAY, Change, Slot, changed, changes, slot
from qingdan_xl.reports.tablecells import number_cells

_BESIDE, _NOTES = ("header", "footer"), ("footnotes", "endnotes")
_HEADS = {"cn": HEAD, "chapter": HEAD, "part": HEAD, "cn-bracket": HEAD_2, "cn-half": HEAD_2, "arabic": HEAD_3}
_LONGEST_HEAD = 36
_TEXT_PART = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_MARKUP, _TAG = re.compile(r"<[^>]*>"), re.compile(r"\{[{%].*?[}%]\}")
_COUNT_NAME = re.compile(rf"(?<![\w]){NAME}(?![\w])")
_NOTHING = Checklist("", "", None, Kind.REPORT)  # of headers and notes nothing is listed


def open_report(name: str, data: bytes, checklist: Checklist) -> bytes:
    """The template of the report that the document `name` is: a variable stands where a count is open.

    Of a document with several reports it is the one that the checklist is. A Word document keeps its own look; of any
    other the text is put into the official layout. What of it is not among the counts of the checklist, as in headers,
    is open for good; an open date on a line of its own is that of writing.
    UnusableError as `read_source`.
    """
    documents = prose(read_source(name, data))
    if PurePath(name).suffix.lower() == ".docx":
        return _in_place(data, list(documents), checklist)
    return _laid_out(documents, checklist)


def counts_in(template: bytes) -> frozenset[str]:
    """The names of counts that the text of a template uses; none where it is no Word document."""
    try:
        with ZipFile(BytesIO(template)) as zipped:
            parts = [
                zipped.read(name).decode("utf-8", "ignore") for name in zipped.namelist() if _TEXT_PART.match(name)
            ]
    except (BadZipFile, zlib.error):
        return frozenset()
    tags = (tag for part in parts for tag in _TAG.findall(_MARKUP.sub("", part)))
    return frozenset(name for tag in tags for name in _COUNT_NAME.findall(tag))


def _in_place(data: bytes, titles: Sequence[str], checklist: Checklist) -> bytes:
    word = Document(BytesIO(data))
    if len(titles) > 1:
        keep_only(word.element.body, checklist.title, titles)
    texts = {paragraph: _texts(paragraph) for paragraph in word.element.body.iter(qn("w:p"))}
    numbers = number_cells(word.element.body)
    slots = [slot(_said(own), numbers.get(paragraph)) for paragraph, own in texts.items()]
    for (paragraph, own), instead in zip(texts.items(), changes(slots, checklist), strict=True):
        _change(own or [_new_text(paragraph)] if instead else own, instead)
    _open_beside(word)
    buffer = BytesIO()
    word.save(buffer)
    return buffer.getvalue()


def _said(texts: Iterable[etree._Element]) -> str:
    return "".join(text.text or "" for text in texts)


def _new_text(paragraph: etree._Element) -> etree._Element:
    """A piece of text in an empty paragraph."""
    run = etree.SubElement(paragraph, qn("w:r"))
    return etree.SubElement(run, qn("w:t"))


def _open_beside(word: Word) -> None:
    """The same for headers, footers and notes, of which the checklist has no counts."""
    for relation in word.part.rels.values():
        kind = relation.reltype.rsplit("/", 1)[-1]
        if kind in _BESIDE:
            _open_for_good(relation.target_part.element)
        elif kind in _NOTES:
            part = relation.target_part
            notes = etree.fromstring(part.blob)
            _open_for_good(notes)
            part._blob = etree.tostring(notes, xml_declaration=True, encoding="UTF-8", standalone=True)  # noqa: SLF001 - python-docx has no word for notes


def _open_for_good(root: etree._Element) -> None:
    for paragraph in root.iter(qn("w:p")):
        texts = _texts(paragraph)
        _change(texts, next(changes([slot(_said(texts))], _NOTHING)))


def _texts(paragraph: etree._Element) -> list[etree._Element]:
    """The pieces of text of a paragraph itself, not of a text box in it."""
    return [text for text in paragraph.iter(qn("w:t")) if next(text.iterancestors(qn("w:p"))) is paragraph]


def _change(texts: Sequence[etree._Element], instead: Sequence[Change]) -> None:
    """Change the text that these pieces are, each change in the piece in which it begins."""
    whole, start = _said(texts), 0
    for text in texts:
        own = text.text or ""
        end, made, at = start + len(own), [], start
        for (first, last), new in instead:
            if (first < end and last > start) or (not whole and first == last == start):
                made.append(whole[at : max(first, at)])
                made.append(new if first >= start else "")
                at = min(last, end)
        made.append(whole[at:end])
        text.text = "".join(made)
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        start = end


def _laid_out(documents: Mapping[str, Sequence[Block]], checklist: Checklist) -> bytes:
    title = checklist.title
    blocks = documents.get(title) or next(iter(documents.values()))
    slots = [slot(title), *(each for block in blocks for each in _slots(block))]
    said = (changed(one.text, instead) for one, instead in zip(slots, changes(slots, checklist), strict=True))
    sheet = Sheet(title)
    sheet.add(TITLE, next(said))
    tail = signature(blocks)
    for at, block in enumerate(blocks):
        if block.table:
            sheet.grid([[next(said) for _ in row.cells] for row in block.table.rows])
        elif at not in tail:
            sheet.add(_style(block, at), _number(block) + next(said))
    if tail:
        sheet.sign(*(text.strip() for text in said))
    elif not any(is_tail(block.text) for block in blocks[-2:]):
        sheet.sign("【署名】", f"{{{{ {TODAY} }}}}")
    return sheet.to_bytes()


def _slots(block: Block) -> Iterator[Slot]:
    """The texts of a paragraph or a table, in order."""
    if block.table is None:
        yield slot(block.text)
        return
    rows = [row.cells for row in block.table.rows]
    for row, counts in zip(rows, cell_openings(rows), strict=True):
        yield from (slot(cell, own) for cell, own in zip(row, counts, strict=True))


def _style(block: Block, at: int) -> str:
    """How the paragraph `at` this place is set: as the heading that its number makes it, where it is no sentence."""
    if is_address(block, at):
        return SENT_TO
    if block.marker is None or complete(block.text) or len(block.text) > _LONGEST_HEAD:
        return BODY
    return _HEADS.get(block.marker.style, BODY)


def _number(block: Block) -> str:
    return f"{block.marker.printed}{block.marker.sign}" if block.marker else ""
