"""What a template says of those who made it: tracked changes are accepted, comments and names are gone."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from openxml_audit import OpenXmlValidator

from qingdan_xl.reports.revisions import settled
from qingdan_xl.reports.shipped import templates
from qingdan_xl.reports.template import ReportTemplate
from report_samples import constant, filled, lines, make_report_year, written
from word_samples import cell, docx, docx_parts, p, r, table, zipped

WHO = 'w:id="1" w:author="张甲" w:date="2026-01-01T00:00:00Z"'
NAME = constant("单位", "青禾镇")
COMMENTS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
PEOPLE = "http://schemas.microsoft.com/office/2011/relationships/people"


def parts(data: bytes) -> dict[str, bytes]:
    """The parts of a document by name."""
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def said(body: str) -> list[str]:
    """The lines of a report of a template with this body, in which nobody is named."""
    data = filled(docx(body), NAME)
    assert "张甲" not in parts(data)["word/document.xml"].decode()
    return lines(data)


def marked(mark: str) -> str:
    """The properties of a paragraph whose end is marked so."""
    return f"<w:pPr><w:rPr><w:{mark} {WHO}/></w:rPr></w:pPr>"


def test_inserted_text_is_text() -> None:
    """What was inserted or moved here stands without a mark, tags in it are read; what was deleted is gone."""
    inserted = (
        f"<w:ins {WHO}>{r('新{{ 单')}<w:del {WHO}><w:r><w:delText>旧</w:delText></w:r></w:del></w:ins>{r('位 }}')}"
    )
    moved = (
        f'<w:moveFromRangeStart {WHO} w:name="甲"/><w:moveFrom {WHO}>{r("甲")}</w:moveFrom>'
        '<w:moveFromRangeEnd w:id="1"/>'
        f'<w:moveToRangeStart {WHO} w:name="甲"/><w:moveTo {WHO}>{r("乙")}</w:moveTo><w:moveToRangeEnd w:id="1"/>'
    )

    assert said(p(inside=inserted) + p(inside=moved)) == ["新青禾镇", "乙"]


def test_the_ends_of_paragraphs_are_settled() -> None:
    """A new paragraph stays one; where its end was deleted it runs on into the next, which keeps its look."""
    new = f"<w:p>{marked('ins')}{r('一')}</w:p>"
    run_on = f"<w:p>{marked('del')}{r('二')}</w:p>" + p("三", style="后")
    gone = f"<w:p>{marked('del')}<w:del {WHO}><w:r><w:delText>旧</w:delText></w:r></w:del></w:p>" + p("四")
    last = f"<w:p>{marked('del')}{r('五')}</w:p>{table([cell('六')])}"

    made = filled(docx(new + run_on + gone + last), NAME)

    assert lines(made) == ["一", "二三", "四", "五", "六"]
    assert b'<w:pStyle w:val="\xe5\x90\x8e"/>' in parts(made)["word/document.xml"]


def test_rows_cells_and_tables_are_settled() -> None:
    """Deleted rows, cells and tables are gone, inserted ones are like any other."""

    def row(mark: str, *cells: str) -> str:
        return f"<w:tr><w:trPr>{mark}</w:trPr>{''.join(cells)}</w:tr>"

    kept = row(f"<w:ins {WHO}/>", cell("新", f"<w:cellIns {WHO}/>"), cell("旧格", f"<w:cellDel {WHO}/>"))
    gone = row(f"<w:del {WHO}/>", cell("旧行"))
    body = f"<w:tbl><w:tblPr/>{kept}{gone}</w:tbl><w:tbl><w:tblPr/>{gone}</w:tbl>" + p("后")

    assert said(body) == ["新", "后"]


def test_looks_from_before_are_forgotten() -> None:
    """Of every property only the new one is left, in lists and sections too."""
    changed = "".join(
        f"<w:{kind}><w:{kind}Change {WHO}/></w:{kind}>" for kind in ("tblPr", "tblPrEx", "trPr", "tcPr", "sectPr")
    )
    xml = docx_parts(f"<w:p><w:pPr><w:pPrChange {WHO}><w:pPr/></w:pPrChange></w:pPr></w:p>{changed}")

    assert "张甲" not in settled(xml["word/document.xml"].decode())


def test_every_part_is_settled() -> None:
    """Headers, footnotes and styles name nobody either."""
    inserted = f"<w:ins {WHO}>{r('{{ 单位 }}')}</w:ins>"
    style = f'<w:style w:styleId="甲"><w:rPr><w:b/><w:rPrChange {WHO}><w:rPr/></w:rPrChange></w:rPr></w:style>'
    note = f'<w:footnote w:id="2">{p(inside=inserted)}</w:footnote>'

    made = parts(filled(docx(p("正文"), header=p(inside=inserted), footnotes=note, styles=style), NAME))

    assert "青禾镇" in made["word/header.xml"].decode()
    assert "青禾镇" in made["word/footnotes.xml"].decode()
    assert b"<w:b/>" in made["word/styles.xml"]
    assert "张甲".encode() not in b"".join(made.values())


def annotated(data: bytes) -> bytes:
    """A shipped template with a comment, tracked changes and the names of who made it."""
    made = parts(data)
    comment = f'<w:comment {WHO} w:initials="张">{p("请核对")}</w:comment>'
    made["word/comments.xml"] = docx_parts("", comments=comment)["word/comments.xml"]
    made["word/people.xml"] = (
        '<w15:people xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"><w15:person w15:author="张甲"/>'
        "</w15:people>"
    ).encode()
    told = (
        f'<Relationship Id="c1" Type="{COMMENTS}" Target="comments.xml"/>'
        f'<Relationship Id="c2" Type="{PEOPLE}" Target="/word/people.xml"/></Relationships>'
    )
    mime = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{mime}.{name}+xml"/>' for name in ("comments", "people")
    )
    for name, old, new in (
        ("word/_rels/document.xml.rels", "</Relationships>", told),
        ("[Content_Types].xml", "</Types>", f"{types}</Types>"),
        ("word/settings.xml", "<w:proofState", "<w:trackRevisions/><w:proofState"),
        ("docProps/core.xml", "<dc:creator></dc:creator>", "<dc:creator>张甲</dc:creator>"),
    ):
        assert old in made[name].decode()
        made[name] = made[name].decode().replace(old, new).encode()
    text = made["word/document.xml"].decode()
    at = text.index("<w:p>") if "<w:p>" in text else text.index("<w:p ")
    mark = (
        f'<w:p><w:commentRangeStart w:id="1"/><w:ins {WHO}>{r("新添的话")}</w:ins><w:commentRangeEnd w:id="1"/>'
        '<w:r><w:rPr><w:b/></w:rPr><w:commentReference w:id="1"/></w:r></w:p>'
    )
    made["word/document.xml"] = f"{text[:at]}{mark}{text[at:]}".encode()
    return zipped(made)


def test_comments_and_names_stay_at_home(tmp_path: Path) -> None:
    """No report holds a comment, its marks or its author; nothing is tracked in it, and Word opens it."""
    year = make_report_year(tmp_path / "年度")
    year.templates.mkdir()
    (year.templates / "整改通知.docx").write_bytes(annotated(templates()["整改通知"]()))

    done = written(year, "白杨镇", kinds=("整改通知",))

    report = parts(done.reports[0].path.read_bytes())
    assert done.problems == []
    assert lines(done.reports[0].path)[0] == "新添的话"
    assert not [name for name in report if "comments" in name or "people" in name]
    whole = b"".join(report.values())
    assert not [sign for sign in (b"comment", b"people", b"trackRevisions", b"w:author=", b"<w:ins ") if sign in whole]
    assert "<dc:creator></dc:creator>" in report["docProps/core.xml"].decode()
    assert OpenXmlValidator().validate(done.reports[0].path).errors == []


def test_a_template_without_marks_is_left_as_it_is() -> None:
    """Nothing is written anew where nothing was tracked."""
    xml = docx_parts(p("正文"))["word/document.xml"].decode()

    assert settled(xml) is xml
    assert ReportTemplate("报告.docx", docx(p("正文")), ()).doubts == []
