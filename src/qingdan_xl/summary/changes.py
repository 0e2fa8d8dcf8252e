"""变化: what moved since the last summary."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any

from qingdan_xl.counting.lights import COMPLETE, OVERDUE, SHORT
from qingdan_xl.summary.standing import Standing

NEW_OVERDUE, NEW_SHORT, NEW_COMPLETE, MADE_UP = "新逾期", "新欠缺", "新完成", "已补上"
RETURNED_NOW, GONE_UNIT, ADDED, REMOVED = "新交回", "不再计入", "增加事项", "减少事项"
MOVED, PROGRESSED = "预警变动", "有进展"
KINDS = (
    *(NEW_OVERDUE, NEW_SHORT, NEW_COMPLETE, MADE_UP),
    *(RETURNED_NOW, GONE_UNIT, ADDED, REMOVED, MOVED, PROGRESSED),
)
_NOTHING: Mapping[str, "Stood"] = {}
_NEWLY = {OVERDUE: NEW_OVERDUE, SHORT: NEW_SHORT, COMPLETE: NEW_COMPLETE}


@dataclass(frozen=True, slots=True)
class Stood:
    """How one duty stood at the last summary; `light` is '' where the unit had not returned."""

    light: str
    status: str
    done: int | None


@dataclass(frozen=True, slots=True)
class Before:
    """The last summary of an earlier day: how each duty stood, by unit id, then by row id; `names` of units by id."""

    as_of: date
    stood: Mapping[str, Mapping[str, Stood]]
    names: Mapping[str, str] = field(default_factory=dict)


def change_rows(standings: Iterable[Standing], before: Before | None) -> Iterator[dict[str, Any]]:
    """变化: the duties that stand otherwise than before, and the units that came or went; nothing without a before.

    A unit that returned since is one row; of its duties those stand below it that are overdue, short or complete.
    """
    if before is None:
        return
    now = list(standings)
    units = list(_units(now, before))
    moved: dict[str, list[Standing]] = defaultdict(list)  # a row is made when it is asked for: there may be very many
    for standing in now:
        if kind := _kind(standing, _stood(standing, before)):
            moved[kind].append(standing)
    for kind in KINDS:
        yield from (row for row in units if row["kind"] == kind)
        yield from (_duty(kind, standing, _stood(standing, before)) for standing in moved[kind])


def _stood(standing: Standing, before: Before) -> Stood | None:
    return before.stood.get(standing.unit.id, _NOTHING).get(standing.row_id)


def _duty(kind: str, standing: Standing, stood: Stood | None) -> dict[str, Any]:
    was = stood or Stood("", "", None)
    return {
        "kind": kind,
        "unit": standing.unit.name,
        "role": standing.role,
        "holder": standing.holder,
        "number": standing.number,
        "text": standing.text,
        "light_before": was.light,
        "light": standing.light,
        "status_before": was.status,
        "status": standing.answer.status,
        "done_before": was.done,
        "done_times": standing.done,
    }


def _kind(standing: Standing, stood: Stood | None) -> str:
    """What changed about a duty, the gravest; '' for nothing, and for what its unit's row says."""
    light = standing.light
    was = stood.light if stood else ""
    if light != was and light in _NEWLY:
        return _NEWLY[light]
    if not was or not light:
        return ""
    if light != was:
        return MADE_UP if was in (OVERDUE, SHORT) else MOVED
    moved = stood is not None and (stood.status, stood.done) != (standing.answer.status, standing.done)
    return PROGRESSED if moved else ""


def _units(now: Iterable[Standing], before: Before) -> Iterator[dict[str, Any]]:
    """Units that returned or no longer count as returned, and how many duties each got or lost."""
    seen = set()
    for unit, found in groupby(now, key=attrgetter("unit")):
        own = list(found)
        seen.add(unit.id)
        was = before.stood.get(unit.id, _NOTHING)
        had, returned = any(stood.light for stood in was.values()), sum(standing.returned for standing in own)
        rows = {standing.row_id for standing in own}
        if returned and not had:
            yield {"kind": RETURNED_NOW, "unit": unit.name, "what": f"交回 {returned} 项"}
        if had and not returned:
            yield {"kind": GONE_UNIT, "unit": unit.name, "what": "上次已交回，这次没有可用的填报表"}
        if added := len(rows - was.keys()):
            yield {"kind": ADDED, "unit": unit.name, "what": f"比上次多 {added} 项"}
        if removed := len(was.keys() - rows):
            yield {"kind": REMOVED, "unit": unit.name, "what": f"比上次少 {removed} 项"}
    for gone, was in before.stood.items():
        if gone not in seen:
            what = f"单位已不在下发清单中，共 {len(was)} 项"
            yield {"kind": REMOVED, "unit": before.names.get(gone, gone), "what": what}
