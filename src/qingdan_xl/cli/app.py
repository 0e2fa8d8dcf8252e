"""The command `qingdan` and what all its verbs share."""

import sqlite3
import sys
import tempfile
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import Any, NoReturn

import click

from qingdan_xl import __version__
from qingdan_xl.cli import console, lists, reporting, results, returns, years
from qingdan_xl.cli.chinese import speak_chinese
from qingdan_xl.cli.output import print_json, print_problems
from qingdan_xl.faults import is_damaged, os_reason, store_reason
from qingdan_xl.model import Origin
from qingdan_xl.problems import Problem, UnusableError, problem

_NOTHING_DONE = 2
_DATABASE = Origin("qingdan.db")


class _InOrder(click.Group):
    """Lists the verbs in the order of the year, not of the alphabet."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(self.commands)

    def make_context(self, *arguments: Any, **settings: Any) -> click.Context:  # noqa: ANN401 - click's signature
        with _usage_as_problem():
            return super().make_context(*arguments, **settings)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's signature
        with _usage_as_problem():
            return super().invoke(ctx)


@contextmanager
def _usage_as_problem() -> Iterator[None]:
    """A wrong call is a coded problem like any other fault of the input; a call without any word still shows help."""
    try:
        yield
    except click.exceptions.NoArgsIsHelpError:
        raise
    except click.UsageError as wrong:
        why = wrong.format_message().strip("。？ ")
        raise UnusableError(problem("wrong-usage", why=why)) from wrong


@click.group(
    cls=_InOrder,
    context_settings={"help_option_names": ["-h", "--help"]},
    subcommand_metavar="命令 …",
    options_metavar="[选项]",
)
@click.version_option(__version__, "--version", prog_name="qingdan", help="显示版本。")
def qingdan() -> None:
    """用 Excel 管好一年的责任清单：解析、下发、收取、汇总、考核、写报告。

    先用 qingdan init 2026年度 新建年度文件夹，再在该文件夹里依次运行
    parse、issue、collect、summarize、assess、report。想先看看效果：qingdan demo
    """


for command in (
    *years.FIRST,
    *lists.COMMANDS,
    *returns.COMMANDS,
    *results.COMMANDS,
    *reporting.COMMANDS,
    *years.LAST,
    *console.COMMANDS,
):
    qingdan.add_command(command)


def main() -> None:
    """Run the command line; a fault of the input is told in Chinese and ends with exit code 2."""
    speak_chinese(click)
    _print_anything()
    try:
        qingdan.main(prog_name="qingdan", standalone_mode=True)
    except UnusableError as fault:
        _end(fault.problems)
    except OSError as fault:
        _end([problem("system-error", Origin(str(fault.filename or "")), why=os_reason(fault))])
    except sqlite3.Error as fault:
        _end([_store_problem(fault)])
    except Exception:  # noqa: BLE001 - a fault of ours: the user gets a sentence, the traceback goes to a file
        _end([problem("internal-error", path=_write_traceback())])


def _end(problems: Sequence[Problem]) -> NoReturn:
    """Tell why nothing was done, with `--json` as an object too; a wrong call has no other trace of that option."""
    print_problems(problems)
    if "--json" in sys.argv[1:]:
        print_json({"problems": [found.as_json() for found in problems]})
    sys.exit(_NOTHING_DONE)


def _print_anything() -> None:
    """Let a sign that the console's code page does not know come out as its number, and not as a fault."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _store_problem(fault: sqlite3.Error) -> Problem:
    if is_damaged(fault):
        return problem("damaged-store", _DATABASE)
    if why := store_reason(fault):
        return problem("system-error", _DATABASE, why=why)
    return problem("internal-error", path=_write_traceback())


def _write_traceback() -> Path:
    with tempfile.NamedTemporaryFile("w", prefix="qingdan-", suffix=".log", delete=False, encoding="utf-8") as log:
        traceback.print_exc(file=log)
    return Path(log.name)
