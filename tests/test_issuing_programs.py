"""A filled workbook in LibreOffice and Gnumeric: the same values, and nothing that guards it is lost."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from gnumeric import Gnumeric
from issuing_samples import OPTIONS, sample_plan
from office import Office
from qingdan_xl.demo.staff import Habit, fill
from qingdan_xl.issuing.cover import CHOSEN_CELL
from qingdan_xl.issuing.workbook import unit_workbook
from qingdan_xl.sheets.unit import COVER_TITLE, LEDGERS
from qingdan_xl.sheets.writing import FIRST_ROW

PLAN = sample_plan()
# LibreOffice writes out what Excel leaves unsaid
UNSAID = {"operator": "between", "errorStyle": "stop", "formula1": "0", "formula2": "0"}
RULE = ("type", *UNSAID, "error", "errorTitle", "prompt", "promptTitle", "allow_blank", "showErrorMessage")
FLAGS = ("sheet", "sort", "autoFilter", "formatColumns", "formatRows", "insertColumns", "insertRows", "objects")


@dataclass(frozen=True, slots=True)
class Filled:
    """A workbook that staff have filled, and the files that two programs made of it."""

    filled: Path
    libreoffice: Path
    gnumeric: Path


@pytest.fixture(scope="module")
def files(office: Office, gnumeric: Gnumeric, tmp_path_factory: pytest.TempPathFactory) -> Filled:
    """青禾镇's workbook, filled by the demonstration's staff and looked at in November."""
    place = tmp_path_factory.mktemp("programs")
    chance = Random(4)  # noqa: S311 - a reproducible case, no secret
    book = load_workbook(BytesIO(fill(unit_workbook(PLAN, OPTIONS), PLAN, Habit(0.7), chance)))
    book[COVER_TITLE][CHOSEN_CELL] = date(PLAN.year, 11, 3)
    path = place / "filled.xlsx"
    book.save(path)
    return Filled(path, office.recalculate([path], place / "lo")[0], gnumeric.recalculate(path, place / "gnumeric"))


@pytest.fixture(scope="module")
def before(files: Filled) -> Workbook:
    """The workbook as it was saved."""
    return load_workbook(files.filled)


@pytest.fixture(scope="module")
def after(files: Filled) -> Workbook:
    """The workbook as LibreOffice saved it."""
    return load_workbook(files.libreoffice)


def formulas(book: Workbook) -> Iterator[tuple[str, str]]:
    """The sheet and place of every formula."""
    for page in book:
        for row in page.iter_rows():
            yield from ((page.title, cell.coordinate) for cell in row if cell.data_type == "f")


@pytest.mark.filterwarnings("ignore:Workbook contains no default style")
def test_two_programs_come_to_the_same_values(files: Filled, before: Workbook) -> None:
    """Every formula gives the same in Gnumeric as in LibreOffice, none an error; the file itself brought no value."""
    ours, theirs, saved = (
        load_workbook(path, data_only=True) for path in (files.libreoffice, files.gnumeric, files.filled)
    )
    places = list(formulas(before))
    values = [(ours[title][cell].value or "", theirs[title][cell].value or "") for title, cell in places]

    assert len(places) > 100
    assert {saved[title][cell].value for title, cell in places} == {None}
    assert [(place, pair) for place, pair in zip(places, values, strict=True) if pair[0] != pair[1]] == []
    assert [place for place, (value, _) in zip(places, values, strict=True) if str(value).startswith("#")] == []


def test_the_cover_shows_the_progress(files: Filled) -> None:
    """The bar on the first page says how many of the unit's duties have a status."""
    page = load_workbook(files.libreoffice, data_only=True)[COVER_TITLE]
    duties = sum(len(sheet.rows) for sheet in PLAN.sheets)
    shown = [cell.value for row in page.iter_rows() for cell in row if str(cell.value).startswith("■")]

    assert shown == [f"{'■' * 20}  100%  已填 {duties} 项，共 {duties} 项"]


def rules(page: Worksheet) -> dict[str, tuple[object, ...]]:
    """What is checked and hinted, by the first cell it holds for."""
    return {
        str(cells).partition(":")[0]: tuple(said(rule, key) for key in RULE)
        for rule in page.data_validations.dataValidation
        for cells in rule.sqref.ranges
    }


def said(rule: DataValidation, key: str) -> object:
    """A property of a rule, the usual one where it is left unsaid."""
    return getattr(rule, key) or UNSAID.get(key)


def test_checks_dropdowns_and_hints_survive_libreoffice(before: Workbook, after: Workbook) -> None:
    """Every rule is there with its list, bounds, messages and hint, as far down as rows are prepared and beyond."""
    for page in before:
        assert rules(after[page.title]) == rules(page), page.title
    for sheet in LEDGERS:
        ends = [range_boundaries(str(rule.sqref))[3] for rule in after[sheet.title].data_validations.dataValidation]
        assert min(int(end or 0) for end in ends) > FIRST_ROW + sheet.prepared


def test_locks_survive_libreoffice(before: Workbook, after: Workbook) -> None:
    """Every cell is locked or open as before, and every sheet is protected with the same leave to filter and resize."""
    for page in before:
        there = after[page.title]
        assert [getattr(there.protection, flag) for flag in FLAGS] == [getattr(page.protection, flag) for flag in FLAGS]
        cells = [cell for row in page.iter_rows() for cell in row]
        assert [cell for cell in cells if there[cell.coordinate].protection.locked != cell.protection.locked] == []


def colours(page: Worksheet) -> list[tuple[object, ...]]:
    """Every conditional format: where, when, and the colours it lays over."""
    return sorted(
        (
            str(cells.sqref),
            rule.type,
            rule.operator or "",
            *rule.formula,
            *(rule.dxf.fill.bgColor.rgb if rule.dxf.fill else "", rule.dxf.font.color.rgb if rule.dxf.font else ""),
        )
        for cells in page.conditional_formatting
        for rule in cells.rules
    )


def test_colours_survive_libreoffice(before: Workbook, after: Workbook) -> None:
    """Every conditional format is there with its condition and colours."""
    assert any(colours(page) for page in before)
    for page in before:
        assert colours(after[page.title]) == colours(page), page.title


def footer(page: Worksheet) -> str | None:
    """What stands on the right below every printed page."""
    assert page.oddFooter is not None
    return page.oddFooter.right.text


def test_print_and_names_survive_libreoffice(before: Workbook, after: Workbook) -> None:
    """Repeated headings, page numbers, the filter and the names that formulas hang on are there."""
    for page in before:
        there = after[page.title]
        assert there.print_title_rows == page.print_title_rows
        assert footer(there) == footer(page)
        assert there.auto_filter.ref == page.auto_filter.ref
    assert sorted(after.defined_names) == sorted(before.defined_names)
