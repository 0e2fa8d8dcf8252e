"""Open places when a list goes out: one value for all units, one a unit from the roster, and what is still open."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from qingdan_xl.collecting.collect import collect
from qingdan_xl.documents import master_workbook, parse
from qingdan_xl.issuing.batches import batch_from_json, batch_json
from qingdan_xl.issuing.filling import values_of
from qingdan_xl.issuing.issue import issue
from qingdan_xl.issuing.open_places import check_filled_in, check_open
from qingdan_xl.issuing.plan import Batch, Planner, fingerprint, plan_unit
from qingdan_xl.issuing.workbook import unit_workbook
from qingdan_xl.model import Checklist, Part, Person, Roster, Unit
from qingdan_xl.roster import read_roster, roster_workbook
from qingdan_xl.sheets.reading import load_grids, read_grid
from qingdan_xl.sheets.unit import DUTIES
from qingdan_xl.verbs.issue import Issue, issue_year
from qingdan_xl.workspace.files import save
from qingdan_xl.workspace.folder import Workspace
from returns import ON_TIME, OPTIONS, YEAR, make_batch, opened, put

LIST = """2026年河长责任清单
河长职责
（一）*河巡查
1.由*牵头，每月向XX镇党委报告巡河情况不少于1次。
2.每年走访群众不少于X户。
3.落实*县河长制规定。
"""
EXTRAS = ("简称", "河流")
UNITS = (
    Unit("U1", "青禾镇", "乡镇", extras=(("简称", "青禾"), ("河流", "小清"))),
    Unit("U2", "云溪乡", "乡镇", extras=(("简称", "云溪"), ("河流", ""))),
)
PEOPLE = (
    Person("张甲", "青禾镇", "镇长", ("主要负责人",)),
    Person("李乙", "云溪乡", "乡长", ("主要负责人",)),
    Person("王丙", "云溪乡", "书记", ("主要负责人",)),
)
SOURCES = {"河巡查": "河流", "牵头": "负责人", "镇党委": "单位名称"}


def checklist(values: Mapping[str, str] | None = None, sources: Mapping[str, str] | None = None) -> Checklist:
    """The list with values and sources filled in beside the places whose context holds these words right behind."""
    made = parse("清单.txt", LIST.encode())[0]

    def told(context: str, said: Mapping[str, str] | None) -> str:
        return next((word for words, word in (said or {}).items() if f"】{words}" in context), "")

    blanks = tuple(
        replace(blank, value=told(blank.context, values), source=told(blank.context, sources)) for blank in made.blanks
    )
    return replace(made, blanks=blanks)


def batch_with(listed: Checklist) -> Batch:
    """A batch of two units that are sent this list."""
    return replace(make_batch(), checklists=(listed,), roster=Roster(UNITS, PEOPLE))


def texts(batch: Batch, unit: Unit) -> list[str]:
    """Section and text of each row that a unit gets."""
    return [part for _, row in plan_unit(batch, unit).rows() for part in (row.section, row.duty.text)]


def test_each_unit_gets_its_own_words() -> None:
    """A column of the roster, an added one, and the head's name; what a unit has no word for stays as printed."""
    batch = batch_with(checklist(sources=SOURCES))
    first, second = (texts(batch, unit) for unit in UNITS)

    assert first[:2] == ["（一）小清河巡查", "由张甲牵头，每月向青禾镇党委报告巡河情况不少于1次。"]
    assert second[:2] == ["（一）*河巡查", "由*牵头，每月向云溪乡镇党委报告巡河情况不少于1次。"]


def test_a_typed_value_stands_in_for_an_empty_cell() -> None:
    """Where the roster says nothing for a unit, what was typed once goes there."""
    batch = batch_with(checklist({"河巡查": "界"}, SOURCES))

    assert [texts(batch, unit)[0] for unit in UNITS] == ["（一）小清河巡查", "（一）界河巡查"]


def test_ids_stay_and_fingerprints_tell_units_apart() -> None:
    """Filling changes no row id; the fingerprint is that of the filled texts, also out of the store."""
    plain, made = batch_with(checklist()), batch_with(checklist(sources=SOURCES))
    again = batch_from_json(batch_json(made))

    def ids(batch: Batch) -> list[str]:
        return [row.id for _, row in plan_unit(batch, UNITS[0]).rows()]

    assert again == made
    assert ids(plain) == ids(made)
    assert fingerprint(plan_unit(plain, UNITS[0])) != fingerprint(plan_unit(made, UNITS[0]))
    assert fingerprint(plan_unit(again, UNITS[0])) == fingerprint(plan_unit(made, UNITS[0]))
    assert Planner(made).outline(UNITS[0]).fingerprint == fingerprint(plan_unit(made, UNITS[0]))


def test_what_is_written_is_what_was_planned() -> None:
    """The workbooks of a batch with words of the units hold each unit's own words, row by row."""
    batch = batch_with(checklist(sources=SOURCES))
    for file in issue(batch, OPTIONS):
        plan = plan_unit(batch, file.unit)
        grids = load_grids(file.data, file.name)
        for sheet in plan.sheets:
            rows = read_grid(DUTIES, grids[sheet.title], file.name, sheet.title, YEAR).rows
            assert [row.text("text") for row in rows] == [row.duty.text for row in sheet.rows]
        assert grids == load_grids(unit_workbook(plan, OPTIONS), file.name)


def test_open_places_are_told_with_their_units() -> None:
    """One warning a text that goes out with something open: which list, where, how many places, and to which units."""
    assert [found.what for found in check_open(batch_with(checklist(sources=SOURCES)))] == [
        "“2026年河长责任清单”“河长”第 2 项还有 1 处占位没有填，发给 青禾镇、云溪乡：每年走访群众不少于【X】户。",
        "“2026年河长责任清单”“河长”第 3 项还有 1 处占位没有填，发给 青禾镇、云溪乡：落实【*】县河长制规定。",
        "“2026年河长责任清单”“河长”的板块“（一）*河巡查”还有 1 处占位没有填，发给 云溪乡：（一）【*】河巡查",
        "“2026年河长责任清单”“河长”第 1 项还有 1 处占位没有填，发给 云溪乡：由【*】牵头，每月向云溪乡镇党委",
    ]
    assert {found.code for found in check_open(batch_with(checklist(sources=SOURCES)))} == {"still-open"}
    assert [found.unit for found in check_open(batch_with(checklist(sources=SOURCES)))] == ["", "", "云溪乡", "云溪乡"]


def test_of_many_units_that_get_an_open_place_the_first_are_named() -> None:
    """The first three by name, and how many there are."""
    units = tuple(replace(UNITS[1], id=f"U{number}", name=f"云溪{number}乡") for number in range(5))
    batch = replace(batch_with(checklist()), roster=Roster(units, ()))

    assert {found.what.partition("发给 ")[2].partition("：")[0] for found in check_open(batch)} == {
        "云溪0乡、云溪1乡、云溪2乡等 5 个单位"
    }


@pytest.mark.parametrize(
    ("part", "change", "code", "word"),
    [
        (Part.DUTY, {"source": "河流名"}, "unknown-column", "是不是“河流”"),
        (Part.DUTY, {"context": "早就改掉了的【*】文字", "value": "甲"}, "place-gone", "早就改掉了的【*】文字"),
        (Part.TITLE, {"part": Part.TITLE, "about": "", "source": "简称"}, "same-for-all", "清单名称"),
    ],
)
def test_what_cannot_be_used_is_told(part: Part, change: dict[str, str], code: str, word: str) -> None:
    """A misspelt column, a place that was edited away, and a name that must be one for all units are warnings."""
    listed = checklist()
    blank = next(blank for blank in listed.blanks if blank.part is Part.DUTY)
    changed = replace(listed, blanks=(replace(blank, **change),))  # type: ignore[arg-type]
    found = [each for each in check_filled_in((changed,), Roster(UNITS, PEOPLE)) if each.code == code]

    assert len(found) == 1, part
    assert word in found[0].message


def test_a_number_that_makes_a_demand_is_told() -> None:
    """每年不少于X户, filled with 20, is a demand that 量化要求 does not list: nothing would count it."""
    (found,) = check_filled_in((checklist({"户": "20"}),), Roster(UNITS, PEOPLE))

    assert found.code == "demand-unlisted"
    assert "每年走访群众不少于20户" in found.message


def test_added_columns_of_the_roster_are_kept() -> None:
    """Columns that the office put beside ours are read with each unit and written again."""
    roster = Roster(UNITS, PEOPLE)
    found, problems = read_roster(roster_workbook(roster), "花名册.xlsx", YEAR)

    assert (found, problems) == (roster, [])
    assert [dict(unit.extras) for unit in found.units] == [dict(unit.extras) for unit in UNITS]


def test_two_heads_are_no_head() -> None:
    """负责人 is the one person who holds 主要负责人: of two nobody is taken."""
    assert values_of(UNITS[0], PEOPLE[:1])["负责人"] == "张甲"
    assert values_of(UNITS[1], PEOPLE[1:])["负责人"] == ""


def send(year: Workspace) -> Issue:
    """Issue as the command does."""
    return issue_year(year, lambda _done, _total: None)


def test_the_way_from_the_sheet_to_what_comes_back(tmp_path: Path) -> None:
    """Typed on 占位, sent out filled, filled in by the unit, collected as unedited; a later value marks the row."""
    year = Workspace.create(tmp_path / "2026年度", YEAR)
    master = year.checklists / "清单.xlsx"
    save(master, master_workbook(checklist()))
    save(year.roster, roster_workbook(Roster(UNITS, PEOPLE)))
    fill_in(master, "镇党委", "按花名册的列", "简称")
    fill_in(master, "县河长制", "统一填写", "青禾")
    issued = send(year)
    desk = opened((year.root / issued.workbooks[0].path).read_bytes())
    row = next(row.id for _, row in plan_unit(batch_with(checklist()), UNITS[0]).rows())

    assert desk.cell("河长", row, "text").value == "由*牵头，每月向青禾镇党委报告巡河情况不少于1次。"
    desk.cell("河长", row, "status").value = "推进中"
    put(year.inbox, "青禾镇.xlsx", desk.saved())
    found = collect(year, (), ON_TIME)
    assert [receipt.outcome.value for receipt in found.receipts] == ["accepted"]
    assert "text-edited" not in {each.code for each in found.problems}

    fill_in(master, "县河长制", "统一填写", "云岭")
    again = opened((year.root / send(year).workbooks[0].path).read_bytes())
    marks = [
        again.cell("河长", each.id, "change").value for _, each in plan_unit(batch_with(checklist()), UNITS[0]).rows()
    ]
    assert marks == [None, None, "修改"]


def fill_in(master: Path, words: str, heading: str, value: str) -> None:
    """Type into a cell of 占位, as the coordinator does."""
    book = load_workbook(master)
    page = book["占位"]
    headings = [cell.value for cell in page[3]]
    for cells in page.iter_rows(min_row=4):
        if f"】{words}" in str(cells[headings.index("上下文")].value):
            cells[headings.index(heading)].value = value
    book.save(master)
