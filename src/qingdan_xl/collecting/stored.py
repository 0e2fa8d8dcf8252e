"""What was taken in earlier, looked at again on a day."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache

from qingdan_xl.collecting.day_checks import DAY_COLUMNS, run_day_checks
from qingdan_xl.collecting.identity import SentOut
from qingdan_xl.problems import Problem
from qingdan_xl.sheets.reading import Row
from qingdan_xl.sheets.values import Parsed, Value
from qingdan_xl.store import ByUnit, Store


def problems_of_day(units: Iterable[str], store: Store, sent: SentOut, as_of: date) -> dict[str, list[Problem]]:
    """What the day makes wrong in the accepted workbooks of units, by unit id: as `check` finds it in the files."""
    kept = {key: ByUnit(store.rows(sheet, columns)) for key, (sheet, columns) in DAY_COLUMNS.items()}
    found = {}
    for unit_id in sorted(units):
        form = sent.form(sent.newest[unit_id], unit_id)
        rows = {key: [_row(values) for values in sheet.of(unit_id)] for key, sheet in kept.items()}
        found[unit_id] = [replace(each, unit=form.plan.unit.name) for each in run_day_checks(rows, form, as_of)]
    return found


def _row(values: Mapping[str, Value]) -> Row:
    """A row of the store as it was read from its file; what was typed is not asked for."""
    cells = {key: Parsed(value, "") for key, value in values.items() if value is not None}
    number, letters = int(str(values["row"])), _letters(str(values["letters"]))
    return Row(number, cells, letters, str(values["path"]), str(values["sheet_title"]))


@lru_cache(maxsize=256)
def _letters(spelled: str) -> Mapping[str, str]:
    letters: dict[str, str] = json.loads(spelled)
    return letters
