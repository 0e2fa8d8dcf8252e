"""考核.xlsx: declared sheets, with the totals as live formulas over 得分明细."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from xlsxwriter.worksheet import Worksheet

from qingdan_xl.assessment.appeals import appeal_gaps, appeal_rows
from qingdan_xl.assessment.item_sheet import item_tables
from qingdan_xl.assessment.result import Assessment
from qingdan_xl.assessment.rule_sheet import rule_rows
from qingdan_xl.assessment.rules import Scheme
from qingdan_xl.assessment.stamp import stamp_of
from qingdan_xl.assessment.tables import adjustment_rows, gap_rows
from qingdan_xl.assessment.totals import (
    NOT_ASSESSED,
    OPEN,
    Listed,
    Totals,
    ranking_order,
    ranking_rows,
    total_columns,
    with_places,
)
from qingdan_xl.assessment.trail_sheet import WAITING, Trails, shown_columns, trails, write_trails
from qingdan_xl.sheets.assessment import ADJUSTMENTS, APPEALS, GAPS, PEOPLE, RANKING, RULES, SUMMARY
from qingdan_xl.sheets.bulk import add_many
from qingdan_xl.sheets.declaration import Sheet
from qingdan_xl.sheets.styles import INPUT_FILL, LIGHTS, PAPER
from qingdan_xl.sheets.writing import FIRST_ROW, Book, Cell

_SHADES = {NOT_ASSESSED: "不适用", OPEN: "临近", WAITING: "临近"}
_FORM_ROWS = 20  # blank rows drawn ready where people write
_FILLED_ONLY = ("item", "list", "number", "text", "file", "sheet", "cell")  # columns of 未评与缺项 that may be idle
_MANY_COLUMNS = 18  # more do not go on a page that can still be read
_FILTERS = {"autofilter": True, "format_columns": True, "format_rows": True}


def assessment_workbook(assessment: Assessment, title: str, as_of: date) -> bytes:
    """Write 考核.xlsx; `title` names the year's work, `as_of` is the day the standings were looked at."""
    return assessment_book(assessment, title, as_of).to_bytes()


def assessment_book(assessment: Assessment, title: str, as_of: date) -> Book:
    """As `assessment_workbook`, still open for another sheet."""
    listed, laid = listing(assessment)
    ordered = ranking_order(listed)
    scheme = assessment.scheme
    labels = [item.score.subject.label for item in listed]
    book = Book({"subjects": labels}, PAPER, INPUT_FILL)
    book.workbook.in_memory = False  # the lines of thousands of units wait for the zip on the disk
    stamp_of(assessment, as_of).put(book.workbook)
    head = f"{title}，截至 {as_of:%Y-%m-%d}；"
    for sheet, own in ((SUMMARY, _units(listed)), (PEOPLE, _people(listed))):
        if own or sheet is SUMMARY:
            _add_totals(book, replace(sheet, purpose=f"{head}{sheet.purpose}"), own, ordered, laid, scheme)
    for sheet, rows in item_tables(listed, laid, scheme):
        _add_items(book, sheet, rows)
    write_trails(book, laid)
    _add_ranking(book, ordered, laid, scheme)
    book.add(ADJUSTMENTS, adjustment_rows(scheme, (*assessment.results, *assessment.people)))
    scored = {item.score.subject.label for item in listed if item.place}
    open_points = gap_rows((*assessment.gaps, *appeal_gaps(scheme.appeals, scored)))
    _add(book, shown_columns(GAPS, open_points, _FILLED_ONLY), open_points)
    forms: list[Mapping[str, Cell]] = [{}] * _FORM_ROWS
    book.add(APPEALS, [*appeal_rows(scheme.appeals, scored), *forms])
    book.add(RULES, list(rule_rows(scheme)))
    return book


def listing(assessment: Assessment) -> tuple[list[Listed], Trails]:
    """All subjects, units before persons, with where their lines are written, and those lines."""
    results = (*assessment.results, *assessment.people)
    laid = trails([item.score for item in results])
    units = len(assessment.results)
    listed = [
        Listed(number, item, place, person=number > units)
        for number, (item, place) in enumerate(zip(results, laid.places, strict=True), 1)
    ]
    return listed, laid


def _units(listed: Sequence[Listed]) -> list[Listed]:
    return [item for item in listed if not item.person]


def _people(listed: Sequence[Listed]) -> list[Listed]:
    return [item for item in listed if item.person]


def _add(book: Book, sheet: Sheet, rows: Sequence[Mapping[str, Cell]]) -> Worksheet:
    """Write a table of which there may be a row for every unit."""

    def read(start: int, end: int) -> Mapping[str, list[Any]]:
        return {key: [row.get(key) for row in rows[start:end]] for key in sheet.keys}

    return add_many(book, sheet, read, len(rows))


def _add_totals(  # noqa: PLR0913, PLR0917 - a total hangs on everything
    book: Book, sheet: Sheet, own: Sequence[Listed], ordered: Sequence[Listed], laid: Trails, scheme: Scheme
) -> None:
    shown = total_columns(sheet, own, scheme.places)
    ranks = {item.number: row for row, item in enumerate(ordered, FIRST_ROW + 1)}
    totals = Totals(shown, laid, scheme, ranks)
    page = _add(book, shown, [totals.row(row, item) for row, item in enumerate(own, FIRST_ROW + 1)])
    page.freeze_panes(FIRST_ROW, shown.keys.index("unit") + 1)
    _shade(book, page, shown, "grade", len(own))
    link = shown.keys.index("link")
    page.conditional_format(
        FIRST_ROW, link, FIRST_ROW + len(own), link, {"type": "no_blanks", "format": book.styles.jump}
    )


def _add_items(book: Book, sheet: Sheet, rows: Sequence[Mapping[str, Cell]]) -> None:
    page = _add(book, sheet, rows)
    fixed = sheet.keys.index("unit") + 1
    page.freeze_panes(FIRST_ROW, fixed)
    page.repeat_columns(0, fixed - 1)
    page.fit_to_pages(-(-len(sheet.columns) // _MANY_COLUMNS), 0)


def _add_ranking(book: Book, ordered: Sequence[Listed], laid: Trails, scheme: Scheme) -> None:
    sheet = with_places(RANKING, scheme.places)
    page = _add(book, sheet, ranking_rows(ordered, laid, scheme))
    page.protect("", _FILTERS)
    _shade(book, page, sheet, "grade", len(ordered))


def _shade(book: Book, page: Worksheet, sheet: Sheet, key: str, rows: int) -> None:
    """Lay a colour behind the words of a column that want a look."""
    col = sheet.keys.index(key)
    for word, light in _SHADES.items():
        style = book.styles.shade(*LIGHTS[light])
        rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": style}
        page.conditional_format(FIRST_ROW, col, FIRST_ROW + max(rows, 1) - 1, col, rule)
