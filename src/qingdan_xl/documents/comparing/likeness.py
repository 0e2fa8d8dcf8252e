"""How alike two duty texts are: symmetric, and slow to be fooled by the phrases that all duties share."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from qingdan_xl.documents.identity import normalised

# How often and how much: a duty stays itself when its numbers change.
_HOW_MUCH = re.compile(
    r"每(?:个|一)?(?:半年|季度?|学期|年度?|月|周|旬|天|日|[两二三四六\d]个?(?:年|季度|月|周))"
    r"|(?:不得?|不)?(?:少于|低于|多于|超过|高于)|至少|以上|以内|原则上|全年|年内|年度"
    r"|20\d\d年?|\d{1,2}月(?:\d{1,2}日|底)?前?"
    r"|(?:\d+|[一二两三四五六七八九十百半]+)(?:余)?(?:次|期|篇|场|人次|天|小时|分钟|%|批次)"
)
# What every duty of every field may say: it tells nothing about which duty this is.
_COMMON = re.compile(
    r"召开|组织|开展|落实|加强|推进|推动|认真|切实|坚持|严格|贯彻|执行|履行|做好|抓好|定期|及时|经常|带头|专题|主持|参加|研究"
    r"|听取|汇报|工作|会议|活动|情况|责任|制度|要求|管理|进行|负责|有关|相关|主要|重要|重点|全面|深入|不断|进一步|建立|健全"
    r"|完善|按照|根据|的|和|与|及|并|等|对|向|在|为|了"
)
# What sets one of many apart that are worded alike: 第三网格, 12号泵房.
_NAMED = re.compile(
    r"第[一二三四五六七八九十百\d]+(?![一二三四五六七八九十百\d]|季度)|\d+(?=号|组|班|区|室|楼|栋|站|片|标段|网格)"
)
_OTHER_NAME = 0.6  # what is left of the likeness where these differ
_SHORTEST_CORE = 2
CLOSE = 0.68  # likeness from which two texts of some length are one duty
_LONG = 12  # signs of a core
_SHORTNESS = 0.008  # more likeness for each sign that a core has less
_LONGEST = 20_000  # signs of two texts together: longer ones are compared by their pairs alone
_SHORTEST_FRAME = 5  # signs around the open places, which fit anything otherwise
_LONGEST_FILLING = 16
_FILLED_LIKENESS = 0.95
_SHORTEST_PART = 12  # signs of a core: a shorter one is found in any long text by chance
_CORE_WEIGHT = 0.6
_HELD = 0.92  # from here on a text stands whole in the other
_PART_LIKENESS = 0.72  # what a text that only grew or shrank is worth


@dataclass(frozen=True, slots=True)
class Wording:
    """A text ready to be compared: all of its signs, those that make it this duty, and the pairs in both.

    `names` set it apart from others worded alike; `parts` are what stands between its open places.
    """

    whole: str
    core: str
    pairs: Mapping[str, int]
    core_pairs: Mapping[str, int]
    names: frozenset[str]
    parts: tuple[str, ...]


def wording(text: str) -> Wording:
    """What is compared of a text; open places count for nothing, so that filling one in changes little."""
    parts = tuple(normalised(text).split("*"))
    whole = "".join(parts)
    core = _COMMON.sub("", _HOW_MUCH.sub("", whole))
    return Wording(whole, core, _pairs(whole), _pairs(core), frozenset(_NAMED.findall(whole)), parts)


def needed(one: Wording, other: Wording) -> float:
    """The likeness from which two texts are one duty: more for short ones, of which a sign or two makes another."""
    return CLOSE + _SHORTNESS * max(_LONG - min(len(one.core), len(other.core)), 0)


def likeness(one: Wording, other: Wording) -> float:
    """From 0 to 1; the same whichever comes first."""
    if one.whole == other.whole:
        return 1.0
    whole = max(_shared(one.pairs, other.pairs), _in_order(one.whole, other.whole))
    core = whole
    if min(len(one.core), len(other.core)) >= _SHORTEST_CORE:
        core = max(_shared(one.core_pairs, other.core_pairs), _in_order(one.core, other.core))
    alike = (1 - _CORE_WEIGHT) * whole + _CORE_WEIGHT * core
    if _fills(one, other) or _fills(other, one):
        alike = max(alike, _FILLED_LIKENESS)
    if _is_part(one, other):
        alike = max(alike, _PART_LIKENESS)
    return alike * _OTHER_NAME if one.names and other.names and not one.names & other.names else alike


def _fills(one: Wording, other: Wording) -> bool:
    """Whether the other text is this one with its open places filled in, or some of them."""
    if len(one.parts) == 1 or len(one.whole) < _SHORTEST_FRAME:
        return False
    text, first, last = "*".join(other.parts), one.parts[0], one.parts[-1]
    at, end = len(first), len(text) - len(last)
    if not text.startswith(first) or not text.endswith(last) or at > end:
        return False
    for part in (*one.parts[1:-1], ""):
        found = text.find(part, at, end) if part else end
        if not 0 <= found - at <= _LONGEST_FILLING:
            return False
        at = found + len(part)
    return True


def _is_part(one: Wording, other: Wording) -> bool:
    """Whether the shorter text stands in the longer one, which may say much more."""
    shorter = min(len(one.core), len(other.core))
    if shorter < _SHORTEST_PART:
        return False
    return _common(one.core_pairs, other.core_pairs) >= _HELD * (shorter - 1)


def _pairs(text: str) -> Mapping[str, int]:
    """Neighbouring signs, counted; a single sign stands for itself."""
    return Counter(text[at : at + 2] for at in range(max(len(text) - 1, 1)))


def _common(one: Mapping[str, int], other: Mapping[str, int]) -> int:
    few, many = (one, other) if len(one) <= len(other) else (other, one)
    return sum(min(count, many[pair]) for pair, count in few.items() if pair in many)


def _shared(one: Mapping[str, int], other: Mapping[str, int]) -> float:
    """Dice's coefficient over pairs of signs: high also where sentences changed places."""
    total = sum(one.values()) + sum(other.values())
    return 2 * _common(one, other) / total


def _in_order(one: str, other: str) -> float:
    """The share of signs that both have in the same order: high where single signs were changed."""
    total = len(one) + len(other)
    if total > _LONGEST:
        return 0.0
    return 2 * longest_common(one, other) / total if total else 1.0


def longest_common(one: str, other: str) -> int:
    """How many signs the longest common subsequence has (bit-parallel, after Hyyrö)."""
    places: dict[str, int] = {}
    for at, sign in enumerate(one):
        places[sign] = places.get(sign, 0) | 1 << at
    full = (1 << len(one)) - 1
    rows = full
    for sign in other:
        hit = rows & places.get(sign, 0)
        rows = (rows + hit | rows - hit) & full
    return len(one) - rows.bit_count()
