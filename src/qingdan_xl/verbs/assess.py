"""assess: the store + 考核办法.xlsx → 考核.xlsx."""

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
from qingdan_xl.verbs.inputs import load_scheme
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
    UnusableError where scheme or roster cannot be used, and `nothing-issued` where nothing was ever sent out.
    Problems: those of the assessment, of `held_against`, and `locked-output`.
    """
    scheme = load_scheme(workspace, other)
    added = [] if other else complete_data(workspace, scheme)
    with closing(read_store(workspace)) as store:
        inputs = inputs_of(workspace, store, as_of)
        assessment = assess_by(scheme, inputs)
        held = NOT_HELD if other else held_against(workspace, store, assessment, inputs)
    path = workspace.results / (f"考核-按{other.stem}.xlsx" if other else FILE)
    saved = save(path, assessment_workbook(assessment, workspace.settings.title, as_of))
    told = replace(assessment, problems=(*added, *assessment.problems))
    if other:
        return Assessed(saved, told, held)
    for copy in inputs.appeals.copies:
        # its decisions stand in the new file now; left there it would bring back what is deleted in that one
        if copy != saved.path:
            put_into_old(copy)
    return Assessed(saved, told, held, save_cards(workspace, assessment, as_of))
