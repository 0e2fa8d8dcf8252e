"""A PDF → its `Source`, by pdftotext (poppler): lines of text, because a PDF knows neither paragraphs nor tables.

LibreOffice opens PDF too, but gives the pieces of a line in an order that nobody would read them in.
"""

import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from qingdan_xl.documents.columns import is_heading_row
from qingdan_xl.documents.formats.notes import brief, note
from qingdan_xl.documents.formats.office import run
from qingdan_xl.documents.source import Paragraph, Source
from qingdan_xl.model import Doubt, Origin
from qingdan_xl.packages.sniff import Bytes
from qingdan_xl.problems import UnusableError, problem

PROGRAM = "pdftotext"
_CJK = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’"
# Between Chinese and Latin signs a PDF holds the gap of typesetting; after a number at the head the blank counts.
_SET_APART = re.compile(rf"(?<=[{_CJK}]) (?=[0-9A-Za-z%])|(?<![\s.．])(?<!^\d)(?<!^\d\d)(?<=[0-9A-Za-z%]) (?=[{_CJK}])")
_AFTER_NUMBER = re.compile(r"^( *[（(]?[0-9一二三四五六七八九十]{1,3}[.．、)）]) {2,}")
_COLUMNS = re.compile(r"\S {3,}(?=\S)")
_APART = re.compile(r"\s{2,}")
_FEWEST_ROWS = 3
_FEWEST_PAGES = 3
_DIGITS = re.compile(r"\d+")
_ENCRYPTED = b"/Encrypt"


def read_pdf(name: str, data: bytes) -> Source:
    """Read the text of a PDF page by page; a paragraph's line counts the lines with text over all pages.

    What stands at the top or the bottom of most pages is left out and told, and so is a table with headings, whose
    cells would be mixed up; what else looks like a table is told. Raises
    UnusableError: `needs-pdftotext` without the program, `password`, `not-converted`.
    """
    pages = [_lines(page) for page in _text(name, data).split("\f")]
    furniture = _furniture([page for page in pages if page])
    paragraphs: list[Paragraph] = []
    notes: list[Doubt] = [note("converted", kind=Bytes.PDF.value, program=PROGRAM)]
    notes += [note("noise", text=f"每页的“{brief(text)}”") for text in furniture.values()]
    for page in pages:
        start = len(paragraphs)
        for text, gap in _body(page, furniture):
            paragraphs.append(Paragraph(len(paragraphs) + 1, text, gap=gap))
        if not any(map(_is_head, paragraphs[start:])):
            notes += _tables(paragraphs[start:])
    kept, tables = _without_tables(paragraphs)
    notes += [note("pdf-table-left", table[0].line, text=brief(table[0].text), count=len(table)) for table in tables]
    return Source(name, tuple(kept), tuple(notes))


def _text(name: str, data: bytes) -> str:
    program = shutil.which(PROGRAM)
    if program is None:
        raise UnusableError(problem("needs-pdftotext", Origin(name)))
    with tempfile.TemporaryDirectory(prefix="qingdan-", ignore_cleanup_errors=True) as folder:
        original, made = Path(folder) / "document.pdf", Path(folder) / "document.txt"
        original.write_bytes(data)
        fault = run([program, "-layout", "-enc", "UTF-8", str(original), str(made)])
        if fault or not made.is_file():
            if _ENCRYPTED in data:
                raise UnusableError(problem("password", Origin(name)))
            raise UnusableError(problem("not-converted", Origin(name), program=PROGRAM, why=fault or "内容读不出来"))
        return made.read_text("utf-8", "replace")


def _lines(page: str) -> list[str]:
    """The lines of a page, its left margin and the blank lines at both ends cut."""
    lines = [line.rstrip() for line in page.split("\n")]
    margin = min((len(line) - len(line.lstrip(" ")) for line in lines if line), default=0)
    lines = [_SET_APART.sub("", _AFTER_NUMBER.sub(r"\1 ", line[margin:])) for line in lines]
    filled = [at for at, line in enumerate(lines) if line]
    return lines[filled[0] : filled[-1] + 1] if filled else []


def _furniture(pages: Sequence[Sequence[str]]) -> dict[str, str]:
    """What most pages have as their first or last line, its digits left out, and how it reads the first time."""
    if len(pages) < _FEWEST_PAGES:
        return {}
    ends = [line for page in pages for line in dict.fromkeys((page[0], page[-1]))]
    counts = Counter(map(_shape, ends))
    common = {shape for shape, count in counts.items() if count * 2 > len(pages) and shape}
    return {_shape(line): line.strip() for line in reversed(ends) if _shape(line) in common}


def _shape(line: str) -> str:
    return _DIGITS.sub("#", line.strip())


def _body(page: Sequence[str], furniture: dict[str, str]) -> Iterator[tuple[str, bool]]:
    """The lines of a page with text, each with whether a blank one stands before it; the page's edges are no gap."""
    ends = {0, len(page) - 1}
    gap = False
    for at, line in enumerate(page):
        if at in ends and _shape(line) in furniture:
            gap = False
            continue
        if line:
            yield line, gap and at not in ends
        gap = not line


def _without_tables(paragraphs: Sequence[Paragraph]) -> tuple[list[Paragraph], list[list[Paragraph]]]:
    """The lines outside tables, and those of each table: from its headings to the first plain line at the margin."""
    kept: list[Paragraph] = []
    tables: list[list[Paragraph]] = []
    inside = False
    for paragraph in paragraphs:
        if _is_head(paragraph):
            if not inside:
                tables.append([])
            inside = True
        elif inside and not paragraph.text.startswith("  ") and not _APART.search(paragraph.text.strip()):
            inside = False
        (tables[-1] if inside else kept).append(paragraph)
    return kept, tables


def _is_head(paragraph: Paragraph) -> bool:
    """Whether a line is the headings of a table: three cells or more, side by side, two of them well known."""
    cells = _APART.split(paragraph.text.strip())
    return len(cells) >= _FEWEST_ROWS and is_heading_row(cells)


def _tables(paragraphs: Sequence[Paragraph]) -> list[Doubt]:
    """Told where lines one below the other are parted into columns: their cells may be mixed up."""
    run_of: list[Paragraph] = []
    for paragraph in paragraphs:
        if _COLUMNS.search(paragraph.text.strip()):
            run_of.append(paragraph)
        elif len(run_of) < _FEWEST_ROWS:
            run_of = []
    if len(run_of) < _FEWEST_ROWS:
        return []
    return [note("pdf-table", run_of[0].line, text=brief(run_of[0].text))]
