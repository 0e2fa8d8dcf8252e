"""docs/assessment.md: what it says of the rules is what the program does."""

from pathlib import Path

import pytest

from qingdan_xl.sheets.scheme import SCHEME
from qingdan_xl.sheets.scheme_items import DATA_HELP, ITEM_SHEETS, RULES, ItemRuleKind
from scheme_samples import item, item_scheme, rule, said, scored_units

PAGE = (Path(__file__).parents[1] / "docs" / "assessment.md").read_text("utf-8")
KEYS = {column.heading: column.key for column in RULES}
DATA = "甲"


def rows(heading: str) -> list[list[str]]:
    """The body of the first table under a heading of the page."""
    part = PAGE.split(f"## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in part.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


EXAMPLES = rows("规则类型")


@pytest.mark.parametrize("example", EXAMPLES, ids=" ".join)
def test_every_example_comes_out_as_written(example: list[str]) -> None:
    """The cells of an example, typed into 评分规则 under their headings, give the points that the page says."""
    kind, start, filled, data, points = example
    cells = [cell.split() for cell in filled.split("；") if cell]
    own = rule(" ".join([kind, DATA, *(f"{KEYS[heading]}={value}" for heading, value in cells)]))
    scheme = item_scheme([item("10" if start == "满分起扣" else "10 零")], [own])

    assert said(scored_units(scheme, f"{DATA}={data}" if data else "（无）")[0]) == points


def test_every_kind_has_an_example() -> None:
    """No kind of rule is left without an example, and there is none that the program does not know."""
    assert {kind for kind, *_ in EXAMPLES} == set(ItemRuleKind)


def test_every_sheet_of_the_scheme_is_told() -> None:
    """The page goes through the scheme sheet by sheet, leaving none out."""
    told = {name for cell, *_ in rows("考核办法.xlsx 各表") for name in cell.split("、")}

    assert told == {sheet.title for sheet in (*SCHEME, *ITEM_SHEETS, DATA_HELP)}


def test_every_option_of_the_verb_is_told() -> None:
    """Score sheets, trial, comparison, account and seal are on the page."""
    assert all(f"qingdan assess {word}" in PAGE for word in ("--sheets", "--scheme", "--explain", "--final"))
