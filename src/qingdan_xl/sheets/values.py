"""Cells as people type them → values: dates, counts, percents, points, choices (RELIABILITY rows 15 and 16)."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation

from qingdan_xl.sheets.declaration import Type

Raw = str | int | float | bool | date | datetime | time | timedelta | None
Value = str | int | Decimal | date | None

_DATE = re.compile(r"(?:(\d{4})\s*[年./\-—])\s*(\d{1,2})\s*[月./\-—]\s*(\d{1,2})\s*日?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MONTH_DAY = re.compile(r"(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]")
_NUMBER = re.compile(r"([+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)\s*(%|次|场|项|人|个|期|分)?")
_FIRST_SERIAL, _LAST_SERIAL = 36526, 73050  # 2000-01-01 .. 2099-12-31: serials outside are no dates people typed
_EPOCH = date(1899, 12, 30)
_FULL = 100


@dataclass(frozen=True, slots=True)
class Parsed:
    """A cell's value beside its raw text; `fault` says in Chinese why it could not be read, '' where it could."""

    value: Value
    raw: str
    fault: str = ""


def as_text(raw: Raw) -> str:
    """What the person sees in the cell: whole floats without .0, dates as YYYY-MM-DD, None as ''."""
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return "是" if raw else "否"
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    if isinstance(raw, datetime):
        return raw.date().isoformat() if raw.time() == datetime.min.time() else raw.isoformat(" ")
    return raw.isoformat() if isinstance(raw, date) else str(raw)


def parse_value(type_: Type, raw: Raw, year: int) -> Parsed:
    """Read one cell as `type_`; `year` completes dates typed as 3月1日. Blank cells give None without a fault."""
    text = as_text(raw).strip()
    if not text:
        return Parsed(None, "")
    match type_:
        case Type.DATE:
            return _date(raw, text, year)
        case Type.COUNT:
            return _count(text)
        case Type.PERCENT:
            return _percent(raw, text)
        case Type.POINTS:
            return _points(text)
        case _:
            return Parsed(text, text)


def _date(raw: Raw, text: str, year: int) -> Parsed:
    if isinstance(raw, datetime):
        return Parsed(raw.date(), text)
    if isinstance(raw, date):
        return Parsed(raw, text)
    plain = unicodedata.normalize("NFKC", text)
    if match := _COMPACT.fullmatch(plain) or _DATE.fullmatch(plain):
        parts = (int(match[1]), int(match[2]), int(match[3]))
    elif match := _MONTH_DAY.fullmatch(plain):
        parts = (year, int(match[1]), int(match[2]))
    elif plain.isdigit() and _FIRST_SERIAL <= int(plain) <= _LAST_SERIAL:
        return Parsed(_EPOCH + timedelta(days=int(plain)), text)
    else:
        return Parsed(None, text, "看不出是哪一天，请写成 2026-3-1 的样子")
    try:
        return Parsed(date(*parts), text)
    except ValueError:
        return Parsed(None, text, "没有这一天")


def _number(text: str) -> tuple[Decimal, str] | None:
    match = _NUMBER.fullmatch(unicodedata.normalize("NFKC", text).replace("，", ","))
    if not match:
        return None
    try:
        return Decimal(match[1].replace(",", "")), match[2] or ""
    except InvalidOperation:
        return None


def _count(text: str) -> Parsed:
    found = _number(text)
    if found is None or found[0] != found[0].to_integral_value() or found[0] < 0 or found[1] == "%":
        return Parsed(None, text, "应填不小于 0 的整数")
    return Parsed(int(found[0]), text)


def _percent(raw: Raw, text: str) -> Parsed:
    found = _number(text)
    if found is None:
        return Parsed(None, text, "应填 0 到 100 的百分数")
    number, unit = found
    # a cell formatted as percent holds 0.6 for 60%; typed text "60%" and the bare number 60 both mean sixty
    if unit != "%" and isinstance(raw, (int, float)) and 0 <= number <= 1:
        number *= _FULL
    if not 0 <= number <= _FULL:
        return Parsed(None, text, "应填 0 到 100 的百分数")
    return Parsed(number.normalize() + 0, text)


def _points(text: str) -> Parsed:
    found = _number(text)
    if found is None or found[1] not in ("", "分"):
        return Parsed(None, text, "应填数字，如 95 或 95.5")
    return Parsed(found[0], text)
