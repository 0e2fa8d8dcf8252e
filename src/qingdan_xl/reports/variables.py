"""How a variable of the templates is declared: its name, what it holds, and where its value comes from."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable: `read` takes its value out of what the report is about.

    With `fields` it is a list: `read` gives its items, and each field takes its own value out of an item.
    """

    name: str
    help: str
    read: Callable[[Any], Any]
    fields: tuple["Variable", ...] = ()

    def value(self, about: object) -> object:
        """The value, or the items with the values of the fields by name."""
        found = self.read(about)
        return [values(self.fields, item) for item in found] if self.fields else found


def values(variables: Iterable[Variable], about: object) -> dict[str, object]:
    """The values of variables by name."""
    return {variable.name: variable.value(about) for variable in variables}


def by_name(variables: Sequence[Variable]) -> Mapping[str, Variable]:
    """Variables by their names; ValueError where two have the same."""
    found = {variable.name: variable for variable in variables}
    if len(found) != len(variables):
        raise ValueError([variable.name for variable in variables])
    return found
