"""Which stretch of the year a summary looks at (`--period`)."""

import re
from dataclasses import dataclass
from datetime import date

from qingdan_xl.counting.periods import periods
from qingdan_xl.model import Per, Period
from qingdan_xl.problems import UnusableError, problem

_WRITTEN = re.compile(r"(\d{4})(?:-?Q([1-4])|-?H([12])|-(0?[1-9]|1[0-2]))?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Scope:
    """The whole year, or the demands that fall due in one period of it; `key` is '' for the year, else like 2026Q2.

    A date that has passed stays 逾期 whatever its period: it is still open.
    """

    key: str = ""
    period: Period | None = None

    @property
    def label(self) -> str:
        """第二季度, 上半年, 5月; '' for the whole year."""
        return self.period.label if self.period else ""

    def as_of(self, today: date) -> date:
        """The day to look at it where none is asked for: today, once the period is over its last day."""
        return min(today, self.period.end) if self.period else today

    def file(self, name: str) -> str:
        """The name of a result: 汇总.xlsx for the year, 汇总-2026Q2.xlsx for a period."""
        stem, _, suffix = name.rpartition(".")
        return f"{stem}-{self.key}.{suffix}" if self.key else name


YEAR = Scope()


def read_scope(text: str, year: int) -> Scope:
    """2026Q2, 2026H1, 2026-05 or 2026 (the whole year) → the scope; '' is the whole year too.

    UnusableError `bad-period` for anything else, and for a period of another year.
    """
    if not text:
        return YEAR
    found = _WRITTEN.fullmatch(text.strip())
    if found is None or int(found[1]) != year:
        raise UnusableError(problem("bad-period", text=text, year=year))
    for per, number, mark in ((Per.QUARTER, found[2], "Q"), (Per.HALF_YEAR, found[3], "H"), (Per.MONTH, found[4], "-")):
        if number:
            key = f"{year}{mark}{int(number):02d}" if per is Per.MONTH else f"{year}{mark}{number}"
            return Scope(key, periods(per, year)[int(number) - 1])
    return YEAR
