"""Old Word files, RTF, open documents by LibreOffice, PDF by pdftotext; without them the problem says what to do."""

import shutil
from pathlib import Path

import docx as word_library
import pytest

from office import Office
from qingdan_xl.documents import parse
from qingdan_xl.documents.formats import read_source
from qingdan_xl.documents.formats.pdf import PROGRAM
from qingdan_xl.documents.source import Grid, Paragraph
from test_formats_faults import codes, compound
from word_samples import abstract, cell, docx, level, num, p, table

NUMBERED = abstract(0, level(0, "chineseCounting", "%1、"), level(1, "decimal", "%2.")) + num(1, 0)
BODY = (
    p("2026年青禾镇党委责任清单")
    + p("主体责任", (1, 0))
    + p("每季度至少召开1次专题会议。", (1, 1))
    + p("每年讲党课不少于2次。", (1, 1))
    + table([cell("序号"), cell("事项")], [cell("1"), cell("抓学习")])
    + p("请各单位遵照执行。")
)


@pytest.fixture(scope="module")
def saved(office: Office, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """One document as LibreOffice saves it in each format."""
    folder = tmp_path_factory.mktemp("formats")
    original = folder / "清单.docx"
    original.write_bytes(docx(BODY, numbering=NUMBERED))
    return {suffix: office.save_as(suffix, original, folder).read_bytes() for suffix in ("doc", "odt", "pdf")}


@pytest.mark.parametrize(("suffix", "name"), [("doc", "清单.doc"), ("doc", "清单.wps"), ("odt", "清单.docx")])
def test_other_word_formats(saved: dict[str, bytes], suffix: str, name: str) -> None:
    """Numbers, text and tables come through; the conversion is told. What the file is decides, not its name."""
    source = read_source(name, saved[suffix])

    said = [(part.number, part.text) for part in source.parts if isinstance(part, Paragraph)]
    assert said == [
        ("", "2026年青禾镇党委责任清单"),
        ("一、", "主体责任"),
        ("1.", "每季度至少召开1次专题会议。"),
        ("2.", "每年讲党课不少于2次。"),
        ("", "请各单位遵照执行。"),
    ]
    assert [row.cells for part in source.parts if isinstance(part, Grid) for row in part.rows] == [
        ("序号", "事项"),
        ("1", "抓学习"),
    ]
    assert [note.code for note in source.notes] == ["converted"]


@pytest.mark.skipif(shutil.which(PROGRAM) is None, reason="pdftotext is not installed")
def test_pdf(saved: dict[str, bytes]) -> None:
    """The lines of a PDF are read without the gaps that typesetting left between Chinese and digits."""
    source = read_source("清单.docx", saved["pdf"])

    assert [part.text for part in source.parts if isinstance(part, Paragraph)][:4] == [
        "2026年青禾镇党委责任清单",
        "一、 主体责任",
        "1. 每季度至少召开1次专题会议。",
        "2. 每年讲党课不少于2次。",
    ]
    assert [note.code for note in source.notes] == ["converted"]


@pytest.mark.skipif(shutil.which(PROGRAM) is None, reason="pdftotext is not installed")
def test_a_table_in_a_pdf_is_told_and_never_glued(office: Office, tmp_path: Path) -> None:
    """Its headings join no duty, its rows make none, and one doubt says where it stands."""
    word = word_library.Document()
    for text in ("2026年青禾镇责任清单", "一、日常工作", "1. 每季度召开1次会议。", "2. 落实值班制度。"):
        word.add_paragraph(text)
    body = word.add_table(rows=2, cols=4)
    rows = (("序号", "责任事项", "责任科室", "完成时限"), ("1", "修缮仓库围墙并清理周边杂物", "办公室", "3月底前"))
    for row, texts in zip(body.rows, rows, strict=True):
        for place, text in zip(row.cells, texts, strict=True):
            place.text = text
    path = tmp_path / "表格.docx"
    word.save(str(path))

    (found,) = parse("表格.pdf", office.pdf(path, tmp_path / "out").read_bytes())

    assert [duty.text for duty in found.duties] == ["每季度召开1次会议。", "落实值班制度。"]
    assert [doubt.code for doubt in found.warnings] == ["converted", "pdf-table-left"]


def test_rtf(office: Office) -> None:
    """An .rtf, which many systems export under the name .doc, is read."""
    text = "".join(f"\\u{ord(sign)}?" for sign in "一、抓学习。")

    source = read_source("清单.doc", f"{{\\rtf1\\ansi {text}\\par}}".encode())

    assert office
    assert [part.text for part in source.parts if isinstance(part, Paragraph)] == ["一、抓学习。"]


def test_the_parser_reads_word() -> None:
    """Word's automatic numbers make sections and duties as typed ones do."""
    body = BODY.partition("<w:tbl>")[0]

    (checklist,) = parse("清单.docx", docx(body, numbering=NUMBERED))

    assert checklist.title == "2026年青禾镇党委责任清单"
    assert [(section.number, section.title) for role in checklist.roles for section in role.sections] == [
        ("一", "主体责任")
    ]
    assert [(duty.number, duty.text) for duty in checklist.duties] == [
        ("1", "每季度至少召开1次专题会议。"),
        ("2", "每年讲党课不少于2次。"),
    ]
    assert [len(duty.targets) for duty in checklist.duties] == [1, 1]


def test_without_libreoffice_the_problem_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where LibreOffice is missing, an old Word file is asked for as .docx."""
    monkeypatch.setenv("PATH", str(tmp_path))

    assert codes("清单.doc", compound("WordDocument")) == ["needs-libreoffice"]
    assert codes("清单.rtf", rb"{\rtf1 x}") == ["needs-libreoffice"]


def test_without_pdftotext_the_problem_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where pdftotext is missing, a PDF is asked for as .docx."""
    monkeypatch.setenv("PATH", str(tmp_path))

    assert codes("清单.pdf", b"%PDF-1.4\n") == ["needs-pdftotext"]


def test_a_broken_old_file_is_told(office: Office) -> None:
    """What LibreOffice cannot open is a problem that says so."""
    assert office
    assert codes("清单.doc", compound("WordDocument")) == ["not-converted"]


@pytest.mark.skipif(shutil.which(PROGRAM) is None, reason="pdftotext is not installed")
@pytest.mark.parametrize(
    ("data", "code"), [(b"%PDF-1.4\nbroken", "not-converted"), (b"%PDF-1.4\n/Encrypt 5 0 R", "password")]
)
def test_a_broken_pdf_is_told(data: bytes, code: str) -> None:
    """A damaged PDF and one with a password are told apart."""
    assert codes("清单.pdf", data) == [code]


@pytest.mark.skipif(shutil.which(PROGRAM) is None, reason="pdftotext is not installed")
def test_what_stands_on_every_page_is_no_text(office: Office, tmp_path: Path) -> None:
    """Page furniture of a PDF is left out and told; a table in it is told, because its cells may be mixed up."""
    turn = p("", inside='<w:r><w:br w:type="page"/></w:r>')
    rows = [[cell(f"第{at}行"), cell("抓学习"), cell("3月")] for at in range(4)]
    lines = [[p(f"青禾镇内部资料 {at}"), p(f"{at}.抓学习。"), p(f"重在平时{'甲乙丙'[at - 1]}，")] for at in range(1, 4)]
    body = "".join("".join(each) + (turn if each is not lines[-1] else "") for each in lines) + table(*rows)
    path = tmp_path / "清单.docx"
    path.write_bytes(docx(body))

    source = read_source("清单.pdf", office.pdf(path, tmp_path).read_bytes())

    assert [part.text for part in source.parts if isinstance(part, Paragraph)][:5] == [
        "1.抓学习。",
        "重在平时甲，",
        "2.抓学习。",
        "重在平时乙，",
        "3.抓学习。",
    ]
    assert not any(part.gap for part in source.parts if isinstance(part, Paragraph))
    assert [note.code for note in source.notes] == ["converted", "noise", "pdf-table"]
    assert source.notes[1].message.endswith("每页的“青禾镇内部资料1”")
