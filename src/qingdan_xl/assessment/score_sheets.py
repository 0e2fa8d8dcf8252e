"""评分表: who is asked to rate what, worked out from the scheme and the roster."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from qingdan_xl.assessment.facts import Subject, unit_subject
from qingdan_xl.assessment.items import Item, Rater, RaterGroup
from qingdan_xl.assessment.people import mix_of, scored_people
from qingdan_xl.assessment.reviews import is_reviewed
from qingdan_xl.assessment.rules import Scheme
from qingdan_xl.issuing.score_plan import ScorePage, ScorePlan, ScoreRow
from qingdan_xl.issuing.titles import unique_title
from qingdan_xl.model import Person, Roster, Unit
from qingdan_xl.problems import Problem, problem
from qingdan_xl.sheets.declaration import Sheet
from qingdan_xl.sheets.ratings import (
    DUTIES_BESIDE,
    DUTY_FACTORS,
    ITEM_SCORES,
    ITEM_VOTES,
    PEOPLE_SCORES,
    PEOPLE_VOTES,
    rater_id,
)
from qingdan_xl.sheets.scheme_items import DUTY_REVIEW, Method, Source
from qingdan_xl.summary.standing import Standing

_UNITS, _PEOPLE = "单位评分", "个人"
_OF_PERSON = Decimal(100)
_OF_DUTY = Decimal(1)


@dataclass(frozen=True)
class Round:
    """What score sheets are made from; `batch` is their number, `title` and `year` those of the year folder.

    To know who is asked for what, neither is needed.
    """

    scheme: Scheme
    roster: Roster
    standings: Sequence[Standing]
    title: str = ""
    year: int = 0
    batch: str = ""

    @cached_property
    def units(self) -> Mapping[str, Unit]:
        """The units by name."""
        return {unit.name: unit for unit in self.roster.units}

    @cached_property
    def duties(self) -> Mapping[str, Sequence[Standing]]:
        """What was issued to each unit, by the unit's name."""
        found: dict[str, list[Standing]] = defaultdict(list)
        for standing in self.standings:
            found[standing.unit.name].append(standing)
        return found

    @cached_property
    def people(self) -> Sequence[tuple[Subject, Person]]:
        """The persons in whose score a rating has a part."""
        scored = scored_people(self.roster.people, self.roster.units, self.scheme)
        return [(own, person) for own, person in scored if (mix := mix_of(person, self.scheme)) and mix.rating]


def score_plans(given: Round) -> tuple[ScorePlan, ...]:
    """The score sheet of every rater who has something to rate, in the order of the scheme.

    In a group that rates itself (自评) every unit is a rater of its own.
    """
    plans = (_plan(group, rater, given) for group in given.scheme.rater_groups for rater in _raters(group, given))
    return tuple(plan for plan in plans if plan.pages)


def check_raters(given: Round) -> list[Problem]:
    """Every rater of the scheme has something to rate."""
    busy = {plan.rater_id for plan in score_plans(given)}
    return [
        problem("rater-idle", rater.origin, name=rater.name, group=rater.group)
        for rater in given.scheme.raters
        if rater_id(rater.group, rater.name) not in busy
    ]


def _raters(group: RaterGroup, given: Round) -> Sequence[Rater]:
    if group.itself:
        return [Rater(unit.name, group.name, unit.name) for unit in given.roster.units]
    return [rater for rater in given.scheme.raters if rater.group == group.name]


def _plan(group: RaterGroup, rater: Rater, given: Round) -> ScorePlan:
    votes = group.method is Method.VOTES
    words = tuple(option.word for option in given.scheme.options if votes and option.table == group.options)
    key = rater_id(group.name, rater.name)
    pages = tuple(_pages(group, rater, given))
    return ScorePlan(given.batch, given.title, given.year, key, group.name, rater.name, rater.unit, words, pages)


def _pages(group: RaterGroup, rater: Rater, given: Round) -> Iterator[ScorePage]:
    """A page for each peer group of units and of persons, and one for the duties."""
    votes = group.method is Method.VOTES
    found: dict[tuple[str, str], list[ScoreRow]] = defaultdict(list)
    for unit in given.roster.units:
        if _rates(group, rater, unit_subject(unit), unit):
            items = ITEM_VOTES if votes else ITEM_SCORES
            found[items.key, unit.group or _UNITS] += _item_rows(group, unit, given)
            found[DUTY_FACTORS.key, DUTY_REVIEW] += _duty_rows(group, unit, given)
    for subject, person in given.people if not group.items else ():
        if _rates(group, rater, subject, given.units[subject.unit]):
            people = PEOPLE_VOTES if votes else PEOPLE_SCORES
            title = f"{_PEOPLE}·{subject.group}" if subject.group else PEOPLE_SCORES.title
            found[people.key, title].append(_person_row(subject, person))
    yield from _titled((key, title, rows) for (key, title), rows in sorted(found.items(), key=_order) if rows)


_ORDER: Sequence[Sheet] = (ITEM_SCORES, ITEM_VOTES, DUTY_FACTORS, PEOPLE_SCORES, PEOPLE_VOTES)


def _order(found: tuple[tuple[str, str], list[ScoreRow]]) -> int:
    return [sheet.key for sheet in _ORDER].index(found[0][0])


def _titled(pages: Iterable[tuple[str, str, Sequence[ScoreRow]]]) -> Iterator[ScorePage]:
    taken = [DUTIES_BESIDE.title]
    for key, wanted, rows in pages:
        taken.append(unique_title(wanted, taken))
        yield ScorePage(taken[-1], key, tuple(rows))


def _rates(group: RaterGroup, rater: Rater, subject: Subject, unit: Unit) -> bool:
    """Whether this rater rates this subject: in a group that rates itself the own unit only, else never."""
    if group.itself:
        return subject.unit == rater.unit
    named = {subject.group, subject.unit, unit.group} - {""}
    return subject.unit != rater.unit and (not rater.covers or not named.isdisjoint(rater.covers))


def _item_rows(group: RaterGroup, unit: Unit, given: Round) -> Iterator[ScoreRow]:
    for item in given.scheme.items_of(unit.kind):
        if item.source is Source.RATERS and group in given.scheme.groups_of(item):
            yield ScoreRow(f"{unit.id}|{item.id}", unit.id, item.id, unit.name, item.name, item.text, item.points)


def _duty_rows(group: RaterGroup, unit: Unit, given: Round) -> Iterator[ScoreRow]:
    """The duties of a unit that no count can judge, where the group is to judge them."""
    if group not in given.scheme.reviewers:
        return
    items = [item for item in given.scheme.items_of(unit.kind) if item.source is Source.DUTIES]
    scored = (standing for item in items for standing in given.scheme.duties_of(item, given.duties[unit.name]))
    for standing in scored:
        if is_reviewed(standing, given.scheme):
            held = f"（{standing.holder}）" if standing.holder else ""
            name = f"{standing.number} {standing.text}{held}".strip()
            yield ScoreRow(f"{unit.id}|{standing.row_id}", unit.id, standing.row_id, unit.name, name, "", _OF_DUTY)


def _person_row(subject: Subject, person: Person) -> ScoreRow:
    return ScoreRow(f"{subject.id}|", subject.id, "", subject.unit, subject.name, person.title, _OF_PERSON)


def duties_beside(row: ScoreRow, page: ScorePage, given: Round) -> Sequence[Standing]:
    """The duties of a subject that tell something about what is rated in a row."""
    own = given.duties.get(row.unit, ())
    if page.key == DUTY_FACTORS.key:
        return [standing for standing in own if standing.row_id == row.target]
    if not row.target:
        return [standing for standing in own if standing.holder == row.item]
    item = next(item for item in given.scheme.items if item.id == row.target)
    return _named_duties(item, own, given.scheme)


def _named_duties(item: Item, own: Sequence[Standing], scheme: Scheme) -> Sequence[Standing]:
    """The duties of the sections that the item names; all where it names none."""
    return scheme.duties_of(item, own) if item.lists else own
