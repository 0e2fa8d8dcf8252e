"""What the settings say about the look and the counting of the workbooks that are issued."""

from dataclasses import dataclass

from qingdan_xl.counting.periods import Calendar


@dataclass(frozen=True, slots=True)
class Options:
    """`categories` of activities in the order of the dropdown; `calendar` is the year, its thresholds, day of issue.

    `key` is the secret of the year folder; `locked_structure` keeps staff from adding, renaming and deleting sheets.
    """

    categories: tuple[str, ...]
    calendar: Calendar
    key: bytes = b""
    locked_structure: bool = True
