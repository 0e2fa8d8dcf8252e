"""A template of the office: a .docx with the tags of docxtpl, compiled once and filled in for each report."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from docxtpl import DocxTemplate
from jinja2 import Template, TemplateError, TemplateSyntaxError
from jinja2.meta import find_undeclared_variables
from lxml import etree

from qingdan_xl.model import Origin
from qingdan_xl.problems import Problem, UnusableError, problem
from qingdan_xl.reports.checking import check_blocks, check_names
from qingdan_xl.reports.expressions import environment, parsed
from qingdan_xl.reports.faults import run_line, unclosed, why_no_text, why_run, why_syntax
from qingdan_xl.reports.figures import Figure
from qingdan_xl.reports.inserting import Insertions, NoTextError, clean, is_marked, mark_open, without_signs
from qingdan_xl.reports.package import MAIN, Package
from qingdan_xl.reports.places import Place, Places, one_a_line
from qingdan_xl.reports.tags import in_one_piece, unescaped
from qingdan_xl.reports.variables import Variable

WHOLE = "全文"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BLOCKS = (f"{_W}p", f"{_W}tbl", f"{_W}sdt")
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
# all that an expression may run into; an AssertionError comes from Jinja's own filters
_FAULTS = (
    *(TemplateError, ArithmeticError, TypeError, ValueError, LookupError, AttributeError, RecursionError),
    *(AssertionError, MemoryError),
)
# signs of tags that are to be seen, as docxtpl has it
_ESCAPED = {f"{one}_{two}": f"{{{{ '{one}' ~ '{two}' }}}}" for one, two in ("{{", "}}", "{%", "%}")}
_COMMENT = "{#"
_COLUMNS = re.compile(r"\{%tc\s")


@dataclass(frozen=True, slots=True)
class Filled:
    """A report: its bytes, and the figures in it in the order of the text."""

    data: bytes
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """One part with tags: compiled, with the places of its tags and the names of the variables in them.

    `columns` tells that a loop makes columns.
    """

    template: Template
    places: Places
    columns: bool
    names: frozenset[str]


class FillError(Exception):
    """A template that reads well cannot be filled in with what there is to say: where, and why."""

    def __init__(self, place: Place | None, why: str) -> None:
        super().__init__(f"{place}: {why}")
        self.place = place or WHOLE
        self.why = why


class ReportTemplate:
    """A template that was read without faults; it may be filled in any number of times, one after the other."""

    def __init__(self, name: str, data: bytes, variables: Sequence[Variable]) -> None:
        """Read the .docx `name`, which may use these variables; its `doubts` keep it from nothing.

        Its own `variables` are those it names: what no report shows need not be worked out for each of them.

        UnusableError with every fault: `report-not-word`, `report-strict`, `report-template`, `report-variable`.
        """
        self.name = name
        self._package = Package.read(name, data)
        self._inserted = Insertions()
        self._environment = environment(lambda: self._inserted)
        problems: list[Problem] = []
        # what stands beside the main text comes first: pictures go into that one only
        keys = sorted(self._package.texts, key=lambda key: key == MAIN)
        self._parts = {key: part for key in keys if (part := self._part(key, variables, problems))}
        if problems:
            raise UnusableError(*problems)
        self.variables = tuple(own for own in variables if any(own.name in part.names for part in self._parts.values()))
        self.doubts = [problem("report-fetches", Origin(name), what=what) for what in self._package.fetched]

    def fill(self, context: Mapping[str, object], tail: Callable[[Sequence[Figure]], str]) -> Filled:
        """The report that says this; `tail` gives what is put at its end, made of the figures in it.

        FillError where the template cannot be filled in so.
        """
        self._inserted = Insertions()
        said = {name: clean(value) for name, value in context.items()}
        texts = {key: self._written(key, part, said) for key, part in self._parts.items()}
        figures = tuple({id(figure): figure for figure in self._inserted.figures}.values())
        if behind := tail(figures):
            texts[MAIN] = _with_tail(texts.get(MAIN, self._package.texts[MAIN]), behind)
        return Filled(self._package.filled(texts, self._inserted.pictures), figures)

    def _part(self, key: str, variables: Sequence[Variable], problems: list[Problem]) -> _Part | None:
        xml = in_one_piece(self._package.texts[key])
        places = Places(key, xml)
        if torn := list(places.faults({variable.name for variable in variables})):
            problems += [self._fault(place, why) for place, why in torn]
            return None
        if not places.found and not any(sign in xml for sign in (_COMMENT, *_ESCAPED)):
            return None
        source = one_a_line(_patched(xml))
        try:
            tree = parsed(self._environment, source)
            problems += [self._fault(places.at(line), why) for line, why in check_blocks(tree)]
            problems += check_names(tree, variables, places, self.name)
            template = self._environment.from_string(tree)
        except TemplateSyntaxError as fault:
            line, why = unclosed(source) or (fault.lineno, why_syntax(fault))
            problems.append(self._fault(places.at(line), why))
            return None
        return _Part(template, places, bool(_COLUMNS.search(xml)), frozenset(find_undeclared_variables(tree)))

    def _fault(self, place: Place | None, why: str) -> Problem:
        return problem("report-template", Origin(self.name), place=place or WHOLE, why=why)

    def _written(self, key: str, part: _Part, context: Mapping[str, object]) -> str:
        try:
            xml = part.template.render(context)
        except NoTextError as fault:
            name = next((name for name, value in context.items() if value is fault.value), "")
            raise FillError(part.places.at(run_line(fault)), why_no_text(name, fault.value)) from fault
        except _FAULTS as fault:
            raise FillError(part.places.at(run_line(fault)), why_run(fault)) from fault
        if key != MAIN and self._inserted.pictures:
            raise FillError(None, "页眉、页脚、脚注里不能放图")
        try:
            tree = _columns_fixed(xml) if part.columns else etree.fromstring(xml.encode())
        except etree.XMLSyntaxError as fault:
            why = "循环或条件没有写成一整段或一整行：跨段的用 {%p …%}，表格的行用 {%tr …%}"
            raise FillError(None, why) from fault
        _mend(tree)
        if is_marked(xml):
            mark_open(tree)
        # what is left stands in no text that is seen as such: a field, the name of a picture
        return without_signs(str(etree.tostring(tree, encoding="unicode")))


@cache
def _patcher() -> DocxTemplate:
    return DocxTemplate("")  # its way with tags needs no document


def _patched(xml: str) -> str:
    """The source in Jinja's words, as docxtpl makes it of the text of a document."""
    source = str(_patcher().patch_xml(xml))
    for sign, expression in _ESCAPED.items():
        source = source.replace(sign, expression)
    return unescaped(source)


def _columns_fixed(xml: str) -> etree._Element:
    return _patcher().fix_tables(xml.encode())


def _mend(tree: etree._Element) -> None:
    """What loops leave behind that Word does not open: cells without a paragraph, tables without rows, equal ids."""
    for cell in tree.iter(f"{_W}tc"):
        blocks = [inner.tag for inner in cell if inner.tag in _BLOCKS]
        if not blocks or blocks[-1] == f"{_W}tbl":
            etree.SubElement(cell, f"{_W}p")
    for table in list(tree.iter(f"{_W}tbl")):
        if table.find(f"{_W}tr") is None:
            table.getparent().remove(table)
    for number, drawn in enumerate(tree.iter(_DRAWN), 1):
        drawn.set("id", str(number))


def _with_tail(xml: str, behind: str) -> str:
    """The document with this at its end, before the page layout of its last section."""
    at = xml.rfind("<w:sectPr")
    at = at if at > xml.rfind("</w:p>") else xml.rfind("</w:body>")
    return f"{xml[:at]}{behind}{xml[at:]}"
