"""What is known of one subject of an assessment: the numbers that rules take in, and what raters gave."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from qingdan_xl.assessment.items import ItemRule
from qingdan_xl.model import Origin, Person, Unit


@dataclass(frozen=True, slots=True)
class Subject:
    """Who is scored: a unit, or a person of the unit named `unit`; ranked in `group`, of this unit `kind`."""

    id: str
    name: str
    group: str = ""
    kind: str = ""
    unit: str = ""

    @property
    def label(self) -> str:
        """How people name it where they type about it: a unit's name, 单位/姓名 for a person."""
        return f"{self.unit}/{self.name}" if self.is_person else self.name

    @property
    def is_person(self) -> bool:
        """Whether it is a person of a unit."""
        return self.unit not in {"", self.name}


def unit_subject(unit: Unit) -> Subject:
    """A unit as one that is scored."""
    return Subject(unit.id, unit.name, unit.group, unit.kind, unit.name)


def person_label(person: Person) -> str:
    """How people name a person where they type about one."""
    return f"{person.unit}/{person.name}"


@dataclass(frozen=True, slots=True)
class Amount:
    """One number that was typed or counted; None where its cell waits for it. `levels` are the words beside it."""

    value: Decimal | None
    words: str = ""
    origin: Origin = field(default_factory=Origin)
    levels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rating:
    """What one rater gave for a `target`: an item's id, a duty's row id (a factor from 0 to 1), or '' for the whole.

    `points` are out of the item's points (of 100 for the whole); `word` is an option where the group votes.
    """

    target: str
    group: str
    rater: str
    points: Decimal | None = None
    word: str = ""
    origin: Origin = field(default_factory=Origin)


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything a subject is scored by besides its duties.

    `amounts` are by name of the data; `places` (1 for the first) and `bests` compare it with its peer group, by the
    rule that asks: two rules may compare the same data among others, or from the other end.
    """

    amounts: Mapping[str, tuple[Amount, ...]] = field(default_factory=dict)
    ratings: tuple[Rating, ...] = ()
    places: Mapping[ItemRule, int] = field(default_factory=dict)
    bests: Mapping[ItemRule, Decimal] = field(default_factory=dict)

    def known(self, data: str) -> tuple[Amount, ...]:
        """The amounts of this name that have a value."""
        return tuple(amount for amount in self.amounts.get(data, ()) if amount.value is not None)

    def waiting(self, data: str) -> tuple[Amount, ...]:
        """The cells of this name that still wait for their value."""
        return tuple(amount for amount in self.amounts.get(data, ()) if amount.value is None)

    def total(self, data: str) -> Decimal | None:
        """The sum of the amounts of this name, None where there are none."""
        known = self.known(data)
        return sum((amount.value for amount in known if amount.value is not None), Decimal(0)) if known else None

    def ratings_of(self, target: str, group: str) -> tuple[Rating, ...]:
        """What the raters of a group gave for a target."""
        return tuple(rating for rating in self.ratings if rating.target == target and rating.group == group)

    def ratings_of_duty(self, row_id: str) -> tuple[Rating, ...]:
        """What raters gave for one duty."""
        return tuple(rating for rating in self.ratings if rating.target == row_id)
