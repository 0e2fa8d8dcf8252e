"""签字背书: what is signed, by whom and with what opinion; prints on one page with room for the pen."""

from dataclasses import replace

from qingdan_xl.issuing.carrying import Carried
from qingdan_xl.issuing.pages import Layout, list_page
from qingdan_xl.issuing.plan import UnitPlan
from qingdan_xl.sheets.choices import PERIODS_OF_SIGNING
from qingdan_xl.sheets.own import with_own
from qingdan_xl.sheets.unit import AUTOGRAPH, SIGNATURES
from qingdan_xl.sheets.writing import FIRST_ROW, Book

_ROOM = 104  # points: a signature and a seal


def add_signatures(book: Book, plan: UnitPlan, before: Carried) -> None:
    """Write the sign-off of the list and of each period."""
    duties = sum(1 for _ in plan.rows())
    purpose = (
        f"{plan.unit.name} {plan.title}，{len(plan.sheets)}张清单{duties}个事项。{SIGNATURES.purpose}；打印后手签盖章"
    )
    typed = with_own(SIGNATURES, plan.own).columns
    sheet = replace(SIGNATURES, columns=(*typed, AUTOGRAPH), purpose=purpose)
    layout = Layout(SIGNATURES.title, f"{plan.unit.name} {SIGNATURES.title}", 1)
    rows = [{"period": period, **before.signatures.get(period, {})} for period in PERIODS_OF_SIGNING]
    page = list_page(book, sheet, rows, layout)
    for number in range(len(PERIODS_OF_SIGNING)):
        page.set_row(FIRST_ROW + number, _ROOM)
        page.write_blank(FIRST_ROW + number, len(typed), None, book.styles.body(AUTOGRAPH, bg_color="white"))
    page.fit_to_pages(1, 1)
