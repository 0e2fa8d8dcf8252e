"""parse(): the bytes of one document -> the checklists in it."""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from qingdan_xl.documents.assembly import Assembly, doubts_about, open_counts
from qingdan_xl.documents.heads import head
from qingdan_xl.documents.holders import title_holder
from qingdan_xl.documents.identity import Identities
from qingdan_xl.documents.kinds import is_report, kind_of
from qingdan_xl.documents.lines import read_lines, without_emphasis
from qingdan_xl.documents.outline import Holder, Outline, split_report
from qingdan_xl.documents.paragraphs import Block, paragraphs
from qingdan_xl.documents.split import split
from qingdan_xl.documents.tables import Table, read_table, take_tables
from qingdan_xl.documents.textfile import decode
from qingdan_xl.documents.tree import Builder
from qingdan_xl.documents.unfolding import unfold
from qingdan_xl.model import Checklist, Doubt, Kind, Origin
from qingdan_xl.problems import UnusableError, problem
from qingdan_xl.sheets.choices import CATEGORIES

# What a file's text is put through first, by its suffix.
_PLAIN: dict[str, Callable[[str], str]] = {".txt": str, ".md": without_emphasis}
SUFFIXES = tuple(_PLAIN)


@dataclass(frozen=True, slots=True)
class _Part:
    """What belongs to one of the documents in a file."""

    blocks: list[Block]
    tables: list[Table]
    doubts: list[Doubt]


def parse(name: str, data: bytes, categories: Mapping[str, tuple[str, ...]] = CATEGORIES) -> tuple[Checklist, ...]:
    """Read the document `name` from its bytes: one checklist for each list in it, in the order of the file.

    `categories` name the activities that count toward demands, each with its words. A text without duties gives one
    checklist with the doubt `no-duties`. Raises UnusableError with `unsupported-document` for another kind of file than
    .txt and .md, and with `unreadable-text` for bytes that are no text.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix not in SUFFIXES:
        raise UnusableError(problem("unsupported-document", Origin(file=name), suffix=suffix or PurePath(name).name))
    documents = [_checklist(name, part, categories) for part in _parts(_PLAIN[suffix](decode(name, data)))]
    return tuple(document for document in documents if document.duties) or (documents[0],)


def _parts(text: str) -> list[_Part]:
    text = unfold(text)
    lines, noise = read_lines(text)
    plain, tables = take_tables(lines, text.split("\n"))
    blocks, joins = paragraphs(plain)
    parts = [_Part(part, [], []) for part in split(blocks) or [[]]]
    starts = [part.blocks[0].line for part in parts[1:]]
    for doubt in (*noise, *joins):
        parts[bisect_right(starts, doubt.line or 0)].doubts.append(doubt)
    for table in tables:
        parts[bisect_right(starts, table.rows[0][0])].tables.append(table)
    return parts


def _checklist(name: str, part: _Part, categories: Mapping[str, tuple[str, ...]]) -> Checklist:
    top = head(part.blocks, PurePath(name).name)
    rest = part.blocks[top.taken :]
    builder = Builder(rest)
    preamble = next((block.text for block in rest if block.marker is None), "")
    default = title_holder(top.title, preamble)
    holders = Outline(builder.build(), default).holders()
    told = is_report(top.title, "".join(block.text for block in rest))
    if told:
        split_report(holders)
    holders = _with_tables(holders, part.tables, default)
    assembly = Assembly(Identities(top.title), categories, told)
    roles = tuple(assembly.role(holder) for holder in holders)
    duties = [duty for role in roles for duty in role.duties]
    kind = Kind.REPORT if told else kind_of(top.title, duties)
    doubts = [*part.doubts, *builder.doubts, *doubts_about(duties)]
    doubts.sort(key=lambda doubt: doubt.line or 0)
    metrics = open_counts(holders) if told else ()
    return Checklist(PurePath(name).name, top.title, top.year, kind, roles, metrics, tuple(doubts))


def _with_tables(holders: list[Holder], tables: Sequence[Table], default: str) -> list[Holder]:
    """The roles of the text and those of the tables in it; equal names are one role."""
    found = [role for table in tables for role in read_table(table, default)]
    if not found:
        return holders
    kept = {role.name: role for role in holders if role.groups or role.inherits}
    for role in found:
        same = kept.setdefault(role.name, role)
        if same is not role:
            same.groups.extend(role.groups)
    return list(kept.values())
