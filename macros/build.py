"""Make 工作台.xlsm, the coordinator's console: `python -m macros.build FOLDER` writes it there.

The macros are the .bas files beside this script, and two modules from the installed xlwings (`borrowed`).
"""

import sys
from collections.abc import Sequence
from importlib.metadata import version
from io import BytesIO
from pathlib import Path

from macros.borrowed import xlwings_modules
from macros.pages import add_about, add_board, add_choices, add_hidden, add_log, add_overview
from qingdan_xl.issuing.theme import use_plain_theme
from qingdan_xl.sheets.writing import Book
from qingdan_xl.vba.project import vba_project
from qingdan_xl.vba.sources import Base, Document, Module, read_module
from qingdan_xl.workspace.files import save

NAME = "工作台.xlsm"


def own_modules() -> list[Module]:
    """The macros of this project, by name."""
    return [read_module(path.read_text("ascii")) for path in sorted(Path(__file__).parent.glob("*.bas"))]


def console(modules: Sequence[Module]) -> bytes:
    """The workbook with these macros; nothing of the moment in it, so the same bytes for the same sources."""
    book = Book()
    use_plain_theme(book.workbook)
    add_board(book)
    add_choices(book)
    add_overview(book)
    add_log(book)
    add_about(book, version("xlwings"))
    add_hidden(book)
    sheets = range(1, len(book.workbook.worksheets()) + 1)
    documents = [
        Document("ThisWorkbook", Base.WORKBOOK),
        *(Document(f"Sheet{number}", Base.SHEET) for number in sheets),
    ]
    book.workbook.add_vba_project(BytesIO(vba_project(modules, documents)), is_stream=True)
    return book.to_bytes()


def shipped() -> bytes:
    """The workbook that lies in workbooks/: with our macros and those of xlwings."""
    return console([*own_modules(), *xlwings_modules()])


if __name__ == "__main__":
    save(Path(sys.argv[1]) / NAME, shipped())
