"""Cells of a sheet or a .csv → the rows of a table."""

from collections.abc import Sequence

from qingdan_xl.documents.source import Row


def rows_of(cells: Sequence[Sequence[str]]) -> tuple[Row, ...]:
    """The rows with text in them, all as wide as the widest; columns without any text on the right are cut."""
    width = max((at for row in cells for at, cell in enumerate(row, 1) if cell.strip()), default=0)
    return tuple(
        Row(line, tuple(row[:width]) + ("",) * (width - len(row)))
        for line, row in enumerate(cells, 1)
        if any(cell.strip() for cell in row)
    )
