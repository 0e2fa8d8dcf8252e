"""The frame that all tables of duties are made from: one row a standing."""

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from sys import intern
from typing import Any

import pandas as pd

from qingdan_xl.counting.lights import NEAR, OVERDUE, SHORT
from qingdan_xl.counting.periods import Calendar
from qingdan_xl.counting.progress import labels
from qingdan_xl.issuing.demands import demand_text, ratios
from qingdan_xl.model import Target
from qingdan_xl.sheets.summary import DETAIL, LIGHT_KEYS, WARNINGS
from qingdan_xl.summary.intake import MISSING, RETURNED
from qingdan_xl.summary.reasons import reason
from qingdan_xl.summary.remarks import KINDS, Placed
from qingdan_xl.summary.standing import Standing

Read = Callable[[Standing], Any]

NOBODY = "未明确"
NO_REMARKS = Placed()
ROW_GONE = "缺此行"
_WHOLE = 100
_RATIO_MISSED = "比例未达到"
_COUNTS = (
    "issued",
    "back",
    "answered",
    "closable",
    *LIGHT_KEYS.values(),
    "required",
    "due_times",
    "met_times",
    "lacking",
    "done_times",
    "row",
    "late_days",
    "left_days",
)
# few are different, so that a number stands for each: in memory a table of a large year is mostly these
_WORDS = (
    *("kind", "group", "holder", "demand", "state", "leader", "owner", "status", "light", "why"),
    *("file", "sheet_title", *KINDS),
)
_NO_TEXTS: Mapping[str, str] = {}
_COLUMNS = list(dict.fromkeys(("unit_id", "duty_id", *DETAIL.keys, *WARNINGS.keys, *_COUNTS)))


def duty_frame(standings: Iterable[Standing], calendar: Calendar, placed: Placed = NO_REMARKS) -> pd.DataFrame:
    """One row a standing: every column of 明细 and 逾期与预警, and what the tallies add up.

    Counts are nullable: what an unreturned unit did is missing, not zero.
    """
    rows, readers = list(standings), _READ | _reckoned(calendar) | _remarked(placed)
    # column by column and uncopied: a table of a large year is the most that memory has to hold
    return pd.DataFrame({name: _column(name, readers[name], rows) for name in _COLUMNS}, copy=False)


def _column(name: str, read: Read, rows: Sequence[Standing]) -> "pd.Series[Any]":
    if name in _WORDS:
        return _words(map(read, rows))
    return pd.Series([read(row) for row in rows], dtype="Int32" if name in _COUNTS else object)


def _words(words: Iterable[str]) -> "pd.Series[Any]":
    places: dict[str, int] = {}
    codes = array("i", (places.setdefault(word, len(places)) for word in words))
    return pd.Series(pd.Categorical.from_codes(codes, categories=pd.Index(list(places), dtype=object)))


def _remarked(placed: Placed) -> dict[str, Read]:
    """The columns that leaders fill."""

    def of(kind: str) -> Read:
        return lambda standing: placed.standing.get((standing.unit.id, standing.row_id), _NO_TEXTS).get(kind, "")

    return {kind: of(kind) for kind in KINDS}


@cache
def _demand_text(targets: tuple[Target, ...]) -> str:
    return demand_text(targets)


def _state(standing: Standing) -> str:
    """Whether the row came back: a unit may return its workbook without it."""
    if not standing.returned:
        return MISSING
    return RETURNED if standing.origin.row is not None else ROW_GONE


@cache
def _fraction(percent: Decimal | None) -> Decimal | None:
    """60 as the 0.6 that a cell shows as 60%."""
    return percent / _WHOLE if percent is not None else None


def _lit(word: str) -> Read:
    """Counts the returned rows with this light."""
    return lambda standing: int(standing.light == word) if standing.returned else None


def _due(standing: Standing) -> int | None:
    return sum(target.due for target in standing.targets) if standing.returned and standing.targets else None


def _met(standing: Standing) -> int | None:
    due, lacking = _due(standing), _lacking(standing)
    return None if due is None or lacking is None else due - lacking


def _lacking(standing: Standing) -> int | None:
    return sum(target.lacking for target in standing.targets) if standing.returned and standing.targets else None


_READ: dict[str, Read] = {
    "unit_id": lambda standing: standing.unit.id,
    "unit": lambda standing: standing.unit.name,
    "kind": lambda standing: standing.unit.kind,
    "group": lambda standing: standing.unit.group,
    "checklist": lambda standing: standing.checklist,
    "role": lambda standing: standing.role,
    "holder": lambda standing: standing.holder,
    "section": lambda standing: standing.section,
    "number": lambda standing: standing.number,
    "text": lambda standing: standing.text,
    "duty_id": lambda standing: standing.duty.id,
    "row_id": lambda standing: standing.row_id,
    "demand": lambda standing: _demand_text(standing.duty.targets),
    "state": _state,
    "leader": lambda standing: standing.answer.leader,
    "owner": lambda standing: standing.answer.owner,
    "person": lambda standing: standing.person or NOBODY,
    "deadline": lambda standing: standing.deadline,
    "status": lambda standing: standing.answer.status,
    "ratio": lambda standing: _fraction(standing.answer.ratio),
    "progress": lambda standing: _fraction(standing.answer.progress),
    "report": lambda standing: standing.answer.report,
    "evidence": lambda standing: standing.answer.evidence,
    "trouble": lambda standing: standing.answer.trouble,
    "self_score": lambda standing: standing.answer.self_score,
    "light": lambda standing: standing.light,
    "file": lambda standing: standing.origin.file,
    "sheet_title": lambda standing: standing.origin.sheet,
    "row": lambda standing: standing.origin.row,
    "issued": lambda _standing: 1,
    "back": lambda standing: int(standing.returned),
    "answered": lambda standing: int(standing.answered) if standing.returned else None,
    "closable": lambda standing: int(standing.closable) if standing.returned else None,
    **{key: _lit(word) for word, key in LIGHT_KEYS.items()},
    "required": lambda standing: standing.required,
    "due_times": _due,
    "met_times": _met,
    "done_times": lambda standing: standing.done,
    "lacking": _lacking,
    "since": lambda standing: standing.since,
}


def adds(key: str, standing: Standing) -> int | None:
    """What one standing adds to the count of a column of TALLY; None where nothing is known of it."""
    found: int | None = _READ[key](standing)
    return found


def _reckoned(calendar: Calendar) -> dict[str, Read]:
    """The columns that depend on the day."""

    def late(standing: Standing) -> int | None:
        return (calendar.as_of - standing.since).days if standing.since and standing.light in (OVERDUE, SHORT) else None

    def left(standing: Standing) -> int | None:
        return (standing.since - calendar.as_of).days if standing.since and standing.light == NEAR else None

    return {"late_days": late, "left_days": left, "why": lambda standing: reason(standing, calendar.near_days)}


def warnings(duties: pd.DataFrame) -> pd.DataFrame:
    """逾期与预警: the late by days from most to least, then the near by days left from least to most."""
    found = duties.loc[duties["light"].isin([OVERDUE, SHORT, NEAR]), list(WARNINGS.keys)]
    return found.sort_values(["late_days", "left_days"], ascending=[False, True], na_position="last", kind="stable")


def demand_rows(standings: Iterable[Standing]) -> Iterable[dict[str, Any]]:
    """量化完成: one row a countable demand of each standing, and one for its shares.

    What an unreturned unit did stays open.
    """
    for standing in standings:
        for target in standing.targets:
            done = {
                "done_times": target.logged if target.target.at_most else target.done,
                "met_times": target.due - target.lacking,
                "lacking": target.lacking,
                "met": len(target.elapsed) - len(target.short),
                "short": intern(labels([short.named for short in target.short])),
            }
            yield {
                **_duty_of(standing),
                "demand": _demand_text((target.target,)),
                "category": target.target.category,
                "required": None if target.target.at_most else target.required,
                "due_times": None if target.target.at_most else target.due,
                "elapsed": len(target.elapsed),
                **(done if standing.returned else {}),
            }
        if shares := ratios(standing.duty):
            yield {
                **_duty_of(standing),
                "demand": _demand_text(shares),
                "ratio": _fraction(standing.answer.ratio),
                "short": _missed(shares, standing.answer.ratio),
            }


def _duty_of(standing: Standing) -> dict[str, Any]:
    return {
        "unit": standing.unit.name,
        "role": standing.role,
        "holder": standing.holder,
        "number": standing.number,
        "text": standing.text,
        "state": RETURNED if standing.returned else MISSING,
    }


def _missed(shares: Sequence[Target], answered: Decimal | None) -> str:
    """Whether the one share of a duty is not reached; of several nobody knows which one was answered."""
    number = shares[0].number
    if len(shares) > 1 or answered is None or number is None:
        return ""
    missed = answered > number if shares[0].at_most else answered < number
    return _RATIO_MISSED if missed else ""
