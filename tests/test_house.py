"""The rules of the house that a machine can hold."""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from qingdan_xl.problems import CATALOGUE, problem

PACKAGE = Path(__file__).parents[1] / "src" / "qingdan_xl"
# data flows down this list: a room may import the rooms above it, never below
ROOMS = (
    "model",
    "problems",
    "manual",
    "faults",
    "engine",
    "sheets",
    "vba",
    "packages",
    "documents",
    "roster",
    "samples",
    "counting",
    "workspace",
    "store",
    "issuing",
    "collecting",
    "summary",
    "assessment",
    "reports",
    "verbs",
    "live",
    "demo",
    "cli",
    "__main__",
)
FILES = sorted(PACKAGE.rglob("*.py"))


def room_of(path: Path) -> str:
    """The room a source file stands in."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def test_every_file_stands_in_a_room() -> None:
    """A folder or module that the list of rooms does not name would escape the rule of one direction."""
    assert {room_of(path) for path in FILES} - {*ROOMS, "__init__"} == set()


def imported_rooms(path: Path) -> set[str]:
    """The rooms a source file imports, late imports included."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    return {name.split(".")[1] for name in names if name.startswith("qingdan_xl.")} & set(ROOMS)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_room_imports_only_rooms_above_it(path: Path) -> None:
    """Data flows one way: no file imports a room below its own."""
    room = room_of(path)
    if room == "__init__":
        assert not imported_rooms(path)
        return

    allowed = set(ROOMS[: ROOMS.index(room) + 1])

    assert imported_rooms(path) <= allowed


@pytest.mark.parametrize("verb", [["--help"], ["parse", "--help"], ["check", "--help"]], ids=" ".join)
def test_quick_verbs_do_not_import_pandas(verb: list[str]) -> None:
    """Help, parse and check start without pandas, which alone takes longer than they do."""
    code = (
        "import sys, json\nfrom qingdan_xl.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print(json.dumps('pandas' in sys.modules), file=sys.stderr)"
    )

    done = subprocess.run([sys.executable, "-c", code, *verb], capture_output=True, text=True, check=True)

    assert json.loads(done.stderr) is False


def test_parse_does_not_import_pandas(tmp_path: Path) -> None:
    """A whole parse runs without pandas."""
    document = tmp_path / "清单.txt"
    document.write_text("2026年某镇责任清单\n1.每季度至少召开1次会议。\n2.每年讲党课不少于1次。\n", "utf-8")
    code = (
        "import sys\nfrom qingdan_xl.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print('pandas' in sys.modules, file=sys.stderr)"
    )

    done = subprocess.run(
        [sys.executable, "-c", code, "parse", str(document), "--json"], capture_output=True, text=True, check=True
    )

    assert done.stderr.strip().endswith("False")
    assert len(json.loads(done.stdout)["documents"]) == 1


# what takes a code as its first argument
RAISERS = {"problem", "Doubt", "RefusedError", "note", "_unknown", "_told"}
# tables of codes, by their variables: what was found says which of them is raised
CODE_TABLES = {"by_mark", "lacking"}


def name_of(node: ast.expr) -> str:
    """The last name of what is called or assigned to."""
    return getattr(node, "id", getattr(node, "attr", ""))


def raised_codes(path: Path) -> set[str]:
    """The codes a source file raises: the first arguments of problem(…) and the like, and its tables of codes."""
    found: set[ast.expr] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            found |= set(node.args[:1]) if name_of(node.func) in RAISERS else set()
        elif isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Dict):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(name_of(target) in CODE_TABLES for target in targets):
                found |= {part for part in (*node.value.keys, *node.value.values) if part}
    return {node.value for node in found if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def test_every_code_of_the_catalogue_is_raised() -> None:
    """No entry of the catalogue stands there without a place that raises it."""
    raised = set().union(*map(raised_codes, FILES))

    assert set(CATALOGUE) - raised == set()


def test_every_code_of_the_catalogue_is_tested() -> None:
    """Each code stands in the strings of some test, or in what a sample document is expected to give."""
    tests = Path(__file__).parent
    told = [path.read_text("utf-8") for path in tests.rglob("*.outline")]
    for path in tests.rglob("*.py"):
        nodes = ast.walk(ast.parse(path.read_text("utf-8")))
        told += [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    named = {word for text in told for word in re.findall(r"[a-z]+(?:-[a-z]+)*", text)}

    assert set(CATALOGUE) - named == set()


def test_no_shown_sentence_holds_a_brace() -> None:
    """Filled in, no sentence of the catalogue shows a placeholder: advice is not filled in and so has none."""
    for entry in CATALOGUE.values():
        fields = [(name, spec) for _, name, spec, _ in Formatter().parse(entry.what) if name]
        context: dict[str, Any] = {name: 1 if spec else "甲" for name, spec in fields}
        found = problem(entry.code, None, "", **context)
        assert not set("{}") & set(found.message), entry.code


def test_catalogue_is_chinese_and_complete() -> None:
    """Every entry says in Chinese what is wrong and what to do."""
    for entry in CATALOGUE.values():
        assert re.fullmatch(r"[a-z][a-z-]+", entry.code)
        assert re.search("[\u4e00-\u9fff]", entry.what)
        assert re.search("[\u4e00-\u9fff]", entry.advice)
