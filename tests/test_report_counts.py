"""Counts that were left open in a report, written: what was checked, for whom, from which rows of the 母表."""

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from qingdan_xl.documents import master_workbook, read_master
from qingdan_xl.documents.binding import inherited_metrics
from qingdan_xl.problems import UnusableError
from qingdan_xl.reports.figures import Figure
from qingdan_xl.reports.open_counts import counts_in
from qingdan_xl.roster import roster_workbook
from qingdan_xl.verbs.parse import parse_documents, write_masters
from qingdan_xl.verbs.report_templates import put_open_reports
from qingdan_xl.workspace.folder import Workspace
from report_samples import constant, filled, lines, make_report_year, template, word, written
from returns import make_batch, put
from test_report_bindings import PERSON, UNIT, report


def yellow(source: Path | bytes) -> list[str]:
    """What of a document stands on yellow, piece by piece."""
    runs = (run for paragraph in word(source).paragraphs for run in paragraph.runs)
    return [run.text for run in runs if run.element.xpath(".//w:shd[@w:fill='FFFF00']")]


def edited(path: Path, **cells: str) -> None:
    """Type into 填报数据: 数1_核对 is the cell of the row 数1 under 核对."""
    book = load_workbook(path)
    page = book["填报数据"]
    columns = {cell.value: cell.column or 0 for cell in page[3]}
    rows = {page.cell(row, 1).value: row for row in range(4, page.max_row + 1)}
    for name, text in cells.items():
        row, _, heading = name.partition("_")
        page.cell(rows[row], columns[heading]).value = text
    book.save(path)


def placed(year: Workspace, title: str, *sentences: str) -> Path:
    """A report parsed into the year; where its 母表 is."""
    text = "\n".join((title, "现将情况报告如下。", "一、做法", *(f"{n}.{s}" for n, s in enumerate(sentences, 1))))
    source = put(year.root, f"{title}.txt", f"{text}\n".encode())
    parsed = parse_documents([source])
    (master,) = write_masters(parsed.checklists, year.checklists)
    put_open_reports(year, [source], [(master.path, parsed.checklists[0])])
    return master.path


def test_what_nobody_checked_is_yellow_and_told(tmp_path: Path) -> None:
    """A figure of a row without 核对 is written in yellow and listed; with 是 it is a figure like any other."""
    year = make_report_year(tmp_path / "年度")
    master = placed(year, UNIT, "召开会议*次，开展学习*次。")
    edited(master, 数2_核对="是")

    (report_made,) = written(year, "青禾镇", kinds=(UNIT,)).reports

    assert "召开会议3次，开展学习3次" in "".join(lines(report_made.path))
    assert yellow(report_made.path) == ["3", "【署名】"]
    assert report_made.as_json()["unchecked"] == ["召开会议*次：3，按“会议”类试填"]
    assert report_made.as_json()["open"] == []


def test_a_period_and_words_of_the_topic_are_counted_by(tmp_path: Path) -> None:
    """期间, 主题含 and 主题不含 say which rows count; a period that has not come yet leaves the count open."""
    year = make_report_year(tmp_path / "年度")
    master = placed(year, UNIT, "上半年召开会议*次，下半年召开会议*次。", "开展学习*次。")
    edited(master, 数3_主题不含="读书、研讨")

    text = "".join(lines(written(year, "青禾镇", kinds=(UNIT,)).reports[0].path))

    assert "上半年召开会议2次，下半年召开会议1次" in text
    assert "开展学习1次" in text


def test_a_report_of_a_person(tmp_path: Path) -> None:
    """It is written for each unit's head, of several the one with the post; 本人 counts what that person hosted."""
    year = make_report_year(tmp_path / "年度")
    placed(year, PERSON, "主持召开会议*次。", "开展学习*次。")
    roster = make_batch().roster
    people = tuple(replace(each, title="站长" if each.name == "张甲" else each.title) for each in roster.people)
    put(year.root, year.roster.name, roster_workbook(replace(roster, people=people)))

    everybody = written(year, kinds=(PERSON,)).reports
    (unit,) = written(year, "青禾镇", kinds=(PERSON,)).reports
    (other,) = written(year, "青禾镇/李乙", kinds=(PERSON,)).reports

    assert [(each.unit, each.person) for each in everybody] == [("青禾镇", "张甲"), ("白杨镇", ""), ("云溪乡", "")]
    assert "召开会议2次。2.开展学习3次" in "".join(lines(everybody[0].path))
    assert "召开会议＿＿次。2.开展学习3次" in "".join(lines(unit.path))
    assert [figure.why for figure in unit.open] == ["写的是本人的次数，请按 单位/姓名 写这份报告"]
    assert "召开会议1次。2.开展学习3次" in "".join(lines(other.path))


def test_all_open_reports_by_one_name(tmp_path: Path) -> None:
    """--kind 情况报告 is every report with open counts; a name that is none is answered with all there are."""
    year = make_report_year(tmp_path / "年度")
    placed(year, UNIT, "召开会议*次。")
    placed(year, PERSON, "召开会议*次。")

    made = written(year, "青禾镇", kinds=("情况报告",))
    with pytest.raises(UnusableError) as refused:
        written(year, kinds=("情况说明",))

    assert [each.kind for each in made.reports] == [UNIT, PERSON]
    assert [found.code for found in refused.value.problems] == ["report-kind"]
    assert UNIT in refused.value.problems[0].what


def test_a_row_that_is_gone_is_told_with_its_sheet(tmp_path: Path) -> None:
    """A count of the template without a row stays open, and the 母表 is named; the rest is written."""
    year = make_report_year(tmp_path / "年度")
    master = placed(year, UNIT, "召开会议*次，开展学习*次，开展演练*次。")
    book = load_workbook(master)
    book["填报数据"].delete_rows(5)
    book["填报数据"]["A5"] = "数 3"
    book.save(master)

    made = written(year, "青禾镇", kinds=(UNIT,))

    assert [(found.code, found.origin.file, found.origin.sheet) for found in made.problems] == [
        ("count-without-row", f"{UNIT}.xlsx", "填报数据")
    ]
    assert "会议3次，开展学习＿＿次，开展演练0次" in "".join(lines(made.reports[0].path))
    assert [(figure.name, figure.why) for figure in made.reports[0].open] == [("数2", "母表里没有这个编号的行")]


@pytest.mark.parametrize(
    ("heading", "text", "code", "counting"),
    [
        ("编号", "三", "count-id", [True]),
        ("编号", "数2", "count-id", [True]),
        ("期间", "春天", "bad-cell", [False, True]),
        ("数谁的", "大家", "not-a-choice", [False, True]),
        ("核对", "对", "not-a-choice", [True, True]),
    ],
)
def test_a_wrong_cell_of_the_counts_is_named(
    tmp_path: Path, heading: str, text: str, code: str, counting: list[bool]
) -> None:
    """One wrong cell is one coded problem with its sheet and cell; what cannot be read counts nothing."""
    path = put(tmp_path, "母表.xlsx", master_workbook(report("召开会议*次，开展学习*次。")))
    edited(path, **{f"数1_{heading}": text})
    column = next(cell.column_letter for cell in load_workbook(path)["填报数据"][3] if cell.value == heading)
    row = 5 if text == "数2" else 4

    checklist, problems = read_master(path.name, path.read_bytes())

    assert [bool(each.category) for each in checklist.metrics] == counting
    assert not any(each.checked for each in checklist.metrics)
    assert [(found.code, found.origin.sheet, found.origin.cell) for found in problems] == [
        (code, "填报数据", f"{column}{row}")
    ]


def test_what_is_typed_into_open_places_goes_into_the_report(tmp_path: Path) -> None:
    """统一填写 is for all, 按花名册的列 for the unit; what nobody filled in keeps its sign in yellow, and is listed."""
    year = make_report_year(tmp_path / "年度")
    master = placed(year, UNIT, "某县按要求开展工作，*局负责，某站牵头，召开会议*次。")
    book = load_workbook(master)
    page = book["占位"]
    columns = {cell.value: cell.column or 0 for cell in page[3]}
    page.cell(4, columns["统一填写"]).value = "云溪"
    page.cell(page.max_row, columns["按花名册的列"]).value = "单位名称"
    book.save(master)

    (made,) = written(year, "青禾镇", kinds=(UNIT,)).reports

    assert "云溪县按要求开展工作" in "".join(lines(made.path))
    assert "*局负责，青禾镇站牵头" in "".join(lines(made.path))
    assert [figure.why for figure in made.open] == ["母表“占位”没有填"]


def test_what_a_person_agreed_to_is_kept() -> None:
    """A count in the same words keeps what it was agreed to count; one in other words is proposed anew."""
    earlier = [
        replace(each, category="活动", checked=number != 1)
        for number, each in enumerate(report("召开会议*次。", "开展学习*次。", "开展演练*次。").metrics)
    ]

    again = inherited_metrics(report("召开会议*次。", "开展学习*次。", "开展应急演练*次。").metrics, earlier)

    assert [(each.category, each.checked) for each in again] == [("活动", True), ("学习", False), ("演练", False)]


def test_a_sum_of_unchecked_figures_is_unchecked_too() -> None:
    """A doubt goes on into what is reckoned with the figure; in a text its value stands in yellow."""
    doubted, known = Figure("会议", 3, doubt="试填"), Figure("学习", 2)
    text = template("共{{ 会议 + 学习 }}次，{{ 学习 }}次")

    made = filled(text, constant("会议", doubted), constant("学习", known))

    assert lines(made) == ["共5次，2次"]
    assert yellow(made) == ["5"]
    assert not (known + known).doubt


def test_names_of_counts_in_a_template() -> None:
    """They are found where Word parted them too, only in tags; a file that is no document has none."""
    parted = "<w:p><w:r><w:t>{{ 数</w:t></w:r><w:r><w:t>12 }}{{ 空1 }}数3{% if 数4 > 1 %}{% endif %}</w:t></w:r></w:p>"

    assert counts_in(template(body=parted)) == {"数12", "空1", "数4"}
    assert counts_in(b"no document") == frozenset()
