"""Rows that say what is one unit's own: what stands in their cells, and how high that makes them.

Where a list has open places that each unit fills with a cell of the roster, a duty's text differs from unit to unit,
and with it all that is made of it: the excerpt in the matrix, the demands in words, the label, its criterion, the hash.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from qingdan_xl.counting.periods import Calendar
from qingdan_xl.counting.progress import counted_in
from qingdan_xl.issuing.demands import demand_text
from qingdan_xl.issuing.formulas import literal
from qingdan_xl.issuing.matrix import short_text
from qingdan_xl.issuing.plan import Body, PlanRow
from qingdan_xl.issuing.proposal import place_of
from qingdan_xl.sheets.identity import DEMANDS, DUTY_ROWS, text_hash
from qingdan_xl.sheets.unit import DUTIES, HIDDEN_TITLE, MATRIX
from qingdan_xl.sheets.writing import FIRST_ROW, HIGHEST, clean, text_height

_STAND_IN = "一"  # as short as a text may be: a row of the master is no higher than any unit's
_FIRST_HIDDEN = 1  # row of the hidden sheet's tables, from 0
_SHOWN = ("section", "text", "demand")  # columns of a duty sheet that may be the unit's own, from left to right
_SHOWN_AT = tuple(DUTIES.keys.index(key) for key in _SHOWN)
_WIDTHS = tuple(DUTIES.column(key).width for key in _SHOWN)
_EXCERPT_AT, _EXCERPT_WIDTH = MATRIX.keys.index("text"), MATRIX.column("text").width
_LABEL_AT, _HASH_AT, _CRITERION_AT = DUTY_ROWS.column("label"), DUTY_ROWS.column("text_hash"), DEMANDS.column("label")


@dataclass(frozen=True, slots=True)
class OwnRow:
    """A row of the unit's own: the `number`th of all duty rows, the `row`th of the `sheet`th duty sheet, all from 0.

    Its demands are the `first_demand`th and the next ones of the workbook. `shown` stands in the columns _SHOWN,
    `texts` in all cells, as `cells` says where; those without a text are blank. The words of 分管 are looked for in
    `place`. Its texts make it `height` points high in its duty sheet, the excerpt `excerpt_height` in the matrix.
    """

    number: int
    sheet: int
    row: int
    first_demand: int
    shown: tuple[str, ...]
    texts: tuple[str, ...]
    place: str
    height: int
    excerpt_height: int

    @property
    def shape(self) -> tuple[object, ...]:
        """What it has in common with the rows of other units that differ in their texts only."""
        return self.number, self.first_demand, *map(bool, self.texts)

    @property
    def is_usual(self) -> bool:
        """Whether it is as a master takes it for granted: in type of one size, with something to see in its cells."""
        return self.height < HIGHEST and all(clean(text) for text in self.shown if text)

    def cells(self, titles: Sequence[str]) -> Iterator[tuple[str, int, int]]:
        """Sheet, row and column (from 0) of each of its `texts` that is none; `titles` are those of the duty sheets."""
        demands = range(_FIRST_HIDDEN + self.first_demand, _FIRST_HIDDEN + self.first_demand + len(self.texts))
        places = (
            (MATRIX.title, FIRST_ROW + self.number, _EXCERPT_AT),
            *((titles[self.sheet], FIRST_ROW + self.row, column) for column in _SHOWN_AT),
            *((HIDDEN_TITLE, _FIRST_HIDDEN + self.number, column) for column in (_LABEL_AT, _HASH_AT)),
            *((HIDDEN_TITLE, demand, _CRITERION_AT) for demand in demands),
        )
        return (place for place, text in zip(places, self.texts, strict=False) if text)


def own_rows(sheets: Iterable[tuple[str, str, Body]], calendar: Calendar) -> Iterator[OwnRow]:
    """The unit's own rows among those of its sheets, of each of which the title, the holder and the body are given."""
    number = demand = 0
    for index, (title, _, body) in enumerate(sheets):
        for place, row in enumerate(body.rows):
            demands = len(counted_in(row.duty, calendar))
            if row.id in body.own_rows:
                yield _own_row((number, index, place, demand), row, f"{title}{row.label}", demands)
            number, demand = number + 1, demand + demands


def _own_row(where: tuple[int, int, int, int], row: PlanRow, label: str, demands: int) -> OwnRow:
    text = row.duty.text
    shown = row.section, text, demand_text(row.duty.targets)
    excerpt = short_text(text)
    texts = excerpt, *shown, label, text_hash(text), *[literal(label)] * demands
    height = max(map(text_height, shown, _WIDTHS))
    return OwnRow(*where, shown, texts, place_of(row), height, text_height(excerpt, _EXCERPT_WIDTH))


def with_stand_ins(body: Body) -> Body:
    """The body as a master has it: in its own rows short texts stand for those of the units."""
    rows = tuple(_with_stand_ins(row) if row.id in body.own_rows else row for row in body.rows)
    return replace(body, rows=rows)


def _with_stand_ins(row: PlanRow) -> PlanRow:
    targets = tuple(
        replace(target, text=_STAND_IN, activity=target.activity and _STAND_IN) for target in row.duty.targets
    )
    duty = replace(row.duty, text=_STAND_IN, targets=targets)
    return replace(row, duty=duty, section=row.section and _STAND_IN, label=_STAND_IN)
