"""What an assessment is made of, read from the year folder once; any scheme may then be applied to it."""

from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date

from qingdan_xl.assessment.data_sheet import check_untyped
from qingdan_xl.assessment.gaps import Gap
from qingdan_xl.assessment.given_ratings import StoredRatings, given_ratings, load_ratings, with_ratings
from qingdan_xl.assessment.result import Assessment, IssueLedger, assess
from qingdan_xl.assessment.rules import Scheme
from qingdan_xl.assessment.score_sheets import Round, score_plans
from qingdan_xl.model import Roster
from qingdan_xl.store import Receipt, Store, read_store
from qingdan_xl.summary.material import Material, load_material
from qingdan_xl.summary.standing import Standing, StoredRow
from qingdan_xl.verbs.appeals import NO_APPEALS, ReadBack, read_back
from qingdan_xl.verbs.inputs import load_roster
from qingdan_xl.verbs.score_data import typed_data
from qingdan_xl.workspace.files import read_file
from qingdan_xl.workspace.folder import DATA_FILE, Workspace


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything that scores are made of besides the scheme, looked at on the day `as_of`.

    `issues` are the rows of 问题整改台账, `data` is 考核数据.xlsx, None where there is none, `appeals` what was typed
    into 复核申诉 of the last result.
    """

    as_of: date
    roster: Roster
    standings: tuple[Standing, ...]
    receipts: tuple[Receipt, ...]
    issues: tuple[StoredRow, ...] = ()
    data: bytes | None = None
    ratings: StoredRatings = field(default_factory=StoredRatings)
    appeals: ReadBack = NO_APPEALS


def load_inputs(workspace: Workspace, as_of: date) -> Inputs:
    """Read the year folder and write nothing.

    UnusableError where the roster cannot be used, `nothing-issued` where nothing was ever sent out, and
    `appeals-unread`.
    """
    with closing(read_store(workspace)) as store:
        return inputs_of(workspace, store, as_of)


def inputs_of(workspace: Workspace, store: Store, as_of: date) -> Inputs:
    """As `load_inputs`, from a store that is open."""
    return inputs_from(workspace, store, load_material(store, workspace.settings.calendar(as_of)))


def inputs_from(workspace: Workspace, store: Store, material: Material) -> Inputs:
    """As `load_inputs`, from material of the whole year that was read already."""
    roster, as_of = load_roster(workspace), material.calendar.as_of
    receipts = tuple(receipt for receipt in store.receipts() if not receipt.of_rater)
    data = read_file(workspace.score_data) if workspace.score_data.exists() else None
    appeals = read_back(workspace.results, workspace.settings.year)
    return Inputs(as_of, roster, material.standings, receipts, material.issues, data, load_ratings(store), appeals)


def assess_by(scheme: Scheme, inputs: Inputs) -> Assessment:
    """Score, rank and grade everybody by a scheme; UnusableError as `assess` and `typed_data`."""
    ratings = given_ratings(inputs.ratings, score_plans(Round(scheme, inputs.roster, inputs.standings)))
    typed = typed_data(inputs.data, DATA_FILE, inputs.roster, scheme)
    facts = with_ratings(typed.facts, ratings)
    ledger = IssueLedger(inputs.issues, inputs.as_of)
    roster, decided = inputs.roster, replace(scheme, appeals=inputs.appeals.appeals)
    found = assess(roster.units, inputs.standings, inputs.receipts, decided, facts, roster.people, ledger)
    told = (
        *inputs.appeals.problems,
        *found.problems,
        *typed.problems,
        *check_untyped(typed, scheme),
        *ratings.problems,
    )
    missing = (Gap(None, "评委缺评", fault.what) for fault in ratings.problems if fault.code == "rating-missing")
    return replace(found, problems=told, gaps=(*found.gaps, *missing))
