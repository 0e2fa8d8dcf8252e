"""A master: the workbook of all units of one shape, with tokens where their strings go.

What is the same in all of them stands first among the shared strings, the units' own strings behind it, then one string
a duty row: who carries it; and last one string for each cell of the rows that say what is the unit's own.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
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

    `letters` are the numbers of the matrix's letters among the shared strings, `strings` is how many the units have,
    `cells` how many cells have a string each behind those: the owners' first.
    """

    plan: UnitPlan
    tokens: Tokens
    strings: int
    cells: int
    parts: dict[str, bytes]
    matrix: str
    duties: tuple[str, ...]
    letters: dict[str, int]


def make_master(book: bytes, plan: UnitPlan, unit: Cast, stated: Identity) -> Master:
    """Make the master of a unit's shape from the workbook of its plan with tokens, which states this identity.

    The owner of the n-th duty row is the n-th string behind the unit's others, the n-th own cell follows them.
    """
    with ZipFile(BytesIO(book)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    titles = [unescape(title) for title in _SHEET.findall(parts["xl/workbook.xml"].decode())]
    pages = {title: f"xl/worksheets/sheet{number}.xml" for number, title in enumerate(titles, 1)}
    duties = tuple(pages[sheet.title] for sheet in plan.sheets)
    cells = [(pages[title], row, col) for title, row, col in (*_owners(plan), *_own(plan, unit))]
    by_page = _by_page(cells)
    for name, places in by_page.items():
        taken = [(row, col) for row, col, _ in places]
        parts[name] = with_strings(at_cells(parts[name], taken), [None] * len(taken))
    table = _Table(parts[_STRINGS], [parts[name] for name in pages.values()], unit, stated)
    for name in pages.values():
        parts[name] = table.renumbered(parts[name])
    for name, places in by_page.items():
        opened = at_cells(parts[name], [(row, col) for row, col, _ in places])
        parts[name] = with_strings(opened, [table.count + number for _, _, number in places])
    parts[_STRINGS] = table.xml(len(cells))
    return Master(plan, unit.tokens, len(unit.texts), len(cells), parts, pages[MATRIX.title], duties, table.letters)


def _owners(plan: UnitPlan) -> Iterator[tuple[str, int, int]]:
    """The cells with the owner of each duty row, by sheet, row and column."""
    for sheet in plan.sheets if plan.people else ():
        for row in range(FIRST_ROW, FIRST_ROW + len(sheet.rows)):
            yield sheet.title, row, _OWNER


def _own(plan: UnitPlan, unit: Cast) -> Iterator[tuple[str, int, int]]:
    """The cells of the unit's own rows; its sheets may be called otherwise in the plan."""
    titles = dict(zip(unit.titles, (sheet.title for sheet in plan.sheets), strict=True))
    for title, row, col in unit.cells:
        yield titles.get(title, title), row, col


def _by_page(cells: Sequence[tuple[str, int, int]]) -> dict[str, list[tuple[int, int, int]]]:
    """Row, column and number of each cell, page by page in the order in which they stand there."""
    found: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for number, (name, row, col) in enumerate(cells):
        found[name].append((row, col, number))
    return {name: sorted(places) for name, places in found.items()}


class _Table:
    """The shared strings of a master that its pages point at: those of all units, then the unit's own."""

    def __init__(self, xml: bytes, pages: Sequence[bytes], unit: Cast, stated: Identity) -> None:
        self._tokens, self._strings = unit.tokens, len(unit.texts)
        for number, proof in enumerate(reversed(proofs(stated)), 1):
            hole = self._tokens.in_element(self._strings - number)
            xml = xml.replace(proof.encode(), self._tokens.written(hole))
        letters = {letter: f"<si><t>{letter}</t></si>".encode() for letter in _LETTERS}
        self._found = _ITEM.findall(xml)
        used = {int(number) for page in pages for number in _STRING_CELL.findall(page)}
        shown = [item for number, item in enumerate(self._found) if number in used]
        own = {item for item in shown if len(self._tokens.holes(item)) > 1}
        # an excerpt beside its text, a label beside the next: what begins alike is deflated best together
        same = sorted({*(item for item in shown if item not in own), *letters.values()})
        self._own = [item for item in shown if item in own]
        self._places = {item: place for place, item in enumerate([*same, *self._own])}
        self.letters = {letter: self._places[item] for letter, item in letters.items()}
        self.count = len(self._places)

    def renumbered(self, page: bytes) -> bytes:
        """A sheet that points at the strings where they stand now."""
        return _STRING_CELL.sub(lambda cell: b't="s"><v>%d</v>' % self._places[self._found[int(cell[1])]], page)

    def xml(self, cells: int) -> bytes:
        """The part as it stands in the workbook, with the strings of so many cells behind the others."""
        opening = _KEEPING if self._tokens.signs else _OPENING  # what is not plain may begin or end with a blank
        numbers = range(self._strings, self._strings + cells)
        texts = (self._tokens.written(self._tokens.in_cell(number)) for number in numbers)
        single = [b"<si>%b%b</t></si>" % (opening, text) for text in texts]
        own = [item.replace(_OPENING, opening) for item in self._own]
        same = [*self._places][: self.count - len(own)]
        return b"".join((_HEAD % (self.count + cells), *same, *own, *single, b"</sst>"))
