"""The macros under a second implementation of VBA (pyOpenVBA), stricter about types than LibreOffice."""

import ast
import json
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyopenvba.exceptions import VBARuntimeError
from pyopenvba.interpreter import Interpreter, parse_module

from macros.build import own_modules

SOURCES = {module.name: module.source for module in own_modules()}
# of the first plane: this implementation does not count in UTF-16; LibreOffice does, see test_console.py
TEXTS = st.text(st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs"]))
NAMES = TEXTS.filter(lambda name: name and not set(name) & {"\b", "\f"})  # those become blanks
PRESSED_ESCAPE = """
Public Const ESCAPE_PRESSED As Long = 18
Public Function Exists(ByVal path As String) As Boolean
    Err.Raise 18, , "Interrupted"
End Function
Public Sub CatchEscape(ByVal caught As Boolean)
    On Error Resume Next
End Sub
Public Function Text(ByVal key As String) As String
    Text = key
End Function
Public Function Filled(ByVal key As String, ByVal first As String, ByVal second As String) As String
    Filled = key & ": " & first
End Function
"""
LOOKING_INTERRUPTED = """
Public Const PathSeparator As String = "\\"
Public Function Dir(ByVal path As String, ByVal kind As Long) As String
    Err.Raise 18, , "Interrupted"
End Function
"""
FOLDER_IN_BRACES = """
Public Function Setting(ByVal name As String) As String
    If name = "Folder" Then Setting = "D:\\{2026}\\{a"
End Function
"""
BOX_OF_COLLECT = """
Public Const MORE As String = "见“运行记录”"
Public Function Text(ByVal key As String) As String
    If key = "more-in-log" Then Text = MORE
    If key = "left-out" Then Text = "条没有显示"
    If key = "fault-sign" Then Text = "错误"
End Function
Public Function WhereAll(ByVal verb As String) As String
    WhereAll = "全部问题：看“数据问题”表"
End Function
"""
VALUES = st.none() | st.booleans() | st.integers() | TEXTS


@pytest.fixture(scope="module")
def reply() -> Interpreter:
    """The module that reads answers and writes requests; it calls no other."""
    found = Interpreter()
    found.add_module(SOURCES["QdReply"], name="QdReply")
    found.run("Forget")
    return found


def with_stand_ins(name: str, stand_ins: str) -> Interpreter:
    """A module and what stands in place of the others it calls: it knows no `Module.Procedure` here."""
    found = Interpreter()
    found.add_module(re.sub(r"\b(Qd\w+|Application)\.", "", SOURCES[name]), name=name)
    found.add_module(stand_ins, name="StandIns")
    return found


@pytest.mark.parametrize("name", SOURCES)
def test_a_module_is_vba(name: str) -> None:
    """Every line of the module is a statement of the language."""
    assert parse_module(SOURCES[name])


def test_escape_ends_the_waiting_with_a_word() -> None:
    """Every On Error empties Err ([MS-VBAL] §5.4.4.1), in what a handler calls too: Esc is told all the same.

    LibreOffice keeps Err, so that only this implementation shows it.
    """
    vba = with_stand_ins("QdRun", PRESSED_ESCAPE)

    assert vba.run("Awaited", ["issue", "C:\\job\\", 46000.0]) == "interrupted"


def test_escape_is_not_taken_for_a_file_that_is_not_there() -> None:
    """Pressed while a file is looked for, Esc comes to the handler of the waiting."""
    vba = with_stand_ins("QdSystem", LOOKING_INTERRUPTED)

    with pytest.raises(VBARuntimeError) as pressed:
        vba.run("Exists", ["C:\\job\\answer.json"])
    assert pressed.value.number == 18


def test_the_box_shows_what_has_room_and_where_the_rest_is() -> None:
    """Lines that fit stand as they are; of more, the first ones, and where all of them are."""
    vba = with_stand_ins("QdBoard", BOX_OF_COLLECT)
    few, many = "\n".join(["警告 甲"] * 5), "\n".join([f"警告 {number} {'字' * 40}" for number in range(12)])
    shown = vba.run("Fitted", ["collect", many]).split("\n")

    assert vba.run("Fitted", ["collect", few]) == few
    assert shown == [*many.split("\n")[:7], "见“运行记录”", "全部问题：看“数据问题”表"]
    assert vba.run("Fitted", ["collect", f"{few}\n……另有 8 条没有显示"]).endswith("\n全部问题：看“数据问题”表")


def test_the_cause_is_told_before_the_usage() -> None:
    """Where the program says first how to use it, the line with the fault is the one beside the button."""
    vba = with_stand_ins("QdBoard", BOX_OF_COLLECT)

    assert vba.run("Cause", ["用法：qingdan summarize [选项]\n\n错误：没有这个文件夹"]) == "错误：没有这个文件夹"
    assert vba.run("Cause", ["没有能运行 qingdan"]) == "没有能运行 qingdan"
    assert vba.run("Cause", [""]) == ""


def test_braces_in_a_folder_are_part_of_its_name() -> None:
    """What is filled in for a setting is not taken for the name of another."""
    vba = with_stand_ins("QdVerbs", FOLDER_IN_BRACES)

    assert vba.run("WithSettings", ["-C|{Folder}|-o|{Folder}/{Sub}"]) == "-C|D:\\{2026}\\{a|-o|D:\\{2026}\\{a/"


@given(answer=st.dictionaries(NAMES, VALUES, max_size=70))
@settings(max_examples=60, deadline=None)
def test_every_answer_is_read(reply: Interpreter, answer: dict[str, str | float | bool | None]) -> None:
    """Whatever Python writes as a flat object in ASCII, each value is read by its name."""
    reply.run("Take", [json.dumps(answer, indent=0)])

    for name, value in answer.items():
        shown = value if isinstance(value, str) else json.dumps(value)
        # what a cell cannot hold becomes a blank
        told = "" if value is None else shown.replace("\b", " ").replace("\f", " ")
        assert reply.run("Value", [name]) == told


@given(arguments=st.lists(TEXTS, min_size=1, max_size=5))
@settings(max_examples=60, deadline=None)
def test_every_request_is_read_back(reply: Interpreter, arguments: list[str]) -> None:
    """Arguments of any letters come to Python as they were, through ASCII."""
    quoted = [reply.run("Quoted", [argument]) for argument in arguments]

    assert all(text.isascii() for text in quoted)
    assert json.loads(f"[{','.join(quoted)}]") == arguments


@given(folder=TEXTS)
@example("C:\\Users\\O'Neil\\Temp\\清单")
@settings(max_examples=60, deadline=None)
def test_a_folder_of_any_name_is_a_text_of_python(reply: Interpreter, folder: str) -> None:
    """Between single quotes the folder reads in Python as it is called, apostrophes and backslashes too."""
    inside = reply.run("InPython", [folder])

    assert ast.literal_eval(f"'{inside}'") == folder
    assert inside.isascii()
    assert not set(inside) & set("'\"")
