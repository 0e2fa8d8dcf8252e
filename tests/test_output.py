"""What the commands print about problems: grouped, the gravest first, never more than fits a screen."""

import re
from io import StringIO

import pytest

from qingdan_xl.cli.output import grouped, print_problems, progress_bar
from qingdan_xl.model import Origin
from qingdan_xl.problems import Problem, problem


def blank(row: int, file: str = "青禾镇.xlsx", column: str = "D") -> Problem:
    """A cell of 工作纪实 that was not filled in."""
    return problem("needs-value", Origin(file, "工作纪实", row, column), heading="主题")


def printed(capsys: pytest.CaptureFixture[str]) -> list[str]:
    """What stands on standard error."""
    return capsys.readouterr().err.splitlines()


def test_one_column_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    """Nine blanks under one heading are told once, with the first cell and their number."""
    print_problems([blank(row) for row in range(13, 22)])

    assert printed(capsys) == ["错误 [needs-value] 青禾镇.xlsx 工作纪实：“主题”没有填写：D13 等 9 处。请补填"]


def test_different_sentences_of_one_column_are_counted_together(capsys: pytest.CaptureFixture[str]) -> None:
    """Names that nobody knows are shown by the first, and told to be only of one sort."""
    where = [Origin("青禾镇.xlsx", "工作纪实", row, "E") for row in (4, 7)]
    people = [
        problem("unknown-person", place, heading="主持人", name=name, hint="")
        for place, name in zip(where, ("钱一", "钱二"), strict=True)
    ]

    print_problems(people)

    assert len(people) == 2
    (line,) = printed(capsys)
    assert "“钱一”不在本单位人员名单中：E4，另有 1 处同类问题，情况不尽相同。" in line


def test_files_columns_and_codes_stay_apart() -> None:
    """Only what stands in one column of one sheet of one file under one code is told together."""
    other = problem("bad-cell", Origin("青禾镇.xlsx", "工作纪实", 13, "D"), heading="主题", text="?", why="不对")

    groups = grouped([blank(13), blank(14), blank(13, column="E"), blank(13, "白杨镇.xlsx"), other])

    assert sorted(map(len, groups)) == [1, 1, 1, 2]


def test_what_stands_in_no_cell_is_not_merged() -> None:
    """Two sheets that are missing are two lines: each names its own."""
    lost = [problem("missing-sheet", Origin("青禾镇.xlsx"), sheet=name) for name in ("工作纪实", "责任矩阵")]

    assert [len(group) for group in grouped(lost)] == [1, 1]


def test_files_that_were_refused_come_first(capsys: pytest.CaptureFixture[str]) -> None:
    """A whole file that is lost stands above every cell, and errors above warnings."""
    late = problem("unknown-label", Origin("青禾镇.xlsx", "工作纪实", 4, "C"), text="x")

    print_problems([late, blank(4), problem("password", Origin("云溪乡.xlsx"))])

    assert [line.split("]")[0].split("[")[1] for line in printed(capsys)] == [
        "password",
        "needs-value",
        "unknown-label",
    ]


def test_forty_lines_at_most_and_the_way_to_the_rest(capsys: pytest.CaptureFixture[str]) -> None:
    """More groups than forty are counted with their problems, and it is said where all of them stand."""
    problems = [blank(row, f"{number:02d}.xlsx") for number in range(45) for row in (4, 5)]

    print_problems(problems, "见别处")

    lines = printed(capsys)
    assert len(lines) == 41
    assert lines[-1] == "……另有 5 组（10 条）没有列出；见别处。"


class Terminal(StringIO):
    """A standard error that says it is a terminal."""

    def isatty(self) -> bool:
        """Always."""
        return True


def test_progress_shows_rate_and_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal done and total, files a second and the time left are seen; in a pipe nothing is."""
    for stream in (Terminal(), StringIO()):
        monkeypatch.setattr("sys.stderr", stream)
        with progress_bar("收取") as progress:
            progress(3, 10)
        shown = stream.getvalue()
        if stream.isatty():
            assert "收取" in shown
            assert "3/10" in shown
            assert re.search(r"\d\.\d 个/秒", shown)
            assert re.search(r"\d:\d\d:\d\d|-:--:--", shown)
        else:
            assert shown == ""
