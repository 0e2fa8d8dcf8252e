"""One unit's workbook, whole."""

from qingdan_xl.issuing.cover import add_cover
from qingdan_xl.issuing.duties import add_duties
from qingdan_xl.issuing.hidden import add_hidden
from qingdan_xl.issuing.ledgers import add_ledgers
from qingdan_xl.issuing.matrix import add_matrix
from qingdan_xl.issuing.options import Options
from qingdan_xl.issuing.plan import UnitPlan
from qingdan_xl.issuing.signatures import add_signatures
from qingdan_xl.sheets.choices import RACI, RECTIFICATION, RISK_LEVELS, STATUSES
from qingdan_xl.sheets.writing import Book


def unit_workbook(plan: UnitPlan, options: Options) -> bytes:
    """Write the unit's workbook (DESIGN §5); the same plan and options give the same bytes."""
    book = Book(_lists(plan, options))
    add_cover(book, plan, options)
    add_matrix(book, plan)
    for sheet in plan.sheets:
        add_duties(book, plan, sheet, options)
    add_ledgers(book, plan)
    add_signatures(book, plan)
    add_hidden(book, plan, options)
    return book.to_bytes()


def _lists(plan: UnitPlan, options: Options) -> dict[str, tuple[str, ...]]:
    """The dropdown lists of the workbook by the name that columns give them."""
    return {
        "status": STATUSES,
        "category": options.categories,
        "person": tuple(dict.fromkeys(person.name for person in plan.people)),
        "duty": tuple(row.label for _, row in plan.rows()),
        "rectification": RECTIFICATION,
        "risk_level": RISK_LEVELS,
        "raci": tuple(RACI),
    }
