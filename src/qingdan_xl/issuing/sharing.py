"""A worksheet that writes a formula once for all cells of a column that hold the same one (ECMA-376 18.3.1.40).

The others only point at it: a sheet with a formula a row is half the size.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from xlsxwriter.worksheet import CellFormulaTuple, Worksheet

from qingdan_xl.sheets.reading import column_letter

_ROW = re.compile(r'("[^"]*")|(?<![\w.$])(\$?[A-Z]{1,3})([1-9]\d*)(?![\w.(])')
# a reference to another sheet, and a range or a list that the formula itself makes: Excel shares none of them
_UNSHARED = re.compile(r'"[^"]*"|([!{}]|\):|:[A-Z]+\()')
Place = tuple[int, int]


class SharingSheet(Worksheet):  # type: ignore[misc]  # XlsxWriter ships no types
    """Formulas that are alike but for the rows they look at are written as shared ones."""

    def _write_sheet_data(self) -> None:
        self._shared = shared_formulas(
            {
                (row, col): cell.formula
                for row, cells in self.table.items()
                for col, cell in cells.items()
                if isinstance(cell, CellFormulaTuple)
            }
        )
        super()._write_sheet_data()

    def _calculate_spans(self) -> None:
        """Leave out which columns each row spans: no reader needs it."""
        self.row_spans: dict[int, str] = {}

    def _write_selection(self, *_of_pane: object) -> None:
        """Leave out which cell of each pane is chosen: it is the first."""

    def _write_cell(self, row: int, col: int, cell: Any) -> None:  # noqa: ANN401 - XlsxWriter's cells of all kinds
        self._place = row, col
        super()._write_cell(row, col, cell)

    def _xml_formula_element(self, formula: str, result: object, attributes: Sequence[tuple[str, object]] = ()) -> None:
        about = self._shared.get(self._place)
        if about is None:
            super()._xml_formula_element(formula, result, attributes)
            return
        known = "".join(f' {key}="{value}"' for key, value in attributes)
        text = f">{self._escape_data(formula)}</f>" if " ref=" in about else "/>"
        self.fh.write(f"<c{known}><f{about}{text}<v>{self._escape_data(result)}</v></c>")


def shared_formulas(formulas: Mapping[Place, str]) -> dict[Place, str]:
    """The attributes of each formula (by row and column from 0) that is shared; the first of each kind has a `ref`."""
    kinds: dict[tuple[int, str], list[int]] = defaultdict(list)
    for (row, col), formula in sorted(formulas.items()):
        if not any(match[1] for match in _UNSHARED.finditer(formula)):
            kinds[col, _as_seen_from(row, formula)].append(row)
    found: dict[Place, str] = {}
    groups = [(col, rows) for (col, _), rows in kinds.items() if len(rows) > 1]
    for number, (col, rows) in enumerate(groups):
        letter = column_letter(col)
        found |= {(row, col): f' t="shared" si="{number}"' for row in rows}
        found[rows[0], col] = f' t="shared" ref="{letter}{rows[0] + 1}:{letter}{rows[-1] + 1}" si="{number}"'
    return found


def _as_seen_from(row: int, formula: str) -> str:
    """The formula with the rows it looks at counted from its own; what stands in quotes and rows with a $ stay."""
    return _ROW.sub(lambda match: match[1] or f"{match[2]}[{int(match[3]) - row}]", formula)
