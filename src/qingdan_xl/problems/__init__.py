"""The one catalogue of coded problems: a Problem is a value that names file, sheet, cell, fault and advice."""

from dataclasses import dataclass, field
from typing import Any

from qingdan_xl.model import Origin
from qingdan_xl.problems import assessment, documents, inputs, issuing, reports, returns
from qingdan_xl.problems.entry import Entry, Severity

__all__ = ["CATALOGUE", "Entry", "Problem", "Severity", "UnusableError", "problem"]

CATALOGUE: dict[str, Entry] = {
    entry.code: entry for room in (documents, inputs, issuing, returns, assessment, reports) for entry in room.ENTRIES
}


@dataclass(frozen=True, slots=True)
class Problem:
    """问题: one finding in somebody's file."""

    code: str
    what: str
    origin: Origin = field(default_factory=Origin)
    unit: str = ""

    @property
    def severity(self) -> Severity:
        """As the catalogue says."""
        return CATALOGUE[self.code].severity

    @property
    def advice(self) -> str:
        """As the catalogue says."""
        return CATALOGUE[self.code].advice

    @property
    def message(self) -> str:
        """What is wrong and what to do, in one line."""
        what = self.what.rstrip("。")
        return f"{what}。{self.advice}" if self.advice else f"{what}。"

    def __str__(self) -> str:
        place = " ".join(part for part in (self.origin.file, self.origin.sheet, self.origin.cell) if part)
        return f"[{self.code}] {place}：{self.message}" if place else f"[{self.code}] {self.message}"

    def as_json(self) -> dict[str, str]:
        """The object of the `--json` contract (DESIGN §6)."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "file": self.origin.file,
            "unit": self.unit,
            "sheet": self.origin.sheet,
            "cell": self.origin.cell,
            "message": self.message,
        }


class UnusableError(Exception):
    """Nothing can be done: wrong settings or an unreadable input of the coordinator's own (exit code 2)."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def problem(code: str, origin: Origin | None = None, unit: str = "", **context: Any) -> Problem:  # noqa: ANN401 - any printable value
    """Make a problem of the catalogue's `code`, its sentence filled from `context`; KeyError for an unknown code."""
    return Problem(code, CATALOGUE[code].what.format(**context), origin or Origin(), unit)
