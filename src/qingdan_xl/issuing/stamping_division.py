"""Who does what in units of one shape, by what their people oversee; and what that and the names ask of the rows."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from operator import itemgetter

from qingdan_xl.issuing.plan import UnitPlan
from qingdan_xl.issuing.proposal import Assignment, assigned, lead_of, place_of
from qingdan_xl.issuing.stamping_cast import Cast, Oversees
from qingdan_xl.sheets.unit import DUTIES, MATRIX, MATRIX_PERSON
from qingdan_xl.sheets.writing import FIRST_ROW, HEADING_ROW, text_height

_LINE = text_height("", 1)
_AIR = 6  # points that a heading has above its text, as in Book.head
_WIDE = "宽"
Carrying = tuple[tuple[int, Assignment], ...]
_WORDS = 1024  # of 分管 that are kept: those of an office repeat from unit to unit


@dataclass(frozen=True, slots=True)
class Division:
    """For each duty row of the workbook the number of its owner; and what is proposed for rows that others carry."""

    owners: tuple[int, ...]
    carried: Carrying


class Divider:
    """Proposes for all duties of the units of one shape; where a word of 分管 stands is looked up once for them all."""

    def __init__(self, plan: UnitPlan, own_rows: Collection[str]) -> None:
        self._people = [person.name for person in plan.people]
        self._numbers = {name: number for number, name in enumerate(dict.fromkeys(self._people))}
        rows = list(plan.rows()) if plan.people else []
        # what a unit's own rows say is asked of the unit
        self._places = ["" if row.id in own_rows else place_of(row) for _, row in rows]
        self.alone = [assigned(lead_of(plan, sheet), ()) for sheet, _ in rows]
        self.leads = [self._numbers[each.lead] for each in self.alone]
        self._found = lru_cache(_WORDS)(self._standing)

    def divide(self, oversees: Oversees, own_places: tuple[tuple[int, str], ...]) -> Division:
        """As `propose` for all duties of a unit with these people, each of whom oversees this.

        `own_places` are the unit's own rows, and where the words are looked for in them.
        """
        fitting: dict[int, list[str]] = defaultdict(list)
        for name, words in zip(self._people, oversees, strict=True):
            own = (row for row, place in own_places if any(word in place for word in words))
            for row in sorted({*own, *(row for word in words for row in self._found(word))}):
                fitting[row].append(name)
        found = {row: assigned(self.alone[row].lead, names) for row, names in fitting.items()}
        owners = self.leads.copy()
        for row, each in found.items():
            owners[row] = self._numbers[each.owner]
        return Division(tuple(owners), tuple(sorted(found.items(), key=itemgetter(0))))

    def _standing(self, word: str) -> tuple[int, ...]:
        return tuple(row for row, place in enumerate(self._places) if word in place)


def matrix_heights(unit: Cast, plan: UnitPlan) -> dict[int, int]:
    """The rows (from 1) of 责任矩阵 in which a name or title needs more than a line, and how high that makes them."""
    heading = max((_needed(name, MATRIX_PERSON.width + 2) for name in unit.names), default=0)
    titles = [_needed(title, MATRIX.column("sheet").width) for title in unit.titles]
    found = {HEADING_ROW + 1: heading + _AIR} if heading else {}
    if any(titles):
        of_rows = (height for sheet, height in zip(plan.sheets, titles, strict=True) for _ in sheet.rows)
        found |= dict(enumerate(of_rows, FIRST_ROW + 1))
    return found


def duty_heights(unit: Cast, plan: UnitPlan, doers: Iterable[tuple[int, int]]) -> list[dict[int, int]]:
    """As `matrix_heights`, for each of the duty sheets; nothing where every name stands in a line.

    `doers` are the numbers of the lead and the owner of each row.
    """
    leads, owners = ([_needed(name, DUTIES.column(key).width) for name in unit.names] for key in ("leader", "owner"))
    if not any((*leads, *owners)):
        return []
    heights = iter([max(leads[lead], owners[owner]) for lead, owner in doers])
    return [{row: next(heights) for row, _ in enumerate(sheet.rows, FIRST_ROW + 1)} for sheet in plan.sheets]


def highest(heights: dict[int, int], others: Mapping[int, int]) -> dict[int, int]:
    """The greater height of each row."""
    return heights | {row: max(points, heights.get(row, 0)) for row, points in others.items()} if others else heights


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
