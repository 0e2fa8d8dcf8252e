"""The compression of VBA streams: [MS-OVBA] §2.4.1."""

from collections.abc import Iterator

CHUNK = 4096  # §2.4.1.1.6: what one chunk holds when decompressed
_SIGNATURE = b"\x01"  # §2.4.1.1.1: SignatureByte
_COMPRESSED, _RAW = 0xB000, 0x3000  # §2.4.1.1.5: CompressedChunkFlag with CompressedChunkSignature 0b011
_SHORTEST = 3  # §2.4.1.3.19.3: the length that a copy token of 0 stands for
_TOKENS = 8  # §2.4.1.1.7: tokens after one flag byte


def compress(data: bytes) -> bytes:
    """The CompressedContainer of a stream (§2.4.1.3.6), the same for the same data.

    Raises ValueError for a last part that does not compress: a raw chunk is always full, so it would gain zeros
    (§2.4.1.3.10); source text and directories always compress.
    """
    chunks = [data[start : start + CHUNK] for start in range(0, len(data), CHUNK)]
    return _SIGNATURE + b"".join(map(_chunk, chunks))


def _chunk(data: bytes) -> bytes:
    """One CompressedChunk (§2.4.1.3.7), raw where its tokens would be longer than the data (§2.4.1.3.10)."""
    body = b"".join(_token_sequences(data))
    if len(body) <= CHUNK:
        return (_COMPRESSED | len(body) - 1).to_bytes(2, "little") + body
    if len(data) < CHUNK:
        raise ValueError("a last chunk that does not compress cannot be stored")
    return (_RAW | CHUNK - 1).to_bytes(2, "little") + data


def _token_sequences(data: bytes) -> Iterator[bytes]:
    """Groups of eight tokens, each behind its flag byte: bit n says that token n copies (§2.4.1.1.7)."""
    flags, tokens = 0, list[bytes]()
    for token in _tokens(data):
        flags |= (len(token) - 1) << len(tokens)
        tokens.append(token)
        if len(tokens) == _TOKENS:
            yield bytes([flags, *b"".join(tokens)])
            flags, tokens = 0, []
    if tokens:
        yield bytes([flags, *b"".join(tokens)])


def _tokens(data: bytes) -> Iterator[bytes]:
    """LiteralTokens of one byte and CopyTokens of two (§2.4.1.3.9), the longest match first (§2.4.1.3.19.4)."""
    seen: dict[bytes, list[int]] = {}
    place = 0
    while place < len(data):
        offset, length = _longest_match(data, place, seen)
        width = 1 if length < _SHORTEST else length
        yield data[place : place + 1] if width == 1 else _copy_token(place, offset, length)
        for passed in range(place, place + width):
            seen.setdefault(data[passed : passed + _SHORTEST], []).append(passed)
        place += width


def _longest_match(data: bytes, place: int, seen: dict[bytes, list[int]]) -> tuple[int, int]:
    """How far back and how long the text from `place` stands already in this chunk (§2.4.1.3.19.4)."""
    longest = min(_longest_copy(place), len(data) - place)
    offset = length = 0
    for start in reversed(seen.get(data[place : place + _SHORTEST], ())):
        reached = _SHORTEST
        while reached < longest and data[start + reached] == data[place + reached]:
            reached += 1
        if reached > length:
            offset, length = place - start, reached
        if length >= longest:
            break
    return offset, min(length, longest)


def _copy_token(place: int, offset: int, length: int) -> bytes:
    """A packed CopyToken (§2.4.1.3.19.3)."""
    return ((offset - 1) << (16 - _offset_bits(place)) | length - _SHORTEST).to_bytes(2, "little")


def _longest_copy(place: int) -> int:
    """MaximumLength of a CopyToken at this place of its chunk (§2.4.1.3.19.1)."""
    return (0xFFFF >> _offset_bits(place)) + _SHORTEST


def _offset_bits(place: int) -> int:
    """BitCount: the bits of a CopyToken that tell the offset, more the further the chunk goes (§2.4.1.3.19.1)."""
    return max((place - 1).bit_length(), 4)
