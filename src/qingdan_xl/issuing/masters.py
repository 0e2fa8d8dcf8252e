"""A master: the workbook of all units of one shape, with tokens where their strings go.

What is the same in all of them stands first among the shared strings, the units' own strings behind it, and last one
string a duty row: who carries it.
"""

import re
from dataclasses import dataclass
from html import unescape
from io import BytesIO
from zipfile import ZipFile

from qingdan_xl.issuing.plan import UnitPlan
from qingdan_xl.issuing.proposal import ACCOUNTABLE, BOTH, RESPONSIBLE
from qingdan_xl.issuing.stamping_cast import Cast, proofs
from qingdan_xl.issuing.stamping_pages import at_cells, with_strings
from qingdan_xl.issuing.stamping_text import Tokens
from qingdan_xl.sheets.identity import Identity
from qingdan_xl.sheets.unit import DUTIES, MATRIX
from qingdan_xl.sheets.writing import FIRST_ROW

_STRINGS = "xl/sharedStrings.xml"
_ITEM = re.compile(rb"<si>.*?</si>", re.DOTALL)
_STRING_CELL = re.compile(rb't="s"><v>(\d+)</v>')
_SHEET = re.compile(r'<sheet name="([^"]*)"')
_OWNER = DUTIES.keys.index("owner")
_OPENING, _KEEPING = b"<t>", b'<t xml:space="preserve">'
_LETTERS = (ACCOUNTABLE, RESPONSIBLE, BOTH)
_HEAD = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" uniqueCount="%d">'
)


@dataclass(frozen=True, slots=True)
class Master:
    """The parts of a workbook by name in their order; `matrix` and `duties` name those of these sheets.

    `letters` are the numbers of the matrix's letters among the shared strings, `strings` is how many the units have.
    """

    plan: UnitPlan
    tokens: Tokens
    strings: int
    parts: dict[str, bytes]
    matrix: str
    duties: tuple[str, ...]
    letters: dict[str, int]


def make_master(book: bytes, plan: UnitPlan, unit: Cast, stated: Identity) -> Master:
    """Make the master of a unit's shape from the workbook of its plan with tokens, which states this identity.

    The owner of the n-th duty row is the n-th string behind the unit's others.
    """
    with ZipFile(BytesIO(book)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    tokens, strings = unit.tokens, len(unit.texts)
    for number, proof in enumerate(reversed(proofs(stated)), 1):
        parts[_STRINGS] = parts[_STRINGS].replace(proof.encode(), tokens.written(tokens.in_element(strings - number)))
    found = _ITEM.findall(parts[_STRINGS])
    letters = {letter: f"<si><t>{letter}</t></si>".encode() for letter in _LETTERS}
    same = list(dict.fromkeys([*(item for item in found if len(tokens.holes(item)) == 1), *letters.values()]))
    own = [item for item in found if len(tokens.holes(item)) > 1]
    places = {item: place for place, item in enumerate([*same, *own])}
    opening = _KEEPING if tokens.signs else _OPENING  # a string that is not plain may begin or end with a blank
    for name, part in parts.items():
        parts[name] = _STRING_CELL.sub(lambda cell: b't="s"><v>%d</v>' % places[found[int(cell[1])]], part)
    titles = [unescape(title) for title in _SHEET.findall(parts["xl/workbook.xml"].decode())]
    pages = {title: f"xl/worksheets/sheet{number}.xml" for number, title in enumerate(titles, 1)}
    duties = tuple(pages[sheet.title] for sheet in plan.sheets)
    owners = []
    if plan.people:
        rows = range(strings, strings + len(list(plan.rows())))
        owners = [b"<si>%b%b</t></si>" % (opening, tokens.written(tokens.in_cell(number))) for number in rows]
        _point_at_owners(parts, plan, duties, len(places))
    parts[_STRINGS] = b"".join(
        (
            _HEAD % (len(places) + len(owners)),
            *same,
            *(item.replace(_OPENING, opening) for item in own),
            *owners,
            b"</sst>",
        )
    )
    return Master(
        plan,
        tokens,
        strings,
        parts,
        pages[MATRIX.title],
        duties,
        {letter: places[item] for letter, item in letters.items()},
    )


def _point_at_owners(parts: dict[str, bytes], plan: UnitPlan, duties: tuple[str, ...], first: int) -> None:
    """Let the owner's cell of each duty row show a shared string of its own, numbered from `first` on."""
    for name, sheet in zip(duties, plan.sheets, strict=True):
        numbers = range(first, first + len(sheet.rows))
        cells = [(FIRST_ROW + index, _OWNER) for index in range(len(sheet.rows))]
        parts[name] = with_strings(at_cells(parts[name], cells), numbers)
        first += len(sheet.rows)
