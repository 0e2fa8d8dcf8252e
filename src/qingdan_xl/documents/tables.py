"""A table -> roles, sections and items by what its columns hold."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from qingdan_xl.documents.columns import NUMBER, column_of, is_time, layout
from qingdan_xl.documents.holders import holder
from qingdan_xl.documents.items import Group, Holder, Item
from qingdan_xl.documents.lines import Table, size
from qingdan_xl.documents.numbering import marker
from qingdan_xl.documents.paragraphs import is_short
from qingdan_xl.documents.points import points_of
from qingdan_xl.documents.source import Row
from qingdan_xl.documents.texttables import TOTAL

_FEWEST_CELLS = 3  # of a row whose only text names a section
_FEWEST_HOLDERS = 2
_NO_TEXT = frozenset({"number", "points", "group-points", "group-number", "department", "merged-holder"})
_SIGNED = re.compile(
    r"[^，。；：:]{0,10}(?:审[核签批定]人?|填[报表][人单位]*|制表人?|复核人?|经办人?|负责人|联系人|领导|签[字名章]|盖章|日期|时间|电话)"
    r"[^，。；：:]{0,6}[:：][^，。；：:]{0,14}|20[0-9]{2}\s*[年./-][^，。；]{1,12}"
)
_TIMELESS: frozenset[int] = frozenset()
_Cells = list[tuple[str, str]]


@dataclass(slots=True)
class Reading:
    """What a table was read into: its roles, the points of its total rows, the signs each place took, its columns."""

    roles: list[Holder] = field(default_factory=list)
    totals: list[tuple[int, Decimal]] = field(default_factory=list)
    signs: dict[str, int] = field(default_factory=dict)
    columns: Sequence[str] = ()
    times: frozenset[int] = _TIMELESS


def read_table(table: Table, default: str, before: Sequence[str] = (), times: frozenset[int] = _TIMELESS) -> Reading:
    """The roles, sections and items of one table; rows whose holder is not named go to the role `default`.

    `before` are the columns of the table that stands before it in the document, `times` those of them that say when.
    """
    head, columns = layout(table.rows, before)
    reader = _Reader(columns, default)
    headings = [row.cells for row in table.rows[:head]]
    timed = frozenset(at for cells in headings for at, cell in enumerate(cells) if is_time(cell))
    reader.found.times = timed if headings else times
    reader.found.columns = columns
    for row in table.rows[:head]:
        reader.count("heading", row)
    reader.groups_hold = reader.groups_name(table.rows[head:])
    for row in table.rows[head:]:
        reader.add(row)
    found = reader.found
    found.signs["furniture"] = found.signs.get("furniture", 0) + table.signs - sum(found.signs.values())
    found.roles = [role for role in found.roles if any(group.items for group in role.groups)]
    return found


class _Reader:
    """Reads the body rows of a table, filling down what a merged cell left empty."""

    def __init__(self, columns: Sequence[str], default: str) -> None:
        self.columns = columns
        self.item = columns.index("item")
        self.default = default
        self.found = Reading()
        self.outer: tuple[str | None, str | None, Decimal | None] = (None, None, None)
        self.titles: dict[int, str] = {}
        self.points: Decimal | None = None
        self.counted: str | None = None
        self.fresh = True
        self.who: str | None = None
        self.above: _Cells = []
        self.groups_hold = False

    def groups_name(self, rows: Sequence[Row]) -> bool:
        """Whether the rows that name sections name holders, every one of two or more (一、镇长 … 二、副镇长 …)."""
        groups = [cells for row in rows if self._is_group_row(cells := self._cells(row.cells), row.cells)]
        named = [_group_title(cells)[1] for cells in groups]
        return len(named) >= _FEWEST_HOLDERS and "merged-holder" not in self.columns and all(map(holder, named))

    def count(self, place: str, row: Row) -> None:
        """Note that the signs of a row went to `place`."""
        self.found.signs[place] = self.found.signs.get(place, 0) + sum(map(size, row.cells))

    def add(self, row: Row) -> None:
        """Take one body row."""
        cells = self._cells(row.cells)
        if any(TOTAL.match(cell) for cell in row.cells[:_FEWEST_CELLS]):
            self.count("furniture", row)
            self._add_total(row, cells)
        elif _is_signed(row.cells):
            self.count("furniture", row)
        elif self._is_group_row(cells, row.cells):
            self.count("heading", row)
            self._open_group(cells)
        else:
            self._add_item(row, cells)

    def _add_item(self, row: Row, cells: _Cells) -> None:
        said = [cell for name, cell in cells if cell and name not in _NO_TEXT and not NUMBER.fullmatch(cell)]
        if not said or all(column_of(cell) for cell in said):
            self.count("furniture", row)
            return
        self.count("duty", row)
        cells = self._without_repeats(cells)
        self._fill_down(cells)
        self._place().items.append(self._item(row.line, cells))

    def _cells(self, cells: Sequence[str]) -> _Cells:
        names = [*self.columns, *([""] * max(0, len(cells) - len(self.columns)))]
        return list(zip(names, cells, strict=False))

    def _add_total(self, row: Row, cells: _Cells) -> None:
        numbers = [read for name, cell in cells if name == "points" and (read := _points(cell)) is not None]
        numbers = numbers or [read for cell in row.cells if (read := _points(cell)) is not None]
        if numbers and not any(cell.replace(" ", "").startswith("小计") for cell in row.cells):
            self.found.totals.append((row.line, numbers[0]))

    def _without_repeats(self, cells: _Cells) -> _Cells:
        """A merged item holds several rows: what the row above said already is not said again."""
        above, self.above = self.above, cells
        same = {at for at, (one, other) in enumerate(zip(cells, above, strict=False)) if one[1] and one == other}
        if self.item not in same or any(name == "number" and at not in same for at, (name, _) in enumerate(cells)):
            return cells
        again = {at for at in same if cells[at][0] in {"item", "points"}}
        return [(name, "" if at in again else cell) for at, (name, cell) in enumerate(cells)]

    def _is_group_row(self, cells: _Cells, row: Sequence[str]) -> bool:
        """A row that only names a section (and its points)."""
        words = [
            cell for name, cell in cells if cell and name not in {"number", "points"} and not NUMBER.fullmatch(cell)
        ]
        number = next((cell for name, cell in cells if name == "number"), "")
        said = bool(number) and not NUMBER.fullmatch(number)
        if not words:
            mark = marker(number)
            return said and mark is not None and bool(number[mark.end :])
        if len(words) > 1 or len(self.columns) < _FEWEST_CELLS:
            return False
        mark = marker(words[0])
        outer = mark is not None and mark.style.startswith("cn") and is_short(words[0][mark.end :])
        if len(row) < _FEWEST_CELLS:
            return outer or len(row) == 1
        return outer or said or (not number and "number" in self.columns and is_short(words[0]))

    def _open_group(self, cells: _Cells) -> None:
        printed, title = _group_title(cells)
        numbers = (_points(cell) for _, cell in cells if NUMBER.fullmatch(cell))
        points = next((read for read in numbers if read is not None), None)
        points = points if points is not None else points_of(title)
        if self.groups_hold:
            self.who, printed = title, None
        self.outer = (printed, None if self.groups_hold else title, points)
        self.titles, self.points, self.counted, self.fresh = {}, None, None, True

    def _fill_down(self, cells: _Cells) -> None:
        for at, (name, cell) in enumerate(cells):
            if name == "group" and at < self.item and cell and self.titles.get(at) != cell:
                self.titles = {place: title for place, title in self.titles.items() if place < at} | {at: cell}
                self.points, self.fresh = None, True
            elif name == "group-number" and cell:
                self.counted = cell.rstrip("、.．")
            elif name == "group-points" and (read := _points(cell)) is not None and (self.fresh or read != self.points):
                self.points, self.fresh = read, True
            elif name == "merged-holder" and cell and cell != self.who:
                self.who, self.fresh = cell, True

    def _place(self) -> Group:
        name = (holder(self.who) or self.who) if self.who else self.default
        role = next((role for role in self.found.roles if role.name == name), None)
        if role is None:
            role = Holder(name, self.who, tabled=True)
            self.found.roles.append(role)
            self.fresh = True
        if self.fresh or not role.groups:
            role.group(*self._heading())
            self.fresh = False
        return role.groups[-1]

    def _heading(self) -> tuple[str | None, str | None, Decimal | None]:
        """Number, title and points of the section that the row stands in."""
        number, outer, points = self.outer
        if not self.titles:
            return number, outer, self.points if self.points is not None else points
        read = [(marker(title), title) for title in self.titles.values()]
        titles = [title[mark.end :] if mark else title for mark, title in read]
        last, said = read[-1]
        own = self.points if self.points is not None else points_of(said)
        return last.printed if last else self.counted, " / ".join(([outer] if outer else []) + titles), own

    def _item(self, line: int, cells: _Cells) -> Item:
        number = next((cell for name, cell in cells if name == "number" and cell), "")
        points = next((read for name, cell in cells if name == "points" and (read := _points(cell)) is not None), None)
        department = next((cell for name, cell in cells if name == "department" and cell), None)
        text = "\n".join(self._said(cells))
        mark = marker(text) if not number else None
        if mark:
            number, text = mark.printed, text[mark.end :]
        number = number.rstrip("、.．")
        times = tuple(cell for at, (_, cell) in enumerate(cells) if cell and at > self.item and at in self.found.times)
        worth = points if points is not None else points_of(text)
        return Item(number, text, line, False, worth, department, times=times)

    def _said(self, cells: _Cells) -> Iterator[str]:
        """The text cells from the item on; without an item from its first content on."""
        for name, cell in cells[self.item :]:
            if cell and name not in _NO_TEXT and not NUMBER.fullmatch(cell):
                yield cell


def _group_title(cells: _Cells) -> tuple[str | None, str]:
    """Number and title in a row that only names a section."""
    words = [cell for name, cell in cells if cell and name != "points" and not NUMBER.fullmatch(cell)]
    glued = len(words) > 1 and marker(words[0] + "、") is not None
    said = f"{words[0].rstrip('、.．')}、{''.join(words[1:])}" if glued else words[-1]
    mark = marker(said)
    return (mark.printed, said[mark.end :]) if mark else (None, said)


def _is_signed(row: Sequence[str]) -> bool:
    """A row to be signed (审核人：　填表人：　日期：), not one of the list."""
    said = [cell for cell in row if cell]
    return bool(said) and all(map(_SIGNED.fullmatch, said))


def _points(cell: str) -> Decimal | None:
    plain = cell.replace("．", ".").replace("。", ".").strip().rstrip("分").strip()
    try:
        read = Decimal(plain)
    except InvalidOperation:
        return None
    return read if read.is_finite() else None
