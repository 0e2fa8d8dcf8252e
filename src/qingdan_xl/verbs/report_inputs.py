"""What reports are made from: the store and the assessment, the open reports of 清单/."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from itertools import groupby
from pathlib import Path

from qingdan_xl.assessment.seals import Seals
from qingdan_xl.collecting.activities import activity, row_ids
from qingdan_xl.documents import read_master
from qingdan_xl.issuing.plan import UnitPlan
from qingdan_xl.model import Checklist, Kind
from qingdan_xl.problems import Problem, UnusableError
from qingdan_xl.reports.about import Year
from qingdan_xl.reports.facts import Logged, row_origin
from qingdan_xl.reports.kinds import Kind as ReportKind
from qingdan_xl.reports.kinds import open_kind, shipped_kinds
from qingdan_xl.reports.scores import Scores, Told
from qingdan_xl.sheets.unit import LOG
from qingdan_xl.store import Store
from qingdan_xl.summary.material import Material
from qingdan_xl.summary.standing import StoredRow
from qingdan_xl.verbs.assess import FILE as ASSESSMENT_FILE
from qingdan_xl.verbs.assessing import assess_by, inputs_from
from qingdan_xl.verbs.held import held_against
from qingdan_xl.verbs.inputs import load_scheme, roster_of_today
from qingdan_xl.verbs.report_templates import open_name
from qingdan_xl.verbs.summarize import material_of
from qingdan_xl.workspace.files import read_file
from qingdan_xl.workspace.folder import Workspace


def load_year(workspace: Workspace, store: Store, as_of: date) -> tuple[Year, list[Problem]]:
    """Everything that reports are made from, looked at on a day, and what is doubtful about the assessment.

    UnusableError `nothing-issued` where no workbook was ever sent out. What keeps the assessment from being made is a
    problem here: reports do without it.
    """
    material = material_of(workspace, store, as_of)
    try:
        told, problems = _told(workspace, store, material)
    except UnusableError as fault:
        told, problems = {}, list(fault.problems)
    log = logged_rows(store.rows(LOG), material.plans)
    today = date.today()  # noqa: DTZ011 - the day that stands under the report
    categories = tuple(workspace.settings.categories)
    return Year(material, roster_of_today(workspace), log, told, categories, today), problems


def logged_rows(rows: Iterable[StoredRow], plans: Mapping[str, UnitPlan]) -> Mapping[str, Sequence[Logged]]:
    """What can be counted of the logs, by unit id; the rows are those of the accepted returns, by unit id."""
    found = {}
    for key, own in groupby(rows, key=lambda row: str(row["unit_id"])):
        ids = row_ids(plans[key])
        read = ((activity(row, ids), row) for row in own)
        found[key] = [Logged(key, one, str(row.get("topic") or ""), row_origin(row)) for one, row in read if one]
    return found


def _told(workspace: Workspace, store: Store, material: Material) -> tuple[Mapping[str, Told], list[Problem]]:
    """The results by id; nothing where nobody was assessed yet: a score that nobody asked for is none."""
    seals = Seals(store).all()
    if not seals and not (workspace.results / ASSESSMENT_FILE).exists():
        return {}, []
    inputs = inputs_from(workspace, store, material)
    assessment = assess_by(load_scheme(workspace), inputs)
    held = held_against(workspace, store, assessment, inputs)
    return Scores(assessment, inputs.as_of, seals[-1] if seals else None).told(), list(held.problems)


def kinds_of(workspace: Workspace) -> tuple[ReportKind, ...]:
    """The kinds of reports that there are: the shipped ones, and the reports with open counts among the 母表."""
    return (*shipped_kinds(), *(open_kind(open_name(path), report) for path, report in _open_reports(workspace)))


def _open_reports(workspace: Workspace) -> Iterable[tuple[Path, Checklist]]:
    for path in sorted(workspace.checklists.glob("*.xlsx")):
        if not path.name.startswith("~$"):
            with suppress(UnusableError):  # issue tells what is wrong with it
                checklist, _ = read_master(path.name, read_file(path))
                if checklist.kind is Kind.REPORT and checklist.metrics:
                    yield path, checklist
