"""What the commands print: results on standard output, problems and progress on standard error."""

import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from typing import Any

import click

from qingdan_xl.problems import Problem, Severity

Progress = Callable[[int, int], None]
_MARKS = {Severity.ERROR: ("错误", "red"), Severity.WARNING: ("警告", "yellow"), Severity.INFO: ("提示", "cyan")}
_SHOWN = 40  # groups; more than these are counted
EVERYTHING = "加 --json 查看全部"
_INSTANT = 0.001  # seconds


def print_json(value: Any) -> None:  # noqa: ANN401 - whatever the contract holds
    """The one JSON object of `--json`: in another code page than UTF-8 of plain signs, which are the same in all."""
    is_utf8 = "utf8" in (getattr(sys.stdout, "encoding", None) or "utf8").replace("-", "").casefold()
    click.echo(json.dumps(value, ensure_ascii=not is_utf8, indent=2))


def print_problems(problems: Sequence[Problem], elsewhere: str = EVERYTHING) -> None:
    """List problems on standard error, the gravest first, those of one column of a file in one line.

    `elsewhere` says where all of them stand, for when there are too many to list.
    """
    groups = grouped(problems)
    for group in groups[:_SHOWN]:
        word, colour = _MARKS[group[0].severity]
        click.echo(f"{click.style(word, fg=colour)} {_sentence(group)}", err=True)
    if rest := groups[_SHOWN:]:
        click.echo(f"……另有 {len(rest)} 组（{sum(map(len, rest))} 条）没有列出；{elsewhere}。", err=True)


def grouped(problems: Sequence[Problem]) -> list[list[Problem]]:
    """Problems of one code in one column of one sheet together; what concerns a whole file first, then the gravest.

    Within one severity files stand in the order they come.
    """
    files = {found.origin.file: place for place, found in reversed(list(enumerate(problems)))}
    severities = list(Severity)

    def weight(found: Problem) -> tuple[bool, int, int, str, str, str, str]:
        where = found.origin
        whole = found.severity is Severity.ERROR and not where.sheet
        # what stands in no cell says in its sentence what is meant: only equal sentences are one
        column = where.column if where.cell else found.what
        return (
            not whole,
            severities.index(found.severity),
            files[where.file],
            where.file,
            where.sheet,
            found.code,
            column,
        )

    return [list(group) for _, group in groupby(sorted(problems, key=weight), key=weight)]


def _sentence(group: Sequence[Problem]) -> str:
    first = group[0]
    if len(group) == 1:
        return str(first)
    place = " ".join(part for part in (first.origin.file, first.origin.sheet) if part)
    same = all(found.what == first.what for found in group)
    if same:
        places = f"{first.origin.cell} 等 {len(group)} 处" if first.origin.cell else f"共 {len(group)} 处"
    else:
        places = f"{first.origin.cell}，另有 {len(group) - 1} 处同类问题，情况不尽相同".lstrip("，")
    return f"[{first.code}] {place}{'：' if place else ''}{first.what.rstrip('。')}：{places}。{first.advice}"


def print_table(title: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A small table for people."""
    from rich.console import Console
    from rich.table import Table

    table = Table(title=title, title_justify="left", header_style="bold")
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*row)
    Console().print(table)


@contextmanager
def progress_bar(label: str) -> Iterator[Progress]:
    """A bar on a terminal's standard error that shows done and total, rate and time left; nothing in a pipe."""
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    counted = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    columns = (*counted, TextColumn("{task.fields[rate]}"), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task, since = bar.add_task(label, total=None, rate=""), time.monotonic()

        def show(done: int, total: int) -> None:
            rate = done / max(time.monotonic() - since, _INSTANT)
            bar.update(task, completed=done, total=total, rate=f"{rate:.1f} 个/秒")

        yield show


def exit_code(problems: Iterable[Problem]) -> int:
    """0 where nothing was found, 1 where somebody's files hold errors or warnings."""
    return int(any(found.severity is not Severity.INFO for found in problems))
