"""填报说明 of a score sheet: whose it is, how to fill it, how far it is, and the way to each page."""

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from qingdan_xl.issuing.formulas import place
from qingdan_xl.issuing.score_plan import ScorePage, ScorePlan
from qingdan_xl.sheets.ratings import ANSWER
from qingdan_xl.sheets.reading import column_letter
from qingdan_xl.sheets.styles import ACCENT, HEADING_FILL, HEADING_FONT, LINE, MUTED
from qingdan_xl.sheets.unit import COVER_TITLE
from qingdan_xl.sheets.writing import FIRST_ROW, Book, Formula, Link, text_height

_SCORING = "评分填 0 到该行满分之间的数，最多两位小数。"
_VOTING = "评分从下拉列表里选一个选项，不要自己写。"
_STEPS = (
    "点下面的表名进入各表，逐行在最右边的白色格评分；灰色格已锁定，其中的自评、完成情况、佐证材料供参考。",
    "{answer}没有把握的可以先留空：留空是未评，不当作 0 分。",
    "请独立评分。这份表只发给您一人，里面没有其他评委的评分，请不要互相传看。",
    "填完保存，把这个文件交回即可；文件名可以改，表头、隐藏的列和工作表请勿删改。",
)
_HEADINGS = ("评分表", "应评项数", "已评项数", "未评项数")
_LEFT, _LAST = 1, 4
_FIRST_STEP = 3
_WIDTHS = (40, 16, 16, 16)
_NARROWEST = sum(_WIDTHS) - 10  # characters: the steps stand in larger type


def add_score_cover(book: Book, plan: ScorePlan) -> None:
    """Write the first sheet of a rater's workbook."""
    page = book.workbook.add_worksheet(COVER_TITLE)
    styles = book.styles
    page.write_string(0, _LEFT, plan.whole_name, styles.get(font_name=HEADING_FONT, font_size=20, font_color=ACCENT))
    page.write_string(1, _LEFT, f"{plan.title}  评分表", styles.get(font_size=12, font_color=MUTED))
    answer = _VOTING if plan.words else _SCORING
    step = styles.get(font_size=12, text_wrap=True)
    for number, text in enumerate(_STEPS, 1):
        row = _FIRST_STEP + number - 1
        line = f"{number}. {text.format(answer=answer)}"
        page.merge_range(row, _LEFT, row, _LAST, line, step)
        page.set_row(row, max(26, text_height(line, _NARROWEST)))
    _write_progress(book, page, plan, _FIRST_STEP + len(_STEPS) + 1)
    _set_page(book, page, plan)


def _write_progress(book: Book, page: Worksheet, plan: ScorePlan, top: int) -> None:
    for column, heading in enumerate(_HEADINGS, _LEFT):
        page.write_string(top, column, heading, _heading(book))
    body = _cell(book, align="center")
    for row, scores in enumerate(plan.pages, top + 1):
        book.write_cell(page, row, _LEFT, Link(place(scores.title, "A1"), scores.title), body)
        page.write_number(row, _LEFT + 1, len(scores.rows), body)
        book.write_cell(page, row, _LEFT + 2, Formula(f"=COUNTA({_answers(scores)})", 0), body)
        left = Formula(f"={column_letter(_LEFT + 1)}{row + 1}-{column_letter(_LEFT + 2)}{row + 1}", len(scores.rows))
        book.write_cell(page, row, _LEFT + 3, left, body)
        page.set_row(row, 22)
    page.set_row(top, 24)


def _answers(page: ScorePage) -> str:
    letter = column_letter(page.sheet.keys.index(ANSWER))
    return place(page.title, f"{letter}{FIRST_ROW + 1}", f"{letter}{FIRST_ROW + len(page.rows)}")


def _set_page(book: Book, page: Worksheet, plan: ScorePlan) -> None:
    page.set_row(0, 36)
    page.set_row(1, 22)
    page.set_column(0, 0, 2)
    for column, width in enumerate(_WIDTHS, _LEFT):
        page.set_column(column, column, width)
    page.hide_gridlines(2)
    book.print_setup(page, f"{plan.whole_name} {COVER_TITLE}")
    page.repeat_rows(0, 1)
    page.fit_to_pages(1, 1)
    page.protect("", {"format_columns": True, "format_rows": True})
    page.activate()


def _cell(book: Book, **properties: object) -> Format:
    return book.styles.get(**({"border": 1, "border_color": LINE} | properties))


def _heading(book: Book) -> Format:
    look = {"font_name": HEADING_FONT, "font_color": ACCENT, "bg_color": HEADING_FILL, "align": "center"}
    return _cell(book, **look)
