"""The reader of quantified demands: clauses, what governs them, and the targets they make (grammar.py is the table)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from qingdan_xl.documents.dates import Due, dues
from qingdan_xl.documents.grammar import TIMES, regex_of, rows_of
from qingdan_xl.documents.numerals import number
from qingdan_xl.model import Per, Target, TargetKind

_PERIODS = rows_of("period")
_SPANS = rows_of("span")
_EVENT = regex_of("event")
_SHARE = regex_of("amount", "share")
_COUNT = regex_of("amount", "count")
_LEAST_BEFORE, _LEAST_BEHIND = regex_of("at-least", "before"), regex_of("at-least", "behind")
_MOST_BEFORE, _MOST_BEHIND = regex_of("at-most", "before"), regex_of("at-most", "behind")
_PENALTY, _TRIGGER, _RELATIVE = regex_of("not", "penalty"), regex_of("not", "trigger"), regex_of("not", "relative")
_DAY_OF_MONTH = re.compile(
    r"(?:每月|次月|每季度?[^，。；]{0,4})(?:[0-9０-９一二三四五六七八九十]{1,3}[日号]|[底末])(?:之?前|"
    r"以前)"
)

_SENTENCE = re.compile(r"[^。！？!?\n]+")
_CLAUSE = re.compile(r"[^，,；;：:]+")
_QUOTED = re.compile(r"“[^“”\n]{1,60}”")
_STOP = re.compile(r"[，,；;：:。！？!?]")
_TITLED = re.compile(r"《[^》]*》")
_BRACKET = re.compile(r"[（(]([^（()）]*)[）)]")
_COUNTED = re.compile(rf"[0-9０-９]|[一两二三四五六七八九十半](?:{TIMES})|每[年月季周日天半]")
_TIMES = re.compile(rf"(?:{TIMES})$")
_SEPARATOR = re.compile(r"[、]|和(?!谐)|及(?!时|以上)|并(?!且)|或")
_TIME_UNITS = frozenset({"天", "日", "年", "周", "个月", "小时", "个小时", "分钟", "个工作日", "学时", "课时"})
_AGES = frozenset({"年", "个月", "周", "日", "点", "类", "种", "位", "对", "部", "本", "组", "起", "村", "校"})
_EVENTS = re.compile(
    r"报告|汇报|述职|述责|召开|听取|检查|考核|考评|研究|开展|组织|举行|举办|进行|制定|制订|"
    r"调研|走访|家访|评议|总结|培训|学习|通报|分析|排查|慰问|"
    r"报送|上报|公示|公开|签订|更新|修订|评估|体检|演练|巡查|巡河|巡检|督查|督导|督促|部署|"
    r"谈话|约谈|审查|审计|听课|讲|征求|参加|测评|清理|清洗|检测|监测|"
    r"维护|保养|统计|整理|填写|填报|记录|盘点|核对|发布|编制|撰写|形成|提交|安排|确定|测量|"
    r"消毒|测试|轮换|研判|会商|调度|抽查|自查|查看|查验|张贴|过|上交|备份|向|备案|印发|下发|审定|审议|"
    r"评选|表彰|核查|巡视|巡护|通气|座谈|宣讲|点评|述学|讨论|商议|交办|接访|下访|约见|回访|随访|核算|结算|"
    r"轮训|演习|清点|校验|校准|年检|复核|复查|摸底|普查|巡诊|查房|交叉检|互查|互评|考试|比武|竞赛|"
    r"排演|集训|复训|集中学|自学|研讨|交流|公布|通知|反馈|会诊|例会|督办|核实|登记|报备|报批|送检|送审"
)
_TAKERS = re.compile(
    r"(?:走访|联系|帮扶|培养|检查|抽查|选树|培育|发展|确定|解决|办好|办|建立|打造|完成|撰写|"
    r"报送|上报|提交|开展|组织|举办|召开|慰问|评选|推荐|发表|编发|拍摄|种植|结对)(?:了|好|"
    r"成)?$"
)
_MAKERS = re.compile(
    r"^[^0-9]{0,4}(?:引进|培育|完成|新增|新建|建成|创建|打造|培养|发展|选树|选派|组织|开展|"
    r"种植|改造|修建|争取|实现|建设|编印|发放|举办|评选|推荐|招引|扶持|创作|培训|编发|配备|"
    r"设立|建立)"
)
# 第3次, 1+1次: the number is part of a name; 上一次 tells of another time.
_NAMED = re.compile(r"[第每同其另这某+—\-.]$")
_LAST = re.compile(r"[上下前首再本]$")
# 一次办结, 一次讲清: at one go, not once.
_AT_ONE_GO = re.compile(
    r"一次(?:[讲说查交缴付问改]清|告知|办[结好成]|到位|成[功型]|受理|申[请报]|[说讲查]透|[备补收]齐|通过|验收|达标|合格|就|讲明|说明)"
)
# 一般安排在年底 dates the demand before it.
_PLACED = re.compile(r"\s*(?:原则上|一般|通常|集中)*(?:安排|集中|放|定|时间为|时间)在?")
_LONGEST_NOUN = 12
_NEAR = 2
_BOUND = re.compile(rf"(?:{_LEAST_BEFORE.pattern}|{_MOST_BEFORE.pattern})$")
_WHEREVER = re.compile(r"至少|最少|至多|最多")
_LEADING = re.compile(
    r"^(?:[底末初]?之?前|(?:要|应当|应|须|必须|需|分别|各|原则上|一般|按规定|按照要求|按要求|"
    r"的|，|、|且|并|并且)+)+"
)


@dataclass(frozen=True, slots=True)
class _Amount:
    """A number with its unit at text[start:end], read as a bound or not."""

    start: int
    end: int
    value: Decimal
    unit: str
    bounded: bool
    at_most: bool


@dataclass(frozen=True, slots=True)
class _Governing:
    """What the clauses before say for those after: a period (and whether one was said), dates, an event's verb."""

    per: Per | None = None
    said: bool = False
    due: tuple[str, ...] = ()
    yearly: bool = False
    verb: str = ""


def demands(text: str) -> tuple[Target, ...]:
    """Read every quantified demand of a duty's text; a period or date governs the later clauses of its sentence."""
    masked = _mask(text)
    sentences = (sentence.span() for sentence in _SENTENCE.finditer(masked))
    return tuple(target for start, end in sentences for target in _sentence(text[start:end], masked[start:end]))


def _sentence(original: str, text: str) -> list[Target]:
    found: list[Target] = []
    governing = _Governing()
    spans = [clause.span() for clause in _CLAUSE.finditer(text)]
    carried: int | None = None
    for at, (start, end) in enumerate(spans):
        begin = start if carried is None else carried
        carried = None
        amounts = _amounts(text, start, end)
        own = dues(text[begin:end])
        governing = _govern(governing, text[start:end], own)
        if amounts:
            found.extend(_counted(original, text, (begin, end), amounts, governing))
        elif own and found and _PLACED.match(text[begin:end]):
            found[-1] = replace(found[-1], due=governing.due)
        elif _only_when(text[begin:end], own) and at + 1 < len(spans):
            carried = begin
        elif target := _event((original[begin:end], text[begin:end]), own, governing, text[start - 1 : start] in "；;"):
            governing = replace(governing, verb=_verb(text[begin:end]))
            found.append(target)
    return found


def _mask(text: str) -> str:
    """The text in which titles hide their numbers, quotations their stops, and brackets around a number part clauses.

    Its length is that of `text`.
    """
    text = _QUOTED.sub(lambda hit: _STOP.sub("※", hit[0]), text)
    text = _TITLED.sub(lambda hit: "《" + "※" * (len(hit[0]) - 2) + "》", text)
    return _BRACKET.sub(lambda hit: f"，{hit[1]}，" if _COUNTED.search(hit[1]) else hit[0], text)


def _period(clause: str) -> tuple[Per | None, int, int] | None:
    """The first period said in a clause, with its place."""
    hits = [
        (hit.start(), hit.end(), means) for means, pattern in (*_PERIODS, *_SPANS) if (hit := pattern.search(clause))
    ]
    if not hits:
        return None
    start, end, means = min(hits, key=lambda hit: (hit[0], -hit[1]))
    return (None if means == "none" else Per(means)), start, end


def _repeats(clause: str) -> bool:
    """Whether the clause itself says that something recurs (每年, 按月), not only within which year."""
    return any(pattern.search(clause) for _, pattern in _PERIODS)


def _govern(governing: _Governing, clause: str, own: list[Due]) -> _Governing:
    period = _period(clause)
    due = tuple(found.value for found in own)
    if period:
        return _Governing(period[0], said=True, due=due)
    if not due:
        return governing
    yearly = any(found.yearly for found in own)
    if governing.per in {None, Per.YEAR}:
        return replace(governing, due=due, yearly=yearly)
    # a day of the year is no matter of months or quarters: it ends the period said before
    return replace(governing, per=None, said=False, due=due, yearly=yearly)


def _amounts(text: str, start: int, end: int) -> list[_Amount]:
    """The numbers of a clause that demand something."""
    clause = text[start:end]
    if _PENALTY.search(clause) or _TRIGGER.search(text[start : end + 1]):
        return []
    found: list[_Amount] = []
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


def _amount(text: str, floor: int, end: int, hit: re.Match[str]) -> _Amount | None:
    before, behind = text[floor : hit.start()], text[hit.end() : end]
    share = "u" not in hit.groupdict()
    unit = "%" if share else hit["u"]
    value = _share(hit) if share else number(hit["n"])
    if value is None or _NAMED.search(before) or (_LAST.search(before) and hit[0].startswith("一")):
        return None
    most = bool(_MOST_BEFORE.search(before) or _MOST_BEHIND.match(behind))
    least = bool(_LEAST_BEFORE.search(before) or _LEAST_BEHIND.match(behind))
    close = bool(_bound_end(before)) or bool(_LEAST_BEHIND.match(behind))
    amount = _Amount(hit.start(), hit.end(), value, unit, least or most, most and not close)
    fits = _share_counts(before, behind) if share else _counts(text, (floor, end), amount, close)
    return amount if fits else None


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


def _counts(text: str, span: tuple[int, int], amount: _Amount, close: bool) -> bool:
    """Whether a number with a unit is a demand: 2次 is one by itself, 3个 only with a bound or a period beside it."""
    floor, end = span
    before, behind = text[floor : amount.start], text[amount.end : end]
    if _quoted(text, amount.start) or behind.startswith(("性", "又", "都", "不落", "领导责任")):
        return False
    if not amount.bounded and _AT_ONE_GO.match(text, amount.start, end) and _period(before) is None:
        return False
    if amount.unit in _TIME_UNITS and _RELATIVE.match(behind) and not (close or _MOST_BEFORE.search(before)):
        return False
    if "百分点" in amount.unit:
        return False
    if _TIMES.fullmatch(amount.unit):
        return True
    if amount.unit in _AGES and not close:
        return False
    if amount.unit in _TIME_UNITS or amount.bounded:
        return amount.bounded and not behind.startswith(("方面", "环节", "层面", "领域", "维护", "确立"))
    typed = text[amount.start].isascii()
    if typed and len(behind) <= _LONGEST_NOUN and _MAKERS.match(before):
        return True
    return _period(text[floor : amount.end]) is not None and (typed or bool(_TAKERS.search(before)))


def _quoted(text: str, at: int) -> bool:
    opened, closed = text.rfind("“", 0, at), text.rfind("”", 0, at)
    return opened > closed


def _counted(
    original: str, text: str, span: tuple[int, int], amounts: list[_Amount], governing: _Governing
) -> Iterator[Target]:
    """The targets of one clause, cut between its numbers."""
    cuts = [span[0], *(_cut(text, one.end, two.start) for one, two in pairwise(amounts)), span[1]]
    per = governing.per
    for amount, start, stop in zip(amounts, cuts, cuts[1:], strict=False):
        part = text[start:stop]
        period = _period(part)
        per = period[0] if period else per
        said = original[start:stop].strip(" 、（）()")
        kind = TargetKind.RATIO if amount.unit == "%" else TargetKind.COUNT
        activity = _activity(original[start : amount.start], original[amount.end : stop])
        recurs = None if _EVENT.search(part) else per or _once(governing)
        if kind is TargetKind.RATIO and not period and recurs is not Per.YEAR:
            recurs = None  # a share is no matter of weeks or months
        yield Target(said, activity, kind, amount.value, amount.unit, recurs, governing.due, amount.at_most)


def _once(governing: _Governing) -> Per | None:
    """Without a period, a date makes it once; 年底前 and its like once a year."""
    if governing.said or not governing.due:
        return None
    return Per.YEAR if governing.yearly else Per.ONCE


def _cut(text: str, one: int, two: int) -> int:
    """Where to part two numbers of a clause: at the last sign that joins, else right behind the first number."""
    hits = list(_SEPARATOR.finditer(text, one, two))
    if not hits:
        return one
    early = next((hit for hit in hits if hit[0] == "、"), hits[-1])
    return early.end() if early[0] == "、" and len(hits) == 1 else hits[-1].end()


def _only_when(clause: str, own: list[Due]) -> bool:
    """Whether a clause says nothing but when (“七一”前后，每年，): it belongs to the next one."""
    if not own and not _period(clause):
        return False
    rest = _without_when(clause, own)
    return len(rest) <= 1 or (not _EVENTS.search(rest) and len(rest) <= 8)  # noqa: PLR2004 - 各单位, 班子成员


def _without_when(clause: str, own: list[Due]) -> str:
    signs = list(clause)
    for due in own:
        signs[due.start : due.end] = "※" * (due.end - due.start)
    rest = "".join(signs).replace("※", "")
    period = _period(rest)
    if period:
        rest = rest[: period[1]] + rest[period[2] :]
    return rest.strip("和及、与 ，,前")


def _event(said: tuple[str, str], own: list[Due], governing: _Governing, parted: bool) -> Target | None:
    """A recurring event or a date without a number, in a clause `said` as printed and masked.

    A clause `parted` by a semicolon may repeat the verb of the event before it, and then its period too.
    """
    original, clause = said
    if _PENALTY.search(clause) or _TRIGGER.search(clause):
        return None
    follows = parted and bool(governing.verb) and clause.lstrip().startswith(governing.verb)
    if not _EVENTS.search(_without_when(clause, own)) and not (own and not own[0].value.startswith("~06")):
        return None
    if not own and not follows and not _repeats(clause):
        return None
    value, due = Decimal(max(1, len(own))), tuple(found.value for found in own) or (governing.due if follows else ())
    kind = TargetKind.DEADLINE if due or _DAY_OF_MONTH.search(clause) else TargetKind.COUNT
    yearly = Per.YEAR if any(found.yearly for found in own) else Per.ONCE if own else None
    per = governing.per if governing.said else yearly
    return Target(original.strip(" 、"), _doing(_without_when(original, own)), kind, value, None, per, due)


def _doing(rest: str) -> str:
    """What is done, where only the words of time and a subject stood before the comma."""
    before, comma, behind = rest.partition("，")
    return _activity("", behind if comma and behind and not _EVENTS.search(before) else rest)


def _verb(clause: str) -> str:
    hit = _EVENTS.search(clause)
    return hit[0] if hit else ""


def _activity(before: str, behind: str) -> str:
    """The words of the demand without period, bound and number."""
    period = _period(before)
    if period:
        subject, rest = before[: period[1]], before[period[2] :]
        before = rest if _EVENTS.search(rest + behind) else subject + rest
    for found in reversed(dues(before)):
        before = before[: found.start] + before[found.end :]
    before = _WHEREVER.sub("", _BOUND.sub("", _EVENT.sub("", before)))
    behind = re.sub(r"^(?:(?:及|或)?以[上内下])", "", behind)
    joined = re.sub(r"[（(][^（()）]*[）)]|^[，、；\s]+|[，、；\s]+$", "", f"{before}{behind}")
    return _LEADING.sub("", joined).strip(" ，、；：的各")
