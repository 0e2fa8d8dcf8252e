"""docs/problems.md is the catalogue, and no code of it is without a test."""

import re
from pathlib import Path

from qingdan_xl.manual import problems_manual
from qingdan_xl.problems import CATALOGUE

ROOT = Path(__file__).parents[1]
SUFFIXES = {".py", ".outline"}


def test_the_manual_is_current() -> None:
    """The page is what `make docs` would write now."""
    assert (ROOT / "docs" / "problems.md").read_text("utf-8") == problems_manual()


def test_every_code_has_its_line() -> None:
    """Each code stands once, with what it means and what to do."""
    lines = re.findall(r"^\| `([a-z-]+)` \| .+ \| .+ \|$", problems_manual(), re.MULTILINE)

    assert sorted(lines) == sorted(CATALOGUE)


def test_every_code_is_named_by_a_test() -> None:
    """No code can be raised that no test has seen raised."""
    files = [path for path in (ROOT / "tests").rglob("*") if path.suffix in SUFFIXES and path != Path(__file__)]
    text = "\n".join(path.read_text("utf-8") for path in files)

    assert [code for code in CATALOGUE if not re.search(rf"(?<![\w-]){code}(?![\w-])", text)] == []
