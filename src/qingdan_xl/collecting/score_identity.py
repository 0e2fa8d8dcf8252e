"""Whose score sheet a file is, as that of a unit's workbook is told."""

from dataclasses import dataclass

from qingdan_xl.collecting.identity import (
    Claims,
    SentOut,
    check_ids,
    check_seal,
    check_workspace,
    claimed,
    lost_marks,
    mismatch,
    version,
)
from qingdan_xl.collecting.reading import Book
from qingdan_xl.issuing.score_plan import ScorePlan, plan_from_json
from qingdan_xl.model import Origin
from qingdan_xl.packages.refusal import RefusedError
from qingdan_xl.problems import Problem, problem
from qingdan_xl.sheets.identity import TEMPLATE
from qingdan_xl.store import IssuedScores, newest_sheets


@dataclass(frozen=True, slots=True)
class RecognisedScores:
    """What the rater was sent in the round that the file is of."""

    plan: ScorePlan
    problems: tuple[Problem, ...] = ()


def recognise_scores(book: Book, sent: SentOut | None) -> RecognisedScores:
    """Tell which rater's score sheet the workbook is.

    Raises RefusedError: those of `claimed`, `score-sheet-elsewhere`, `other-workspace`, `version`, `unit-mismatch`,
    `edited-identity`, `not-our-form`.
    """
    if sent is None:
        raise RefusedError(problem("score-sheet-elsewhere", Origin(book.file)))
    claims = claimed(book)
    issued = _issued(book, claims, sent)
    plan = plan_from_json(issued.plan)
    if claims.hidden is None or claims.stated is None:
        check_ids(book, {row.id for row in plan.rows()})
    problems = lost_marks(book, claims)
    newest = newest_sheets(sent.scores.values())[plan.rater_id].batch
    if newest != plan.batch:
        problems += (problem("older-version", Origin(book.file), found=plan.batch, expected=newest),)
    return RecognisedScores(plan, problems)


def _issued(book: Book, claims: Claims, sent: SentOut) -> IssuedScores:
    """The sheet that was sent; what never was, or is not the sheet it says it is, is refused."""
    claim, hidden = claims.agreed, claims.hidden
    check_workspace(book, claim, sent)
    issued = sent.scores.get((claim.batch, claim.unit_id))
    if issued is None or claim.template != TEMPLATE:
        rounds = ["（尚未下发）", *(batch for batch, _ in sent.scores)]
        raise version(book, claim.batch, rounds[-1])
    if hidden and hidden.fingerprint != issued.fingerprint:
        owner = next((s for s in sent.scores.values() if s.fingerprint == hidden.fingerprint), None)
        if owner:
            raise mismatch(book, f"文件中的 {hidden.unit}", f"发给 {owner.group} {owner.name} 的评分表")
        expected = f"{claim.batch} 发给 {issued.group} {issued.name} 的评分表"
        raise version(book, "被改动过的评分表", expected, claim.unit_id)
    check_seal(book, hidden, sent)
    return issued
