"""下发清单.xlsx: a batch's workbooks with whom they go to."""

from collections.abc import Iterable, Mapping

from qingdan_xl.issuing.issue import UnitFile
from qingdan_xl.issuing.plan import Batch
from qingdan_xl.sheets.manifest import MANIFEST
from qingdan_xl.sheets.writing import Book, Cell

FILE = f"{MANIFEST.title}.xlsx"


def manifest_workbook(batch: Batch, files: Iterable[UnitFile]) -> bytes:
    """下发清单.xlsx with one row a workbook that was issued."""
    book = Book()
    page = book.add(MANIFEST, [_cells(file) for file in files])
    book.print_setup(page, f"{batch.title} 第 {batch.id} 批")
    return book.to_bytes()


def _cells(file: UnitFile) -> Mapping[str, Cell]:
    unit = file.unit
    return {
        "unit_id": unit.id,
        "unit": unit.name,
        "kind": unit.kind,
        "parent": unit.parent,
        "file": file.name,
        "sheets": file.sheets,
        "duties": file.duties,
        "contact": unit.contact,
        "phone": unit.phone,
        "sha256": file.sha256,
    }
