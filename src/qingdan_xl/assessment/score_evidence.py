"""What stands beside a cell to be rated: what the store knows of it, never what anybody else gave."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from qingdan_xl.assessment.data import NOT_RETURNED
from qingdan_xl.assessment.score_sheets import Round, duties_beside
from qingdan_xl.counting.lights import OVERDUE
from qingdan_xl.issuing.score_plan import ScorePage, ScorePlan, ScoreRow
from qingdan_xl.sheets.choices import DONE, STANDING
from qingdan_xl.sheets.ratings import DUTIES_BESIDE, DUTY_FACTORS
from qingdan_xl.sheets.writing import Cell
from qingdan_xl.summary.standing import Standing

_MOST_LINES = 3
_MOST_DUTIES = 5_000  # of more a page would be too slow to open
_LONGEST_DUTY, _LONGEST_EVIDENCE = 14, 60
_STEP = Decimal("0.01")

CellRow = Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Beside:
    """The cells beside the answers, by row id and column key, and the rows of 履责情况 (none where it is left out)."""

    cells: Mapping[str, CellRow] = field(default_factory=dict)
    duties: Sequence[CellRow] = ()


def evidence_of(plan: ScorePlan, given: Round) -> Beside:
    """What the store knows of everything that a score sheet asks for."""
    units = dict.fromkeys(row.unit for row in plan.rows())
    duties = [_duty(standing) for unit in units for standing in given.duties.get(unit, ())]
    listed = duties if len(duties) <= _MOST_DUTIES else []
    where = f"“{DUTIES_BESIDE.title}”表" if listed else "该单位填报表"
    return Beside({row.id: _cells(row, page, given, where) for page in plan.pages for row in page.rows}, listed)


def _cells(row: ScoreRow, page: ScorePage, given: Round, where: str) -> CellRow:
    found = duties_beside(row, page, given)
    if not found:
        return {}
    if not any(standing.returned for standing in found):
        return {"done": NOT_RETURNED}
    cells: dict[str, Cell] = {
        "self_score": _self_score(found),
        "done": _done(found),
        "lacking": sum(target.lacking for standing in found for target in standing.targets),
        "overdue": sum(standing.light == OVERDUE for standing in found),
        "evidence": _evidence(found, where),
    }
    if page.key == DUTY_FACTORS.key:
        answer = found[0].answer
        cells |= {"text": "；".join(filter(None, (answer.status, answer.report))), "evidence": answer.evidence}
    return cells


def _duty(standing: Standing) -> CellRow:
    """A row of 履责情况; of a duty that did not come back only what was issued."""
    issued: dict[str, Cell] = {
        "unit": standing.unit.name,
        "number": standing.number,
        "item": standing.text,
        "holder": standing.person,
    }
    if not standing.returned:
        return {**issued, "report": NOT_RETURNED}
    answer, targets = standing.answer, standing.targets
    return {
        **issued,
        "status": answer.status,
        "light": standing.light,
        "done": f"{standing.done}/{standing.required}" if standing.required else None,
        "lacking": sum(target.lacking for target in targets) if targets else None,
        "self_score": answer.self_score,
        "report": answer.report,
        "evidence": answer.evidence,
    }


def _self_score(found: Sequence[Standing]) -> Decimal | None:
    """The mean of what was given to the own duties, None where nobody did."""
    given = [standing.answer.self_score for standing in found if standing.answer.self_score is not None]
    return (sum(given, Decimal(0)) / len(given)).quantize(_STEP) if given else None


def _done(found: Sequence[Standing]) -> str:
    closed = sum(standing.answer.status in (DONE, STANDING) for standing in found)
    duties = f"{len(found)} 个事项中 {closed} 个已完成或长期坚持"
    targets = [target for standing in found for target in standing.targets]
    if not targets:
        return duties
    required, done = sum(target.required for target in targets), sum(target.done for target in targets)
    return f"全年应做 {required} 次，已做 {done} 次；{duties}"


def _evidence(found: Sequence[Standing], where: str) -> str:
    """The evidence of few duties in full; of many how many have any, and where it stands."""
    told = [standing for standing in found if standing.answer.evidence]
    if len(told) > _MOST_LINES:
        return f"{len(told)} 个事项填了佐证，见{where}"
    return "\n".join(
        f"{standing.number}{_cut(standing.text, _LONGEST_DUTY)}：{_cut(standing.answer.evidence, _LONGEST_EVIDENCE)}"
        for standing in told
    )


def _cut(text: str, longest: int) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= longest else f"{one_line[:longest]}…"
