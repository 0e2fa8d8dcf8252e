"""diff."""

import sys
from pathlib import Path

import click

from qingdan_xl.cli.folders import year_folder_or_none
from qingdan_xl.cli.options import folder_option, json_option, verb
from qingdan_xl.cli.output import print_json, print_problems
from qingdan_xl.problems import Severity
from qingdan_xl.sheets.choices import CATEGORIES


@verb()
@click.argument("old", metavar="原文件")
@click.argument("new", metavar="现文件")
@click.option(
    "-o", "--out", type=click.Path(dir_okay=False, path_type=Path), metavar="文件", help="对照表写到这里（.xlsx）。"
)
@folder_option
@json_option
def diff(old: str, new: str, out: Path | None, folder: Path, as_json: bool) -> None:
    """对照两份清单：哪些事项新增、删去、移动、改了序号、文字或要求，改了哪些字。

    两份都可以是清单文件、母表、放着它们的文件夹，或年度文件夹。一个文件里有几份清单的，自动找对应的一份；
    也可以指定，如 清单.txt#2 是其中第 2 份。
    """
    from qingdan_xl.cli.comparison import show
    from qingdan_xl.verbs.diff import diff as diff_lists

    workspace = year_folder_or_none(folder)
    found = diff_lists(old, new, out, workspace.settings.categories if workspace else CATEGORIES)
    print_problems(found.problems)
    if as_json:
        print_json(found.as_json())
    else:
        show(found.compared)
        if found.workbook:
            click.echo(f"对照表：{found.workbook.path}")
    sys.exit(int(any(fault.severity is Severity.ERROR for fault in found.problems)))
