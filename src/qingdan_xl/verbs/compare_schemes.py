"""assess --scheme OTHER --compare: the same year by 考核办法.xlsx and by another file of its kind, side by side."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from qingdan_xl.assessment.comparing import compare
from qingdan_xl.assessment.comparison_workbook import SchemeComparison, comparison_workbook
from qingdan_xl.assessment.rule_changes import rule_changes
from qingdan_xl.assessment.verdicts import verdicts
from qingdan_xl.problems import Problem
from qingdan_xl.verbs.assessing import assess_by, load_inputs
from qingdan_xl.verbs.inputs import load_scheme
from qingdan_xl.workspace.files import Saved, save
from qingdan_xl.workspace.folder import Workspace

FILE = "办法对比.xlsx"


@dataclass(frozen=True, slots=True)
class SchemesCompared:
    """The workbook that was written, what it holds, and the problems of the year by the other scheme."""

    workbook: Saved
    compared: SchemeComparison
    problems: tuple[Problem, ...]


def compare_schemes(workspace: Workspace, as_of: date, other: Path) -> SchemesCompared:
    """Assess the year by both schemes and write 成果/办法对比.xlsx; 考核.xlsx stays as it is.

    Raises UnusableError as `assess_year`. Problems: those of the assessment by the other scheme, and `locked-output`.
    """
    inputs = load_inputs(workspace, as_of)
    before = assess_by(load_scheme(workspace), inputs)
    after = assess_by(load_scheme(workspace, other), inputs)
    compared = SchemeComparison(
        workspace.scheme.name,
        other.name,
        compare(verdicts(before), verdicts(after)),
        rule_changes(before.scheme, after.scheme),
    )
    saved = save(workspace.results / FILE, comparison_workbook(compared))
    return SchemesCompared(saved, compared, (*after.problems, *([saved.problem] if saved.problem else [])))
