"""The numbers of a clause that demand something: which number with a unit is a demand, and which is only a number."""

import re
from dataclasses import dataclass
from decimal import Decimal

from qingdan_xl.documents.grammar import TIMES, regex_of
from qingdan_xl.documents.numerals import number
from qingdan_xl.documents.recurrence import period_in

_SHARE = regex_of("amount", "share")
_COUNT = regex_of("amount", "count")
_LEAST_BEFORE, _LEAST_BEHIND = regex_of("at-least", "before"), regex_of("at-least", "behind")
_MOST_BEFORE, _MOST_BEHIND = regex_of("at-most", "before"), regex_of("at-most", "behind")
_RELATIVE = regex_of("not", "relative")
_TIMES = re.compile(rf"(?:{TIMES})$")
CLAUSE_ENDS = "，,；;：:"
TIME_UNITS = frozenset({"天", "日", "年", "周", "个月", "小时", "个小时", "分钟", "个工作日", "学时", "课时"})
_AGES = frozenset({"年", "个月", "周", "日", "点", "类", "种", "位", "对", "部", "本", "组", "起", "村", "校"})
_TAKERS = re.compile(
    r"(?:走访|联系|帮扶|培养|检查|抽查|选树|培育|发展|确定|解决|办好|办|建立|打造|完成|撰写|"
    r"报送|上报|提交|开展|组织|举办|召开|慰问|评选|推荐|发表|编发|拍摄|种植|结对)(?:了|好|"
    r"成)?$"
)
_MAKERS = re.compile(
    r"^[^0-9]{0,4}(?:引进|培育|完成|新增|新建|建成|创建|打造|培养|发展|选树|选派|组织|开展|"
    r"种植|改造|修建|争取|实现|建设|编印|发放|举办|评选|推荐|招引|扶持|创作|培训|编发|配备|"
    r"设立|建立|形成|撰写|提交|制作|编写|出台|刊发|推出|办理|解决|办好|帮助|结对|储备|配齐|选聘|招聘|种|硬化|安装|铺设|修复|维修|疏浚|栽植|绿化|拆除|购置|检修|轮换|更换|清淤|治理|走访|慰问|救助|资助|修缮|加固|补植|盘活|化解|办结)"
)
_RANGE = re.compile(r"[-—–－~～至到]")
# …1个村、2家企业: the second number goes with the first.
_JOINED = re.compile(r"[一-龥]{0,8}[、和及][一-龥]{0,4}")
_FIRST_YEAR = 1900
# 每人联系2户, 每个村办好1件实事
_EACH_ONE = re.compile(r"每(?:[个名人位家户村班校镇县组]|支部|单位|党员|所|科室)")
# 第3次, 1+1次: the number is part of a name; 上一次 tells of another time.
_NAMED = re.compile(r"[第每同其另这某+—\-.]$")
_LAST = re.compile(r"[上下前首再本]$")
# 一次办结, 一次讲清: at one go, not once.
_AT_ONE_GO = re.compile(
    r"一次(?:[讲说查交缴付问改]清|告知|办[结好成]|到位|成[功型]|受理|申[请报]|[说讲查]透|[备补收]齐|通过|验收|达标|合格|就|讲明|"
    r"说明)"
)
# 对3次以上投诉的商户: the number tells of whom
_OF_WHOM = re.compile(r"(?:及)?以[上下内][^，。；]{0,8}的[一-龥]")
# 30人以上的企业应设机构, 从业3年以上的人员: what the rule applies to
_APPLIES_TO = re.compile(r"(?:及|[（(]含[）)])?以[上下]的?[^，。；]{1,12}?(?:应|须|必须|由|实行|报|经)")
_OF_AGE = re.compile(r"(?:从业|工作|任职|党龄|工龄)(?:时间|经历|年限)?$")
_PAID = re.compile(r"(?:奖励?|奖金|罚|补[助贴]|赔偿?|慰问金?)[^，。；]{0,8}$")
_SINGLE = re.compile(r"单(?:笔|项|次|件|户)[^，。；]{0,4}$")
_TOLD_OF = re.compile(r"(?:对|凡|有|出现|发生|受到|被|将|把)[^，。；]{0,6}$")
_LONGEST_NOUN = 12
_NEAR = 2


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit at text[start:end]; whether a bound is said of it, and whether that is an upper one."""

    start: int
    end: int
    value: Decimal
    unit: str
    bounded: bool
    at_most: bool


def amounts(text: str, start: int, end: int) -> list[Amount]:
    """The numbers of the clause text[start:end] that demand something, in order."""
    found: list[Amount] = []
    taken = 0
    for pattern in (_SHARE, _COUNT):
        for hit in pattern.finditer(text, start, end):
            if any(hit.start() < other.end and other.start < hit.end() for other in found):
                continue
            floor = max([start, *(other.end for other in found if other.end <= hit.start())])
            if amount := _amount(text, floor, end, hit):
                found.append(amount)
                taken = hit.end()
    return sorted(found, key=lambda amount: amount.start) if taken else []


def _amount(text: str, floor: int, end: int, hit: re.Match[str]) -> Amount | None:
    before, behind = text[floor : hit.start()], text[hit.end() : end]
    share = "u" not in hit.groupdict()
    unit = ("‰" if hit[0].endswith("‰") else "%") if share else hit["u"]
    value = _share(hit) if share else number(hit["n"])
    if value is None or _NAMED.search(before) or _is_other_time(before, hit):
        return None
    most = bool(_MOST_BEFORE.search(before) or _MOST_BEHIND.match(behind))
    least = bool(_LEAST_BEFORE.search(before) or _LEAST_BEHIND.match(behind))
    capped = [bound for bound in _MOST_BEFORE.finditer(before) if len(before) - bound.end() <= _NEAR]
    close = _bound_end(before) or bool(capped or _LEAST_BEHIND.match(behind) or _MOST_BEHIND.match(behind))
    upper = most and not (_bound_end(before) or _LEAST_BEHIND.match(behind))
    amount = Amount(hit.start(), hit.end(), value, unit, least or most, upper)
    named = share and not amount.bounded and _quoted(text, amount.start)
    fits = not named and _share_counts(before, behind) if share else _counts(text, (floor, end), amount, close)
    return amount if fits else None


def _is_other_time(before: str, hit: re.Match[str]) -> bool:
    """上一次, 前一周: another time is told of, unless 上 is what is done (每季度上一次课)."""
    return bool(_LAST.search(before)) and hit[0].startswith("一") and period_in(before) is None


def _bound_end(before: str) -> bool:
    """Whether a lower bound stands right before the number, and no upper one in its place (不超过)."""
    hits = list(_LEAST_BEFORE.finditer(before))
    return (
        bool(hits) and len(before) - hits[-1].end() <= _NEAR and not _MOST_BEFORE.search(before[hits[-1].start() - 1 :])
    )


def _share(hit: re.Match[str]) -> Decimal | None:
    if hit["w"]:
        return Decimal(100)
    return number(hit["n"] or hit["c"])


def _share_counts(before: str, behind: str) -> bool:
    return not behind.startswith(("计", "的权重", "折算", "比例扣")) and not before.endswith(
        ("占", "权重", "按", "扣", "比重")
    )


def _counts(text: str, span: tuple[int, int], amount: Amount, close: bool) -> bool:
    """Whether a number with a unit is a demand: 2次 is one by itself, 3个 only with a bound or a period beside it."""
    floor, end = span
    before, behind = text[floor : amount.start], text[amount.end : end]
    if _is_other(text, before, behind, amount, close):
        return False
    if _TIMES.fullmatch(amount.unit):
        return True
    if amount.unit in _AGES and not close:
        return False
    if amount.unit in TIME_UNITS or amount.bounded:
        return amount.bounded and not behind.startswith(("方面", "环节", "层面", "领域", "维护", "确立"))
    return _is_taken(text, floor, before, behind, amount)


def _is_other(text: str, before: str, behind: str, amount: Amount, close: bool) -> bool:
    """Whether the number is part of a name, tells of one go, of a time limit or of a change."""
    if _quoted(text, amount.start) or behind.startswith(("性", "又", "都", "不落", "领导责任")):
        return True
    if not amount.bounded and _AT_ONE_GO.match(text[amount.start :]) and period_in(before) is None:
        return True
    if _OF_WHOM.match(behind) and _TOLD_OF.search(before):
        return True
    if _APPLIES_TO.match(behind) and period_in(before) is None and not _MAKERS.match(before):
        return True
    if _SINGLE.search(before) or ("元" in amount.unit and _PAID.search(before)):
        return True
    if amount.unit == "年" and _OF_AGE.search(before):
        return True
    if amount.unit in TIME_UNITS and _RELATIVE.match(behind) and not (close or _MOST_BEFORE.search(before)):
        return True
    return "百分点" in amount.unit or (amount.unit == "年" and amount.value >= _FIRST_YEAR)


def _is_taken(text: str, floor: int, before: str, behind: str, amount: Amount) -> bool:
    """Whether a number without a bound is demanded: by a verb, a period, 每人, or the number joined to it."""
    if text[amount.start].isascii():
        if floor and text[floor - 1] not in CLAUSE_ENDS and _JOINED.fullmatch(before):
            return True
        if len(behind) <= _LONGEST_NOUN and _MAKERS.match(before):
            return True
        if "元" not in amount.unit and _EACH_ONE.search(before) and not _RANGE.search(text[amount.start : amount.end]):
            return True
        return period_in(text[floor : amount.end]) is not None
    return period_in(text[floor : amount.end]) is not None and bool(_TAKERS.search(before))


def _quoted(text: str, at: int) -> bool:
    opened, closed = text.rfind("“", 0, at), text.rfind("”", 0, at)
    return opened > closed
