"""Tags of templates, however a word processor or an input method wrote their signs."""

from decimal import Decimal
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from office import Office
from qingdan_xl.problems import UnusableError
from qingdan_xl.reports.figures import Figure
from qingdan_xl.reports.tags import in_one_piece
from qingdan_xl.reports.template import FillError, ReportTemplate
from report_samples import assessed, constant, filled, lines, make_report_year, template, written
from word_samples import cell as cell_of
from word_samples import docx, docx_parts, field, p, r, table, zipped

NAME = constant("单位", "青禾镇")
LATE = constant("逾期", Figure("逾期", 3))
DUTIES = constant("责任事项数", Figure("责任事项数", 7))
NONE = constant("缺", Figure("欠缺", 0))
SHARE = constant("完成率", Figure("完成率", Decimal("33.33"), percent=True))
UNKNOWN = constant("得分", Figure("得分", None, why="未评"))
ALL = (NAME, LATE, DUTIES, NONE, SHARE, UNKNOWN)


def raw(text: str) -> bytes:
    """A template with one paragraph whose text is written in XML as it stands here."""
    return docx(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")


def fault(data: bytes) -> str:
    """The one thing that is wrong with a template."""
    with pytest.raises(UnusableError) as caught:
        ReportTemplate("报告.docx", data, ALL)
    assert [found.code for found in caught.value.problems] == ["report-template"]
    return caught.value.problems[0].what.removeprefix("模板").removesuffix("，这一种报告没有写")


def test_a_template_saved_in_libreoffice_says_the_same(tmp_path: Path, office: Office) -> None:
    """Each shipped template, opened and saved there, fills equal to the one that was shipped."""
    year = assessed(make_report_year(tmp_path / "年度"))
    shipped = {each.path: lines(each.path) for each in written(year).reports}
    saved = office.save_all("docx", sorted(year.templates.glob("*.docx")), tmp_path / "另存")
    for path in saved:
        path.replace(year.templates / path.name)

    again = written(year)

    assert again.problems == []
    assert {each.path: lines(each.path) for each in again.reports} == shipped


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("{% if 单位 == &apos;青禾镇&apos; %}是{% endif %}", "是"),
        ("{% if 单位 == &quot;青禾镇&quot; %}是{% endif %}", "是"),
        ("{% if 单位 != &#39;甲&#39; and 逾期 &gt; 2 %}是{% endif %}", "是"),
        ("{{ '甲&amp;乙&lt;' }}", "甲&乙<"),
        ("{{ '&amp;lt;' }}", "&lt;"),
        ("{%\u00a0if\u00a0逾期\u3000%}{{\u2003单\u200b位\u00a0}}{%\u3000endif\u00a0%}", "青禾镇"),
        ("{{ '甲\u3000乙' }}", "甲\u3000乙"),
        ("&apos;{{ 单位 }}&apos;", "'青禾镇'"),
    ],
)
def test_signs_within_tags_are_those_that_were_typed(text: str, shown: str) -> None:
    """Whatever XML or a word processor makes of quotes and blanks in a tag, it is read as typed."""
    assert lines(filled(raw(text), *ALL)) == [shown]


def test_a_blank_of_the_web_parts_no_loop() -> None:
    """A loop over paragraphs or rows may have any blank behind its sign."""
    body = p("{%p\u00a0if 逾期 %}") + p("甲") + p("{%p\u3000endif %}")
    rows = table([cell_of("{%tr\u00a0if 逾期 %}")], [cell_of("乙")], [cell_of("{%tr\u00a0endif %}")])

    assert lines(filled(docx(body + rows), *ALL)) == ["甲", "乙"]


def test_a_tag_in_many_runs_breaks_nothing() -> None:
    """Marks of spelling, breaks and links within a tag are no part of it, and what stands around keeps its place."""
    link = f'<w:hyperlink w:anchor="甲">{r("位 }}后")}</w:hyperlink>'
    body = p(inside=r("前{") + '<w:proofErr w:type="spellStart"/>' + r("{ ", "<w:b/>") + r("单") + link)
    broken = "<w:p><w:r><w:t>{% if</w:t><w:br/><w:t>逾期 %}有{% endif</w:t><w:tab/><w:t>%}</w:t></w:r></w:p>"

    assert lines(filled(docx(body + broken), *ALL)) == ["前青禾镇后", "有"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("｛｛ 单位 ｝｝", "青禾镇"),
        ("{｛单位｝}甲｛{ 单位 }｝", "青禾镇甲青禾镇"),
        ("{{ 单位 ｝｝", "青禾镇"),
        ("｛％ if 逾期 ％｝有｛% else %｝无{％ endif ％}", "有"),
        ("｛＃ 给自己看的 ＃｝{# 也是 #}甲", "甲"),
        ("｛甲｝{乙}占{ 5％ }、｛98％｝", "｛甲｝{乙}占{ 5％ }、｛98％｝"),
    ],
)
def test_full_width_brackets_are_brackets(text: str, shown: str) -> None:
    """Tags in full-width signs, or in both, are read; single brackets are text."""
    assert lines(filled(template(text), *ALL)) == [shown]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("｛｛ 单位 ｝", "第 1 段“{{ 单位 ｝”：“{{”没有对应的“}}”"),
        ("单位 ｝｝", "第 1 段“单位 }}”：“}}”没有对应的“{{”"),
        ("｛％ if 逾期", "第 1 段“{% if 逾期”：“{%”没有对应的“%}”"),
        ("{ { 单位 } }", "第 1 段“{ { 单位 } }”：“{ {”中间不能有空格"),
        ("｛ ％ if 逾期 ％ ｝", "第 1 段“｛ ％ if 逾期 ％ ｝”：“｛ ％”中间不能有空格"),
        ("送{单位}：", "第 1 段“送{单位}：”：“单位”只有一层花括号，变量写成 {{ 单位 }}"),
        ("送｛ 单位 ｝：", "第 1 段“送｛ 单位 ｝：”：“单位”只有一层花括号，变量写成 {{ 单位 }}"),
    ],
)
def test_no_bracket_of_a_tag_goes_out(text: str, why: str) -> None:
    """What was meant as a tag and cannot be read as one is told with its place."""
    assert fault(template(text)) == why


def test_full_width_brackets_of_headers_and_fields() -> None:
    """They are read wherever a tag may stand."""
    body = p(inside=field("QUOTE ｛｛ 单位 ｝｝", "甲"))

    made = ReportTemplate("报告.docx", docx(body, header=p("｛｛ 单位 ｝｝")), ALL)
    data = made.fill({one.name: one.value(None) for one in ALL}, lambda _figures: "").data

    assert data.count(b"word/header.xml")
    assert "QUOTE 青禾镇" in ReportTemplate("报告.docx", data, ALL)._package.texts["word/document.xml"]  # noqa: SLF001
    assert "青禾镇" in ReportTemplate("报告.docx", data, ALL)._package.texts["word/header.xml"]  # noqa: SLF001


@given(st.lists(st.text("{}｛｝%％#＃ 单位'甲", max_size=6), min_size=1, max_size=6))
def test_no_sign_of_running_text_is_lost(pieces: list[str]) -> None:
    """However a text is parted, what is in it stays in it, with tags in one piece."""
    runs = "".join(f"<w:r><w:t>{escape(piece)}</w:t></w:r>" for piece in pieces)
    xml = docx_parts(f"<w:p>{runs}</w:p>")["word/document.xml"].decode()
    wide = str.maketrans("｛｝％＃", "{}%#")

    again = zipped(docx_parts("") | {"word/document.xml": in_one_piece(xml).encode()})

    assert lines(again)[0].translate(wide) == "".join(pieces).translate(wide)


@pytest.mark.parametrize(
    ("expression", "shown"),
    [
        ("逾期 * 2", "6"),
        ("2*逾期", "6"),
        ("逾期*责任事项数", "21"),
        ("逾期/责任事项数", "0.43"),
        ("1/逾期", "0.33"),
        ("逾期/8", "0.375"),
        ("(逾期 * 100 / 责任事项数)|round(1)", "42.9"),
        ("完成率*2", "66.66%"),
        ("完成率/2", "16.665%"),
        ("逾期*得分", "＿＿"),
        ("逾期/缺", "＿＿"),
    ],
)
def test_figures_multiply_and_divide(expression: str, shown: str) -> None:
    """The result is a figure: known only where both are, and rounded where it would go on and on."""
    assert lines(filled(template(f"{{{{ {expression} }}}}"), *ALL)) == [shown]


def test_a_product_is_traced_to_both() -> None:
    """It is one figure with the name of what was reckoned; what is divided by nought says so."""
    report = ReportTemplate("报告.docx", template("{{ 逾期*责任事项数 }}{{ 逾期/缺 }}"), ALL)

    made = report.fill({one.name: one.value(None) for one in ALL}, lambda _figures: "")

    assert [(each.name, each.value, each.why) for each in made.figures] == [
        ("逾期×责任事项数", 21, ""),
        ("逾期÷欠缺", None, "“欠缺”是 0，不能作除数"),
    ]


@pytest.mark.parametrize("expression", ["单位*2", "完成率*逾期", "100/完成率", "逾期**2", "逾期 // 2", "单位 - 1"])
def test_what_cannot_be_reckoned_is_told_with_the_expression(expression: str) -> None:
    """In a long paragraph the tag itself is named."""
    with pytest.raises(FillError) as caught:
        filled(template(f"{'前' * 30}{{{{ 逾期 }}}}{{{{ {expression} }}}}"), *ALL)

    assert str(caught.value.place) == f"第 1 段“{'前' * 24}…”的“{{{{ {expression} }}}}”"
    assert caught.value.why == "文字和数字不能这样计算或比较"
