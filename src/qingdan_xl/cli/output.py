"""What the commands print: results on standard output, problems and progress on standard error."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import click

from qingdan_xl.problems import Problem, Severity

Progress = Callable[[int, int], None]
_MARKS = {Severity.ERROR: ("错误", "red"), Severity.WARNING: ("警告", "yellow"), Severity.INFO: ("提示", "cyan")}
_SHOWN = 40  # more problems than this are counted; all of them stand in the workbooks


def print_json(value: Any) -> None:  # noqa: ANN401 - whatever the contract holds
    """The one JSON object of `--json`."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_problems(problems: Sequence[Problem]) -> None:
    """List problems on standard error, the gravest first."""
    order = list(Severity)
    for found in sorted(problems, key=lambda p: order.index(p.severity))[:_SHOWN]:
        word, colour = _MARKS[found.severity]
        click.echo(f"{click.style(word, fg=colour)} {found}", err=True)
    if len(problems) > _SHOWN:
        click.echo(f"……另有 {len(problems) - _SHOWN} 条，见成果文件或加 --json 查看全部。", err=True)


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
    """A bar on a terminal's standard error that shows done and total; nothing in a pipe."""
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def exit_code(problems: Iterable[Problem]) -> int:
    """0 where nothing was found, 1 where somebody's files hold errors or warnings."""
    return int(any(found.severity is not Severity.INFO for found in problems))
