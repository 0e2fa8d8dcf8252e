"""考核.xlsx: declared sheets, with the totals as live formulas over 得分明细."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from xlsxwriter.worksheet import Worksheet

from qingdan_xl.assessment.grading import UNGROUPED, Graded
from qingdan_xl.assessment.result import Assessment
from qingdan_xl.assessment.rule_sheet import rule_rows
from qingdan_xl.assessment.tables import (
    NOT_ASSESSED,
    OPEN,
    adjustment_rows,
    gap_rows,
    grade_word,
    ranking_rows,
    trail_rows,
)
from qingdan_xl.assessment.trail import STEP, Kind
from qingdan_xl.sheets.assessment import ADJUSTMENTS, GAPS, RANKING, RULES, SUMMARY, TRAIL
from qingdan_xl.sheets.declaration import Sheet
from qingdan_xl.sheets.reading import column_letter
from qingdan_xl.sheets.styles import LIGHTS, PAPER
from qingdan_xl.sheets.writing import FIRST_ROW, Book, Cell, Formula

_DIGITS = -int(STEP.as_tuple().exponent)
_AGREES, _DIFFERS = "相符", "不符"
_SHADES = {NOT_ASSESSED: "不适用", OPEN: "临近"}


def assessment_workbook(assessment: Assessment, title: str, as_of: date) -> bytes:
    """Write 考核.xlsx; `title` names the year's work, `as_of` is the day the standings were looked at."""
    book = Book(locked_fill=PAPER)
    trail = list(trail_rows(assessment))
    places = assessment.scheme.places
    summary = _with_places(replace(SUMMARY, purpose=f"{title}，截至 {as_of:%Y-%m-%d}；{SUMMARY.purpose}"), places)
    totals = _Totals(FIRST_ROW + len(trail), places)
    page = book.add(summary, [_summary_row(index, item, totals) for index, item in enumerate(assessment.results, 1)])
    _shade(book, page, summary, len(assessment.results))
    book.add(TRAIL, trail)
    ranking = _with_places(RANKING, places)
    _shade(book, book.add(ranking, ranking_rows(assessment)), ranking, len(assessment.results))
    book.add(ADJUSTMENTS, adjustment_rows(assessment.scheme))
    book.add(GAPS, gap_rows(assessment))
    book.add(RULES, list(rule_rows(assessment.scheme)))
    return book.to_bytes()


def _with_places(sheet: Sheet, places: int) -> Sheet:
    """The sheet with its 得分 shown to so many places."""
    shown = f"0.{'0' * places}" if places else "0"
    columns = (replace(column, number_format=shown) if column.key == "score" else column for column in sheet)
    return replace(sheet, columns=tuple(columns))


@dataclass(frozen=True, slots=True)
class _Totals:
    """Formulas over 得分明细, which ends on row `last` (from 1).

    Sums are rounded to the step of the lines: that takes off what binary addition leaves behind, and nothing else.
    """

    last: int
    places: int

    def of_kind(self, row: int, key: str, kind: Kind, value: Decimal) -> Formula:
        """The sum of a column of 得分明细 over the unit's lines of one kind."""
        own = f'{self._range("index")},$A{row},{self._range("kind")},"{kind.value}"'
        return Formula(f"=ROUND(SUMIFS({self._range(key)},{own}),{_DIGITS})", value)

    def score(self, row: int, value: Decimal) -> Formula:
        """The three kinds together, not below 0, rounded."""
        first, last = _letter(SUMMARY, "base"), _letter(SUMMARY, "deduction")
        return Formula(f"=ROUND(ROUND(MAX(0,SUM({first}{row}:{last}{row})),{_DIGITS}),{self.places})", value)

    def check(self, row: int) -> Formula:
        """Whether all lines of the unit, the closing ones included, add up to the score."""
        lines = f"SUMIFS({self._range('points')},{self._range('index')},$A{row})"
        score = f"{_letter(SUMMARY, 'score')}{row}"
        return Formula(f'=IF(ROUND({lines}-{score},{_DIGITS})=0,"{_AGREES}","{_DIFFERS}")', _AGREES)

    def _range(self, key: str) -> str:
        letter = _letter(TRAIL, key)
        return f"{TRAIL.title}!${letter}${FIRST_ROW + 1}:${letter}${self.last}"


def _letter(sheet: Sheet, key: str) -> str:
    return column_letter(sheet.keys.index(key))


def _summary_row(index: int, item: Graded, totals: _Totals) -> Mapping[str, Cell]:
    score, row = item.score, FIRST_ROW + index
    cells: dict[str, Cell] = {
        "index": index,
        "group": score.unit.group or UNGROUPED,
        "unit": score.unit.name,
        "grade": grade_word(item),
        "note": item.note,
    }
    if score.points is None:
        return cells
    worth = [entry.full for entry in score.trail if entry.full]
    return cells | {
        "duties": len(worth),
        "full": totals.of_kind(row, "full", Kind.BASE, sum(worth, Decimal(0))),
        "base": totals.of_kind(row, "points", Kind.BASE, score.total(Kind.BASE)),
        "bonus": totals.of_kind(row, "points", Kind.BONUS, score.total(Kind.BONUS)),
        "deduction": totals.of_kind(row, "points", Kind.DEDUCTION, score.total(Kind.DEDUCTION)),
        "score": totals.score(row, score.points),
        "rank": item.rank,
        "check": totals.check(row),
    }


def _shade(book: Book, page: Worksheet, sheet: Sheet, rows: int) -> None:
    """Lay a colour behind the words of 等次 that want a look."""
    col = sheet.keys.index("grade")
    for word, light in _SHADES.items():
        style = book.styles.shade(*LIGHTS[light])
        rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": style}
        page.conditional_format(FIRST_ROW, col, FIRST_ROW + max(rows, 1) - 1, col, rule)
