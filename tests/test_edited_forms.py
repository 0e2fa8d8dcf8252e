"""Forms that people and programs have worked on: answers stay with their duties, what was edited is named."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from inbox import LEADERS, as_filled, codes, received, reports, small_year, stored, type_answer, with_part
from office import Office
from qingdan_xl.collecting.collect import Collection
from qingdan_xl.sheets.unit import DUTIES, LOG, MATRIX
from qingdan_xl.workspace.folder import Workspace
from returns import (
    COLLECTIVE,
    Desk,
    put,
    well_filled,
)


@pytest.fixture
def year(tmp_path: Path) -> Workspace:
    """A year folder in which three units were sent their workbooks."""
    return small_year(tmp_path)


def _edited(year: Workspace, edit: Callable[[Desk], object]) -> Collection:
    return received(year, well_filled(edit=edit))


def _sort_by_number(desk: Desk) -> None:
    page = desk.page(LEADERS)
    rows = [[cell.value for cell in cells] for cells in page.iter_rows(min_row=4, max_row=7)]
    for number, values in enumerate(reversed(rows), 4):
        for column, value in enumerate(values, 1):
            page.cell(number, column).value = value


def _insert_columns(desk: Desk) -> None:
    desk.page(LEADERS).insert_cols(3, 2)
    desk.page(LOG.title).insert_cols(1)
    desk.page(LOG.title)["A3"] = "自己的序号"


def _insert_rows(desk: Desk) -> None:
    desk.page(LEADERS).insert_rows(1, 2)
    desk.page(LEADERS).insert_rows(8)
    desk.page(LOG.title).insert_rows(4, 3)


def _rename_and_reorder(desk: Desk) -> None:
    desk.page(LEADERS).title = "甲"
    desk.page("主要负责人-张甲").title = LEADERS
    desk.page(LOG.title).title = "活动"
    desk.page(MATRIX.title).title = "矩阵"
    desk.book.move_sheet("活动", -4)
    desk.book.create_sheet("我的统计", 0).append(["序号", "状态", "备注"])


def _hide_and_filter(desk: Desk) -> None:
    page = desk.page(LEADERS)
    for number in (4, 6):
        page.row_dimensions[number].hidden = True
    page.column_dimensions["L"].hidden = True
    page.auto_filter.add_filter_column(10, ["推进中"])


def _rename_id_heading(desk: Desk) -> None:
    desk.page(LEADERS)["A3"] = "编码"


@pytest.mark.parametrize(
    "edit", [_sort_by_number, _insert_columns, _insert_rows, _rename_and_reorder, _hide_and_filter, _rename_id_heading]
)
def test_honest_edits_shift_nothing(year: Workspace, edit: Callable[[Desk], object]) -> None:
    """Sorting, inserting, hiding, renaming and reordering leave every answer with its duty, without a problem."""
    result = _edited(year, edit)

    assert codes(result) == []
    assert reports(year) == as_filled()
    assert len(stored(year, LOG)) == 2


def test_saved_by_libreoffice_is_read_the_same(year: Workspace, office: Office, tmp_path: Path) -> None:
    """Another program's own way of writing .xlsx changes nothing."""
    path = put(tmp_path, "青禾镇.xlsx", well_filled())
    saved = office.recalculate([path], tmp_path / "saved")[0]

    result = received(year, saved.read_bytes())

    assert codes(result) == []
    assert reports(year) == as_filled()
    assert [row["attendance"] for row in stored(year, LOG)] == [12, None]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("（重点）{}", "（开头加了“（重点）”）"),
        ("{}并存档", "（末尾加了“并存档”）"),
        ("{:.13}", "“召开1次专题会议”之后少了“，研究部署全面工作”"),
    ],
)
def test_text_only_added_or_taken_away_is_told_so(year: Workspace, text: str, said: str) -> None:
    """What was added in front or at the end, or left out, is called that."""
    edited = text.format(COLLECTIVE[0].text)

    result = _edited(year, lambda desk: type_answer(desk, "d001.01", "text", edited))

    assert codes(result) == ["text-edited"]
    assert said in result.problems[0].message


def test_edited_duty_text_is_reported_and_the_issued_text_kept(year: Workspace) -> None:
    """The answer stays with the duty, the issued text wins, and the difference is named."""
    result = _edited(year, lambda desk: type_answer(desk, "d001.01", "text", "每半年召开1次专题会议，研究部署全面工作"))

    assert codes(result) == ["text-edited"]
    assert "“季度至少”变成“半年”" in result.problems[0].message
    assert result.problems[0].origin.cell == "E4"
    assert {row["row_id"]: row["text"] for row in stored(year)}["d001.01"] == COLLECTIVE[0].text
    assert reports(year) == as_filled()


def test_a_deleted_row_id_is_recovered_by_exact_text(year: Workspace) -> None:
    """A row whose id is gone is told by its exact text and marked."""
    result = _edited(year, lambda desk: type_answer(desk, "d002.01", "row_id", None))

    assert codes(result) == ["row-id-missing"]
    assert result.problems[0].origin.cell == "A5"
    assert reports(year) == as_filled()


def _lose_id_and_text(desk: Desk) -> None:
    type_answer(desk, "d002.01", "text", "完全不同的文字")
    type_answer(desk, "d002.01", "row_id", None)


def test_a_row_without_id_and_text_is_not_guessed(year: Workspace) -> None:
    """A row that cannot be told is reported by its cell, and the duty as lost."""
    result = _edited(year, _lose_id_and_text)

    assert codes(result) == ["row-id-lost", "row-lost"]
    assert result.problems[0].origin.cell == "A5"
    assert "d002.01" not in reports(year)


def test_rows_that_were_pasted_in_are_told_together(year: Workspace) -> None:
    """Many rows of no duty, and many copies of some, are one problem each, naming all rows from the first on."""

    def paste(desk: Desk) -> None:
        page: Any = desk.page(LEADERS)
        column = next(cell.column for cell in page[3] if cell.value == DUTIES.column("text").heading)
        for row in (*range(12, 81), 95):
            page.cell(row, column).value = f"另一份清单的第{row}项"
        for row in range(100, 103):
            for cell in page[4 + row % 2]:
                page.cell(row, cell.column).value = cell.value

    told = {found.code: found for found in _edited(year, paste).problems}

    assert set(told) == {"row-id-lost", "row-id-twice"}
    assert told["row-id-lost"].what == ("第12–80、95行（共70行）的事项编号被删改，责任事项文字也对不上，没有读取")
    assert told["row-id-lost"].origin.row == 12
    assert told["row-id-twice"].what == "事项编号 d001.01、d002.01 出现了不止一次，第100–102行没有读取"
    assert reports(year) == as_filled()


def test_ids_left_behind_by_a_sort_do_not_shift_answers(year: Workspace) -> None:
    """Where hidden ids and visible texts part ways, the answers stay with the text they stand beside."""

    def swap_ids(desk: Desk) -> None:
        page = desk.page(LEADERS)
        page["A4"].value, page["A5"].value = page["A5"].value, page["A4"].value

    result = _edited(year, swap_ids)

    assert codes(result) == ["row-id-moved"]
    assert "第4–5行" in result.problems[0].what
    assert reports(year) == as_filled()


def test_a_doubled_row_is_read_once(year: Workspace) -> None:
    """A copied row is reported by its cell and not read."""

    def copy_row(desk: Desk) -> None:
        page: Any = desk.page(LEADERS)
        for cell in page[4]:
            page.cell(8, cell.column).value = cell.value
        page.cell(8, 13).value = "副本"

    result = _edited(year, copy_row)

    assert codes(result) == ["row-id-twice"]
    assert result.problems[0].origin.cell == "A8"
    assert reports(year) == as_filled()


def test_a_copied_sheet_is_not_read(year: Workspace) -> None:
    """Of a sheet and its copy the one with the issued name is read."""

    def copy_sheet(desk: Desk) -> None:
        page = desk.book.copy_worksheet(desk.page(LEADERS))
        page.title = "副本"
        page["R4"] = "副本里的话"
        desk.book.move_sheet("副本", -8)

    result = _edited(year, copy_sheet)

    assert codes(result) == ["sheet-copied"]
    assert reports(year) == as_filled()


def test_a_missing_sheet_is_named(year: Workspace) -> None:
    """A sheet that was deleted is named; the others are read."""
    result = _edited(year, lambda desk: desk.book.remove(desk.page(LEADERS)))

    assert codes(result) == ["missing-sheet"]
    assert result.problems[0].origin.sheet == LEADERS
    assert reports(year).keys() == {"d011.02", "d012.02", "d011.03", "d012.03"}


@pytest.mark.parametrize("suffix", ["xls", "ods"])
def test_other_formats_of_our_form_are_read_by_content(
    year: Workspace, office: Office, tmp_path: Path, suffix: str
) -> None:
    """An .xls or .ods of our form gives the same values, with a warning, whatever it is called."""
    path = put(tmp_path, "青禾镇.xlsx", well_filled())
    saved = office.save_as(suffix, path, tmp_path / "saved")

    result = received(year, saved.read_bytes(), "青禾镇.xlsx")

    assert codes(result) == ["other-format"]
    assert reports(year) == as_filled()
    assert [row["date"] for row in stored(year, LOG)] == [date(2026, 3, 1), date(2026, 5, 6)]


def test_macros_are_reported_and_left_alone(year: Workspace) -> None:
    """A form with a macro in it is read for its answers, and the macro is named."""
    result = received(year, with_part(well_filled(), "xl/vbaProject.bin", b"code"))

    assert codes(result) == ["foreign-parts"]
    assert reports(year) == as_filled()
