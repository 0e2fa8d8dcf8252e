"""The two modules of xlwings that are built into the console, changed no more than LibreOffice needs to compile them.

LibreOffice Basic passes over every line that begins with # and so compiles all branches of an #If; one module that it
cannot compile keeps every macro of the workbook from running. What Excel compiles stays the same but for `_CHANGES`.
"""

import re
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from qingdan_xl.vba.sources import Module, read_module

_DIRECTIVE = re.compile(r"\s*#(?P<word>If|ElseIf|Else|End If)\b\s*(?P<condition>.*?)(?:\s+Then\b.*)?")
_ASKS = re.compile(r'App = "(.+)"')
_APP = "Microsoft Excel"  # the #Const App of the module


@dataclass(frozen=True, slots=True)
class Change:
    """Lines of a module that stand there once, and those that take their place."""

    module: str
    old: tuple[str, ...]
    new: tuple[str, ...]


_CHANGES = (
    Change(
        "xlwings",
        old=('#Const App = "Microsoft Excel" \'Adjust when using outside of Excel',),
        new=(
            "'Changed in the workbook of qingdan_xl, so that LibreOffice compiles it: what is for other applications",
            "'than Excel is left out, GetConfigFromSheet declares d once, SaveConfigToFile ends If within each branch.",
        ),
    ),
    Change(  # d was declared in both branches
        "xlwings",
        old=(
            "    #If Mac Then",
            "    Dim d As Dictionary",
            "    Set d = New Dictionary",
            "    #Else",
            "    Dim d As Object",
        ),
        new=("    Dim d As Object", "    #If Mac Then", "    Set d = New Dictionary", "    #Else"),
    ),
    Change(  # a block was begun in both branches and ended once
        "xlwings",
        old=(
            "    If Not FileOrFolderExistsOnMac(ParentFolder(sFileName)) Then",
            "  #Else",
            "    If Len(Dir(ParentFolder(sFileName), vbDirectory)) = 0 Then",
            "  #End If",
            "     MkDir ParentFolder(sFileName)",
            "  End If",
        ),
        new=(
            "    If Not FileOrFolderExistsOnMac(ParentFolder(sFileName)) Then MkDir ParentFolder(sFileName)",
            "  #Else",
            "    If Len(Dir(ParentFolder(sFileName), vbDirectory)) = 0 Then MkDir ParentFolder(sFileName)",
            "  #End If",
        ),
    ),
    Change(
        "Dictionary",
        old=("' Dictionary v1.4.1",),
        new=(
            "' Dictionary v1.4.1",
            "' Changed in the workbook of qingdan_xl, so that LibreOffice compiles it: CompareMethod has numbers.",
        ),
    ),
    Change(  # there an Enum takes numbers only
        "Dictionary",
        old=(
            "    BinaryCompare = VBA.vbBinaryCompare",
            "    TextCompare = VBA.vbTextCompare",
            "    DatabaseCompare = VBA.vbDatabaseCompare",
        ),
        new=("    BinaryCompare = 0", "    TextCompare = 1", "    DatabaseCompare = 2"),
    ),
)


def xlwings_modules() -> list[Module]:
    """RunPython and what it needs, from the open-source part of the installed xlwings: no add-in is wanted then.

    Raises ValueError where that xlwings is not the one that `_CHANGES` were made for.
    """
    return [Module(found.name, found.kind, changed(found.name, for_excel(found.source))) for found in originals()]


def originals() -> list[Module]:
    """The modules as xlwings ships them."""
    spec = find_spec("xlwings")
    if spec is None or spec.origin is None:
        raise SystemExit("xlwings is not installed: it belongs to the dev group")
    home = Path(spec.origin).parent
    return [read_module((home / name).read_text("ascii")) for name in ("xlwings.bas", "addin/Dictionary.cls")]


@dataclass(slots=True)
class _Block:
    """An open #If: whether it asks for the application, and whether its branch at hand is compiled ([MS-VBAL] §3.4.2).

    One that asks for something else (Mac, Win64, VBA7) stays as it is, all of its branches alive.
    """

    asks: bool
    taken: bool = False
    alive: bool = True

    def enter(self, word: str, condition: str) -> None:
        """Come to the next branch: the first one that holds is compiled."""
        asked = _ASKS.fullmatch(condition)
        self.alive = not self.taken and (word == "Else" or (asked is not None and asked[1] == _APP))
        self.taken = self.taken or self.alive


def for_excel(source: str) -> str:
    """The text without the branches that `#If App = …` keeps for other applications, and without those directives."""
    kept: list[str] = []
    blocks: list[_Block] = []
    for line in source.split("\n"):
        directive = _DIRECTIVE.fullmatch(line)
        about_application = directive is not None and _pass(blocks, directive)
        if not about_application and all(block.alive for block in blocks):
            kept.append(line)
    return "\n".join(kept)


def _pass(blocks: list[_Block], directive: re.Match[str]) -> bool:
    """Open, change or close a block; whether it is one that asks for the application."""
    word, condition = directive["word"], directive["condition"]
    if word == "If":
        blocks.append(_Block(_ASKS.fullmatch(condition) is not None))
    block = blocks[-1]
    if word == "End If":
        blocks.pop()
    elif block.asks:
        block.enter(word, condition)
    return block.asks


def changed(name: str, source: str) -> str:
    """The text of the module of that name with `_CHANGES`; ValueError where old lines do not stand there once."""
    for change in (change for change in _CHANGES if change.module == name):
        old, new = ("\n" + "\n".join(lines) + "\n" for lines in (change.old, change.new))
        if source.count(old) != 1:
            raise ValueError(f"{name} is not the text that was to be changed: {change.old[0].strip()}")
        source = source.replace(old, new)
    return source
