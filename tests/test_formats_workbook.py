"""Lists in workbooks and .csv files: one table a sheet, what a person sees in the cells."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from office import Office
from qingdan_xl.documents import master_workbook, parse
from qingdan_xl.documents.formats import read_source
from qingdan_xl.documents.source import Grid, Source
from test_formats_faults import codes
from word_samples import zipped


def book(fill: Callable[[Worksheet], None]) -> bytes:
    """A workbook whose one sheet 清单 was filled."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "清单"
    fill(sheet)
    buffer = BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def rows(source: Source) -> list[tuple[str, ...]]:
    """The rows of all tables."""
    return [row.cells for part in source.parts if isinstance(part, Grid) for row in part.rows]


def score_sheet(sheet: Worksheet) -> None:
    """A score sheet as people draw it: a title over all columns, two heading rows, groups, sums."""
    for cells in (
        ["2026年度工作考核表"],
        ["序号", "考核项目", "考核内容", "", "分值"],
        ["", "", "指标", "评分标准", ""],
        [1, "学习教育", "每季度学习1次", "少1次扣1分", 10],
        [2, "", "每年讲党课2次", "少1次扣2分", 10],
        ["小计", "", "", "", "=SUM(E4:E5)"],
    ):
        sheet.append(cells)
    for area in ("A1:E1", "A2:A3", "B2:B3", "C2:D2", "E2:E3", "B4:B5", "A6:D6"):
        sheet.merge_cells(area)


def test_merged_cells_are_filled() -> None:
    """Every cell of a merged area holds its text, across and down; rows without text are left out."""
    source = read_source("考核表.xlsx", book(score_sheet))

    assert rows(source) == [
        ("2026年度工作考核表",) * 5,
        ("序号", "考核项目", "考核内容", "考核内容", "分值"),
        ("序号", "考核项目", "指标", "评分标准", "分值"),
        ("1", "学习教育", "每季度学习1次", "少1次扣1分", "10"),
        ("2", "学习教育", "每年讲党课2次", "少1次扣2分", "10"),
        ("小计", "小计", "小计", "小计", ""),
    ]
    assert [note.message for note in source.notes] == ["文件里的没有结果的公式 1 处没有读入"]


def test_the_parser_reads_the_score_sheet() -> None:
    """Two rows are two duties with their points; headings, title and sums are none."""
    (checklist,) = parse("考核表.xlsx", book(score_sheet))

    assert checklist.title == "2026年度工作考核表"
    assert [(duty.number, str(duty.points)) for duty in checklist.duties] == [("1", "10"), ("2", "10")]


def test_cells_read_as_they_are_shown() -> None:
    """95% typed into a cell is the number 0.95 and reads 95%; a date reads as a date, a whole number without .0."""

    def fill(sheet: Worksheet) -> None:
        sheet.append([0.95, 0.125, 0.5, date(2026, 3, 31), 12.0, 0.95, True, "  甲\n乙 "])
        for cell, style in zip(sheet[1], ("0%", "0.0%", '"约"0%', "m月d日", "0", '0"%"', "General"), strict=False):
            cell.number_format = style

    found = rows(read_source("清单.xlsx", book(fill)))

    assert found == [("95%", "12.5%", "50%", "2026年3月31日", "12", "0.95", "是", "甲\n乙")]


def test_lines_are_rows_of_the_sheet() -> None:
    """A row's line is where a person finds it, though the table begins further down and further right."""

    def fill(sheet: Worksheet) -> None:
        sheet["C5"], sheet["D5"], sheet["C7"] = "序号", "事项", "1"

    (grid,) = read_source("清单.xlsx", book(fill)).parts

    assert isinstance(grid, Grid)
    assert [(row.line, row.cells) for row in grid.rows] == [(5, ("", "", "序号", "事项")), (7, ("", "", "1", ""))]


def test_each_sheet_is_a_table_and_hidden_ones_are_told() -> None:
    """Sheets come in order with their names; a hidden one is left out and told, an empty one is nothing."""
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for title, text in (("镇级", "甲"), ("空", None), ("下拉", "乙"), ("村级", "丙")):
        sheet = made.create_sheet(title)
        sheet["A1"] = text
        sheet.sheet_state = "hidden" if title == "下拉" else "visible"
    buffer = BytesIO()
    made.save(buffer)

    source = read_source("清单.xlsx", buffer.getvalue())

    assert [(part.name, part.rows[0].cells) for part in source.parts if isinstance(part, Grid)] == [
        ("镇级", ("甲",)),
        ("村级", ("丙",)),
    ]
    assert [note.message for note in source.notes] == ["文件里的隐藏的工作表 1 处没有读入"]


def test_error_cells_are_shown() -> None:
    """#REF! is not read as an empty cell."""
    assert rows(read_source("清单.xlsx", book(lambda sheet: sheet.append(["甲", "#REF!"])))) == [("甲", "#REF!")]


def test_a_far_cell_is_named() -> None:
    """A filled cell in a far corner, which would need all memory there is, is refused by name."""

    def fill(sheet: Worksheet) -> None:
        sheet["A1"], sheet["XFD1048576"] = "甲", "乙"

    assert codes("清单.xlsx", book(fill)) == ["far-cell"]


def test_a_workbook_without_text_has_none() -> None:
    """An empty workbook is no document."""
    assert codes("清单.xlsx", book(lambda _sheet: None)) == ["no-text"]


def test_a_workbook_of_other_parts_is_damaged() -> None:
    """A zip that says it is a workbook and holds none is damaged."""
    assert codes("清单.xlsx", zipped({"xl/workbook.xml": b"<workbook/>"})) == ["damaged"]


def test_our_own_workbooks_are_recognised() -> None:
    """A 母表 is no list to parse: it is named, and what to do with it."""
    (checklist,) = parse("清单.txt", "2026年责任清单\n1.每月巡河1次。\n".encode())

    assert codes("母表.xlsx", master_workbook(checklist)) == ["own-workbook"]


def test_other_workbook_formats(office: Office, tmp_path: Path) -> None:
    """An .xls (or .et, which is one) gives the same table; of an .ods merged cells are not known."""
    path = tmp_path / "考核表.xlsx"
    path.write_bytes(book(score_sheet))

    old = rows(read_source("考核表.et", office.save_as("xls", path, tmp_path).read_bytes()))
    opened = rows(read_source("考核表.ods", office.save_as("ods", path, tmp_path).read_bytes()))

    assert old[:5] == rows(read_source("考核表.xlsx", path.read_bytes()))[:5]
    assert opened[3] == ("1", "学习教育", "每季度学习1次", "少1次扣1分", "10")


@pytest.mark.parametrize("sign", [",", "\t", ";", "|", "，"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_csv(sign: str, encoding: str) -> None:
    """A .csv is read in the encodings of Excel, whatever sign parts its cells; quoted cells may hold that sign."""
    table = (("序号", "事项", "时限"), ("1", f'"抓学习{sign} 抓会议。"', "3月"), ("2", "“甲”", ""))
    text = "\r\n".join(sign.join(cells) for cells in table)

    found = rows(read_source("清单.csv", text.encode(encoding)))

    assert found == [("序号", "事项", "时限"), ("1", f"抓学习{sign} 抓会议。", "3月"), ("2", "“甲”", "")]


def test_lines_of_a_csv() -> None:
    """A row's line is where it begins in the file, though a cell before it holds line ends."""
    (grid,) = read_source("清单.csv", '序号,事项\n1,"抓学习\n抓会议"\n\n2,抓检查\n'.encode()).parts

    assert isinstance(grid, Grid)
    assert [(row.line, row.cells) for row in grid.rows] == [
        (1, ("序号", "事项")),
        (2, ("1", "抓学习\n抓会议")),
        (5, ("2", "抓检查")),
    ]
