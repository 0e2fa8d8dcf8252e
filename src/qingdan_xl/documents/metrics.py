"""The counts a report leaves open: 召开会议*次, 刊发信息XX篇."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from qingdan_xl.documents.categories import COUNTABLE
from qingdan_xl.documents.grammar import UNITS
from qingdan_xl.documents.words import PLACEHOLDER
from qingdan_xl.model import Metric
from qingdan_xl.sheets.choices import categorise

# a single x is open where a unit follows: 召开会议x次
_SIGN = rf"(?:{PLACEHOLDER}|(?<![A-Za-zＡ-Ｚａ-ｚ0-9])[XxＸｘ])\s*(?:余|多)?"
# a gap to write in: 警示教育　　次, 谈话提醒（ ）人次; not what parts two columns: 项目　　次数
_GAP = r"(?:(?<=[一-龥])[ \u3000]{2,6}|[（(][ \u3000]+[）)])(?=次(?![数要])|场次|人次|[件家户批]次)"
_COUNT = rf"(?:{_SIGN}|{_GAP})(?P<u>{UNITS}|[%％])"
_OPEN, _OPEN_SIGN = re.compile(_COUNT), re.compile(_SIGN)
_PLACE = re.compile(rf"(?:共|累计|共计|合计)?\s*{_COUNT}")
_MONTH = rf"(?:[0-9]{{1,2}}|{_SIGN})\s*月"
_IN_YEAR = rf"(?:[0-9]{{4}}|{_SIGN})\s*年\s*"
# one day, and no count of days: 2026年*月*日
_DAY = re.compile(rf"(?:{_IN_YEAR})?{_MONTH}\s*(?:[0-9]{{1,2}}|{_SIGN})\s*[日号]|{_IN_YEAR}{_MONTH}")
_SIGNED_ON = re.compile(rf"[（(]?(?P<day>{_DAY.pattern})[）)]?")
_NAMED = re.compile(r"[“《]")
_LEADING = re.compile(r"^(?:共|累计|先后|并|合计|总计|已|今年以来|截至目前)+")
_LONGEST_NOUN = 10
_LONGEST_CLAUSE = 200
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
        found.append(Metric(said, _LEADING.sub("", _PLACE.sub("", said)).strip(), hit["u"], line))
    return tuple(found)


def open_signs(text: str) -> tuple[tuple[int, int], ...]:
    """The sign of each open count without its unit, and with 余 or 多, which no exact number has behind it."""
    return tuple((hit.start(), hit.start("u")) for hit in _counts(text))


def open_day(text: str) -> tuple[int, int] | None:
    """Where a line that is a date and nothing else (2026年X月X日) has that date; None where no part of it is open."""
    hit = _SIGNED_ON.fullmatch(text.strip())
    if hit is None or not _OPEN_SIGN.search(text):
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


def bound(found: Sequence[Metric], categories: Mapping[str, tuple[str, ...]]) -> tuple[Metric, ...]:
    """Each count with its id and the category whose rows it is proposed to count; people confirm it.

    None is proposed for what is not counted in times, nor for what the text calls by a name of its own (开展“…”活动):
    the category holds more than that. Counts of one category are told apart by a word of it that only one of them has;
    those that cannot be are left to people.
    """
    proposed = [_proposal(metric, categories) for metric in found]
    rivals: dict[str, list[str]] = defaultdict(list)
    for metric, category in zip(found, proposed, strict=True):
        rivals[category].append(metric.activity)
    made = []
    for number, (metric, category) in enumerate(zip(found, proposed, strict=True), 1):
        others = list(rivals[category])
        others.remove(metric.activity)
        words = [word for word in categories.get(category, ()) if word != category and word in metric.activity]
        own = next((word for word in words if not any(word in other for other in others)), "") if others else ""
        kept = category if own or not others else ""
        made.append(replace(metric, id=metric_id(number), category=kept, topic=own))
    return tuple(made)


def _proposal(metric: Metric, categories: Mapping[str, tuple[str, ...]]) -> str:
    if metric.unit not in COUNTABLE or _NAMED.search(metric.activity):
        return ""
    return categorise(metric.activity, dict(categories))


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
