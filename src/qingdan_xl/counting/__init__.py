"""The one place that counts: periods, due and done, late and light; pure functions over values."""
