"""A comparison of results as the object that `--json` prints; points are texts, so that no reader rounds them."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from qingdan_xl.assessment.comparing import Move, Shift, reason
from qingdan_xl.assessment.comparison_workbook import SchemeComparison
from qingdan_xl.assessment.verdicts import Part


def comparison_json(compared: SchemeComparison, workbook: str) -> dict[str, Any]:
    """The object of `assess --compare --json`."""
    return {
        "workbook": workbook,
        "before": compared.before,
        "after": compared.after,
        "moved": sum(move.moves for move in compared.moves),
        "unmoved": sum(not move.moves for move in compared.moves),
        "units": moves_json(compared.moves),
        "rules": [
            {"part": one.part, "item": one.item, "before": one.before, "after": one.after} for one in compared.rules
        ],
    }


def moves_json(moves: Iterable[Move]) -> list[dict[str, Any]]:
    """Subjects in order, with their items."""
    return [
        {
            "unit": move.verdict.label,
            "group": move.verdict.group,
            "score": {**_sides(move, "points"), "change": _text(move.change)},
            "rank": _sides(move, "rank"),
            "grade": _sides(move, "grade"),
            "reason": reason(move) if move.moves else "",
            "items": [
                {"item": item.item, "change": _text(item.change), "rules": list(map(_shift_json, item.shifts))}
                for item in move.items
            ],
        }
        for move in moves
    ]


def _sides(move: Move, field: str) -> dict[str, Any]:
    values = {"before": move.before, "after": move.after}
    found = {side: getattr(verdict, field) if verdict else None for side, verdict in values.items()}
    return {side: _text(value) if isinstance(value, Decimal) else value for side, value in found.items()}


def _shift_json(shift: Shift) -> dict[str, Any]:
    return {
        "rule": shift.rule,
        "change": _text(shift.change),
        "before": _part_json(shift.before),
        "after": _part_json(shift.after),
    }


def _part_json(part: Part | None) -> dict[str, Any] | None:
    if part is None:
        return None
    return {"points": str(part.points), "lines": part.lines, "waiting": part.waiting, "why": part.why}


def _text(number: Decimal | None) -> str | None:
    return None if number is None else str(number)
