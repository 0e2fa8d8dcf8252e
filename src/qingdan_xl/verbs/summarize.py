"""summarize and status: the store → 汇总.xlsx and 看板.html, and how the year stands."""

from collections.abc import Container
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from hashlib import sha256
from pathlib import Path

from qingdan_xl.problems import Problem
from qingdan_xl.sheets.summary import SUMMARY
from qingdan_xl.store import Store, open_store, read_store
from qingdan_xl.summary.figures import Figures, figures
from qingdan_xl.summary.frames import Frames, frames
from qingdan_xl.summary.material import Material, load_material
from qingdan_xl.summary.memory import Memory
from qingdan_xl.summary.overflow import file_name, overflows, write_csv
from qingdan_xl.summary.page import dashboard
from qingdan_xl.summary.scope import YEAR, Scope
from qingdan_xl.summary.workbook import summary_workbook, table_sheets
from qingdan_xl.verbs.remarks import put_into_old, read_back, set_aside
from qingdan_xl.workspace.files import Saved, save, save_pieces
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
        beside = _written_beside(path, material, tables)
        data = summary_workbook(material, tables, {key: written.path.name for key, written in beside.items()})
        saved = save(path, data, partial(set_aside, memory=memory))
        memory.keep_file(sha256(data).hexdigest())
        memory.keep_standing(scope, as_of, material.standings)
        page = save(workspace.results / scope.file(PAGE), dashboard(material, tables))
        _take_away(path, {written.path for written in beside.values()})
    found = (*back.problems, *(made.problem for made in (*beside.values(), saved, page) if made.problem))
    return Summary(saved, page, figures(material, tables), back.changed, found)


def _written_beside(workbook: Path, material: Material, tables: Frames) -> dict[str, Saved]:
    """Write what is too long for its sheet beside the workbook, which is told where; by sheet key."""
    written = {}
    for sheet in table_sheets(material, tables):
        frame = tables[sheet.key]
        if overflows(frame):
            path = workbook.with_name(file_name(sheet, workbook.stem))
            written[sheet.key] = save_pieces(path, partial(write_csv, sheet=sheet, frame=frame))
    return written


def _take_away(workbook: Path, named: Container[Path]) -> None:
    """Move into 旧版/ what was too long for an earlier workbook, and is not told of any more."""
    for sheet in SUMMARY:
        left = workbook.with_name(file_name(sheet, workbook.stem))
        for path in (left, *left.parent.glob(f"{left.stem} (*){left.suffix}")):
            if path not in named and path.exists():
                put_into_old(path)


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
