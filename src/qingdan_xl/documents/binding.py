"""What each open count of a report is proposed to count; what the text limits otherwise is left to people, with why."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from qingdan_xl.documents.categories import COUNTABLE
from qingdan_xl.documents.limits import Said, limit_of, speaks_of_person
from qingdan_xl.documents.metrics import PLACE_SIGN, metric_id, open_spans
from qingdan_xl.documents.spans import months_said, without_months
from qingdan_xl.model import Metric, Whose
from qingdan_xl.sheets.choices import categorise

ATTENDING = "参加、列席、出席"
_NAMED = re.compile(r"[“《]")
_STOP = re.compile(r"[，,：:（(、；;]")
_CLAUSE = re.compile(r"[^，,：:（(、；;]*[，,：:（(、；;]|[^，,：:（(、；;]+")
# stretches of the year that are told together: 一、二季度
_SEVERAL = re.compile(r"(第?[一二三四1-4](?:季度)?|[0-9]+月?|[上下]半年)、(?=第?[一二三四1-4]季度|[0-9]+月|[上下]半年)")
_DONE = re.compile(r"\d\s*[次场期个]")
_WHOLE_YEAR = (1, 12)
# what says no more than that it was done, by whom the report is, or in the year that it is about
_PLAIN = re.compile(
    r"开展|召开|组织|举办|主持|举行|进行|实施|安排|讲授|讲(?=了?党?课)|上(?=了?党?课)|作了?|做了?|其中|共计?|累计|合计|总计|先后|全年|年内|"
    r"今年以来|一年来|年初以来|今年|本年度?|\d{4}年度?|各类|各种|已|并|了|的|还|认真|积极|扎实|坚持|定期|及时|按期|按时|"
    r"带头|亲自|带队|牵头|领学|书记本人|本人|我[镇局县市区乡校院委省村厅处办站所队厂]|我(?:单位|公司)|我|党员干部|干部职工|全体|广大|活动|工作|等"
)
# other words for a whole category
_SAME = {
    "谈话": ("谈心谈话", "谈心"),
    "学习": ("理论学习", "政治学习", "集体学习", "集中学习"),
    "培训": ("培训班",),
    "检查": ("监督检查",),
}
_MEETING = "会议"
_LONGEST_TOPIC = 10
# what a topic may be: a word of its own, and none that says to whom, with whom or how
_TOPIC = re.compile(rf"会|(?![向对与和同给为在从被让把按]|推动|利用|通过|结合|们).{{2,{_LONGEST_TOPIC}}}")


@dataclass(frozen=True, slots=True)
class Telling:
    """What a report is: its title and year, whether one person writes it, and the categories of its office."""

    title: str
    year: int | None
    personal: bool
    categories: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Found:
    """An open count, and the title of the section that it stands in."""

    metric: Metric
    section: str = ""


def bound(found: Sequence[Found], telling: Telling) -> tuple[Metric, ...]:
    """Each count with its id and what it is proposed to count; people check it.

    Nothing is proposed, and why is noted, for what is not counted in times, what the text calls by a name of its own
    (开展“…”活动), what it limits in a way that no log can tell, and for several that would count the same.
    """
    proposed = [_proposal(each, telling) for each in found]
    keys = [_key(each) for each in proposed]
    made = []
    for number, (each, key) in enumerate(zip(proposed, keys, strict=True), 1):
        others = [other for at, other in enumerate(keys, 1) if at != number and other[0] == key[0] != ("", None, None)]
        rivals = [topic for _, topic in others if not topic or not key[1] or topic == key[1]]
        clash = bool(rivals) and (not key[1] or key[1] in rivals)
        plain = replace(each, category="", topic="", without="", note="文中有几处都像这一类，分不清") if clash else each
        made.append(replace(plain, id=metric_id(number)))
    return tuple(made)


def inherited_metrics(metrics: Sequence[Metric], earlier: Sequence[Metric]) -> tuple[Metric, ...]:
    """The counts, each as a person agreed to count it in the earlier list where it stands in the same words."""
    left = [metric for metric in earlier if metric.checked]
    made = []
    for metric in metrics:
        own = next((old for old in left if (old.text, old.sentence) == (metric.text, metric.sentence)), None)
        if own:
            left.remove(own)
            metric = replace(own, id=metric.id, line=metric.line, note=metric.note)  # noqa: PLW2901 - the same one, decided
        made.append(metric)
    return tuple(made)


def _key(metric: Metric) -> tuple[tuple[str, tuple[int, int] | None, Whose | None], str]:
    """What a count counts, and with which topic."""
    if not metric.category:
        return ("", None, None), ""
    return (metric.category, metric.months, metric.whose), metric.topic


def _proposal(found: Found, telling: Telling) -> Metric:
    said = _said(found, telling)
    unit = Whose.UNIT if telling.personal else None
    metric = replace(found.metric, whose=Whose.PERSON if speaks_of_person(said) else unit)
    if metric.unit not in COUNTABLE:
        return replace(metric, note="不按次数计，工作纪实里数不出")
    if _NAMED.search(metric.activity):
        return replace(metric, note="文中另有名称，看不出是哪一类")
    category = categorise(metric.activity, dict(telling.categories))
    if not category:
        return replace(metric, note="看不出是哪一类")
    spans, chunks = _spans(said, telling), _rest(metric.activity, category)
    if limit := limit_of(said) or _unsaid(metric, spans, chunks):
        return replace(metric, note=f"文中写的是{limit}")
    months = next(iter(spans), None)
    span = None if months == _WHOLE_YEAR else months
    return replace(metric, category=category, topic="".join(chunks), without=ATTENDING, months=span)


def _unsaid(metric: Metric, spans: frozenset[tuple[int, int]], chunks: Sequence[str]) -> str:
    """What a row of the 母表 cannot say of a count; '' where it can."""
    if len(spans) > 1:
        return "几个期间的"
    tail = _STOP.split(metric.sentence.partition(PLACE_SIGN)[2])[0].removeprefix(metric.unit or "").strip()
    if tail not in metric.text:
        return f"其中一类（“{tail[:_LONGEST_TOPIC]}”）"
    if len(chunks) > 1 or not all(map(_TOPIC.fullmatch, chunks)):
        return f"其中一类（“{'”“'.join(chunks)}”）"
    return ""


def _said(found: Found, telling: Telling) -> Said:
    """The words around a count, taken apart."""
    before, _, after = _SEVERAL.sub(r"\1和", found.metric.sentence).partition(PLACE_SIGN)
    *earlier, last = _CLAUSE.findall(before) or [""]
    if _STOP.search(last[-1:]):
        earlier, last = [*earlier, last], ""
    stop = _STOP.search(after)
    own, behind = (after[: stop.start()], after[stop.end() :]) if stop else (after, "")
    following = _STOP.split(behind)[0]
    remark = following.rstrip("）)") if stop and stop[0] in "（(" else ""
    leading = "".join(clause for clause in earlier if not _counts(clause))
    clause = f"{last}{own.removeprefix(found.metric.unit or '')}"
    behind = "" if _counts(following) else following
    return Said("".join(earlier), leading, clause, behind, remark, found.section, telling.year, telling.personal)


def _counts(clause: str) -> bool:
    """Whether a clause has a count of its own."""
    return bool(open_spans(clause) or _DONE.search(clause))


def _spans(said: Said, telling: Telling) -> frozenset[tuple[int, int]]:
    """The stretches of the year that a count is about: those of its clause, else of what governs it."""
    clauses = (said.clause, *reversed(_STOP.split(said.before)), said.section, telling.title)
    return next((spans for clause in clauses if (spans := months_said(clause))), frozenset())


def _rest(activity: str, category: str) -> tuple[str, ...]:
    """What an activity says beside its category and what goes without saying, in pieces."""
    rest = _PLAIN.sub("|", without_months(activity))
    for word in (*_SAME.get(category, ()), category, *(() if category == _MEETING else (_MEETING,))):
        rest = rest.replace(word, "|")
    return tuple(chunk for chunk in re.split(r"[|\s]+", rest) if chunk)
