"""The kinds of reports: whom each is about, who gets none and why, and which variables it may use."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from qingdan_xl.documents.limits import posts_in
from qingdan_xl.model import Blank, Checklist, Metric
from qingdan_xl.reports.about import About, Everybody, Year, every_unit
from qingdan_xl.reports.declared import OF_ALL, OF_ANY, OF_ONE
from qingdan_xl.reports.figures import Figure
from qingdan_xl.reports.naming import UNLISTED
from qingdan_xl.reports.open_figures import count_figure, place_value
from qingdan_xl.reports.shipped import BULLETIN, DUTY_REPORT, NOTICE, RESULT
from qingdan_xl.reports.variables import Variable
from qingdan_xl.roster import HEAD_WORD

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
        Kind(DUTY_REPORT, OF_ONE, _each, _nothing_borne),
        Kind(BULLETIN, OF_ALL, _everybody, _nothing_lacks),
        Kind(NOTICE, OF_ONE, _each, _nothing_to_mend, lapses=True),
        Kind(RESULT, OF_ONE, _each, _no_result),
    )


def open_kind(name: str, checklist: Checklist, lost: Iterable[str] = ()) -> Kind:
    """The kind that a report with open counts makes: for each unit of its kinds, and for all together.

    One that a person writes is made for the head of each unit instead; for the unit where there is not just one.
    `lost` are counts of its template of which the 母表 has no row: they stay open.
    """
    holders = [role.unit_kinds for role in checklist.roles]
    counts = {metric.id: _count(metric) for metric in reversed(checklist.metrics) if metric.id}
    places = [blank for blank in checklist.blanks if blank.id]
    kinds = {kind for each in holders for kind in each} if all(holders) else set()

    def subjects(year: Year, asked: Sequence[About]) -> Iterable[Subject]:
        if asked:
            return asked
        units = [about for about in every_unit(year) if not kinds or about.unit.kind in kinds]
        return (
            (_of_head(about, checklist.title) for about in units) if checklist.personal else (Everybody(year), *units)
        )

    return Kind(
        name,
        (*OF_ANY, *counts.values(), *map(_place, places), *map(_lost, lost), _UNLISTED),
        subjects,
        _nothing_lacks,
    )


def _each(year: Year, asked: Sequence[About]) -> Iterable[Subject]:
    return asked or every_unit(year)


def _everybody(year: Year, asked: Sequence[About]) -> Iterable[Subject]:  # noqa: ARG001 - about all, whoever was asked for
    return (Everybody(year),)


def _nothing_lacks(subject: Subject) -> str:  # noqa: ARG001 - as the other kinds ask
    return ""


def _nothing_borne(subject: Subject) -> str:
    facts = subject.facts
    hosted = any(row.activity.host == facts.host for row in facts.log)
    nothing = facts.host and not hosted and not facts.standings and not facts.issues
    return "名下没有责任事项、整改问题和工作纪实" if nothing else ""


def _nothing_to_mend(subject: Subject) -> str:
    facts, is_due = subject.facts, subject.year.is_due
    if facts.behind or facts.open_issues or (facts.why and is_due):
        return ""
    return "报送期限未到" if facts.why else "没有逾期、欠缺的事项，也没有未整改的问题"


def _no_result(subject: Subject) -> str:
    return subject.told.lacks if isinstance(subject, About) else ""


def _of_head(about: About, title: str) -> About:
    """The head of the unit; of several, or where none is known, the one whose post the title of the report names."""
    people = about.year.people_today(about.unit)
    heads = [person for person in people if any(HEAD_WORD in role for role in person.roles)]
    named = [person for person in heads or people if posts_in(title) & posts_in(person.title)]
    found = heads if len(heads) == 1 else named
    return replace(about, person=found[0] if len(found) == 1 else None)


def _count(metric: Metric) -> Variable:
    return Variable(metric.id, f"原文：{metric.text}", partial(count_figure, metric))


def _place(blank: Blank) -> Variable:
    return Variable(blank.id, f"原文：{blank.context}", partial(place_value, blank))


def _lost(name: str) -> Variable:
    return Variable(name, "", lambda _about: Figure(name, None, why="母表里没有这个编号的行"))


_UNLISTED = Variable(
    UNLISTED,
    "文中空着、又没有列入母表“填报数据”的数字",
    lambda _about: Figure("没有列入的一处", None, why="没有列入母表“填报数据”"),
)
