"""The rules of the house that a machine can hold."""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from qingdan_xl.problems import CATALOGUE

PACKAGE = Path(__file__).parents[1] / "src" / "qingdan_xl"
# data flows down this list: a room may import the rooms above it, never below
ROOMS = (
    "model",
    "problems",
    "sheets",
    "documents",
    "roster",
    "samples",
    "counting",
    "workspace",
    "store",
    "engine",
    "issuing",
    "collecting",
    "summary",
    "assessment",
    "verbs",
    "demo",
    "cli",
    "__main__",
)
FILES = sorted(PACKAGE.rglob("*.py"))


def room_of(path: Path) -> str:
    """The room a source file stands in."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


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


def test_every_code_of_the_catalogue_is_used() -> None:
    """No entry of the catalogue stands there without a place that raises it."""
    text = "\n".join(path.read_text("utf-8") for path in FILES if path.name != "problems.py")

    unused = [code for code in CATALOGUE if f'"{code}"' not in text]

    assert unused == []


def test_catalogue_is_chinese_and_complete() -> None:
    """Every entry says in Chinese what is wrong and what to do."""
    for entry in CATALOGUE.values():
        assert re.fullmatch(r"[a-z][a-z-]+", entry.code)
        assert re.search("[\u4e00-\u9fff]", entry.what)
        assert re.search("[\u4e00-\u9fff]", entry.advice)
