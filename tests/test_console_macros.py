"""The macros under a second implementation of VBA (pyOpenVBA), stricter about types than LibreOffice."""

import ast
import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyopenvba.interpreter import Interpreter, parse_module

from macros.build import own_modules

SOURCES = {module.name: module.source for module in own_modules()}
# of the first plane: this implementation does not count in UTF-16; LibreOffice does, see test_console.py
TEXTS = st.text(st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs"]))
NAMES = TEXTS.filter(lambda name: name and not set(name) & {"\b", "\f"})  # those become blanks
VALUES = st.none() | st.booleans() | st.integers() | TEXTS


@pytest.fixture(scope="module")
def reply() -> Interpreter:
    """The module that reads answers and writes requests; it calls no other."""
    found = Interpreter()
    found.add_module(SOURCES["QdReply"], name="QdReply")
    found.run("Forget")
    return found


@pytest.mark.parametrize("name", SOURCES)
def test_a_module_is_vba(name: str) -> None:
    """Every line of the module is a statement of the language."""
    assert parse_module(SOURCES[name])


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
