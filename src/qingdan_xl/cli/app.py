"""The command `qingdan` and what all its verbs share."""

import sqlite3
import sys
import tempfile
import traceback
from pathlib import Path

import click

from qingdan_xl import __version__
from qingdan_xl.cli import console, lists, reporting, results, returns, years
from qingdan_xl.cli.chinese import speak_chinese
from qingdan_xl.cli.output import print_problems
from qingdan_xl.faults import is_damaged, os_reason, store_reason
from qingdan_xl.model import Origin
from qingdan_xl.problems import Problem, UnusableError, problem

_NOTHING_DONE = 2
_DATABASE = Origin("qingdan.db")


class _InOrder(click.Group):
    """Lists the verbs in the order of the year, not of the alphabet."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(self.commands)


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
    try:
        qingdan.main(prog_name="qingdan", standalone_mode=True)
    except UnusableError as fault:
        print_problems(fault.problems)
        sys.exit(_NOTHING_DONE)
    except OSError as fault:
        print_problems([problem("system-error", Origin(str(fault.filename or "")), why=os_reason(fault))])
        sys.exit(_NOTHING_DONE)
    except sqlite3.Error as fault:
        print_problems([_store_problem(fault)])
        sys.exit(_NOTHING_DONE)
    except Exception:  # noqa: BLE001 - a fault of ours: the user gets a sentence, the traceback goes to a file
        print_problems([problem("internal-error", path=_write_traceback())])
        sys.exit(_NOTHING_DONE)


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
