"""The command line as its user meets it: Chinese words, exit codes, exact problems, whole years by hand."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import click
import openpyxl
import pytest
from click.testing import CliRunner

from qingdan_xl.cli.app import qingdan
from qingdan_xl.problems import CATALOGUE

README = Path(__file__).parents[1] / "README.md"
LIST = """青禾镇2026年安全生产责任清单
一、主要负责人
1.每季度至少主持召开1次安全生产会议。
2.每年6月30日前组织1次应急演练。
二、分管负责人
1.每月至少检查1次重点企业。
"""
VERBS = sorted(name for name, command in qingdan.commands.items() if not command.hidden)


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the command as a user would, in a pipe."""
    return subprocess.run(
        [sys.executable, "-m", "qingdan_xl", *arguments], cwd=cwd, capture_output=True, text=True, check=False
    )


@pytest.fixture
def year(tmp_path: Path) -> Path:
    """A new year folder with one list beside it."""
    (tmp_path / "清单.txt").write_text(LIST, "utf-8")
    assert run("init", "2026年度", cwd=tmp_path).returncode == 0
    return tmp_path / "2026年度"


def enrol(year: Path) -> None:
    """Fill the roster with one unit and its two people, as the coordinator would in Excel."""
    book = openpyxl.load_workbook(year / "花名册.xlsx")
    for cell, value in {"A4": "U001", "B4": "青禾镇", "C4": "乡镇", "E4": "一组"}.items():
        book["单位"][cell] = value
    for row, (name, role) in enumerate([("张甲", "主要负责人"), ("李乙", "分管负责人")], 4):
        for column, value in zip("ABD", (name, "青禾镇", role), strict=True):
            book["人员"][f"{column}{row}"] = value
    book.save(year / "花名册.xlsx")


@pytest.mark.parametrize("verb", ["", *VERBS])
def test_help_is_chinese(verb: str, tmp_path: Path) -> None:
    """No English sentence stands in any help: only names of commands, options and files."""
    done = run(*filter(None, [verb]), "--help", cwd=tmp_path)

    allowed = {*VERBS, "qingdan", "xlsx", "html", "txt", "md", "JSON", "Word", "Excel", "C", "h", "o", "x", "password"}
    words = re.findall(r"(?<![-\w])[A-Za-z]+", re.sub(r"--\w[\w-]*", "", done.stdout))
    assert done.returncode == 0
    assert set(words) <= allowed


def test_every_verb_is_in_the_readme() -> None:
    """The table of the README names each verb that exists and no other."""
    named = re.findall(r"^\| `(\w+)` \|", README.read_text("utf-8"), re.MULTILINE)

    assert sorted(named) == VERBS
    assert all(isinstance(command, click.Command) and command.help for command in qingdan.commands.values())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("parse",), "缺少参数"),
        (("parze",), "没有命令 parze"),
        (("init", "2026年度", "--years", "3"), "没有选项 --years"),
        (("summarize", "--as-of", "年底"), "年底 不是日期"),
    ],
)
def test_wrong_usage_ends_with_two(arguments: tuple[str, ...], said: str, tmp_path: Path) -> None:
    """A wrong call says in Chinese what is wrong and ends with exit code 2."""
    done = run(*arguments, cwd=tmp_path)

    assert done.returncode == 2
    assert done.stderr.startswith("错误 [wrong-usage] 不能运行：")
    assert said in done.stderr.splitlines()[0]
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("summarize", "--as-of", "年底"), "wrong-usage"),
        (("summarize", "--as-off", "2026-06-30"), "wrong-usage"),
        (("summarize", "-C", "没有"), "missing-folder"),
        (("summarize", "-C", "清单.txt"), "missing-folder"),
        (("summarize",), "no-workspace"),
        (("check", "甲.xlsx", "-C", "别处"), "no-workspace"),
        (("parse", "清单.txt", "-C", "别处", "-o", "别处/清单"), "no-workspace"),
        (("parse", "没有.txt"), "missing-file"),
        (("summarize", "-C", "年度", "--period", "去年"), "bad-period"),
    ],
)
def test_json_tells_why_nothing_was_done(arguments: tuple[str, ...], code: str, tmp_path: Path) -> None:
    """With --json what stands in the way is one JSON object too, beside the sentence on standard error; exit code 2."""
    (tmp_path / "别处").mkdir()
    (tmp_path / "清单.txt").write_text(LIST, "utf-8")
    run("init", "年度", "--year", "2026", cwd=tmp_path)

    done = run(*arguments, "--json", cwd=tmp_path)

    assert done.returncode == 2
    assert [found["code"] for found in json.loads(done.stdout)["problems"]] == [code]
    assert f"[{code}]" in done.stderr
    assert list((tmp_path / "别处").iterdir()) == []


def test_init_json_tells_the_whole_path(tmp_path: Path) -> None:
    """With --json the new folder is told by its whole path, however it was named, with its year and what comes next."""
    told = json.loads(run("init", "2026年度", "--json", cwd=tmp_path).stdout)

    assert (told["folder"], told["year"]) == (str(tmp_path / "2026年度"), 2026)
    assert told["next"] == "请填好 花名册.xlsx（单位、人员）；再运行 qingdan parse 清单文件，核对 清单/ 里的母表。"


def test_the_folder_of_lists_may_be_named(year: Path) -> None:
    """`-o` with the year's own 清单/ writes what parse writes without: 母表, templates of reports, 考核办法."""
    report = "2026年党建工作情况报告\n一、履职情况\n一是全年召开会议*次，开展调研*次，完成整改XX条。\n"
    (year / "报告.txt").write_text(report, "utf-8")
    (year / "办法.txt").write_text("2026年党建考核评分办法\n1.每季度召开会议1次（10分），少一次扣2分。\n", "utf-8")
    before = set(files(year))

    plain = run("parse", "报告.txt", "办法.txt", cwd=year)
    first = set(files(year)) - before
    for path in first:
        (year / path).unlink()
    named = run("parse", "报告.txt", "办法.txt", "--json", "-o", str(year / "清单"), "-C", ".", cwd=year)

    assert (plain.returncode, named.returncode) == (0, 0)
    assert any(path.startswith("报告模板") for path in first)
    assert set(files(year)) - before == first


def files(year: Path) -> list[str]:
    """Every file of a year folder, by its place."""
    return [str(path.relative_to(year)) for path in year.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("init", "新文件夹"), "no-year"),
        (("issue",), "no-workspace"),
        (("collect",), "no-workspace"),
        (("parse", "没有.txt"), "missing-file"),
        (("parse", "图片.exe"), "unsupported-document"),
        (("parse", "空文件夹"), "cannot-open-file"),
        (("explain", "pasword"), "unknown-code"),
    ],
)
def test_nothing_done_is_told_by_code(arguments: tuple[str, ...], code: str, tmp_path: Path) -> None:
    """What cannot be done at all gives one coded problem on standard error, no traceback, exit code 2."""
    (tmp_path / "图片.exe").write_bytes(b"MZ\x90")
    (tmp_path / "空文件夹").mkdir()

    done = run(*arguments, cwd=tmp_path)

    assert done.returncode == 2
    assert f"[{code}]" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("issue",), "no-checklists"),
        (("summarize",), "nothing-issued"),
        (("dashboard",), "nothing-issued"),
        (("remind",), "nothing-issued"),
        (("summarize", "--period", "去年"), "bad-period"),
        (("assess",), "nothing-issued"),
    ],
)
def test_an_empty_year_says_what_comes_first(year: Path, arguments: tuple[str, ...], code: str) -> None:
    """A verb that comes too early says what is missing."""
    done = run(*arguments, cwd=year)

    assert done.returncode == 2
    assert f"[{code}]" in done.stderr


def test_a_list_without_units_cannot_be_issued(year: Path) -> None:
    """With a list but nobody in the roster nothing is issued: the roster comes first."""
    (year / "一.txt").write_text("2026年主体责任清单\n一、主要负责人\n1.每季度至少听取1次汇报。\n", "utf-8")
    run("parse", "一.txt", cwd=year)

    done = run("issue", cwd=year)

    assert done.returncode == 2
    assert "[no-units]" in done.stderr


def test_explain_tells_what_to_do(tmp_path: Path) -> None:
    """A code is explained with its severity, what it means and what to do; without a code all are listed."""
    one, every = run("explain", "password", cwd=tmp_path), run("explain", cwd=tmp_path)

    assert one.stdout.splitlines()[0] == "password（错误）"
    assert CATALOGUE["password"].advice in one.stdout
    assert len(every.stdout.splitlines()) == len(CATALOGUE)


def test_explain_shows_no_placeholder(tmp_path: Path) -> None:
    """No explanation of any code shows a brace."""
    every = run("explain", cwd=tmp_path)
    runner = CliRunner()

    shown = [runner.invoke(qingdan, ["explain", code]).output for code in CATALOGUE]

    assert len(shown) == len(CATALOGUE)
    assert not [text for text in (every.stdout, *shown) if set("{}") & set(text)]


def test_parse_json_writes_no_file(tmp_path: Path) -> None:
    """With --json a document is only read; with -o the 母表 is written as well, and what comes next is told."""
    (tmp_path / "清单.txt").write_text(LIST, "utf-8")

    bare = run("parse", "清单.txt", "--json", cwd=tmp_path)
    there = sorted(path.name for path in tmp_path.iterdir())
    written = run("parse", "清单.txt", "--json", "-o", "母表", cwd=tmp_path)

    assert there == ["清单.txt"]
    assert [role["name"] for role in json.loads(bare.stdout)["documents"][0]["roles"]] == ["主要负责人", "分管负责人"]
    told = json.loads(written.stdout)
    assert "填“适用单位类型”" in told.pop("next")
    assert told == json.loads(bare.stdout)
    assert [path.name for path in (tmp_path / "母表").iterdir()] == ["青禾镇2026年安全生产责任清单.xlsx"]


def test_a_reviewed_master_is_not_overwritten(year: Path) -> None:
    """Parsing the same list again leaves the 母表, which a person may have corrected, as it is."""
    run("parse", "../清单.txt", cwd=year)
    (master,) = (year / "清单").glob("*.xlsx")
    before = master.read_bytes()

    again = run("parse", "../清单.txt", cwd=year)

    assert "[kept-master]" in again.stderr
    assert master.read_bytes() == before
    assert list((year / "清单").glob("*.xlsx")) == [master]


def test_another_list_of_the_same_title_is_written_beside(year: Path) -> None:
    """A different document under the same title keeps both 母表; parsed again, neither is written anew."""
    (year.parent / "补充.txt").write_text(LIST.replace("应急演练", "消防演练"), "utf-8")
    run("parse", "../清单.txt", cwd=year)

    other = run("parse", "../补充.txt", cwd=year)
    again = run("parse", "../清单.txt", "../补充.txt", cwd=year)

    assert other.returncode == 0
    assert "[same-duties]" in other.stderr
    assert sorted(path.name for path in (year / "清单").glob("*.xlsx")) == [
        "青禾镇2026年安全生产责任清单.xlsx",
        "青禾镇2026年安全生产责任清单（补充）.xlsx",
    ]
    assert again.stderr.count("[kept-master]") == 2


def test_a_text_without_duties_makes_no_master(year: Path) -> None:
    """A text that holds no list is an error: alone nothing is done, beside a list the list still goes through."""
    (year.parent / "说明.txt").write_text("今天天气很好。", "utf-8")

    alone = run("parse", "../说明.txt", cwd=year)
    there = list((year / "清单").glob("*.xlsx"))
    both = run("parse", "../说明.txt", "../清单.txt", cwd=year)

    assert (alone.returncode, there) == (2, [])
    assert "错误 [no-duties] 说明.txt" in alone.stderr
    assert both.returncode == 1
    assert "[no-duties] 说明.txt" in both.stderr
    assert [path.name for path in (year / "清单").glob("*.xlsx")] == ["青禾镇2026年安全生产责任清单.xlsx"]


def test_a_list_of_another_year_is_told(year: Path) -> None:
    """A list that says 2025 is taken, with a warning at parse and again at issue."""
    (year.parent / "去年.txt").write_text(LIST.replace("2026年安全", "2025年安全"), "utf-8")
    enrol(year)

    parsed, issued = run("parse", "../去年.txt", cwd=year), run("issue", cwd=year)

    for done in (parsed, issued):
        assert "警告 [other-year] 去年.txt" in done.stderr
        assert "写的年度是 2025，本文件夹是 2026 年度" in done.stderr
    assert (parsed.returncode, issued.returncode) == (0, 1)


def test_lists_for_every_kind_of_unit_are_asked_about(year: Path) -> None:
    """Where units are of several kinds and no role says to which it goes, issue warns; one kind needs no word."""
    run("parse", "../清单.txt", cwd=year)
    enrol(year)
    one = run("issue", cwd=year)
    book = openpyxl.load_workbook(year / "花名册.xlsx")
    for cell, value in {"B5": "青禾中学", "C5": "学校", "E5": "二组"}.items():
        book["单位"][cell] = value
    book.save(year / "花名册.xlsx")

    two = run("issue", cwd=year)

    assert "kinds-open" not in one.stderr
    assert "[kinds-open]" in two.stderr
    assert "花名册有 乡镇、学校" in two.stderr


def test_an_empty_inbox_is_no_riddle(year: Path) -> None:
    """Collecting before anything came says where returns go."""
    run("parse", "../清单.txt", cwd=year)
    enrol(year)
    run("issue", cwd=year)

    done = run("collect", cwd=year)

    assert done.returncode == 0
    assert "请把各单位交回的填报表（或压缩包）放进 收件/" in done.stderr


def test_where_the_refused_lie_is_said(year: Path) -> None:
    """A file that was refused is named with its cause, and so is the list of causes."""
    run("parse", "../清单.txt", cwd=year)
    enrol(year)
    run("issue", cwd=year)
    (year / "收件" / "青禾镇.xlsx").write_bytes(b"PK\x03\x04 cut short")

    done = run("collect", cwd=year)

    assert done.returncode == 1
    assert str(Path("隔离") / "原因.xlsx") in done.stderr
    assert (year / "隔离" / "原因.xlsx").is_file()


def test_a_year_by_hand(year: Path, tmp_path: Path) -> None:
    """init, parse, roster, issue, fill, check, collect, summarize, assess: each verb does its step and says so."""
    assert run("parse", "../清单.txt", cwd=year).returncode == 0
    enrol(year)
    issued = run("issue", "--json", cwd=year)
    assert issued.returncode == 0, issued.stderr
    (workbook,) = json.loads(issued.stdout)["workbooks"]
    assert {key: workbook[key] for key in ("unit", "unit_id", "kind")} == {
        "unit": "青禾镇",
        "unit_id": "U001",
        "kind": "乡镇",
    }

    book = openpyxl.load_workbook(year / workbook["path"])
    page = book["主要负责人-张甲"]
    headings = [cell.value for cell in page[3]]
    page.cell(4, headings.index("状态") + 1).value = "完成了"
    book.save(year / "收件" / "青禾镇.xlsx")

    checked = run("check", str(year / "收件" / "青禾镇.xlsx"), "--json", cwd=tmp_path)
    problems = [(fault["code"], fault["sheet"]) for fault in json.loads(checked.stdout)["problems"]]
    assert checked.returncode == 1
    assert ("not-a-choice", "主要负责人-张甲") in problems

    collected = run("collect", "--received", "2026-12-01", cwd=year)
    assert collected.returncode == 1
    assert "下发 1 ＝ 已交回 1 ＋ 未交回 0" in collected.stdout
    summary = json.loads(run("summarize", "--as-of", "2026-07-01", "--json", cwd=year).stdout)
    assert (summary["units"], summary["returned"], summary["duties"]) == (1, 1, 3)
    assert Path(year / summary["workbook"]).is_file()
    assert Path(year / summary["page"]).is_file()
    page = json.loads(run("dashboard", "--as-of", "2026-07-01", "--period", "2026Q2", "--json", cwd=year).stdout)
    assert (page["workbook"], Path(page["page"]).name) == (None, "看板-2026Q2.html")
    reminded = [json.loads(run("remind", "--as-of", day, "--json", cwd=year).stdout) for day in ("2026-07-01",) * 2]
    assert [(found["items"] > 0, found["already"]) for found in reminded] == [(True, 0), (False, reminded[0]["items"])]
    scores = json.loads(run("assess", "--as-of", "2026-07-01", "--json", cwd=year).stdout)["scores"]
    assert [(score["unit"], score["group"]) for score in scores] == [("青禾镇", "一组")]


def test_a_workbook_that_is_open_is_left_alone(year: Path) -> None:
    """While 汇总.xlsx is open in Excel, the new one lands beside it under a numbered name, and a problem says where."""
    run("parse", "../清单.txt", cwd=year)
    enrol(year)
    run("issue", cwd=year)
    run("summarize", "--as-of", "2026-07-01", cwd=year)
    before = (year / "成果" / "汇总.xlsx").read_bytes()
    (year / "成果" / "~$汇总.xlsx").touch()

    done = run("summarize", cwd=year)

    assert done.returncode == 1
    assert "[locked-output]" in done.stderr
    assert (year / "成果" / "汇总 (2).xlsx").is_file()
    assert (year / "成果" / "汇总.xlsx").read_bytes() == before


def test_a_fault_of_ours_is_a_sentence_and_a_log(tmp_path: Path) -> None:
    """Should the program itself fail, the user reads a coded sentence, and the traceback lies in the file it names."""
    code = (
        "from qingdan_xl.cli import years, app\n"
        "def fail(ctx):\n    raise ZeroDivisionError('ours')\n"
        "app.qingdan.commands['explain'].invoke = fail\n"
        "app.main()\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", code, "explain"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "TMPDIR": str(tmp_path)},
    )

    (log,) = tmp_path.glob("qingdan-*.log")
    assert done.returncode == 2
    assert "[internal-error]" in done.stderr
    assert str(log) in done.stderr
    assert "Traceback" not in done.stderr
    assert "ZeroDivisionError: ours" in log.read_text("utf-8")


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGINT to send to oneself")
@pytest.mark.parametrize("module", ["qingdan_xl.cli.app", "qingdan_xl.cli.lists", "qingdan_xl.collecting.collect"])
def test_ctrl_c_while_loading_is_a_sentence(module: str, tmp_path: Path) -> None:
    """Whoever changes his mind at once sees no traceback, whatever is being imported just then."""
    code = (
        "import os, signal, sys\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # jobs in the background are born deaf to it
        "class Finder:\n"
        "    def find_spec(self, name, *_):\n"
        f"        if name == {module!r}:\n            os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.meta_path.insert(0, Finder())\n"
        "from qingdan_xl.cli import main\n"
        "main()\n"
    )
    assert run("init", "2026年度", cwd=tmp_path).returncode == 0

    done = subprocess.run(
        [sys.executable, "-c", code, "collect"],
        cwd=tmp_path / "2026年度",
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr.strip()) == (1, "已中止。")
