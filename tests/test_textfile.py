"""Bytes -> text: every encoding a Windows desk writes is read, what is no text is refused."""

import pytest

from qingdan_xl.documents.textfile import decode, read_text
from qingdan_xl.problems import UnusableError

TEXT = "2026年责任清单\n一、镇长职责\n1.每月巡河1次。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings(encoding: str) -> None:
    """UTF-8, GB18030 and UTF-16, with and without a byte order mark, give the same text."""
    assert decode("清单.txt", TEXT.encode(encoding)) == TEXT


def test_a_few_characters_of_gbk_are_no_utf8() -> None:
    """A short text in GBK that UTF-8 would read as other letters is read as Chinese."""
    assert decode("清单.txt", "1.抓学习".encode("gbk")) == "1.抓学习"


def test_line_ends_are_one_kind() -> None:
    """Windows and old Mac line ends become newlines, so that lines keep their numbers."""
    assert decode("清单.txt", b"a\r\nb\rc\n") == "a\nb\nc\n"


def test_invisible_signs() -> None:
    """Zero-width signs go."""
    assert decode("清单.txt", "卫生\u200b局\ufeff".encode()) == "卫生局"


@pytest.mark.parametrize(
    ("encoding", "said"), [("utf-8-sig", []), ("gb18030", ["GB18030（GBK）"]), ("utf-16", ["UTF-16"])]
)
def test_another_encoding_is_told(encoding: str, said: list[str]) -> None:
    """An encoding other than UTF-8 is named, so that a person can check for garbled characters."""
    notes = read_text("清单.txt", TEXT.encode(encoding)).notes

    assert [note.code for note in notes] == ["encoding"] * len(said)
    assert all(name in note.message for name, note in zip(said, notes, strict=True))


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, b"PK\x03\x04" + bytes(400)])
def test_binary_files_are_refused(data: bytes) -> None:
    """An image or an archive under the name of a text is the coded problem unreadable-text."""
    with pytest.raises(UnusableError) as raised:
        decode("清单.txt", data)

    assert [found.code for found in raised.value.problems] == ["unreadable-text"]


def test_empty_file_is_empty_text() -> None:
    """An empty file is read as empty text: the parser then says that there are no duties."""
    assert decode("清单.txt", b"") == ""
