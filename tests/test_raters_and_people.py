"""评分组 and 个人构成 with exact points, worked out by hand; the bugs of other programs among them."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from assessment_samples import UNIT, scored, standings
from qingdan_xl.assessment.facts import Facts, Rating
from qingdan_xl.assessment.items import Item, Option, PersonMix, RaterGroup
from qingdan_xl.assessment.people import Around, person_score, person_subject
from qingdan_xl.assessment.result import assess
from qingdan_xl.assessment.rules import Adjustment, Decision, Quota, Scheme
from qingdan_xl.assessment.scheme import default_scheme
from qingdan_xl.assessment.scoring import score
from qingdan_xl.assessment.trail import Score
from qingdan_xl.model import Person
from qingdan_xl.problems import UnusableError
from qingdan_xl.sheets.scheme import Effect
from qingdan_xl.sheets.scheme_items import DUTY_REVIEW, Method, MissingRater, Source
from scheme_samples import item_scheme, said, subjects, table

VOTES = tuple(Option("好差", word, Decimal(value)) for word, value in zip("好较中差", (95, 85, 75, 65), strict=True))


def groups(text: str) -> tuple[RaterGroup, ...]:
    """Rater groups from words: `领导20`, `职工40去高低平均`, `自评10折算`, `群众30票决`."""
    found = []
    for word in text.split():
        name, rest = word[:2], word[2:]
        weight = "".join(sign for sign in rest if sign.isdigit() or sign == ".")
        method = next((own for own in reversed(tuple(Method)) if own.value in rest), Method.MEAN)
        missing = MissingRater.SHARED if "折算" in rest else MissingRater.OPEN
        options = "好差" if method is Method.VOTES else ""
        found.append(RaterGroup(name, Decimal(weight), method, options, missing))
    return tuple(found)


def ratings(text: str, target: str) -> Facts:
    """What raters gave, from words: `领导=90,80 职工=好,差`."""
    found = []
    for word in text.replace("（无）", "").split():
        name, _, values = word.partition("=")
        for number, value in enumerate(values.split(","), 1):
            points = Decimal(value) if value.replace(".", "").isdigit() else None
            found.append(Rating(target, name, f"{name}{number}", points, "" if points is not None else value))
    return Facts(ratings=tuple(found))


# points of the item | rater groups | what they gave | points
RATED = table("""
100 | 领导100 | 领导=90,80 | 85
100 | 领导100 | 领导=100,0 | 50
100 | 领导20 职工40 考核40 | 领导=90 职工=80,70 考核=85 | 82
50 | 领导30 职工30 考核40 | 领导=50 职工=40 考核=45 | 45
# 缺评：等人补评，或权重让给其余；不当作 0，也不当作在场来除
100 | 领导20 职工40 考核40 | 职工=80 考核=85 | 待评
100 | 领导20 职工40 考核40 | （无） | 待评
100 | 自评10折算 上级50 测评40 | 上级=90 测评=80 | 85.5556
100 | 自评10折算 上级50折算 测评40折算 | （无） | 待评
5 | 自评1折算 同事1 上级1 | 同事=5 上级=5 | 5
# 在场的各组权重合计是 0：没有可按的权重，等人，不报错
100 | 自评0 上级100折算 | 自评=90 | 待评
100 | 自评0 上级100折算 | 自评=90 上级=80 | 80
# 四个四分之一分别舍入会得 5.2
10 | 甲组25 乙组25 丙组25 丁组25 | 甲组=5.1 乙组=5.1 丙组=5.1 丁组=5.1 | 5.1
1 | 甲组1 乙组1 丙组1 | 甲组=1 乙组=1 丙组=1 | 1
# 多于五人时去掉最高、最低各一份
100 | 专家100去高低平均 | 专家=100,90,80,70,60 | 80
100 | 专家100去高低平均 | 专家=100,90,80,80,70,0 | 80
100 | 专家100去高低平均 | 专家=90,90,90,90,90,90,0 | 90
# 票决：好 95、较 85、中 75、差 65，废票不算
100 | 群众100票决 | 群众=好,好,较,差 | 85
100 | 群众100票决 | 群众=好,弃权 | 95
100 | 群众100票决 | 群众=弃权 | 待评
20 | 群众50票决 领导50 | 群众=好,中 领导=16 | 16.5
""")


@pytest.mark.parametrize("case", RATED, ids=" ".join)
def test_raters(case: list[str]) -> None:
    """Groups of raters give the points worked out by hand; a missing group never counts as zero or as present."""
    points, text, given, expected = case
    scheme = item_scheme([Item("1", "测评", "满意度", Decimal(points), Source.RATERS)], [], rater_groups=groups(text))
    scheme = replace(scheme, options=VOTES)

    assert said(score(subjects(1)[0], (), (), ratings(given, "1"), scheme)) == expected


def test_a_group_rates_only_its_items() -> None:
    """A rater group that names items has no part in the others."""
    items = [Item(key, "测评", key, Decimal(50), Source.RATERS) for key in ("1", "2")]
    made = (RaterGroup("领导", Decimal(100), items=("1",)), RaterGroup("职工", Decimal(100), items=("2",)))
    scheme = item_scheme(items, [], rater_groups=made)
    given = Facts(ratings=(Rating("1", "领导", "甲", Decimal(40)), Rating("2", "职工", "乙", Decimal(30))))

    assert said(score(subjects(1)[0], (), (), given, scheme)) == "70"


# duties | rater groups that judge them | factors of the first duty | points of 100
REVIEWED = table("""
已完成 | 考核100 | 考核=0.8,0.6 | 70
推进中 | 考核100 | 考核=0.8,0.6 | 35
# 按评分组的权重，不按人数
已完成 | 考核80 职工20 | 考核=0.5 职工=1,1,1,1,1,1,1,1,1 | 60
已完成 | 考核80 职工20 | 考核=0.5 职工=1 | 60
已完成 | 专家100去高低平均 | 专家=0.7,0.7,0.7,0.7,0.7,0 | 70
已完成 | 群众100票决 | 群众=0.9,0.7 | 80
# 缺评：待评的等人，其余折算的让出权重；都让出的按状态计分
已完成 | 考核100 | （无） | 待评
已完成 | 考核80 职工20 | 考核=0.5 | 待评
已完成 | 考核80 职工20折算 | 考核=0.5 | 50
已完成 | 考核80折算 职工20折算 | （无） | 100
已完成 | 考核0 职工100折算 | 考核=0.5 | 待评
# 有次数要求的、没有得分的不核定
3/4 | 考核100 | （无） | 75
未启动 | 考核100 | （无） | 0
""")


@pytest.mark.parametrize("case", REVIEWED, ids=" ".join)
def test_duties_that_raters_judge(case: list[str]) -> None:
    """事项核定 weighs its groups as the ratings of items do, and waits for a group that the scheme waits for."""
    duties, text, given, expected = case
    made = tuple(replace(group, items=(DUTY_REVIEW,)) for group in groups(text))
    scheme = replace(default_scheme(), rater_groups=made, returns=(), places=4)
    found = scored(standings(duties), (), scheme, ratings(given, "d001.01"))

    assert said(found) == expected
    assert ("等待" in found.trail[0].why) == (found.points is None)


def test_the_groups_that_judged_a_duty_are_told() -> None:
    """The line says what each group gave, with what weight."""
    made = tuple(replace(group, items=(DUTY_REVIEW,)) for group in groups("考核80 职工20"))
    scheme = replace(default_scheme(), rater_groups=made, returns=())
    found = scored(standings("已完成"), (), scheme, ratings("考核=0.5 职工=1,1", "d001.01"))

    assert found.trail[0].why == (
        "状态“已完成”，系数 1；评委核定系数 0.6（考核权重 80、1 人平均 0.5；职工权重 20、2 人平均 1）"
    )


PERSON = Person("张甲", UNIT.name, roles=("成员",), oversees=("柳湾镇", "石桥镇"))


def person_result(mix: str, own: str, unit: str, given: str, overseen: str) -> Score:
    """The score of one person by the parts that the mix names: `本人80 单位20`."""
    words = {"本人": "own", "单位": "unit", "测评": "rating", "分管": "overseen"}
    parts: dict[str, Any] = {words[word[:2]]: Decimal(word[2:]) for word in mix.split()}
    made = PersonMix("成员", **parts)
    scheme = replace(default_scheme(), person_mixes=(made,), rater_groups=groups("职工100"), returns=(), places=4)
    subject = person_subject(PERSON, UNIT, made)
    names = [(UNIT.name, unit), *zip(PERSON.oversees, overseen.split(), strict=False)]
    units = {name: fixed(name, points) for name, points in names if points != "-"}
    duties = standings(own) if own != "-" else []
    return person_score(subject, PERSON, duties, ratings(given, ""), Around(units, scheme))


def fixed(name: str, points: str) -> Score:
    """A unit's score of so many points; 未评 for one that has none."""
    subject = replace(subjects(1)[0], name=name)
    if points == "未评":
        return Score(subject, None, reason="没有收到可用的填报表")
    made = item_scheme([Item("1", "考核", "得分", Decimal(points))], [])
    return replace(score(subject, (), (), Facts(), made), subject=subject)


# mix | own list | unit | ratings of 100 | units overseen | points
PEOPLE = table("""
单位40 测评60 | - | 90 | 职工=80 | - | 84
单位30 测评70 | - | 90 | 职工=80 | - | 83
本人80 分管20 | 已完成 推进中 | - | （无） | 90 80 | 77
本人100 | 已完成 推进中 未启动 已完成 | - | （无） | - | 62.5
本人50 单位50 | 3/4 | 88.8888 | （无） | - | 81.9444
本人80 分管20 | 未交回 | - | （无） | 90 80 | 待评
本人80 分管20 | - | - | （无） | 90 80 | 待评
本人80 分管20 | 已完成 | - | （无） | 90 未评 | 待评
本人80 分管20 | 已完成 | - | （无） | - - | 待评
单位40 测评60 | - | 未评 | 职工=80 | - | 待评
单位40 测评60 | - | 90 | （无） | - | 待评
""")


@pytest.mark.parametrize("case", PEOPLE, ids=" ".join)
def test_people(case: list[str]) -> None:
    """A person's score is mixed as the scheme says; a part that nobody has judged waits, it is no zero."""
    mix, own, unit, given, overseen, expected = case

    assert said(person_result(mix, own, unit, given, overseen)) == expected


WILLOW = replace(UNIT, id="U002", name="柳湾镇")


def with_people(**fields: object) -> Scheme:
    """A scheme that scores heads half by their unit, half by their own list, in a group of their own."""
    mix = PersonMix("主要负责人", own=Decimal(50), unit=Decimal(50), group="班子成员")
    return replace(default_scheme(), returns=(), person_mixes=(mix,), **fields)  # type: ignore[arg-type]


def test_people_are_ranked_in_their_own_group() -> None:
    """Persons of a role with a mix are scored, ranked and graded among themselves; others are not."""
    people = (
        Person("张甲", UNIT.name, roles=("主要负责人",)),
        Person("李乙", WILLOW.name, roles=("主要负责人",)),
        Person("王丙", WILLOW.name, roles=("成员",)),
    )
    duties = [*standings("已完成 推进中"), *standings("已完成 已完成", WILLOW)]
    duties = [replace(duty, holder="张甲" if duty.unit == UNIT else "李乙") for duty in duties]
    label = f"{UNIT.name}/张甲"
    scheme = with_people(
        adjustments=(Adjustment(label, Decimal(1), "获表彰"),),
        decisions=(Decision(f"{WILLOW.name}/李乙", Effect.BARRED, "被约谈"),),
        quotas=(Quota("班子成员", Decimal(50)),),
    )
    found = assess([UNIT, WILLOW], duties, [], scheme, people=people)

    # 张甲 50 % of 75 and of 75, and 1 on top; 李乙 50 % of 100 and of 100
    rows = [(own.score.subject.label, said(own.score), own.rank, own.grade, own.quota) for own in found.people]
    assert rows == [(label, "76", 2, "合格", 1), ("柳湾镇/李乙", "100", 1, "良好", 1)]
    assert found.problems == ()


def test_an_unknown_person_is_told() -> None:
    """Points for a person who is not in the roster would be lost: nothing is scored, and a near name is offered."""
    scheme = with_people(adjustments=(Adjustment("青禾镇/张申", Decimal(1), "获表彰"),))
    people = (Person("张甲", UNIT.name, roles=("主要负责人",)),)

    with pytest.raises(UnusableError) as fault:
        assess([UNIT], standings("已完成"), [], scheme, people=people)

    assert [found.code for found in fault.value.problems] == ["scheme-unit"]
    assert "是不是“青禾镇/张甲”" in fault.value.problems[0].what


def test_open_people_stand_among_the_gaps() -> None:
    """A person whose list did not come back is not assessed, with the reason, among 未评与缺项 and the problems."""
    people = (Person("张甲", UNIT.name, roles=("主要负责人",)),)
    found = assess([UNIT], standings("已完成"), [], with_people(), people=people)

    assert found.people[0].score.points is None
    assert [fault.code for fault in found.problems] == ["not-assessed"]
    assert {gap.sort for gap in found.gaps if gap.subject and gap.subject.id == "U001/张甲"} == {"未评", "待评定"}
