"""The rows of 考核.xlsx, as values by column key."""

from collections.abc import Iterable, Mapping

from qingdan_xl.assessment.grading import UNGROUPED, Graded
from qingdan_xl.assessment.result import Assessment
from qingdan_xl.assessment.rules import Scheme
from qingdan_xl.assessment.trail import Entry
from qingdan_xl.model import Origin
from qingdan_xl.sheets.scheme import (
    UNLIMITED,
)
from qingdan_xl.sheets.writing import Cell
from qingdan_xl.summary.standing import Standing

CellRow = Mapping[str, Cell]

OPEN, NOT_ASSESSED = "待定", "未评"


def grade_word(item: Graded) -> str:
    """What stands under 等次: the grade, 待定 where people have to settle a tie, 未评 without a score."""
    if item.score.points is None:
        return NOT_ASSESSED
    return OPEN if item.open else item.grade


def trail_rows(assessment: Assessment) -> Iterable[CellRow]:
    """得分明细: every line of every unit; `index` is the unit's number in 总表."""
    for index, item in enumerate(assessment.results, 1):
        for entry in item.score.trail:
            yield _trail_row(index, item.score.unit.name, entry)


def _trail_row(index: int, unit: str, entry: Entry) -> CellRow:
    return {
        "index": index,
        "unit": unit,
        "kind": entry.kind.value,
        "rule": entry.rule,
        "full": entry.full,
        "points": entry.points,
        "why": entry.why,
        **_duty_cells(entry.standing),
        **_place_cells(entry.origin),
    }


def _duty_cells(standing: Standing | None) -> CellRow:
    return {"list": standing.sheet, "number": standing.number, "text": standing.text} if standing else {}


def _place_cells(origin: Origin) -> CellRow:
    return {"file": origin.file, "sheet": origin.sheet, "cell": origin.cell}


def ranking_rows(assessment: Assessment) -> list[CellRow]:
    """排名与等次: group by group in the order of the roster, the best first, the unassessed last."""
    groups = list(dict.fromkeys(item.score.unit.group for item in assessment.results))
    ordered = sorted(
        assessment.results,
        key=lambda item: (groups.index(item.score.unit.group), item.rank or len(assessment.results) + 1),
    )
    return [
        {
            "group": item.score.unit.group or UNGROUPED,
            "rank": item.rank,
            "unit": item.score.unit.name,
            "score": item.score.points,
            "grade": grade_word(item),
            "assessed": item.group_size,
            "quota": UNLIMITED if item.quota is None else item.quota,
            "note": item.note,
        }
        for item in ordered
    ]


def adjustment_rows(scheme: Scheme) -> list[CellRow]:
    """加减分与否决: what people typed into the scheme about single units."""
    typed: list[CellRow] = [
        {
            "unit": item.unit,
            "kind": "加分" if item.points > 0 else "扣分",
            "points": item.points,
            "reason": item.reason,
            "evidence": item.evidence,
            **_place_cells(item.origin),
        }
        for item in scheme.adjustments
    ]
    decided: list[CellRow] = [
        {
            "unit": item.unit,
            "kind": "一票否决" if item.vetoes else "并列裁定",
            "effect": item.effect.value,
            "reason": item.reason,
            "evidence": item.evidence,
            **_place_cells(item.origin),
        }
        for item in scheme.decisions
    ]
    return typed + decided


def gap_rows(assessment: Assessment) -> list[CellRow]:
    """未评与缺项."""
    return [
        {
            "group": (gap.unit.group or UNGROUPED) if gap.unit else "",
            "unit": gap.unit.name if gap.unit else "",
            "sort": gap.sort,
            "why": gap.why,
            **_duty_cells(gap.standing),
            **_place_cells(gap.origin),
        }
        for gap in assessment.gaps
    ]
