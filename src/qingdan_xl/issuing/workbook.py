"""One unit's workbook, whole.

What varies between units that get the same roles, held by as many people each, are strings only: the unit's name, id,
kind and parent, the people's names, the titles and labels made of them, who is proposed for what (the letters of the
matrix, 牵头领导 and 责任人), and of the identity the fingerprint and the seal. Formulas name sheets by their titles and
hold nothing else of a unit; every number is the same. Rows differ in height only where such a string is long.
"""

from qingdan_xl.issuing.carrying import NOTHING, Carried
from qingdan_xl.issuing.cover import add_cover
from qingdan_xl.issuing.duties import add_duties
from qingdan_xl.issuing.hidden import add_hidden
from qingdan_xl.issuing.ledgers import add_ledgers
from qingdan_xl.issuing.matrix import add_matrix
from qingdan_xl.issuing.openings import Opening
from qingdan_xl.issuing.options import Options
from qingdan_xl.issuing.plan import UnitPlan
from qingdan_xl.issuing.selfcheck import add_self_check
from qingdan_xl.issuing.signatures import add_signatures
from qingdan_xl.issuing.theme import use_plain_theme
from qingdan_xl.sheets.choices import RACI, RECTIFICATION, RISK_LEVELS, STATUSES
from qingdan_xl.sheets.own import own_lists
from qingdan_xl.sheets.writing import Book


def unit_workbook(plan: UnitPlan, options: Options, before: Carried = NOTHING) -> bytes:
    """Write the unit's workbook (DESIGN §5); the same plan, options and answers carried over give the same bytes.

    Formulas leave with what they give for the answers and the log that the workbook starts with, for programs that do
    not reckon; Excel reckons anew when it opens the file.
    """
    opening = Opening(plan, options.calendar, before)
    book = Book(lists_of(plan, options))
    book.workbook.locked_structure = options.locked_structure
    book.styles.lights = options.lights
    use_plain_theme(book.workbook)
    add_cover(book, opening)
    add_matrix(book, plan, before)
    for sheet in plan.sheets:
        add_duties(book, opening, sheet)
    add_ledgers(book, plan, before)
    add_signatures(book, plan, before)
    add_hidden(book, opening, options)
    if options.self_check:
        add_self_check(book, plan, options.calendar)
    return book.to_bytes()


def lists_of(plan: UnitPlan, options: Options) -> dict[str, tuple[str, ...]]:
    """The dropdown lists of the workbook by the name that columns give them."""
    return {
        "status": STATUSES,
        "category": options.categories,
        "person": tuple(dict.fromkeys(person.name for person in plan.people)),
        "duty": tuple(row.label for _, row in plan.rows()),
        "rectification": RECTIFICATION,
        "risk_level": RISK_LEVELS,
        "raci": tuple(RACI),
        **own_lists(plan.own),
    }
