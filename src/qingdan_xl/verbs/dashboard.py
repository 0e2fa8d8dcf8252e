"""dashboard: the store → 看板.html."""

from dataclasses import dataclass
from datetime import date

from qingdan_xl.summary.figures import Figures, figures
from qingdan_xl.summary.frames import frames
from qingdan_xl.summary.page import dashboard
from qingdan_xl.summary.scope import YEAR, Scope
from qingdan_xl.verbs.summarize import PAGE, gather
from qingdan_xl.workspace.files import Saved, save
from qingdan_xl.workspace.folder import Workspace


@dataclass(frozen=True, slots=True)
class Dashboard:
    """The page that was written, and its main figures."""

    page: Saved
    figures: Figures


def dashboard_year(workspace: Workspace, as_of: date, scope: Scope = YEAR) -> Dashboard:
    """Write 成果/看板.html as of a day, or 看板-2026Q2.html for a period.

    UnusableError `nothing-issued` where no workbook was ever sent out.
    """
    material = gather(workspace, as_of, scope)
    tables = frames(material)
    saved = save(workspace.results / scope.file(PAGE), dashboard(material, tables))
    return Dashboard(saved, figures(material, tables))
