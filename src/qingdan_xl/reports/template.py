"""A template of the office: a .docx with the tags of docxtpl, compiled once and filled in for each report."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree
from markupsafe import Markup

from qingdan_xl.model import Origin
from qingdan_xl.problems import Problem, UnusableError, problem
from qingdan_xl.reports.checking import check_blocks, check_names
from qingdan_xl.reports.faults import run_line, unclosed, why_no_text, why_run, why_syntax
from qingdan_xl.reports.figures import OPEN, Figure
from qingdan_xl.reports.inserting import OPEN_SIGN, Insertions, NoTextError, clean, mark_open
from qingdan_xl.reports.package import MAIN, Package
from qingdan_xl.reports.places import Place, Places, one_a_line
from qingdan_xl.reports.variables import Variable

WHOLE = "全文"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BLOCKS = (f"{_W}p", f"{_W}tbl", f"{_W}sdt")
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_FAULTS = (TemplateError, ArithmeticError, TypeError, ValueError, LookupError, AttributeError, RecursionError)
# none of those that make markup of text or text of markup: what a unit wrote would come alive
_FILTERS = (
    *("abs", "batch", "capitalize", "count", "d", "default", "dictsort", "first", "float", "groupby", "int", "items"),
    *("join", "last", "length", "list", "lower", "map", "max", "min", "reject", "rejectattr", "replace", "reverse"),
    *("round", "select", "selectattr", "slice", "sort", "string", "sum", "trim", "truncate", "unique", "upper"),
)
# signs of tags that are to be seen, as docxtpl has it
_ESCAPED = {f"{one}_{two}": f"{{{{ '{one}' ~ '{two}' }}}}" for one, two in ("{{", "}}", "{%", "%}")}
_DIGITS = ("", *"一二三四五六七八九")
_STOPS = "。！？；…"
_COLUMNS = re.compile(r"\{%tc\s")


@dataclass(frozen=True, slots=True)
class Filled:
    """A report: its bytes, and the figures in it in the order of the text."""

    data: bytes
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """One part with tags: compiled, with the places of its tags; `columns` tells that a loop makes columns."""

    template: Template
    places: Places
    columns: bool


class FillError(Exception):
    """A template that reads well cannot be filled in with what there is to say: where, and why."""

    def __init__(self, place: Place | None, why: str) -> None:
        super().__init__(f"{place}: {why}")
        self.place = place or WHOLE
        self.why = why


class ReportTemplate:
    """A template that was read without faults; it may be filled in any number of times, one after the other."""

    def __init__(self, name: str, data: bytes, variables: Sequence[Variable]) -> None:
        """Read the .docx `name`, which may use these variables.

        UnusableError with every fault: `report-not-word`, `report-template`, `report-variable`.
        """
        self.name = name
        self._package = Package.read(name, data)
        self._inserted = Insertions()
        self._environment = _environment(self._insert)
        problems: list[Problem] = []
        # what stands beside the main text comes first: pictures go into that one only
        keys = sorted(self._package.texts, key=lambda key: key == MAIN)
        self._parts = {key: part for key in keys if (part := self._part(key, variables, problems))}
        if problems:
            raise UnusableError(*problems)

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

    def _insert(self, value: object) -> object:
        return self._inserted.insert(value)

    def _part(self, key: str, variables: Sequence[Variable], problems: list[Problem]) -> _Part | None:
        xml = self._package.texts[key]
        places = Places(key, xml)
        if torn := list(places.faults()):
            problems += [self._fault(place, why) for place, why in torn]
            return None
        if not places.found and not any(sign in xml for sign in _ESCAPED):
            return None
        source = one_a_line(_patched(xml))
        try:
            tree = self._environment.parse(source)
            problems += [self._fault(places.at(line), why) for line, why in check_blocks(tree)]
            problems += check_names(tree, variables, places, self.name)
            template = self._environment.from_string(tree)
        except TemplateSyntaxError as fault:
            line, why = unclosed(source) or (fault.lineno, why_syntax(fault))
            problems.append(self._fault(places.at(line), why))
            return None
        return _Part(template, places, bool(_COLUMNS.search(xml)))

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
        if OPEN_SIGN in xml:
            mark_open(tree)
        # what is left stands in no text that is seen as such: a field, the name of a picture
        return str(etree.tostring(tree, encoding="unicode")).replace(OPEN_SIGN, OPEN)


def in_chinese(number: int) -> str:
    """A number from 1 to 99 as headings have it: 一, 十二, 二十."""
    tens, ones = divmod(int(number), 10)
    ten = "十" if tens == 1 else f"{_DIGITS[tens]}十" if tens else ""
    return f"{ten}{_DIGITS[ones]}"


def with_stop(text: str) -> str:
    """A sentence with its stop, which lists of duties often leave out."""
    return text if not text or text.rstrip()[-1:] in _STOPS else f"{text.rstrip()}。"


FILTERS = {"汉字": in_chinese, "句号": with_stop}


class _Environment(ImmutableSandboxedEnvironment):
    """Jinja for templates of an office: no text of a unit becomes markup in it."""

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        """As in any sandbox; markup, which a macro made, is written and nothing else."""
        return not isinstance(obj, Markup) and super().is_safe_attribute(obj, attr, value)


def _environment(insert: Callable[[object], object]) -> _Environment:
    made = _Environment(autoescape=True, undefined=StrictUndefined, finalize=insert)
    made.filters = {name: made.filters[name] for name in _FILTERS} | FILTERS
    made.globals.clear()
    return made


@cache
def _patcher() -> DocxTemplate:
    return DocxTemplate("")  # its way with tags needs no document


def _patched(xml: str) -> str:
    """The source in Jinja's words, as docxtpl makes it of the text of a document."""
    source = str(_patcher().patch_xml(xml))
    for sign, expression in _ESCAPED.items():
        source = source.replace(sign, expression)
    return source


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
