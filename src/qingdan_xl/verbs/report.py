"""report: the year and its templates → Word documents in 成果/报告/."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from functools import partial
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
from qingdan_xl.verbs.report_inputs import kinds_of, load_year
from qingdan_xl.verbs.report_templates import SUFFIX, put_templates, read_template
from qingdan_xl.workspace.files import save
from qingdan_xl.workspace.folder import Workspace

FOLDER = "报告"
_UNSAFE = re.compile(r'[\\/:*?"<>|\s]+')


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

    A report that somebody changed since it was written is moved into 旧版/ first, and so are those that a run for
    everybody does not write again. Raises UnusableError: `report-kind`, `no-subject`, `nothing-issued`. Problems: those
    of the templates, of sealed results, and `locked-output`.
    """
    kinds = _chosen(kinds_of(workspace), wish)
    put_templates(workspace, (kind.name for kind in kinds))
    with workspace.lock(), closing(open_store(workspace)) as store:
        year, problems = load_year(workspace, store, as_of)
        asked = asked_for(year, wish.names)
        made = Reported(workspace.results / FOLDER, problems=problems)
        plan = _planned(workspace, kinds, year, asked, made)
        writer = _Writer(made, Memory(store), trace_table if wish.trace else _no_tail)
        total, done = sum(len(subjects) for _, _, subjects in plan), 0
        for kind, template, subjects in plan:
            for _ in writer.write(kind, template, subjects):
                done += 1
                on_progress(done, total)
            if not asked:
                writer.take_away(kind)
    return made


def _chosen(kinds: Sequence[Kind], wish: Wish) -> list[Kind]:
    """The kinds that are wished for; UnusableError `report-kind`."""
    if not wish.kinds:
        return [kind for kind in kinds if not (wish.names and kind.name == BULLETIN)]
    known = {kind.name: kind for kind in kinds}
    wanted = [name.removesuffix(SUFFIX).removesuffix(".xlsx") for name in wish.kinds]
    if lost := [name for name in wanted if name not in known]:
        found = (problem("report-kind", name=name, hint=did_you_mean(name, list(known))) for name in lost)
        raise UnusableError(*found)
    return [known[name] for name in dict.fromkeys(wanted)]


def _planned(
    workspace: Workspace, kinds: Iterable[Kind], year: Year, asked: Sequence[About], made: Reported
) -> list[tuple[Kind, ReportTemplate, list[Subject]]]:
    """Each kind whose template can be used, with whom it is about; who is left out and what is wrong goes to `made`."""
    plan = []
    for kind in kinds:
        subjects = []
        for subject in kind.subjects(year, asked):
            if why := kind.lacks(subject):
                made.left_out.append(LeftOut(kind.name, subject.label, why))
            else:
                subjects.append(subject)
        try:
            data = read_template(workspace, kind.name)
            template = ReportTemplate(f"{workspace.templates.name}/{kind.name}{SUFFIX}", data, kind.variables)
        except UnusableError as fault:
            made.problems += fault.problems
        else:
            plan.append((kind, template, subjects))
    return plan


def _no_tail(figures: Sequence[Figure]) -> str:  # noqa: ARG001 - as trace_table
    return ""


@dataclass(slots=True)
class _Writer:
    """Fills in one template after the other and puts the reports where they belong."""

    made: Reported
    memory: Memory
    tail: Callable[[Sequence[Figure]], str]

    def write(self, kind: Kind, template: ReportTemplate, subjects: Sequence[Subject]) -> Iterator[Report]:
        """Write the reports of a kind one by one; one that cannot be filled in is a problem, and ends the kind."""
        places = _places(self.made.folder / kind.name, subjects)
        marks: list[str] = []
        try:
            for subject, path in zip(subjects, places, strict=True):
                filled = template.fill(values(kind.variables, subject), self.tail)
                marks.append(sha256(filled.data).hexdigest())
                yield self._put(kind, subject, path, filled)
        except FillError as fault:
            where, label = Origin(template.name), subject.label
            told = problem("report-unfilled", where, label, place=fault.place, why=fault.why, name=label)
            self.made.problems.append(told)
        finally:
            self.memory.keep_file(*marks)

    def _put(self, kind: Kind, subject: Subject, path: Path, filled: Filled) -> Report:
        saved = save(path, filled.data, partial(set_aside, memory=self.memory))
        opened = tuple(figure for figure in filled.figures if figure.open)
        report = Report(kind.name, *_who(subject), saved.path, opened, saved.problem)
        self.made.reports.append(report)
        self.made.problems += [saved.problem] if saved.problem else []
        return report

    def take_away(self, kind: Kind) -> None:
        """Move the reports of a kind that were not written again into 旧版/: what they say is over."""
        written = {report.path for report in self.made.reports if report.kind == kind.name}
        if written or not any(found.origin.file.endswith(f"{kind.name}{SUFFIX}") for found in self.made.problems):
            for path in set((self.made.folder / kind.name).glob(f"*{SUFFIX}")) - written:
                if not path.name.startswith("~$"):
                    put_into_old(path)


def _places(folder: Path, subjects: Iterable[Subject]) -> list[Path]:
    """A file for each, by its name; who has the name of another has a number."""
    taken: dict[str, int] = {}
    places = []
    for subject in subjects:
        name = _UNSAFE.sub("-", subject.label)
        taken[name] = taken.get(name, 0) + 1
        places.append(folder / f"{name}{f'-{taken[name]}' if taken[name] > 1 else ''}{SUFFIX}")
    return places


def _who(subject: Subject) -> tuple[str, str]:
    """Unit and person of a report, as `--json` tells them."""
    if isinstance(subject, About):
        return subject.unit.name, subject.person.name if subject.person else ""
    return subject.label, ""
