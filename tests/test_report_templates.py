"""Templates: what is wrong with one is told by place and name, and what units wrote goes in as text."""

import re
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile
from zlib import crc32, decompress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openxml_audit import OpenXmlValidator

from qingdan_xl.problems import UnusableError
from qingdan_xl.reports.bars import Bar
from qingdan_xl.reports.expressions import in_chinese
from qingdan_xl.reports.figures import Figure
from qingdan_xl.reports.shipped import templates
from qingdan_xl.reports.template import FillError, ReportTemplate
from qingdan_xl.reports.variables import Variable
from report_samples import HOSTILE, constant, filled, lines, template, word
from word_samples import cell, docx, docx_parts, p, r, table, zipped

NAME = constant("单位", "青禾镇")
COUNT = constant("完成", Figure("完成", 3))
UNKNOWN = constant("得分", Figure("得分", None, why="未评"))
ITEMS = Variable(
    "滞后事项",
    "",
    lambda _about: ["甲事", "乙事"],
    (Variable("责任事项", "", lambda item: item), Variable("天数", "", lambda item: Figure(f"{item}天数", len(item)))),
)


def faults(data: bytes, *variables: Variable) -> list[tuple[str, str]]:
    """Code and sentence of everything that is wrong with a template."""
    with pytest.raises(UnusableError) as caught:
        ReportTemplate("报告模板/报告.docx", data, variables or (NAME, COUNT, ITEMS))
    assert {found.origin.file for found in caught.value.problems} == {"报告模板/报告.docx"}
    return [(found.code, found.what) for found in caught.value.problems]


def parts(data: bytes) -> dict[str, str]:
    """The XML of a document by the names of its parts."""
    with ZipFile(BytesIO(data)) as zipped:
        return {name: zipped.read(name).decode("utf-8", "replace") for name in zipped.namelist()}


def test_variables_and_loops_are_filled_in() -> None:
    """A variable, a loop over paragraphs and one over rows of a table give what docxtpl gives."""
    body = (
        p("{{ 单位 }}完成{{ 完成 }}项")
        + p("{%p for 项 in 滞后事项 %}")
        + p("{{ loop.index }}.{{ 项.责任事项 }}")
        + p("{%p endfor %}")
        + table([cell("{%tr for 项 in 滞后事项 %}")], [cell("{{ 项.责任事项 }}")], [cell("{%tr endfor %}")])
    )

    assert lines(filled(docx(body), NAME, COUNT, ITEMS)) == ["青禾镇完成3项", "1.甲事", "2.乙事", "甲事", "乙事"]


def test_a_template_asks_only_for_what_it_names() -> None:
    """Its variables are those of its text, its conditions, and its loops, in the order declared."""
    variables = [constant(name, "") for name in ("甲", "乙", "丙", "丁", "戊")]
    data = docx(p("{{ 甲 }}{% if 丙 %}有{% endif %}") + p("{%p for 项 in 丁 %}") + p("{{ 项 }}") + p("{%p endfor %}"))

    made = ReportTemplate("报告.docx", data, variables)

    assert [own.name for own in made.variables] == ["甲", "丙", "丁"]


def test_what_word_parted_is_still_one_tag() -> None:
    """A tag whose signs Word put into several runs is read as one."""
    body = p(inside=r("甲{") + r("{ 单", "<w:b/>") + r("位 }") + r("}乙"))

    assert lines(filled(docx(body), NAME)) == ["甲青禾镇乙"]


def test_headers_and_footers_are_filled_in() -> None:
    """Variables work in the header too; a fault there says so."""
    made = filled(docx(p("正文"), header=p("{{ 单位 }}")), NAME)

    assert "青禾镇" in parts(made)["word/header.xml"]
    assert faults(docx(p("正文"), header=p("{{ 单 }}"))) == [
        ("report-variable", "模板页眉第 1 段“{{ 单 }}”用的变量“单”不存在，是不是“单位”，这一种报告没有写")
    ]


def test_text_of_units_goes_in_as_text() -> None:
    """Markup, tags, formulas and entities stand in the report as they were typed; line ends and tabs are kept."""
    made = filled(template("前{{ 文字 }}后"), constant("文字", HOSTILE))

    assert lines(made) == [f"前{HOSTILE}后"]
    xml = parts(made)["word/document.xml"]
    assert xml.count("<w:p>") + xml.count("<w:p ") == 1
    assert not re.search("hyperlink|fldSimple|instrText|<a:", xml)


@given(st.text(st.characters(codec=None, exclude_categories=()), max_size=40))
def test_any_text_gives_a_whole_document(text: str) -> None:
    """Whatever somebody typed, the document is whole, and every sign is there or a □ in its place."""
    shown = "".join(lines(filled(template("{{ 文字 }}"), constant("文字", text))))

    plain = re.sub("\r\n?|[\u2028\u2029]", "\n", text)
    assert len(shown) == len(plain)
    assert all(one in (two, "□") for one, two in zip(shown, plain, strict=True))


@pytest.mark.parametrize("sign", ["\x00", "\x01", "\x0b", "\x1f", "\ud800", "\uffff", "\u202e", "\u2066"])
def test_signs_that_cannot_be_seen_are_seen(sign: str) -> None:
    """Control signs, halves of signs and those that turn the direction stand as □."""
    assert lines(filled(template("{{ 文字 }}"), constant("文字", f"甲{sign}乙"))) == ["甲□乙"]


@pytest.mark.parametrize(
    "expression",
    [f"文字|{name}" for name in ("safe", "tojson", "urlize", "xmlattr", "e", "escape", "striptags", "indent")],
)
def test_no_filter_lets_text_come_alive(expression: str) -> None:
    """What would make markup or links of text is no filter of a template."""
    found = faults(template(f"{{{{ {expression} }}}}"), constant("文字", "<w:br/>"))

    assert [code for code, _ in found] == ["report-template"]
    assert f"没有“{expression.split('|')[1]}”这种处理方式" in found[0][1]


LIVE = '甲</w:t></w:r><w:hyperlink w:anchor="x"><w:r><w:t>点我</w:t></w:r></w:hyperlink><w:r><w:t>'


@pytest.mark.parametrize(
    ("paragraph", "word_"),
    [
        ("{% filter upper %}{{ 文字 }}{% endfilter %}", "filter"),
        ("{% call 文字.format() %}{% endcall %}", "call"),
        ("{% include '别的' %}", "include"),
        ("{% import '别的' as 甲 %}", "import"),
        ("{% from '别的' import 甲 %}", "from"),
        ("{% extends '别的' %}", "extends"),
    ],
)
def test_a_template_is_one_document_of_variables_loops_and_macros(paragraph: str, word_: str) -> None:
    """What writes text without a look at it, or asks for another template, is told when the template is read."""
    found = faults(template("开头", paragraph), constant("文字", LIVE))

    why = f"模板第 2 段“{paragraph[:24]}{'…' * (len(paragraph) > 24)}”：不能用“{word_}”，模板里只写变量、条件、循环和宏"
    assert found == [("report-template", f"{why}，这一种报告没有写")]


@pytest.mark.parametrize(
    "paragraph",
    [
        "{% set 甲 %}{{ 文字 }}{% endset %}{{ 甲 }}",
        "{% macro 甲(乙) %}{{ 乙 }}{% endmacro %}{{ 甲(文字) }}",
        "{% macro 甲() %}{% endmacro %}{{ 甲() ~ 文字 }}",
        "{% macro 甲() %}{% endmacro %}{{ 甲() + 文字 }}",
        "{{ [文字]|join('、') }}",
    ],
)
def test_text_stays_text_by_whatever_way_it_goes(paragraph: str) -> None:
    """Through blocks, macros and joins, markup of units is text, and a control sign is a □ and no blank."""
    made = filled(template(paragraph), constant("文字", f"{LIVE}\x01\ufdd0\x0b"))

    assert lines(made) == [f"{LIVE}□□□"]
    assert "FFFF00" not in parts(made)["word/document.xml"]


@pytest.mark.parametrize("expression", ["甲.unescape()", "甲.striptags()", "甲.translate({120: 文字})"])
def test_what_a_macro_made_is_written_as_it_is(expression: str) -> None:
    """Nothing turns what a template made back into markup."""
    with pytest.raises(FillError) as caught:
        filled(template(f"{{% set 甲 %}}x{{{{ 文字 }}}}{{% endset %}}{{{{ {expression} }}}}"), constant("文字", LIVE))

    assert caught.value.why == "这里的写法不能计算"


@pytest.mark.parametrize(
    ("expression", "why"),
    [
        ("滞后事项", "“滞后事项”是逐项的，要写成循环"),
        ("滞后事项[:1]", "这里是逐项的，要写成循环"),
        ("滞后事项[0]", "这里有几个值，要写明取哪一个：名称后面加英文句点和字段名"),
        ("次数", "“次数”有几个值，要写明取哪一个：名称后面加英文句点和字段名"),
        ("单位.upper", "这里不能写成文字，请写变量名或字段名"),
    ],
)
def test_what_is_no_text_is_not_written(expression: str, why: str) -> None:
    """A list without its loop, an item without its field: the report is not written, and says which and why."""
    paragraph = f"{{{{ {expression} }}}}"
    counts = constant("次数", {"会议": Figure("会议", 2)})

    with pytest.raises(FillError) as caught:
        filled(template("开头", paragraph), NAME, ITEMS, counts)

    assert (str(caught.value.place), caught.value.why) == (f"第 2 段“{paragraph}”", why)


@pytest.mark.parametrize(
    "expression",
    [
        *(
            "'' ~ 滞后事项",
            "滞后事项|join",
            "滞后事项|string",
            "滞后事项|first|string",
            "滞后事项|upper",
            "'%s' % 滞后事项",
        ),
        *(
            "'{}'.format(滞后事项)",
            "滞后事项|map(attribute='天数')|list|string",
            "滞后事项|reverse|string",
            "{'甲': 1}",
        ),
        *("[单位]|batch(1)|list|replace('a', 'b')", "[单位]|list|trim", "滞后事项|items|truncate"),
    ],
)
def test_no_words_of_the_program_are_written(expression: str) -> None:
    """By no way does what Python makes of a list get into a report."""
    with pytest.raises(FillError):
        filled(template(f"{{{{ {expression} }}}}"), NAME, ITEMS)


def test_what_a_template_says_outright_is_written_like_the_rest() -> None:
    """Text, numbers and nothing, typed into the brackets, are written as values of variables are."""
    assert lines(filled(template("{{ 'A<B\\n后' }}|{{ 2.50 }}|{{ none }}|{{ true }}"))) == ["A<B\n后|2.5||是"]


@pytest.mark.parametrize(
    ("expression", "shown"),
    [
        ("'得' ~ 得分 ~ '分'", "得＿＿分"),
        ("[完成, 得分]|join('、')", "3、＿＿"),
        ("得分|string", "＿＿"),
        ("得分|trim", "＿＿"),
        ("得分|replace('甲', '乙')", "＿＿"),
        ("得分|句号", "＿＿。"),
        ("得分|abs", "＿＿"),
        ("得分|round(1)", "＿＿"),
        ("滞后事项|map(attribute='总')|join('、')", "＿＿、＿＿"),
        ("滞后事项|join('、', attribute='总')", "＿＿、＿＿"),
    ],
)
def test_an_open_figure_stays_open_by_whatever_way_it_goes(expression: str, shown: str) -> None:
    """Joined or changed, it is a yellow blank and is listed."""
    totals = Variable("滞后事项", "", lambda _about: [1, 2], (Variable("总", "", lambda _item: UNKNOWN.read(None)),))
    variables = (COUNT, UNKNOWN, totals)
    report = ReportTemplate("报告.docx", template(f"{{{{ {expression} }}}}"), variables)

    made = report.fill({one.name: one.value(None) for one in variables}, lambda _figures: "")

    assert lines(made.data) == [shown]
    assert parts(made.data)["word/document.xml"].count("FFFF00") == shown.count("＿＿")
    assert any(figure.open for figure in made.figures)


@pytest.mark.parametrize(
    ("expression", "shown"),
    [
        *(
            ("比|round(1)", "33.3%"),
            ("比|round", "33%"),
            ("差|abs", "2"),
            ("完成|float + 0.5", "3.5"),
            ("比|int", "33"),
        ),
        *(("完成 ~ '项'", "3项"), ("完成|汉字", "三")),
    ],
)
def test_a_figure_that_is_reckoned_with_is_traced(expression: str, shown: str) -> None:
    """Rounded, turned round or written in Chinese, it is the number that it was, and stands among the figures."""
    share = constant("比", Figure("比", Decimal("33.33"), percent=True))
    variables = (COUNT, share, constant("差", Figure("差", -2)))
    report = ReportTemplate("报告.docx", template(f"{{{{ {expression} }}}}"), variables)

    made = report.fill({one.name: one.value(None) for one in variables}, lambda _figures: "")

    assert lines(made.data) == [shown]
    assert len(made.figures) == 1


@pytest.mark.parametrize("expression", ["得分|int", "得分|float", "得分|汉字"])
def test_what_is_not_known_is_no_nought(expression: str) -> None:
    """As a plain number it cannot be had."""
    with pytest.raises(FillError) as caught:
        filled(template(f"{{{{ {expression} }}}}"), UNKNOWN)

    assert caught.value.why == "这里的写法不能计算"


@pytest.mark.parametrize(
    ("expression", "why"),
    [
        ("9**9**9", "文字和数字不能这样计算或比较"),
        ("'甲' * 999999999", "文字和数字不能这样计算或比较"),
        ("[1] * 999999999", "文字和数字不能这样计算或比较"),
        ("'%0999999999d' % 1", "文字和数字不能这样计算或比较"),
        ("'{:>999999999}'.format('甲')", "这里的写法不能计算"),
        ("单位.center(999999999)", "这里的写法不能计算"),
        ("单位['__class__']", "这里的写法不能计算"),
        ("完成.rows()", "这里的写法不能计算"),
        ("单位|truncate(1)", "这里的写法不能计算"),
        ("[单位]|batch(999999999, 0)|list|length", "数太大"),
        ("[单位]|slice(999999999)|list|length", "数太大"),
        ("完成|round(999999999)", "数太大"),
    ],
)
def test_nothing_blows_a_report_up(expression: str, why: str) -> None:
    """A few signs of a template make neither endless text nor endless work, and reach nothing of the program."""
    with pytest.raises(FillError) as caught:
        filled(template(f"{{{{ {expression} }}}}"), NAME, COUNT)

    assert caught.value.why == why


@pytest.mark.parametrize("change", ["upper", "replace('w', 'v')", "truncate(20)", "句号"])
def test_what_a_macro_made_is_not_worked_on(change: str) -> None:
    """Cut or changed, its markup would be broken: it is told."""
    paragraph = f"{{% set 甲 %}}{{{{ 文字 }}}}{{% endset %}}{{{{ 甲|{change} }}}}"

    with pytest.raises(FillError) as caught:
        filled(template(paragraph), constant("文字", "一&\n二"))

    assert caught.value.why == "宏、set 块里写好的内容只能照写，不能再处理"


def test_values_are_written_as_people_read_them() -> None:
    """Numbers without idle noughts, dates in Chinese, nothing for nothing, 是 and 否 for a comparison."""
    values_ = (Decimal("12.50"), 1e2, 7, None, date(2026, 3, 9), True)
    variables = [constant(f"值{number}", value) for number, value in enumerate(values_)]

    made = filled(template("|".join(f"{{{{ {one.name} }}}}" for one in variables) + "|{{ 值2 > 9 }}"), *variables)

    assert lines(made) == ["12.5|100|7||2026年3月9日|是|否"]


def test_switching_escaping_off_changes_nothing() -> None:
    """A block that turns autoescape off still inserts text as text."""
    made = filled(template("{% autoescape false %}{{ 文字 }}{% endautoescape %}"), constant("文字", "<w:tab/>"))

    assert lines(made) == ["<w:tab/>"]


def test_a_template_reaches_nothing_behind_a_value() -> None:
    """Python behind a value is out of reach."""
    with pytest.raises(FillError) as caught:
        filled(template("{{ 文字.__class__.__mro__ }}"), constant("文字", "甲"))

    assert caught.value.why == "这里的写法不能计算"


def test_an_unknown_figure_stays_open() -> None:
    """It is a yellow blank in the look of its run, and the text around it keeps its own."""
    body = p(inside=r("得分{{ 得分 }}分", "<w:b/><w:sz w:val='32'/>"))

    document = word(filled(docx(body), UNKNOWN))

    runs = [run for run in document.paragraphs[0].runs if run.text]
    assert [(run.text, run.bold, run.font.size and run.font.size.pt) for run in runs] == [
        ("得分", True, 16),
        ("＿＿", True, 16),
        ("分", True, 16),
    ]
    assert ["FFFF00" in run._r.xml for run in runs] == [False, True, False]  # noqa: SLF001 - python-docx has no word for it


def test_changes_that_word_tracked_are_settled() -> None:
    """What is deleted is neither read nor written; an open figure in a run of a changed look keeps the look of now."""
    old = '<w:rPr><w:sz w:val="20"/></w:rPr>'
    look = f'<w:b/><w:rPrChange w:id="1" w:author="甲" w:date="2026-01-01T00:00:00Z">{old}</w:rPrChange>'
    gone = '<w:del w:id="2" w:author="甲"><w:r><w:delText>{{ 不存在 }}</w:delText></w:r></w:del>'
    moved = '<w:moveFrom w:id="3" w:author="甲"><w:r><w:t>{{ 也没有 }}</w:t></w:r></w:moveFrom>'
    row = (
        '<w:tr><w:trPr><w:del w:id="4" w:author="甲"/></w:trPr><w:tc><w:p><w:r><w:t>旧</w:t></w:r></w:p></w:tc></w:tr>'
    )
    rows = table([cell("新")]).replace("</w:tbl>", f"{row}</w:tbl>")

    document = word(filled(docx(p(inside=gone + moved + r("得{{ 得分 }}分", look)) + rows), UNKNOWN))

    assert [(run.text, run.bold) for run in document.paragraphs[0].runs] == [("得", True), ("＿＿", True), ("分", True)]
    assert [row_.cells[0].text for row_ in document.tables[0].rows] == ["新"]
    assert not re.search("delText|rPrChange|moveFrom|w:del ", document.element.xml)


def test_the_yellow_of_a_blank_stands_where_word_wants_it() -> None:
    """The shade of the run's own gives way, and stands before what the schema has behind it."""
    look = '<w:b/><w:shd w:val="clear" w:fill="00FF00"/><w:vertAlign w:val="superscript"/><w:lang w:val="zh-CN"/>'

    document = word(filled(docx(p(inside=r("{{ 得分 }}", look))), UNKNOWN))

    (run,) = document.paragraphs[0].runs
    (properties,) = run._r.iterchildren("{*}rPr")  # noqa: SLF001 - python-docx has no word for it
    assert [inner.tag.split("}")[1] for inner in properties] == ["b", "shd", "vertAlign", "lang"]
    assert "00FF00" not in run._r.xml  # noqa: SLF001 - as above


def test_blanks_in_a_run_with_breaks_keep_their_places() -> None:
    """Text, blanks and line breaks of one run stay in order; in a field's own words a blank is plain."""
    many = constant("文", "一\n二\t三")
    field = r('QUOTE "{{ 得分 }}"').replace("w:t", "w:instrText")

    document = word(filled(docx(p("{{ 得分 }}{{ 文 }}{{ 得分 }}尾{{ 得分 }}") + p(inside=field)), UNKNOWN, many))

    assert document.paragraphs[0].text == "＿＿一\n二\t三＿＿尾＿＿"
    assert 'QUOTE "＿＿"' in document.element.xml


def test_figures_are_told_in_the_order_of_the_text() -> None:
    """A filled report knows its figures, each once."""
    data = template("{{ 得分 }}{{ 完成 }}{{ 得分 }}")
    variables = (COUNT, UNKNOWN)
    made = ReportTemplate("报告.docx", data, variables).fill(
        {one.name: one.value(None) for one in variables},
        lambda figures: f"<w:p><w:r><w:t>{len(figures)}</w:t></w:r></w:p>",
    )

    assert [figure.name for figure in made.figures] == ["得分", "完成"]
    assert lines(made.data) == ["＿＿3＿＿", "2"]


def test_a_bar_is_a_picture_with_words() -> None:
    """A chart is a PNG in the document, described for who cannot see it."""
    made = filled(template("{{ 图 }}{{ 图 }}"), constant("图", Bar(3, 1, 5, "甲板块：完成3项<")))

    found = parts(made)
    assert len([name for name in found if name.startswith("word/media/")]) == 1
    assert found["word/document.xml"].count('descr="甲板块：完成3项&lt;"') == 2
    assert len(set(re.findall(r'<wp:docPr id="(\d+)"', found["word/document.xml"]))) == 2
    assert len(word(made).inline_shapes) == 2


@given(st.integers(0, 5000), st.integers(0, 5000), st.integers(0, 5000))
@example(1, 5000, 0)
@example(5000, 1, 0)
@example(0, 0, 0)
def test_a_bar_shows_its_parts_to_scale(done: int, behind: int, rest: int) -> None:
    """The picture is a whole PNG whose colours are as wide as the parts; what is there at all can be seen."""
    dots = pixels(Bar(done, behind, done + behind + rest, "").png)

    for colour, part in ((0, done), (1, behind)):
        share = 480 * part / max(1, done + behind + rest)
        assert abs(dots.count(colour) - share) <= (5 if part else 0)
        assert bool(dots.count(colour)) == bool(part)
    assert dots == sorted(dots)


def pixels(png: bytes) -> list[int]:
    """The colours of the first line of a PNG with four colours, by number."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    chunks, at = {}, 8
    while at < len(png):
        size = int.from_bytes(png[at : at + 4], "big")
        kind, data = png[at + 4 : at + 8], png[at + 8 : at + 8 + size]
        assert crc32(kind + data) == int.from_bytes(png[at + 8 + size : at + 12 + size], "big")
        chunks[kind] = data
        at += 12 + size
    wide, high = (int.from_bytes(chunks[b"IHDR"][place : place + 4], "big") for place in (0, 4))
    lines_ = decompress(chunks[b"IDAT"])
    assert len(lines_) == high * (1 + wide // 4)
    return [lines_[1 + dot // 4] >> (6 - 2 * (dot % 4)) & 3 for dot in range(wide)]


def test_a_bar_with_strange_words_is_whole() -> None:
    """What a bar says may hold any sign."""
    made = filled(template("{{ 图 }}"), constant("图", Bar(0, 0, 0, "甲\x01乙“<&")))

    assert 'descr="甲□乙“&lt;&amp;"' in parts(made)["word/document.xml"]


def test_pictures_stand_in_the_text_only() -> None:
    """A chart in the header is told: nothing would be seen there."""
    with pytest.raises(FillError) as caught:
        filled(docx(p("正文"), header=p("{{ 图 }}")), constant("图", Bar(1, 0, 2, "")))

    assert caught.value.why == "页眉、页脚、脚注里不能放图"


def test_loops_leave_no_broken_tables() -> None:
    """A table without rows is gone, and a cell without a paragraph has an empty one: Word opens neither else."""
    empty = table(
        [cell("{%tr for 项 in 滞后事项 if 项.天数 > 9 %}")], [cell("{{ 项.天数 }}")], [cell("{%tr endfor %}")]
    )
    hollow = table([cell(inside=p("{%p if 完成 > 9 %}") + p("甲") + p("{%p endif %}"))])

    document = word(filled(docx(empty + hollow + p()), COUNT, ITEMS))

    assert [[each.text for each in row.cells] for made in document.tables for row in made.rows] == [[""]]


def test_figures_compare_and_add_up() -> None:
    """In a template a figure is a number: it compares, adds and subtracts; what is unknown stays unknown."""
    made = filled(
        template(
            "{% if 完成 > 2 %}多{% endif %}{% if 得分 %}有{% else %}无{% endif %}"
            "{{ 完成 + 1 }}{{ 完成 - 完成 }}{{ 完成 + 得分 }}"
        ),
        COUNT,
        UNKNOWN,
    )

    assert lines(made) == ["多无40＿＿"]


@pytest.mark.parametrize(
    ("paragraph", "why"),
    [
        ("{{ 单位 }", "“{{”没有对应的“}}”"),
        ("单位 }}", "“}}”没有对应的“{{”"),
        ("{% if 完成 }", "“{%”没有对应的“%}”"),
        ("{%p for 项 in 滞后事项 %}", "“for 项 in 滞后事项”没有结束，少了“endfor”"),
        ("{% if 完成 %}甲", "“if 完成”没有结束，少了“endif”"),
        ("{% endfor %}", "“endfor”前面没有对应的开头"),
        ("{% 如果 完成 %}", "不认识“如果”"),
        ("{{ 单位，完成 }}", "不能用“，”这个字符；引号、括号、逗号要用英文的"),
        ("{{ 单位|大写 }}", "没有“大写”这种处理方式"),
        ("{{ 单位( }}", "多了或少了“}”"),
        ("{{r 单位 }}", "不能用“{{r”，变量写成 {{ … }}"),
    ],
)
def test_a_template_that_does_not_read(paragraph: str, why: str) -> None:
    """The problem names the template, the paragraph by number and words, and what is wrong there."""
    found = faults(template("开头", paragraph, "结尾{{ 完成 }}"))

    assert found == [("report-template", f"模板第 2 段“{paragraph}”：{why}，这一种报告没有写")]


@pytest.mark.parametrize(
    ("paragraph", "told"),
    [
        ("{{ 单 }}{{ 完 }}", ["用的变量“单”不存在，是不是“单位”", "用的变量“完”不存在，是不是“完成”"]),
        ("{{ 完成数 }}", ["用的变量“完成数”不存在，是不是“完成”"]),
        ("{% for 项 in 滞后事 %}{{ 项 }}{% endfor %}", ["用的变量“滞后事”不存在，是不是“滞后事项”"]),
        (
            "{% for 项 in 滞后事项 %}{{ 项.事项 }}{% endfor %}",
            ["的“{{ 项.事项 }}”用的字段“项.事项”不存在，是不是“责任事项”"],
        ),
        (
            "{% for 项 in 滞后事项[:1]|reverse %}{{ 项.天 }}{% endfor %}",
            ["的“{{ 项.天 }}”用的字段“项.天”不存在，是不是“天数”"],
        ),
    ],
)
def test_a_name_that_stands_for_nothing(paragraph: str, told: list[str]) -> None:
    """Each unknown variable or field is told with its paragraph, its tag if that is not seen, and the nearest name."""
    found = faults(template("开头", paragraph))

    assert [code for code, _ in found] == ["report-variable"] * len(told)
    shown = paragraph if len(paragraph) <= 24 else f"{paragraph[:24]}…"
    assert sorted(what for _, what in found) == sorted(f"模板第 2 段“{shown}”{each}，这一种报告没有写" for each in told)


def test_names_of_the_template_itself_are_known() -> None:
    """What a template sets, loops over or counts by itself is no unknown variable."""
    made = filled(
        template("{% set 甲 = 完成 + 1 %}{% for 乙 in 滞后事项 %}{{ loop.index }}{{ 乙.天数 }}{{ 甲 }}{% endfor %}"),
        COUNT,
        ITEMS,
    )

    assert lines(made) == ["124224"]


@pytest.mark.parametrize(
    ("paragraph", "why"),
    [
        ("{{ 1 / (完成 - 3)|int }}", "除数是 0"),
        ("{{ 得分|int }}", "这里的写法不能计算"),
        ("{{ 单位 + 1 }}", "文字和数字不能这样计算或比较"),
        ("{{ 滞后事项[0].无此 }}", "没有“无此”"),
        ("{% macro 甲() %}{{ 甲() }}{% endmacro %}{{ 甲() }}", "宏里又用到它自己，没有尽头"),
    ],
)
def test_a_template_that_cannot_be_filled_in(paragraph: str, why: str) -> None:
    """What goes wrong only with the values is told with its paragraph too."""
    with pytest.raises(FillError) as caught:
        filled(template("开头", paragraph), NAME, COUNT, UNKNOWN, ITEMS)

    shown = paragraph if len(paragraph) <= 24 else f"{paragraph[:24]}…"
    assert (str(caught.value.place), caught.value.why) == (f"第 2 段“{shown}”", why)


def test_a_loop_across_cells_is_told() -> None:
    """A loop that begins in one cell and ends in another breaks the table: it is told, not written."""
    body = table(
        [cell("{% for 项 in 滞后事项 %}甲"), cell("乙{% endfor %}丙")], [cell(inside=p("{% if 完成 > 9 %}"))]
    ) + p("{% endif %}")

    with pytest.raises(FillError) as caught:
        filled(docx(body), COUNT, ITEMS)

    assert caught.value.place == "全文"
    assert caught.value.why.startswith("循环或条件没有写成一整段或一整行")


def test_the_text_may_stand_in_a_part_of_another_name() -> None:
    """Some programs call the main part word/document2.xml: the relations say so, and text and pictures go there."""
    body = p("{{ 单位 }}{{ 图 }}") + '<w:p><w:del w:id="1" w:author="甲"><w:r><w:t>旧</w:t></w:r></w:del></w:p>'
    named = {
        name.replace("document.xml", "document2.xml"): content.replace(b"word/document.xml", b"word/document2.xml")
        for name, content in docx_parts(body).items()
    }

    made = filled(zipped(named), NAME, constant("图", Bar(1, 0, 2, "甲")))

    assert lines(made) == ["青禾镇", ""]
    assert len(word(made).inline_shapes) == 1
    assert "word/document.xml" not in parts(made)
    assert lines(filled(zipped(named | {"word/document.xml": b"<x/>"}), NAME, constant("图", ""))) == ["青禾镇", ""]


def test_the_kind_of_pictures_is_told_once() -> None:
    """A template that knows PNG by another case of letters is not told of it again: Word wants it once."""
    known = b'<Default Extension="PNG" ContentType="image/png"/></Types>'
    named = docx_parts(p("{{ 图 }}"))
    named["[Content_Types].xml"] = named["[Content_Types].xml"].replace(b"</Types>", known)

    made = filled(zipped(named), constant("图", Bar(1, 0, 2, "甲")))

    assert parts(made)["[Content_Types].xml"].lower().count('extension="png"') == 1


@pytest.mark.parametrize("relations", [b"", b"<x", b"<Relationships/>"])
def test_a_package_that_names_no_document(relations: bytes) -> None:
    """A zip whose relations lead to no text is no Word document."""
    data = zipped(docx_parts(p("正文")) | {"_rels/.rels": relations})

    assert [code for code, _ in faults(data)] == ["report-not-word"]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04broken", "纯文字".encode(), template("正文")[:200]])
def test_what_is_no_word_document(data: bytes) -> None:
    """A file that is none, or is cut off, is told as such."""
    assert [code for code, _ in faults(data)] == ["report-not-word"]


def test_signs_of_tags_can_be_written() -> None:
    """As docxtpl has it, {_{ and }_} stand for the signs themselves."""
    assert lines(filled(template("写作{_{ 单位 }_}"), NAME)) == ["写作{{ 单位 }}"]


def test_items_in_rows_of_two() -> None:
    """Batches and slices lay a list out in columns."""
    rows = "{% for 行 in 滞后事项|batch(2) %}{{ 行|map(attribute='责任事项')|join('、') }}{% endfor %}"
    halves = "{% for 列 in 滞后事项|slice(2) %}{{ 列|length }}{% endfor %}"

    assert lines(filled(template(rows, halves), ITEMS)) == ["甲事、乙事", "11"]


@pytest.mark.parametrize(
    ("number", "word_"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (99, "九十九"), (100, "100"), (0, "0")]
)
def test_numbers_of_headings(number: int, word_: str) -> None:
    """The filter 汉字 writes numbers as headings have them."""
    assert in_chinese(number) == word_


def test_sentences_end_with_a_stop() -> None:
    """The filter 句号 adds a stop where there is none."""
    assert lines(filled(template("{{ 单位|句号 }}{{ ''|句号 }}{{ '完了。'|句号 }}"), NAME)) == ["青禾镇。完了。"]


@pytest.mark.parametrize("kind", templates())
def test_the_shipped_templates_are_sound_and_always_the_same(kind: str) -> None:
    """Word opens each without repair, on A4 with the official margins and page numbers; made twice it is the same."""
    data = templates()[kind]()

    section = word(data).sections[0]
    assert [round(each.mm) for each in (section.page_width, section.page_height) if each] == [210, 297]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(each.mm) for each in margins if each] == [37, 35, 28, 26]
    assert "PAGE" in section.footer._element.xml  # noqa: SLF001 - python-docx has no word for fields
    assert "PAGE" in section.even_page_footer._element.xml  # noqa: SLF001 - as above
    assert templates()[kind]() == data


def test_word_opens_the_shipped_templates(tmp_path: Path) -> None:
    """None of them needs repair."""
    for kind, make in templates().items():
        (tmp_path / f"{kind}.docx").write_bytes(make())

    assert {path.stem: OpenXmlValidator().validate(path).errors for path in tmp_path.glob("*.docx")} == {
        kind: [] for kind in templates()
    }
