"""A .csv file → its `Source`: one table, whatever sign parts its cells."""

import csv
from collections import Counter
from io import StringIO

from qingdan_xl.documents.formats.grids import rows_of
from qingdan_xl.documents.source import Grid, Row, Source

_SIGNS = (",", "\t", ";", "|", "，")
_TRIED = 50  # rows that show which sign parts the cells


def read_csv(name: str, text: str) -> Source:
    """Read the text of a .csv: the sign is the one that gives most rows of one width. A row's line is its first."""
    rows = _rows(text, _sign(text))
    width = max((len(cells) for _, cells in rows), default=0)
    grid = [cells + [""] * (width - len(cells)) for _, cells in rows]
    found = tuple(Row(rows[row.line - 1][0], row.cells) for row in rows_of(grid))
    return Source(name, (Grid(found),) if found else ())


def _sign(text: str) -> str:
    head = "\n".join(text.split("\n")[:_TRIED])
    return max(_SIGNS, key=lambda sign: _agreement(head, sign))


def _agreement(text: str, sign: str) -> tuple[int, int]:
    """How many rows have the commonest width over one, and that width."""
    widths = Counter(len(cells) for _, cells in _rows(text, sign) if len(cells) > 1)
    return max(((count, width) for width, count in widths.items()), default=(0, 0))


def _rows(text: str, sign: str) -> list[tuple[int, list[str]]]:
    """Each row's first line and its cells; quotes that are never closed are taken as they stand."""
    rows: list[tuple[int, list[str]]] = []
    try:
        reader = csv.reader(StringIO(text, newline=""), delimiter=sign)
        start = 1
        for cells in reader:
            rows.append((start, [cell.strip() for cell in cells]))
            start = reader.line_num + 1
    except csv.Error:
        return [(line, [cell.strip() for cell in row.split(sign)]) for line, row in enumerate(text.split("\n"), 1)]
    return rows
