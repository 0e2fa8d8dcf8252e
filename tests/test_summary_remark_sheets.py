"""Remarks on sheets that leaders renamed, copied, cut or saved under another name: read, or named cell by cell."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from qingdan_xl.verbs.summarize import Summary, summarize_year
from qingdan_xl.workspace.folder import Workspace
from summary_samples import AS_OF, filled_store
from test_summary_remarks import cell, codes, told

ROW = {"单位": "青禾镇", "序号": "1"}
TEXT = "请当面说明"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A year folder after the first round of returns, summed up once."""
    workspace = Workspace.create(tmp_path / "2026年度", 2026)
    filled_store(workspace.root).close()
    summarize_year(workspace, AS_OF)
    return workspace


def after(workspace: Workspace, edit: Callable[[Any], None], name: str = "汇总.xlsx") -> Summary:
    """What the next run says when a remark was written on 明细 and the workbook edited and saved under a name."""
    book = openpyxl.load_workbook(workspace.results / "汇总.xlsx")
    cell(book["明细"], "批示", **ROW).value = TEXT
    edit(book)
    book.save(workspace.results / name)
    return summarize_year(workspace, AS_OF)


def renamed(book: Any) -> None:
    """明细 gets another name."""
    book["明细"].title = "全部事项"


def copied(book: Any) -> None:
    """What was written stands on a copy of 明细 alone."""
    copy = book.copy_worksheet(book["明细"])
    copy.title = "领导看"
    cell(book["明细"], "批示", **ROW).value = None


def headed_otherwise(book: Any) -> None:
    """Who wrote stands in the heading."""
    next(each for each in book["明细"][3] if each.value == "批示").value = "张甲批示"


def nothing(_book: Any) -> None:
    """As it is."""


@pytest.mark.parametrize(
    ("edit", "name"),
    [
        (renamed, "汇总.xlsx"),
        (copied, "汇总.xlsx"),
        (headed_otherwise, "汇总.xlsx"),
        (nothing, "张甲批示后的汇总.xlsx"),
        (nothing, "汇总.xlsm"),
    ],
    ids=["renamed", "copied", "heading", "name", "macro name"],
)
def test_a_remark_is_found_where_people_left_it(workspace: Workspace, edit: Callable[[Any], None], name: str) -> None:
    """Sheets are known by their ids and headings, workbooks by 汇总 in their name: a remark there stands again."""
    summary = after(workspace, edit, name)

    assert (codes(summary), summary.remarks) == ([], 1)
    assert told(workspace.results / "汇总.xlsx", sheet="明细", **ROW) == TEXT


@pytest.mark.parametrize(("first", "many"), [(1, 2), (2, 1)], ids=["all ids", "ids of duties"])
def test_a_sheet_that_lost_its_ids_is_not_passed_over(workspace: Workspace, first: int, many: int) -> None:
    """Each remark that is new there is named; one that we printed ourselves is not, and nothing goes to another row."""
    after(workspace, nothing)

    def cut(book: Any) -> None:
        cell(book["明细"], "备注", 单位="启明局", 序号="1").value = "另一件"
        book["明细"].delete_cols(first, many)

    summary = after(workspace, cut)

    assert (codes(summary), summary.remarks) == (["remark-cell-unread"], 0)
    assert "另一件" in summary.problems[0].what
    assert summary.problems[0].origin.sheet == "明细"
    assert told(workspace.results / "汇总.xlsx", sheet="明细", **ROW) == TEXT


def test_somebodys_own_sheet_is_their_own(workspace: Workspace) -> None:
    """A sheet that people added, with a column 备注 of theirs, is no sheet of ours."""

    def added(book: Any) -> None:
        page = book.create_sheet("会议安排")
        for row in (("单位", "备注"), ("青禾镇", "下午三点")):
            page.append(row)

    summary = after(workspace, added)

    assert (codes(summary), summary.remarks) == ([], 1)
