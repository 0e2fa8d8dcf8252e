"""init, demo, explain."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qingdan_xl.cli.options import json_option, verb
from qingdan_xl.cli.output import print_json
from qingdan_xl.model import Origin
from qingdan_xl.problems import CATALOGUE, Severity, UnusableError, problem

if TYPE_CHECKING:  # help should not wait for it
    from qingdan_xl.workspace.folder import Workspace

_YEAR = re.compile(r"20\d\d")
_SEVERITIES = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.INFO: "提示"}


@verb()
@click.argument("folder", type=click.Path(path_type=Path), metavar="文件夹")
@click.option("--year", type=click.IntRange(2000, 2099), metavar="年份", help="年度（默认取文件夹名里的年份）。")
@click.option("--sample", is_flag=True, help="放入示例清单、花名册和考核办法，便于试用。")
@json_option
def init(folder: Path, year: int | None, sample: bool, as_json: bool) -> None:
    """新建年度文件夹，如：qingdan init 2026年度。"""
    from qingdan_xl.verbs.init import SAMPLE_FOLDER, init_sample_year, init_year

    found = _YEAR.search(folder.name)
    if year is None and found is None:
        raise UnusableError(problem("no-year", Origin(str(folder))))
    make = init_sample_year if sample else init_year
    workspace = make(folder, year or int(found[0] if found else 0))
    source = f"清单/{SAMPLE_FOLDER}" if sample else "清单文件…"
    if as_json:
        print_json(_made(workspace, source if sample else ""))
        return
    click.echo(f"已新建年度文件夹：{workspace.root}")
    click.echo("接下来：")
    click.echo(f"  1. 填好 {workspace.roster.name}（单位、人员）")
    click.echo(f"  2. 进入该文件夹，运行 qingdan parse {source}，在 清单/ 里核对母表")
    click.echo("     母表“角色”表的“适用单位类型”要填：这个角色的清单发给哪类单位，留空就是发给全部单位")
    click.echo("  3. 运行 qingdan issue 生成各单位的填报表")


def _made(workspace: "Workspace", samples: str) -> dict[str, str | int]:
    """The answer of `init --json`: the new folder's whole path, its year, and what comes next."""
    first = f"示例清单在 {samples} 里，花名册已填好" if samples else f"请填好 {workspace.roster.name}（单位、人员）"
    return {
        "folder": str(workspace.root.resolve()),
        "year": workspace.settings.year,
        "next": f"{first}；再运行 qingdan parse 清单文件，核对 清单/ 里的母表。",
    }


@verb()
@click.argument("folder", type=click.Path(path_type=Path), default=Path("演示"), metavar="[文件夹]")
@click.option("--again", is_flag=True, help="文件夹里已有上次的演示时，删去重做。")
def demo(folder: Path, again: bool) -> None:
    """用自带的示例把全年流程走一遍，最后说明成果在哪里。"""
    from qingdan_xl.demo.run import run_demo

    run_demo(folder, click.echo, replace_old=again)


@verb()
@click.argument("code", required=False, metavar="[代码]")
def explain(code: str | None) -> None:
    """解释一个问题代码，如：qingdan explain password；不带代码则列出全部。"""
    if code is None:
        for entry in CATALOGUE.values():
            click.echo(f"{entry.code:<24}{_SEVERITIES[entry.severity]}  {_plain(entry.what)}")
        return
    if code not in CATALOGUE:
        from qingdan_xl.roster import did_you_mean

        raise UnusableError(problem("unknown-code", asked=code, hint=did_you_mean(code, list(CATALOGUE))))
    entry = CATALOGUE[code]
    click.echo(f"{entry.code}（{_SEVERITIES[entry.severity]}）")
    click.echo(f"  情况：{_plain(entry.what)}")
    click.echo(f"  办法：{entry.advice}")


def _plain(sentence: str) -> str:
    return re.sub(r"\{[^{}]*\}", "…", sentence)


FIRST, LAST = (init,), (demo, explain)
