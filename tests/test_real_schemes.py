"""Four schemes of different make, expressed, written, read back and scored; results worked out by hand."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from assessment_samples import UNIT, receipts, standings
from qingdan_xl.assessment.data_sheet import data_lists, data_workbook, read_data
from qingdan_xl.assessment.facts import Facts, Rating, unit_subject
from qingdan_xl.assessment.items import Item, ItemRule, Option, RaterGroup, ScoreSection
from qingdan_xl.assessment.result import Assessment, IssueLedger, assess
from qingdan_xl.assessment.rule_sheet import rule_rows
from qingdan_xl.assessment.rules import Quota, ReturnRule, Scheme
from qingdan_xl.assessment.scheme import default_scheme, read_scheme, scheme_workbook
from qingdan_xl.model import Unit
from qingdan_xl.sheets.scheme import ReturnCase
from qingdan_xl.sheets.scheme_items import Method, MissingRater, Source, Start
from scheme_samples import OPTIONS, facts, rule, said

FILE = "考核办法.xlsx"


def through_the_workbook(scheme: Scheme) -> tuple[Scheme, list[str]]:
    """The scheme as its workbook gives it back, and the codes of the problems found in it."""
    read, problems = read_scheme(scheme_workbook(scheme), FILE)
    assert read == scheme
    return read, [found.code for found in problems]


def named(name: str, number: int = 2) -> Unit:
    """Another unit of the same kind and group."""
    return replace(UNIT, id=f"U{number:03d}", name=name)


def own(words: str, points: int, text: str = "", source: Source = Source.RULES) -> Item:
    """An item of a scheme; the words are its id, its section and its name."""
    key, section, name = words.split()
    return Item(key, section, name, Decimal(points), source, text=text)


def earning(item: Item) -> Item:
    """The same item, starting from none."""
    return replace(item, start=Start.ZERO)


def rows(found: Assessment) -> list[tuple[str, str, int | None, str]]:
    """Name, points, rank and grade of each unit."""
    return [(own.score.subject.name, said(own.score), own.rank, own.grade) for own in found.results]


RIVER = replace(
    default_scheme(),
    returns=(ReturnRule(ReturnCase.LATE, Decimal("0.5")),),
    quotas=(),
    sections=(ScoreSection("日常履职", points=Decimal(50)), ScoreSection("工作成效", points=Decimal(50))),
    items=(
        own("1.1 日常履职 按期开会巡河", 30, "应开的会、应巡的河，每少一次扣0.5分，扣完为止。"),
        own("1.2 日常履职 台账", 20, "台账缺一项扣0.2分，扣完为止。"),
        earning(own("2.1 工作成效 问题整改", 30, "按整改完成比例得分。")),
        own("2.2 工作成效 群众满意", 20, "满意度比90%每低1个百分点扣1分，不足1个百分点不扣。"),
    ),
    item_rules=(
        rule("每次扣分 缺次：会议 0.5", "1.1"),
        rule("每次扣分 台账缺项 0.2", "1.2"),
        rule("按比例得分 已整改问题 base_data=交办问题", "2.1"),
        rule("每次扣分 满意度低于90的百分点 1 blank=待填", "2.2"),
    ),
)


def test_river_chiefs_of_townships() -> None:
    """Points per item, each time missed 0.5 down to nothing; what people must type is asked for, and then counted.

    青禾镇: one of eight meetings is missing (29.5), three papers (19.4), 7 of 8 faults mended (26.25), 3.5 points below
    90 are three (17), late (−0.5): 91.65. 柳湾镇: twelve meetings missing (24), no papers at all (0), all mended (30),
    nobody content (0): 54.
    """
    scheme, codes = through_the_workbook(RIVER)
    units = [UNIT, named("柳湾镇")]
    duties = [*standings("3/4"), *standings("0/12", units[1])]
    typed = {
        "U001": facts("台账缺项=1+2 已整改问题=7 交办问题=8 满意度低于90的百分点=3.5")[0],
        "U002": facts("台账缺项=120 已整改问题=5 交办问题=5 满意度低于90的百分点=90")[0],
    }
    found = assess(units, duties, receipts("迟"), scheme, typed)

    assert codes == []
    assert rows(found) == [("青禾镇", "91.65", 1, "优秀"), ("柳湾镇", "54", 2, "不合格")]
    missed = next(entry for entry in found.results[0].score.trail if entry.data == "缺次：会议")
    assert (missed.points, missed.words) == (Decimal("-0.5"), "应开的会、应巡的河，每少一次扣0.5分，扣完为止。")
    assert "“按期开会”缺 1 次" in missed.why


def test_river_chiefs_before_anything_is_typed() -> None:
    """考核数据.xlsx asks for what must be typed and for nothing else; until then the score waits, it is no zero."""
    subject = unit_subject(UNIT)
    data = data_workbook(
        [(subject.label, name) for name in ("交办问题", "满意度低于90的百分点")], data_lists([subject], RIVER)
    )
    typed = read_data(data, "考核数据.xlsx", [subject], RIVER)
    found = assess([UNIT], standings("4/4"), [], RIVER, typed.facts, ledger=IssueLedger((), date(2026, 12, 31)))
    waiting = [(entry.data, entry.origin.cell) for entry in found.results[0].score.trail if entry.open]

    assert typed.problems == ()
    assert found.results[0].score.points is None
    assert waiting == [("已整改问题", "C4"), ("满意度低于90的百分点", "C5")]


SAFETY_POINTS = (60,) * 5 + (80,) * 5 + (100,) * 3
SAFETY = replace(
    default_scheme(),
    full_mark=Decimal(1000),
    returns=(),
    bands=tuple(replace(band, at_least=band.at_least * 10) for band in default_scheme().bands),
    quotas=(),
    sections=tuple(
        ScoreSection(f"第{number}类", points=Decimal(points), cap=Decimal(points), floor=Decimal(0))
        for number, points in enumerate(SAFETY_POINTS, 1)
    ),
    items=(
        *(
            replace(
                own(f"{number}.1 第{number}类 隐患{number}", points), deduct_cap=Decimal(points) / 2
            )
            for number, points in enumerate(SAFETY_POINTS, 1)
        ),
        earning(own("12.2 第12类 创新做法", 20)),
    ),
    item_rules=(
        *(rule(f"每次扣分 隐患{number} 5", f"{number}.1") for number in range(1, 14)),
        rule("不得分 死亡事故", "13.1"),
        rule("一次加分 创新做法 20", "12.2"),
    ),
)  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "points", "grade"),
    [
        ("（无）", "1000", "优秀"),
        # 1000 − 15 (3 × 5) − 30 (20 × 5 in a class of 60 that loses half at most) − 100 (an accident takes the class)
        ("隐患1=3 隐患2=20 隐患13=1 死亡事故=1", "855", "良好"),
        # 100 − 10 + 20 is 110 in a class of 100; 100 − 30 + 20 is 90
        ("隐患12=2 创新做法=1", "1000", "优秀"),
        ("隐患12=6 创新做法=1", "990", "优秀"),
        # every class loses half: 1000 − 500
        (" ".join(f"隐患{number}=99" for number in range(1, 14)), "500", "不合格"),
    ],
)
def test_safety_form_of_a_thousand_points(typed: str, points: str, grade: str) -> None:
    """Thirteen capped classes; the form does not add up (1020 for 1000): both numbers are told, nothing is refused."""
    scheme, codes = through_the_workbook(SAFETY)
    (told, _) = (fault for fault in read_scheme(scheme_workbook(SAFETY), FILE)[1] if fault.code == "sum-differs")
    found = assess([UNIT], [], [], scheme, {"U001": facts(typed)[0]})

    shown = [row for row in rule_rows(scheme) if row["item"] == "各项目满分合计"]

    assert codes == ["sum-differs", "sum-differs"]
    assert [(row["value"], row["note"]) for row in shown] == [("1020 分", "与满分 1000 分不一致，按各项目计")]
    assert told.what == "板块“第12类”各项目的满分合计 120，应为 100"
    assert [(said(one.score), one.grade) for one in found.results] == [(points, grade)]


VOTES = {"好": 95, "较好": 85, "一般": 75, "差": 65}
COLLEGE = replace(
    default_scheme(),
    full_mark=Decimal(100),
    returns=(),
    quotas=(),
    items=(
        earning(own("1 业绩 教学成果", 40, "成果分 = 级别 × 等次 × 项数 × 5")),
        earning(own("2 业绩 科研", 20, "以最高的系为满分，其余按比例")),
        own("3 评价 满意度", 40, source=Source.RATERS),
    ),
    item_rules=(rule("按级别计分 成果 5 options=级别、等次", "1"), rule("按最好 科研分", "2")),
    options=(*OPTIONS, *(Option("好差", word, Decimal(value)) for word, value in VOTES.items())),
    rater_groups=(
        RaterGroup("学生", Decimal(50), Method.VOTES, "好差"),
        RaterGroup("同行", Decimal(30), Method.TRIMMED),
        RaterGroup("领导", Decimal(20)),
    ),
)  # fmt: skip


def rated(target: str, **given: Sequence[object]) -> tuple[Rating, ...]:
    """What groups of raters gave for an item: points, or words where they vote."""
    return tuple(
        Rating(target, group, f"{group}{number}", word=value)
        if isinstance(value, str)
        else Rating(target, group, f"{group}{number}", Decimal(str(value)))
        for group, values in given.items()
        for number, value in enumerate(values, 1)
    )


def test_departments_of_a_college() -> None:
    """Level × grade × load, the best department as the measure, and three rater groups of different method.

    文学系: one national second prize 5×3×0.8 = 12 and two provincial first 2×5×2 = 20, research 60 of 80 (15), pupils
    87.5 % of 20, peers without the extremes 36 of 40 of 12, leaders 34 of 40 of 8: 17.5 + 10.8 + 6.8; 82.1.
    数学系: three national first prizes end at 40, research 20; its leaders have not rated, so it waits.
    """
    scheme, codes = through_the_workbook(COLLEGE)
    units = [named("文学系"), named("数学系", 3)]
    letters, maths = facts("成果=1@国家@二等+2@省@一等 科研分=60")[0], facts("成果=3@国家@一等 科研分=80")[0]
    peers = (40, 38, 36, 36, 34, 10)
    typed = {
        "U002": replace(letters, ratings=rated("3", 学生=("好", "好", "较好", "一般"), 同行=peers, 领导=(32, 36))),
        "U003": replace(maths, ratings=rated("3", 学生=("好",), 同行=peers)),
    }
    found = assess(units, [], [], scheme, typed)

    assert codes == []
    assert rows(found) == [("文学系", "82.1", 1, "良好"), ("数学系", "待评", None, "")]
    by_rule = {entry.rule: entry.points for entry in found.results[0].score.trail}
    assert (by_rule["学生"], by_rule["同行"], by_rule["领导"]) == (Decimal("17.5"), Decimal("10.8"), Decimal("6.8"))
    # 40 + 20 + 19 of the pupils + 10.8 of the peers are known
    assert found.results[1].score.known == Decimal("89.80")
    assert [entry.why for entry in found.results[1].score.trail if entry.open] == ["没有收到“领导”的评分，等待评分"]


PARTY = replace(
    default_scheme(),
    returns=(),
    quotas=(Quota("", Decimal(20)),),
    items=(own("1 党建 党建责任清单", 100, source=Source.RATERS),),
    item_rules=(rule("一票否决 违纪 effect=定为最低等次", "1"),),
    rater_groups=(
        RaterGroup("自评", Decimal(10), missing=MissingRater.SHARED, itself=True),
        RaterGroup("上级", Decimal(50)),
        RaterGroup("测评", Decimal(40)),
    ),
)


def test_party_building_list() -> None:
    """Self 10, superiors 50, ballot 40; one of five may be excellent; one is vetoed, one did not rate itself.

    甲 10 + 48 + 38 = 96; 乙 10 + 47.5 + 37.5 = 95, but there is one place; 丙 9 + 47 + 36 = 92, vetoed; 丁 88; 戊 did
    not rate itself: (50 × 91 + 40 × 86.5) ÷ 90 = 89, not 80.1.
    """
    scheme, codes = through_the_workbook(PARTY)
    given = {
        "甲村": rated("1", 自评=(100,), 上级=(95, 97), 测评=(95,)),
        "乙村": rated("1", 自评=(100,), 上级=(95,), 测评=(93.75,)),
        "丙村": rated("1", 自评=(90,), 上级=(94,), 测评=(90,)),
        "丁村": rated("1", 自评=(90,), 上级=(88,), 测评=(87.5,)),
        "戊村": rated("1", 上级=(91,), 测评=(86.5,)),
    }
    units = [named(name, number) for number, name in enumerate(given, 1)]
    typed = {unit.id: Facts(ratings=given[unit.name]) for unit in units}
    typed["U003"] = replace(facts("违纪=1")[0], ratings=given["丙村"])
    found = assess(units, [], [], scheme, typed)

    assert codes == []
    assert rows(found) == [
        ("甲村", "96", 1, "优秀"),
        ("乙村", "95", 2, "良好"),
        ("丙村", "92", 3, "不合格"),
        ("丁村", "88", 5, "良好"),
        ("戊村", "89", 4, "良好"),
    ]
    assert [one.vetoed for one in found.results] == [False, False, True, False, False]
    assert "超出本组名额" in found.results[1].note
    assert any("自评没有评分，其权重由其余评分组折算" in entry.why for entry in found.results[4].score.trail)


def test_rules_are_kept_apart_by_item() -> None:
    """The trail of each of these schemes names section, item, data and words of every line of a rule."""
    scheme: Scheme = SAFETY
    found = assess([UNIT], [], [], scheme, {"U001": facts("隐患1=3")[0]})
    line = next(entry for entry in found.results[0].score.trail if entry.data == "隐患1")

    assert (line.section, line.item, line.rule, line.points) == ("第1类", "隐患1", "每次扣分", Decimal(-15))
    assert isinstance(scheme.item_rules[0], ItemRule)
