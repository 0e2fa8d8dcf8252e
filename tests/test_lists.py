"""The words that a list holds: inside a year folder what was issued, whatever stands in the file that comes back."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from qingdan_xl.collecting.collect import check
from qingdan_xl.collecting.form import form_of_file
from qingdan_xl.collecting.intake import Reading
from qingdan_xl.collecting.reading import Limits, read_book
from qingdan_xl.issuing.workbook import unit_workbook
from qingdan_xl.model import Per, Target, TargetKind
from qingdan_xl.sheets.declaration import Type
from qingdan_xl.sheets.identity import read_identity
from qingdan_xl.sheets.own import OwnColumn, with_own
from qingdan_xl.sheets.unit import DUTIES, HIDDEN_TITLE, LOG
from qingdan_xl.workspace.folder import SETTINGS, Workspace
from returns import COLLECTIVE, OPTIONS, Desk, make_batch, opened, plan_of, put, send_out

LEADERS = "党委领导班子"
QUALITY = OwnColumn("duty", "完成质量", Type.CHOICE, ("很 好", "一般"))
SHEET = with_own(DUTIES, (QUALITY,))
WALK = Target("每年至少1次", "接访", TargetKind.COUNT, Decimal(1), "次", Per.YEAR, category="接访")
BATCH = replace(make_batch(collective=(replace(COLLECTIVE[0], targets=(WALK,)), *COLLECTIVE[1:])), own=(QUALITY,))


@pytest.fixture
def year(tmp_path: Path) -> Workspace:
    """A year with an own column of choices, in which a demand counts 接访."""
    made = Workspace.create(tmp_path / "2026年度", 2026)
    send_out(made, BATCH)
    return made


def smuggle(desk: Desk, name: str, word: str) -> None:
    """Add a word to the list of this name on the hidden sheet."""
    page = desk.page(HIDDEN_TITLE)
    (column,) = [cell.column for cell in page[1] if cell.value == f"qd_{name}"]
    row = next(number for number in range(2, 99) if page.cell(number, column).value is None)
    page.cell(row, column).value = word


def doubted(path: Path, year: Workspace) -> list[str]:
    """The columns in which a word stands that is not in their list."""
    found = check([path], year, Reading(workers=1)).problems
    return [fault.origin.column for fault in found if fault.code == "not-a-choice"]


def issued() -> Desk:
    """青禾镇's workbook as it leaves, open."""
    return opened(unit_workbook(plan_of(batch=BATCH), OPTIONS))


@pytest.mark.parametrize(("name", "column", "word"), [("status", "L", "免于考核"), ("own_0", "W", "极好")])
def test_a_word_added_to_the_file_is_no_choice(year: Workspace, name: str, column: str, word: str) -> None:
    """Who unhides the hidden sheet and adds a word to a list cannot choose it."""
    desk = issued()
    smuggle(desk, name, word)
    desk.cell(LEADERS, "d001.01", "status" if name == "status" else QUALITY.key, SHEET).value = word

    assert doubted(put(year.root, "青禾镇.xlsx", desk.saved()), year) == [column]


def test_a_choice_may_hold_a_blank(year: Workspace) -> None:
    """Choices are parted by line ends, in the plan and in what the file says of itself."""
    desk = issued()
    desk.cell(LEADERS, "d001.01", QUALITY.key, SHEET).value = "很 好"
    data = desk.saved()
    book = read_book(data, "青禾镇.xlsx", Limits())
    identity = read_identity(book.hidden)

    assert doubted(put(year.root, "青禾镇.xlsx", data), year) == []
    assert identity is not None
    assert form_of_file(identity, book.hidden).plan.own == (QUALITY,)


@pytest.mark.parametrize(
    ("category", "columns"),
    [("接访", []), ("会议", []), ("夜访", []), ("走访", ["B"])],
    ids=("asked", "ours", "set", "no"),
)
def test_categories_are_those_of_settings_and_demands(year: Workspace, category: str, columns: list[str]) -> None:
    """A category that the settings name may be logged, and one that the issued demands count."""
    settings = year.root / SETTINGS
    heading = '["活动类别"]\n'
    settings.write_text(settings.read_text("utf-8").replace(heading, f'{heading}"夜访" = ["夜访"]\n'), "utf-8")
    desk = issued()
    desk.cell(LOG.title, 4, "category", LOG).value = category
    path = put(year.root, "青禾镇.xlsx", desk.saved())

    assert doubted(path, Workspace(year.root)) == columns
