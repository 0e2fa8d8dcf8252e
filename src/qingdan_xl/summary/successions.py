"""Where a row of an earlier batch stands today: what summaries remember of a duty follows it into later workbooks."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from qingdan_xl.issuing.plan import Batch, Planner, UnitPlan
from qingdan_xl.issuing.succession import successors
from qingdan_xl.store import Store, gone_name
from qingdan_xl.summary.standing import load_batches


@dataclass(frozen=True, slots=True)
class There:
    """A row: its id, and the batch it is of; '' as `batch` where it stands in the unit's newest workbook."""

    row_id: str
    batch: str = ""

    @property
    def key(self) -> str:
        """What tells it apart from every other row that the unit ever had."""
        return gone_name(self.batch, self.row_id) if self.batch else self.row_id


class Successions:
    """Every unit's rows from batch to batch; what nobody asks for is not worked out."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[tuple[str, int], Mapping[str, There]] = {}

    @cached_property
    def newest(self) -> str:
        """The batch that was issued last; '' before the first."""
        return self._order[-1] if self._order else ""

    def now(self, unit_id: str, row_id: str, batch: str) -> There:
        """Where the row stands today that was `row_id` when `batch` was the newest of all; '' means today.

        A duty that was left out of a batch and came back later is found again. The row '' is the unit itself, which
        stays.
        """
        if not row_id or batch in ("", self.newest):
            return There(row_id)
        chain = self._chains.get(unit_id, ())
        start = sum(each <= self._order.index(batch) for each in chain) - 1 if batch in self._order else len(chain) - 1
        if start == len(chain) - 1:
            return There(row_id)
        if (unit_id, start) not in self._known:
            self._known[unit_id, start] = self._followed(unit_id, [self._order[each] for each in chain[start:]])
        return self._known[unit_id, start].get(row_id, There(row_id, self._order[chain[start]]))

    @cached_property
    def _order(self) -> list[str]:
        rows = self._store.connection.execute("SELECT id FROM batch ORDER BY issued_at, rowid")
        return [key for (key,) in rows]

    @cached_property
    def _chains(self) -> Mapping[str, list[int]]:
        """The places in `_order` of the batches in which a unit was sent a workbook, by its id."""
        place = {key: number for number, key in enumerate(self._order)}
        chains: dict[str, list[int]] = defaultdict(list)
        for workbook in self._store.workbooks():
            chains[workbook.unit_id].append(place[workbook.batch])
        return chains

    @cached_property
    def _plans(self) -> "_Plans":
        return _Plans(load_batches(self._store))

    def _followed(self, unit_id: str, chain: Iterable[str]) -> Mapping[str, There]:
        """Where each row of the first batch of a chain stands in the last one."""
        first, *later = (self._plans.plan(batch, unit_id) for batch in chain)
        last = {row.id: (first, row.id) for _, row in first.rows()}
        for plan in later:
            olds = {old.batch: old for old, _ in last.values()}
            moves = {batch: successors(old, plan) for batch, old in olds.items()}
            last = {
                row: (plan, moves[old.batch][there]) if there in moves[old.batch] else (old, there)
                for row, (old, there) in last.items()
            }
        newest = (later or [first])[-1]
        return {row: There(there, "" if plan is newest else plan.batch) for row, (plan, there) in last.items()}


class _Plans:
    """What units were sent, laid out for those that are asked for."""

    def __init__(self, batches: Mapping[str, Batch]) -> None:
        self._planners = {key: Planner(batch) for key, batch in batches.items()}
        self._units = {key: {unit.id: unit for unit in batch.roster.units} for key, batch in batches.items()}

    def plan(self, batch: str, unit_id: str) -> UnitPlan:
        """One unit's plan in a batch in which it was sent a workbook."""
        return self._planners[batch].outline(self._units[batch][unit_id]).plan()
