"""What 工作台.xlsm and the program say to each other: a request in ASCII, an answer in ASCII, both flat."""

import json
import re
from pathlib import Path
from threading import Thread
from time import sleep
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from qingdan_xl.cli.app import qingdan
from qingdan_xl.cli.buttons import in_buttons
from qingdan_xl.cli.console import flat, run_request
from qingdan_xl.problems import CATALOGUE

LIST = "青禾镇2026年安全生产责任清单\n一、主要负责人\n1.每季度至少主持召开1次安全生产会议。\n2.每年组织1次应急演练。\n"


def answered(folder: Path, *arguments: str) -> dict[str, Any]:
    """The answer to a request for these arguments."""
    (folder / "request.json").write_text(json.dumps({"arguments": arguments}), "ascii")
    run_request(folder)
    found: dict[str, Any] = json.loads((folder / "answer.json").read_text("ascii"))
    return found


def test_a_verb_is_run_and_told(tmp_path: Path) -> None:
    """What the verb prints as JSON is told by path, with how many each list holds; the sign of the start is there."""
    (tmp_path / "清单.txt").write_text(LIST, "utf-8")

    answer = answered(tmp_path, "parse", str(tmp_path / "清单.txt"), "--json")

    assert answer["exit"] == 0
    assert answer["documents[].title"] == "青禾镇2026年安全生产责任清单"
    assert answer["documents[]#"] == 1
    assert answer["documents[].roles[].sections[].duties[]#"] == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["answer.json", "request.json", "started", "清单.txt"]


def test_what_is_no_json_is_told_as_printed(tmp_path: Path) -> None:
    """`init` prints sentences: they are told whole."""
    answer = answered(tmp_path, "init", str(tmp_path / "2026年度"))

    assert answer["exit"] == 0
    assert answer["printed"].startswith("已新建年度文件夹：")
    assert (tmp_path / "2026年度" / "qingdan.toml").exists()


def test_buttons_are_named_instead_of_commands(tmp_path: Path) -> None:
    """Who presses buttons is told of buttons and settings: where a step comes next, and where something is wrong."""
    year = str(tmp_path / "2026年度")

    made = answered(tmp_path, "init", year, "--json")
    early = answered(tmp_path, "summarize", "-C", year, "--json")
    wrong = answered(tmp_path, "summarize", "-C", year, "--as-of", "六月底", "--json")
    away = answered(tmp_path, "summarize", "-C", f"{year}了", "--json")

    assert made["next"] == "请填好 花名册.xlsx（单位、人员）；再点“解析清单”，核对 清单/ 里的母表。"
    assert made["said"] == f"接下来：{made['next']}"
    assert early["said"] == "错误 [nothing-issued] 还没有下发过责任清单。请先点“下发”，收到填报表后再来"
    assert wrong["said"] == (
        "错误 [wrong-usage] 不能运行：“设置”的“截至哪一天”的内容不对：六月底 不是日期，请写成 2026-12-31 的样子。"
        "请核对“设置”"
    )
    assert away["said"].startswith(
        f"错误 [missing-folder] {year}了：找不到这个文件夹。请核对年度文件夹的路径（“设置”的"
    )


def test_no_advice_of_the_catalogue_wants_a_terminal_for_a_button() -> None:
    """Each advice that names a verb with a button names the button, unless it needs an option without a setting."""
    advice = [in_buttons(entry.advice) for entry in CATALOGUE.values()]
    left = {found for text in advice for found in re.findall(r"qingdan (?!\.toml)(\w+(?: --\w[\w-]*)?)", text)}

    assert left == {"diff", "parse --previous", "explain", "check", "assess --sheets", "assess --final"}


def test_a_fault_is_told_in_chinese(tmp_path: Path) -> None:
    """Exit code 2 and the sentence on standard error."""
    answer = answered(tmp_path, "collect", "--json", "-C", str(tmp_path))

    assert answer["exit"] == 2
    assert "[no-workspace]" in answer["said"]


def test_long_lists_of_problems_are_cut_and_counted(tmp_path: Path) -> None:
    """Twelve lines are enough for a cell; how many are left out is said."""
    names = [str(tmp_path / f"没有{number}.txt") for number in range(20)]

    lines = answered(tmp_path, "parse", *names, "--json")["said"].split("\n")

    assert len(lines) == 13
    assert lines[-1] == "……另有 8 条没有显示"


@pytest.mark.parametrize("request_", ["", '{"arguments": ["--ver', "[]", "{}", '{"arguments": 7}', None])
def test_a_request_that_cannot_be_read_is_answered(tmp_path: Path, request_: str | None) -> None:
    """Whoever waits has an answer in every case: exit code 2 and a sentence."""
    if request_ is not None:
        (tmp_path / "request.json").write_text(request_, "ascii")

    run_request(tmp_path)

    answer = json.loads((tmp_path / "answer.json").read_text("ascii"))
    assert answer["exit"] == 2
    assert answer["said"].startswith(("工作台的请求没有写完整", "没有能运行 qingdan"))
    assert (tmp_path / "started").exists()


def test_arguments_that_no_process_takes_are_answered(tmp_path: Path) -> None:
    """An argument with a sign that no process can be given is told, not left without an answer."""
    assert answered(tmp_path, "parse", "甲\x00乙")["exit"] == 2


def test_a_run_gives_signs_of_life(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While a verb runs, `started` is written again and again: a run that died is told from one that takes long."""
    monkeypatch.setattr("qingdan_xl.cli.console._BEAT", 0.01)
    sign = tmp_path / "started"

    def take_away() -> None:
        while not sign.exists():
            sleep(0.001)
        sign.unlink()

    thief = Thread(target=take_away)
    thief.start()
    assert answered(tmp_path, "--version")["exit"] == 0
    thief.join()

    assert sign.exists()


def test_the_command_is_there_and_not_listed(tmp_path: Path) -> None:
    """`qingdan console FOLDER` is for the workbook, not for people: help does not list it."""
    (tmp_path / "request.json").write_text('{"arguments": ["--version"]}', "ascii")

    done = CliRunner().invoke(qingdan, ["console", str(tmp_path)])

    assert done.exit_code == 0
    assert "qingdan" in json.loads((tmp_path / "answer.json").read_text("ascii"))["printed"]
    assert "console" not in CliRunner().invoke(qingdan, ["--help"]).output


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ({"a": 1, "b": {"c": "甲"}}, {"a": 1, "b.c": "甲"}),
        ({"a": []}, {"a[]#": 0}),
        ({"a": ["甲", "乙"]}, {"a[]#": 2, "a[]": "甲、乙"}),
        ({"a": [{"b": [1, 2]}, {"b": [3]}]}, {"a[]#": 2, "a[].b[]#": 3, "a[].b[]": "1、2、3"}),
        ({"a": [{"b": 1}, {"b": None}]}, {"a[]#": 2, "a[].b#": 1, "a[].b": "1"}),
        ({"a": [None, "甲"]}, {"a[]#": 2, "a[]": "甲"}),
        ({"a": list(range(13))}, {"a[]#": 13, "a[]": "0、1、2、3、4、5、6、7、8、9、10、11等"}),
        ({"a": None, "b": True}, {"a": None, "b": True}),
    ],
    ids=["members", "empty", "texts", "lists in lists", "lacking", "nothing", "many", "plain"],
)
def test_a_value_lies_flat(value: object, told: dict[str, object]) -> None:
    """Members by their path, lists by what they hold and how many."""
    assert flat(value) == told


PLAIN = st.none() | st.booleans() | st.integers() | st.text()
NESTED = st.recursive(PLAIN, lambda inner: st.lists(inner) | st.dictionaries(st.text("abc"), inner), max_leaves=20)


@given(st.dictionaries(st.text("abc", min_size=1), NESTED))
def test_nothing_nested_is_left(value: dict[str, Any]) -> None:
    """Whatever a verb prints, the answer holds texts, numbers, truth values and nothing else."""
    assert all(isinstance(each, str | int | float | bool | None) for each in flat(value).values())
