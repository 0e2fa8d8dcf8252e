"""What reports are made from: the store and the assessment, the open reports of 清单/."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from qingdan_xl.assessment.result import Assessment
from qingdan_xl.assessment.seals import Seal, Seals
from qingdan_xl.collecting.activities import activity, row_ids
from qingdan_xl.documents import read_master
from qingdan_xl.issuing.plan import UnitPlan
from qingdan_xl.model import Kind
from qingdan_xl.problems import Problem, UnusableError
from qingdan_xl.reports.about import Year
from qingdan_xl.reports.facts import Logged, row_origin
from qingdan_xl.reports.kinds import Kind as ReportKind
from qingdan_xl.reports.kinds import open_kind, shipped_kinds
from qingdan_xl.reports.scores import (
    NOT_COMPUTED,
    PERSON_UNASSESSED,
    SCHEME_UNREAD,
    UNASSESSED,
    Results,
    computed,
    differs,
    sealed,
)
from qingdan_xl.sheets.unit import LOG
from qingdan_xl.store import Store
from qingdan_xl.summary.material import Material
from qingdan_xl.summary.standing import StoredRow
from qingdan_xl.verbs.assess import FILE as ASSESSMENT_FILE
from qingdan_xl.verbs.assessing import assess_by, inputs_from, inputs_of
from qingdan_xl.verbs.held import held_against
from qingdan_xl.verbs.inputs import load_scheme, roster_of_today
from qingdan_xl.verbs.report_templates import open_name, template_path
from qingdan_xl.verbs.summarize import material_of
from qingdan_xl.workspace.files import read_file
from qingdan_xl.workspace.folder import Workspace


def load_year(workspace: Workspace, store: Store, as_of: date) -> tuple[Year, list[Problem]]:
    """Everything that reports are made from, looked at on a day, and what is doubtful about the assessment.

    UnusableError `nothing-issued` where no workbook was ever sent out. What keeps the assessment from being made is a
    problem here: reports do without it.
    """
    material = material_of(workspace, store, as_of)
    results, problems = _results(workspace, store, material)
    log = logged_rows(store.rows(LOG), material.plans)
    today = date.today()  # noqa: DTZ011 - the day that stands under the report
    categories = tuple(workspace.settings.categories)
    return Year(material, roster_of_today(workspace), log, results, categories, today), problems


def logged_rows(rows: Iterable[StoredRow], plans: Mapping[str, UnitPlan]) -> Mapping[str, Sequence[Logged]]:
    """What can be counted of the logs, by unit id; the rows are those of the accepted returns, by unit id."""
    found = {}
    for key, own in groupby(rows, key=lambda row: str(row["unit_id"])):
        ids = row_ids(plans[key])
        read = ((activity(row, ids), row) for row in own)
        found[key] = [Logged(key, one, str(row.get("topic") or ""), row_origin(row)) for one, row in read if one]
    return found


def _results(workspace: Workspace, store: Store, material: Material) -> tuple[Results, list[Problem]]:
    """What is told of everybody; nothing where nobody was assessed yet: a score that nobody asked for is none.

    What is sealed is told even where nothing can be computed any more.
    """
    seal = next(reversed(Seals(store).all()), None)
    if not seal and not (workspace.results / ASSESSMENT_FILE).exists():
        return Results({}, UNASSESSED, UNASSESSED), []
    lost = SCHEME_UNREAD
    try:
        scheme, lost = load_scheme(workspace), NOT_COMPUTED
        inputs = inputs_from(workspace, store, material)
        now = assess_by(scheme, inputs)
        held = held_against(workspace, store, now, inputs)
        told = computed(now, inputs.as_of)
        if seal:
            told |= sealed(seal, _around(workspace, store, seal, now))
    except UnusableError as fault:
        return Results(sealed(seal, ()) if seal else {}, lost, lost), list(fault.problems)
    return Results(told, UNASSESSED, PERSON_UNASSESSED), list(held.problems)


def _around(workspace: Workspace, store: Store, seal: Seal, now: Assessment) -> Iterator[Assessment]:
    """The assessment of now, and where it is not the sealed one, that of the day of the seal."""
    yield now
    if differs(seal, now):
        yield assess_by(now.scheme, inputs_of(workspace, store, seal.as_of))


@dataclass(frozen=True, slots=True)
class Offer:
    """A kind of reports by its name: None where its 母表 cannot be read; and what is wrong with that."""

    name: str
    kind: ReportKind | None
    problems: tuple[Problem, ...] = ()


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
                yield Offer(name, None, tuple(fault.problems))
        else:
            if checklist.kind is Kind.REPORT and checklist.metrics:
                yield Offer(name, open_kind(name, checklist), tuple(problems))
