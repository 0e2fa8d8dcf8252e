"""check, collect and status."""

import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from qingdan_xl.cli.folders import year_folder, year_folder_or_none
from qingdan_xl.cli.options import as_of_option, day_of, folder_option, json_option, verb
from qingdan_xl.cli.output import exit_code, print_json, print_problems, progress_bar

if TYPE_CHECKING:  # collecting reads workbooks; help should not wait for it
    from qingdan_xl.collecting.collect import Collection
    from qingdan_xl.collecting.handback import Marking

_ELSEWHERE = (
    "加 --json 查看全部；运行 qingdan summarize 后，填报表的问题也在 成果/汇总.xlsx 的“数据问题”表，"
    "时限和次数的在“逾期与预警”和“问题整改”（被替代的文件和评委评分表的只在 --json 中）"
)
_STOPPED = "已停下：收完的文件都已入库，再运行 qingdan collect 接着收其余的"
_EMPTY = "没有找到文件：请把各单位交回的填报表（或压缩包）放进 收件/，再运行 qingdan collect"


@verb()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="文件…")
@click.option(
    "--annotate",
    is_flag=True,
    help="另写标出问题的副本，供该单位修改后再报：在年度文件夹内写到 成果/退改/，之外写到当前文件夹的 退改/。",
)
@as_of_option
@folder_option
@json_option
def check(files: Sequence[Path], annotate: bool, as_of: datetime | None, folder: Path, as_json: bool) -> None:
    """检查填报表，只说问题，不入库；在年度文件夹之外也能用。"""
    from qingdan_xl.collecting.collect import check as check_files
    from qingdan_xl.collecting.intake import Reading

    workspace = year_folder_or_none(folder)
    with TemporaryDirectory(prefix="qingdan-") as shelf:
        with progress_bar("检查") as progress:
            reading = Reading(progress=progress, as_of=day_of(as_of))
            found = check_files(files, workspace, reading, Path(shelf))
        print_problems(found.problems)
        if annotate:
            _hand_back(found.to_annotate(), workspace.handback if workspace else Path("退改"))
    _report(found, as_json, "检查")


@verb()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[文件或文件夹]…")
@click.option(
    "--received",
    type=click.DateTime(["%Y-%m-%d", "%Y-%m-%d %H:%M"]),
    metavar="日期",
    help="这些文件是哪天收到的（默认现在）；过了报送期限记为迟报。",
)
@click.option(
    "--return",
    "give_back",
    is_flag=True,
    help="有问题的，另写标出问题的副本到 成果/退改/，供发还该单位修改后再报。",
)
@as_of_option
@folder_option
@json_option
def collect(  # noqa: PLR0913, PLR0917 - one parameter an option
    paths: Sequence[Path],
    received: datetime | None,
    give_back: bool,
    as_of: datetime | None,
    folder: Path,
    as_json: bool,
) -> None:
    """收取交回的填报表（默认收 收件/ 里的），检查并入库；每个文件都有一个去向。"""
    from qingdan_xl.collecting.collect import collect as collect_files
    from qingdan_xl.collecting.intake import Reading
    from qingdan_xl.collecting.originals import LIST_NAME
    from qingdan_xl.store import Outcome

    workspace = year_folder(folder)
    try:
        with progress_bar("收取") as progress:
            reading = Reading(progress=progress, as_of=day_of(as_of or received))
            found = collect_files(workspace, paths, received, reading)
    except KeyboardInterrupt:
        click.echo(_STOPPED, err=True)
        sys.exit(1)
    print_problems(found.problems, _ELSEWHERE)
    if not found.found:
        click.echo(_EMPTY, err=True)
    if found.count(Outcome.REFUSED):
        click.echo(f"退回的文件和原因见 {workspace.quarantine / LIST_NAME}", err=True)
    if give_back:
        _hand_back(found.to_hand_back(workspace), workspace.handback)
    _report(found, as_json, "收取")


def _hand_back(markings: "Sequence[Marking]", folder: Path) -> None:
    """Write the marked copies, and say on standard error where they lie."""
    from qingdan_xl.collecting.handback import hand_back
    from qingdan_xl.problems import Problem

    done = hand_back(markings, folder)
    print_problems([each for each in done if isinstance(each, Problem)])
    print_problems([each.problem for each in done if not isinstance(each, Problem) and each.problem])
    written = sum(not isinstance(each, Problem) for each in done)
    click.echo(f"标出问题的副本 {written} 个：{folder}", err=True)


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
        for group in found.scores:
            counts = f"发出 {group.sent} ＝ 已交回 {group.returned} ＋ 未交回 {len(group.missing)}"
            left = f"：{'、'.join(group.missing)}" if group.missing else ""
            click.echo(f"评分表“{group.group}”：{counts}{left}")
    sys.exit(exit_code(found.problems))


@verb()
@click.argument("unit", required=False, metavar="[单位]")
@as_of_option
@folder_option
@json_option
def status(unit: str | None, as_of: datetime | None, folder: Path, as_json: bool) -> None:
    """看进度：谁交了、谁没交、各单位预警、接下来的期限；写上单位（名称或编号）则看它的报送经过。"""
    from rich.console import Console

    from qingdan_xl.summary import history, status_view
    from qingdan_xl.summary.status import status as status_of
    from qingdan_xl.verbs.inputs import roster_of_today
    from qingdan_xl.verbs.summarize import gather

    workspace = year_folder(folder)
    material, roster = gather(workspace, day_of(as_of)), roster_of_today(workspace)
    if unit:
        sent = history.history(material.intake, unit, roster)
        shown, value = history.render(sent), sent.as_json()
    else:
        found = status_of(material, roster)
        shown, value = status_view.render(found), found.as_json()
    if as_json:
        print_json(value)
    else:
        Console().print(shown)


COMMANDS = (check, collect, status)
