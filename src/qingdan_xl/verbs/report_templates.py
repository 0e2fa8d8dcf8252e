"""报告模板/: the templates of reports, put there once and from then on the coordinator's."""

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from qingdan_xl.model import Checklist, Kind, Origin
from qingdan_xl.problems import Problem, UnusableError, problem
from qingdan_xl.reports.open_counts import open_report
from qingdan_xl.reports.shipped import templates
from qingdan_xl.workspace.files import Saved, read_file, save
from qingdan_xl.workspace.folder import Workspace

SUFFIX = ".docx"
# what word processors save texts as: under the name of a template it is one in the wrong format
_TEXTS = {SUFFIX, ".doc", ".docm", ".dotx", ".dotm", ".dot", ".wps", ".wpt", ".rtf", ".odt", ".ott", ".uot", ".uof"}
_HIDDEN = (".", "~$")
_FEW = 5


def put_templates(workspace: Workspace, names: Iterable[str]) -> None:
    """Put those of the shipped templates that have these names into 报告模板/ that are not there.

    Of a kind whose template was saved in another format none is put there: its wording is not what somebody wrote.
    """
    shipped = templates()
    for name in names:
        path = template_path(workspace, name)
        if name in shipped and not _saved(workspace, name):
            save(path, shipped[name]())


def unused_templates(workspace: Workspace, names: Collection[str]) -> list[Problem]:
    """`templates-unused` where texts lie in 报告模板/ that are no template of a kind with one of these names.

    Copies, names of the office's own, and other formats of a template that is there; subfolders are not looked at.
    """
    lone = {path for name in names if not template_path(workspace, name).exists() for path in _saved(workspace, name)}
    used = {template_path(workspace, name) for name in names} | lone
    unused = sorted(path.name for path in _texts(workspace) if path not in used)
    if not unused:
        return []
    more = f"等 {len(unused)} 个文件" if len(unused) > _FEW else ""
    told = f"{'、'.join(unused[:_FEW])}{more}"
    return [problem("templates-unused", Origin(workspace.templates.name), names=told)]


def _saved(workspace: Workspace, name: str) -> list[Path]:
    """The files with the name of a template, in whatever format or case of letters."""
    return sorted(path for path in _texts(workspace) if path.stem == name)


def _texts(workspace: Workspace) -> Iterator[Path]:
    """What word processors wrote into 报告模板/."""
    for path in workspace.templates.glob("*"):
        if path.suffix.lower() in _TEXTS and not path.name.startswith(_HIDDEN) and path.is_file():
            yield path


def template_path(workspace: Workspace, name: str) -> Path:
    """Where the template of a kind lies."""
    return workspace.templates / f"{name}{SUFFIX}"


def read_template(workspace: Workspace, name: str) -> bytes:
    """The template of a kind; UnusableError `template-format` or `report-no-template` where it is not there."""
    path = template_path(workspace, name)
    origin = Origin(f"{workspace.templates.name}/{path.name}")
    if not path.exists() and (others := _saved(workspace, name)):
        names = "、".join(other.name for other in others)
        raise UnusableError(problem("template-format", origin, names=names, wanted=path.name))
    if not path.exists():
        raise UnusableError(problem("report-no-template", origin))
    return read_file(path)


def open_name(master: Path) -> str:
    """What the reports of a 母表 are called: by its name, unless a shipped kind has that already."""
    return f"{master.stem}（情况报告）" if master.stem in templates() else master.stem


def put_open_reports(
    workspace: Workspace, sources: Iterable[Path], masters: Iterable[tuple[Path, Checklist]]
) -> tuple[Saved, ...]:
    """Make a template of each report with open counts whose 母表 was written: 报告模板/<name of the 母表>.docx.

    One that is there already may hold a person's work and is left alone.
    """
    by_name = {path.name: path for path in sources}
    made = []
    for master, checklist in masters:
        place = template_path(workspace, open_name(master))
        if checklist.kind is Kind.REPORT and checklist.metrics and not _saved(workspace, place.stem):
            source = by_name[checklist.source]
            made.append(save(place, open_report(source.name, read_file(source), checklist)))
    return tuple(made)
