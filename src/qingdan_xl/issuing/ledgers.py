"""工作纪实 and the two 台账: what staff write row by row through the year."""

from qingdan_xl.issuing.carrying import Carried
from qingdan_xl.issuing.formulas import LOG_NAMES, ledger_range
from qingdan_xl.issuing.pages import Layout, ledger_page
from qingdan_xl.issuing.plan import UnitPlan
from qingdan_xl.issuing.uncounted import tell_uncounted
from qingdan_xl.sheets.own import with_own
from qingdan_xl.sheets.unit import LEDGERS, LOG
from qingdan_xl.sheets.writing import Book


def add_ledgers(book: Book, plan: UnitPlan, before: Carried) -> None:
    """Write the log and the ledgers with their prepared rows, and name the log's columns that are counted."""
    for sheet in LEDGERS:
        page = ledger_page(
            book,
            with_own(sheet, plan.own),
            Layout(sheet.title, f"{plan.unit.name} {sheet.title}", 1),
            before.ledgers.get(sheet.key, ()),
        )
        if sheet is LOG:
            tell_uncounted(book, page)
    for key, name in LOG_NAMES.items():
        book.workbook.define_name(name, f"={ledger_range(LOG, key)}")
