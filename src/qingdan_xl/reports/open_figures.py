"""The figures of open counts: what the 母表 says that each counts, counted from the logs, or why it stays open."""

from dataclasses import replace
from datetime import date
from functools import partial

from qingdan_xl.documents.spans import months_name
from qingdan_xl.model import Blank, Metric, Whose
from qingdan_xl.reports.about import About, Everybody
from qingdan_xl.reports.facts import Facts, Logged
from qingdan_xl.reports.figures import OPEN, Figure
from qingdan_xl.roster import split_names

UNBOUND = "母表“填报数据”没有填活动类别"
OF_PERSON = "写的是本人的次数，请按 单位/姓名 写这份报告"


def count_figure(metric: Metric, subject: About | Everybody) -> Figure:
    """How often what the open count tells was done, as far as it can be said of a unit, a person, or all units.

    A figure that nobody agreed to yet has a doubt.
    """
    if why := _why_none(metric, subject):
        return Figure(metric.text, None, why=why)
    facts, category = _facts(metric, subject), metric.category
    figure = facts.times(category, metric.text, partial(_counts, metric))
    if figure.value == 0 and (why := _why_unnamed(metric, facts)):
        return replace(figure, value=None, why=why)
    return figure if metric.checked or figure.open else replace(figure, doubt=f"按“{category}”类试填")


def place_value(blank: Blank, subject: About | Everybody) -> str | Figure:
    """What the 母表 has for an open place, for all or for the unit; where it has nothing, the sign stays, as open."""
    own = subject.column(blank.source) if blank.source and isinstance(subject, About) else ""
    why = f"花名册里没有“{blank.source}”这一项的内容" if blank.source else "母表“占位”没有填"
    return own or blank.value or Figure(blank.context, None, why=why, sign=blank.sign or OPEN)


def _why_none(metric: Metric, subject: About | Everybody) -> str:
    if not metric.category:
        return f"{UNBOUND}，{metric.note}" if metric.note else UNBOUND
    if metric.category not in subject.year.categories:
        return f"设置里没有“{metric.category}”这个活动类别"
    if metric.whose is Whose.PERSON and not (isinstance(subject, About) and subject.person):
        return OF_PERSON
    as_of = subject.year.material.calendar.as_of
    if metric.months and as_of < date(subject.year.material.calendar.year, metric.months[0], 1):
        return f"截至{as_of.month}月{as_of.day}日，{months_name(metric.months)}还没有到"
    return ""


def _facts(metric: Metric, subject: About | Everybody) -> Facts:
    """Those of the unit where a person's report tells what the unit did."""
    if metric.whose is Whose.UNIT and isinstance(subject, About):
        return replace(subject, person=None).facts
    return subject.facts


def _counts(metric: Metric, row: Logged) -> bool:
    """Whether a row of the category is of the stretch of the year and has a topic that is counted."""
    return _in_months(metric, row) and _has(metric.topic, row) and not _holds(metric.without, row)


def _in_months(metric: Metric, row: Logged) -> bool:
    return metric.months is None or metric.months[0] <= row.activity.date.month <= metric.months[1]


def _has(topics: str, row: Logged) -> bool:
    return not topics or _holds(topics, row)


def _holds(words: str, row: Logged) -> bool:
    return any(word in row.topic for word in split_names(words))


def _why_unnamed(metric: Metric, facts: Facts) -> str:
    """Why no row that is called so is no zero: others may call the same thing otherwise; '' where there are no rows."""
    category, topics = metric.category, "”“".join(split_names(metric.topic))
    if not facts.times(category, "", partial(_in_months, metric)):
        return ""
    if not facts.times(category, "", lambda row: _in_months(metric, row) and _has(metric.topic, row)):
        return f"“{category}”类记录的主题里都没有“{topics}”"
    named = f"、主题含“{topics}”的" if topics else ""
    return f"“{category}”类{named}记录，主题里都有不数的词（{metric.without}）"
