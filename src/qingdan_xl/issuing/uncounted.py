"""Cells of the log that look filled and that the workbook's own formulas do not count: they say so, in words.

Pasting goes round the dropdown lists. What is collected is read with more patience, and told (`blanks-around`,
`date-as-text`): both go by the columns named here.
"""

from collections.abc import Iterable

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from qingdan_xl.counting.lights import NEAR
from qingdan_xl.issuing.formulas import BLANKS, LAST_ROW, letter_of
from qingdan_xl.sheets.unit import LOG
from qingdan_xl.sheets.writing import FIRST_ROW, Book

LOGGED_WORDS, LOGGED_DAY = ("category", "duty", "host"), "date"

_PADDED = "（有空格，请重选）"
_TEXT_DAY, _NO_DAY = "（文本，不计数）", "不是日期"
_FIRST_COMPACT = 20000101  # a number like 20260301 is read as a day when it is collected; for a formula it is none
_ENDS = f'" {BLANKS}"&CHAR(9)&CHAR(10)&CHAR(13)'


def tell_uncounted(book: Book, log: Worksheet) -> None:
    """Let the cells of the log show a word behind a text with blanks around it, and behind a date that is a text.

    A number that is no date gets the word in its place: it would else fill its cell with ####.
    """
    word, day = (f"{letter_of(LOG, key)}{FIRST_ROW + 1}" for key in (LOGGED_WORDS[0], LOGGED_DAY))
    is_padded = f'=AND({word}<>"",COUNT(FIND(LEFT({word}),{_ENDS}),FIND(RIGHT({word}),{_ENDS}))>0)'
    _tell(log, LOGGED_WORDS, is_padded, book.styles.said_behind(NEAR, _PADDED))
    is_no_day = f"=OR(ISTEXT({day}),N({day})>={_FIRST_COMPACT})"
    _tell(log, (LOGGED_DAY,), is_no_day, book.styles.said_behind(NEAR, _TEXT_DAY, _NO_DAY))


def _tell(page: Worksheet, keys: Iterable[str], condition: str, style: Format) -> None:
    """One rule for the cells of some columns; the condition is that of the first of them."""
    letters = [letter_of(LOG, key) for key in keys]
    areas = [f"{letter}{FIRST_ROW + 1}:{letter}{LAST_ROW}" for letter in letters]
    rule = {"type": "formula", "criteria": condition, "format": style, "multi_range": " ".join(areas)}
    page.conditional_format(areas[0], rule)
