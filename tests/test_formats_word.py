"""A .docx as a person reads it: text boxes, revisions, fields, tables; what is not taken is told."""

from qingdan_xl.documents.formats import read_source
from qingdan_xl.documents.source import Grid, Paragraph, Source
from word_samples import STRICT, W, abstract, cell, docx, docx_parts, field, level, num, p, r, table, zipped

NUMBERED = abstract(0, level(0, "decimal", "%1.")) + num(1, 0)
PICTURE = '<w:r><w:drawing><wp:inline><a:graphic><a:blip r:embed="r9"/></a:graphic></wp:inline></w:drawing></w:r>'


def read(body: str, **parts: str) -> Source:
    """The source of a document with this body."""
    return read_source("清单.docx", docx(body, **parts))


def texts(body: str, **parts: str) -> list[str]:
    """The paragraphs' texts."""
    return [part.text for part in read(body, **parts).parts if isinstance(part, Paragraph)]


def rows(body: str, **parts: str) -> list[tuple[str, ...]]:
    """The rows of all tables."""
    return [row.cells for part in read(body, **parts).parts if isinstance(part, Grid) for row in part.rows]


def told(body: str, **parts: str) -> list[tuple[str, str]]:
    """Code and message of each note."""
    return [(note.code, note.message) for note in read(body, **parts).notes]


def text_box(*paragraphs: str) -> str:
    """A run with a text box, as newer and older versions of Word read it."""
    inside = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    new = f"<w:drawing><wp:anchor><a:graphic><wps:txbx>{inside}</wps:txbx></a:graphic></wp:anchor></w:drawing>"
    old = f"<w:pict><v:shape><v:textbox>{inside}</v:textbox></v:shape></w:pict>"
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{new}</mc:Choice><mc:Fallback>{old}</mc:Fallback>'
        "</mc:AlternateContent></w:r>"
    )


def test_paragraphs_keep_place_level_and_gap() -> None:
    """A line counts paragraphs, empty ones included; an empty one leaves a gap; outline levels are headings."""
    styles = '<w:style w:type="paragraph" w:styleId="1"><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'

    found = read(p("责任清单", style="1") + p() + p("　抓学习。"), styles=styles).parts

    assert found == (Paragraph(1, "责任清单", level=1), Paragraph(3, "　抓学习。", gap=True))


def test_soft_breaks_part_lines_and_page_breaks_do_not() -> None:
    """A soft line break begins a new line of the same paragraph; page breaks, tabs and symbols are no line ends."""
    inside = (
        '<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:br w:type="page"/><w:t>丙</w:t><w:tab/><w:t>丁</w:t>'
        '<w:noBreakHyphen/><w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:font="Wingdings" w:char="F081"/></w:r>'
    )

    found = read(p("", (1, 0), inside=inside), numbering=NUMBERED).parts

    assert found == (Paragraph(1, "甲", "1."), Paragraph(1, "乙丙\t丁-☑①"))


def test_a_leading_tab_is_an_indent() -> None:
    """A tab at the head of a paragraph only indents it and does not make a table row of it."""
    assert texts(p("", inside="<w:r><w:tab/><w:t>抓学习。</w:t></w:r>")) == ["　　抓学习。"]


def test_space_counts_only_where_it_is_preserved() -> None:
    """White space at the ends of a run is text where xml:space says so (pretty-printed files hold more)."""
    inside = '<w:r><w:t>\n  甲\n  </w:t></w:r><w:r><w:t xml:space="preserve"> 乙 </w:t></w:r>'

    assert texts(p("", inside=inside)) == ["甲 乙 "]


def test_revisions_are_read_as_accepted() -> None:
    """Deleted and moved-away text is out, inserted and moved-here text is in, and the revisions are told."""
    body = p(
        "每季度",
        inside='<w:del w:id="1"><w:r><w:delText>召开1次</w:delText></w:r></w:del>'
        f'<w:ins w:id="2">{r("召开2次")}</w:ins><w:moveFrom>{r("旧处")}</w:moveFrom><w:moveTo>{r("会议。")}</w:moveTo>',
    )

    assert texts(body) == ["每季度召开2次会议。"]
    assert told(body) == [("revisions", "文件带有未处理的修订（插入 2 处、删除 2 处（如“召开1次”）），按全部接受读取")]


def test_a_deleted_paragraph_end_joins_two_paragraphs() -> None:
    """Where the end of a paragraph is deleted, the next one goes on with it, under its own number."""
    first = (
        f'<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>{r("每年")}</w:p>'
    )

    found = read(first + p("至少两次。", (1, 0)), numbering=NUMBERED).parts

    assert found == (Paragraph(2, "每年至少两次。", "1."),)


def test_deleted_table_rows_are_out() -> None:
    """A row that a revision deleted is no row."""
    body = table([cell("甲"), cell("乙")], [cell("丙"), cell("丁")]).replace(
        '<w:tr><w:tc><w:tcPr></w:tcPr><w:p><w:pPr></w:pPr><w:r><w:rPr></w:rPr><w:t xml:space="preserve">丙',
        "<w:tr><w:trPr><w:del/></w:trPr><w:tc><w:tcPr></w:tcPr><w:p><w:pPr></w:pPr><w:r><w:rPr></w:rPr>"
        '<w:t xml:space="preserve">丙',
    )

    assert rows(body) == [("甲", "乙")]


def test_fields_give_their_results() -> None:
    """The result of a field is text, its code is not; a circled number (EQ) is drawn from its code."""
    body = p("截至", inside=field(' DATE \\@ "yyyy" ', "2026") + r("年") + field(r" eq \o\ac(○,12) ") + r("项"))

    assert texts(body) == ["截至2026年⑫项"]


def test_a_field_cut_off_swallows_nothing() -> None:
    """A field that is never closed does not take the following paragraphs with it."""
    body = p("甲", inside='<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF x</w:instrText></w:r>')

    assert texts(body + p("乙")) == ["甲", "乙"]


def test_the_table_of_contents_is_left_out() -> None:
    """Lines of the table of contents repeat the headings: they are left out, by field or by style, and told."""
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\o "1-3"</w:instrText></w:r>'
    inside = f'{begin}<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r("一、职责 1")}'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    styles = '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="toc 1"/></w:style>'
    body = p("", inside=inside) + p("二、任务 2") + p("", inside=end) + p("三、要求 3", style="T") + p("一、职责")

    assert texts(body, styles=styles) == ["一、职责"]
    assert told(body, styles=styles) == [("left-out", "文件里的目录 1 处没有读入")]


def test_text_boxes_are_read_once() -> None:
    """A text box stands in the file twice, for newer and older versions; it is read once, after its paragraph."""
    body = p("抓学习。", inside=text_box(p("责任清单"), p("第一条", (1, 0))))

    found = read(body, numbering=NUMBERED).parts

    assert found == (Paragraph(1, "抓学习。"), Paragraph(2, "责任清单"), Paragraph(3, "第一条", "1."))


def test_old_text_boxes_are_read() -> None:
    """A text box without an alternative, as older versions write it, is read too."""
    box = f"<v:textbox><w:txbxContent>{p('清单')}</w:txbxContent></v:textbox>"
    inside = f"<w:r><w:pict><v:shape>{box}</v:shape></w:pict></w:r>"

    assert texts(p("", inside=inside)) == ["清单"]


def test_wrappers_are_looked_through() -> None:
    """Links, content controls, smart tags and formulas hold text; a prompt to type something is none."""
    body = (
        p("", inside=f"<w:hyperlink>{r('甲')}</w:hyperlink><w:sdt><w:sdtContent>{r('乙')}</w:sdtContent></w:sdt>")
        + f"<w:sdt><w:sdtPr/><w:sdtContent>{p('丙')}</w:sdtContent></w:sdt>"
        + p("", inside="<m:oMath><m:r><m:t>x+1</m:t></m:r></m:oMath>")
        + p(
            "丁",
            inside=f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{r('单击输入')}</w:sdtContent></w:sdt>",
        )
        + p("", inside=f"<w:r><w:ruby><w:rt>{r('zé')}</w:rt><w:rubyBase>{r('责')}</w:rubyBase></w:ruby></w:r>")
    )

    assert texts(body) == ["甲乙", "丙", "x+1", "丁", "责"]


def test_what_is_not_read_is_told() -> None:
    """Pictures, hidden text, comments and embedded documents are counted in one note."""
    body = (
        p("甲", inside=PICTURE + r("暗", "<w:vanish/>") + r("明", '<w:vanish w:val="0"/>')) + '<w:altChunk r:id="r3"/>'
    )
    comments = f'<w:comment w:id="0">{p("请核实")}</w:comment>'

    assert texts(body, comments=comments) == ["甲明"]
    assert told(body, comments=comments) == [
        ("left-out", "文件里的批注 1 处、图片 1 处、隐藏文字 1 处、嵌入的文档 1 处没有读入")
    ]


def test_headers_and_footnotes_are_told() -> None:
    """A header is no text of the document, a page number not even worth a word; a footnote is told with its line."""
    body = p("抓学习。", inside='<w:r><w:footnoteReference w:id="2"/></w:r>')
    notes = f'<w:footnote w:id="1">{p("别处")}</w:footnote><w:footnote w:id="2">{p("含线上会议。")}</w:footnote>'

    found = read(body, header=p("青禾镇内部资料"), footer=p("第1页"), footnotes=notes)

    assert found.parts == (Paragraph(1, "抓学习。"),)
    assert [(note.code, note.line, note.message) for note in found.notes] == [
        ("footnote", 1, "脚注没有列入正文：含线上会议。"),
        ("noise", None, "去掉了编辑标记或页面杂物：页眉“青禾镇内部资料”"),
    ]


def test_merged_cells_are_filled() -> None:
    """Every place of a cell merged across or down holds its text, and rows are of one width."""
    span, start, on = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = table(
        [cell("序号", start), cell("责任", span)],
        [cell("", on), cell("事项"), cell("时限")],
        [cell("1"), cell("抓学习")],
    )

    assert rows(body) == [("序号", "责任", "责任"), ("序号", "事项", "时限"), ("1", "抓学习", "")]


def test_the_number_of_a_cell_is_its_text() -> None:
    """A column 序号 that Word numbers by itself holds no text, but its numbers are read; rows have their own lines."""
    body = p("清单") + table(
        [cell("", inside=p("", (1, 0))), cell("抓学习")], [cell("", inside=p("", (1, 0))), cell("抓会议")]
    )

    assert rows(body, numbering=NUMBERED) == [("1.", "抓学习"), ("2.", "抓会议")]
    assert [row.line for part in read(body).parts if isinstance(part, Grid) for row in part.rows] == [2, 3]


def test_paragraphs_of_a_cell_are_its_lines() -> None:
    """Several paragraphs in a cell, with their numbers, are lines of its text; a table in it is lines as well."""
    inner = table([cell("每季度"), cell("1次")])
    body = table([cell("措施"), cell("", inside=p("开会", (1, 0)) + p("学习", (1, 0)) + inner + p())])

    assert rows(body, numbering=NUMBERED) == [("措施", "1.开会\n2.学习\n每季度 1次")]


def test_a_frame_is_no_table() -> None:
    """A table of one cell a row only frames the text in it; a table inside it is the table."""
    body = table([cell("", inside=p("一、职责") + table([cell("甲"), cell("乙")]) + p())], [cell("二、任务")])

    assert texts(body) == ["一、职责", "二、任务"]
    assert rows(body) == [("甲", "乙")]


def test_rows_may_leave_out_columns() -> None:
    """GridBefore leaves places empty at a row's start; a span no table has does no harm."""
    body = table([cell("甲"), cell("乙")], [cell("丙", '<w:gridSpan w:val="999999999"/>')]).replace(
        "<w:tr><w:tc><w:tcPr><w:gridSpan", '<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr><w:tc><w:tcPr><w:gridSpan'
    )

    assert rows(body)[1][:3] == ("", "丙", "丙")
    assert len(rows(body)[1]) < 200


def test_strict_documents_read_the_same() -> None:
    """Strict Open XML has other namespaces and the same text."""
    parts = docx_parts(p("抓学习。", (1, 0)), numbering=NUMBERED)
    strict = {name: xml.replace(W.encode(), STRICT.encode()) for name, xml in parts.items()}

    assert read_source("x.docx", zipped(strict)).parts == (Paragraph(1, "抓学习。", "1."),)


def test_other_prefixes_and_part_names_read_the_same() -> None:
    """Prefixes, encodings and the names of parts are the writer's choice."""
    parts = docx_parts(p("抓学习。"))
    main = parts.pop("word/document.xml").decode().replace("w:", "ns0:").replace("xmlns:ns0:", "xmlns:")
    main = main.replace(f'xmlns:w="{W}"', f'xmlns:ns0="{W}"').replace("UTF-8", "UTF-16")
    rels = parts.pop("_rels/.rels").replace(b"word/document.xml", b"/word/body2.xml")

    found = read_source("x.docx", zipped(parts | {"_rels/.rels": rels, "word/body2.xml": main.encode("utf-16")}))

    assert found.parts == (Paragraph(1, "抓学习。"),)
