"""What the settings say about the look and the counting of the workbooks that are issued."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from qingdan_xl.counting.periods import Calendar
from qingdan_xl.sheets.styles import LIGHTS


@dataclass(frozen=True, slots=True)
class Options:
    """`categories` of activities in the order of the dropdown; `calendar` is the year, its thresholds, day of issue.

    `key` is the secret of the year folder; `locked_structure` keeps staff from adding, renaming and deleting sheets;
    `lights` are fill and text of the words of 预警; with `self_check` workbooks hold the macro 一键检查.
    """

    categories: tuple[str, ...]
    calendar: Calendar
    key: bytes = b""
    locked_structure: bool = True
    lights: Mapping[str, tuple[str, str]] = field(default_factory=lambda: LIGHTS)
    self_check: bool = False

    @property
    def suffix(self) -> str:
        """How the names of the workbooks end."""
        return ".xlsm" if self.self_check else ".xlsx"
