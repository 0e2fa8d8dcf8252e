"""考核办法.xlsx ⇄ Scheme."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TypeVar

from qingdan_xl.assessment.basics import read_basics, setting_cells
from qingdan_xl.assessment.rules import Adjustment, Band, Decision, Factor, Quota, ReturnRule, Scheme, Weight
from qingdan_xl.assessment.scheme_checks import check_scheme
from qingdan_xl.problems import Problem
from qingdan_xl.sheets.choices import DONE, NOT_STARTED, ONGOING, STANDING
from qingdan_xl.sheets.declaration import Sheet
from qingdan_xl.sheets.reading import Row, Table, choice_problems, load_grids, read_table
from qingdan_xl.sheets.scheme import (
    ADJUSTMENTS,
    BANDS,
    BLANK_STATUS,
    DECISIONS,
    FACTORS,
    LISTS,
    QUOTAS,
    RETURNS,
    SCHEME,
    SETTING_CHOICES,
    SETTINGS,
    WEIGHTS,
    Effect,
    Missing,
    NotApplicable,
    ReturnCase,
    Setting,
)
from qingdan_xl.sheets.writing import FIRST_ROW, Book, Cell

_Item = TypeVar("_Item")
_HUNDRED = 100
_NO_YEAR = 0  # the scheme holds no dates that a year would complete
_FORM_ROWS = 20  # blank rows drawn ready where people list things


def default_scheme() -> Scheme:
    """A scheme for lists that bring none: equal duties, statuses by factor, small deductions, bands at 90, 80, 60."""
    return Scheme(
        full_mark=Decimal(100),
        places=2,
        not_applicable=NotApplicable.EXCLUDED,
        missing=Missing.NOT_ASSESSED,
        bonus_cap=Decimal(5),
        factors=(
            Factor(NOT_STARTED, Decimal(0)),
            Factor(ONGOING, Decimal("0.5")),
            Factor(DONE, Decimal(1)),
            Factor(STANDING, Decimal(1)),
            Factor(BLANK_STATUS, Decimal(0)),
        ),
        returns=(
            ReturnRule(ReturnCase.LATE, Decimal("0.5")),
            ReturnRule(ReturnCase.REFUSED, Decimal("0.1"), Decimal("0.5")),
        ),
        bands=(
            Band("优秀", Decimal(90)),
            Band("良好", Decimal(80)),
            Band("合格", Decimal(60)),
            Band("不合格", Decimal(0)),
        ),
        quotas=(Quota("", Decimal(30)),),
    )


def scheme_workbook(scheme: Scheme) -> bytes:
    """考核办法.xlsx with this scheme, room for more rows and a note beside every setting."""
    return scheme_book(scheme).to_bytes()


def scheme_book(scheme: Scheme) -> Book:
    """As `scheme_workbook`, still open for another sheet."""
    book = Book(LISTS)
    page = book.add(SETTINGS, setting_cells(scheme))
    for row, setting in enumerate(Setting, FIRST_ROW):
        if setting in SETTING_CHOICES:
            page.data_validation(row, 1, row, 1, {"validate": "list", "source": list(SETTING_CHOICES[setting])})
    for sheet, rows in scheme_tables(scheme).items():
        book.add(sheet, [*rows, *[{}] * min(_FORM_ROWS, sheet.prepared)])
    return book


def scheme_tables(scheme: Scheme) -> dict[Sheet, list[Mapping[str, Cell]]]:
    """The rows of every sheet of the scheme but 基本设置."""
    return {
        FACTORS: [{"status": item.status, "factor": item.factor} for item in scheme.factors],
        WEIGHTS: [{"section": item.section, "weight": item.weight} for item in scheme.weights],
        RETURNS: [{"case": item.case.value, "points": item.points, "cap": item.cap} for item in scheme.returns],
        BANDS: [{"name": item.name, "at_least": item.at_least} for item in scheme.bands],
        QUOTAS: [{"group": item.group, "share": item.share / _HUNDRED} for item in scheme.quotas],
        ADJUSTMENTS: [
            {"unit": item.unit, "points": item.points, "reason": item.reason, "evidence": item.evidence}
            for item in scheme.adjustments
        ],
        DECISIONS: [
            {"unit": item.unit, "effect": item.effect.value, "reason": item.reason, "evidence": item.evidence}
            for item in scheme.decisions
        ],
    }


def read_scheme(data: bytes, file: str) -> tuple[Scheme, list[Problem]]:
    """Read 考核办法.xlsx.

    Problems: those of the tables, `not-a-choice`, those of `read_basics` and of `check_scheme`; where one of them is an
    error the scheme is not to be used (what could not be read is as in the default, or left out). Raises UnusableError
    where the file is no workbook.
    """
    grids = load_grids(data, file)
    tables = {sheet.key: read_table(sheet, grids, file, _NO_YEAR) for sheet in SCHEME}
    found = [
        fault
        for sheet in SCHEME
        for fault in (*tables[sheet.key].problems, *choice_problems(tables[sheet.key], sheet, LISTS))
    ]
    fields, faults = read_basics(tables[SETTINGS.key], file)
    scheme = replace(_read_tables(tables), **fields)
    return scheme, [*found, *faults, *check_scheme(scheme, file)]


def _read_tables(tables: Mapping[str, Table]) -> Scheme:
    return replace(
        default_scheme(),
        factors=_items(tables, FACTORS, _factor),
        weights=_items(tables, WEIGHTS, _weight),
        returns=_items(tables, RETURNS, _return_rule),
        bands=_items(tables, BANDS, _band),
        quotas=_items(tables, QUOTAS, _quota),
        adjustments=_items(tables, ADJUSTMENTS, _adjustment),
        decisions=_items(tables, DECISIONS, _decision),
    )


def _items(tables: Mapping[str, Table], sheet: Sheet, make: Callable[[Row], _Item]) -> tuple[_Item, ...]:
    """The rows whose required cells can be read and chosen; the others have their problems already."""
    return tuple(make(row) for row in tables[sheet.key].rows if _is_whole(row, sheet))


def _is_whole(row: Row, sheet: Sheet) -> bool:
    return all(
        row.value(column.key) is not None and _is_known(row.text(column.key), LISTS.get(column.choices))
        for column in sheet
        if column.required
    )


def _is_known(text: str, words: Sequence[str] | None) -> bool:
    return words is None or text in words


def _decimal(row: Row, key: str) -> Decimal:
    value = row.value(key)
    return value if isinstance(value, Decimal) else Decimal(0)


def _factor(row: Row) -> Factor:
    return Factor(row.text("status"), _decimal(row, "factor"), row.origin("factor"))


def _weight(row: Row) -> Weight:
    return Weight(row.text("section"), _decimal(row, "weight"), row.origin("weight"))


def _return_rule(row: Row) -> ReturnRule:
    cap = row.value("cap")
    return ReturnRule(
        ReturnCase(row.text("case")),
        _decimal(row, "points"),
        cap if isinstance(cap, Decimal) else None,
        row.origin("points"),
    )


def _band(row: Row) -> Band:
    return Band(row.text("name"), _decimal(row, "at_least"), row.origin("at_least"))


def _quota(row: Row) -> Quota:
    return Quota(row.text("group"), _decimal(row, "share"), row.origin("share"))


def _adjustment(row: Row) -> Adjustment:
    return Adjustment(
        row.text("unit"), _decimal(row, "points"), row.text("reason"), row.text("evidence"), row.origin("points")
    )


def _decision(row: Row) -> Decision:
    return Decision(
        row.text("unit"), Effect(row.text("effect")), row.text("reason"), row.text("evidence"), row.origin("effect")
    )
