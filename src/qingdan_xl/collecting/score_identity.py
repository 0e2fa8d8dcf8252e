"""Whose score sheet a file is, as that of a unit's workbook is told."""

from dataclasses import dataclass

from qingdan_xl.collecting.identity import Claims, SentOut, claimed
from qingdan_xl.collecting.reading import Book
from qingdan_xl.issuing.score_plan import ScorePlan, plan_from_json
from qingdan_xl.model import Origin
from qingdan_xl.packages.refusal import RefusedError
from qingdan_xl.problems import Problem, problem
from qingdan_xl.sheets.identity import TEMPLATE, is_sealed, workspace_mark
from qingdan_xl.sheets.values import as_text
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
    lost = not claims.hidden or (claims.stated is None and book.properties is not None)
    if claims.hidden is None or claims.stated is None:
        _check_ids(book, plan)
    problems = [problem("identity-lost", Origin(book.file), lost=claims.lost)] if lost else []
    newest = newest_sheets(sent.scores.values())[plan.rater_id].batch
    if newest != plan.batch:
        problems.append(problem("older-version", Origin(book.file), found=plan.batch, expected=newest))
    return RecognisedScores(plan, tuple(problems))


def _issued(book: Book, claims: Claims, sent: SentOut) -> IssuedScores:
    """The sheet that was sent; what never was, or is not the sheet it says it is, is refused."""
    claim, hidden, where = claims.agreed, claims.hidden, Origin(book.file)
    if claim.workspace != workspace_mark(sent.key):
        raise RefusedError(problem("other-workspace", where, batch=claim.batch, unit_id=claim.unit_id))
    issued = sent.scores.get((claim.batch, claim.unit_id))
    if issued is None or claim.template != TEMPLATE:
        rounds = ["（尚未下发）", *(batch for batch, _ in sent.scores)]
        raise RefusedError(problem("version", where, found=claim.batch, expected=rounds[-1]))
    if hidden and hidden.fingerprint != issued.fingerprint:
        owner = next((s for s in sent.scores.values() if s.fingerprint == hidden.fingerprint), None)
        if owner:
            found, expected = f"文件中的 {hidden.unit}", f"发给 {owner.group} {owner.name} 的评分表"
            raise RefusedError(problem("unit-mismatch", where, found=found, expected=expected))
        expected = f"{claim.batch} 发给 {issued.group} {issued.name} 的评分表"
        raise RefusedError(problem("version", where, found="被改动过的评分表", expected=expected), claim.unit_id)
    if hidden and not is_sealed(hidden, sent.key):
        raise RefusedError(problem("edited-identity", where), claim.unit_id)
    return issued


def _check_ids(book: Book, plan: ScorePlan) -> None:
    """Where only one of properties and hidden sheet speaks, the row ids must bear it out."""
    seen = {as_text(cell) for grid in book.pages.values() for cells in grid for cell in cells}
    ids = {row.id for row in plan.rows()}
    if 2 * len(ids & seen) < len(ids):
        raise RefusedError(problem("not-our-form", Origin(book.file)))
