"""diff: two lists, or two folders of them, side by side."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qingdan_xl.documents.comparing.export import comparison_json
from qingdan_xl.documents.comparing.several import Compared, compare_all
from qingdan_xl.problems import Problem
from qingdan_xl.sheets.choices import CATEGORIES
from qingdan_xl.verbs.lists import read_chosen
from qingdan_xl.workspace.files import Saved, save


@dataclass(frozen=True, slots=True)
class Diff:
    """What was compared, where 对照.xlsx is if it was asked for, and what was wrong with the files."""

    compared: Compared
    workbook: Saved | None
    problems: tuple[Problem, ...]

    def as_json(self) -> dict[str, Any]:
        """The object of `diff --json`."""
        return {"workbook": str(self.workbook.path) if self.workbook else None, **comparison_json(self.compared)}


def diff(old: str, new: str, out: Path | None = None, categories: Mapping[str, tuple[str, ...]] = CATEGORIES) -> Diff:
    """Compare what two names stand for: documents (文件#2 for the second list), 母表, folders, year folders.

    Writes 对照.xlsx to `out` where one is given. UnusableError as `read_chosen`. Problems: those of reading, and
    `locked-output`.
    """
    ours, theirs = read_chosen(old, categories), read_chosen(new, categories)
    compared = compare_all(ours.checklists, theirs.checklists)
    problems = [*ours.problems, *theirs.problems]
    if out is None:
        return Diff(compared, None, tuple(problems))
    from qingdan_xl.documents.comparing.workbook import comparison_workbook

    saved = save(out, comparison_workbook(compared))
    return Diff(compared, saved, (*problems, *([saved.problem] if saved.problem else [])))
