"""考核卡.xlsx: a page for every unit and person, each printed on one sheet of paper, and a list of them in front."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from qingdan_xl.assessment.cards import Block, Card, CardLine
from qingdan_xl.assessment.trail import plain
from qingdan_xl.assessment.workings import rounded
from qingdan_xl.sheets.assessment import CARDS
from qingdan_xl.sheets.styles import ACCENT, HEADING_FILL, HEADING_FONT, LINE, MUTED, PAPER
from qingdan_xl.sheets.writing import Book, Cell, Link, clean, text_height

AT_MOST = 200  # cards in a workbook: more sheets than that are slow to open
_WIDTHS = (11, 36, 9, 9, 60)
_PAGE = 1060  # points high: what still can be read when it is shrunk to one A4 page
_KEPT = 8  # lines of what the score is made of that long lists above leave room for
_DIGITS = 4  # decimals that are shown: more say nothing to a reader
_OPENING = 32  # signs of a duty that stand for all of it where the page is full
_TITLE, _ROOM, _SIGN, _FACT, _GAP = 34, 20, 30, 24, 8
_NOTHING: tuple[Cell, ...] = ("",) * 4
_WRAPPED: Mapping[str, Any] = {"text_wrap": True, "indent": 1}
_POINTS = "0.00##"
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_LONGEST_TAB = 31
_DAY = "日期：        年    月    日"
_SIGNATURES = (("考核对象（签字或盖章）：", "考核组（签字）："), (_DAY, _DAY))


def card_batches(cards: Iterable[Card]) -> Iterator[tuple[Card, ...]]:
    """The cards in batches of one workbook each."""
    everyone = tuple(cards)
    for start in range(0, len(everyone), AT_MOST):
        yield everyone[start : start + AT_MOST]


def card_workbook(cards: Sequence[Card], title: str, as_of: date, result: str) -> bytes:
    """Write 考核卡.xlsx for one batch: 目录, then a sheet for each card.

    A card whose lines do not go on a page shows the weightiest and says how many more there are, and where in
    考核.xlsx; `result` is the name that file has beside this one.
    """
    book = Book(locked_fill=PAPER)
    names = list(_tabs(cards))
    book.add(
        CARDS, [_entry(number, card, name) for number, (card, name) in enumerate(zip(cards, names, strict=True), 1)]
    )
    for card, name in zip(cards, names, strict=True):
        _Page(book, book.workbook.add_worksheet(name), card, result).write(f"{title}  截至 {as_of:%Y-%m-%d}")
    return book.to_bytes()


def _entry(number: int, card: Card, name: str) -> dict[str, Cell]:
    facts = dict(card.facts)
    return {
        "index": number,
        "card": Link(f"'{name}'!A1", card.label),
        "group": facts["考核组"],
        "score": card.score,
        "rank": facts["名次"],
        "grade": facts["等次"],
    }


def _tabs(cards: Sequence[Card]) -> Iterator[str]:
    """A name for the tab of each card: no two alike in Excel's eyes, none longer than it takes."""
    taken = {CARDS.title.casefold()}
    for number, card in enumerate(cards, 1):
        plain = clean(card.label).translate(_FORBIDDEN).strip()[:_LONGEST_TAB] or str(number)
        name = plain if plain.casefold() not in taken else f"{plain[: _LONGEST_TAB - 5]}{number:05d}"
        taken.add(name.casefold())
        yield name


@dataclass(slots=True)
class _Page:
    """One card as it is written from the top down."""

    book: Book
    page: Worksheet
    card: Card
    result: str
    row: int = 0
    height: int = 0

    def write(self, subtitle: str) -> None:
        """Write all of the card, and set it up for one A4 page."""
        card = self.card
        for col, width in enumerate(_WIDTHS):
            self.page.set_column(col, col, width)
        styles = self.book.styles
        kind = "个人考核卡" if card.person else "单位考核卡"
        self._line([kind], [styles.get(font_name=HEADING_FONT, font_size=18, font_color=ACCENT)], _TITLE)
        self._line([subtitle], [self._plain()], _ROOM)
        self._facts(card.facts)
        self._notes(card.notes)
        shown = [block for block in card.blocks if block.lines]
        for number, block in enumerate(shown):
            self._block(block, sum(map(_least, shown[number + 1 :])))
        self._signatures()
        self.page.set_portrait()
        self.page.set_paper(9)
        self.page.set_margins(0.5, 0.5, 0.5, 0.6)
        self.page.fit_to_pages(1, 1)
        self.page.center_horizontally()
        self.page.hide_gridlines(2)
        self.page.print_area(0, 0, self.row - 1, len(_WIDTHS) - 1)

    def _line(self, values: Sequence[Cell], looks: Sequence[Format], height: int) -> None:
        for col, (value, look) in enumerate(zip(values, looks, strict=True)):
            self.book.write_cell(self.page, self.row, col, value, look)
        self.page.set_row(self.row, height)
        self.row += 1
        self.height += height

    def _facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Name and text side by side, two pairs a row."""
        name, text = self._look(bg_color=HEADING_FILL, font_color=ACCENT, align="center"), self._look(indent=1)
        for (first, said), (second, more) in zip(facts[::2], facts[1::2], strict=True):
            row = self.row
            self._line([first, said, second, "", ""], [name, text, name, text, text], _FACT)
            self.page.merge_range(row, 3, row, 4, clean(more), text)

    def _notes(self, notes: Sequence[tuple[str, str]]) -> None:
        """Name and text, the text over the whole width."""
        name, text = self._look(bg_color=HEADING_FILL, font_color=ACCENT, align="center"), self._look(**_WRAPPED)
        for first, said in notes:
            row = self.row
            self._line([first, *_NOTHING], [name, *[text] * 4], max(_FACT, text_height(said, sum(_WIDTHS[1:]))))
            self.page.merge_range(row, 1, row, 4, clean(said), text)

    def _block(self, block: Block, later: int) -> None:
        """Write a table: as many lines as the page has room for besides `later` points of height."""
        self._line(["", *_NOTHING], [self._plain()] * 5, _GAP)
        title = self.book.styles.get(font_name=HEADING_FONT, font_size=12, font_color=ACCENT)
        self._line([_titled(block), *_NOTHING], [title] + [self._plain()] * 4, _ROOM)
        heading = self._look(bg_color=HEADING_FILL, font_color=ACCENT, align="center", font_name=HEADING_FONT)
        self._line(["序号", "内容", "满分", block.points, "说明与依据"], [heading] * 5, _ROOM)
        looks, end = self._looks(self.card.places), _high(block.total)
        lines = _fitted(block.lines, _PAGE - self.height - end - later - _SIGN * len(_SIGNATURES))
        for number, line in enumerate(lines, 1):
            self._line([number, line.name, line.full, line.points, line.why], looks, _high(line))
        if left := block.lines[len(lines) :]:
            self._more(left, looks)
        if total := block.total:
            self._line(["", total.name, total.full, total.points, total.why], looks, end)

    def _more(self, left: Sequence[CardLine], looks: Sequence[Format]) -> None:
        """Say how many lines are not shown, what they come to, and where they stand."""
        points = sum((line.points for line in left if line.points is not None), Decimal(0))
        place = self.card.place
        where = f"“{place.sheet}”第 {place.first}－{place.last} 行" if place else "“得分明细”"
        row = self.row
        self._line(["", f"另有 {len(left)} 条", None, points or None, ""], looks, _ROOM)
        text = f"见 {self.result} 的{where}"
        if place:
            self.page.write_url(row, 4, f"external:{self.result}#{place.sheet}!A{place.first}", looks[4], text)
        else:
            self.page.write_string(row, 4, text, looks[4])

    def _looks(self, places: int) -> list[Format]:
        number = self._look(align="center", num_format=f"0.{'0' * max(places, 2)}{'#' * max(_DIGITS - places, 0)}")
        text = self._look(**_WRAPPED)
        return [self._look(align="center"), text, self._look(align="center", num_format=_POINTS), number, text]

    def _signatures(self) -> None:
        """Where people sign."""
        for left, right in _SIGNATURES:
            self._line([left, "", "", "", right], [self._plain()] * 5, _SIGN)

    def _look(self, **properties: Any) -> Format:  # noqa: ANN401 - XlsxWriter's own properties
        return self.book.styles.get(border=1, border_color=LINE, **properties)

    def _plain(self) -> Format:
        return self.book.styles.get(font_color=MUTED)


def _titled(block: Block) -> str:
    """The title with how many lines there are, and what they come to where that says something."""
    points = sum((Fraction(line.points) for line in block.lines if line.points is not None), Fraction(0))
    if block.total or len(block.lines) == 1:
        return block.title
    return f"{block.title}（{len(block.lines)} 条{f'，合计 {plain(rounded(points, _DIGITS))} 分' if points else ''}）"


def _fitted(lines: Sequence[CardLine], room: int) -> Sequence[CardLine]:
    """As many lines as go into so many points of height: whole, else cut short, else the first of them cut short."""
    for shown in (lines, [_short(line) for line in lines]):
        if sum(map(_high, shown)) <= room:
            return shown
    fitting: list[CardLine] = []
    left = room - _ROOM
    for line in map(_short, lines):
        left -= _high(line)
        if left < 0 and fitting:
            break
        fitting.append(line)
    return fitting


def _short(line: CardLine) -> CardLine:
    return line if len(line.name) <= _OPENING else replace(line, name=f"{line.name[:_OPENING]}…")


@lru_cache(maxsize=10_000)
def _high(line: CardLine | None) -> int:
    return max(text_height(line.name, _WIDTHS[1]), text_height(line.why, _WIDTHS[4]), _ROOM) if line else 0


def _least(block: Block) -> int:
    """The height that a table takes with few lines, one where it has no total, and the note that there are more."""
    kept = block.lines[: _KEPT if block.total else 1]
    return _GAP + 3 * _ROOM + sum(_high(_short(line)) for line in kept) + _high(block.total)
