"""Tables among the lines of a text (tabs, pipes, box drawing), and the text around the table of a sheet."""

import re
from collections.abc import Iterator, Sequence

from qingdan_xl.documents.columns import NUMBER, column_of, is_heading_row
from qingdan_xl.documents.lines import Line, Table, size
from qingdan_xl.documents.numbering import marker
from qingdan_xl.documents.source import Grid, Row

_BARS = re.compile(r"[|｜│┃║├┤┼╠╣╬]")
_RULE = "─━═┄┈—=－-"
_RULER = re.compile(rf"[\s|｜│┃║┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬:+{_RULE}]+")
_DRAWN = re.compile(r"[─━═┌└├┼╔╚╠]|\+[-=]{2,}\+")
_STOP = re.compile(r"[。；;！]$")
_LONGEST_REST = 5  # lines of one cell
_BROKEN_CELL = 6
_FEWEST_ROWS = 3
_FEWEST_RULED = 3
_FEWEST_CELLS = 2
_NOTE = re.compile(r"^(?:附?注|备注|说明|填表说明)\s*[0-9一二三]?\s*[:：]")
TOTAL = re.compile(r"^(?:小\s*计|合\s*计|总\s*计|总\s*分|共\s*计|累\s*计)")


def cells_of(text: str) -> list[str] | None:
    """The cells of one line, None where it is no row."""
    if _BARS.search(text):
        cells = [cell.strip() for cell in _BARS.split(text)]
        cells = ["" if cell and not cell.strip(_RULE) else cell for cell in cells]
        cells = cells[1:] if not cells[0] else cells
        cells = cells[:-1] if cells and not cells[-1] else cells
        return cells if len(cells) > 1 else None
    if "\t" not in text:
        return None
    cells = [cell.strip() for cell in text.split("\t")]
    lone = len(cells) == _FEWEST_CELLS and marker(f"{cells[0]}、") is not None
    return None if lone else cells


def with_tables(lines: Sequence[Line]) -> list[Line]:
    """`lines` with each run of rows made one table; rows too few for a table stay lines."""
    rows = [cells_of(line.raw) for line in lines]
    found: list[Line] = []
    at = 0
    while at < len(lines):
        end = _end(lines, rows, at) if rows[at] is not None or _DRAWN.match(lines[at].text) else at
        table = _table(lines[at:end], rows[at:end]) if end > at else None
        found.extend([_as_line(table)] if table else lines[at : max(end, at + 1)])
        at = max(end, at + 1)
    return found


def _as_line(table: Table) -> Line:
    return Line(table.rows[0].line, "", table=table)


def _end(lines: Sequence[Line], rows: Sequence[list[str] | None], start: int) -> int:
    """Where the run of rows that begins at `start` ends: rules and the rest of a broken cell belong to it."""
    at = start + 1
    while at < len(lines) and (_is_row(lines[at], rows[at]) or _is_inside(lines, rows, at)):
        at += 1
    return at


def _is_row(line: Line, cells: list[str] | None) -> bool:
    return cells is not None or bool(_RULER.fullmatch(line.text))


def _is_inside(lines: Sequence[Line], rows: Sequence[list[str] | None], at: int) -> bool:
    """Whether a line without cells is a group's name or the rest of a cell: rows of the same table go on after it."""
    ahead = range(at + 1, min(at + _LONGEST_REST, len(lines)))
    end = next((place for place in ahead if rows[place] is not None), None)
    if end is None or any(lines[place].gap or lines[place].level for place in range(at, end)):
        return _ends_cell(lines, rows, at)
    return not is_heading_row(rows[end] or ())


def _ends_cell(lines: Sequence[Line], rows: Sequence[list[str] | None], at: int) -> bool:
    """Whether the line after the last row ends the sentence of its last cell."""
    before = rows[at - 1]
    text = lines[at].text
    if before is None or lines[at].gap or marker(text) or _NOTE.match(text) or not _STOP.search(text):
        return False
    return len(before[-1]) >= _BROKEN_CELL and not _STOP.search(before[-1])


def _table(lines: Sequence[Line], rows: Sequence[list[str] | None]) -> Table | None:
    """The table of these lines, None where there are too few rows."""
    groups: list[list[Row]] = [[]]
    for line, cells in zip(lines, _with_first_cells(lines, rows), strict=True):
        if _RULER.fullmatch(line.text):
            groups.append([])
        elif cells is not None:
            groups[-1].append(Row(line.number, tuple(cells)))
        elif marker(line.text) or TOTAL.match(line.text) or not groups[-1]:
            groups[-1].append(Row(line.number, (line.text,)))
        else:
            before = groups[-1][-1]
            groups[-1][-1] = Row(before.line, (*before.cells[:-1], before.cells[-1] + line.text))
    filled = [group for group in groups if group]
    ruled = len(filled) >= _FEWEST_RULED and any(_DRAWN.search(line.text) for line in lines)
    found = [row for group in filled for row in (_joined(group) if ruled else group)]
    headed = len(found) == _FEWEST_ROWS - 1 and is_heading_row(found[0].cells)
    many = len(found) >= _FEWEST_ROWS or headed
    return Table(tuple(found), sum(size(line.raw) for line in lines)) if many else None


def _with_first_cells(lines: Sequence[Line], rows: Sequence[list[str] | None]) -> list[list[str] | None]:
    """`rows` with the empty first cell of a row (| 2 | 检修) whose table draws no bar at the left of its other rows."""
    widths = [len(cells) for line, cells in zip(lines, rows, strict=True) if cells and not _BARS.match(line.text)]
    if not widths:
        return list(rows)
    return [
        ["", *cells] if cells and _BARS.match(line.text) and len(cells) == max(widths) - 1 else cells
        for line, cells in zip(lines, rows, strict=True)
    ]


def _joined(group: list[Row]) -> list[Row]:
    """The lines between two rules are one row, unless more than one of them begins with a number."""
    if sum(1 for row in group if NUMBER.fullmatch(row.cells[0])) > 1 or len({len(row.cells) for row in group}) > 1:
        return group
    return [Row(group[0].line, tuple("".join(cells) for cells in zip(*(row.cells for row in group), strict=True)))]


def sheet_lines(grid: Grid) -> list[Line]:
    """The lines above and below the table of a `grid`, and the table: titles and notes span a sheet's whole width."""
    rows = [_without_repeats(row) for row in grid.rows]
    said = [_only(row) for row in rows]
    start = next((at for at, text in enumerate(said) if text is None), len(rows))
    end = len(rows)
    while end > start and (text := said[end - 1]) is not None and _NOTE.match(text):
        end -= 1
    body = rows[start:end]
    signs = sum(size(cell) for row in body for cell in row.cells)
    table = [_as_line(Table(tuple(body), signs))] if body else []
    return [*_lines(rows[:start]), *table, *_lines(rows[end:])]


def _lines(rows: Sequence[Row]) -> Iterator[Line]:
    for row in rows:
        if text := _only(row):
            yield Line(row.line, text, raw=text)


def _only(row: Row) -> str | None:
    """The text of a row that holds but one, None for any other."""
    texts = [cell for cell in row.cells if cell.strip()]
    return texts[0].strip() if len(texts) == 1 else None


def _without_repeats(row: Row) -> Row:
    """A cell merged over several columns holds its text once; a row of headings may repeat one."""
    cells = [" ".join(cell.split()) for cell in row.cells]
    if sum(1 for cell in cells if column_of(cell)) >= _FEWEST_CELLS and len(set(cells)) > _FEWEST_CELLS:
        return Row(row.line, tuple(cells))
    repeats = (cell == left and not NUMBER.fullmatch(cell) for left, cell in zip(["", *cells], cells, strict=False))
    return Row(row.line, tuple("" if again else cell for again, cell in zip(repeats, cells, strict=True)))
