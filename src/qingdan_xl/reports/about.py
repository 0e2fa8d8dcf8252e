"""Who a report is about, with all that is known of them on a day."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from qingdan_xl.issuing.filling import HEAD, values_of
from qingdan_xl.model import Origin, Person, Roster, Unit
from qingdan_xl.problems import UnusableError, problem
from qingdan_xl.reports.facts import NOT_RETURNED, Facts, Logged
from qingdan_xl.reports.scores import Results, Told
from qingdan_xl.roster import did_you_mean
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
    def head(self) -> str:
        """The name of the unit's head; '' where there is not just one."""
        return values_of(self.unit, self.year.roster.people_of(self.unit.name))[HEAD]

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
        return self.year.results.of(key)


@dataclass(frozen=True)
class Everybody:
    """All units together."""

    year: Year

    @property
    def label(self) -> str:
        """全部单位."""
        return EVERYBODY

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


def asked_for(year: Year, names: Iterable[str]) -> list[About]:
    """The units and people of these names: 单位, its id, 单位/姓名, or a name that only one person has.

    UnusableError with a `no-subject` for each that is nobody.
    """
    units = {sent.unit.name: sent for sent in year.material.intake.units}
    ids = {sent.unit.id: sent for sent in units.values()}
    people: dict[str, list[Person]] = {}
    for person in year.roster.people:
        if person.unit in units:
            for name in (f"{person.unit}/{person.name}", person.name):
                people.setdefault(name, []).append(person)
    found, lost = [], []
    for asked in names:
        name = asked.strip().replace("／", "/")
        if sent := units.get(name) or ids.get(name):
            found.append(About(year, sent))
        elif len(own := people.get(name, [])) == 1:
            found.append(About(year, units[own[0].unit], own[0]))
        else:
            known = [*units, *(key for key in people if "/" in key)]
            hint = "，有同名的，请写成 单位/姓名" if own else did_you_mean(name, known)
            lost.append(problem("no-subject", Origin(), name=asked, hint=hint))
    if lost:
        raise UnusableError(*lost)
    return list({about.label: about for about in found}.values())
