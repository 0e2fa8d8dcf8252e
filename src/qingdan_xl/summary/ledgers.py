"""The ledgers of all units on one sheet each."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from qingdan_xl.counting.lights import OVERDUE, rectification_light
from qingdan_xl.counting.periods import Calendar
from qingdan_xl.sheets.choices import RISK_LEVELS
from qingdan_xl.sheets.values import Value
from qingdan_xl.summary.standing import StoredRow


def rectification_rows(rows: Iterable[StoredRow], names: Mapping[str, str], calendar: Calendar) -> list[dict[str, Any]]:
    """问题整改: every row of the ledgers with its light; what is past its date stands first, by days."""
    found = []
    for row in _placed(rows, names):
        word = rectification_light(str(row["status"] or ""), row["deadline"], calendar)
        late = (calendar.as_of - row["deadline"]).days if word == OVERDUE else None
        found.append(row | {"light": word, "late_days": late})
    return sorted(found, key=lambda row: -(row["late_days"] or 0))


def risk_rows(rows: Iterable[StoredRow], names: Mapping[str, str]) -> list[dict[str, Any]]:
    """廉政风险: every row of the ledgers, the highest level first, unknown levels last."""
    order: dict[Value, int] = {level: place for place, level in enumerate(RISK_LEVELS)}
    return sorted(_placed(rows, names), key=lambda row: order.get(row["level"], len(order)))


def _placed(rows: Iterable[StoredRow], names: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    for row in rows:
        yield {**row, "unit": names[str(row["unit_id"])], "file": row["path"]}
