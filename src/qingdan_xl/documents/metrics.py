"""The counts a report leaves open: 召开会议*次, 刊发信息XX篇."""

import re

from qingdan_xl.documents.grammar import UNITS
from qingdan_xl.documents.words import PLACEHOLDER
from qingdan_xl.model import Metric

# a single x is open where a unit follows: 召开会议x次
SIGN = rf"(?:{PLACEHOLDER}|＊++|(?<![A-Za-zＡ-Ｚａ-ｚ0-9])[XxＸｘNnＮｎ])\s*(?:余|多)?"
# a gap to write in: 警示教育　　次, 谈话提醒（ ）人次, 整改问题　　个，; not what parts two columns: 项目　　次数
_TIMES = r"次(?![数要])|场次|人次|[件家户批]次"
# signs that are a unit only by chance: 项目, 人民政府, XX村; a day or a year is a date
_NO_UNIT = (
    r"项目|条[例款]|个[人体]|处[理分罚置长室]|人[员民大社事才力口物]|组[织长]|部[门分署长队委]|年[级度]|期间|本[级人单部院校局市县区镇乡村年]|位[置于]|"
    r"类[别型]|种类|点[位名]|校|村|家[庭长属]|户[籍口]|名[称单义]|批[准示复]|对[照象标接]|所(?![中小大学幼院校医])|支(?:部|行|队(?!伍))|台账|门诊"
)
_NOUGHT = "(?<![〇○零一二三四五六七八九十百0-9０-９])[〇○◯](?![〇○零一二三四五六七八九十])"
_MORE = r"\s*(?:余|多)?"
_UNIT = rf"(?={_TIMES}|(?!{_NO_UNIT})(?:{UNITS}|[%％]))"
_GAP = (
    rf"(?:(?<=[一-龥”》])[ \u3000\xa0]{{2,9}}(?:余|多)?(?={_TIMES}|{_UNIT}(?:{UNITS}|[%％])(?=[，。；、,;）)]))"
    rf"|(?:[（(〔\[［【][ \u3000\xa0]*[）)〕\]］】]|(?<!□)□++|{_NOUGHT}|(?<![_＿…])[_＿…]++){_MORE}(?![日年]){_UNIT})"
)
_COUNT = rf"(?:{SIGN}{_UNIT}|{_GAP})(?P<u>{UNITS}|[%％])"
_OPEN, _OPEN_SIGN = re.compile(_COUNT), re.compile(SIGN)
_PLACE = re.compile(rf"(?:共|累计|共计|合计)?\s*{_COUNT}")
_PART = rf"(?:[0-9]{{1,2}}|{SIGN}|(?<![_＿])[_＿]++|(?<!□)□++|[ \u3000\xa0]{{1,9}})"
_MONTH = rf"{_PART}\s*月"
_IN_YEAR = rf"(?:[0-9]{{4}}|20{_PART}|{SIGN}|(?<![_＿])[_＿]{{2,}}+)\s*年\s*"
# one day, and no count of days: 2026年*月*日
_DAY = re.compile(rf"(?:{_IN_YEAR})?{_MONTH}\s*{_PART}\s*[日号]|{_IN_YEAR}{_MONTH}")
_NO_DIGIT = re.compile(r"[年月][^0-9年月日号]*[月日号]")
_SIGNED_ON = re.compile(rf"[（(]?(?P<day>{_DAY.pattern})[）)]?")
_LEADING = re.compile(r"^(?:共|累计|先后|并|合计|总计|已|今年以来|截至目前)+")
_LONGEST_NOUN = 10
_LONGEST_CLAUSE = 200
NAME = "[数空][0-9]+"
_ID = re.compile("数[0-9]+")
PLACE_SIGN = "【*】"
_ENDS = re.compile(r"[。！？!?\n]")
_STOPS = "。；;，,、：:！？\n（("


def open_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Where `text` leaves a count open: the sign and its unit."""
    return tuple(hit.span() for hit in _counts(text))


def metrics(text: str, line: int | None = None) -> tuple[Metric, ...]:
    """Read every open count with the clause that says what is counted; `line` is where `text` begins."""
    found = []
    for hit in _counts(text):
        start = _clause_start(text, hit.start())
        end = hit.end()
        stop = _clause_end(text, end)
        if not text[start : hit.start()].strip() or stop - end <= _LONGEST_NOUN:
            end = stop
        said = text[start:end].strip()
        activity = _LEADING.sub("", _PLACE.sub("", said)).strip()
        found.append(Metric(said, activity, hit["u"], line, sentence=_sentence(text, hit)))
    return tuple(found)


def open_signs(text: str) -> tuple[tuple[int, int], ...]:
    """The sign of each open count without its unit, and with 余 or 多, which no exact number has behind it."""
    return tuple((hit.start(), hit.start("u")) for hit in _counts(text))


def open_day(text: str) -> tuple[int, int] | None:
    """Where a line that is a date and nothing else (2026年X月X日) has that date; None where no part of it is open."""
    hit = _SIGNED_ON.fullmatch(text.strip())
    if hit is None or not (_OPEN_SIGN.search(text) or _NO_DIGIT.search(text)):
        return None
    before = len(text) - len(text.lstrip())
    return hit.start("day") + before, hit.end("day") + before


def _counts(text: str) -> list[re.Match[str]]:
    """The open counts of a text; what is open in a date is none."""
    found = list(_OPEN.finditer(text))
    days = [hit.span() for hit in _DAY.finditer(text)] if found else ()
    return [hit for hit in found if not any(first <= hit.start() < last for first, last in days)]


def metric_id(number: int) -> str:
    """What the template of a report calls its open counts, the first one 1."""
    return f"数{number}"


def is_metric_id(name: str) -> bool:
    """Whether something may be the name of an open count."""
    return bool(_ID.fullmatch(name))


def _sentence(text: str, hit: re.Match[str]) -> str:
    """The sentence around an open count, `PLACE_SIGN` where its sign is."""
    before = _ENDS.split(_bracketed(text[max(0, hit.start() - _LONGEST_CLAUSE) : hit.start()]))[-1]
    after = _ENDS.split(_bracketed(text[hit.start("u") : hit.end() + _LONGEST_CLAUSE]))[0]
    return f"{before}{PLACE_SIGN}{after}".strip()


def _bracketed(text: str) -> str:
    return text.replace("【", "〔").replace("】", "〕")


def _clause_start(text: str, at: int) -> int:
    """The nearest stop before `at` that stands outside quotation marks."""
    depth = 0
    for place in range(at - 1, max(-1, at - _LONGEST_CLAUSE), -1):
        sign = text[place]
        depth += (sign in "”》』") - (sign in "“《『")
        if sign in _STOPS and depth <= 0:
            return place + 1
    return max(0, at - _LONGEST_CLAUSE)


def _clause_end(text: str, at: int) -> int:
    end = min(len(text), at + _LONGEST_CLAUSE)
    return next((place for place in range(at, end) if text[place] in _STOPS), end)
