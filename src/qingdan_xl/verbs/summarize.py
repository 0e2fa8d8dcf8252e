"""summarize and status: the store → 汇总.xlsx, and how the year stands."""

from contextlib import closing
from dataclasses import dataclass
from datetime import date

from qingdan_xl.store import Store
from qingdan_xl.summary.figures import Figures, figures
from qingdan_xl.summary.frames import frames
from qingdan_xl.summary.material import Material, load_material
from qingdan_xl.summary.workbook import summary_workbook
from qingdan_xl.workspace.files import Saved, save
from qingdan_xl.workspace.folder import Workspace

FILE = "汇总.xlsx"


@dataclass(frozen=True, slots=True)
class Summary:
    """The workbook that was written, and its main figures."""

    workbook: Saved
    figures: Figures


def summarize_year(workspace: Workspace, as_of: date) -> Summary:
    """Write 成果/汇总.xlsx as of a day; UnusableError `nothing-issued` where no workbook was ever sent out."""
    material = gather(workspace, as_of)
    tables = frames(material)
    saved = save(workspace.results / FILE, summary_workbook(material, tables))
    return Summary(saved, figures(material, tables))


def gather(workspace: Workspace, as_of: date) -> Material:
    """Everything the store knows of the year, looked at on a day."""
    with closing(Store(workspace.database)) as store:
        return load_material(store, workspace.settings.calendar(as_of))
