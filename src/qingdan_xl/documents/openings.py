"""Where a report leaves a count open: in its sentences, and in the cells of tables that have a column for numbers."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from qingdan_xl.documents.binding import Found, Telling, bound
from qingdan_xl.documents.blanks import Place, context_of, guess_of, open_places
from qingdan_xl.documents.grammar import UNITS
from qingdan_xl.documents.metrics import PLACE_SIGN, SIGN, metrics, open_day, open_signs
from qingdan_xl.documents.paragraphs import Block, complete
from qingdan_xl.model import Blank, Metric, Part

_NUMBERS = re.compile(
    r"(?:.{0,8})(?P<unit>人次|场次|次|场|期|人|件|个|户|篇|份)数(?:量)?|(?:.{0,8})数量|完成(?:次数|数)"
)
_UNITS_HEAD = re.compile(r"(?:计量)?单位")
_NO_LABEL = re.compile(r"序号|编号|备注|说明")
_UNIT = re.compile(rf"(?:{UNITS}|[%％])")
_CELL = re.compile(rf"\s*(?P<sign>(?:{SIGN}|[_＿]+|□+|[（(【\[][\s\u3000]*[）)】\]])?)\s*(?P<unit>{UNITS}|[%％])?\s*")
_FIRST_WORDS = re.compile(r"[^。：:；;]*")
_LONGEST_SECTION = 36
_DATE_GAP = re.compile(r"(?<=[年月])(?:[ \u3000\xa0]{2,9}|[_＿]+)(?=[月日号])")
_OUTER = ("part", "chapter", "cn")


@dataclass(frozen=True, slots=True)
class Opening:
    """An open count in a text: text[start:end] is its sign. What only says which one it was (第*次) is not `listed`."""

    start: int
    end: int
    metric: Metric
    listed: bool = True


def openings(text: str, line: int | None = None) -> tuple[Opening, ...]:
    """The open counts of a text in order; `line` is where it begins."""
    pairs = zip(open_signs(text), metrics(text, line), strict=True)
    return tuple(Opening(*span, metric, listed=not text[: span[0]].endswith("第")) for span, metric in pairs)


def cell_openings(rows: Sequence[Sequence[str]], lines: Sequence[int] = ()) -> list[list[tuple[Opening, ...]]]:
    """The open counts of each cell of a table by row and column; `lines` are those of the rows.

    In a column of numbers (数量, 次数) a cell that is blank or only a sign is one of what its row is about.
    """
    head = next((row for row in rows if any(map(_NUMBERS.fullmatch, row))), ())
    numbers = [at for at, name in enumerate(head) if _NUMBERS.fullmatch(name)]
    labels = [at for at, name in enumerate(head) if at not in numbers and not _NO_LABEL.search(name)]
    units = next((at for at in labels if _UNITS_HEAD.fullmatch(head[at]) and _holds_units(rows, head, at)), None)
    label = next((at for at in labels if at != units), None)
    found, below = [], False
    for number, row in enumerate(rows):
        line = lines[number] if lines else None
        said = row[label] if below and label is not None and label < len(row) else ""
        unit = row[units] if units is not None and units < len(row) else ""
        found.append(
            [
                _of_cell(cell, said.strip(), head[at], unit, line)
                if at in numbers and said.strip()
                else openings(cell, line)
                for at, cell in enumerate(row)
            ]
        )
        below = below or row is head
    return found


def places_beside(text: str, counts: Sequence[Opening]) -> tuple[Place, ...]:
    """The open places of a report's text that are none of its open counts, days and months of dates among them."""
    found = {*open_places(text), *(Place(*hit.span()) for hit in _DATE_GAP.finditer(text))}
    beside = (place for place in found if not any(each.start < place.end and place.start < each.end for each in counts))
    return tuple(sorted(beside, key=lambda place: place.start))


def report_blanks(title: str, blocks: Iterable[Block]) -> tuple[Blank, ...]:
    """The open places of a report in order, each with the name that its template has for it.

    What is open to be counted is a metric, an open date on a line of its own is that of writing.
    """
    texts = [(Part.TITLE, title, openings(title))]
    for block in blocks:
        texts += [(Part.TEXT, text, counts) for text, counts in _texts(block) if not open_day(text)]
    found = ((part, text, place) for part, text, counts in texts for place in places_beside(text, counts))
    return tuple(
        Blank(part, "", context_of(text, place), guess_of(text, place), id=f"空{number}")
        for number, (part, text, place) in enumerate(found, 1)
    )


def open_counts(blocks: Iterable[Block], telling: Telling) -> tuple[Metric, ...]:
    """The counts a report leaves open in the order of its text, each with what it is proposed to count."""
    found, section = [], ""
    for block in blocks:
        section = _section(block, section)
        found += [Found(each.metric, section) for each in _openings_of(block) if each.listed]
    return bound(found, telling)


def _openings_of(block: Block) -> Iterator[Opening]:
    """The open counts of a paragraph or a table, in order."""
    for _, counts in _texts(block):
        yield from counts


def _texts(block: Block) -> Iterator[tuple[str, tuple[Opening, ...]]]:
    """The texts of a paragraph or a table in order, each with its open counts."""
    if block.table is None:
        yield block.text, openings(block.text, block.line)
        return
    cells = [row.cells for row in block.table.rows]
    for row, counts in zip(cells, cell_openings(cells, [row.line for row in block.table.rows]), strict=True):
        yield from zip(row, counts, strict=True)


def _section(block: Block, before: str) -> str:
    """The titles above what follows a block."""
    if block.marker is None or block.table:
        return before
    text = (_FIRST_WORDS.match(block.text) or [""])[0]
    if block.marker.style in _OUTER:
        return text[:_LONGEST_SECTION]
    is_title = not complete(block.text) and len(block.text) <= _LONGEST_SECTION
    return f"{before.partition(' / ')[0]} / {text}" if is_title else before


def _holds_units(rows: Sequence[Sequence[str]], head: Sequence[str], at: int) -> bool:
    """Whether a column holds units of counting: 单位 may be a column of who did it."""
    cells = [row[at].strip() for row in rows if row is not head and at < len(row) and row[at].strip()]
    return bool(cells) and all(map(_UNIT.fullmatch, cells))


def _of_cell(cell: str, label: str, heading: str, unit: str, line: int | None) -> tuple[Opening, ...]:
    """The open count that a cell in a column of numbers is; none where a number stands there."""
    hit = _CELL.fullmatch(cell)
    if hit is None:
        return openings(cell, line)
    own = hit["unit"] or unit.strip() or (_NUMBERS.fullmatch(heading) or hit).groupdict().get("unit") or None
    span = hit.span("sign") if hit["unit"] else (0, len(cell))
    said = Metric(f"{label}*{own or ''}", label, own, line, sentence=f"{label} {heading}{PLACE_SIGN}{own or ''}")
    return (Opening(*span, said),)
