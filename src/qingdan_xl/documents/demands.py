"""The reader of quantified demands: clauses, what governs them, and the targets they make (grammar.py is the table)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from qingdan_xl.documents.amounts import CLAUSE_ENDS, TIME_UNITS, Amount, amounts
from qingdan_xl.documents.dates import Due, dues
from qingdan_xl.documents.grammar import TIMES, regex_of
from qingdan_xl.documents.marks import agree
from qingdan_xl.documents.recurrence import months_in, period_in, repeats
from qingdan_xl.documents.words import compact
from qingdan_xl.model import Per, Target, TargetKind

_EVENT = regex_of("event")
_PENALTY, _TRIGGER = regex_of("not", "penalty"), regex_of("not", "trigger")
_AWARD, _BONUS = regex_of("not", "award"), regex_of("not", "bonus")
_SHORTFALL, _CONSEQUENCE = regex_of("not", "shortfall"), regex_of("not", "consequence")
_DAY_OF_MONTH = re.compile(
    r"(?:每月|次月|每季度?[^，。；]{0,4})(?:[0-9０-９一二三四五六七八九十]{1,3}[日号]|[底末])(?:之?前|"
    r"以前)"
)

_DAY_OF_PERIOD = re.compile(
    r"(?:每个?月|次月|每季度?[^，。；]{0,4})[0-9０-９一二三四五六七八九十]{1,3}[日号](?:之?前|以前)"
)

# No clause of a sentence is longer: text without any stop is cut, so that reading stays linear.
_LONGEST_CLAUSE = 240
_LONGEST_DATE = 24
_LONGEST_LABEL = 5
_REPEATING = frozenset(Per) - {Per.YEAR, Per.ONCE, Per.OTHER}
_SENTENCE = re.compile(r"[^。！？!?\n]{1,4000}")
_CLAUSE = re.compile(rf"[^{CLAUSE_ENDS}]{{1,{_LONGEST_CLAUSE}}}")
_QUOTED = re.compile(r"“[^“”\n]{1,60}”")
_STOP = re.compile(r"[，,；;：:。！？!?]")
_TITLED = re.compile(r"《[^》]{0,200}》")
_BRACKET = re.compile(r"[（(]([^（()）]{0,200})[）)]")
_COUNTED = re.compile(rf"[0-9０-９]|[一两二三四五六七八九十半](?:{TIMES})|每[年月季周日天半]")
_SEPARATOR = re.compile(r"[、]|和(?!谐)|及(?!时|以上)|并(?!且)|或")
_KEPT = re.compile(r"保存|留存|保管|存档|有效期")
_LENGTHS = frozenset({"分钟", "小时", "个小时"})
_EVENTS = re.compile(
    r"报告|汇报|述职|述责|召开|听取|检查|考核|考评|研究|开展|组织|举行|举办|进行|制定|制订|"
    r"调研|走访|家访|评议|总结|培训|学习|通报|分析|排查|慰问|"
    r"报送|上报|公示|公开|签订|更新|修订|评估|体检|演练|巡查|巡河|巡检|督查|督导|督促|部署|"
    r"谈话|约谈|审查|审计|听课|讲|征求|参加|测评|清理|清洗|检测|监测|"
    r"维护|保养|统计|整理|填写|填报|记录|盘点|核对|发布|编制|撰写|形成|提交|安排|确定|测量|"
    r"消毒|测试|轮换|研判|会商|调度|抽查|自查|查看|查验|张贴|过|上交|备份|向|备案|印发|下发|审定|审议|"
    r"评选|表彰|核查|巡视|巡护|通气|座谈|宣讲|点评|述学|讨论|商议|交办|接访|下访|约见|回访|随访|核算|结算|"
    r"上好|授课|汇总|梳理|报(?![纸刊社名销酬警考废价道复批])|升国旗|升旗|发放|缴纳|开放|打扫|清扫|通风|晨检|午检|"
    r"上传|推送|刊发|收缴|征收|清查|整顿|研学|参观|观摩|分享|评审|论证|试点|检修|维修|验收|"
    r"帮扶|对账|盘库|换证|轮训|演习|清点|校验|校准|年检|复核|复查|摸底|普查|巡诊|查房|交叉检|互查|互评|考试|比武|竞赛|"
    r"排演|集训|复训|集中学|自学|研讨|交流|公布|通知|反馈|会诊|例会|督办|核实|登记|报备|报批|送检|送审"
)
# 一般安排在年底 dates the demand before it.
_PLACED = re.compile(r"\s*(?:原则上|一般|通常|集中)*(?:安排|集中|放|定|时间为|时间)在?")
# 3月和9月各组织一次 is twice
_RESPECTIVELY = re.compile(r"各|分别")
_BOUND = re.compile(rf"(?:{regex_of('at-least', 'before').pattern}|{regex_of('at-most', 'before').pattern})$")
_ABOUT_JUNE = re.compile(r"~(?:[0-9]{4}-)?06")  # 年中 beside no event is a name
# 整改时限：2026年6月30日 is by that day, though no 前 stands behind it
_LABEL = re.compile(r"(?:时限|期限|(?:完成|整改|办结)时间)[：:]$")
_DONE = re.compile(r"完成|整改|实现|达到|达标|建成|落实|到位")
_LEAST = regex_of("at-least", "before")
_WHEREVER = re.compile(r"至少|最少|至多|最多")
_LEADING = re.compile(
    r"^(?:[底末初]?之?前|(?:要|应当|应|须|必须|需|分别|各|原则上|一般|按规定|按照要求|按要求|"
    r"的|，|、|且|并|并且)+)+"
)


@dataclass(frozen=True, slots=True)
class _Governing:
    """What the clauses before say for those after: a period (and whether one was said), dates, an event's verb.

    `months` are those in which the period repeats; `leading` where they stand before it in a clause of their own.
    """

    per: Per | None = None
    said: bool = False
    due: tuple[str, ...] = ()
    yearly: bool = False
    verb: str = ""
    months: tuple[int, int] | None = None
    leading: bool = False

    def within(self, per: Per | None) -> tuple[int, int] | None:
        """The months in which a demand of this period repeats."""
        return self.months if per in _REPEATING else None


def demands(text: str) -> tuple[Target, ...]:
    """Read every quantified demand of a duty's text; a period or date governs the later clauses of its sentence."""
    text = compact(text)
    masked = _mask(text)
    sentences = [sentence.span() for sentence in _SENTENCE.finditer(masked)]
    cells = [span for span in sentences if "\n" in text and _is_date_cell(text, *span)]
    said = sorted(set(sentences) - set(cells))
    found = [target for start, end in said for target in _sentence(text[start:end], masked[start:end])]
    for span in cells:
        found = _dated(found, text[slice(*span)].strip())
    return tuple(_without_bare_dates(list(_without_conditions(found))))


def day_of_period(text: str) -> str:
    """The day of each period that a demand names (每季度次月10日前, 每月5日前), no date of the year; '' for none."""
    hit = _DAY_OF_PERIOD.search(text)
    return hit[0] if hit else ""


def _is_date_cell(text: str, start: int, end: int) -> bool:
    """Whether a cell (a line of the text) says nothing but by when: 10月底前, 12月20日前完成."""
    said = text[start:end].strip()
    around = {text[max(0, start - 1) : start], text[end : end + 1]}
    if len(said) > _LONGEST_DATE or not around <= {"", "\n"}:
        return False
    own = dues(said)
    return bool(own) and period_in(said) is None and len(_DONE.sub("", _without_when(said, own))) <= 1


def _dated(found: list[Target], cell: str) -> list[Target]:
    """The demands of a row with the date of its own cell: that of its counts, else a deadline for what the row says."""
    due = tuple(one.value for one in dues(cell))
    recurs = Per.YEAR if any(one.yearly for one in dues(cell)) else Per.ONCE
    free = [one for one in found if not one.due and one.per in {None, Per.ONCE, Per.YEAR}]
    if free:
        return [replace(one, due=due, per=one.per or recurs) if one in free else one for one in found]
    if any(_names_all(one, due) for one in found):
        return found
    return [*found, Target(cell, "", TargetKind.DEADLINE, Decimal(max(1, len(due))), None, recurs, due)]


def _names_all(target: Target, due: Sequence[str]) -> bool:
    return all(any(agree(mark, own) for own in target.due) for mark in due)


def _without_bare_dates(found: Sequence[Target]) -> Iterator[Target]:
    """The demands but the dates of nothing (整改时限：2026年6月底) that another demand of the text names already."""
    for at, one in enumerate(found):
        is_bare = one.kind is TargetKind.DEADLINE and one.due and not one.activity
        others = (other for place, other in enumerate(found) if other.activity or place < at)
        if not (is_bare and any(_names_all(other, one.due) for other in others)):
            yield one


def _without_conditions(found: Sequence[Target]) -> Iterator[Target]:
    """The demands but the conditions of awards: a number demanded before, and once for so many points each time."""
    said: set[tuple[Decimal | None, str | None]] = set()
    for one in found:
        each = one.number == 1 and one.per in {None, Per.ONCE} and not _LEAST.search(one.text)
        if not (_AWARD.search(one.text) and (each or (one.number, one.unit) in said)):
            yield one
        said.add((one.number, one.unit))


def _sentence(original: str, text: str) -> list[Target]:
    found: list[Target] = []
    governing = _Governing()
    text, months = months_in(text)
    spans = [clause.span() for clause in _CLAUSE.finditer(text)]
    carried: int | None = None
    awarded = False
    for at, (start, end) in enumerate(spans):
        begin = start if carried is None else carried
        carried = None
        # 达到90%得15分，80%得10分: the first award tells what is demanded, the others what is less
        again, awarded = awarded, awarded or bool(_AWARD.search(text, start, end))
        less = again and _AWARD.search(text, start, end)
        nothing = _demands_nothing(text, start, end)
        numbers = [] if less or nothing else amounts(text, start, end)
        own = dues(text[begin:end]) or _labelled(text, start, end)
        span = next((said for place, said in months.items() if begin <= place < end), None)
        governing = _govern(governing, text[start:end], own, span)
        if numbers:
            found.extend(_counted(original, text, (begin, end), numbers, governing))
        elif own and found and _PLACED.match(text[begin:end]):
            found[-1] = replace(found[-1], due=governing.due)
        elif _only_when(text[begin:end], own) and _leads_on(text, end, spans[at + 1 : at + 2]):
            carried = begin
        elif nothing:
            continue
        elif target := _event((original[begin:end], text[begin:end]), own, governing, text[start - 1 : start] in "；;"):
            governing = replace(governing, verb=_verb(text[begin:end]))
            found.append(target)
    return found


def _labelled(text: str, start: int, end: int) -> list[Due]:
    """The date of a clause that is nothing but one, behind 时限 and its colon."""
    own = dues(f"{text[start:end]}前") if _LABEL.search(text, max(0, start - _LONGEST_LABEL), start) else []
    whole = [replace(due, end=end - start) for due in own if due.start == 0 and due.end == end - start + 1]
    return whole if len(own) == 1 else []


def _demands_nothing(text: str, start: int, end: int) -> bool:
    """Whether a clause tells of a penalty, of what triggers one, or of points on top for what nobody must do."""
    if _BONUS.search(text, start, end) and not _LEAST.search(text, start, end):
        return True
    if text[end : end + 1] in {"，", ","} and _SHORTFALL.search(text, start, end) and _CONSEQUENCE.match(text, end + 1):
        return True
    return bool(_PENALTY.search(text, start, end) or _TRIGGER.search(text[start : end + 1]))


def _mask(text: str) -> str:
    """The text in which titles hide their numbers, quotations their stops, and brackets around a number part clauses.

    Its length is that of `text`.
    """
    text = _QUOTED.sub(lambda hit: _STOP.sub("※", hit[0]), text)
    text = _TITLED.sub(lambda hit: "《" + "※" * (len(hit[0]) - 2) + "》", text)
    return _BRACKET.sub(lambda hit: f"，{hit[1]}，" if _COUNTED.search(hit[1]) else hit[0], text)


def _govern(governing: _Governing, clause: str, own: list[Due], months: tuple[int, int] | None) -> _Governing:
    period = period_in(clause)
    due = tuple(found.value for found in own)
    if period:
        return _Governing(
            period[0], said=True, due=due, months=months or (governing.months if governing.leading else None)
        )
    if months:
        return replace(governing, months=months, leading=True)
    if not due:
        return governing
    yearly = any(found.yearly for found in own)
    if governing.per in {None, Per.YEAR, Per.OTHER}:
        return replace(governing, due=due, yearly=yearly)
    # a day of the year is no matter of months or quarters: it ends the period said before
    return replace(governing, per=None, said=False, due=due, yearly=yearly)


def _counted(
    original: str, text: str, span: tuple[int, int], numbers: list[Amount], governing: _Governing
) -> Iterator[Target]:
    """The targets of one clause, cut between its numbers."""
    cuts = [span[0], *(_cut(text, one.end, two.start) for one, two in pairwise(numbers)), span[1]]
    per = governing.per
    for amount, start, stop in zip(numbers, cuts, cuts[1:], strict=False):
        part = text[start:stop]
        period = period_in(part)
        per = period[0] if period else per
        said = original[start:stop].strip(" 、（）()")
        kind = TargetKind.RATIO if amount.unit in {"%", "‰"} else TargetKind.COUNT
        activity = _activity(original[start : amount.start], original[amount.end : stop])
        recurs = None if _EVENT.search(part) else per or _once(governing)
        if not period and _is_no_rate(kind, recurs, amount, part):
            recurs = None
        times = len(governing.due) if _RESPECTIVELY.search(part) and len(dues(text[slice(*span)])) > 1 else 1
        yield Target(
            said,
            activity,
            kind,
            amount.value * times,
            amount.unit,
            recurs,
            governing.due,
            amount.at_most,
            months=governing.within(recurs),
        )


def _is_no_rate(kind: TargetKind, recurs: Per | None, amount: Amount, part: str) -> bool:
    """A share is no matter of weeks or months, nor is how long or how much each time takes."""
    if kind is TargetKind.RATIO:
        return recurs is not Per.YEAR
    if amount.unit in TIME_UNITS and _KEPT.search(part):
        return True
    return amount.unit in _LENGTHS and ("时间" in part or "时长" in part)


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
    if not own and not period_in(clause):
        return False
    rest = _without_when(clause, own)
    return len(rest) <= 1 or (not _EVENTS.search(rest) and not _DONE.search(rest) and len(rest) <= 8)  # noqa: PLR2004 - 各单位, 班子成员


def _leads_on(text: str, end: int, following: Sequence[tuple[int, int]]) -> bool:
    """Whether words of time before text[end] belong to the next clause: it is near and says no period itself."""
    return bool(following) and text[end] not in "；;" and not period_in(text[slice(*following[0])])


def _without_when(clause: str, own: list[Due]) -> str:
    signs = list(clause)
    for due in own:
        signs[due.start : due.end] = "※" * (due.end - due.start)
    rest = "".join(signs).replace("※", "")
    period = period_in(rest)
    if period:
        rest = rest[: period[1]] + rest[period[2] :]
    return rest.strip("和及、与 ，,前")


def _event(said: tuple[str, str], own: list[Due], governing: _Governing, parted: bool) -> Target | None:
    """A recurring event or a date without a number, in a clause `said` as printed and masked.

    A clause `parted` by a semicolon may repeat the verb of the event before it, and then its period too.
    """
    original, clause = said
    follows = parted and bool(governing.verb) and clause.lstrip().startswith(governing.verb)
    if not _EVENTS.search(_without_when(clause, own)) and not (own and not _ABOUT_JUNE.match(own[0].value)):
        return None
    if not own and not follows and not repeats(clause):
        return None
    value, due = Decimal(max(1, len(own))), tuple(found.value for found in own) or (governing.due if follows else ())
    kind = TargetKind.DEADLINE if due or _DAY_OF_MONTH.search(clause) else TargetKind.COUNT
    yearly = Per.YEAR if any(found.yearly for found in own) else Per.ONCE if own else None
    per = governing.per if governing.said else yearly
    doing = _doing(_without_when(original, own))
    return Target(original.strip(" 、"), doing, kind, value, None, per, due, months=governing.within(per))


def _doing(rest: str) -> str:
    """What is done, where only the words of time and a subject stood before the comma."""
    before, comma, behind = rest.partition("，")
    return _activity("", behind if comma and behind and not _EVENTS.search(before) else rest)


def _verb(clause: str) -> str:
    hit = _EVENTS.search(clause)
    return hit[0] if hit else ""


def _activity(before: str, behind: str) -> str:
    """The words of the demand without period, bound and number."""
    period = period_in(before)
    if period:
        subject, rest = before[: period[1]], before[period[2] :]
        before = rest if _EVENTS.search(rest + behind) else subject + rest
    for found in reversed(dues(before)):
        before = before[: found.start] + before[found.end :]
    before = _WHEREVER.sub("", _BOUND.sub("", _EVENT.sub("", before)))
    behind = re.sub(r"^(?:(?:及|或)?以[上内下])", "", behind)
    joined = re.sub(r"[（(][^（()）]*[）)]|^[，、；\s]+|[，、；\s]+$", "", f"{before}{behind}")
    return _LEADING.sub("", joined).strip(" ，、；：的各")
