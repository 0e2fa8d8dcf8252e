"""The rows and cells of a Word table (ECMA-376 Part 1 §17.4), merged cells filled."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from qingdan_xl.documents.formats.word.inline import DELETED
from qingdan_xl.documents.formats.word.markup import content, number, value

_WIDEST = 63  # columns of a table in Word


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell, or the place that a row leaves out at its start (§17.4.15 gridBefore).

    How many columns it spans (§17.4.17 gridSpan), and whether it goes on with the cell above (§17.4.84 vMerge) or with
    the one before (§17.4.22 hMerge).
    """

    element: ET.Element
    span: int = 1
    goes_on_down: bool = False
    goes_on_right: bool = False


def table_rows(table: ET.Element) -> Iterator[ET.Element]:
    """The rows of a table but for those that a revision deleted (§17.13.5.12)."""
    for row in content(table):
        properties = row.find("trPr")
        deleted = properties is not None and any(properties.find(name) is not None for name in DELETED)
        if row.tag == "tr" and not deleted:
            yield row


def cells_of(row: ET.Element) -> list[Cell]:
    """The cells of a row from the left; an empty one for the columns it leaves out at its start."""
    before = number(value(row, "trPr/gridBefore")) or 0
    cells = [Cell(ET.Element("tc"), min(before, _WIDEST))] if before > 0 else []
    return cells + [_cell(element) for element in content(row) if element.tag == "tc"]


def _cell(element: ET.Element) -> Cell:
    properties = element.find("tcPr")
    span = number(value(properties, "gridSpan")) or 1
    return Cell(element, max(1, min(span, _WIDEST)), _goes_on(properties, "vMerge"), _goes_on(properties, "hMerge"))


def _goes_on(properties: ET.Element | None, name: str) -> bool:
    merged = properties.find(name) if properties is not None else None
    return merged is not None and merged.get("val", "continue") != "restart"


def is_frame(table: ET.Element) -> bool:
    """Whether a table is only a frame around text: no row has more than one cell."""
    return all(len(cells_of(row)) <= 1 for row in table_rows(table))


def filled(cells: Sequence[tuple[Cell, str]], above: Sequence[str]) -> list[str]:
    """The texts of a row by column; every column of a merged cell holds its text. `above` is the row before."""
    texts: list[str] = []
    for cell, text in cells:
        at = len(texts)
        for column in range(at, min(at + cell.span, _WIDEST * 2)):
            if cell.goes_on_down and column < len(above):
                texts.append(above[column])
            else:
                texts.append(texts[-1] if cell.goes_on_right and texts else text)
    return texts
