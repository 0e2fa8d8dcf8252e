"""Scoring rules said in a duty's text: what is deducted or awarded, per what, and whether down to nothing."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from qingdan_xl.documents.numerals import number
from qingdan_xl.documents.points import HEAD_SCORE, parts_of
from qingdan_xl.documents.words import compact
from qingdan_xl.model import Rule, RuleKind

_DIGITS = r"[0-9０-９]+(?:[.．。][0-9０-９]+)?"
_TO = r"\s*(?:分)?\s*[-—－–~～至到]\s*"
# 扣1分管理费, 得1分类号: 分 is not always points.
_SIGN = (
    r"分(?!钟|管|析|别|类|级|批|布|配|工(?!作)|组|解|享|担|流|片|区|段|期|步|层|局|公司|支|会场|校区|店|院|馆|行|之|数|"
    r"值|包|厂|所|站)"
)
_POINTS = rf"(?P<n>{_DIGITS}|[一二两三四五六七八九十]+|半)(?:{_TO}(?P<to>{_DIGITS}))?\s*{_SIGN}"
_UNIT = (
    r"个百分点|百分点|个工作日|个月|个小时|课时|学时|小时|人次|件次|家次|户次|车次|批次|分钟|次|项|例|个|人|件|起|篇|份|处|条|"
    r"天|日|户|家|期|名|场|宗|批|张|台|本|块|所|支|只|辆|笔|门|页|幅|间|栋|套|组|座|根|盏|具|瓶|节|堂|轮|元|万元|吨|亩|"
    r"字|级|档|位|步|度|点|项次|单位|部门|科室|村|校|班|店|点位|单|周|卷|册|学期|%|％"
)
_BEHIND = rf"(?:\s*[/／]\s*(?:每)?(?P<b>{_UNIT}))?"
_DEDUCT = re.compile(
    r"(?:酌情|相应|直接|一次性|各|再|分别|倒|逐次|依次)?(?<!不)(?:扣除|扣减|扣罚|扣|减)(?:除)?(?!分|完|至|全)"
    rf"[一-龥]{{0,8}}?\s*{_POINTS}{_BEHIND}"
)
_BONUS = re.compile(rf"(?:酌情|各|再|分别|另|额外|奖励)?(?<!不)(?:加分?|奖励?)\s*{_POINTS}{_BEHIND}")
_AWARD = re.compile(
    rf"(?:各|可|分别)?(?:得|计|记|赋|给|评)\s*{_POINTS}{_BEHIND}"
    rf"|(?<=的)[，,]?\s*(?P<n3>{_DIGITS})\s*{_SIGN}(?=[，；。;、\s]|$)"
)
_EACH_PART = re.compile(rf"[（(]\s*每(?P<b>{_UNIT})\s*(?P<n>{_DIGITS})\s*分\s*[）)]")
_NEXT = re.compile(
    rf"(?:[（(][^（()）]{{1,10}}[）)])?\s*[、/]\s*(?P<n>{_DIGITS})\s*{_SIGN}(?:[（(][^（()）]{{1,10}}[）)])?"
)
# 最多扣10分, 最高加5分: a limit of the rule before.
_LIMIT = re.compile(r"(?:最多|最高|至多|上限|不超过|不得超过|限|封顶|合计|累计)(?:可|只|为|再|共)?$")
_CAP = re.compile(
    rf"(?:最多|最高|至多|上限为?|不超过|不得超过|限)(?:可|只|再)?(?:扣|加|得|计)?(?:分)?\s*(?P<n>{_DIGITS})\s*{_SIGN}"
)
_SHARE = re.compile(
    r"(?:按|以|根据)[^，。；]{0,16}(?:比例|百分比|占比|[一-龥](?<!得票)率)[^，。；]{0,8}(?:得分|计分|给分|赋分|评分|"
    r"折算|扣分|计算)|按[^，。；]{2,12}[×xX*]\s*[0-9]+[^，。；]{0,3}[计得折]分|得分\s*[=＝]\s*[^，。；]{2,40}"
)
_VETO = re.compile(
    r"(?:此项|本项|该项|全项|整项)?(?:均|一律)?(?:不[得给计记]分|不予计分|(?:得|计|记|为)\s*[0０零]\s*分|(?<!直至)(?<!直到)扣完(?=[，,。；;\s]|$)|"
    r"扣(?:除|完|光|去)?(?:该项|本项|此项)?(?:全部?|所有)(?:得?分值?|得分)|(?<!不)全扣|扣除?该项全部)|一票否[决优]|取消[^，。；]{0,10}(?:资格|评优)|直接(?:定为|评为|确定为)不合格"
)
_EACH = re.compile(
    r"每(?!年|半年|季|月|周|日|天|学[期年]|班(?!$)|旬)(?:少|缺|漏|迟|逾期|超期|超|低|高|差|下降|降低|"
    r"提高|增加|上升|发现|发生|有|出现|发|起|未|被|查实|查处|通报|再|多|延迟|缺席|缺失|迟报)?[^，"
    rf"。；]{{0,16}}?(?:[一1１][\s]*)?(?P<u>{_UNIT})"
)
# 每升高1扣0.5分: each of something without a name
_EACH_ANY = re.compile(r"每(?!年|半年|季|月|周|日|天|学[期年]|班|旬)[^，。；]{1,12}$")
_EACH_DAY = re.compile(r"每(?P<u>天|日|月|周|年|季度|学期)$")
_ONE_EACH = re.compile(rf"(?:一|1|１)\s*(?P<u>{_UNIT})(?:的)?[，,]?$|(?:各|分别)$")
_ONE_FAULT = re.compile(
    rf"(?:有|发现|发生|出现|缺少?|少|漏|逾期|迟到?|未[一-龥]{{0,6}}|^)\s*(?:一|1|１)\s*(?P<u>{_UNIT})(?=未|不|没|存在|违|缺|超|的|$|[^，。；]{{0,12}}$)"
)
# 分别加5、3、1分: one score after the other, the sign behind the last
_SERIES = re.compile(rf"(?P<verb>扣|加|奖励?|得|计|记)\s*(?P<s>{_DIGITS}(?:\s*分?\s*[、/]\s*{_DIGITS})+)\s*{_SIGN}")
_EACH_SCORE = re.compile(rf"每(?P<b>{_UNIT})(?:可|各)?\s*(?P<n>{_DIGITS})\s*{_SIGN}(?=[，,；;。、\s）)]|$)")
# What is assessed four times at 25 points each is no rule: 每季度考核一次，每次25分.
_ASSESSED = re.compile(r"(?:考[核评]|测评|评[分价议]|打分|抽查|检查)[^。；]{0,12}[，,、（(]\s*$")
_BARE = re.compile(
    rf"(?<=[一-龥）)”\"、，,：: ])(?P<e>各)?\s*(?P<n>{_DIGITS})(?:{_TO}(?P<to>{_DIGITS}))?"
    rf"\s*{_SIGN}(?=[，,；;。、\s）)]|$)"
)
_NO_AWARD = re.compile(
    r"(?:分值?|满|[共总合小累]计|[低高少多大小]于|达到?|不足|超过|占|为|均|最[高低多少]|至多|至少|上限|到|折算?|"
    r"[本该此]项|全年|每年|年度|全月|季度|得|扣|加|减|[-—－～~至≥≤<>＜＞=＝])\s*[:：为]?\s*$"
)
_SCORED = (_DEDUCT, _BONUS, _AWARD, _SERIES, _EACH_PART, _EACH_SCORE, _CAP)
_WHOLE = re.compile(r"总分|百分制|满分\s*100|其中")
_HIGHEST_BARE = 60  # 优秀90分 is a band, no award
_FEWEST_BARE = 2
_HEADING = re.compile(r"\s*(?:实行)?[“\"]?一票否[决优][”\"]?(?:制度?|事项|情形|项目?)?\s*[:：]?\s*")
# 落实“一票否决”制度: the duty is to have it
_SYSTEM = re.compile(r"(?:严格|落实|执行|坚持|建立|健全|完善)[“\"]?$")
_CASE = re.compile(r"的[，,]|发生|出现|凡")
_SAME_VETO = re.compile(
    r"[”\"]?(?:制)?[，,、]?(?:并|且|同时|直接|予以|给予|实行|年度|单位|当年|其|的|该|一律|均|和|考核|等次|结果|[，,、])*"
)
_FLOOR = re.compile(r"扣完(?:[^，。；]{0,8})为止|扣至[0０零]分|直至扣完|扣完本项|不扣负分|不计负分|扣完该项|以扣完")
_STOPS = "。；;！？\n"
_STOP = re.compile(f"[{_STOPS}]")
_SENTENCE = re.compile(rf"(?:[^{_STOPS}]|(?<=[0-9])。(?=[0-9])){{1,400}}")
_SCORES = re.compile(r"分|一票否[决优]|取消|不合格|扣")
_LONGEST_RULE = 200
_FLOOR_AHEAD, _LIMIT_BEFORE = 8, 8
_SOFT_STOPS = "，,：:（(）)、"
_NO_CONDITION = re.compile(
    rf"(?:各|则|再|每(?:{_UNIT})|一次性?|酌情|分别|均|直接|予以|给予|本项|该项|此项|可|"
    r"的|\s)*"
)


def rules(text: str) -> tuple[Rule, ...]:
    """Read every award and deduction of a duty's text, in order; the score of the item itself is no rule."""
    text = compact(text)
    if not _SCORES.search(text):
        return ()
    spans = [sentence.span() for sentence in _SENTENCE.finditer(text)]
    found = [pair for start, end in spans for pair in _capped(text, end, list(_in_sentence(text, start, end)))]
    found.extend(_bare(text, sorted(found, key=_place)))
    parts = parts_of(text)
    found.extend((hit.start(), Rule(_said(text, hit), RuleKind.AWARD, number(hit["n"]))) for hit in parts)
    return tuple(rule for _, rule in sorted(found, key=_place))


def _place(pair: tuple[int, Rule]) -> int:
    return pair[0]


def _in_sentence(text: str, begin: int, end: int) -> Iterator[tuple[int, Rule]]:
    """The rules of the sentence text[begin:end], each with its place."""
    floors = [hit.start() for hit in _FLOOR.finditer(text, begin, min(len(text), end + _FLOOR_AHEAD))]
    taken: list[tuple[int, int]] = []
    for pattern, kind in ((_DEDUCT, RuleKind.DEDUCT), (_BONUS, RuleKind.BONUS), (_AWARD, RuleKind.AWARD)):
        for hit in pattern.finditer(text, begin, end):
            if any(start < hit.end() and hit.start() < stop for start, stop in taken):
                continue
            taken.append(hit.span())
            if not _LIMIT.search(text, max(begin, hit.start() - _LIMIT_BEFORE), hit.start()) and _value(hit):
                floor = any(hit.end() <= at <= end + 1 for at in floors)
                yield from _scored(text, hit, kind, floor)
    yield from _part_scores(text, begin, end)
    for hit in _SHARE.finditer(text, begin, end):
        yield hit.start(), Rule(_said(text, hit), RuleKind.PROPORTIONAL)
    yield from ((hit.start(), Rule(_said(text, hit), RuleKind.VETO)) for hit in _vetoes(text, begin, end))


def _part_scores(text: str, begin: int, end: int) -> Iterator[tuple[int, Rule]]:
    """Scores of parts, of each of many things, and one after the other: （每项2分）, 每件1分, 分别加5、3、1分."""
    for hit in _EACH_PART.finditer(text, begin, end):
        yield hit.start(), Rule(_said(text, hit), RuleKind.AWARD, number(hit["n"]), hit["b"])
    for hit in _SERIES.finditer(text, begin, end):
        if "分" not in hit["s"]:
            yield from _series(text, hit)
    for hit in _EACH_SCORE.finditer(text, begin, end):
        if text[hit.start() - 1] not in "（(" and not _ASSESSED.search(text[begin : hit.start()]):
            yield hit.start(), Rule(_said(text, hit), RuleKind.AWARD, number(hit["n"]), hit["b"])


def _series(text: str, hit: re.Match[str]) -> Iterator[tuple[int, Rule]]:
    """The rules of several scores with one verb before them and one sign behind them."""
    kind = {"扣": RuleKind.DEDUCT, "加": RuleKind.BONUS, "奖": RuleKind.BONUS}.get(hit["verb"][0], RuleKind.AWARD)
    for score in re.finditer(_DIGITS, hit["s"]):
        yield hit.start("s") + score.start(), Rule(_said(text, hit), kind, number(score[0]))


def _vetoes(text: str, begin: int, end: int) -> Iterator[re.Match[str]]:
    """What takes all points of a sentence: no heading, and said in two ways (一票否决，取消评优资格) it counts once."""
    if _HEADING.fullmatch(text, begin, end):
        return
    stop: int | None = None
    for hit in _VETO.finditer(text, begin, end):
        if _SYSTEM.search(text, begin, hit.start()) and not _CASE.search(text, begin, hit.start()):
            continue
        if stop is None or not _SAME_VETO.fullmatch(text, stop, hit.start()):
            yield hit
        stop = hit.end()


def _bare(text: str, found: Sequence[tuple[int, Rule]]) -> Iterator[tuple[int, Rule]]:
    """Scores that stand behind what they are given for, without a verb: 有预案2分，有演练3分; 国家级加3分，省级2分.

    Behind a rule of the same sentence they are of its kind; else they are awards, if there are several.
    """
    head = HEAD_SCORE.match(text)
    hits = [hit for hit in _BARE.finditer(text, head.end() if head else 0) if _is_award(text, hit)]
    scored = (hit for pattern in _SCORED for hit in pattern.finditer(text)) if hits else ()
    taken = {at for hit in scored for start, end in _spans(text, hit) for at in range(start, end)}
    free = [hit for hit in hits if hit.end() - 1 not in taken]
    several = len(free) >= _FEWEST_BARE
    places = [at for at, _ in found]
    for hit in free:
        at = bisect_left(places, hit.start()) - 1
        if at >= 0 and found[at][1].points is not None and not _STOP.search(text, places[at], hit.start()):
            yield hit.start(), _like(found[at][1], _said(text, hit), hit)
        elif several or hit["e"]:
            yield hit.start(), replace(_rule(_said(text, hit), hit, RuleKind.AWARD, floor=False), per=None)


def _like(before: Rule, said: str, hit: re.Match[str]) -> Rule:
    """The rule of a score without a verb, of the kind of the one before it in the sentence."""
    kind = RuleKind.DEDUCT if before.kind is RuleKind.DEDUCT_EACH else before.kind
    own = replace(_rule(said, hit, kind, before.floor), cap=before.cap)
    return own if own.per else replace(own, kind=before.kind, per=before.per)


def _is_award(text: str, hit: re.Match[str]) -> bool:
    points = number(hit["n"])
    before = text[max(0, hit.start() - _LIMIT_BEFORE) : hit.start()]
    least = max(0, hit.start() - _LONGEST_RULE)
    sentence = max(least - 1, *(text.rfind(stop, least, hit.start()) for stop in _STOPS)) + 1
    if points is None or not 0 < points < _HIGHEST_BARE or _WHOLE.search(text, sentence, hit.start()):
        return False
    return not _NO_AWARD.search(before)


def _spans(text: str, hit: re.Match[str]) -> list[tuple[int, int]]:
    """The places of one score and of those that follow it."""
    return [hit.span(), *(other.span() for other in _further(text, hit.end()))]


def _scored(text: str, hit: re.Match[str], kind: RuleKind, floor: bool) -> Iterator[tuple[int, Rule]]:
    """The rule of one score, and those of the scores that follow it."""
    rule = _rule(text[_start(text, hit.start()) : hit.end()], hit, kind, floor)
    further = _further(text, hit.end())
    if further and rule.per is None and hit[0].startswith("分别"):
        rule = replace(rule, kind=kind)  # each fault its own points, not each of them the same
    yield hit.start(), rule
    for other in further:
        said = text[_start(text, hit.start()) : other.end()].strip(" ，、")
        yield other.start(), replace(rule, text=said, points=number(other["n"]))


def _further(text: str, at: int) -> list[re.Match[str]]:
    """The scores that follow the first with no word between: 分别扣1分、2分、5分; 加3分（国家级）、2分（省级）."""
    found = []
    while hit := _NEXT.match(text, at):
        found.append(hit)
        at = hit.end()
    return found


def _rule(said: str, hit: re.Match[str], kind: RuleKind, floor: bool) -> Rule:
    each = hit.groupdict().get("b") or _unit(said, hit, kind)
    if kind is RuleKind.DEDUCT and each is not None:
        kind = RuleKind.DEDUCT_EACH
    ends = _ends(hit)
    low = ends[0] if len(ends) > 1 else None
    return Rule(said.strip(" ，、"), kind, _value(hit), each or None, floor and kind is not RuleKind.AWARD, low)


def _value(hit: re.Match[str]) -> Decimal | None:
    """The points of a rule, the higher end of a judgement range."""
    return max(_ends(hit), default=None)


def _ends(hit: re.Match[str]) -> list[Decimal]:
    """The points said, of a judgement range both ends, the lower first (3－1分 too)."""
    groups = hit.groupdict()
    read = [number(token) for key in ("n", "to", "n3") if (token := groups.get(key))]
    return sorted(value for value in read if value is not None)


def _capped(text: str, end: int, found: list[tuple[int, Rule]]) -> Iterator[tuple[int, Rule]]:
    """The rules of a sentence with the limit that is said behind them: 每次扣2分，最多扣10分; 累计不超过5分."""
    for at, rule in found:
        limit = _CAP.search(text, at, end) if rule.points is not None else None
        read = number(limit["n"]) if limit else None
        yield at, replace(rule, cap=read) if read is not None and read >= (rule.points or 0) else rule


def _unit(said: str, hit: re.Match[str], kind: RuleKind) -> str | None:
    """What the points are given for each of; '' where only 各 says so, None where nothing does."""
    before = said[: len(said) - len(hit[0])]
    if found := list(_EACH.finditer(before)):
        return found[-1]["u"]
    if found_day := _EACH_DAY.search(before):
        return found_day["u"]
    if kind is RuleKind.DEDUCT and (found_one := _ONE_EACH.search(before) or _ONE_FAULT.search(before)):
        return found_one.groupdict()["u"] or ""
    each = hit[0].startswith(("各", "分别")) or (kind is RuleKind.DEDUCT and _EACH_ANY.search(before))
    return "" if each else None


def _said(text: str, hit: re.Match[str]) -> str:
    return text[_start(text, hit.start()) : hit.end()].strip(" ，、")


def _start(text: str, at: int) -> int:
    """Where the clause begins that a rule at `at` ends: the condition may stand one comma before."""
    least = max(0, at - _LONGEST_RULE)
    hard = max(least - 1, *(text.rfind(stop, least, at) for stop in _STOPS)) + 1
    soft = max((text.rfind(stop, hard, at) for stop in _SOFT_STOPS), default=-1) + 1
    if soft <= hard:
        return hard
    if not _NO_CONDITION.fullmatch(text[soft:at]):
        return soft
    return max(hard, max(text.rfind(stop, hard, soft - 1) for stop in _SOFT_STOPS) + 1)
