"""What documents are read into before ids and demands: items in groups under their holders."""

from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(slots=True)
class Item:
    """A leaf: its number as printed, its text, the line it begins on, how many signs of the document it took.

    `times` are the cells of a row that stand in columns of time (完成时限).
    """

    number: str
    text: str
    line: int
    general: bool = False
    points: Decimal | None = None
    department: str | None = None
    head: str = ""
    lines: tuple[tuple[int, int], ...] = ()
    signs: int = 0
    times: tuple[str, ...] = ()

    def line_at(self, offset: int) -> int:
        """The line of the file on which the paragraph around `offset` begins."""
        return max((pair for pair in self.lines if pair[0] <= offset), default=(0, self.line))[1]


@dataclass(slots=True)
class Group:
    """A section in the making."""

    number: str | None
    title: str | None
    items: list[Item] = field(default_factory=list)
    points: Decimal | None = None


@dataclass(slots=True)
class Holder:
    """A role in the making; `tabled` for one that a table names, which may come back in the next table."""

    name: str
    heading: str | None = None
    inherits: str | None = None
    groups: list[Group] = field(default_factory=list)
    tabled: bool = False

    def group(self, number: str | None, title: str | None, points: Decimal | None = None) -> Group:
        """Open a section."""
        self.groups.append(Group(number, title, points=points))
        return self.groups[-1]
