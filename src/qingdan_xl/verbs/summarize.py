"""summarize and status: the store → 汇总.xlsx and 看板.html, and how the year stands."""

from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path

from qingdan_xl.problems import Problem
from qingdan_xl.store import Store, open_store, read_store
from qingdan_xl.summary.figures import Figures, figures
from qingdan_xl.summary.frames import Frames, frames
from qingdan_xl.summary.material import Material, load_material
from qingdan_xl.summary.memory import Memory
from qingdan_xl.summary.overflow import file_name, overflows, write_csv
from qingdan_xl.summary.page import dashboard
from qingdan_xl.summary.scope import YEAR, Scope
from qingdan_xl.summary.workbook import summary_workbook, table_sheets
from qingdan_xl.verbs.remarks import read_back, set_aside
from qingdan_xl.workspace.files import Saved, appearing, save
from qingdan_xl.workspace.folder import Workspace

FILE, PAGE = "汇总.xlsx", "看板.html"


@dataclass(frozen=True, slots=True)
class Summary:
    """The workbook and the page that were written, their figures, how many remarks were read, and what went wrong."""

    workbook: Saved
    page: Saved
    figures: Figures
    remarks: int
    problems: tuple[Problem, ...]


def summarize_year(workspace: Workspace, as_of: date, scope: Scope = YEAR) -> Summary:
    """Write 成果/汇总.xlsx and 看板.html as of a day, or 汇总-2026Q2.xlsx and 看板-2026Q2.html for a period.

    What leaders typed into earlier ones is read first and stands again in the new one. UnusableError `nothing-issued`
    where no workbook was ever sent out. Problems: `remarks-unread`, `locked-output`.
    """
    with workspace.lock(), closing(open_store(workspace)) as store:
        memory = Memory(store)
        back = read_back(workspace.results, memory)
        material = material_of(workspace, store, as_of, scope)
        tables = frames(material)
        path = workspace.results / scope.file(FILE)
        data = summary_workbook(material, tables, path.stem)
        set_aside(path, memory)
        _write_overflows(path, material, tables)
        saved = save(path, data)
        memory.keep_file(sha256(data).hexdigest())
        memory.keep_standing(scope, as_of, material.standings)
        page = save(workspace.results / scope.file(PAGE), dashboard(material, tables))
    found = (*back.problems, *(made.problem for made in (saved, page) if made.problem))
    return Summary(saved, page, figures(material, tables), back.changed, found)


def _write_overflows(workbook: Path, material: Material, tables: Frames) -> None:
    """Write what is too long for its sheet beside the workbook."""
    for sheet in table_sheets(material, tables):
        if overflows(tables[sheet.key]):
            with appearing(workbook.with_name(file_name(sheet, workbook.stem))) as file:
                write_csv(file, sheet, tables[sheet.key])


def gather(workspace: Workspace, as_of: date, scope: Scope = YEAR) -> Material:
    """Everything the store knows of the year, looked at on a day."""
    with closing(read_store(workspace)) as store:
        return material_of(workspace, store, as_of, scope)


def material_of(workspace: Workspace, store: Store, as_of: date, scope: Scope = YEAR) -> Material:
    """The store's material under the title, deadline and colours that the settings name now, not at the last issue."""
    settings = workspace.settings
    found = load_material(store, settings.calendar(as_of), scope)
    units = tuple(replace(unit, deadline=settings.deadline) for unit in found.intake.units)
    intake = replace(found.intake, units=units)
    return replace(
        found, title=settings.title, deadline=settings.deadline, intake=intake, lights=settings.lights.shades
    )
