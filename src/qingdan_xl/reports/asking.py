"""Who is meant by a name, whether it is that of the batch or of the roster of today; and where the two differ."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from qingdan_xl.issuing.filling import head_of
from qingdan_xl.problems import Problem, UnusableError, problem
from qingdan_xl.reports.about import About, Year, every_unit
from qingdan_xl.roster import did_you_mean

EVERY_PERSON = "全部个人"
_NOT_SENT = "，花名册里有这个单位，但还没有给它下发填报表"
_SEVERAL = "，有同名的，请写成 单位/姓名"
_MOST = 5


def asked_for(year: Year, names: Iterable[str]) -> list[About]:
    """The units and people of these names.

    A name is 单位 as it was issued, is or was called, its id, 单位/姓名, a name that only one person has, 单位/ (also
    单位/*) for all people of a unit, and 全部个人 for all people of all. UnusableError with a `no-subject` for each
    that is nobody.
    """
    people = _People(year)
    found: list[About] = []
    lost: list[Problem] = []
    for asked in names:
        name = asked.strip().replace("／", "/")
        if own := people.called(name):
            found += own
        else:
            lost.append(problem("no-subject", name=asked, hint=people.hint(name)))
    if lost:
        raise UnusableError(*lost)
    return list({(about.unit.id, about.label): about for about in found}.values())


@dataclass(frozen=True)
class _People:
    """The units that were sent a workbook, and their people, by all that they may be called."""

    year: Year

    @cached_property
    def units(self) -> dict[str, About]:
        """Units by name and id; a name of today or of the batch counts before one of earlier."""
        units, sent_as = list(every_unit(self.year)), self.year.material.intake.sent_as
        found = {about.unit.id: about for about in units}
        found |= {name: about for about in units for name in sent_as.get(about.unit.id, ())}
        found |= {self.year.name_today(about.unit): about for about in units}
        return found | {about.unit.name: about for about in units}

    @cached_property
    def by_name(self) -> dict[str, list[About]]:
        """People by the name alone."""
        found: dict[str, list[About]] = {}
        for about in every_unit(self.year):
            for one in everybody_of(about):
                found.setdefault(one.person.name if one.person else "", []).append(one)
        return found

    def called(self, name: str) -> Sequence[About]:
        """Who is meant; nobody where it is not clear."""
        if name == EVERY_PERSON:
            return [one for own in self.by_name.values() for one in own]
        if unit := self.units.get(name):
            return [unit]
        if len(alone := self.by_name.get(name, [])) == 1:
            return alone
        unit_name, slash, own = name.rpartition("/")
        unit = self.units.get(unit_name) if slash else None
        people = everybody_of(unit) if unit else ()
        return [one for one in people if own in {"", "*"} or (one.person and one.person.name == own)]

    def hint(self, name: str) -> str:
        """What may have been meant by a name that is nobody's."""
        if any(name.partition("/")[0] in {unit.name, unit.id} for unit in self.year.roster.units):
            unsent = name.partition("/")[0] not in self.units
            return _NOT_SENT if unsent else did_you_mean(name, self._labels)
        return _SEVERAL if len(self.by_name.get(name, ())) > 1 else did_you_mean(name, self._labels)

    @property
    def _labels(self) -> list[str]:
        return [*self.units, *(one.label for own in self.by_name.values() for one in own)]


def everybody_of(about: About) -> list[About]:
    """The people of a unit, those of the roster of today first."""
    return [replace(about, person=person) for person in about.year.people_of(about.unit)]


def roster_changes(year: Year) -> list[Problem]:
    """`roster-moved-on` where the roster is another than when the lists were issued, as far as reports show it."""
    told = [*_renamed(year), *_headed_anew(year)]
    issued = {sent.unit.id for sent in year.material.intake.units}
    if unsent := [unit.name for unit in year.roster.units if unit.id not in issued]:
        told.append(f"还没有下发填报表的：{'、'.join(unsent[:_MOST])}{_and_so_on(len(unsent))}")
    more = [f"另有 {len(told) - _MOST} 处"] if len(told) > _MOST else []
    return [problem("roster-moved-on", changes="；".join((*told[:_MOST], *more)))] if told else []


def _renamed(year: Year) -> Iterator[str]:
    for about in every_unit(year):
        if (name := year.name_today(about.unit)) != about.unit.name:
            yield f"{about.unit.name}改名为{name}，报告仍写{about.unit.name}"


def _headed_anew(year: Year) -> Iterator[str]:
    for about in every_unit(year):
        before = head_of(year.people_issued(about.unit))
        if before and not about.gone and about.head != before:
            yield f"{about.unit.name}的主要负责人原为{before}，现为{about.head or '空缺或不止一位'}"


def _and_so_on(count: int) -> str:
    return f" 等 {count} 个" if count > _MOST else ""
