"""How the year stands in one screen: who returned, what was refused, how it looks, what comes next."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from qingdan_xl.counting.lights import COMPLETE, EXEMPT
from qingdan_xl.model import Roster, Unit
from qingdan_xl.sheets.summary import LIGHT_KEYS
from qingdan_xl.store import GroupIntake, Outcome
from qingdan_xl.summary.intake import OUTCOMES
from qingdan_xl.summary.material import Material
from qingdan_xl.summary.standing import Standing

_MOST_DAYS = 8
NOBODY = Roster((), ())


@dataclass(frozen=True, slots=True)
class UnitStatus:
    """One unit: whether it returned, and how many of its duties wear each light; `lights` is empty where it did not."""

    unit: str
    state: str
    lights: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """A file that could not be taken, and why; `unit` is '' where nobody knows whose it is."""

    path: str
    unit: str
    why: str


@dataclass(frozen=True, slots=True)
class Upcoming:
    """A day on which something is due that is not done yet: for how many units and duties, and one of them in words."""

    day: date
    days: int
    units: int
    duties: int
    example: str


@dataclass(frozen=True, slots=True)
class Status:
    """`files` counts the found files by outcome (in words); `missing` and `late` are names of units.

    `scores` tell how many score sheets of each rater group came back.
    """

    title: str
    as_of: date
    deadline: date
    sent: int
    returned: int
    missing: tuple[str, ...]
    late: tuple[str, ...]
    files: Mapping[str, int]
    refused: tuple[RefusedFile, ...]
    units: tuple[UnitStatus, ...]
    upcoming: tuple[Upcoming, ...]
    scores: tuple[GroupIntake, ...] = ()

    @property
    def lights(self) -> Mapping[str, int]:
        """How many duties of all units wear each light."""
        return {word: sum(unit.lights.get(word, 0) for unit in self.units) for word in LIGHT_KEYS}

    def as_json(self) -> Mapping[str, object]:
        """The same for `status --json`; file outcomes under the words of the contract (DESIGN §6)."""
        outcomes = {outcome.value: self.files[word] for outcome, word in OUTCOMES.items()}
        return {
            "as_of": self.as_of.isoformat(),
            "deadline": self.deadline.isoformat(),
            "sent": self.sent,
            "returned": self.returned,
            "missing": list(self.missing),
            "late": list(self.late),
            "found": sum(self.files.values()),
            **outcomes,
            "lights": dict(self.lights),
            "units": [{"unit": unit.unit, "state": unit.state, "lights": dict(unit.lights)} for unit in self.units],
            "upcoming": [
                {"date": due.day.isoformat(), "days": due.days, "units": due.units, "duties": due.duties}
                for due in self.upcoming
            ],
            "scores": [group.as_json() for group in self.scores],
        }


def status(material: Material, roster: Roster = NOBODY) -> Status:
    """Look at the material as of its calendar's day; units are called as `roster` has them, else as they were sent."""
    material = renamed(material, roster)
    intake, names = material.intake, material.intake.names
    worn: dict[str, Counter[str]] = defaultdict(Counter)
    for standing in material.standings:
        worn[standing.unit.id][standing.light] += standing.returned
    return Status(
        material.title,
        material.calendar.as_of,
        material.deadline,
        len(intake.units),
        len(intake.returned),
        tuple(sent.unit.name for sent in intake.missing),
        tuple(sent.unit.name for sent in intake.late),
        {OUTCOMES[outcome]: number for outcome, number in intake.outcomes.items()},
        tuple(
            RefusedFile(receipt.path, names.get(receipt.unit_id, ""), intake.reason(receipt))
            for receipt in intake.found(Outcome.REFUSED)
        ),
        tuple(
            UnitStatus(
                sent.unit.name,
                sent.state,
                {word: worn[sent.unit.id][word] for word in LIGHT_KEYS} if sent.receipt else {},
            )
            for sent in intake.units
        ),
        upcoming(material.standings, material.calendar.as_of),
        intake.scores,
    )


def renamed(material: Material, roster: Roster) -> Material:
    """The material with every unit under the name that the roster has for its id now."""
    today = {unit.id: unit.name for unit in roster.units}

    def of_today(unit: Unit) -> Unit:
        name = today.get(unit.id, unit.name)
        return unit if name == unit.name else replace(unit, name=name)

    units = tuple(replace(sent, unit=of_today(sent.unit)) for sent in material.intake.units)
    standings = tuple(
        replace(standing, unit=unit) if (unit := of_today(standing.unit)) is not standing.unit else standing
        for standing in material.standings
    )
    return replace(material, intake=replace(material.intake, units=units), standings=standings)


def upcoming(standings: Iterable[Standing], as_of: date) -> tuple[Upcoming, ...]:
    """The next days on which returned duties have something due that is not done yet, nearest first."""
    found: dict[date, list[Standing]] = defaultdict(list)
    for standing in standings:
        for day in open_days(standing, as_of):
            found[day].append(standing)
    return tuple(
        Upcoming(
            day,
            (day - as_of).days,
            len({standing.unit.id for standing in found[day]}),
            len(found[day]),
            f"{found[day][0].unit.name}：{found[day][0].text}",
        )
        for day in sorted(found)[:_MOST_DAYS]
    )


def open_days(standing: Standing, as_of: date) -> Iterator[date]:
    """The days from `as_of` on by which the duty has something left to do, each once, in order."""
    if not standing.returned or standing.light == EXEMPT:
        return
    days = {window.window.end for target in standing.targets for window in target.windows if window.lacking}
    if standing.closable and standing.light != COMPLETE and standing.deadline:
        days.add(standing.deadline)
    yield from sorted(day for day in days if day >= as_of)
