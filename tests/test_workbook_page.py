"""docs/workbook.md is what the declarations say."""

from pathlib import Path

from qingdan_xl.sheets.description import workbook_page
from qingdan_xl.sheets.unit import UNIT_SHEETS

PAGE = Path(__file__).parents[1] / "docs" / "workbook.md"


def test_the_page_is_current() -> None:
    """Whoever changes a column runs `make workbook-page`."""
    assert PAGE.read_text("utf-8") == workbook_page()


def test_the_page_names_every_column() -> None:
    """Each heading of each sheet stands in its table."""
    text = workbook_page()

    assert [column.heading for sheet in UNIT_SHEETS for column in sheet if f"| {column.heading}" not in text] == []
