"""A rubric, parsed: the draft of 考核办法.xlsx that is written beside its 母表 for review."""

from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook
from openxml_audit import OpenXmlValidator

from qingdan_xl.assessment.draft import draft_scheme, draft_workbook
from qingdan_xl.assessment.scheme import default_scheme, read_scheme
from qingdan_xl.cli.app import qingdan
from qingdan_xl.documents import parse
from qingdan_xl.model import Checklist, Kind
from qingdan_xl.sheets.scheme import CRITERIA
from qingdan_xl.verbs.init import init_year
from qingdan_xl.verbs.parse import write_scheme

FILE = "考核办法.xlsx"
RUBRIC = """2026年青禾镇河长制工作考核办法（120分）
一、巡河（80分）
1.按月巡河（50分）。每少一次扣2分，最多扣10分，扣完为止；发现问题不交办的，酌情扣1—3分。
2.台账齐全（30分）。按完成比例得分。
二、治理（40分）
1.完成清淤（40分）。未完成的不得分。
三、加分项（8分）
1.获县级表彰加2分。
"""


def rubric(text: str = RUBRIC) -> Checklist:
    """The rubric as the parser reads it."""
    (found,) = parse("考核.txt", text.encode())
    assert found.kind is Kind.RUBRIC
    return found


def rows(path: Path) -> list[dict[str, object]]:
    """评分细则 of a workbook, by heading."""
    page = load_workbook(path)[CRITERIA.title]
    headings = [str(cell.value) for cell in page[3]]
    return [dict(zip(headings, (cell.value for cell in cells), strict=True)) for cells in page.iter_rows(min_row=4)]


def test_settings_are_what_the_rubric_says() -> None:
    """The full mark of the title and the points of the bonus section; what the rubric does not say is as by default."""
    made = draft_scheme(rubric())

    assert (made.full_mark, made.bonus_cap) == (Decimal(120), Decimal(8))
    assert made.bands == default_scheme().bands


def test_a_full_mark_is_the_sum_of_sections_or_the_default() -> None:
    """Without a total in the title the sections add up to it; where they say nothing either it is not made up."""
    untitled = RUBRIC.replace("（120分）", "")
    mute = untitled.replace("（80分）", "").replace("（40分）", "").replace("（50分）", "").replace("（30分）", "")

    assert draft_scheme(rubric(untitled)).full_mark == 120
    assert draft_scheme(rubric(mute)).full_mark == default_scheme().full_mark


def test_every_item_and_rule_stands_in_the_draft(tmp_path: Path) -> None:
    """One row a rule with its words, kind, points, range, limit and 扣完为止; the text with the first."""
    path = tmp_path / FILE
    path.write_bytes(draft_workbook([rubric()]))
    found = rows(path)
    first = found[0]

    assert [row["词句原文"] for row in found] == [rule.text for duty in rubric().duties for rule in duty.rules]
    assert (first["板块"], first["板块分值"], first["序号"], first["分值"]) == ("巡河（80分）", 80, "1", 50)
    assert (first["类型"], first["得扣分"], first["每"], first["封顶"], first["扣完为止"]) == (
        "每次扣分",
        2,
        "次",
        10,
        "是",
    )
    assert [row["项目"] is None for row in found] == [False, True, False, False, False]
    assert {(row["酌情下限"], row["得扣分"]) for row in found} >= {(1, 3)}
    assert OpenXmlValidator().validate(path).is_valid


def test_the_draft_is_a_scheme() -> None:
    """What was drafted is read as 考核办法.xlsx without a problem."""
    scheme, problems = read_scheme(draft_workbook([rubric()]), FILE)

    assert problems == []
    assert scheme == draft_scheme(rubric())


def test_of_several_rubrics_the_items_stand_together(tmp_path: Path) -> None:
    """Two rubrics are one 评分细则; whose full mark counts nobody can tell, so it stays as by default."""
    path = tmp_path / FILE
    path.write_bytes(draft_workbook([rubric(), rubric(RUBRIC.replace("河长制", "林长制"))]))

    assert len({row["评分办法"] for row in rows(path)}) == 2
    assert read_scheme(path.read_bytes(), FILE)[0].full_mark == Decimal(100)


def test_a_list_makes_no_scheme(tmp_path: Path) -> None:
    """Where no rubric is among the documents nothing is written."""
    (plain,) = parse("清单.txt", "2026年河长责任清单\n一、河长职责\n1.每月巡河1次。\n".encode())

    assert write_scheme([plain], tmp_path / FILE) is None
    assert list(tmp_path.iterdir()) == []


def run(folder: Path, *arguments: str) -> Result:
    """`qingdan parse` of the rubric in a folder."""
    document = folder.parent / "考核.txt"
    document.write_text(RUBRIC, "utf-8")
    return CliRunner().invoke(qingdan, ["parse", str(document), "-C", str(folder), *arguments])


@pytest.mark.parametrize("touched", [False, True])
def test_in_a_year_folder_nothing_of_a_person_is_lost(tmp_path: Path, touched: bool) -> None:
    """考核办法.xlsx as `init` made it gives way to the draft; one that somebody worked on stays, which is said."""
    year = init_year(tmp_path / "2026年度", 2026)
    if touched:
        book = load_workbook(year.scheme)
        book["等次"]["B4"] = 92
        book.save(year.scheme)
    before = year.scheme.read_bytes()
    done = run(year.root)

    assert done.exit_code == 0
    assert (year.scheme.read_bytes() == before) is touched
    assert ("[kept-scheme]" in done.stderr) is touched
    assert ("考核办法草稿" in done.stdout) is not touched
    assert [path.name for path in year.checklists.glob("*考核办法*")] == [
        "2026年青禾镇河长制工作考核办法（120分）.xlsx"
    ]
    assert "[kept-scheme]" in run(year.root).stderr


@pytest.mark.parametrize("inside", [False, True])
def test_the_draft_goes_with_the_master(tmp_path: Path, inside: bool) -> None:
    """With -o it stands beside the 母表, but for 清单/ of a year folder, where only 母表 are read."""
    year = init_year(tmp_path / "2026年度", 2026)
    output = year.checklists if inside else tmp_path / "别处"
    run(year.root, "-o", str(output))

    assert (output / FILE).exists() is not inside
    assert (CRITERIA.title in load_workbook(year.scheme).sheetnames) is inside


def test_json_writes_no_file(tmp_path: Path) -> None:
    """With --json and without -o nothing is written, the draft neither."""
    year = init_year(tmp_path / "2026年度", 2026)
    before = year.scheme.read_bytes()
    run(year.root, "--json")

    assert year.scheme.read_bytes() == before
    assert list(year.checklists.iterdir()) == []
