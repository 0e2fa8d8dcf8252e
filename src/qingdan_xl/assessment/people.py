"""个人得分: what a person earns by the unit, the own list, the raters and the units overseen."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from qingdan_xl.assessment.duties import duty_lines
from qingdan_xl.assessment.facts import Facts, Subject
from qingdan_xl.assessment.items import Item, PersonMix
from qingdan_xl.assessment.ratings import rater_lines
from qingdan_xl.assessment.rules import Scheme
from qingdan_xl.assessment.scoring import closed, why_not_assessed
from qingdan_xl.assessment.trail import Entry, Kind, Ledger, Score, plain
from qingdan_xl.assessment.workings import Stepwise
from qingdan_xl.model import Person, Unit
from qingdan_xl.sheets.scheme_items import Partial, Source
from qingdan_xl.summary.standing import Standing

_HUNDRED = Decimal(100)
_SECTION, _OWN_LIST = "个人得分", "本人清单得分"


@dataclass(frozen=True, slots=True)
class Around:
    """What a person's score is made from besides the person: the scores of all units, by name."""

    units: Mapping[str, Score]
    scheme: Scheme


def person_subject(person: Person, unit: Unit, mix: PersonMix) -> Subject:
    """A person as one that is scored, ranked in the group of the mix."""
    return Subject(f"{unit.id}/{person.name}", person.name, mix.group, unit.kind, unit.name)


def mix_of(person: Person, scheme: Scheme) -> PersonMix | None:
    """The first mix of a role that the person holds, None where the scheme scores no such person."""
    return next((mix for mix in scheme.person_mixes if mix.role in person.roles), None)


def scored_people(people: Iterable[Person], units: Iterable[Unit], scheme: Scheme) -> list[tuple[Subject, Person]]:
    """The people whose role has a mix, of the units that are there, each as a subject and as the roster has it."""
    by_name = {unit.name: unit for unit in units}
    return [
        (person_subject(person, by_name[person.unit], mix), person)
        for person in people
        if person.unit in by_name and (mix := mix_of(person, scheme))
    ]


def person_score(
    subject: Subject, person: Person, standings: Sequence[Standing], facts: Facts, around: Around
) -> Score:
    """Score one person of a unit; `standings` are those of the person's own list.

    A part that nobody has judged yet is an open line: the score is None until it is.
    """
    mix = mix_of(person, around.scheme)
    ledger = Ledger()
    if mix is None:
        return Score(subject, None, reason="考核办法没有写明这一角色怎样计分")
    ledger.add(_unit_lines(mix, subject, around))
    ledger.add(_own_lines(mix, subject, standings, facts, around.scheme))
    ledger.add(_rating_lines(mix, facts, around.scheme))
    ledger.add(_overseen_lines(mix, person, around))
    return closed(ledger, subject, (), facts, around.scheme)


def _unit_lines(mix: PersonMix, subject: Subject, around: Around) -> list[Entry]:
    return _part("单位得分", mix.unit, [subject.unit], around) if mix.unit else []


def _overseen_lines(mix: PersonMix, person: Person, around: Around) -> list[Entry]:
    overseen = [name for name in person.oversees if name in around.units]
    return _part("分管单位得分", mix.overseen, overseen, around) if mix.overseen else []


def _part(rule: str, weight: Decimal, names: Iterable[str], around: Around) -> list[Entry]:
    """A line for the mean score of units; open where there are none or one of them is not scored."""
    scores = {name: around.units[name].points for name in names if name in around.units}
    waiting = [name for name, points in scores.items() if points is None]
    if waiting or not scores:
        why = f"{'、'.join(waiting)}还没有得分" if waiting else "花名册中没有写明分管的单位"
        return [_entry(rule, None, f"{why}，等待评定（占 {plain(weight)}%）")]
    known = {name: points for name, points in scores.items() if points is not None}
    said = "、".join(f"{name} {points}" for name, points in known.items())
    return [_entry(rule, _mean(known.values(), weight), f"{said}，占 {plain(weight)}%")]


def _own_lines(
    mix: PersonMix, subject: Subject, standings: Sequence[Standing], facts: Facts, scheme: Scheme
) -> list[Entry]:
    """A line for each duty of the person's own list; together they are worth its part of the full mark."""
    if not mix.own:
        return []
    if reason := why_not_assessed(subject, standings, scheme.by_lists):
        return [_entry(_OWN_LIST, None, f"{reason}，等待评定（占 {plain(mix.own)}%）")]
    worth = scheme.full_mark * mix.own / _HUNDRED
    return duty_lines(Item("", _SECTION, _OWN_LIST, worth, Source.DUTIES), standings, facts, scheme.by_lists)


def _rating_lines(mix: PersonMix, facts: Facts, scheme: Scheme) -> list[Entry]:
    if not mix.rating:
        return []
    worth = scheme.full_mark * mix.rating / _HUNDRED
    return rater_lines(Item("", _SECTION, "测评", worth, Source.RATERS), facts, scheme)


def _mean(points: Iterable[Decimal], weight: Decimal) -> Stepwise:
    known = list(points)
    return Stepwise(sum(known, Decimal(0)), weight / _HUNDRED, step=Decimal(len(known)), partial=Partial.SHARED)


def _entry(rule: str, working: Stepwise | None, why: str) -> Entry:
    return Entry(Kind.BASE, rule, working, why).within(_SECTION, rule)
