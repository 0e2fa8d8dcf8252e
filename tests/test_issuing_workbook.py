"""The issued workbook as a file: its sheets, locks, lists, identity, and that Excel opens it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from openxml_audit import OpenXmlValidator

from issuing_samples import LONG_TEXT, OPTIONS, UNITS, sample_batch, sample_plan
from qingdan_xl.issuing.issue import issue
from qingdan_xl.issuing.manifest import manifest_workbook
from qingdan_xl.issuing.plan import UnitPlan, fingerprint, plan_unit
from qingdan_xl.issuing.workbook import unit_workbook
from qingdan_xl.model import Person, Role
from qingdan_xl.sheets.choices import RACI, STATUSES
from qingdan_xl.sheets.declaration import Sheet
from qingdan_xl.sheets.identity import DUTY_ROWS, PROPERTIES, ROLE_SHEETS, read_block, read_identity, text_hash
from qingdan_xl.sheets.reading import Grid, find_columns, load_grids, read_grid
from qingdan_xl.sheets.styles import LIGHTS
from qingdan_xl.sheets.unit import COVER_TITLE, DUTIES, HIDDEN_TITLE, ISSUES, LEDGERS, LOG, MATRIX, RISKS, SIGNATURES
from qingdan_xl.sheets.writing import FIRST_ROW, text_height

PLAN = sample_plan()
DATA = unit_workbook(PLAN, OPTIONS)


@pytest.fixture(scope="module")
def book() -> Workbook:
    """The issued workbook as openpyxl sees it."""
    return load_workbook(BytesIO(DATA))


@pytest.fixture(scope="module")
def grids() -> dict[str, Grid]:
    """The issued workbook as collect reads it."""
    return load_grids(DATA, "青禾镇.xlsx")


def columns_of(page: Worksheet, sheet: Sheet) -> dict[str, str]:
    """The letters of the declared columns by key."""
    headings = {cell.value: get_column_letter(cell.column) for cell in page[FIRST_ROW] if cell.column}
    return {column.key: headings[column.heading] for column in sheet}


def duty_pages(book: Workbook, plan: UnitPlan = PLAN) -> Iterator[tuple[Worksheet, int]]:
    """Each duty sheet with the number of its last row."""
    for sheet in plan.sheets:
        yield book[sheet.title], FIRST_ROW + len(sheet.rows)


def test_the_sheets_stand_in_the_order_of_use(book: Workbook) -> None:
    """Cover, matrix, one sheet a role or person, log, ledgers, sign-off; the hidden sheet is last and very hidden."""
    roles = ["党支部", "班子成员-张甲", "班子成员-李乙"]
    ledgers = [LOG.title, ISSUES.title, RISKS.title]

    assert book.sheetnames == [COVER_TITLE, MATRIX.title, *roles, *ledgers, SIGNATURES.title, HIDDEN_TITLE]
    assert book[HIDDEN_TITLE].sheet_state == "veryHidden"


@pytest.mark.parametrize(
    "plan",
    [
        PLAN,
        sample_plan(UNITS[1]),
        replace(sample_plan(UNITS[1]), people=()),
        replace(PLAN, people=tuple(Person(f"张甲{n}", "青禾镇") for n in range(60))),
    ],
    ids=["personal and shared", "one person", "nobody", "sixty people"],
)
def test_excel_opens_the_workbook(plan: UnitPlan, tmp_path: Path) -> None:
    """The validator of Open XML has nothing to say about any kind of unit's workbook."""
    path = tmp_path / "unit.xlsx"
    path.write_bytes(unit_workbook(plan, OPTIONS))

    assert list(OpenXmlValidator().validate(path).errors) == []


def test_excel_opens_the_manifest(tmp_path: Path) -> None:
    """The validator of Open XML has nothing to say about 下发清单.xlsx either."""
    path = tmp_path / "manifest.xlsx"
    path.write_bytes(manifest_workbook(sample_batch(), issue(sample_batch(), OPTIONS)))

    assert list(OpenXmlValidator().validate(path).errors) == []


def test_the_same_plan_gives_the_same_bytes() -> None:
    """Issuing is reproducible: the hash in the manifest can be checked again."""
    assert unit_workbook(PLAN, OPTIONS) == DATA


def test_every_visible_sheet_is_protected_without_a_password(book: Workbook) -> None:
    """A lock against slips: staff may sort, filter, resize and add columns, and insert rows in the ledgers."""
    for name in book.sheetnames:
        guard = book[name].protection
        assert guard.sheet
        assert guard.password is None
    for page, _ in duty_pages(book):
        # openpyxl keeps the flags as the file has them: False is "not forbidden"
        assert not any((page.protection.sort, page.protection.autoFilter, page.protection.formatColumns))
        assert not any((page.protection.formatRows, page.protection.insertColumns))
    assert not any(book[sheet.title].protection.insertRows for sheet in LEDGERS)


def test_answers_are_open_and_the_rest_is_locked(book: Workbook) -> None:
    """Exactly the answers can be typed in, a ratio only where one is asked for, a date where the list has none.

    None of them holds a formula.
    """
    for page, last in duty_pages(book):
        letters = columns_of(page, DUTIES)
        for row in range(FIRST_ROW + 1, last + 1):
            asks_ratio = "主题党日" in str(page[f"{letters['text']}{row}"].value)
            for column in DUTIES:
                cell = page[f"{letters[column.key]}{row}"]
                is_issued = column.key == "deadline" and cell.value is not None
                is_open = column.editable and (column.key != "ratio" or asks_ratio) and not is_issued
                assert cell.protection.locked is not is_open, (page.title, column.key)
                assert not (column.editable and cell.data_type == "f")


def test_ledgers_take_rows_far_below_the_ruled_ones(book: Workbook) -> None:
    """The cells of a ledger are open from the first row on, and below the prepared ones through their columns."""
    for sheet in LEDGERS:
        page = book[sheet.title]
        assert all(not page.cell(FIRST_ROW + 1, n).protection.locked for n in range(1, len(sheet.columns) + 1))
        groups = list(page.column_dimensions.values())
        assert all(not group.protection.locked for group in groups)
        assert max(int(group.max or 0) for group in groups) >= len(sheet.columns)


def test_no_cells_are_merged_outside_the_cover(book: Workbook) -> None:
    """Merged cells lose data: only 填报说明, which holds none, has any."""
    assert [page.title for page in book if page.merged_cells.ranges] == [COVER_TITLE]


def test_dropdowns_come_from_ranges_on_the_hidden_sheet(book: Workbook) -> None:
    """Every list is a defined name over the hidden sheet that holds the very words; none stands in the rule itself."""
    sources = {rule.formula1 for page in book for rule in page.data_validations.dataValidation if rule.type == "list"}
    words = {}
    for name in sources:
        ((title, cells),) = book.defined_names[name].destinations
        assert title == HIDDEN_TITLE
        words[name] = [row[0].value for row in book[title][cells]]

    assert words == {
        "qd_status": list(STATUSES),
        "qd_category": list(OPTIONS.categories),
        "qd_person": ["张甲", "李乙", "王丙"],
        "qd_duty": [row.label for _, row in PLAN.rows()],
        "qd_rectification": ["待整改", "整改中", "已整改", "已销号", "退回"],
        "qd_risk_level": ["高", "中", "低"],
        "qd_raci": list(RACI),
    }


def test_every_answer_column_of_a_type_is_checked(book: Workbook) -> None:
    """Dates, numbers and choices of the duty sheets and the log have a rule with a message in Chinese."""
    for page, sheet in ((book["党支部"], DUTIES), (book[LOG.title], LOG)):
        letters = columns_of(page, sheet)
        ruled = {
            str(rule.sqref).rstrip("0123456789:").partition(":")[0].rstrip("0123456789"): rule
            for rule in page.data_validations.dataValidation
        }
        for column in sheet.answers:
            if column.type in ("date", "count", "percent", "points", "choice", "person"):
                assert ruled[letters[column.key]].error, column.key


def test_identity_stands_in_three_places(book: Workbook, grids: dict[str, Grid]) -> None:
    """Custom properties, hidden sheet and row ids agree on whose workbook it is and what was issued."""
    properties = {item.name: item.value for item in vars(book)["custom_doc_props"].props}
    identity = read_identity(grids[HIDDEN_TITLE])

    assert identity is not None
    assert (identity.batch, identity.unit_id, identity.unit, identity.year) == ("2026-01", "U001", "青禾镇", "2026")
    assert identity.fingerprint == fingerprint(PLAN)
    assert properties == {name: getattr(identity, key) for key, name in PROPERTIES.items()}
    rows = read_block(grids[HIDDEN_TITLE], DUTY_ROWS)
    assert [row["row_id"] for row in rows] == [row.id for _, row in PLAN.rows()]
    assert [row["text_hash"] for row in rows] == [text_hash(row.duty.text) for _, row in PLAN.rows()]
    assert [row["label"] for row in rows] == [row.label for _, row in PLAN.rows()]
    assert [(row["title"], row["holder"]) for row in read_block(grids[HIDDEN_TITLE], ROLE_SHEETS)] == [
        ("党支部", ""),
        ("班子成员-张甲", "张甲"),
        ("班子成员-李乙", "李乙"),
    ]


def test_what_is_issued_is_read_back(grids: dict[str, Grid]) -> None:
    """The reader finds each duty's id and text on its sheet and in the matrix; the long text is whole."""
    for sheet in PLAN.sheets:
        table = read_grid(DUTIES, grids[sheet.title], "f", sheet.title, PLAN.year)
        found = [(row.text("row_id"), row.text("text")) for row in table.rows]
        assert found == [(row.id, row.duty.text) for row in sheet.rows]
    matrix = read_grid(MATRIX, grids[MATRIX.title], "f", MATRIX.title, PLAN.year)
    assert [row.text("row_id") for row in matrix.rows] == [row.id for _, row in PLAN.rows()]
    assert len(LONG_TEXT) > 400


def test_prepared_rows_are_not_taken_for_records(grids: dict[str, Grid]) -> None:
    """A new workbook has no rows in its log and ledgers, and three periods to sign."""
    for sheet in LEDGERS:
        assert read_grid(sheet, grids[sheet.title], "f", sheet.title, PLAN.year).rows == ()
        assert find_columns(sheet, grids[sheet.title])[0] == FIRST_ROW - 1
    signatures = read_grid(SIGNATURES, grids[SIGNATURES.title], "f", SIGNATURES.title, PLAN.year)
    assert [row.text("period") for row in signatures.rows] == ["年初清单", "上半年", "全年"]


def test_the_matrix_has_one_leader_a_duty(book: Workbook) -> None:
    """Each person has a column, and each duty exactly one A and at least one R, which may be the same person's."""
    page = book[MATRIX.title]
    people = [cell.column for cell in page[FIRST_ROW] if cell.value in ("张甲", "李乙", "王丙")]

    assert len(people) == len(PLAN.people)
    for row in range(FIRST_ROW + 1, page.max_row + 1):
        letters = "".join(str(page.cell(row, column).value or "") for column in people)
        assert letters.count("A") == 1
        assert letters.count("R") >= 1


def test_duty_rows_show_the_whole_text_and_grow(book: Workbook) -> None:
    """A row is as high as its text asks for, and is not marked as set by hand, so that it grows with an answer."""
    page = book["党支部"]
    letters = columns_of(page, DUTIES)
    long_row = next(row for row in range(FIRST_ROW + 1, 20) if page[f"{letters['text']}{row}"].value == LONG_TEXT)
    with ZipFile(BytesIO(DATA)) as archive:
        xml = archive.read("xl/worksheets/sheet3.xml").decode()

    needed = text_height(LONG_TEXT, DUTIES.column("text").width)
    assert page.row_dimensions[long_row].height == pytest.approx(needed, abs=0.5)  # Excel keeps quarters of a point
    assert "<row " in xml
    assert "customHeight" not in xml


@pytest.mark.parametrize(("characters", "size"), [(470, 11), (550, 10), (660, 9), (1000, 8)])
def test_a_text_beyond_the_highest_row_stands_in_smaller_type(characters: int, size: int) -> None:
    """No row is higher than 409 points: a long duty is set as small as it must be, and no smaller, to show it all."""
    sheet = PLAN.sheets[0]
    row = replace(sheet.rows[0], duty=replace(sheet.rows[0].duty, text=(LONG_TEXT * 3)[:characters]))
    plan = replace(PLAN, sheets=(replace(sheet, rows=(row, *sheet.rows[1:])),))
    page = load_workbook(BytesIO(unit_workbook(plan, OPTIONS)))[sheet.title]
    letter = columns_of(page, DUTIES)["text"]

    assert [page[f"{letter}{number}"].font.sz for number in (FIRST_ROW + 1, FIRST_ROW + 2)] == [size, 11]


def test_roles_named_like_our_sheets_get_a_sheet_of_their_own(tmp_path: Path) -> None:
    """A role may be called 工作纪实, and two roles may differ by case only: Excel still opens the workbook."""
    batch = sample_batch()
    roles = [replace(batch.checklists[0].roles[0], name=name) for name in (LOG.title, "a组", "A组")]
    lists = tuple(replace(batch.checklists[0], roles=(distinct(role, n),)) for n, role in enumerate(roles))
    plan = plan_unit(replace(batch, checklists=lists), UNITS[0])
    path = tmp_path / "unit.xlsx"
    path.write_bytes(unit_workbook(plan, OPTIONS))

    assert [sheet.title for sheet in plan.sheets] == ["工作纪实·党支部", "a组", "A组(2)"]
    assert list(OpenXmlValidator().validate(path).errors) == []


def distinct(role: Role, number: int) -> Role:
    """The role with duty ids of its own."""
    return replace(
        role,
        sections=tuple(
            replace(section, duties=tuple(replace(duty, id=f"{number}{duty.id}") for duty in section.duties))
            for section in role.sections
        ),
    )


def test_columns_that_would_stay_empty_are_hidden(book: Workbook) -> None:
    """班子成员 has no sections: their column is not shown; the one of 党支部, which has, is."""
    letter = columns_of(book["党支部"], DUTIES)["section"]

    assert book["班子成员-张甲"].column_dimensions[letter].hidden
    assert not book["党支部"].column_dimensions[letter].hidden


def test_ids_are_hidden_and_panes_are_frozen(book: Workbook) -> None:
    """事项编号 stands hidden in the first column, and duty and headings stay in sight."""
    for page, _ in duty_pages(book):
        assert page.column_dimensions["A"].hidden
        assert page.freeze_panes == "F4"
        assert page.print_title_rows == "$3:$3"
        assert page.page_setup.orientation == "landscape"


def test_nothing_typed_by_people_becomes_a_formula() -> None:
    """A unit's name or a duty's text that looks like a formula stays text."""
    batch = sample_batch()
    evil = replace(UNITS[1], name="=1+1")
    people = (Person("=cmd|'/c calc'!A0", "=1+1", "主任"),)
    plan = replace(sample_plan(UNITS[1]), unit=evil, people=people)
    book = load_workbook(BytesIO(unit_workbook(plan, OPTIONS)))

    assert book[COVER_TITLE]["B1"].data_type == "s"
    assert book[MATRIX.title]["F3"].value == "=cmd|'/c calc'!A0"
    assert book[MATRIX.title]["F3"].data_type == "s"
    assert batch.deadline == date(2026, 12, 20)


def test_the_structure_is_locked_unless_the_settings_say_otherwise() -> None:
    """Sheets cannot be added or renamed by slip; the mark stands where the schema wants it."""

    def workbook_xml(data: bytes) -> str:
        with ZipFile(BytesIO(data)) as archive:
            return archive.read("xl/workbook.xml").decode()

    locked = workbook_xml(DATA)
    assert re.search(r'<workbookPr[^>]*/><workbookProtection lockStructure="1"/><bookViews>', locked)
    assert "workbookProtection" not in workbook_xml(unit_workbook(PLAN, replace(OPTIONS, locked_structure=False)))


def test_colours_of_the_lights_are_settings() -> None:
    """What a colour means is local: the legend wears the colours of the settings."""
    colours = LIGHTS | {"完成": ("#112233", "#FFFFFF")}
    page = load_workbook(BytesIO(unit_workbook(PLAN, replace(OPTIONS, lights=colours))))[COVER_TITLE]
    fills = {cell.value: cell.fill.fgColor.rgb for row in page.iter_rows() for cell in row if cell.value in colours}

    assert fills["完成"] == "FF112233"
    assert fills["逾期"] == f"FF{LIGHTS['逾期'][0][1:]}"
