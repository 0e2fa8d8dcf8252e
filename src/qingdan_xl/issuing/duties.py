"""The duty sheets: one a role, or one a person who holds it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from qingdan_xl.counting.deadlines import issued_due
from qingdan_xl.counting.lights import NEAR
from qingdan_xl.counting.periods import Calendar
from qingdan_xl.counting.progress import missing
from qingdan_xl.issuing.demands import demand_text, ratios
from qingdan_xl.issuing.formulas import letter_of, light_formula, missing_of_row, of_row
from qingdan_xl.issuing.openings import Opening
from qingdan_xl.issuing.pages import Layout, colour_lights, colour_word, list_page
from qingdan_xl.issuing.plan import PlanRow, RoleSheet
from qingdan_xl.issuing.proposal import propose
from qingdan_xl.issuing.succession import ADDED, REVISED
from qingdan_xl.model import Duty
from qingdan_xl.sheets.declaration import Column, Sheet
from qingdan_xl.sheets.own import with_own
from qingdan_xl.sheets.unit import DUTIES
from qingdan_xl.sheets.writing import FIRST_ROW, Book, Cell, Closed, Formula

_PERSONAL = "本人的责任事项，只计本人主持的活动；白色格可填，灰色格已锁定"
_ROOM = 32  # points: two lines of answer at least
_MARGIN, _ABOVE = 0.25, 0.6  # inches: as wide as printers print, so that the type is no smaller than 8 points
_FROZEN = DUTIES.keys.index("text") + 1


def add_duties(book: Book, opening: Opening, sheet: RoleSheet) -> None:
    """Write one duty sheet with its formulas and colours, and the answers that are carried over."""
    plan, before = opening.plan, opening.before
    rows = [
        _with_answers(_cells(opening, sheet, row, number), before.duties.get(row.id, {}))
        | {"change": before.marks.get(row.id)}
        for number, row in enumerate(sheet.rows, FIRST_ROW + 1)
    ]
    layout = Layout(sheet.title, f"{plan.unit.name} {sheet.title}", _FROZEN, _ROOM)
    whole = with_own(DUTIES, plan.own)
    declared = replace(whole, purpose=f"{sheet.checklist}：{_PERSONAL if sheet.holder else whole.purpose}")
    page = list_page(book, without_blanks(declared, rows), rows, layout)
    page.set_margins(_MARGIN, _MARGIN, _ABOVE, _ABOVE)
    if declared.keys == DUTIES.keys:  # own columns are printed too, and so is what stands before them
        page.print_area(0, 0, FIRST_ROW + len(rows) - 1, DUTIES.keys.index("light"))
    letter = letter_of(DUTIES, "light")
    change = letter_of(DUTIES, "change")
    for word in (ADDED, REVISED) if before.marks else ():
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


def _cells(opening: Opening, sheet: RoleSheet, row: PlanRow, number: int) -> Mapping[str, Cell]:
    counted = _counted(opening, sheet, row, number) if opening.progress(sheet, row) else {}
    due = issued_due(row.duty, opening.calendar)
    proposed = propose(opening.plan, sheet, row)
    return {
        **counted,
        "row_id": row.id,
        "number": row.duty.number,
        "section": row.section,
        "text": row.duty.text,
        "demand": demand_text(row.duty.targets),
        "leader": proposed.lead,
        "owner": proposed.owner,
        "light": Formula(light_formula(number, due, counts=bool(counted)), opening.light(sheet, row)),
        **not_asked(row.duty, opening.calendar),
    }


def not_asked(duty: Duty, calendar: Calendar) -> dict[str, Closed]:
    """The answers that a duty does not ask for, by column key.

    A date of the list is part of the duty; where it has none the unit may set its own.
    """
    due = issued_due(duty, calendar)
    dated = {"deadline": Closed(due.day)} if due else {}
    return dated if ratios(duty) else {"ratio": Closed(), **dated}


def _counted(opening: Opening, sheet: RoleSheet, row: PlanRow, number: int) -> Mapping[str, Cell]:
    """What the workbook counts for a duty with countable demands, and what that is for the log that it starts with."""
    found = opening.progress(sheet, row)
    elapsed = sum(len(target.elapsed) for target in found)
    end = replace(opening, calendar=replace(opening.calendar, as_of=date(opening.calendar.year + 1, 1, 1)))
    return {
        "required": sum(target.required for target in found),
        "done": Formula(f"={of_row('done', number)}", sum(target.done for target in found)),
        "elapsed": Formula(f"={of_row('elapsed', number)}", elapsed),
        "met": Formula(f"={of_row('met', number)}", elapsed - sum(len(target.short) for target in found)),
        "missing": Formula(missing_of_row(number), missing(found), missing(end.unlogged(row))),
    }
