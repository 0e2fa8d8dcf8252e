"""The duty sheets: one a role, or one a person who holds it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from qingdan_xl.counting.deadlines import issued_due
from qingdan_xl.counting.lights import NEAR
from qingdan_xl.counting.progress import missing
from qingdan_xl.issuing.carrying import Carried
from qingdan_xl.issuing.demands import demand_text, demands_of, opening_light, opening_progress, ratios
from qingdan_xl.issuing.formulas import letter_of, light_formula, missing_of_row, of_row
from qingdan_xl.issuing.options import Options
from qingdan_xl.issuing.pages import Layout, colour_lights, colour_word, list_page
from qingdan_xl.issuing.plan import PlanRow, RoleSheet, UnitPlan
from qingdan_xl.issuing.proposal import propose
from qingdan_xl.issuing.succession import ADDED, REVISED
from qingdan_xl.sheets.declaration import Column, Sheet
from qingdan_xl.sheets.own import with_own
from qingdan_xl.sheets.unit import DUTIES
from qingdan_xl.sheets.writing import FIRST_ROW, Book, Cell, Closed, Formula

_PERSONAL = "本人的责任事项，只计本人主持的活动；白色格可填，灰色格已锁定"
_ROOM = 32  # points: two lines of answer at least
_FROZEN = DUTIES.keys.index("text") + 1


def add_duties(book: Book, plan: UnitPlan, sheet: RoleSheet, options: Options, before: Carried) -> None:
    """Write one duty sheet with its formulas and colours, and the answers that are carried over."""
    rows = [
        _with_answers(_cells(plan, sheet, row, number, options), before.duties.get(row.id, {}))
        | {"change": before.marks.get(row.id)}
        for number, row in enumerate(sheet.rows, FIRST_ROW + 1)
    ]
    layout = Layout(sheet.title, f"{plan.unit.name} {sheet.title}", _FROZEN, _ROOM)
    whole = with_own(DUTIES, plan.own)
    declared = replace(whole, purpose=f"{sheet.checklist}：{_PERSONAL if sheet.holder else whole.purpose}")
    page = list_page(book, without_blanks(declared, rows), rows, layout)
    letter = letter_of(DUTIES, "light")
    change = letter_of(DUTIES, "change")
    for word in (ADDED, REVISED):
        cells = f"{change}{FIRST_ROW + 1}:{change}{FIRST_ROW + len(rows)}"
        colour_word(page, cells, word, book.styles.light(NEAR))
    colour_lights(book, page, f"{letter}{FIRST_ROW + 1}:{letter}{FIRST_ROW + len(rows)}")


def _with_answers(cells: Mapping[str, Cell], answers: Mapping[str, Cell]) -> dict[str, Cell]:
    """The row with its answers but for those that are not asked for any more."""
    return {**cells, **{key: value for key, value in answers.items() if not isinstance(cells.get(key), Closed)}}


def without_blanks(sheet: Sheet, rows: Sequence[Mapping[str, Cell]]) -> Sheet:
    """The sheet with those columns hidden that say and ask nothing in any of these rows."""

    def is_idle(column: Column) -> bool:
        cells = (row.get(column.key) for row in rows)
        return all(cell == Closed() if column.editable else not cell for cell in cells)

    return replace(sheet, columns=tuple(replace(column, hidden=column.hidden or is_idle(column)) for column in sheet))


def _cells(plan: UnitPlan, sheet: RoleSheet, row: PlanRow, number: int, options: Options) -> Mapping[str, Cell]:
    counted = _counted(sheet, row, number, options) if demands_of(sheet, row, options.calendar) else {}
    due = issued_due(row.duty, options.calendar)
    proposed = propose(plan, sheet, row)
    return {
        **counted,
        "row_id": row.id,
        "number": row.duty.number,
        "section": row.section,
        "text": row.duty.text,
        "demand": demand_text(row.duty.targets),
        "leader": proposed.lead,
        "ratio": None if ratios(row.duty) else Closed(),
        "owner": proposed.owner,
        # a date of the list is part of the duty; where it has none the unit may set its own
        "deadline": Closed(due.day) if due else None,
        "light": Formula(light_formula(number, due, counts=bool(counted)), opening_light(row, options.calendar)),
    }


def _counted(sheet: RoleSheet, row: PlanRow, number: int, options: Options) -> Mapping[str, Cell]:
    """What the workbook counts for a duty with countable demands, and what that is while nothing is logged."""
    opening = opening_progress(row, options.calendar)
    end = replace(options.calendar, as_of=date(options.calendar.year + 1, 1, 1))
    return {
        "required": sum(demand.total for demand in demands_of(sheet, row, options.calendar)),
        "done": Formula(f"={of_row('done', number)}"),
        "elapsed": Formula(f"={of_row('elapsed', number)}", sum(len(target.elapsed) for target in opening)),
        "met": Formula(f"={of_row('met', number)}"),
        "missing": Formula(missing_of_row(number), missing(opening), missing(opening_progress(row, end))),
    }
