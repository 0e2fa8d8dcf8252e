"""A report whose counts are open becomes a template: in place where it is a Word document, else laid out anew."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import PurePath

from docx import Document
from docx.document import Document as Word
from docx.oxml.ns import qn
from lxml import etree

from qingdan_xl.documents.formats import read_source
from qingdan_xl.documents.metrics import metrics, open_day, open_signs
from qingdan_xl.documents.paragraphs import Block, complete, is_tail
from qingdan_xl.documents.parsing import prose
from qingdan_xl.model import Checklist, Metric
from qingdan_xl.reports.layout import BODY, HEAD, HEAD_2, HEAD_3, TITLE, Sheet

UNLISTED = "未列入"
_TODAY = "日期"
_BESIDE, _NOTES = ("header", "footer"), ("footnotes", "endnotes")
_TAG_SIGN = re.compile(r"\{(?=[{%#])|[}%#](?=\})")
_HEADS = {"cn": HEAD, "chapter": HEAD, "part": HEAD, "cn-bracket": HEAD_2, "cn-half": HEAD_2, "arabic": HEAD_3}
_LONGEST_HEAD = 36


def open_report(name: str, data: bytes, checklist: Checklist) -> bytes:
    """The template of the report that the document `name` is: a variable stands where a count is open.

    A Word document keeps its own look; of any other the text is put into the official layout. What of it is not among
    the counts of the checklist, as in headers, is open for good; an open date on a line of its own is that of writing.
    UnusableError as `read_source`.
    """
    if PurePath(name).suffix.lower() == ".docx":
        return _in_place(data, checklist.metrics)
    return _laid_out(checklist.title, prose(read_source(name, data)), checklist.metrics)


def _in_place(data: bytes, listed: Sequence[Metric]) -> bytes:
    word = Document(BytesIO(data))
    paragraphs = [_texts(paragraph) for paragraph in word.element.body.iter(qn("w:p"))]
    names = _names(["".join(text.text or "" for text in texts) for texts in paragraphs], listed)
    for texts in paragraphs:
        _name_counts(texts, names)
    _open_beside(word)
    buffer = BytesIO()
    word.save(buffer)
    return buffer.getvalue()


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
        _name_counts(texts, _names(["".join(text.text or "" for text in texts)], ()))


def _texts(paragraph: etree._Element) -> list[etree._Element]:
    """The pieces of text of a paragraph itself, not of a text box in it."""
    return [text for text in paragraph.iter(qn("w:t")) if next(text.iterancestors(qn("w:p"))) is paragraph]


def _name_counts(texts: Sequence[etree._Element], names: Iterator[str]) -> None:
    """Put variables where counts are open, each into the piece of text in which its sign begins."""
    whole = "".join(text.text or "" for text in texts)
    named = _named(whole, names)
    start = 0
    for text in texts:
        own = text.text or ""
        end, made, at = start + len(own), [], start
        for (first, last), name in named:
            if first < end and last > start:
                made.append(_literal(whole[at : max(first, at)]))
                made.append(_variable(name) if first >= start else "")
                at = min(last, end)
        made.append(_literal(whole[at:end]))
        text.text = "".join(made)
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        start = end


def _named(text: str, names: Iterator[str]) -> list[tuple[tuple[int, int], str]]:
    """Where variables come into a text, and which: its open counts, or the day of writing where it is a date."""
    if day := open_day(text):
        return [(day, _TODAY)]
    return list(zip(open_signs(text), names, strict=False))


def _names(texts: Iterable[str], listed: Sequence[Metric]) -> Iterator[str]:
    """The name of each open count in the texts, in order: that of the listed one with the same words.

    Where there are as many as are listed, the order alone tells.
    """
    said = [metric.text for text in texts for metric in metrics(text)]
    if len(said) == len(listed):
        yield from (metric.id for metric in listed)
        return
    left = list(listed)
    for words in said:
        found = next((metric for metric in left if _bare(metric.text) == _bare(words)), None)
        if found:
            left.remove(found)
        yield found.id if found else UNLISTED


def _bare(text: str) -> str:
    return "".join(text.split())


def _literal(text: str) -> str:
    """Text that looks like a tag, as text."""
    return _TAG_SIGN.sub(lambda hit: f"{{{{ '{hit[0]}' }}}}", text)


def _variable(name: str) -> str:
    return f"{{{{ {name} }}}}"


def _laid_out(title: str, documents: Mapping[str, Sequence[Block]], listed: Sequence[Metric]) -> bytes:
    blocks = documents.get(title) or next(iter(documents.values()))
    names = _names([text for block in blocks for text in _pieces(block)], listed)
    sheet = Sheet(title)
    sheet.add(TITLE, _literal(title))
    for block in blocks:
        if block.table:
            sheet.grid([[_with_variables(cell, names) for cell in row.cells] for row in block.table.rows])
        else:
            sheet.add(_style(block), _number(block) + _with_variables(block.text, names))
    if not any(is_tail(block.text) for block in blocks[-2:]):
        sheet.sign("【署名】", _variable(_TODAY))
    return sheet.to_bytes()


def _pieces(block: Block) -> Iterator[str]:
    """The texts of a paragraph or a table, in order."""
    if block.table is None:
        yield block.text
    else:
        yield from (cell for row in block.table.rows for cell in row.cells)


def _style(block: Block) -> str:
    """How a paragraph is set: as the heading that its number makes it, where it is no sentence."""
    if block.marker is None or complete(block.text) or len(block.text) > _LONGEST_HEAD:
        return BODY
    return _HEADS.get(block.marker.style, BODY)


def _number(block: Block) -> str:
    return f"{block.marker.printed}{block.marker.sign}" if block.marker else ""


def _with_variables(text: str, names: Iterator[str]) -> str:
    made, at = [], 0
    for (first, last), name in _named(text, names):
        made += [_literal(text[at:first]), _variable(name)]
        at = last
    return "".join((*made, _literal(text[at:])))
