"""Word documents (.docx, ECMA-376 Part 1): paragraphs with the numbers Word prints, tables, text boxes."""

from qingdan_xl.documents.formats.word.document import read_docx

__all__ = ["read_docx"]
