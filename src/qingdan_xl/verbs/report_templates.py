"""报告模板/: the templates of reports, put there once and from then on the coordinator's."""

from collections.abc import Iterable
from pathlib import Path

from qingdan_xl.model import Checklist, Kind, Origin
from qingdan_xl.problems import UnusableError, problem
from qingdan_xl.reports.open_counts import open_report
from qingdan_xl.reports.shipped import templates
from qingdan_xl.workspace.files import Saved, read_file, save
from qingdan_xl.workspace.folder import Workspace

SUFFIX = ".docx"


def put_templates(workspace: Workspace, names: Iterable[str]) -> None:
    """Put those of the shipped templates that have these names into 报告模板/ that are not there."""
    shipped = templates()
    for name in names:
        path = template_path(workspace, name)
        if name in shipped and not path.exists():
            save(path, shipped[name]())


def template_path(workspace: Workspace, name: str) -> Path:
    """Where the template of a kind lies."""
    return workspace.templates / f"{name}{SUFFIX}"


def read_template(workspace: Workspace, name: str) -> bytes:
    """The template of a kind; UnusableError `report-no-template` where it is not there."""
    path = template_path(workspace, name)
    if not path.exists():
        raise UnusableError(problem("report-no-template", Origin(f"{workspace.templates.name}/{path.name}")))
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
        if checklist.kind is Kind.REPORT and checklist.metrics and not place.exists():
            source = by_name[checklist.source]
            made.append(save(place, open_report(source.name, read_file(source), checklist)))
    return tuple(made)
