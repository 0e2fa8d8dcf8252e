"""The compression of macros: what one program packs, others unpack to the same bytes."""

import io
from pathlib import Path
from zipfile import ZipFile

import olefile
import pytest
import xlwings
from hypothesis import example, given, settings
from hypothesis import strategies as st
from oletools.olevba import decompress_stream

from qingdan_xl.vba.compression import CHUNK, compress

MADE_BY_EXCEL = Path(xlwings.__file__).parent / "quickstart.xlsm"
# what macros are made of: few words again and again, in any order
WORDS = st.sampled_from(["Sub ", "End Sub\r\n", "Dim x As Long\r\n", "'" * 70, " ", "x = x + 1\r\n", "\t", "If "])
SOURCES = st.lists(WORDS, max_size=900).map(lambda words: "".join(words).encode())


def unpacked(container: bytes) -> bytes:
    """What oletools, whose reader is not ours, unpacks."""
    return bytes(decompress_stream(bytearray(container)))


@settings(deadline=None)
@given(SOURCES)
@example(b"")
@example(b"a")
@example(b"#aaabcdefaaaaghijaaaaaklaaamnopqaaaaaaaaaaaarstuvwxyzaaa")
@example(b"a" * CHUNK)
@example(b"a" * (CHUNK + 1))
@example(b"abc" * CHUNK)
def test_source_text_comes_back(source: bytes) -> None:
    """Whatever the length, also around the limits of a chunk, text is unpacked as it was."""
    assert unpacked(compress(source)) == source


@settings(deadline=None)
@given(st.binary(max_size=3600), st.integers(0, 2))
def test_bytes_of_any_kind_come_back(data: bytes, chunks: int) -> None:
    """Bytes without any pattern come back too: as tokens, and as a raw chunk where tokens would be longer."""
    noise = bytes((number * number * 31 + number // 7) % 251 for number in range(CHUNK))

    assert unpacked(compress(noise * chunks + data)) == noise * chunks + data


def test_the_longest_run_of_the_specification_is_packed_as_printed() -> None:
    """[MS-OVBA] §3.2.3: 73 times the same letter become one letter and one copy."""
    assert compress(b"a" * 73) == bytes.fromhex("0103B002614500")


def test_what_does_not_compress_is_refused_in_a_last_chunk() -> None:
    """A raw chunk is always full: shorter data would gain zeros and is refused rather than changed."""
    with pytest.raises(ValueError, match="does not compress"):
        compress(bytes(number * number * 31 // 8 % 256 ^ number % 253 for number in range(CHUNK - 1)))


def test_streams_of_excel_are_packed_no_longer_than_by_excel() -> None:
    """A directory that Excel itself has written is packed into no more bytes than Excel took."""
    with ZipFile(MADE_BY_EXCEL) as book, olefile.OleFileIO(io.BytesIO(book.read("xl/vbaProject.bin"))) as project:
        by_excel = project.openstream("VBA/dir").read()
    plain = unpacked(by_excel)

    ours = compress(plain)

    assert unpacked(ours) == plain
    assert len(ours) <= len(by_excel)
