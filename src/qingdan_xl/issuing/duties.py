"""The duty sheets: one a role, or one a person who holds it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from qingdan_xl.issuing.demands import deadline_of, demand_text, demands_of, opening_light
from qingdan_xl.issuing.formulas import letter_of, light_formula, of_row
from qingdan_xl.issuing.options import Options
from qingdan_xl.issuing.pages import Layout, colour_lights, list_page
from qingdan_xl.issuing.plan import PlanRow, RoleSheet, UnitPlan
from qingdan_xl.issuing.proposal import propose
from qingdan_xl.sheets.declaration import Sheet
from qingdan_xl.sheets.unit import DUTIES
from qingdan_xl.sheets.writing import FIRST_ROW, Book, Cell, Formula

_PERSONAL = "本人的责任事项，只计本人主持的活动；白色格可填，灰色格已锁定"
_ROOM = 32  # points: two lines of answer at least
_FROZEN = DUTIES.keys.index("text") + 1


def add_duties(book: Book, plan: UnitPlan, sheet: RoleSheet, options: Options) -> None:
    """Write one duty sheet with its formulas and colours."""
    rows = [_cells(plan, sheet, row, number, options) for number, row in enumerate(sheet.rows, FIRST_ROW + 1)]
    layout = Layout(sheet.title, f"{plan.unit.name} {sheet.title}", _FROZEN, _ROOM)
    declared = replace(DUTIES, purpose=_PERSONAL) if sheet.holder else DUTIES
    page = list_page(book, without_blanks(declared, rows), rows, layout)
    letter = letter_of(DUTIES, "light")
    colour_lights(book, page, f"{letter}{FIRST_ROW + 1}:{letter}{FIRST_ROW + len(rows)}")


def without_blanks(sheet: Sheet, rows: Sequence[Mapping[str, Cell]]) -> Sheet:
    """The sheet with those locked columns hidden that say nothing in any of these rows."""
    return replace(
        sheet,
        columns=tuple(
            replace(column, hidden=column.hidden or not (column.editable or any(row[column.key] for row in rows)))
            for column in sheet
        ),
    )


def _cells(plan: UnitPlan, sheet: RoleSheet, row: PlanRow, number: int, options: Options) -> Mapping[str, Cell]:
    demands = demands_of(sheet, row, options.calendar)
    proposed = propose(plan, sheet, row)
    return {
        "row_id": row.id,
        "number": row.duty.number,
        "section": row.section,
        "text": row.duty.text,
        "demand": demand_text(row.duty.targets),
        "required": sum(demand.total for demand in demands) if demands else None,
        "done": Formula(f"={of_row('done', number)}") if demands else None,
        "leader": proposed.lead,
        "owner": "、".join(proposed.carriers[:1]),
        "deadline": deadline_of(row.duty, options.calendar),
        "light": Formula(light_formula(number), opening_light(row, options.calendar)),
    }
