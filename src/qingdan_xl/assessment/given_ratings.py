"""What raters gave, out of the store, held against the scheme as it is now: what it does not ask for is not counted."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from qingdan_xl.assessment.facts import Facts, Rating
from qingdan_xl.issuing.score_plan import ScorePage, ScorePlan, ScoreRow
from qingdan_xl.model import Origin
from qingdan_xl.problems import Problem, problem
from qingdan_xl.sheets.declaration import Type
from qingdan_xl.sheets.ratings import ANSWER, RATINGS
from qingdan_xl.store import IssuedScores, Store, newest_sheets
from qingdan_xl.summary.standing import StoredRow


@dataclass(frozen=True, slots=True)
class GivenRatings:
    """The ratings that count by subject id, and what is wrong with the others or missing."""

    by_subject: Mapping[str, tuple[Rating, ...]]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredRatings:
    """What the store holds: a row a rating of the accepted score sheets, and the newest sheet sent to each rater id."""

    rows: tuple[StoredRow, ...] = ()
    sent: Mapping[str, IssuedScores] = field(default_factory=dict)


def load_ratings(store: Store) -> StoredRatings:
    """Everything that raters gave, whatever the scheme asks now."""
    return StoredRatings(tuple(store.rows(RATINGS)), newest_sheets(store.score_sheets()))


def given_ratings(stored: StoredRatings, plans: Sequence[ScorePlan]) -> GivenRatings:
    """The ratings that count; `plans` are what the scheme asks of whom now.

    Problems: `rater-gone` and `rating-outdated` for what is not counted, `rating-missing` for each rater who still owes
    ratings.
    """
    rows, sent = stored.rows, stored.sent
    asked = {plan.rater_id: (plan, {row.id: (p, row) for p in plan.pages for row in p.rows}) for plan in plans}
    counted: dict[str, list[Rating]] = defaultdict(list)
    given, returned = Counter[str](), set[str]()
    gone: dict[str, list[Rating]] = defaultdict(list)
    outdated: dict[str, list[Rating]] = defaultdict(list)
    for row in rows:
        rater = str(row["unit_id"])
        returned.add(rater)
        if rater not in asked:
            gone[rater].append(_rating(row, sent[rater].group, sent[rater].name))
            continue
        plan, wanted = asked[rater]
        rating, own = _rating(row, plan.group, plan.name), wanted.get(str(row["asked"]))
        if own and _fits(row, own[1], own[0], plan.words):
            counted[own[1].subject].append(rating)
            given[rater] += 1
        else:
            outdated[rater].append(rating)
    problems = (
        *(_told("rater-gone", found) for found in gone.values()),
        *(_told("rating-outdated", found) for found in outdated.values()),
        *_missing(plans, given, returned, sent),
    )
    return GivenRatings({subject: tuple(found) for subject, found in counted.items()}, problems)


def with_ratings(facts: Mapping[str, Facts], ratings: GivenRatings) -> dict[str, Facts]:
    """What is known of every subject with what raters gave for it, by subject id."""
    rated = {key: replace(facts.get(key, Facts()), ratings=found) for key, found in ratings.by_subject.items()}
    return {**facts, **rated}


def _fits(row: StoredRow, own: ScoreRow, page: ScorePage, words: Sequence[str]) -> bool:
    """Whether a rating answers what is asked now: an option that is still there, or a score out of the same points."""
    if page.sheet.column(ANSWER).type is Type.CHOICE:
        return row["word"] in words
    return row["points"] is not None and row["full"] == own.full


def _rating(row: StoredRow, group: str, rater: str) -> Rating:
    points, number, letters = row["points"], row["row"], json.loads(str(row["letters"]))
    origin = Origin(
        str(row["path"]), str(row["sheet_title"]), number if isinstance(number, int) else None, letters.get(ANSWER, "")
    )
    word = str(row["word"] or "")
    return Rating(str(row["target"] or ""), group, rater, points if isinstance(points, Decimal) else None, word, origin)


def _told(code: str, found: Sequence[Rating]) -> Problem:
    first = found[0]
    return problem(code, first.origin, group=first.group, name=first.rater, count=len(found))


def _missing(
    plans: Iterable[ScorePlan], given: Mapping[str, int], returned: set[str], sent: Mapping[str, IssuedScores]
) -> list[Problem]:
    found = []
    for plan in plans:
        asked, there = sum(1 for _ in plan.rows()), given.get(plan.rater_id, 0)
        if there < asked:
            state = _state(plan.rater_id in sent, plan.rater_id in returned)
            found.append(
                problem(
                    "rating-missing", group=plan.group, name=plan.name, state=state, asked=asked, left=asked - there
                )
            )
    return found


def _state(sent: bool, returned: bool) -> str:
    return ("评分表没有评全" if returned else "还没有交回评分表") if sent else "还没有发过评分表"
