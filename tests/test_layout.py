"""The layout of the result workbooks, held against golden files named after the tests (UPDATE_GOLDEN=1 writes them)."""

from contextlib import closing
from pathlib import Path

import pytest

from layouts import assert_golden, layout
from qingdan_xl.summary.frames import frames
from qingdan_xl.summary.material import Material, load_material
from qingdan_xl.summary.reminder_workbook import reminder_workbook
from qingdan_xl.summary.reminders import reminders
from qingdan_xl.summary.workbook import summary_workbook
from summary_samples import CALENDAR, filled_store


@pytest.fixture
def material(tmp_path: Path) -> Material:
    """What the four units returned."""
    with closing(filled_store(tmp_path)) as store:
        return load_material(store, CALENDAR)


def test_layout_of_summary(material: Material, request: pytest.FixtureRequest) -> None:
    """汇总.xlsx: every sheet and column where people expect it."""
    assert_golden(request.node.name, layout(summary_workbook(material, frames(material))))


def test_layout_of_reminders(material: Material, request: pytest.FixtureRequest) -> None:
    """催办单.xlsx: every sheet and column where people expect it."""
    assert_golden(request.node.name, layout(reminder_workbook(reminders(material, {}), material.titles)))
