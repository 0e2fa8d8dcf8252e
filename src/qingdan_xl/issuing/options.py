"""What the settings say about the look and the counting of the workbooks that are issued."""

from dataclasses import dataclass

from qingdan_xl.counting.periods import Calendar


@dataclass(frozen=True, slots=True)
class Options:
    """`categories` of activities in the order of the dropdown; `calendar` is the year, its thresholds, day of issue."""

    categories: tuple[str, ...]
    calendar: Calendar
