"""init: make the year folder."""

from pathlib import Path

from qingdan_xl.assessment.scheme import default_scheme, scheme_workbook
from qingdan_xl.model import Roster
from qingdan_xl.roster import roster_workbook
from qingdan_xl.samples import sample_documents, sample_roster
from qingdan_xl.workspace.files import save
from qingdan_xl.workspace.folder import Workspace

SAMPLE_FOLDER = "原文"


def init_year(root: Path, year: int) -> Workspace:
    """Make an empty year folder with 花名册.xlsx to fill and 考核办法.xlsx with the default scheme."""
    return _create(root, year, Roster())


def init_sample_year(root: Path, year: int) -> Workspace:
    """Make a year folder with the sample roster, and the sample lists under 清单/原文/."""
    workspace = _create(root, year, sample_roster())
    for name, data in sample_documents().items():
        save(workspace.checklists / SAMPLE_FOLDER / name, data)
    return workspace


def _create(root: Path, year: int, roster: Roster) -> Workspace:
    workspace = Workspace.create(root, year)
    save(workspace.roster, roster_workbook(roster))
    save(workspace.scheme, scheme_workbook(default_scheme()))
    return workspace
