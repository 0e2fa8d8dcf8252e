"""Ranks, bands, quotas and what people decide, as text tables."""

from dataclasses import replace
from decimal import Decimal
from itertools import groupby

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment_samples import UNIT, decided
from qingdan_xl.assessment.facts import unit_subject
from qingdan_xl.assessment.grading import Graded, cut_at_quota, grade, quota_size
from qingdan_xl.assessment.rules import Quota, Scheme
from qingdan_xl.assessment.scheme import default_scheme
from qingdan_xl.assessment.trail import Entry, Kind, Score
from qingdan_xl.assessment.workings import Given
from qingdan_xl.sheets.scheme import Effect

NAMES = ("甲镇", "乙镇", "丙镇", "丁镇", "戊镇", "己镇", "庚镇", "辛镇", "壬镇", "癸镇")


def a_score(name: str, points: str, group: str = "乡镇组") -> Score:
    """A score of one line; `-` for a unit that is not assessed."""
    unit = replace(UNIT, id=name, name=name, group=group)
    if points == "-":
        return Score(unit_subject(unit), None, reason="没有收到可用的填报表")
    value = Decimal(points)
    return Score(unit_subject(unit), value, (Entry(Kind.BASE, "状态", Given(value), "", points=value),))


def scores(text: str, group: str = "乡镇组") -> list[Score]:
    """Scores of 甲镇, 乙镇 … from points apart by blanks."""
    return [a_score(name, points, group) for name, points in zip(NAMES, text.split(), strict=False)]


def with_quota(share: str) -> Scheme:
    """The default scheme with one quota for all groups; `不限` for none."""
    return replace(default_scheme(), quotas=() if share == "不限" else (Quota("", Decimal(share)),))


def words(graded: tuple[Graded, ...]) -> str:
    """Rank and grade of each: 1优秀; 待定 for an open grade, 未评 without a score."""
    return " ".join("未评" if item.rank is None else f"{item.rank}{item.grade or '待定'}" for item in graded)


# points | quota % | ranks and grades
CASES = """
90 80 60 59.99          | 不限 | 1优秀 2良好 3合格 4不合格
89.99 79.99 60 0        | 不限 | 1良好 2合格 3合格 4不合格
105 100 95              | 不限 | 1优秀 2优秀 3优秀
95 95 80                | 不限 | 1优秀 1优秀 3良好
70 95 -                 | 不限 | 2合格 1优秀 未评
99 98 97 96             | 50   | 1优秀 2优秀 3良好 4良好
99 98 97                | 50   | 1优秀 2良好 3良好
99 98 97 -              | 50   | 1优秀 2良好 3良好 未评
99 98                   | 30   | 1良好 2良好
99 98 98 70             | 50   | 1优秀 2待定 2待定 4合格
99 99 70 70             | 50   | 1优秀 1优秀 3合格 3合格
99 99 99 70             | 50   | 1待定 1待定 1待定 4合格
99 98 98 98 97 70 70 70 | 40   | 1优秀 2待定 2待定 2待定 5良好 6合格 6合格 6合格
99 70 70 70             | 50   | 1优秀 2合格 2合格 2合格
99 98                   | 100  | 1优秀 2优秀
99 98                   | 0    | 1良好 2良好
"""


@pytest.mark.parametrize("line", CASES.strip().splitlines())
def test_grades_by_hand(line: str) -> None:
    """Each case of the table gives the ranks and grades that were worked out on paper."""
    points, share, expected = (cell.strip() for cell in line.split("|"))

    graded, problems = grade(scores(points), with_quota(share))

    assert words(graded) == expected
    assert [found.code for found in problems] == (["quota-tie"] if "待定" in expected else [])


# points | decisions | ranks and grades | problems; quota 50 %
DECIDED = """
99 98 97 96 | 甲镇=定为最低等次     | 1不合格 2优秀 3优秀 4良好 |
99 98 97 96 | 甲镇=不得评为最高等次 | 1良好 2优秀 3优秀 4良好   |
99 98 97 70 | 丁镇=不得评为最高等次 | 1优秀 2优秀 3良好 4合格   |
99 98 98 70 | 乙镇=并列让出名额     | 1优秀 2良好 2优秀 4合格   |
99 98 98 70 | 乙镇=不得评为最高等次 | 1优秀 2良好 2优秀 4合格   |
99 99 99 70 | 甲镇=并列让出名额     | 1良好 1优秀 1优秀 4合格   |
99 98 97 70 | 丙镇=并列让出名额     | 1优秀 2优秀 3良好 4合格   | idle-ruling
99 98 97 70 | 甲镇=并列让出名额     | 1优秀 2优秀 3良好 4合格   | idle-ruling
- 98 97 70  | 甲镇=定为最低等次     | 未评 1优秀 2良好 3合格    |
"""


@pytest.mark.parametrize("line", DECIDED.strip().splitlines())
def test_decisions_by_hand(line: str) -> None:
    """A veto or a ruling does what it says, and one that does nothing is reported."""
    points, decision, expected, codes = (cell.strip() for cell in line.split("|"))
    name, _, effect = decision.partition("=")

    graded, problems = grade(scores(points), decided(with_quota("50"), **{name: Effect(effect)}))

    assert words(graded) == expected
    assert [found.code for found in problems] == codes.split()


def test_veto_is_marked_and_explained() -> None:
    """The result tells that a veto was used and why; a ruling on a tie is no veto."""
    made = decided(with_quota("50"), 甲镇=Effect.LOWEST, 丙镇=Effect.YIELDS)

    graded, _ = grade(scores("99 98 98 97 70 70"), replace(made, quotas=(Quota("", Decimal(20)),)))

    assert [item.vetoed for item in graded] == [True, False, False, False, False, False]
    assert graded[0].note == "一票否决，定为最低等次：集体研究"
    assert graded[2].note == "并列裁定，让出名额：集体研究"
    assert graded[3].note == "达到优秀分数，超出本组名额"


def test_groups_are_ranked_apart() -> None:
    """Ranks, quotas and ties stay within the peer group, and a group may have a quota of its own."""
    made = replace(with_quota("50"), quotas=(Quota("", Decimal(50)), Quota("机关组", Decimal(100))))
    offices = [
        replace(item, subject=replace(item.subject, id=f"{item.subject.id}局")) for item in scores("93 92", "机关组")
    ]

    graded, problems = grade([*scores("99 98"), *offices], made)

    assert words(graded) == "1优秀 2良好 1优秀 2优秀"
    assert [item.quota for item in graded] == [1, 1, 2, 2]
    assert problems == []


def test_tie_names_the_units() -> None:
    """The problem of a tie says group, places, who and how many points."""
    _, problems = grade(scores("99 98 98 70"), with_quota("50"))

    assert str(problems[0]).startswith(
        "[quota-tie] 考核组“乡镇组”最高等次名额 2 个，乙镇、丙镇 同为 98 分，程序不作取舍，等次待定"
    )


def test_quota_is_the_whole_part() -> None:
    """30 % of 9 units is 2, of 10 units 3; without a quota there is no limit."""
    assert [quota_size("", count, with_quota("30")) for count in (0, 3, 4, 9, 10)] == [0, 0, 1, 2, 3]
    assert quota_size("", 10, with_quota("不限")) is None


POINTS = st.dictionaries(
    st.sampled_from(NAMES), st.decimals(90, 93, places=0), min_size=1, max_size=10
)  # few values: ties are common


@given(POINTS, st.integers(0, 10), st.sets(st.sampled_from(NAMES)))
@settings(max_examples=300, deadline=None)
def test_quota_is_never_exceeded_and_equals_never_parted(
    best: dict[str, Decimal], limit: int, yielding: set[str]
) -> None:
    """The top band never takes more than its places, and only a person's ruling parts equal scores."""
    cut = cut_at_quota(best, limit, yielding)

    assert len(cut.taken) <= limit
    assert not cut.taken & cut.open
    worst_taken = min((best[key] for key in cut.taken), default=Decimal(1000))
    assert all(best[key] <= worst_taken for key in set(best) - cut.taken)
    for _, equal in groupby(sorted(best, key=lambda key: best[key]), key=lambda key: best[key]):
        kept = set(equal) - (yielding & cut.contested)
        assert kept <= cut.taken or not kept & cut.taken


@given(POINTS.flatmap(lambda best: st.tuples(st.just(best), st.permutations(list(best)))), st.integers(0, 100))
@settings(max_examples=100, deadline=None)
def test_order_of_units_does_not_matter(drawn: tuple[dict[str, Decimal], list[str]], share: int) -> None:
    """The same scores in another order give every unit the same rank and grade."""
    points, order = drawn
    made = with_quota(str(share))

    first, _ = grade([a_score(name, str(value)) for name, value in points.items()], made)
    second, _ = grade([a_score(name, str(points[name])) for name in order], made)

    by_name = {item.score.subject.name: item for item in second}
    assert all(by_name[item.score.subject.name] == item for item in first)
