"""Tables that lost their form: each cell on a line of its own. They are told and left aside, never guessed at."""

import re
from collections.abc import Sequence

from qingdan_xl.documents.columns import column_of
from qingdan_xl.documents.numbering import marker
from qingdan_xl.documents.source import Paragraph

_FEWEST_HEADINGS = 3
_TITLE = re.compile(r"20\d\d|(?:任务清单|一览表|评分表|考核表|分解表|细则|办法|方案)$")
_LISTS = frozenset({"part", "chapter", "division", "article", "cn", "cn-bracket"})


def without_flattened(paragraphs: Sequence[Paragraph]) -> tuple[list[Paragraph], list[list[Paragraph]]]:
    """`paragraphs` without the tables whose headings stand one below the other, and those tables."""
    kept: list[Paragraph] = []
    tables: list[list[Paragraph]] = []
    at = 0
    while at < len(paragraphs):
        end = _end(paragraphs, at)
        if end > at:
            tables.append(list(paragraphs[at:end]))
            at = end
        else:
            kept.append(paragraphs[at])
            at += 1
    return kept, tables


def _end(paragraphs: Sequence[Paragraph], start: int) -> int:
    """Where a flattened table that begins at `start` ends, `start` itself where none does."""
    head = start
    while head < len(paragraphs) and _is_heading(paragraphs[head].text):
        head += 1
    kinds = {column_of(paragraph.text) for paragraph in paragraphs[start:head]}
    if len(kinds) < _FEWEST_HEADINGS or not kinds & {"number", "points"}:
        return start
    end = head
    while end < len(paragraphs) and not _opens_list(paragraphs[end].text):
        end += 1
    return end


def _is_heading(text: str) -> bool:
    plain = text.strip()
    return not {"\t", "|"} & set(plain) and bool(column_of(plain)) and not _TITLE.search(plain)


def _opens_list(text: str) -> bool:
    found = marker(text.strip())
    return found is not None and found.style in _LISTS
