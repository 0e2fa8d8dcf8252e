"""One assessment: every unit scored, ranked and graded, with what is left open."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from qingdan_xl.assessment.appeals import appeal_problems, repeated_appeals
from qingdan_xl.assessment.data import Collected, gathered
from qingdan_xl.assessment.facts import Facts, unit_subject
from qingdan_xl.assessment.gaps import Gap, gaps
from qingdan_xl.assessment.grading import Graded, grade
from qingdan_xl.assessment.people import Around, person_score, scored_people
from qingdan_xl.assessment.relative import compared
from qingdan_xl.assessment.returns import refused_returns
from qingdan_xl.assessment.rules import Scheme
from qingdan_xl.assessment.scheme_checks import check_use
from qingdan_xl.assessment.scoring import score
from qingdan_xl.assessment.trail import Entry, Score, plain
from qingdan_xl.model import Origin, Person, Unit
from qingdan_xl.problems import Problem, Severity, UnusableError, problem
from qingdan_xl.sheets.scheme import ReturnCase
from qingdan_xl.store import Receipt
from qingdan_xl.summary.standing import Standing, StoredRow

_Item = TypeVar("_Item")
_NOTHING: Mapping[str, Facts] = {}


@dataclass(frozen=True, slots=True)
class Assessment:
    """考核: the scheme as used, a result for every unit in order, the gaps and the problems found on the way.

    `people` are the results of persons, where the scheme scores any.
    """

    scheme: Scheme
    results: tuple[Graded, ...]
    gaps: tuple[Gap, ...]
    problems: tuple[Problem, ...]
    people: tuple[Graded, ...] = ()


@dataclass(frozen=True, slots=True)
class IssueLedger:
    """The rows of 问题整改台账 of all units, looked at on the day `as_of`."""

    rows: Sequence[StoredRow] = ()
    as_of: date = date.max


def assess(  # noqa: PLR0913, PLR0917 - everything that a score is made of comes together here
    units: Iterable[Unit],
    standings: Sequence[Standing],
    receipts: Iterable[Receipt],
    scheme: Scheme,
    facts: Mapping[str, Facts] = _NOTHING,
    people: Iterable[Person] = (),
    ledger: IssueLedger | None = None,
) -> Assessment:
    """Score, rank and grade every unit of the roster, those that were issued a list and have left it since, and people.

    `facts` are what was typed and rated, by subject id; automatic data is added here. People are scored whose role has
    a mix. Problems: those of `check_use`, `not-assessed`, `quota-tie`, `idle-ruling`, `appeal-unit`, `appeal-twice`,
    and `refusal-unknown` for each refused file of no known unit where the scheme takes points for such files. Raises
    UnusableError with every `scheme-unit` where the scheme names a unit that is not there: its points would be lost.
    """
    everyone = {unit.id: unit for unit in units}
    for standing in standings:
        everyone.setdefault(standing.unit.id, standing.unit)
    persons = tuple(people)
    misuse = check_use(scheme, everyone.values(), {standing.section for standing in standings}, persons)
    if any(fault.severity is Severity.ERROR for fault in misuse):
        raise UnusableError(*misuse)
    by_unit = _by_unit(standings, lambda standing: standing.unit.id)
    received = _by_unit(receipts, lambda receipt: receipt.unit_id)
    issues = _by_unit(ledger.rows if ledger else (), lambda row: str(row["unit_id"]))
    subjects = [unit_subject(unit) for unit in everyone.values()]
    as_of = ledger.as_of if ledger else date.max
    collected = {key: Collected(by_unit[key], received[key], issues[key], as_of) for key in everyone}
    known = compared(subjects, gathered(subjects, collected, facts, scheme), scheme)
    scores = [score(own, by_unit[own.id], received[own.id], known[own.id], scheme) for own in subjects]
    results, ties = grade(scores, scheme)
    graded, edges = grade(_people_scores(persons, everyone.values(), scores, by_unit, facts, scheme), scheme)
    stray = stray_refusals(everyone, received, scheme)
    lost = [problem("refusal-unknown", Origin(receipt.path)) for receipt in stray]
    open_points = gaps((*results, *graded), standings, stray, scheme)
    told = [*misuse, *_unassessed((*results, *graded)), *ties, *edges, *lost]
    told += appeal_problems(scheme.appeals, (item.score.subject for item in (*results, *graded)))
    told += repeated_appeals(scheme.appeals)
    return Assessment(scheme, results, open_points, tuple(told), graded)


def _people_scores(  # noqa: PLR0913, PLR0917 - as `assess`
    people: Iterable[Person],
    units: Iterable[Unit],
    scores: Iterable[Score],
    standings: Mapping[str, Sequence[Standing]],
    facts: Mapping[str, Facts],
    scheme: Scheme,
) -> Iterator[Score]:
    """The score of every person whose role has a mix; the own list are the duties that the person holds."""
    everyone = tuple(units)
    around = Around({item.subject.name: item for item in scores}, scheme)
    held: dict[str, list[Standing]] = defaultdict(list)
    for unit in everyone:
        for standing in standings.get(unit.id, ()):
            if standing.holder:
                held[f"{unit.id}/{standing.holder}"].append(standing)
    for subject, person in scored_people(people, everyone, scheme):
        yield person_score(subject, person, held[subject.id], facts.get(subject.id, Facts()), around)


def _unassessed(results: Iterable[Graded]) -> Iterator[Problem]:
    for item in results:
        if item.score.points is None:
            own = item.score.subject
            yield problem("not-assessed", unit=own.unit or own.name, name=own.label, reason=item.score.reason)


def stray_refusals(
    units: Collection[str], received: Mapping[str, Sequence[Receipt]], scheme: Scheme
) -> tuple[Receipt, ...]:
    """The refused files of no known unit, where the scheme takes points for refused files; `received` by unit id."""
    if not any(rule.case is ReturnCase.REFUSED and rule.points for rule in scheme.returns):
        return ()
    nobody = [receipt for key, own in received.items() if key not in units for receipt in own]
    return tuple(refused_returns(nobody))


def _by_unit(items: Iterable[_Item], unit_id: Callable[[_Item], str]) -> dict[str, list[_Item]]:
    found: dict[str, list[_Item]] = defaultdict(list)
    for item in items:
        found[unit_id(item)].append(item)
    return found


def as_json(assessment: Assessment, workbook: str) -> dict[str, Any]:
    """The object of the `--json` contract, with `people` where any were scored; points are texts."""
    people = [{"person": item.score.subject.name} | _score_json(item) for item in assessment.people]
    return {
        "workbook": workbook,
        "scores": [_score_json(item) for item in assessment.results],
        **({"people": people} if people else {}),
    }


def _score_json(item: Graded) -> dict[str, Any]:
    points = item.score.points
    return {
        "unit": item.score.subject.unit,
        "group": item.score.subject.group,
        "score": None if points is None else str(points),
        "rank": item.rank,
        "grade": item.grade or None,
        "vetoed": item.vetoed,
        "trail": [_entry_json(entry) for entry in item.score.trail if not entry.idle],
    }


def _entry_json(entry: Entry) -> dict[str, str | None]:
    return {
        "duty": entry.standing.row_id if entry.standing else "",
        "rule": entry.rule,
        "points": plain(entry.points) if entry.points is not None else None,
        "why": entry.why,
        "file": entry.origin.file,
        "sheet": entry.origin.sheet,
        "cell": entry.origin.cell,
    }
