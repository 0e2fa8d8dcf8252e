"""自有列: declared in qingdan.toml, issued, checked, collected, stored and summarised like our own."""

import json
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openxml_audit import OpenXmlValidator

from browser import Browser
from qingdan_xl.collecting.collect import check, collect
from qingdan_xl.counting.periods import Calendar
from qingdan_xl.issuing.batches import batch_from_json, batch_json
from qingdan_xl.issuing.formulas import letter_of
from qingdan_xl.issuing.plan import Batch, plan_unit
from qingdan_xl.issuing.workbook import unit_workbook
from qingdan_xl.problems import UnusableError
from qingdan_xl.sheets.declaration import Type
from qingdan_xl.sheets.own import OwnColumn, with_own
from qingdan_xl.sheets.unit import DUTIES, HIDDEN_TITLE, LOG
from qingdan_xl.store import Store
from qingdan_xl.summary.frames import frames
from qingdan_xl.summary.material import load_material
from qingdan_xl.summary.page import dashboard
from qingdan_xl.summary.workbook import summary_workbook
from qingdan_xl.workspace.folder import Workspace
from qingdan_xl.workspace.settings import read_settings
from returns import ON_TIME, OPTIONS, Desk, make_batch, opened, put, send_out

SIX = ("有部署", "有要求", "有检查", "有督查", "有落实", "有成效")
SETTINGS = """
"年度" = 2026
"名称" = "责任清单"
"报送期限" = 2026-12-20
[["自有列"]]
"列名" = ["有部署", "有要求", "有检查", "有督查", "有落实", "有成效"]
"类型" = "勾选"
[["自有列"]]
"列名" = "完成质量"
"类型" = "选项"
"选项" = ["好", "一般"]
[["自有列"]]
"列名" = "投入（万元）"
"类型" = "数字"
"工作表" = "工作纪实"
[["自有列"]]
"列名" = "复核日期"
"类型" = "日期"
"""
OWN = read_settings(SETTINGS, "qingdan.toml").own
DUTY_SHEET, LOG_SHEET = with_own(DUTIES, OWN), with_own(LOG, OWN)
TITLE = "党委领导班子"


def own_batch() -> Batch:
    """The small year with own columns."""
    return replace(make_batch(), own=OWN)


def key(heading: str) -> str:
    """The key of an own column."""
    return next(own.key for own in OWN if own.heading == heading)


@pytest.fixture
def year(tmp_path: Path) -> Workspace:
    """A year in which they were sent out."""
    made = Workspace.create(tmp_path / "2026年度", 2026)
    send_out(made, own_batch())
    return made


def returned(**cells: object) -> bytes:
    """青禾镇's workbook with these own columns filled in its first duty row."""
    desk = issued()
    for heading, value in cells.items():
        desk.cell(TITLE, "d001.01", key(heading), DUTY_SHEET).value = value
    return desk.saved()


def issued() -> Desk:
    """青禾镇's workbook as it leaves, open."""
    return opened(unit_workbook(plan_unit(own_batch(), own_batch().roster.units[0]), OPTIONS))


def test_settings_declare_columns_of_every_type() -> None:
    """Each group gives its columns in order: several headings of one type, the sheet by its name."""
    assert [own.heading for own in OWN] == [*SIX, "完成质量", "投入（万元）", "复核日期"]
    assert OWN[0] == OwnColumn("duty", "有部署", Type.TICK)
    assert OWN[6] == OwnColumn("duty", "完成质量", Type.CHOICE, ("好", "一般"))
    assert (OWN[7].sheet, OWN[7].type) == ("log", Type.POINTS)


@pytest.mark.parametrize(
    ("group", "where", "why"),
    [
        ('"类型" = "勾选"', "自有列.第1组.列名", "没有填写"),
        (
            '"列名" = "六有"\n"类型" = "打勾"',
            "自有列.第1组.类型",
            "“打勾”不在可填的范围内（文本、日期、",
        ),
        ('"列名" = "六有"\n"工作表" = "封面"', "自有列.第1组.工作表", "“封面”不在可填的范围内"),
        ('"列名" = "质量"\n"类型" = "选项"', "自有列.第1组", "类型是“选项”的要列出“选项”"),
        ('"列名" = "状态"', "自有列.第1组", "“责任清单”已有“状态”列，请换一个列名"),
        ('"列名" = "完成情况"', "自有列.第1组", "“责任清单”已有“完成情况”列，请换一个列名"),
        ('"列名" = ["六有", "六有"]', "自有列", "同一张表里“六有”列设了不止一次"),
        ('"列名" = "六有"\n"宽" = 3', "自有列.第1组.宽", "没有这一项设置"),
    ],
)
def test_a_fault_in_the_settings_is_told_in_chinese(group: str, where: str, why: str) -> None:
    """Each fault names the group and the key, and says what may stand there."""
    text = SETTINGS.partition('[["自有列"]]')[0] + f'[["自有列"]]\n{group}\n'

    with pytest.raises(UnusableError) as caught:
        read_settings(text, "qingdan.toml")

    (fault,) = caught.value.problems
    assert fault.code == "bad-settings"
    assert fault.what.startswith(f"设置 {where} 有误：{why}")


def test_a_batch_keeps_its_own_columns() -> None:
    """What was sent out is known later, whatever the settings say by then."""
    assert batch_from_json(batch_json(own_batch())) == own_batch()


def test_they_stand_behind_ours_and_open(tmp_path: Path) -> None:
    """Open cells under their headings with dropdowns of ticks and choices; Excel has nothing to repair."""
    desk = issued()
    page = desk.page(TITLE)
    headings = [cell.value for cell in page[3] if cell.value]
    sources = {rule.formula1 for rule in page.data_validations.dataValidation if rule.type == "list"}
    path = tmp_path / "unit.xlsx"
    path.write_bytes(unit_workbook(plan_unit(own_batch(), own_batch().roster.units[0]), OPTIONS))

    assert headings[-8:] == [*SIX, "完成质量", "复核日期"]
    assert {"qd_tick", "qd_own_6"} <= sources
    assert not desk.cell(TITLE, "d001.01", key("有部署"), DUTY_SHEET).protection.locked
    assert "投入（万元）" in [cell.value for cell in desk.page(LOG.title)[3]]
    assert list(OpenXmlValidator().validate(path).errors) == []


def stored(year: Workspace, sheet_key: str) -> Iterator[Mapping[str, object]]:
    """The stored rows of a sheet."""
    with closing(Store(year.database)) as store:
        sheet = {"duty": DUTIES, "log": LOG}[sheet_key]
        yield from store.rows(sheet)


def test_what_is_typed_is_kept_by_type(year: Workspace) -> None:
    """Ticks typed in any way become √ or ×, choices stay words, dates and numbers are values."""
    desk = opened(returned(有部署="✓", 有要求="否", 完成质量="好", 复核日期="2026年6月1日"))
    desk.log(date=date(2026, 3, 1), category="会议", topic="专题会议")
    desk.cell(LOG.title, 4, key("投入（万元）"), LOG_SHEET).value = 2.5
    put(year.inbox, "青禾镇.xlsx", desk.saved())
    found = collect(year, (), ON_TIME)

    (row,) = [row for row in stored(year, "duty") if row["row_id"] == "d001.01"]
    assert [row[key(heading)] for heading in ("有部署", "有要求", "有检查", "完成质量", "复核日期")] == [
        "√",
        "×",
        None,
        "好",
        date(2026, 6, 1),
    ]
    assert [row[key("投入（万元）")] for row in stored(year, "log")] == [Decimal("2.5")]
    assert not [fault for fault in found.problems if fault.code in ("bad-cell", "not-a-choice")]


def test_what_is_wrong_is_told_with_its_cell(year: Workspace) -> None:
    """A tick that is neither yes nor no, a word not in the list and a date that is none are problems of their cells."""
    put(year.inbox, "青禾镇.xlsx", returned(有部署="大概", 完成质量="优", 复核日期="某天"))
    found = collect(year, (), ON_TIME)

    told = {(fault.code, fault.origin.cell) for fault in found.problems if fault.code in ("bad-cell", "not-a-choice")}
    assert told == {("bad-cell", "W4"), ("not-a-choice", "AC4"), ("bad-cell", "AD4")}


def test_what_is_wrong_is_not_filled(year: Workspace) -> None:
    """What cannot be read, or is no word of the list, counts as blank; what was typed is kept beside it."""
    put(year.inbox, "青禾镇.xlsx", returned(有部署="大概", 完成质量="优", 复核日期="某天"))
    collect(year, (), ON_TIME)

    (row,) = [row for row in stored(year, "duty") if row["row_id"] == "d001.01"]
    assert [row[key(heading)] for heading in ("有部署", "完成质量", "复核日期")] == [None, None, None]
    with closing(Store(year.database)) as store:
        (raw,) = store.connection.execute("SELECT raw FROM row_duty WHERE row_id = 'd001.01'").fetchone()
    assert json.loads(raw) == {key("有部署"): "大概", key("完成质量"): "优", key("复核日期"): "某天"}


def test_choices_are_known_without_the_hidden_sheet(year: Workspace) -> None:
    """Where it is gone the year folder knows what it sent out."""
    desk = opened(returned(完成质量="优"))
    desk.book.remove(desk.page(HIDDEN_TITLE))
    put(year.inbox, "青禾镇.xlsx", desk.saved())

    told = {(fault.code, fault.origin.cell) for fault in collect(year, (), ON_TIME).problems}

    assert {("identity-lost", ""), ("not-a-choice", f"{letter_of(DUTY_SHEET, key('完成质量'))}4")} <= told


def test_a_file_is_checked_outside_its_year_folder(tmp_path: Path) -> None:
    """The hidden sheet says which own columns there are."""
    path = put(tmp_path, "青禾镇.xlsx", returned(有部署="大概", 完成质量="优"))
    codes = [fault.code for fault in check([path]).problems]

    assert "bad-cell" in codes
    assert "not-a-choice" in codes


def test_a_column_that_was_added_later_is_not_missed(year: Workspace) -> None:
    """A workbook issued before the column was declared lacks it rightly; one issued after keeps its answers apart."""
    send_out(year, replace(make_batch("2026-02"), own=(*OWN, OwnColumn("duty", "补充", Type.LONG))))
    put(year.inbox, "青禾镇.xlsx", returned(有部署="√"))
    found = collect(year, (), ON_TIME)

    assert "missing-heading" not in [fault.code for fault in found.problems]
    assert {row.get("own:long:补充", "?") for row in stored(year, "duty")} == {None}


def test_nothing_typed_becomes_a_formula(year: Workspace) -> None:
    """A heading that looks like a formula is text."""
    batch = replace(make_batch(), own=(OwnColumn("duty", "=1+1", Type.LONG),))
    book = load_workbook(BytesIO(unit_workbook(plan_unit(batch, batch.roster.units[0]), OPTIONS)))

    assert book[TITLE]["W3"].data_type == "s"
    assert year.database.exists()


def test_the_summary_shows_them(year: Workspace) -> None:
    """明细 has each own column of the duty sheets with what was typed, before 预警; others are blank there."""
    put(year.inbox, "青禾镇.xlsx", returned(有部署="√", 完成质量="好", 复核日期=date(2026, 6, 1)))
    collect(year, (), ON_TIME)
    with closing(Store(year.database)) as store:
        material = load_material(store, Calendar(2026, date(2026, 7, 1)))
    page = load_workbook(BytesIO(summary_workbook(material, frames(material))))["明细"]
    headings = [cell.value for cell in page[3]]
    first = {heading: cell.value for heading, cell in zip(headings, page[4], strict=True)}

    assert headings[headings.index("自评分") + 1 : headings.index("预警")] == [*SIX, "完成质量", "复核日期"]
    assert (first["有部署"], first["有要求"], first["完成质量"]) == ("√", None, "好")
    assert str(first["复核日期"]) == "2026-06-01 00:00:00"


def test_the_page_shows_them(year: Workspace, browser: Browser) -> None:
    """看板 counts what was filled and left blank in each own column; each number opens its rows, with what they say."""
    put(year.inbox, "青禾镇.xlsx", returned(有部署="√", 完成质量="好", 复核日期=date(2026, 6, 1)))
    collect(year, (), ON_TIME)
    with closing(Store(year.database)) as store:
        material = load_material(store, Calendar(2026, date(2026, 7, 1)))
    told = browser.ask(
        dashboard(material, frames(material)),
        """
        const texts = (cells) => [...cells].map((cell) => cell.textContent);
        const lines = all("#own-table tbody tr"), row = lines.find((line) => line.cells[0].textContent === "完成质量");
        row.cells[3].querySelector("button").click();
        const heads = texts(all("#rows-table th")), cells = texts($("#rows-table tbody tr").cells);
        return {
          headings: lines.map((line) => line.cells[0].textContent), row: texts(row.cells),
          title: $("#rows-title").textContent,
          there: cells[heads.indexOf("完成质量")], day: cells[heads.indexOf("复核日期")],
        };
        """,
    )

    back = sum(standing.returned for standing in material.standings)
    assert told["headings"] == [*SIX, "完成质量", "复核日期"]
    assert told["row"] == ["完成质量", "1", str(back - 1), "好：1 项"]
    assert (told["title"], told["there"], told["day"]) == ("完成质量：好：1 项", "好", "2026-06-01")
