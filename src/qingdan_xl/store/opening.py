"""The store of a year folder, for writing or for reading only."""

from qingdan_xl.model import Origin
from qingdan_xl.problems import UnusableError, problem
from qingdan_xl.store.database import Store
from qingdan_xl.workspace.folder import SETTINGS, Workspace


def open_store(workspace: Workspace) -> Store:
    """The year's store for writing; UnusableError `newer-store`, `year-changed` where it is another year's."""
    return _of_year(Store(workspace.database), workspace)


def read_store(workspace: Workspace) -> Store:
    """The year's store for reading only, as a copy; UnusableError as `open_store`."""
    return _of_year(Store.copy_of(workspace.database), workspace)


def _of_year(store: Store, workspace: Workspace) -> Store:
    """The store itself, if its batches are of the year that the settings name."""
    year = workspace.settings.year
    years = [name.partition("-")[0] for (name,) in store.connection.execute("SELECT id FROM batch ORDER BY rowid")]
    if others := [issued for issued in years if issued != str(year)]:
        store.close()
        raise UnusableError(problem("year-changed", Origin(SETTINGS), year=year, issued=others[-1]))
    return store
