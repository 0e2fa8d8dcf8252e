"""The parser: documents -> checklists, checklists -> JSON and the reviewable 母表, and back."""

from typing import TYPE_CHECKING, Any

from qingdan_xl.documents.export import as_json
from qingdan_xl.documents.parsing import parse

if TYPE_CHECKING:  # `parse --json` needs neither the writer nor the reader of workbooks
    from qingdan_xl.documents.master import master_workbook
    from qingdan_xl.documents.master_reading import read_master

__all__ = ["as_json", "master_workbook", "parse", "read_master"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a module attribute may be anything
    if name == "master_workbook":
        from qingdan_xl.documents.master import master_workbook

        return master_workbook
    if name == "read_master":
        from qingdan_xl.documents.master_reading import read_master

        return read_master
    raise AttributeError(name)
