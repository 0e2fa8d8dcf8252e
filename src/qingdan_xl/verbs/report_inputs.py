"""What reports are made from: the store and the assessment, the open reports of 清单/."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby

from qingdan_xl.assessment.digests import SCHEME
from qingdan_xl.assessment.result import Assessment
from qingdan_xl.assessment.seals import Seal, Seals
from qingdan_xl.assessment.stamp import Stamp, read_stamp, stamp_of
from qingdan_xl.issuing.activities import activity, row_ids
from qingdan_xl.issuing.plan import UnitPlan
from qingdan_xl.model import Origin
from qingdan_xl.problems import Problem, UnusableError, problem
from qingdan_xl.reports.about import Year
from qingdan_xl.reports.facts import Logged, row_origin
from qingdan_xl.reports.figures import Figure
from qingdan_xl.reports.scores import (
    NOT_COMPUTED,
    PERSON_UNASSESSED,
    SCHEME_UNREAD,
    UNASSESSED,
    Results,
    Told,
    computed,
    differs,
    sealed,
    told_day,
)
from qingdan_xl.sheets.unit import LOG
from qingdan_xl.store import Store
from qingdan_xl.summary.material import Material
from qingdan_xl.summary.standing import StoredRow
from qingdan_xl.verbs.assess import FILE as ASSESSMENT_FILE
from qingdan_xl.verbs.assessing import Inputs, assess_by, inputs_from, inputs_of
from qingdan_xl.verbs.held import Held, held_against
from qingdan_xl.verbs.inputs import load_scheme, roster_of_today
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

    What is sealed is told even where nothing can be computed any more; what is not is of the day of 考核.xlsx, which
    people have before them.
    """
    seal = next(reversed(Seals(store).all()), None)
    published = workspace.results / ASSESSMENT_FILE
    if not seal and not published.exists():
        return Results({}, UNASSESSED, UNASSESSED), []
    stamp = None if seal else read_stamp(read_file(published))
    lost = SCHEME_UNREAD
    try:
        scheme, lost = load_scheme(workspace), NOT_COMPUTED
        inputs = _inputs(workspace, store, material, stamp)
        now = assess_by(scheme, inputs)
        held = held_against(workspace, store, now, inputs)
        told = computed(now, inputs.as_of)
        if seal:
            told |= sealed(seal, _around(workspace, store, seal, now), _full_marks(told, held))
    except UnusableError as fault:
        return Results(sealed(seal, (), {}) if seal else {}, lost, lost), list(fault.problems)
    doubts = _against(stamp, now, inputs.as_of, material.calendar.as_of) if stamp else []
    return Results(told, UNASSESSED, PERSON_UNASSESSED), [*held.problems, *doubts]


def _inputs(workspace: Workspace, store: Store, material: Material, stamp: Stamp | None) -> Inputs:
    """What scores are made of, looked at on the day of the stamp."""
    if stamp is None or stamp.as_of == material.calendar.as_of:
        return inputs_from(workspace, store, material)
    return inputs_of(workspace, store, stamp.as_of)


def _full_marks(told: Mapping[str, Told], held: Held) -> Mapping[str, Figure]:
    """The full marks by id where the scheme is still that of the seal; none where it is another."""
    return {} if held.drift and SCHEME in held.drift.changed else {key: one.full for key, one in told.items()}


def _against(stamp: Stamp, now: Assessment, day: date, as_of: date) -> list[Problem]:
    """How the scores in the reports stand to 考核.xlsx: of a day other than the reports', or others than in there."""
    where, doubts = Origin(ASSESSMENT_FILE), []
    if day != as_of:
        doubts.append(problem("scores-of-other-day", where, day=told_day(day), as_of=told_day(as_of)))
    if stamp_of(now, day).mark != stamp.mark:
        doubts.append(problem("scores-differ", where, day=told_day(day)))
    return doubts


def _around(workspace: Workspace, store: Store, seal: Seal, now: Assessment) -> Iterator[Assessment]:
    """The assessment of now, and where it is not the sealed one, that of the day of the seal."""
    yield now
    if differs(seal, now):
        yield assess_by(now.scheme, inputs_of(workspace, store, seal.as_of))
