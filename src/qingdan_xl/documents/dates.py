"""Dates in a demand: 1月31日前 -> 01-31, 年初 -> ~01-01, 2026年3月底前 -> 2026-03, 2026年9月15日前 -> 2026-09-15."""

import re
from dataclasses import dataclass

from qingdan_xl.documents.grammar import rows_of
from qingdan_xl.documents.marks import of_year
from qingdan_xl.documents.numerals import NUMBER, number

_ROWS = rows_of("due")
_MONTH_ENDS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_FESTIVALS = {
    "七一": "07-01",
    "八一": "08-01",
    "五四": "05-04",
    "三八": "03-08",
    "十一": "10-01",
    "元旦": "01-01",
    "国庆": "10-01",
    "国庆节": "10-01",
    "五一": "05-01",
    "六一": "06-01",
    "教师节": "09-10",
    "护士节": "05-12",
}
_YEAR = r"(?<!\d)20\d\d|二[〇零][〇零一二三四五六七八九]{2}"
_YEAR_AND_MONTH = re.compile(
    rf"(?P<y>{_YEAR})年(?:(?P<m>{NUMBER})月(?:份)?(?:[底末]|(?P<d>{NUMBER})[日号])?|[底末])(?:之?前|以前)"
)
# The year right before a date, and that of a date which another one is joined to: 2026年1月31日前和7月31日前.
_YEAR_BEFORE = re.compile(rf"(?P<y>{_YEAR})(?:年度?|[-./])?$")
_YEAR_OF_BOTH = re.compile(
    rf"(?P<y>{_YEAR})年(?:{NUMBER}月份?(?:{NUMBER}[日号]|[底末]|[上中下]旬)?(?:之?前|以前)?(?:[、和及与或]|[-—–－~～至到]))+$"
)
_NEAR = 40  # signs before a date in which its year is looked for
# Every date holds one of these: most clauses are told apart at once.
_MAYBE = re.compile(r"[月年岁季]|20\d\d[-./]|" + "|".join(_FESTIVALS))
_VAGUE = frozenset({"~12-31", "~01-01"})  # 年终考核 beside another date is a name
_BY_MONTH = frozenset({"by-month", "month-end"})  # 2026年3月底前 says no day
_YEARLY = frozenset({"12-31", "~12-31", "~01-01", "~06-30"})


@dataclass(frozen=True, slots=True)
class Due:
    """A date found at text[start:end]; `yearly` where the words themselves say once a year (年底前)."""

    start: int
    end: int
    value: str
    yearly: bool


def dues(text: str) -> list[Due]:
    """All dates of `text` in order, none twice."""
    if not _MAYBE.search(text):
        return []
    vague: set[int] = set()
    found = [
        Due(*hit.span(), value, yearly=False)
        for hit in _YEAR_AND_MONTH.finditer(text)
        if (value := _value("month-day" if hit["d"] else "by-month", hit, _number_of_year(hit["y"])))
    ]
    for means, pattern in _ROWS:
        for hit in pattern.finditer(text):
            if any(due.start < hit.end() and hit.start() < due.end for due in found):
                continue
            start, year = _year_before(text, hit.start())
            if value := _value(means, hit, year):
                vague |= {start} if means in _VAGUE else set()
                found.append(Due(start, hit.end(), value, yearly=means in _YEARLY))
    exact = [due for due in found if due.start not in vague]
    return sorted(exact or found, key=lambda due: due.start)


def _year_before(text: str, start: int) -> tuple[int, int | None]:
    """Where a date at text[start] begins with its year, and that year; None where the text says none."""
    near = max(0, start - _NEAR)
    if hit := _YEAR_BEFORE.search(text, near, start):
        return hit.start(), _number_of_year(hit["y"])
    joined = _YEAR_OF_BOTH.search(text, near, start)
    return start, _number_of_year(joined["y"]) if joined else None


def _number_of_year(token: str) -> int:
    return int(number(token) or 0)


def _value(means: str, hit: re.Match[str], year: int | None) -> str | None:
    value = _without_year(means, hit)
    if not value or not year:
        return value
    return f"{year}-{value[:2]}" if means in _BY_MONTH else of_year(value, year)


def _without_year(means: str, hit: re.Match[str]) -> str | None:
    groups = hit.groupdict()
    if means == "quarter-end":
        return ("03-31", "06-30", "09-30", "12-31")[int(number(groups["q"] or groups["q1"]) or 1) - 1]
    if means == "festival":
        about = "~" if groups["near"] in {"前后", "期间"} else ""
        return about + _FESTIVALS[groups["f"]]
    month = groups.get("m") or groups.get("m1") or groups.get("m2")
    if month is None:
        return "12-31" if means == "by-month" else means
    at = int(number(month) or 0)
    if not 1 <= at <= 12:  # noqa: PLR2004 - months
        return None
    if means == "month-day":
        day = int(number(groups["d"] or groups.get("d1") or groups["d2"]) or 0)
        return f"{at:02}-{day:02}" if 1 <= day <= 31 else None  # noqa: PLR2004 - days
    if means == "third-of-month":
        return f"~{at:02}-{ {'上': 10, '中': 20}.get(groups['t'], _MONTH_ENDS[at - 1]):02}"
    return f"{'~' if means == 'about-month' else ''}{at:02}-{_MONTH_ENDS[at - 1]:02}"
