"""How a unit's workbook looks and prints: nothing cut off, nothing shrunk without need, no empty pages."""

import re
import shutil
import subprocess
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet.worksheet import Worksheet

from issuing_samples import LONG_TEXT, OPTIONS, UNITS, sample_batch, sample_plan
from office import Office
from qingdan_xl.issuing.carrying import Carried
from qingdan_xl.issuing.plan import PlanRow, UnitPlan, plan_unit
from qingdan_xl.issuing.workbook import unit_workbook
from qingdan_xl.sheets.declaration import Type
from qingdan_xl.sheets.own import OwnColumn
from qingdan_xl.sheets.unit import COVER_TITLE, DUTIES, HIDDEN_TITLE, LEDGERS, RISKS, SIGNATURES
from qingdan_xl.sheets.writing import FIRST_ROW, HIGHEST, text_height

# A4 across less the margins, in the pixels of a screen and in points
DUTY_PAPER_WIDTH = (11.69 - 0.5) * 96
PAPER_WIDTH, PAPER_HEIGHT = (11.69 - 0.8) * 96, (8.27 - 1.2) * 72


def long_plan() -> UnitPlan:
    """A unit that holds sixty duties, among them one of more than four hundred characters."""
    plan = sample_plan()
    sheet = plan.sheets[0]

    def row(number: int) -> PlanRow:
        like = sheet.rows[number % len(sheet.rows)]
        return replace(like, id=f"{number:08d}.01", label=f"{sheet.title} {number}")

    return replace(plan, sheets=(replace(sheet, rows=tuple(map(row, range(60)))), *plan.sheets[1:]))


DATA = unit_workbook(long_plan(), OPTIONS)
BOOK = load_workbook(BytesIO(DATA))


def width(page: Worksheet, columns: int) -> float:
    """What the first columns of a page take across, in pixels."""
    groups = page.column_dimensions.values()  # of neighbours that are as wide
    widths = {number: group.width for group in groups for number in range(group.min or 0, (group.max or 0) + 1)}
    return sum(widths[number] * 7 for number in range(1, columns + 1))


@pytest.mark.parametrize("sheet", [*LEDGERS, SIGNATURES], ids=lambda sheet: sheet.title)
def test_what_people_sign_and_fill_prints_at_full_size(sheet: object) -> None:
    """The columns of the log, the ledgers and the sign-off fill an A4 page across and are not made smaller."""
    page = BOOK[sheet.title]  # type: ignore[attr-defined]
    columns = sum(1 for cell in page[FIRST_ROW] if cell.value)

    assert 0.97 * PAPER_WIDTH < width(page, columns) <= PAPER_WIDTH


def test_the_ruled_rows_of_a_ledger_fill_one_page() -> None:
    """Title, headings and the rows that are ruled from the start stand on one page and leave less than two rows."""
    page = BOOK[RISKS.title]
    ruled = [row for row in range(1, page.max_row + 1) if page.row_dimensions[row].height]
    taken = sum(page.row_dimensions[row].height or 0 for row in ruled)

    assert PAPER_HEIGHT - 2 * 22 < taken <= PAPER_HEIGHT


def test_the_longest_duty_stands_in_full_size() -> None:
    """More than four hundred characters stand in the usual type in a row that is high enough."""
    page = BOOK["党支部"]
    cells = [cell for row in page.iter_rows(min_row=FIRST_ROW + 1) for cell in row if cell.value == LONG_TEXT]

    assert len(LONG_TEXT) > 400
    assert {cell.font.sz for cell in cells} == {11}
    assert all(250 < (page.row_dimensions[cell.row].height or 0) < HIGHEST for cell in cells)


def printed_width(page: Worksheet) -> float:
    """What the printed columns of a duty sheet take across, in pixels; hidden ones take nothing."""
    last = page.print_area.rpartition(":")[2].strip("$").partition("$")[0]
    groups = [group for group in page.column_dimensions.values() if not group.hidden]
    numbers = {number: group.width for group in groups for number in range(group.min or 0, (group.max or 0) + 1)}
    return sum(wide * 7.0 for number, wide in numbers.items() if number <= column_index_from_string(last))


def test_duty_sheets_print_no_smaller_than_eight_points() -> None:
    """With every column that a sheet may show, 变动 and 实际比例 among them; LibreOffice takes some 7 % more across."""
    rows = {row.id: "修改" for _, row in sample_plan().rows()}
    page = load_workbook(BytesIO(unit_workbook(sample_plan(), OPTIONS, Carried(rows))))["党支部"]
    shown = {cell.value for cell in page[FIRST_ROW] if cell.value}

    assert {"变动", "实际比例（%）", "板块"} <= shown
    assert 11 * DUTY_PAPER_WIDTH / printed_width(page) >= 8.5


def test_what_only_the_screen_shows_is_not_printed() -> None:
    """未达标时段 and the numbers of periods stand right of 预警, beyond the print area, and are not hidden."""
    page = BOOK["党支部"]
    (last,) = (cell.column_letter for cell in page[FIRST_ROW] if cell.value == "预警")
    beyond = [cell for cell in page[FIRST_ROW] if cell.value in ("未达标时段", "应达标期数", "已达标期数")]

    assert page.print_area == f"'党支部'!$A$1:${last}${FIRST_ROW + 60}"
    assert [cell.column_letter for cell in beyond] == ["T", "U", "V"]
    assert last == "S"
    assert not any(page.column_dimensions[cell.column_letter].hidden for cell in beyond)


def test_own_columns_are_printed() -> None:
    """Where the office added columns, all columns go on paper: what the unit fills is not left out."""
    own = OwnColumn(DUTIES.key, "有部署", Type.TICK)
    page = load_workbook(BytesIO(unit_workbook(replace(sample_plan(), own=(own,)), OPTIONS)))["党支部"]

    assert page.print_area is None or not page.print_area


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("会议", 1),
        ("每半年≥1次（会议）", 1),
        ("≥1次（报告），12月20日前", 2),
        ("每半年≥1次（会议）\n≥1次（报告），12月20日前", 3),
        ("字" * 40, 5),
        ("", 1),
    ],
)
def test_a_text_is_given_its_lines(text: str, lines: int) -> None:
    """In a column of 22, which shows nine characters, a broken line holds one less: no line begins with a bracket."""
    assert text_height(text, 22) == 16 * lines + 6


def test_fonts_say_what_may_stand_in_for_them() -> None:
    """Where 黑体 or 仿宋 is missing Excel takes another Chinese font; no size is under 11 points."""
    cells = [
        cell for page in BOOK if page.title != HIDDEN_TITLE for row in page.iter_rows() for cell in row if cell.value
    ]

    assert {(cell.font.name, cell.font.charset) for cell in cells} == {("黑体", 134), ("仿宋", 134)}
    assert min(cell.font.sz for cell in cells) == 11


def test_a_duty_sheet_names_its_list() -> None:
    """Two lists may give a unit sheets of like names: below the title stands which list it is, and whose."""
    assert BOOK["党支部"]["B2"].value == "党支部清单：本单位的责任事项；白色格可填，灰色格已锁定"
    assert str(BOOK["班子成员-张甲"]["B2"].value).startswith("班子成员清单：本人的责任事项")


def test_units_get_the_roles_of_their_kind_and_a_sheet_a_person() -> None:
    """A 村 gets what goes to a 村; in the 乡镇 each holder of a role has a sheet that says who counts."""
    titles = {unit.name: [sheet.title for sheet in plan_unit(sample_batch(), unit).sheets] for unit in UNITS}

    assert titles == {"青禾镇": ["党支部", "班子成员-张甲", "班子成员-李乙"], "柳湾村": ["党支部"], "望溪局": []}
    assert "只计本人主持的活动" in str(BOOK["班子成员-李乙"]["B2"].value)


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_pages_are_numbered_and_none_is_empty(office: Office, tmp_path: Path) -> None:
    """Cover, each ledger and the sign-off take one page; every page says which of how many it is; no cell shows ###."""
    path = tmp_path / "unit.xlsx"
    path.write_bytes(DATA)
    printed = office.pdf(path, tmp_path / "pdf")
    done = subprocess.run(["pdftotext", "-layout", str(printed), "-"], capture_output=True, text=True, check=True)
    pages = done.stdout.split("\f")[:-1]
    footers = [re.search(r"(\S+ \S+)\s+第 (\d+) 页 / 共 (\d+) 页", page) for page in pages]

    assert [(found[2], found[3]) for found in footers if found] == [
        (str(number), str(len(pages))) for number in range(1, len(pages) + 1)
    ]
    names = [found[1] for found in footers if found]
    for title in (COVER_TITLE, *(sheet.title for sheet in LEDGERS), SIGNATURES.title):
        assert names.count(f"青禾镇 {title}") == 1
    assert "###" not in done.stdout
