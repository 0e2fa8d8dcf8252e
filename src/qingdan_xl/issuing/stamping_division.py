"""Who does what in units of one shape, by what their people oversee; and what that and the names ask of the rows."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from operator import itemgetter

from qingdan_xl.issuing.plan import UnitPlan
from qingdan_xl.issuing.proposal import Assignment, assigned, lead_of, place_of
from qingdan_xl.issuing.stamping_cast import Cast, Oversees
from qingdan_xl.sheets.unit import DUTIES, MATRIX, MATRIX_PERSON
from qingdan_xl.sheets.writing import FIRST_ROW, HEADING_ROW, room_of, text_height

_LINE = text_height("", 1)
_AIR = 6  # points that a heading has above its text, as in Book.head
_WIDE = "宽"
_WORDS = 1024  # of 分管 that are kept: those of an office repeat from unit to unit
_DIVISIONS = 64  # that are kept


@dataclass(frozen=True, slots=True, eq=False)
class Division:
    """For each duty row of the workbook the number of its owner; and what is proposed for rows that others carry.

    There is one object for all that are alike (Divider sees to that): what is kept for it is found without a look at
    its rows.
    """

    owners: tuple[int, ...]
    carried: tuple[tuple[int, Assignment], ...]


class Divider:
    """Proposes for all duties of the units of one shape; where a word of 分管 stands is looked up once for them all."""

    def __init__(self, plan: UnitPlan, own_rows: Collection[int]) -> None:
        self._people = [person.name for person in plan.people]
        self._numbers = {name: number for number, name in enumerate(dict.fromkeys(self._people))}
        rows = list(plan.rows()) if plan.people else []
        # what a unit's own rows say is asked of the unit
        self._places = ["" if number in own_rows else place_of(row) for number, (_, row) in enumerate(rows)]
        self.alone = [assigned(lead_of(plan, sheet), ()) for sheet, _ in rows]
        self.leads = [self._numbers[each.lead] for each in self.alone]
        self._found = lru_cache(_WORDS)(self._standing)
        self._once = lru_cache(_DIVISIONS)(Division)

    def divide(self, oversees: Oversees, own_places: tuple[tuple[int, str], ...]) -> Division:
        """As `propose` for all duties of a unit with these people, each of whom oversees this.

        `own_places` are the unit's own rows, and where the words are looked for in them.
        """
        fitting: dict[int, list[str]] = defaultdict(list)
        own = {word: [row for row, place in own_places if word in place] for words in oversees for word in words}
        for name, words in zip(self._people, oversees, strict=True):
            for row in {row for word in words for row in (*self._found(word), *own[word])}:
                fitting[row].append(name)
        found = {row: assigned(self.alone[row].lead, names) for row, names in fitting.items()}
        owners = self.leads.copy()
        for row, each in found.items():
            owners[row] = self._numbers[each.owner]
        return self._once(tuple(owners), tuple(sorted(found.items(), key=itemgetter(0))))

    def _standing(self, word: str) -> tuple[int, ...]:
        return tuple(row for row, place in enumerate(self._places) if word in place)


def matrix_heights(unit: Cast, plan: UnitPlan) -> dict[int, int]:
    """The rows (from 1) of 责任矩阵 in which a name or title needs more than a line, and how high that makes them."""
    heading = max(_needed(unit.names, MATRIX_PERSON.width + 2), default=0)
    titles = _needed(unit.titles, room_of(MATRIX.column("sheet")))
    found = {HEADING_ROW + 1: heading + _AIR} if heading else {}
    if titles:
        of_rows = (height for sheet, height in zip(plan.sheets, titles, strict=True) for _ in sheet.rows)
        found |= dict(enumerate(of_rows, FIRST_ROW + 1))
    for row in unit.own:
        _raise(found, FIRST_ROW + 1 + row.number, row.excerpt_height)
    return found


def duty_heights(unit: Cast, plan: UnitPlan, doers: Iterable[tuple[int, int]]) -> list[dict[int, int]]:
    """As `matrix_heights`, for each of the duty sheets.

    `doers` are the numbers of the lead and the owner of each row.
    """
    found: list[dict[int, int]] = [{} for _ in plan.sheets]
    leads, owners = (_needed(unit.names, room_of(DUTIES.column(key))) for key in ("leader", "owner"))
    if leads or owners:
        nothing = [0] * len(unit.names)
        leads, owners = leads or nothing, owners or nothing
        heights = iter([max(leads[lead], owners[owner]) for lead, owner in doers])
        found = [{row: next(heights) for row, _ in enumerate(sheet.rows, FIRST_ROW + 1)} for sheet in plan.sheets]
    for row in unit.own:
        _raise(found[row.sheet], FIRST_ROW + 1 + row.row, row.height)
    return found


def _raise(heights: dict[int, int], row: int, points: int) -> None:
    heights[row] = max(points, heights.get(row, 0))


def _needed(texts: Sequence[str], width: float) -> list[int]:
    """The height that each text of more than one line needs, 0 for the others; nothing where all stand in a line."""
    if max(map(len, texts), default=0) <= _in_a_line(width):
        return []
    heights = [text_height(text, width) for text in texts]
    return [height if height > _LINE else 0 for height in heights] if max(heights) > _LINE else []


@lru_cache
def _in_a_line(width: float) -> int:
    """How many characters stand in one line, however wide they are."""
    return next(number for number in count() if text_height(_WIDE * (number + 1), width) > _LINE)
