"""数据项: numbers that count themselves, and 考核数据.xlsx where people type the others."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openxml_audit import OpenXmlValidator

from assessment_samples import UNIT, receipts, standings
from qingdan_xl.assessment.data import AUTOMATIC, Collected, automatic, gathered
from qingdan_xl.assessment.data_sheet import (
    Typed,
    check_untyped,
    completed,
    data_lists,
    data_workbook,
    read_data,
    wanted_rows,
)
from qingdan_xl.assessment.facts import Subject, unit_subject
from qingdan_xl.assessment.rules import Scheme
from qingdan_xl.assessment.scheme import scheme_workbook
from qingdan_xl.problems import UnusableError
from qingdan_xl.sheets.scheme import Missing
from qingdan_xl.sheets.values import Value
from qingdan_xl.summary.standing import Answer, Standing
from qingdan_xl.verbs.init import init_year
from qingdan_xl.verbs.score_data import complete_data
from qingdan_xl.workspace.folder import Workspace
from scheme_samples import item, item_scheme, rule, table

FILE = "考核数据.xlsx"
DAY = date(2026, 12, 31)
ISSUES: list[Mapping[str, Value]] = [
    {"unit_id": "U001", "text": "井盖缺失", "status": "已整改", "deadline": date(2026, 3, 1)},
    {"unit_id": "U001", "text": "护栏破损", "status": "整改中", "deadline": date(2026, 6, 1)},
    {"unit_id": "U001", "text": "标识不清", "status": "待整改", "deadline": date(2027, 6, 1)},
]


def answered(text: str) -> list[Standing]:
    """Duties as `standings` has them; `~80` behind a word is the self-score, `^85` the ratio."""
    found = []
    for number, word in enumerate(text.split()):
        body, _, score = word.partition("~")
        body, _, ratio = body.partition("^")
        duty = replace(standings(f"{'- ' * number}{body}")[number])
        answer = replace(
            duty.answer, self_score=Decimal(score) if score else None, ratio=Decimal(ratio) if ratio else None
        )
        found.append(replace(duty, answer=answer))
    return found


# what is counted, the duties, the returns, and the number
COUNTED = table("""
迟报次数 | 已完成 | 旧按时 | 0
迟报次数 | 已完成 | 迟 退2 | 1
退回次数 | 已完成 | 退2 重 按时 | 2
未报送 | 已完成 | 按时 | 0
未报送 | 未交回 | 退1 | 1
责任事项数 | 已完成 - 不适用 推进中 | | 3
责任事项数：重点 | 已完成@重点 -@其他 推进中@重点 | | 2
可办结事项数 | 已完成 - 不适用 长期坚持 | | 2
已完成事项数 | 已完成 - 不适用 长期坚持 | | 1
未完成事项数 | 已完成 - 推进中 长期坚持 不适用 | | 2
完成率 | 已完成 已完成 推进中 长期坚持 | | 66.67
完成率 | 长期坚持 不适用 | | 无
应计次 | 3/4 1/2 | | 12
已计次 | 3/4 1/2 | | 10
缺次 | 3/4 1/2 | | 2
缺次：会议 | 3/4 1/2 | | 2
缺次:会议 | 3/4 | | 1
缺次：巡河 | 3/4 1/2 | | 0
缺次 | 已完成 | | 0
缺次 | 不适用=1/4 3/4 | | 1
应达标期数 | 3/4 1/2 | | 6
达标期数 | 3/4 1/2 | | 4
未达标期数 | 3/4 1/2 | | 2
达标率 | 3/4 1/2 | | 66.67
达标率 | 已完成 | | 无
自评分 | 已完成~90 推进中~80 - | | 85
自评分 | 已完成 - | | 无
实际比例 | 已完成^85 推进中^60 - | | 60
问题数 | 已完成 | | 3
未整改问题数 | 已完成 | | 2
逾期未整改问题数 | 已完成 | | 1
逾期事项数 | 已完成 | | 0
""")


@pytest.mark.parametrize("case", COUNTED, ids=" ".join)
def test_automatic_data(case: list[str]) -> None:
    """Each number counts what its help says, and has no value where there is nothing to count it by."""
    name, duties, back, expected = case
    found = automatic(name)
    assert found is not None
    kind, part = found
    counted = kind.count(Collected(answered(duties), receipts(back), ISSUES, DAY), part)

    assert ("无" if counted is None else f"{counted.number.normalize() + 0:f}") == expected


def test_every_automatic_number_is_held_by_the_table() -> None:
    """No automatic number is without a case."""
    assert {case[0].replace(":", "：").partition("：")[0] for case in COUNTED} == AUTOMATIC.keys()


@pytest.mark.parametrize("name", ["缺次：", "迟报次数：会议", "巡河次数", "：会议", ""])
def test_what_is_no_automatic_data(name: str) -> None:
    """A name that is not listed, or narrowed where nothing can be, is for people to type."""
    assert automatic(name) is None


def test_overdue_and_unfinished_by_the_day() -> None:
    """A date that is still to come takes nothing: mid-year only what has fallen due counts."""
    duty = replace(standings("推进中")[0], deadline=date(2026, 9, 30), light="正常")
    late = replace(duty, light="逾期")
    early, after = (
        AUTOMATIC["未完成事项数"].count(Collected([duty], as_of=day), "") for day in (date(2026, 6, 30), DAY)
    )

    assert early is not None
    assert after is not None
    assert (early.number, after.number) == (Decimal(0), Decimal(1))
    overdue = AUTOMATIC["逾期事项数"].count(Collected([late], as_of=DAY), "")
    assert overdue is not None
    assert (overdue.number, overdue.words) == (Decimal(1), "事项1")


@pytest.mark.parametrize(("missing", "expected"), [(Missing.NOT_ASSESSED, None), (Missing.ZERO, Decimal(8))])
def test_a_unit_that_returned_nothing(missing: Missing, expected: Decimal | None) -> None:
    """What only the workbook knows waits where such units are not scored, and is all missing where they are."""
    scheme = item_scheme([item("10")], [rule("每次扣分 缺次 1"), rule("每次扣分 退回次数 1")], missing=missing)
    gone = [replace(duty, returned=False) for duty in standings("0/4=0/4")]
    gone = [replace(duty, targets=tuple(replace(own, windows=tuple(replace(w, done=0) for w in own.windows))
            for own in duty.targets), answer=Answer()) for duty in standings("0/4")]  # fmt: skip
    gone = [replace(duty, returned=False) for duty in gone]
    known = gathered([unit_subject(UNIT)], {"U001": Collected(gone, receipts("退1"))}, {}, scheme)["U001"]

    assert known.amounts["缺次"][0].value == expected
    assert known.amounts["退回次数"][0].value == 1


SCHEME = item_scheme(
    [item("60"), replace(item("40", "2"), kinds=("乡镇",)), replace(item("40", "3"), kinds=("机关",))],
    [
        rule("酌情扣分 整改不力 low=1 high=3 blank=待填"),
        rule("每次扣分 通报 1"),
        rule("每次扣分 缺次 1 blank=待填"),
        rule("按比例得分 办结 base_data=交办", "2"),
        rule("按级别计分 获奖 options=级别、等次 blank=待填", "3"),
    ],
)
OFFICE = Subject("U009", "办公室", "机关组", "机关", "办公室")
PERSON = Subject("U001/张甲", "张甲", "班子", "乡镇", UNIT.name)
SUBJECTS = (unit_subject(UNIT), OFFICE, PERSON)
UNITS = SUBJECTS[:2]


def fresh() -> bytes:
    """A new 考核数据.xlsx for both units."""
    return data_workbook(wanted_rows(UNITS, SCHEME), data_lists(UNITS, SCHEME))


def edited(data: bytes, **cells: str | int | None) -> bytes:
    """The workbook with cells typed over."""
    book = openpyxl.load_workbook(BytesIO(data))
    for cell, value in cells.items():
        book["考核数据"][cell] = value
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def read(data: bytes) -> Typed:
    """What the workbook says."""
    return read_data(data, FILE, SUBJECTS, SCHEME)


def test_what_must_be_typed_is_asked_for() -> None:
    """A row for every unit and number that a rule of its items waits for; what counts itself is not asked."""
    assert wanted_rows(UNITS, SCHEME) == [
        ("青禾镇", "整改不力"),
        ("青禾镇", "交办"),
        ("办公室", "整改不力"),
        ("办公室", "获奖"),
    ]
    assert data_lists(UNITS, SCHEME)["data"] == ("整改不力", "通报", "办结", "交办", "获奖")
    assert data_lists(UNITS, SCHEME)["level"] == ("国家", "省", "市")


def test_a_blank_number_waits() -> None:
    """A row without its number is an open amount at its cell, a filled one counts with its words and evidence."""
    typed = read(edited(fresh(), C4=2, F4="三次催办未整改", G4="督查通报"))
    (filled,), (blank,) = typed.facts["U001"].amounts["整改不力"], typed.facts["U001"].amounts["交办"]

    assert (filled.value, filled.words, filled.origin.cell) == (Decimal(2), "三次催办未整改（依据：督查通报）", "C4")
    assert (blank.value, blank.origin.cell) == (None, "C5")
    assert typed.problems == ()


TYPED_FAULTS: list[tuple[dict[str, str | int | None], str, str, str, str]] = [
    ({"A4": "青禾"}, "scheme-unit", "error", "A4", "是不是“青禾镇”"),
    ({"C4": "两次"}, "bad-cell", "error", "C4", "应填数字"),
    ({"B4": None}, "needs-value", "error", "B4", "数据项"),
    ({"B4": "整改不利"}, "data-idle", "warning", "B4", "是不是“整改不力”"),
    ({"B4": "缺次"}, "data-automatic", "warning", "B4", "由程序自动统计"),
    ({"A4": "青禾镇/张甲"}, "data-person", "error", "A4", "登记到考核办法的“加减分”"),
    ({"C4": 5}, "judgement-range", "warning", "C4", "裁量 5 分超出范围 1－3"),
    ({"C7": 1, "D7": "国", "E7": "一等"}, "level-unknown", "warning", "D7", "“国”不在选项表“级别”中"),
    ({"C7": 1, "D7": "国家"}, "level-unknown", "warning", "E7", "“（空）”不在选项表“等次”中"),
]


@pytest.mark.parametrize("fault", TYPED_FAULTS, ids=lambda fault: f"{fault[1]} {fault[3]}")
def test_each_typed_fault_is_told_at_its_cell(fault: tuple[dict[str, str | int | None], str, str, str, str]) -> None:
    """Every fault that people can type is told by its code, at the cell, in words that help."""
    cells, code, severity, where, words = fault
    told = [found for found in read(edited(fresh(), **cells)).problems if found.code == code]

    assert [(found.severity.value, found.origin.cell) for found in told] == [(severity, where)]
    assert words in told[0].message


def test_data_that_nobody_typed_is_told() -> None:
    """Data that counts as 0 where nobody typed it is named, with the automatic one it may have been meant for."""
    scheme = replace(SCHEME, item_rules=(*SCHEME.item_rules, rule("每次扣分 迟报次 1")))

    told = check_untyped(read(fresh()), scheme)

    assert [(found.code, found.severity.value) for found in told] == [("data-untyped", "info")] * 3
    assert "是不是“迟报次数”" in told[2].what


def test_later_runs_only_add() -> None:
    """New rows go behind the last one and lists are renewed; what people typed, added and moved stays to the cell."""
    book = openpyxl.load_workbook(BytesIO(fresh()))
    page = book["考核数据"]
    page["C4"], page["H3"], page["H4"], page["A9"], page["B9"], page["C9"] = 2, "经办人", "李乙", "青禾镇", "通报", 1
    page["J30"] = "备忘"
    book.create_sheet("草稿")["A1"] = "自己的表"
    buffer = BytesIO()
    book.save(buffer)
    pine = Subject("U007", "松岭乡", "乡镇组", "乡镇", "松岭乡")
    everyone = (*UNITS, pine)
    rows = [row for row in wanted_rows(everyone, SCHEME) if row not in read(buffer.getvalue()).there]
    lists = data_lists(everyone, SCHEME)
    after = completed(buffer.getvalue(), rows, lists)
    assert after is not None
    book = openpyxl.load_workbook(BytesIO(after))
    page = book["考核数据"]

    assert rows == [("松岭乡", "整改不力"), ("松岭乡", "交办")]
    assert (page["C4"].value, page["H4"].value, page["B9"].value) == (2, "李乙", "通报")
    assert (page["A31"].value, page["B32"].value, page["J30"].value) == ("松岭乡", "交办", "备忘")
    assert book["草稿"]["A1"].value == "自己的表"
    assert page["C31"].number_format == page["C4"].number_format
    words = [cell.value for cell in book["_选项"]["A"]][1:]
    assert [word for word in words if word] == ["青禾镇", "办公室", "松岭乡"]
    assert book.defined_names["qd_subject"].attr_text.endswith("$A$4")
    again = read_data(after, FILE, everyone, SCHEME)
    assert again.problems == ()
    assert completed(after, [row for row in wanted_rows(everyone, SCHEME) if row not in again.there], lists) is None


def test_the_workbook_is_sound(tmp_path: Path) -> None:
    """The new workbook and the completed one pass the validator."""
    lists = data_lists(UNITS, SCHEME)
    for name, data in (("新", fresh()), ("添", completed(fresh(), [("办公室", "交办")], lists))):
        assert data is not None
        path = tmp_path / f"{name}.xlsx"
        path.write_bytes(data)
        assert OpenXmlValidator().validate(path).is_valid


def year_with(tmp_path: Path, scheme: Scheme) -> Workspace:
    """A year folder with one unit and this scheme."""
    year = init_year(tmp_path / "2026年度", 2026)
    book = openpyxl.load_workbook(year.roster)
    for column, value in zip("ABCDE", (UNIT.id, UNIT.name, UNIT.kind, "", UNIT.group), strict=True):
        book["单位"][f"{column}4"] = value
    book.save(year.roster)
    year.scheme.write_bytes(scheme_workbook(scheme))
    return year


def test_the_year_folder_is_kept_complete(tmp_path: Path) -> None:
    """The file is written ready once and then left as it is; an open one is not touched, which is said."""
    year = year_with(tmp_path, SCHEME)

    assert [found.code for found in complete_data(year, SCHEME)] == ["data-rows-added"]
    first = year.score_data.read_bytes()
    assert complete_data(year, SCHEME) == []
    assert year.score_data.read_bytes() == first
    more = replace(SCHEME, item_rules=(*SCHEME.item_rules, rule("酌情扣分 作风 low=1 high=2 blank=待填")))
    mark = year.root / f"~${year.score_data.name}"
    mark.touch()
    assert [found.code for found in complete_data(year, more)] == ["data-rows-waiting"]
    assert year.score_data.read_bytes() == first
    mark.unlink()
    assert [found.code for found in complete_data(year, more)] == ["data-rows-added"]


def test_a_faulty_file_is_not_touched(tmp_path: Path) -> None:
    """A file with an error stops the run with every fault, and stays as people left it."""
    year = year_with(tmp_path, SCHEME)
    complete_data(year, SCHEME)
    year.score_data.write_bytes(edited(year.score_data.read_bytes(), C4="两次", A5="青禾"))
    before = year.score_data.read_bytes()

    with pytest.raises(UnusableError) as fault:
        complete_data(year, SCHEME)

    assert [found.code for found in fault.value.problems] == ["bad-cell", "scheme-unit"]
    assert year.score_data.read_bytes() == before


def test_without_typed_data_no_file_is_written(tmp_path: Path) -> None:
    """A scheme whose numbers all count themselves asks people for nothing."""
    scheme = item_scheme([item("100")], [rule("每次扣分 缺次 1")])
    year = year_with(tmp_path, scheme)

    assert complete_data(year, scheme) == []
    assert not year.score_data.exists()
