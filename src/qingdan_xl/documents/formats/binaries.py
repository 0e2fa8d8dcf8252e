"""Documents that are no plain text → their `Source`: the reader for what the bytes are."""

from pathlib import PurePath

from qingdan_xl.documents.formats.notes import note
from qingdan_xl.documents.formats.office import PROGRAM, converted
from qingdan_xl.documents.formats.pdf import read_pdf
from qingdan_xl.documents.formats.webpage import is_web_archive, read_webpage, unpacked
from qingdan_xl.documents.formats.word import read_docx
from qingdan_xl.documents.formats.workbook import read_workbook
from qingdan_xl.documents.source import Source
from qingdan_xl.documents.textfile import decode, read_text
from qingdan_xl.model import Origin
from qingdan_xl.packages.gate import GateLimits, pass_gate
from qingdan_xl.packages.sniff import READABLE, Bytes
from qingdan_xl.problems import UnusableError, problem

_PAGES = (".htm", ".html", ".mht", ".mhtml")
_WORDS = (".docx", ".docm", ".dotx", ".doc", ".dot", ".wps", ".wpt", ".rtf", ".odt")
_BOOKS = (".xlsx", ".xlsm", ".xltx", ".xlsb", ".xls", ".et", ".ett", ".ods")
_KNOWN = (*_PAGES, *_WORDS, *_BOOKS, ".pdf")  # under these names a plain text may stand, too
_COMPOUND = b"\xd0\xcf\x11\xe0"
_FOREIGN = {Bytes.WORD: ".doc", Bytes.RTF: ".rtf", Bytes.ODT: ".odt"}  # by LibreOffice
_WORD_2003 = b'progid="Word.Document"'
_HEAD = 4096
_LIMITS = GateLimits()


def read_binary(name: str, data: bytes, kind: Bytes) -> Source:
    """Read a document of this `kind` that is no plain text, or none that its name says.

    Raises RefusedError and UnusableError as `read_source` says.
    """
    suffix = PurePath(name).suffix.lower()
    if kind in READABLE:
        return read_workbook(name, data, kind)
    if kind is Bytes.WORD and not data.startswith(_COMPOUND):
        return read_docx(name, pass_gate(data, name, _LIMITS))
    if kind is Bytes.ODT:
        pass_gate(data, name, _LIMITS)
    if kind in _FOREIGN:
        return _read_converted(name, data, _FOREIGN[kind], kind.value)
    if kind is Bytes.OLE and suffix in _WORDS:
        return _read_converted(name, data, suffix, Bytes.WORD.value)
    if kind is Bytes.PDF:
        return read_pdf(name, data)
    if kind is Bytes.ENCRYPTED:
        raise UnusableError(problem("password", Origin(name)))
    if kind is Bytes.EMPTY:
        return Source(name, ())
    return _read_renamed(name, suffix, data, kind)


def _read_renamed(name: str, suffix: str, data: bytes, kind: Bytes) -> Source:
    """Text under the name of something else: a web page that some system wrote as .doc, or plain text."""
    if is_web_archive(data):
        return read_webpage(name, decode(name, unpacked(data)))
    if kind is Bytes.HTML:
        return read_webpage(name, decode(name, data))
    if _WORD_2003 in data[:_HEAD]:
        return _read_converted(name, data, ".xml", Bytes.WORD.value)
    if kind is Bytes.TEXT and suffix in _KNOWN:
        return read_webpage(name, decode(name, data)) if suffix in _PAGES else read_text(name, data)
    raise UnusableError(problem("unsupported-document", Origin(name), what=_called(suffix, kind)))


def _called(suffix: str, kind: Bytes) -> str:
    return f" {suffix} 文件" if kind in {Bytes.TEXT, Bytes.UNKNOWN} and suffix else kind.value


def _read_converted(name: str, data: bytes, suffix: str, kind: str) -> Source:
    source = read_docx(name, pass_gate(converted(name, data, suffix, kind), name, _LIMITS))
    told = note("converted", kind=kind, program=PROGRAM)
    return Source(name, source.parts, (told, *source.notes))
