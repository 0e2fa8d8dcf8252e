"""Which activity category of the log counts toward a demand."""

from collections.abc import Mapping
from dataclasses import replace

from qingdan_xl.model import Per, Target
from qingdan_xl.sheets.choices import categorise

# Only what happens so many times can be counted from dated records; None is an event without a number.
COUNTABLE = frozenset({None, "次", "场", "场次", "期", "节", "堂", "节课", "堂课", "轮", "回", "遍", "趟"})


def categorised(target: Target, categories: Mapping[str, tuple[str, ...]]) -> Target:
    """`target` with the category its activity falls in; '' where it is not counted in times."""
    countable = target.unit in COUNTABLE
    return replace(target, category=categorise(target.activity, dict(categories)) if countable else "")


def why_uncounted(target: Target) -> str:
    """Why the log of a unit cannot count this demand for a number, in words; '' where it can."""
    if target.per is Per.DAY:
        return "每天的要求不逐条记纪实"
    if target.per is Per.OTHER:
        return "周期不在一年之内，或不按年、季、月、旬、周"
    if target.category:
        return ""
    return "没有活动类别" if target.unit in COUNTABLE else "不是按次数计"
