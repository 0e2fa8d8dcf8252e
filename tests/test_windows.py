"""What differs on Windows, as far as it can be held elsewhere: paths of shares, code pages, system errors."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest

from qingdan_xl.faults import os_reason
from qingdan_xl.store import Store
from qingdan_xl.store.schema import file_uri

RARE = "每年向𠮷村报告1次"


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        (PureWindowsPath(r"C:\2026年度\qingdan.db"), "file:///C:/2026%E5%B9%B4%E5%BA%A6/qingdan.db"),
        (PureWindowsPath(r"\\server\办公 1\qingdan.db"), "file:////server/%E5%8A%9E%E5%85%AC%201/qingdan.db"),
        (PurePosixPath("/srv/a?b#c%/qingdan.db"), "file:///srv/a%3Fb%23c%25/qingdan.db"),
    ],
)
def test_a_share_is_part_of_the_path_that_sqlite_opens(path: PurePath, uri: str) -> None:
    """SQLite refuses a URI that names a computer; mapped drives are shares as well."""
    assert file_uri(path) == uri


def test_sqlite_opens_such_a_path(tmp_path: Path) -> None:
    """With an empty computer and two strokes before the path, as for a share, the file is found."""
    place = tmp_path / "2026 年度#1.db"
    Store(place).close()

    with closing(sqlite3.connect(file_uri(PurePosixPath(f"/{place}")) + "?mode=rw", uri=True)) as file:
        assert file.execute("SELECT count(*) FROM batch").fetchone() == (0,)


def run(arguments: list[str], folder: Path) -> "subprocess.CompletedProcess[bytes]":
    """The command as in a window whose code page is that of Chinese Windows."""
    chinese = os.environ | {"PYTHONIOENCODING": "cp936", "PYTHONUTF8": "0"}
    command = [sys.executable, "-m", "qingdan_xl", *arguments]
    return subprocess.run(command, cwd=folder, env=chinese, capture_output=True, check=False)


def test_rare_signs_are_no_fault_in_a_chinese_code_page(tmp_path: Path) -> None:
    """What is shown says a sign's number where the page has none; what is read by programs is whole."""
    (tmp_path / "a.txt").write_text(f"2026年𠮷镇清单\n1.{RARE}。\n", "utf-8")

    shown, read = run(["parse", "a.txt"], tmp_path), run(["parse", "a.txt", "--json"], tmp_path)

    assert (shown.returncode, read.returncode) == (0, 0)
    assert r"\U00020bb7" in shown.stdout.decode("cp936")
    (role,) = json.loads(read.stdout.decode("cp936"))["documents"][0]["roles"]
    assert role["sections"][0]["duties"][0]["text"].startswith(RARE)


class WindowsError(OSError):
    """As Python raises it there: with the number that Windows gave beside that of POSIX."""

    def __init__(self, posix: int, windows: int) -> None:
        super().__init__(posix, "")
        self.winerror = windows


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (WindowsError(13, 32), "正被别的程序使用"),
        (WindowsError(2, 206), "路径太长，请把年度文件夹移到靠近盘符的位置"),
        (WindowsError(22, 64), "网络连接已断开"),
        (WindowsError(2, 2), "找不到文件或文件夹"),
    ],
)
def test_what_windows_says_is_told_in_chinese(fault: OSError, told: str) -> None:
    """A path that is too long is not a file that is not there."""
    assert os_reason(fault) == told
