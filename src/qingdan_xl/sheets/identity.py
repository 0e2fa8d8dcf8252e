"""The very hidden sheet of a unit's workbook: whose it is and what was issued in it; writer and reader share this.

Its tables stand side by side, headings in row 1, rows from row 2 on; a table ends at the first row whose first cell is
blank. The same identity stands in the file's custom properties (PROPERTIES), and an id in every duty and matrix row.
"""

import hashlib
import hmac
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from qingdan_xl.sheets.reading import Grid
from qingdan_xl.sheets.values import as_text

TEMPLATE = "1"
AS_OF_NAME = "qd_as_of"  # the one cell with the date that everything in the workbook is looked at
NEAR_NAME = "qd_near_days"
OVER_NAME, SOON_NAME = "qd_over", "qd_soon"  # how many PERIODS are over, and over within the days that are near
PROPERTIES = {
    "batch": "qingdan_batch",
    "unit_id": "qingdan_unit",
    "template": "qingdan_template",
    "workspace": "qingdan_workspace",
}

_UNSEEN = ("Cc", "Cf", "Cn")  # control, format and no characters: cells do not keep them


@dataclass(frozen=True, slots=True)
class Block:
    """A table of the hidden sheet: `first` is the index of its first column from 0, `keys` its headings in order."""

    first: int
    keys: tuple[str, ...]

    def column(self, key: str) -> int:
        """The column's index on the sheet from 0."""
        return self.first + self.keys.index(key)


IDENTITY = Block(0, ("key", "value"))  # one row a field of Identity
ROLE_SHEETS = Block(3, ("index", "title", "role", "checklist", "holder"))  # index from 1, as in the row ids
DUTY_ROWS = Block(9, ("row_id", "sheet", "number", "label", "text_hash"))  # sheet: index of ROLE_SHEETS
# one run of rows a demand, with its row in DEMANDS and the window's in PERIODS, both from 1; `done` is up to what is
# asked, `named` the short ones so far
WINDOWS = Block(15, ("row_id", "demand", "period", "done", "named", "required"))
DEMANDS = Block(21, ("row_id", "category", "label", "holder", "last", "missing"))  # last: the row of its last window
PERIODS = Block(27, ("number", "start", "end", "label"))  # every window there is, by their ends
OWN = Block(35, ("sheet", "heading", "type", "choices"))  # choices parted by line ends
LISTS_FIRST = 40  # from this column on one dropdown list a column, the list's name in row 1


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose workbook it is: all of it text as it stands in the file.

    `workspace` tells year folders apart, `seal` proves that the other fields are as this year folder wrote them.
    """

    batch: str
    unit_id: str
    unit: str
    year: str
    template: str
    fingerprint: str
    workspace: str
    seal: str


def sealed(identity: Identity, key: bytes) -> Identity:
    """The identity as the year folder with this secret key writes it."""
    named = replace(identity, workspace=workspace_mark(key), seal="")
    return replace(named, seal=hmac.new(key, _lines(named).encode(), hashlib.sha256).hexdigest()[:32])


def _lines(identity: Identity) -> str:
    return "\n".join(getattr(identity, name) for name in Identity.__dataclass_fields__)


def is_sealed(identity: Identity, key: bytes) -> bool:
    """Whether the year folder with this key wrote the identity, and nobody changed it since."""
    return hmac.compare_digest(sealed(identity, key).seal.encode(), identity.seal.encode())


def workspace_mark(key: bytes) -> str:
    """What tells year folders apart without giving their key away."""
    return hmac.new(key, b"workspace", hashlib.sha256).hexdigest()[:12]


def read_block(grid: Grid, block: Block) -> list[dict[str, str]]:
    """The rows of a table of the hidden sheet by key, as text; nothing where its headings do not stand in row 1."""
    end = block.first + len(block.keys)
    if not grid or tuple(as_text(cell) for cell in grid[0][block.first : end]) != block.keys:
        return []
    rows = []
    for cells in grid[1:]:
        texts = [as_text(cell) for cell in cells[block.first : end]]
        if not texts or not texts[0]:
            break
        rows.append(dict(zip(block.keys, texts, strict=False)))
    return rows


def read_identity(grid: Grid) -> Identity | None:
    """The identity that the hidden sheet states; None where it is not whole."""
    found: Mapping[str, str] = {row["key"]: row["value"] for row in read_block(grid, IDENTITY)}
    names = Identity.__dataclass_fields__
    return Identity(**{name: found[name] for name in names}) if names.keys() <= found.keys() else None


@lru_cache(maxsize=8192)
def text_hash(text: str) -> str:
    """A short hash of a duty's text that white space, line ends and characters nobody sees do not change."""
    seen = "".join(text.split())
    if not seen.isprintable():
        seen = "".join(char for char in seen if unicodedata.category(char) not in _UNSEEN)
    return hashlib.sha256(seen.encode()).hexdigest()[:16]
