"""Figures: what a report says in numbers, each with the rows it came from."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from operator import ge, gt, le, lt, mul

from qingdan_xl.assessment.workings import rounded
from qingdan_xl.model import Origin

OPEN = "＿＿"
_Number = int | Decimal
_MOST_DIGITS, _FEW_DIGITS = 8, 2  # behind the point: only what does not divide evenly has more, and is written shorter


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

    `rows` fetches what it was counted from: only a trace asks for that. `doubt` says why a person should look at it
    though it is known, '' where nobody needs to; `sign` is what stands where it is not. A template may compare figures
    and reckon with them as if they were numbers; of one that is not known no comparison holds.
    """

    name: str
    value: int | Decimal | None
    rows: Callable[[], Sequence[Source]] = no_rows
    why: str = ""
    percent: bool = False
    doubt: str = ""
    sign: str = OPEN

    @property
    def open(self) -> bool:
        """Whether there is no number to show."""
        return self.value is None

    def __str__(self) -> str:
        if self.value is None:
            return self.sign
        text = str(self.value) if isinstance(self.value, int) else _in_digits(self.value)
        return f"{text}%" if self.percent else text

    def __bool__(self) -> bool:
        return bool(self.value)

    def __int__(self) -> int:
        return int(self._known)

    def __float__(self) -> float:
        return float(self._known)

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

    def __abs__(self) -> "Figure":
        return self if self.value is None or self.value >= 0 else replace(self, value=-self.value)

    def __round__(self, places: int = 0) -> "Figure":
        return self if self.value is None else replace(self, value=rounded(Fraction(self.value), places))

    def __sub__(self, other: object) -> "Figure":
        return self._with(_figure(other), -1, "－")

    def __rsub__(self, other: object) -> "Figure":
        return _figure(other)._with(self, -1, "－")

    def __mul__(self, other: object) -> "Figure":
        factor = _factor(self, other)
        return self._reckoned(factor, "×", mul, percent=self.percent or factor.percent)

    __rmul__ = __mul__

    def __truediv__(self, other: object) -> "Figure":
        return self._over(_factor(self, other))

    def __rtruediv__(self, other: object) -> "Figure":
        return _factor(self, other)._over(self)

    @property
    def _known(self) -> _Number:
        if self.value is None:
            raise LookupError(self.why)  # what Jinja would take for 0, were it a TypeError
        return self.value

    def _compared(self, other: object, holds: Callable[[_Number, _Number], bool]) -> bool:
        """Whether it holds of two numbers; of one that is not known nothing holds."""
        number = None if other is None else _figure(other).value
        return self.value is not None and number is not None and holds(self.value, number)

    def _with(self, other: "Figure", sign: int, word: str) -> "Figure":
        percent = self.percent and other.percent
        return self._reckoned(other, word, lambda one, two: one + sign * two, percent=percent)

    def _over(self, other: "Figure") -> "Figure":
        if other.percent:
            raise TypeError(other)
        if other.value == 0:
            return Figure(f"{self.name}÷{other.name}", None, why=f"“{other.name}”是 0，不能作除数")
        return self._reckoned(other, "÷", lambda one, two: Decimal(one) / two, percent=self.percent)

    def _reckoned(
        self, other: "Figure", word: str, make: Callable[[_Number, _Number], _Number], *, percent: bool
    ) -> "Figure":
        """What is made of two figures, with the rows of both; not known where one of them is not."""
        name = f"{self.name}{word}{other.name}"
        if self.value is None or other.value is None:
            return Figure(name, None, why=self.why or other.why)
        value, doubt = make(self.value, other.value), self.doubt or other.doubt
        return Figure(name, value, lambda: (*self.rows(), *other.rows()), percent=percent, doubt=doubt)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A few words with figures among them, ready to be written; it holds (is true) where there is anything to say."""

    parts: tuple[str | Figure, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.parts)


def joined(phrases: Iterable[Phrase], between: str) -> Phrase:
    """Phrases as one, with a sign between any two that say something."""
    parts: list[str | Figure] = []
    for phrase in filter(None, phrases):
        parts += [between, *phrase.parts] if parts else phrase.parts
    return Phrase(tuple(parts))


def _figure(other: object) -> Figure:
    """A figure, or a plain number as one; TypeError for anything else."""
    if isinstance(other, Figure):
        return other
    if isinstance(other, float):
        other = Decimal(str(other))
    if not isinstance(other, int | Decimal):
        raise TypeError(other)
    return Figure(str(other), other)


def _factor(figure: Figure, other: object) -> Figure:
    """What a figure is multiplied with or divided by; TypeError where it is another one and either is a percentage.

    Nobody could say whether the hundredth part is meant; a percentage times a plain number is one.
    """
    if isinstance(other, Figure) and (figure.percent or other.percent):
        raise TypeError(other)
    return _figure(other)


def _in_digits(value: Decimal) -> str:
    """A number in figures without idle noughts; one that goes on and on rounded."""
    short = value if _decimals(value) <= _MOST_DIGITS else rounded(Fraction(value), _FEW_DIGITS)
    return f"{short.normalize() + 0:f}"


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0
