"""The frame that all tables of duties are made from: one row a standing."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from qingdan_xl.counting.lights import NEAR, OVERDUE, SHORT
from qingdan_xl.counting.periods import Calendar
from qingdan_xl.issuing.demands import demand_text
from qingdan_xl.sheets.summary import DETAIL, LIGHT_KEYS, WARNINGS
from qingdan_xl.summary.intake import MISSING, RETURNED
from qingdan_xl.summary.reasons import labels, reason
from qingdan_xl.summary.standing import Standing

NOBODY = "未明确"
ROW_GONE = "缺此行"
_WHOLE = 100
_COUNTS = (
    "issued",
    "back",
    "answered",
    "closable",
    *LIGHT_KEYS.values(),
    "required",
    "due_times",
    "done_times",
    "lacking",
    "row",
    "late_days",
    "left_days",
)
_COLUMNS = list(dict.fromkeys(("unit_id", "duty_id", *DETAIL.keys, *WARNINGS.keys, *_COUNTS)))


def duty_frame(standings: Iterable[Standing], calendar: Calendar) -> pd.DataFrame:
    """One row a standing: every column of 明细 and 逾期与预警, and what the tallies add up.

    Counts are nullable: what an unreturned unit did is missing, not zero.
    """
    rows = [_issued(standing) | _answered(standing) | _counted(standing, calendar) for standing in standings]
    frame = pd.DataFrame(rows, columns=_COLUMNS, dtype=object)
    return frame.astype(dict.fromkeys(_COUNTS, "Int64"))


def _issued(standing: Standing) -> dict[str, Any]:
    return {
        "unit_id": standing.unit.id,
        "unit": standing.unit.name,
        "kind": standing.unit.kind,
        "group": standing.unit.group,
        "checklist": standing.checklist,
        "role": standing.role,
        "holder": standing.holder,
        "section": standing.section,
        "number": standing.number,
        "text": standing.text,
        "duty_id": standing.duty.id,
        "row_id": standing.row_id,
        "demand": demand_text(standing.duty.targets),
        "state": _state(standing),
    }


def _state(standing: Standing) -> str:
    """Whether the row came back: a unit may return its workbook without it."""
    if not standing.returned:
        return MISSING
    return RETURNED if standing.origin.row is not None else ROW_GONE


def _answered(standing: Standing) -> dict[str, Any]:
    answer = standing.answer
    return {
        "leader": answer.leader,
        "owner": answer.owner,
        "person": standing.person or NOBODY,
        "deadline": answer.deadline,
        "status": answer.status,
        "progress": answer.progress / _WHOLE if answer.progress is not None else None,
        "report": answer.report,
        "evidence": answer.evidence,
        "trouble": answer.trouble,
        "self_score": answer.self_score,
        "light": standing.light,
        "file": standing.origin.file,
        "sheet_title": standing.origin.sheet,
        "row": standing.origin.row,
    }


def _counted(standing: Standing, calendar: Calendar) -> dict[str, Any]:
    back, counted = standing.returned, standing.returned and bool(standing.targets)
    days = (calendar.as_of - standing.since).days if standing.since else None
    return {
        "issued": 1,
        "back": int(back),
        "answered": int(standing.answered) if back else None,
        "closable": int(standing.closable) if back else None,
        **{key: int(standing.light == word) if back else None for word, key in LIGHT_KEYS.items()},
        "required": standing.required,
        "due_times": sum(target.due for target in standing.targets) if counted else None,
        "done_times": standing.done,
        "lacking": sum(target.lacking for target in standing.targets) if counted else None,
        "since": standing.since,
        "late_days": days if standing.light in (OVERDUE, SHORT) else None,
        "left_days": -days if days is not None and standing.light == NEAR else None,
        "why": reason(standing, calendar.near_days),
    }


def warnings(duties: pd.DataFrame) -> pd.DataFrame:
    """逾期与预警: the late by days from most to least, then the near by days left from least to most."""
    found = duties[duties["light"].isin([OVERDUE, SHORT, NEAR])]
    ordered = found.sort_values(["late_days", "left_days"], ascending=[False, True], na_position="last", kind="stable")
    return ordered[list(WARNINGS.keys)]


def demand_rows(standings: Iterable[Standing]) -> Iterable[dict[str, Any]]:
    """量化完成: one row a countable demand of each standing; what an unreturned unit did stays open."""
    for standing in standings:
        for target in standing.targets:
            done = {
                "done_times": target.done,
                "lacking": target.lacking,
                "met": len(target.elapsed) - len(target.short),
                "short": labels(target.short),
            }
            yield {
                "unit": standing.unit.name,
                "role": standing.role,
                "holder": standing.holder,
                "number": standing.number,
                "text": standing.text,
                "demand": demand_text((target.target,)),
                "category": target.target.category,
                "required": target.required,
                "due_times": target.due,
                "elapsed": len(target.elapsed),
                "state": RETURNED if standing.returned else MISSING,
                **(done if standing.returned else {}),
            }
