"""A day with its year, from the document to the unit's workbook: what counts knows the day, the contract its month."""

import json
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from outlines import shown_target
from qingdan_xl.collecting.collect import collect
from qingdan_xl.counting.periods import Calendar
from qingdan_xl.documents import as_json, master_workbook, parse, read_master
from qingdan_xl.documents.comparing.export import comparison_json
from qingdan_xl.documents.comparing.several import compare_all
from qingdan_xl.documents.demands import demands
from qingdan_xl.issuing.workbook import unit_workbook
from qingdan_xl.model import Checklist, Duty
from qingdan_xl.store import Store
from qingdan_xl.summary.material import load_material
from qingdan_xl.workspace.folder import Workspace
from returns import COLLECTIVE, ON_TIME, OPTIONS, make_batch, opened, plan_of, put, send_out

LEADERS = "党委领导班子"
ROW = "d002.01"


def text_list(*duties: str) -> Checklist:
    """The checklist of a text with these duties."""
    lines = "\n".join(f"{number}、{text}" for number, text in enumerate(duties, 1))
    return parse("清单.txt", f"2026年青禾镇责任清单\n{lines}\n".encode())[0]


def table_list(*cells: str | int | datetime) -> Checklist:
    """The checklist of a sheet whose rows have these cells under 完成时限."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(("2026年青禾镇责任清单",))
    sheet.append(("序号", "责任事项", "责任人", "完成时限"))
    for number, cell in enumerate(cells, 1):
        sheet.append((number, f"修缮第{number}号仓库的围墙", "张甲", cell))
    out = BytesIO()
    book.save(out)
    return parse("清单.xlsx", out.getvalue())[0]


@pytest.mark.parametrize(
    ("text", "expected", "contract"),
    [
        ("2026年9月15日前完成围墙加固", "1/none@2026-09-15", ["2026-09"]),
        ("2026/9/15前完成围墙加固", "1/none@2026-09-15", ["2026-09"]),
        ("二〇二六年九月十五日前完成围墙加固", "1/none@2026-09-15", ["2026-09"]),
        ("2026年9月底前完成围墙加固", "1/none@2026-09", ["2026-09"]),
        ("2026年9月底完成围墙加固", "1/none@2026-09", ["2026-09"]),
        ("2026年9月上旬完成考核", "1/none@~2026-09-10", ["~09-10"]),
        ("2027年第一季度完成风险排查", "1/none@2027-03-31", ["2027-03"]),
        ("2026年1月31日前和7月31日前分别书面报告", "2/none@2026-01-31,2026-07-31", ["2026-01", "2026-07"]),
        ("2026年2月30日前完成围墙加固", "1/none@2026-02", ["2026-02"]),
        ("9月15日前完成围墙加固", "1/none@09-15", ["09-15"]),
        ("整改时限：2026年9月15日", "1/none@2026-09-15", ["2026-09"]),
    ],
)
def test_a_year_belongs_to_its_date(text: str, expected: str, contract: list[str]) -> None:
    """The day of a year is kept whole in the list, and narrowed to what the contract of `parse --json` has."""
    found = text_list(text, "落实值班制度，做好记录")
    said = as_json([found])["documents"][0]["roles"][0]["sections"][0]["duties"][0]["targets"]

    assert " ".join(map(shown_target, found.duties[0].targets)) == expected
    assert [target["due"] for target in said] == [contract]


@pytest.mark.parametrize(
    "text",
    [
        "2023年6月底前完成围墙加固。整改时限：2023年6月底",
        "2023年6月底前完成围墙加固；整改时限：2023年6月",
        "整改时限：2023年6月30日；2023年6月底前完成围墙加固",
        "2023年6月底前完成围墙加固。\n2023年6月30日",
    ],
)
def test_a_date_said_again_is_no_demand_of_its_own(text: str) -> None:
    """整改时限 beside a measure with the same date is one demand, however both are written."""
    assert [(one.activity, one.due) for one in demands(text)] == [("完成围墙加固", ("2023-06",))]


def test_another_date_beside_it_is_one() -> None:
    """整改时限 with a date that the measure does not name stays a demand."""
    found = demands("2026年3月底前制定方案。整改时限：2026年6月30日")

    assert [one.due for one in found] == [("2026-03",), ("2026-06-30",)]


def test_a_date_of_another_year_is_told() -> None:
    """It asks for nothing in the list's year, and goes to 待核对 with both years."""
    found = text_list("2025年12月31日前完成围墙加固", "2027年3月底前完成仓库搬迁", "2026年5月底前清点物资")

    assert [(doubt.code, doubt.line) for doubt in found.warnings] == [("due-elsewhere", 2), ("due-elsewhere", 3)]
    assert "2025-12-31" in found.warnings[0].message
    assert "2026" in found.warnings[0].message


def test_a_time_column_flows_through_the_list() -> None:
    """Every spelling of a day under 完成时限 is that day in 母表 and behind it."""
    cells = ("2026.9.15", "2026-9-15", "2026/9/15", "9月15日", "2026年9月15日", datetime(2026, 9, 15), "20260915")  # noqa: DTZ001 - a date cell
    read, problems = read_master("母表.xlsx", master_workbook(table_list(*cells, 20260915)))

    assert problems == []
    assert [target.due for duty in read.duties for target in duty.targets] == [("09-15",)] * 8


def test_an_impossible_day_under_a_time_heading_is_told() -> None:
    """2026-02-30 is no day: it is not read as another one."""
    found = table_list("2026-02-30", "2026-03-30")

    assert found.duties[0].targets == ()
    assert [doubt.code for doubt in found.warnings] == ["unread-date"]


def test_a_changed_day_is_shown_by_the_comparison() -> None:
    """Two lists that differ in the day alone: `diff --json` names both days."""
    old, new = (text_list(f"2026年9月{day}日前完成围墙加固", "落实值班制度，做好记录") for day in (15, 20))
    told = json.dumps(comparison_json(compare_all([old], [new])))

    assert "2026-09-15" in told
    assert "2026-09-20" in told


@pytest.mark.parametrize(("day", "light"), [(date(2026, 9, 15), "临近"), (date(2026, 9, 16), "逾期")])
def test_a_duty_is_overdue_from_the_day_behind_its_own(tmp_path: Path, day: date, light: str) -> None:
    """2026年9月15日前 is issued as that day, and the duty is 逾期 on the 16th, not from the month's end."""
    said = text_list("2026年9月15日前完成围墙加固").duties[0].targets
    dated: tuple[Duty, ...] = (COLLECTIVE[0], replace(COLLECTIVE[1], targets=said), *COLLECTIVE[2:])
    batch = make_batch(collective=dated)
    year = Workspace.create(tmp_path / "2026年度", 2026)
    send_out(year, batch)
    desk = opened(unit_workbook(plan_of(batch=batch), OPTIONS))
    assert desk.cell(LEADERS, ROW, "deadline").value == datetime(2026, 9, 15)  # noqa: DTZ001 - a date cell
    desk.cell(LEADERS, ROW, "status").value = "推进中"
    put(year.inbox, "青禾镇.xlsx", desk.saved())
    collect(year, (), ON_TIME)

    with closing(Store(year.database)) as store:
        standings = load_material(store, Calendar(2026, day)).standings
    found = next(each for each in standings if each.unit.id == "U001" and each.row_id == ROW)
    assert (found.light, found.deadline) == (light, date(2026, 9, 15))
