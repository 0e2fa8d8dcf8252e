"""What an open count is proposed to count: what its sentence says, or nothing, with why; and what becomes of it."""

from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from qingdan_xl.documents import parse
from qingdan_xl.documents.openings import cell_openings
from qingdan_xl.documents.spans import months_name, months_of
from qingdan_xl.model import Checklist, Metric, Part, Whose
from qingdan_xl.reports.open_counts import open_report
from qingdan_xl.verbs.parse import parse_documents
from qingdan_xl.verbs.report_templates import put_open_reports
from report_samples import lines, make_report_year, word
from returns import put

UNIT, PERSON = "2026年森林防火工作情况报告", "2026年站长履行森林防火职责情况报告"


def report(*sentences: str, title: str = UNIT, heading: str = "主要做法") -> Checklist:
    """A report of these paragraphs, as parsed."""
    text = "\n".join((title, "现将情况报告如下。", f"一、{heading}", *(f"{n}.{s}" for n, s in enumerate(sentences, 1))))
    return parse("报告.txt", f"{text}\n".encode())[0]


def bound(sentence: str, title: str = UNIT) -> str:
    """What the open counts of a sentence are proposed to count: category(topic)@months!whose, or ? and why."""
    return "；".join(map(_told, report(sentence, title=title).metrics))


def _told(metric: Metric) -> str:
    if not metric.category:
        return f"?{metric.note}"
    topic = f"({metric.topic})" if metric.topic else ""
    months = f"@{months_name(metric.months)}" if metric.months else ""
    return f"{metric.category}{topic}{months}{'!本人' if metric.whose is Whose.PERSON else ''}"


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("全年开展演练*次，举办培训班*期。", "演练；培训"),
        ("召开防火例会*次，组织应急演练**次。", "会议(防火例会)；演练(应急)"),
        ("走访护林户*次。", "调研(走访护林户)"),
        ("与护林员谈话*次，开展检查近*次。", "?文中写的是其中一类（“与护林员”）；?文中写的是其中一类（“近”）"),
        ("前10个月，开展检查*次。", "?文中写的是程序看不懂的期间（“10个月”）"),
        ("上半年，召开会议*次；开展检查*次。", "会议@上半年；检查@上半年"),
        ("十一月份开展检查*次；12月底前，召开会议*次。", "检查@11月；?文中写的是程序看不懂的期间（“12月”）"),
        (
            "4月起，开展检查*次；检查*次（上半年）。",
            "?文中写的是程序看不懂的期间（“4月”）；?文中写的是程序看不懂的期间（“4月”）",
        ),
        ("开展检查*次（上半年）。", "?文中写的是后面注明的期间的（“上半年”）"),
        ("今年1至10月，开展检查*次。", "检查@1月至10月"),
        ("上半年开展检查*次，下半年开展检查*次。", "检查@上半年；检查@下半年"),
        ("第一季度，召开会议*次，开展演练*次。", "会议@第一季度；演练@第一季度"),
        ("3月份组织学习*次，7—9月开展检查*次。", "学习@3月；检查@第三季度"),
        ("截至9月底，开展检查*次。", "检查@前三季度"),
        ("今年以来，共开展检查*次。", "检查"),
        ("未按期开展检查*次。", "?文中写的是没有做的（“未”）"),
        ("因雨取消演练*次，缺席会议*次。", "?文中写的是没有做的（“取消”）；?文中写的是没有做的（“缺席”）"),
        ("开展演练*次，比去年多开展演练*次。", "演练；?文中写的是同别的时候比较的（“比去”）"),
        ("同比，检查增加*次。", "?文中写的是同别的时候比较的（“增加”）"),
        ("2025年开展检查*次。", "?文中写的是另一个年度的"),
        ("计划开展检查*次。", "?文中写的是打算做的（“计划”）"),
        ("明年，召开会议*次，开展演练*次。", "?文中写的是打算做的（“明年”）；?文中写的是打算做的（“明年”）"),
        ("接受检查*次，参加培训*次。", "?文中写的是别人对本单位做的（“接受”）；?文中写的是去参加的（“参加”）"),
        ("到外县开展调研*次。", "?文中写的是只在某个地方的（“到”）"),
        ("邀请专家开展培训*次。", "?文中写的是同别人一起做的（“邀请”）"),
        ("会同气象站，开展检查*次。", "?文中写的是同别人一起做的（“会同”）"),
        ("换届期间开展检查*次。", "?文中写的是在某个时候的（“换届”）"),
        ("每月开展检查*次。", "?文中写的是平均或者每个单位的（“每”）"),
        (
            "5月6日召开会议*次，第*季度开展检查*次。",
            "?文中写的是程序看不懂的期间（“月”）；?文中写的是程序看不懂的期间（“季度”）",
        ),
        ("第一、二季度开展检查*次。", "?文中写的是程序看不懂的期间（“季度”）"),
        ("3、4月开展检查*次。", "?文中写的是程序看不懂的期间（“月”）"),
        ("5月、6月开展检查*次。", "?文中写的是几个期间的"),
        ("召开会议*次，专题研究防火工作。", "?文中写的是其中一类（“专题研究防火工作”）"),
        ("围绕秸秆禁烧，开展检查*次。", "?文中写的是围绕一件事的（“围绕”）"),
        ("护林队*次专门到林区内开展检查。", "?文中写的是只在某个地方的（“到”）"),
        ("站长带队检查*次。", "?文中写的是别人的（“站长”）"),
        ("开展“零火情”活动*次，排查隐患*处。", "?文中另有名称，看不出是哪一类；?不按次数计，工作纪实里数不出"),
        (
            "开展检查*次，抽查*次，开展检查*次。",
            "?文中有几处都像这一类，分不清；检查(抽查)；?文中有几处都像这一类，分不清",
        ),
    ],
)
def test_a_count_is_bound_as_its_sentence_says(sentence: str, told: str) -> None:
    """A period and a topic are bound with; what else limits a count leaves it to people, and says so."""
    assert bound(sentence) == told


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("本人讲党课*次，开展调研*次。", "党课!本人；调研!本人"),
        ("主持召开会议*次，带队检查*次。", "会议!本人；检查!本人"),
        ("班子成员讲党课*次，本人讲党课*次。", "?文中写的是别人的（“班子成员”）；党课!本人"),
        ("我站开展演练*次。", "演练"),
        ("开展“我为林区守平安”主题党日*次。", "?文中另有名称，看不出是哪一类"),
    ],
)
def test_whose_a_count_is_in_a_report_of_a_person(sentence: str, told: str) -> None:
    """What the one who writes did is told from what the unit did and from what others did."""
    assert bound(sentence, PERSON) == told


def test_whose_report_it_is() -> None:
    """A report is a person's by its title or its words; words in quotation marks are a name."""
    assert [report("开展检查*次。", title=title).personal for title in (UNIT, PERSON)] == [False, True]
    assert report("本人开展检查*次。").personal
    assert not report("开展“我爱山林”活动*次，我站开展检查*次。").personal


def test_a_section_of_plans_counts_nothing() -> None:
    """Under a title that speaks of what comes next nothing is proposed; a title that names a period gives it."""
    plans = report("开展检查*次。", heading="下一步打算").metrics
    half = report("开展检查*次。", title="2026年上半年森林防火工作情况报告").metrics

    assert [(each.category, each.note) for each in plans] == [("", "文中写的是打算做的")]
    assert [(each.category, each.months) for each in half] == [("检查", (1, 6))]


@pytest.mark.parametrize(
    ("text", "months"),
    [
        *(("上半年", (1, 6)), ("第 四 季度", (10, 12)), ("二季度", (4, 6)), ("前三季度", (1, 9))),
        *(("3月", (3, 3)), ("３月份", (3, 3)), ("3月至5月", (3, 5)), ("3-5月", (3, 5)), ("全年", (1, 12))),
        *(("", None), ("13月", None), ("5月至3月", None), ("春天", None), ("每月", None)),
    ],
)
def test_stretches_of_the_year(text: str, months: tuple[int, int] | None) -> None:
    """A stretch of the year is read as people write it, and named so that it is read again."""
    assert months_of(text) == months
    assert months_of(months_name(months)) == months


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("讲党课＊次，开展活动□次，开会○次", ["讲党课＊次", "开展活动□次", "开会○次"]),
        ("召开会议（）次，约谈_人。", ["召开会议（）次", "约谈_人"]),
        ("二○二六年，开展检查一○五次，□是□否，□项目", []),
    ],
)
def test_signs_of_an_open_count(text: str, found: list[str]) -> None:
    """One full-width star, box, ring or stroke is open too; in a number, or to be ticked, it is none."""
    assert [metric.text for metric in report(text).metrics] == found


TABLE = (
    ("序号", "项目", "单位", "数量", "备注"),
    ("1", "召开会议", "次", "*", ""),
    ("2", "谈话", "人次", "", ""),
    ("3", "开展检查", "次", "XX次", ""),
    ("4", "开展演练", "次", "12", ""),
)


def test_cells_of_a_column_of_numbers_are_counts() -> None:
    """Blank or with a sign only, such a cell is a count of what its row is about; a number is none, nor a remark."""
    found = [[each.metric for each in cell] for row in cell_openings(TABLE) for cell in row]

    assert [(metric.text, metric.unit) for cell in found for metric in cell] == [
        ("召开会议*次", "次"),
        ("谈话*人次", "人次"),
        ("开展检查*次", "次"),
    ]
    assert cell_openings((("项目", "责任单位"), ("召开会议", ""))) == [[(), ()], [(), ()]]


def test_a_table_of_a_word_document_is_filled_in() -> None:
    """The cells get the variables of their counts, blank ones too, also beside a merged cell."""
    document = Document()
    for text in (UNIT, "一、统计"):
        document.add_paragraph(text)
    table = document.add_table(0, 5)
    for row in TABLE:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    table.cell(3, 0).merge(table.cell(4, 0))
    source = BytesIO()
    document.save(source)

    checklist = parse("报告.docx", source.getvalue())[0]
    made = word(open_report("报告.docx", source.getvalue(), checklist))

    assert [(metric.text, metric.category) for metric in checklist.metrics] == [
        ("召开会议*次", "会议"),
        ("谈话*人次", ""),
        ("开展检查*次", "检查"),
    ]
    assert [row.cells[3].text for row in made.tables[0].rows] == ["数量", "{{ 数1 }}", "{{ 数2 }}", "{{ 数3 }}次", "12"]


def test_other_open_places_are_listed_and_named() -> None:
    """A name, a day, a quarter left open is a place of 占位 with a variable; an open date below is that of writing."""
    said = "截至12月　　日，第*季度进展较慢，开会*次。"
    text = f"{UNIT}\n县林业局：\n某站按要求开展工作。\n一、情况\n{said}\n青禾站\n2026年  月  日\n"
    checklist = parse("报告.txt", text.encode())[0]

    made = word(open_report("报告.txt", text.encode(), checklist))

    assert [(blank.id, blank.part) for blank in checklist.blanks] == [(f"空{n}", Part.TEXT) for n in (1, 2, 3)]
    assert [(each.text, each.style.name) for each in made.paragraphs if each.text and each.style] == [
        (UNIT, "公文标题"),
        ("县林业局：", "公文主送"),
        ("{{ 空1 }}站按要求开展工作。", "公文正文"),
        ("一、情况", "公文一级标题"),
        ("截至12月{{ 空2 }}日，第{{ 空3 }}季度进展较慢，开会{{ 数1 }}次。", "公文正文"),
        ("青禾站", "公文落款"),
        ("{{ 日期 }}", "公文落款"),
    ]


def test_equal_sentences_keep_their_own_counts(tmp_path: Path) -> None:
    """Of two reports with the same words each template has its own counts and all of them."""
    year = make_report_year(tmp_path / "年度")
    body = "今年以来，围绕年度任务抓落实，现将情况报告如下。\n一、情况\n1.召开会议*次，开展演练*次。\n2.开展检查*次。\n"
    text = f"2026年森林防火工作情况报告\n{body}\n2026年防汛工作情况报告\n{body}"
    source = put(year.root, "两份.txt", text.encode())
    parsed = parse_documents([source])

    made = put_open_reports(year, [source], ((year.checklists / f"{one.title}.xlsx", one) for one in parsed.checklists))

    assert ["".join(lines(each.path)).count("{{ 数") for each in made] == [3, 3]
    assert [lines(each.path)[0] for each in made] == ["2026年森林防火工作情况报告", "2026年防汛工作情况报告"]
