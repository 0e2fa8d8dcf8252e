"""The very hidden sheet: identity, ids, the rows the workbook counts by, and the dropdown lists."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date

from xlsxwriter.worksheet import Worksheet

from qingdan_xl.counting.periods import Calendar
from qingdan_xl.issuing.counted import (
    FIRST_COUNTED,
    Demand,
    counted,
    demand_row,
    periods_of,
    plan_demands,
    window_rows,
)
from qingdan_xl.issuing.formulas import (
    DEMAND_NAMES,
    PERIOD_NAMES,
    WINDOW_NAMES,
    over_formula,
    place,
    soon_formula,
)
from qingdan_xl.issuing.openings import Opening
from qingdan_xl.issuing.options import Options
from qingdan_xl.issuing.plan import UnitPlan, fingerprint
from qingdan_xl.issuing.sharing import SharingSheet
from qingdan_xl.model import Period, Unit
from qingdan_xl.sheets.identity import (
    DEMANDS,
    DUTY_ROWS,
    IDENTITY,
    LISTS_FIRST,
    NEAR_NAME,
    OVER_NAME,
    OWN,
    PERIODS,
    PROPERTIES,
    ROLE_SHEETS,
    SOON_NAME,
    TEMPLATE,
    WINDOWS,
    Block,
    Identity,
    sealed,
    text_hash,
)
from qingdan_xl.sheets.reading import column_letter
from qingdan_xl.sheets.unit import HIDDEN_TITLE
from qingdan_xl.sheets.writing import Book, Cell, Formula

_SETTINGS_ROW = len(Identity.__dataclass_fields__) + 2  # below the headings and the fields
_SETTINGS = {"near_days": NEAR_NAME, "over": OVER_NAME, "soon": SOON_NAME}


def identity_of(plan: UnitPlan, key: bytes) -> Identity:
    """Whose workbook this is, as the year folder with this key writes it into the file."""
    return identity(plan.batch, plan.year, plan.unit, fingerprint(plan), key)


def identity(batch: str, year: int, unit: Unit, issued: str, key: bytes) -> Identity:
    """As `identity_of`, where `issued` is the plan's fingerprint."""
    return sealed(Identity(batch, unit.id, unit.name, str(year), TEMPLATE, issued, "", ""), key)


def add_hidden(book: Book, opening: Opening, options: Options) -> None:
    """Write the hidden sheet, name what other sheets look up in it, and set the file's custom properties."""
    plan, demands = opening.plan, plan_demands(opening)
    settings = _counts_up_to(options.calendar, periods_of(demands))
    page = hidden_page(book, identity_of(plan, options.key), settings)
    for row, name in enumerate(_SETTINGS.values(), _SETTINGS_ROW):
        book.workbook.define_name(name, f"={place(HIDDEN_TITLE, f'{column_letter(1)}{row}')}")
    _write_ids(book, page, plan)
    _write_demands(book, page, demands)
    _write(book, page, OWN, [(own.sheet, own.heading, own.type.value, "\n".join(own.choices)) for own in plan.own])
    book.place_lists(page, LISTS_FIRST, {"duty": DUTY_ROWS.column("label")})


def hidden_page(book: Book, stated: Identity, more: Sequence[tuple[str, Cell]] = ()) -> Worksheet:
    """The hidden sheet with an identity, which the file's custom properties state as well; `more` rows stand below."""
    page: Worksheet = book.workbook.add_worksheet(HIDDEN_TITLE, SharingSheet)
    page.very_hidden()
    page.protect()
    fields = asdict(stated)
    _write(book, page, IDENTITY, [*fields.items(), *more])
    for key, name in PROPERTIES.items():
        book.workbook.set_custom_property(name, fields[key], "text")
    return page


def _write_ids(book: Book, page: Worksheet, plan: UnitPlan) -> None:
    numbered = list(enumerate(plan.sheets, 1))
    _write(book, page, ROLE_SHEETS, [(i, s.title, s.role, s.checklist, s.holder) for i, s in numbered])
    rows = [(r.id, i, r.duty.number, r.label, text_hash(r.duty.text)) for i, s in numbered for r in s.rows]
    _write(book, page, DUTY_ROWS, rows)


def _counts_up_to(calendar: Calendar, periods: Sequence[Period]) -> list[tuple[str, Cell]]:
    """What stands below the identity: the cells of _SETTINGS."""
    over = sum(period.end < calendar.as_of for period in periods)
    soon = sum((period.end - calendar.as_of).days <= calendar.near_days for period in periods)
    cells = calendar.near_days, Formula(over_formula(), over), Formula(soon_formula(), soon)
    return list(zip(_SETTINGS, cells, strict=True))


def _write_demands(book: Book, page: Worksheet, demands: Sequence[Demand]) -> None:
    """Write every demand with its windows, and name the columns that the duty sheets look up."""
    placed, periods = counted(demands), periods_of(demands)
    numbers = {period: number for number, period in enumerate(periods, 1)}
    _write(book, page, WINDOWS, [row for item in placed for row in window_rows(item, numbers)])
    _write(book, page, DEMANDS, [demand_row(item) for item in placed])
    _write(book, page, PERIODS, [(numbers[each], each.start, each.end, each.label) for each in periods])
    _name_columns(book, WINDOWS, WINDOW_NAMES, sum(len(demand.windows) for demand in demands))
    _name_columns(book, DEMANDS, DEMAND_NAMES, len(demands))
    _name_columns(book, PERIODS, PERIOD_NAMES, len(periods))


def _name_columns(book: Book, block: Block, names: Mapping[str, str], rows: int) -> None:
    last = FIRST_COUNTED + max(rows, 1) - 1
    for key, name in names.items():
        letter = column_letter(block.column(key))
        book.workbook.define_name(name, f"={place(HIDDEN_TITLE, f'{letter}{FIRST_COUNTED}', f'{letter}{last}')}")


def _write(book: Book, page: Worksheet, block: Block, rows: Iterable[Sequence[Cell]]) -> None:
    for index, row in enumerate([block.keys, *rows]):
        for offset, value in enumerate(row):
            if value not in (None, ""):
                style = book.styles.get(num_format="yyyy-mm-dd") if isinstance(value, date) else None
                book.write_cell(page, index, block.first + offset, value, style)
