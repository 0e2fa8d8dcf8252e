"""考核办法.xlsx ⇄ Scheme."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from qingdan_xl.assessment.basics import read_basics, setting_cells
from qingdan_xl.assessment.data import data_help
from qingdan_xl.assessment.item_checks import check_items
from qingdan_xl.assessment.items import Item, ItemRule, Option, PersonMix, Rater, RaterGroup, ScoreSection
from qingdan_xl.assessment.records import cells, records
from qingdan_xl.assessment.rules import Adjustment, Band, Decision, Factor, Quota, ReturnRule, Scheme, Weight
from qingdan_xl.assessment.scheme_checks import check_scheme
from qingdan_xl.problems import Problem
from qingdan_xl.sheets.choices import DONE, NOT_STARTED, ONGOING, STANDING
from qingdan_xl.sheets.declaration import Sheet
from qingdan_xl.sheets.reading import choice_problems, load_grids, read_table
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
    Missing,
    NotApplicable,
    ReturnCase,
    Setting,
)
from qingdan_xl.sheets.scheme_items import (
    DATA_HELP,
    ITEM_LISTS,
    ITEM_SHEETS,
    ITEMS,
    OPTIONS,
    PERSON_MIXES,
    RATER_GROUPS,
    RATERS,
    RULES,
    SECTIONS,
)
from qingdan_xl.sheets.writing import FIRST_ROW, Book, Cell

Tables = dict[Sheet, list[Mapping[str, Cell]]]
_AS_IT_IS: Tables = {}
_NO_YEAR = 0  # the scheme holds no dates that a year would complete
_FORM_ROWS, _BLANK_ROWS = 19, 5  # drawn ready where people list things: one page in all, so many of them blank
_LISTS = LISTS | ITEM_LISTS


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a table of the scheme stands: its field, the class of its rows, and the column their origin points at."""

    field: str
    kind: type
    at: str = ""


_TABLES: Mapping[Sheet, _Place] = {
    FACTORS: _Place("factors", Factor, "factor"),
    WEIGHTS: _Place("weights", Weight, "weight"),
    RETURNS: _Place("returns", ReturnRule, "points"),
    BANDS: _Place("bands", Band, "at_least"),
    QUOTAS: _Place("quotas", Quota, "share"),
    ADJUSTMENTS: _Place("adjustments", Adjustment, "points"),
    DECISIONS: _Place("decisions", Decision, "effect"),
    SECTIONS: _Place("sections", ScoreSection),
    ITEMS: _Place("items", Item),
    RULES: _Place("item_rules", ItemRule),
    OPTIONS: _Place("options", Option, "value"),
    RATER_GROUPS: _Place("rater_groups", RaterGroup),
    RATERS: _Place("raters", Rater),
    PERSON_MIXES: _Place("person_mixes", PersonMix),
}


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


def scheme_book(scheme: Scheme, tables: Tables = _AS_IT_IS) -> Book:
    """As `scheme_workbook`, still open for another sheet; `tables` are rows that stand in place of the scheme's own."""
    book = Book(_LISTS)
    page = book.add(SETTINGS, setting_cells(scheme))
    for row, setting in enumerate(Setting, FIRST_ROW):
        if setting in SETTING_CHOICES:
            page.data_validation(row, 1, row, 1, {"validate": "list", "source": list(SETTING_CHOICES[setting])})
    for sheet, rows in (scheme_tables(scheme) | tables).items():
        blank = max(_FORM_ROWS - len(rows), _BLANK_ROWS)
        book.add(sheet, [*rows, *[{}] * min(blank, sheet.prepared)])
    book.add(DATA_HELP, data_help())
    return book


def scheme_tables(scheme: Scheme) -> Tables:
    """The rows of every sheet of the scheme but 基本设置."""
    return {sheet: [cells(value, sheet) for value in getattr(scheme, _TABLES[sheet].field)] for sheet in _TABLES}


def read_scheme(data: bytes, file: str) -> tuple[Scheme, list[Problem]]:
    """Read 考核办法.xlsx; the sheets of a scheme by items may be missing.

    Problems: those of the tables, `not-a-choice`, those of `read_basics`, `check_scheme` and `check_items`; where one
    of them is an error the scheme is not to be used (what could not be read is as in the default, or left out). Raises
    UnusableError where the file is no workbook.
    """
    grids = load_grids(data, file)
    there = [*SCHEME, *(sheet for sheet in ITEM_SHEETS if sheet.title in grids)]
    tables = {sheet: read_table(sheet, grids, file, _NO_YEAR) for sheet in there}
    found = [
        fault for sheet, table in tables.items() for fault in (*table.problems, *choice_problems(table, sheet, _LISTS))
    ]
    fields, faults = read_basics(tables.pop(SETTINGS), file)
    for sheet, table in tables.items():
        place = _TABLES[sheet]
        fields[place.field] = records(place.kind, table.rows, sheet, _LISTS, place.at)
    scheme = replace(default_scheme(), **fields)
    return scheme, [*found, *faults, *check_scheme(scheme, file), *check_items(scheme, file)]
