"""母表: what is written is what is read back, honest edits are taken, wrong cells are named."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from qingdan_xl.documents import master_workbook, parse, read_master
from qingdan_xl.model import (
    Blank,
    Checklist,
    Doubt,
    Duty,
    Kind,
    Metric,
    Part,
    Per,
    Role,
    Rule,
    RuleKind,
    Section,
    Target,
    TargetKind,
    Whose,
)
from qingdan_xl.problems import UnusableError
from qingdan_xl.problems.documents import _DOCUMENT_NOTES, _DOCUMENTS
from qingdan_xl.sheets.checklist import DOUBT_WORDS

LIST = """2026年青禾镇河长责任清单
一、镇级河长职责
（一）巡河（20分）
1.每月巡河不少于1次，每少一次扣1分，扣完为止。
2.每年1月31日前和7月31日前书面报告，落实《河长制规定》《巡河办法（试行）》。
二、村级河长职责
1.每周巡河不少于2次，及时清理*河垃圾。
村民小组河长工作参照村级河长有关职责执行。
"""

_words = (
    st.text("一二三四甲乙丙丁年月巡河报告会议，。“”（）()1-9AbZ* ", min_size=1, max_size=24).map(str.strip).filter(bool)
)
_maybe = st.none() | _words
_points = st.none() | st.decimals(0, 1000, places=2).map(lambda value: value.normalize() + 0)
_line = st.none() | st.integers(1, 9999)
_parts = st.lists(st.text("甲乙丙丁定期及时", min_size=1, max_size=6), max_size=3, unique=True).map(tuple)
_targets = st.builds(
    Target,
    _words,
    st.text("开展巡河会议", max_size=6),
    st.sampled_from(TargetKind),
    _points,
    st.none() | st.sampled_from(["次", "%", "万元"]),
    st.none() | st.sampled_from(Per),
    st.lists(st.sampled_from(["01-31", "~07-01", "2026-05", "2026-09-15", "~2026-09-10"]), max_size=2).map(tuple),
    st.booleans(),
    st.sampled_from(["", "会议", "检查"]),
    st.none() | st.tuples(st.integers(1, 12), st.integers(1, 12)),
)
# texts by chance do not say what the demands do, nor are their dates in the list's year
_WORDING = {"demand-reworded", "demand-without-row", "due-elsewhere"}
_rules = st.builds(
    Rule, _words, st.sampled_from(RuleKind), _points, st.none() | st.just("次"), st.booleans(), _points, _points
)
_duties = st.builds(
    Duty,
    st.just(""),
    st.sampled_from(["", "1", "（一）", "第一", "1.1"]),
    _words,
    _line,
    st.lists(_targets, max_size=2).map(tuple),
    _parts,
    _parts.map(lambda names: tuple(f"《{name}》" for name in names)),
    st.integers(0, 9),
    _points,
    _maybe,
    st.lists(_rules, max_size=2).map(tuple),
    st.booleans(),
)
_texts = st.just("") | _words
_blanks = st.builds(Blank, st.just(Part.TITLE), st.just(""), _words, _texts, _texts, _texts) | st.builds(
    Blank, st.sampled_from((Part.ROLE, Part.SECTION, Part.DUTY)), _words, _words, _texts, _texts, _texts
)
_sections = st.builds(Section, _maybe, _maybe, st.lists(_duties, min_size=1, max_size=3).map(tuple), _points)
_roles = st.builds(Role, _words, _maybe, st.none(), st.lists(_sections, max_size=3).map(tuple), _parts)


def _numbered(roles: list[Role]) -> tuple[Role, ...]:
    """Roles with ids of their own, and no two equal sections side by side: those are one."""
    count = iter(range(1000))
    made = []
    for role in roles:
        sections: list[Section] = []
        for section in role.sections:
            duties = tuple(replace(duty, id=f"d{next(count):03}") for duty in section.duties)
            key = (section.number, section.title, section.points)
            if sections and (sections[-1].number, sections[-1].title, sections[-1].points) == key:
                continue
            sections.append(replace(section, duties=duties))
        made.append(replace(role, sections=tuple(sections)))
    return tuple(made)


def _named(metrics: list[Metric]) -> tuple[Metric, ...]:
    """The counts with names of their own."""
    return tuple(replace(metric, id=f"数{number}") for number, metric in enumerate(metrics, 1))


_metrics = st.builds(
    Metric,
    _words,
    _words,
    st.none() | st.just("次"),
    _line,
    topic=st.sampled_from(["", "研讨、读书"]),
    without=st.sampled_from(["", "参加、列席"]),
    months=st.none() | st.tuples(st.integers(1, 6), st.integers(6, 12)),
    whose=st.none() | st.sampled_from(Whose),
    checked=st.booleans(),
    note=st.sampled_from(["", "看不出是哪一类"]),
    sentence=_words,
)
_checklists = st.builds(
    Checklist,
    _words,
    _words,
    st.none() | st.integers(2000, 2099),
    st.sampled_from(Kind),
    st.lists(_roles, max_size=3, unique_by=lambda role: role.name).map(_numbered),
    st.lists(_metrics, max_size=2).map(_named),
    st.lists(st.builds(Doubt, st.just("noise"), _line, _words), max_size=2).map(tuple),
    blanks=st.lists(_blanks, max_size=3).map(tuple),
)


def edited(change: Callable[[openpyxl.Workbook], None], data: bytes | None = None) -> bytes:
    """The 母表 of LIST (or `data`) after somebody changed it in Excel."""
    book = openpyxl.load_workbook(BytesIO(data or master_workbook(parse("清单.txt", LIST.encode())[0])))
    change(book)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def column(sheet: Worksheet, heading: str) -> str:
    """The letter of the column under this heading."""
    return next(cell.column_letter for cell in sheet[3] if cell.value == heading)


@settings(max_examples=25, deadline=None)
@given(_checklists)
def test_reading_gives_back_what_was_written(checklist: Checklist) -> None:
    """Any checklist survives the way through Excel unchanged."""
    found, problems = read_master("母表.xlsx", master_workbook(checklist))

    assert {problem.code for problem in problems} <= _WORDING
    assert found == checklist


def test_a_parsed_list_comes_back() -> None:
    """A list as the parser makes it, with demands, rules, doubts and a role by reference, comes back unchanged."""
    checklist = parse("清单.txt", LIST.encode())[0]

    found, problems = read_master("母表.xlsx", master_workbook(checklist))

    assert (found, problems) == (checklist, [])
    assert [role.inherits for role in found.roles] == [None, None, "村级河长"]


def test_honest_edits_are_taken() -> None:
    """Changed text, a new row without id, moved columns and a typed demand are read as meant."""

    def change(book: openpyxl.Workbook) -> None:
        duties, targets = book["责任事项"], book["量化要求"]
        duties[f"{column(duties, '责任事项')}4"] = "每月巡河不少于3次。"
        role, text = column(duties, "角色"), column(duties, "责任事项")
        duties[f"{role}7"], duties[f"{text}7"] = "村级河长", "每年述职一次。"
        targets[f"{column(targets, '数量')}4"] = 3
        targets[f"{column(targets, '期限')}5"] = "1月31日，7-31"
        duties.insert_cols(1)
        duties["A3"] = "我的备注"

    found, problems = read_master("母表.xlsx", edited(change))

    assert [problem.code for problem in problems] == ["demand-without-row"]
    assert found.duties[0].text == "每月巡河不少于3次。"
    assert found.duties[0].targets[0].number == Decimal(3)
    assert found.duties[1].targets[0].due == ("01-31", "07-31")
    assert found.roles[1].duties[-1].text == "每年述职一次。"
    assert len({duty.id for duty in found.duties}) == 4


@pytest.mark.parametrize(
    ("typed", "due"),
    [
        ("2026-09-15", "2026-09-15"),
        ("2026年9月15日", "2026-09-15"),
        ("2026.9.15", "2026-09-15"),
        ("2026/9/15", "2026-09-15"),
        (20260915, "2026-09-15"),
        (datetime(2026, 9, 15), "2026-09-15"),  # noqa: DTZ001 - a date cell
        ("约2026-9-10", "~2026-09-10"),
        ("9月15日", "09-15"),
        ("2026年9月", "2026-09"),
    ],
)
def test_a_date_is_typed_in_any_way(typed: str | int | datetime, due: str) -> None:
    """期限 takes a day with its year in every spelling and as a date cell, and keeps both."""

    def change(book: openpyxl.Workbook) -> None:
        page = book["量化要求"]
        cell = page[f"{column(page, '期限')}4"]
        cell.number_format, cell.value = "General", typed

    found, problems = read_master("母表.xlsx", edited(change))

    assert problems == []
    assert found.duties[0].targets[0].due == (due,)


def test_a_list_without_a_year_is_of_that_of_its_folder() -> None:
    """Whether a date lies outside the year is told by the folder's year where the list names none."""

    def change(book: openpyxl.Workbook) -> None:
        book["清单信息"]["B5"] = None
        page = book["量化要求"]
        page[f"{column(page, '期限')}4"] = "2027-03-31"

    data = edited(change)

    assert read_master("母表.xlsx", data)[1] == []
    assert read_master("母表.xlsx", data, 2027)[1] == []
    assert [found.code for found in read_master("母表.xlsx", data, 2026)[1]] == ["due-elsewhere"]


@pytest.mark.parametrize(
    ("sheet", "heading", "row", "value", "code"),
    [
        ("责任事项", "角色", 4, "县级河长", "unknown-role"),
        ("责任事项", "责任事项", 4, None, "needs-value"),
        ("责任事项", "分值", 4, "很多", "bad-cell"),
        ("量化要求", "事项编号", 4, "zzzz", "unknown-duty"),
        ("量化要求", "周期", 4, "每世纪", "not-a-choice"),
        ("量化要求", "类型", 4, None, "needs-value"),
        ("量化要求", "期限", 4, "13-45", "bad-cell"),
        ("量化要求", "期限", 4, "2026-02-30", "bad-cell"),
        ("量化要求", "期限", 4, "2025-12-31", "due-elsewhere"),
        ("评分规则", "类型", 4, "罚款", "not-a-choice"),
        ("角色", "参照角色", 4, "县长", "unknown-role"),
    ],
)
def test_a_wrong_cell_is_named(sheet: str, heading: str, row: int, value: str | None, code: str) -> None:
    """One wrong cell is one coded problem with its sheet and cell."""
    cells: list[str] = []

    def change(book: openpyxl.Workbook) -> None:
        page = book[sheet]
        cells.append(f"{column(page, heading)}{row}")
        page[cells[0]] = value

    _, problems = read_master("母表.xlsx", edited(change))

    assert [(found.code, found.origin.sheet, found.origin.cell) for found in problems] == [(code, sheet, cells[0])]


def test_an_id_twice_is_named() -> None:
    """A duty row that was copied with its id is reported."""

    def change(book: openpyxl.Workbook) -> None:
        page = book["责任事项"]
        page["A5"] = page["A4"].value

    codes = {found.code for found in read_master("母表.xlsx", edited(change))[1]}

    assert codes == {"duty-twice", "unknown-duty"}


def test_a_wrong_year_is_named() -> None:
    """A year that is none is reported at its cell."""

    def change(book: openpyxl.Workbook) -> None:
        book["清单信息"]["B5"] = "明年"

    found, problems = read_master("母表.xlsx", edited(change))

    assert found.year is None
    assert [(one.code, one.origin.cell) for one in problems] == [("bad-cell", "B5")]


def test_a_missing_sheet_is_named() -> None:
    """A sheet that the list cannot do without is asked for; one that holds only extras is not."""

    def change(book: openpyxl.Workbook) -> None:
        del book["责任事项"], book["待核对"], book["评分规则"], book["量化要求"]

    codes = [(one.code, one.origin.sheet) for one in read_master("母表.xlsx", edited(change))[1]]

    assert codes == [("missing-sheet", "责任事项"), ("missing-sheet", "量化要求")]


def test_a_file_that_is_no_workbook_is_refused() -> None:
    """A damaged file is the coded problem unreadable-workbook."""
    with pytest.raises(UnusableError) as raised:
        read_master("母表.xlsx", b"nothing")

    assert [found.code for found in raised.value.problems] == ["unreadable-workbook"]


def test_months_that_cannot_be_read_are_named() -> None:
    """起止月份 is 3月至12月 or the like; anything else is named with its cell."""

    def change(book: openpyxl.Workbook) -> None:
        sheet = book["量化要求"]
        sheet[f"{column(sheet, '起止月份')}4"] = "春季"
        sheet[f"{column(sheet, '起止月份')}5"] = "11月-次年3月"

    checklist, problems = read_master("母表.xlsx", edited(change))

    assert [found.code for found in problems] == ["bad-cell"]
    assert [one.months for duty in checklist.duties for one in duty.targets][:2] == [None, (11, 3)]


def test_a_reworded_duty_is_compared_with_its_demands() -> None:
    """1次 made 3次 in the text alone is told at the row of 量化要求; a demand without any row at the duty."""

    def change(book: openpyxl.Workbook) -> None:
        sheet = book["责任事项"]
        letter = column(sheet, "责任事项")
        sheet[f"{letter}4"] = "每月巡河不少于3次。"
        sheet[f"{letter}6"] = "每周巡河不少于2次，每季度会商1次。"

    _, problems = read_master("母表.xlsx", edited(change))

    assert [(found.code, found.origin.sheet) for found in problems] == [
        ("demand-reworded", "量化要求"),
        ("demand-without-row", "责任事项"),
    ]


def test_a_corrected_demand_is_left_to_the_coordinator() -> None:
    """A number changed in 量化要求 alone is a correction of what the program read."""

    def change(book: openpyxl.Workbook) -> None:
        sheet = book["量化要求"]
        sheet[f"{column(sheet, '数量')}4"] = 5

    assert read_master("母表.xlsx", edited(change))[1] == []


def test_doubts_are_named_in_chinese() -> None:
    """待核对 shows a word for each kind of doubt; the code stands in a hidden column and is read back."""
    data = master_workbook(parse("清单.txt", LIST.encode())[0])
    sheet = openpyxl.load_workbook(BytesIO(data))["待核对"]

    assert sheet.column_dimensions[column(sheet, "代码")].hidden
    assert sheet[f"{column(sheet, '疑点')}4"].value == "待填占位"


def test_every_doubt_of_the_parser_has_a_word() -> None:
    """What the parser may put into 待核对 is named there."""
    parser = {entry.code for entry in (*_DOCUMENTS, *_DOCUMENT_NOTES)} - {"kept-master", "kept-scheme", "ids-kept"}

    assert parser <= DOUBT_WORDS.keys()
