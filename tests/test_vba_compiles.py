"""Would Excel compile the macros? An analysis (pyVBAanalysis) that knows Excel's object model and VBA's compile errors.

LibreOffice forgives what Excel refuses: an undeclared name in a branch that never runs, a Variant for a ByRef String, a
member or a named argument that does not exist.
"""

import pytest
from pyvbaanalysis import (
    DEFAULT_COMPILER_CONSTANTS,
    ConditionalCompilationEnvironment,
    DiagnosticSeverity,
    ModuleInput,
    ModuleSymbolKind,
    analyze_project,
)

from macros.borrowed import xlwings_modules
from macros.build import own_modules
from qingdan_xl.issuing.selfcheck import macro_modules
from qingdan_xl.vba.sources import Base, Document, Kind, Module, document_module

KINDS = {
    Kind.PROCEDURES: ModuleSymbolKind.STANDARD,
    Kind.CLASS: ModuleSymbolKind.CLASS,
    Kind.DOCUMENT: ModuleSymbolKind.DOCUMENT,
}
PLATFORMS: dict[str, dict[str, int]] = {
    "Windows 64": {},
    "Windows 32": {"Win64": 0},
    "Mac": {"Win64": 1, "Win32": 0, "Mac": 1},
}
OURS, BORROWED, CHECK = own_modules(), xlwings_modules(), macro_modules()
DOCUMENTS = [
    document_module(each) for each in (Document("ThisWorkbook", Base.WORKBOOK), Document("Sheet1", Base.SHEET))
]
# one statement each, in a procedure with `text As String`, `given As Variant` and `page As Worksheet`
REFUSED = {
    "byref-argument-type-mismatch": "TakesText given",
    "undeclared-variable": "texts = 1",
    "unknown-call": "TakeText text",
    "argument-count": "page.Protect AllowFormattingColums:=True",
    "member-not-found": "page.Cels(1, 1).Value = 1",
    "sub-used-as-value": "given = TakesText(text)",
    "call-statement-multi-arg-parens": "TakesTwo (1, 2)",
    "invalid-declaration-name": "Dim loop As Long",
}
PROCEDURES = """Attribute VB_Name = "Tried"
Option Explicit
Public Sub TakesText(ByRef text As String)
    text = text & "."
End Sub
Public Sub TakesTwo(ByVal one As Long, ByVal two As Long)
    Debug.Print one, two
End Sub
Public Sub Try(ByVal text As String, ByVal given As Variant, ByVal page As Worksheet)
    {}
    Debug.Print text, given, page.Name
End Sub
"""


def found(modules: list[Module], **constants: int) -> list[tuple[str, DiagnosticSeverity, str]]:
    """What the analysis has to say, of 64-bit Windows where nothing else is said: module, how bad, what."""
    platform = ConditionalCompilationEnvironment({**DEFAULT_COMPILER_CONSTANTS, **constants})
    inputs = [ModuleInput(each.name, KINDS[each.kind], each.source) for each in [*DOCUMENTS, *modules]]
    said = analyze_project(inputs, conditional_compilation=platform)
    return [(name, each.severity, f"{each.code}: {each.message}") for name, all_ in said.items() for each in all_]


def test_the_console_compiles() -> None:
    """With the modules of xlwings beside ours; those may hold what is not nice (no Option Explicit), ours nothing."""
    ours = {module.name for module in OURS}

    assert [each for each in found([*OURS, *BORROWED]) if each[0] in ours] == []


@pytest.mark.parametrize("platform", PLATFORMS)
def test_what_is_borrowed_compiles(platform: str) -> None:
    """In each of its branches; ours have none."""
    assert [each for each in found(BORROWED, **PLATFORMS[platform]) if each[1] is DiagnosticSeverity.ERROR] == []
    assert not any("\n#If" in module.source for module in OURS)


def test_the_check_compiles() -> None:
    """The macro of 一键检查 holds nothing that the analysis would say a word about."""
    assert found(CHECK) == []


@pytest.mark.parametrize("code", REFUSED)
def test_what_excel_refuses_is_seen(code: str) -> None:
    """The analysis is not blind: what LibreOffice lets pass and Excel does not is found."""
    tried = Module("Tried", Kind.PROCEDURES, PROCEDURES.format(REFUSED[code]))

    assert code in [said.partition(":")[0] for _, _, said in found([tried])]
