"""Sharing points out to the last step, so that the parts add up to the whole."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from math import floor

_HALF = Fraction(1, 2)


def apportion(exact: Mapping[str, Fraction], step: Decimal) -> dict[str, Decimal]:
    """Write exact parts as multiples of `step` that add up to their exact sum (rounded half up to the step).

    Largest remainders are rounded up, equal ones in the order of their keys: what each part gets does not depend on
    the order of the mapping, differs from the exact part by less than one step, and is the exact part where that is a
    multiple of the step. Takes and returns parts by key.
    """
    size = Fraction(step)
    whole = {key: floor(part / size) for key, part in exact.items()}
    rest = {key: part / size - whole[key] for key, part in exact.items()}
    extra = floor(sum(rest.values(), _HALF))
    raised = set(sorted(exact, key=lambda key: (-rest[key], key))[:extra])
    return {key: (count + (key in raised)) * step for key, count in whole.items()}
