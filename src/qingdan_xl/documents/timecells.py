"""What a cell under 完成时限 or 频次 says of its row: a date, a period, that there is no end, or nothing known."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from qingdan_xl.documents.dates import dues
from qingdan_xl.documents.marks import Mark, agree
from qingdan_xl.documents.recurrence import period_in
from qingdan_xl.model import Per, Target, TargetKind

_DATE = re.compile(
    r"(?:(?P<y>20\d\d)\s*[-/.．年]\s*)?(?P<m>\d{1,2})\s*[-/.．月]\s*(?P<d>\d{1,2})\s*[日号]?(?:\s+0{1,2}:00(?::00)?)?"
)
_COMPACT = re.compile(r"(?P<y>20\d\d)(?P<m>\d\d)(?P<d>\d\d)")
_MONTH = re.compile(r"(?:(?P<y>20\d\d)\s*[-/.．年]\s*)?(?P<m>\d{1,2})\s*月?(?:份)?[底末]?")
_QUARTER = re.compile(r"第?([一二三四1-4])季度[末底内]?")
_HALF = {"上半年": "06-30", "下半年": "12-31", "年内": "12-31", "年底": "12-31", "年末": "12-31", "本年底": "12-31"}
_QUARTER_ENDS = ("03-31", "06-30", "09-30", "12-31")
_FROM = re.compile(r"^.{2,12}?[-—–－~～至到]+\s*(?=20\d\d\s*[-/.年]|\d{1,2}\s*月)")
_BEHIND = re.compile(r"(?:之?前|以前|止|截止|完成|办结|前完成|以内|左右)+$")
_ENDLESS = re.compile(
    r"^(?:长期|全年|常年|持续|经常|常态|日常|随时|按需|适时|及时|定期|不定期|立即|即时|立行立改|按要求|/|—|-|无)"
)
_PLAIN = re.compile(r"\s+")
_MONTHS, _DAYS = range(1, 13), range(1, 32)


@dataclass(frozen=True, slots=True)
class TimeCell:
    """What a cell says: a date, or a period; neither where it is `known` to set none (长期坚持) or cannot be read."""

    due: str = ""
    per: Per | None = None
    known: bool = True


def read_time(cell: str, year: int | None) -> TimeCell:
    """Read a cell of a time column; a date of another year than the list's keeps its year (2025-03-15, 2025-03)."""
    plain = _PLAIN.sub(" ", cell).strip("。；; ")
    period = period_in(plain)
    if period and len(_PLAIN.sub("", plain[: period[1]] + plain[period[2] :])) <= 1:
        return TimeCell(per=period[0])
    if _ENDLESS.match(plain) or not plain:
        return TimeCell()
    due = _due(_BEHIND.sub("", plain), year)
    return TimeCell(due, known=bool(due))


def _due(plain: str, year: int | None) -> str:
    for text in dict.fromkeys((plain, _FROM.sub("", plain))):
        for pattern in (_COMPACT, _DATE, _MONTH):
            if (hit := pattern.fullmatch(text)) and not (pattern is _MONTH and text.isdigit()):
                return _mark(hit, year)
        if hit := _QUARTER.fullmatch(text):
            return _QUARTER_ENDS["一二三四1234".index(hit[1]) % 4]
        if text in _HALF:
            return _HALF[text]
    found = dues(f"{plain}前") or dues(plain)
    return found[-1].value if len(found) == 1 else ""


def _mark(hit: re.Match[str], year: int | None) -> str:
    said = int(hit["y"]) if hit["y"] else None
    month, day = int(hit["m"]), int(hit["d"]) if "d" in hit.groupdict() else None
    if month not in _MONTHS or (day is not None and day not in _DAYS):
        return ""
    mark = Mark(month, day, said or year)
    if day is not None and day != mark.last_day:
        return ""  # no such day: 2026-02-30
    return str(mark if said != year and said else Mark(month, mark.last_day))


def timed(found: Sequence[Target], cell: str, said: TimeCell) -> tuple[Target, ...]:
    """The demands of a row with what its time cell says: that of its counts that name none, else a deadline."""
    if said.per is not None:
        bare = [one for one in found if one.per is None and not one.due and one.kind is TargetKind.COUNT]
        return tuple(replace(one, per=said.per) if one in bare else one for one in found)
    if not said.due or any(agree(said.due, own) for one in found for own in one.due):
        return tuple(found)
    free = [one for one in found if not one.due and one.per in {None, Per.ONCE, Per.YEAR}]
    if free:
        return tuple(replace(one, due=(said.due,), per=one.per or Per.ONCE) if one in free else one for one in found)
    return (*found, Target(cell, "", TargetKind.DEADLINE, Decimal(1), None, Per.ONCE, (said.due,)))


def without_repeats(found: Sequence[Target]) -> tuple[Target, ...]:
    """The demands of a row without those that another cell of it says again without saying of what (每周2次)."""
    kept: list[Target] = []
    for one in sorted(found, key=lambda target: not target.activity):
        if one.activity or not any(_asks(one) == _asks(other) for other in kept):
            kept.append(one)
    return tuple(one for one in found if any(one is other for other in kept))


def _asks(target: Target) -> tuple[object, ...]:
    return target.kind, target.number, target.unit, target.per, target.months, target.due, target.at_most
