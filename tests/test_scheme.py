"""考核办法.xlsx: written, edited by people, read back with every fault at its cell."""

from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openxml_audit import OpenXmlValidator

from qingdan_xl.assessment.rules import Adjustment, Band, Decision, Quota, ReturnRule, Scheme, Weight, section_name
from qingdan_xl.assessment.scheme import default_scheme, read_scheme, scheme_workbook
from qingdan_xl.assessment.scheme_checks import check_scheme, check_use
from qingdan_xl.model import Unit
from qingdan_xl.problems import UnusableError
from qingdan_xl.sheets.scheme import SCHEME, Effect, Missing, NotApplicable, ReturnCase

FILE = "考核办法.xlsx"
FULL = replace(
    default_scheme(),
    full_mark=Decimal(1000),
    places=0,
    not_applicable=NotApplicable.FULL,
    missing=Missing.ZERO,
    bonus_cap=None,
    weights=(Weight("一、加强学习", Decimal("2.5")), Weight("作风建设", Decimal("0.01"))),
    returns=(ReturnRule(ReturnCase.LATE, Decimal("0.3333"), Decimal(2)),),
    bands=(Band("好", Decimal("912.5")), Band("一般", Decimal(0))),
    quotas=(Quota("", Decimal("12.5")), Quota("乡镇组", Decimal(100))),
    adjustments=(
        Adjustment("青禾镇", Decimal("2.25"), "获县级表彰", "县委通报"),
        Adjustment("柳湾镇", Decimal(-1), "材料不实"),
    ),
    decisions=(Decision("青禾镇", Effect.LOWEST, "发生责任事故", "事故通报"),),
)


def edited(scheme: Scheme, *edits: tuple[str, str, str | float | None]) -> bytes:
    """The scheme's workbook with cells (sheet, cell, value) typed over."""
    book = openpyxl.load_workbook(BytesIO(scheme_workbook(scheme)))
    for sheet, cell, value in edits:
        book[sheet][cell] = value
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("scheme", [default_scheme(), FULL], ids=["default", "full"])
def test_round_trip(scheme: Scheme) -> None:
    """What is written is read back equal, without a problem."""
    assert read_scheme(scheme_workbook(scheme), FILE) == (scheme, [])


POINTS = st.decimals(0, 1000, places=4)
NAME = st.text("甲乙丙丁戊己", min_size=1, max_size=4)


@given(
    st.builds(
        replace,
        st.just(default_scheme()),
        full_mark=st.decimals(1000, 9999, places=4),
        places=st.integers(0, 4),
        bonus_cap=st.none() | POINTS,
        not_applicable=st.sampled_from(NotApplicable),
        missing=st.sampled_from(Missing),
        weights=st.lists(st.builds(Weight, NAME, POINTS), max_size=4, unique_by=lambda item: item.section).map(tuple),
        quotas=st.lists(
            st.builds(Quota, NAME, st.decimals(0, 100, places=1)), max_size=3, unique_by=lambda item: item.group
        ).map(tuple),
        adjustments=st.lists(st.builds(Adjustment, NAME, POINTS.filter(bool), NAME), max_size=3).map(tuple),
    )
)
@settings(max_examples=25, deadline=None)
def test_any_sound_scheme_survives(scheme: Scheme) -> None:
    """Whatever sound numbers people choose, the workbook gives them back to the last digit."""
    assert read_scheme(scheme_workbook(scheme), FILE) == (scheme, [])


# sheet | cell | typed | code | where | part of the message
FAULTS = [
    ("基本设置", "A4", "总满分", "setting-unknown", "A4", "不认识的设置项“总满分”，是不是“满分”"),
    ("基本设置", "A5", "满分", "setting-twice", "A5", "出现了不止一次"),
    ("基本设置", "B4", "一百", "setting-value", "B4", "应填数字"),
    ("基本设置", "B4", 0, "setting-value", "B4", "应大于 0"),
    ("基本设置", "B5", 1.5, "setting-value", "B5", "应填 0 到 4 的整数"),
    ("基本设置", "B6", "不算", "setting-value", "B6", "只能填不计入或按满分"),
    ("基本设置", "B7", "零分", "setting-value", "B7", "只能填不评分或计0分"),
    ("基本设置", "B8", -1, "setting-value", "B8", "不能是负数"),
    ("基本设置", "B4", None, "needs-value", "B4", "“取值”没有填写"),
    ("状态系数", "A5", "进行中", "factor-unknown", "B5", "没有“进行中”这个状态"),
    ("状态系数", "B5", 1.2, "scheme-range", "B5", "“得分系数”是 1.2，应为0 到 1"),
    ("状态系数", "B5", "一半", "bad-cell", "B5", "应填数字"),
    ("板块权重", "B4", 2, "needs-value", "A4", "“板块”没有填写"),
    ("报送扣分", "A4", "缺席", "not-a-choice", "A4", "不在选项内"),
    ("报送扣分", "A4", "退回", "scheme-twice", "B4", "“报送扣分”中的“退回”出现了不止一次"),
    ("报送扣分", "B4", -0.5, "scheme-range", "B4", "“每次扣分”是 -0.5，应为不小于 0"),
    ("报送扣分", "B4", 0.12345, "points-too-fine", "B4", "小数超过 4 位"),
    ("报送扣分", "C4", -2, "scheme-range", "B4", "“累计最多扣”是 -2"),
    ("等次", "B4", 120, "scheme-range", "B4", "应为0 到 100"),
    ("等次", "B5", 90, "bands-order", "B5", "没有低于上一个等次“优秀”"),
    ("等次", "B7", 40, "bands-open", "B7", "低于它的得分没有等次"),
    ("等次", "A5", "优秀", "scheme-twice", "B5", "“优秀”出现了不止一次"),
    ("配额", "B4", "很多", "bad-cell", "B4", "应填 0 到 100 的百分数"),
    ("配额", "B5", 0.2, "scheme-twice", "B5", "“（留空）”出现了不止一次"),
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault[3]} {fault[0]} {fault[1]}")
def test_each_fault_is_told_at_its_cell(fault: tuple[str, str, str | float | None, str, str, str]) -> None:
    """Every fault that people can type is reported by its code, at the cell, in words that help."""
    sheet, cell, typed, code, where, words = fault

    _, problems = read_scheme(edited(default_scheme(), (sheet, cell, typed)), FILE)

    told = [found for found in problems if found.code == code and found.origin.cell == where]
    assert told, [str(found) for found in problems]
    assert (told[0].origin.file, told[0].origin.sheet) == (FILE, sheet)
    assert words in told[0].message


def test_missing_rows_are_told() -> None:
    """A setting, a factor or all grades that were deleted are missed."""
    blank = [("基本设置", f"{column}8", None) for column in "ABC"]
    blank += [("状态系数", f"{column}4", None) for column in "AB"]
    blank += [("等次", f"{column}{row}", None) for column in "AB" for row in range(4, 8)]

    _, problems = read_scheme(edited(default_scheme(), *blank), FILE)

    assert sorted(found.code for found in problems) == ["bands-missing", "factor-missing", "setting-missing"]


def test_adjustment_of_zero_is_told() -> None:
    """A row of 加减分 that changes nothing is a fault."""
    scheme = replace(default_scheme(), adjustments=(Adjustment("青禾镇", Decimal(0), "事由"),))

    assert [found.code for found in check_scheme(scheme, FILE)] == ["points-zero"]


def test_missing_sheet_is_told() -> None:
    """A sheet that was deleted is named, and reading goes on."""
    book = openpyxl.load_workbook(BytesIO(scheme_workbook(default_scheme())))
    del book["配额"]
    buffer = BytesIO()
    book.save(buffer)

    _, problems = read_scheme(buffer.getvalue(), FILE)

    assert [(found.code, found.origin.sheet) for found in problems] == [("missing-sheet", "配额")]


def test_not_a_workbook() -> None:
    """Something that is no workbook is refused as a whole."""
    with pytest.raises(UnusableError) as fault:
        read_scheme(b"no workbook", FILE)

    assert fault.value.problems[0].code == "unreadable-workbook"


def test_typed_text_is_read_as_people_mean_it() -> None:
    """Full-width digits, 30% as text and 分 behind a number are read."""
    data = edited(default_scheme(), ("基本设置", "B4", "１００分"), ("配额", "B4", "30%"), ("等次", "B4", "９０"))

    assert read_scheme(data, FILE) == (default_scheme(), [])


def test_names_that_are_not_there() -> None:
    """Units, groups and sections that the scheme names are looked up, a near name is offered."""
    units = (Unit("1", "青禾镇", "乡镇", group="乡镇组"), Unit("2", "柳湾镇", "乡镇", group="乡镇组"))
    scheme = replace(
        default_scheme(),
        weights=(Weight("学习教育", Decimal(2)), Weight("（一）作风建设", Decimal(2))),
        quotas=(Quota("", Decimal(30)), Quota("乡镇", Decimal(20))),
        adjustments=(Adjustment("青禾", Decimal(1), "事由"), Adjustment("柳湾镇", Decimal(1), "事由")),
        decisions=(Decision("石桥镇", Effect.LOWEST, "事由"),),
    )

    found = check_use(scheme, units, ("二、作风建设", ""))

    assert [(fault.code, fault.severity.value) for fault in found] == [
        ("scheme-unit", "error"),
        ("scheme-unit", "error"),
        ("scheme-group", "warning"),
        ("scheme-section", "warning"),
    ]
    assert "是不是“青禾镇”" in found[0].what


def test_section_name() -> None:
    """The number before a section's title does not count, whatever its form."""
    texts = ("一、加强学习", "（二）加强学习", "3.加强学习", "十一、 加强学习", "加强学习")

    assert {section_name(text) for text in texts} == {"加强学习"}


def test_workbook_is_sound(tmp_path: Path) -> None:
    """The scheme's workbook passes the validator, and every declared sheet is there in order."""
    path = tmp_path / FILE
    path.write_bytes(scheme_workbook(FULL))

    found = OpenXmlValidator().validate(path)

    assert found.is_valid, found.errors
    titles = openpyxl.load_workbook(path).sheetnames
    assert titles[: len(SCHEME)] == [sheet.title for sheet in SCHEME]
