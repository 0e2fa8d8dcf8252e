"""What duty sheets are called, and whose they are: people's own, or those of a body that answers as a whole."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from issuing_samples import OPTIONS, YEAR, count, duty
from qingdan_xl.issuing.batches import check_batch
from qingdan_xl.issuing.issue import issue
from qingdan_xl.issuing.plan import Batch, plan_unit
from qingdan_xl.issuing.titles import Tab, tab_titles
from qingdan_xl.model import Checklist, Kind, Origin, Per, Person, Role, Roster, Section, Unit
from qingdan_xl.roster import is_body

UNIT = Unit("U001", "青禾镇", "乡镇")
HEAD, MEMBER = "主要负责人", "班子成员"


def listed(title: str, start: str, *roles: str) -> Checklist:
    """A list with one duty for each of these roles."""
    duties = (
        duty(f"{start}{n:07d}", "1", f"每季度研究{role}工作。", count("会议", 1, Per.QUARTER))
        for n, role in enumerate(roles)
    )
    made = tuple(Role(role, sections=(Section(None, None, (one,)),)) for role, one in zip(roles, duties, strict=True))
    return Checklist(f"{start}.xlsx", title, YEAR, Kind.CHECKLIST, made)


def batch_of(people: tuple[Person, ...], *checklists: Checklist) -> Batch:
    """These lists for one unit with these people."""
    return Batch("2026-01", "责任清单", YEAR, date(YEAR, 12, 20), checklists, Roster((UNIT,), people))


def titles(*tabs: tuple[str, str, str]) -> list[str]:
    """The titles of sheets given by role, holder and list."""
    return tab_titles([Tab(role, holder, title, f"{title}.xlsx") for role, holder, title in tabs])


def test_sheets_called_alike_say_which_list_they_are_of() -> None:
    """Every one of them, by what is the list's own; those that are told apart already stay short."""
    safety, party = "2026年度安全生产责任清单", "2026年党建工作责任清单"

    assert titles((HEAD, "张甲", party), (MEMBER, "李乙", party), (HEAD, "张甲", safety)) == [
        "主要负责人-张甲·党建",
        "班子成员-李乙",
        "主要负责人-张甲·安全生产",
    ]
    assert titles((HEAD, "", party), (HEAD, "", safety)) == ["主要负责人·党建", "主要负责人·安全生产"]


def test_a_title_that_is_taken_says_its_list() -> None:
    """A role called like one of our sheets, or like a sheet of Excel's own."""
    assert titles(("工作纪实", "", "2026年宣传责任清单"), ("history", "", "2026年宣传责任清单")) == [
        "工作纪实·宣传",
        "history·宣传",
    ]


def test_lists_of_one_title_are_told_apart_by_their_files() -> None:
    """Two files with the same heading, and where these are no help either a number."""
    same = [Tab(HEAD, "", "2026年责任清单", f"{name}.xlsx") for name in ("机关", "乡镇")]

    assert tab_titles(same) == ["主要负责人·机关", "主要负责人·乡镇"]
    assert tab_titles([same[0], same[0]]) == ["主要负责人", "主要负责人(2)"]


def test_long_names_keep_what_tells_them_apart() -> None:
    """Within 31 characters holder, the end of the role and the list are still to be seen."""
    long = "中国共产党青禾镇委员会及其所属各基层党组织领导班子其他成员"
    first, second = "2026年中共青禾镇委全面从严治党主体责任清单", "2026年中共青禾镇委意识形态工作责任清单"
    made = titles((long, "张甲", first), (long, "李乙", first), (long, "张甲", second), (long, "李乙", second))

    assert made == [
        "中国共产党青禾镇委员会及其所属各…其他成员-张甲·全面从严治党",
        "中国共产党青禾镇委员会及其所属各…其他成员-李乙·全面从严治党",
        "中国共产党青禾镇委员会及其所属各基层…其他成员-张甲·意识形态",
        "中国共产党青禾镇委员会及其所属各基层…其他成员-李乙·意识形态",
    ]
    assert max(map(len, made)) <= 31


@pytest.mark.parametrize("holder", ["买买提·艾合买提江·吐尔逊尼亚孜·阿不都热合曼", "𠮷" * 20, "a/b\\c'"])
def test_whatever_a_holder_is_called_excel_takes_the_titles(holder: str) -> None:
    """No longer than 31 UTF-16 units, none of the characters that Excel refuses, all different."""
    made = titles(
        *[(HEAD, holder, f"2026年{name}责任清单") for name in ("党建", "安全")], (HEAD, holder, "2026年党建责任清单")
    )

    assert len({title.casefold() for title in made}) == len(made)
    for title in made:
        assert len(title.encode("utf-16-le")) <= 62
        assert not set(title) & set("[]:*?/\\'")


def test_a_workbook_with_such_titles_is_found_by_its_identity() -> None:
    """Stamped and opened: tabs, links and what the hidden sheet says of them agree."""
    people = (Person("张甲", UNIT.name, roles=(HEAD,)),)
    batch = batch_of(people, listed("2026年党建责任清单", "a", HEAD), listed("2026年安全生产责任清单", "b", HEAD))
    (file,) = issue(batch, OPTIONS)
    book = load_workbook(BytesIO(file.data))

    assert [sheet.title for sheet in plan_unit(batch, UNIT).sheets] == [
        "主要负责人-张甲·党建",
        "主要负责人-张甲·安全生产",
    ]
    assert book.sheetnames[2:4] == ["主要负责人-张甲·党建", "主要负责人-张甲·安全生产"]
    assert {cell.hyperlink.location for row in book["填报说明"].iter_rows() for cell in row if cell.hyperlink} > {
        "'主要负责人-张甲·党建'!$A$1",
        "'主要负责人-张甲·安全生产'!$A$1",
    }


BODIES = (
    "领导班子",
    "党委领导班子",
    "党组（党委）",
    "党委",
    "机关党委",
    "党总支",
    "党支部",
    "纪委",
    "领导班子（集体）",
)
PERSONS = ("领导班子成员", "党委领导班子其他成员", "党委书记", "主要负责人", "分管负责人", "支部书记", "纪委书记（兼）")


def test_bodies_and_persons_are_told_by_the_name_of_the_role() -> None:
    """A body's name says so at its end; whoever sits in it is called otherwise."""
    assert [role for role in (*BODIES, *PERSONS) if is_body(role)] == list(BODIES)


@pytest.mark.parametrize("members", [1, 3])
def test_what_a_body_holds_is_one_list(members: int) -> None:
    """However many of its members the roster names for it, nobody gets it as a list of their own, and that is told."""
    body = "党委领导班子"
    people = tuple(
        Person(name, UNIT.name, roles=(body, MEMBER), origin=Origin("花名册.xlsx", "人员", row, "A"))
        for row, name in enumerate(("张甲", "李乙", "王丙")[:members], 4)
    )
    batch = batch_of(people, listed("2026年党建责任清单", "a", body, MEMBER))
    sheets = plan_unit(batch, UNIT).sheets
    told = [found for found in check_batch(batch) if found.code == "body-as-one"]

    assert [(sheet.title, sheet.holder) for sheet in sheets] == [
        (body, ""),
        *((f"{MEMBER}-{person.name}", person.name) for person in people),
    ]
    assert [(found.origin.cell, found.what) for found in told] == [
        ("A4", f"“{body}”是集体，清单按单位下发一张，不给个人各发一张（花名册中“张甲”等 {members} 人填了这个角色）")
    ]


def test_a_body_that_nobody_is_named_for_is_not_missed() -> None:
    """Where most units name members of a body, one that names none lacks nobody."""
    units = tuple(replace(UNIT, id=f"U{n}", name=f"青禾{n}镇") for n in range(3))
    people = tuple(Person(f"张{n}", unit.name, roles=("党支部",)) for n, unit in enumerate(units[:2]))
    batch = replace(batch_of((), listed("2026年党建责任清单", "a", "党支部")), roster=Roster(units, people))

    assert "role-unfilled" not in {found.code for found in check_batch(batch)}
