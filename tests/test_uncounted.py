"""What is pasted into the log and not counted says so in its cell: held against what collect tells of the same cell."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from issuing_samples import OPTIONS, YEAR, sample_plan
from office import Office
from qingdan_xl.issuing.workbook import unit_workbook
from qingdan_xl.sheets.declaration import Type
from qingdan_xl.sheets.unit import LOG
from qingdan_xl.sheets.values import parse_value

WORDS = ("会议", "会议 ", "\u3000会议", "会\u3000议", "会议\u00a0", "\t会议", "会议\n", " ", None)
DAYS = ("2026-3-1", "2026年3月1日", 46082, None, 20260301, 20261231.0)
FIRST, ASIDE = 4, "T"


@pytest.fixture(scope="module")
def rules() -> dict[str, Any]:
    """The log's rules that lay a word over a cell, by the cells they are for."""
    page = load_workbook(BytesIO(unit_workbook(sample_plan(), OPTIONS)))[LOG.title]
    found: dict[str, Any] = {str(area.sqref): rule for area in page.conditional_formatting for rule in area.rules}
    return {cells: rule for cells, rule in found.items() if rule.dxf.numFmt}


def test_the_log_says_what_does_not_count(rules: dict[str, Any]) -> None:
    """A word behind the text, and a colour, in every cell of the columns that formulas go by."""
    said = {cells: rule.dxf.numFmt.formatCode for cells, rule in rules.items()}

    assert said == {
        "B4:B5000 C4:C5000 E4:E5000": '@"（有空格，请重选）"',
        "A4:A5000": '"不是日期";"不是日期";"不是日期";@"（文本，不计数）"',
    }
    assert [LOG.keys[index] for index in (0, 1, 2, 4)] == ["date", "category", "duty", "host"]
    assert all(rule.dxf.fill.bgColor.rgb for rule in rules.values())


def test_it_says_so_where_collect_says_it(rules: dict[str, Any], office: Office, tmp_path: Path) -> None:
    """LibreOffice reckons each condition beside each cell."""
    book = load_workbook(BytesIO(unit_workbook(sample_plan(), OPTIONS)))
    page, asides = book[LOG.title], {}
    for letter, values in (("B", WORDS), ("A", DAYS)):
        (condition,) = next(rule for cells, rule in rules.items() if cells.startswith(letter)).formula
        for row, value in enumerate(values, FIRST):
            page[f"{letter}{row}"].value = value
            asides[letter, row] = f"{chr(ord(ASIDE) + ord(letter) - ord('A'))}{row}"
            page[asides[letter, row]].value = f"={condition.replace(f'{letter}{FIRST}', f'{letter}{row}')}"
    book.save(tmp_path / "a.xlsx")
    made = load_workbook(office.recalculate([tmp_path / "a.xlsx"], tmp_path / "out")[0], data_only=True)[LOG.title]

    told = {place: bool(made[cell].value) for place, cell in asides.items()}
    padded = {("B", row): parse_value(Type.CHOICE, value, YEAR).is_padded for row, value in enumerate(WORDS, FIRST)}
    texts = {("A", row): parse_value(Type.DATE, value, YEAR).is_text_date for row, value in enumerate(DAYS, FIRST)}
    assert told == padded | texts
