"""What may stand in the brackets of a tag: Jinja in a sandbox, in which text stays text and a figure a figure."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from jinja2 import Environment, StrictUndefined, nodes, pass_context
from jinja2.filters import do_batch, do_round, do_truncate, make_attrgetter, sync_do_slice
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from qingdan_xl.reports.figures import Figure, Phrase
from qingdan_xl.reports.inserting import Insertions

# none of those that make markup of text or text of markup: what a unit wrote would come alive
_FILTERS = (
    *("abs", "count", "d", "default", "dictsort", "first", "groupby", "items", "last", "length", "list", "map", "max"),
    *("min", "reject", "rejectattr", "reverse", "select", "selectattr", "sort", "sum", "unique"),
)
_Filters = Mapping[str, Callable[..., object]]
_BY_NUMBER: _Filters = {"batch": do_batch, "slice": sync_do_slice, "round": do_round}
_MOST = 1_000  # items or places: more of them are no report
_OF_TEXT: _Filters = {
    "capitalize": str.capitalize,
    "lower": str.lower,
    "replace": str.replace,
    "string": str,
    "trim": str.strip,
    "upper": str.upper,
}
# none of those that make much of little, or write by a pattern
_METHODS_OF_TEXT = {
    *("count", "endswith", "find", "isdigit", "lower", "lstrip", "removeprefix", "removesuffix", "rstrip", "split"),
    *("startswith", "strip", "upper"),
}
_DIGITS = ("", *"一二三四五六七八九")
_HUNDRED = 100
_STOPS = "。！？；…"
Current = Callable[[], Insertions]
"""What goes into the report that is being written."""


def environment(current: Current) -> Environment:
    """Jinja for templates of an office; whatever it writes goes through the insertions of the report."""

    @pass_context  # so that what a template says outright goes there too, not into the compiled text
    def written(_context: Context, value: object) -> object:
        return current().insert(value)

    made = _Environment(autoescape=True, undefined=StrictUndefined, finalize=written)
    made.filters = {name: made.filters[name] for name in _FILTERS} | _filters(current, made)
    made.globals.clear()
    return made


def parsed(jinja: Environment, source: str) -> nodes.Template:
    """The source as a tree, in which `~` is the filter `join`."""
    tree = _Joins().visit(jinja.parse(source))
    if not isinstance(tree, nodes.Template):
        raise TypeError(tree)
    return tree


def in_chinese(number: int) -> str:
    """A number from 1 to 99 as headings have it: 一, 十二, 二十; any other in figures."""
    whole = int(number)
    if not 0 < whole < _HUNDRED:
        return str(whole)
    tens, ones = divmod(whole, 10)
    ten = "十" if tens == 1 else f"{_DIGITS[tens]}十" if tens else ""
    return f"{ten}{_DIGITS[ones]}"


def bounded(make: Callable[..., object]) -> Callable[..., object]:
    """A filter that takes no number with which a few signs would become endless work; OverflowError for such a one."""

    def limited(value: object, number: int = 0, *more: object) -> object:
        if number > _MOST:
            raise OverflowError(number)
        return make(value, number, *more)

    return limited


def with_stop(text: str) -> str:
    """A sentence with its stop, which lists of duties often leave out."""
    return text if not text or text.rstrip()[-1:] in _STOPS else f"{text.rstrip()}。"


class _Joins(NodeTransformer):
    """Puts the filter `join` in place of `~`, which would write whatever Python makes of a value."""

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802 - Jinja calls it by the name of the node
        parts = nodes.List([self.visit(each) for each in node.nodes], lineno=node.lineno)
        return nodes.Filter(parts, "join", [], [], None, None, lineno=node.lineno)


class _Environment(ImmutableSandboxedEnvironment):
    """The sandbox: nothing behind a value, no markup of text, and nothing that a few signs blow up."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        """As in any sandbox; of text the harmless methods, of what a macro made, figures and phrases nothing."""
        if isinstance(obj, Markup | Figure | Phrase):
            return False
        if isinstance(obj, str):
            return attr in _METHODS_OF_TEXT
        return super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: object) -> None:
        """Nothing: a method that fills patterns is as unsafe as any other that is not named."""

    def call_binop(self, context: Context, operator: str, left: object, right: object) -> object:
        """Products of numbers and figures, remainders of numbers; TypeError for text and powers."""
        if operator == "**" or not all(isinstance(side, int | float | Decimal | Figure) for side in (left, right)):
            raise TypeError(operator)
        return super().call_binop(context, operator, left, right)


def _filters(current: Current, jinja: Environment) -> dict[str, Callable[..., object]]:
    """The filters that take what is written of a value, so that a figure in it is known, and an open one is seen."""

    def of_text(make: Callable[..., object]) -> Callable[..., object]:
        return lambda value, *more, **named: make(current().text(value), *more, **named)

    def of_number(make: Callable[[Any], object]) -> Callable[[object], object]:
        return lambda value: make(current().noted(value))

    def join(items: Iterable[object], between: object = "", attribute: str | None = None) -> str:
        found = items if attribute is None else map(make_attrgetter(jinja, attribute), items)
        return current().joined(found, between)

    texts: _Filters = {**_OF_TEXT, "truncate": partial(do_truncate, jinja), "句号": with_stop}
    numbers: _Filters = {"int": int, "float": float, "汉字": in_chinese}
    return {
        **{name: of_text(make) for name, make in texts.items()},
        **{name: of_number(make) for name, make in numbers.items()},
        **{name: bounded(make) for name, make in _BY_NUMBER.items()},
        "join": join,
    }
