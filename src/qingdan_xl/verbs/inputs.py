"""What the coordinator keeps in the year folder, read: 母表, 花名册, 考核办法."""

from pathlib import Path

from qingdan_xl.assessment.rules import Scheme
from qingdan_xl.assessment.scheme import read_scheme
from qingdan_xl.documents import read_master
from qingdan_xl.model import Checklist, Origin, Roster
from qingdan_xl.problems import Problem, Severity, UnusableError, problem
from qingdan_xl.roster import read_roster
from qingdan_xl.workspace.files import read_file
from qingdan_xl.workspace.folder import Workspace


def load_checklists(workspace: Workspace) -> tuple[tuple[Checklist, ...], tuple[Problem, ...]]:
    """All 母表 of 清单/ by name, and what is doubtful in them.

    UnusableError with every fault, `no-checklists` where there is none.
    """
    paths = sorted(path for path in workspace.checklists.glob("*.xlsx") if not path.name.startswith("~$"))
    if not paths:
        raise UnusableError(problem("no-checklists", Origin(str(workspace.checklists))))
    checklists: list[Checklist] = []
    problems: list[Problem] = []
    for path in paths:
        checklist, found = read_master(path.name, read_file(path), workspace.settings.year)
        checklists.append(checklist)
        problems += found
    stop_on_errors(problems)
    return tuple(checklists), tuple(problems)


def load_roster(workspace: Workspace) -> Roster:
    """花名册.xlsx; UnusableError with every fault, `no-units` where it is empty."""
    roster, problems = read_roster(read_file(workspace.roster), workspace.roster.name, workspace.settings.year)
    stop_on_errors(problems)
    if not roster.units:
        raise UnusableError(problem("no-units", Origin(workspace.roster.name)))
    return roster


def roster_of_today(workspace: Workspace) -> Roster:
    """As `load_roster`, for those who can do without: nobody where it is not there or cannot be used."""
    try:
        return load_roster(workspace)
    except UnusableError:
        return Roster((), ())


def load_scheme(workspace: Workspace, other: Path | None = None) -> Scheme:
    """考核办法.xlsx, or an `other` file of its kind; UnusableError with every fault where it cannot be used."""
    return checked_scheme(workspace, other)[0]


def checked_scheme(workspace: Workspace, other: Path | None = None) -> tuple[Scheme, list[Problem]]:
    """As `load_scheme`, with what is doubtful about it though it can be used."""
    path = other or workspace.scheme
    scheme, problems = read_scheme(read_file(path), path.name)
    stop_on_errors(problems)
    return scheme, problems


def stop_on_errors(problems: list[Problem]) -> None:
    """Raise UnusableError with all problems where one of them is an error."""
    if any(found.severity is Severity.ERROR for found in problems):
        raise UnusableError(*problems)
