"""Documents that are damaged, locked or dangerous: one code each, and never a traceback."""

from io import BytesIO

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from qingdan_xl.documents.formats import read_source
from qingdan_xl.problems import CATALOGUE, UnusableError
from word_samples import cell, docx, docx_parts, p, table, zipped

DOCX = docx(p("责任清单") + table([cell("序号"), cell("事项")], [cell("1"), cell("抓学习")]) + p("抓会议。"))


def codes(name: str, data: bytes) -> list[str]:
    """The codes with which reading a document is refused."""
    with pytest.raises(UnusableError) as refused:
        read_source(name, data)
    return [found.code for found in refused.value.problems]


def workbook() -> bytes:
    """A small list as a workbook."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet("清单")
    for row, cells in enumerate([("序号", "责任事项"), (1, "抓学习"), (2, "抓会议")]):
        sheet.write_row(row, 0, cells)
    book.close()
    return buffer.getvalue()


def compound(stream: str) -> bytes:
    """The start of an OLE2 file with one stream of this name."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + stream.encode("utf-16-le").ljust(64, b"\0") + b"\0" * 448


def with_main(xml: bytes) -> bytes:
    """A .docx whose main part is this."""
    return zipped(docx_parts("") | {"word/document.xml": xml})


def deep(levels: int) -> bytes:
    """A .docx of tables in tables."""
    return docx("<w:tbl><w:tr><w:tc>" * levels + p("甲") + "</w:tc></w:tr></w:tbl>" * levels)


def locked() -> bytes:
    """A zip with a part that has a password."""
    data = bytearray(zipped({"word/document.xml": b"<a/>"}))
    data[6] |= 1
    data[data.index(b"PK\1\2") + 8] |= 1
    return bytes(data)


REFUSED = {
    "cut": ("清单.docx", DOCX[:-200], "damaged"),
    "bad crc": ("清单.docx", DOCX.replace(DOCX[200:204], b"\1\2\3\4", 1), "damaged"),
    "no main part": ("清单.docx", zipped({"[Content_Types].xml": b"<Types/>", "word/styles.xml": b"<a/>"}), "damaged"),
    "no xml": ("清单.docx", with_main(b"<w:document"), "damaged"),
    "unknown encoding": ("清单.docx", with_main(b'<?xml version="1.0" encoding="klingon"?><a/>'), "damaged"),
    "too deep": ("清单.docx", deep(1000), "damaged"),
    "doctype": ("清单.docx", with_main(b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), "unsafe-xml"),
    "doctype utf-16": ("清单.docx", with_main("<!DOCTYPE a><a/>".encode("utf-16")), "unsafe-xml"),
    "doctype beside": ("清单.docx", zipped(docx_parts(p("甲")) | {"word/x.xml": b"<!DOCTYPE a><a/>"}), "unsafe-xml"),
    "large part": ("清单.docx", with_main(b"<a>" + b" " * 41_000_000 + b"</a>"), "too-large"),
    "bomb": ("清单.docx", zipped(docx_parts("") | {f"{at}.xml": b" " * 60_000_000 for at in range(4)}), "too-large"),
    "many parts": ("清单.docx", zipped(docx_parts("") | {f"word/{at}.xml": b"" for at in range(2001)}), "too-large"),
    "zip password": ("清单.docx", locked(), "password"),
    "office password": ("清单.docx", compound("EncryptedPackage"), "password"),
    "no text": ("清单.docx", docx(p()), "no-text"),
    "empty": ("清单.docx", b"", "no-text"),
    "picture": ("清单.docx", b"\x89PNG\r\n\x1a\n" + b"\0" * 20, "unsupported-document"),
    "zip": ("清单.docx", zipped({"清单.txt": b"1"}), "unsupported-document"),
    "ofd": ("清单.pdf", zipped({"OFD.xml": b"<a/>"}), "unsupported-document"),
    "bytes": ("清单.doc", bytes(range(256)), "unsupported-document"),
    "other office file": ("清单.ppt", compound("PowerPoint Document"), "unsupported-document"),
    "no text file": ("清单.txt", b"\xff\xfe\x00\xd8" * 9, "unreadable-text"),
}


@pytest.mark.parametrize("fault", REFUSED)
def test_what_cannot_be_read_is_refused_with_its_code(fault: str) -> None:
    """Each fault has its own code; the message names no program to programmers."""
    name, data, code = REFUSED[fault]

    assert codes(name, data) == [code]


def test_the_message_names_the_part_and_says_what_it_is() -> None:
    """A dangerous part is named; what cannot be read is called what people call it."""
    with pytest.raises(UnusableError) as unsafe:
        read_source("清单.docx", with_main(b"<!DOCTYPE a><a/>"))
    with pytest.raises(UnusableError) as picture:
        read_source("清单.docx", b"GIF89a")

    assert unsafe.value.problems[0].what == "文件部件 word/document.xml 中有外部实体声明，不予打开"
    assert picture.value.problems[0].what == "不支持读取图片"


def test_depth_that_documents_have_is_read() -> None:
    """Tables in tables as people make them are no fault."""
    assert len(read_source("清单.docx", deep(20)).parts) == 1


def answer(name: str, data: bytes) -> set[str]:
    """The codes with which a document is refused, none where it is read; whatever else is raised is the test's."""
    try:
        read_source(name, data)
    except UnusableError as refused:
        return {each.code for each in refused.problems}
    return set()


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(DOCX) - 1), st.integers(0, 255)), min_size=1, max_size=8))
def test_flipped_bytes_of_a_docx(flips: list[tuple[int, int]]) -> None:
    """Whatever bytes of a .docx are changed, it is read or refused with a code."""
    data = bytearray(DOCX)
    for at, byte in flips:
        data[at] = byte

    assert answer("清单.docx", bytes(data)) <= CATALOGUE.keys()


MAIN = docx_parts(p("责任清单", (1, 0)) + table([cell("甲", '<w:gridSpan w:val="2"/>')]))["word/document.xml"]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(300, len(MAIN) - 1), st.sampled_from(b'<>/"=w:1 \xe4')), min_size=1, max_size=4))
def test_flipped_bytes_of_the_text_of_a_docx(flips: list[tuple[int, int]]) -> None:
    """Whatever the XML of the text holds, in a zip that is sound, it is read or refused with a code."""
    data = bytearray(MAIN)
    for at, byte in flips:
        data[at] = byte

    assert answer("清单.docx", with_main(bytes(data))) <= CATALOGUE.keys()


@settings(max_examples=6, deadline=None)
@given(st.tuples(st.integers(0, 5000), st.integers(0, 255)))
def test_flipped_bytes_of_a_workbook(flip: tuple[int, int]) -> None:
    """Whatever byte of a workbook is changed, it is read or refused with a code."""
    data = bytearray(workbook())
    data[flip[0] % len(data)] = flip[1]

    assert answer("清单.xlsx", bytes(data)) <= CATALOGUE.keys()


@settings(max_examples=100, deadline=None)
@given(st.text(st.sampled_from('<>/=" 甲1tablerdoiulp\n'), max_size=80))
def test_any_page_gives_an_answer(text: str) -> None:
    """Whatever a web page holds, it is read or refused with a code."""
    assert answer("清单.html", text.encode()) <= CATALOGUE.keys()


@settings(max_examples=100, deadline=None)
@given(st.text(st.sampled_from('",;\t甲1\n\r'), max_size=60))
def test_any_csv_gives_an_answer(text: str) -> None:
    """Whatever a .csv holds, it is read or refused with a code."""
    assert answer("清单.csv", text.encode()) <= CATALOGUE.keys()
