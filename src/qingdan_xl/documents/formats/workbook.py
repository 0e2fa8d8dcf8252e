"""A workbook (.xlsx, .xls, .et, .ods …) → its `Source`: one table a sheet."""

from collections import Counter

from qingdan_xl.documents.formats.grids import rows_of
from qingdan_xl.documents.formats.notes import left_out
from qingdan_xl.documents.source import Grid, Source
from qingdan_xl.engine import Failure, Result, run_in_workers
from qingdan_xl.model import Origin
from qingdan_xl.packages.pages import Book, Page, read_pages
from qingdan_xl.packages.sniff import Bytes
from qingdan_xl.problems import Problem, UnusableError, problem
from qingdan_xl.sheets import roster, scheme
from qingdan_xl.sheets.checklist import DUTIES, INFO, TARGETS
from qingdan_xl.sheets.unit import HIDDEN_TITLE

# Our own workbooks by the sheets that only they have: people keep them beside the lists they came from.
_OWN = (
    (frozenset({HIDDEN_TITLE}), "填报表"),
    (frozenset({INFO.title, DUTIES.title, TARGETS.title}), "母表"),
    (frozenset(sheet.title for sheet in roster.ROSTER), "花名册"),
    (frozenset({scheme.SETTINGS.title, scheme.FACTORS.title, scheme.BANDS.title}), "考核办法"),
)


def read_workbook(name: str, data: bytes, kind: Bytes) -> Source:
    """Read a workbook of this `kind`; hidden sheets are left out and told. A row's line is its row on the sheet.

    Raises UnusableError: `own-workbook` for the workbooks of this program, `far-cell`, `password`, `damaged`, and
    `timeout`, `out-of-memory`, `reader-died` where the reader did not come to an end.
    """
    pages = _pages(Book(data, kind, name))
    titles = {page.title for page in pages}
    for own, what in _OWN:
        if own <= titles:
            raise UnusableError(problem("own-workbook", Origin(name), what=what))
    shown = [page for page in pages if not page.hidden]
    left = Counter({"隐藏的工作表": sum(1 for page in pages if page.hidden and any(map(any, page.cells)))})
    left["没有结果的公式"] = sum(page.unsolved for page in shown)
    grids = (Grid(rows, page.title) for page in shown if (rows := rows_of(page.cells)))
    return Source(name, tuple(grids), tuple(left_out(left)))


def _pages(book: Book) -> tuple[Page, ...]:
    (result,) = run_in_workers(read_pages, [book])
    if isinstance(result.value, tuple):
        return result.value
    raise UnusableError(result.value or _failure(book.file, result))


def _failure(file: str, result: Result[tuple[Page, ...] | Problem]) -> Problem:
    where = Origin(file)
    match result.failure:
        case Failure.TIMEOUT:
            return problem("timeout", where)
        case Failure.MEMORY:
            return problem("out-of-memory", where)
        case Failure.RAISED:
            return problem("damaged", where, why="内容读不出来")
        case _:
            return problem("reader-died", where, why="读取进程被系统终止")
