"""assess: the store + 考核办法.xlsx → 考核.xlsx."""

from contextlib import closing
from dataclasses import dataclass
from datetime import date

from qingdan_xl.assessment.result import Assessment, assess
from qingdan_xl.assessment.scheme import read_scheme
from qingdan_xl.assessment.workbook import assessment_workbook
from qingdan_xl.store import read_store
from qingdan_xl.summary.material import load_material
from qingdan_xl.verbs.inputs import load_roster, stop_on_errors
from qingdan_xl.workspace.files import Saved, read_file, save
from qingdan_xl.workspace.folder import Workspace

FILE = "考核.xlsx"


@dataclass(frozen=True, slots=True)
class Assessed:
    """The workbook that was written, and the result it holds."""

    workbook: Saved
    assessment: Assessment


def assess_year(workspace: Workspace, as_of: date) -> Assessed:
    """Score every unit as of a day by 考核办法.xlsx and write 成果/考核.xlsx.

    Raises UnusableError where scheme or roster cannot be used, and `nothing-issued` where nothing was ever sent out.
    """
    scheme, faults = read_scheme(read_file(workspace.scheme), workspace.scheme.name)
    stop_on_errors(faults)
    units = load_roster(workspace).units
    with closing(read_store(workspace)) as store:
        material = load_material(store, workspace.settings.calendar(as_of))
        assessment = assess(units, material.standings, store.receipts(), scheme)
    saved = save(workspace.results / FILE, assessment_workbook(assessment, workspace.settings.title, as_of))
    return Assessed(saved, assessment)
