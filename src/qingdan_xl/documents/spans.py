"""Stretches of the year as reports name them: 上半年, 第一季度, 3月至5月 <-> their first and last month."""

import re
import unicodedata

_NUMERALS = {sign: number for number, sign in enumerate(("一", "二", "三", "四"), 1)}
_NAMED = {
    "全年": (1, 12),
    "上半年": (1, 6),
    "下半年": (7, 12),
    "前三季度": (1, 9),
    "第一季度": (1, 3),
    "第二季度": (4, 6),
    "第三季度": (7, 9),
    "第四季度": (10, 12),
}
_TO = "[-—–~～至到]+"
_NOT_SINCE = "(?![底末初中]|以来|以后|以前|之[前后]|[前后起]|至今|左右|[上中下]旬)"
_MONTH = rf"(?<![0-9每个])(?<![0-9][、和及])(?:[1-9]|1[0-2])月份?(?![0-9]*[日号]){_NOT_SINCE}"
_SPAN = rf"(?P<first>[0-9]{{1,2}})(?:月份?)?{_TO}(?P<last>[0-9]{{1,2}})月份?(?![0-9]){_NOT_SINCE}"
_QUARTER = r"(?<![一二三四1-4][、和及到至-])(?<![一二三四1-4][、和及到至-]第)第?(?P<quarter>[一二三四1-4])季度"
_UP_TO = r"(?:截至|截止到?)(?P<end>[0-9]{1,2})月份?[底末]?(?![0-9])"
_SAID = re.compile(rf"{_UP_TO}|前三季度|(?:{_QUARTER}|[上下]半年){_NOT_SINCE}|{_SPAN}|(?P<month>{_MONTH})|全年")
_IN_WORDS = re.compile("(?<![一二三四五六七八九十个第])(?:十[一二]?|[一二三四五六七八九])(?=月)")
_TENS = {"十": 10, "十一": 11, "十二": 12}
_ONES = "〇一二三四五六七八九"
_LAST = 12


def months_of(text: str) -> tuple[int, int] | None:
    """The months from the first to the last that a name of a stretch of the year means; None where it is none."""
    hit = _SAID.fullmatch(_plain(text))
    return _meant(hit) if hit else None


def months_said(text: str) -> frozenset[tuple[int, int]]:
    """Every stretch of the year that a text names."""
    return frozenset(found for hit in _SAID.finditer(_plain(text)) if (found := _meant(hit)))


def months_name(months: tuple[int, int] | None) -> str:
    """How a stretch of the year is named; '' for None."""
    if months is None:
        return ""
    first, last = months
    plain = f"{first}月" if first == last else f"{first}月至{last}月"
    return next((name for name, meant in _NAMED.items() if meant == months), plain)


def without_months(text: str) -> str:
    """The text without the stretches of the year that it names."""
    return _SAID.sub("|", _plain(text))


def _plain(text: str) -> str:
    """Without blanks and with months in figures."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    return _IN_WORDS.sub(lambda hit: str(_TENS.get(hit[0]) or _ONES.index(hit[0])), plain)


def _meant(hit: re.Match[str]) -> tuple[int, int] | None:
    if sign := hit["quarter"]:
        number = _NUMERALS.get(sign) or int(sign)
        return 3 * number - 2, 3 * number
    if hit[0] in _NAMED:
        return _NAMED[hit[0]]
    ends = (
        [hit["month"].rstrip("份").rstrip("月")] * 2
        if hit["month"]
        else [hit["first"] or "1", hit["last"] or hit["end"]]
    )
    first, last = map(int, ends)
    return (first, last) if 1 <= first <= last <= _LAST else None
