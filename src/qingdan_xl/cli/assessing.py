"""assess, and all that it does instead of scoring."""

import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qingdan_xl.cli.folders import year_folder
from qingdan_xl.cli.options import as_of_option, day_of, folder_option, json_option, verb
from qingdan_xl.cli.output import EVERYTHING, exit_code, print_json, print_problems, print_table, progress_bar
from qingdan_xl.problems import UnusableError, problem

if TYPE_CHECKING:  # help should not wait for them
    from qingdan_xl.assessment.comparing import Move
    from qingdan_xl.verbs.held import Held
    from qingdan_xl.workspace.folder import Workspace

_NOTHING_DONE = 2
_MOST_ROWS = 40


@verb()
@as_of_option
@click.option(
    "--sheets",
    is_flag=True,
    help="这次不打分，给每位评委发一份评分表（写到 下发/评分-…/）；填好交回的放进 收件/，运行 qingdan collect。",
)
@click.option(
    "--scheme",
    "other",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="文件",
    help="按另一个考核办法试算，写成 成果/考核-按….xlsx，不动正式的考核表。",
)
@click.option("--compare", is_flag=True, help="同 --scheme 一起用：只对比两个办法的结果，写出 成果/办法对比.xlsx。")
@click.option("--explain", "subject", metavar="单位", help="只说明一个单位（或 单位/姓名）的得分怎么来的，不写文件。")
@click.option("--final", is_flag=True, help="定稿：另存为 成果/考核-定稿-日期.xlsx，以后不再改动。")
@click.option("--by", default="", metavar="姓名", help="同 --final 一起用：由谁定稿。")
@click.option("--keep-open", default="", metavar="理由", help="同 --final 一起用：还有未评的也定稿，写明理由。")
@click.option("--reseal", default="", metavar="理由", help="同 --final 一起用：已经定稿的重新定稿，写明理由。")
@folder_option
@json_option
def assess(  # noqa: PLR0913, PLR0917 - one parameter an option
    as_of: datetime | None,
    sheets: bool,
    other: Path | None,
    compare: bool,
    subject: str | None,
    final: bool,
    by: str,
    keep_open: str,
    reseal: str,
    folder: Path,
    as_json: bool,
) -> None:
    """考核：按 考核办法.xlsx 打分、排名、定等次，写出 成果/考核.xlsx；也可以试算、说明、定稿。"""
    _check_options(sum(map(bool, (sheets, compare, subject, final))), other, compare, final, (by, keep_open, reseal))
    workspace, day = year_folder(folder), day_of(as_of)
    if other and other.resolve() == workspace.scheme.resolve():
        other = None
    if sheets:
        _send_score_sheets(workspace, day, as_json)
    elif subject:
        _explain(workspace, day, subject, other, as_json)
    elif compare:
        _compare(workspace, day, other or workspace.scheme, as_json)
    elif final:
        _seal(workspace, day, other, (by, keep_open, reseal), as_json)
    else:
        _score(workspace, day, other, as_json)


def _check_options(deeds: int, other: Path | None, compare: bool, final: bool, reasons: tuple[str, str, str]) -> None:
    if deeds > 1:
        raise click.UsageError("--sheets、--compare、--explain、--final 一次只能用一个")
    if compare and not other:
        raise click.UsageError("--compare 要和 --scheme 一起用")
    if any(reasons) and not final:
        raise click.UsageError("--by、--keep-open、--reseal 要和 --final 一起用")


def _score(workspace: "Workspace", day: date, other: Path | None, as_json: bool) -> None:
    from qingdan_xl.assessment.result import as_json as assessment_json
    from qingdan_xl.verbs.assess import assess_year

    assessed = assess_year(workspace, day, other)
    print_problems(assessed.problems)
    if as_json:
        found = assessment_json(assessed.assessment, str(assessed.workbook.path))
        held = assessed.held.as_json()
        print_json({**found, "seal": held} if held else found)
    else:
        everyone = (*assessed.assessment.results, *assessed.assessment.people)
        print_table(
            "考核结果",
            ("单位", "考核组", "得分", "名次", "等次"),
            [
                (
                    item.score.subject.label,
                    item.score.subject.group,
                    "未评" if item.score.points is None else str(item.score.points),
                    "—" if item.rank is None else str(item.rank),
                    item.grade or "—",
                )
                for item in everyone
            ],
        )
        _show_held(assessed.held)
        click.echo(f"考核表：{assessed.workbook.path}")
    sys.exit(exit_code(assessed.problems))


def _send_score_sheets(workspace: "Workspace", day: date, as_json: bool) -> None:
    """Send the score sheets that are missing or out of date, and say which."""
    from qingdan_xl.verbs.score_sheets import issue_score_sheets

    with progress_bar("评分表") as progress:
        made = issue_score_sheets(workspace, day, progress)
    print_problems(made.problems)
    if as_json:
        print_json(made.as_json())
    else:
        if made.folder:
            click.echo(f"批次 {made.batch}：评分表 {len(made.sheets)} 份，每位评委一份，互不可见")
            click.echo(f"评分表：{made.folder}（发给谁见其中的 {made.manifest}）")
        if made.renewed:
            click.echo(f"内容有变或文件不在了、重发的 {len(made.renewed)} 份：{'、'.join(made.renewed)}")
        if made.kept:
            click.echo(f"发过而没有变化、这次不再发的 {len(made.kept)} 份")
    sys.exit(exit_code(made.problems))


def _explain(workspace: "Workspace", day: date, subject: str, other: Path | None, as_json: bool) -> None:
    from qingdan_xl.assessment.account_json import account_json
    from qingdan_xl.assessment.explaining import told
    from qingdan_xl.verbs.explain_score import explain_score

    explained = explain_score(workspace, day, subject, other)
    print_problems(explained.problems)
    if as_json:
        found = [fault.as_json() for fault in explained.problems]
        print_json({**account_json(explained.account, day), "problems": found})
    else:
        click.echo(f"{workspace.settings.title}，截至 {day}")
        for paragraph in told(explained.account):
            click.secho(paragraph.heading, bold=True)
            for sentence in paragraph.sentences:
                click.echo(f"  {sentence}")
    sys.exit(exit_code(explained.problems))


def _compare(workspace: "Workspace", day: date, other: Path, as_json: bool) -> None:
    from qingdan_xl.assessment.comparing import reason
    from qingdan_xl.assessment.comparison_json import comparison_json
    from qingdan_xl.verbs.compare_schemes import compare_schemes

    made = compare_schemes(workspace, day, other)
    compared = made.compared
    moving = [move for move in compared.moves if move.moves]
    print_problems(made.problems)
    if as_json:
        print_json(comparison_json(compared, str(made.workbook.path)))
    else:
        _show_moves(f"{compared.before} → {compared.after}", moving, reason)
        click.echo(f"有变动的 {len(moving)} 个，不变的 {len(compared.moves) - len(moving)} 个")
        click.echo(f"办法对比：{made.workbook.path}")
    sys.exit(exit_code(made.problems))


def _seal(workspace: "Workspace", day: date, other: Path | None, said: tuple[str, str, str], as_json: bool) -> None:
    from qingdan_xl.verbs.seal import Wish, seal_year

    if other:
        raise UnusableError(problem("seal-other-scheme", name=other.name))
    by, open_reason, reason = said
    made = seal_year(workspace, day, Wish(by, reason, open_reason))
    print_problems(made.problems)
    if as_json:
        print_json(made.as_json())
    else:
        _show_held(made.held)
        if made.seal:
            click.echo(f"已定稿：第 {made.seal.version} 版，{made.seal.sealed_by}，截至 {made.seal.as_of}")
            click.echo(f"定稿：{made.path}（输入指纹 {made.seal.made.mark[:16]}…）")
    sys.exit(exit_code(made.problems) if made.seal else _NOTHING_DONE)


def _show_held(held: "Held") -> None:
    """Who stands otherwise than in the seal."""
    found = held.drift
    if found and found.moves:
        _show_moves(f"第 {found.seal.version} 版定稿 → 现在", found.moves, found.why)


def _show_moves(title: str, moves: "Sequence[Move]", why: "Callable[[Move], str]") -> None:
    """A table of those that move, the worst first."""
    from qingdan_xl.assessment.comparing import signed

    rows = [
        (
            move.verdict.label,
            _pair(move, "points", "未评"),
            "" if move.change is None else signed(move.change),
            _pair(move, "rank", "—"),
            _pair(move, "grade", "—"),
            why(move),
        )
        for move in moves[:_MOST_ROWS]
    ]
    if rows:
        print_table(title, ("单位", "得分", "增减", "名次", "等次", "原因"), rows)
    if rest := moves[_MOST_ROWS:]:
        click.echo(f"……另有 {len(rest)} 个没有列出；{EVERYTHING}。")


def _pair(move: "Move", field: str, blank: str) -> str:
    """Before → after, once where both are the same."""
    sides = [getattr(side, field) if side else None for side in (move.before, move.after)]
    old, new = (blank if value is None else str(value) for value in sides)
    return old if old == new else f"{old} → {new}"
