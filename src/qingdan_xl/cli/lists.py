"""parse, diff and issue."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qingdan_xl.cli.comparing import diff
from qingdan_xl.cli.folders import year_folder, year_folder_or_none
from qingdan_xl.cli.options import folder_option, json_option, verb
from qingdan_xl.cli.output import exit_code, print_json, print_problems, print_table, progress_bar
from qingdan_xl.model import Checklist, Kind
from qingdan_xl.problems import Problem, Severity, UnusableError
from qingdan_xl.sheets.choices import CATEGORIES
from qingdan_xl.workspace.files import Saved

if TYPE_CHECKING:  # settings load pydantic, which help should not wait for
    from qingdan_xl.verbs.parse import Parsed
    from qingdan_xl.workspace.folder import Workspace

_NEXT = {
    Kind.CHECKLIST: "请打开母表，核对“待核对”表，并在“角色”表填“适用单位类型”：这个角色的清单发给哪类单位，"
    "留空就是发给全部单位。再填好花名册，然后运行 qingdan issue。",
    Kind.REPORT: "报告不作为责任清单下发：请核对母表“填报数据”（空着的数字各数哪一类活动，对的“核对”填“是”），"
    "写报告时填入（运行 qingdan report）。",
    Kind.RUBRIC: "评分办法不作为责任清单下发：请核对母表“评分规则”和考核办法草稿。",
}
_KINDS = {"checklist": "清单", "rubric": "评分办法", "report": "报告"}


@verb()
@click.argument("documents", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="文件…")
@click.option(
    "-o", "--output", type=click.Path(file_okay=False, path_type=Path), metavar="文件夹", help="母表写到这里。"
)
@click.option(
    "--previous",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="路径",
    help="上一版清单：文件、母表或年度文件夹。文字相同或相近的事项沿用它的事项编号；不写则用旁边上一年度的文件夹。",
)
@folder_option
@json_option
def parse(
    documents: tuple[Path, ...], output: Path | None, previous: tuple[Path, ...], folder: Path, as_json: bool
) -> None:
    """读清单文件，拆成责任事项，在 清单/ 里写出可核对的母表。"""
    from qingdan_xl.documents import as_json as documents_json
    from qingdan_xl.verbs.parse import check_revisions, parse_documents, write_masters, write_scheme

    workspace = year_folder_or_none(folder)
    read = parse_documents(documents, workspace.settings.categories if workspace else CATEGORIES)
    if not read.checklists:
        raise UnusableError(*read.problems)
    parsed = _with_earlier_ids(read.checklists, workspace, previous)
    masters = output or (workspace.checklists if workspace and not as_json else None)
    in_year = workspace if masters and workspace and _is_same(masters, workspace.checklists) else None
    revisions = check_revisions(parsed.checklists, masters) if masters else []
    saved = write_masters(parsed.checklists, masters) if masters else ()
    placed = _put_templates(documents, saved, parsed.checklists, in_year) if in_year else ()
    scheme = write_scheme(parsed.checklists, _scheme_place(masters, in_year)) if masters else None
    problems = [
        *read.problems,
        *parsed.problems,
        *revisions,
        *_other_years(parsed.checklists, workspace),
        *(item.problem for item in (*saved, scheme) if item and item.problem),
    ]
    print_problems(problems)
    if as_json:
        next_steps = {"next": "".join(_next_steps(parsed.checklists))} if saved else {}
        print_json(documents_json(parsed.checklists) | next_steps)
    else:
        _show_checklists(parsed.checklists)
        _show_masters(saved, parsed.checklists)
        for template in placed:
            click.echo(f"报告模板：{template.path}（可在 Word 里修改；空着的数字在写报告时填入）")
        if scheme and scheme.problem is None:
            click.echo(f"考核办法草稿：{scheme.path}（请核对满分、等次、“评分项目”“评分规则”和“草稿疑点”）")
    sys.exit(int(any(found.severity is Severity.ERROR for found in problems)))


def _with_earlier_ids(
    checklists: tuple[Checklist, ...], workspace: "Workspace | None", previous: tuple[Path, ...]
) -> "Parsed":
    """The lists with the ids of earlier ones, for which the reader of 母表 is loaded only where there may be some."""
    from qingdan_xl.verbs.parse import Parsed

    if not workspace and not previous:
        return Parsed(checklists, ())
    from qingdan_xl.verbs.earlier import with_earlier_ids

    return with_earlier_ids(checklists, workspace, previous)


def _put_templates(
    documents: Sequence[Path], masters: Sequence[Saved], checklists: Sequence[Checklist], workspace: "Workspace"
) -> tuple[Saved, ...]:
    """Make templates of the reports with open counts; nothing is loaded where there are none."""
    if not any(one.kind is Kind.REPORT and one.metrics for one in checklists):
        return ()
    from qingdan_xl.verbs.parse import files_of
    from qingdan_xl.verbs.report_templates import put_open_reports

    pairs = zip((saved.path for saved in masters), checklists, strict=True)
    return put_open_reports(workspace, files_of(documents), pairs)


def _is_same(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve()


def _scheme_place(masters: Path, workspace: "Workspace | None") -> Path:
    """Where the draft of 考核办法.xlsx goes: into the year folder whose 母表 are written, else beside them."""
    return workspace.scheme if workspace else masters / "考核办法.xlsx"


def _other_years(checklists: Sequence[Checklist], workspace: "Workspace | None") -> list[Problem]:
    if workspace is None:
        return []
    from qingdan_xl.issuing.batches import other_years

    return other_years(checklists, workspace.settings.year)


def _show_checklists(checklists: Sequence[Checklist]) -> None:
    print_table(
        "解析结果",
        ("名称", "类别", "角色", "板块", "事项", "量化要求", "待填数据", "待核对"),
        [
            (
                checklist.title,
                _KINDS[checklist.kind.value],
                str(len(checklist.roles)),
                str(sum(1 for role in checklist.roles for section in role.sections if section.title)),
                str(len(checklist.duties)),
                str(sum(len(duty.targets) for duty in checklist.duties)),
                str(len(checklist.metrics)),
                str(len(checklist.warnings)),
            )
            for checklist in checklists
        ],
    )


def _show_masters(saved: Sequence[Saved], checklists: Sequence[Checklist]) -> None:
    for item in saved:
        if item.problem is None:
            click.echo(f"母表：{item.path}")
    for step in _next_steps(checklists) if saved else ():
        click.echo(step)
    if not saved:
        click.echo("不在年度文件夹里，没有写母表（可用 -o 指定文件夹）。")


def _next_steps(checklists: Sequence[Checklist]) -> list[str]:
    """What the coordinator does with the 母表 of these lists, a sentence a kind."""
    kinds = {checklist.kind for checklist in checklists}
    return [step for kind, step in _NEXT.items() if kind in kinds]


@verb()
@click.option("--only", multiple=True, metavar="单位", help="只下发给这个单位（名称或编号），可写多次。")
@click.option("--since-roster-change", is_flag=True, help="只下发给上次下发后花名册有变化的单位。")
@click.option("--carry", is_flag=True, help="再次下发时，把已收到的填报内容带进新的填报表。")
@click.option("--zip", "zipped", is_flag=True, help="按上级单位各打一个压缩包。")
@folder_option
@json_option
def issue(  # noqa: PLR0913, PLR0917 - click hands each option over by itself
    only: tuple[str, ...], since_roster_change: bool, carry: bool, zipped: bool, folder: Path, as_json: bool
) -> None:
    """按母表和花名册，给每个单位生成填报表。"""
    from qingdan_xl.verbs.issue import issue_year
    from qingdan_xl.verbs.reissue import Choice

    choice = Choice(only, since_roster_change, carry, zipped)
    with progress_bar("生成填报表") as progress:
        issued = issue_year(year_folder(folder), progress, choice)
    print_problems(issued.problems)
    if as_json:
        print_json(issued.as_json())
    else:
        click.echo(f"批次 {issued.batch}：生成 {len(issued.workbooks)} 个单位的填报表，在 {issued.folder}")
        click.echo(f"下发清单：{issued.manifest}")
        if carried := issued.carried:
            typed = f"，其中 {carried.as_typed} 处读不出是什么，按原样带入" if carried.as_typed else ""
            left = f"；没有带入 {carried.left} 处，见上面的提示" if carried.left else ""
            click.echo(f"带入已填内容：{carried.units} 个单位 {carried.answers} 处{typed}{left}")
        for package in issued.packages:
            click.echo(f"压缩包：{package}")
        click.echo("请把填报表发给各单位；交回的文件放进 收件/，运行 qingdan collect。")
    sys.exit(exit_code(issued.problems))


COMMANDS = (parse, diff, issue)
