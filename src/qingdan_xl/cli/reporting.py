"""report."""

import sys
from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qingdan_xl.cli.folders import year_folder
from qingdan_xl.cli.options import as_of_option, day_of, folder_option, json_option, verb
from qingdan_xl.cli.output import EVERYTHING, exit_code, print_json, print_problems, progress_bar

if TYPE_CHECKING:  # help should not wait for it
    from qingdan_xl.verbs.report import Report, Reported

_NOTHING_DONE = 2
_MOST, _MOST_NAMES = 20, 4


@verb()
@click.argument("names", nargs=-1, metavar="[单位或个人]…")
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    metavar="种类",
    help="述责报告、通报、整改通知、考核结果告知书，情况报告（全部），或某份情况报告的名称；可写多次，不写则全部。",
)
@click.option("--trace", is_flag=True, help="在每份报告后面附“数字出处”：每个数字来自哪个文件、哪张表、哪一行。")
@as_of_option
@folder_option
@json_option
def report(  # noqa: PLR0913, PLR0917 - one parameter an option
    names: tuple[str, ...], kinds: tuple[str, ...], trace: bool, as_of: datetime | None, folder: Path, as_json: bool
) -> None:
    """写报告：按 报告模板/ 里的 Word 模板，把汇总和考核的数字写成 成果/报告/ 里的 Word 文档。

    不点名的，每个单位各写一份。点名的写法：青禾镇 是这个单位，青禾镇/张甲 是一个人，青禾镇/ 是这个单位的每个人，
    全部个人 是各单位的每个人。
    """
    from qingdan_xl.verbs.report import Wish, report_year

    with progress_bar("写报告") as progress:
        made = report_year(year_folder(folder), day_of(as_of), Wish(names, kinds, trace), progress)
    print_problems(made.problems)
    if as_json:
        print_json(made.as_json())
    else:
        _show(made)
    code = exit_code(made.problems)
    sys.exit(code if made.reports or not code else _NOTHING_DONE)


def _show(made: "Reported") -> None:
    for kind, found in groupby(made.reports, key=lambda each: each.kind):
        click.echo(f"{kind}：{len(list(found))} 份")
    for (kind, why), group in groupby(made.left_out, key=lambda each: (each.kind, each.why)):
        click.echo(f"没有写{kind}的：{_some([each.label for each in group], '个')}（{why}）")
    for kind, kept in groupby(made.kept, key=lambda each: each.kind):
        names = [each.path.name for each in kept]
        click.echo(f"{kind}有 {len(names)} 份写好以后被人改过，原来的移到 旧版/：{_some(names, '份')}")
    _show_open([each for each in made.reports if each.open])
    _show_unchecked([each for each in made.reports if each.unchecked])
    if made.reports:
        click.echo(f"报告：{made.folder}")


def _show_open(reports: "Sequence[Report]") -> None:
    """The figures that reports leave open: what is open in several of a kind for the same reason is told once."""
    if not reports:
        return
    count = sum(len(each.open) for each in reports)
    click.secho(f"没有数字、在文中空着并标黄的 {count} 处：", bold=True)
    groups: dict[tuple[str, str, tuple[str, ...]], list[str]] = {}
    for each in reports:
        label = "/".join(filter(None, (each.unit, each.person)))
        for why in dict.fromkeys(figure.why for figure in each.open):
            names = tuple(figure.name for figure in each.open if figure.why == why)
            groups.setdefault((each.kind, why, names), []).append(label)
    for (kind, why, names), labels in list(groups.items())[:_MOST]:
        click.echo(f"  {kind}（{_some(labels, '份')}）{why}：{_some(names, '处')}")
    if len(groups) > _MOST:
        click.echo(f"……另有 {len(groups) - _MOST} 组没有列出；{EVERYTHING}。")


def _show_unchecked(reports: "Sequence[Report]") -> None:
    """The figures that are written by what the program proposed, by kind: one row of the 母表 is told once."""
    if not reports:
        return
    count = sum(len(each.unchecked) for each in reports)
    click.secho(f"另有 {count} 处按试填的类别写、还没有核对，已标黄（母表“填报数据”的“核对”填“是”）：", bold=True)
    for kind, own in groupby(reports, key=lambda each: each.kind):
        names = dict.fromkeys(f"{figure.name}（{figure.doubt}）" for each in own for figure in each.unchecked)
        click.echo(f"  {kind}：{_some(list(names), '处')}")


def _some(names: "Sequence[str]", measure: str) -> str:
    more = f" 等 {len(names)} {measure}" if len(names) > _MOST_NAMES else ""
    return f"{'、'.join(names[:_MOST_NAMES])}{more}"


COMMANDS = (report,)
