"""Who does what in units of one shape, by what their people oversee; and what that and the names ask of the rows."""

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import count

from qingdan_xl.issuing.plan import UnitPlan
from qingdan_xl.issuing.proposal import propose
from qingdan_xl.issuing.stamping_cast import Cast, Oversees
from qingdan_xl.sheets.unit import DUTIES, MATRIX, MATRIX_PERSON
from qingdan_xl.sheets.writing import FIRST_ROW, HEADING_ROW, text_height

_LINE = text_height("", 1)
_AIR = 6  # points that a heading has above its text, as in Book.head
_WIDE = "宽"


@dataclass(frozen=True, slots=True)
class Division:
    """For each duty row of the workbook the numbers of its lead and its owner, and each person's letter or ''."""

    leads: tuple[int, ...]
    owners: tuple[int, ...]
    letters: tuple[str, ...]


def divide(plan: UnitPlan, oversees: Oversees) -> Division:
    """Propose for all duties of a unit with these people, each of whom oversees this."""
    people = tuple(replace(person, oversees=words) for person, words in zip(plan.people, oversees, strict=True))
    unit = replace(plan, people=people)
    number = {name: index for index, name in enumerate(dict.fromkeys(person.name for person in people))}
    found = [propose(unit, sheet, row) for sheet, row in plan.rows()] if people else []
    return Division(
        tuple(number[each.lead] for each in found),
        tuple(number[each.owner] for each in found),
        tuple(letters.get(name, "") for letters in (each.letters for each in found) for name in number),
    )


def matrix_heights(unit: Cast, plan: UnitPlan) -> dict[int, int]:
    """The rows (from 1) of 责任矩阵 in which a name or title needs more than a line, and how high that makes them."""
    heading = max((_needed(name, MATRIX_PERSON.width + 1) for name in unit.names), default=0)
    titles = [_needed(title, MATRIX.column("sheet").width) for title in unit.titles]
    found = {HEADING_ROW + 1: heading + _AIR} if heading else {}
    if any(titles):
        of_rows = (height for sheet, height in zip(plan.sheets, titles, strict=True) for _ in sheet.rows)
        found |= dict(enumerate(of_rows, FIRST_ROW + 1))
    return found


def duty_heights(unit: Cast, plan: UnitPlan, division: Division) -> list[dict[int, int]]:
    """As `matrix_heights`, for each of the duty sheets; nothing where every name stands in a line."""
    leads, owners = ([_needed(name, DUTIES.column(key).width) for name in unit.names] for key in ("leader", "owner"))
    if not any((*leads, *owners)):
        return []
    pairs = zip(division.leads, division.owners, strict=True)
    heights = iter([max(leads[lead], owners[owner]) for lead, owner in pairs])
    return [{row: next(heights) for row, _ in enumerate(sheet.rows, FIRST_ROW + 1)} for sheet in plan.sheets]


def _needed(text: str, width: float) -> int:
    """The height that a text of more than one line needs, 0 for any other."""
    if len(text) <= _in_a_line(width):
        return 0
    height = text_height(text, width)
    return height if height > _LINE else 0


@lru_cache
def _in_a_line(width: float) -> int:
    """How many characters stand in one line, however wide they are."""
    return next(number for number in count() if text_height(_WIDE * (number + 1), width) > _LINE)
