"""Comparisons → the object of `qingdan diff --json`."""

from collections.abc import Sequence
from typing import Any

from qingdan_xl.documents.comparing.changeddemands import DemandChange
from qingdan_xl.documents.comparing.changedwords import Piece
from qingdan_xl.documents.comparing.changes import Change
from qingdan_xl.documents.comparing.comparison import Comparison, DutyChange
from qingdan_xl.documents.comparing.headings import Heading, HeadingChange
from qingdan_xl.documents.comparing.several import Compared
from qingdan_xl.documents.comparing.spots import Spot
from qingdan_xl.documents.export import number_json, target_json
from qingdan_xl.model import Checklist


def comparison_json(compared: Compared) -> dict[str, Any]:
    """Every pair of lists with what changed, `before` and `after` side by side; null where one side has nothing.

    `words` are the two texts in pieces: what stands before and after is equal where nothing changed.
    """
    return {
        "comparisons": list(map(_comparison, compared.comparisons)),
        "only_before": list(map(_list, compared.only_old)),
        "only_after": list(map(_list, compared.only_new)),
    }


def _comparison(one: Comparison) -> dict[str, Any]:
    return {
        "before": _list(one.old),
        "after": _list(one.new),
        "counts": {"same": one.same, **{change.value: one.counts[change] for change in Change}},
        "headings": list(map(_heading_change, one.headings)),
        "duties": list(map(_duty_change, one.duties)),
    }


def _list(checklist: Checklist) -> dict[str, Any]:
    return {
        "source": checklist.source,
        "title": checklist.title,
        "year": checklist.year,
        "kind": checklist.kind.value,
        "duties": len(checklist.duties),
    }


def _heading_change(change: HeadingChange) -> dict[str, Any]:
    return {
        "level": change.heading.level.value,
        "changes": [kind.value for kind in change.changes],
        "before": _heading(change.old),
        "after": _heading(change.new),
        "words": _words(change.pieces),
    }


def _heading(heading: Heading | None) -> dict[str, Any] | None:
    if heading is None:
        return None
    return {
        "role": heading.role or None,
        "number": heading.number or None,
        "text": heading.text or None,
        "points": number_json(heading.points),
        "inherits": heading.inherits or None,
    }


def _duty_change(change: DutyChange) -> dict[str, Any]:
    return {
        "changes": [kind.value for kind in change.changes],
        "likeness": None if change.likeness is None else round(change.likeness, 3),
        "before": _duty(change.old),
        "after": _duty(change.new),
        "words": _words(change.pieces),
        "demands": list(map(_demand, change.demands)),
    }


def _duty(spot: Spot | None) -> dict[str, Any] | None:
    if spot is None:
        return None
    return {
        "id": spot.duty.id,
        "role": spot.role.name,
        "section": {"number": spot.section.number, "title": spot.section.title},
        "number": spot.duty.number,
        "text": spot.duty.text,
        "line": spot.duty.line,
    }


def _words(pieces: Sequence[Piece]) -> list[dict[str, str]]:
    return [{"before": piece.old, "after": piece.new} for piece in pieces]


def _demand(change: DemandChange) -> dict[str, Any]:
    return {
        "before": target_json(change.old) if change.old else None,
        "after": target_json(change.new) if change.new else None,
    }
