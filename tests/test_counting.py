"""Periods, due and done, late and light."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import qingdan_xl
from qingdan_xl.counting.deadlines import AnsweredBy, Due, due_of, issued_due
from qingdan_xl.counting.lights import light, turning_day
from qingdan_xl.counting.periods import Calendar, due_date, periods, windows
from qingdan_xl.counting.progress import Activity, is_countable, missing, progress
from qingdan_xl.model import Duty, Per, Period, Target, TargetKind

YEAR = 2026
END = Calendar(YEAR, date(2027, 1, 1))


def target(number: int = 1, per: Per | None = Per.YEAR, due: tuple[str, ...] = (), category: str = "会议") -> Target:
    """A countable demand."""
    kind = TargetKind.DEADLINE if due else TargetKind.COUNT
    return Target("要求", "活动", kind, Decimal(number), "次", per, due, category=category)


@pytest.mark.parametrize(
    ("per", "count", "first", "last"),
    [
        (None, 1, "全年", "全年"),
        (Per.ONCE, 1, "全年", "全年"),
        (Per.YEAR, 1, "全年", "全年"),
        (Per.HALF_YEAR, 2, "上半年", "下半年"),
        (Per.QUARTER, 4, "第一季度", "第四季度"),
        (Per.MONTH, 12, "1月", "12月"),
        (Per.FOUR_MONTHS, 3, "1月至4月", "9月至12月"),
        (Per.TWO_MONTHS, 6, "1月至2月", "11月至12月"),
        (Per.TEN_DAYS, 36, "1月上旬", "12月下旬"),
        (Per.TWO_WEEKS, 25, "第1至2周", "第49至50周"),
        (Per.WEEK, 51, "第1周", "第51周"),
        (Per.DAY, 0, "", ""),
        (Per.OTHER, 0, "", ""),
    ],
)
def test_periods_of_the_year(per: Per | None, count: int, first: str, last: str) -> None:
    """A year falls into as many periods as its kind says, labelled as people call them."""
    found = periods(per, YEAR)

    assert len(found) == count
    assert [p.label for p in found[:1]] + [p.label for p in found[-1:]] == ([first, last] if count else [])


@pytest.mark.parametrize("per", [Per.YEAR, Per.HALF_YEAR, Per.FOUR_MONTHS, Per.TWO_MONTHS, Per.MONTH, Per.TEN_DAYS])
@given(day=st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_day_falls_into_exactly_one_period(per: Per, day: date) -> None:
    """Periods of a year neither overlap nor leave a gap."""
    assert sum(p.start <= day <= p.end for p in periods(per, day.year)) == 1


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        ("06-30", date(2026, 6, 30)),
        ("02-29", date(2026, 2, 28)),
        ("~07-01", date(2026, 7, 31)),
        ("~12-31", date(2026, 12, 31)),
        ("2026-05", date(2026, 5, 31)),
        ("2025-05", None),
        ("2026-09-15", date(2026, 9, 15)),
        ("~2026-09-10", date(2026, 10, 10)),
        ("2026-02-30", date(2026, 2, 28)),
        ("2025-12-31", None),
        ("13-01", None),
    ],
)
def test_due_marks(due: str, expected: date | None) -> None:
    """A due mark names its last day: about-dates with grace, months by their end, other years not at all."""
    assert due_date(due, END) == expected


def test_two_due_dates_make_two_windows() -> None:
    """每年1月31日前和7月31日前: one window up to each date, the second from the day after the first."""
    found = windows(target(2, Per.YEAR, ("07-31", "01-31")), END)

    assert [(w.start, w.end) for w in found] == [
        (date(2026, 1, 1), date(2026, 1, 31)),
        (date(2026, 2, 1), date(2026, 7, 31)),
    ]


def test_a_date_in_each_period_says_by_when_in_it() -> None:
    """每季度次月10日前 with its four dates is once up to each of them; with fewer dates the whole quarters count."""
    days = ("01-10", "04-10", "07-10", "10-10")
    demand, fewer = target(1, Per.QUARTER, days), target(1, Per.QUARTER, days[1:])

    assert [window.end for window in windows(demand, END)] == [date(2026, month, 10) for month in (1, 4, 7, 10)]
    assert [window.label for window in windows(fewer, END)] == [window.label for window in periods(Per.QUARTER, YEAR)]
    assert count(demand, [date(2026, 4, 11), date(2026, 7, 10)]) == (4, 1, 1, ["1月10日前", "4月10日前", "10月10日前"])


def count(demand: Target, days: list[date], calendar: Calendar = END) -> tuple[int, int, int, list[str]]:
    """Required, done, windows met, labels of the short windows."""
    found = progress(demand, [Activity(day, "会议") for day in days], "A.01", "", calendar)
    return found.required, found.done, found.met, [w.window.label for w in found.short]


def test_four_in_the_first_quarter_do_not_satisfy_once_a_quarter() -> None:
    """Each period wants its own count; what is too much in one does not help another."""
    assert count(target(1, Per.QUARTER), [date(2026, 1, day) for day in (5, 6, 7, 8)]) == (
        4,
        1,
        1,
        ["第二季度", "第三季度", "第四季度"],
    )


def test_only_periods_that_are_over_can_be_short() -> None:
    """On the last day of a quarter it is not yet short; the day after it is."""
    on_the_day, after = Calendar(YEAR, date(2026, 3, 31)), Calendar(YEAR, date(2026, 4, 1))

    assert count(target(1, Per.QUARTER), [], on_the_day)[3] == []
    assert count(target(1, Per.QUARTER), [], after)[3] == ["第一季度"]


@pytest.mark.parametrize(
    ("number", "due", "per", "asked"),
    [
        ("2", ("01-31", "07-31"), Per.YEAR, [1, 1]),
        ("3", ("01-31", "07-31"), Per.YEAR, [1, 2]),
        ("5", ("03-31", "06-30", "09-30"), None, [1, 2, 2]),
        ("1", ("01-31", "07-31"), Per.ONCE, [1, 1]),
        ("3", ("04-10", "07-10"), Per.HALF_YEAR, [3, 3]),
        ("2.5", (), Per.QUARTER, [3, 3, 3, 3]),
        ("0", (), Per.YEAR, [1]),
    ],
)
def test_how_often_in_each_window(number: str, due: tuple[str, ...], per: Per | None, asked: list[int]) -> None:
    """Due dates share a number out without losing any of it, the later ones more; periods each want all of it."""
    found = progress(replace(target(1, per, due), number=Decimal(number)), [], "A.01", "", END)

    assert [each.required for each in found.windows] == asked


@given(st.integers(1, 40), st.lists(st.integers(1, 12), min_size=1, max_size=12, unique=True))
def test_dates_together_ask_for_what_the_text_says(number: int, months: list[int]) -> None:
    """However many dates share a number: together no fewer than it, and more only where each must have one."""
    found = progress(target(number, Per.YEAR, tuple(f"{month:02d}-15" for month in months)), [], "A.01", "", END)
    asked = [each.required for each in found.windows]

    assert found.required == max(number, len(months))
    assert max(asked) - min(asked) <= 1
    assert all(asked)


def test_a_number_with_two_dates_is_shared_out() -> None:
    """Two reports by two dates ask for one by each."""
    demand = target(2, Per.YEAR, ("01-31", "07-31"))

    assert count(demand, [date(2026, 1, 20), date(2026, 1, 21)]) == (2, 1, 1, ["7月31日前"])


@pytest.mark.parametrize(
    ("category", "host", "row_id", "holder", "counts"),
    [
        ("会议", "", "", "", True),
        ("学习", "", "", "", False),
        ("会议", "", "A.01", "", True),
        ("会议", "", "B.01", "", False),
        ("会议", "张甲", "", "张甲", True),
        ("会议", "李乙", "", "张甲", False),
        ("会议", "", "", "张甲", False),
    ],
)
def test_what_fits(category: str, host: str, row_id: str, holder: str, counts: bool) -> None:
    """An activity counts by category, unless tied to another duty or, on a personal list, led by somebody else."""
    activity = Activity(date(2026, 5, 1), category, host, row_id)

    found = progress(target(), [activity], "A.01", holder, END)

    assert found.done == int(counts)


@given(st.lists(st.dates(date(2025, 1, 1), date(2027, 12, 31))), st.sampled_from(list(Per)), st.integers(1, 5))
def test_counting_never_exceeds_what_was_logged(days: list[date], per: Per, number: int) -> None:
    """Every logged activity is counted at most once, and none of another year."""
    found = progress(target(number, per), [Activity(day, "会议") for day in days], "A.01", "", END)

    assert found.done <= sum(day.year == YEAR for day in days)
    assert 0 <= found.met <= len(found.windows)
    assert len(found.short) + found.met == len(found.windows)


def test_what_a_log_can_show() -> None:
    """An upper limit the log can show; without a category, as a ratio, every day or beyond a year it cannot."""
    limit = Target("不超过2次", "会议", TargetKind.COUNT, Decimal(2), "次", Per.YEAR, at_most=True, category="会议")
    ratio = Target("60%以上", "达标", TargetKind.RATIO, Decimal(60), "%", Per.YEAR, category="会议")

    assert [is_countable(each) for each in (target(), limit)] == [True, True]
    assert not any(map(is_countable, (target(category=""), ratio, target(per=Per.DAY), target(per=Per.OTHER))))


def test_an_upper_limit_is_met_until_it_is_exceeded() -> None:
    """Nothing is asked for; one time too many is short at once, however long the year goes on, and says 超限."""
    limit = replace(target(2, Per.YEAR), at_most=True)
    day = Calendar(YEAR, date(2026, 5, 1))
    held = [Activity(date(2026, month, 5), "会议") for month in (1, 2, 3)]
    kept, broken = (progress(limit, held[:count], "A.01", "", day) for count in (2, 3))

    assert (kept.required, kept.done, kept.lacking, len(kept.short), len(kept.judged)) == (0, 0, 0, 0, 0)
    assert (broken.required, broken.lacking, broken.excess, broken.met, len(broken.judged)) == (0, 0, 1, 0, 1)
    assert missing([broken]) == "全年超限"
    assert light("已完成", None, [broken], day) == "欠缺"
    assert turning_day("欠缺", "", None, [broken], day) == date(2026, 5, 1)
    assert light("已完成", None, [kept], day) == "完成"


@pytest.mark.parametrize(
    ("months", "per", "labels"),
    [
        ((10, 12), Per.MONTH, ["10月", "11月", "12月"]),
        ((11, 2), Per.MONTH, ["1月", "2月", "11月", "12月"]),
        ((6, 9), Per.QUARTER, ["第二季度", "第三季度"]),
        ((2, 2), Per.TEN_DAYS, ["2月上旬", "2月中旬", "2月下旬"]),
        ((3, 3), Per.WEEK, ["第9周", "第10周", "第11周", "第12周"]),
        ((3, 4), Per.YEAR, ["全年"]),
    ],
)
def test_a_demand_repeats_only_in_its_months(months: tuple[int, int], per: Per, labels: list[str]) -> None:
    """3月至12月每月: ten windows and not twelve; weeks count where they lie in the months whole."""
    assert [each.label for each in windows(replace(target(1, per), months=months), END)] == labels


TODAY = date(2026, 5, 15)
NOW = Calendar(YEAR, TODAY)


@pytest.mark.parametrize(
    ("status", "deadline", "short", "word"),
    [
        ("不适用", -1, True, "不适用"),
        ("推进中", -1, True, "逾期"),
        ("", -1, False, "逾期"),
        ("推进中", 0, False, "临近"),
        ("推进中", 30, False, "临近"),
        ("推进中", 31, False, "正常"),
        ("", 31, False, "未填报"),
        ("", None, False, "未填报"),
        ("", 3, False, "临近"),
        ("", None, True, "欠缺"),
        ("推进中", None, True, "欠缺"),
        ("已完成", -1, True, "欠缺"),
        ("已完成", -1, False, "完成"),
        ("长期坚持", -1, False, "长期"),
        ("长期坚持", -1, True, "欠缺"),
        ("未启动", None, False, "正常"),
    ],
)
def test_light(status: str, deadline: int | None, short: bool, word: str) -> None:
    """The gravest word wins; a standing duty is never 逾期, a done one never without its counts; blank is no 正常."""
    demand = target(1, Per.QUARTER)
    done = [] if short else [Activity(TODAY.replace(month=month), "会议") for month in (1, 5)]
    targets = [progress(demand, done, "A.01", "", NOW)]
    due = None if deadline is None else Due(TODAY + timedelta(days=deadline), AnsweredBy.STATUS)

    assert light(status, due, targets, NOW) == word


def test_an_unmet_period_that_ends_soon_is_near() -> None:
    """Ten days before the quarter ends, a missing count shows as 临近."""
    calendar = Calendar(YEAR, date(2026, 3, 21))

    assert light("推进中", None, [progress(target(1, Per.QUARTER), [], "A.01", "", calendar)], calendar) == "临近"


REPORTS = target(2, Per.YEAR, ("01-31", "04-30"), "报告")
MEETINGS = target(1, Per.QUARTER)
YEARLY = target(2, Per.YEAR)
WORK = Target("4月30日前完成", "整改", TargetKind.DEADLINE, due=("04-30",))


@pytest.mark.parametrize(
    ("targets", "own", "expected"),
    [
        ((REPORTS,), None, (date(2026, 4, 30), AnsweredBy.COUNT)),
        ((REPORTS,), date(2026, 9, 1), (date(2026, 4, 30), AnsweredBy.COUNT)),
        ((WORK,), date(2026, 9, 1), (date(2026, 4, 30), AnsweredBy.STATUS)),
        ((REPORTS, WORK), None, (date(2026, 4, 30), AnsweredBy.STATUS)),
        ((replace(WORK, due=("03-31",)), REPORTS), None, (date(2026, 4, 30), AnsweredBy.COUNT)),
        ((MEETINGS,), date(2026, 9, 1), (date(2026, 9, 1), AnsweredBy.UNIT)),
        ((MEETINGS, REPORTS), None, None),
        ((), None, None),
    ],
)
def test_the_date_that_counts(
    targets: tuple[Target, ...], own: date | None, expected: tuple[date, AnsweredBy] | None
) -> None:
    """An issued date outweighs what the unit wrote; it is the count's where every demand of that day is countable."""
    found = due_of(issued_due(Duty("d1", "1", "事项", targets=targets), NOW), own)

    assert ((found.day, found.by) if found else None) == expected


@pytest.mark.parametrize(
    ("demand", "own", "done", "status", "word"),
    [
        (REPORTS, None, ("01-20", "04-20"), "推进中", "正常"),
        (REPORTS, None, ("01-20", "04-20"), "", "未填报"),
        (REPORTS, None, ("01-20", "04-20"), "已完成", "完成"),
        (REPORTS, None, ("01-20",), "推进中", "逾期"),
        (REPORTS, None, ("01-20",), "", "逾期"),
        (REPORTS, None, ("01-20", "05-02"), "推进中", "逾期"),
        (REPORTS, None, ("01-20",), "已完成", "欠缺"),
        (REPORTS, None, ("01-20",), "不适用", "不适用"),
        (REPORTS, "09-01", ("01-20",), "推进中", "逾期"),
        (WORK, None, (), "推进中", "逾期"),
        (MEETINGS, "04-30", ("01-05", "04-05"), "推进中", "正常"),
        (MEETINGS, "04-30", ("01-05",), "推进中", "逾期"),
        (YEARLY, "04-30", ("01-05", "02-05"), "推进中", "正常"),
        (YEARLY, "04-30", ("01-05",), "推进中", "逾期"),
        (YEARLY, "04-30", ("01-05",), "长期坚持", "长期"),
    ],
)
def test_counts_answer_for_a_date(
    demand: Target, own: str | None, done: tuple[str, ...], status: str, word: str
) -> None:
    """What was logged in time is not 逾期 though 状态 lags behind; what was not, or too late, is."""
    log = [Activity(date.fromisoformat(f"{YEAR}-{day}"), demand.category) for day in done]
    own_day = date.fromisoformat(f"{YEAR}-{own}") if own else None
    due = due_of(issued_due(Duty("d1", "1", "事项", targets=(demand,)), NOW), own_day)
    targets = [progress(demand, log, "A.01", "", NOW)] if is_countable(demand) else []

    assert light(status, due, targets, NOW) == word
    assert turning_day(word, status, due, targets, NOW) == {
        "逾期": due.day if due else None,
        "欠缺": date(2026, 4, 30),
    }.get(word)


def test_a_date_answered_outside_the_period_looked_at_stays_answered() -> None:
    """A report made in April is not 逾期 where only May is looked at; one that was not made is."""
    may = replace(NOW, period=Period(date(2026, 5, 1), date(2026, 5, 31), "5月"))
    due = issued_due(Duty("d1", "1", "事项", targets=(REPORTS,)), may)
    made = [Activity(date(2026, month, 20), "报告") for month in (1, 4)]

    found = [light("推进中", due, [progress(REPORTS, made[:n], "A.01", "", may)], may) for n in (2, 1)]

    assert found == ["正常", "逾期"]


def test_a_score_looks_at_what_is_over_or_met() -> None:
    """On 30 June two quarters are due, that of the day with them; the third counts once it is met."""
    calendar = Calendar(YEAR, date(2026, 6, 30))
    done = [Activity(date(2026, 1, 5), "会议")]

    due = progress(MEETINGS, done, "A.01", "", calendar)
    ahead = progress(MEETINGS, done, "A.01", "", replace(calendar, as_of=date(2026, 3, 1)))

    assert [each.window.label for each in due.judged] == ["第一季度", "第二季度"]
    assert [each.window.label for each in ahead.judged] == ["第一季度"]
    assert progress(MEETINGS, [], "A.01", "", replace(calendar, as_of=date(2026, 3, 1))).judged == ()


def test_one_judgement_serves_issue_check_and_summary() -> None:
    """No other room puts a duty's date, counts and 状态 together by itself: all of them ask `Counting`."""
    package = Path(qingdan_xl.__file__).parent
    judged = [
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        for line in path.read_text("utf-8").splitlines()
        if line.startswith(("from qingdan_xl.counting.lights import", "from qingdan_xl.counting.deadlines import"))
        and {"light", "turning_day", "due_of"} & set(line.partition(" import ")[2].split(", "))
    ]

    assert judged == ["counting/duties.py", "counting/duties.py"]
