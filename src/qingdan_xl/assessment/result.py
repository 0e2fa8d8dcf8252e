"""One assessment: every unit scored, ranked and graded, with what is left open."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from qingdan_xl.assessment.facts import Facts, unit_subject
from qingdan_xl.assessment.gaps import Gap, gaps
from qingdan_xl.assessment.grading import Graded, grade
from qingdan_xl.assessment.relative import compared
from qingdan_xl.assessment.returns import refused_returns
from qingdan_xl.assessment.rules import Scheme
from qingdan_xl.assessment.scheme_checks import check_use
from qingdan_xl.assessment.scoring import score
from qingdan_xl.assessment.trail import Entry, plain
from qingdan_xl.model import Origin, Unit
from qingdan_xl.problems import Problem, Severity, UnusableError, problem
from qingdan_xl.sheets.scheme import ReturnCase
from qingdan_xl.store import Receipt
from qingdan_xl.summary.standing import Standing

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


def assess(
    units: Iterable[Unit],
    standings: Sequence[Standing],
    receipts: Iterable[Receipt],
    scheme: Scheme,
    facts: Mapping[str, Facts] = _NOTHING,
) -> Assessment:
    """Score, rank and grade every unit of the roster, and those that were issued a list and have left it since.

    Problems: `scheme-group`, `scheme-section`, `not-assessed`, `quota-tie`, `idle-ruling`, and `refusal-unknown` for
    each refused file of no known unit where the scheme takes points for such files. Raises UnusableError with every
    `scheme-unit` where the scheme names a unit that is not there: its points would be lost.
    """
    everyone = {unit.id: unit for unit in units}
    for standing in standings:
        everyone.setdefault(standing.unit.id, standing.unit)
    misuse = check_use(scheme, everyone.values(), {standing.section for standing in standings})
    if any(fault.severity is Severity.ERROR for fault in misuse):
        raise UnusableError(*misuse)
    by_unit = _by_unit(standings, lambda standing: standing.unit.id)
    received = _by_unit(receipts, lambda receipt: receipt.unit_id)
    subjects = [unit_subject(unit) for unit in everyone.values()]
    known = compared(subjects, facts, scheme)
    scores = [score(own, by_unit[own.id], received[own.id], known[own.id], scheme) for own in subjects]
    results, ties = grade(scores, scheme)
    unassessed = [
        problem("not-assessed", unit=item.subject.name, name=item.subject.name, reason=item.reason)
        for item in scores
        if item.points is None
    ]
    stray = stray_refusals(everyone, received, scheme)
    lost = [problem("refusal-unknown", Origin(receipt.path)) for receipt in stray]
    open_points = gaps(results, standings, stray, scheme)
    return Assessment(scheme, results, open_points, (*misuse, *unassessed, *ties, *lost))


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
    """The object of the `--json` contract; points are texts, so that no reader rounds them."""
    return {"workbook": workbook, "scores": [_score_json(item) for item in assessment.results]}


def _score_json(item: Graded) -> dict[str, Any]:
    points = item.score.points
    return {
        "unit": item.score.subject.name,
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
