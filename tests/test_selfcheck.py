"""一键检查: the macro in a unit's workbook finds what `check` finds, in the same cells, and touches nothing else."""

import os
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from desk import Desk
from issuing_samples import UNITS
from qingdan_xl.issuing.plan import plan_unit
from qingdan_xl.issuing.selfcheck import KNOWN
from qingdan_xl.issuing.workbook import unit_workbook
from qingdan_xl.model import Roster
from qingdan_xl.sheets.selfcheck import CHECK_TITLE, FINDINGS
from qingdan_xl.sheets.unit import COVER_TITLE, DUTIES, ISSUES, LOG
from qingdan_xl.sheets.writing import FIRST_ROW
from selfcheck_samples import (
    CHECKED,
    batch_with_own,
    both,
    checked,
    edit_by_chance,
    edited,
    fill_soundly,
    fill_with_faults,
    issued,
    plan,
    pressed,
    written,
)
from selfcheck_samples import put as type_into

ROUNDS = 200 if os.environ.get("QINGDAN_SOAK") else 12
WHOLE = {"missing-sheet", "missing-heading", "heading-twice", "nothing-filled", "row-lost"}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A LibreOffice for all the workbooks of this file."""
    with Desk(tmp_path_factory.mktemp("desk") / "profile") as found:
        yield found


def put(folder: Path, data: bytes) -> Path:
    """A workbook in a file."""
    path = folder / "表.xlsm"
    path.write_bytes(data)
    return path


def test_every_fault_is_found_where_check_finds_it(desk: Desk, tmp_path: Path) -> None:
    """A workbook with each of the mistakes that stand in one cell: the same codes in the same cells."""
    path = put(tmp_path, edited(fill_with_faults))
    found = pressed(desk, path)

    assert found == checked(path)
    assert {code for code, _, _ in found} == set(KNOWN) - WHOLE


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_whatever_is_typed_is_judged_alike(desk: Desk, tmp_path: Path, seed: int) -> None:
    """Values by chance in all sheets; the formulas of the workbook count no day that is typed as a text."""
    path = put(tmp_path, edited(lambda book: edit_by_chance(book, seed)))
    macro, python = both(desk, path)

    assert macro == python
    assert len(python) > 5


def test_a_sound_workbook_is_told_to_be_sound(desk: Desk, tmp_path: Path) -> None:
    """Nothing is listed, and the line at the top says so with the time."""
    desk.ask("open", str(put(tmp_path, edited(fill_soundly))))
    outcome = desk.ask("call", "QdCheck.Checked", 46280.0)
    found, line = written(desk), desk.ask("read", FINDINGS.title, "D1")[0]
    desk.ask("close")

    assert (outcome, found) == ("ok", set())
    assert line.endswith(" 检查：没有发现问题")


def test_a_workbook_as_it_was_issued_is_told_as_such(desk: Desk, tmp_path: Path) -> None:
    """Nothing filled, and the statuses missing once a sheet."""
    path = put(tmp_path, edited(lambda _book: None))
    found = pressed(desk, path)

    assert found == checked(path)
    assert ("nothing-filled", "", "") in found


def disarrange(book: Any) -> None:
    """Staff unprotect sheets: a column of their own, headings that are gone, called otherwise, or there twice."""
    fill_with_faults(book)
    page = book[LOG.title]
    page.insert_cols(2)
    page["B3"] = "备注"
    page["C3"] = " 活 动\n类别 "
    page["J3"] = "主题"
    page["F3"] = "主持"
    book[plan().sheets[0].title]["K3"] = "办结时限"


def test_columns_are_found_by_their_headings(desk: Desk, tmp_path: Path) -> None:
    """As `check` finds them: by name or alias, wherever they stand; one that is gone or doubled is told."""
    path = put(tmp_path, edited(disarrange))
    macro, python = both(desk, path)

    assert macro == python
    assert {"missing-heading", "heading-twice"} <= {code for code, _, _ in macro}


def head_with_an_error(book: Any) -> None:
    """Somebody's own columns beside ours: a sum that is an error, and a remark longer than a heading."""
    fill_with_faults(book)
    book[LOG.title]["P3"], book[LOG.title]["Q3"] = "=1/0", "小计" * 40


def test_headings_that_are_none_are_passed_over(desk: Desk, tmp_path: Path) -> None:
    """What stands beside our headings may be an error, which VBA cannot measure, or too long for one."""
    path = put(tmp_path, edited(head_with_an_error))
    macro, python = both(desk, path)

    assert macro == python


def fill_far_away(book: Any) -> None:
    """A blank typed in the last row of one sheet, something in the last column of another."""
    fill_with_faults(book)
    book[LOG.title]["P1048576"] = " "
    book[ISSUES.title]["XFD9"] = "远"


def test_the_last_row_and_column_of_a_sheet_may_be_used(desk: Desk, tmp_path: Path) -> None:
    """No cell beyond the sheet is asked for, and what stands nearer is checked as before."""
    near = pressed(desk, put(tmp_path, edited(fill_with_faults)))

    assert pressed(desk, put(tmp_path, edited(fill_far_away))) == near


def take_out_the_log(book: Any) -> None:
    """Staff unlock the workbook and delete a sheet."""
    fill_with_faults(book)
    book.remove(book[LOG.title])


def test_a_sheet_that_is_gone_is_told(desk: Desk, tmp_path: Path) -> None:
    """The others are checked all the same."""
    path = put(tmp_path, edited(take_out_the_log))
    macro, python = both(desk, path)

    assert macro == python
    assert ("missing-sheet", LOG.title, "") in macro


def take_rows_out(book: Any) -> None:
    """Staff unlock two sheets: a duty is deleted in one, a row of their own is put below the duties of the other."""
    fill_soundly(book)
    branch, head, _ = plan().sheets
    book[branch.title].delete_rows(FIRST_ROW + 2)
    type_into(book, DUTIES, FIRST_ROW + 1 + len(head.rows), head.title, report="另外做的事")


def test_rows_that_are_gone_or_added_are_told(desk: Desk, tmp_path: Path) -> None:
    """A duty whose row was deleted, and a row that belongs to no duty."""
    path = put(tmp_path, edited(take_rows_out))
    macro, python = both(desk, path)

    assert macro == python
    assert {"row-lost", "row-id-lost"} <= {code for code, _, _ in macro}


def rename_sheets(book: Any) -> None:
    """Staff call a duty sheet and the log otherwise."""
    fill_with_faults(book)
    book[plan().sheets[1].title].title = "班子成员"
    book[LOG.title].title = "工作纪实（新）"


def test_sheets_called_otherwise_are_found(desk: Desk, tmp_path: Path) -> None:
    """By their headings, and a duty sheet by its ids."""
    path = put(tmp_path, edited(rename_sheets))
    macro, python = both(desk, path)

    assert macro == python
    assert "工作纪实（新）" in {sheet for _, sheet, _ in macro}


def type_a_day_as_a_number(book: Any) -> None:
    """20260305 in a cell that has the look of days."""
    fill_soundly(book)
    book[LOG.title]["A4"].value = 20260305


def test_a_number_that_is_meant_for_a_day_is_told(desk: Desk, tmp_path: Path) -> None:
    """It is read as that day, and told to count in no formula."""
    path = put(tmp_path, edited(type_a_day_as_a_number))

    assert pressed(desk, path) == checked(path) == {("date-as-text", LOG.title, "A4")}


def take_out_the_results(book: Any) -> None:
    """Staff delete the sheet of results."""
    book.remove(book[FINDINGS.title])


def take_out_the_tables(book: Any) -> None:
    """Some program dropped the hidden sheet of the macro, and its names."""
    book.remove(book[CHECK_TITLE])


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (
            take_out_the_results,
            "检查没有做完：找不到“检查结果”工作表。请换用下发时的填报表；仍不行的，直接交表，收表时会核对。",
        ),
        (take_out_the_tables, "这个填报表不完整，请用下发时的文件。"),
    ],
)
def test_what_keeps_it_from_checking_is_told_in_chinese(desk: Desk, tmp_path: Path, edit: Any, told: str) -> None:
    """A word and no debugger, where a sheet is gone that it cannot do without."""
    desk.ask("open", str(put(tmp_path, edited(edit))))
    found = desk.ask("call", "QdCheck.Checked", 46280.0)
    pressed_too = desk.ask("call", "QdCheck.CheckWorkbook")
    desk.ask("close")

    assert (found, str(pressed_too).startswith("not called")) == (told, False)


@pytest.mark.parametrize(("name", "form"), [("存.xlsm", "Calc MS Excel 2007 VBA XML"), ("存.ods", "calc8")])
def test_it_outlives_being_saved_in_libreoffice(desk: Desk, tmp_path: Path, name: str, form: str) -> None:
    """LibreOffice 7.4 writes no code names into .xlsm and loses the button there: the macro finds what it found."""
    path, saved = put(tmp_path, edited(fill_with_faults)), tmp_path / name
    before = pressed(desk, path)
    desk.ask("open", str(path))
    desk.ask("save", str(saved), form)
    desk.ask("close")

    assert pressed(desk, saved) == before


def test_a_unit_without_people_is_checked(desk: Desk, tmp_path: Path) -> None:
    """There are no names to compare with, and no columns in the matrix."""
    batch = replace(batch_with_own(), roster=Roster(UNITS, ()))
    book = load_workbook(BytesIO(unit_workbook(plan_unit(batch, UNITS[0]), CHECKED)), keep_vba=True)
    book[LOG.title]["A4"], book[LOG.title]["E4"] = "没有日期", "张甲、李乙"
    buffer = BytesIO()
    book.save(buffer)
    found = pressed(desk, put(tmp_path, buffer.getvalue()))

    assert {("bad-cell", LOG.title, "A4"), ("two-hosts", LOG.title, "E4")} <= found
    assert "unknown-person" not in {code for code, _, _ in found}


def test_nothing_but_the_results_is_touched(desk: Desk, tmp_path: Path) -> None:
    """Every other sheet holds what it held, stays locked and stays where it was; pressing twice gives the same."""
    desk.ask("open", str(put(tmp_path, edited(fill_with_faults))))
    titles = [title for title in desk.ask("titles") if title != FINDINGS.title]
    before = [desk.ask("formulas", title, 0, 0, 40, 25) for title in titles]
    front = desk.ask("front")
    desk.ask("call", "QdCheck.Checked", 46280.0)
    first = written(desk)
    desk.ask("call", "QdCheck.Checked", 46280.0)
    after = [desk.ask("formulas", title, 0, 0, 40, 25) for title in titles]
    locked = [desk.ask("type_in", title, 0, 0, [["改"]]) for title in (*titles, FINDINGS.title)]
    again = written(desk)
    still = desk.ask("front")
    desk.ask("close")

    assert after == before
    assert (again, still) == (first, front)
    assert all(locked)


def test_the_button_runs_the_macro_and_shows_the_results(desk: Desk, tmp_path: Path) -> None:
    """One button on the first sheet; what it runs brings the results to the front, each with a link to its cell."""
    desk.ask("open", str(put(tmp_path, issued())))
    (caption, macro), *others = desk.ask("buttons", COVER_TITLE)
    desk.ask("call", macro.partition("VBAProject.")[2].partition("?")[0])
    front, links = desk.ask("front"), desk.ask("formulas", FINDINGS.title, 3, 2, 3, 2)
    desk.ask("close")

    assert (caption, others) == ("一键检查", [])
    assert front == FINDINGS.title
    assert links[0][0].startswith("=HYPERLINK(\"#'党支部'!L4\"")
