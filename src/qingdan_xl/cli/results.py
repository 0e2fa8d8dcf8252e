"""summarize and assess."""

import sys
from datetime import datetime
from pathlib import Path

import click

from qingdan_xl.cli.folders import year_folder
from qingdan_xl.cli.options import as_of_option, day_of, folder_option, json_option, verb
from qingdan_xl.cli.output import exit_code, print_json, print_problems, print_table


@verb()
@as_of_option
@folder_option
@json_option
def summarize(as_of: datetime | None, folder: Path, as_json: bool) -> None:
    """汇总：写出 成果/汇总.xlsx。"""
    from qingdan_xl.verbs.summarize import summarize_year

    summary = summarize_year(year_folder(folder), day_of(as_of))
    figures = summary.figures
    problems = [summary.workbook.problem] if summary.workbook.problem else []
    print_problems(problems)
    if as_json:
        print_json(figures.as_json(str(summary.workbook.path), None))
    else:
        click.echo(f"截至 {figures.as_of}：单位 {figures.units}，已交回 {figures.returned}")
        click.echo(f"责任事项 {figures.duties}，已完成 {figures.done}，逾期 {figures.overdue}")
        click.echo(f"汇总表：{summary.workbook.path}")
    sys.exit(exit_code(problems))


@verb()
@as_of_option
@folder_option
@json_option
def assess(as_of: datetime | None, folder: Path, as_json: bool) -> None:
    """考核：按 考核办法.xlsx 打分、排名、定等次，写出 成果/考核.xlsx。"""
    from qingdan_xl.assessment.result import as_json as assessment_json
    from qingdan_xl.verbs.assess import assess_year

    assessed = assess_year(year_folder(folder), day_of(as_of))
    problems = [*assessed.assessment.problems, *([assessed.workbook.problem] if assessed.workbook.problem else [])]
    print_problems(problems)
    if as_json:
        print_json(assessment_json(assessed.assessment, str(assessed.workbook.path)))
    else:
        print_table(
            "考核结果",
            ("单位", "考核组", "得分", "名次", "等次"),
            [
                (
                    item.score.unit.name,
                    item.score.unit.group,
                    "未评" if item.score.points is None else str(item.score.points),
                    "—" if item.rank is None else str(item.rank),
                    item.grade or "—",
                )
                for item in assessed.assessment.results
            ],
        )
        click.echo(f"考核表：{assessed.workbook.path}")
    sys.exit(exit_code(problems))


COMMANDS = (summarize, assess)
