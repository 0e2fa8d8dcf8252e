"""workbooks/: the samples that lie ready are what the code makes, and open everywhere."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.worksheet.worksheet import Worksheet
from openxml_audit import OpenXmlValidator

from macros.build import NAME as CONSOLE
from macros.build import shipped
from qingdan_xl.demo.workbooks import sample_workbooks, write_workbooks

FOLDER = Path(__file__).parents[1] / "workbooks"
SAMPLES = sample_workbooks()
MADE = SAMPLES | {CONSOLE: shipped()}


def look(cell: Cell | MergedCell) -> tuple[object, ...]:
    """A cell as people see it."""
    fill = cell.fill.fgColor.rgb if cell.fill.fill_type else ""
    edges = tuple(edge.style for edge in (cell.border.left, cell.border.right, cell.border.top, cell.border.bottom))
    return cell.value, cell.number_format, cell.font.name, cell.font.sz, fill, edges, cell.protection.locked


def pages(data: bytes) -> dict[str, tuple[object, ...]]:
    """Every sheet of a workbook: its cells, widths and heights, rules, colours and the way it prints."""
    return {page.title: seen(page) for page in load_workbook(BytesIO(data))}


def seen(page: Worksheet) -> tuple[object, ...]:
    """What there is to see and to use on one sheet."""
    return (
        {cell.coordinate: look(cell) for row in page.iter_rows() for cell in row if cell.has_style or cell.value},
        {letter: (group.width, group.hidden) for letter, group in page.column_dimensions.items()},
        {number: row.height for number, row in page.row_dimensions.items()},
        sorted(
            (str(rule.sqref), rule.formula1 or "", rule.error or "") for rule in page.data_validations.dataValidation
        ),
        sorted(str(group.sqref) for group in page.conditional_formatting),
        (page.freeze_panes, page.print_title_rows, page.auto_filter.ref, page.sheet_state, page.page_setup.fitToHeight),
    )


def test_the_folder_holds_what_is_made() -> None:
    """母表, 花名册, 考核办法, one unit's as sent, as filled and with 一键检查, the console; nothing else."""
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(MADE)
    assert [name.partition("-")[0].partition(".")[0] for name in MADE][-6:] == [
        "花名册",
        "考核办法",
        "填报表",
        "填报表",
        "填报表",
        "工作台",
    ]


@pytest.mark.parametrize("name", MADE)
def test_a_sample_is_current(name: str) -> None:
    """Whoever changes what a workbook shows runs `make workbooks`."""
    assert pages((FOLDER / name).read_bytes()) == pages(MADE[name])


@pytest.mark.parametrize("name", MADE)
def test_excel_opens_a_sample(name: str, tmp_path: Path) -> None:
    """The validator of Open XML has nothing to say about any of them."""
    path = tmp_path / name
    path.write_bytes(MADE[name])

    assert list(OpenXmlValidator().validate(path).errors) == []


def test_the_same_code_gives_the_same_bytes(tmp_path: Path) -> None:
    """No clock, key or dice of the moment gets into a sample; what is made no more is taken away."""
    (tmp_path / "old.xlsx").write_bytes(b"")
    write_workbooks(tmp_path)

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == SAMPLES


def test_samples_are_small_and_without_dates_of_their_own() -> None:
    """The whole set is worth keeping beside the code; no entry of a zip tells when it was made."""
    assert sum(map(len, MADE.values())) < 600_000
    entries = [entry.date_time for data in MADE.values() for entry in ZipFile(BytesIO(data)).infolist()]
    assert set(entries) == {(1980, 1, 1, 0, 0, 0)}
