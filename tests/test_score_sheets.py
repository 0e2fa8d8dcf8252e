"""Score sheets as they are sent: who is asked for what, what stands beside, and what is sent again."""

import json
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openxml_audit import OpenXmlValidator

from office import Office
from qingdan_xl.assessment.items import Rater, RaterGroup
from qingdan_xl.assessment.rules import Scheme
from qingdan_xl.assessment.scheme import read_scheme, scheme_workbook
from qingdan_xl.problems import UnusableError
from qingdan_xl.sheets.identity import PROPERTIES
from qingdan_xl.sheets.ratings import DUTIES_BESIDE
from qingdan_xl.sheets.scheme_items import DUTY_REVIEW, Method
from qingdan_xl.sheets.unit import COVER_TITLE, DUTIES, HIDDEN_TITLE
from qingdan_xl.verbs.score_sheets import SheetsIssued
from qingdan_xl.workspace.folder import Workspace
from rating_samples import (
    GROUPS,
    HEAD_MIX,
    ITEMS,
    LEADER,
    NAMES,
    OPTIONS,
    PANEL,
    RATERS,
    SCHEME,
    STAFF,
    collected,
    given,
    rated_year,
    scored,
    sent,
    use,
)
from returns import UNITS, Desk, put, well_filled


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, SheetsIssued]:
    """A year and its first round of score sheets; tests only look at it."""
    year = rated_year(tmp_path_factory.mktemp("rated") / "2026年度")
    return year, sent(year)


@pytest.fixture
def year(tmp_path: Path) -> Workspace:
    """A year folder of its own."""
    return rated_year(tmp_path / "2026年度")


def asked(year: Workspace, issued: SheetsIssued, rater: str) -> list[str]:
    """The row ids of a rater's sheet, page by page."""
    plan = json.loads(next(sheet.plan for sheet in issued.sheets if sheet.name == rater))
    ids = [row["id"] for page in plan["pages"] for row in page["rows"]]
    desk = scored(year, issued, rater)
    there = [cell.value for page in desk.book for cells in page.iter_rows() for cell in cells]
    assert set(ids) <= set(there)
    return ids


def raters(issued: SheetsIssued) -> list[str]:
    """Who was sent a sheet, in order."""
    return [sheet.name for sheet in issued.sheets]


def test_every_rater_gets_one_sheet_and_never_the_own_unit(made: tuple[Workspace, SheetsIssued]) -> None:
    """Whoever comes from a unit is asked for the others; the items scored by raters only."""
    year, issued = made

    assert raters(issued) == ["冯一", "陈二", "卫三", "蒋四", "沈五"]
    assert asked(year, issued, "冯一") == ["U001|1", "U001|2", "U002|1", "U002|2", "U003|1", "U003|2"]
    assert asked(year, issued, "陈二") == ["U002|1", "U002|2", "U003|1", "U003|2"]
    assert asked(year, issued, "卫三") == ["U001|1", "U001|2", "U003|1", "U003|2"]
    folder = year.issued / "评分-2026-1"
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        [*(sheet.path.rpartition("/")[2] for sheet in issued.sheets), "评分表清单.xlsx"]
    )


def test_the_list_of_a_round_names_every_file(made: tuple[Workspace, SheetsIssued]) -> None:
    """评分表清单 says whom each file goes to and how much it asks for."""
    year, issued = made
    page = load_workbook(year.issued / "评分-2026-1" / "评分表清单.xlsx").active
    assert page is not None

    rows = [[cell.value for cell in cells] for cells in page.iter_rows(min_row=4)]

    assert rows[1][:5] == [STAFF, "陈二", "青禾镇", "职工代表-陈二-2026年评分表.xlsx", 4]
    assert [row[5] for row in rows] == [sheet.sha256 for sheet in issued.sheets]


def test_identity_stands_in_three_places(made: tuple[Workspace, SheetsIssued]) -> None:
    """Properties, the very hidden sheet and the ids of the rows; nobody can add, rename or delete a sheet."""
    year, issued = made
    book = scored(year, issued, "陈二").book

    properties = {entry.name: entry.value for entry in book.custom_doc_props}
    hidden = {cells[0].value: cells[1].value for cells in book[HIDDEN_TITLE].iter_rows(max_row=9)}

    assert properties[PROPERTIES["batch"]] == hidden["batch"] == "评分-2026-1"
    assert properties[PROPERTIES["unit_id"]] == hidden["unit_id"] == "评委:职工代表/陈二"
    assert properties[PROPERTIES["workspace"]] == hidden["workspace"]
    assert book[HIDDEN_TITLE].sheet_state == "veryHidden"
    assert book["乡镇"].column_dimensions["A"].hidden
    assert book.security.lockStructure
    assert book.sheetnames == [COVER_TITLE, "乡镇", DUTIES_BESIDE.title, HIDDEN_TITLE]


def test_only_the_answers_are_open(made: tuple[Workspace, SheetsIssued]) -> None:
    """Everything but 评分 is locked, and a score is held to 0 … its row's full points, two decimals."""
    year, issued = made
    desk = scored(year, issued, "陈二")
    page = desk.book["乡镇"]

    open_cells = [cell.coordinate for cells in page.iter_rows(min_row=4, max_col=11) for cell in cells
                  if not cell.protection.locked]  # fmt: skip
    (rule,) = page.data_validations.dataValidation

    assert page.protection.sheet
    assert open_cells == ["K4", "K5", "K6", "K7"]
    assert (str(rule.sqref), rule.type) == ("K4:K7", "custom")
    assert rule.formula1 == "AND(ISNUMBER(K4),K4>=0,K4<=E4,ROUND(K4,2)=K4)"
    assert desk.cell("乡镇", "云溪乡", "组织领导", "full").value == 20


def test_what_is_known_stands_beside(made: tuple[Workspace, SheetsIssued]) -> None:
    """Self score, counts and lacking counts of the unit in the row; its duties with their evidence on a page apart."""
    year, issued = made
    desk = scored(year, issued, "冯一")

    beside = {key: desk.cell("乡镇", "青禾镇", "工作实绩", key).value for key in ("self_score", "lacking", "overdue")}
    duties = desk.book[DUTIES_BESIDE.title]

    assert beside == {"self_score": 95, "lacking": 2, "overdue": 0}
    assert desk.cell("乡镇", "青禾镇", "工作实绩", "done").value == (
        "全年应做 8 次，已做 2 次；8 个事项中 0 个已完成或长期坚持"
    )
    assert desk.cell("乡镇", "青禾镇", "工作实绩", "evidence").value == "8 个事项填了佐证，见“履责情况”表"
    assert [cell.value for cell in duties[4]][:9] == [
        "青禾镇", "1.", "每季度至少召开1次专题会议，研究部署全面工作", "张甲", "推进中", "欠缺", "1/4", 2, 95,
    ]  # fmt: skip


def test_a_unit_that_returned_nothing_is_said_so(tmp_path: Path) -> None:
    """No zeros are shown for a unit whose workbook did not come back."""
    year = rated_year(tmp_path / "2026年度", back=UNITS[:2])
    desk = scored(year, sent(year), "冯一")

    beside = [
        desk.cell("乡镇", "云溪乡", "组织领导", key).value for key in ("done", "self_score", "lacking", "overdue")
    ]

    assert beside == ["没有收到可用的填报表", None, None, None]
    assert [cell.value for cell in desk.book[DUTIES_BESIDE.title][20]][4:10] == [*[None] * 5, "没有收到可用的填报表"]


def test_nobody_sees_what_others_gave(year: Workspace) -> None:
    """A sheet sent after others came back holds nothing of them: neither scores nor names."""
    issued = sent(year)
    put(year.inbox, "a.xlsx", given(year, issued, "冯一", {"青禾镇": (17.37, 23.59)}))
    collected(year)
    (year.root / next(sheet.path for sheet in issued.sheets if sheet.name == "沈五")).unlink()

    again = sent(year)

    assert raters(again) == ["沈五"]
    with ZipFile(year.root / again.sheets[0].path) as archive:
        everything = "".join(archive.read(name).decode() for name in archive.namelist())
    assert not re.search("17[.]37|23[.]59|冯一|陈二|蒋四", everything)
    assert "沈五" in everything


def test_what_units_wrote_is_text(year: Workspace) -> None:
    """A formula or a link typed as evidence stays the text it was."""

    def tempt(desk: Desk) -> None:
        cell = desk.cell("党委领导班子", "d002.01", "evidence", DUTIES)
        cell.value, cell.data_type = '=HYPERLINK("http://例.cn","看")', "s"
        desk.cell("党委领导班子", "d003.01", "evidence", DUTIES).value = "http://例.cn/佐证"

    put(year.inbox, "青禾镇2.xlsx", well_filled("U001", tempt))
    collected(year)
    book = scored(year, sent(year), "冯一").book

    cells = [cell for cells in book[DUTIES_BESIDE.title].iter_rows() for cell in cells]
    assert {"http://例.cn/佐证", '=HYPERLINK("http://例.cn","看")'} <= {cell.value for cell in cells}
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]


def test_again_sends_only_what_is_missing_or_changed(year: Workspace) -> None:
    """Nothing changed: nothing is sent. A new rater, a taken away file and a changed item each send their own."""
    first = sent(year)
    idle = sent(year)
    use(year, replace(SCHEME, raters=(*RATERS, Rater("韩六", PANEL))))
    (year.root / first.sheets[0].path).unlink()
    second = sent(year)
    use(year, replace(SCHEME, items=(replace(ITEMS[0], points=Decimal(15)), *ITEMS[1:])))
    third = sent(year)

    assert (idle.batch, idle.sheets, len(idle.kept)) == (None, (), 5)
    assert (second.batch, raters(second), second.renewed) == ("评分-2026-2", ["冯一", "韩六"], ("分管领导 冯一",))
    assert (third.batch, len(third.sheets), len(third.renewed), third.kept) == ("评分-2026-3", 5, 5, ())


def test_a_number_is_never_used_again(year: Workspace) -> None:
    """Where somebody deleted the folder of a round, the next has another number all the same."""
    first = sent(year)
    shutil.rmtree(year.issued / "评分-2026-1")
    (year.issued / "评分-2026-7").mkdir()

    second = sent(year)

    assert (first.batch, second.batch, len(second.sheets)) == ("评分-2026-1", "评分-2026-8", 5)


def test_new_evidence_alone_sends_nothing(year: Workspace) -> None:
    """What stands beside is as of the day of sending: a unit that mends its workbook does not call sheets back."""
    sent(year)
    put(year.inbox, "青禾镇3.xlsx", well_filled("U001", lambda desk: desk.log(topic="又一次会议")))
    collected(year)

    assert sent(year).batch is None


def with_groups(*groups: RaterGroup, **fields: Any) -> Scheme:
    """The sample scheme with these rater groups, of one rater each but where they rate themselves."""
    own = tuple(Rater(f"{group.name}评委", group.name) for group in groups if not group.itself)
    return replace(SCHEME, rater_groups=groups, raters=own, **fields)


def test_a_group_that_rates_itself_goes_to_every_unit(tmp_path: Path) -> None:
    """自评: each unit is asked for itself only."""
    group = replace(GROUPS[0], name="自评", itself=True)
    year = rated_year(tmp_path / "2026年度", with_groups(group))

    issued = sent(year)

    assert raters(issued) == list(NAMES)
    assert [asked(year, issued, name) for name in NAMES] == [[f"U00{n}|1", f"U00{n}|2"] for n in (1, 2, 3)]


def test_a_rater_covers_groups_or_units(tmp_path: Path) -> None:
    """评哪些 names peer groups or units, 评哪些项目 the items of a group; a rater who is asked for nothing is told."""
    groups = (replace(GROUPS[0], items=("2",)), *GROUPS[1:])
    covering = (
        Rater("冯一", LEADER, covers=("白杨镇",)),
        Rater("陈二", STAFF, covers=("乡镇",)),
        Rater("蒋四", PANEL, "青禾镇", ("青禾镇",)),
    )
    year = rated_year(tmp_path / "2026年度", replace(SCHEME, rater_groups=groups, raters=covering))

    issued = sent(year)

    assert raters(issued) == ["冯一", "陈二"]
    assert asked(year, issued, "冯一") == ["U002|2"]
    assert len(asked(year, issued, "陈二")) == 6
    assert [fault.code for fault in issued.problems] == ["sum-differs", "rater-idle"]
    assert "蒋四" in issued.problems[1].message


def test_groups_that_vote_choose_from_a_list(tmp_path: Path) -> None:
    """票决: a dropdown of the options, and no points to reach."""
    group = RaterGroup(PANEL, Decimal(100), Method.VOTES, "四档")
    year = rated_year(tmp_path / "2026年度", with_groups(group, options=OPTIONS))
    desk = scored(year, sent(year), "考核组评委")

    (rule,) = desk.book["乡镇"].data_validations.dataValidation
    place = desk.book.defined_names["qd_option"].attr_text.replace("$", "").partition("!")[2]

    assert (rule.type, rule.formula1) == ("list", "qd_option")
    assert [cell.value for (cell,) in desk.book[HIDDEN_TITLE][place]] == ["好", "较好", "一般", "差"]
    assert "满分" not in [cell.value for cell in desk.book["乡镇"][3]]


def test_people_are_rated_out_of_a_hundred(tmp_path: Path) -> None:
    """Whoever holds a role in whose score a rating has a part stands on a page of its own, never with the own unit."""
    year = rated_year(tmp_path / "2026年度", replace(SCHEME, person_mixes=(HEAD_MIX,)))
    issued = sent(year)

    ids = asked(year, issued, "陈二")
    full = scored(year, issued, "陈二").cell("个人·主要负责人", "白杨镇", "赵丁", "full").value

    assert ids[4:] == ["U002/赵丁|", "U002/钱戊|", "U003/周庚|", "U003/吴辛|"]
    assert full == 100


def test_duties_are_judged_only_where_the_scheme_asks(tmp_path: Path) -> None:
    """事项核定: the duties without a count, each from 0 to 1; a group that is not asked has no such page."""
    groups = (replace(GROUPS[0], items=("1", DUTY_REVIEW)), *GROUPS[1:])
    year = rated_year(tmp_path / "2026年度", replace(SCHEME, rater_groups=groups))
    issued = sent(year)

    ids = asked(year, issued, "冯一")
    desk = scored(year, issued, "冯一")

    assert ids[:3] == ["U001|1", "U002|1", "U003|1"]
    assert ids[3:8] == ["U001|d002.01", "U001|d003.01", "U001|d004.01", "U001|d012.02", "U001|d012.03"]
    assert len(ids) == 18
    assert desk.cell(DUTY_REVIEW, "青禾镇", "制定年度责任清单并公示", "full").value == 1
    assert desk.cell(DUTY_REVIEW, "青禾镇", "制定年度责任清单并公示", "text").value == "推进中；d002.01 正在推进"
    assert desk.cell(DUTY_REVIEW, "青禾镇", "（李乙）", "item").value == "12. 带头遵守廉洁自律各项规定（李乙）"
    assert DUTY_REVIEW not in scored(year, issued, "蒋四").book.sheetnames


def test_the_word_for_reviewing_duties_is_no_unknown_item() -> None:
    """考核办法 takes 事项核定 beside item ids, and only there."""
    groups = (replace(GROUPS[0], items=("1", DUTY_REVIEW, "9")), *GROUPS[1:])

    scheme, faults = read_scheme(scheme_workbook(replace(SCHEME, rater_groups=groups)), "考核办法.xlsx")

    assert scheme.rater_groups[0].items == ("1", DUTY_REVIEW, "9")
    assert [fault.code for fault in faults if fault.code == "item-unknown"] == ["item-unknown"]


def test_without_raters_nothing_is_sent(year: Workspace) -> None:
    """It is said that the scheme has nobody to ask, and nothing is written."""
    use(year, replace(SCHEME, raters=()))

    with pytest.raises(UnusableError) as refused:
        sent(year)

    assert [fault.code for fault in refused.value.problems] == ["no-raters"]
    assert not list(year.issued.iterdir())


def test_the_cover_counts_in_any_office(year: Workspace, tmp_path: Path, office: Office) -> None:
    """已评 and 未评 count themselves; the file has nothing that Excel would repair, and prints on A4."""
    issued = sent(year)
    filled = put(tmp_path, "填.xlsx", given(year, issued, "冯一", {"青禾镇": (18, 25.5), "白杨镇": (0, 30)}))

    (counted,) = office.recalculate([filled], tmp_path / "out")
    cover = load_workbook(counted, data_only=True)[COVER_TITLE]
    rows = [[cell.value for cell in cells] for cells in cover.iter_rows()]
    faults = [fault for s in issued.sheets for fault in OpenXmlValidator().validate(year.root / s.path).errors]
    book = load_workbook(BytesIO((year.root / issued.sheets[0].path).read_bytes()))

    assert ["乡镇", 6, 4, 2] in [row[1:5] for row in rows]
    assert faults == []
    assert {page.page_setup.paperSize for page in book if page.sheet_state == "visible"} == {9}


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the command as the coordinator would, in a pipe."""
    return subprocess.run(
        [sys.executable, "-m", "qingdan_xl", *arguments], cwd=cwd, capture_output=True, text=True, check=False
    )


def test_the_commands_say_how_it_stands(year: Workspace) -> None:
    """Assess --sheets tells what it sent and what it did not send again; collect and status tell who is missing."""
    first = run("assess", "--sheets", "--as-of", "2026-12-31", cwd=year.root)
    again = run("assess", "--sheets", "--as-of", "2026-12-31", "--json", cwd=year.root)
    put(year.inbox, "评.xlsx", (year.issued / "评分-2026-1" / "考核组-蒋四-2026年评分表.xlsx").read_bytes())
    taken = run("collect", cwd=year.root)
    stands = run("status", "--json", cwd=year.root)

    assert first.returncode == 0, first.stderr
    assert "批次 评分-2026-1：评分表 5 份，每位评委一份，互不可见" in first.stdout
    assert json.loads(again.stdout)["workbooks"] == []
    assert len(json.loads(again.stdout)["kept"]) == 5
    assert "评分表“考核组”：发出 2 ＝ 已交回 1 ＋ 未交回 1：沈五" in taken.stdout
    assert "未评 6 项" in taken.stderr
    assert json.loads(stands.stdout)["scores"][2] == {"group": PANEL, "sent": 2, "returned": 1, "missing": ["沈五"]}
