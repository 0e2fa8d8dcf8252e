"""The rows and cells of a table in a web page, merged cells filled."""

from collections.abc import Iterator, Sequence

from qingdan_xl.documents.formats.webtree import Element

_GROUPS = frozenset({"thead", "tbody", "tfoot", "form"})
_WIDEST = 200
_LONGEST_NUMBER = 5


def rows_in(table: Element) -> Iterator[Element]:
    """The rows of a table, those of tables in it left to these."""
    for child in table.children:
        if isinstance(child, str) or not child.is_shown:
            continue
        if child.tag == "tr":
            yield child
        elif child.tag in _GROUPS:
            yield from rows_in(child)
        elif child.tag == "caption":
            yield Element("tr", {}, [Element("td", {}, child.children)])


def cells_in(row: Element) -> list[Element]:
    """The cells of a row from the left."""
    return [
        child for child in row.children if not isinstance(child, str) and child.tag in {"td", "th"} and child.is_shown
    ]


def is_layout(table: Element, rows: Sequence[Element]) -> bool:
    """Whether a table only places things on the page: one cell a row, or another table of several cells in it."""
    widths = [len(cells_in(row)) for row in rows]
    return max(widths, default=0) <= 1 or any(
        max((len(cells_in(row)) for row in rows_in(inner)), default=0) > 1 for inner in _tables_in(table)
    )


def _tables_in(element: Element) -> Iterator[Element]:
    for child in element.children:
        if not isinstance(child, str):
            if child.tag == "table":
                yield child
            yield from _tables_in(child)


def filled(rows: Sequence[Sequence[tuple[Element, str]]]) -> list[list[str]]:
    """The texts of all rows by column, all of one width; every place of a merged cell holds its text."""
    grid: list[dict[int, str]] = [{} for _ in rows]
    for at, cells in enumerate(rows):
        column = 0
        for cell, text in cells:
            while column in grid[at]:
                column += 1
            right = min(column + _span(cell, "colspan"), _WIDEST)
            for line in grid[at : at + _span(cell, "rowspan")]:
                line.update(dict.fromkeys(range(column, right), text))
            column = max(right, column + 1)
    width = max((place + 1 for line in grid for place in line), default=0)
    return [[line.get(place, "") for place in range(width)] for line in grid]


def _span(cell: Element, name: str) -> int:
    plain = cell.attributes.get(name, "").strip()
    return max(1, int(plain)) if plain.isascii() and plain.isdigit() and len(plain) < _LONGEST_NUMBER else 1
