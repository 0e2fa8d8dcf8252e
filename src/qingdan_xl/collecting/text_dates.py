"""Dates that are texts in their cells: what is collected counts them, the workbook's own formulas do not."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter

from qingdan_xl.collecting.form import Form
from qingdan_xl.collecting.matching import Matched
from qingdan_xl.collecting.wording import listed
from qingdan_xl.problems import Problem, problem
from qingdan_xl.sheets.reading import Row
from qingdan_xl.sheets.unit import DUTIES, LOG

_LOGGED, _DUE = LOG.column("date"), DUTIES.column("deadline")


def check_text_dates(matched: Matched, form: Form) -> list[Problem]:
    """The dates that the workbook's formulas go by are dates in their cells, not texts; told once a sheet."""
    logged = matched.ledgers.get(LOG.key, ())
    # a date that was issued stands in the formula itself
    own = [duty.row for duty in matched.duties if form.due_day(duty.issued) is None]
    return [*_told(logged, _LOGGED.key, _LOGGED.heading), *_told(own, _DUE.key, _DUE.heading)]


def _told(all_rows: Iterable[Row], key: str, heading: str) -> Iterator[Problem]:
    texts = (row for row in all_rows if (cell := row.cells.get(key)) and cell.is_text_date)
    for _, found in groupby(texts, key=attrgetter("sheet")):
        sheet = list(found)
        rows = listed(row.number for row in sheet)
        yield problem("date-as-text", sheet[0].origin(key), heading=heading, count=len(sheet), rows=rows)
