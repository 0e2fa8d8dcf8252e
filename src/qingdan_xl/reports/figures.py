"""Figures: what a report says in numbers, each with the rows it came from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import ge, gt, le, lt

from qingdan_xl.model import Origin

OPEN = "＿＿"
_Number = int | Decimal


@dataclass(frozen=True, slots=True)
class Source:
    """One row behind a figure: where it stands, and in a few words what it says."""

    origin: Origin
    what: str


def no_rows() -> Sequence[Source]:
    """The rows of a figure that has none."""
    return ()


@dataclass(frozen=True, slots=True, eq=False)
class Figure:
    """A number with its name; None where it is not known, with `why`.

    `rows` fetches what it was counted from: only a trace asks for that. A template may compare, add and subtract
    figures as if they were numbers; of one that is not known no comparison holds.
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

    def __ne__(self, other: object) -> bool:
        unknown = self.open or (isinstance(other, Figure) and other.open)
        return not unknown and not self == other

    def __lt__(self, other: object) -> bool:
        return self._compared(other, lt)

    def __le__(self, other: object) -> bool:
        return self._compared(other, le)

    def __gt__(self, other: object) -> bool:
        return self._compared(other, gt)

    def __ge__(self, other: object) -> bool:
        return self._compared(other, ge)

    def __add__(self, other: object) -> "Figure":
        return self._with(_figure(other), 1, "＋")

    def __radd__(self, other: object) -> "Figure":
        # where a sum begins stands a 0 that nobody wrote
        return self if other == 0 else _figure(other)._with(self, 1, "＋")

    def __sub__(self, other: object) -> "Figure":
        return self._with(_figure(other), -1, "－")

    def __rsub__(self, other: object) -> "Figure":
        return _figure(other)._with(self, -1, "－")

    def _compared(self, other: object, holds: Callable[[_Number, _Number], bool]) -> bool:
        """Whether it holds of two numbers; of one that is not known nothing holds."""
        number = None if other is None else _figure(other).value
        return self.value is not None and number is not None and holds(self.value, number)

    def _with(self, other: "Figure", sign: int, word: str) -> "Figure":
        name = f"{self.name}{word}{other.name}"
        if self.value is None or other.value is None:
            return Figure(name, None, why=self.why or other.why)
        value, percent = self.value + sign * other.value, self.percent and other.percent
        return Figure(name, value, lambda: (*self.rows(), *other.rows()), percent=percent)


def _figure(other: object) -> Figure:
    """A figure, or a plain number as one; TypeError for anything else."""
    if isinstance(other, Figure):
        return other
    if isinstance(other, float):
        other = Decimal(str(other))
    if not isinstance(other, int | Decimal):
        raise TypeError(other)
    return Figure(str(other), other)
