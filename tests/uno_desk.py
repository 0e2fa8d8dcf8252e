"""Drives LibreOffice over UNO: one JSON order a line on standard input, one JSON answer a line on standard output.

Run by a Python that has the module `uno`, mostly the system's: `python uno_desk.py soffice profile-folder`.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import uno
from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]  # made by uno when it is imported
from com.sun.star.connection import NoConnectException  # type: ignore[import-not-found]
from com.sun.star.lang import Locale  # type: ignore[import-not-found]
from com.sun.star.reflection import InvocationTargetException  # type: ignore[import-not-found]
from com.sun.star.script.provider import ScriptFrameworkErrorException  # type: ignore[import-not-found]
from com.sun.star.util import NumberFormat  # type: ignore[import-not-found]

ALWAYS_RUN_MACROS = 4
BOLD = 150.0  # com.sun.star.awt.FontWeight
CONTENT = 1 | 2 | 4 | 16  # com.sun.star.sheet.CellFlags: values, dates, texts, formulas
START = 60  # seconds that LibreOffice may take to start
SCRIPT = "vnd.sun.star.script:VBAProject.{}?language=Basic&location=document"


def prop(name: str, value: object) -> Any:
    """A named value as UNO takes them."""
    found = PropertyValue()
    found.Name, found.Value = name, value
    return found


class Desk:
    """A running LibreOffice with at most one open workbook."""

    def __init__(self, program: str, profile: str, *more: str) -> None:
        pipe = f"desk{os.getpid()}"
        command = [program, f"-env:UserInstallation={Path(profile).as_uri()}", "--norestore", "--nologo", *more]
        # a set URE_BOOTSTRAP (left by `import uno`) keeps the program from finding its own files
        clean = {key: value for key, value in os.environ.items() if key != "URE_BOOTSTRAP"}
        self._process = subprocess.Popen(
            [*command, f"--accept=pipe,name={pipe};urp;"], env=clean, stdout=subprocess.DEVNULL, stderr=sys.stderr
        )
        context = self._connected(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        self._desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        self._book: Any = None

    def _connected(self, address: str) -> Any:
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        for _ in range(START * 5):
            try:
                return resolver.resolve(address)
            except NoConnectException:
                time.sleep(0.2)
        raise SystemExit("LibreOffice did not start")

    def open(self, path: str) -> list[str]:
        """Open a workbook with its macros; the names of its sheets."""
        arguments = (prop("MacroExecutionMode", ALWAYS_RUN_MACROS), prop("Hidden", value=False))
        self._book = self._desktop.loadComponentFromURL(Path(path).as_uri(), "_blank", 0, arguments)
        return self.titles()

    def titles(self) -> list[str]:
        """The names of the sheets in order."""
        return [str(name) for name in self._book.Sheets.ElementNames]

    def call(self, function: str, *arguments: object) -> Any:
        """What a function of the macros returns; the error in words where it could not be called."""
        script = self._book.getScriptProvider().getScript(SCRIPT.format(function))
        try:
            return script.invoke(arguments, (), ())[0]
        except (InvocationTargetException, ScriptFrameworkErrorException) as fault:
            return f"not called: {fault.Message}"

    def read(self, sheet: str, *cells: str) -> list[str]:
        """What cells show."""
        page = self._book.Sheets.getByName(sheet)
        return [page.getCellRangeByName(cell).String for cell in cells]

    def rows(self, sheet: str, area: str) -> list[list[object]]:
        """The values of a block of cells."""
        return [list(row) for row in self._book.Sheets.getByName(sheet).getCellRangeByName(area).DataArray]

    def write(self, sheet: str, cell: str, value: str | float) -> None:
        """Type into a cell."""
        target = self._book.Sheets.getByName(sheet).getCellRangeByName(cell)
        if isinstance(value, str):
            target.String = value
        else:
            target.Value = value

    def buttons(self, sheet: str) -> list[list[str]]:
        """Caption and macro of every button on a sheet."""
        forms = self._book.Sheets.getByName(sheet).DrawPage.Forms
        return [
            [form.getByIndex(place).Label, form.getScriptEvents(place)[0].ScriptCode]
            for form in map(forms.getByIndex, range(forms.Count))
            for place in range(form.Count)
        ]

    def where(self, sheet: str, caption: str) -> list[int]:
        """The middle of a button on the screen, in pixels; its sheet comes to the front."""
        self.show(sheet)
        form = self._book.Sheets.getByName(sheet).DrawPage.Forms.getByIndex(0)
        model = next(each for each in map(form.getByIndex, range(form.Count)) if each.Label == caption)
        control = self._book.CurrentController.getControl(model)
        corner, size = control.AccessibleContext.getLocationOnScreen(), control.getPosSize()
        return [corner.X + size.Width // 2, corner.Y + size.Height // 2]

    def fill_screen(self, width: int, height: int) -> None:
        """Make the window as large as the screen."""
        self._book.CurrentController.Frame.ContainerWindow.setPosSize(0, 0, width, height, 15)

    def pdf(self, path: str) -> None:
        """Print the workbook."""
        self._book.storeToURL(Path(path).as_uri(), (prop("FilterName", "calc_pdf_Export"),))

    def show(self, sheet: str) -> None:
        """Bring a sheet to the front."""
        self._book.CurrentController.setActiveSheet(self._book.Sheets.getByName(sheet))

    def front(self) -> str:
        """The name of the sheet in front."""
        return str(self._book.CurrentController.ActiveSheet.Name)

    def used(self, sheet: str) -> list[int]:
        """Height and width of the area from the first cell to the last filled one."""
        cursor = self._book.Sheets.getByName(sheet).createCursor()
        cursor.gotoEndOfUsedArea(True)
        return [cursor.RangeAddress.EndRow + 1, cursor.RangeAddress.EndColumn + 1]

    def values(self, sheet: str, top: int, left: int, bottom: int, right: int) -> list[list[Any]]:
        """The values of an area (from 0, both ends included); a date as {"day": serial}, an error as its text."""
        page = self._book.Sheets.getByName(sheet)
        across = range(left, right + 1)
        return [[self._value(page.getCellByPosition(col, row)) for col in across] for row in range(top, bottom + 1)]

    def _value(self, cell: Any) -> Any:
        if cell.getError():
            return {"error": cell.String}
        kind = cell.FormulaResultType2 if cell.Type.value == "FORMULA" else {"VALUE": 1, "TEXT": 2}.get(cell.Type.value)
        if kind == 1:
            is_day = self._book.NumberFormats.getByKey(cell.NumberFormat).Type & NumberFormat.DATE
            return {"day": cell.Value} if is_day else cell.Value
        return cell.String if kind else None

    def formulas(self, sheet: str, top: int, left: int, bottom: int, right: int) -> list[list[str]]:
        """What was typed into the cells of an area, as Excel's Formula gives it."""
        area = self._book.Sheets.getByName(sheet).getCellRangeByPosition(left, top, right, bottom)
        return [list(row) for row in area.FormulaArray]

    def type_in(self, sheet: str, top: int, left: int, rows: list[list[Any]]) -> str:
        """Type values into an area as Excel takes them; '' or the cell that is locked, where nothing was typed then."""
        page = self._book.Sheets.getByName(sheet)
        area = page.getCellRangeByPosition(left, top, left + len(rows[0]) - 1, top + len(rows) - 1)
        if page.isProtected() and area.CellProtection.IsLocked:
            return str(area.AbsoluteName)
        for down, row in enumerate(rows):
            for over, content in enumerate(row):
                self._type(page.getCellByPosition(left + over, top + down), content)
        return ""

    def _type(self, cell: Any, content: Any) -> None:
        if isinstance(content, dict):
            cell.Value = content["day"]
            cell.NumberFormat = self._book.NumberFormats.getStandardFormat(NumberFormat.DATE, Locale("zh", "CN", ""))
        elif isinstance(content, int | float):
            cell.Value = content
        else:
            cell.Formula = content or ""

    def clear(self, sheet: str) -> str:
        """Empty every cell of a sheet; '' or the name of the sheet where it is locked."""
        page = self._book.Sheets.getByName(sheet)
        if page.isProtected():
            return sheet
        page.clearContents(CONTENT)
        return ""

    def add_sheet(self, title: str) -> None:
        """Add a sheet behind the last one."""
        self._book.Sheets.insertNewByName(title, self._book.Sheets.Count)

    def names(self) -> dict[str, list[Any]]:
        """The first cell of every defined name that stands for cells: sheet, row and column from 0."""
        found = self._book.NamedRanges
        cells = ((name, found.getByName(name).ReferredCells) for name in found.ElementNames)
        places = {name: area.RangeAddress for name, area in cells if area}
        titles = self._book.Sheets.ElementNames
        return {name: [titles[each.Sheet], each.StartRow, each.StartColumn] for name, each in places.items()}

    def embolden(self, sheet: str, top: int, left: int, bottom: int, right: int) -> None:
        """Write an area in bold letters."""
        area = self._book.Sheets.getByName(sheet).getCellRangeByPosition(left, top, right, bottom)
        area.CharWeight = BOLD

    def fit_columns(self, sheet: str) -> None:
        """Make the columns of a sheet as wide as what they hold."""
        self._book.Sheets.getByName(sheet).Columns.OptimalWidth = True

    def save(self, path: str, form: str = "Calc MS Excel 2007 XML") -> None:
        """Write the workbook, as .xlsx where no other filter is named."""
        self._book.storeToURL(Path(path).as_uri(), (prop("FilterName", form),))

    def close(self) -> None:
        """Close the workbook without saving."""
        self._book.close(True)
        self._book = None

    def quit(self) -> None:
        """End LibreOffice, the hard way where it does not go by itself."""
        self._process.terminate()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()


def main() -> None:
    """Take orders until standard input ends."""
    desk = Desk(*sys.argv[1:])
    try:
        for line in sys.stdin:
            order, *arguments = json.loads(line)
            answer = getattr(desk, order)(*arguments)
            sys.stdout.write(json.dumps(answer) + "\n")
            sys.stdout.flush()
    finally:
        desk.quit()


if __name__ == "__main__":
    main()
