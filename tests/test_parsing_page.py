"""docs/parsing.md is what the parser makes of its own examples."""

from pathlib import Path

import pytest

from outlines import shown_rule
from qingdan_xl.documents.grammar import GRAMMAR
from qingdan_xl.documents.guide import parsing_page
from qingdan_xl.documents.guide_samples import SHAPES
from qingdan_xl.documents.rule_examples import PHRASINGS
from qingdan_xl.documents.rules import rules
from qingdan_xl.model import RuleKind

PAGE = Path(__file__).parents[1] / "docs" / "parsing.md"
EXAMPLES = [example for phrasing in PHRASINGS for example in phrasing.examples]


def test_the_page_is_current() -> None:
    """Whoever changes the grammar or an example runs `make docs`."""
    assert PAGE.read_text("utf-8") == parsing_page()


def test_the_page_shows_every_example_and_shape() -> None:
    """Each example of the grammar and of the scoring rules stands there, and each shape of document."""
    text = parsing_page()
    shown = [example.split(" -> ")[0] for row in GRAMMAR for example in row.examples]
    shown += [example.split(" -> ")[0] for example in EXAMPLES]

    assert [each for each in shown if f"| {each} |" not in text] == []
    assert [shape.name for shape in SHAPES if f"### {shape.name}\n" not in text] == []


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_phrasing_is_read_as_its_examples_say(example: str) -> None:
    """The table of scoring rules is true: each example gives the rules written beside it."""
    text, expected = example.split(" -> ")

    assert (" | ".join(map(shown_rule, rules(text))) or "-") == expected


def test_every_kind_of_rule_has_an_example() -> None:
    """The manual shows each kind of scoring rule there is."""
    shown = {rule.kind for example in EXAMPLES for rule in rules(example.split(" -> ")[0])}

    assert shown == set(RuleKind)
