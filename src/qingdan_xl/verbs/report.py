"""report: the year and its templates → Word documents in 成果/报告/."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from glob import escape
from hashlib import sha256
from pathlib import Path
from typing import Any

from qingdan_xl.model import Origin
from qingdan_xl.problems import Problem, UnusableError, problem
from qingdan_xl.reports.about import About, Year, asked_for
from qingdan_xl.reports.figures import Figure
from qingdan_xl.reports.kinds import Kind, Subject
from qingdan_xl.reports.shipped import BULLETIN
from qingdan_xl.reports.template import Filled, FillError, ReportTemplate
from qingdan_xl.reports.trace import trace_table
from qingdan_xl.reports.variables import values
from qingdan_xl.roster import did_you_mean
from qingdan_xl.store import open_store
from qingdan_xl.summary.memory import Memory
from qingdan_xl.verbs.remarks import put_into_old, set_aside
from qingdan_xl.verbs.report_inputs import Offer, load_year, offers
from qingdan_xl.verbs.report_places import Names
from qingdan_xl.verbs.report_templates import SUFFIX, put_templates, read_template
from qingdan_xl.workspace.files import read_file, save
from qingdan_xl.workspace.folder import Workspace

FOLDER = "报告"


@dataclass(frozen=True, slots=True)
class Wish:
    """Which reports: about whom (nobody: all), of which kinds (none: all), and whether with 数字出处."""

    names: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    trace: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """One report that was written, and the figures that it leaves open, each with why."""

    kind: str
    unit: str
    person: str
    path: Path
    open: tuple[Figure, ...]
    problem: Problem | None = None

    def as_json(self) -> dict[str, Any]:
        """As it stands in `report --json`."""
        told = {"kind": self.kind, "unit": self.unit, "person": self.person}
        return {**told, "path": str(self.path), "open": [f"{figure.name}：{figure.why}" for figure in self.open]}


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Somebody for whom there is no report of a kind, and why."""

    kind: str
    label: str
    why: str


@dataclass(slots=True)
class Reported:
    """What became of a wish: the folder, the reports, who was left out, and what went wrong."""

    folder: Path
    reports: list[Report] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The object of `report --json`."""
        return {
            "reports": [report.as_json() for report in self.reports],
            "left_out": [{"kind": each.kind, "unit": each.label, "why": each.why} for each in self.left_out],
            "problems": [found.as_json() for found in self.problems],
        }


def report_year(workspace: Workspace, as_of: date, wish: Wish, on_progress: Callable[[int, int], None]) -> Reported:
    """Write the reports that are wished for, looked at on a day, into 成果/报告/<kind>/.

    A report that somebody changed since it was written is moved into 旧版/ first, and so is one of ours that is over:
    of a kind that lapses, about somebody of whom there is none now. Raises UnusableError: `report-kind`, `no-subject`,
    `nothing-issued`. Problems: those of 母表 of open reports, of the templates, of sealed results, and `locked-output`.
    """
    kinds, doubts = _chosen(offers(workspace), wish)
    put_templates(workspace, (kind.name for kind in kinds))
    with workspace.lock(), closing(open_store(workspace)) as store:
        year, problems = load_year(workspace, store, as_of)
        made = Reported(workspace.results / FOLDER, problems=[*doubts, *problems])
        plan = _planned(workspace, kinds, year, asked_for(year, wish.names), made)
        writer = _Writer(made, Memory(store), Names(year), trace_table if wish.trace else _no_tail)
        total, done = sum(len(each.subjects) for each in plan), 0
        for each in plan:
            for _ in writer.write(each):
                done += 1
                on_progress(done, total)
    return made


def _chosen(offered: Sequence[Offer], wish: Wish) -> tuple[list[Kind], list[Problem]]:
    """The kinds that are wished for, and what is wrong with their 母表; UnusableError `report-kind`."""
    wanted = [name.removesuffix(SUFFIX).removesuffix(".xlsx") for name in wish.kinds]
    known = {offer.name: offer for offer in offered}
    if lost := [name for name in wanted if name not in known]:
        found = (problem("report-kind", name=name, hint=did_you_mean(name, list(known))) for name in lost)
        raise UnusableError(*found)
    if not wanted:
        wanted = [name for name in known if not (wish.names and name == BULLETIN)]
    chosen = [known[name] for name in dict.fromkeys(wanted)]
    return [offer.kind for offer in chosen if offer.kind], [fault for offer in chosen for fault in offer.problems]


@dataclass(frozen=True, slots=True)
class _Planned:
    """A kind with its template, whom its reports are about, and whose earlier ones are over."""

    kind: Kind
    template: ReportTemplate
    subjects: tuple[Subject, ...]
    over: tuple[Subject, ...]


def _planned(
    workspace: Workspace, kinds: Iterable[Kind], year: Year, asked: Sequence[About], made: Reported
) -> list[_Planned]:
    """Each kind whose template can be used, with whom it is about; who is left out and what is wrong goes to `made`."""
    plan = []
    for kind in kinds:
        reasons = [(subject, kind.lacks(subject)) for subject in kind.subjects(year, asked)]
        made.left_out += [LeftOut(kind.name, subject.label, why) for subject, why in reasons if why]
        try:
            data = read_template(workspace, kind.name)
            template = ReportTemplate(f"{workspace.templates.name}/{kind.name}{SUFFIX}", data, kind.variables)
        except UnusableError as fault:
            made.problems += fault.problems
        else:
            subjects = tuple(subject for subject, why in reasons if not why)
            over = tuple(subject for subject, why in reasons if why and kind.lapses)
            plan.append(_Planned(kind, template, subjects, over))
    return plan


def _no_tail(figures: Sequence[Figure]) -> str:  # noqa: ARG001 - as trace_table
    return ""


@dataclass(slots=True)
class _Writer:
    """Fills in one template after the other and puts the reports where they belong."""

    made: Reported
    memory: Memory
    names: Names
    tail: Callable[[Sequence[Figure]], str]

    def write(self, planned: _Planned) -> Iterator[Report]:
        """Write the reports of a kind one by one; one that cannot be filled in is a problem, and ends the kind."""
        kind, template = planned.kind, planned.template
        marks: list[str] = []
        try:
            for subject in planned.subjects:
                filled = template.fill(values(kind.variables, subject), self.tail)
                marks.append(sha256(filled.data).hexdigest())
                yield self._put(kind, subject, self._path(kind, subject), filled)
            for subject in planned.over:
                self._take_away(self._path(kind, subject))
        except FillError as fault:
            where, label = Origin(template.name), subject.label
            told = problem("report-unfilled", where, label, place=fault.place, why=fault.why, name=label)
            self.made.problems.append(told)
        finally:
            self.memory.keep_file(*marks)

    def _path(self, kind: Kind, subject: Subject) -> Path:
        return self.made.folder / kind.name / self.names.of(subject)

    def _put(self, kind: Kind, subject: Subject, path: Path, filled: Filled) -> Report:
        saved = save(path, filled.data, partial(set_aside, memory=self.memory))
        opened = tuple(figure for figure in filled.figures if figure.open)
        report = Report(kind.name, *_who(subject), saved.path, opened, saved.problem)
        self.made.reports.append(report)
        self.made.problems += [saved.problem] if saved.problem else []
        return report

    def _take_away(self, path: Path) -> None:
        """Move a report that is over into 旧版/, and copies that were saved beside; only what is as we wrote it."""
        beside = path.parent.glob(f"{escape(path.stem)} ([0-9]*){SUFFIX}")
        for found in (path, *beside):
            if found.exists() and self.memory.wrote_file(sha256(read_file(found)).hexdigest()):
                put_into_old(found)


def _who(subject: Subject) -> tuple[str, str]:
    """Unit and person of a report, as `--json` tells them."""
    if isinstance(subject, About):
        return subject.unit.name, subject.person.name if subject.person else ""
    return subject.label, ""
