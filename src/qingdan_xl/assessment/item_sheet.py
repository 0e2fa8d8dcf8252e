"""项目得分: subjects × items, each cell a live sum over the lines of that item."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from qingdan_xl.assessment.rules import Scheme
from qingdan_xl.assessment.totals import DIGITS, Listed
from qingdan_xl.assessment.trail import Entry, plain
from qingdan_xl.assessment.trail_sheet import WAITING, Place, Trails
from qingdan_xl.sheets.assessment import ITEM_SCORES, PEOPLE_SCORES, item_column
from qingdan_xl.sheets.declaration import Sheet
from qingdan_xl.sheets.writing import Cell, Formula

Part = tuple[str, str]
"""A section and an item of it; the section alone with '' as item."""

_EXTRAS, _TOTAL = "extras", "total"


@dataclass(frozen=True, slots=True)
class Runs:
    """Which lines of a trail belong to which item and section, as numbers of lines (from 0, the end not included)."""

    parts: Mapping[Part, tuple[int, int]]
    extras: int

    @classmethod
    def of(cls, trail: Sequence[Entry]) -> "Runs":
        """The runs of a trail: items and sections are contiguous, what comes on top of them is behind."""
        parts: dict[Part, tuple[int, int]] = {}
        end = 0
        for section, lines in groupby(trail, key=lambda entry: entry.section):
            start = end
            for item, own in groupby(lines, key=lambda entry: entry.item):
                first, end = end, end + sum(1 for _ in own)
                if item:
                    parts[section, item] = first, end
            if section:
                parts[section, ""] = start, end
        extras = max((last for _, last in parts.values()), default=0)
        return cls(parts, extras)


def item_tables(
    listed: Sequence[Listed], laid: Trails, scheme: Scheme
) -> Iterator[tuple[Sheet, list[Mapping[str, Cell]]]]:
    """The tables of units and of persons that are scored by more than one item, as sheets and their rows."""
    for sheet, own in (
        (ITEM_SCORES, [item for item in listed if not item.person]),
        (PEOPLE_SCORES, [item for item in listed if item.person]),
    ):
        runs = [Runs.of(item.score.trail) for item in own]
        parts = _ordered(runs, scheme)
        if sum(1 for _, item in parts if item) > 1:
            yield (
                _sheet(sheet, parts, scheme),
                [_row(item, run, parts, laid) for item, run in zip(own, runs, strict=True)],
            )


def _ordered(runs: Iterable[Runs], scheme: Scheme) -> list[Part]:
    """All items that occur, in the order of the scheme, each section behind its items."""
    occurring = dict.fromkeys(part for run in runs for part in run.parts)
    if len({section for section, _ in occurring}) == 1:  # its sum would say nothing that the total does not
        occurring = {part: None for part in occurring if part[1]}
    order = {item.name: place for place, item in reversed(list(enumerate(scheme.items)))}
    sections = list(dict.fromkeys(section for section, _ in (*_declared(scheme), *occurring)))
    return sorted(
        occurring,
        key=lambda part: (sections.index(part[0]), not part[1], order.get(part[1], len(order))),
    )


def _declared(scheme: Scheme) -> list[Part]:
    return [(section.name, "") for section in scheme.sections] + [(item.section, item.name) for item in scheme.items]


def _sheet(sheet: Sheet, parts: Sequence[Part], scheme: Scheme) -> Sheet:
    full = {(item.section, item.name): item.points for item in scheme.items}
    items = [item_column(_key(part), _heading(part, full.get(part))) for part in parts]
    tail = [item_column(_EXTRAS, "加减分及调整"), item_column(_TOTAL, "合计")]
    return Sheet(sheet.key, sheet.title, sheet.purpose, (*sheet.columns, *items, *tail))


def _heading(part: Part, points: Decimal | None) -> str:
    section, item = part
    if not item:
        return f"{section} 小计"
    return f"{item}\n（{plain(points)}分）" if points is not None else item


def _key(part: Part) -> str:
    return f"{part[0]}\n{part[1]}"


def _row(item: Listed, runs: Runs, parts: Sequence[Part], laid: Trails) -> Mapping[str, Cell]:
    cells: dict[str, Cell] = {"index": item.number, "group": item.own_group, "unit": item.score.subject.label}
    place = item.place
    if place is None:
        return cells
    trail = item.score.trail
    spans = {_key(part): runs.parts[part] for part in parts if part in runs.parts}
    spans |= {_EXTRAS: (runs.extras, len(trail)), _TOTAL: (0, len(trail))}
    return cells | {key: _sum(trail, span, place, laid) for key, span in spans.items()}


def _sum(trail: Sequence[Entry], span: tuple[int, int], place: Place, laid: Trails) -> Formula:
    """The sum of these lines, which waits while one of them is open."""
    own = trail[slice(*span)]
    points = place.cells(laid.letter("points"), *span)
    total = f"ROUND(SUM({points}),{DIGITS})"
    if any(entry.open for entry in own):
        return Formula(f'=IF(COUNT({points})<ROWS({points}),"{WAITING}",{total})', WAITING)
    return Formula(f"={total}", sum((entry.points or Decimal(0) for entry in own), Decimal(0)))
