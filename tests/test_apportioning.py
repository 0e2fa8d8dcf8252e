"""Points as multiples of a step that add up."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from qingdan_xl.assessment.apportioning import apportion, exact_sum

STEP = Decimal("0.01")
PARTS = st.dictionaries(st.text("abc", min_size=1), st.fractions(-5, 5, max_denominator=60), min_size=1, max_size=12)


@given(PARTS, st.booleans())
def test_parts_add_up_to_a_total_that_is_given(parts: dict[str, Fraction], up: bool) -> None:
    """A sum rounded up or down to the step is met exactly, and no part is off by a step."""
    exact = exact_sum(parts.values()) / Fraction(STEP)
    total = (-(-exact // 1) if up else exact // 1) * STEP

    made = apportion(parts, STEP, total)

    assert sum(made.values()) == total
    assert all(abs(Fraction(made[key]) - part) < Fraction(STEP) for key, part in parts.items())
