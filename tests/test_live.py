"""Frames into a book that is open and what was typed out of it: xlwings' own object model over LibreOffice."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, get_type_hints

import pandas as pd
import pytest
import xlwings as xw
from xlsxwriter import Workbook
from xlwings.conversion import accessors

from conftest import needed
from desk import Desk, uno_python
from qingdan_xl import live
from qingdan_xl.collecting.collect import check, collect
from qingdan_xl.collecting.intake import Reading
from qingdan_xl.problems import UnusableError
from qingdan_xl.sheets.summary import BY_UNIT
from qingdan_xl.summary.frames import frames
from qingdan_xl.verbs.summarize import gather
from qingdan_xl.workspace.folder import Workspace
from returns import YEAR, make_batch, opened, plan_of, put, send_out, well_filled
from xlwings_desk import App, LockedError, at_desk, open_book

AS_OF = date(YEAR, 6, 30)
LIVE_UNITS = live.LIVE.format(BY_UNIT.title)


@pytest.fixture(scope="session")
def excel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """What stands in Excel's place."""
    needed(uno_python(), "python3-uno")
    with Desk(tmp_path_factory.mktemp("live") / "profile") as desk:
        yield at_desk(desk)


@pytest.fixture
def year(tmp_path: Path) -> Workspace:
    """A year in which the first unit has returned; the second one's file lies in 收件/."""
    workspace = Workspace.create(tmp_path / "年度", YEAR)
    send_out(workspace, make_batch())
    put(workspace.inbox, "a.xlsx", well_filled("U001"))
    collect(workspace, reading=Reading(as_of=AS_OF), received=datetime(YEAR, 6, 30))  # noqa: DTZ001 - office hours
    put(workspace.inbox, "b.xlsx", well_filled("U002"))
    return workspace


def console(folder: Path, *, names: Path, protect: bool = False) -> Path:
    """A book somewhere else whose cell Qd_Folder names the year folder; its sheet 看 counts what stands in it."""
    path = folder / "看.xlsx"
    with Workbook(path) as book:
        sheet = book.add_worksheet("看")
        sheet.write_string("A1", str(names))
        sheet.write_formula("A2", f"=COUNTIF('{LIVE_UNITS}'!A:Z,\"青禾镇\")")
        book.define_name("Qd_Folder", "=看!$A$1")
        shown = book.add_worksheet(LIVE_UNITS)
        shown.write_string("A1", "旧的")
        shown.write_string("A999", "更旧的")
        if protect:
            shown.protect()
    return path


@pytest.fixture
def book(excel: App, tmp_path: Path, year: Workspace) -> Iterator[xw.Book]:
    """The console, open."""
    found = open_book(excel, console(tmp_path, names=year.root))
    yield found
    found.close()


def test_refresh_shows_the_frames_of_the_summary(book: xw.Book, year: Workspace) -> None:
    """What stands in the open book is what 汇总.xlsx would say, old rows are gone, and formulas there count it."""
    shown = live.refresh(book, AS_OF)

    expected = frames(gather(year, AS_OF))[BY_UNIT.key]
    sheet = book.sheets[LIVE_UNITS]
    read = sheet.used_range.options(pd.DataFrame, index=False).value
    assert read["单位"].tolist() == expected["unit"].tolist()
    assert read["交回情况"].tolist() == expected["state"].tolist()
    assert read["责任事项数"].tolist() == expected["issued"].tolist()
    assert list(shown) == [live.LIVE.format(word) for word in ("按单位", "逾期与预警", "未报送", "数据问题")]
    assert sheet.range("A999").value is None
    assert book.sheets["看"].range("A2").value == sum(expected["unit"] == "青禾镇")


def test_texts_of_units_stay_texts(book: xw.Book) -> None:
    """Nothing that somebody typed becomes a formula, a number or a date in the open book."""
    texts = ["=1+1", "+8", "-3", "@x", "007", "2026-1-2", "'x"]

    sheet = live.show(book, "实时_试", pd.DataFrame({"话": texts, "数": range(7)}))

    assert sheet.range("A2:A8").value == texts
    assert sheet.range("A2").formula in {"=1+1", "'=1+1"}
    assert sheet.range("B8").value == 6


def test_a_locked_sheet_stays_locked(excel: App, tmp_path: Path, year: Workspace) -> None:
    """Where the coordinator locked the sheet nothing is written, and the caller learns it."""
    book = open_book(excel, console(tmp_path, names=year.root, protect=True))
    try:
        with pytest.raises(LockedError):
            live.refresh(book, AS_OF)

        assert book.sheets[LIVE_UNITS].range("A1").value == "旧的"
    finally:
        book.close()


def faulty() -> bytes:
    """The first unit's workbook with a misspelt status, a word for a date, an error and a formula as answers."""

    def edit(desk: object) -> None:
        sheet, row = next(plan_of().rows())
        desk.cell(sheet.title, row.id, "status").value = "推进"  # type: ignore[attr-defined]
        desk.cell(sheet.title, row.id, "progress").value = "=1/0"  # type: ignore[attr-defined]
        desk.cell(sheet.title, row.id, "self_score").value = "=90+1"  # type: ignore[attr-defined]
        desk.log(date="昨天", category="会议", topic="专题会议", host="某某")  # type: ignore[attr-defined]

    return well_filled("U001", edit)


def test_check_active_says_what_check_says_of_the_file(excel: App, year: Workspace) -> None:
    """A workbook that is open has the problems that `qingdan check` finds in the same file, at the same cells."""
    path = put(year.root, "打开的.xlsx", faulty())
    of_file = check([path], year, Reading(as_of=AS_OF)).problems
    book = open_book(excel, path)
    try:
        found = live.check_active(book, AS_OF)
    finally:
        book.close()

    assert set(zip(found["代码"], found["工作表"], found["单元格"], strict=True)) == {
        (each.code, each.origin.sheet, each.origin.cell) for each in of_file
    }
    assert set(found["代码"]) == {"bad-cell", "not-a-choice", "unknown-person"}


def test_check_active_sees_what_is_not_saved_yet(excel: App, year: Workspace) -> None:
    """A cell that is typed while the book is open counts, whatever the file on disk says."""
    path = put(year.root, "打开的.xlsx", well_filled("U001"))
    sheet, row = next(plan_of().rows())
    cell = opened(well_filled("U001")).cell(sheet.title, row.id, "status").coordinate
    book = open_book(excel, path)
    try:
        before = live.check_active(book, AS_OF)
        book.sheets[sheet.title].range(cell).value = "差不多了"
        after = live.check_active(book, AS_OF)
    finally:
        book.close()

    assert cell not in set(before["单元格"])
    assert after[after["单元格"] == cell]["工作表"].tolist() == [sheet.title]


def test_check_active_without_a_year_folder_says_so(excel: App, tmp_path: Path) -> None:
    """Outside a year folder the book is held against what it says of itself, which is said."""
    book = open_book(excel, put(tmp_path, "别处.xlsx", well_filled("U001")))
    try:
        found = live.check_active(book, AS_OF)
    finally:
        book.close()

    assert "no-year-folder" in set(found["代码"])


def test_collect_here_takes_in_the_inbox_and_shows_it(book: xw.Book, year: Workspace) -> None:
    """What lies in 收件/ is collected, and the book shows the unit as returned."""
    live.collect_here(book, datetime(YEAR, 6, 30))  # noqa: DTZ001 - office hours

    assert live.QD_RETURNED(str(year.root), "U002") == "已交回"
    read = book.sheets[LIVE_UNITS].used_range.options(pd.DataFrame, index=False).value
    assert dict(zip(read["单位编号"], read["交回情况"], strict=True))["U002"] == "已交回"


def test_collect_here_takes_in_a_units_own_book_alone(excel: App, year: Workspace) -> None:
    """From a unit's own workbook only that file is collected, and it stays as it was."""
    path = put(year.root, "单位的.xlsx", well_filled("U003"))
    book = open_book(excel, path)
    try:
        live.collect_here(book)
    finally:
        book.close()

    assert live.QD_RETURNED(str(year.root), "U003") == "已交回"
    assert live.QD_RETURNED(str(year.root), "U002") != "已交回"
    assert path.read_bytes() == well_filled("U003")


def test_functions_of_cells_look_up_one_value(year: Workspace) -> None:
    """The functions answer with the summary's own values, and say so where there is nothing of the kind."""
    detail = frames(gather(year, datetime.now().date()))["detail"]  # noqa: DTZ005 - they look at today
    row = detail[detail["unit_id"] == "U001"].iloc[0]

    assert live.QD_LIGHT(str(year.root), row["unit"], row["row_id"]) == row["light"]
    assert live.QD_DONE(str(year.root), "U001", row["row_id"]) == row["done_times"]
    assert live.QD_RETURNED(str(year.root), "没有的单位") == "（没有）"


def test_functions_of_cells_say_in_chinese_what_is_not_there(tmp_path: Path, year: Workspace) -> None:
    """A year without any issue, a folder that is no year's, a duty without counted demands: a cell gets a sentence."""
    new = Workspace.create(tmp_path / "新年度", YEAR).root
    detail = frames(gather(year, datetime.now().date()))["detail"]  # noqa: DTZ005 - they look at today
    uncounted = detail[(detail["unit_id"] == "U001") & detail["done_times"].isna()].iloc[0]

    assert live.QD_RETURNED(str(new), "U001") == "（还没有下发过责任清单）"
    assert live.QD_DONE(str(tmp_path), "U001", "d001.01") == "（这里不是年度文件夹（没有 qingdan.toml））"
    assert live.QD_DONE(f'"{year.root}"', "U001", uncounted["row_id"]) == "（不计次数）"


def test_refresh_writes_into_no_units_own_book(excel: App, year: Workspace) -> None:
    """The figures of all units do not go into a workbook that its unit hands in: `return-open`, nothing is written."""
    book = open_book(excel, put(year.root, "单位的.xlsx", well_filled("U003")))
    try:
        titles = [sheet.name for sheet in book.sheets]
        with pytest.raises(UnusableError) as refused:
            live.refresh(book)
        after = [sheet.name for sheet in book.sheets]
    finally:
        book.close()

    assert [each.code for each in refused.value.problems] == ["return-open"]
    assert after == titles


@pytest.mark.parametrize("function", [live.QD_RETURNED, live.QD_LIGHT, live.QD_DONE], ids=lambda each: each.__name__)
def test_xlwings_converts_what_functions_of_cells_take_and_give(function: Callable[..., Any]) -> None:
    """On Windows xlwings looks up a converter by each type that is named; one without any fails in the cell."""
    assert {name for name, named in get_type_hints(function).items() if named not in accessors} == set()


@pytest.mark.parametrize("function", [live.QD_RETURNED, live.QD_LIGHT, live.QD_DONE], ids=lambda each: each.__name__)
def test_excel_says_in_chinese_what_a_function_gives(function: Callable[..., Any]) -> None:
    """Excel shows the docstring of a function where it is put in."""
    assert re.fullmatch(r"单位.*。", function.__doc__ or "")


def test_a_folder_copied_with_its_quotes_is_found(excel: App, tmp_path: Path, year: Workspace) -> None:
    """Windows copies a path in quotes, and so it is pasted into the cell that names the folder."""
    book = open_book(excel, console(tmp_path, names=Path(f'"{year.root}"')))
    try:
        assert live.year_folder_of(book).root == year.root
    finally:
        book.close()


def test_a_book_outside_every_year_folder_is_refused(excel: App, tmp_path: Path) -> None:
    """A book that names no year folder and lies in none cannot be refreshed: `no-workspace`."""
    path = tmp_path / "别处.xlsx"
    with Workbook(path) as made:
        made.add_worksheet("空")
    book = open_book(excel, path)
    try:
        with pytest.raises(UnusableError) as refused:
            live.refresh(book)
    finally:
        book.close()

    assert [each.code for each in refused.value.problems] == ["no-workspace"]
