"""Figures: what a report says in numbers, each with the rows it came from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import total_ordering

from qingdan_xl.model import Origin

OPEN = "＿＿"


@dataclass(frozen=True, slots=True)
class Source:
    """One row behind a figure: where it stands, and in a few words what it says."""

    origin: Origin
    what: str


def no_rows() -> Sequence[Source]:
    """The rows of a figure that has none."""
    return ()


@total_ordering
@dataclass(frozen=True, slots=True, eq=False)
class Figure:
    """A number with its name; None where it is not known, with `why`.

    `rows` fetches what it was counted from: only a trace asks for that. A template may compare, add and subtract
    figures as if they were numbers.
    """

    name: str
    value: int | Decimal | None
    rows: Callable[[], Sequence[Source]] = no_rows
    why: str = ""
    percent: bool = False

    @property
    def open(self) -> bool:
        """Whether there is no number to show."""
        return self.value is None

    def __str__(self) -> str:
        if self.value is None:
            return OPEN
        text = str(self.value) if isinstance(self.value, int) else f"{self.value.normalize() + 0:f}"
        return f"{text}%" if self.percent else text

    def __bool__(self) -> bool:
        return bool(self.value)

    def __int__(self) -> int:
        if self.value is None:
            raise LookupError(self.why)  # what Jinja would take for 0, were it a TypeError
        return int(self.value)

    def __hash__(self) -> int:
        return hash((self.name, self.value))

    def __eq__(self, other: object) -> bool:
        return self.value == (other.value if isinstance(other, Figure) else other)

    def __lt__(self, other: object) -> bool:
        number = other.value if isinstance(other, Figure) else other
        if self.value is None or not isinstance(number, int | float | Decimal):
            return False
        return self.value < number

    def __add__(self, other: object) -> "Figure":
        return self._with(other, 1, "＋")

    def __sub__(self, other: object) -> "Figure":
        return self._with(other, -1, "－")

    def _with(self, other: object, sign: int, word: str) -> "Figure":
        if isinstance(other, int):
            other = Figure(str(other), other)
        if not isinstance(other, Figure):
            raise TypeError(other)
        name = f"{self.name}{word}{other.name}"
        if self.value is None or other.value is None:
            return Figure(name, None, why=self.why or other.why)
        rows = other.rows
        return Figure(name, self.value + sign * other.value, lambda: (*self.rows(), *rows()))
