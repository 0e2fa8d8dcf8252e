"""The layout of a workbook as text, to be held against a golden file that has the name of its test."""

import os
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

GOLDEN = Path(__file__).parent / "golden"


def layout(data: bytes) -> str:
    """Sheets with their state, frozen panes, filter, print set-up, charts, coloured ranges; columns with width."""
    return "\n".join(line for page in openpyxl.load_workbook(BytesIO(data)) for line in _page(page)) + "\n"


def _page(page: Worksheet) -> Iterator[str]:
    yield f"[{page.title}] {page.sheet_state} {page.dimensions}"
    charts = len(vars(page)["_charts"])  # openpyxl shows them nowhere else
    setup, filtered = page.page_setup, page.auto_filter.ref
    yield f"  冻结 {page.freeze_panes}  筛选 {filtered}  图 {charts}  网格线 {page.sheet_view.showGridLines}"
    yield f"  打印 {setup.orientation} {setup.paperSize} 宽 {setup.fitToWidth} 标题行 {page.print_title_rows}"
    yield f"  着色 {' '.join(sorted(str(found.sqref) for found in page.conditional_formatting))}"
    yield f"  表头 {'｜'.join(str(cell.value or '') for cell in page[3])}"
    widths = (f"{letter}{'隐藏' if c.hidden else ''} {c.width:g}" for letter, c in page.column_dimensions.items())
    yield f"  列宽 {' '.join(widths)}"


def assert_golden(name: str, text: str) -> None:
    """Hold a text against tests/golden/<name>.txt; with UPDATE_GOLDEN=1 in the environment write it there instead."""
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN") == "1":
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    assert text == path.read_text("utf-8")
