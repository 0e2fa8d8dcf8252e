"""Results in reports: as sealed whatever was computed since, and never more than is known of them."""

import shutil
from contextlib import closing
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from assessment_year import AS_OF, SCHEME, hand_in, write_scheme
from qingdan_xl.problems import Problem
from qingdan_xl.reports.about import Everybody
from qingdan_xl.reports.asking import asked_for
from qingdan_xl.reports.declared import OF_ONE
from qingdan_xl.reports.shipped import RESULT, templates
from qingdan_xl.reports.template import ReportTemplate
from qingdan_xl.reports.variables import values
from qingdan_xl.store import open_store
from qingdan_xl.verbs.report_inputs import load_year
from qingdan_xl.verbs.seal import Wish as SealWish
from qingdan_xl.verbs.seal import seal_year
from qingdan_xl.workspace.folder import Workspace
from report_samples import assessed, lines, make_report_year, written

FILE = "考核-定稿-2026-12-31.xlsx"


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The small year, sealed on its last day."""
    made = assessed(make_report_year(tmp_path_factory.mktemp("sealed") / "年度"))
    assert seal_year(made, AS_OF, SealWish("周庚", open_reason="云溪乡没有交")).seal
    return made


@pytest.fixture
def folder(sealed: Workspace, tmp_path: Path) -> Workspace:
    """A copy of the sealed year."""
    return Workspace(Path(shutil.copytree(sealed.root, tmp_path / "年度")))


def told(folder: Workspace, name: str = "青禾镇", as_of: date = AS_OF) -> tuple[Any, list[Problem]]:
    """The values of all variables about somebody, and what is doubtful about the assessment."""
    with closing(open_store(folder)) as store:
        year, problems = load_year(folder, store, as_of)
    return values(OF_ONE, asked_for(year, [name])[0]), problems


def test_a_sealed_result_is_told_with_the_lines_of_its_day(folder: Workspace) -> None:
    """A look back to an earlier day changes nothing: score and losses are those of the day of the seal."""
    before, _ = told(folder)
    later, problems = told(folder, as_of=date(2026, 6, 30))

    assert [found.code for found in problems] == ["seal-differs"]
    assert str(later["考核状态"]).startswith("第1版定稿，")
    assert str(later["考核状态"]).endswith("，周庚")
    assert later["考核说明"] == ""
    for name in ("得分", "满分", "名次", "组内个数", "等次", "得分构成", "失分", "加分", "待评", "复核"):
        assert later[name] == before[name], name
    lost = sum(row["分数"] for row in later["失分"])
    assert abs((lost - (later["满分"] - later["得分"])).value) < Decimal("0.1")


def test_lines_that_nothing_gives_any_more_are_not_made_up(folder: Workspace) -> None:
    """Where the sealed score cannot be computed any more there are no losses and gains, and the letter says so.

    It names no file: the unit has none.
    """
    before, _ = told(folder)
    write_scheme(folder, replace(SCHEME, full_mark=Decimal(200)))

    after, problems = told(folder)

    assert [found.code for found in problems] == ["seal-differs"]
    assert (after["得分"], after["名次"]) == (before["得分"], before["名次"])
    assert not any(after[name] for name in ("得分构成", "失分", "加分", "待评", "复核"))
    assert after["考核说明"] == "得分明细以定稿的考核表为准，可向考核单位查询"
    assert (after["满分"].value, after["满分"].why) == (None, f"定稿的满分见 {FILE}")
    assert {row.origin.file for row in after["得分"].rows()} == {FILE}


def test_the_full_mark_is_known_as_long_as_the_scheme_stays(folder: Workspace) -> None:
    """Data that changed after the seal leave the sealed score without its lines, but not without its full mark."""
    before, _ = told(folder)
    # one that is saved now: of two files the one that was saved last counts
    hand_in(folder, "U001", "青禾镇-重报.xlsx", lambda desk: desk.log(date="2026-05-06", category="会议", topic="例会"))

    after, problems = told(folder)

    assert [found.code for found in problems] == ["seal-differs"]
    assert after["考核说明"] == "得分明细以定稿的考核表为准，可向考核单位查询"
    assert (after["得分"], after["满分"].value) == (before["得分"], before["满分"].value)


def test_the_group_of_a_sealed_result_is_that_of_the_seal(folder: Workspace) -> None:
    """Who comes back after the seal is not among those that were ranked."""
    hand_in(folder, "U003", "云溪乡.xlsx")

    found, _ = told(folder)

    assert found["组内个数"].value == 2
    assert [row.what for row in found["组内个数"].rows()] == ["青禾镇", "白杨镇"]


def test_why_there_is_no_score_is_said_once(folder: Workspace) -> None:
    """A sealed result without a score says why in the state, and not again in the note."""
    found, _ = told(folder, "云溪乡")

    assert str(found["考核状态"]).endswith("，周庚；未评：没有收到可用的填报表")
    assert found["考核说明"] == ""
    assert found["得分"].why == "没有收到可用的填报表"


def test_why_there_is_no_score_is_said_once_before_the_seal(tmp_path: Path) -> None:
    """So does a result that was only computed."""
    found, _ = told(assessed(make_report_year(tmp_path / "年度")), "云溪乡")

    assert (found["考核状态"], found["考核说明"]) == ("未评：没有收到可用的填报表", "")


def test_a_sealed_result_outlives_its_scheme(folder: Workspace) -> None:
    """With a broken 考核办法.xlsx the sealed results are told; only their lines are missing."""
    before, _ = told(folder)
    folder.scheme.write_bytes(b"broken")

    after, problems = told(folder)

    assert [found.code for found in problems] == ["unreadable-workbook"]
    assert [after[name] for name in ("得分", "名次", "组内个数", "等次", "考核状态")] == [
        before[name] for name in ("得分", "名次", "组内个数", "等次", "考核状态")
    ]
    assert after["考核说明"] == "得分明细以定稿的考核表为准，可向考核单位查询"


def test_a_scheme_that_cannot_be_used_keeps_no_report_back(tmp_path: Path) -> None:
    """Without a seal a broken 考核办法.xlsx is told as what it is, and the other figures are there."""
    year = assessed(make_report_year(tmp_path / "年度"))
    year.scheme.write_bytes(b"broken")

    found, problems = told(year)
    made = written(year, kinds=("考核结果告知书",))

    state = "考核办法读不出来，这次没有算出考核结果"
    assert [fault.code for fault in problems] == ["unreadable-workbook"]
    assert found["完成"].value == 1
    assert (found["考核状态"], told(year, "青禾镇/张甲")[0]["考核状态"]) == (state, state)
    assert {each.why for each in made.left_out} == {state}


def test_data_that_cannot_be_used_are_no_fault_of_the_scheme(tmp_path: Path) -> None:
    """Where another file keeps the assessment from being made, the scheme is not blamed."""
    year = assessed(make_report_year(tmp_path / "年度"))
    year.score_data.write_bytes(b"broken")

    found, problems = told(year)

    assert [fault.code for fault in problems] == ["unreadable-workbook"]
    assert found["考核状态"] == "考核用的数据有误，这次没有算出考核结果"


@pytest.mark.parametrize(
    ("there", "headings"),
    [
        ("得分构成 失分 加分", "一二三四"),
        ("得分构成 加分", "一二三"),
        ("失分 加分", "一二三"),
        ("加分", "一二"),
        ("", "一"),
    ],
)
def test_headings_of_a_result_follow_one_another(sealed: Workspace, there: str, headings: str) -> None:
    """Sections that have nothing to say leave no gap in the numbers."""
    found, _ = told(sealed)
    lists = {
        name: found["失分"] if name in there.split() else [] for name in ("得分构成", "失分", "加分", "待评", "复核")
    }
    template = ReportTemplate("告知书.docx", templates()[RESULT](), OF_ONE)

    text = lines(template.fill(found | lists, lambda _figures: "").data)

    assert "".join(line[0] for line in text if line[1:2] == "、") == headings


def test_everybody_has_units_with_results(folder: Workspace) -> None:
    """In the bulletin each unit has its sealed result."""
    with closing(open_store(folder)) as store:
        year, _ = load_year(folder, store, AS_OF)

    assert [about.told.grade for about in Everybody(year).units][-1] == "未评"
