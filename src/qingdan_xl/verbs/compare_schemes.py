"""assess --scheme OTHER --compare: the same year by 考核办法.xlsx and by another file of its kind, side by side."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from qingdan_xl.assessment.comparing import compare
from qingdan_xl.assessment.comparison_workbook import SchemeComparison, comparison_workbook
from qingdan_xl.assessment.rule_changes import named_alike, rule_changes
from qingdan_xl.assessment.verdicts import verdicts
from qingdan_xl.problems import Problem
from qingdan_xl.verbs.assessing import assess_by, load_inputs
from qingdan_xl.verbs.inputs import checked_scheme, load_scheme
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
    with workspace.lock():
        return _compared(workspace, as_of, other)


def _compared(workspace: Workspace, as_of: date, other: Path) -> SchemesCompared:
    inputs = load_inputs(workspace, as_of)
    old, (new, doubts) = load_scheme(workspace), checked_scheme(workspace, other)
    before, after = assess_by(named_alike(old, new), inputs), assess_by(new, inputs)
    compared = SchemeComparison(
        workspace.scheme.name,
        other.name,
        compare(verdicts(before), verdicts(after)),
        rule_changes(old, new),
    )
    saved = save(workspace.results / FILE, comparison_workbook(compared))
    return SchemesCompared(saved, compared, (*doubts, *after.problems, *([saved.problem] if saved.problem else [])))
