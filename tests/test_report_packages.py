"""Templates as packages: what leads out of them, what they call themselves, and what they say of themselves."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openxml_audit import OpenXmlValidator

from qingdan_xl.problems import UnusableError
from qingdan_xl.reports.bars import Bar
from qingdan_xl.reports.shipped import templates
from qingdan_xl.reports.template import ReportTemplate
from report_samples import constant, filled, lines, make_report_year, template, word, written
from word_samples import STRICT, W, docx_parts, field, p, zipped

TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAME = constant("单位", "青禾镇")


def parts(data: bytes) -> dict[str, bytes]:
    """The parts of a document by name."""
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def leading_out(*kinds: str, body: str = "") -> bytes:
    """A template whose text has external relations of these kinds."""
    made = docx_parts(body or p("{{ 单位 }}"))
    told = "".join(
        f'<Relationship Id="x{at}" Type="{TYPE}/{kind}" Target="http://example.invalid/{kind}" TargetMode="External"/>'
        for at, kind in enumerate(kinds)
    )
    relations = "word/_rels/document.xml.rels"
    made[relations] = made[relations].replace(b"</Relationships>", f"{told}</Relationships>".encode())
    return zipped(made)


def read(data: bytes) -> ReportTemplate:
    """The template, read."""
    return ReportTemplate("报告模板/报告.docx", data, (NAME,))


def fill(found: ReportTemplate) -> bytes:
    """The report of a unit."""
    return found.fill({"单位": "青禾镇"}, lambda _figures: "").data


@pytest.mark.parametrize("kind", ["image", "oleObject", "frame", "subDocument", "aFChunk"])
def test_what_is_fetched_from_elsewhere_is_told(kind: str) -> None:
    """An external part that loads when the report is opened is told with its place, and keeps nothing back."""
    found = read(leading_out(kind, "hyperlink"))

    assert [(each.code, each.origin.file) for each in found.doubts] == [("report-fetches", "报告模板/报告.docx")]
    assert f"（http://example.invalid/{kind}）" in found.doubts[0].what
    assert lines(fill(found)) == ["青禾镇"]


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (field('INCLUDEPICTURE "http://example.invalid/1.png"'), 'INCLUDEPICTURE "http://example.invalid/1.png"'),
        (field(" DDEAUTO excel 1 "), "DDEAUTO excel 1"),
        (f'<w:fldSimple xmlns:w="{W}" w:instr="LINK Excel.Sheet"/>', "LINK Excel.Sheet"),
    ],
)
def test_fields_that_fetch_are_told(body: str, what: str) -> None:
    """So is a field that takes in pictures, files or data."""
    found = read(leading_out(body=p(inside=body)))

    assert [each.code for each in found.doubts] == ["report-fetches"]
    assert f"（{what}）" in found.doubts[0].what


def test_what_stays_at_home_is_not_told() -> None:
    """Links that one clicks, page numbers and the shipped templates say nothing."""
    made = [leading_out("hyperlink"), leading_out(body=p(inside=field("PAGE") + field("LINKED")))]

    assert [read(data).doubts for data in made] == [[], []]


def test_a_report_does_not_hang_on_a_template_of_somebodys_disk(tmp_path: Path) -> None:
    """The .dotx that a template was made from is left out, with the way to it."""
    made = parts(templates()["整改通知"]())
    settings = "word/settings.xml"
    made[settings] = made[settings].replace(b"<w:proofState", b'<w:attachedTemplate r:id="rId1"/><w:proofState')
    made["word/_rels/settings.xml.rels"] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{TYPE}/attachedTemplate" Target="file:///C:/Users/张甲/公文.dotx" '
        'TargetMode="External"/></Relationships>'
    ).encode()
    year = make_report_year(tmp_path / "年度")
    year.templates.mkdir()
    (year.templates / "整改通知.docx").write_bytes(zipped(made))

    done = written(year, "青禾镇", kinds=("整改通知",))

    report = parts(done.reports[0].path.read_bytes())
    assert b"attachedTemplate" not in report[settings]
    assert "张甲".encode() not in report["word/_rels/settings.xml.rels"]
    assert done.problems == []
    assert OpenXmlValidator().validate(done.reports[0].path).errors == []


@pytest.mark.parametrize(
    "relations",
    [
        None,
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>',
        b'<n:Relationships xmlns:n="http://schemas.openxmlformats.org/package/2006/relationships"></n:Relationships>',
    ],
)
def test_pictures_find_their_way_whatever_program_wrote_the_template(relations: bytes | None) -> None:
    """Relations that are not there, empty, or written with a prefix of their own take up the pictures of a report."""
    made = docx_parts(p("{{ 图 }}"))
    del made["word/_rels/document.xml.rels"]
    if relations:
        made["word/_rels/document.xml.rels"] = relations
    chart = constant("图", Bar(1, 0, 2, "甲"))

    report = filled(zipped(made), chart)

    assert len(word(report).inline_shapes) == 1
    assert word(report).inline_shapes[0]._inline.graphic.graphicData.pic.blipFill.blip.embed in word(report).part.rels  # noqa: SLF001 - python-docx has no word for it


def test_relations_that_are_no_xml() -> None:
    """A package whose relations are broken is no Word document."""
    broken = zipped(docx_parts(p("{{ 单位 }}")) | {"word/_rels/document.xml.rels": b"<Relationships"})

    with pytest.raises(UnusableError) as caught:
        read(broken)

    assert [each.code for each in caught.value.problems] == ["report-not-word"]


@pytest.mark.parametrize("kind", templates())
def test_a_signature_never_stands_alone_on_a_page(kind: str) -> None:
    """The last words before it go with it."""
    paragraphs = word(templates()[kind]()).paragraphs
    first = next(at for at, each in enumerate(paragraphs) if each.style and each.style.name == "公文落款")

    assert [each.paragraph_format.keep_with_next for each in paragraphs[first - 2 : first]] == [True, True]


def with_type(main: str) -> bytes:
    """A template whose text calls itself so."""
    made: Mapping[str, bytes] = docx_parts(p("{{ 单位 }}"))
    types = made["[Content_Types].xml"].replace(b"wordprocessingml.document.main+xml", main.encode())
    return zipped({**made, "[Content_Types].xml": types})


def test_a_strict_document_is_told() -> None:
    """Word can save a .docx in which everything has another name: it is told, and not half read."""
    strict = {name: data.replace(W.encode(), STRICT.encode()) for name, data in docx_parts(p("{{ 单位 }}")).items()}

    with pytest.raises(UnusableError) as caught:
        read(zipped(strict))

    assert [each.code for each in caught.value.problems] == ["report-strict"]


def test_a_word_template_makes_documents() -> None:
    """A .dotx that somebody called .docx gives reports that Word opens as documents."""
    made = fill(read(with_type("wordprocessingml.template.main+xml")))

    assert b"wordprocessingml.document.main+xml" in parts(made)["[Content_Types].xml"]
    assert lines(made) == ["青禾镇"]


def test_a_document_with_macros_is_no_template() -> None:
    """Word does not open it under the name of a .docx."""
    with pytest.raises(UnusableError) as caught:
        read(with_type("ms-word.document.macroEnabled.main+xml"))

    assert [each.code for each in caught.value.problems] == ["report-not-word"]


@pytest.mark.parametrize("kind", templates())
def test_the_shipped_templates_say_nothing_wrong_of_themselves(kind: str) -> None:
    """No author, no date on which nothing was made, the title of the kind; the language is Chinese."""
    data = templates()[kind]()

    properties, made = word(data).core_properties, parts(data)
    assert (properties.title, properties.author, properties.last_modified_by) == (kind, "", "")
    assert b"dcterms:" not in made["docProps/core.xml"].split(b">", 2)[2]
    assert b'w:eastAsia="zh-CN"' in made["word/settings.xml"]
    assert b"ja-JP" not in made["word/settings.xml"] + made["word/styles.xml"]


def test_the_same_data_give_the_same_report() -> None:
    """Filled in twice, or by a template that was read anew, a report has the same bytes."""
    once, again = read(template("{{ 单位 }}")), read(template("{{ 单位 }}"))

    assert fill(once) == fill(once) == fill(again)
