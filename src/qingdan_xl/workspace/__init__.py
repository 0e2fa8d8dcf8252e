"""The year folder: its layout, its settings, atomic writes and the lock."""

from qingdan_xl.workspace.folder import Saved, Workspace
from qingdan_xl.workspace.settings import Settings

__all__ = ["Saved", "Settings", "Workspace"]
