"""An engine for xlwings on its own base classes, with LibreOffice in Excel's place.

The code under test and xlwings' object model and converters run unchanged; only what Excel would do is LibreOffice's.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import xlwings as xw
from xlwings import base_classes as base

from desk import Desk

Place = tuple[str, int, int]
EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - cells know no time zone
NAME = "desk"


class LockedError(Exception):
    """What Excel raises where a locked cell is written."""


class Engine:
    """What xlwings asks of an engine."""

    name, type = NAME, "desktop"

    def __init__(self) -> None:
        self.apps: Apps = Apps()

    @staticmethod
    def prepare_xl_data_element(value: Any, _options: object) -> Any:
        """A Python value as the desk takes it."""
        if isinstance(value, date):
            at = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)  # noqa: DTZ001
            return {"day": (at - EPOCH) / timedelta(days=1)}
        return value.item() if hasattr(value, "item") else value

    @staticmethod
    def clean_value_data(
        data: Sequence[Sequence[Any]],
        day: Callable[..., Any],
        empty_as: object,
        number: Callable[[float], Any] | None,
        err_to_str: bool,
    ) -> list[list[Any]]:
        """Values of the desk as Python's, as xlwings' engine for Windows does."""

        def clean(value: Any) -> Any:
            if isinstance(value, dict) and "error" in value:
                return value["error"] if err_to_str else None
            if isinstance(value, dict):
                at = EPOCH + timedelta(days=value["day"])
                return day(month=at.month, day=at.day, year=at.year, hour=at.hour, minute=at.minute, second=at.second)
            if isinstance(value, float) and number:
                return number(value)
            return empty_as if value in {None, ""} else value

        return [[clean(value) for value in row] for row in data]


class Apps(base.Apps):
    """The one LibreOffice that runs."""

    def __init__(self) -> None:
        self.running: list[App] = []

    def __iter__(self) -> Iterator["App"]:
        return iter(self.running)

    def __len__(self) -> int:
        return len(self.running)

    def __getitem__(self, pid: int) -> "App":
        return self.running[pid]


class App(base.App):
    """LibreOffice, with the book that is open."""

    def __init__(self, engine: Engine, desk: Desk) -> None:
        self.engine, self.desk, self.book = engine, desk, None

    api = True  # xlwings asks whether there is one before it writes
    pid = 0  # of the only one


class Book(base.Book):
    """The book that is open on the desk."""

    api = True

    def __init__(self, app: App, path: Path) -> None:
        self._app, self._path = app, path
        app.desk.ask("open", str(path))

    app = property(lambda self: self._app)
    name = property(lambda self: self._path.name)
    fullname = property(lambda self: str(self._path))

    @property
    def sheets(self) -> "Sheets":
        """Its sheets."""
        return Sheets(self)

    @property
    def names(self) -> "Names":
        """Its defined names."""
        return Names(self, self._app.desk.ask("names"))

    def close(self) -> None:
        """Close it without saving."""
        self._app.desk.ask("close")


class Names(base.Names):
    """The defined names of a book."""

    def __init__(self, book: Book, places: Mapping[str, Place]) -> None:
        self._book, self._places = book, places

    def __call__(self, name: str) -> "Name":
        """One of them."""
        return Name(self._book, name, self._places[name])

    def contains(self, name: str) -> bool:
        """Whether there is one of this name."""
        return name in self._places


class Name(base.Name):
    """A defined name, for the first cell it stands for."""

    def __init__(self, book: Book, name: str, place: Place) -> None:
        self.book, self._name, self._place = book, name, place

    name = property(lambda self: self._name)

    @property
    def refers_to_range(self) -> "Range":
        """The cell."""
        title, row, col = self._place
        return Range(Sheet(self.book, title), row, col, row, col)


class Sheets(base.Sheets):
    """The sheets of a book."""

    api = True

    def __init__(self, book: Book) -> None:
        self._book = book

    def __iter__(self) -> Iterator["Sheet"]:
        return (Sheet(self._book, title) for title in self._book.app.desk.ask("titles"))

    def __len__(self) -> int:
        return len(list(iter(self)))

    def __call__(self, name_or_index: str | int) -> "Sheet":
        """One of them by name, or by place from 1."""
        titles = self._book.app.desk.ask("titles")
        return Sheet(self._book, titles[name_or_index - 1] if isinstance(name_or_index, int) else name_or_index)

    def __contains__(self, name: str) -> bool:
        return name in self._book.app.desk.ask("titles")

    def add(self, before: object = None, after: object = None, name: str | None = None) -> "Sheet":  # noqa: ARG002 - xlwings' own names
        """Add a sheet behind the last one, which is where the code under test wants it."""
        self._book.app.desk.ask("add_sheet", name)
        return Sheet(self._book, str(name))


class Sheet(base.Sheet):
    """One sheet."""

    api = True

    def __init__(self, book: Book, title: str) -> None:
        self._book, self._title = book, title

    book = property(lambda self: self._book)
    name = property(lambda self: self._title)

    def ask(self, order: str, *arguments: object) -> Any:
        """Ask the desk something of this sheet."""
        return self._book.app.desk.ask(order, self._title, *arguments)

    @property
    def used_range(self) -> "Range":
        """From the first cell to the last filled one."""
        height, width = self.ask("used")
        return Range(self, 0, 0, height - 1, width - 1)

    def range(self, arg1: Any, arg2: Any = None) -> "Range":
        """A range from one or two corners, each a place from 1, a reference or a range."""
        first, last = _corners(arg1), _corners(arg2) if arg2 is not None else None
        return Range(self, *first[:2], *(last or first)[2:])

    def clear_contents(self) -> None:
        """Empty it."""
        if locked := self.ask("clear"):
            raise LockedError(locked)

    def autofit(self, axis: str | None = None) -> None:
        """Fit the widths of the columns."""
        assert axis == "columns"
        self.ask("fit_columns")


def _corners(place: Any) -> tuple[int, int, int, int]:
    """Top, left, bottom and right from 0."""
    if isinstance(place, Range):
        return place.corners
    if isinstance(place, str):
        first, _, last = place.partition(":")
        (top, left), (bottom, right) = map(xw.utils.address_to_index_tuple, (first, last or first))
        return top - 1, left - 1, bottom - 1, right - 1
    return place[0] - 1, place[1] - 1, place[0] - 1, place[1] - 1


class Range(base.Range):
    """An area of one sheet."""

    api = True
    max_cells_per_read = max_cells_per_write = None

    def __init__(self, sheet: Sheet, top: int, left: int, bottom: int, right: int) -> None:
        self._sheet, self.corners = sheet, (top, left, bottom, right)

    sheet = property(lambda self: self._sheet)
    row = property(lambda self: self.corners[0] + 1)
    column = property(lambda self: self.corners[1] + 1)

    @property
    def font(self) -> "Font":
        """Its letters."""
        return Font(self)

    @property
    def shape(self) -> tuple[int, int]:
        """Height and width."""
        top, left, bottom, right = self.corners
        return bottom - top + 1, right - left + 1

    def __len__(self) -> int:
        return self.shape[0] * self.shape[1]

    def __call__(self, row: int, col: int | None = None) -> "Range":
        """A cell by row and column from 1, or by its place in reading order."""
        if col is None:
            row, col = (row - 1) // self.shape[1] + 1, (row - 1) % self.shape[1] + 1
        top, left = self.corners[0] + row - 1, self.corners[1] + col - 1
        return Range(self._sheet, top, left, top, left)

    @property
    def raw_value(self) -> Any:
        """The values in rows."""
        return self._sheet.ask("values", *self.corners)

    @raw_value.setter
    def raw_value(self, value: Any) -> None:
        rows = value if isinstance(value, list) else [[value]]
        if locked := self._sheet.ask("type_in", *self.corners[:2], [list(row) for row in rows]):
            raise LockedError(locked)

    @property
    def formula(self) -> Any:
        """What was typed: one cell as it is, more as rows of tuples, as Excel gives it."""
        rows = tuple(map(tuple, self._sheet.ask("formulas", *self.corners)))
        return rows if len(self) > 1 else rows[0][0]

    @formula.setter
    def formula(self, value: Any) -> None:
        self.raw_value = value


class Font:
    """The letters of a range."""

    def __init__(self, area: Range) -> None:
        self._area = area

    def _embolden(self, _bold: bool) -> None:
        self._area.sheet.ask("embolden", *self._area.corners)

    bold = property(fset=_embolden)


def at_desk(desk: Desk) -> App:
    """Make LibreOffice the program that xlwings drives."""
    engine = Engine()
    app = App(engine, desk)
    engine.apps.running.append(app)
    wrapped = xw.main.Engine(impl=engine)
    xw.engines.add(wrapped)
    wrapped.activate()
    return app


def open_book(app: App, path: Path) -> xw.Book:
    """Open a workbook as `xlwings.Book` does."""
    return xw.Book(impl=Book(app, path))
