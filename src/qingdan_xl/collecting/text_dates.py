"""Cells that count when they are collected, and not in the workbook's own formulas: how they are typed differs."""

from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter

from qingdan_xl.collecting.form import Form
from qingdan_xl.collecting.matching import Matched
from qingdan_xl.collecting.wording import by_sheet, listed
from qingdan_xl.issuing.uncounted import LOGGED_DAY, LOGGED_WORDS
from qingdan_xl.problems import Problem, problem
from qingdan_xl.sheets.declaration import Column
from qingdan_xl.sheets.reading import Row
from qingdan_xl.sheets.unit import DUTIES, LOG
from qingdan_xl.sheets.values import Parsed

_LOGGED, _DUE, _STATUS = LOG.column(LOGGED_DAY), DUTIES.column("deadline"), DUTIES.column("status")
_TIED = tuple(map(LOG.column, LOGGED_WORDS))


def check_text_dates(matched: Matched, form: Form) -> list[Problem]:
    """The dates that the workbook's formulas go by are dates in their cells, not texts; told once a sheet."""
    logged = matched.ledgers.get(LOG.key, ())
    # a date that was issued stands in the formula itself
    own = [duty.row for duty in matched.duties if form.due_day(duty.issued) is None]
    return [
        found
        for rows, column in ((logged, _LOGGED), (own, _DUE))
        for found in _told("date-as-text", rows, column, attrgetter("is_text_date"))
    ]


def check_outer_blanks(matched: Matched, _form: Form) -> list[Problem]:
    """The words that the workbook's formulas look for have no blanks around them; told once a column and sheet."""
    logged = matched.ledgers.get(LOG.key, ())
    answered = [duty.row for duty in matched.duties if duty.row.value(_STATUS.key)]
    return [
        found
        for rows, column in (*((logged, column) for column in _TIED), (answered, _STATUS))
        for found in _told("blanks-around", rows, column, attrgetter("is_padded"))
    ]


def _told(code: str, all_rows: Iterable[Row], column: Column, is_told: Callable[[Parsed], bool]) -> Iterator[Problem]:
    for sheet in by_sheet(row for row in all_rows if (cell := row.cells.get(column.key)) and is_told(cell)):
        rows = listed(row.number for row in sheet)
        yield problem(code, sheet[0].origin(column.key), heading=column.heading, count=len(sheet), rows=rows)
