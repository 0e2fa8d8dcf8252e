"""report: the year and its templates → Word documents in 成果/报告/."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from glob import escape
from hashlib import sha256
from pathlib import Path
from typing import Any

from qingdan_xl.model import Origin
from qingdan_xl.problems import Problem, UnusableError, problem
from qingdan_xl.reports.about import About, Year
from qingdan_xl.reports.asking import asked_for, roster_changes
from qingdan_xl.reports.figures import Figure, no_rows
from qingdan_xl.reports.kinds import Kind, Subject
from qingdan_xl.reports.shipped import BULLETIN
from qingdan_xl.reports.template import Filled, FillError, ReportTemplate
from qingdan_xl.reports.trace import trace_table
from qingdan_xl.reports.variables import values
from qingdan_xl.roster import did_you_mean
from qingdan_xl.store import open_store
from qingdan_xl.summary.memory import Memory
from qingdan_xl.verbs.remarks import put_into_old, set_aside
from qingdan_xl.verbs.report_inputs import load_year
from qingdan_xl.verbs.report_offers import OPEN_REPORTS, Offer, offers
from qingdan_xl.verbs.report_places import Names
from qingdan_xl.verbs.report_templates import SUFFIX, put_templates, read_template, unused_templates
from qingdan_xl.workspace.files import read_file, save
from qingdan_xl.workspace.folder import Workspace

FOLDER = "报告"
_FEW = 3
_AT_ONCE = 20  # reports whose marks go to the disk together
_GONE = "花名册里没有这个单位了；只是改了名称的，请在新名称那一行填上原来的单位编号"


@dataclass(frozen=True, slots=True)
class Wish:
    """Which reports: about whom (nobody: all), of which kinds (none: all), and whether with 数字出处."""

    names: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    trace: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """One report that was written, the figures that it leaves open, each with why, and those that nobody checked."""

    kind: str
    unit: str
    person: str
    path: Path
    open: tuple[Figure, ...]
    unchecked: tuple[Figure, ...]
    problem: Problem | None = None

    def as_json(self) -> dict[str, Any]:
        """As it stands in `report --json`."""
        told = {"kind": self.kind, "unit": self.unit, "person": self.person}
        open_, unchecked = [f"{figure.name}：{figure.why}" for figure in self.open], self.unchecked
        doubts = [f"{figure.name}：{figure}，{figure.doubt}" for figure in unchecked]
        return {**told, "path": str(self.path), "open": open_, "unchecked": doubts}


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Somebody for whom there is no report of a kind, and why."""

    kind: str
    label: str
    why: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A report that somebody changed after it was written, and where it lies now."""

    kind: str
    label: str
    path: Path


@dataclass(slots=True)
class Reported:
    """What became of a wish: the folder, the reports, who was left out, what was kept, and what went wrong."""

    folder: Path
    reports: list[Report] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The object of `report --json`."""
        return {
            "reports": [report.as_json() for report in self.reports],
            "left_out": [{"kind": each.kind, "unit": each.label, "why": each.why} for each in self.left_out],
            "kept": [{"kind": each.kind, "unit": each.label, "path": str(each.path)} for each in self.kept],
            "problems": [found.as_json() for found in self.problems],
        }


def report_year(workspace: Workspace, as_of: date, wish: Wish, on_progress: Callable[[int, int], None]) -> Reported:
    """Write the reports that are wished for, looked at on a day, into 成果/报告/<kind>/.

    A report that somebody changed since it was written is moved into 旧版/ first, and so is one of ours that is over:
    of a kind that lapses, about somebody of whom there is none now, or about a unit that the roster has no more.
    Raises UnusableError: `report-kind`, `no-subject`, `nothing-issued`. Problems: those of 母表 of open reports, of the
    templates, of the results, `roster-moved-on`, `templates-unused`, and `locked-output`.
    """
    offered = offers(workspace)
    kinds, doubts = _chosen(offered, wish)
    doubts += unused_templates(workspace, [offer.name for offer in offered])
    put_templates(workspace, (kind.name for kind in kinds))
    with workspace.lock(), closing(open_store(workspace)) as store:
        year, problems = load_year(workspace, store, as_of)
        made = Reported(workspace.results / FOLDER, problems=[*doubts, *problems, *roster_changes(year)])
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
    known = {offer.name: offer for offer in offered}
    every = [offer.name for offer in offered if offer.is_open]
    asked = [name.removesuffix(SUFFIX).removesuffix(".xlsx") for name in wish.kinds]
    meant = [every if name == OPEN_REPORTS and name not in known else [name] for name in asked]
    wanted = [name for names in meant for name in names]
    if lost := [name for name, names in zip(asked, meant, strict=True) if not names or not known.keys() >= {*names}]:
        names = "、".join(known)
        raise UnusableError(
            *(problem("report-kind", name=name, hint=did_you_mean(name, list(known)), names=names) for name in lost)
        )
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
        subjects = tuple(kind.subjects(year, asked))
        gone = tuple(subject for subject in subjects if subject.gone and not asked)
        reasons = [(subject, kind.lacks(subject)) for subject in subjects if subject not in gone]
        made.left_out += [LeftOut(kind.name, subject.label, _GONE) for subject in gone]
        made.left_out += [LeftOut(kind.name, subject.label, why) for subject, why in reasons if why]
        try:
            data = read_template(workspace, kind.name)
            template = ReportTemplate(f"{workspace.templates.name}/{kind.name}{SUFFIX}", data, kind.variables)
        except UnusableError as fault:
            made.problems += fault.problems
        else:
            about = tuple(subject for subject, why in reasons if not why)
            over = tuple(subject for subject, why in reasons if why and kind.lapses)
            made.problems += template.doubts
            plan.append(_Planned(kind, template, about, (*gone, *over)))
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

    def write(self, planned: _Planned) -> Iterator[None]:
        """Write the reports of a kind one by one; those that cannot be filled in are told, and nothing is put away."""
        kind, template = planned.kind, planned.template
        faults: dict[tuple[str, str], list[str]] = {}
        for first in range(0, len(planned.subjects), _AT_ONCE):
            some = planned.subjects[first : first + _AT_ONCE]
            found = [(subject, self._filled(planned, subject, faults)) for subject in some]
            # known before they are written: of a run that was ended nothing is taken for people's work
            self.memory.keep_file(*(sha256(filled.data).hexdigest() for _, filled in found if filled))
            for subject, filled in found:
                if filled:
                    self._put(kind, subject, self._path(kind, subject), filled)
                yield
        self.made.problems += [_unfilled(template.name, *fault, labels) for fault, labels in faults.items()]
        for subject in planned.over if not faults else ():
            self._take_away(self._path(kind, subject))

    def _filled(self, planned: _Planned, subject: Subject, faults: dict[tuple[str, str], list[str]]) -> Filled | None:
        """The report about somebody; None where it cannot be filled in, which goes to the faults."""
        try:
            return planned.template.fill(values(planned.template.variables, subject), self.tail)
        except FillError as fault:
            faults.setdefault((f"{fault.place}", fault.why), []).append(subject.label)
            return None

    def _path(self, kind: Kind, subject: Subject) -> Path:
        return self.made.folder / kind.name / self.names.of(subject)

    def _put(self, kind: Kind, subject: Subject, path: Path, filled: Filled) -> None:
        saved = save(path, filled.data, partial(self._keep, kind, subject))
        opened = tuple(figure for figure in filled.figures if figure.open)
        unchecked = tuple(replace(figure, rows=no_rows) for figure in filled.figures if figure.doubt)
        report = Report(kind.name, *_who(subject), saved.path, opened, unchecked, saved.problem)
        self.made.reports.append(report)
        self.made.problems += [saved.problem] if saved.problem else []

    def _keep(self, kind: Kind, subject: Subject, path: Path) -> None:
        """Keep what stands in the place of a report where somebody changed it."""
        if place := set_aside(path, self.memory):
            self.made.kept.append(Kept(kind.name, subject.label, place))

    def _take_away(self, path: Path) -> None:
        """Move a report that is over into 旧版/, and copies that were saved beside; only what is as we wrote it."""
        beside = path.parent.glob(f"{escape(path.stem)} ([0-9]*){SUFFIX}")
        for found in (path, *beside):
            if found.exists() and self.memory.wrote_file(sha256(read_file(found)).hexdigest()):
                put_into_old(found)


def _unfilled(template: str, place: str, why: str, labels: Sequence[str]) -> Problem:
    """Whose reports a fault of a template keeps from being written."""
    named = "、".join(f"“{label}”" for label in labels[:_FEW])
    names = named if len(labels) <= _FEW else f"{named}等 {len(labels)} 份"
    return problem("report-unfilled", Origin(template), unit=labels[0], place=place, why=why, names=names)


def _who(subject: Subject) -> tuple[str, str]:
    """Unit and person of a report, as `--json` tells them."""
    if isinstance(subject, About):
        return subject.unit.name, subject.person.name if subject.person else ""
    return subject.label, ""
