"""A desktop with a mouse: the console is opened in a window, and a button is clicked where it is seen."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from console_bench import ROWS, Console
from desk import Desk
from macros.build import NAME, shipped
from macros.pages import BOARD, CHOICES, OVERVIEW

QINGDAN = Path(sys.executable).parent / "qingdan"
PATIENCE = 60  # seconds for a run that takes one
SLOW = """#!/bin/sh
touch "$2/started"
sleep 4
echo '{"exit": 1, "said": "one\\ntwo", "as_of": "2026-11-30"}' > "$2/answer.part"
mv "$2/answer.part" "$2/answer.json"
"""


@pytest.fixture(scope="module")
def console(display: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Console]:
    """The console in a window on a display of its own."""
    home = tmp_path_factory.mktemp("screen")
    (home / NAME).write_bytes(shipped())
    with Desk(home / "profile", "--norestore", env=environment(display)) as desk:
        desk.ask("open", str(home / NAME))
        found = Console(desk)
        found.choose(Command=str(QINGDAN))
        yield found


def environment(display: str) -> dict[str, str]:
    """The display, and the plain X11 look: the others tell places of buttons that are a few pixels off."""
    return os.environ | {"DISPLAY": display, "SAL_USE_VCLPLUGIN": "gen", "LC_ALL": "C.UTF-8"}


def click(console: Console, display: str, caption: str, sheet: str = BOARD) -> None:
    """Click a button of a sheet in its middle."""
    across, down = console.desk.ask("where", sheet, caption)
    mouse(display, "mousemove", str(across), str(down), "click", "1")


def mouse(display: str, *orders: str) -> None:
    """Move, click and type as a person would."""
    subprocess.run(["xdotool", *orders], env=environment(display), check=True, timeout=PATIENCE)


def outcome(console: Console, verb: str) -> tuple[str, str]:
    """What stands beside a verb's button when its run is over."""
    ends = time.monotonic() + PATIENCE
    while console.told(verb)[0] in {"", "运行中"} and time.monotonic() < ends:
        time.sleep(0.5)
    return console.told(verb)


def test_a_click_runs_the_verb(console: Console, display: str) -> None:
    """A click of the mouse on 检查设置 runs the program; the outcome is seen beside the button."""
    click(console, display, "检查设置")

    assert outcome(console, "version")[0] == "完成"
    assert outcome(console, "version")[1].startswith("能用：qingdan")


def test_what_makes_something_asks_first(console: Console, display: str, tmp_path: Path) -> None:
    """新建年度 asks in a window; whoever closes it with Esc has done nothing."""
    console.choose(Year=2026, NewFolder=str(tmp_path / "2026年度"))

    click(console, display, "新建年度")
    mouse(display, "search", "--sync", "--name", "新建年度", "windowfocus", "--sync")
    assert console.told("init") == ("", "")
    mouse(display, "key", "Escape")

    assert outcome(console, "init") == ("没有运行", "已取消，什么也没有做。")
    assert not (tmp_path / "2026年度").exists()


def until(console: Console, cells: tuple[str, str], wanted: str) -> None:
    """Wait until a cell of a sheet shows this."""
    ends = time.monotonic() + PATIENCE
    while console.desk.ask("read", *cells) != [wanted] and time.monotonic() < ends:
        time.sleep(0.3)
    assert console.desk.ask("read", *cells) == [wanted]


def test_a_click_while_something_runs_is_not_lost(console: Console, display: str, tmp_path: Path) -> None:
    """While a verb runs another one is refused beside its own button; while the figures are read it waits its turn."""
    slow = tmp_path / "slow"
    slow.write_text(SLOW, "utf-8")
    slow.chmod(0o755)
    console.choose(Command=str(slow), Folder=str(tmp_path))
    try:
        click(console, display, "收取")
        until(console, (BOARD, f"D{ROWS['collect']}"), "运行中")
        click(console, display, "汇总")
        until(console, (BOARD, f"G{ROWS['summarize']}"), "“收取”还在运行，请等它做完再点。")
        until(console, (OVERVIEW, "C4"), "运行中")
        assert console.box()[1].endswith("one\ntwo")
        click(console, display, "汇总")
        until(console, (BOARD, f"G{ROWS['summarize']}"), "等“总览”刷新完，接着就运行。")
        assert console.box()[0].startswith("收取")
        until(console, (BOARD, f"D{ROWS['summarize']}"), "有问题")
        assert console.box()[0].startswith("汇总")
        until(console, (OVERVIEW, "C4"), "有问题")
    finally:
        console.choose(Command=str(QINGDAN), Folder="")


def test_a_folder_is_picked(console: Console, display: str, tmp_path: Path) -> None:
    """选文件夹… opens a window; the folder that is chosen there stands in its cell."""
    click(console, display, "选文件夹…", CHOICES)
    mouse(display, "search", "--sync", "--name", "Select path", "windowfocus", "--sync")
    mouse(display, "key", "ctrl+a", "type", f"{tmp_path}/")
    mouse(display, "key", "Return")

    ends = time.monotonic() + PATIENCE
    while not console.chosen("Folder") and time.monotonic() < ends:
        time.sleep(0.5)
    assert console.chosen("Folder") == f"{tmp_path}/"
