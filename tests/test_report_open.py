"""Reports with open counts: bound in the 母表, filled in from the logs, and what has no figure stays open."""

import re
import shutil
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from docx.document import Document as Word
from docx.enum.text import WD_BREAK
from docx.shared import Mm, Pt
from openpyxl import load_workbook

from qingdan_xl.documents import master_workbook, parse, read_master
from qingdan_xl.documents.metrics import metrics, open_signs
from qingdan_xl.model import Kind
from qingdan_xl.reports.apart import keep_only
from qingdan_xl.reports.open_counts import open_report
from qingdan_xl.verbs.parse import parse_documents, write_masters
from qingdan_xl.verbs.report_templates import put_open_reports
from qingdan_xl.workspace.folder import Workspace
from report_samples import constant, filled, lines, make_report_year, word, written
from returns import put
from word_samples import docx, p, r

TITLE = "2026年落实安全生产责任情况报告"
STUDY = "二是学习培训。组织中心组学习*次，专题研讨x次，交流学习*余次。"
REPORT = f"""{TITLE}
今年以来，围绕年度任务抓落实，现将情况报告如下。
一、抓部署
一是研究部署。主持召开会议*次，印发通知XX份，写作{{{{ 7*7 }}}}的一句照抄。{STUDY}
二、抓落实
（一）抓教育
1.开展警示教育*场次，开展“安全在我心”活动*次，开展消防演练**次。
2.走访企业*家次，上党课*堂。
"""
SOURCE = f"{TITLE}.txt"
IDS = {
    "主持召开会议*次": ("会议", ""),
    "印发通知XX份": ("", ""),
    "组织中心组学习*次": ("学习", "中心组"),
    "专题研讨x次": ("学习", "专题研讨"),
    "交流学习*余次": ("学习", "交流"),
    "开展警示教育*场次": ("警示教育", ""),
    "开展“安全在我心”活动*次": ("", ""),
    "开展消防演练**次": ("演练", "消防"),
    "走访企业*家次": ("", ""),
    "上党课*堂": ("党课", ""),
}


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The small year with the report parsed into it."""
    made = make_report_year(tmp_path_factory.mktemp("open") / "年度")
    source = put(made.root, SOURCE, REPORT.encode())
    parsed = parse_documents([source])
    masters = write_masters(parsed.checklists, made.checklists)
    put_open_reports(made, [source], zip((each.path for each in masters), parsed.checklists, strict=True))
    return made


def test_counts_are_bound_by_the_words_of_the_categories() -> None:
    """Each count is proposed a category; what is called by a name, not counted in times or not told apart has none."""
    report = parse(SOURCE, REPORT.encode())[0]

    assert report.kind is Kind.REPORT
    assert {metric.text: (metric.category, metric.topic) for metric in report.metrics} == IDS
    assert [metric.id for metric in report.metrics] == [f"数{n}" for n in range(1, len(IDS) + 1)]


def test_the_master_keeps_what_people_decide() -> None:
    """编号, 活动类别 and 主题含 stand in the 母表, are chosen from the categories, and are read back."""
    report = parse(SOURCE, REPORT.encode())[0]
    data = master_workbook(report)

    book = load_workbook(BytesIO(data))
    page = book["填报数据"]
    assert [cell.value for cell in page[3]] == [
        *("编号", "原文", "所在的句子", "活动类别", "期间", "数谁的", "主题含", "主题不含"),
        *("核对", "提示", "单位", "活动", "原文行号"),
    ]
    page["D5"] = "宣传"
    assert any("D4" in str(rule.sqref) or "D4" in rule.sqref for rule in page.data_validations.dataValidation)
    saved = BytesIO()
    book.save(saved)
    again, problems = read_master("母表.xlsx", saved.getvalue())
    assert problems == []
    assert again.metrics[1].category == "宣传"
    assert [metric.id for metric in again.metrics] == [metric.id for metric in report.metrics]


def test_every_count_is_right_or_marked_open(year: Workspace) -> None:
    """The report of a unit has its log's numbers where one is bound, and yellow blanks elsewhere, all listed."""
    made = written(year, "青禾镇", kinds=(TITLE,))
    text = "".join(lines(made.reports[0].path))

    assert "主持召开会议3次，印发通知＿＿份" in text
    assert "组织中心组学习1次，专题研讨1次，交流学习＿＿次" in text
    assert "开展警示教育1场次，开展“安全在我心”活动＿＿次，开展消防演练0次" in text
    assert "走访企业＿＿家次，上党课1堂" in text
    assert len(re.findall("＿＿", text)) == len(made.reports[0].open) == 4
    assert {figure.why for figure in made.reports[0].open} == {
        "母表“填报数据”没有填活动类别，不按次数计，工作纪实里数不出",
        "母表“填报数据”没有填活动类别，文中另有名称，看不出是哪一类",
        "“学习”类记录的主题里都没有“交流”",
    }
    assert word(made.reports[0].path).element.xml.count('w:fill="FFFF00"') >= 4


def test_all_units_together_and_each_by_itself(year: Workspace) -> None:
    """Without a name, one report counts the logs of all units, and each unit has its own."""
    made = written(year, kinds=(f"{TITLE}.docx",))

    assert [report.unit for report in made.reports] == ["全部单位", "青禾镇", "白杨镇", "云溪乡"]
    assert "会议4次" in "".join(lines(made.reports[0].path))
    assert "会议1次" in "".join(lines(made.reports[2].path))
    assert len(made.reports[3].open) == len(IDS)
    whys = {figure.why.partition("，")[0] for figure in made.reports[3].open}
    assert whys == {"没有收到填报表", "母表“填报数据”没有填活动类别"}


def test_a_person_counts_own_activities(year: Workspace) -> None:
    """The report of a person counts what that person led."""
    text = "".join(lines(written(year, "青禾镇/李乙", kinds=(TITLE,)).reports[0].path))

    assert "会议1次" in text
    assert "专题研讨＿＿次" in text  # 李乙's one entry of 学习 is no 研讨


def test_the_decision_of_the_coordinator_counts(year: Workspace) -> None:
    """A category typed into the 母表 is counted from then on; one that the settings do not have leaves it open."""
    master = year.checklists / f"{TITLE}.xlsx"
    before = master.read_bytes()
    book = load_workbook(BytesIO(before))
    book["填报数据"]["D5"], book["填报数据"]["D4"] = "学习", "游泳"
    book.save(master)

    report = written(year, "青禾镇", kinds=(TITLE,)).reports[0]
    master.write_bytes(before)

    assert "会议＿＿次，印发通知3份" in "".join(lines(report.path))
    assert "设置里没有“游泳”这个活动类别" in {figure.why for figure in report.open}


def test_no_entry_with_the_topic_is_no_zero(year: Workspace) -> None:
    """Where entries of the category are there and none has the topic, the count stays open; without entries it is 0."""
    busy, idle = (written(year, name, kinds=(TITLE,)).reports[0] for name in ("青禾镇", "白杨镇"))

    assert "交流学习＿＿次" in "".join(lines(busy.path))
    assert "“学习”类记录的主题里都没有“交流”" in {figure.why for figure in busy.open}
    assert "交流学习0次" in "".join(lines(idle.path))


def test_a_text_is_laid_out_officially(year: Workspace) -> None:
    """Of a text file the title, the headings by their number and the paragraphs are set as official papers are."""
    document = word(year.templates / f"{TITLE}.docx")

    styles = [(each.style.name, each.text[:8]) for each in document.paragraphs if each.text and each.style]
    assert styles[:6] == [
        ("公文标题", TITLE[:8]),
        ("公文正文", "今年以来，围绕年"),
        ("公文一级标题", "一、抓部署"),
        ("公文正文", "一是研究部署。主"),
        ("公文一级标题", "二、抓落实"),
        ("公文二级标题", "（一）抓教育"),
    ]
    assert [name for name, _ in styles[6:]] == ["公文正文", "公文正文", "公文落款", "公文落款"]


def test_what_looks_like_a_tag_in_the_text_stays_text(year: Workspace) -> None:
    """A report that says {{ 7*7 }} says it in the end too."""
    assert "写作{{ 7*7 }}的一句照抄" in "".join(lines(written(year, "青禾镇", kinds=(TITLE,)).reports[0].path))


@pytest.mark.parametrize(
    "pieces", [("{", "{ 单位 }", "}"), ("{", "% if 单位 %}"), ("{", "# 说明 #", "}"), ("{{ 单位", " }}")]
)
def test_what_looks_like_a_tag_stays_text_though_word_parts_it(pieces: tuple[str, ...]) -> None:
    """Signs of tags that stand in runs of their own come together as text, and not as a tag."""
    body = "".join(map(p, REPORT.splitlines())) + p(inside="".join(map(r, pieces)))
    report = parse("报告.docx", docx(body))[0]

    made = open_report("报告.docx", docx(body), report)

    assert lines(filled(made, *(constant(metric.id, 3) for metric in report.metrics)))[-1] == "".join(pieces)


def test_a_word_document_is_filled_in_place() -> None:
    """Of a .docx every look stays: only the signs become variables, also one that Word put into a run of its own."""
    document = Document()
    document.add_paragraph(TITLE)
    document.add_paragraph("一、抓部署")
    paragraph = document.add_paragraph("1.主持召开会议")
    bold = paragraph.add_run("*")
    bold.bold, bold.font.size = True, Pt(20)
    paragraph.add_run("余次，印发通知X")
    paragraph.add_run("X份，上党课*堂。")
    table = document.add_table(1, 1)
    table.cell(0, 0).text = "2.开展消防演练**次，走访企业*家次，通报案例*起。"
    source = BytesIO()
    document.save(source)
    report = parse("报告.docx", source.getvalue())[0]

    made = word(open_report("报告.docx", source.getvalue(), report))

    texts = [run.text for run in made.paragraphs[2].runs]
    assert texts == ["1.主持召开会议", "{{ 数1 }}", "次，印发通知{{ 数2 }}", "份，上党课{{ 数3 }}堂。"]
    assert (made.paragraphs[2].runs[1].bold, made.paragraphs[2].runs[1].font.size) == (True, Pt(20))
    assert made.tables[0].cell(0, 0).text.count("{{ 数") == 3


def test_tables_of_a_text_are_kept() -> None:
    """A table in a text stands in the template as a table, with its open counts as variables."""
    text = REPORT + "项目\t情况\n检查\t开展检查*次\n演练\t开展演练*次\n"
    report = parse(SOURCE, text.encode())[0]

    made = word(open_report(SOURCE, text.encode(), report))

    assert [cell.text for cell in made.tables[0].rows[0].cells] == ["项目", "情况"]
    assert made.tables[0].cell(1, 1).text == "开展检查{{ 数11 }}次"


def test_counts_in_the_opening_are_listed_too() -> None:
    """An open count in what leads to the items is one like the others, in the order of the text."""
    text = REPORT.replace("现将情况报告如下", "开现场会*次，现将情况报告如下")

    report = parse(SOURCE, text.encode())[0]

    assert [metric.text for metric in report.metrics[:2]] == ["开现场会*次", "主持召开会议*次"]
    assert "开现场会{{ 数1 }}次" in "".join(lines(open_report(SOURCE, text.encode(), report)))


def test_counts_that_nobody_listed_stay_open() -> None:
    """What the 母表 does not have is a variable that is open for good; the others are told by their words."""
    report = parse(SOURCE, REPORT.encode())[0]
    shorter = replace(report, metrics=(report.metrics[0], *report.metrics[2:]))

    made = "".join(lines(open_report(SOURCE, REPORT.encode(), shorter)))

    assert "会议{{ 数1 }}次，印发通知{{ 未列入 }}份" in made
    assert "中心组学习{{ 数3 }}次" in made


def test_a_template_that_is_there_is_left_alone(year: Workspace) -> None:
    """Parsing the document again does not touch a template that people may have worked on."""
    place = year.templates / f"{TITLE}.docx"
    before = place.stat().st_mtime_ns
    report = parse(SOURCE, REPORT.encode())[0]

    made = put_open_reports(year, [year.root / SOURCE], [(year.checklists / f"{TITLE}.xlsx", report)])

    assert made == ()
    assert place.stat().st_mtime_ns == before


def test_a_template_that_is_gone_is_told(tmp_path: Path) -> None:
    """A report whose template somebody took away is a problem that says how to get it back; other kinds go on."""
    year = make_report_year(tmp_path / "年度")
    put(year.checklists, f"{TITLE}.xlsx", master_workbook(parse(SOURCE, REPORT.encode())[0]))

    made = written(year, kinds=(TITLE, "通报"))

    assert [(found.code, found.origin.file) for found in made.problems] == [
        ("report-no-template", f"报告模板/{TITLE}.docx")
    ]
    assert [report.kind for report in made.reports] == ["通报"]


def test_a_report_may_be_called_as_a_shipped_kind(tmp_path: Path) -> None:
    """A report whose title is the name of a shipped kind is a kind beside it."""
    year = make_report_year(tmp_path / "年度")
    text = REPORT.replace(TITLE, "述责报告")
    source = put(year.root, "述责报告.txt", text.encode())
    report = parse(source.name, text.encode())[0]
    master = put(year.checklists, "述责报告.xlsx", master_workbook(report))
    put_open_reports(year, [source], [(master, report)])

    made = written(year, "青禾镇", kinds=("述责报告", "述责报告（情况报告）"))

    assert made.problems == []
    assert [each.kind for each in made.reports] == ["述责报告", "述责报告（情况报告）"]
    assert "会议3次" in "".join(lines(made.reports[1].path))


def test_signs_and_counts_go_together() -> None:
    """There is a sign for each open count, with the 余 or 多 that no exact number has behind it."""
    text = "开会*次，检查发现问题*余条，培训XX多人次，宣传x场"

    signs = [text[first:last] for first, last in open_signs(text)]

    assert signs == ["*", "*余", "XX多", "x"]
    assert len(metrics(text)) == len(signs)


def test_a_date_is_no_count() -> None:
    """Open days, months and years of a date are not listed; days and months that are counted are."""
    text = "2026年*月*日开会*次，*月X日检查x次，XX年5月*日、2026年*月办班*期，历时*日，提前*个月"

    assert [text[first : last + 1] for first, last in open_signs(text)] == ["*次", "x次", "*期", "*日", "*个"]
    assert [each.unit for each in metrics(text)] == ["次", "次", "期", "日", "个月"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("开展警示教育\u3000\u3000次", "开展警示教育"),
        ("谈话提醒（ ）人次", "谈话提醒"),
        ("谈话提醒(\u3000)场次", "谈话提醒"),
        ("走访企业  家次", "走访企业"),
    ],
)
def test_a_gap_is_an_open_count(text: str, told: str) -> None:
    """Blanks and empty brackets before 次 are open like a star."""
    (found,) = metrics(f"今年以来，{text}。")

    assert (found.text, found.activity) == (text, told)
    ((first, last),) = open_signs(text)
    assert text[:first] == told
    assert text[last:] == found.unit


@pytest.mark.parametrize(
    "text", ["项目  次数", "第一  次序", "表扬 次", "学习（ ）内容", "重要  次要", "一、  次要任务"]
)
def test_blanks_that_are_no_gap(text: str) -> None:
    """Columns and single blanks are left alone."""
    assert metrics(text) == ()


@pytest.mark.parametrize("tail", ["2026年X月X日", "（2026年*月*日）", "XX年XX月XX日"])
def test_an_open_date_below_the_report_is_the_day_of_writing(tail: str) -> None:
    """The date of a signature becomes {{ 日期 }}, in a text and in a Word document; one that is full stays."""
    text = f"{REPORT}李乙\n{tail}\n"
    document = Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.paragraphs[-1].text = ""
    for piece in (tail[:6], tail[6:]):
        document.paragraphs[-1].add_run(piece)
    document.add_paragraph("2026年12月31日")
    source = BytesIO()
    document.save(source)

    laid_out = lines(open_report(SOURCE, text.encode(), parse(SOURCE, text.encode())[0]))
    in_place = lines(open_report("报告.docx", source.getvalue(), parse("报告.docx", source.getvalue())[0]))

    dated = "（{{ 日期 }}）" if "（" in tail else "{{ 日期 }}"
    assert (laid_out[-2:], in_place[-3:]) == (["李乙", dated], ["李乙", dated, "2026年12月31日"])


def test_headers_and_footers_are_not_passed_over() -> None:
    """An open count in a header is no count of the 母表: it is open for good, and those of the text keep theirs."""
    document = Document()
    for line in REPORT.splitlines():
        document.add_paragraph(line)
    document.sections[0].header.paragraphs[0].text = "第*期"
    document.sections[0].footer.paragraphs[0].text = "印*份"
    source = BytesIO()
    document.save(source)

    made = word(open_report("报告.docx", source.getvalue(), parse("报告.docx", source.getvalue())[0]))

    section = made.sections[0]
    assert [each.paragraphs[0].text for each in (section.header, section.footer)] == [
        "第{{ 未列入 }}期",
        "印{{ 未列入 }}份",
    ]
    assert "会议{{ 数1 }}次" in "".join(each.text for each in made.paragraphs)


def test_a_master_that_cannot_be_read_is_told(year: Workspace, tmp_path: Path) -> None:
    """Its reports are not written, and the run says why; asked for by name it is not called unknown."""
    broken = Workspace(Path(shutil.copytree(year.root, tmp_path / "年度")))
    (broken.checklists / f"{TITLE}.xlsx").write_bytes(b"broken")

    whole = written(broken)
    alone = written(broken, kinds=(TITLE,))

    for made in (whole, alone):
        assert [(found.code, found.origin.file) for found in made.problems] == [
            ("unreadable-workbook", f"{TITLE}.xlsx")
        ]
    assert {each.kind for each in whole.reports} == {"述责报告", "通报", "整改通知"}
    assert alone.reports == []


def test_what_is_doubtful_in_a_master_is_told(year: Workspace, tmp_path: Path) -> None:
    """A 母表 that can be read with a doubt makes its reports and tells the doubt."""
    doubtful = Workspace(Path(shutil.copytree(year.root, tmp_path / "年度")))
    path = doubtful.checklists / f"{TITLE}.xlsx"
    book = load_workbook(path)
    label = next(cell for page in book for row in page.iter_rows() for cell in row if cell.value == "年度")
    label.offset(column=1).value = "明年"
    book.save(path)

    made = written(doubtful, kinds=(TITLE,))

    assert made.reports
    assert [found.code for found in made.problems] == ["bad-cell"]


def test_open_counts_of_notes_are_not_passed_over() -> None:
    """A footnote with an open count has a variable that is open for good."""
    note = f'<w:footnote w:id="1">{p("附*份，另见说明")}</w:footnote>'
    data = docx("".join(map(p, REPORT.splitlines())), footnotes=note)

    made = open_report("报告.docx", data, parse("报告.docx", data)[0])

    with ZipFile(BytesIO(made)) as zipped:
        assert "附{{ 未列入 }}份，另见说明" in zipped.read("word/footnotes.xml").decode()


SECOND = """2026年书记履行党建工作第一责任人职责情况报告
一年来，坚持抓党建促发展，现报告如下。
一、抓学习
一是理论学习。组织中心组学习*次，专题研讨x次。
二、抓队伍
1.上党课*次，谈心谈话*人次。
2.开展主题党日*次。
李乙
"""


def two_reports() -> Word:
    """A document with two reports, a page apart and in sections of their own."""
    document = Document()
    for line in REPORT.splitlines():
        document.add_paragraph(line)
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    document.add_section().page_width = Mm(297)
    for line in SECOND.splitlines():
        document.add_paragraph(line)
    return document


@pytest.mark.parametrize("suffix", [".docx", ".txt"])
def test_of_several_reports_in_a_file_each_becomes_a_template(tmp_path: Path, suffix: str) -> None:
    """Each template has its own report, all of its counts and nothing of the other."""
    year = make_report_year(tmp_path / "年度")
    source = BytesIO()
    two_reports().save(source)
    data = source.getvalue() if suffix == ".docx" else f"{REPORT}\n{SECOND}".encode()
    path = put(year.root, f"两份{suffix}", data)
    parsed = parse_documents([path])

    made = put_open_reports(year, [path], ((year.checklists / f"{one.title}.xlsx", one) for one in parsed.checklists))

    first, second = (lines(each.path) for each in made)
    assert [len(re.findall("{{ 数", "".join(text))) for text in (first, second)] == [10, 5]
    assert not any("未列入" in line for line in (*first, *second))
    assert (first[0], "李乙" in first) == (TITLE, False)
    assert second[0] == SECOND.splitlines()[0]
    assert "".join(first).count("情况报告") == 2  # its title, and its opening
    if suffix == ".docx":
        assert first[-1].startswith("2.走访企业")
        assert [len(word(each.path).sections) for each in made] == [1, 1]
        widths = [word(each.path).sections[0].page_width for each in made]
        assert [round(width.mm) for width in widths if width] == [216, 297]


def test_a_title_may_stand_in_two_lines() -> None:
    """The lines of a title are its beginning together."""
    document = two_reports()
    title = next(each for each in document.paragraphs if each.text == SECOND.splitlines()[0])
    title.insert_paragraph_before(title.text[:9])
    title.text = f" {title.text[9:]}"

    keep_only(document.element.body, SECOND.splitlines()[0], [TITLE, SECOND.splitlines()[0]])

    assert "".join(each.text for each in document.paragraphs).replace(" ", "") == SECOND.replace("\n", "")


def test_reports_whose_titles_are_not_found_stay_together() -> None:
    """Where a title stands in a text box or a table, nothing is taken away."""
    document = two_reports()
    body = document.element.body
    before = len(body)

    keep_only(body, TITLE, [TITLE, "另一个标题"])
    keep_only(body, "另一个标题", [TITLE])

    assert len(body) == before


def test_the_number_of_a_paragraph_is_no_word_of_its_count() -> None:
    """Where fewer are listed than there are, the first count of a numbered paragraph is found by its words too."""
    document = Document()
    for line in REPORT.splitlines():
        document.add_paragraph(line)
    source = BytesIO()
    document.save(source)
    report = parse("报告.docx", source.getvalue())[0]

    made = open_report("报告.docx", source.getvalue(), replace(report, metrics=report.metrics[1:]))

    text = "".join(lines(made))
    assert text.count("{{ 未列入 }}") == 1
    assert "1.开展警示教育{{ 数6 }}场次" in text
