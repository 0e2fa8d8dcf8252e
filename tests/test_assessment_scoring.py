"""Scores: a table worked out by hand, and what holds for every score."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment_samples import END, UNIT, decided, receipts, scheme, scored, standings
from qingdan_xl.assessment.duties import full_points
from qingdan_xl.assessment.facts import unit_subject
from qingdan_xl.assessment.items import Item
from qingdan_xl.assessment.rules import Adjustment, Weight
from qingdan_xl.assessment.scoring import NOT_ISSUED, NOT_RETURNED, NOTHING_TO_SCORE
from qingdan_xl.assessment.trail import STEP, Kind, Score
from qingdan_xl.assessment.workings import rounded
from qingdan_xl.sheets.scheme import Effect
from qingdan_xl.sheets.scheme_items import Source

# duties | returns | typed points | scheme | score | lines besides the duties' own
CASES = """
已完成                     |         |          |                         | 100.00 |
长期坚持                   |         |          |                         | 100.00 |
推进中                     |         |          |                         | 50.00  |
未启动                     |         |          |                         | 0.00   |
已完成 推进中              |         |          |                         | 75.00  |
已完成 已完成 已完成       |         |          |                         | 100.00 |
已完成 未启动 未启动       |         |          |                         | 33.33  | 四舍五入 -0.003333
未启动 未启动 已完成       |         |          |                         | 33.33  | 四舍五入 -0.003333
3/4                        |         |          |                         | 75.00  |
4/4 0/1                    |         |          |                         | 50.00  |
1/3                        |         |          |                         | 33.33  | 四舍五入 -0.003333
2/3                        |         |          |                         | 66.67  | 四舍五入 0.003333
3/4+1/2                    |         |          |                         | 62.50  |
1/3+2/3                    |         |          |                         | 50.00  |
1/3 1/3 1/3                |         |          | full_mark=37.515        | 12.51  | 四舍五入 0.005
未启动=4/4                 |         |          |                         | 100.00 |
已完成=0/4                 |         |          |                         | 0.00   |
不适用 已完成 推进中       |         |          |                         | 75.00  |
不适用=0/4 已完成          |         |          |                         | 100.00 |
不适用 已完成 推进中       |         |          | not_applicable=按满分   | 83.33  | 四舍五入 -0.003333
不适用 不适用              |         |          |                         | 无     |
不适用                     |         |          | not_applicable=按满分   | 100.00 |
已完成 -                   |         |          |                         | 50.00  |
已完成 基本完成            |         |          |                         | 50.00  |
已完成 无                  |         |          |                         | 50.00  |
已完成                     | 按时    |          |                         | 100.00 |
已完成                     | 迟      |          |                         | 99.50  | 迟报 -0.5
已完成                     | 旧按时 迟 |        |                         | 100.00 |
已完成                     | 旧迟 迟 |          |                         | 99.50  | 迟报 -0.5
已完成                     | 退2     |          |                         | 99.80  | 退回 -0.1 退回 -0.1
已完成                     | 退1 重  |          |                         | 99.90  | 退回 -0.1
已完成                     | 退7     |          |                         | 99.50  | 退回*7 -0.1 扣分封顶 0.2
已完成                     | 退1 迟  |          |                         | 99.40  | 迟报 -0.5 退回 -0.1
已完成                     |         | +2       |                         | 102.00 | 加分 2
已完成                     |         | +3 +4    |                         | 105.00 | 加分 3 加分 4 加分封顶 -2
已完成                     |         | +3 +4    | bonus_cap=不限          | 107.00 | 加分 3 加分 4
已完成                     |         | +3       | bonus_cap=0             | 100.00 | 加分 3 加分封顶 -3
已完成                     |         | -1.25    |                         | 98.75  | 扣分 -1.25
已完成                     |         | +7 -2    |                         | 103.00 | 加分 7 加分封顶 -2 扣分 -2
未启动                     | 迟      |          |                         | 0.00   | 迟报 -0.5 保底 0.5
推进中                     |         | -80      |                         | 0.00   | 扣分 -80 保底 30
已完成@重点 未启动@一般    |         |          | @重点=3                 | 75.00  |
已完成@重点 未启动         |         |          | @重点=0.5               | 33.33  | 四舍五入 -0.003333
已完成@甲 未启动@乙 未启动@丙 |      |          | @甲=0.97 @乙=0.02 @丙=0.01 | 97.00 |
未启动@重点 已完成         |         |          | @重点=0                 | 100.00 |
已完成@重点                |         |          | @重点=0                 | 无     |
3/4 推进中                 |         |          | full_mark=1000          | 625.00 |
推进中                     |         |          | full_mark=25 places=0   | 13     | 四舍五入 0.5
推进中                     |         |          | full_mark=0.5 places=1  | 0.3    | 四舍五入 0.05
推进中                     |         |          | full_mark=0.3 places=1  | 0.2    | 四舍五入 0.05
未启动 未启动 未启动 1/8 1/8 1/8 |   |          | places=1                | 6.3    | 四舍五入 0.05
1/3                        |         |          | places=4                | 33.3333 | 四舍五入 -0.000033
未交回                     |         |          |                         | 无     |
未交回                     | 退1     | +1       |                         | 无     |
未交回                     |         |          | missing=计0分           | 0.00   | 未报送 0
未交回                     | 退1     | +2       | missing=计0分           | 1.90   | 未报送 0 加分 2 退回 -0.1
"""
ROWS = [[cell.strip() for cell in line.split("|")] for line in CASES.strip().splitlines()]


def expected_lines(text: str) -> list[tuple[str, Decimal]]:
    """(rule, points) of each line; `退回*7 -0.1` stands for seven of them."""
    words = text.split()
    lines: list[tuple[str, Decimal]] = []
    for rule, points in zip(words[::2], words[1::2], strict=True):
        name, _, times = rule.partition("*")
        lines += [(name, Decimal(points))] * int(times or 1)
    return lines


@pytest.mark.parametrize("row", ROWS, ids=lambda row: " ".join(row[:4]))
def test_scores_by_hand(row: list[str]) -> None:
    """Each case of the table gives the points that were worked out on paper, by exactly these lines."""
    duties, returned, typed, settings_, points, lines = row

    found = scored(standings(duties), receipts(returned), scheme(settings_, typed))

    assert (str(found.points) if found.points is not None else "无") == points
    assert [
        (entry.rule, entry.points) for entry in found.trail if entry.standing is None and not entry.idle
    ] == expected_lines(lines)


@pytest.mark.parametrize(
    ("duties", "settings_", "reason"),
    [("", "", NOT_ISSUED), ("未交回", "", NOT_RETURNED), ("不适用", "", NOTHING_TO_SCORE)],
)
def test_not_assessed_says_why(duties: str, settings_: str, reason: str) -> None:
    """A unit without a score has no number at all, but a reason."""
    found = scored(standings(duties), [], scheme(settings_))

    assert (found.points, found.trail, found.reason) == (None, (), reason)


def test_an_item_without_duties_that_can_be_scored_waits_alone() -> None:
    """One of several items has nothing to score: that line is open, the others are known, and nothing is denied."""
    lists = [
        Item(key, "考核", name, Decimal(50), Source.DUTIES, lists=(name,))
        for key, name in (("1", "党建"), ("2", "廉政"))
    ]
    made = replace(scheme(), items=tuple(lists))

    found = scored(standings("已完成@党建 推进中@党建 不适用@廉政"), [], made)

    assert (found.points, found.known, found.reason) == (None, Decimal("37.50"), "有 1 处待人评定")
    assert [(entry.item, entry.why) for entry in found.trail if entry.open] == [
        ("廉政", "没有可计分的清单事项，等待确定本项得分")
    ]
    assert scored(standings("不适用@党建 不适用@廉政"), [], made).reason == NOTHING_TO_SCORE


def test_full_points_are_exact() -> None:
    """53 equal duties are worth a 53rd of 100 each, none a little more than another; as shown they add up to 100."""
    worth = full_points(standings("已完成 " * 53), Decimal(100), scheme())
    shown = [entry.full for entry in scored(standings("已完成 " * 53), [], scheme()).trail if entry.standing]

    assert set(worth.values()) == {Fraction(100, 53)}
    assert set(shown) == {Decimal("1.886792"), Decimal("1.886793")}
    assert sum(full for full in shown if full) == 100


@pytest.mark.parametrize("done", range(1, 8))
def test_parts_of_a_mark_are_not_rounded_before_the_end(done: int) -> None:
    """However many of seven equal duties are done, the base is that share of the mark, to the last shown decimal."""
    found = scored(standings("未启动 " * (7 - done) + "已完成 " * done), [], scheme("full_mark=60"))

    assert found.total(Kind.BASE) == rounded(Fraction(60 * done, 7), 6)


def test_every_duty_has_its_line_and_cell() -> None:
    """The trail says for each duty what it could earn, by which rule, why, and in which cell that stands."""
    found = scored(standings("已完成 3/4 不适用 - 无"), [], scheme())

    assert [
        (e.rule, str(e.full), (e.points or Decimal(0)).normalize(), e.origin.cell) for e in found.trail if not e.idle
    ] == [
        ("状态", "25.000000", Decimal(25), "J4"),
        ("量化要求", "25.000000", Decimal("18.75"), "J5"),
        ("不适用", "0", Decimal(0), "J6"),
        ("状态", "25.000000", Decimal(0), "J7"),
        ("状态", "25.000000", Decimal(0), ""),
    ]
    assert found.trail[1].why == "“按期开会”4 期中 3 期达标（未达标：第4期 1/2）"
    assert found.trail[3].why == "没有填状态，系数 0"
    assert found.trail[4].why == "交回的填报表里没有这一行，按未填计，系数 0"


def test_in_mid_year_only_what_is_due_is_judged() -> None:
    """Periods still open are asked of nobody: they are left out, unless met already; a duty with none has no part."""
    # the periods are the first days of the year: 3 of 4 met, 0 of 2, and 1 of 3 beside a duty by status
    duties = standings("3/4 0/2 1/3 推进中")
    days = {0: date(2026, 1, 3), 1: date(2025, 12, 31), 2: date(2025, 12, 31), 3: END}
    early = [
        replace(each, targets=tuple(replace(target, as_of=days[n]) for target in each.targets))
        for n, each in enumerate(duties)
    ]

    found = scored(early, [], scheme())

    assert [(entry.rule, str((entry.points or Decimal(0)).normalize())) for entry in found.trail if entry.standing] == [
        ("量化要求", "33.333333"),
        ("未到期", "0"),
        ("量化要求", "33.333333"),
        ("状态", "16.666667"),
    ]
    assert found.trail[0].why == "“按期开会”3 期中 3 期达标，另有 1 期未到期，不计"
    assert found.trail[1].why == "要求的各期都没有到期，暂不计分，满分由其余事项分"
    assert found.trail[2].why == "“按期开会”1 期中 1 期达标，另有 2 期未到期，不计"


def test_veto_is_a_line_without_points() -> None:
    """A veto moves the grade, not the points, and stands in the trail with its reason."""
    found = scored(standings("已完成"), [], decided(scheme(), 青禾镇=Effect.LOWEST))

    assert found.points == 100
    assert [(e.rule, e.points, e.why) for e in found.trail[1:] if not e.idle] == [
        ("一票否决", Decimal(0), "定为最低等次：集体研究"),
    ]


def test_a_trail_that_does_not_add_up_is_refused() -> None:
    """A score cannot be made of lines with another sum."""
    with pytest.raises(ValueError, match="does not add up"):
        Score(unit_subject(UNIT), Decimal(1))


def test_sections_are_matched_without_their_number() -> None:
    """A weight for 重点 holds for 一、重点, and the first of the section's spelling decides nothing else."""
    made = replace(scheme(), weights=(Weight("（二）重点", Decimal(3)),))

    assert scored(standings("已完成@重点 未启动"), [], made).points == Decimal("75.00")


WORD = st.sampled_from(
    ["已完成", "推进中", "未启动", "长期坚持", "不适用", "-", "基本完成", "无", "已完成@重点"]
) | st.builds(lambda met, more: f"{met}/{met + more}", st.integers(0, 12), st.integers(1, 12))
WORDS = st.lists(WORD, min_size=1, max_size=30)
POINTS = st.decimals(-20, 20, places=4).filter(bool)
SETTINGS = st.sampled_from(
    ["", "full_mark=1000", "places=0", "places=4", "not_applicable=按满分", "@重点=2.5", "@重点=0", "bonus_cap=不限"]
)
RETURNS = st.sampled_from(["", "按时", "迟", "退3 迟", "退9"])


@given(WORDS, SETTINGS, RETURNS, st.lists(POINTS, max_size=5))
@settings(max_examples=200, deadline=None)
def test_trail_adds_up_and_limits_hold(words: list[str], set_: str, returned: str, typed: list[Decimal]) -> None:
    """Whatever comes in: the lines add up to the score, parts to the mark, and floor, bonus cap and places hold."""
    made = scheme(set_, " ".join(map(str, typed)))
    duties = standings(" ".join(words))

    found = scored(duties, receipts(returned), made)

    if found.points is None:
        assert found.reason == NOTHING_TO_SCORE
        return
    assert found.points == sum(entry.points or Decimal(0) for entry in found.trail)
    assert found.points == round(found.points, made.places)
    assert found.points >= 0
    assert sum(full_points(duties, made.full_mark, made).values()) == made.full_mark
    assert sum(entry.full or 0 for entry in found.trail) == made.full_mark
    assert 0 <= found.total(Kind.BASE) <= made.full_mark
    lines = [entry for entry in found.trail if entry.full is not None]
    assert all(0 <= (entry.points or Decimal(0)) <= (entry.full or 0) + STEP for entry in lines)
    assert all(0 <= entry.missed <= made.full_mark for entry in lines)
    assert found.total(Kind.BONUS) >= 0
    if made.bonus_cap is not None:
        assert found.total(Kind.BONUS) <= made.bonus_cap


@given(WORDS, RETURNS, st.lists(POINTS, max_size=4), st.decimals(-20, Decimal("-0.0001"), places=4))
@settings(max_examples=100, deadline=None)
def test_a_deduction_never_raises_a_score(words: list[str], returned: str, typed: list[Decimal], less: Decimal) -> None:
    """One more deduction leaves the score as it is or lowers it."""
    duties, made = standings(" ".join(words)), scheme("", " ".join(map(str, typed)))
    harder = replace(made, adjustments=(*made.adjustments, Adjustment(UNIT.name, less, "事由")))

    before, after = (scored(duties, receipts(returned), each).points for each in (made, harder))

    if before is None or after is None:
        assert before is after
    else:
        assert after <= before


@given(WORDS.flatmap(lambda words: st.tuples(st.just(words), st.permutations(range(len(words))))), SETTINGS)
@settings(max_examples=100, deadline=None)
def test_order_of_rows_does_not_matter(drawn: tuple[list[str], list[int]], set_: str) -> None:
    """The same rows in another order give every duty the same points."""
    words, order = drawn
    duties = standings(" ".join(words))

    first = scored(duties, [], scheme(set_))
    second = scored([duties[index] for index in order], [], scheme(set_))

    def by_duty(found: Score) -> dict[str, Decimal | None]:
        return {entry.standing.row_id: entry.points for entry in found.trail if entry.standing}

    assert first.points == second.points
    assert by_duty(first) == by_duty(second)


@given(WORDS, st.integers(0, 29))
@settings(max_examples=100, deadline=None)
def test_better_status_never_lowers_a_score(words: list[str], place: int) -> None:
    """To finish what was open never costs points."""
    index = place % len(words)
    open_, done = list(words), list(words)
    open_[index], done[index] = "推进中", "已完成"

    before, after = (scored(standings(" ".join(each)), [], scheme()).points for each in (open_, done))

    assert before is not None
    assert after is not None
    assert after >= before
