"""The tables of a Word document as rows of cells, for the cells in which a report leaves a number open."""

from collections.abc import Iterator, Mapping, Sequence

from docx.oxml.ns import qn
from lxml import etree

from qingdan_xl.documents.openings import Opening, cell_openings

_CELL, _PARAGRAPH = qn("w:tc"), qn("w:p")


def number_cells(body: etree._Element) -> Mapping[etree._Element, Sequence[Opening]]:
    """The paragraphs that are cells of numbers left open, with the counts in them."""
    return {paragraph: counts for table in body.iter(qn("w:tbl")) for paragraph, counts in _of_table(table)}


def _of_table(table: etree._Element) -> Iterator[tuple[etree._Element, Sequence[Opening]]]:
    rows = _rows(table)
    texts = [["".join(map(_said, cell.findall(_PARAGRAPH))) for cell in row] for row in rows]
    for row, own, counts in zip(rows, texts, cell_openings(texts), strict=True):
        for cell, text, found in zip(row, own, counts, strict=True):
            paragraphs = cell.findall(_PARAGRAPH)
            paragraph = next(filter(_said, paragraphs), paragraphs[0]) if paragraphs else None
            if found and paragraph is not None and _said(paragraph) == text:
                yield paragraph, found


def _rows(table: etree._Element) -> list[list[etree._Element]]:
    """The cells of each row as they are seen: a merged one stands in every place that it covers."""
    rows: list[list[etree._Element]] = []
    for row in table.findall(qn("w:tr")):
        cells: list[etree._Element] = []
        for cell in row.findall(_CELL):
            above = rows[-1][len(cells)] if rows and len(cells) < len(rows[-1]) else None
            goes_on = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}[@{qn('w:val')}='restart']") is None
            merged = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}") is not None and goes_on
            span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
            wide = int(span.get(qn("w:val"), "1")) if span is not None else 1
            cells += [above if merged and above is not None else cell] * wide
        rows.append(cells)
    return rows


def _said(paragraph: etree._Element) -> str:
    return "".join(text.text or "" for text in paragraph.iter(qn("w:t")))
