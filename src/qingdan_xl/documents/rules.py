"""Scoring rules said in a duty's text: what is deducted or awarded, per what, and whether down to nothing."""

import re
from collections.abc import Iterator
from decimal import Decimal

from qingdan_xl.documents.numerals import number
from qingdan_xl.model import Rule, RuleKind

_DIGITS = r"[0-9０-９]+(?:[.．。][0-9０-９]+)?"
_TO = r"\s*[-—－–~～至到]\s*"
_POINTS = (
    rf"(?P<n>{_DIGITS}|[一二两三四五六七八九十]+|半)(?:{_TO}(?P<to>{_DIGITS}))?\s*分"
    r"(?!钟|管|析|别|公司|之|局|类|级|工|数|值)"
)
_DEDUCT = re.compile(
    r"(?:酌情|相应|直接|一次性|各|再|分别|倒)?(?:扣除|扣减|扣罚|扣|减)(?:除)?(?:该项|本项|"
    rf"总分|责任单位|得分)?\s*{_POINTS}"
)
_BONUS = re.compile(rf"(?:酌情|各|再|分别|另|奖励)?(?:加分?|奖励)\s*{_POINTS}")
_AWARD = re.compile(rf"(?:各|可|分别)?(?:得|计|记|赋)\s*{_POINTS}|[（(]\s*(?P<n2>{_DIGITS})\s*分\s*[）)]")
_OWN = re.compile(rf"[（(]\s*{_DIGITS}\s*分\s*[）)]")
_SHARE = re.compile(
    r"按[^，。；]{0,16}(?:比例|百分比|完成率|比率|占比)[^，。；]{0,8}(?:得分|计分|给分|赋分|"
    r"折算|扣分|计算)"
)
_VETO = re.compile(
    r"(?:此项|本项|该项|全项|整项)?(?:均|一律)?(?:不得分|不计分|得\s*[0０零]\s*分|扣完(?!为止)|"
    r"扣全分|全扣)|一票否[决优]|取消[^，。；]{0,10}(?:资格|评优)|直接(?:定为|评为)不合格"
)
_EACH = re.compile(
    r"每(?!年|半年|季|月|周|日|天|学[期年]|班|旬)(?:少|缺|漏|迟|逾期|超|低|高|差|下降|降低|"
    r"提高|增加|上升|发现|发生|有|出现|发|起|未|被|查实|查处|通报|再|多|延迟|缺席|缺失|迟报)?[^，"
    r"。；]{0,16}?"
    r"(?:[一1１][\s]*)?(?P<u>个百分点|百分点|个月|课时|学时|小时|人次|件次|次|项|例|个|人|件|起|篇|份|处|条|天|"
    r"日|户|家|期|名|场|月|宗|批|张|台|本|单位|%)"
)
_ONE_EACH = re.compile(
    r"(?:一|1)(?P<u>个百分点|个月|课时|学时|小时|人次|次|项|例|个|人|件|起|篇|份|处|条|天|户|家|期|名|场)(?:的)?[，"
    r",]?$|(?:各|分别)$"
)
_FLOOR = re.compile(r"扣完为止|扣至[0０零]分|直至扣完|扣完本项|不扣负分|不计负分")
_STOPS = "。；;！？\n"
_SOFT_STOPS = "，,：:（(）)、"
_NO_CONDITION = re.compile(
    r"(?:各|则|再|每次|每项|每人|每例|一次性?|酌情|分别|均|直接|予以|给予|本项|该项|此项|可|"
    r"的|\s)*"
)


def rules(text: str) -> tuple[Rule, ...]:
    """Read every award and deduction of a duty's text, in order; the only （5分） of an item is its points, no rule."""
    found = sorted(_rules(text), key=lambda pair: pair[0])
    parts = len(_OWN.findall(text))
    return tuple(rule for _, rule in found if parts > 1 or not _OWN.search(rule.text[-8:]))


def _rules(text: str) -> Iterator[tuple[int, Rule]]:
    floors = [hit.start() for hit in _FLOOR.finditer(text)]
    taken: list[tuple[int, int]] = []
    for pattern, kind in ((_DEDUCT, RuleKind.DEDUCT), (_BONUS, RuleKind.BONUS), (_AWARD, RuleKind.AWARD)):
        for hit in pattern.finditer(text):
            if any(start < hit.end() and hit.start() < end for start, end in taken):
                continue
            taken.append(hit.span())
            start = _start(text, hit.start())
            floor = any(hit.end() <= at <= _stop(text, hit.end()) + 1 for at in floors)
            yield hit.start(), _rule(text[start : hit.end()], hit, kind, floor)
    for hit in _SHARE.finditer(text):
        yield hit.start(), Rule(_said(text, hit), RuleKind.PROPORTIONAL)
    for hit in _VETO.finditer(text):
        yield hit.start(), Rule(_said(text, hit), RuleKind.VETO)


def _rule(said: str, hit: re.Match[str], kind: RuleKind, floor: bool) -> Rule:
    groups = hit.groupdict()
    each = _unit(said, hit)
    if kind is RuleKind.DEDUCT and each is not None:
        kind = RuleKind.DEDUCT_EACH
    points = number(groups.get("to") or groups.get("n") or groups.get("n2") or "")
    return Rule(said.strip(" ，、"), kind, points if points is None else Decimal(points), each or None, floor)


def _unit(said: str, hit: re.Match[str]) -> str | None:
    """What the points are given for each of; '' where only 各 says so, None where nothing does."""
    before = said[: len(said) - len(hit[0])]
    if found := list(_EACH.finditer(before)):
        return found[-1]["u"]
    if found_one := _ONE_EACH.search(before):
        return found_one["u"] or ""
    return "" if hit[0].startswith(("各", "分别")) else None


def _said(text: str, hit: re.Match[str]) -> str:
    return text[_start(text, hit.start()) : hit.end()].strip(" ，、")


def _start(text: str, at: int) -> int:
    """Where the clause begins that a rule at `at` ends: the condition may stand one comma before."""
    hard = max(text.rfind(stop, 0, at) for stop in _STOPS) + 1
    soft = max((text.rfind(stop, hard, at) for stop in _SOFT_STOPS), default=-1) + 1
    if soft <= hard:
        return hard
    if not _NO_CONDITION.fullmatch(text[soft:at]):
        return soft
    return max(hard, max(text.rfind(stop, hard, soft - 1) for stop in _SOFT_STOPS) + 1)


def _stop(text: str, at: int) -> int:
    ends = [end for stop in _STOPS if (end := text.find(stop, at)) >= 0]
    return min(ends, default=len(text))
