"""Bytes of a text file -> text: the encoding is detected, never asked for."""

import codecs
import unicodedata

from qingdan_xl.model import Origin
from qingdan_xl.problems import UnusableError, problem

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Kangxi radicals and their supplement look like characters in copies from PDF, but match no word.
_RADICALS = {
    code: unicodedata.normalize("NFKC", chr(code))
    for block in (range(0x2E80, 0x2EF4), range(0x2F00, 0x2FD6))
    for code in block
}
_INVISIBLE = dict.fromkeys((0xFEFF, 0x200B, 0x200C, 0x200D, 0x2060, 0x00AD), None)
_ALLOWED_CONTROLS = frozenset("\t\n\r\x0b\x0c\x1a\x1e")
_ODD_SHARE = 0.02


def decode(name: str, data: bytes) -> str:
    """Read the bytes of file `name` as text, line ends of one kind, radicals as characters, no invisible signs.

    Raises UnusableError with `unreadable-text` where neither UTF-8, UTF-16 nor GB18030 gives plain text.
    """
    for encoding in _candidates(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _is_plain(text):
            plain = text.replace("\r\n", "\n").replace("\r", "\n")
            return plain.translate(_RADICALS).translate(_INVISIBLE)
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
