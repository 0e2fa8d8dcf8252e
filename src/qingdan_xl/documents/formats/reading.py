"""read_source(): the bytes of any document → its `Source`; what they are decides, the name is only a hint."""

from pathlib import PurePath

from qingdan_xl.documents.formats.commas import read_csv
from qingdan_xl.documents.formats.radicals import without_radicals
from qingdan_xl.documents.source import Source
from qingdan_xl.documents.textfile import decode, read_markdown, read_text
from qingdan_xl.model import Origin
from qingdan_xl.packages.gate import GateLimits, check_size
from qingdan_xl.packages.refusal import RefusedError
from qingdan_xl.packages.sniff import Bytes, sniff
from qingdan_xl.problems import UnusableError, problem

_LIMITS = GateLimits()
_LISTS = (".csv", ".tsv")
_MARKDOWN = (".md", ".markdown")
_TEXTS = (".txt", ".text", "", *_LISTS, *_MARKDOWN)


def read_source(name: str, data: bytes) -> Source:
    """Read the document `name` from its bytes, whatever its suffix says.

    Radicals of PDF copies are replaced and told. Raises UnusableError: `unsupported-document`, `unreadable-text`,
    `no-text`, `damaged`, `too-large`, `unsafe-xml`, `password`, and what the readers of single formats name.
    """
    try:
        check_size(len(data), name, _LIMITS)
        source = _read(name, data)
    except RefusedError as refused:
        raise UnusableError(refused.problem) from refused
    return without_radicals(source)


def _read(name: str, data: bytes) -> Source:
    suffix = PurePath(name).suffix.lower()
    kind = sniff(data)
    if suffix in _TEXTS and kind in {Bytes.EMPTY, Bytes.TEXT, Bytes.UNKNOWN, Bytes.HTML} and not _is_page(data, kind):
        return _read_text(name, suffix, data)
    # most documents are texts: what the others need is loaded when there is one
    from qingdan_xl.documents.formats.binaries import read_binary

    source = read_binary(name, data, kind)
    if not source.parts:
        raise UnusableError(problem("no-text", Origin(name)))
    return source


def _read_text(name: str, suffix: str, data: bytes) -> Source:
    if suffix in _LISTS:
        return read_csv(name, decode(name, data))
    return read_markdown(name, data) if suffix in _MARKDOWN else read_text(name, data)


def _is_page(data: bytes, kind: Bytes) -> bool:
    """Whether a text is a web page rather than one that speaks of tags: it begins with one."""
    return kind is Bytes.HTML and data.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<")
