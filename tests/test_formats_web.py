"""Web pages, and those that some system wrote as .doc or .xls."""

import pytest

from qingdan_xl.documents.formats import read_source
from qingdan_xl.documents.source import Grid, Paragraph, Row


def paragraphs(page: str, name: str = "清单.html") -> list[tuple[str, str, int]]:
    """Number, text and heading level of each paragraph."""
    parts = read_source(name, page.encode()).parts
    return [(part.number, part.text, part.level) for part in parts if isinstance(part, Paragraph)]


def rows(page: str, name: str = "清单.html") -> list[tuple[str, ...]]:
    """The rows of all tables."""
    return [row.cells for part in read_source(name, page.encode()).parts if isinstance(part, Grid) for row in part.rows]


def test_paragraphs_and_headings() -> None:
    """Blocks are paragraphs, br parts lines, h1 to h6 are headings; scripts, styles and hidden parts are no text."""
    page = (
        "<html><head><title>站点</title><style>p{}</style></head><body><h1>责任清单</h1><script>x</script>"
        "<p>一、抓<b>学习</b>&nbsp;教育<br>二、抓会议<p style='display: none'>暗"
        "<div>三、<span hidden>暗</span>抓检查</div>"
    )

    assert paragraphs(page) == [
        ("", "责任清单", 1),
        ("", "一、抓学习 教育", 0),
        ("", "二、抓会议", 0),
        ("", "三、抓检查", 0),
    ]


def test_line_ends_of_the_source_are_no_text() -> None:
    """A line end in the source is a blank between words and nothing between Chinese characters."""
    assert paragraphs("<p>每季度\n   召开1次\n会议 of\n the board</p>") == [("", "每季度召开1次会议 of the board", 0)]


def test_lists_are_numbered() -> None:
    """Items of an ol have their printed number, by type, start, value and style; those of a ul have none."""
    page = (
        "<ol><li>甲<li>乙<ol type=a start=3><li>丙</ol></li><li value=7><p>丁</p><p>接着</p></ol><ul><li>戊</ul>"
        "<ol style='list-style-type: cjk-ideographic'><li>己</ol>"
    )

    assert [(number, text) for number, text, _ in paragraphs(page)] == [
        ("1.", "甲"),
        ("2.", "乙"),
        ("c.", "丙"),
        ("7.", "丁"),
        ("", "接着"),
        ("", "戊"),
        ("一、", "己"),
    ]


def test_merged_cells_are_filled() -> None:
    """Cells over several columns and rows hold their text everywhere, end tags left out or not."""
    page = (
        "<table><thead><tr><th rowspan=2>序号<th colspan=2>责任<tr><th>事项<th>时限</thead>"
        "<tr><td>1</td><td>抓学习<p>抓会议</p></td><td>3月</td></tr><tr><td>2<td>抓检查</table>"
    )

    assert rows(page) == [
        ("序号", "责任", "责任"),
        ("序号", "事项", "时限"),
        ("1", "抓学习\n抓会议", "3月"),
        ("2", "抓检查", ""),
    ]


def test_tables_that_place_things_are_no_tables() -> None:
    """A table around another one, or with one cell a row, only places things on the page."""
    page = "<table><tr><td>栏目</td><td><table><tr><td>甲</td><td>乙</td></tr></table></td></tr></table><p>完</p>"

    assert rows(page) == [("甲", "乙")]
    assert [text for _, text, _ in paragraphs(page)] == ["栏目", "完"]


@pytest.mark.parametrize("name", ["清单.doc", "清单.xls", "清单.txt", "清单"])
def test_pages_under_other_names(name: str) -> None:
    """A page that a system exported as .doc or .xls is read as what it is."""
    page = "<html><table><tr><td>序号<td>事项<tr><td>1<td>抓学习</table></html>"

    assert rows(page, name) == [("序号", "事项"), ("1", "抓学习")]


def test_a_page_in_gbk() -> None:
    """The encoding is detected."""
    page = '<html><meta charset="gb2312"><p>抓学习</p></html>'

    assert read_source("清单.htm", page.encode("gbk")).parts == (Paragraph(1, "抓学习"),)


def test_a_page_saved_as_one_file() -> None:
    """The page in a .mht, which some systems call .doc, is read."""
    archive = (
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x\r\n'
        b'Content-Type: text/html; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'
        b"<p>=E6=8A=93=E5=AD=A6=E4=B9=A0</p>\r\n--x--\r\n"
    )

    assert read_source("清单.doc", archive).parts == (Paragraph(1, "抓学习"),)


def test_a_text_that_speaks_of_tags_is_a_text() -> None:
    """Only what begins with a tag is a page: in a text a tag in the middle is text."""
    assert read_source("清单.txt", "1.页面用<table>制表。".encode()).parts == (Paragraph(1, "1.页面用<table>制表。"),)


def test_deep_pages_end() -> None:
    """Tags nested deeper than any page needs stand beside each other."""
    assert paragraphs("<div>" * 5000 + "甲" + "</div>" * 5000) == [("", "甲", 0)]


def test_grids_know_their_lines() -> None:
    """Lines count paragraphs and rows."""
    found = read_source("x.html", "<p>甲</p><table><tr><td>乙<td>丙</table><p>丁".encode()).parts

    assert found == (Paragraph(1, "甲"), Grid((Row(2, ("乙", "丙")),)), Paragraph(3, "丁"))


def test_what_stands_beside_the_text_is_left_out() -> None:
    """A page's column of other articles and its foot are no text of the list."""
    page = "<article><p>一、抓学习</p></article><aside><h4>热门文章</h4><p>会议召开</p></aside><footer>青禾网</footer>"

    assert paragraphs(page) == [("", "一、抓学习", 0)]
