"""Sentences as lists of many fields write them, each beside the demands or the scoring rules that it holds."""

from pathlib import Path

import pytest

from outlines import shown_rule, shown_target
from qingdan_xl.documents.demands import demands
from qingdan_xl.documents.rules import rules

FOLDER = Path(__file__).parent / "sentences"


def table(name: str, sign: str) -> list[tuple[str, str]]:
    """The lines of a file as pairs: the sentence, and what is expected of it."""
    lines = (FOLDER / name).read_text("utf-8").splitlines()
    return [(said.strip(), expected.strip()) for said, expected in (line.rsplit(sign, 1) for line in lines)]


@pytest.mark.parametrize(("sentence", "expected"), table("demands.txt", " -> "))
def test_demands_of_a_sentence(sentence: str, expected: str) -> None:
    """Each sentence gives its demands, no more and no fewer."""
    assert (" ".join(map(shown_target, demands(sentence))) or "-") == expected


@pytest.mark.parametrize(("sentence", "expected"), table("rules.txt", "=>"))
def test_rules_of_a_sentence(sentence: str, expected: str) -> None:
    """Each sentence gives its awards and deductions, no more and no fewer."""
    assert "|".join(map(shown_rule, rules(sentence))) == expected


def test_no_rule_without_points_but_a_veto_or_a_share() -> None:
    """Only 不得分 and 按比例得分 stand without points; every other rule has the points of its text."""
    found = [rule for sentence, _ in table("rules.txt", "=>") for rule in rules(sentence)]

    assert {rule.kind.value for rule in found if rule.points is None} == {"veto", "proportional"}
    assert all(rule.points > 0 for rule in found if rule.points is not None)
