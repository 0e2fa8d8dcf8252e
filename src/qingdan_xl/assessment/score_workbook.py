"""One rater's score sheet, whole: cover, pages, hidden identity."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from xlsxwriter.worksheet import Worksheet

from qingdan_xl.assessment.score_cover import add_score_cover
from qingdan_xl.assessment.score_evidence import Beside
from qingdan_xl.issuing.hidden import hidden_page
from qingdan_xl.issuing.pages import Layout, list_page
from qingdan_xl.issuing.score_plan import ScorePage, ScorePlan, ScoreRow
from qingdan_xl.sheets.declaration import Column, Sheet, Type
from qingdan_xl.sheets.identity import LISTS_FIRST, TEMPLATE, Identity, sealed
from qingdan_xl.sheets.ratings import ANSWER, DUTIES_BESIDE, RATING_ROW, SCORE_MANIFEST
from qingdan_xl.sheets.reading import column_letter
from qingdan_xl.sheets.writing import FIRST_ROW, Book, Cell

_FROZEN = 4  # the id, unit, item and words stay beside the answers


def score_workbook(plan: ScorePlan, beside: Beside, key: bytes) -> bytes:
    """Write a rater's workbook with what is known beside each answer; `key` is the year folder's secret."""
    book = Book({"option": plan.words})
    book.workbook.locked_structure = True
    add_score_cover(book, plan)
    for page in plan.pages:
        _add_page(book, plan, page, beside)
    if beside.duties:
        title = DUTIES_BESIDE.title
        list_page(book, DUTIES_BESIDE, beside.duties, Layout(title, f"{plan.title} {plan.whole_name} {title}", 3))
    hidden = hidden_page(book, score_identity(plan, key))
    book.place_lists(hidden, LISTS_FIRST)
    return book.to_bytes()


def score_identity(plan: ScorePlan, key: bytes) -> Identity:
    """Whose score sheet this is, as the year folder with this key writes it into the file."""
    return sealed(
        Identity(plan.batch, plan.rater_id, plan.whole_name, str(plan.year), TEMPLATE, plan.fingerprint, "", ""), key
    )


def score_manifest(title: str, sheets: Iterable[Mapping[str, Cell]]) -> bytes:
    """评分表清单.xlsx: one row a score sheet of the round."""
    book = Book()
    book.print_setup(book.add(SCORE_MANIFEST, sheets), title)
    return book.to_bytes()


def _add_page(book: Book, plan: ScorePlan, page: ScorePage, beside: Beside) -> None:
    sheet = page.sheet
    rows = [{**_cells(row), **beside.cells.get(row.id, {})} for row in page.rows]
    layout = Layout(page.title, f"{plan.title} {plan.whole_name} {page.title}", _FROZEN)
    written = list_page(book, _without_rule(sheet), rows, layout)
    if sheet.column(ANSWER).type is Type.POINTS:
        _limit(written, sheet, len(rows))


def _cells(row: ScoreRow) -> dict[str, Cell]:
    return {RATING_ROW: row.id, "unit": row.unit, "item": row.item, "text": row.text, "full": row.full}


def _without_rule(sheet: Sheet) -> Sheet:
    """The sheet whose scores have no check of their own yet: how much may be given differs from row to row."""
    return replace(sheet, columns=tuple(map(_plain, sheet)))


def _plain(column: Column) -> Column:
    return replace(column, type=Type.TEXT, help="") if column.key == ANSWER and column.type is Type.POINTS else column


def _limit(written: Worksheet, sheet: Sheet, count: int) -> None:
    """A score is a number from 0 to what its row is out of, in steps of 0.01."""
    answer, index = sheet.column(ANSWER), sheet.keys.index(ANSWER)
    cell = f"{column_letter(index)}{FIRST_ROW + 1}"
    full = f"{column_letter(sheet.keys.index('full'))}{FIRST_ROW + 1}"
    rule = {
        "validate": "custom",
        "value": f"=AND(ISNUMBER({cell}),{cell}>=0,{cell}<={full},ROUND({cell},2)={cell})",
        "input_title": answer.heading,
        "input_message": answer.help,
        "error_title": "请核对评分",
        "error_message": f"{answer.help}。",
    }
    written.data_validation(FIRST_ROW, index, FIRST_ROW + count - 1, index, rule)
