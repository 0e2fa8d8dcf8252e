"""How a line's points come from the numbers beside it: as exact arithmetic, and as the formula that Excel runs.

Each working is both, so that Python and 考核.xlsx cannot disagree about a rule. A working is a line of its own, or a
closing line, which limits, wipes, multiplies or rounds the lines above it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Protocol

from qingdan_xl.assessment.apportioning import exact_sum
from qingdan_xl.sheets.scheme_items import Partial

Number = Decimal | Fraction  # a fraction where a part of the points has no end as a decimal
Cell = Callable[[str], str]  # the address of the line's cell in the column of this key

_DIGITS = 8  # decimals that a sum keeps before it is rounded: binary addition leaves dust behind
_GUARD = 9  # decimals that a quotient of typed numbers keeps: binary division may fall short of a whole number


class Working(Protocol):
    """What every line's working can say of itself."""

    @property
    def numbers(self) -> Mapping[str, Number]:
        """The numbers that stand beside the points, by column key of 得分明细."""

    def points(self, above: Sequence[Fraction]) -> Fraction:
        """The exact points of the line; `above` are the points of the lines that it closes, empty for other lines."""

    def formula(self, cell: Cell, span: str) -> str:
        """The same as a formula without its `=`; `span` is the range of the points that it closes."""


_STEPS: Mapping[Partial, Callable[[Fraction], Fraction]] = {
    Partial.DROPPED: lambda steps: Fraction(floor(steps)),
    Partial.SHARED: lambda steps: steps,
    Partial.STARTED: lambda steps: Fraction(ceil(steps)),
}
_STEP_FORMULAS = {
    Partial.DROPPED: f"INT(ROUND({{}},{_GUARD}))",
    Partial.SHARED: "{}",
    Partial.STARTED: f"ROUNDUP(ROUND({{}},{_GUARD}),0)",
}


@dataclass(frozen=True, slots=True)
class Stepwise:
    """`worth` points (negative takes) for each `step` of the `amount` beyond `free`, times `factor`, within ±`cap`."""

    amount: Decimal
    worth: Decimal
    step: Decimal = Decimal(1)
    free: Decimal = Decimal(0)
    factor: Decimal = Decimal(1)
    cap: Decimal | None = None
    partial: Partial = Partial.DROPPED

    @property
    def numbers(self) -> Mapping[str, Decimal]:
        """Amount, free, step, worth, factor and the cap where there is one."""
        shown = {"amount": self.amount, "free": self.free, "step": self.step}
        shown |= {"worth": self.worth, "factor": self.factor}
        return shown if self.cap is None else shown | {"cap": self.cap}

    def points(self, _above: Sequence[Fraction]) -> Fraction:
        """Steps beyond the free ones times what each is worth."""
        steps = _STEPS[self.partial](max(Fraction(0), Fraction(self.amount - self.free)) / Fraction(self.step))
        earned = steps * Fraction(self.worth) * Fraction(self.factor)
        if self.cap is None:
            return earned
        return max(-Fraction(self.cap), min(Fraction(self.cap), earned))

    def formula(self, cell: Cell, _span: str) -> str:
        """The same over the line's cells."""
        quotient = f"MAX(0,{cell('amount')}-{cell('free')})/{cell('step')}"
        earned = f"{_STEP_FORMULAS[self.partial].format(quotient)}*{cell('worth')}*{cell('factor')}"
        return earned if self.cap is None else f"MAX(-{cell('cap')},MIN({cell('cap')},{earned}))"


@dataclass(frozen=True, slots=True)
class Share:
    """The part `amount`/`base` of `full`, never more than all of it and never less than none."""

    full: Number
    amount: Decimal
    base: Decimal = Decimal(1)

    @property
    def numbers(self) -> Mapping[str, Number]:
        """Full, amount, base."""
        return {"full": self.full, "amount": self.amount, "base": self.base}

    def points(self, _above: Sequence[Fraction]) -> Fraction:
        """Full in proportion."""
        if self.amount <= 0:
            return Fraction(0)
        if self.amount >= self.base:
            return Fraction(*self.full.as_integer_ratio())
        # one fraction instead of three: this runs for every duty of every unit
        full, per = self.full.as_integer_ratio()
        (part, of), (base, parts) = self.amount.as_integer_ratio(), self.base.as_integer_ratio()
        return Fraction(full * part * parts, per * of * base)

    def formula(self, cell: Cell, _span: str) -> str:
        """The same over the line's cells."""
        return f"{cell('full')}*MAX(0,MIN(1,{cell('amount')}/{cell('base')}))"


@dataclass(frozen=True, slots=True)
class Ranked:
    """`full` for the first place (`amount` is the place) and the share `step` of it less for each further one."""

    full: Decimal
    amount: Decimal
    step: Decimal

    @property
    def numbers(self) -> Mapping[str, Decimal]:
        """Full, amount, step."""
        return {"full": self.full, "amount": self.amount, "step": self.step}

    def points(self, _above: Sequence[Fraction]) -> Fraction:
        """Full less the places behind the first."""
        return Fraction(self.full) * max(Fraction(0), 1 - Fraction(self.amount - 1) * Fraction(self.step))

    def formula(self, cell: Cell, _span: str) -> str:
        """The same over the line's cells."""
        return f"{cell('full')}*MAX(0,1-({cell('amount')}-1)*{cell('step')})"


@dataclass(frozen=True, slots=True)
class Once:
    """`worth` points (negative takes) as soon as the `amount` is more than `free`, however much it is."""

    amount: Decimal
    worth: Decimal
    free: Decimal = Decimal(0)

    @property
    def numbers(self) -> Mapping[str, Decimal]:
        """Amount, free, worth."""
        return {"amount": self.amount, "free": self.free, "worth": self.worth}

    def points(self, _above: Sequence[Fraction]) -> Fraction:
        """All or nothing."""
        return Fraction(self.worth) if self.amount > self.free else Fraction(0)

    def formula(self, cell: Cell, _span: str) -> str:
        """The same over the line's cells."""
        return f"IF({cell('amount')}>{cell('free')},{cell('worth')},0)"


@dataclass(frozen=True, slots=True)
class Given:
    """Points that a person or the scheme gives as they are: a start at the full mark, a judgement, a typed bonus."""

    amount: Decimal

    @property
    def numbers(self) -> Mapping[str, Decimal]:
        """The amount itself."""
        return {"amount": self.amount}

    def points(self, _above: Sequence[Fraction]) -> Fraction:
        """The amount."""
        return Fraction(self.amount)

    def formula(self, cell: Cell, _span: str) -> str:
        """The cell."""
        return cell("amount")


@dataclass(frozen=True, slots=True)
class Wiped:
    """Closing: takes back all that the lines above earned as soon as the `amount` is more than `free` (不得分)."""

    amount: Decimal
    free: Decimal = Decimal(0)

    @property
    def numbers(self) -> Mapping[str, Decimal]:
        """Amount and free."""
        return {"amount": self.amount, "free": self.free}

    def points(self, above: Sequence[Fraction]) -> Fraction:
        """What was earned above, with the other sign."""
        return -max(Fraction(0), exact_sum(above)) if self.amount > self.free else Fraction(0)

    def formula(self, cell: Cell, span: str) -> str:
        """The same over the range above."""
        return f"IF({cell('amount')}>{cell('free')},-MAX(0,SUM({span})),0)"


@dataclass(frozen=True, slots=True)
class Multiplied:
    """Closing of deductions: makes them `factor` times what they are once the `amount` is more than `free`."""

    amount: Decimal
    factor: Decimal
    free: Decimal = Decimal(0)

    @property
    def numbers(self) -> Mapping[str, Decimal]:
        """Amount, free and factor."""
        return {"amount": self.amount, "free": self.free, "factor": self.factor}

    def points(self, above: Sequence[Fraction]) -> Fraction:
        """What the factor adds to the deductions, or takes off them."""
        return (Fraction(self.factor) - 1) * exact_sum(above) if self.amount > self.free else Fraction(0)

    def formula(self, cell: Cell, span: str) -> str:
        """The same over the range above."""
        return f"IF({cell('amount')}>{cell('free')},({cell('factor')}-1)*SUM({span}),0)"


@dataclass(frozen=True, slots=True)
class Limited:
    """Closing: brings the sum of the lines above between `floor` and `cap`, either None for no limit."""

    floor: Decimal | None = None
    cap: Decimal | None = None

    @property
    def numbers(self) -> Mapping[str, Decimal]:
        """The limits that there are."""
        return {key: number for key, number in (("floor", self.floor), ("cap", self.cap)) if number is not None}

    def points(self, above: Sequence[Fraction]) -> Fraction:
        """What is missing to the limit that was passed, 0 between them."""
        total = kept = exact_sum(above)
        if self.cap is not None:
            kept = min(kept, Fraction(self.cap))
        if self.floor is not None:
            kept = max(kept, Fraction(self.floor))
        return kept - total

    def formula(self, cell: Cell, span: str) -> str:
        """The same over the range above."""
        kept = f"SUM({span})"
        if self.cap is not None:
            kept = f"MIN({kept},{cell('cap')})"
        if self.floor is not None:
            kept = f"MAX({kept},{cell('floor')})"
        return f"{kept}-SUM({span})"


@dataclass(frozen=True, slots=True)
class DeductionsLimited:
    """Closing of deductions: gives back what they come to beyond `cap` (累计最多扣), less what was given back above."""

    cap: Decimal

    @property
    def numbers(self) -> Mapping[str, Decimal]:
        """The cap."""
        return {"cap": self.cap}

    def points(self, above: Sequence[Fraction]) -> Fraction:
        """The deductions beyond the cap."""
        return max(Fraction(0), -exact_sum(above) - Fraction(self.cap))

    def formula(self, cell: Cell, span: str) -> str:
        """The same over the range above."""
        return f"MAX(0,-SUM({span})-{cell('cap')})"


@dataclass(frozen=True, slots=True)
class Rounded:
    """Closing: brings the sum of the lines above to so many decimal places, half up; the one rounding of a score."""

    places: int

    @property
    def numbers(self) -> Mapping[str, Decimal]:
        """None: the places are a setting of the whole."""
        return {}

    def points(self, above: Sequence[Fraction]) -> Fraction:
        """What rounding adds or takes."""
        total = exact_sum(above)
        return Fraction(rounded(total, self.places)) - total

    def formula(self, _cell: Cell, span: str) -> str:
        """The same over the range above."""
        return f"ROUND(ROUND(SUM({span}),{_DIGITS}),{self.places})-SUM({span})"


def rounded(number: Fraction, places: int) -> Decimal:
    """An exact number to so many decimal places, halves away from zero, as Excel's ROUND does."""
    scale = 10**places
    doubled = abs(number) * scale * 2
    whole = (floor(doubled) + 1) // 2
    return Decimal(whole if number >= 0 else -whole).scaleb(-places)
