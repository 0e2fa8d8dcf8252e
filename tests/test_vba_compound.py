"""The compound file around macros: read back by olefile with every defect an error."""

import io
import struct
from collections.abc import Iterator, Mapping

import olefile
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingdan_xl.packages.compound import stream
from qingdan_xl.vba.compound import Tree, compound_file

NAMES = st.text("ABCDEFabcdef_019", min_size=1, max_size=31)
SIZES = st.sampled_from([0, 1, 63, 64, 65, 511, 512, 4095, 4096, 4097, 9000])
STREAMS = st.dictionaries(NAMES, SIZES, max_size=24)
NOBODY = 0xFFFFFFFF
RED, BLACK = 0, 1


def contents(tree: Mapping[str, int]) -> dict[str, bytes]:
    """Streams of these sizes, each with bytes of its own."""
    return {name: bytes((len(name) * 7 + place) % 256 for place in range(size)) for name, size in tree.items()}


def one_case(tree: Mapping[str, int]) -> dict[str, int]:
    """Names that differ by more than their case, as a directory wants them."""
    return {name: size for name, size in tree.items() if min(n for n in tree if n.upper() == name.upper()) == name}


def opened(data: bytes) -> olefile.OleFileIO:
    """The file as olefile reads it, which raises whatever it finds wrong."""
    return olefile.OleFileIO(io.BytesIO(data), raise_defects=olefile.DEFECT_UNSURE)


@given(STREAMS.map(one_case), STREAMS.map(one_case))
@settings(max_examples=60, deadline=None)
def test_every_stream_comes_back(top: dict[str, int], inner: dict[str, int]) -> None:
    """Streams of all sizes, above and below the limit of the mini stream, in the root and in a storage."""
    streams = contents(top)
    storage = contents(inner)
    tree: Tree = {**streams, "a storage": storage}

    with opened(compound_file(tree)) as file:
        found = {"/".join(path): file.openstream(path).read() for path in file.listdir()}
        issues = file.parsing_issues

    assert issues == []
    assert found == streams | {f"a storage/{name}": data for name, data in storage.items()}


@given(STREAMS.map(one_case))
@settings(max_examples=60, deadline=None)
def test_the_directory_is_a_red_black_tree(tree: dict[str, int]) -> None:
    """Names in order, no red below red, and as many black ones on every way down: [MS-CFB] §2.6.4."""
    with opened(compound_file(contents(tree))) as file:
        entries = file.direntries
        walked = list(in_order(entries, file.root.sid_child))

        assert [entry.name for entry in walked] == sorted(tree, key=lambda name: (len(name), name.upper()))
        assert black_height(entries, file.root.sid_child) > 0
        assert file.root.color == BLACK


def in_order(entries: list[olefile.olefile.OleDirectoryEntry], top: int) -> Iterator[olefile.olefile.OleDirectoryEntry]:
    """The entries from the left to the right."""
    if top != NOBODY:
        entry = entries[top]
        yield from in_order(entries, entry.sid_left)
        yield entry
        yield from in_order(entries, entry.sid_right)


def black_height(entries: list[olefile.olefile.OleDirectoryEntry], top: int) -> int:
    """How many black entries lie on every way down from here, the same on each of them."""
    if top == NOBODY:
        return 1
    entry = entries[top]
    children = [each for each in (entry.sid_left, entry.sid_right) if each != NOBODY]
    if entry.color == RED:
        assert all(entries[each].color == BLACK for each in children)
    left, right = black_height(entries, entry.sid_left), black_height(entries, entry.sid_right)
    assert left == right
    return left + int(entry.color == BLACK)


def test_our_own_reader_reads_it() -> None:
    """The reader that looks into old workbooks finds a stream of this file too."""
    assert stream(compound_file({"short": b"abc", "long": b"x" * 5000}), ["long"]) == b"x" * 5000


def test_a_file_of_several_allocation_sectors_is_whole() -> None:
    """More than 128 sectors need a second sector of the allocation table, which counts itself."""
    for size in (128 * 512 - 2000, 128 * 512, 3 * 128 * 512):
        with opened(compound_file({"big": b"x" * size})) as file:
            assert file.openstream("big").read() == b"x" * size


def test_the_same_tree_gives_the_same_bytes() -> None:
    """The order in which streams are named does not matter, and no clock gets in."""
    assert compound_file({"a": b"1", "b": b"2"}) == compound_file({"b": b"2", "a": b"1"})


def test_the_header_names_version_and_byte_order() -> None:
    """Version 3.62, little-endian, sectors of 512 and 64 bytes: [MS-CFB] §2.2."""
    assert struct.unpack_from("<HHHHH", compound_file({}), 24) == (0x3E, 3, 0xFFFE, 9, 6)


@pytest.mark.parametrize("name", ["", "a/b", "a:b", "x" * 32])
def test_a_name_that_no_entry_holds_is_refused(name: str) -> None:
    """A directory entry holds 31 letters, and no slash or colon."""
    with pytest.raises(ValueError, match="no name"):
        compound_file({name: b""})


def test_more_than_the_header_can_tell_is_refused() -> None:
    """Without a DIFAT a file ends at about seven megabytes: more is refused, not written wrong."""
    with pytest.raises(ValueError, match="DIFAT"):
        compound_file({"big": bytes(8_000_000)})
