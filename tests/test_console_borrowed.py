"""The modules of xlwings in the console: Excel compiles what xlwings wrote, but for the stated changes."""

import re
from difflib import ndiff
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyopenvba.interpreter import Interpreter, parse_module
from pyopenvba.interpreter._preprocess import strip_directives  # the second opinion on #If

from macros.borrowed import changed, for_excel, originals, xlwings_modules

ORIGINAL = {module.name: module.source for module in originals()}
BUILT_IN = {module.name: module.source for module in xlwings_modules()}
WINDOWS = {"Mac": False, "Win32": True, "Win64": True, "VBA7": True}
PLATFORMS: dict[str, dict[str, object]] = {
    "Windows, 64 bit": {**WINDOWS},
    "Windows, 32 bit": {**WINDOWS, "Win64": False},
    "Windows, before 2010": {**WINDOWS, "Win64": False, "VBA7": False},
    "Mac": {**WINDOWS, "Mac": True, "Win32": False, "Win64": False, "MAC_OFFICE_VERSION": 16},
}
MADE_WITHIN = {
    "Windows": "    If Len(Dir(ParentFolder(sFileName), vbDirectory)) = 0 Then",
    "Mac": "    If Not FileOrFolderExistsOnMac(ParentFolder(sFileName)) Then",
}
MAKE = "MkDir ParentFolder(sFileName)"


def compiled(source: str, platform: str) -> list[str]:
    """The statements that Excel compiles there: no branches of others, no comments, no empty lines."""
    bare = re.sub(r"(?m)^(\s*#(?:Const|If)\b[^'\n]*)'.*$", r"\1", source)
    lines = strip_directives(bare, constants=PLATFORMS[platform]).splitlines()
    return [line for line in lines if line.strip() and not line.lstrip().startswith("'")]


def differences(name: str, platform: str) -> list[str]:
    """The statements that are taken away (-) and put in (+)."""
    found = ndiff(compiled(ORIGINAL[name], platform), compiled(BUILT_IN[name], platform))
    return [line for line in found if line[0] in "-+"]


@pytest.mark.parametrize("platform", PLATFORMS)
def test_excel_compiles_what_xlwings_wrote(platform: str) -> None:
    """On each platform only the folder is made on the line of its condition; on a Mac a variable is an Object."""
    condition = MADE_WITHIN[platform.partition(",")[0]]
    folder = {f"- {condition}", f"+ {condition} {MAKE}", f"-      {MAKE}", "-   End If"}
    variable = {"-     Dim d As Dictionary", "+     Dim d As Object"} if platform == "Mac" else set()

    found = differences("xlwings", platform)

    assert len(found) == len(set(found))
    assert set(found) == folder | variable


@pytest.mark.parametrize("platform", PLATFORMS)
def test_the_dictionary_differs_in_numbers_only(platform: str) -> None:
    """Three constants of VBA are written as the numbers that they are."""
    words = ("BinaryCompare", "TextCompare", "DatabaseCompare")
    vba = Interpreter()
    vba.add_module("".join(f"Function Of{word}()\nOf{word} = vb{word}\nEnd Function\n" for word in words))

    found = differences("Dictionary", platform)

    taken, put = ({line[2:].strip() for line in found if line[0] == sign} for sign in "-+")
    assert taken == {f"{word} = VBA.vb{word}" for word in words}
    assert put == {f"{word} = {vba.run(f'Of{word}')}" for word in words}


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("name", BUILT_IN)
def test_every_branch_is_vba(name: str, platform: str) -> None:
    """A second implementation of VBA reads every statement, on each platform."""
    assert parse_module("\n".join(compiled(BUILT_IN[name], platform)), name=name)


@pytest.mark.parametrize("name", BUILT_IN)
def test_lines_are_left_out_not_written(name: str) -> None:
    """All but the changed lines stand in the original, in the same order, with every word of the licence."""
    added = [line[2:] for line in ndiff(ORIGINAL[name].split("\n"), BUILT_IN[name].split("\n")) if line[0] == "+"]

    assert len(added) <= 5
    assert any("Changed in the workbook of qingdan_xl" in line for line in added)
    licence = [line for line in ORIGINAL[name].split("\n")[:40] if line.startswith("'")]
    assert all(line in BUILT_IN[name] for line in licence)


def test_another_text_is_not_changed_unseen() -> None:
    """With a new xlwings whose text is another, the build stops and names the module."""
    with pytest.raises(ValueError, match=r"Dictionary is not the text that was .*' Dictionary v1\.4\.1$"):
        changed("Dictionary", "' Dictionary v1.5.0\n")


LINES = st.integers(0, 99).map(lambda number: [f"x = {number}"])
CONDITIONS = st.sampled_from(['App = "Microsoft Excel"', 'App = "Microsoft Word"', 'App = "Other"', "Mac", "Win64"])


def block(inner: st.SearchStrategy[list[str]]) -> st.SearchStrategy[list[str]]:
    """An #If with any branches around what is inside."""
    branches = st.lists(st.tuples(CONDITIONS, inner), min_size=1, max_size=3)
    return st.builds(block_lines, branches, st.none() | inner)


def block_lines(branches: list[tuple[str, list[str]]], otherwise: list[str] | None) -> list[str]:
    """The lines of an #If; all of its conditions ask for the same kind of thing, as in the module of xlwings."""
    asks = branches[0][0].startswith("App")
    lines: list[str] = []
    for condition, inner in branches:
        fitting = condition if condition.startswith("App") == asks else branches[0][0]
        lines += [f"  #{'ElseIf' if lines else 'If'} {fitting} Then", *inner]
    return [*lines, *(["  #Else", *otherwise] if otherwise is not None else []), "  #End If"]


TEXTS = st.recursive(
    LINES, lambda inner: st.lists(inner | block(inner), max_size=3).map(lambda many: [*chain.from_iterable(many)])
)


@given(TEXTS)
def test_only_the_application_is_decided(lines: list[str]) -> None:
    """However deep the branches lie, each platform compiles the same lines, and no question for App is left."""
    text = "\n".join(lines)

    resolved = for_excel(text)

    assert "App =" not in resolved
    for platform in PLATFORMS:
        assert compiled(resolved, platform) == compiled('#Const App = "Microsoft Excel"\n' + text, platform)
