"""What came back: every unit that was sent a workbook, and every file that was found."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from qingdan_xl.issuing.plan import UnitPlan
from qingdan_xl.model import Unit
from qingdan_xl.problems import CATALOGUE, Problem, problem
from qingdan_xl.store import GroupIntake, Outcome, Receipt, Store, scores_intake

RETURNED, LATE, MISSING = "已交回", "迟交", "未交回"
OUTCOMES = {
    Outcome.ACCEPTED: "采用",
    Outcome.SUPERSEDED: "被替代",
    Outcome.DUPLICATE: "重复",
    Outcome.REFUSED: "退回",
    Outcome.IGNORED: "忽略",
}


@dataclass(frozen=True, slots=True)
class UnitIntake:
    """One unit that was sent a workbook: `receipt` is the accepted file, None where nothing usable came back."""

    unit: Unit
    deadline: date
    receipt: Receipt | None

    @property
    def state(self) -> str:
        """已交回, 迟交 or 未交回."""
        if self.receipt is None:
            return MISSING
        return LATE if self.receipt.late else RETURNED


@dataclass(frozen=True, slots=True)
class Intake:
    """All units that were sent a workbook, all files that were found, and the problems of each by receipt number.

    The files of raters are left out: what one of them gave is nobody else's to read. `scores` only count them.
    `sent_as` are the names under which each unit (by id) was sent workbooks, the first one first.
    """

    units: tuple[UnitIntake, ...]
    receipts: tuple[Receipt, ...]
    problems: Mapping[int, list[Problem]]
    scores: tuple[GroupIntake, ...] = ()
    sent_as: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    _accepted: Mapping[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        paths = {each.unit_id: each.path for each in self.receipts if each.outcome is Outcome.ACCEPTED}
        object.__setattr__(self, "_accepted", paths)

    @property
    def returned(self) -> tuple[UnitIntake, ...]:
        """The units whose workbook was accepted."""
        return tuple(unit for unit in self.units if unit.receipt is not None)

    @property
    def missing(self) -> tuple[UnitIntake, ...]:
        """The units of which no workbook was accepted."""
        return tuple(unit for unit in self.units if unit.receipt is None)

    @property
    def late(self) -> tuple[UnitIntake, ...]:
        """The returned units whose workbook came after the deadline."""
        return tuple(unit for unit in self.units if unit.state == LATE)

    @property
    def outcomes(self) -> Mapping[Outcome, int]:
        """How many files met with each outcome; every outcome is there."""
        counted = Counter(receipt.outcome for receipt in self.receipts)
        return {outcome: counted[outcome] for outcome in Outcome}

    def found(self, outcome: Outcome) -> tuple[Receipt, ...]:
        """The files with this outcome, in the order they came."""
        return tuple(receipt for receipt in self.receipts if receipt.outcome is outcome)

    @property
    def names(self) -> Mapping[str, str]:
        """The name of each unit by its id."""
        return {sent.unit.id: sent.unit.name for sent in self.units}

    def reason(self, receipt: Receipt) -> str:
        """Why a file met with its outcome: its problem of that code, else the catalogue's advice; '' for no code.

        Of a file whose place another took, which one counts now, and why it is not this one where it came last.
        """
        found = self.problems.get(receipt.id or 0, ())
        if receipt.outcome is Outcome.SUPERSEDED:
            late = (each.message for each in found if each.code == "newest-not-counted")
            return next(late, problem("newer-file", newer=self._accepted.get(receipt.unit_id, "")).message)
        told = (each.message for each in found if each.code == receipt.code)
        return next(told, CATALOGUE[receipt.code].advice if receipt.code else "")


def intake(store: Store, plans: Mapping[str, UnitPlan]) -> Intake:
    """What the store says of the units of `plans` (by unit id) and of every file.

    AssertionError where sent is not returned + missing: an accepted file belongs to exactly one unit that was sent one.
    """
    everything = store.receipts()
    receipts = tuple(receipt for receipt in everything if not receipt.of_rater)
    accepted = {receipt.unit_id: receipt for receipt in receipts if receipt.outcome is Outcome.ACCEPTED}
    units = tuple(UnitIntake(plan.unit, plan.deadline, accepted.get(key)) for key, plan in plans.items())
    scores = scores_intake(store.score_sheets(), everything)
    found = Intake(units, receipts, store.problems(), scores, _sent_as(store))
    if len(found.returned) != found.outcomes[Outcome.ACCEPTED]:
        raise AssertionError(f"{found.outcomes[Outcome.ACCEPTED]} accepted files, {len(found.returned)} returned units")
    return found


def _sent_as(store: Store) -> dict[str, tuple[str, ...]]:
    names: dict[str, dict[str, None]] = defaultdict(dict)
    for workbook in store.workbooks():
        names[workbook.unit_id][workbook.unit] = None
    return {unit_id: tuple(found) for unit_id, found in names.items()}
