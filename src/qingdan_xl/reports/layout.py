"""A document in the usual official layout: page, fonts, headings, page numbers, signature."""

import re
from collections.abc import Iterable, Sequence
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph
from docx.text.run import Run

TITLE, SUBTITLE, SENT_TO, HEAD, HEAD_2, HEAD_3, BODY, TABLE, TABLE_TEXT, SIGNED = (
    "公文标题",
    "公文副题",
    "公文主送",
    "公文一级标题",
    "公文二级标题",
    "公文三级标题",
    "公文正文",
    "公文表格",
    "公文表格文字",
    "公文落款",
)
_LATIN = "Times New Roman"
_XBS, _HEI, _KAI, _FANG, _SONG = "方正小标宋简体", "黑体", "楷体", "仿宋", "宋体"
# what stands in where a font is missing, the likelier first
_FALLBACKS = {
    _XBS: "FZXiaoBiaoSong-B05S,华文中宋,STZhongsong,宋体,SimSun",
    _HEI: "SimHei,微软雅黑,Noto Sans CJK SC",
    _KAI: "KaiTi,楷体_GB2312,华文楷体,STKaiti",
    _FANG: "FangSong,仿宋_GB2312,华文仿宋,STFangsong",
    _SONG: "SimSun,华文宋体,STSong,Noto Serif CJK SC",
}
_LOOKS = {  # font, points, bold, alignment, indent of the first line in signs
    TITLE: (_XBS, 22, False, WD_ALIGN_PARAGRAPH.CENTER, 0),
    SUBTITLE: (_KAI, 16, False, WD_ALIGN_PARAGRAPH.CENTER, 0),
    SENT_TO: (_FANG, 16, False, WD_ALIGN_PARAGRAPH.LEFT, 0),
    HEAD: (_HEI, 16, False, WD_ALIGN_PARAGRAPH.JUSTIFY, 2),
    HEAD_2: (_KAI, 16, False, WD_ALIGN_PARAGRAPH.JUSTIFY, 2),
    HEAD_3: (_FANG, 16, True, WD_ALIGN_PARAGRAPH.JUSTIFY, 2),
    BODY: (_FANG, 16, False, WD_ALIGN_PARAGRAPH.JUSTIFY, 2),
    TABLE: (_FANG, 12, False, WD_ALIGN_PARAGRAPH.CENTER, 0),
    TABLE_TEXT: (_FANG, 12, False, WD_ALIGN_PARAGRAPH.LEFT, 0),
    SIGNED: (_FANG, 16, False, WD_ALIGN_PARAGRAPH.RIGHT, 0),
}
_OUTLINE = {HEAD: 0, HEAD_2: 1, HEAD_3: 2}
_LONG_TEXT = 30  # mm: what is wider holds sentences, which start at the left
_LINE = Pt(29)  # 22 lines a page
_NEEDLESS = ("/stylesWithEffects", "/thumbnail", "/customXml")
_YELLOW = re.compile(r"(【[^】]*】)")
_OLDEST = (1980, 1, 1, 0, 0, 0)


class Sheet:
    """One document that is being written, from top to bottom."""

    def __init__(self, title: str) -> None:
        self._word: Word = Document()
        _drop(self._word)
        properties = self._word.core_properties
        properties.title, properties.author, properties.comments = title, "", ""
        _forget_when(self._word)
        _page(self._word)
        for part in (self._word.styles.element, self._word.settings.element):
            for language in part.iter(qn("w:lang"), qn("w:themeFontLang")):
                language.set(qn("w:eastAsia"), "zh-CN")
        for name, look in _LOOKS.items():
            _style(self._word, name, *look)

    def add(self, style: str, *texts: str) -> None:
        """Paragraphs of one style; what stands in 【】 is marked as to be filled in by hand."""
        for text in texts:
            _write(self._word.add_paragraph(style=style), text)

    def sign(self, *lines: str) -> None:
        """The signature and the date at the right, after an empty line; never alone on a page."""
        self._add_kept(BODY, "")
        for line in lines:
            self._add_kept(SIGNED, line)

    def acknowledge(self, line: str) -> None:
        """What the recipient signs, after an empty line, on the page of the signature."""
        self._add_kept(BODY, "")
        self._add_kept(BODY, line)

    def _add_kept(self, style: str, text: str) -> None:
        """A paragraph on the same page as the one before."""
        self._word.paragraphs[-1].paragraph_format.keep_with_next = True
        self.add(style, text)

    def table(self, headings: Sequence[str], widths: Sequence[int], rows: Iterable[Sequence[str]]) -> None:
        """A table with a heading row that repeats; `widths` in mm. A row of one text is a tag over the whole row."""
        table = self._word.add_table(0, len(headings))
        table.style = "Table Grid"
        table.autofit = False
        table.alignment = 1
        for number, texts in enumerate((headings, *rows)):
            cells = table.add_row().cells
            for cell, width in zip(cells, widths, strict=True):
                cell.width = Mm(width)
                cell.vertical_alignment = 1
            for cell, text in zip(cells, texts, strict=False):
                _write(cell.paragraphs[0], text)
            for cell, width in zip(cells, widths, strict=True):
                plain = number == 0 or width < _LONG_TEXT
                cell.paragraphs[0].style = self._word.styles[TABLE if plain else TABLE_TEXT]
                if number == 0:
                    _fonts(cell.paragraphs[0].runs[0], _HEI)
            _keep_row(table.rows[-1]._tr, repeats=number == 0)  # noqa: SLF001 - python-docx has no word for it
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)

    def grid(self, rows: Sequence[Sequence[str]]) -> None:
        """A table as it is, its columns equally wide."""
        wide = max(map(len, rows))
        table = self._word.add_table(len(rows), wide)
        table.style = "Table Grid"
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=False):
                cell.paragraphs[0].style = self._word.styles[TABLE_TEXT]
                _write(cell.paragraphs[0], text)

    def to_bytes(self) -> bytes:
        """The .docx, with what stands in for each font where it is missing."""
        buffer = BytesIO()
        self._word.save(buffer)
        return _finished(buffer.getvalue())


def _drop(word: Word) -> None:
    """Take out what the empty document of python-docx has and nobody needs: old styles, a preview, foreign XML."""
    for part in (word.part, word.part.package):
        for key, relation in list(part.rels.items()):
            if relation.reltype.endswith(_NEEDLESS):
                part.rels.pop(key)


def _forget_when(word: Word) -> None:
    """Take out when the document was made: the same code gives the same bytes, and a report no wrong date."""
    properties = word.core_properties._element  # noqa: SLF001 - python-docx has no word for taking one out
    for when in list(properties.iterchildren(qn("dcterms:created"), qn("dcterms:modified"))):
        properties.remove(when)


def _page(word: Word) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(15), Mm(25)
    word.settings.odd_and_even_pages_header_footer = True
    sides = ((section.footer, WD_ALIGN_PARAGRAPH.RIGHT), (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT))
    for footer, side in sides:
        paragraph = footer.paragraphs[0]
        paragraph.alignment = side
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(14)
        for part in ("— ", "PAGE", " —"):
            run = paragraph.add_run("" if part == "PAGE" else part)
            _fonts(run, _SONG, _SONG)
            run.font.size = Pt(14)
            if part == "PAGE":
                _page_number(run)


def _page_number(run: Run) -> None:
    for kind, text in (("begin", ""), ("", "PAGE"), ("separate", ""), ("shown", "1"), ("end", "")):
        tag = {"": "w:instrText", "shown": "w:t"}.get(kind, "w:fldChar")
        element = OxmlElement(tag)
        if tag == "w:fldChar":
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)  # noqa: SLF001 - python-docx has no word for fields


def _style(word: Word, name: str, font: str, points: int, bold: bool, align: WD_ALIGN_PARAGRAPH, indent: int) -> None:  # noqa: PLR0913, PLR0917 - a row of the table of looks
    style = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    if not isinstance(style, ParagraphStyle):
        raise TypeError(name)
    style.font.size, style.font.bold, style.font.name = Pt(points), bold, _LATIN
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), font)
    fonts.set(qn("w:hint"), "eastAsia")  # quotation marks are Chinese ones
    form = style.paragraph_format
    form.alignment, form.space_before, form.space_after = align, Pt(0), Pt(0)
    form.widow_control = name not in {TABLE, TABLE_TEXT}
    if name in {TABLE, TABLE_TEXT}:
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.AT_LEAST, Pt(16)
    else:
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(36) if name == TITLE else _LINE
    form.keep_with_next = name in {HEAD, HEAD_2, HEAD_3}
    if name == TITLE:
        form.space_after = Pt(14)
    if name == SIGNED:
        form.right_indent = Pt(points * 2)
    if indent:
        form.first_line_indent = Pt(points * indent)
        style.element.get_or_add_pPr().find(qn("w:ind")).set(qn("w:firstLineChars"), str(indent * 100))
    if name in _OUTLINE:
        level = OxmlElement("w:outlineLvl")
        level.set(qn("w:val"), str(_OUTLINE[name]))
        style.element.get_or_add_pPr().append(level)


def _write(paragraph: Paragraph, text: str) -> None:
    for piece in filter(None, _YELLOW.split(text)) if text else ():
        run = paragraph.add_run(piece)
        if _YELLOW.fullmatch(piece):
            shade = OxmlElement("w:shd")
            for key, value in (("val", "clear"), ("color", "auto"), ("fill", "FFFF00")):
                shade.set(qn(f"w:{key}"), value)
            run._r.get_or_add_rPr().append(shade)  # noqa: SLF001 - python-docx has no word for shading


def _fonts(run: Run, font: str, latin: str = _LATIN) -> None:
    run.font.name = latin
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)  # noqa: SLF001 - as above


def _keep_row(row: object, *, repeats: bool) -> None:
    properties = row.get_or_add_trPr()  # type: ignore[attr-defined] # an element of python-docx
    properties.append(OxmlElement("w:cantSplit"))
    if repeats:
        properties.append(OxmlElement("w:tblHeader"))


def _finished(data: bytes) -> bytes:
    """The same with our table of fonts, saved at no time in particular, so that the same code gives the same bytes."""
    made = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(made, "w") as target:
        for name in source.namelist():
            part = _font_table() if name == "word/fontTable.xml" else source.read(name)
            target.writestr(ZipInfo(name, _OLDEST), part, ZIP_DEFLATED)
    return made.getvalue()


def _font_table() -> bytes:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    fonts = "".join(
        f'<w:font w:name="{font}"><w:altName w:val="{others}"/><w:charset w:val="86"/><w:family w:val="auto"/>'
        '<w:pitch w:val="variable"/></w:font>'
        for font, others in _FALLBACKS.items()
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts xmlns:w="{space}">{fonts}</w:fonts>'.encode()
    )
