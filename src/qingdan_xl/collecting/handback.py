"""A copy of a unit's own file that shows its staff what to mend: cells marked, a comment on each, a list with links.

Marks are conditional formats and comments are ours by their author, so that the cells stay as they were typed and
styled, and the marks of an earlier copy can be taken out again.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePath
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from qingdan_xl.engine import run_in_workers
from qingdan_xl.model import Origin
from qingdan_xl.packages.respelled import respelled
from qingdan_xl.packages.sniff import Bytes, sniff
from qingdan_xl.problems import Problem, Severity, problem
from qingdan_xl.sheets.handback import HANDBACK
from qingdan_xl.workspace.files import Saved, save

_AUTHOR = "清单核对"
_RULE = '"需修改"<>""'  # always true; it says whose rule it is
_FILL = PatternFill(bgColor="FFFFC7CE", fill_type="solid")
_HEADING = Font(bold=True)
_LINK = Font(color="FF0563C1", underline="single")
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_WEIGHTS = {Severity.ERROR: "必须改", Severity.WARNING: "请核对"}
_COMMENT_SIZE = (120, 320)  # points high and wide
_FIRST_ROW = 4


@dataclass(frozen=True, slots=True)
class Marking:
    """A file to mark: where its bytes lie, the name people know it by, and what was found in it."""

    path: Path
    file: str
    problems: tuple[Problem, ...]


def hand_back(markings: Sequence[Marking], folder: Path) -> list[Saved | Problem]:
    """Write a marked copy of each file into a folder; for each where it landed, or why there is none.

    Files are opened in worker processes. Problems: `cannot-annotate`.
    """
    done: list[Saved | Problem] = []
    for marking, result in zip(markings, run_in_workers(marked, markings), strict=True):
        if isinstance(result.value, bytes):
            name = PurePath(marking.file).with_suffix(".xlsx").name
            done.append(save(folder / name, result.value))
        else:
            why = result.value or "文件打不开"
            done.append(problem("cannot-annotate", Origin(marking.file), why=why))
    return done


def to_mend(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """What the unit itself has to mend, by sheet and cell: errors first."""
    found = [fault for fault in problems if fault.severity is not Severity.INFO]
    return tuple(sorted(found, key=lambda fault: fault.severity is not Severity.ERROR))


def marked(marking: Marking) -> bytes | str:
    """The marked copy of a file, or in Chinese why there can be none."""
    data = marking.path.read_bytes()
    if sniff(data) is not Bytes.XLSX:
        return "文件不是 .xlsx 格式"
    book = load_workbook(BytesIO(data), rich_text=True, keep_vba=False)
    _take_out_marks(book)
    by_sheet: dict[str, dict[str, list[Problem]]] = defaultdict(lambda: defaultdict(list))
    for fault in marking.problems:
        if fault.origin.sheet in book.sheetnames and fault.origin.cell:
            by_sheet[fault.origin.sheet][fault.origin.cell].append(fault)
    for title, cells in by_sheet.items():
        _mark(book[title], cells)
    _add_list(book, marking.problems)
    buffer = BytesIO()
    book.save(buffer)
    return respelled(buffer.getvalue())


def _take_out_marks(book: Workbook) -> None:
    if HANDBACK.title in book.sheetnames:
        book.remove(book[HANDBACK.title])
    for page in book.worksheets:
        kept = ConditionalFormattingList()
        for area in page.conditional_formatting:
            for rule in area.rules:
                if rule.formula != [_RULE]:
                    kept.add(str(area.sqref), rule)
        page.conditional_formatting = kept
        for cells in page.iter_rows():
            for cell in cells:
                if cell.comment and _AUTHOR in (cell.comment.author or ""):
                    _set_comment(cell, cell.comment.text.partition(f"【{_AUTHOR}】")[0].rstrip())


def _mark(page: Worksheet, cells: Mapping[str, Sequence[Problem]]) -> None:
    page.conditional_formatting.add(" ".join(cells), _rule())
    for place, faults in cells.items():
        cell: Any = page[place]
        if isinstance(cell, MergedCell):
            continue
        own = f"{cell.comment.text}\n" if cell.comment else ""
        _set_comment(cell, f"{own}【{_AUTHOR}】" + "\n".join(fault.message for fault in faults))


def _rule() -> Rule:
    return Rule(type="expression", formula=[_RULE], dxf=DifferentialStyle(fill=_FILL))


def _set_comment(cell: Any, text: str) -> None:  # noqa: ANN401 - openpyxl's cells of several classes
    cell.comment = Comment(text, _AUTHOR, *_COMMENT_SIZE) if text else None


def _add_list(book: Workbook, problems: Sequence[Problem]) -> None:
    page = book.create_sheet(HANDBACK.title, 0)
    page["A1"], page["A2"] = HANDBACK.title, HANDBACK.purpose
    for number, column in enumerate(HANDBACK, 1):
        heading = page.cell(_FIRST_ROW - 1, number, column.heading)
        heading.font = _HEADING
        page.column_dimensions[heading.column_letter].width = column.width
    for row, fault in enumerate(problems, _FIRST_ROW):
        where = fault.origin
        place = f"{where.sheet} {where.cell}".strip() or "整个文件"
        texts = (row - _FIRST_ROW + 1, place, _WEIGHTS[fault.severity], fault.what, fault.advice)
        for number, text in enumerate(texts, 1):
            cell = page.cell(row, number)
            cell.value = text
            cell.data_type = "s" if isinstance(text, str) else "n"  # what a unit typed is never a formula
            cell.alignment = _WRAPPED
        if where.sheet in book.sheetnames:
            quoted = where.sheet.replace("'", "''")
            link: Any = page.cell(row, 2)
            link.hyperlink = Hyperlink(link.coordinate, location=f"'{quoted}'!{where.cell or 'A1'}")
            link.font = _LINK
    page.freeze_panes = f"A{_FIRST_ROW}"
    page.page_setup.orientation, page.page_setup.fitToHeight = "landscape", 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is page
    book.active = 0
