"""The year folder a command works in."""

from pathlib import Path
from typing import TYPE_CHECKING

from qingdan_xl.problems import UnusableError

if TYPE_CHECKING:  # settings load pydantic, which help should not wait for
    from qingdan_xl.workspace.folder import Workspace


def year_folder(start: Path) -> "Workspace":
    """The year folder that `start` is in; UnusableError `no-workspace` outside one."""
    from qingdan_xl.workspace.folder import Workspace

    return Workspace.find(start)


def year_folder_or_none(start: Path) -> "Workspace | None":
    """As `year_folder`, for verbs that also work outside: None where no folder was named and here is none."""
    if start != Path():
        return year_folder(start)
    try:
        return year_folder(start)
    except UnusableError:
        return None
