"""Due marks, the dates of a demand as `Target.due` keeps them: 06-30, ~07-01 (about), 2026-05, 2026-09-15."""

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

_MARK = re.compile(r"(?P<about>~?)(?:(?P<year>[0-9]{4})-)?(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?")
_LEAP_YEAR = 2024  # a month of no year may have all its days
_MONTHS, _DAYS = range(1, 13), range(1, 32)


@dataclass(frozen=True, slots=True)
class Mark:
    """One date: of no year where the text says none, by its month's end where it says no day."""

    month: int
    day: int | None
    year: int | None = None
    about: bool = False

    def __str__(self) -> str:
        year = f"{self.year}-" if self.year else ""
        day = f"-{self.day:02}" if self.day else ""
        return f"{'~' if self.about else ''}{year}{self.month:02}{day}"

    @property
    def last_day(self) -> int:
        """The day of its month that it means: the last one where it names none, or one that the month does not have."""
        last = monthrange(self.year or _LEAP_YEAR, self.month)[1]
        return min(self.day or last, last)

    def date_in(self, year: int) -> date | None:
        """The day that it means in this year; None where it is of another one."""
        return None if self.year not in {None, year} else date(year, self.month, replace(self, year=year).last_day)

    def agrees(self, other: "Mark") -> bool:
        """Whether both mean the same day, as far as they say of which year."""
        said = {self.year, other.year} - {None}
        return (self.about, self.month, self.last_day) == (other.about, other.month, other.last_day) and len(said) <= 1


@lru_cache(maxsize=4096)
def read_mark(text: str) -> Mark | None:
    """The mark that `text` is, None where it is none."""
    hit = _MARK.fullmatch(text)
    if hit is None or not (hit["year"] or hit["day"]):
        return None
    month, day = int(hit["month"]), int(hit["day"]) if hit["day"] else None
    if month not in _MONTHS or (day is not None and day not in _DAYS):
        return None
    return Mark(month, day, int(hit["year"]) if hit["year"] else None, bool(hit["about"]))


def of_year(text: str, year: int) -> str:
    """A mark as one of `year`: 09-15 -> 2026-09-15, and 2026-02 for a 30th of February."""
    mark = read_mark(text)
    if mark is None:
        return text
    dated = replace(mark, year=year)
    return str(dated if dated.last_day == dated.day else replace(dated, day=None))


def agree(one: str, other: str) -> bool:
    """Whether two marks mean the same day, as far as they say of which year."""
    first, second = read_mark(one), read_mark(other)
    return one == other or bool(first and second and first.agrees(second))


def is_elsewhere(text: str, year: int) -> bool:
    """Whether a mark is of another year than `year`."""
    mark = read_mark(text)
    return mark is not None and mark.year not in {None, year}
