"""assess --explain UNIT: one score in plain Chinese; nothing is written."""

from datetime import date
from pathlib import Path

from qingdan_xl.assessment.account import Account, account_of
from qingdan_xl.verbs.assessing import assess_by, load_inputs
from qingdan_xl.verbs.inputs import load_scheme
from qingdan_xl.workspace.folder import Workspace


def explain_score(workspace: Workspace, as_of: date, name: str, other: Path | None = None) -> Account:
    """The score of the unit or person of this name, by 考核办法.xlsx or an `other` scheme, taken apart.

    Raises UnusableError `no-subject` where nobody is called so, and as `assess_year`.
    """
    return account_of(assess_by(load_scheme(workspace, other), load_inputs(workspace, as_of)), name)
