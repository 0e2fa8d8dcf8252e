"""What a workbook starts with when a unit is sent one again: the answers it gave, and the marks of what changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from qingdan_xl.issuing.plan import UnitPlan
from qingdan_xl.issuing.succession import changes
from qingdan_xl.sheets.writing import Cell

Cells = Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Carried:
    """Cells by column key: of duties by row id, of ledgers by sheet key, of signatures by period.

    `letters` are those of the matrix that people chose, by row id and person, '' where they took ours away; `marks` are
    the words of 变动 by row id.
    """

    marks: Mapping[str, str] = field(default_factory=dict)
    duties: Mapping[str, Cells] = field(default_factory=dict)
    letters: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    ledgers: Mapping[str, Sequence[Cells]] = field(default_factory=dict)
    signatures: Mapping[str, Cells] = field(default_factory=dict)


NOTHING = Carried()


def marked(old: UnitPlan, new: UnitPlan) -> Carried:
    """Only the marks of what changed."""
    return Carried(changes(old, new))
