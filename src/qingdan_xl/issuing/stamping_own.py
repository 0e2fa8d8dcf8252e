"""Rows that say what is one unit's own: what stands in their cells, and how high that makes them.

Where a list has open places that each unit fills with a cell of the roster, a duty's text differs from unit to unit,
and with it all that is made of it: the excerpt in the matrix, the demands in words, the label, its criterion, the hash.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from qingdan_xl.issuing.demands import demand_text, demands_of
from qingdan_xl.issuing.formulas import literal
from qingdan_xl.issuing.matrix import short_text
from qingdan_xl.issuing.options import Options
from qingdan_xl.issuing.plan import Body, PlanRow, UnitPlan
from qingdan_xl.issuing.workbook import lists_of
from qingdan_xl.sheets.identity import DEMANDS, DUTY_ROWS, LISTS_FIRST, text_hash
from qingdan_xl.sheets.unit import DUTIES, HIDDEN_TITLE, MATRIX
from qingdan_xl.sheets.writing import FIRST_ROW, HIGHEST, clean, text_height

_STAND_IN = "一"  # as short as a text may be: a row of the master is no higher than any unit's
_FIRST_HIDDEN = 1  # row of the hidden sheet's tables, from 0


@dataclass(frozen=True, slots=True)
class OwnCell:
    """A cell of a sheet by its title, row and column from 0, and its text."""

    title: str
    row: int
    col: int
    text: str


def own_cells(plan: UnitPlan, own: Collection[str], options: Options) -> tuple[OwnCell, ...]:
    """The cells of the rows with these ids, sheet by sheet and there row by row; those without a text are left out."""
    if not own:
        return ()
    found = [*_in_matrix(plan, own), *_in_duties(plan, own), *sorted(_in_hidden(plan, own, options), key=_place)]
    return tuple(cell for cell in found if cell.text)


def _place(cell: OwnCell) -> tuple[int, int]:
    return cell.row, cell.col


def _in_matrix(plan: UnitPlan, own: Collection[str]) -> Iterator[OwnCell]:
    column = MATRIX.keys.index("text")
    for number, (_, row) in enumerate(plan.rows(), FIRST_ROW):
        if row.id in own:
            yield OwnCell(MATRIX.title, number, column, short_text(row.duty.text))


def _in_duties(plan: UnitPlan, own: Collection[str]) -> Iterator[OwnCell]:
    for sheet in plan.sheets:
        for number, row in enumerate(sheet.rows, FIRST_ROW):
            if row.id in own:
                for key, text in _shown(row).items():
                    yield OwnCell(sheet.title, number, DUTIES.keys.index(key), text)


def _shown(row: PlanRow) -> dict[str, str]:
    """What a duty sheet shows of the row that may be the unit's own, by column, from left to right."""
    return {"section": row.section, "text": row.duty.text, "demand": demand_text(row.duty.targets)}


def _in_hidden(plan: UnitPlan, own: Collection[str], options: Options) -> Iterator[OwnCell]:
    filled = [name for name, values in lists_of(plan, options).items() if values]
    listed, demand = LISTS_FIRST + filled.index("duty"), _FIRST_HIDDEN
    for number, (sheet, row) in enumerate(plan.rows(), _FIRST_HIDDEN):
        demands = len(demands_of(sheet, row, options.calendar))
        if row.id in own:
            yield OwnCell(HIDDEN_TITLE, number, DUTY_ROWS.column("label"), row.label)
            yield OwnCell(HIDDEN_TITLE, number, DUTY_ROWS.column("text_hash"), text_hash(row.duty.text))
            yield OwnCell(HIDDEN_TITLE, number, listed, row.label)
            for place in range(demand, demand + demands):
                yield OwnCell(HIDDEN_TITLE, place, DEMANDS.column("label"), literal(row.label))
        demand += demands


def is_usual(plan: UnitPlan, own: Collection[str]) -> bool:
    """Whether the rows with these ids are as a master takes them for granted: in type of one size, none blank."""
    return all(_is_usual(row) for _, row in plan.rows() if row.id in own)


def _is_usual(row: PlanRow) -> bool:
    texts = _shown(row)
    return (
        bool(texts["demand"]) is bool(row.duty.targets)
        and all(bool(text) is bool(clean(text)) for text in texts.values())
        and max(text_height(text, DUTIES.column(key).width) for key, text in texts.items()) < HIGHEST
    )


def own_heights(plan: UnitPlan, own: Collection[str]) -> tuple[dict[int, int], list[dict[int, int]]]:
    """How high the rows (from 1) with these ids must be: those of the matrix, and those of each duty sheet."""
    width = MATRIX.column("text").width
    excerpts = {
        number: text_height(short_text(row.duty.text), width)
        for number, (_, row) in enumerate(plan.rows(), FIRST_ROW + 1)
        if row.id in own
    }
    duties = [
        {
            number: max(text_height(text, DUTIES.column(key).width) for key, text in _shown(row).items())
            for number, row in enumerate(sheet.rows, FIRST_ROW + 1)
            if row.id in own
        }
        for sheet in plan.sheets
    ]
    return excerpts, duties


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
