"""The very hidden sheet: identity, ids, the rows the workbook counts by, and the dropdown lists."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict

from xlsxwriter.worksheet import Worksheet

from qingdan_xl.issuing.demands import Demand, plan_demands
from qingdan_xl.issuing.formulas import DEMAND_NAMES, counts, done_formula, literal, near_formula, place, short_formula
from qingdan_xl.issuing.options import Options
from qingdan_xl.issuing.plan import UnitPlan, fingerprint
from qingdan_xl.model import Period
from qingdan_xl.sheets.identity import (
    DEMANDS,
    DUTY_ROWS,
    IDENTITY,
    LISTS_FIRST,
    NEAR_NAME,
    PROPERTIES,
    ROLE_SHEETS,
    TEMPLATE,
    WINDOWS,
    Block,
    Identity,
    text_hash,
)
from qingdan_xl.sheets.reading import column_letter
from qingdan_xl.sheets.unit import HIDDEN_TITLE
from qingdan_xl.sheets.writing import Book, Cell, Formula

_NEAR_ROW = len(Identity.__dataclass_fields__) + 2  # below the headings and the fields
_FIRST = 2  # the first row (from 1) below a block's headings


def identity_of(plan: UnitPlan) -> Identity:
    """Whose workbook this is, as it is written into the file."""
    return Identity(plan.batch, plan.unit.id, plan.unit.name, str(plan.year), TEMPLATE, fingerprint(plan))


def add_hidden(book: Book, plan: UnitPlan, options: Options) -> None:
    """Write the hidden sheet, name what other sheets look up in it, and set the file's custom properties."""
    page = book.workbook.add_worksheet(HIDDEN_TITLE)
    page.very_hidden()
    page.protect()
    identity = asdict(identity_of(plan))
    _write(book, page, IDENTITY, [*identity.items(), ("near_days", options.calendar.near_days)])
    book.workbook.define_name(NEAR_NAME, f"={place(HIDDEN_TITLE, f'{column_letter(1)}{_NEAR_ROW}')}")
    for key, name in PROPERTIES.items():
        book.workbook.set_custom_property(name, identity[key], "text")
    _write_ids(book, page, plan)
    _write_demands(book, page, plan_demands(plan, options.calendar), options)
    book.place_lists(page, LISTS_FIRST)


def _write_ids(book: Book, page: Worksheet, plan: UnitPlan) -> None:
    numbered = list(enumerate(plan.sheets, 1))
    _write(book, page, ROLE_SHEETS, [(i, s.title, s.role, s.checklist, s.holder) for i, s in numbered])
    rows = [(r.id, i, r.duty.number, r.label, text_hash(r.duty.text)) for i, s in numbered for r in s.rows]
    _write(book, page, DUTY_ROWS, rows)


def _write_demands(book: Book, page: Worksheet, demands: Sequence[Demand], options: Options) -> None:
    ranges, rows = _windows(demands)
    _write(book, page, WINDOWS, rows)
    _write(
        book,
        page,
        DEMANDS,
        [_demand(demand, number, ranges[demand.windows], options) for number, demand in enumerate(demands, _FIRST)],
    )
    last = max(len(demands) + 1, _FIRST)
    for key, name in DEMAND_NAMES.items():
        letter = column_letter(DEMANDS.column(key))
        book.workbook.define_name(name, f"={place(HIDDEN_TITLE, f'{letter}{_FIRST}', f'{letter}{last}')}")


def _windows(demands: Sequence[Demand]) -> tuple[dict[tuple[Period, ...], tuple[str, str]], list[tuple[Cell, ...]]]:
    """The rows of WINDOWS, one run a distinct set, and the ranges of starts and ends of each set."""
    starts, ends = (column_letter(WINDOWS.column(key)) for key in ("start", "end"))
    ranges: dict[tuple[Period, ...], tuple[str, str]] = {}
    rows: list[tuple[Cell, ...]] = []
    for spans in dict.fromkeys(demand.windows for demand in demands):
        first, last = len(rows) + _FIRST, len(rows) + _FIRST + len(spans) - 1
        ranges[spans] = (f"${starts}${first}:${starts}${last}", f"${ends}${first}:${ends}${last}")
        rows += [(len(ranges), span.start, span.end) for span in spans]
    return ranges, rows


def _demand(demand: Demand, row: int, windows: tuple[str, str], options: Options) -> tuple[Cell, ...]:
    cell = {key: f"${column_letter(DEMANDS.column(key))}{row}" for key in DEMANDS.keys}
    counted = counts(windows, cell["category"], cell["label"], cell["holder"] if demand.holder else "")
    day, near = options.calendar.as_of, options.calendar.near_days
    return (
        demand.row_id,
        literal(demand.category),
        literal(demand.label),
        literal(demand.holder),
        demand.required,
        Formula(done_formula(counted), 0),
        Formula(short_formula(counted, windows[1], cell["required"]), sum(w.end < day for w in demand.windows)),
        Formula(
            near_formula(counted, windows[1], cell["required"]),
            sum(0 <= (w.end - day).days <= near for w in demand.windows),
        ),
    )


def _write(book: Book, page: Worksheet, block: Block, rows: Iterable[Sequence[Cell]]) -> None:
    for index, row in enumerate([block.keys, *rows]):
        for offset, value in enumerate(row):
            if value not in (None, ""):
                style = book.styles.get(num_format="yyyy-mm-dd") if block is WINDOWS and offset else book.styles.get()
                book.write_cell(page, index, block.first + offset, value, style)
