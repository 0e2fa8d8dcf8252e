"""Two lists side by side: every kind of change, its words, the same from either side, and 对照.xlsx."""

from collections.abc import Iterable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openxml_audit import OpenXmlValidator

from office import Office
from qingdan_xl.documents import parse
from qingdan_xl.documents.comparing.changedwords import changed_words
from qingdan_xl.documents.comparing.changes import Change
from qingdan_xl.documents.comparing.comparison import Comparison, DutyChange, compare
from qingdan_xl.documents.comparing.export import comparison_json
from qingdan_xl.documents.comparing.headings import HeadingChange
from qingdan_xl.documents.comparing.phrases import duty_notes, heading_notes
from qingdan_xl.documents.comparing.several import Compared, compare_all
from qingdan_xl.documents.comparing.workbook import comparison_workbook
from qingdan_xl.model import Checklist
from qingdan_xl.samples import sample_documents
from qingdan_xl.sheets.comparison import CHANGES

BEFORE = """2026年青禾镇安全生产责任清单
一、主要负责人职责
（一）组织领导
1.每季度至少主持召开1次安全生产专题会议，研究解决突出问题。
2.每年1月31日前向县委报告上年度安全生产工作情况。
3.建立健全安全生产责任制，层层签订责任书。
（二）督促检查
1.每月带队检查重点企业不少于1次，检查结果在*镇政务网公开。
2.每年参加应急演练不少于2次。
3.督促落实隐患整改闭环管理，整改率达到95%以上。
二、分管负责人职责
（一）日常监管
1.每周巡查在建工地1次，发现问题及时交办。
2.组织开展“安全生产月”宣传活动。
3.定期听取派出所消防工作汇报，协调解决困难。
（二）应急处置
1.事故发生后30分钟内赶赴现场，组织*救援队救援。
2.编制年度应急物资采购计划。
"""
AFTER = """2027年青禾镇安全生产责任清单
一、主要负责人职责
（一）组织领导
1.带头学习安全生产法律法规，讲安全生产公开课。
2.每季度至少主持召开2次安全生产专题会议，研究解决突出问题。
3.每半年向县委报告上年度安全生产工作情况。
4.建立健全全员安全生产责任制，层层签订责任书。
（三）督促检查
1.每月带队检查重点企业不少于1次，检查结果在青禾镇政务网公开。
2.每年参加应急演练不少于2次。
3.督促落实隐患整改闭环管理，整改率达到98%以上。
二、分管负责人职责
（一）日常监管执法
1.每周巡查在建工地1次,发现问题及时交办。
3.定期听取派出所消防工作汇报，协调解决困难。
（二）应急处置
1.事故发生后30分钟内赶赴现场，组织XX救援队救援。
2.组织开展“安全生产月”宣传活动。
"""

# changes | number before | number now | words that changed
DUTIES = """
新增                   |   | 1 |
改要求、改文字、改序号 | 1 | 2 | 1→2
改要求、改文字、改序号 | 2 | 3 | →半；1月31日前→
改文字、改序号         | 3 | 4 | →全员
填占位符               | 1 | 1 | *→青禾
改要求、改文字         | 3 | 3 | 95%→98%
标点                   | 1 | 1 | ，→,
占位符写法             | 1 | 1 | *→XX
删去                   | 2 |   |
移动                   | 2 | 2 |
"""
NOTES = """
序号 1→2
“每季度至少主持召开2次安全生产专题会议”：数量 1次→2次
序号 2→3
“每半年向县委报告上年度安全生产工作情况”：周期 每年→每半年，期限 01-31→无
序号 3→4
占位符 *→青禾
“整改率达到98%以上”：数量 95%→98%
原在“分管负责人”“（一） 日常监管”，现在“分管负责人”“（二） 应急处置”
"""
HEADINGS = """
title   | 改文字 | 2026→2027 |
section | 改序号 |           | 序号 （二）→（三）
section | 改文字 | →执法     |
"""


def parsed(text: str, name: str = "清单.txt") -> Checklist:
    """The list in a text."""
    return parse(name, text.encode())[0]


def table(text: str) -> list[tuple[str, ...]]:
    """The rows of a text table."""
    return [tuple(cell.strip() for cell in line.split("|")) for line in text.strip().splitlines()]


def words(changes: Iterable[Change]) -> str:
    """The kinds of change as people read them."""
    return "、".join(word for word, code in CHANGES.items() if code in list(changes))


def changed(comparison: Comparison) -> list[tuple[str, ...]]:
    """The changed duties as rows of DUTIES."""
    return [
        (
            words(one.changes),
            one.old.duty.number if one.old else "",
            one.new.duty.number if one.new else "",
            "；".join(f"{piece.old}→{piece.new}" for piece in one.pieces if not piece.is_kept),
        )
        for one in comparison.duties
    ]


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    """The two years side by side."""
    return compare(parsed(BEFORE), parsed(AFTER, "新清单.txt"))


def test_every_kind_of_change(comparison: Comparison) -> None:
    """Each duty is told by what became of it, with the words that changed and nothing else."""
    assert changed(comparison) == table(DUTIES)
    assert [note for one in comparison.duties for note in duty_notes(one)] == NOTES.split("\n")[1:-1]
    assert comparison.same == 2


def test_headings(comparison: Comparison) -> None:
    """Title and sections that were renamed or renumbered are told; their duties did not move."""
    found = [
        (
            one.heading.level.value,
            words(one.changes),
            "；".join(f"{piece.old}→{piece.new}" for piece in one.pieces if not piece.is_kept),
            "；".join(heading_notes(one)),
        )
        for one in comparison.headings
    ]

    assert found == table(HEADINGS)


@pytest.mark.parametrize(
    ("old", "new", "marked"),
    [
        ("每年召开2次会议。", "每年召开2次会议。", []),
        ("每年召开2次会议。", "每年召开12次会议。", [("2", "12")]),
        ("覆盖率达到60%以上", "覆盖率达到65%以上", [("60%", "65%")]),
        ("按*要求报*局。", "按县委要求报县教育局。", [("*", "县委"), ("*", "县教育")]),
        ("研究部署工作，听取汇报。", "听取汇报。", [("研究部署工作，", "")]),
        ("甲乙丙的丁戊己", "子丑寅的卯辰巳", [("甲乙丙的丁戊己", "子丑寅的卯辰巳")]),
    ],
)
def test_changed_words(old: str, new: str, marked: list[tuple[str, str]]) -> None:
    """A number or an open place is one word; a sign that is left by chance between changes is part of them."""
    pieces = changed_words(old, new)

    assert [(piece.old, piece.new) for piece in pieces if not piece.is_kept] == marked


@given(st.text("每年月次会议，。*1238", max_size=30), st.text("每年月次会议，。*1238", max_size=30))
def test_pieces_are_both_texts_from_either_side(old: str, new: str) -> None:
    """The pieces hold both texts whole, and are the same, turned round, when the texts change places."""
    pieces = changed_words(old, new)

    assert ("".join(piece.old for piece in pieces), "".join(piece.new for piece in pieces)) == (old, new)
    assert [piece.turned() for piece in pieces] == list(changed_words(new, old))


_lines = [f"{text}\n" for text in BEFORE.splitlines()[3:6] + BEFORE.splitlines()[7:10] + AFTER.splitlines()[3:6]]
_lists = st.lists(
    st.sampled_from([*_lines, "（一）组织领导\n", "（二）督促检查\n", "二、分管负责人职责\n"]), max_size=12
).map(lambda lines: parsed(f"青禾镇责任清单\n一、主要负责人职责\n{''.join(lines)}"))
_samples = st.sampled_from([one for name, data in sample_documents().items() for one in parse(name, data)])


@settings(deadline=None, max_examples=40)
@given(_lists | _samples)
def test_a_list_and_itself_have_no_difference(checklist: Checklist) -> None:
    """Nothing changed between a list and itself, whatever is repeated in it."""
    found = compare(checklist, checklist)

    assert found.is_empty
    assert found.same == len(checklist.duties)


@settings(deadline=None, max_examples=40)
@given(_lists, _lists)
def test_either_side_sees_the_same(old: Checklist, new: Checklist) -> None:
    """What is added from one side is removed from the other, and every other change is the same turned round."""
    there, back = compare(old, new), compare(new, old)

    assert sorted(map(_turned, back.duties), key=repr) == sorted(map(_as_seen, there.duties), key=repr)
    assert sorted(map(_turned, back.headings), key=repr) == sorted(map(_as_seen, there.headings), key=repr)
    assert there.same == back.same


_OTHER = {Change.ADDED: Change.REMOVED, Change.FILLED: Change.OPENED}
_SWAPPED = _OTHER | {there: here for here, there in _OTHER.items()}


def _as_seen(change: DutyChange | HeadingChange) -> tuple[object, ...]:
    """A change by what it says."""
    sides = tuple(getattr(side, "at", side) for side in (change.old, change.new))
    return sides, sorted(change.changes), change.pieces


def _turned(change: DutyChange | HeadingChange) -> tuple[object, ...]:
    """A change as seen from the other list."""
    sides = tuple(getattr(side, "at", side) for side in (change.new, change.old))
    kinds = sorted(_SWAPPED.get(kind, kind) for kind in change.changes)
    return sides, kinds, tuple(piece.turned() for piece in change.pieces)


def test_several_lists_find_their_partners() -> None:
    """Lists of two files are compared each with its other version; one that has none is named, not counted as new."""
    other = parsed("2026年青禾小学食堂管理责任清单\n1.每日陪餐并做好记录。\n2.每周检查食堂留样1次。\n")

    found = compare_all([other, parsed(BEFORE)], [parsed(AFTER)])

    assert [(one.old.title, one.new.title) for one in found.comparisons] == [
        ("2026年青禾镇安全生产责任清单", "2027年青禾镇安全生产责任清单")
    ]
    assert found.only_old == (other,)
    assert found.only_new == ()


def test_lists_without_a_duty_in_common_are_told(comparison: Comparison) -> None:
    """Two quite different lists are compared when asked for, and it is said that they may be no two versions."""
    other = parsed("2026年青禾小学食堂管理责任清单\n1.每日陪餐并做好记录。\n2.每周检查食堂留样1次。\n")

    assert compare(other, parsed(AFTER)).is_unlike
    assert not comparison.is_unlike


def test_points_and_departments() -> None:
    """What a table says beside the text is compared too."""
    old = parsed("2026年考核评分表\n1.按时报送材料。（5分）\n2.开展安全检查。（10分）\n")
    duties = tuple(replace(duty, points=duty.points and duty.points + 1, department="办公室") for duty in old.duties)
    section = replace(old.roles[0].sections[0], duties=duties)
    new = replace(old, roles=(replace(old.roles[0], sections=(section,)),))

    found = compare(old, new)

    assert changed(found)[0] == ("改分值、改部门", "1", "1", "")
    assert list(duty_notes(found.duties[0])) == ["分值 5→6", "负责部门 无→办公室"]


def test_json_holds_both_sides(comparison: Comparison) -> None:
    """Each change has what was and what is, its words in pieces and its demands; null where a side has nothing."""
    (found,) = comparison_json(Compared((comparison,)))["comparisons"]

    assert found["before"] == {
        "source": "清单.txt",
        "title": "2026年青禾镇安全生产责任清单",
        "year": 2026,
        "kind": "checklist",
        "duties": 11,
    }
    assert found["counts"] | {"same": 2, "added": 1, "removed": 1, "moved": 1, "demands": 3} == found["counts"]
    added, meeting = found["duties"][:2]
    assert (added["before"], added["changes"]) == (None, ["added"])
    assert {"before": "1", "after": "2"} in meeting["words"]
    assert [(one["before"]["at_least"], one["after"]["at_least"]) for one in meeting["demands"]] == [(1, 2)]
    assert meeting["after"]["section"] == {"number": "（一）", "title": "组织领导"}


def test_the_workbook_marks_what_changed(comparison: Comparison, tmp_path: Path) -> None:
    """对照.xlsx is valid; what was cut is struck out in the older text, what was added underlined in the newer one."""
    data = comparison_workbook(Compared((comparison,)))
    path = tmp_path / "对照.xlsx"
    path.write_bytes(data)

    book = openpyxl.load_workbook(BytesIO(data), rich_text=True)
    page = book["事项对照"]
    headings = [cell.value for cell in page[3]]
    before, after = (page.cell(5, headings.index(name) + 1).value for name in ("原文", "现文"))
    assert isinstance(before, CellRichText)
    assert isinstance(after, CellRichText)
    assert OpenXmlValidator().validate(str(path)).errors == []
    assert book.sheetnames == ["对照概览", "事项对照", "名称、角色和板块"]
    assert [(run.text, run.font.strike) for run in before if isinstance(run, TextBlock)][1] == ("1", True)
    assert [(run.text, run.font.u) for run in after if isinstance(run, TextBlock)][1] == ("2", "single")
    assert str(before) == comparison.duties[1].spot.duty.text.replace("2次", "1次")
    assert "清单" not in headings


def test_no_column_is_empty(comparison: Comparison) -> None:
    """A column in which nothing stands is left out, and so is a sheet without rows."""
    same = compare(comparison.old, comparison.old)

    book = openpyxl.load_workbook(BytesIO(comparison_workbook(Compared((same,)))))

    assert book.sheetnames == ["对照概览"]
    rows = list(book["对照概览"].iter_rows(min_row=3, values_only=True))
    assert rows[0] == ("清单", "原文件", "现文件", "原事项数", "现事项数", "未变", "说明")
    assert rows[1][3:] == (11, 11, 11, "没有任何变动")


def test_the_workbook_prints(comparison: Comparison, office: Office, tmp_path: Path) -> None:
    """LibreOffice opens and prints it: one page a sheet."""
    path = tmp_path / "对照.xlsx"
    path.write_bytes(comparison_workbook(Compared((comparison,), (comparison.old,))))

    data = office.pdf(path, tmp_path / "pdf").read_bytes()

    assert data.startswith(b"%PDF")
    assert data.count(b"/Type/Page/") == 3
