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
from openpyxl.styles import PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from qingdan_xl.collecting.copies import Copies
from qingdan_xl.collecting.mend_list import add_list
from qingdan_xl.engine import Result, run_in_workers
from qingdan_xl.model import Origin
from qingdan_xl.packages.cell_pictures import left_out, with_cell_pictures
from qingdan_xl.packages.respelled import respelled
from qingdan_xl.packages.sniff import Bytes, sniff
from qingdan_xl.problems import Problem, Severity, problem
from qingdan_xl.sheets.handback import HANDBACK
from qingdan_xl.sheets.writing import text_width
from qingdan_xl.workspace.files import Saved

_AUTHOR = "清单核对"
_RULE = '"需修改"<>""'  # always true; it says whose rule it is
_FILL = PatternFill(bgColor="FFFFC7CE", fill_type="solid")
_COMMENT_WIDTH = 320  # pixels
_COMMENT_CHARACTERS = 40  # half-width ones that stand on a line of it
_COMMENT_LINE = 18  # pixels


@dataclass(frozen=True, slots=True)
class Marking:
    """A file to mark: where its bytes lie, the name people know it by, what its unit has to mend, and the unit's id."""

    path: Path
    file: str
    problems: tuple[Problem, ...]
    unit_id: str = ""

    @property
    def name(self) -> str:
        """What the copy is called: its unit, which stands in every problem of a file that was recognised."""
        return self.problems[0].unit or PurePath(self.file).stem


def hand_back(markings: Sequence[Marking], folder: Path) -> list[Saved | Problem]:
    """Write a marked copy of each file with something to mend into a folder; for each where it landed, or why there is
    none.

    A copy is named after its unit. Where nothing is left to mend, the one of an earlier run is taken away, if nobody
    has changed it. Files are opened in worker processes. Problems: `cannot-annotate`.
    """  # noqa: D205 - one sentence
    copies = Copies(folder)
    for marking in markings:
        if not marking.problems:
            copies.take_away(marking.unit_id)
    faulty = [marking for marking in markings if marking.problems]
    results = run_in_workers(marked, faulty)
    done = [_put(copies, marking, result) for marking, result in zip(faulty, results, strict=True)]
    copies.write_list()
    return done


def _put(copies: Copies, marking: Marking, result: Result[bytes | str]) -> Saved | Problem:
    owner = marking.unit_id or marking.file
    if isinstance(result.value, bytes):
        return copies.put(owner, marking.name, result.value)
    copies.take_away(owner)
    return problem("cannot-annotate", Origin(marking.file), why=result.value or "文件打不开")


def to_mend(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """What the unit itself has to mend, by sheet and cell: errors first."""
    found = [fault for fault in problems if fault.severity is not Severity.INFO]
    sheets = {fault.origin.sheet: -place for place, fault in enumerate(reversed(found))}

    def place(fault: Problem) -> tuple[bool, int, int, int, str]:
        where = fault.origin
        column = len(where.column), where.column
        return fault.severity is not Severity.ERROR, sheets[where.sheet], where.row or 0, *column

    return tuple(sorted(found, key=place))


def marked(marking: Marking) -> bytes | str:
    """The marked copy of a file, or in Chinese why there can be none."""
    data = marking.path.read_bytes()
    if sniff(data) is not Bytes.XLSX:
        return "文件不是 .xlsx 格式"
    book = load_workbook(BytesIO(data), rich_text=True, keep_vba=False)
    _put_numbers_back(book, data)
    _take_out_marks(book)
    by_sheet: dict[str, dict[str, list[Problem]]] = defaultdict(lambda: defaultdict(list))
    for fault in marking.problems:
        if fault.origin.sheet in book.sheetnames and fault.origin.column and fault.origin.row:
            by_sheet[fault.origin.sheet][fault.origin.cell].append(fault)
    for title, cells in by_sheet.items():
        _mark(book[title], cells)
    add_list(book, marking.problems)
    buffer = BytesIO()
    book.save(buffer)
    copy = with_cell_pictures(respelled(buffer.getvalue()), data)
    lost = left_out(copy, data)
    return f"副本会丢失文件里的{'、'.join(lost)}" if lost else copy


def _put_numbers_back(book: Workbook, data: bytes) -> None:
    """Put back a number like 20260301 in a cell that shows days: openpyxl made an error of it."""
    pages = {
        page.title: lost
        for page in book.worksheets
        if (lost := [cell for cells in page.iter_rows() for cell in cells if cell.value == "#VALUE!"])
    }
    if not pages:
        return
    typed = CalamineWorkbook.from_filelike(BytesIO(data))
    for title, lost in pages.items():
        rows = typed.get_sheet_by_name(title).to_python(skip_empty_area=False)
        for cell in lost:
            if isinstance(number := rows[cell.row - 1][cell.column - 1], int | float):
                cell.value = number


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
    # ours comes before those that colour a cell by its word: Excel goes by the priority, LibreOffice by the place
    formats = ConditionalFormattingList()
    formats.add(" ".join(cells), _rule())
    for area in page.conditional_formatting:
        for rule in area.rules:
            rule.priority += 1
            formats.add(str(area.sqref), rule)
    page.conditional_formatting = formats
    for place, faults in cells.items():
        cell: Any = page[place]
        if isinstance(cell, MergedCell):
            continue
        own = f"{cell.comment.text}\n" if cell.comment else ""
        _set_comment(cell, f"{own}【{_AUTHOR}】" + "\n".join(fault.message for fault in faults))


def _rule() -> Rule:
    return Rule(type="expression", priority=1, formula=[_RULE], dxf=DifferentialStyle(fill=_FILL))


def _set_comment(cell: Any, text: str) -> None:  # noqa: ANN401 - openpyxl's cells of several classes
    lines = sum(1 + text_width(line) // _COMMENT_CHARACTERS for line in text.split("\n"))
    cell.comment = Comment(text, _AUTHOR, (lines + 1) * _COMMENT_LINE, _COMMENT_WIDTH) if text else None
