"""The parser: documents -> checklists, checklists -> JSON and the reviewable 母表, and back."""

from qingdan_xl.documents.export import as_json
from qingdan_xl.documents.master import master_workbook
from qingdan_xl.documents.master_reading import read_master
from qingdan_xl.documents.parsing import SUFFIXES, parse

__all__ = ["SUFFIXES", "as_json", "master_workbook", "parse", "read_master"]
