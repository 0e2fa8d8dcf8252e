"""The log of one unit → the activities that counting takes."""

from collections.abc import Iterable, Mapping
from datetime import date

from qingdan_xl.counting.progress import Activity
from qingdan_xl.issuing.plan import UnitPlan


def activities(rows: Iterable[Mapping[str, object]], plan: UnitPlan) -> tuple[Activity, ...]:
    """Turn one unit's rows of 工作纪实 (by column key, as `store.rows(LOG)` yields them) into activities.

    A 关联事项 is resolved to the row id of the plan that it names; a label the plan does not know ties the activity to
    no duty of the plan, so that it counts nowhere. Rows without a date or a category are left out: the checks have
    reported them.
    """
    ids = {row.label: row.id for _, row in plan.rows()}
    found = []
    for row in rows:
        day, category, label = row.get("date"), row.get("category"), str(row.get("duty") or "")
        if isinstance(day, date) and category:
            found.append(Activity(day, str(category), str(row.get("host") or ""), ids.get(label, label)))
    return tuple(found)
