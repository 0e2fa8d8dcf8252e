"""Summary: what all returns say together, as of a date."""
