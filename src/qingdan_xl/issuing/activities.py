"""The log of one unit → the activities that counting takes."""

from collections.abc import Iterable, Mapping
from datetime import date

from qingdan_xl.counting.progress import Activity
from qingdan_xl.issuing.plan import UnitPlan


def activities(rows: Iterable[Mapping[str, object]], plan: UnitPlan) -> tuple[Activity, ...]:
    """Turn one unit's rows of 工作纪实 into activities; rows without a date or a category are left out."""
    ids = row_ids(plan)
    return tuple(found for row in rows if (found := activity(row, ids)))


def row_ids(plan: UnitPlan) -> Mapping[str, str]:
    """The row id of each duty by the label that the log's dropdown names it by."""
    return {row.label: row.id for _, row in plan.rows()}


def activity(row: Mapping[str, object], ids: Mapping[str, str]) -> Activity | None:
    """Turn one row of 工作纪实 (by column key, as `store.rows(LOG)` yields them) into an activity.

    A 关联事项 is resolved to the row id that it names; a label that `ids` does not know ties the activity to no duty of
    the plan, so that it counts nowhere. None for a row without a date or a category: the checks have reported it.
    """
    day, category, label = row.get("date"), row.get("category"), str(row.get("duty") or "")
    if not isinstance(day, date) or not category:
        return None
    return Activity(day, str(category), str(row.get("host") or ""), ids.get(label, label))
