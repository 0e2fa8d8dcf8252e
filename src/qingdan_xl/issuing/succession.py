"""What became of a unit's duties from one batch to the next."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qingdan_xl.issuing.demands import demand_text
from qingdan_xl.issuing.plan import PlanRow, UnitPlan
from qingdan_xl.sheets.identity import text_hash
from qingdan_xl.store import gone_name

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


@dataclass(frozen=True, slots=True)
class Lineage:
    """What one unit is sent next, and what it was sent so far: `last` is the plan that its stored rows go by.

    `before` is what it was sent before that, oldest first; blank where no stored row is of a duty that has gone.
    """

    last: UnitPlan
    next: UnitPlan
    before: tuple[UnitPlan, ...] = ()

    def successors(self) -> dict[str, str]:
        """The row of the next plan by what its stored row is called now.

        A row of a duty that had gone (`gone_name`) comes back with it, unless another row has taken its place.
        """
        found = successors(self.last, self.next)
        for plan in reversed(self.before):
            taken = set(found.values())
            again = successors(plan, self.next).items()
            found |= {gone_name(plan.batch, here): there for here, there in again if there not in taken}
        return found

    def names(self) -> dict[str, str]:
        """What stored rows are called once the next plan is sent, by what they are called now."""
        gone = {row.id: gone_name(self.last.batch, row.id) for _, row in self.last.rows()}
        return gone | self.successors()

    def labels(self) -> dict[str, str]:
        """关联事项: what each label of a plan is called in the next one; what `last` calls so is meant by it."""
        found: dict[str, str] = {}
        for plan in self.before:
            found |= _relabelled(plan, self.next)
        ours = labels_of(self.last)
        return {label: there for label, there in found.items() if label not in ours} | _relabelled(self.last, self.next)


def followed(sent: Sequence[UnitPlan]) -> dict[str, str]:
    """What stored rows of the first of these plans are called once all the others were sent after it."""
    names = {row.id: row.id for _, row in sent[0].rows()}
    for at in range(1, len(sent)):
        if sent[at].batch != sent[at - 1].batch:
            moved = Lineage(sent[at - 1], sent[at], tuple(sent[: at - 1])).names()
            names = {row_id: moved.get(name, name) for row_id, name in names.items()}
    return names


def labels_of(plan: UnitPlan) -> frozenset[str]:
    """What the log of a workbook calls its duties."""
    return frozenset(row.label for _, row in plan.rows())


def _relabelled(old: UnitPlan, new: UnitPlan) -> dict[str, str]:
    labels, ids = {row.id: row.label for _, row in new.rows()}, successors(old, new)
    return {row.label: labels[ids[row.id]] for _, row in old.rows() if row.id in ids}


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
