"""Cells as people type them → values: dates, counts, percents, points, choices (RELIABILITY rows 15 and 16)."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache

from qingdan_xl.sheets.choices import NO, YES
from qingdan_xl.sheets.declaration import Type

PICTURE = "（图片）"  # stands for one in a cell


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A cell that is not empty although no reader gives its value: an error, a formula, a picture; `why` in Chinese."""

    text: str
    why: str

    @property
    def is_typed(self) -> bool:
        """Whether it is a text that somebody typed: no formula, no error value, no picture."""
        return not self.text.startswith(("=", "#")) and self.text != PICTURE

    def __str__(self) -> str:
        return self.text


Raw = str | int | float | bool | date | datetime | time | timedelta | Unreadable | None
Value = str | int | Decimal | date | None

_TEXTS = frozenset({Type.TEXT, Type.LONG, Type.CHOICE, Type.PERSON})

EPOCH = date(1899, 12, 30)
EPOCH_1904 = date(1904, 1, 1)

_DATE = re.compile(
    r"([0-9]{4})\s*[年./\-—]\s*([0-9]{1,2})\s*[月./\-—]\s*([0-9]{1,2})\s*日?(?:[ T][0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?"
)
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_MONTH_DAY = re.compile(r"([0-9]{1,2})\s*月\s*([0-9]{1,2})\s*[日号]")
_SERIAL = re.compile(r"[0-9]{5}")
UNITS = ("%", "次", "场", "项", "人", "个", "期", "分")
_NUMBER = re.compile(r"([+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})(?:\.[0-9]{1,15})?)\s*(" + "|".join(UNITS) + ")?")
_FIRST_SERIAL, _LAST_SERIAL = 36526, 73050  # 2000-01-01 .. 2099-12-31: serials outside are no dates people typed
_FIRST_YEAR, _LAST_YEAR = 2000, 2099
_FULL = 100
_LARGEST_COUNT = 10_000_000
_COUNT_UNITS = ("", "次", "场", "项", "人", "个", "期")
YES_WORDS, NO_WORDS = (YES, "✓", "✔", "☑", "V", "Y", "是", "有"), (NO, "✗", "✘", "X", "N", "否", "无")
_LONGEST_CELL = 32_767  # characters that a cell of Excel holds
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn")  # control, direction, zero-width, half and no characters
# full-width forms and the wide blank; NFKC would do more than that (5² → 52)
_HALF_WIDTH = str.maketrans({code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20})


@dataclass(frozen=True, slots=True)
class Parsed:
    """A cell's value beside its raw text; `fault` says in Chinese why it could not be read, '' where it could.

    A text's value is the raw text without characters nobody sees, no longer than a cell may be. `is_text_date` tells a
    day that stands in its cell as a text, or as a number like 20260301, which no formula takes for that day;
    `is_padded` a text with blanks around it, or nothing but blanks, which no formula takes for the word, or for an
    empty cell.
    """

    value: Value
    raw: str
    fault: str = ""
    is_text_date: bool = False
    is_padded: bool = False


BLANK = Parsed(None, "")
_ONLY_BLANKS = Parsed(None, "", is_padded=True)


def as_text(raw: Raw) -> str:
    """What the person sees in the cell: whole floats without .0, dates as YYYY-MM-DD, None as ''."""
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return "是" if raw else "否"
    if isinstance(raw, float):
        # 15 digits are what Excel keeps; more would show the noise of binary fractions
        return str(int(raw)) if raw.is_integer() else f"{raw:.15g}"
    if isinstance(raw, datetime):
        return raw.date().isoformat() if raw.time() == datetime.min.time() else raw.isoformat(" ")
    return raw.isoformat() if isinstance(raw, date) else str(raw)


@lru_cache(maxsize=8192, typed=True)  # True and 1 are equal, yet not the same to people
def parse_value(type_: Type, raw: Raw, year: int, epoch: date = EPOCH) -> Parsed:
    """Read one cell as `type_`; blank cells give None without a fault.

    `year` completes dates typed as 3月1日; `epoch` is what the workbook counts serial dates from.
    """
    if isinstance(raw, Unreadable):
        return Parsed(None, raw.text, raw.why)
    shown = as_text(raw)
    text = shown.strip()
    if not text:
        return _ONLY_BLANKS if shown else BLANK
    if type_ in _TEXTS:
        return Parsed(seen_text(text) or None, text, is_padded=text != shown)
    match type_:
        case Type.DATE:
            return _date(raw, text, year, epoch)
        case Type.COUNT:
            return _count(text)
        case Type.PERCENT:
            return _percent(raw, text)
        case Type.POINTS:
            return _points(text)
        case Type.TICK:
            return _tick(text)
        case _:
            raise ValueError(type_)


def seen_text(text: str) -> str:
    """What a person sees of a text and a cell can hold: no control, direction or zero-width characters."""
    if not text.isprintable():
        text = "".join(char for char in text if char in "\n\t" or unicodedata.category(char) not in _UNSEEN)
    return text[:_LONGEST_CELL]


def half_width(text: str) -> str:
    """Full-width letters, digits and signs as their half-width selves; everything else as it is."""
    return text.translate(_HALF_WIDTH)


def _date(raw: Raw, text: str, year: int, epoch: date) -> Parsed:
    plain = half_width(text)
    day, fault = _day(raw, plain, year, epoch)
    if day and not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        day, fault = None, "年份不对"
    is_text = isinstance(raw, str) or _COMPACT.fullmatch(plain) is not None
    return Parsed(day, text, fault, is_text_date=day is not None and is_text)


def _day(raw: Raw, plain: str, year: int, epoch: date) -> tuple[date | None, str]:
    """The day that is meant, or why it cannot be told; nothing is guessed (26.3.1 may be two days)."""
    if isinstance(raw, datetime):
        return raw.date(), ""
    if isinstance(raw, date):
        return raw, ""
    if match := _COMPACT.fullmatch(plain) or _DATE.fullmatch(plain):
        parts = (int(match[1]), int(match[2]), int(match[3]))
    elif match := _MONTH_DAY.fullmatch(plain):
        parts = (year, int(match[1]), int(match[2]))
    elif _SERIAL.fullmatch(plain) and _FIRST_SERIAL <= int(plain) - (EPOCH - epoch).days <= _LAST_SERIAL:
        return epoch + timedelta(days=int(plain)), ""
    else:
        return None, "看不出是哪一天，请写成 2026-3-1 的样子"
    try:
        return date(*parts), ""
    except ValueError:
        return None, "没有这一天"


def _number(text: str) -> tuple[Decimal, str] | None:
    match = _NUMBER.fullmatch(half_width(text))
    return (Decimal(match[1].replace(",", "")), match[2] or "") if match else None


def _count(text: str) -> Parsed:
    found = _number(text)
    if found is None or found[0] != found[0].to_integral_value() or found[1] not in _COUNT_UNITS:
        return Parsed(None, text, "应填不小于 0 的整数")
    if not 0 <= found[0] <= _LARGEST_COUNT:
        return Parsed(None, text, f"应填 0 到 {_LARGEST_COUNT} 的整数")
    return Parsed(int(found[0]), text)


def _percent(raw: Raw, text: str) -> Parsed:
    found = _number(text)
    if found is None or found[1] not in ("", "%"):
        return Parsed(None, text, "应填 0 到 100 的百分数")
    number, unit = found
    if unit != "%" and 0 < number <= 1:
        if isinstance(raw, str):
            return Parsed(None, text, "分不清是比例还是百分数，请写成 60% 的样子")
        number *= _FULL  # a cell formatted as percent holds 0.6 for 60%
    if not 0 <= number <= _FULL:
        return Parsed(None, text, "应填 0 到 100 的百分数")
    return Parsed(number.normalize() + 0, text)


def _tick(text: str) -> Parsed:
    plain = half_width(text).upper()
    value = YES if plain in YES_WORDS else NO if plain in NO_WORDS else None
    return Parsed(value, text, "" if value else f"应填 {YES} 或 {NO}")


def _points(text: str) -> Parsed:
    found = _number(text)
    if found is None or found[1] not in ("", "分"):
        return Parsed(None, text, "应填数字，如 95 或 95.5")
    return Parsed(found[0], text)
