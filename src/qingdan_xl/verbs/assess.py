"""assess: the store + 考核办法.xlsx → 考核.xlsx."""

import gc
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from qingdan_xl.assessment.result import Assessment
from qingdan_xl.assessment.workbook import assessment_workbook
from qingdan_xl.problems import Problem
from qingdan_xl.store import read_store
from qingdan_xl.verbs.assessing import assess_by, inputs_of
from qingdan_xl.verbs.cards import save_cards
from qingdan_xl.verbs.held import NOT_HELD, Held, held_against
from qingdan_xl.verbs.inputs import checked_scheme
from qingdan_xl.verbs.remarks import put_into_old
from qingdan_xl.verbs.score_data import complete_data
from qingdan_xl.workspace.files import Saved, save
from qingdan_xl.workspace.folder import Workspace

FILE = "考核.xlsx"


@dataclass(frozen=True, slots=True)
class Assessed:
    """The workbook that was written, the result it holds, how it stands to the sealed one (`held`), and the cards."""

    workbook: Saved
    assessment: Assessment
    held: Held
    cards: tuple[Saved, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that was found on the way."""
        locked = (saved.problem for saved in (self.workbook, *self.cards) if saved.problem)
        return (*self.assessment.problems, *self.held.problems, *locked)


def assess_year(workspace: Workspace, as_of: date, other: Path | None = None) -> Assessed:
    """Score every unit as of a day by 考核办法.xlsx and write 成果/考核.xlsx and 成果/考核卡.xlsx.

    By an `other` scheme the result is written beside, as 考核-按<its name>.xlsx: there is one official result. Raises
    UnusableError where scheme or roster cannot be used, `nothing-issued` where nothing was ever sent out, and `busy`.
    Problems: those of the scheme and of the assessment, of `held_against`, and `locked-output`.
    """
    with workspace.lock():
        scheme, doubts = checked_scheme(workspace, other)
        added = [] if other else complete_data(workspace, scheme)
        with closing(read_store(workspace)) as store:
            inputs = inputs_of(workspace, store, as_of)
            found = assess_by(scheme, inputs)
            held = NOT_HELD if other else held_against(workspace, store, found, inputs)
        gc.freeze()  # it stays to the end: to walk it again and again would be a third of the writing of a large year
        try:
            told = replace(found, problems=(*doubts, *added, *found.problems))
            assessed = _written(workspace, as_of, told, held, other)
        finally:
            gc.unfreeze()
        for copy in () if other else inputs.appeals.copies:
            # its decisions stand in the new file now; left there it would bring back what is deleted in that one
            if copy != assessed.workbook.path:
                put_into_old(copy)
    return assessed


def _written(workspace: Workspace, as_of: date, found: Assessment, held: Held, other: Path | None) -> Assessed:
    """Write the result, and the cards where it is the official one."""
    path = workspace.results / (f"考核-按{other.stem}.xlsx" if other else FILE)
    saved = save(path, assessment_workbook(found, workspace.settings.title, as_of))
    return Assessed(saved, found, held, () if other else save_cards(workspace, found, as_of, saved.path.name))
