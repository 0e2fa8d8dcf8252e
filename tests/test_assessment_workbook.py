"""考核.xlsx: what stands in it, and that it is sound."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openxml_audit import OpenXmlValidator

from assessment_books import AS_OF, column, headings, no_errors, open_year, opened, place, random_year, rows, scores
from assessment_samples import UNIT, decided, receipts, scheme, standings
from item_samples import item_year
from layouts import assert_golden, layout
from qingdan_xl.assessment.result import assess
from qingdan_xl.assessment.rules import Appeal
from qingdan_xl.assessment.totals import MOST_LIVE, ranking_order, ranking_rows
from qingdan_xl.assessment.trail_sheet import trails
from qingdan_xl.assessment.workbook import assessment_workbook, listing
from qingdan_xl.model import Origin
from qingdan_xl.sheets.assessment import ASSESSMENT, GAPS, RANKING, TRAIL
from qingdan_xl.sheets.reading import column_letter
from qingdan_xl.sheets.scheme import Effect
from qingdan_xl.sheets.writing import FIRST_ROW, Formula

DECIDED = Appeal("青禾镇", Decimal("0.5"), "材料属实", "事项1", "考核领导小组", date(2027, 1, 15), "复核会议纪要")


@pytest.mark.parametrize("settings", ["", "places=0", "places=4 full_mark=1000 missing=计0分"])
def test_cached_values_are_the_scores(settings: str) -> None:
    """A reader that does not calculate sees the Decimals, and nothing where there is no score."""
    found = random_year(20, settings)

    assert column(opened(found, values=True), "score") == scores(found)


def test_totals_are_live() -> None:
    """Each total is a formula over the lines of its own unit only; the rank looks at its own group."""
    book = opened(random_year(3, ""), values=False)
    first = {key: column(book, key)[0] for key in ("base", "score", "rank", "check")}
    lines = column(book, "index", TRAIL).count(1)
    kinds, points = (column_letter(place(book, key, TRAIL)) for key in ("kind", "points"))
    last = 3 + lines

    assert (
        first["base"]
        == f'=ROUND(SUMIF(得分明细!${kinds}$4:${kinds}${last},"基础分",得分明细!${points}$4:${points}${last}),6)'
    )
    assert first["score"] == f"=ROUND(ROUND(SUM(得分明细!${points}$4:${points}${last}),8),2)"
    assert first["rank"] == '=IF(排名与等次!$B$4="","",排名与等次!$B$4)'
    assert column(book, "rank", RANKING)[0] == '=IF(ISNUMBER(D4),RANK(D4,$D$4:$D$4),"")'


def test_gaps_have_no_idle_columns() -> None:
    """未评与缺项 shows duties, items and places only where one of its rows has any."""
    unscored = assess([UNIT], [], [], scheme())
    waiting = assess([UNIT], standings("已完成 -"), [], scheme())

    assert headings(opened(unscored, values=True), GAPS.title) == ["考核组", "单位", "情形", "说明"]
    assert {"事项序号", "责任事项", "单元格"} <= set(headings(opened(waiting, values=True), GAPS.title))


def test_an_open_line_keeps_the_total_open() -> None:
    """A line that waits for a person is blank and marked; the unit has no total, but what is known so far."""
    book = opened(open_year(), values=True)

    assert column(book, "score") == [None, 7]
    assert column(book, "known") == [10, None]
    assert column(book, "open") == [1, None]
    assert column(book, "grade") == ["未评", "不合格"]
    waiting = [row for row in rows(book, TRAIL.title) if "待评" in row]
    assert [(row[place(book, "points", TRAIL)], row[place(book, "why", TRAIL)]) for row in waiting] == [
        (None, "等待填写“通报”（2－4 分之间，由人裁量）")
    ]
    gaps_ = [(row[1], row[2], row[3]) for row in rows(book, "未评与缺项")]
    assert ("青禾镇", "待评定", "作风") in gaps_


def test_only_numbers_that_are_facts_can_be_changed() -> None:
    """得分明细 is locked, so that no sorting parts a unit's lines; amounts may be changed, formulas and rules not."""
    book = opened(item_year(3, 2)[0], values=False)
    lines = book[TRAIL.title]

    assert (lines.protection.sheet, lines.protection.sort, lines.protection.autoFilter) == (True, True, False)
    unlocked = {
        cell.column for row in lines.iter_rows(min_row=FIRST_ROW + 1) for cell in row if not cell.protection.locked
    }
    assert unlocked == {place(book, "amount", TRAIL) + 1}
    assert not any(book[title].protection.sheet for title in ("总表", "项目得分", "复核申诉"))


def test_more_lines_than_a_sheet_takes_go_into_the_next() -> None:
    """The lines of a unit stay together on one sheet, and every total looks at the sheet that has them."""
    found = [item.score for item in random_year(6).results]
    longest = max(len(score.trail) for score in found)

    laid = trails(found, longest + 3)

    assert len(laid.pages) > 2
    assert [title for title, _ in laid.pages[:3]] == ["得分明细", "得分明细2", "得分明细3"]
    assert sum(len(lines) for _, lines in laid.pages) == sum(len(score.trail) for score in found)
    pages = dict(laid.pages)
    for number, (score, own) in enumerate(zip(found, laid.places, strict=True), 1):
        assert own is not None
        lines = pages[own.sheet][own.first - FIRST_ROW - 1 : own.last - FIRST_ROW]
        assert lines == tuple((number, score.subject.label, entry) for entry in score.trail)
        assert len(pages[own.sheet]) <= longest + 3


def test_ranks_of_a_very_large_group_are_values() -> None:
    """A live rank looks at its whole group; where that would make Excel slow, the rank is written as it is."""
    units = [replace(UNIT, id=f"U{n}", name=f"第{n}镇") for n in range(MOST_LIVE + 1)]
    found = assess(units, [row for unit in units for row in standings("已完成", unit)], [], scheme())
    listed, laid = listing(found)

    whole = ranking_rows(ranking_order(listed), laid, found.scheme)
    part = ranking_rows(ranking_order(listed[:-1]), laid, found.scheme)

    assert {row["rank"] for row in whole} == {1}
    assert all(isinstance(row["rank"], Formula) for row in part)


def test_layout_of_assessment(request: pytest.FixtureRequest) -> None:
    """考核.xlsx of a scheme of items: every sheet and column where people expect it."""
    found = item_year(5, 4)[0]

    assert_golden(request.node.name, layout(assessment_workbook(found, "2026年度责任清单", AS_OF)))


def test_a_whole_number_shows_no_bare_point() -> None:
    """Excel shows 4 as "4." where a format has a point and only optional digits behind it."""
    formats = {column.number_format for sheet in ASSESSMENT for column in sheet}

    assert "0.00##" in formats
    assert [shown for shown in formats if ".#" in shown] == []


def test_workbook_is_sound(tmp_path: Path) -> None:
    """The workbook passes the validator, holds the declared sheets in order, and no cell of an error."""
    path = tmp_path / "考核.xlsx"
    for found in (item_year(3, 4)[0], open_year(), random_year(15)):
        path.write_bytes(assessment_workbook(found, "2026年度责任清单", AS_OF))
        assert OpenXmlValidator().validate(path).errors == []
    book = openpyxl.load_workbook(path, data_only=True)
    assert book.sheetnames == [*(sheet.title for sheet in ASSESSMENT), "_选项"]
    assert no_errors(book)


def test_every_column_is_filled_somewhere() -> None:
    """No declared column stays empty in a year in which everything occurs."""
    made = decided(scheme("@重点=2", "+2"), 青禾镇=Effect.BARRED)
    typed = replace(made.adjustments[0], evidence="通报", origin=standings("-")[0].origin)
    appeals = (DECIDED, replace(DECIDED, unit="已撤镇", origin=Origin("考核.xlsx", "复核申诉", 5, "A")))
    found = assess(
        [UNIT, replace(UNIT, id="U002", name="柳湾镇")],
        standings("已完成@重点 3/4 不适用 -"),
        receipts("迟"),
        replace(made, adjustments=(typed,), appeals=appeals),
    )

    book = opened(found, values=True)

    for sheet in ASSESSMENT:
        titles, lines = headings(book, sheet.title), rows(book, sheet.title)
        assert [title for index, title in enumerate(titles) if all(row[index] in {None, ""} for row in lines)] == []


def test_nothing_assessed_still_makes_a_workbook() -> None:
    """A year of which nothing came back gives a workbook that says so, without a number."""
    found = assess([UNIT], standings("未交回"), [], scheme())

    book = opened(found, values=True)

    assert column(book, "score") == [None]
    assert column(book, "grade") == ["未评"]
    assert column(book, "note") == ["未评：没有收到可用的填报表"]


def test_ranking_goes_by_group_and_rank() -> None:
    """排名与等次 lists each group from the best down, the unassessed last, with the places of the top band."""
    rows = list(opened(random_year(40), values=True)["排名与等次"].iter_rows(min_row=4, values_only=True))

    groups = [str(row[0]) for row in rows]
    assert groups == sorted(groups, key=["1组", "2组", "0组"].index)
    for group in set(groups):
        ranks = [row[1] for row in rows if row[0] == group]
        given = [rank for rank in ranks if isinstance(rank, int)]
        assert given == sorted(given)
        assert ranks[len(given) :] == [None] * (len(ranks) - len(given))
        assert {row[6] for row in rows if row[0] == group} == {len(given) * 30 // 100}
