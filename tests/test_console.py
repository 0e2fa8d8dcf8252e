"""The shipped console in LibreOffice: every button pressed on a real year folder, the real program behind it."""

import json
import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import openpyxl
import pytest

from console_bench import BENCH, Console
from desk import Desk
from macros.build import NAME
from macros.words import STATUS, VERBS

LIST = (
    "2026年度青禾镇安全生产责任清单\n一、主要负责人\n1.每季度至少主持召开1次安全生产会议。\n2.每年组织1次应急演练。\n"
)
QINGDAN = Path(sys.executable).parent / "qingdan"
SHIPPED = Path(__file__).parents[1] / "workbooks" / NAME


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the console, a list, and a program `xdg-open` that writes down what it is to open."""
    folder = tmp_path_factory.mktemp("console")
    shutil.copy(SHIPPED, folder)
    (folder / "清单.txt").write_text(LIST, "utf-8")
    (folder / "temp").mkdir()
    opener = folder / "xdg-open"
    opener.write_text(f'#!/bin/sh\nprintf %s "$1" > "{folder}/opened"\n', "utf-8")
    opener.chmod(0o755)
    return folder


@pytest.fixture(scope="module")
def console(uno: None, home: Path) -> Iterator[Console]:  # noqa: ARG001 - LibreOffice is wanted
    """The console, open, set to ask nothing and to run the program of this environment."""
    with opened(home / NAME, home) as found:
        yield found


@contextmanager
def opened(book: Path, home: Path) -> Iterator[Console]:
    """A console in a LibreOffice of its own."""
    env = os.environ | {"PATH": f"{home}:{os.environ['PATH']}", "TMPDIR": str(home / "temp"), "LC_ALL": "C.UTF-8"}
    with Desk(book.parent / "profile", env=env) as desk:
        desk.ask("open", str(book))
        found = Console(desk)
        found.choose(Command=str(QINGDAN), Ask="否")
        yield found


@pytest.fixture(scope="module")
def year(console: Console, home: Path) -> Path:
    """A year folder made, filled and sent out by the buttons, with one workbook come back."""
    folder = home / "2026年度"
    console.choose(Year=2026, NewFolder=str(folder), Documents=str(home / "清单.txt"))
    assert console.press("NewYear") == "ok"
    _enrol(folder / "花名册.xlsx")
    assert console.press("ParseLists") == "ok"
    assert console.press("IssueWorkbooks") == "ok"
    shutil.copy(folder / "下发" / "2026-01" / "青禾镇-2026年责任清单.xlsx", folder / "收件")
    assert console.press("CollectReturns") == "ok"
    return folder


def _enrol(path: Path) -> None:
    """Two units and a person each, as the coordinator would fill them in."""
    book = openpyxl.load_workbook(path)
    for row, (number, unit, person) in enumerate([("U1", "青禾镇", "张甲"), ("U2", "柳湾镇", "李乙")], 4):
        for cell, value in {"A": number, "B": unit, "C": "乡镇", "E": "一组"}.items():
            book["单位"][f"{cell}{row}"] = value
        for column, value in zip("ABD", (person, unit, "主要负责人"), strict=True):
            book["人员"][f"{column}{row}"] = value
    book.save(path)


def test_each_button_is_bound_to_its_macro(console: Console) -> None:
    """What stands on a button is what its macro does."""
    bound = [button for sheet in ("工作台", "总览", "设置") for button in console.desk.ask("buttons", sheet)]

    script = "vnd.sun.star.script:VBAProject.QdButtons.{}?language=Basic&location=document"
    wanted = [(verb.caption, verb.button) for verb in (*VERBS, STATUS)] + [("选文件夹…", "PickFolder")]
    assert bound == [[caption, script.format(macro)] for caption, macro in wanted]


def test_a_year_is_made_and_worked_in(console: Console, year: Path) -> None:
    """新建年度 makes the folder and goes to work in it; 解析清单 and 下发 tell what they made."""
    assert (year / "qingdan.toml").exists()
    assert console.chosen("Folder") == str(year)
    assert console.told("init")[0] == "完成"
    assert console.told("init")[1].startswith(f"已建好 {year}。")
    assert console.told("parse")[1].startswith("1 份清单，1 个角色，2 项责任事项，待核对 0 处。")
    assert console.told("issue")[1].startswith("批次 2026-01：2 个单位的填报表，提示 ")
    assert len(list((year / "下发" / "2026-01").glob("*年责任清单.xlsx"))) == 2


def test_what_came_back_is_counted(console: Console, year: Path) -> None:
    """收取 tells every outcome, and the figures of the overview follow by themselves."""
    assert console.told("collect")[1].startswith(
        "找到 1 个文件：采用 1，被替代 0，重复 0，退回 0，忽略 0；未交回 1 个单位；问题 "
    )
    figures = dict(console.desk.ask("rows", "总览", "B7:C44"))
    assert [figures[name] for name in ("下发单位", "已交回", "未交回", "未交回的单位", "找到文件", "采用")] == [
        2, 1, 1, "柳湾镇", 1, 1,
    ]  # fmt: skip
    assert figures["合计"] == 2
    assert figures["年度文件夹"] == f"{year}/"
    assert figures["汇总表"] == "打开"


def test_results_are_written_and_opened(console: Console, year: Path, home: Path) -> None:
    """汇总 催办 考核 报告 write what they say; 打开成果 opens the folder in which it lies."""
    console.choose(AsOf="2026-11-30")
    for button in ("Summarize", "Remind", "Assess", "Report", "OpenResults"):
        assert console.press(button) == "ok"

    assert console.told("summarize") == ("完成", "截至 2026-11-30：单位 2，已交回 1；事项 4，已完成 0，逾期 0")
    assert console.told("remind")[1].startswith("截至 2026-11-30：催办 2 个单位")
    assert console.told("assess") == (
        "有问题",
        f"考核 2 个单位，1 个有得分，写在 {year}/成果/考核.xlsx",
    )
    assert console.told("report")[1].startswith("写好 ")
    assert {"汇总.xlsx", "看板.html", "催办单.xlsx", "考核.xlsx"} <= {path.name for path in (year / "成果").iterdir()}
    assert console.told("open") == ("完成", f"已打开 {year}/成果")
    assert (home / "opened").read_text("utf-8") == f"{year}/成果"


def test_the_overview_is_refreshed(console: Console, year: Path) -> None:  # noqa: ARG001 - its figures
    """刷新 asks for the figures as of the day that is set and shows them; it is no line of the log."""
    before = len(console.log())
    console.choose(AsOf="2026-12-01")
    assert console.press("RefreshOverview") == "ok"

    assert console.desk.ask("read", "总览", "C4", "C7") == ["完成", "2026-12-01"]
    assert len(console.log()) == before
    console.choose(AsOf="2026-11-30")


def test_who_picks_no_folder_keeps_the_one_there_was(console: Console, year: Path) -> None:
    """选文件夹… changes nothing where its window is left without a choice; choosing is in test_console_screen.py."""
    assert console.press("PickFolder") == "ok"

    assert console.chosen("Folder") == str(year)


def test_every_run_is_logged(console: Console, year: Path) -> None:
    """A line a run with outcome, way and folder, in the order they were pressed; no file of an exchange is left."""
    lines = console.log()

    assert [line[0] for line in lines[:4]] == ["新建年度", "解析清单", "下发", "收取"]
    assert {line[5] for line in lines[:4]} == {"进程"}
    assert lines[3][6] == str(year)
    shown = [*console.desk.ask("read", "运行记录", "A4"), *console.desk.ask("read", "工作台", "E5")]
    assert [re.sub(r"\d", "9", time) for time in shown] == ["9999-99-99 99:99:99", "99-99 99:99"]
    assert lines[3][3] == console.told("collect")[1]


def test_nothing_of_an_exchange_is_left(console: Console, year: Path, home: Path) -> None:  # noqa: ARG001 - after it
    """The folder in which request and answer lay is gone when the answer was read."""
    assert [path.name for path in (home / "temp").iterdir() if path.name.startswith("qingdan-2")] == []


def test_xlwings_runs_the_same_verb(year: Path, home: Path, tmp_path: Path) -> None:
    """By way of xlwings (here its stand-in) the same request is run and the same answer read."""
    (tmp_path / NAME).write_bytes(BENCH)
    with opened(tmp_path / NAME, home) as bench:
        bench.choose(Way="xlwings", Folder=str(year))
        assert bench.press("Remind") == "ok"

        assert (bench.log()[-1][0], bench.log()[-1][5]) == ("催办", "xlwings")
        assert bench.told("remind")[0] == "完成"


def test_xlwings_is_built_in_and_compiled(console: Console, year: Path) -> None:
    """The modules of xlwings stand in the same project and run; where there is no xlwings its way ends with a word."""
    assert console.desk.ask("call", "xlwings.GetBaseName", "工作台.xlsm") == "工作台"

    console.choose(Way="xlwings", Folder=str(year))
    try:
        assert console.press("Remind") == "ok"
        assert console.told("remind")[0] == "没有完成"
        assert console.told("remind")[1].startswith("xlwings 没有能运行（")
        assert console.told("remind")[1].endswith("LibreOffice 里只能用“进程”。")
    finally:
        console.choose(Way="自动")


def test_a_python_that_xlwings_cannot_start_is_told_before(console: Console) -> None:
    """By two names or a whole path xlwings starts it: for `py -3` it would show a window and start nothing."""
    console.choose(Way="xlwings", Python="py -3")
    try:
        assert console.press("CheckSettings") == "ok"
        assert console.told("version")[0] == "没有完成"
        assert console.told("version")[1].startswith(
            "xlwings 方式的“Python”只能填 python、pythonw，或 python.exe 的全路径"
        )
    finally:
        console.choose(Way="自动", Python="python")


def test_paths_are_taken_without_the_quotes_they_were_copied_with(console: Console, year: Path) -> None:
    """Windows copies a path in quotes; the sheet for xlwings takes them away too."""
    console.choose(Folder=f'"{year}"', Python='"/usr/bin/python3"')
    try:
        assert console.press("RefreshOverview") == "ok"
        assert console.desk.ask("read", "总览", "C4") == ["完成"]
        assert console.desk.ask("read", "xlwings.conf", "B1", "B2") == ["/usr/bin/python3"] * 2
    finally:
        console.choose(Folder=str(year), Python="python")


def test_sheets_stay_locked(console: Console, year: Path) -> None:  # noqa: ARG001 - after its runs
    """What a macro unlocked to write on is locked again."""
    assert all(console.desk.ask("type_in", sheet, 0, 0, [["改"]]) for sheet in ("工作台", "设置", "总览", "运行记录"))


def test_settings_are_checked(console: Console) -> None:
    """检查设置 shows that the program answers, with its version."""
    assert console.press("CheckSettings") == "ok"
    assert console.told("version")[0] == "完成"
    assert console.told("version")[1].startswith("能用：qingdan")


def test_a_fault_stands_beside_its_button(console: Console, year: Path, tmp_path: Path) -> None:
    """What the program refuses is told where the button is, whole at the bottom, and logged; nothing is refreshed."""
    console.choose(Folder=str(tmp_path))
    try:
        assert console.press("CollectReturns") == "ok"
        outcome, sentence = console.told("collect")
        assert (outcome, "[no-workspace]" in sentence, "[no-workspace]" in console.box()[1]) == ("没有完成", True, True)
        assert console.log()[-1][1] == "没有完成"
        assert console.desk.ask("read", "总览", "C9") == ["2"]
    finally:
        console.choose(Folder=str(year))


def test_a_wrong_setting_is_named_beside_its_button(console: Console, year: Path) -> None:
    """A folder that is not there and a day that is none are told with the setting to look at, on the line one sees."""
    try:
        console.choose(Folder=f"{year}度")
        assert console.press("Summarize") == "ok"
        away = console.told("summarize")
        console.choose(Folder=str(year), AsOf="六月底")
        assert console.press("Summarize") == "ok"
    finally:
        console.choose(Folder=str(year), AsOf="")

    path = "请核对年度文件夹的路径（“设置”的“年度文件夹”），前后不要有引号和空格"
    assert away == ("没有完成", f"错误 [missing-folder] {year}度：找不到这个文件夹。{path}")
    assert console.told("summarize")[0] == "没有完成"
    assert "“设置”的“截至哪一天”的内容不对：六月底 不是日期" in console.told("summarize")[1]


def test_a_button_makes_templates_as_the_command_does(console: Console, year: Path, home: Path) -> None:
    """解析清单 on a report puts its template into 报告模板/; the command may be a Python with `-m qingdan_xl`."""
    (home / "党建报告.txt").write_text(
        "2026年党建工作情况报告\n一、履职情况\n一是召开会议*次，开展调研*次。\n", "utf-8"
    )
    console.choose(Documents=str(home / "党建报告.txt"), Command=f"{sys.executable} -m qingdan_xl")
    try:
        assert console.press("ParseLists") == "ok"
    finally:
        console.choose(Documents=str(home / "清单.txt"), Command=str(QINGDAN))

    assert console.told("parse")[0] == "完成"
    assert "写报告时填入（点“报告”）" in console.box()[1]
    assert (year / "报告模板" / "2026年党建工作情况报告.docx").exists()


def test_what_is_lacking_is_asked_for(console: Console, year: Path) -> None:
    """A button whose settings are empty says which one to fill in, and starts nothing."""
    before = len(console.log())
    console.choose(Documents="", NewFolder="")
    assert (console.press("ParseLists"), console.press("NewYear")) == ("ok", "ok")
    assert console.told("parse")[0] == "没有运行"
    assert console.told("parse")[1].startswith("没有选清单文件")
    assert console.told("init")[1].startswith("请先在“设置”里填“新年度文件夹”")

    console.choose(Folder="")
    assert console.press("OpenResults") == "ok"
    assert console.told("open")[1].startswith("不知道年度文件夹在哪里")
    console.choose(Folder=str(year))

    assert [line[:2] for line in console.log()[before:]] == [
        ["解析清单", "没有运行"],
        ["新建年度", "没有运行"],
        ["打开成果", "没有运行"],
    ]


def test_what_a_run_said_stays_until_the_next_one(console: Console, year: Path) -> None:  # noqa: ARG001 - its settings
    """The box names its run, and a press that ran nothing leaves it as it is."""
    assert console.press("Summarize") == "ok"
    run, said = console.box()
    console.choose(Documents="")
    assert console.press("ParseLists") == "ok"

    assert re.sub(r"\d", "9", run) == "汇总  9999-99-99 99:99  完成"
    assert said.startswith(console.told("summarize")[1])
    assert console.box() == (run, said)


def test_a_new_folder_without_a_place_lies_beside_the_workbook(console: Console, year: Path, home: Path) -> None:
    """It is told whole, and what the buttons work in from then on is the whole path."""
    console.choose(Year=2027, NewFolder="2027年度")
    try:
        assert console.press("NewYear") == "ok"
        assert (home / "2027年度" / "qingdan.toml").exists()
        assert console.told("init")[1].startswith(f"已建好 {home}/2027年度。")
        assert console.chosen("Folder") == f"{home}/2027年度"
    finally:
        console.choose(Folder=str(year))


def test_documents_are_parted_as_people_part_them(console: Console, year: Path, home: Path) -> None:  # noqa: ARG001
    """By semicolons of either width and by the comma of lists, but not within the name of a file."""
    names = ("一、二.txt", "三.txt", "四.txt", "五.txt")
    for name in names:
        (home / name).write_text(LIST, "utf-8")
    console.choose(Documents=f"{home}/一、二.txt；三.txt;{home}/四.txt、{home}/五.txt")
    assert console.press("ParseLists") == "ok"

    assert console.told("parse")[1].startswith("4 份清单，")


@pytest.mark.parametrize("command", ["/nowhere/qingdan", "false"])
def test_a_program_that_does_not_start_is_told(console: Console, command: str) -> None:
    """One that is not there or ends at once leaves a sign, and a Chinese sentence names the setting."""
    console.choose(Command=command)
    try:
        assert console.press("CheckSettings") == "ok"
        assert console.told("version") == (
            "没有完成",
            f"qingdan 没有启动：请核对“设置”里的“qingdan 命令”（现在是 {command}）。",
        )
    finally:
        console.choose(Command=str(QINGDAN))
    assert console.press("CheckSettings") == "ok"


def test_a_run_that_died_is_not_waited_for(console: Console, tmp_path: Path) -> None:
    """A program that began and is gone without an answer is told after a while; the button works again then."""
    gone = tmp_path / "gone"
    gone.write_text('#!/bin/sh\ntouch "$2/started"\n', "utf-8")
    gone.chmod(0o755)
    console.choose(Command=str(gone))
    try:
        assert console.press("CheckSettings") == "ok"
        assert console.told("version") == (
            "没有完成",
            "程序中途停止了，没有做完。请再点一次这个按钮；多次如此，请在命令行里运行 qingdan 看原因。",
        )
    finally:
        console.choose(Command=str(QINGDAN))
    assert console.press("CheckSettings") == "ok"


@pytest.mark.parametrize(
    ("name", "form", "buttons"), [(NAME, "Calc MS Excel 2007 VBA XML", 0), ("台.ods", "calc8", 10)]
)
def test_macros_outlive_being_saved_in_libreoffice(
    home: Path, tmp_path: Path, name: str, form: str, buttons: int
) -> None:
    """LibreOffice 7.4 writes no code names of sheets into .xlsm and loses the buttons there; in .ods it keeps them."""
    with opened(home / NAME, home) as first:
        first.desk.ask("save", str(tmp_path / name), form)
    with opened(tmp_path / name, home) as second:
        assert second.press("CheckSettings") == "ok"

        assert second.told("version")[0] == "完成"
        assert second.log()[-1][0] == "检查设置"
        assert len(second.desk.ask("buttons", "工作台")) == buttons


@pytest.mark.parametrize(
    ("answer", "value"),
    [
        ('{"a": "\\u6e05\\u5355"}', "清单"),
        ('{"a": "\\ud83d\\ude00"}', "😀"),
        ('{\n"x": 1,\n"a": "say \\"hi\\" \\\\ \\n\\t end"\n}', 'say "hi" \\ \n\t end'),
        ('{"x": "}", "a": -12.5, "y": null}', "-12.5"),
        ('{"a": null}', ""),
        ('{"b": "a"}', ""),
        ("{}", ""),
        ('{"a":true}', "true"),
    ],
    ids=["chinese", "outside the plane", "escapes", "number", "null", "missing", "empty", "tight"],
)
def test_answers_are_read(console: Console, answer: str, value: str) -> None:
    """The small reader of JSON in the macros takes what Python writes."""
    console.desk.ask("call", "QdReply.Take", answer)

    assert console.desk.ask("call", "QdReply.Value", "a") == value


@pytest.mark.parametrize("text", ["清单 a\\b", 'say "hi"', "年度\n", "😀", "~}|"])
def test_requests_are_written_in_ascii(console: Console, text: str) -> None:
    """Whatever a path holds, the request is ASCII that Python reads back."""
    quoted = console.desk.ask("call", "QdReply.Quoted", text)

    assert quoted.isascii()
    assert json.loads(quoted) == text
