"""What several verbs share: their kind of command, and their options."""

from datetime import date, datetime
from functools import partial
from pathlib import Path

import click

from qingdan_xl.model import Origin
from qingdan_xl.problems import UnusableError, problem

verb = partial(click.command, options_metavar="[选项]")


def _existing(_ctx: click.Context, _option: click.Parameter, folder: Path) -> Path:
    if not folder.is_dir():
        raise UnusableError(problem("missing-folder", Origin(str(folder))))
    return folder


folder_option = click.option(
    "-C",
    "--dir",
    "folder",
    type=click.Path(path_type=Path),
    callback=_existing,
    default=Path(),
    metavar="文件夹",
    help="年度文件夹（默认当前文件夹）。",
)
json_option = click.option("--json", "as_json", is_flag=True, help="只输出一个 JSON 对象，供程序读取。")
as_of_option = click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), metavar="日期", help="截至哪一天，如 2026-06-30（默认今天）。"
)

period_option = click.option(
    "--period",
    default="",
    metavar="时段",
    help="只看某个季度、半年或月到期的：2026Q2、2026H1、2026-05（默认全年）。",
)


def day_of(moment: datetime | None) -> date:
    """The day an option names, today without one."""
    return moment.date() if moment else date.today()  # noqa: DTZ011 - the user's own calendar day is meant
