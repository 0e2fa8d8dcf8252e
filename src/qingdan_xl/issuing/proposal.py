"""责任矩阵 as it is proposed: who leads a duty (A) and who carries it (R), from what the roster says."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from qingdan_xl.issuing.plan import PlanRow, RoleSheet, UnitPlan
from qingdan_xl.model import Person
from qingdan_xl.roster import HEAD_WORD

ACCOUNTABLE, RESPONSIBLE, BOTH = "A", "R", "AR"


@dataclass(frozen=True, slots=True)
class Assignment:
    """One duty's proposal: `lead` holds the A, `carriers` an R each; '' and none where the unit has no people.

    Without carriers the lead carries the duty as well.
    """

    lead: str
    carriers: tuple[str, ...]

    @property
    def letters(self) -> Mapping[str, str]:
        """The letter of each person who has one: exactly one A, at least one R."""
        letters = dict.fromkeys(self.carriers, RESPONSIBLE)
        return letters | {self.lead: ACCOUNTABLE if letters else BOTH} if self.lead else letters

    @property
    def owner(self) -> str:
        """Who carries the duty first."""
        return (self.carriers or (self.lead,))[0]


def head_of(people: tuple[Person, ...]) -> str:
    """The name of the unit's head: who holds a role of 主要负责人, else who is listed first; '' for nobody."""
    heads = [person.name for person in people if any(HEAD_WORD in role for role in person.roles)]
    return (heads or [person.name for person in people] or [""])[0]


def propose(plan: UnitPlan, sheet: RoleSheet, row: PlanRow) -> Assignment:
    """Propose who leads and carries one duty.

    The holder of a personal sheet leads their own duties, the head leads what the unit holds together; the others whose
    分管 words stand in the duty's text or section carry it. What nobody else fits the lead carries alone: who would is
    not in the roster.
    """
    place = place_of(row)
    fitting = (person.name for person in plan.people if any(word in place for word in person.oversees))
    return assigned(lead_of(plan, sheet), fitting)


def lead_of(plan: UnitPlan, sheet: RoleSheet) -> str:
    """Who leads the duties of a sheet, '' where the unit has no people."""
    return sheet.holder or head_of(plan.people)


def place_of(row: PlanRow) -> str:
    """Where the words of 分管 are looked for."""
    return f"{row.section}\n{row.duty.text}"


def assigned(lead: str, fitting: Iterable[str]) -> Assignment:
    """A duty that this one leads and these fit."""
    return Assignment(lead, tuple(dict.fromkeys(name for name in fitting if name != lead)))
