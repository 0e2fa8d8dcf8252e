"""What a duty asks for, in words and dates, and who is proposed for it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from issuing_samples import OPTIONS, RATIO, REPORT, UNITS, count, duty, sample_plan
from qingdan_xl.counting.deadlines import issued_due
from qingdan_xl.issuing.demands import demand_text
from qingdan_xl.issuing.openings import Opening
from qingdan_xl.issuing.proposal import head_of, propose
from qingdan_xl.model import Per, Person, Target, TargetKind

YEAR_END = Target("年底前完成整改", "完成整改", TargetKind.DEADLINE, due=("12-31",))


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        (count("会议", 1, Per.QUARTER), "每季度≥1次（会议）"),
        (count("会议", 3, Per.ONCE), "≥3次（会议）"),
        (count("会议", 3, None), "≥3次（会议）"),
        (count("其他", 3, Per.YEAR, at_most=True), "每年≤3次（其他）"),
        (count("报告", 2, Per.YEAR, "01-31", "07-31"), "每年≥2次（报告），1月31日、7月31日前"),
        (count("调研", 1, None, "~07-01"), "≥1次（调研），7月1日前后"),
        (replace(count("调研", 1, None), unit=None), "≥1次（调研）"),
        (replace(count("检查", 1, Per.MONTH), months=(3, 12)), "3月至12月每月≥1次（检查）"),
        (count("检查", 1, Per.TWO_MONTHS), "每两个月≥1次（检查）"),
        (replace(REPORT, number=Decimal(1)), "1月31日前（报告）"),
        (replace(count("报告", 1, Per.MONTH), text="每月5日前报送1次"), "每月≥1次（报告），每月5日前"),
        (RATIO, "≥90%（党员参加率）"),
        (REPORT, "1月31日前（报告）"),
        (YEAR_END, "12月31日前（完成整改）"),
        (replace(YEAR_END, due=("2026-05",)), "2026年5月底前（完成整改）"),
        (replace(YEAR_END, due=("2026-09-15",)), "2026年9月15日前（完成整改）"),
        (replace(YEAR_END, due=("~2026-09-10",)), "2026年9月10日前后（完成整改）"),
        (replace(YEAR_END, due=("第一季度",)), "第一季度前（完成整改）"),
        (replace(YEAR_END, due=()), "年底前完成整改"),
        (Target("投入2.5万元", "投入", TargetKind.COUNT, Decimal("2.50"), "万元"), "≥2.5万元（投入）"),
        (
            replace(YEAR_END, activity="在全部二十个行政村完成整改任务并验收"),
            "12月31日前（在全部二十个行政村完成整改任…）",
        ),
    ],
)
def test_a_demand_reads_in_one_line(target: Target, expected: str) -> None:
    """Sign, number, unit, period, what counts, and dates, as people would write them."""
    assert demand_text([target]) == expected


def test_demands_stand_one_a_line_without_repeats() -> None:
    """Two demands are two lines; the same said twice is one."""
    meeting, visit = count("会议", 1, Per.QUARTER), count("调研", 2, Per.YEAR)

    assert demand_text([meeting, visit, meeting]) == "每季度≥1次（会议）\n每年≥2次（调研）"


@pytest.mark.parametrize(
    ("targets", "expected"),
    [
        ((), None),
        ((count("会议", 1, Per.QUARTER),), None),
        ((REPORT,), date(2026, 1, 31)),
        ((count("报告", 2, None, "01-31", "07-31"),), date(2026, 7, 31)),
        ((REPORT, YEAR_END), date(2026, 12, 31)),
        ((REPORT, count("会议", 1, Per.QUARTER)), None),
        ((REPORT, count("其他", 3, Per.YEAR, at_most=True)), date(2026, 1, 31)),
        ((replace(REPORT, due=("12-20",)), count("会议", 1, Per.HALF_YEAR)), date(2026, 12, 20)),
        ((replace(REPORT, due=("2027-05",)),), None),
        ((replace(REPORT, due=("2026-09-15",)),), date(2026, 9, 15)),
        ((replace(REPORT, due=("2025-12-31",)),), None),
    ],
)
def test_the_deadline_is_the_last_date_that_ends_the_duty(targets: tuple[Target, ...], expected: date | None) -> None:
    """The last date that is named, unless another demand goes on long after it; none is made up."""
    due = issued_due(duty("d0000001", "1", "事项", *targets), OPTIONS.calendar)

    assert (due.day if due else None) == expected


def test_a_demand_whose_dates_lie_in_another_year_is_not_counted() -> None:
    """It asks for nothing this year, so the sheet shows no number for it."""
    plan = sample_plan()
    sheet = plan.sheets[0]
    row = replace(sheet.rows[0], duty=duty("d0000001", "1", "事项", count("报告", 1, None, "2027-05")))

    assert Opening(plan, OPTIONS.calendar).progress(sheet, row) == ()


def test_a_duty_overdue_on_the_day_of_issue_says_so() -> None:
    """A workbook sent out on 1 March shows a report of January as 逾期 from the start."""
    plan = sample_plan()
    row = replace(plan.sheets[0].rows[0], duty=duty("d0000001", "1", "事项", REPORT))

    assert Opening(plan, OPTIONS.calendar).light(plan.sheets[0], row) == "逾期"


def test_the_holder_leads_and_who_oversees_carries() -> None:
    """On a personal sheet the holder has the A, and whoever oversees a word of the duty an R; else the holder both."""
    plan = sample_plan()
    personal = plan.sheets[1]

    assert personal.holder == "张甲"
    assert propose(plan, personal, personal.rows[0]).letters == {"张甲": "A", "李乙": "R"}
    assert propose(plan, personal, personal.rows[3]).letters == {"张甲": "AR"}
    assert [propose(plan, personal, personal.rows[n]).owner for n in (0, 3)] == ["李乙", "张甲"]


def test_the_head_leads_what_the_unit_holds() -> None:
    """A role of 主要负责人 makes the head; without one whoever is listed first; without people nobody."""
    plan = sample_plan()
    shared = plan.sheets[0]
    plain = (Person("李乙", "青禾镇"), Person("张甲", "青禾镇"))

    assert propose(plan, shared, shared.rows[3]).letters == {"张甲": "A", "王丙": "R"}
    assert head_of(plain) == "李乙"
    assert head_of((plain[0], Person("张甲", "青禾镇", roles=("党委主要负责人",)))) == "张甲"
    alone = replace(sample_plan(UNITS[1]), people=())
    assert propose(alone, alone.sheets[0], alone.sheets[0].rows[0]).letters == {}
