"""Formulas that are alike are written once: what is shared, what is not, and that readers see every one of them."""

from io import BytesIO

import pytest
import xlsxwriter
from openpyxl import load_workbook

from qingdan_xl.issuing.sharing import SharingSheet, shared_formulas

FIRST = ' t="shared" ref="C1:C4" si="0"'
OTHER = ' t="shared" si="0"'


def test_formulas_that_look_at_their_own_row_are_shared() -> None:
    """The first has the range down to the last; rows between may hold something else."""
    formulas = {(0, 2): "SUM($A1:B1)*rate", (1, 2): "A1", (3, 2): "SUM($A4:B4)*rate"}

    assert shared_formulas(formulas) == {(0, 2): FIRST, (3, 2): OTHER}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A1+1", "A1+1"),
        ("A$1+A1", "A$2+A2"),
        ('A1&"B1"', 'A2&"B2"'),
        ("LOG10(A1)", "LOG11(A2)"),
        ("A1+qd_1", "A2+qd_2"),
        ("'甲'!A1", "'甲'!A2"),
        ("SUM(INDEX(names,A1):INDEX(names,B1))", "SUM(INDEX(names,A2):INDEX(names,B2))"),
        ("SUM(A1*{1,2})", "SUM(A2*{1,2})"),
    ],
)
def test_other_formulas_stand_alone(one: str, other: str) -> None:
    """What differs in more than its row is not shared, nor other sheets, made ranges and lists: Excel shares none."""
    assert shared_formulas({(0, 0): one, (1, 0): other}) == {}


@pytest.mark.parametrize(
    ("one", "other"),
    [("A$1+$A1", "A$1+$A2"), ('"甲!"&A1', '"甲!"&A2'), ("COUNTIF($A$1:A1,A1)", "COUNTIF($A$1:A2,A2)")],
)
def test_quotes_and_fixed_rows_are_no_hindrance(one: str, other: str) -> None:
    """A row with a $ stays for all of them, and a sign in quotes is only a text."""
    assert len(shared_formulas({(0, 0): one, (1, 0): other})) == 2


def test_readers_see_every_formula() -> None:
    """Two kinds in turn down one column, with a text and a value: openpyxl finds them as they were written."""
    buffer = BytesIO()
    written = {f"B{row}": f'IF(A{row}<1,"<{row % 2}>",$A{row - 1})' for row in range(2, 9)}
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        page = book.add_worksheet("甲", SharingSheet)
        for cell, formula in written.items():
            page.write_formula(cell, formula, None, "是")
    found = load_workbook(buffer)["甲"]
    values = load_workbook(buffer, data_only=True)["甲"]

    assert {cell: found[cell].value for cell in written} == {cell: f"={formula}" for cell, formula in written.items()}
    assert {values[cell].value for cell in written} == {"是"}
