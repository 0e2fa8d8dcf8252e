"""Which activity category of the log counts toward a demand."""

from collections.abc import Mapping
from dataclasses import replace

from qingdan_xl.model import Target
from qingdan_xl.sheets.choices import categorise

# Only what happens so many times can be counted from dated records; None is an event without a number.
COUNTABLE = frozenset({None, "次", "场", "场次", "期", "节", "堂", "节课", "堂课", "轮", "回", "遍", "趟"})


def categorised(target: Target, categories: Mapping[str, tuple[str, ...]]) -> Target:
    """`target` with the category its activity falls in; '' where it is not counted in times."""
    countable = target.unit in COUNTABLE
    return replace(target, category=categorise(target.activity, dict(categories)) if countable else "")
