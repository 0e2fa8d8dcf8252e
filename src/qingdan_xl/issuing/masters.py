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
    titles = [unescape(title) for title in _SHEET.findall(parts["xl/workbook.xml"].decode())]
    pages = {title: f"xl/worksheets/sheet{number}.xml" for number, title in enumerate(titles, 1)}
    duties = tuple(pages[sheet.title] for sheet in plan.sheets)
    table = _Table(parts[_STRINGS], unit, stated)
    for name in pages.values():
        parts[name] = table.renumbered(parts[name])
    rows = len(list(plan.rows())) if plan.people else 0
    if rows:
        _point_at_owners(parts, plan, duties, table.count)
    parts[_STRINGS] = table.xml(rows)
    return Master(plan, unit.tokens, len(unit.texts), parts, pages[MATRIX.title], duties, table.letters)


class _Table:
    """The shared strings of a master: those of all units, then the unit's own."""

    def __init__(self, xml: bytes, unit: Cast, stated: Identity) -> None:
        self._tokens, self._strings = unit.tokens, len(unit.texts)
        for number, proof in enumerate(reversed(proofs(stated)), 1):
            hole = self._tokens.in_element(self._strings - number)
            xml = xml.replace(proof.encode(), self._tokens.written(hole))
        letters = {letter: f"<si><t>{letter}</t></si>".encode() for letter in _LETTERS}
        self._found = _ITEM.findall(xml)
        own = {item for item in self._found if len(self._tokens.holes(item)) > 1}
        same = dict.fromkeys([*(item for item in self._found if item not in own), *letters.values()])
        self._own = [item for item in self._found if item in own]
        self._places = {item: place for place, item in enumerate([*same, *self._own])}
        self.letters = {letter: self._places[item] for letter, item in letters.items()}
        self.count = len(self._places)

    def renumbered(self, page: bytes) -> bytes:
        """A sheet that points at the strings where they stand now."""
        places = {b"%d" % number: b't="s"><v>%d</v>' % self._places[item] for number, item in enumerate(self._found)}
        return _STRING_CELL.sub(lambda cell: places[cell[1]], page)

    def xml(self, rows: int) -> bytes:
        """The part as it stands in the workbook, with the owners of so many rows behind the other strings."""
        opening = _KEEPING if self._tokens.signs else _OPENING  # what is not plain may begin or end with a blank
        numbers = range(self._strings, self._strings + rows)
        names = (self._tokens.written(self._tokens.in_cell(number)) for number in numbers)
        owners = [b"<si>%b%b</t></si>" % (opening, name) for name in names]
        own = [item.replace(_OPENING, opening) for item in self._own]
        same = [*self._places][: self.count - len(own)]
        return b"".join((_HEAD % (self.count + rows), *same, *own, *owners, b"</sst>"))


def _point_at_owners(parts: dict[str, bytes], plan: UnitPlan, duties: tuple[str, ...], first: int) -> None:
    """Let the owner's cell of each duty row show a shared string of its own, numbered from `first` on."""
    for name, sheet in zip(duties, plan.sheets, strict=True):
        cells = [(FIRST_ROW + index, _OWNER) for index in range(len(sheet.rows))]
        parts[name] = with_strings(at_cells(parts[name], cells), range(first, first + len(sheet.rows)))
        first += len(sheet.rows)
