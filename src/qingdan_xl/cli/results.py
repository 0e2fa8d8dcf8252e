"""summarize, dashboard and remind."""

import sys
from datetime import datetime
from pathlib import Path

import click

from qingdan_xl.cli.assessing import assess
from qingdan_xl.cli.folders import year_folder
from qingdan_xl.cli.options import as_of_option, day_of, folder_option, json_option, period_option, verb
from qingdan_xl.cli.output import exit_code, print_json, print_problems


@verb()
@as_of_option
@period_option
@folder_option
@json_option
def summarize(as_of: datetime | None, period: str, folder: Path, as_json: bool) -> None:
    """汇总：写出 成果/汇总.xlsx 和 看板.html；汇总表里手写的批示、督办意见、备注先读回，再写到原处。"""
    from qingdan_xl.summary.scope import read_scope
    from qingdan_xl.verbs.summarize import summarize_year

    workspace = year_folder(folder)
    scope = read_scope(period, workspace.settings.year)
    summary = summarize_year(workspace, day_of(as_of) if as_of else scope.as_of(day_of(None)), scope)
    figures = summary.figures
    print_problems(summary.problems)
    if as_json:
        print_json(figures.as_json(str(summary.workbook.path), str(summary.page.path)))
    else:
        click.echo(f"截至 {figures.as_of}：单位 {figures.units}，已交回 {figures.returned}")
        click.echo(f"责任事项 {figures.duties}，已完成 {figures.done}，逾期 {figures.overdue}")
        if summary.remarks:
            click.echo(f"读回批示、督办意见、备注 {summary.remarks} 处")
        click.echo(f"汇总表：{summary.workbook.path}")
        click.echo(f"看板：{summary.page.path}（用浏览器打开）")
    sys.exit(exit_code(summary.problems))


@verb()
@as_of_option
@period_option
@folder_option
@json_option
def dashboard(as_of: datetime | None, period: str, folder: Path, as_json: bool) -> None:
    """看板：只写出 成果/看板.html，一个不用联网的网页，可以筛选、打印。"""
    from qingdan_xl.summary.scope import read_scope
    from qingdan_xl.verbs.dashboard import dashboard_year

    workspace = year_folder(folder)
    scope = read_scope(period, workspace.settings.year)
    made = dashboard_year(workspace, day_of(as_of) if as_of else scope.as_of(day_of(None)), scope)
    problems = [made.page.problem] if made.page.problem else []
    print_problems(problems)
    if as_json:
        print_json(made.figures.as_json(None, str(made.page.path)))
    else:
        click.echo(f"看板：{made.page.path}（用浏览器打开）")
    sys.exit(exit_code(problems))


@verb()
@as_of_option
@click.option("--again", is_flag=True, help="本周已经催过的也再催一次。")
@folder_option
@json_option
def remind(as_of: datetime | None, again: bool, folder: Path, as_json: bool) -> None:
    """催办：未交回、逾期、欠缺、临近、未填报的，按单位、责任人、评委写出 成果/催办单.xlsx 和 催办短信.txt。"""
    from qingdan_xl.verbs.remind import remind_year

    made = remind_year(year_folder(folder), day_of(as_of), again=again)
    found = made.reminders
    print_problems(made.problems)
    if as_json:
        print_json(made.as_json())
    else:
        click.echo(f"截至 {found.as_of}：催办 {made.units} 个单位、{made.people} 人，共 {len(found.items)} 件")
        if found.raters:
            click.echo(f"催办评委 {len(found.raters)} 人（评分表没有交回）")
        if already := len(found.already) + len(found.raters_already):
            click.echo(f"本周已催过、这次不再催的 {already} 件（要再催：qingdan remind --again）")
        for saved in (made.workbook, made.texts):
            if saved:
                click.echo(f"{saved.path.name}：{saved.path}")
    sys.exit(exit_code(made.problems))


COMMANDS = (summarize, dashboard, remind, assess)
