"""Tables that are too long for a sheet: written as CSV beside the workbook, and the sheet says where."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import IO, Any

import pandas as pd

from qingdan_xl.sheets.declaration import Sheet, Type
from qingdan_xl.sheets.writing import clean

MOST_ROWS = 200_000  # more than this Excel opens slowly or not at all on an office computer
_EXCEL_ROWS = 1_048_576  # more does not go into a sheet at all
_BLOCK = 20_000  # rows in memory at a time
_NUMBERS = (Type.COUNT, Type.PERCENT, Type.POINTS, Type.DATE)
_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # what a spreadsheet takes for a formula


def overflows(frame: pd.DataFrame) -> bool:
    """Whether a table does not go into its sheet."""
    return len(frame) > MOST_ROWS


def file_name(sheet: Sheet, stem: str) -> str:
    """The file that holds a sheet's rows: 汇总-明细.csv."""
    return f"{stem}-{sheet.title}.csv"


def pointing(sheet: Sheet, rows: int, file: str) -> Sheet:
    """The sheet with the sentence that says where its rows are; the heading takes one of the rows that Excel has."""
    told = f"共 {rows:,} 行，超过 {MOST_ROWS:,} 行，写在同一文件夹的 {file}，{_opened(rows + 1)}；"
    return replace(sheet, purpose=f"{told}写在那里的批示读不回来，请写在“按单位”")


def _opened(rows: int) -> str:
    if rows <= _EXCEL_ROWS:
        return "可用 Excel、WPS 打开"
    return f"Excel、WPS 一张表只放得下 {_EXCEL_ROWS:,} 行，直接打开会缺后面的，请用“数据 - 自文本/CSV”导入数据模型"


def write_csv(file: IO[bytes], sheet: Sheet, frame: pd.DataFrame) -> None:
    """Write a table under its headings as UTF-8 with a mark, as Excel reads it; no text can become a formula."""
    file.write(b"\xef\xbb\xbf")
    for start in range(0, max(len(frame), 1), _BLOCK):
        part = frame.iloc[start : start + _BLOCK]
        plain = pd.DataFrame(dict(_plain(sheet, part)), index=part.index, dtype=object)
        plain.to_csv(file, index=False, header=start == 0, lineterminator="\r\n")


def _plain(sheet: Sheet, part: pd.DataFrame) -> Iterator[tuple[str, Iterable[Any]]]:
    for column in sheet:
        values = part[column.key].astype(object)
        is_text = column.type not in _NUMBERS
        yield column.heading, values.map(harmless, na_action="ignore") if is_text else values


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula: with an apostrophe before what could be one."""
    plain = clean(text)
    return f"'{plain}" if plain.lstrip().startswith(_STARTS) or plain.startswith(_STARTS) else plain
