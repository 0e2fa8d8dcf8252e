"""XlsxWriter's XML of a page, changed where units of one shape differ: what certain cells hold, how high rows are."""

import re
from collections.abc import Iterable, Mapping, Sequence

from qingdan_xl.sheets.reading import column_letter

_ROW = re.compile(rb'(<row r="(\d+)"[^>]*? ht=")([^"]+)')


def row_heights(page: bytes) -> dict[int, float]:
    """The heights in points by row (from 1)."""
    return {int(match[2]): float(match[3]) for match in _ROW.finditer(page)}


def raised(page: bytes, heights: Mapping[int, int]) -> bytes:
    """The page with these heights of rows."""

    def higher(match: re.Match[bytes]) -> bytes:
        points = heights.get(int(match[2]))
        return match[0] if points is None else match[1] + f"{in_pixels(points):.16g}".encode()

    return _ROW.sub(higher, page)


def in_pixels(points: int) -> float:
    """What XlsxWriter makes of a height: whole pixels, in points again."""
    return int(points * 4 / 3 + 0.5) * 0.75


def at_cells(page: bytes, cells: Sequence[tuple[int, int]]) -> list[bytes]:
    """The page taken apart behind the style of each of these cells (row, column from 0), which lose what they hold.

    Row by row and from left to right, as the cells stand in the page.
    """
    parts, end = [], 0
    for row, col in cells:
        opening = f'<c r="{column_letter(col)}{row + 1}"'.encode()
        opened = page.index(opening, end) + len(opening)
        if page.startswith(b' s="', opened):
            opened = page.index(b'"', opened + 4) + 1
        parts.append(page[end:opened])
        end = opened + (2 if page[opened : opened + 2] == b"/>" else page.index(b"</c>", opened) + 4 - opened)
    return [*parts, page[end:]]


def with_strings(parts: Sequence[bytes], strings: Iterable[int | None]) -> bytes:
    """The page that `at_cells` took apart with these shared strings (by number) in its cells, None for a blank one."""
    held = [b"/>" if number is None else b' t="s"><v>%d</v></c>' % number for number in strings]
    return b"".join(piece for pair in zip(parts, [*held, b""], strict=True) for piece in pair)
