"""考核数据.xlsx of the year folder: read, written ready for what must be typed, and kept complete."""

from collections.abc import Sequence

from qingdan_xl.assessment.data_sheet import (
    NOTHING_TYPED,
    Typed,
    completed,
    data_lists,
    data_workbook,
    read_data,
    typed_names,
    wanted_rows,
)
from qingdan_xl.assessment.facts import Subject, unit_subject
from qingdan_xl.assessment.people import scored_people
from qingdan_xl.assessment.rules import Scheme
from qingdan_xl.model import Origin, Roster
from qingdan_xl.problems import Problem, problem
from qingdan_xl.verbs.inputs import load_roster, stop_on_errors
from qingdan_xl.workspace.files import is_open_elsewhere, read_file, save
from qingdan_xl.workspace.folder import Workspace


def complete_data(workspace: Workspace, scheme: Scheme) -> list[Problem]:
    """Write 考核数据.xlsx with a row for all that must be typed, or add the rows that it lacks; nothing else changes.

    Nothing is written where the scheme takes in nothing that people type; the caller holds the folder's lock. Problems:
    `data-rows-added`, and `data-rows-waiting` where the file is open. Raises UnusableError with every fault where it
    cannot be used.
    """
    if not typed_names(scheme):
        return []
    roster, path = load_roster(workspace), workspace.score_data
    units = [unit_subject(unit) for unit in roster.units]
    rows, lists = wanted_rows(units, scheme), data_lists(units, scheme)
    if path.exists():
        data = read_file(path)
        typed = read_data(data, path.name, _subjects(roster, scheme), scheme)
        stop_on_errors(list(typed.problems))
        rows = [row for row in rows if row not in typed.there]
        fresh = completed(data, rows, lists)
    else:
        fresh = data_workbook(rows, lists)
    if fresh is None:
        return []
    if is_open_elsewhere(path):
        return [problem("data-rows-waiting", Origin(path.name), count=len(rows))]
    saved = save(path, fresh)
    told = [problem("data-rows-added", Origin(saved.path.name), count=len(rows))] if rows else []
    return [*told, *([saved.problem] if saved.problem else [])]


def typed_data(data: bytes | None, file: str, roster: Roster, scheme: Scheme) -> Typed:
    """What 考核数据.xlsx says; nothing where there is no such file.

    Raises UnusableError with every fault where one is an error.
    """
    if data is None:
        return NOTHING_TYPED
    typed = read_data(data, file, _subjects(roster, scheme), scheme)
    stop_on_errors(list(typed.problems))
    return typed


def _subjects(roster: Roster, scheme: Scheme) -> Sequence[Subject]:
    people = [subject for subject, _ in scored_people(roster.people, roster.units, scheme)]
    return [*map(unit_subject, roster.units), *people]
