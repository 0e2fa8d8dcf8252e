"""Every kind of scoring rule with exact points, worked out by hand."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from qingdan_xl.assessment.facts import Facts
from qingdan_xl.assessment.grading import grade
from qingdan_xl.assessment.items import ScoreSection
from qingdan_xl.assessment.relative import compared
from qingdan_xl.assessment.rules import Decision
from qingdan_xl.assessment.scoring import score
from qingdan_xl.assessment.trail import Kind
from qingdan_xl.sheets.scheme import Effect
from qingdan_xl.sheets.scheme_items import Nature
from scheme_samples import facts, item, item_scheme, rule, said, scored_units, subjects, table

# item | rules | data | points
CASES = table("""
# 每次扣分: 满分起扣，扣完为止
10 | 每次扣分 甲 0.5 | 甲=3 | 8.5
10 | 每次扣分 甲 0.5 | （无） | 10
2 | 每次扣分 甲 0.5 | 甲=7 | 0
10 | 每次扣分 甲 0.1 | 甲=3 | 9.7
10 | 每次扣分 甲 0.5 | 甲=1+2+4 | 6.5
10 | 每次扣分 甲 0.5 cap=2 | 甲=7 | 8
10 | 每次扣分 甲 1 free=2 | 甲=2 | 10
10 | 每次扣分 甲 1 free=2 | 甲=5 | 7
10 | 每次扣分 甲 1 | 甲=2.5 | 8
10 | 每次扣分 甲 0.5 step=5 | 甲=4.9 | 10
10 | 每次扣分 甲 1 step=5 | 甲=14 | 8
10 | 每次扣分 甲 1 step=5 partial=按比例 | 甲=14 | 7.2
10 | 每次扣分 甲 1 step=5 partial=进一档 | 甲=14 | 7
10 | 每次扣分 甲 1 step=5 partial=进一档 | 甲=15 | 7
10 | 每次扣分 甲 0.2 free=1 step=2 partial=进一档 | 甲=6 | 9.4
10 | 每次扣分 甲 1 blank=待填 | （无） | 待评
10 | 每次扣分 甲 1 | 甲=? | 待评
10 | 每次扣分 甲 1 | 甲=2+? | 待评
10 | 每次扣分 甲 1 blank=待填 | 甲=0 | 10
# 本项累计最多扣、本项最低得分、全卷不低于 0
10 cap=2 | 每次扣分 甲 1; 每次扣分 乙 0.5 | 甲=1 乙=4 | 8
10 cap=2 | 每次扣分 甲 1; 每次扣分 乙 0.5 | 甲=1 乙=1 | 8.5
10 floor=4 | 每次扣分 甲 1 | 甲=20 | 4
10 floor=-3 | 每次扣分 甲 1 | 甲=20 | 0
# 一次扣分
10 | 一次扣分 甲 3 | 甲=0 | 10
10 | 一次扣分 甲 3 | 甲=1 | 7
10 | 一次扣分 甲 3 | 甲=5 | 7
10 | 一次扣分 甲 3 free=2 | 甲=2 | 10
10 | 一次扣分 甲 3 free=2 | 甲=3 | 7
# 不得分
10 | 不得分 甲 | （无） | 10
10 | 不得分 甲 | 甲=1 | 0
10 | 不得分 甲 | 甲=? | 待评
10 | 不得分 甲 blank=待填 | （无） | 待评
10 | 每次扣分 乙 1; 扣分加倍 甲 factor=2 | 乙=1 甲=? | 待评
10 | 每次扣分 甲 1; 不得分 乙 free=3 | 甲=4 乙=3 | 6
10 | 每次扣分 甲 1; 不得分 乙 free=3 | 甲=4 乙=4 | 0
10 | 不得分 乙; 每次扣分 甲 1 | 甲=4 乙=1 | 0
10 零 | 每次加分 甲 2; 不得分 乙 | 甲=3 乙=1 | 0
10 cap=2 | 每次扣分 甲 1; 不得分 乙 | 甲=4 乙=1 | 0
10 cap=2 | 每次扣分 甲 1; 不得分 乙 | 甲=4 | 8
# 扣分加倍、减半
10 | 每次扣分 甲 1; 扣分加倍 乙 factor=2 | 甲=2 | 8
10 | 每次扣分 甲 1; 扣分加倍 乙 factor=2 | 甲=2 乙=1 | 6
10 | 每次扣分 甲 1; 扣分加倍 乙 factor=0.5 | 甲=2 乙=1 | 9
10 cap=3 | 每次扣分 甲 1; 扣分加倍 乙 factor=2 | 甲=2 乙=1 | 7
10 | 每次扣分 甲 1; 扣分加倍 乙 factor=2 | 甲=8 乙=1 | 0
# 按比例得分
10 零 | 按比例得分 甲 base=100 | 甲=85 | 8.5
10 零 | 按比例得分 甲 base=100 | 甲=120 | 10
10 零 | 按比例得分 甲 base=100 | 甲=0 | 0
10 零 | 按比例得分 甲 base=100 | 甲=-5 | 0
10 零 | 按比例得分 甲 base=3 | 甲=1 | 3.3333
10 零 | 按比例得分 甲 6 base=50 | 甲=25 | 3
10 零 | 按比例得分 甲 base_data=乙 | 甲=7 乙=8 | 8.75
10 零 | 按比例得分 甲 base_data=乙 | 甲=7 | 待评
10 零 | 按比例得分 甲 base_data=乙 | 甲=7 乙=? | 待评
10 零 | 按比例得分 甲 base_data=乙 | 甲=7 乙=10+? | 待评
10 零 | 按比例得分 甲 base=100 blank=待填 | （无） | 待评
# 按排名：第一名满分，每退一名少 2%，同数同名次
10 零 | 按排名 甲 factor=0.02 | 甲=9/5/3 | 10
10 零 | 按排名 甲 factor=0.02 | 甲=5/9/3 | 9.8
10 零 | 按排名 甲 factor=0.02 | 甲=5/9/9 | 9.6
10 零 | 按排名 甲 factor=0.02 | 甲=9/9/3 | 10
10 零 | 按排名 甲 factor=0.5 | 甲=1/2/3/4 | 0
10 零 | 按排名 甲 factor=0.02 order=低者在前 | 甲=3/5/9 | 10
10 零 | 按排名 甲 factor=0.02 order=低者在前 | 甲=9/5/3 | 9.6
10 零 | 按排名 甲 factor=0.02 blank=视为0 | 甲=-/5/3 | 9.6
10 零 | 按排名 甲 factor=0.02 blank=视为0 order=低者在前 | 甲=-/5/3 | 10
10 零 | 按排名 甲 factor=0.02 | 甲=-/5/3 | 待评
10 零 | 按排名 甲 factor=0.02 order=低者在前 | 甲=-/5/3 | 待评
10 零 | 按排名 甲 factor=0.02 order=低者在前 | 甲=3/5/- | 10
10 零 | 按排名 甲 factor=0.02 blank=待填 | 甲=-/5/3 | 待评
10 零 | 按排名 甲 factor=0.02 blank=待填 | 甲=5/?/9 | 9.8
# 按最好：本组最好的满分，其余按比例
10 零 | 按最好 甲 | 甲=80/60 | 10
10 零 | 按最好 甲 | 甲=60/80 | 7.5
10 零 | 按最好 甲 | 甲=0/0 | 0
10 零 | 按最好 甲 blank=视为0 | 甲=-/80 | 0
10 零 | 按最好 甲 | 甲=-/80 | 待评
10 零 | 按最好 甲 | 甲=80/- | 10
10 零 | 按最好 甲 blank=待填 | 甲=-/80 | 待评
# 加分
10 零 | 每次加分 甲 2 | 甲=3 | 6
10 零 | 每次加分 甲 2 | 甲=9 | 10
10 零 | 每次加分 甲 2 cap=5 | 甲=9 | 5
10 零 | 一次加分 甲 3; 一次加分 乙 2 | 甲=4 乙=1 | 5
10 零 | 一次加分 甲 3; 每次扣分 乙 1 | 甲=1 乙=5 | 0
# 酌情：范围之外的、没有填的都等人，0 表示没有此事
10 | 酌情扣分 甲 low=2 high=4 | 甲=2 | 8
10 | 酌情扣分 甲 low=2 high=4 | 甲=4 | 6
10 | 酌情扣分 甲 low=2 high=4 | 甲=5 | 待评
10 | 酌情扣分 甲 low=2 high=4 | 甲=1 | 待评
10 | 酌情扣分 甲 low=2 high=4 | 甲=0 | 10
10 | 酌情扣分 甲 low=2 high=4 | 甲=? | 待评
10 | 酌情扣分 甲 low=2 high=4 | （无） | 待评
10 | 酌情扣分 甲 low=2 high=4 blank=视为0 | （无） | 10
10 零 | 酌情加分 甲 low=1 high=5 | （无） | 待评
10 | 酌情扣分 甲 low=2 high=4 blank=待填 | （无） | 待评
10 | 酌情扣分 甲 low=2 high=4 | 甲=2+3 | 5
10 | 酌情扣分 甲 low=2 high=4 cap=4 | 甲=3+3 | 6
10 零 | 酌情加分 甲 low=1 high=5 | 甲=4 | 4
# 按级别计分：国家 3、省 2、市 1，一等 1、二等 0.8、三等 0.5
10 零 | 按级别计分 甲 options=级别 | 甲=1@国家 | 3
10 零 | 按级别计分 甲 options=级别 | 甲=2@省 | 4
10 零 | 按级别计分 甲 options=级别、等次 | 甲=1@国家@二等 | 2.4
10 零 | 按级别计分 甲 0.5 options=级别、等次 | 甲=4@国家@一等 | 6
10 零 | 按级别计分 甲 options=级别 | 甲=1@国家+1@市 | 4
10 零 | 按级别计分 甲 options=级别 cap=3 | 甲=1@国家+1@市 | 3
10 零 | 按级别计分 甲 options=级别 | 甲=1@县 | 待评
10 零 | 按级别计分 甲 options=级别 | 甲=1 | 待评
10 零 | 按级别计分 甲 options=级别 free=2 | 甲=1@市+1@市+1@市 | 1
10 零 | 按级别计分 甲 options=级别 free=2 | 甲=3@市 | 1
10 零 | 按级别计分 甲 options=级别 free=2 | 甲=1@市+3@省+1@国家 | 7
10 零 | 按级别计分 甲 options=级别 free=9 | 甲=1@市+3@省+1@国家 | 0
10 零 | 按级别计分 甲 options=级别 | 甲=0.5@市+0.5@市 | 1
10 零 | 按级别计分 甲 options=级别 step=3 | 甲=1@市+1@市+1@市 | 3
10 | 按级别计分 甲 options=处分 free=1 | 甲=1@警告+1@记过 | 7
10 零 | 按级别计分 甲 options=级别 blank=待填 | 甲=0 | 0
10 零 | 按级别计分 甲 options=级别 blank=待填 | （无） | 待评
10 | 按级别计分 甲 options=处分 | 甲=1@警告+1@记过 | 6
# 几道限额同时管：封过顶的扣分不再退第二次，封过顶的加分不算扣分
10 cap=3 | 酌情扣分 甲 low=0 high=9 cap=4 | 甲=3+3 | 7
10 cap=4 | 酌情扣分 甲 low=0 high=9 cap=4 | 甲=3+3 | 6
10 cap=5 | 酌情扣分 甲 low=0 high=9 cap=4; 每次扣分 乙 2 | 甲=3+3 乙=1 | 5
10 cap=9 | 酌情扣分 甲 low=0 high=9 cap=4; 酌情扣分 乙 low=0 high=9 cap=3 | 甲=3+3 乙=2+9 | 3
10 cap=3 | 按级别计分 甲 options=处分 cap=4 | 甲=1@记过+1@记过 | 7
10 零 cap=1 | 酌情加分 甲 low=1 high=5 cap=4 | 甲=3+3 | 4
10 零 cap=1 | 一次加分 乙 6; 酌情加分 甲 low=1 high=5 cap=4; 每次扣分 丙 1 | 甲=3+3 乙=1 丙=5 | 9
10 | 酌情扣分 甲 low=0 high=9 cap=4; 扣分加倍 乙 factor=2 | 甲=3+3 乙=1 | 2
10 | 酌情扣分 甲 low=0 high=9 cap=4; 扣分加倍 乙 factor=0.5 | 甲=3+3 乙=1 | 8
10 零 | 酌情加分 甲 low=1 high=5 cap=4; 扣分加倍 乙 factor=2 | 甲=3+3 乙=1 | 4
10 cap=3 | 每次扣分 甲 1; 扣分加倍 乙 factor=0.5 | 甲=4 乙=1 | 8
10 cap=3 | 每次扣分 甲 1; 扣分加倍 乙 factor=0.5 | 甲=8 乙=1 | 7
10 | 每次扣分 甲 1; 扣分加倍 乙 factor=0.5; 扣分加倍 丙 factor=2 | 甲=2 乙=1 丙=1 | 8
10 | 每次扣分 甲 1; 扣分加倍 乙 factor=2; 扣分加倍 丙 factor=0.5 | 甲=2 乙=1 丙=1 | 8
10 cap=3 | 酌情扣分 甲 low=0 high=9 cap=4; 不得分 乙 | 甲=3+3 乙=1 | 0
10 零 | 一次加分 乙 8; 按级别计分 甲 options=奖惩 cap=4 | 甲=1@记过+1@记过+1@嘉奖 乙=1 | 6
# 一票否决本身不扣分
10 | 一票否决 甲 effect=定为最低等次 | 甲=1 | 10
""")


@pytest.mark.parametrize("case", CASES, ids=" ".join)
def test_rule(case: list[str]) -> None:
    """The first unit's points by one item's rules and the data are those worked out by hand, 待评 where they wait."""
    own, rules, data, points = case
    scheme = item_scheme([item(own)], [rule(each) for each in rules.split(";")])

    assert said(scored_units(scheme, data)[0]) == points


def test_the_table_is_long_enough() -> None:
    """At least sixty rule cases are held."""
    assert len(CASES) >= 60


# 附加板块 beside an item of 100 that lost so many | its cap and floor | rule | data | points
EXTRAS = table("""
0 | cap=10 | 10 零 | 按级别计分 奖 options=级别 | 奖=1@国家+1@省 | 105
0 | cap=4 | 10 零 | 按级别计分 奖 options=级别 | 奖=1@国家+1@省 | 104
0 | cap=10 floor=-10 | 10 零 floor=-10 | 每次扣分 过 4 | 过=2 | 92
0 | cap=10 floor=-10 | 10 零 floor=-10 | 每次扣分 过 4 | 过=5 | 90
0 | cap=10 floor=-10 | 10 零 floor=-20 | 每次扣分 过 4 | 过=5 | 90
97 | cap=10 floor=-10 | 10 零 floor=-10 | 每次扣分 过 4 | 过=5 | 0
97 | cap=25 | 25 零 | 每次加分 奖 1 cap=25 | 奖=40 | 28
""")


@pytest.mark.parametrize("case", EXTRAS, ids=" ".join)
def test_what_comes_on_top(case: list[str]) -> None:
    """Bonuses end at their cap, exceptions at −10 and +10, and no score is below 0."""
    lost, limits, own, text, data, points = case
    made: dict[str, Any] = {key: Decimal(value) for key, value in (word.split("=") for word in limits.split())}
    extra = replace(ScoreSection("附加", Nature.EXTRA), **made)
    scheme = item_scheme(
        [item("100"), item(own, "2", "附加")], [rule("每次扣分 失 1"), rule(text, "2")], sections=(extra,)
    )
    found = scored_units(scheme, f"失={lost} {data}")[0]

    assert said(found) == points
    assert {entry.kind for entry in found.trail if entry.section == "附加"} == {Kind.BONUS}


@pytest.mark.parametrize(
    ("effect", "happened", "grade_word"),
    [
        ("定为最低等次", "1", "不合格"),
        ("不得评为最高等次", "1", "良好"),
        ("定为最低等次", "0", "优秀"),
        ("不得评为最高等次", "0", "优秀"),
    ],
)
def test_veto_by_rule(effect: str, happened: str, grade_word: str) -> None:
    """A veto takes the grade or only the best one; the points stay as earned."""
    scheme = item_scheme([item("100")], [rule(f"一票否决 事故 effect={effect}")], quotas=())
    (graded,), _ = grade(scored_units(scheme, f"事故={happened}"), scheme)

    assert (graded.grade, graded.vetoed, graded.score.points) == (grade_word, happened == "1", Decimal(100))


@pytest.mark.parametrize(
    ("by_rule", "typed", "grade_word", "codes"),
    [
        ("定为最低等次", Effect.YIELDS, "不合格", ["idle-ruling"]),
        ("定为最低等次", Effect.BARRED, "不合格", []),
        ("不得评为最高等次", Effect.LOWEST, "不合格", []),
        ("不得评为最高等次", Effect.YIELDS, "良好", ["idle-ruling"]),
    ],
)
def test_what_people_decided_does_not_lift_a_veto(
    by_rule: str, typed: Effect, grade_word: str, codes: list[str]
) -> None:
    """Of a veto by rule and what was typed the harder one holds; a place can be yielded only by who may have it."""
    decisions = (Decision("第1镇", typed, "集体研究"),)
    rules = [rule(f"一票否决 事故 effect={by_rule}")]
    scheme = item_scheme([item("100")], rules, quotas=(), decisions=decisions)
    (graded,), problems = grade(scored_units(scheme, "事故=1"), scheme)

    assert (graded.grade, graded.vetoed) == (grade_word, True)
    assert [found.code for found in problems] == codes


def test_section_limits() -> None:
    """The items of a section together come to no more than its cap, and what it takes off is a line of its own."""
    scheme = item_scheme([item("60"), item("60", "2")], [], sections=(ScoreSection("考核", cap=Decimal(100)),))
    (found,) = scored_units(scheme, "（无）")

    assert found.points == 100
    assert [(entry.rule, entry.points) for entry in found.trail if entry.rule == "板块限额"] == [
        ("板块限额", Decimal(-20))
    ]


def test_items_for_one_kind_of_unit() -> None:
    """An item for other kinds of units has no part in the score, nor in its ranking."""
    other = replace(item("10 零", "2"), kinds=("机关",))
    scheme = item_scheme([item("90"), other], [rule("按排名 甲 factor=0.1", "2")])
    found = scored_units(scheme, "甲=3/5")

    assert [own.points for own in found] == [90, 90]
    assert all(entry.item != other.name for own in found for entry in own.trail)


def test_two_rankings_of_the_same_data() -> None:
    """The same number may rank upward for one item and downward for another."""
    rules = [rule("按排名 甲 factor=0.5"), rule("按排名 甲 factor=0.5 order=低者在前", "2")]
    scheme = item_scheme([item("10 零"), item("10 零", "2")], rules)

    assert [said(own) for own in scored_units(scheme, "甲=3/5/9")] == ["10", "10", "10"]


def test_two_rankings_among_different_units() -> None:
    """An item for one kind of unit ranks these alone, whatever another item with the same data ranks, in any order."""
    own, common = replace(item("10 零", "1"), kinds=("乡镇",)), item("10 零", "2")
    rules = [rule("按排名 甲 factor=0.1", "1"), rule("按排名 甲 factor=0.1", "2"), rule("按最好 甲 5", "1")]
    units = subjects(3)
    units[2] = replace(units[2], kind="社区")
    known = dict(zip(["U1", "U2", "U3"], facts("甲=5/4/10", 3), strict=True))
    for items in ((own, common), (common, own)):
        scheme = item_scheme(items, rules)
        everything = compared(units, known, scheme)
        found = score(units[0], (), (), everything["U1"], scheme)

        lines = [
            f"{entry.item} {entry.rule} {(entry.points or Decimal(0)).normalize():f}"
            for entry in found.trail
            if entry.data == "甲"
        ]
        assert sorted(lines) == ["项目1 按排名 10", "项目1 按最好 5", "项目2 按排名 9"]


def test_an_open_line_leaves_the_rest_known() -> None:
    """What waits for a person makes the score open; the rest is summed up beside it, and the line says for what."""
    scheme = item_scheme([item("60"), item("40", "2")], [rule("酌情扣分 甲 low=1 high=3 blank=待填", "2")], places=2)
    (found,) = scored_units(scheme, "（无）")
    (waiting,) = (entry for entry in found.trail if entry.open)

    assert (found.points, found.known) == (None, Decimal("100.00"))
    assert "没有“甲”的数据（1－3 分之间，由人裁量），等待填写" in waiting.why


def test_facts_of_nobody_change_nothing() -> None:
    """Data that no rule takes in is not scored."""
    scheme = item_scheme([item("10")], [rule("每次扣分 甲 1")])
    (own,) = facts("乙=5")

    assert (
        score(subjects(1)[0], (), (), own, scheme).points == score(subjects(1)[0], (), (), Facts(), scheme).points == 10
    )


def test_a_limit_stands_apart_from_its_number() -> None:
    """What a rule for once says of its limit reads as Chinese does: 超过 2 即扣 3 分."""
    (found,) = scored_units(item_scheme([item("10")], [rule("一次扣分 甲 3 free=2")]), "甲=4")

    assert "“甲”4，超过 2 即扣 3 分" in [entry.why for entry in found.trail]
