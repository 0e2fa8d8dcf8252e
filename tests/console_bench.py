"""The console as a person uses it in LibreOffice, and a bench for what only Windows and Mac can do: run by xlwings.

xlwings runs nothing on Linux: on the bench a stand-in for its modules starts Python with the same command.
"""

import sys
from typing import Any

from desk import Desk
from macros.build import console, own_modules
from macros.pages import BOARD, CHOICES
from macros.words import SETTINGS, VERBS
from qingdan_xl.vba.sources import read_module

_STAND_IN = f'''Attribute VB_Name = "xlwings"
Option Explicit

Public Function RunPython(ByVal code As String) As Variant
    Shell "{sys.executable} -c ""import sys; " & code & """", 0
    RunPython = 0
End Function
'''
BENCH = console([*own_modules(), read_module(_STAND_IN)])
ROWS = {verb.key: row for row, verb in enumerate(VERBS, 5)}
_CELLS: dict[str, str] = {}


def setting_cells() -> dict[str, str]:
    """The cell of each setting on the settings sheet."""
    if not _CELLS:
        row = 4
        for settings in SETTINGS.values():
            for place, setting in enumerate(settings, row + 1):
                _CELLS[setting.key] = f"C{place}"
            row += len(settings) + 2
    return _CELLS


class Console:
    """The open console, as a person uses it."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def choose(self, **settings: str | float) -> None:
        """Type into cells of the settings sheet."""
        for key, value in settings.items():
            self.desk.ask("write", CHOICES, setting_cells()[key], value)

    def chosen(self, key: str) -> str:
        """What a setting shows."""
        return str(self.desk.ask("read", CHOICES, setting_cells()[key])[0])

    def press(self, button: str) -> str:
        """Press a button by its procedure: "ok", or the error that the macro ran into."""
        return str(self.desk.ask("call", "QdButtons.Press", button))

    def told(self, verb: str) -> tuple[str, str]:
        """The outcome that stands beside a verb's button, and the sentence."""
        outcome, sentence = self.desk.ask("read", BOARD, f"D{ROWS[verb]}", f"G{ROWS[verb]}")
        return str(outcome), str(sentence)

    def box(self) -> tuple[str, str]:
        """What the box beside the buttons tells: of which run, and what that said."""
        run, said = self.desk.ask("read", BOARD, "I4", "I5")
        return str(run), str(said)

    def log(self) -> list[list[Any]]:
        """The lines of the log: verb, outcome, seconds, sentence, problems, way, folder."""
        rows = self.desk.ask("rows", "运行记录", "A4:H40")
        return [row[1:] for row in rows if row[0] != ""]
