"""Sharing points out to the last step, so that the parts add up to the whole."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from math import floor

_HALF = Fraction(1, 2)


def apportion(exact: Mapping[str, Fraction], step: Decimal, total: Decimal | None = None) -> dict[str, Decimal]:
    """Write exact parts as multiples of `step` that add up to their exact sum (rounded half up to the step).

    `total` is what they are to add up to instead: their sum rounded up or down to the step.

    Largest remainders are rounded up, equal ones in the order of their keys: what each part gets does not depend on
    the order of the mapping, differs from the exact part by less than one step, and is the exact part where that is a
    multiple of the step. Takes and returns parts by key.
    """
    per_step = 1 / Fraction(step)
    whole: dict[str, int] = {}
    rest: dict[str, Fraction] = {}
    many, single = per_step.as_integer_ratio()
    for key, part in exact.items():
        # whole numbers all the way: this runs for every line of every subject
        numerator, denominator = part.as_integer_ratio()
        over = denominator * single
        whole[key], left = divmod(numerator * many, over)
        if left:
            rest[key] = Fraction(left, over)
    extra = floor(exact_sum(rest.values()) + _HALF) if total is None else int(total / step) - sum(whole.values())
    for key in sorted(rest, key=lambda key: (-rest[key], key))[:extra]:
        whole[key] += 1
    return {key: count * step for key, count in whole.items()}


def exact_sum(parts: Iterable[Fraction]) -> Fraction:
    """The sum of many fractions of few denominators."""
    by_denominator: dict[int, int] = defaultdict(int)
    for part in parts:
        numerator, denominator = part.as_integer_ratio()
        by_denominator[denominator] += numerator
    return sum((Fraction(number, denominator) for denominator, number in by_denominator.items()), Fraction(0))
