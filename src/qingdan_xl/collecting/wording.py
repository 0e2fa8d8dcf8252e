"""How the checks word what they found."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from operator import attrgetter

from qingdan_xl.sheets.reading import Row

_SHOWN = 15


def listed(numbers: Iterable[object]) -> str:
    """Numbers in one line, of many the first."""
    found = list(islice(map(str, numbers), _SHOWN + 1))
    return "、".join(found[:_SHOWN]) + (" 等" if len(found) > _SHOWN else "")


def by_sheet(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """What of the rows stands on the same sheet, from the top: a fault that many rows share is told once a sheet."""
    for _, found in groupby(sorted(rows, key=attrgetter("sheet", "number")), key=attrgetter("sheet")):
        yield list(found)


def rows_text(rows: Sequence[Row]) -> str:
    """Rows of one sheet from the top as a sentence names them: 本行, 第12–80行, 第12–80、95行（共70行）."""
    if len(rows) == 1:
        return "本行"
    stretches = list(_stretches([row.number for row in rows]))
    named = listed(str(first) if first == last else f"{first}–{last}" for first, last in stretches)
    return f"第{named}行" if len(stretches) == 1 else f"第{named}行（共{len(rows)}行）"


def _stretches(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The first and the last of each stretch of numbers that follow one another."""
    for _, found in groupby(enumerate(numbers), key=lambda each: each[1] - each[0]):
        stretch = [number for _, number in found]
        yield stretch[0], stretch[-1]
