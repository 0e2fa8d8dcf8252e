"""A draft from a rubric takes full points, grades and limits from the words that say them, and none from elsewhere."""

from decimal import Decimal
from pathlib import Path

import pytest

from qingdan_xl.assessment.draft import Draft, draft_scheme, draft_workbook
from qingdan_xl.assessment.facts import Amount, Facts
from qingdan_xl.assessment.items import Item
from qingdan_xl.assessment.scheme import read_scheme
from qingdan_xl.assessment.scoring import score
from qingdan_xl.documents import parse
from qingdan_xl.sheets.scheme import Effect
from qingdan_xl.sheets.scheme_items import Nature
from scheme_samples import said, subjects, table

RUBRIC = """2026年青禾镇阵地建设考核办法（100分）
一、阵地（60分）
1.{}
2.值班值守（30分）。每脱岗一次扣2分。
二、队伍（40分）
1.人员配备（40分）。每缺一人扣5分。
"""


def drafted(line: str) -> Draft:
    """The draft of a rubric whose first item says this."""
    return draft_scheme(parse("考核.txt", RUBRIC.format(line).encode()))


def first(draft: Draft) -> tuple[Item, list[str], list[str]]:
    """The first item, its rules and its options in words."""
    (item,) = (item for item in draft.scheme.items if item.id == "1.1")
    rules = [
        " ".join(filter(None, (rule.kind.value, rule.data.removeprefix("1.1 "), f"{rule.worth or ''}")))
        for rule in draft.scheme.rules_of(item)
    ]
    return item, rules, [f"{option.word}={option.value}" for option in draft.scheme.options]


# what the rubric says | full points, ? for none | 满分起扣 or 零分起计 | rules | options
CASES = table("""
# 得N分，再从中扣：N 就是满分
展板更新及时得12分，少更新一期扣3分。 | 12 | 满 | 每次扣分 少更新一期 3 |
入库率达到98%计12分，每低1个百分点扣1分，扣完为止。 | 12 | 满 | 每次扣分 每低1个百分点 1 |
展板更新（12分）。更新及时得12分，少一期扣3分；造假的不得分。 | 12 | 满 | 每次扣分 少一期 3; 不得分 造假 |
全部更新的得满分8分，每少一期扣1分。 | 8 | 满 | 每次扣分 每少一期 1 |
# 满分与得分不同的，照旧由人核对
展板更新（15分）。更新及时得12分，少一期扣3分。 | 15 | 零 | 一次加分 更新及时 12; 每次扣分 少一期 3 |
# 只有一条得分
按月张榜得6分。 | 6 | 零 | 一次加分 按月张榜 6 |
按月张榜得6分，造假的不得分。 | 6 | 零 | 一次加分 按月张榜 6; 不得分 造假 |
# 几档选一档
建成得10分，部分建成得6分，未建成不得分。 | 10 | 零 | 按级别计分 档次 | 建成=10; 部分建成=6; 未建成=0
入库率95%以上得10分，90%以上得8分，其余得5分。 | 10 | 零 | 按级别计分 档次 | 入库率95%以上=10; 90%以上=8; 其余=5
口碑好得9分、较好得7分、一般得5分，差的不得分。 | 9 | 零 | 按级别计分 档次 | 口碑好=9; 较好=7; 一般=5; 差=0
张榜（10分）。县里刊用得10分，镇里刊用得7分。 | 10 | 零 | 按级别计分 档次 | 县里刊用=10; 镇里刊用=7
入库率60%以下得2分，60%以上得5分，90%以上得9分。 | 9 | 零 | 按级别计分 档次 | 入库率60%以下=2; 60%以上=5; 90%以上=9
建成得10分，部分建成得6分，造假的不得分。 | 10 | 零 | 按级别计分 档次; 不得分 造假 | 建成=10; 部分建成=6
建成得10分，部分建成得6分；每处破损扣1分。 | 10 | 零 | 按级别计分 档次; 每次扣分 每处破损 1 | 建成=10; 部分建成=6
# 各得各的：不是几档，满分没有写的不编
有展板得4分，有专栏得3分，有专人得3分。 | ? | 零 | 一次加分 有展板 4; 一次加分 有专栏 3; 一次加分 有专人 3 |
展板（7分）。有展板得4分，有专栏得3分。 | 7 | 零 | 一次加分 有展板 4; 一次加分 有专栏 3 |
有展板得4分，有专栏得3分。 | ? | 零 | 一次加分 有展板 4; 一次加分 有专栏 3 |
县里刊用得1分，镇里刊用得2分，最高得6分。 | 6 | 零 | 每次加分 县里刊用 1; 每次加分 镇里刊用 2 |
每少一期扣3分。 | ? | 满 | 每次扣分 每少一期 3 |
未建成的扣10分。 | ? | 满 | 一次扣分 未建成 10 |
""")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0])
def test_what_an_item_is_worth(case: list[str]) -> None:
    """Full points, start, rules and options are what the words say; what they do not say is blank, and a doubt."""
    line, points, start, rules, options = case
    draft = drafted(line)
    item, found, grades = first(draft)
    blank = [doubt.why for doubt in draft.doubts if doubt.item == "1.1" and "没有写明" in doubt.why]

    assert ("?" if "1.1" in draft.unpriced else f"{item.points}", item.start.value[0]) == (points, start)
    assert found == rules.split("; ")
    assert "; ".join(grades) == options
    assert bool(blank) is (points == "?")


def test_what_several_awards_add_up_to_is_offered() -> None:
    """Whether awards add up nobody said: their sum is told in the doubt, the cell stays blank."""
    draft = drafted("有展板得4分，有专栏得3分，有专人得3分。")

    assert [doubt.why for doubt in draft.doubts if doubt.item == "1.1"] == [
        "原文没有写明这一项满分多少（各得分相加是 10 分），请在“评分项目”中填写"
    ]


@pytest.mark.parametrize(
    ("word", "amount", "points"), [("部分建成", "1", "76"), ("未建成", "1", "70"), ("", "0", "70"), ("", "1", "待评")]
)
def test_a_grade_is_chosen_and_scored(tmp_path: Path, word: str, amount: str, points: str) -> None:
    """The drafted workbook is a scheme without a fault; a grade gives its points, none gives 0."""
    path = tmp_path / "考核办法.xlsx"
    line = "阵地建成（30分）。建成得30分，部分建成得6分，未建成不得分。"
    path.write_bytes(draft_workbook(parse("考核.txt", RUBRIC.format(line).encode())))
    scheme, problems = read_scheme(path.read_bytes(), path.name)
    own = Facts({"1.1 档次": (Amount(Decimal(amount), levels=(word, "")),)})
    found = score(subjects(1)[0], (), (), own, scheme)

    assert problems == []
    assert said(found) == points


def test_headings_that_veto_or_limit() -> None:
    """What a heading says of all its items holds for each: a veto with its effect, the most that bonuses come to."""
    text = RUBRIC.format("展板更新（30分）。少一期扣3分。") + (
        "三、有下列情形之一的，给予加分，累计不超过5分\n1.被省里推广的，加2分。\n"
        "四、有下列情形之一的，取消评优资格\n1.被约谈的；\n"
        "五、有下列情形之一的，实行一票否决\n1.弄虚作假的；\n"
    )
    made = draft_scheme(parse("考核.txt", text.encode()))
    bonus = next(section for section in made.scheme.sections if section.nature is Nature.EXTRA)

    assert bonus.cap == 5
    assert [(item.id, item.points) for item in made.scheme.items[3:]] == [
        ("3.1", Decimal(5)),
        ("4.1", Decimal(0)),
        ("5.1", Decimal(0)),
    ]
    assert [rule.effect for rule in made.scheme.item_rules if rule.effect] == [Effect.BARRED, Effect.LOWEST]
    assert made.unpriced == frozenset()


def test_chapters_that_score_nothing_are_no_items() -> None:
    """General provisions have neither points nor rules: they are named among the doubts, with their words."""
    text = "2026年青禾镇阵地建设考核办法（100分）\n一、总则\n1.为把阵地建好，制定本办法。\n" + "\n".join(
        RUBRIC.format("展板更新（30分）。少一期扣3分。").splitlines()[1:]
    ).replace("二、", "三、").replace("一、", "二、")
    made = draft_scheme(parse("考核.txt", text.encode()))

    assert [item.name for item in made.scheme.items] == ["展板更新", "值班值守", "人员配备"]
    assert [(doubt.text, doubt.why) for doubt in made.doubts] == [
        ("总则\n为把阵地建好，制定本办法。", "没有分值也没有得扣分规则，没有列为评分项目")
    ]
