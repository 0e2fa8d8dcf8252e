"""The rows of 加减分与否决 and 未评与缺项 in 考核.xlsx, as values by column key."""

from collections.abc import Iterable, Mapping

from qingdan_xl.assessment.gaps import Gap
from qingdan_xl.assessment.grading import UNGROUPED, Graded
from qingdan_xl.assessment.rules import Scheme
from qingdan_xl.assessment.trail_sheet import duty_cells, place_cells
from qingdan_xl.sheets.writing import Cell

CellRow = Mapping[str, Cell]


def adjustment_rows(scheme: Scheme, results: Iterable[Graded]) -> list[CellRow]:
    """加减分与否决: what people typed into the scheme about single subjects, and the vetoes by rule."""
    typed: list[CellRow] = [
        {
            "unit": item.unit,
            "kind": "加分" if item.points > 0 else "扣分",
            "points": item.points,
            "reason": item.reason,
            "evidence": item.evidence,
            **place_cells(item.origin),
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
            **place_cells(item.origin),
        }
        for item in scheme.decisions
    ]
    by_rule: list[CellRow] = [
        {
            "unit": result.score.subject.label,
            "kind": "一票否决",
            "effect": veto.effect.value,
            "reason": veto.reason,
            "evidence": "按评分规则触发",
            **place_cells(veto.origin),
        }
        for result in results
        for veto in result.score.vetoes
    ]
    return typed + decided + by_rule


def gap_rows(found: Iterable[Gap]) -> list[CellRow]:
    """未评与缺项."""
    return [
        {
            "group": (gap.subject.group or UNGROUPED) if gap.subject else "",
            "unit": gap.subject.label if gap.subject else "",
            "sort": gap.sort,
            "item": gap.item,
            "why": gap.why,
            **duty_cells(gap.standing),
            **place_cells(gap.origin),
        }
        for gap in found
    ]
