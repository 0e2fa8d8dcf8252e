"""Columns of time, persons and points in a list: what their cells say of the row, and what goes to 待核对."""

from io import BytesIO

import openpyxl
import pytest

from outlines import shown_target
from qingdan_xl.documents import parse
from qingdan_xl.model import Checklist, Kind

TITLE = "2026年青禾镇安全责任清单"
HEADINGS = ("序号", "责任事项", "责任人", "分值", "完成时限")


def listed(*rows: tuple[str | int, ...]) -> Checklist:
    """The checklist of a sheet with these rows below HEADINGS."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in ((TITLE,), HEADINGS, *rows):
        sheet.append(row)
    out = BytesIO()
    book.save(out)
    return parse("清单.xlsx", out.getvalue())[0]


def read(text: str, when: str) -> tuple[str, list[str]]:
    """The demands of a row with this cell under 完成时限, and the doubts about it."""
    found = listed((1, text, "张甲", 5, when), (2, "落实值班制度", "李乙", 5, "长期坚持"))
    targets = found.duties[0].targets
    return " ".join(map(shown_target, targets)) or "-", [doubt.code for doubt in found.warnings]


@pytest.mark.parametrize(
    ("when", "due"),
    [
        ("2026-06-30", "06-30"),
        ("10月31日", "10-31"),
        ("10月31日前", "10-31"),
        ("2026.9.1", "09-01"),
        ("2026/7/5", "07-05"),
        ("3月底前", "03-31"),
        ("6月", "06-30"),
        ("第一季度", "03-31"),
        ("3月-6月", "06-30"),
        ("2025年3月", "2025-03"),
        ("2025.3.15", "2025-03-15"),
        ("20260915", "09-15"),
    ],
)
def test_a_date_under_a_time_heading_is_a_deadline(when: str, due: str) -> None:
    """With or without 前, in any spelling; of a year that is not the list's the year stays."""
    elsewhere = ["due-elsewhere"] if due.startswith("2025") else []

    assert read("修缮仓库围墙", when) == (f"1/none@{due}", elsewhere)


def test_a_date_dates_the_count_of_its_row() -> None:
    """A row that asks for a number of times is to have them by the date."""
    assert read("开展安全检查2次", "2026-06-30") == (">=2次/none@06-30", [])


def test_a_period_under_a_time_heading_is_that_of_the_count() -> None:
    """每季度 beside a number of times; beside no number it is a doubt."""
    assert read("开展安全检查2次", "每季度") == (">=2次/quarter", [])
    assert read("修缮仓库围墙", "每季度") == ("-", ["lone-period"])


def test_what_cannot_be_read_goes_to_doubts() -> None:
    """Words that are no date are told; 长期坚持 is understood as no date."""
    assert read("修缮仓库围墙", "视情况而定") == ("-", ["unread-date"])
    assert read("修缮仓库围墙", "长期坚持") == ("-", [])


def test_the_title_says_that_it_is_a_list_of_duties() -> None:
    """Points beside the duties of a 责任清单 do not make it a score sheet, and persons are no roles."""
    found = listed((1, "修缮围墙", "张甲", 5, ""), (2, "检查仓库", "李乙", 5, ""), (3, "清点物资", "张甲", 5, ""))

    assert found.kind is Kind.CHECKLIST
    assert [len(role.duties) for role in found.roles] == [3]
    assert not {role.name for role in found.roles} & {"张甲", "李乙"}


def test_a_demand_said_in_two_cells_is_one() -> None:
    """每周不少于2次 in the text and 每周2次 in a column of its own are the same demand."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        (TITLE,),
        ("序号", "责任事项", "具体措施", "工作频次"),
        (1, "巡查仓库", "巡查仓库每周不少于2次", "每周2次"),
    ):
        sheet.append(row)
    out = BytesIO()
    book.save(out)

    assert [shown_target(one) for one in parse("清单.xlsx", out.getvalue())[0].duties[0].targets] == [">=2次/week"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("每两年开展1次培训。", ["not-counted"]),
        ("每月擦拭展柜2次。", ["not-counted"]),
        ("每周组织1次教学查房。", []),
        ("每年讲安全课至少1次。", []),
        ("每季度次月10日前报送小结。", ["day-of-period"]),
    ],
)
def test_what_no_log_counts_is_told(text: str, codes: list[str]) -> None:
    """A demand without a category or a period of the year, or with a day of each period, is a doubt with its reason."""
    found = parse("清单.txt", f"2026年青禾镇责任清单\n1.{text}\n2.落实值班制度，做好记录。\n".encode())[0]

    assert [doubt.code for doubt in found.warnings] == codes
