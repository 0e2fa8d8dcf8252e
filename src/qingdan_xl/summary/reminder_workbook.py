"""催办单.xlsx out of the reminders."""

from collections.abc import Mapping, Sequence

from qingdan_xl.sheets.declaration import Sheet
from qingdan_xl.sheets.reminder import (
    ALREADY_REMINDED,
    PERSON_REMINDERS,
    RATER_REMINDERS,
    REMINDED_DUTIES,
    REMINDER_SHEETS,
    UNIT_REMINDERS,
)
from qingdan_xl.sheets.styles import LIGHTS, PAPER
from qingdan_xl.sheets.writing import FIRST_ROW, Book
from qingdan_xl.summary.rater_reminders import rater_rows
from qingdan_xl.summary.reminders import Reminders, already_rows, duty_rows, person_rows, unit_rows


def reminder_workbook(
    found: Reminders, titles: Mapping[tuple[str, str], str], lights: Mapping[str, tuple[str, str]] = LIGHTS
) -> bytes:
    """One sheet by unit, one by rater where any are waited for, one by person, of the duties, of what was said already.

    `titles` are what people are, by unit id and name; `lights` fill and text colour of each word.
    """
    rows = {
        UNIT_REMINDERS: unit_rows(found),
        PERSON_REMINDERS: person_rows(found, titles),
        REMINDED_DUTIES: duty_rows(found.items),
        ALREADY_REMINDED: already_rows(found),
        RATER_REMINDERS: rater_rows(found.raters, found.title, found.as_of),
    }
    book = Book(locked_fill=PAPER)
    for sheet in sheets_of(found):
        page = book.add(sheet, rows[sheet])
        if "cause" in sheet.keys:
            col, last = sheet.keys.index("cause"), FIRST_ROW + max(len(rows[sheet]), 1) - 1
            for word, colours in lights.items():
                rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": book.styles.shade(*colours)}
                page.conditional_format(FIRST_ROW, col, last, col, rule)
    return book.to_bytes()


def sheets_of(found: Reminders) -> Sequence[Sheet]:
    """The sheets of the workbook: that of raters only where one is reminded."""
    units, *others = REMINDER_SHEETS
    return (units, RATER_REMINDERS, *others) if found.raters else REMINDER_SHEETS
