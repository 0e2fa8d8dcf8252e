"""Remarks typed into 汇总.xlsx: read back, merged, put back where they belong, and never lost."""

import os
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from office import Office
from qingdan_xl.issuing.batches import batch_json
from qingdan_xl.store import Issued, Store
from qingdan_xl.summary.remarks import Place, Remark, Typed, merged, place_remarks
from qingdan_xl.summary.scope import read_scope
from qingdan_xl.verbs.summarize import Summary, summarize_year
from qingdan_xl.workspace.folder import Workspace
from summary_samples import AS_OF, BATCH, filled_store

Q2 = read_scope("2026Q2", 2026)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A year folder after the first round of returns, summed up once."""
    workspace = Workspace.create(tmp_path / "2026年度", 2026)
    filled_store(workspace.root).close()
    assert summarize_year(workspace, AS_OF).problems == ()
    return workspace


def summary_path(workspace: Workspace, name: str = "汇总.xlsx") -> Path:
    """Where a summary lies."""
    return workspace.results / name


def cell(page: Worksheet, heading: str, **known: str) -> Any:
    """The cell under a heading in the first row whose named cells hold these texts."""
    columns = {str(cell.value): cell.column for cell in page[3] if cell.value}
    for row in range(4, page.max_row + 1):
        if all(page.cell(row, columns[key]).value == value for key, value in known.items()):
            return page.cell(row, columns[heading])
    raise AssertionError(known)


def write(path: Path, text: str | None, heading: str = "批示", sheet: str = "逾期与预警", **known: str) -> None:
    """Type into a remark cell, as in Excel; None empties it."""
    book = openpyxl.load_workbook(path)
    place = cell(book[sheet], heading, **known)
    place.value = text
    place.data_type = "s" if text else "n"  # a person typed it with a quote before: it is text
    book.save(path)


def told(path: Path, heading: str = "批示", sheet: str = "逾期与预警", **known: str) -> Any:
    """What stands in a remark cell."""
    return cell(openpyxl.load_workbook(path)[sheet], heading, **known).value


def codes(summary: Summary) -> list[str]:
    """The codes of a summary's problems."""
    return [found.code for found in summary.problems]


LATE = {"单位": "青禾镇", "预警": "逾期"}


def test_a_remark_stands_again_at_its_unit_and_duty(workspace: Workspace) -> None:
    """Typed on one sheet it stands on every sheet that shows the duty; a unit's own stands on 按单位."""
    path = summary_path(workspace)
    write(path, "本周五前报送", **LATE)
    write(path, "约谈", "督办意见", "按单位", 单位="望江镇")
    write(path, "=1+1 存疑", "备注", "明细", 单位="启明局", 序号="1")

    summary = summarize_year(workspace, AS_OF)

    assert (summary.problems, summary.remarks) == ((), 3)
    assert told(path, **LATE) == "本周五前报送"
    assert told(path, sheet="明细", 单位="青禾镇", 序号="3") == "本周五前报送"
    assert told(path, "督办意见", "按单位", 单位="望江镇") == "约谈"
    assert told(path, "备注", "明细", 单位="启明局") == "=1+1 存疑"
    assert cell(openpyxl.load_workbook(path)["明细"], "备注", 单位="启明局").data_type == "s"


def test_sorted_rows_and_moved_columns_change_nothing(workspace: Workspace) -> None:
    """Rows are known by hidden ids, columns by headings: a leader may sort, insert and move."""
    path = summary_path(workspace)
    book = openpyxl.load_workbook(path)
    page = book["逾期与预警"]
    cell(page, "批示", **LATE).value = "请说明原因"
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=4)]
    for number, row in enumerate(reversed(rows), 4):
        for column, value in enumerate(row, 1):
            page.cell(number, column).value = value
    page.insert_cols(4)
    page.insert_rows(1)
    book.save(path)

    summarize_year(workspace, AS_OF)

    assert told(path, **LATE) == "请说明原因"


def test_a_deleted_summary_loses_nothing(workspace: Workspace) -> None:
    """Remarks are kept in the store: without the workbook they stand in the next one all the same."""
    path = summary_path(workspace)
    write(path, "已电话催办", **LATE)
    summarize_year(workspace, AS_OF)
    path.unlink()

    summarize_year(workspace, AS_OF)

    assert told(path, **LATE) == "已电话催办"


def test_an_emptied_cell_takes_the_remark_away(workspace: Workspace) -> None:
    """A remark that its writer deletes does not come back, and one that is changed stands as changed."""
    path = summary_path(workspace)
    write(path, "先看看", **LATE)
    write(path, "尽快", 单位="启明局")
    summarize_year(workspace, AS_OF)
    write(path, None, **LATE)
    write(path, "尽快，月底前", 单位="启明局")
    summarize_year(workspace, AS_OF)

    assert told(path, **LATE) is None
    assert told(path, 单位="启明局") == "尽快，月底前"


def test_an_edited_workbook_is_kept_whole(workspace: Workspace) -> None:
    """What people did to a summary outside the remark columns outlives the next one, in 旧版/."""
    path = summary_path(workspace)
    book = openpyxl.load_workbook(path)
    book["总览"]["A60"] = "我的计算"
    book.save(path)
    edited = path.read_bytes()

    summarize_year(workspace, AS_OF)
    summarize_year(workspace, AS_OF)

    (kept,) = (workspace.results / "旧版").iterdir()
    assert kept.read_bytes() == edited
    assert kept.name.startswith("汇总 ")


STARVED = """
import resource, sys
from functools import partial
from pathlib import Path
from qingdan_xl.store import Store
from qingdan_xl.summary.memory import Memory
from qingdan_xl.verbs.remarks import set_aside
from qingdan_xl.workspace.files import save
path, store = Path(sys.argv[1]), Store(sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, resource.RLIM_INFINITY))
save(path, b"1" * 2000, partial(set_aside, memory=Memory(store)))
"""


@pytest.mark.skipif(os.name == "nt", reason="limits of POSIX")
def test_where_the_disk_is_full_the_edited_one_stays(workspace: Workspace) -> None:
    """It is moved to 旧版/ only when the new one is on the disk; there is always one where people look for it."""
    path = summary_path(workspace)
    write(path, "请说明", **LATE)
    edited = path.read_bytes()

    starved = subprocess.run(
        [sys.executable, "-c", STARVED, path, workspace.database], check=False, capture_output=True
    )

    assert b"File too large" in starved.stderr
    assert path.read_bytes() == edited
    assert {each.name for each in workspace.results.iterdir()} == {"汇总.xlsx", "看板.html"}


def test_a_remark_whose_row_is_gone_is_listed(workspace: Workspace) -> None:
    """The duty is issued no more: the remark moves to 未落位批示 with the words that tell what it was about."""
    path = summary_path(workspace)
    write(path, "补报材料", "督办意见", **LATE)
    write(path, "已谈话", sheet="按单位", 单位="启明局")
    role = BATCH.checklists[0].roles[0]
    shorter = replace(role, sections=role.sections[:1])
    lists = (replace(BATCH.checklists[0], roles=(shorter, *BATCH.checklists[0].roles[1:])),)
    reissue(workspace, lists=lists)

    summary = summarize_year(workspace, AS_OF)

    page = openpyxl.load_workbook(path)["未落位批示"]
    rows = [[cell.value for cell in row][:6] for row in page.iter_rows(min_row=4) if row[0].value]
    assert rows == [["青禾镇", "党委领导班子", None, "每年向上级报告1次工作情况。", "督办意见", "补报材料"]]
    assert told(path, sheet="按单位", 单位="启明局") == "已谈话"
    assert summary.problems == ()


def reissue(workspace: Workspace, lists: tuple[Any, ...]) -> None:
    """Send every unit a new workbook with other lists."""
    batch = replace(BATCH, id="2026-02", checklists=lists)
    sent = [Issued(batch.id, u.id, u.name, u.kind, f"下发/{u.name}.xlsx", u.id, u.id) for u in batch.roster.units]
    with closing(Store(workspace.database)) as store:
        store.add_batch(batch.id, datetime(2026, 3, 1, 8), batch_json(batch), sent)  # noqa: DTZ001 - naive as stored


def test_while_it_is_open_nothing_is_lost(workspace: Workspace) -> None:
    """The next one lies beside it; what is typed in either stands in the one after."""
    path = summary_path(workspace)
    lock = path.with_name(f"~${path.name}")
    lock.touch()
    beside = summarize_year(workspace, AS_OF + timedelta(days=1))
    lock.unlink()
    write(path, "甲", **LATE)
    write(beside.workbook.path, "乙", 单位="启明局")

    summarize_year(workspace, AS_OF)

    assert codes(beside) == ["locked-output"]
    assert beside.workbook.path.name == "汇总 (2).xlsx"
    assert (told(path, **LATE), told(path, 单位="启明局")) == ("甲", "乙")


def test_a_file_is_read_once(workspace: Workspace) -> None:
    """A remark of an old file that lies about does not undo what was changed later in the new one."""
    old = summarize_year(workspace, AS_OF, Q2).workbook.path
    write(old, "甲", **LATE)
    summarize_year(workspace, AS_OF)
    write(summary_path(workspace), "改为乙", **LATE)
    summarize_year(workspace, AS_OF)
    summarize_year(workspace, AS_OF)

    assert told(summary_path(workspace), **LATE) == "改为乙"
    assert told(old, **LATE) == "甲"


def test_a_period_and_the_year_share_their_remarks(workspace: Workspace) -> None:
    """What is typed into the quarter's summary stands in the year's."""
    quarter = summarize_year(workspace, AS_OF, Q2).workbook.path
    write(quarter, "季度会上说明", **LATE)

    summarize_year(workspace, AS_OF)

    assert quarter.name == "汇总-2026Q2.xlsx"
    assert told(summary_path(workspace), **LATE) == "季度会上说明"


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 broken", "不是工作簿".encode()], ids=["empty", "zip", "text"])
def test_a_damaged_summary_is_told_and_kept(workspace: Workspace, data: bytes) -> None:
    """It is moved to 旧版/ as it is, a problem says so once, and the new one holds what was read before."""
    path = summary_path(workspace)
    write(path, "记得", **LATE)
    summarize_year(workspace, AS_OF)
    path.write_bytes(data)
    os.utime(path, (1_780_000_000, 1_780_000_000))

    summaries = [summarize_year(workspace, AS_OF) for _ in range(2)]

    assert [codes(summary) for summary in summaries] == [["remarks-unread"], []]
    assert data in [kept.read_bytes() for kept in (workspace.results / "旧版").iterdir()]
    assert told(path, **LATE) == "记得"


def test_without_the_hidden_ids_it_is_told(workspace: Workspace) -> None:
    """Ids deleted on every sheet: nothing is guessed, the file is kept, and the problem says why."""
    path = summary_path(workspace)
    write(path, "写在这里", **LATE)
    book = openpyxl.load_workbook(path)
    for title in ("按单位", "逾期与预警", "明细"):
        book[title].delete_cols(1, 1)
    book.save(path)

    summary = summarize_year(workspace, AS_OF)

    assert codes(summary) == ["remarks-unread"]
    assert "编号列" in summary.problems[0].what
    assert len(list((workspace.results / "旧版").iterdir())) == 1


def test_what_libreoffice_saved_is_read(workspace: Workspace, office: Office, tmp_path: Path) -> None:
    """A summary that was filled and saved by another program gives the same remarks."""
    path = summary_path(workspace)
    write(path, "两行\n批示", **LATE)
    (again,) = office.recalculate([path], tmp_path / "saved")
    path.write_bytes(again.read_bytes())

    summary = summarize_year(workspace, AS_OF)

    assert (summary.problems, summary.remarks) == ((), 1)
    assert told(path, **LATE) == "两行\n批示"


def as_formula(path: Path, text: str, heading: str = "批示", sheet: str = "逾期与预警", **known: str) -> None:
    """Type a text that a spreadsheet takes for a formula; nothing has worked out what it gives."""
    book = openpyxl.load_workbook(path)
    cell(book[sheet], heading, **known).value = text
    book.save(path)


FORMULAS = (
    "=1+1",
    "=请张甲于本周五前当面说明为什么会议纪要至今没有印发，并把已经开过的每一次会议的签到表、照片和纪要一并附上来",
)


@pytest.mark.parametrize("text", FORMULAS, ids=["sum", "long"])
def test_what_was_typed_as_a_formula_is_read_by_its_text(workspace: Workspace, office: Office, text: str) -> None:
    """A remark that begins with = stands again as it was typed, whether or not a program calculated it; once told."""
    path = summary_path(workspace)
    as_formula(path, text, **LATE)
    (calculated,) = office.recalculate([path], workspace.root / "saved")
    uncalculated, found = path.read_bytes(), []
    for data in (calculated.read_bytes(), uncalculated):
        path.write_bytes(data)
        found.append(summarize_year(workspace, AS_OF))
        assert told(path, **LATE) == text
        assert cell(openpyxl.load_workbook(path)["逾期与预警"], "批示", **LATE).data_type == "s"

    assert [(codes(summary), summary.remarks) for summary in found] == [
        (["remark-formula"], 1),
        (["remark-formula"], 0),
    ]
    assert found[0].problems[0].origin.cell.startswith("O")
    assert codes(summarize_year(workspace, AS_OF)) == []


def test_an_error_in_a_remark_cell_is_told_and_takes_nothing_away(workspace: Workspace) -> None:
    """Nobody knows what #REF! was: the remark before stays, and the cell is named."""
    path = summary_path(workspace)
    write(path, "请说明", **LATE)
    summarize_year(workspace, AS_OF)
    book = openpyxl.load_workbook(path)
    place = cell(book["逾期与预警"], "批示", **LATE)
    place.value, place.data_type = "#REF!", "e"
    book.save(path)

    summary = summarize_year(workspace, AS_OF)

    assert codes(summary) == ["remark-cell-unread"]
    assert (summary.problems[0].origin.sheet, summary.problems[0].origin.cell) == ("逾期与预警", place.coordinate)
    assert told(path, **LATE) == "请说明"


def test_a_remark_in_a_row_of_nobody_is_told(workspace: Workspace) -> None:
    """A row that somebody added has no ids: what is written there cannot be placed, and is not passed over."""
    path = summary_path(workspace)
    book = openpyxl.load_workbook(path)
    page = book["逾期与预警"]
    column = cell(page, "批示", **LATE).column
    page.cell(page.max_row + 1, column).value = "另外一件事"
    book.save(path)

    summary = summarize_year(workspace, AS_OF)

    assert (codes(summary), summary.remarks) == (["remark-cell-unread"], 0)
    assert "另外一件事" in summary.problems[0].what
    assert len(list((workspace.results / "旧版").iterdir())) == 1


PLACE = Place("U1", "A3.01", "instruction")
TEXT = st.text("甲乙丙", max_size=3)


@given(current=TEXT, printed=TEXT, text=TEXT)
def test_merging_keeps_every_word(current: str, printed: str, text: str) -> None:
    """Changed in one place, the change holds; changed in both, both stand, unless one holds the other."""
    found = merged(current, Typed(PLACE, printed, text))

    assert text in found
    assert current == printed or current in found


def test_a_remark_without_its_row_is_lost() -> None:
    """One whose row is of an earlier batch is not put at the row that bears its id today."""
    found = [remark("U1", "A3.01"), remark("U1", "B9.01"), remark("U1", "A3.01", "2026-01"), remark("U3", "")]

    placed = place_remarks(found, {("U1", "A3.01"), ("U1", "B9.02"), ("U1", "")})

    assert sorted(placed.standing) == [("U1", "A3.01")]
    assert placed.lost == tuple(found[1:])


def remark(unit: str, row: str, batch: str = "") -> Remark:
    """An invented remark."""
    return Remark(Place(unit, row, "note", batch), "某话", written=date(2026, 5, 1))
