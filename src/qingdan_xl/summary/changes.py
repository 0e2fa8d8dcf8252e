"""变化: what moved since the last summary."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
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
_NEWLY = {OVERDUE: NEW_OVERDUE, SHORT: NEW_SHORT, COMPLETE: NEW_COMPLETE}


@dataclass(frozen=True, slots=True)
class Stood:
    """How one duty stood at the last summary; `light` is '' where the unit had not returned."""

    light: str
    status: str
    done: int | None


@dataclass(frozen=True, slots=True)
class Before:
    """The last summary of an earlier day: how each duty stood, by unit id and row id."""

    as_of: date
    stood: Mapping[tuple[str, str], Stood]


def change_rows(standings: Iterable[Standing], before: Before | None) -> list[dict[str, Any]]:
    """变化: the duties that stand otherwise than before, and the units that came or went; nothing without a before.

    A unit that returned since is one row; of its duties those stand below it that are overdue, short or complete.
    """
    if before is None:
        return []
    now = list(standings)
    rows = [*_units(now, before), *(row for standing in now if (row := _duty(standing, before)))]
    return sorted(rows, key=lambda row: KINDS.index(row["kind"]))


def _duty(standing: Standing, before: Before) -> dict[str, Any] | None:
    stood = before.stood.get((standing.unit.id, standing.row_id))
    kind = _kind(standing, stood)
    if not kind:
        return None
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
    returned: Counter[str] = Counter()
    names: dict[str, str] = {}
    keys: set[tuple[str, str]] = set()
    for standing in now:
        names[standing.unit.id] = standing.unit.name
        returned[standing.unit.id] += standing.returned
        keys.add((standing.unit.id, standing.row_id))
    had = Counter(unit for (unit, _), stood in before.stood.items() if stood.light)
    added = Counter(unit for unit, _ in keys - before.stood.keys())
    removed = Counter(unit for unit, _ in before.stood.keys() - keys)
    for unit, name in names.items():
        if returned[unit] and not had[unit]:
            yield {"kind": RETURNED_NOW, "unit": name, "what": f"交回 {returned[unit]} 项"}
        if had[unit] and not returned[unit]:
            yield {"kind": GONE_UNIT, "unit": name, "what": "上次已交回，这次没有可用的填报表"}
        if added[unit]:
            yield {"kind": ADDED, "unit": name, "what": f"比上次多 {added[unit]} 项"}
        if removed[unit]:
            yield {"kind": REMOVED, "unit": name, "what": f"比上次少 {removed[unit]} 项"}
    for unit in removed.keys() - names.keys():
        yield {"kind": REMOVED, "unit": unit, "what": f"单位已不在下发清单中，共 {removed[unit]} 项"}
