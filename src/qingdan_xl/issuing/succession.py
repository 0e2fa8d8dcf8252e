"""What became of a unit's duties from one batch to the next."""

from collections import Counter, defaultdict
from collections.abc import Mapping

from qingdan_xl.issuing.demands import demand_text
from qingdan_xl.issuing.plan import PlanRow, UnitPlan
from qingdan_xl.sheets.identity import text_hash

ADDED, REVISED = "新增", "修改"


def successors(old: UnitPlan, new: UnitPlan) -> dict[str, str]:
    """Row id → the row of the newer plan that is the same duty of the same holder, else of the same duty alone.

    No two rows have the same successor: whose duty stays with another holder goes without.
    """
    same: dict[tuple[str, str, str], str] = {}
    alone: dict[str, list[str]] = defaultdict(list)
    for sheet, row in new.rows():
        same[row.duty.id, sheet.role, sheet.holder] = row.id
        alone[row.duty.id].append(row.id)
    found, moved = {}, []
    for sheet, row in old.rows():
        key = (row.duty.id, sheet.role, sheet.holder)
        if key in same:
            found[row.id] = same[key]
        elif len(alone[row.duty.id]) == 1:
            moved.append((row.id, alone[row.duty.id][0]))
    claims = Counter([*found.values(), *(there for _, there in moved)])
    return found | {here: there for here, there in moved if claims[there] == 1}


def changes(old: UnitPlan, new: UnitPlan) -> Mapping[str, str]:
    """变动: the word for each row of the newer plan whose duty is new, or whose text or demands were revised."""
    before = {row.id: row for _, row in old.rows()}
    origins = {there: before[here] for here, there in successors(old, new).items()}
    words = {row.id: _word(origins.get(row.id), row) for _, row in new.rows()}
    return {row_id: word for row_id, word in words.items() if word}


def _word(before: PlanRow | None, now: PlanRow) -> str:
    if before is None:
        return ADDED
    return "" if _said(before) == _said(now) else REVISED


def _said(row: PlanRow) -> tuple[str, str]:
    return text_hash(row.duty.text), demand_text(row.duty.targets)
