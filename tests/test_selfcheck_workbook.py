"""A workbook with 一键检查 as a file: what it holds, that it is stamped, sent out and taken back like any other."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from oletools.olevba import VBA_Parser
from openpyxl import load_workbook
from openxml_audit import OpenXmlValidator
from pyopenvba import check_file
from pyopenvba.interpreter import parse_module

from issuing_samples import OPTIONS, sample_batch
from qingdan_xl.collecting.collect import collect
from qingdan_xl.collecting.examine import Context, Task, examine
from qingdan_xl.issuing.plan import Planner
from qingdan_xl.issuing.selfcheck import KNOWN, MACRO_FOLDER, macro_files, macro_modules, wording
from qingdan_xl.issuing.stamping import Press
from qingdan_xl.issuing.workbook import unit_workbook
from qingdan_xl.problems import CATALOGUE
from qingdan_xl.sheets.identity import read_block
from qingdan_xl.sheets.own import with_own
from qingdan_xl.sheets.reading import load_grids
from qingdan_xl.sheets.selfcheck import CHECK_TITLE, CODES, COLUMNS, FINDINGS, UNSEEN
from qingdan_xl.sheets.unit import DUTIES, LEDGERS, LOG, SIGNATURES
from qingdan_xl.sheets.values import seen_text
from qingdan_xl.verbs.reissue import Choice
from qingdan_xl.workspace.folder import Workspace
from reissuing import PARENTS, send, write_year
from returns import COLLECTIVE, ON_TIME, PEOPLE
from selfcheck_samples import CHECKED, OWN, edited, fill_soundly, issued, plan
from stamping_samples import contents

SOURCES = {module.name: module.source for module in macro_modules()}
# what LibreOffice does not have, so that nothing here could be proven with it
NOT_IN_LIBREOFFICE = ("Scripting.Dictionary", "FileSystemObject", "RegExp", "ListObjects", "FormatConditions")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook in a file."""
    file = tmp_path_factory.mktemp("selfcheck") / "表.xlsm"
    file.write_bytes(issued())
    return file


def test_excel_opens_it(path: Path) -> None:
    """The validator of Open XML has nothing to say, nor has the check of its project."""
    assert list(OpenXmlValidator().validate(path).errors) == []
    assert list(check_file(path).issues) == []


def test_every_sheet_has_its_module(path: Path) -> None:
    """Strictly read, the project holds a document for the workbook and each sheet, and our modules."""
    found = {name for _, _, name, _ in VBA_Parser(str(path), relaxed=False).extract_macros()}
    pages = load_workbook(path, keep_vba=True)

    documents = {"ThisWorkbook.cls", *(f"{page.sheet_properties.codeName}.cls" for page in pages)}
    assert found == documents | {f"{name}.bas" for name in SOURCES}


@pytest.mark.parametrize("name", SOURCES)
def test_a_module_is_vba(name: str) -> None:
    """Every line is a statement of the language, and of the part of it that LibreOffice knows."""
    assert parse_module(SOURCES[name])
    assert not [word for word in NOT_IN_LIBREOFFICE if word in SOURCES[name]]


def test_a_workbook_without_it_holds_nothing_of_it() -> None:
    """It is off unless the settings ask for it."""
    plain, with_macro = unit_workbook(plan(), OPTIONS), issued()

    assert {CHECK_TITLE, FINDINGS.title} == set(load_grids(with_macro, "f")) - set(load_grids(plain, "f"))
    assert not [name for name in ZipFile(BytesIO(plain)).namelist() if "vba" in name or "vml" in name]
    assert OPTIONS.suffix == ".xlsx"


def test_the_tables_hold_what_is_declared() -> None:
    """A row a column that is answered, own ones too, and a row a code with the words of the catalogue."""
    grid = load_grids(issued(), "f")[CHECK_TITLE]
    columns = {(row["sheet"], row["key"]) for row in read_block(grid, COLUMNS) if row["editable"] == "1"}
    codes = {row["code"]: (row["what"], row["advice"]) for row in read_block(grid, CODES)}

    declared = (with_own(sheet, OWN) for sheet in (DUTIES, *LEDGERS, SIGNATURES))
    assert columns == {(sheet.key, column.key) for sheet in declared for column in sheet.answers}
    assert codes == {code: wording(code) for code in KNOWN}
    as_check_does = {code for code in KNOWN if codes[code] == (CATALOGUE[code].what, CATALOGUE[code].advice)}
    assert set(KNOWN) - as_check_does == {"nothing-filled", "row-id-lost", "row-lost"}
    assert not [advice for _, advice in codes.values() if "请单位" in advice]


def test_the_table_of_unseen_characters_is_that_of_the_reader() -> None:
    """Tabs and line ends are kept, zero-width and private characters are not."""
    runs = [(int(row["first"]), int(row["last"])) for row in read_block(load_grids(issued(), "f")[CHECK_TITLE], UNSEEN)]

    assert all(seen_text(chr(code)) == "" for run in runs for code in run)
    assert [any(first <= code <= last for first, last in runs) for code in (9, 10, 0x200B, 0xE000, 0x4E00)] == [
        *(False, False, True, True, False)
    ]


def test_stamped_equals_written() -> None:
    """Units of one shape share a master with the macro, and each gets what would be written out for it."""
    planner, press = Planner(sample_batch()), Press(CHECKED)
    for unit in sample_batch().roster.units[:2]:
        outline = planner.outline(unit)
        assert contents(press.workbook(outline)) == contents(unit_workbook(outline.plan(), CHECKED))


def test_it_is_not_told_to_hold_macros(tmp_path: Path) -> None:
    """What was sent out with the macro comes back with it; another workbook with macros is told."""
    filled, foreign = tmp_path / "表.xlsm", tmp_path / "他表.xlsm"
    filled.write_bytes(edited(fill_soundly))
    data = BytesIO(unit_workbook(plan(), OPTIONS))
    with ZipFile(data, "a") as package:
        package.writestr("xl/vbaProject.bin", b"code")
    foreign.write_bytes(data.getvalue())
    ours, theirs = (examine(Task(file, file.name), Context()) for file in (filled, foreign))

    assert "foreign-parts" not in {fault.code for fault in ours.problems}
    assert "foreign-parts" in {fault.code for fault in theirs.problems}
    assert ours.rows[LOG.key][0].text("topic") == "例会"


@pytest.fixture
def year(tmp_path: Path) -> Workspace:
    """A year whose settings ask for the macro."""
    made = Workspace.create(tmp_path / "2026年度", 2026)
    settings = made.root / "qingdan.toml"
    settings.write_text(settings.read_text("utf-8").replace('"一键检查" = false', '"一键检查" = true'), "utf-8")
    return Workspace(made.root)


def test_the_year_sends_and_takes_back(year: Workspace) -> None:
    """Workbooks are .xlsm wherever they are named, the macro's sources lie beside, and what is filled is taken."""
    write_year(year, COLLECTIVE, PARENTS, PEOPLE)
    sent = send(year, Choice(zipped=True))
    with ZipFile(next(package for package in sent.packages if package.name == "县委.zip")) as package:
        packed = sorted(package.namelist())
    names = [Path(each.path).name for each in sent.workbooks]
    listed = [row[4].value for row in load_workbook(sent.manifest).worksheets[0].iter_rows(min_row=4)]
    sources = {path.name: path.read_bytes() for path in (sent.folder / MACRO_FOLDER).iterdir()}
    (year.inbox / names[0]).write_bytes((year.root / sent.workbooks[0].path).read_bytes())

    assert listed == names
    assert names == [f"{unit.name}-2026年责任清单.xlsm" for unit in PARENTS]
    assert packed == sorted(names[:2])
    assert sources == macro_files()
    assert [receipt.outcome.value for receipt in collect(year, (), ON_TIME).receipts] == ["accepted"]


def test_it_can_be_carried_over(year: Workspace) -> None:
    """A second issue without the macro follows one with it."""
    write_year(year, COLLECTIVE, PARENTS, PEOPLE)
    send(year)
    settings = year.root / "qingdan.toml"
    settings.write_text(settings.read_text("utf-8").replace('"一键检查" = true', '"一键检查" = false'), "utf-8")
    again = send(Workspace(year.root), Choice(carry=True))

    assert {Path(each.path).suffix for each in again.workbooks} == {".xlsx"}
    assert not (again.folder / MACRO_FOLDER).exists()


def test_the_macro_asks_for_known_codes_only() -> None:
    """Whatever code the macros name has its sentence in the table, and each of the table is named."""
    source = "\n".join(SOURCES.values())

    assert [code for code in KNOWN if f'"{code}"' not in source] == []
    assert replace(CHECKED, self_check=False) == OPTIONS
