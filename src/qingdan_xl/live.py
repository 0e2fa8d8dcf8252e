"""Open Excel as another end of the library: the year's tables go into a book that is open, what was typed comes out.

Thin functions over xlwings' object model (only its BSD part), to be called from Python, from a button
(`RunPython "import xlwings, qingdan_xl.live as live; live.refresh(xlwings.Book.caller())"`) or, for the functions in
capitals, from a cell of Excel on Windows. Locked sheets are never unlocked: Excel says no, and that reaches the caller.
"""

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd
import xlwings as xw

from qingdan_xl.collecting.collect import collect, sent_out_of
from qingdan_xl.collecting.examine import Context, examine_book
from qingdan_xl.collecting.identity import SentOut
from qingdan_xl.collecting.reading import Book
from qingdan_xl.model import Origin
from qingdan_xl.packages.places import error_cell, formula_cell
from qingdan_xl.problems import Problem, UnusableError, problem
from qingdan_xl.sheets.declaration import Sheet
from qingdan_xl.sheets.reading import Grid
from qingdan_xl.sheets.summary import BY_UNIT, DETAIL, MISSING, PROBLEMS, WARNINGS
from qingdan_xl.sheets.unit import HIDDEN_TITLE
from qingdan_xl.sheets.values import Raw
from qingdan_xl.summary.frames import Frames, frames
from qingdan_xl.summary.returns import SEVERITIES
from qingdan_xl.verbs.summarize import gather
from qingdan_xl.workspace.folder import Workspace

LIVE = "实时_{}"
FOLDER_NAME = "Qd_Folder"  # the cell of 工作台.xlsm that names the year folder
_SHOWN = (BY_UNIT, WARNINGS, MISSING, PROBLEMS)
_PROBLEM_HEADINGS = ("级别", "单位", "工作表", "单元格", "问题", "怎么办", "代码")
_UNKNOWN, _UNCOUNTED = "（没有）", "（不计次数）"
_ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})


def year_folder_of(book: xw.Book) -> Workspace:
    """The year folder a book belongs to: the one that its cell Qd_Folder names, else the one it lies in.

    UnusableError `no-workspace` where there is none.
    """
    typed = book.names[FOLDER_NAME].refers_to_range.value if FOLDER_NAME in book.names else None
    # Windows copies paths in quotes
    return Workspace.find(Path(typed.strip('" ') if typed else book.fullname))


def refresh(book: xw.Book, as_of: date | None = None) -> dict[str, pd.DataFrame]:
    """Write the year as it stands on a day (today by default) into sheets 实时_… of an open book.

    The frames that stand there now come back by sheet title. UnusableError as `year_folder_of`, `nothing-issued`, and
    `return-open` for a unit's own workbook: what others have done would go back with it.
    """
    if _is_return(book):
        raise UnusableError(problem("return-open", Origin(book.name)))
    tables = frames(gather(year_folder_of(book), as_of or _today()))
    shown = {LIVE.format(sheet.title): tables[sheet.key].rename(columns=_headings(sheet)) for sheet in _SHOWN}
    for title, frame in shown.items():
        show(book, title, frame)
    return shown


def check_active(book: xw.Book, as_of: date | None = None) -> pd.DataFrame:
    """What `qingdan check` says of the unit workbook that is open, with what is typed and not saved yet.

    A row a problem, the headings in Chinese; nothing is written. Where no year folder is about, what needs one is left
    out and said so. The custom properties of a file cannot be read through Excel: hidden sheet and row ids tell whose
    it is.
    """
    found = examine_book(_as_read(book), Context(_sent_out(book), as_of=as_of or _today()))
    return problem_frame(found.problems)


def collect_here(book: xw.Book, received: datetime | None = None) -> pd.DataFrame:
    """Take in what lies in 收件/ of the book's year folder, and show how the year stands in the book.

    Where the book is a unit's own, it alone is taken in as it was last saved, and nothing is written into it. A row a
    problem comes back. UnusableError as `collecting.collect`.
    """
    workspace = year_folder_of(book)
    if _is_return(book):
        return problem_frame(collect(workspace, (Path(book.fullname),), received).problems)
    found = collect(workspace, (), received)
    refresh(book, received.date() if received else None)
    return problem_frame(found.problems)


def show(book: xw.Book, title: str, frame: pd.DataFrame) -> xw.Sheet:
    """Put a frame on a sheet of an open book, in place of what stood there; the sheet is made where there is none."""
    titles = [sheet.name for sheet in book.sheets]
    sheet = book.sheets[title] if title in titles else book.sheets.add(title, after=book.sheets[len(titles) - 1])
    sheet.clear_contents()
    sheet.range("A1").value = [list(frame.columns), *map(_typed, frame.itertuples(index=False, name=None))]
    sheet.range("A1").resize(1, len(frame.columns)).font.bold = True
    sheet.autofit("columns")
    return sheet


def problem_frame(problems: Iterable[Problem]) -> pd.DataFrame:
    """Problems as a frame that people read: a row each, with place, what is wrong and what to do."""
    rows = [
        (SEVERITIES[each.severity], each.unit, each.origin.sheet, each.origin.cell, each.what, each.advice, each.code)
        for each in problems
    ]
    return pd.DataFrame(rows, columns=list(_PROBLEM_HEADINGS))


# the docstrings of the functions in capitals, and of their arguments, are what Excel shows of them
_folder = xw.arg("folder", doc="年度文件夹的路径")
_unit = xw.arg("unit", doc="单位的名称或编号")
_row_id = xw.arg("row_id", doc="事项编号（填报表和汇总“明细”的隐藏列）")


@xw.func
@_folder
@_unit
def QD_RETURNED(folder: str, unit: str) -> str:  # noqa: N802 - functions of cells are written in capitals
    """单位交回填报表没有。"""  # noqa: D400, D415 - read by people in Excel
    return str(_looked_up(folder, BY_UNIT, "state", unit))


@xw.func
@_folder
@_unit
@_row_id
def QD_LIGHT(folder: str, unit: str, row_id: str) -> str:  # noqa: N802 - as above
    """单位一项责任事项的预警。"""  # noqa: D400, D415 - as above
    return str(_looked_up(folder, DETAIL, "light", unit, row_id))


@xw.func
@_folder
@_unit
@_row_id
def QD_DONE(folder: str, unit: str, row_id: str) -> Any:  # noqa: ANN401, N802 - `object` has no converter in xlwings
    """单位一项责任事项的已完成次数。"""  # noqa: D400, D415 - as above
    return _looked_up(folder, DETAIL, "done_times", unit, row_id)


def _looked_up(folder: str, sheet: Sheet, column: str, unit: str, row_id: str = "") -> object:
    """The value of a column in the unit's first fitting row of a table, or in words why there is none."""
    try:
        workspace = Workspace.find(Path(folder.strip('" ')))
        changed = workspace.database.stat().st_mtime_ns if workspace.database.exists() else 0
        table = _tables(workspace, _today(), changed)[sheet.key]
    except UnusableError as fault:  # a cell has no other place for a sentence
        return f"（{fault.problems[0].what}）"
    rows = table[(table["unit"] == unit) | (table["unit_id"] == unit)]
    rows = rows[rows["row_id"] == row_id] if row_id else rows
    if rows.empty:
        return _UNKNOWN
    value = rows[column].iloc[0]
    return _UNCOUNTED if pd.isna(value) else value


@lru_cache(maxsize=1)
def _tables(workspace: Workspace, day: date, _changed: int) -> Frames:
    """The tables of a day, kept for the many cells that ask until the store changes."""
    return frames(gather(workspace, day))


def _headings(sheet: Sheet) -> dict[str, str]:
    return {column.key: column.heading for column in sheet}


def _typed(row: tuple[Any, ...]) -> list[Any]:
    """A row as it is typed into cells: an apostrophe before every text, so that none becomes a formula or a number."""
    return [None if pd.isna(each) else f"'{each}" if isinstance(each, str) else each for each in row]


def _as_read(book: xw.Book) -> Book:
    """The open book as `collecting` reads files."""
    grids = {sheet.name: _grid(sheet) for sheet in book.sheets}
    return Book(book.name, grids, grids.pop(HIDDEN_TITLE, []), None, None)


def _grid(sheet: xw.Sheet) -> Grid:
    """A sheet from its first cell to its last filled one, formulas and errors marked as the reader of files does."""
    area = sheet.range((1, 1), sheet.used_range.last_cell)
    values = area.options(ndim=2, err_to_str=True).value
    formulas: Any = area.formula if area.size > 1 else ((area.formula,),)  # Excel gives one cell as it is, more in rows
    return [list(map(_cell, *rows)) for rows in zip(values, formulas, strict=True)]


def _cell(value: Raw, formula: object) -> Raw:
    # a constant number may come as a number there
    if isinstance(formula, str) and formula.startswith("=") and value != formula:
        return formula_cell(formula[1:])
    return error_cell(value) if isinstance(value, str) and value in _ERRORS else value


def _is_return(book: xw.Book) -> bool:
    return HIDDEN_TITLE in [sheet.name for sheet in book.sheets]


def _sent_out(book: xw.Book) -> SentOut | None:
    try:
        return sent_out_of(year_folder_of(book))
    except UnusableError:
        return None


def _today() -> date:
    return datetime.now().date()  # noqa: DTZ005 - the day of the office
