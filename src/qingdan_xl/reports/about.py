"""Who a report is about, with all that is known of them on a day."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from qingdan_xl.issuing.filling import head_of, values_of
from qingdan_xl.model import Person, Roster, Unit
from qingdan_xl.reports.facts import NOT_RETURNED, Facts, Logged
from qingdan_xl.reports.scores import Results, Told
from qingdan_xl.sheets.reading import heading_text
from qingdan_xl.summary.intake import UnitIntake
from qingdan_xl.summary.material import Material
from qingdan_xl.summary.standing import Standing, StoredRow

EVERYBODY = "全部单位"


@dataclass(frozen=True)
class Year:
    """Everything that reports of a year are made from: what was collected, who there is, and the results.

    `log` is what can be counted of 工作纪实 by unit id, `categories` the activity categories of the settings, `today`
    the day that stands under the reports.
    """

    material: Material
    roster: Roster
    log: Mapping[str, Sequence[Logged]]
    results: Results
    categories: Sequence[str]
    today: date

    @property
    def is_due(self) -> bool:
        """Whether the day on which everything should have come back is over."""
        return self.material.calendar.as_of > self.material.deadline

    @cached_property
    def units_of_today(self) -> Mapping[str, Unit]:
        """The units that the roster has now, by id."""
        return {unit.id: unit for unit in self.roster.units}

    def name_today(self, unit: Unit) -> str:
        """What the roster calls a unit now; as it was issued where the roster has it no more."""
        return self.units_of_today.get(unit.id, unit).name

    def people_today(self, unit: Unit) -> Sequence[Person]:
        """Who the roster has in a unit now, as it was issued where it has nobody of it."""
        names = (self.name_today(unit), unit.name)
        found = (own for name in names if (own := self.roster.people_of(name)))
        return next(found, None) or self.people_issued(unit)

    def people_issued(self, unit: Unit) -> Sequence[Person]:
        """Who was in a unit when its lists were issued."""
        plan = self.material.plans.get(unit.id)
        return plan.people if plan else ()

    def people_of(self, unit: Unit) -> Sequence[Person]:
        """The same, and after them who was there when the lists were issued."""
        found: dict[str, Person] = {}
        for person in (*self.people_today(unit), *self.people_issued(unit)):
            found.setdefault(person.name, person)
        return tuple(found.values())

    @cached_property
    def by_unit(self) -> Mapping[str, Sequence[Standing]]:
        """The standings of each unit by its id."""
        found: dict[str, list[Standing]] = {}
        for standing in self.material.standings:
            found.setdefault(standing.unit.id, []).append(standing)
        return found

    @cached_property
    def issues(self) -> Mapping[str, Sequence[StoredRow]]:
        """The rows of 问题整改台账 by unit id."""
        found: dict[str, list[StoredRow]] = {}
        for row in self.material.issues:
            found.setdefault(str(row["unit_id"]), []).append(row)
        return found

    def facts(self, sent: UnitIntake) -> Facts:
        """What was collected of a unit."""
        key, why = sent.unit.id, "" if sent.receipt else NOT_RETURNED
        own, log = self.by_unit.get(key, ()), self.log.get(key, ())
        return Facts(sent.unit.name, own, log, self.issues.get(key, ()), self.material.calendar, why)

    @cached_property
    def all_facts(self) -> Facts:
        """What was collected of all units together; what did not come back adds nothing."""
        return Facts(
            EVERYBODY,
            self.material.standings,
            [row for rows in self.log.values() for row in rows],
            self.material.issues,
            self.material.calendar,
            "" if self.material.intake.returned else NOT_RETURNED,
        )


@dataclass(frozen=True)
class About:
    """One unit, or one `person` of it, that a report is about; `listed` where it is one of several in it."""

    year: Year
    sent: UnitIntake
    person: Person | None = None
    listed: bool = False

    @property
    def unit(self) -> Unit:
        """The unit."""
        return self.sent.unit

    @property
    def label(self) -> str:
        """单位, or 单位/姓名."""
        return f"{self.unit.name}/{self.person.name}" if self.person else self.unit.name

    @property
    def gone(self) -> bool:
        """Whether the roster of today has the unit no more; no where there is no roster that can be read."""
        units = self.year.units_of_today
        return bool(units) and self.unit.id not in units

    @property
    def head(self) -> str:
        """The name of the unit's head; '' where there is not just one."""
        return head_of(self.year.people_today(self.unit))

    def column(self, name: str) -> str:
        """What the roster has in a column for the unit; for 负责人 its head; '' for a column that is not there."""
        unit = next((unit for unit in self.year.roster.units if unit.id == self.unit.id), self.unit)
        return values_of(unit, self.year.people_today(self.unit)).get(heading_text(name), "")

    @property
    def author(self) -> str:
        """Who reports: the person, or the one whose own lists are all that the unit has; '' for the unit itself."""
        if self.person:
            return self.person.name
        holders = {standing.holder for standing in self.facts.standings}
        return holders.pop() if len(holders) == 1 else ""

    @property
    def flawed(self) -> bool:
        """Whether anything is late, lacking or not put right yet, or everything is, as far as anybody knows."""
        if self.facts.why:
            return self.year.is_due
        return bool(self.facts.behind or self.facts.open_issues)

    @property
    def group(self) -> str:
        """The group in which the result was ranked, '' for none; without a result the group of the roster."""
        return self.unit.group if self.told.lacks else self.told.group

    @cached_property
    def facts(self) -> Facts:
        """What was collected."""
        whole = self.year.facts(self.sent)
        whole = replace(whole, prefix=f"{self.unit.name}：") if self.listed else whole
        return whole.of_person(self.person.name) if self.person else whole

    @property
    def told(self) -> Told:
        """The result of the assessment."""
        key = f"{self.unit.id}/{self.person.name}" if self.person else self.unit.id
        return self.year.results.of(key).named(f"{self.unit.name}：" if self.listed else "")


@dataclass(frozen=True)
class Everybody:
    """All units together."""

    year: Year

    @property
    def label(self) -> str:
        """全部单位."""
        return EVERYBODY

    @property
    def gone(self) -> bool:
        """There are always some."""
        return False

    @property
    def flawed(self) -> bool:
        """Whether any of the units is."""
        return any(about.flawed for about in self.units)

    @property
    def facts(self) -> Facts:
        """What was collected."""
        return self.year.all_facts

    @cached_property
    def units(self) -> Sequence[About]:
        """Each unit by itself, in the order of the roster."""
        return [replace(about, listed=True) for about in every_unit(self.year)]


def every_unit(year: Year) -> Iterator[About]:
    """Every unit that was sent a workbook, in the order of the roster."""
    return (About(year, sent) for sent in year.material.intake.units)
