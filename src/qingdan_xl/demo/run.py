"""The demonstration year, step by step, with counts and times."""

import shutil
import time
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

from qingdan_xl.collecting.collect import Collection, collect
from qingdan_xl.collecting.intake import Reading
from qingdan_xl.demo.post import Sent, deliveries
from qingdan_xl.demo.workbooks import reviewed
from qingdan_xl.documents import master_workbook, read_master
from qingdan_xl.summary.intake import OUTCOMES
from qingdan_xl.verbs.assess import FILE as ASSESSMENT_FILE
from qingdan_xl.verbs.assess import assess_year
from qingdan_xl.verbs.init import SAMPLE_FOLDER, init_sample_year
from qingdan_xl.verbs.issue import Issue, issue_year
from qingdan_xl.verbs.parse import parse_documents, write_masters
from qingdan_xl.verbs.report import FOLDER as REPORTS
from qingdan_xl.verbs.report import Wish, report_year
from qingdan_xl.verbs.report_templates import put_open_reports
from qingdan_xl.verbs.summarize import FILE as SUMMARY_FILE
from qingdan_xl.verbs.summarize import PAGE, gather, summarize_year
from qingdan_xl.workspace.files import read_file, save
from qingdan_xl.workspace.folder import Workspace

YEAR = 2026
AS_OF = date(2027, 1, 5)

Say = Callable[[str], None]


class _Steps:
    """Numbers the steps and says how long each took."""

    def __init__(self, say: Say) -> None:
        self._say = say
        self._number = 0
        self._since = time.perf_counter()

    def done(self, text: str) -> None:
        """Tell the step that has just been done."""
        self._number += 1
        now = time.perf_counter()
        self._say(f"{self._number}. {text}（{now - self._since:.1f} 秒）")
        self._since = now


def run_demo(folder: Path, say: Say, *, replace_old: bool) -> None:
    """Run the whole loop in `folder` on the bundled samples and say at the end what lies where.

    `replace_old` deletes what an earlier demonstration left there; UnusableError `folder-exists` for a folder that
    holds anything else.
    """
    if replace_old and (folder / "qingdan.toml").exists():
        shutil.rmtree(folder)
    started = time.perf_counter()
    steps = _Steps(say)
    workspace = init_sample_year(folder, YEAR)
    steps.done(f"init：新建年度文件夹 {workspace.root}")
    _parse(workspace, steps)
    issued = issue_year(workspace, lambda _done, _total: None)
    steps.done(f"issue：批次 {issued.batch}，给 {len(issued.workbooks)} 个单位各生成一个填报表")
    _post(workspace, issued, steps)
    _summarize(workspace, steps)
    _assess(workspace, steps)
    _report(workspace, steps)
    say(f"全部完成，共 {time.perf_counter() - started:.1f} 秒。成果在哪里：")
    for path, what in _results(workspace, issued):
        say(f"  {path.relative_to(folder.parent) if folder.parent in path.parents else path}  {what}")


def _parse(workspace: Workspace, steps: _Steps) -> None:
    parsed = parse_documents([workspace.checklists / SAMPLE_FOLDER], workspace.settings.categories)
    masters = write_masters(parsed.checklists, workspace.checklists)
    duties = sum(len(checklist.duties) for checklist in parsed.checklists)
    targets = sum(len(duty.targets) for checklist in parsed.checklists for duty in checklist.duties)
    steps.done(f"parse：{len(masters)} 份清单拆成 {duties} 项责任事项、{targets} 条量化要求，母表待核对")
    put_open_reports(
        workspace,
        (workspace.checklists / SAMPLE_FOLDER).iterdir(),
        zip((master.path for master in masters), parsed.checklists, strict=True),
    )
    for master in masters:
        save(master.path, _reviewed(master.path))
    steps.done("（人工核对）在母表“角色”里填上适用单位类型")


def _reviewed(path: Path) -> bytes:
    """The 母表 after the coordinator has said which kinds of units each role goes to."""
    return master_workbook(reviewed(read_master(path.name, read_file(path))[0]))


def _post(workspace: Workspace, issued: Issue, steps: _Steps) -> None:
    plans = gather(workspace, AS_OF).plans
    sent = [
        Sent(plans[workbook.unit_id], Path(workbook.path).name, read_file(workspace.root / workbook.path))
        for workbook in issued.workbooks
    ]
    post = deliveries(sent, YEAR)
    steps.done(f"（各单位填报）模拟填好 {sum(len(delivery.files) for delivery in post)} 个文件")
    for delivery in post:
        for name, data in delivery.files.items():
            save(workspace.inbox / name, data)
        reading = Reading(as_of=delivery.received.date())
        found = collect(workspace, received=delivery.received, reading=reading)
        steps.done(f"collect：{delivery.what}；{_counts(found)}")


def _counts(found: Collection) -> str:
    parts = " ＋ ".join(f"{word} {found.count(outcome)}" for outcome, word in OUTCOMES.items())
    return f"收件 {found.found} ＝ {parts}；下发 {found.sent} ＝ 已交回 {found.returned} ＋ 未交回 {len(found.missing)}"


def _summarize(workspace: Workspace, steps: _Steps) -> None:
    figures = summarize_year(workspace, AS_OF).figures
    steps.done(
        f"summarize：截至 {figures.as_of}，{figures.duties} 项事项完成 {figures.done} 项、逾期 {figures.overdue} 项"
    )


def _assess(workspace: Workspace, steps: _Steps) -> None:
    results = assess_year(workspace, AS_OF).assessment.results
    entries = sum(len(item.score.trail) for item in results)
    assessed = sum(item.score.points is not None for item in results)
    steps.done(f"assess：{assessed} 个单位得分、{len(results) - assessed} 个未评，得分明细 {entries} 行，逐行可查来源")


def _report(workspace: Workspace, steps: _Steps) -> None:
    made = report_year(workspace, AS_OF, Wish(), lambda _done, _total: None)
    kinds = Counter(report.kind for report in made.reports)
    opened = sum(len(report.open) for report in made.reports)
    steps.done(f"report：{'、'.join(f'{kind} {count} 份' for kind, count in kinds.items())}，标黄待补 {opened} 处")


def _results(workspace: Workspace, issued: Issue) -> tuple[tuple[Path, str], ...]:
    return (
        (workspace.checklists, "母表：清单拆成的责任事项和量化要求"),
        (issued.folder, "各单位的填报表和下发清单"),
        (workspace.inbox, "交回的填报表（模拟）"),
        (workspace.quarantine, "退回的文件和原因"),
        (workspace.results / SUMMARY_FILE, "汇总：按单位、角色、事项、责任人，逾期、未报送、明细"),
        (workspace.results / PAGE, "看板：同样的数字做成的网页，可筛选、可打印"),
        (workspace.results / ASSESSMENT_FILE, "考核：得分、排名、等次，每一分的来历"),
        (workspace.results / REPORTS, "报告：述责报告、通报、整改通知、考核结果告知书、情况报告，Word 文档"),
        (workspace.templates, "报告模板：可在 Word 里修改"),
    )
