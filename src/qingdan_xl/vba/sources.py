"""The source text of macros: modules as the VBA editor exports them, and the documents they stand beside."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,30}")  # [MS-OVBA] §2.3.4.2.3.2.1, the part of it that is ASCII
_LONGEST_LINE = 1023  # what the VBA editor takes in one line
_CLASS_HEADER = re.compile(r"VERSION 1\.0 CLASS\nBEGIN\n(.*\n)*?END\n")
_NAMED = re.compile(r'^Attribute VB_Name = "(.*)"\n')
_LEFT_OUT = (  # of a class in its exported file: attribute, value, the attribute that it follows
    ("VB_Base", '"0{FCFB3D2A-A0FA-1068-A738-08002B3371B5}"', "VB_Name"),
    ("VB_TemplateDerived", "False", "VB_Exposed"),
    ("VB_Customizable", "False", "VB_TemplateDerived"),
)


class Base(Enum):
    """What a document module belongs to: the class behind it in Excel."""

    WORKBOOK = "0{00020819-0000-0000-C000-000000000046}"
    SHEET = "0{00020820-0000-0000-C000-000000000046}"


class Kind(Enum):
    """What a module is: procedures, a class of its own, or the code of a document ([MS-OVBA] §2.3.4.2.3.2.8)."""

    PROCEDURES = "Module"
    CLASS = "Class"
    DOCUMENT = "Document"


@dataclass(frozen=True, slots=True)
class Module:
    """One module of a project; `source` is the text of its stream, lines ended by a line feed."""

    name: str
    kind: Kind
    source: str


@dataclass(frozen=True, slots=True)
class Document:
    """A workbook or a sheet: `name` is its codeName in the workbook, `code` what its module says (mostly nothing)."""

    name: str
    base: Base
    code: str = ""


def read_module(exported: str) -> Module:
    """The module that an exported .bas or .cls file holds, named by its VB_Name.

    Raises ValueError for text without that name.
    """
    text = exported.replace("\r\n", "\n")
    source = _CLASS_HEADER.sub("", text, count=1) if text.startswith("VERSION 1.0 CLASS\n") else text
    named = _NAMED.match(source)
    if named is None:
        raise ValueError("a module begins with its Attribute VB_Name")
    kind = Kind.PROCEDURES if source is text else Kind.CLASS
    return Module(named[1], kind, source if kind is Kind.PROCEDURES else _with_class_attributes(source))


def document_module(document: Document) -> Module:
    """The module of a workbook or sheet, with the attributes that Excel gives one."""
    attributes = {
        "VB_Name": f'"{document.name}"',
        "VB_Base": f'"{document.base.value}"',
        "VB_GlobalNameSpace": "False",
        "VB_Creatable": "False",
        "VB_PredeclaredId": "True",
        "VB_Exposed": "True",
        "VB_TemplateDerived": "False",
        "VB_Customizable": "True",
    }
    return Module(document.name, Kind.DOCUMENT, _attributes(attributes) + document.code.replace("\r\n", "\n"))


def check_sources(modules: Sequence[Module]) -> None:
    """Raise ValueError, with what is wrong, for modules that Office would not load or would show as rubbish."""
    faults = [fault for module in modules for fault in _faults(module)]
    names = [module.name.lower() for module in modules]
    faults += [f"{name}: two modules of one name" for name in sorted(set(names)) if names.count(name) > 1]
    if faults:
        raise ValueError("; ".join(faults))


def _faults(module: Module) -> Iterator[str]:
    if not _NAME.fullmatch(module.name):
        yield f"{module.name}: no name for a module"
    for number, line in enumerate(module.source.split("\n"), 1):
        # elsewhere than on a machine of the same code page other letters turn into rubbish
        if not line.isascii():
            yield f"{module.name}, line {number}: not ASCII"
        if len(line) > _LONGEST_LINE:
            yield f"{module.name}, line {number}: longer than {_LONGEST_LINE} characters"


def _with_class_attributes(source: str) -> str:
    """A class with the attributes that its stream has and its exported file leaves out, where Excel writes them."""
    for key, value, before in _LEFT_OUT:
        if f"Attribute {key} = " not in source:
            source = re.sub(rf"(?m)^Attribute {before} = .*\n", rf"\g<0>Attribute {key} = {value}\n", source)
    return source


def _attributes(values: dict[str, str]) -> str:
    return "".join(f"Attribute {name} = {value}\n" for name, value in values.items())
