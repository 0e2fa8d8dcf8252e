"""Bytes of a text file -> text: the encoding is detected, never asked for."""

import codecs
import re
import unicodedata

from qingdan_xl.documents.source import Paragraph, Source
from qingdan_xl.model import Doubt, Origin
from qingdan_xl.problems import UnusableError, problem

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CALLED = {"gb18030": "GB18030（GBK）", "utf-16": "UTF-16", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16"}
_INVISIBLE = dict.fromkeys((0xFEFF, 0x200B, 0x200C, 0x200D, 0x2060, 0x00AD), None)
_ALLOWED_CONTROLS = frozenset("\t\n\r\x0b\x0c\x1a\x1e")
_ODD_SHARE = 0.02
_FIRST_OF_THREE_BYTES = "\u0800"
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)([^*_\n]{1,200}?)(?<=\S)\1")


def read_text(name: str, data: bytes) -> Source:
    """Read a .txt file: each line with text is a paragraph, an encoding other than UTF-8 is told.

    Raises UnusableError as `decode` does.
    """
    text, encoding = _decoded(name, data)
    return Source(name, _paragraphs(text), _told(encoding))


def read_markdown(name: str, data: bytes) -> Source:
    """As `read_text`, for a .md file: signs for bold are taken out; in plain text two stars are a place left open."""
    text, encoding = _decoded(name, data)
    return Source(name, _paragraphs(_EMPHASIS.sub(r"\2", text)), _told(encoding))


def _paragraphs(text: str) -> tuple[Paragraph, ...]:
    paragraphs = []
    gap = False
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            paragraphs.append(Paragraph(number, line, gap=gap))
        gap = not line.strip()
    return tuple(paragraphs)


def _told(encoding: str) -> tuple[Doubt, ...]:
    if encoding not in _CALLED:
        return ()
    return (Doubt("encoding", None, problem("encoding", encoding=_CALLED[encoding]).what),)


def decode(name: str, data: bytes) -> str:
    """Read the bytes of file `name` as text, line ends of one kind, no invisible signs.

    Raises UnusableError with `unreadable-text` where neither UTF-8, UTF-16 nor GB18030 gives plain text.
    """
    return _decoded(name, data)[0]


def _decoded(name: str, data: bytes) -> tuple[str, str]:
    """The text and its encoding."""
    for encoding in _candidates(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _is_plain(text) and not (encoding == "utf-8" and _is_mistaken(text)):
            plain = text.replace("\r\n", "\n").replace("\r", "\n")
            return plain.translate(_INVISIBLE), encoding
    raise UnusableError(problem("unreadable-text", Origin(file=name)))


def _candidates(data: bytes) -> tuple[str, ...]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return (encoding,)
    if b"\0" in data[:4096]:
        # Without a mark, the zero bytes of ASCII signs and line ends tell which half comes first.
        even, odd = data[:4096:2].count(0), data[1:4096:2].count(0)
        return ("utf-16-le", "utf-16-be") if odd >= even else ("utf-16-be", "utf-16-le")
    return ("utf-8", "gb18030", "utf-16-le")


def _is_plain(text: str) -> bool:
    odd = sum(
        1 for sign in text if unicodedata.category(sign) in {"Cc", "Cn", "Co", "Cs"} and sign not in _ALLOWED_CONTROLS
    )
    return odd <= len(text) * _ODD_SHARE


def _is_mistaken(text: str) -> bool:
    """Whether a few characters of GBK happened to be UTF-8 as well: Greek, Arabic and the like, and nothing Chinese."""
    return not text.isascii() and max(text) < _FIRST_OF_THREE_BYTES
