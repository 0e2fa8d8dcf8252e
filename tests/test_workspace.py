"""The year folder: layout, settings, whole writes, the lock."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from qingdan_xl.problems import UnusableError
from qingdan_xl.sheets.choices import CATEGORIES
from qingdan_xl.sheets.styles import LIGHTS
from qingdan_xl.workspace.files import is_open_elsewhere, read_file, safe_name, save
from qingdan_xl.workspace.folder import FOLDERS, Workspace
from qingdan_xl.workspace.settings import read_settings, settings_text


def codes(caught: pytest.ExceptionInfo[UnusableError]) -> list[str]:
    """The codes an unusable input was refused with."""
    return [problem.code for problem in caught.value.problems]


def test_create_lays_out_the_year_folder(tmp_path: Path) -> None:
    """A new year folder has its settings and every folder of the design."""
    workspace = Workspace.create(tmp_path / "2026年度", 2026)

    assert {path.name for path in workspace.root.iterdir()} == {*FOLDERS, "qingdan.toml"}
    assert workspace.settings.year == 2026
    assert workspace.settings.deadline == date(2026, 12, 20)


def test_create_leaves_an_existing_folder_alone(tmp_path: Path) -> None:
    """A folder that holds something is never made a year folder."""
    (tmp_path / "旧材料.txt").write_text("留着", "utf-8")

    with pytest.raises(UnusableError) as caught:
        Workspace.create(tmp_path, 2026)

    assert codes(caught) == ["folder-exists"]
    assert [path.name for path in tmp_path.iterdir()] == ["旧材料.txt"]


def test_find_looks_upwards(tmp_path: Path) -> None:
    """A verb works from any folder inside the year folder."""
    workspace = Workspace.create(tmp_path / "2026年度", 2026)

    assert Workspace.find(workspace.inbox).root == workspace.root


def test_find_outside_says_so(tmp_path: Path) -> None:
    """Outside a year folder there is a coded problem."""
    with pytest.raises(UnusableError) as caught:
        Workspace.find(tmp_path)

    assert codes(caught) == ["no-workspace"]


def test_new_settings_are_the_defaults() -> None:
    """The file that init writes means just what the program does without it."""
    settings = read_settings(settings_text(2026), "qingdan.toml")

    assert settings.categories == CATEGORIES
    assert (settings.lights.near_days, settings.lights.about_days) == (30, 30)


@pytest.mark.parametrize(
    ("old", "new", "key", "why"),
    [
        ('"年度" = 2026', '"年度" = "今年"', "年度", "应填整数"),
        ('"年度" = 2026', '"年度" = 1026', "年度", "数太小"),
        ('"报送期限" = 2026-12-20', '"报送期限" = "年底"', "报送期限", "应填日期"),
        ('"名称" = "2026年度责任清单"', "", "名称", "没有填写"),
        ('"临近天数" = 30', '"提前天数" = 30', "预警.提前天数", "没有这一项设置"),
        ('["预警"]', '["预警"', "（全文）", "写法不对"),
    ],
)
def test_bad_settings_name_their_key(old: str, new: str, key: str, why: str) -> None:
    """Every fault in qingdan.toml names its key and says in Chinese what is wrong."""
    text = settings_text(2026)
    assert old in text

    with pytest.raises(UnusableError) as caught:
        read_settings(text.replace(old, new, 1), "qingdan.toml")

    assert codes(caught) == ["bad-settings"]
    assert f"设置 {key} 有误：" in caught.value.problems[0].message
    assert why in caught.value.problems[0].message


def test_save_replaces_whole(tmp_path: Path) -> None:
    """A file is replaced in one step and nothing is left beside it."""
    path = tmp_path / "汇总.xlsx"
    save(path, b"old")

    saved = save(path, b"new")

    assert (saved.path, saved.problem) == (path, None)
    assert path.read_bytes() == b"new"
    assert [item.name for item in tmp_path.iterdir()] == ["汇总.xlsx"]


@pytest.mark.parametrize("mark", ["~$汇总.xlsx", ".~lock.汇总.xlsx#"])
def test_a_file_that_is_open_is_left_alone(tmp_path: Path, mark: str) -> None:
    """A workbook open in Excel or LibreOffice keeps its content; the new one lands beside, and a problem says where."""
    path = tmp_path / "汇总.xlsx"
    path.write_bytes(b"old")
    (tmp_path / mark).touch()
    assert is_open_elsewhere(path)

    first, second = save(path, b"new"), save(path, b"newer")

    assert path.read_bytes() == b"old"
    assert [saved.path.name for saved in (first, second)] == ["汇总 (2).xlsx", "汇总 (3).xlsx"]
    assert first.problem is not None
    assert first.problem.code == "locked-output"
    assert "汇总 (2).xlsx" in first.problem.message
    assert second.path.read_bytes() == b"newer"


def test_missing_file_is_a_problem(tmp_path: Path) -> None:
    """A file that should be there and is not gives a coded problem with its name."""
    with pytest.raises(UnusableError) as caught:
        read_file(tmp_path / "花名册.xlsx")

    assert codes(caught) == ["missing-file"]
    assert "花名册.xlsx" in str(caught.value.problems[0])


def test_the_lock_names_its_holder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While another process works in the folder, we are told which one it is."""
    workspace = Workspace.create(tmp_path / "2026年度", 2026)
    monkeypatch.setattr("qingdan_xl.workspace.folder.WAIT_SECONDS", 0.1)
    code = (
        "import sys, pathlib\nfrom qingdan_xl.workspace.folder import Workspace\n"
        "with Workspace(pathlib.Path(sys.argv[1])).lock():\n    print('held', flush=True)\n    sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(workspace.root)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdin is not None
        assert other.stdout.readline() == b"held\n"

        with pytest.raises(UnusableError) as caught, workspace.lock():
            pass

        other.stdin.close()

    assert codes(caught) == ["busy"]
    assert str(other.pid) in caught.value.problems[0].message
    with workspace.lock():
        assert workspace.root.is_dir()


@pytest.mark.parametrize(
    ("setting", "why"),
    [
        ('"完工" = ["#DCEBF7", "#1F4E79"]', "没有“完工”这个预警"),
        ('"完成" = ["绿", "#1F4E79"]', "“绿”不是颜色，应写成 #F6D5D1 的样子"),
    ],
)
def test_a_wrong_colour_is_told_in_chinese(setting: str, why: str) -> None:
    """An unknown word and what is no colour name their key."""
    with pytest.raises(UnusableError) as caught:
        read_settings(settings_text(2026) + f'["预警"."颜色"]\n{setting}\n', "qingdan.toml")

    assert [fault.what.partition("有误：")[2][: len(why)] for fault in caught.value.problems] == [why]


def test_colours_that_are_not_named_stay() -> None:
    """Only the words that the settings name change their colours."""
    shades = read_settings(
        settings_text(2026) + '["预警"."颜色"]\n"完成" = ["#112233", "#FFFFFF"]\n', "x"
    ).lights.shades

    assert shades == LIGHTS | {"完成": ("#112233", "#FFFFFF")}


def test_an_open_file_gets_one_copy_of_each_content_beside_it(tmp_path: Path) -> None:
    """What stands there already is not written again, under its own name or a numbered one."""
    path = tmp_path / "原因.xlsx"
    save(path, b"first")
    (tmp_path / "~$原因.xlsx").touch()

    same = save(path, b"first")
    others = [save(path, data).path.name for data in (b"second", b"second", b"third", b"second")]

    assert (same.path, same.problem) == (path, None)
    assert others == ["原因 (2).xlsx", "原因 (2).xlsx", "原因 (3).xlsx", "原因 (2).xlsx"]
    assert path.read_bytes() == b"first"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("a\0b\n", "a·b·"),
        ('甲:乙*?"<>|\\/', "甲·乙········"),
        (" ..甲. ", "甲"),
        ("长" * 99, "长" * 60),
        ("长" * 59 + " 村", "长" * 59),
        ("𠮷" * 60, "𠮷" * 45),
        ("CON", "CON·"),
        ("aux.甲", "aux·.甲"),
        ("Lpt1 .x", "Lpt1 ·.x"),
        ("COM²", "COM²·"),
        ("control", "control"),
    ],
)
def test_a_safe_name_may_stand_on_every_system(text: str, name: str) -> None:
    """Signs that end a path or mean something in it become points, and names end where systems say."""
    assert safe_name(text) == name
