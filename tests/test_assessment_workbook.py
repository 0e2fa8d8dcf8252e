"""考核.xlsx: what stands in it, that it is sound, and that its formulas say what Python says."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openxml_audit import OpenXmlValidator

from assessment_samples import UNIT, decided, receipts, scheme, standings
from office import Office
from qingdan_xl.assessment.result import Assessment, assess
from qingdan_xl.assessment.rules import Adjustment
from qingdan_xl.assessment.workbook import assessment_workbook
from qingdan_xl.sheets.assessment import ASSESSMENT, SUMMARY, TRAIL
from qingdan_xl.sheets.declaration import Sheet
from qingdan_xl.sheets.scheme import Effect
from qingdan_xl.sheets.writing import FIRST_ROW

WORDS = ("已完成", "已完成", "已完成@重点", "推进中", "长期坚持", "未启动", "不适用", "-", "无")
TYPED = ("+2", "-1.25", "+3.3333", "-0.0001", "")
RETURNS = ("按时", "迟", "退1 按时", "退7 迟")
AS_OF = date(2026, 12, 31)


def random_word(random: Random) -> str:
    """A status, or a demand met in some of its periods."""
    if random.random() < 0.6:
        return random.choice(WORDS)
    windows = random.choice((1, 2, 3, 4, 6, 7, 12, 52))
    return f"{random.randint(0, windows)}/{windows}"


def random_year(count: int, settings: str = "@重点=1.7", seed: int = 7) -> Assessment:
    """So many units in three groups with whatever people may fill in; one in fifteen returned nothing."""
    random = Random(seed)  # noqa: S311 - the same year on every run
    units = [replace(UNIT, id=f"U{n:03d}", name=f"第{n}镇", group=f"{n % 3}组") for n in range(1, count + 1)]
    duties, back, made = [], [], scheme(settings)
    for number, unit in enumerate(units, 1):
        words = " ".join(random_word(random) for _ in range(random.randint(1, 60)))
        duties += standings("未交回" if number % 15 == 0 else words, unit)
        back += receipts(random.choice(RETURNS), unit)
        typed = random.choice(TYPED)
        if typed:
            item = Adjustment(unit.name, Decimal(typed), "县级通报", "文件")
            made = replace(made, adjustments=(*made.adjustments, item))
    made = replace(made, decisions=decided(made, 第1镇=Effect.LOWEST, 第2镇=Effect.BARRED).decisions)
    return assess(units, duties, back, made)


def opened(assessment: Assessment, *, values: bool) -> Workbook:
    """The workbook as written: its formulas, or the values that stand beside them."""
    data = BytesIO(assessment_workbook(assessment, "2026年度责任清单", AS_OF))
    return openpyxl.load_workbook(data, data_only=values)


def place(book: Workbook, key: str, sheet: Sheet = SUMMARY) -> int:
    """The index of a column, found by its heading: those that nothing fills are left out."""
    headings = [cell.value for cell in book[sheet.title][FIRST_ROW]]
    return headings.index(sheet.column(key).heading)


def column(book: Workbook, key: str, sheet: Sheet = SUMMARY) -> list[Any]:
    """A column of a sheet, 总表 if none is named."""
    index = place(book, key, sheet)
    return [row[index] for row in book[sheet.title].iter_rows(min_row=FIRST_ROW + 1, values_only=True)]


def scores(assessment: Assessment) -> list[float | None]:
    """What Python says."""
    points = [item.score.points for item in assessment.results]
    return [None if value is None else float(value) for value in points]


@pytest.mark.parametrize("settings", ["", "places=0", "places=4 full_mark=1000 missing=计0分"])
def test_cached_values_are_the_scores(settings: str) -> None:
    """A reader that does not calculate sees the Decimals, and nothing where there is no score."""
    found = random_year(20, settings)

    assert column(opened(found, values=True), "score") == scores(found)


def test_totals_are_live() -> None:
    """Sums, score and check are formulas over 得分明细; ranks and grades are values."""
    book = opened(random_year(3, ""), values=False)
    first = dict(zip(SUMMARY.keys, next(book[SUMMARY.title].iter_rows(min_row=4, values_only=True)), strict=True))

    assert all(str(first[key]).startswith("=ROUND(SUMIFS(得分明细!") for key in ("full", "base", "bonus", "deduction"))
    assert first["score"] == "=ROUND(ROUND(MAX(0,SUM(F4:H4)),6),2)"
    assert str(first["check"]).startswith("=IF(ROUND(SUMIFS(得分明细!")
    assert first["rank"] == 1


def half_points(count: int) -> Assessment:
    """Units whose exact totals end in half of the last digit kept: 99.995, 99.985 and so on."""
    units = [replace(UNIT, id=f"U{n}", name=f"第{n}镇") for n in range(count)]
    typed = tuple(Adjustment(unit.name, Decimal("-0.005") * (2 * n + 1), "零头") for n, unit in enumerate(units))
    duties = [row for unit in units for row in standings("已完成 已完成 已完成", unit)]
    return assess(units, duties, [], replace(scheme(), adjustments=typed))


def test_recalculated_totals_equal_python(office: Office, tmp_path: Path) -> None:
    """LibreOffice calculates every total as Python does, to the last digit: 200 random units, other places, halves."""
    years = {
        "二位": random_year(200),
        "四位": random_year(50, "places=4 not_applicable=按满分", 2),
        "整数": random_year(50, "places=0 full_mark=1000", 3),
        "半分": half_points(150),
    }
    paths = [tmp_path / f"{name}.xlsx" for name in years]
    for path, found in zip(paths, years.values(), strict=True):
        path.write_bytes(assessment_workbook(found, path.stem, AS_OF))

    for path, found in zip(office.recalculate(paths, tmp_path / "out"), years.values(), strict=True):
        book = openpyxl.load_workbook(path, data_only=True)
        assert column(book, "score") == scores(found)
        assert set(column(book, "check")) <= {"相符", None}
        assert {value for value in column(book, "full") if value is not None} == {float(found.scheme.full_mark)}


def test_changed_input_changes_the_total(office: Office, tmp_path: Path) -> None:
    """A point typed over in 得分明细 moves the total as Python would, and the check tells that the lines differ."""
    found = assess([UNIT], standings("已完成 推进中"), [], scheme())
    path = tmp_path / "改动.xlsx"
    book = opened(found, values=False)
    points = TRAIL.keys.index("points") + 1
    assert book[TRAIL.title].cell(FIRST_ROW + 2, points).value == 25
    book[TRAIL.title].cell(FIRST_ROW + 2, points).value = 12.345
    book.save(path)

    changed = openpyxl.load_workbook(office.recalculate([path], tmp_path / "out")[0], data_only=True)

    assert column(changed, "score") == [62.35]
    assert column(changed, "check") == ["不符"]


def test_workbook_is_sound(tmp_path: Path) -> None:
    """The workbook passes the validator, holds the declared sheets in order, and no cell of an error."""
    path = tmp_path / "考核.xlsx"
    path.write_bytes(assessment_workbook(random_year(30), "2026年度责任清单", AS_OF))

    found = OpenXmlValidator().validate(path)

    assert found.is_valid, found.errors
    book = openpyxl.load_workbook(path, data_only=True)
    assert book.sheetnames == [sheet.title for sheet in ASSESSMENT]
    cells = [cell for page in book for row in page.iter_rows(values_only=True) for cell in row]
    assert not [cell for cell in cells if isinstance(cell, str) and cell.startswith("#")]


def test_every_column_is_filled_somewhere() -> None:
    """No declared column stays empty in a year in which everything occurs."""
    made = decided(scheme("@重点=2", "+2"), 青禾镇=Effect.BARRED)
    found = assess(
        [UNIT, replace(UNIT, id="U002", name="柳湾镇")],
        standings("已完成@重点 3/4 不适用 -"),
        receipts("迟"),
        replace(made, adjustments=(replace(made.adjustments[0], evidence="通报", origin=standings("-")[0].origin),)),
    )

    book = opened(found, values=True)

    for sheet in ASSESSMENT:
        rows = list(book[sheet.title].iter_rows(min_row=FIRST_ROW + 1, values_only=True))
        empty = [key for index, key in enumerate(sheet.keys) if all(row[index] in (None, "") for row in rows)]
        assert empty == [], sheet.title


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


def test_odd_names_do_not_disturb_the_sums(office: Office, tmp_path: Path) -> None:
    """A unit's name that Excel would take for a pattern, a formula or a number takes no points from another."""
    names = ("青禾镇", "=1+1", "*", "<5", "1", "001", "镇&县", "?禾镇")
    units = [replace(UNIT, id=name, name=name) for name in names]
    duties = [row for n, unit in enumerate(units) for row in standings(f"{n}/8", unit)]
    path = tmp_path / "考核.xlsx"
    path.write_bytes(assessment_workbook(assess(units, duties, [], scheme()), "2026年度", AS_OF))

    book = openpyxl.load_workbook(office.recalculate([path], tmp_path / "out")[0], data_only=True)

    assert column(book, "unit") == list(names)
    assert column(book, "score") == [0, 12.5, 25, 37.5, 50, 62.5, 75, 87.5]
