"""Names in a template that stand for nothing, found before anything is filled in."""

from collections.abc import Iterator, Mapping, Sequence

from jinja2 import nodes
from jinja2.meta import find_undeclared_variables

from qingdan_xl.model import Origin
from qingdan_xl.problems import Problem, problem
from qingdan_xl.reports.places import Places
from qingdan_xl.reports.variables import Variable
from qingdan_xl.roster import did_you_mean

# what writes without a look at what is written, or asks for another template
_BLOCKS: Mapping[type[nodes.Node], str] = {
    nodes.FilterBlock: "filter",
    nodes.CallBlock: "call",
    nodes.Include: "include",
    nodes.Import: "import",
    nodes.FromImport: "from",
    nodes.Extends: "extends",
}
_Known = Mapping[str, Mapping[str, Variable]]
"""The fields of what a name stands for, by the name."""


def check_blocks(tree: nodes.Template) -> list[tuple[int, str]]:
    """Line and fault of each block that no template of an office may have."""
    found = tree.find_all(tuple(_BLOCKS))
    return [(node.lineno, f"不能用“{_BLOCKS[type(node)]}”，模板里只写变量、条件、循环和宏") for node in found]


def check_names(tree: nodes.Template, variables: Sequence[Variable], places: Places, name: str) -> list[Problem]:
    """`report-variable` for each variable, or field of a list, that the template `name` uses and that there is not."""
    known = [variable.name for variable in variables]
    strange = find_undeclared_variables(tree) - set(known)
    found = [
        (node.lineno, node.name, "变量", did_you_mean(node.name, known))
        for node in tree.find_all(nodes.Name)
        if node.name in strange and node.ctx == "load"
    ]
    lists = {variable.name: {own.name: own for own in variable.fields} for variable in variables if variable.fields}
    found += [
        (line, f"{item}.{field}", "字段", did_you_mean(field, list(fields)))
        for line, item, field, fields in _strange_fields(tree, lists, {})
    ]
    return [
        problem("report-variable", Origin(name), place=places.at(line), sort=sort, name=used, hint=hint)
        for line, used, sort, hint in sorted(set(found))
    ]


def _strange_fields(
    node: nodes.Node, lists: _Known, items: _Known
) -> Iterator[tuple[int, str, str, Mapping[str, Variable]]]:
    """The fields asked of an item of a list that it does not have: line, name of the item, field, its fields."""
    if isinstance(node, nodes.For) and isinstance(node.target, nodes.Name):
        fields = _fields_of(node.iter, lists, items)
        inner = {key: own for key, own in items.items() if key != node.target.name}
        items = inner | ({node.target.name: fields} if fields else {})
    if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name) and node.node.name in items:
        fields = items[node.node.name]
        if node.attr not in fields:
            yield node.lineno, node.node.name, node.attr, fields
    for child in node.iter_child_nodes():
        yield from _strange_fields(child, lists, items)


def _fields_of(node: nodes.Node, lists: _Known, items: _Known) -> Mapping[str, Variable]:
    """The fields of the items of what a loop goes through, {} where that is not known."""
    while isinstance(node, nodes.Filter | nodes.Getitem) and isinstance(node.node, nodes.Node):
        node = node.node
    if isinstance(node, nodes.Name):
        return lists.get(node.name, {})
    if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name) and node.node.name in items:
        found = items[node.node.name].get(node.attr)
        return {own.name: own for own in found.fields} if found else {}
    return {}
