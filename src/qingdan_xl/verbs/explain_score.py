"""assess --explain UNIT: one score in plain Chinese; nothing is written."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from qingdan_xl.assessment.account import Account, account_of
from qingdan_xl.problems import Problem
from qingdan_xl.verbs.assessing import assess_by, load_inputs
from qingdan_xl.verbs.inputs import checked_scheme
from qingdan_xl.workspace.folder import Workspace


@dataclass(frozen=True, slots=True)
class Explained:
    """One score taken apart, and what is doubtful about the scheme and the data it was made from."""

    account: Account
    problems: tuple[Problem, ...] = ()


def explain_score(workspace: Workspace, as_of: date, name: str, other: Path | None = None) -> Explained:
    """The score of the unit or person of this name, by 考核办法.xlsx or an `other` scheme, taken apart.

    Problems: those of the scheme and of the assessment, but for what concerns another unit only. Raises UnusableError
    `no-subject` where nobody is called so, and as `assess_year`.
    """
    scheme, doubts = checked_scheme(workspace, other)
    found = assess_by(scheme, load_inputs(workspace, as_of))
    account = account_of(found, name)
    concerned = {"", account.graded.score.subject.unit}
    return Explained(account, tuple(fault for fault in (*doubts, *found.problems) if fault.unit in concerned))
