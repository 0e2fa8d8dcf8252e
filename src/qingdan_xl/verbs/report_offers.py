"""Which kinds of reports there are: the shipped ones, and the reports with open counts of 清单/."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from qingdan_xl.documents import read_master
from qingdan_xl.documents.metrics import is_metric_id
from qingdan_xl.model import Checklist, Kind, Origin
from qingdan_xl.problems import Problem, UnusableError, problem
from qingdan_xl.reports.kinds import Kind as ReportKind
from qingdan_xl.reports.kinds import open_kind, shipped_kinds
from qingdan_xl.reports.open_counts import counts_in
from qingdan_xl.sheets.checklist import BLANKS, METRICS
from qingdan_xl.verbs.report_templates import open_name, template_path
from qingdan_xl.workspace.files import read_file
from qingdan_xl.workspace.folder import Workspace

OPEN_REPORTS = "情况报告"


@dataclass(frozen=True, slots=True)
class Offer:
    """A kind of reports by its name: None where its 母表 cannot be read; and what is wrong with that.

    `is_open` tells that it is a report whose counts were open.
    """

    name: str
    kind: ReportKind | None
    problems: tuple[Problem, ...] = ()
    is_open: bool = False


def offers(workspace: Workspace) -> tuple[Offer, ...]:
    """The kinds of reports that there are: the shipped ones, and the reports with open counts among the 母表.

    A 母表 that cannot be read counts as such a report where its template is there.
    """
    shipped = (Offer(kind.name, kind) for kind in shipped_kinds())
    return (*shipped, *_open_offers(workspace))


def _open_offers(workspace: Workspace) -> Iterator[Offer]:
    for path in sorted(workspace.checklists.glob("*.xlsx")):
        name = open_name(path)
        if path.name.startswith("~$"):
            continue
        try:
            checklist, problems = read_master(path.name, read_file(path))
        except UnusableError as fault:
            if template_path(workspace, name).exists():
                yield Offer(name, None, tuple(fault.problems), is_open=True)
        else:
            if checklist.kind is Kind.REPORT and checklist.metrics:
                yield _open_offer(name, path.name, checklist, problems, template_path(workspace, name))


def _open_offer(name: str, master: str, checklist: Checklist, problems: list[Problem], template: Path) -> Offer:
    """A report with open counts; those of its template of which the 母表 has no row are told."""
    used = counts_in(read_file(template)) if template.exists() else frozenset()
    lost = sorted(used - {metric.id for metric in checklist.metrics} - {blank.id for blank in checklist.blanks})
    sheets = {each: METRICS.title if is_metric_id(each) else BLANKS.title for each in lost}
    gone = (
        problem("count-without-row", Origin(master, at), template=template.name, name=n) for n, at in sheets.items()
    )
    return Offer(name, open_kind(name, checklist, lost), (*problems, *gone), is_open=True)
