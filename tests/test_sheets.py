"""Declared sheets: written and read back, whatever people do to headings and columns."""

import zipfile
from datetime import date
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest

from qingdan_xl.sheets import checklist, roster, unit
from qingdan_xl.sheets.choices import CATEGORIES, categorise
from qingdan_xl.sheets.declaration import Column, Sheet, Type
from qingdan_xl.sheets.reading import find_columns, load_grids, read_table
from qingdan_xl.sheets.writing import Book, Cell, Formula, clean, text_height

SHEET = Sheet(
    "test",
    "测试",
    "测试用表",
    (
        Column("name", "名称", width=20, editable=True, required=True),
        Column("day", "日期", Type.DATE, aliases=("时间",), editable=True),
        Column("count", "次数", Type.COUNT, editable=True),
        Column("points", "分值", Type.POINTS, editable=True),
        Column("kind", "类别", Type.CHOICE, choices="kind", editable=True),
    ),
)
ROW: dict[str, Cell] = {"name": "张甲", "day": date(2026, 3, 1), "count": 4, "points": Decimal("1.5"), "kind": "会议"}


def written(*rows: dict[str, Cell]) -> bytes:
    """A workbook that holds SHEET with these rows."""
    book = Book({"kind": ("会议", "学习")})
    book.add(SHEET, rows)
    return book.to_bytes()


def test_rows_come_back_as_written() -> None:
    """Text, dates, counts, points and choices are read as the values that were written, with their cells."""
    table = read_table(SHEET, load_grids(written(ROW), "f.xlsx"), "f.xlsx", 2026)

    assert table.problems == ()
    assert [{key: row.value(key) for key in SHEET.keys} for row in table.rows] == [ROW]
    assert table.rows[0].origin("count").cell == "C4"


def test_moved_and_renamed_columns_are_found() -> None:
    """An inserted column, a heading's alias and a row above the headings shift nothing."""
    book = openpyxl.load_workbook(BytesIO(written(ROW)))
    page = book["测试"]
    page.insert_cols(1)
    page.insert_rows(1)
    page["C4"] = "时 间"
    buffer = BytesIO()
    book.save(buffer)

    table = read_table(SHEET, load_grids(buffer.getvalue(), "f.xlsx"), "f.xlsx", 2026)

    assert [{key: row.value(key) for key in SHEET.keys} for row in table.rows] == [ROW]
    assert table.rows[0].origin("count").cell == "D5"


def test_headings_are_compared_as_people_read_them() -> None:
    """Full-width brackets and white space make no other heading, on the page or in the declaration."""
    sheet = Sheet("x", "表", "", (Column("share", "比例（％）"), Column("day", "完成 日期", aliases=("办结（日）",))))

    assert find_columns(sheet, [["比例(%)", "完成日期"]]) == (0, {"share": 0, "day": 1})
    assert find_columns(sheet, [["办结(日)", "比例（％）"]]) == (0, {"day": 0, "share": 1})


def test_missing_sheet_heading_and_value_are_named() -> None:
    """What a sheet lacks is told with its code and place."""
    book = openpyxl.load_workbook(BytesIO(written({**ROW, "name": None}, ROW)))
    buffer = BytesIO()
    book.save(buffer)
    grids = load_grids(buffer.getvalue(), "f.xlsx")

    assert [p.code for p in read_table(SHEET, {}, "f.xlsx", 2026).problems] == ["missing-sheet"]
    assert [(p.code, p.origin.cell) for p in read_table(SHEET, grids, "f.xlsx", 2026).problems] == [
        ("needs-value", "A4")
    ]
    headless = {"测试": [row for index, row in enumerate(grids["测试"]) if index != 2]}
    assert [p.code for p in read_table(SHEET, headless, "f.xlsx", 2026).problems] == ["missing-heading"]


def test_text_never_becomes_a_formula_or_a_link() -> None:
    """What people type is a string cell, whatever it looks like."""
    texts = ["=1+1", "=cmd|'/c calc'!A1", "http://example.invalid", "+1", "@SUM(A1)", "{=1}"]

    rows: list[dict[str, Cell]] = [{"name": text} for text in texts]
    book = openpyxl.load_workbook(BytesIO(written(*rows)))

    assert [(cell.value, cell.data_type, cell.hyperlink) for cell in book["测试"]["A"][3:9]] == [
        (text, "s", None) for text in texts
    ]


def test_control_and_bidi_characters_are_cleaned() -> None:
    """Characters that Excel cannot hold or that turn text around are left out of what we write."""
    assert clean("甲\x00乙\u202e丙\u200b丁\ufeff") == "甲乙丙丁"
    assert len(clean("长" * 40000)) == 32767


@pytest.mark.parametrize(
    ("text", "width", "lines"), [("", 10, 1), ("甲" * 10, 22.5, 1), ("甲" * 11, 22.5, 2), ("a\nb", 10, 2)]
)
def test_height_follows_the_text(text: str, width: float, lines: int) -> None:
    """A row is as high as its text needs: a Chinese character takes two places."""
    assert text_height(text, width) == lines * 16 + 6


def test_formulas_carry_their_value() -> None:
    """Readers that do not calculate see the value a formula has now."""
    book = Book()
    book.add(SHEET, [{"count": Formula("=SUM(1,2)", 3)}])

    assert openpyxl.load_workbook(BytesIO(book.to_bytes()), data_only=True)["测试"]["C4"].value == 3


@pytest.mark.parametrize(("width", "paper"), [(30, 9), (100, 8)])
def test_what_is_too_wide_for_a4_goes_on_a3(width: int, paper: int) -> None:
    """Below 7 points nobody reads a list: it is printed on A3 then, and on A4 as long as that will do."""
    wide = Sheet("wide", "宽表", "测试用表", tuple(Column(f"c{n}", f"列{n}", width=width) for n in range(3)))
    book = Book()
    book.add(wide, [{"c0": "张甲"}])

    page = openpyxl.load_workbook(BytesIO(book.to_bytes()))["宽表"]

    assert page.page_setup.paperSize == paper


def test_a_long_name_does_not_run_into_the_page_number() -> None:
    """Below a page the name stands on the left and the number on the right, nothing in the middle."""
    book = Book()
    book.print_setup(book.add(SHEET, [ROW]), "云溪县城乡建设投资发展集团有限责任公司 廉政风险防控台账")

    footer = openpyxl.load_workbook(BytesIO(book.to_bytes()))[SHEET.title].oddFooter

    assert footer is not None
    assert footer.left.text == "云溪县城乡建设投资发展集团有限责任公司 廉政风险防控台账"
    assert (footer.center.text, footer.right.text) == (None, "第 &P 页 / 共 &N 页")


def test_same_rows_same_bytes() -> None:
    """Writing the same rows twice gives the same file."""
    first, second = (zipfile.ZipFile(BytesIO(written(ROW))) for _ in range(2))

    assert {name: first.read(name) for name in first.namelist()} == {
        name: second.read(name) for name in second.namelist()
    }


@pytest.mark.parametrize(
    "sheet",
    [*checklist.MASTER, *roster.ROSTER, *unit.UNIT_SHEETS, unit.ASSIGNMENTS],
    ids=lambda sheet: sheet.title,
)
def test_declarations_hold_together(sheet: Sheet) -> None:
    """Keys and headings of a sheet are its own, aliases name one column only, and titles fit a tab."""
    names = [name for column in sheet for name in (column.heading, *column.aliases)]

    assert len(set(sheet.keys)) == len(sheet.keys)
    assert len(set(names)) == len(names)
    assert len(sheet.title) <= 31


@pytest.mark.parametrize(
    ("activity", "category"),
    [
        ("讲廉政党课", "党课"),
        ("开展警示教育大会", "警示教育"),
        ("开展谈心谈话", "谈话"),
        ("听取工作汇报", "报告"),
        ("召开专题会议研究工作", "会议"),
        ("理论学习中心组学习", "学习"),
        ("种植树木", ""),
    ],
)
def test_categories_by_their_words(activity: str, category: str) -> None:
    """An activity falls into the first category one of whose words it holds."""
    assert categorise(activity, CATEGORIES) == category
