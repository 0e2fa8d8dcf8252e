"""check, collect and status."""

import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qingdan_xl.cli.folders import year_folder, year_folder_or_none
from qingdan_xl.cli.options import as_of_option, day_of, folder_option, json_option, verb
from qingdan_xl.cli.output import exit_code, print_json, print_problems, progress_bar

if TYPE_CHECKING:  # collecting reads workbooks; help should not wait for it
    from qingdan_xl.collecting.collect import Collection

_ELSEWHERE = "加 --json 查看全部；运行 qingdan summarize 后，也全在 成果/汇总.xlsx 的“数据问题”表"
_EMPTY = "没有找到文件：请把各单位交回的填报表（或压缩包）放进 收件/，再运行 qingdan collect"


@verb()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="文件…")
@folder_option
@json_option
def check(files: Sequence[Path], folder: Path, as_json: bool) -> None:
    """检查填报表，只说问题，不入库；在年度文件夹之外也能用。"""
    from qingdan_xl.collecting.collect import check as check_files
    from qingdan_xl.collecting.intake import Reading

    with progress_bar("检查") as progress:
        found = check_files(files, year_folder_or_none(folder), Reading(progress=progress))
    print_problems(found.problems)
    _report(found, as_json, "检查")


@verb()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[文件或文件夹]…")
@click.option(
    "--received",
    type=click.DateTime(["%Y-%m-%d", "%Y-%m-%d %H:%M"]),
    metavar="日期",
    help="这些文件是哪天收到的（默认现在）；过了报送期限记为迟报。",
)
@folder_option
@json_option
def collect(paths: Sequence[Path], received: datetime | None, folder: Path, as_json: bool) -> None:
    """收取交回的填报表（默认收 收件/ 里的），检查并入库；每个文件都有一个去向。"""
    from qingdan_xl.collecting.collect import collect as collect_files
    from qingdan_xl.collecting.intake import Reading
    from qingdan_xl.collecting.originals import LIST_NAME
    from qingdan_xl.store import Outcome

    workspace = year_folder(folder)
    with progress_bar("收取") as progress:
        found = collect_files(workspace, paths, received, Reading(progress=progress))
    print_problems(found.problems, _ELSEWHERE)
    if not found.found:
        click.echo(_EMPTY, err=True)
    if found.count(Outcome.REFUSED):
        click.echo(f"退回的文件和原因见 {workspace.quarantine / LIST_NAME}", err=True)
    _report(found, as_json, "收取")


def _report(found: "Collection", as_json: bool, verb: str) -> None:
    from qingdan_xl.summary.intake import OUTCOMES

    if as_json:
        print_json(found.as_json())
    else:
        parts = " ＋ ".join(f"{word} {found.count(outcome)}" for outcome, word in OUTCOMES.items())
        click.echo(f"{verb}：找到文件 {found.found} ＝ {parts}")
        if found.sent:
            click.echo(f"下发 {found.sent} ＝ 已交回 {found.returned} ＋ 未交回 {len(found.missing)}")
        if found.missing:
            click.echo(f"未交回：{'、'.join(found.missing)}")
    sys.exit(exit_code(found.problems))


@verb()
@as_of_option
@folder_option
@json_option
def status(as_of: datetime | None, folder: Path, as_json: bool) -> None:
    """看进度：谁交了、谁没交、各单位预警、接下来的期限。"""
    from rich.console import Console

    from qingdan_xl.summary.status import status as status_of
    from qingdan_xl.summary.status_view import render
    from qingdan_xl.verbs.summarize import gather

    found = status_of(gather(year_folder(folder), day_of(as_of)))
    if as_json:
        print_json(found.as_json())
    else:
        Console().print(render(found))


COMMANDS = (check, collect, status)
