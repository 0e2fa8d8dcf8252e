"""工作台.xlsm as a file: what it holds, what is locked, and that its macros, words and verbs fit one another."""

import re
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import click
import pytest
from oletools.olevba import VBA_Parser
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openxml_audit import OpenXmlValidator
from pyopenvba import check_file

from macros.borrowed import xlwings_modules
from macros.build import NAME, own_modules, shipped
from macros.words import SETTINGS, STATUS, TEXTS, VERBS, Verb
from qingdan_xl.cli.app import qingdan

BOOK = shipped()
SHIPPED = Path(__file__).parents[1] / "workbooks" / NAME
SOURCES = {module.name: module.source for module in own_modules()}
ALL = "\n".join(SOURCES.values())
SHEETS = ["工作台", "设置", "总览", "运行记录", "说明", "_texts", "xlwings.conf"]
SETTING_KEYS = {setting.key for settings in SETTINGS.values() for setting in settings}
# what LibreOffice does not have, so that nothing here could be proven with it
NOT_IN_LIBREOFFICE = ("Scripting.Dictionary", "FileSystemObject", "RegExp", "ListObjects", "FormatConditions")
RUN_VERBS = [verb for verb in (*VERBS, STATUS) if verb.arguments]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook in a file."""
    file = tmp_path_factory.mktemp("console") / NAME
    file.write_bytes(BOOK)
    return file


@pytest.fixture(scope="module")
def book() -> Workbook:
    """The workbook as openpyxl reads it."""
    return load_workbook(BytesIO(BOOK), keep_vba=True)


def test_excel_opens_it(path: Path) -> None:
    """The validator of Open XML has nothing to say."""
    assert list(OpenXmlValidator().validate(path).errors) == []


def test_parts_and_project_fit(path: Path) -> None:
    """The check of zip, parts, relations and project has nothing to say."""
    report = check_file(path)

    assert list(report.issues) == []
    assert report.complete


def test_the_overview_leads_to_what_people_edit(book: Workbook) -> None:
    """The year folder typed in the settings is enough: 母表, 花名册, 收件 are a click away before 下发."""
    page = book["总览"]
    links = {row[1].value: row[2].value for row in page.iter_rows() if "HYPERLINK" in str(row[2].value)}
    folder = page[next(f"C{row[1].row}" for row in page.iter_rows() if row[1].value == "年度文件夹")]

    assert folder.value.startswith('=IF(Qd_Folder="","",')
    at = folder.coordinate.replace("C", "$C$")
    assert links["清单"] == f'=IF({at}="","",HYPERLINK({at}&"清单"&RIGHT({at},1)&"","打开"))'
    assert links["花名册"] == f'=IF({at}="","",HYPERLINK({at}&"花名册.xlsx","打开"))'
    assert {"考核办法", "收件", "退改副本", "报告模板", "全部文件"} <= set(links)


def test_outcomes_of_the_log_are_coloured_before_they_are_ruled(book: Workbook) -> None:
    """LibreOffice shows only the first rule that fits a cell."""
    rules = [(str(area.sqref), rule.type) for area in book["运行记录"].conditional_formatting for rule in area.rules]

    assert rules[-1] == ("A4:H1048576", "expression")
    assert {kind for _, kind in rules[:-1]} == {"cellIs"}


def test_the_same_sources_give_the_same_workbook() -> None:
    """Nothing of the moment gets in."""
    assert shipped() == BOOK


def test_the_shipped_file_holds_these_macros() -> None:
    """Whoever changes a macro runs `make workbooks`: what lies in workbooks/ is run in LibreOffice as it lies there."""
    lying, made = (ZipFile(file).read("xl/vbaProject.bin") for file in (SHIPPED, BytesIO(BOOK)))

    assert lying == made


def test_every_sheet_has_its_module(path: Path) -> None:
    """The project holds a document for the workbook and for each sheet, our modules and the two of xlwings."""
    parser = VBA_Parser(str(path), relaxed=False)

    found = {name for _, _, name, _ in parser.extract_macros()}

    documents = {"ThisWorkbook.cls", *(f"Sheet{number}.cls" for number in range(1, len(SHEETS) + 1))}
    assert found == documents | {f"{name}.bas" for name in SOURCES} | {"xlwings.bas", "Dictionary.cls"}


def test_code_names_are_those_of_the_documents(book: Workbook) -> None:
    """Excel finds a sheet's module by the codeName of the sheet."""
    assert book.sheetnames == SHEETS
    assert [page.sheet_properties.codeName for page in book] == [f"Sheet{n}" for n in range(1, len(SHEETS) + 1)]
    assert book.code_name == "ThisWorkbook"


def test_only_settings_can_be_typed(book: Workbook) -> None:
    """Every sheet that is seen is protected, and the only unlocked cells are those of the settings."""
    unlocked = {
        (page.title, cell.coordinate)
        for page in book
        if page.sheet_state == "visible"
        for row in page.iter_rows()
        for cell in row
        if not cell.protection.locked
    }
    named = {book.defined_names[f"Qd_{key}"].attr_text.replace("$", "").replace("'", "") for key in SETTING_KEYS}

    assert {f"{sheet}!{cell}" for sheet, cell in unlocked} == named
    assert all(page.protection.sheet for page in book if page.sheet_state == "visible")
    assert [page.sheet_state for page in book if page.title in SHEETS[-2:]] == ["veryHidden", "veryHidden"]


def test_every_setting_has_a_hint(book: Workbook) -> None:
    """A click on a white cell shows what to fill in; choices have a list."""
    rules = {str(rule.sqref): rule for rule in book["设置"].data_validations.dataValidation}
    for setting in (setting for settings in SETTINGS.values() for setting in settings):
        cell = book.defined_names[f"Qd_{setting.key}"].attr_text.rpartition("!")[2].replace("$", "")
        assert rules[cell].prompt == setting.hint
        if setting.choices:
            assert rules[cell].formula1 == f'"{",".join(setting.choices)}"'


def test_excel_takes_texts_as_they_are_typed(book: Workbook) -> None:
    """A cell without a look of its own would make a day of the period 2026-05, and a formula of =a."""
    for setting in (setting for settings in SETTINGS.values() for setting in settings if setting.kind == "text"):
        cell = book.defined_names[f"Qd_{setting.key}"].attr_text.rpartition("!")[2].replace("$", "")
        assert book["设置"][cell].number_format == "@"


def test_xlwings_is_told_all_that_somebody_may_have_set_otherwise(book: Workbook) -> None:
    """What stands here goes before the settings of the person: another version, a server, conda play no part."""
    told = {key.value: value.value for key, value in book["xlwings.conf"]["A1:B7"]}
    python = told.pop("INTERPRETER_WIN")

    assert python == told.pop("INTERPRETER_MAC") == '=IF(Qd_Python="","python",SUBSTITUTE(Qd_Python,"""",""))'
    assert told == {
        "ADD_WORKBOOK_TO_PYTHONPATH": "False",
        "USE UDF SERVER": "False",
        "SHOW CONSOLE": "False",
        "CONDA PATH": None,
        "CONDA ENV": None,
    }


def test_sheets_are_locked_as_they_were_shipped(book: Workbook) -> None:
    """Excel's Protect takes back every leave it is not told: after a run columns and rows can be resized as before."""
    (sealed,) = re.findall(r"Public Sub Seal\(.*?End Sub", SOURCES["QdBoard"], re.DOTALL)
    shipped = {
        (name, not getattr(page.protection, f"{name[0].lower()}{name[1:]}".replace("atting", "at")))
        for page in book
        if page.protection.sheet
        for name in ("FormattingCells", "FormattingColumns", "FormattingRows", "Sort", "AutoFilter")
    }

    assert {name for name, leave in shipped if leave} == set(re.findall(r"Allow(\w+):=True", sealed))
    assert ALL.count(".Protect") == sealed.count(".Protect")


def test_every_word_the_macros_ask_for_is_there() -> None:
    """No text, outcome or setting that a macro names is missing, and none lies there unused."""
    texts = set(re.findall(r'QdTexts\.(?:Text|Filled)\("([\w-]+)"', ALL)) - {"outcome-", "no-"}
    lacking = {f"no-{need.lower()}" for verb in RUN_VERBS for need in verb.needs}
    outcomes = {f"outcome-{word}" for word in ("running", "refused", "done", "problems", "failed")}

    assert texts | lacking | outcomes == set(TEXTS)


def test_every_setting_is_used() -> None:
    """Each setting stands in the arguments of a verb or in a macro; no macro asks for another."""
    in_verbs = {name for verb in RUN_VERBS for group in verb.arguments for name in re.findall(r"[{?](\w+)", group)}
    in_macros = set(re.findall(r'(?:Setting|Typed|IsYes)\("(\w+)"\)', ALL))

    assert in_verbs | in_macros == SETTING_KEYS


@pytest.mark.parametrize("verb", RUN_VERBS, ids=lambda verb: str(verb.key))
def test_arguments_are_those_of_the_command_line(verb: Verb) -> None:
    """Every option that a button passes exists in that verb."""
    if verb.key == "version":
        assert verb.arguments == ("--version",)
        return
    words = [word for group in verb.arguments for word in re.split(r"[|?]", group)]
    command = qingdan.commands[words[0]]

    options = {
        option for parameter in command.params for option in parameter.opts if isinstance(parameter, click.Option)
    }
    assert {word for word in words if word.startswith("-")} <= options


def test_every_button_has_its_procedure() -> None:
    """Buttons are bound to public procedures without arguments, and each can be pressed from outside too."""
    wanted = {verb.button for verb in (*VERBS, STATUS)} | {"PickFolder"}

    assert set(re.findall(r"^Public Sub (\w+)\(\)", SOURCES["QdButtons"], re.MULTILINE)) == wanted
    assert set(re.findall(r'^        Case "(\w+)": \1$', SOURCES["QdButtons"], re.MULTILINE)) == wanted


def test_the_page_names_every_button() -> None:
    """docs/console.md lists each button with its macro, for whoever binds them by hand."""
    page = (Path(__file__).parents[1] / "docs" / "console.md").read_text("utf-8")

    rows = re.findall(r"^\| ([^ （|]+)[^|]*\|.*\| `QdButtons\.(\w+)` \|$", page, re.MULTILINE)
    assert rows == [(verb.caption, verb.button) for verb in (*VERBS, STATUS)] + [("选文件夹…", "PickFolder")]


@pytest.mark.parametrize("word", NOT_IN_LIBREOFFICE)
def test_macros_keep_to_what_can_be_proven(word: str) -> None:
    """Our modules use nothing that LibreOffice lacks: what it has run is what Excel will run."""
    assert word not in ALL


def test_every_module_declares_its_variables() -> None:
    """A mistyped name is a fault when the macros are compiled, not a new empty variable."""
    assert all("\nOption Explicit\n" in source for source in SOURCES.values())


def test_licences_are_named(book: Workbook) -> None:
    """The workbook says whose modules are built in, under which licence, and the module carries its own."""
    said = "\n".join(str(row[1].value or "") for row in book["说明"].iter_rows())

    assert "Zoomer Analytics LLC，BSD 3-clause" in said
    assert "(c) Tim Hall，MIT" in said
    assert "The above copyright notice and this permission notice shall be included" in said
    assert "这两个模块改了 LibreOffice 不能编译的几处" in said
    assert "THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS" in xlwings_modules()[0].source
