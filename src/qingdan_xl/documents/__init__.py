"""The parser: documents -> checklists, checklists -> JSON and the reviewable 母表, and back."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qingdan_xl.documents.export import as_json
    from qingdan_xl.documents.master import master_workbook
    from qingdan_xl.documents.master_reading import read_master
    from qingdan_xl.documents.parsing import parse

__all__ = ["as_json", "master_workbook", "parse", "read_master"]

# imported when asked for: who reads what came back needs none of them, and no verb needs them all
_HOMES = {"as_json": "export", "master_workbook": "master", "parse": "parsing", "read_master": "master_reading"}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a module attribute may be anything
    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
