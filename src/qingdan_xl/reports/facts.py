"""What a report counts: the duties, the log and the ledger of whoever it is about, each number with its rows."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from qingdan_xl.assessment.workings import rounded
from qingdan_xl.counting.lights import COMPLETE, OVERDUE, SHORT, rectification_light
from qingdan_xl.counting.periods import Calendar
from qingdan_xl.counting.progress import Activity, counts, fits
from qingdan_xl.model import Origin
from qingdan_xl.reports.bars import Bar
from qingdan_xl.reports.figures import Figure, Source
from qingdan_xl.sheets.unit import ISSUES
from qingdan_xl.summary.duties import adds
from qingdan_xl.summary.standing import Standing, StoredRow, people_named

NOT_RETURNED = "没有收到填报表"
NO_SECTION = "责任事项"
_FROM_LOG = ("done_times", "met_times")
_WORDS = 30
_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Logged:
    """One row of 工作纪实 that can be counted: whose it is, the activity, its topic, and where it stands."""

    unit_id: str
    activity: Activity
    topic: str
    origin: Origin

    @property
    def source(self) -> Source:
        """The row as one behind a figure."""
        day = f"{self.activity.date.month}月{self.activity.date.day}日"
        return Source(self.origin, f"{day} {self.activity.category} {_short(self.topic)}".strip())


@dataclass(frozen=True)
class Facts:
    """What was collected of a unit, a person, a section or all units, looked at on the calendar's day.

    `why` says why numbers are not known, '' where they are; `prefix` stands before the names of the figures where a
    report has those of several. `log` is the whole one: a duty that a person shares counts what others hosted too; with
    a `host`, activities are told of that person alone.
    """

    name: str
    standings: Sequence[Standing]
    log: Sequence[Logged]
    issues: Sequence[StoredRow]
    calendar: Calendar
    why: str = ""
    prefix: str = ""
    host: str = ""

    def tally(self, key: str, name: str) -> Figure:
        """A column of TALLY, added up over the duties as the summary adds it up."""
        found = [number for standing in self.standings if (number := adds(key, standing)) is not None]
        known = sum(found) if found or not self.why else None
        return Figure(self._named(name), known, lambda: self._tally_rows(key), self.why)

    def rate(self, name: str) -> Figure:
        """完成率: 完成 of 应办结; 0 of 0 is not known."""
        done, whole = self.tally("complete", "完成"), self.tally("closable", "应办结")
        if done.value is None or not whole.value:
            return Figure(self._named(name), None, why=self.why or "没有应办结的事项")
        share = Fraction(done.value) / Fraction(whole.value)
        return Figure(self._named(name), rounded(share * _HUNDRED, 1), whole.rows, percent=True)

    def times(self, category: str, name: str, fits: "Callable[[Logged], bool] | None" = None) -> Figure:
        """How often something of a category was logged in the year; only the rows that fit, where that is asked."""
        if self.why:
            return Figure(self._named(name), None, why=self.why)
        found = [
            row
            for row in self.log
            if counts(row.activity, category, self.calendar)
            and self.host in {"", row.activity.host}
            and (fits is None or fits(row))
        ]
        return Figure(self._named(name), len(found), lambda: [row.source for row in found])

    def rectified(self, name: str, holds: Callable[[str], bool]) -> Figure:
        """The rows of 问题整改台账 whose light is so."""
        if self.why:
            return Figure(self._named(name), None, why=self.why)
        found = [row for row in self.issues if holds(self.issue_light(row))]
        return Figure(self._named(name), len(found), lambda: [_issue_source(row) for row in found])

    def issues_with_time(self, name: str) -> Figure:
        """The rows of 问题整改台账 that are not put right yet and have a 整改时限 that is not over."""
        if self.why:
            return Figure(self._named(name), None, why=self.why)
        found = [row for row in self.open_issues if row["deadline"] and self.issue_light(row) != OVERDUE]
        return Figure(self._named(name), len(found), lambda: [_issue_source(row) for row in found])

    def issue_light(self, row: StoredRow) -> str:
        """The word for a row of 问题整改台账."""
        return rectification_light(str(row["status"] or ""), row["deadline"], self.calendar)  # type: ignore[arg-type] # a date column

    @property
    def open_issues(self) -> list[StoredRow]:
        """The rows of 问题整改台账 that are not put right yet."""
        return [row for row in self.issues if self.issue_light(row) != COMPLETE]

    @property
    def complete(self) -> list[Standing]:
        """What is done."""
        return [standing for standing in self.standings if standing.light == COMPLETE]

    @property
    def personal(self) -> bool:
        """Whether all of it is of lists that people have each for themselves."""
        return all(standing.holder for standing in self.standings)

    @cached_property
    def behind(self) -> list[Standing]:
        """What is overdue, and what lacks something, the former first."""
        return [standing for word in (OVERDUE, SHORT) for standing in self.standings if standing.light == word]

    def lists(self) -> Iterator["Facts"]:
        """The same by list and role, in their order; where there are several, figures are named by them."""
        found: dict[tuple[str, str], list[Standing]] = {}
        for standing in self.standings:
            found.setdefault((standing.checklist, standing.role), []).append(standing)
        roles = Counter(role for _, role in found)
        for (checklist, role), own in found.items():
            name = f"{role}·{checklist}" if roles[role] > 1 else role
            prefix = f"{self.prefix}{name}：" if len(found) > 1 else self.prefix
            yield replace(self, name=name, standings=own, issues=(), prefix=prefix)

    def sections(self) -> Iterator["Facts"]:
        """The same by list and section, in their order."""
        for each in self.lists():
            found: dict[str, list[Standing]] = {}
            for standing in each.standings:
                found.setdefault(standing.section or NO_SECTION, []).append(standing)
            for name, own in found.items():
                yield replace(each, name=name, standings=own, prefix=f"{each.prefix}{name}：")

    def holders(self) -> Iterator["Facts"]:
        """The same by the person whose own list it is; what is nobody's own is not told."""
        found: dict[str, list[Standing]] = {}
        for standing in self.standings:
            if standing.holder:
                found.setdefault(standing.holder, []).append(standing)
        for name, own in found.items():
            yield replace(self, name=name, standings=own, issues=(), prefix=f"{self.prefix}{name}：")

    def rows(self) -> Iterator["Facts"]:
        """What a table of sections has: each section, and before those of each of several lists the list as a whole."""
        lists = list(self.lists())
        for each in lists:
            sections = [replace(own, name=f"　{own.name}" if len(lists) > 1 else own.name) for own in each.sections()]
            plain = len(sections) == 1 and not each.standings[0].section
            yield from ([] if len(lists) == 1 and not plain else [each])
            yield from ([] if plain else sections)

    def of_person(self, name: str) -> "Facts":
        """What falls to one person of the unit: own duties, activities hosted, problems to put right."""
        return replace(
            self,
            name=f"{self.name}/{name}",
            standings=[standing for standing in self.standings if name in standing.people],
            issues=[row for row in self.issues if name in _holders(row)],
            host=name,
        )

    @property
    def bar(self) -> Bar:
        """Done and behind of what came back."""
        back, done = (self.tally(key, key).value or 0 for key in ("back", "complete"))
        return Bar(
            int(done), len(self.behind), int(back), f"{self.name}：{back}项，完成{done}项，滞后{len(self.behind)}项"
        )

    def late(self, name: str) -> Figure:
        """How many duties are overdue or lack something."""
        if self.why:
            return Figure(self._named(name), None, why=self.why)
        return Figure(self._named(name), len(self.behind), lambda: list(map(duty_source, self.behind)))

    def _named(self, name: str) -> str:
        return f"{self.prefix}{name}"

    def _tally_rows(self, key: str) -> list[Source]:
        own = [standing for standing in self.standings if adds(key, standing)]
        if key not in _FROM_LOG:
            return list(map(duty_source, own))
        logs: dict[str, list[Logged]] = {}
        for row in self.log:
            logs.setdefault(row.unit_id, []).append(row)
        over = key == "met_times"
        rows = (row for one in own for row in _counted(one, logs.get(one.unit.id, ()), over=over))
        return [row.source for row in dict.fromkeys(rows)]


def _counted(standing: Standing, log: Iterable[Logged], *, over: bool) -> Iterator[Logged]:
    """The rows of the log that count for a duty, of windows that are `over` or of all."""
    for target in standing.targets:
        spans = [window.window for window in (target.elapsed if over else target.windows)]
        for row in log:
            day = row.activity.date
            if (
                day <= target.as_of
                and fits(row.activity, target.target, standing.row_id, standing.holder)
                and any(span.start <= day <= span.end for span in spans)
            ):
                yield row


def duty_source(standing: Standing) -> Source:
    """The row of a duty as one behind a figure."""
    light = f"（{standing.light}）" if standing.light else ""
    return Source(standing.origin, f"{standing.number} {_short(standing.text)}{light}".strip())


def _holders(row: StoredRow) -> set[str]:
    """Who is to put a problem right: everybody named as its owner or leader."""
    return {name for key in ("owner", "leader") for name in people_named(str(row[key] or ""))}


def _issue_source(row: StoredRow) -> Source:
    return Source(row_origin(row), f"{ISSUES.title}：{_short(str(row['text'] or ''))}（{row['status'] or '未填状态'}）")


def row_origin(row: Mapping[str, object]) -> Origin:
    """Where a stored row stood."""
    number = row.get("row")
    return Origin(
        str(row.get("path") or ""), str(row.get("sheet_title") or ""), number if isinstance(number, int) else None
    )


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _WORDS else f"{line[:_WORDS]}…"
