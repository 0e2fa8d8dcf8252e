"""Tables in plain text (tabs, pipes, box drawing): rows -> sections and items by the headings of the columns."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from qingdan_xl.documents.columns import column_of
from qingdan_xl.documents.holders import holder
from qingdan_xl.documents.lines import Line
from qingdan_xl.documents.numbering import marker
from qingdan_xl.documents.outline import Group, Holder, Item, points_of
from qingdan_xl.documents.paragraphs import is_short

_BARS = re.compile(r"[|｜│┃║]")
_RULER = re.compile(r"[\s|｜│┃║─━═┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬:+=\-—]+")
_TOTAL = re.compile(r"^(?:小\s*计|合\s*计|总\s*计|总\s*分|共\s*计|累\s*计)")
_NUMBER = re.compile(r"[0-9０-９]+(?:[.．][0-9０-９]+)?\s*分?")
_FEWEST_ROWS = 3  # and columns, for a row that only names a section
_FEWEST_NAMED = 2


@dataclass(slots=True)
class Table:
    """The rows of one table as cells with the line each began on."""

    rows: list[tuple[int, list[str]]] = field(default_factory=list)


def cells_of(text: str) -> list[str] | None:
    """The cells of one line, None where it is no row."""
    if _BARS.search(text):
        cells = [cell.strip() for cell in _BARS.split(text)]
        cells = cells[1:] if not cells[0] else cells
        cells = cells[:-1] if cells and not cells[-1] else cells
        return cells if len(cells) > 1 else None
    if "\t" not in text:
        return None
    cells = [cell.strip() for cell in text.split("\t")]
    lone = len(cells) == 2 and marker(f"{cells[0]}、") is not None  # noqa: PLR2004 - a number, a tab and its text
    return None if lone else cells


def take_tables(lines: Sequence[Line], raw: Sequence[str]) -> tuple[list[Line], list[Table]]:
    """Take the tables out of `lines` (`raw` are the file's lines): the other lines, and the tables in order."""
    rows = {line.number: cells for line in lines if (cells := cells_of(raw[line.number - 1].strip("\n "))) is not None}
    plain: list[Line] = []
    tables: list[Table] = []
    current: Table | None = None
    for line in lines:
        cells = rows.get(line.number)
        if cells is not None or (current and _RULER.fullmatch(line.text)):
            current = current or Table()
            if cells and not _RULER.fullmatch(line.text):
                current.rows.append((line.number, cells))
        elif current and not line.gap and _is_cell_rest(line.text, rows, line.number):
            current.rows[-1][1][-1] += line.text
        else:
            _close(current, tables)
            current = None
            plain.append(line)
    _close(current, tables)
    kept = {number for table in tables for number, _ in table.rows}
    stray = [
        line for line in lines if line.number in rows and line.number not in kept and not _RULER.fullmatch(line.text)
    ]
    return sorted((*plain, *stray), key=lambda line: line.number), tables


def _is_cell_rest(text: str, rows: dict[int, list[str]], number: int) -> bool:
    """A line between two rows, or after one that is no numbered line: a cell's text went on."""
    return number + 1 in rows and number - 1 in rows and marker(text) is None


def _close(table: Table | None, tables: list[Table]) -> None:
    if table and len(table.rows) >= _FEWEST_ROWS:
        tables.append(table)


def read_table(table: Table, default: str) -> list[Holder]:
    """The roles, sections and items of one table; rows whose holder is not named go to `default`."""
    head, columns = _columns(table)
    reader = _Reader(columns, default)
    for number, cells in table.rows[head:]:
        reader.add(number, cells)
    return [role for role in reader.roles if any(group.items for group in role.groups)]


def _columns(table: Table) -> tuple[int, list[str]]:
    """Where the body begins, and what each column holds."""
    for at, (_, cells) in enumerate(table.rows[:4]):
        names = [column_of(cell) for cell in cells]
        if sum(1 for name in names if name) >= _FEWEST_NAMED and not any(
            _NUMBER.fullmatch(cell) for cell in cells if cell
        ):
            return at + 1, _with_item(names)
    width = max(len(cells) for _, cells in table.rows)
    longest = max(range(width), key=lambda at: sum(len(cells[at]) for _, cells in table.rows if at < len(cells)))
    names = ["content"] * width
    names[longest] = "item"
    if longest and all(_NUMBER.fullmatch(cells[0]) or marker(f"{cells[0]}、") for _, cells in table.rows if cells[0]):
        names[0] = "number"
    return 0, names


def _with_item(names: list[str]) -> list[str]:
    """Exactly one item column: of several the last before the contents; without one the last group, else a content."""
    items = [at for at, name in enumerate(names) if name == "item"]
    for at in items[:-1]:
        names[at] = "group"
    for wanted in ("group", "content", "holder", ""):
        if "item" in names:
            break
        places = [at for at, name in enumerate(names) if name == wanted]
        if places:
            names[places[-1] if wanted == "group" else places[0]] = "item"
    return names


class _Reader:
    """Reads the body rows of a table, filling down what a merged cell left empty."""

    def __init__(self, columns: list[str], default: str) -> None:
        self.columns = columns
        self.item = columns.index("item")
        self.default = default
        self.roles: list[Holder] = []
        self.group_title: str | None = None
        self.group_number: str | None = None
        self.group_points: Decimal | None = None
        self.fresh = True
        self.who: str | None = None

    def add(self, line: int, cells: list[str]) -> None:
        """Take one body row."""
        if any(_TOTAL.match(cell) for cell in cells[:3]):
            return
        at = self._cells(cells)
        content = [
            cell
            for name, cell in at
            if name in {"item", "content", "", "holder"} and cell and not _NUMBER.fullmatch(cell)
        ]
        if self._is_group_row(at, cells):
            self._open_group(at)
            return
        if not content or all(column_of(cell) for cell in content):
            return
        self._fill_down(at)
        self._place().items.append(self._item(line, at))

    def _cells(self, cells: list[str]) -> list[tuple[str, str]]:
        names = [*self.columns, *([""] * max(0, len(cells) - len(self.columns)))]
        return list(zip(names, cells, strict=False))

    def _is_group_row(self, at: list[tuple[str, str]], cells: list[str]) -> bool:
        """A row that only names a section (and its points)."""
        words = [cell for name, cell in at if cell and name not in {"number", "points"} and not _NUMBER.fullmatch(cell)]
        number = next((cell for name, cell in at if name == "number"), "")
        said = bool(number) and not _NUMBER.fullmatch(number)
        if not words:
            return said and marker(number) is not None and not marker(f"{number}、")
        if len(words) > 1 or min(len(cells), len(self.columns)) < _FEWEST_ROWS:
            return False
        mark = marker(words[0])
        outer = mark is not None and mark.style.startswith("cn")
        return outer or said or (not number and "number" in self.columns and is_short(words[0]))

    def _open_group(self, at: list[tuple[str, str]]) -> None:
        words = [cell for name, cell in at if cell and name != "points" and not _NUMBER.fullmatch(cell)]
        said = "".join(words) if len(words) > 1 and marker(words[0] + "、") else words[-1]
        mark = marker(said)
        points = [cell for name, cell in at if _NUMBER.fullmatch(cell or "")]
        self.group_number = mark.printed if mark else None
        self.group_title = said[mark.end :] if mark else said
        self.group_points = _points(points[0]) if points else points_of(said)
        self.fresh = True

    def _fill_down(self, at: list[tuple[str, str]]) -> None:
        titles = [cell for place, (name, cell) in enumerate(at) if name == "group" and place < self.item]
        if any(titles):
            said = " / ".join(title for title in titles if title)
            mark = marker(said)
            title = said[mark.end :] if mark else said
            if title != self.group_title:
                self.group_number, self.group_title = (mark.printed if mark else None), title
                self.group_points, self.fresh = points_of(said), True
        who = next(
            (cell for place, (name, cell) in enumerate(at) if name == "holder" and place < self.item and cell), None
        )
        if who and who != self.who:
            self.who, self.fresh = who, True

    def _place(self) -> Group:
        name = (holder(self.who) or self.who) if self.who else self.default
        role = next((role for role in self.roles if role.name == name), None)
        if role is None:
            role = Holder(name, self.who)
            self.roles.append(role)
            self.fresh = True
        if self.fresh or not role.groups:
            role.group(self.group_number, self.group_title, self.group_points)
            self.fresh = False
        return role.groups[-1]

    def _item(self, line: int, at: list[tuple[str, str]]) -> Item:
        number = next((cell for name, cell in at if name == "number" and cell), "")
        said = [cell for name, cell in at[self.item :] if name in {"item", "content", "", "holder", "group"} and cell]
        said = [cell for cell in said if not _NUMBER.fullmatch(cell)]
        points = next((read for name, cell in at if name == "points" and (read := _points(cell)) is not None), None)
        department = next((cell for name, cell in at if name == "department" and cell), None)
        text = "\n".join(said)
        mark = marker(text) if not number else None
        if mark:
            number, text = mark.printed, text[mark.end :]
        return Item(number, text, line, False, points if points is not None else points_of(text), department)


def _points(cell: str) -> Decimal | None:
    try:
        return Decimal(cell.strip().rstrip("分").strip())
    except InvalidOperation:
        return None
