"""What every format is read into: the paragraphs and tables of one file, in the order of the document.

A reader of a format (formats/) takes the file's name and bytes and gives a `Source`; it knows nothing of duties. What
comes after (parsing.py) knows nothing of formats.
"""

from dataclasses import dataclass
from typing import TypeAlias

from qingdan_xl.model import Doubt


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, in a text file one line: `line` counts from 1 and is where a person looks for it.

    `text` is as it stands, blanks and tabs included, line breaks not. `number` is what Word's automatic numbering puts
    before it, as printed (（一）, 1., 第三条), '' without one. `level` is 1 to 9 for a heading style, 0 for plain text.
    `gap` tells that an empty paragraph stands before it; empty paragraphs themselves are left out.
    """

    line: int
    text: str
    number: str = ""
    level: int = 0
    gap: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: its place as a paragraph's `line`, its cells from the left, '' for an empty one."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A real table (of Word, a sheet, a .csv): every cell of a merged area holds the text of the area.

    Rows are those with text in them, headings and title rows included; `name` is the sheet's, '' for a table in a text.
    """

    rows: tuple[Row, ...]
    name: str = ""


Part: TypeAlias = Paragraph | Grid


@dataclass(frozen=True, slots=True)
class Source:
    """One file as read: its name, its parts in order, and what a person should know about the reading (encoding …)."""

    name: str
    parts: tuple[Part, ...]
    notes: tuple[Doubt, ...] = ()
