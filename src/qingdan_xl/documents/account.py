"""Where every sign of a document went: nothing is lost without being told."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from qingdan_xl.documents.lines import Dropped, size
from qingdan_xl.documents.paragraphs import Block, is_tail
from qingdan_xl.documents.reports import Lead
from qingdan_xl.documents.source import Paragraph
from qingdan_xl.documents.tables import Reading
from qingdan_xl.model import Account, Aside, Checklist, Doubt, Place
from qingdan_xl.problems import problem

_SHORTEST_CLOSING = 12
_SHOWN = 30
_SHOWN_CELLS = 4


def _is_sentence(text: str) -> bool:
    return text.endswith(("。", "；")) and not is_tail(text)


class Books:
    """Keeps the account of one document while it is read."""

    def __init__(self) -> None:
        self.signs: Counter[Place] = Counter()
        self.aside: list[Aside] = []
        self.doubts: list[Doubt] = []

    def furniture(self, dropped: Iterable[Dropped]) -> None:
        """Marks, disclaimers and page furniture: each is a doubt, because it might have been text."""
        for one in dropped:
            self._put(Place.FURNITURE, one.line, one.text, size(one.text))
            self.doubts.append(Doubt("noise", one.line, problem("noise", text=one.text).what))

    def flattened(self, tables: Iterable[Sequence[Paragraph]]) -> None:
        """Tables whose cells stand one below the other are left aside."""
        for table in tables:
            what = problem("flat-table", text="、".join(one.text.strip() for one in table[:_SHOWN_CELLS])).what
            self.doubts.append(Doubt("flat-table", table[0].line, what))
            for one in table:
                self._put(Place.TAIL, one.line, one.text.strip(), size(one.text) + size(one.number))

    def all_to(self, place: Place, blocks: Iterable[Block]) -> None:
        """Put whole blocks to one place."""
        for block in blocks:
            self._put(place, block.line, block.text, block.signs)

    def used(self, blocks: Iterable[Block], places: Mapping[int, str]) -> None:
        """Put the blocks below the title where they were used; unused ones lead in (preamble) or come after (tail)."""
        before = "heading"
        for block in blocks:
            use = places.get(id(block))
            before = use or before
            if use == "table":
                continue
            place = Place(use) if use else Place.PREAMBLE if before == "heading" else Place.TAIL
            self._put(place, block.line, block.text, block.signs)
            if place is Place.TAIL and _is_sentence(block.text) and len(block.text) >= _SHORTEST_CLOSING:
                self.doubts.append(Doubt("aside", block.line, problem("aside", text=block.text[:_SHOWN]).what))

    def tables(self, readings: Iterable[Reading]) -> None:
        """Put what the tables were read into."""
        for reading in readings:
            self.signs.update({Place(place): signs for place, signs in reading.signs.items()})

    def leads(self, leads: Iterable[Lead]) -> None:
        """What stands before the first 一是 of a report's paragraph was counted with its items: it is none of them."""
        for lead in leads:
            self.signs[Place.DUTY] -= lead.heading + lead.preamble
            self.signs[Place.HEADING] += lead.heading
            if lead.preamble:
                self._put(Place.PREAMBLE, lead.line, lead.text, lead.preamble)

    def foreign(self, other: Checklist) -> None:
        """Take over the account of a document without duties: all of it only stands around this one."""
        for place, signs in other.account.signs.items():
            self.signs[Place.FURNITURE if place is Place.FURNITURE else Place.PREAMBLE] += signs
        self.aside.extend(other.account.aside)

    def _put(self, place: Place, line: int, text: str, signs: int) -> None:
        self.signs[place] += signs
        if place not in {Place.DUTY, Place.HEADING, Place.TITLE}:
            self.aside.append(Aside(line, text, place))

    def closed(self) -> Account:
        """The account, places in their order."""
        return Account({place: self.signs[place] for place in Place}, tuple(self.aside))
