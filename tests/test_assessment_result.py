"""A whole assessment: every unit gets its result, nothing is dropped, and the JSON is the contract."""

from dataclasses import replace
from decimal import Decimal

import pytest

from assessment_samples import UNIT, receipts, scheme, standings
from qingdan_xl.assessment.result import Assessment, as_json, assess
from qingdan_xl.assessment.rules import Adjustment, Quota, Weight
from qingdan_xl.model import Unit
from qingdan_xl.problems import UnusableError

WILLOW = replace(UNIT, id="U002", name="柳湾镇")
PINE = replace(UNIT, id="U003", name="松岭乡")
NEW = replace(UNIT, id="U004", name="新设镇")


def small_year() -> Assessment:
    """Three units of one group: one late with a bonus, one that returned nothing, one that was issued nothing."""
    duties = [*standings("已完成 3/4 不适用 -"), *standings("未交回", WILLOW)]
    made = replace(scheme("", "+1"), quotas=(Quota("", Decimal(100)),))
    return assess([UNIT, WILLOW, NEW], duties, receipts("迟"), made)


def test_every_unit_has_a_result() -> None:
    """Units of the roster come in its order, whether issued, returned or not."""
    found = small_year()

    assert [(item.score.subject.name, item.score.points, item.rank) for item in found.results] == [
        ("青禾镇", Decimal("58.83"), 1),
        ("柳湾镇", None, None),
        ("新设镇", None, None),
    ]
    assert [(fault.code, fault.unit) for fault in found.problems] == [
        ("not-assessed", "柳湾镇"),
        ("not-assessed", "新设镇"),
    ]


def test_gaps_show_what_was_not_judged() -> None:
    """Units without a score, claims of 不适用 and blank statuses are listed with the cell."""
    assert [(gap.subject and gap.subject.name, gap.sort, gap.origin.cell) for gap in small_year().gaps] == [
        ("柳湾镇", "未评", ""),
        ("新设镇", "未评", ""),
        ("青禾镇", "不适用", "J6"),
        ("青禾镇", "未填状态", "J7"),
    ]


def test_gaps_tell_lost_rows_unknown_statuses_and_open_grades() -> None:
    """A row that did not come back, a status without a factor and a tie at the quota's edge are gaps too."""
    duties = [*standings("已完成 无 基本完成"), *standings("已完成 无 基本完成", WILLOW)]
    made = replace(scheme("full_mark=270"), quotas=(Quota("", Decimal(50)),))

    found = assess([UNIT, WILLOW], duties, [], made)

    assert [(gap.subject and gap.subject.name, gap.sort) for gap in found.gaps] == [
        ("青禾镇", "待定等次"),
        ("柳湾镇", "待定等次"),
        ("青禾镇", "缺行"),
        ("青禾镇", "状态不明"),
        ("柳湾镇", "缺行"),
        ("柳湾镇", "状态不明"),
    ]
    assert [fault.code for fault in found.problems] == ["quota-tie"]


def test_unit_that_left_the_roster_is_kept() -> None:
    """What a unit returned before it was struck off the roster is still scored and shown; the roster's data win."""
    moved = replace(UNIT, group="直属组")

    found = assess([moved], [*standings("已完成"), *standings("推进中", PINE)], [], scheme())

    assert [(item.score.subject.name, item.score.subject.group) for item in found.results] == [
        ("青禾镇", "直属组"),
        ("松岭乡", "乡镇组"),
    ]


def test_points_for_an_unknown_unit_stop_the_run() -> None:
    """Points typed for a unit that is not there are never dropped silently."""
    made = replace(scheme(), adjustments=(Adjustment("青和镇", Decimal(2), "表彰"),))

    with pytest.raises(UnusableError) as fault:
        assess([UNIT], standings("已完成"), [], made)

    assert [found.code for found in fault.value.problems] == ["scheme-unit"]


def test_settings_without_effect_are_told() -> None:
    """A weight for a section and a quota for a group that are not there are reported, the rest goes on."""
    made = replace(
        scheme(), weights=(Weight("不存在", Decimal(2)),), quotas=(Quota("", Decimal(100)), Quota("无此组", Decimal(9)))
    )

    found = assess([UNIT], standings("已完成@重点"), [], made)

    assert [fault.code for fault in found.problems] == ["scheme-group", "scheme-section"]
    assert found.results[0].score.points == 100


def test_refused_file_of_nobody_is_told() -> None:
    """A refused file that names no unit costs nobody anything, and is listed where the scheme takes points for it."""
    stray = [replace(receipt, unit_id="") for receipt in receipts("退1")]
    free = replace(scheme(), returns=())

    found, other = (assess([UNIT], standings("已完成"), stray, made) for made in (scheme(), free))

    assert [(fault.code, fault.origin.file) for fault in found.problems] == [
        ("refusal-unknown", "收件/青禾镇退0.xlsx"),
    ]
    assert [(gap.subject, gap.sort, gap.origin.file) for gap in found.gaps] == [
        (None, "退回未归属", "收件/青禾镇退0.xlsx"),
    ]
    assert found.results[0].score.points == 100
    assert (other.problems, other.gaps) == ((), ())


def test_order_of_files_does_not_matter() -> None:
    """The same receipts in another order give the same scores and lines."""
    back = [*receipts("退3 旧迟 迟")]

    first, second = (assess([UNIT], standings("已完成"), given, scheme()) for given in (back, back[::-1]))

    assert first == second


def test_json_is_the_contract() -> None:
    """Points are texts with all their digits, what is not assessed is null, and every line names its cell."""
    found = as_json(small_year(), "成果/考核.xlsx")

    assert found["workbook"] == "成果/考核.xlsx"
    first, second, _ = found["scores"]
    assert {key: first[key] for key in ("unit", "group", "score", "rank", "grade", "vetoed")} == {
        "unit": "青禾镇",
        "group": "乡镇组",
        "score": "58.83",
        "rank": 1,
        "grade": "不合格",
        "vetoed": False,
    }
    assert sum(Decimal(line["points"]) for line in first["trail"]) == Decimal(first["score"])
    assert first["trail"][0] == {
        "duty": "d001.01",
        "rule": "状态",
        "points": "33.333333",
        "why": "状态“已完成”，系数 1",
        "file": "收件/青禾镇.xlsx",
        "sheet": "党委领导班子",
        "cell": "J4",
    }
    assert [(line["rule"], line["points"]) for line in first["trail"][4:]] == [
        ("加分", "1"),
        ("迟报", "-0.5"),
        ("四舍五入", "-0.003333"),
    ]
    assert second == {
        "unit": "柳湾镇",
        "group": "乡镇组",
        "score": None,
        "rank": None,
        "grade": None,
        "vetoed": False,
        "trail": [],
    }


def test_unit_without_group() -> None:
    """Units without a peer group are ranked among themselves."""
    alone = Unit("U009", "直属中心", "事业单位")

    found = assess([UNIT, alone], [*standings("推进中"), *standings("未启动", alone)], [], scheme())

    assert [item.rank for item in found.results] == [1, 1]
