"""docs/reports.md is what the declarations say."""

from pathlib import Path

from qingdan_xl.reports.declared import OF_ALL, OF_ONE
from qingdan_xl.reports.guide import reports_page
from qingdan_xl.reports.shipped import templates

PAGE = Path(__file__).parents[1] / "docs" / "reports.md"


def test_the_page_is_current() -> None:
    """Whoever changes a variable runs `make docs`."""
    assert PAGE.read_text("utf-8") == reports_page()


def test_the_page_names_every_variable_and_kind() -> None:
    """Each variable, each field of a list and each kind of report stands there."""
    text = reports_page()
    fields = {field for variable in (*OF_ONE, *OF_ALL) for field in (variable, *variable.fields)}

    assert [each.name for each in fields if f"`{each.name}`" not in text] == []
    assert [kind for kind in templates() if f"| {kind} |" not in text] == []
