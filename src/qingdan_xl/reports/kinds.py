"""The kinds of reports: whom each is about, who gets none and why, and which variables it may use."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from qingdan_xl.model import Checklist, Metric
from qingdan_xl.reports.about import About, Everybody, Year, every_unit
from qingdan_xl.reports.declared import OF_ALL, OF_ANY, OF_ONE
from qingdan_xl.reports.figures import Figure
from qingdan_xl.reports.open_counts import UNLISTED
from qingdan_xl.reports.shipped import BULLETIN, DUTY_REPORT, NOTICE, RESULT
from qingdan_xl.reports.variables import Variable
from qingdan_xl.roster import split_names

Subject = About | Everybody
Subjects = Callable[[Year, Sequence[About]], Iterable[Subject]]
"""Whom the reports of a kind are about, given the year and who was asked for (nobody for all)."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of report: its name is that of its template; `lacks` says why there is none about somebody, ''.

    `lapses`: whether one that was written earlier is over for whom there is none now.
    """

    name: str
    variables: tuple[Variable, ...]
    subjects: Subjects
    lacks: Callable[[Subject], str]
    lapses: bool = False


def shipped_kinds() -> tuple[Kind, ...]:
    """The kinds whose templates come with the program."""
    return (
        Kind(DUTY_REPORT, OF_ONE, _each, _nothing_lacks),
        Kind(BULLETIN, OF_ALL, _everybody, _nothing_lacks),
        Kind(NOTICE, OF_ONE, _each, _nothing_to_mend, lapses=True),
        Kind(RESULT, OF_ONE, _each, _no_result),
    )


def open_kind(name: str, checklist: Checklist) -> Kind:
    """The kind that a report with open counts makes: for each unit of its kinds, and for all together."""
    holders = [role.unit_kinds for role in checklist.roles]
    kinds = {kind for each in holders for kind in each} if all(holders) else set()

    def subjects(year: Year, asked: Sequence[About]) -> Iterable[Subject]:
        if asked:
            return asked
        units = [about for about in every_unit(year) if not kinds or about.unit.kind in kinds]
        return (Everybody(year), *units)

    return Kind(
        name,
        (*OF_ANY, *(_count(metric) for metric in checklist.metrics if metric.id), _UNLISTED),
        subjects,
        _nothing_lacks,
    )


def _each(year: Year, asked: Sequence[About]) -> Iterable[Subject]:
    return asked or every_unit(year)


def _everybody(year: Year, asked: Sequence[About]) -> Iterable[Subject]:  # noqa: ARG001 - about all, whoever was asked for
    return (Everybody(year),)


def _nothing_lacks(subject: Subject) -> str:  # noqa: ARG001 - as the other kinds ask
    return ""


def _nothing_to_mend(subject: Subject) -> str:
    facts, is_due = subject.facts, subject.year.is_due
    if facts.behind or facts.open_issues or (facts.why and is_due):
        return ""
    return "报送期限未到" if facts.why else "没有逾期、欠缺的事项，也没有未整改的问题"


def _no_result(subject: Subject) -> str:
    return subject.told.lacks if isinstance(subject, About) else ""


def _count(metric: Metric) -> Variable:
    def read(about: Subject) -> Figure:
        if not metric.category:
            return Figure(metric.text, None, why="母表“填报数据”没有填活动类别")
        if metric.category not in about.year.categories:
            return Figure(metric.text, None, why=f"设置里没有“{metric.category}”这个活动类别")
        return about.facts.times(metric.category, metric.text, split_names(metric.topic))

    return Variable(metric.id, f"原文：{metric.text}", read)


_UNLISTED = Variable(
    UNLISTED,
    "文中空着、又没有列入母表“填报数据”的数字",
    lambda _about: Figure("没有列入的一处", None, why="没有列入母表“填报数据”"),
)
