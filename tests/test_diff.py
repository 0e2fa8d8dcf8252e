"""qingdan diff as its user meets it, and ids that stay through re-parsing and from year to year."""

import json
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from qingdan_xl.documents import master_workbook, parse, read_master

FIRST = """青禾镇2026年安全生产责任清单
一、主要负责人
1.每季度至少主持召开1次安全生产会议。
2.每年6月30日前组织1次应急演练。
二、分管负责人
1.每月至少检查1次重点企业，发现隐患立即督促整改。
"""
SECOND = """青禾镇2027年安全生产责任清单
一、主要负责人
1.带头学习安全生产法律法规，到企业宣讲。
2.每季度至少主持召开2次安全生产工作会议。
二、分管负责人
1.每年6月30日前组织1次应急演练。
2.每月至少检查1次重点企业，发现隐患立即督促整改到位。
"""
SCHOOL = """青禾小学2026年食堂管理责任清单
1.每日陪餐并做好记录。
2.每周检查食堂留样1次。
"""


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the command as a user would, in a pipe."""
    return subprocess.run(
        [sys.executable, "-m", "qingdan_xl", *arguments], cwd=cwd, capture_output=True, text=True, check=False
    )


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with two years' lists, and a file that holds two lists."""
    (tmp_path / "一.txt").write_text(FIRST, "utf-8")
    (tmp_path / "二.txt").write_text(SECOND, "utf-8")
    (tmp_path / "合.txt").write_text(f"{SCHOOL}\n\n{SECOND}", "utf-8")
    return tmp_path


def counts(text: str) -> dict[str, int]:
    """The kinds of change of the only comparison that --json printed, those there are."""
    (found,) = json.loads(text)["comparisons"]
    return {kind: count for kind, count in found["counts"].items() if count}


def duties(text: str) -> dict[str, str]:
    """The id of each duty that `parse --json` printed, by the first signs of its text."""
    return {
        duty["text"][:6]: duty["id"]
        for document in json.loads(text)["documents"]
        for role in document["roles"]
        for section in role["sections"]
        for duty in section["duties"]
    }


def test_the_terminal_shows_the_words(desk: Path) -> None:
    """Counts, then each change with what was cut and added; exit code 0, for a difference is no fault."""
    done = run("diff", "一.txt", "二.txt", cwd=desk)

    assert (done.returncode, done.stderr) == (0, "")
    assert "主持召开〔1〕【2】次安全生产【工作】会议" in done.stdout
    assert "“每季度至少主持召开2次安全生产工作会议”：数量 1次→2次" in done.stdout
    assert "新增 1 带头学习安全生产法律法规" in done.stdout
    assert "原在“主要负责人”，现在“分管负责人”" in done.stdout


def test_json_is_one_object(desk: Path) -> None:
    """--json prints one object and nothing else; the same file twice has no difference."""
    done = run("diff", "一.txt", "二.txt", "--json", cwd=desk)
    same = run("diff", "一.txt", "一.txt", "--json", cwd=desk)

    assert counts(done.stdout) == {
        "added": 1,
        "demands": 1,
        "reworded": 2,
        "moved": 1,
        "renumbered": 3,
    }
    assert counts(same.stdout) == {"same": 3}
    assert json.loads(same.stdout)["workbook"] is None


def test_a_list_in_a_file_of_several(desk: Path) -> None:
    """The list that fits is found by itself, or chosen by #; the others are named."""
    found, chosen = (
        run("diff", "一.txt", "合.txt", "--json", cwd=desk),
        run("diff", "一.txt", "合.txt#2", "--json", cwd=desk),
    )

    assert counts(found.stdout) == counts(chosen.stdout)
    assert [one["title"] for one in json.loads(found.stdout)["only_after"]] == ["青禾小学2026年食堂管理责任清单"]
    assert json.loads(chosen.stdout)["only_after"] == []


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("一.txt", "合.txt#3"), "no-such-list"),
        (("一.txt", "没有.txt"), "missing-file"),
        (("一.txt", "空年度"), "no-checklists"),
    ],
)
def test_nothing_to_compare_is_told_by_code(desk: Path, arguments: tuple[str, str], code: str) -> None:
    """A side that holds no list is one coded problem and exit code 2."""
    assert run("init", "空年度", "--year", "2027", cwd=desk).returncode == 0

    done = run("diff", *arguments, cwd=desk)

    assert done.returncode == 2
    assert f"[{code}]" in done.stderr
    assert done.stdout == ""


def test_masters_and_years_are_compared(desk: Path) -> None:
    """A 母表 and a year folder stand for the lists they hold; 对照.xlsx is written where it is asked for."""
    (desk / "母表.xlsx").write_bytes(master_workbook(parse("一.txt", FIRST.encode())[0]))
    assert run("init", "2027年度", cwd=desk).returncode == 0
    assert run("parse", "../二.txt", cwd=desk / "2027年度").returncode == 0

    done = run("diff", "母表.xlsx", "2027年度", "-o", "对照.xlsx", "--json", cwd=desk)

    assert done.returncode == 0, done.stderr
    assert counts(done.stdout)["added"] == 1
    assert openpyxl.load_workbook(desk / "对照.xlsx").sheetnames == ["对照概览", "事项对照", "名称、角色和板块"]


def test_parsing_again_keeps_the_ids(desk: Path) -> None:
    """A document that was reworded since gives its duties the ids that stand in the 母表 of this year."""
    assert run("init", "2026年度", cwd=desk).returncode == 0
    year = desk / "2026年度"
    before = duties(run("parse", "../一.txt", "--json", cwd=year).stdout)
    assert run("parse", "../一.txt", cwd=year).returncode == 0
    (desk / "一.txt").write_text(
        FIRST.replace("立即督促整改", "立即督促企业整改").replace("1.每季度", "5.每季度"), "utf-8"
    )

    done = run("parse", "../一.txt", "--json", cwd=year)

    assert duties(done.stdout) == before
    assert "[ids-kept] 一.txt：有 1 个事项沿用了" in done.stderr


def test_next_year_keeps_the_ids_of_last_year_beside_it(desk: Path) -> None:
    """The new year's 母表 has last year's ids for what was reworded, moved or renumbered, and new ones for the rest."""
    for year in ("2026年度", "2027年度"):
        assert run("init", year, cwd=desk).returncode == 0
    assert run("parse", "../一.txt", cwd=desk / "2026年度").returncode == 0
    alone = duties(run("parse", "二.txt", "--json", cwd=desk).stdout)

    done = run("parse", "../二.txt", cwd=desk / "2027年度")

    (path,) = (desk / "2027年度" / "清单").glob("*.xlsx")
    found = {duty.text[:6]: duty.id for duty in read_master(path.name, path.read_bytes())[0].duties}
    before = duties(run("parse", "一.txt", "--json", cwd=desk).stdout)
    assert done.returncode == 0, done.stderr
    assert {text: found[text] for text in before} == before
    assert found["带头学习安全"] == alone["带头学习安全"]
    assert len(set(found.values())) == 4


def test_the_earlier_list_may_be_named(desk: Path) -> None:
    """--previous takes a document, a 母表 or a year folder, in a year folder and outside."""
    before = duties(run("parse", "一.txt", "--json", cwd=desk).stdout)

    done = run("parse", "二.txt", "--previous", "一.txt", "--json", cwd=desk)
    wrong = run("parse", "二.txt", "--previous", "没有.txt", "--json", cwd=desk)

    assert {text: duties(done.stdout)[text] for text in before} == before
    assert (wrong.returncode, "[missing-file]" in wrong.stderr) == (2, True)


def test_a_row_without_an_id_gets_none_that_stands_below(desk: Path) -> None:
    """A new row of the 母表 with the words that another duty had before it was reworded does not get its id."""
    (desk / "母表.xlsx").write_bytes(master_workbook(parse("一.txt", FIRST.encode())[0]))
    book = openpyxl.load_workbook(desk / "母表.xlsx")
    page = book["责任事项"]
    headings = [cell.value for cell in page[3]]
    text = headings.index("责任事项") + 1
    old = [cell.value for cell in page[4]]
    page.insert_rows(4)
    for column, value in enumerate(old, 1):
        page.cell(4, column).value = value
    page.cell(4, 1).value = None
    page.cell(5, text).value = "每季度主持召开安全生产形势分析会议至少1次。"
    book.save(desk / "母表.xlsx")

    checklist, problems = read_master("母表.xlsx", (desk / "母表.xlsx").read_bytes())

    assert [found.code for found in problems] == ["demand-without-row"]
    assert [duty.id for duty in checklist.duties[:2]] == [f"{old[0]}-2", old[0]]
