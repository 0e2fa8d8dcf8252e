"""A table that is too long for a sheet: in a CSV beside it, said on the sheet, its figures still right."""

import csv
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from qingdan_xl.sheets.summary import DETAIL
from qingdan_xl.summary import overflow
from qingdan_xl.summary.overflow import harmless, overflows, pointing
from qingdan_xl.verbs.summarize import summarize_year
from qingdan_xl.workspace.folder import Workspace
from summary_samples import AS_OF, filled_store


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """成果/ of the four units where a sheet takes nine rows, so that 明细 and 量化完成 do not go in."""
    monkeypatch.setattr(overflow, "MOST_ROWS", 9)
    workspace = Workspace.create(tmp_path / "2026年度", 2026)
    filled_store(workspace.root).close()
    summarize_year(workspace, AS_OF)
    return workspace.results


@pytest.mark.parametrize(("rows", "overflowing"), [(200_000, False), (200_001, True)])
def test_a_sheet_takes_two_hundred_thousand_rows(rows: int, overflowing: bool) -> None:
    """Up to there rows stand in the workbook; one more, and all of them go to the CSV."""
    assert overflows(pd.DataFrame(index=range(rows))) is overflowing


def test_only_what_is_too_long_lies_beside_the_workbook(folder: Path) -> None:
    """A file for each table that does not go in, and none for the others."""
    assert {path.name for path in folder.iterdir()} == {"看板.html", "汇总-明细.csv", "汇总-量化完成.csv", "汇总.xlsx"}


def test_the_rows_lie_beside_the_workbook(folder: Path) -> None:
    """Every row under the sheet's headings, in UTF-8 with the mark that Excel looks for; dates and numbers plain."""
    with (folder / "汇总-明细.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))

    assert (folder / "汇总-明细.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert len(rows) == 16
    assert (rows[2]["单位"], rows[2]["完成时限"], rows[2]["进度"]) == ("青禾镇", "2026-04-30", "0.3")


def test_what_a_unit_typed_is_no_formula(folder: Path) -> None:
    """=1+1 typed by a unit stands behind an apostrophe."""
    text = (folder / "汇总-明细.csv").read_text("utf-8-sig")

    assert "'=1+1" in text
    assert ",=1+1" not in text


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\t=1", " =1", "＝1", "＠a"])
def test_whatever_may_start_a_formula_is_marked(text: str) -> None:
    """Full-width signs and blanks before them are no way round."""
    assert harmless(text).startswith("'")
    assert harmless("正常=1") == "正常=1"


def test_the_sheet_says_where_its_rows_are(folder: Path) -> None:
    """The sheet stands in its place with the file's name and how many rows it holds, and none of them."""
    page = openpyxl.load_workbook(folder / "汇总.xlsx")["明细"]
    words = [cell.value for cell in page[2] if cell.value]

    where = "共 16 行，超过 9 行，写在同一文件夹的 汇总-明细.csv，可用 Excel、WPS 打开"
    assert words == [f"{where}；写在那里的批示读不回来，请写在“按单位”"]
    assert page.max_row == 3


def test_figures_do_not_depend_on_rows_that_are_elsewhere(folder: Path) -> None:
    """总览 counts what the tables hold, not what fits into the workbook."""
    page = openpyxl.load_workbook(folder / "汇总.xlsx", data_only=True)["总览"]
    rows = {row[1].value: row[2].value for row in page.iter_rows() if row[1].value}

    assert [rows[label] for label in ("责任事项", "逾期", "欠缺", "临近", "完成")] == [16, 1, 2, 1, 2]


def test_what_no_sheet_points_to_is_put_away(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a table goes into its sheet again, the file of its rows of before does not lie beside as if it were new."""
    lines = (folder / "汇总-明细.csv").read_bytes()
    (folder / "汇总-我的.csv").write_bytes(b"1")
    (folder / "汇总-2026Q2-明细.csv").write_bytes(b"2")
    monkeypatch.setattr(overflow, "MOST_ROWS", 200_000)

    summarize_year(Workspace.find(folder), AS_OF)

    names = {path.name for path in folder.iterdir()}
    assert names == {"看板.html", "汇总.xlsx", "汇总-我的.csv", "汇总-2026Q2-明细.csv", "旧版"}
    assert lines in [path.read_bytes() for path in (folder / "旧版").iterdir()]
    assert openpyxl.load_workbook(folder / "汇总.xlsx")["明细"].max_row == 19


def test_a_file_that_is_open_stays_and_the_sheet_names_the_other(folder: Path) -> None:
    """The rows are written beside, 明细 says where, and a problem says why; closed again, one file is left."""
    (folder / ".~lock.汇总-明细.csv#").touch()
    opened = summarize_year(Workspace.find(folder), AS_OF)
    words = "".join(str(cell.value or "") for cell in openpyxl.load_workbook(folder / "汇总.xlsx")["明细"][2])
    (folder / ".~lock.汇总-明细.csv#").unlink()
    closed = summarize_year(Workspace.find(folder), AS_OF)

    assert ([found.code for found in opened.problems], closed.problems) == (["locked-output"], ())
    assert "汇总-明细 (2).csv" in words
    assert sorted(path.name for path in folder.glob("*.csv")) == ["汇总-明细.csv", "汇总-量化完成.csv"]


@pytest.mark.parametrize(("rows", "fits"), [(1_048_575, True), (1_048_576, False)])
def test_what_excel_cannot_open_whole_is_said(rows: int, fits: bool) -> None:
    """Under the headings Excel has room for 1,048,575 rows: of more it shows the first, and the sheet says so."""
    told = pointing(DETAIL, rows, "汇总-明细.csv").purpose

    assert ("可用 Excel、WPS 打开" in told, "直接打开会缺后面的" in told) == (fits, not fits)
