"""parse(): the bytes of one document -> the checklists in it."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, takewhile
from pathlib import PurePath

from qingdan_xl.documents.account import Books
from qingdan_xl.documents.assembly import Assembly, doubts_about, doubts_about_counts
from qingdan_xl.documents.binding import Telling
from qingdan_xl.documents.blanks import blanks_of
from qingdan_xl.documents.flattened import without_flattened
from qingdan_xl.documents.formats import read_source
from qingdan_xl.documents.heads import Head, head
from qingdan_xl.documents.holders import party, title_holder
from qingdan_xl.documents.identity import Identities
from qingdan_xl.documents.inline_names import with_names
from qingdan_xl.documents.kinds import is_report, kind_of
from qingdan_xl.documents.limits import is_personal
from qingdan_xl.documents.lines import Dropped, Line, cleaned, unspaced
from qingdan_xl.documents.openings import open_counts, report_blanks
from qingdan_xl.documents.outline import Outline
from qingdan_xl.documents.paragraphs import Block, is_short, paragraphs
from qingdan_xl.documents.reports import split_report
from qingdan_xl.documents.source import Grid, Paragraph, Source
from qingdan_xl.documents.split import split
from qingdan_xl.documents.tables import Reading
from qingdan_xl.documents.texttables import sheet_lines, with_tables
from qingdan_xl.documents.totals import doubts_about_points
from qingdan_xl.documents.tree import Builder
from qingdan_xl.documents.unfolding import unfold
from qingdan_xl.model import Checklist, Doubt, Kind, Place, Role
from qingdan_xl.problems import problem
from qingdan_xl.sheets.choices import CATEGORIES

_NOTICE = re.compile(r"(?:通知|公告|通报|函|说明)(?:[（(].{1,8}[）)])?$")


@dataclass(slots=True)
class _Part:
    """What belongs to one of the documents in a file; `marks` only count the documents (篇二)."""

    blocks: list[Block]
    marks: list[Block]
    dropped: list[Dropped] = field(default_factory=list)
    flat: list[list[Paragraph]] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


def parse(name: str, data: bytes, categories: Mapping[str, tuple[str, ...]] = CATEGORIES) -> tuple[Checklist, ...]:
    """Read the document `name` from its bytes: one checklist for each list in it, in the order of the file.

    `categories` name the activities that count toward demands, each with its words. A text without duties gives one
    checklist with the doubt `no-duties`. Raises UnusableError as `read_source` does for a file that cannot be read.
    """
    return parse_source(read_source(name, data), categories)


def parse_source(source: Source, categories: Mapping[str, tuple[str, ...]] = CATEGORIES) -> tuple[Checklist, ...]:
    """As `parse`, from what a reader of any format made of the file."""
    parts = _parts(source)
    parts[0].doubts.extend(source.notes)
    documents = [_checklist(source.name, part, categories) for part in parts]
    return _kept(documents)


def prose(source: Source) -> Mapping[str, Sequence[Block]]:
    """The paragraphs of each document in a file as they stand behind its title, by title."""
    found: dict[str, Sequence[Block]] = {}
    for part in _parts(source):
        top = head(part.blocks, PurePath(source.name).name)
        found.setdefault(top.title, part.blocks[top.taken :])
    return found


def _kept(documents: Sequence[Checklist]) -> tuple[Checklist, ...]:
    """The documents that hold duties; what stands in others is accounted for in the nearest one."""
    kept = [at for at, document in enumerate(documents) if document.duties] or [0]
    found = []
    for at, next_one in zip(kept, [*kept[1:], len(documents)], strict=True):
        first = 0 if at == kept[0] else at
        others = [documents[other] for other in range(first, next_one) if other != at]
        found.append(_with_others(documents[at], others))
    return tuple(found)


def _with_others(document: Checklist, others: Sequence[Checklist]) -> Checklist:
    if not others:
        return document
    books = Books()
    books.signs.update(document.account.signs)
    books.aside.extend(document.account.aside)
    for other in others:
        books.foreign(other)
    return replace(document, account=books.closed())


def _parts(source: Source) -> list[_Part]:
    lines, dropped, flat = _lines(source)
    blocks, joins = paragraphs(lines)
    parts = [_Part(*part) for part in split(blocks)]
    starts = [(part.marks + part.blocks)[0].line for part in parts[1:]]
    for one in dropped:
        parts[bisect_right(starts, one.line)].dropped.append(one)
    for table in flat:
        parts[bisect_right(starts, table[0].line)].flat.append(table)
    for doubt in joins:
        parts[bisect_right(starts, doubt.line or 0)].doubts.append(doubt)
    return parts


def _lines(source: Source) -> tuple[list[Line], list[Dropped], list[list[Paragraph]]]:
    """The lines of all parts, tables among them; what was taken out as no part of the text; and flattened tables."""
    found: list[Line] = []
    dropped: list[Dropped] = []
    flat: list[list[Paragraph]] = []
    for is_text, parts in groupby(source.parts, lambda part: isinstance(part, Paragraph)):
        if is_text:
            whole, tables = without_flattened(unspaced([part for part in parts if isinstance(part, Paragraph)]))
            flat.extend(tables)
            lines, noise = cleaned(whole)
            dropped.extend(noise)
            found.extend(with_tables(unfold(lines)))
        else:
            found.extend(line for part in parts if isinstance(part, Grid) for line in sheet_lines(part))
    return found, dropped, flat


def _checklist(name: str, part: _Part, categories: Mapping[str, tuple[str, ...]]) -> Checklist:
    books = Books()
    books.furniture(part.dropped)
    books.flattened(part.flat)
    books.all_to(Place.FURNITURE, part.marks)
    top = head(part.blocks, PurePath(name).name)
    rest = with_names(part.blocks[top.taken :])
    books.all_to(Place.TITLE, part.blocks[: top.taken])
    builder = Builder(rest)
    opening = list(takewhile(lambda block: block.marker is None and block.table is None, rest))
    preamble = next((block.text for block in opening if not is_short(block.text)), "")
    root = builder.build()
    named = party(block.text for block in opening)
    outline = Outline(root, named or title_holder(top.title, preamble))
    unnumbered = bool(top.taken) and not root.children and not outline.readings and not _NOTICE.search(top.title)
    if unnumbered and outline.take_paragraphs(root):
        books.doubts.append(Doubt("no-numbers", root.body[0].line, problem("no-numbers").what))
    holders = outline.holders()
    books.used(rest, outline.places)
    books.tables(outline.readings)
    told = is_report(top.title, _texts(rest))
    if told:
        books.leads(split_report(holders))
    assembly = Assembly(Identities(top.title), categories, told, top.year)
    roles = tuple(assembly.role(holder) for holder in holders)
    duties = [duty for role in roles for duty in role.duties]
    kind = Kind.REPORT if told else kind_of(top.title, duties)
    own = _doubts_of(kind, top, roles, outline.readings)
    doubts = [*part.doubts, *books.doubts, *builder.doubts, *assembly.doubts, *own]
    doubts.sort(key=lambda doubt: doubt.line or 0)
    personal = told and is_personal(top.title, _texts(rest))
    telling = Telling(top.title, top.year, personal, categories)
    text = part.blocks[top.taken :]
    metrics = open_counts(text, telling) if told else ()
    blanks = report_blanks(top.title, text) if told else blanks_of(top.title, roles)
    source = PurePath(name).name
    account = books.closed()
    return Checklist(source, top.title, top.year, kind, roles, metrics, tuple(doubts), account, blanks, personal)


def _doubts_of(kind: Kind, top: Head, roles: Sequence[Role], readings: Sequence[Reading]) -> Iterator[Doubt]:
    """What the duties themselves leave doubtful in a list of this kind."""
    duties = [duty for role in roles for duty in role.duties]
    yield from doubts_about(duties)
    if kind is Kind.CHECKLIST:
        yield from doubts_about_counts(duties, top.year)
    if kind is Kind.RUBRIC:
        yield from doubts_about_points(top.title, roles, readings)


def _texts(blocks: Sequence[Block]) -> str:
    return "".join(block.text for block in blocks)
