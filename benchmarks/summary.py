"""Summing up 1,000 units of 60 duties, beside the script that most people would write: pandas and openpyxl."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pandas as pd
from invented import AS_OF, invented_store
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from qingdan_xl.sheets.declaration import Type
from qingdan_xl.store import Store
from qingdan_xl.summary.frames import Frames, frames
from qingdan_xl.summary.material import Material
from qingdan_xl.summary.workbook import table_sheets
from qingdan_xl.verbs.summarize import gather, summarize_year
from qingdan_xl.workspace.folder import Workspace

UNITS = 1_000


def measure(folder: Path, seconds: Callable[[Callable[[], object]], float]) -> tuple[float, float]:
    """Seconds from the store to 汇总.xlsx and 看板.html, and of the script for the workbook alone.

    The script is given our counted tables, so only the writing of the same sheets is held against it.
    """
    workspace = invented_year(folder, UNITS)
    ours = seconds(lambda: summarize_year(workspace, AS_OF))
    material = gather(workspace, AS_OF)
    tables = frames(material)
    return ours, seconds(lambda: by_script(material, tables, folder / "对照.xlsx"))


def invented_year(folder: Path, units: int) -> Workspace:
    """A year folder whose store holds the returns of invented units."""
    workspace = Workspace.create(folder / f"{units}个单位", AS_OF.year)
    with closing(Store(workspace.database)) as store:
        store.connection.execute("PRAGMA synchronous=OFF")  # nothing here is worth waiting for the disk
        invented_store(store, units)
    return workspace


def by_script(material: Material, tables: Frames, path: Path) -> None:
    """Every table on its sheet with to_excel, then headings, borders, wrapped texts and widths by openpyxl."""
    side = Side(style="thin", color="B8C2CC")
    border, bold, wrapped = Border(side, side, side, side), Font(bold=True), Alignment(wrap_text=True)
    with pd.ExcelWriter(path, engine="openpyxl") as writer:
        for sheet in table_sheets(material, tables):
            named = tables[sheet.key].rename(columns={column.key: column.heading for column in sheet})
            named.to_excel(writer, sheet_name=sheet.title, index=False)
            page = writer.sheets[sheet.title]
            for number, column in enumerate(sheet, 1):
                page.column_dimensions[get_column_letter(number)].width = column.width
                page.cell(1, number).font = bold
            long = {number for number, column in enumerate(sheet) if column.type is Type.LONG}
            for row in page.iter_rows(min_row=2):
                for number, cell in enumerate(row):
                    cell.border = border
                    if number in long:
                        cell.alignment = wrapped
            page.freeze_panes = "B2"
            page.auto_filter.ref = page.dimensions
