"""What counts as an answer: own columns, names, dates and letters that the unit chose itself, not what we filled in."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from qingdan_xl.collecting.collect import check, collect
from qingdan_xl.issuing.plan import Batch
from qingdan_xl.issuing.workbook import unit_workbook
from qingdan_xl.model import Target, TargetKind
from qingdan_xl.sheets.declaration import Type
from qingdan_xl.sheets.own import OwnColumn, with_own
from qingdan_xl.sheets.unit import DUTIES, LOG, MATRIX
from qingdan_xl.verbs.summarize import gather
from qingdan_xl.workspace.folder import Workspace
from returns import COLLECTIVE, LATE, ON_TIME, OPTIONS, Desk, make_batch, opened, plan_of, put, send_out, well_filled

LEADERS = "党委领导班子"
TICK = OwnColumn("duty", "有部署", Type.TICK)
SHEET = with_own(DUTIES, (TICK,))
DATED = replace(COLLECTIVE[1], targets=(Target("6月30日前公示", "公示", TargetKind.DEADLINE, due=("06-30",)),))
BATCH = replace(make_batch(collective=(COLLECTIVE[0], DATED, *COLLECTIVE[2:])), own=(TICK,))
Edit = Callable[[Desk], None]


@pytest.fixture
def year(tmp_path: Path) -> Workspace:
    """A year with an own column, a dated duty, and the names and letters that we propose."""
    made = Workspace.create(tmp_path / "2026年度", 2026)
    send_out(made, BATCH)
    return made


def typed(row_id: str, key: str, value: object) -> Edit:
    """Type beside a duty."""

    def edit(desk: Desk) -> None:
        desk.cell(LEADERS, row_id, key, SHEET).value = value

    return edit


def letter(place: str, value: str | None) -> Edit:
    """Type into the matrix: 张甲, 李乙 and 王丙 stand in F, G and H."""

    def edit(desk: Desk) -> None:
        desk.page(MATRIX.title)[place] = value

    return edit


def returned(edit: Edit, batch: Batch = BATCH) -> bytes:
    """青禾镇's workbook as it was issued, edited."""
    desk = opened(unit_workbook(plan_of(batch=batch), OPTIONS))
    edit(desk)
    return desk.saved()


@pytest.mark.parametrize(
    "edit",
    [
        typed("d001.01", TICK.key, "√"),
        typed("d001.01", "owner", "王丙"),
        typed("d001.01", "leader", "李乙"),
        typed("d001.01", "deadline", date(2026, 5, 1)),
        typed("d002.01", "deadline", date(2026, 9, 1)),
        letter("H4", "C"),
        letter("F4", "R"),
    ],
    ids=("tick", "owner", "leader", "date", "other date", "letter more", "other letter"),
)
def test_whatever_the_unit_chose_is_an_answer(year: Workspace, edit: Edit) -> None:
    """A file in which nothing else is typed is not told as untouched."""
    path = put(year.root, "青禾镇.xlsx", returned(edit))

    assert "nothing-filled" not in {fault.code for fault in check([path], year).problems}


@pytest.mark.parametrize(
    "edit",
    [
        lambda _desk: None,
        typed("d001.01", "owner", None),
        typed("d002.01", "deadline", "2026年6月30日"),
        letter("F4", None),
    ],
    ids=("as it was", "owner emptied", "the same date", "letter emptied"),
)
def test_what_we_filled_in_is_none(year: Workspace, edit: Edit) -> None:
    """The proposed names and letters and the issued dates say nothing of the unit."""
    path = put(year.root, "青禾镇.xlsx", returned(edit))

    assert "nothing-filled" in {fault.code for fault in check([path], year).problems}


def test_a_ticked_duty_is_answered_in_the_summary(year: Workspace) -> None:
    """Own columns count there as well."""
    put(year.inbox, "青禾镇.xlsx", returned(typed("d003.01", TICK.key, "√")))
    collect(year, (), ON_TIME)

    found = [each for each in gather(year, date(2026, 7, 1)).standings if each.unit.id == "U001"]

    assert [each.row_id for each in found if each.answered] == ["d003.01"]


def test_ticks_of_a_duty_that_is_gone_are_told(year: Workspace) -> None:
    """What the newest list has no row for is not taken over without a word."""
    send_out(year, replace(make_batch("2026-02", COLLECTIVE[:2]), own=(TICK,)), LATE)
    put(year.inbox, "青禾镇.xlsx", returned(typed("d003.01", TICK.key, "√")))

    found = [(each.code, each.origin.cell) for each in collect(year, (), ON_TIME).problems]

    assert ("row-retired", "E6") in found


def test_log_rows_of_a_duty_that_is_gone_are_told(tmp_path: Path) -> None:
    """A record that counts nowhere is reported at its 关联事项; one of a duty that stays is not."""
    year = Workspace.create(tmp_path / "2026年度", 2026)
    send_out(year, make_batch())
    send_out(year, make_batch("2026-02", COLLECTIVE[:2]), LATE)
    labels = {row.id: row.label for _, row in plan_of().rows()}

    def edit(desk: Desk) -> None:
        for row_id in ("d001.01", "d003.01"):
            desk.log(
                date=date(2026, 6, 1), category="会议", duty=labels[row_id], topic="会议", host="张甲", evidence="记录"
            )

    put(year.inbox, "青禾镇.xlsx", well_filled(edit=edit))
    found = collect(year, (), ON_TIME).problems

    assert [(each.code, each.origin.sheet, each.origin.cell) for each in found if each.code == "label-retired"] == [
        ("label-retired", LOG.title, "C7")
    ]
    assert labels["d003.01"][:20] in next(each.what for each in found if each.code == "label-retired")
