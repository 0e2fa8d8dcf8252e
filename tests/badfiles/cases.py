"""What a file named by its fault is: how it is made from a good one, and what has to become of it."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from returns import Desk, opened

Make = Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True)
class Case:
    """A file named by its fault; `row` is the kind of fault, `codes` are those of its problems in order.

    Where `refused` the first code is the reason and nothing of the file is kept; else its answers are those of the
    good file it was made from, but for the cells that the problems name.
    """

    row: int
    name: str
    make: Make
    codes: tuple[str, ...] = ()
    refused: bool = False


def refused(row: int, name: str, make: Make, code: str) -> Case:
    """A file that cannot be taken, for one reason."""
    return Case(row, name, make, (code,), refused=True)


def edited(edit: Callable[[Desk], object]) -> Make:
    """What somebody did with the file open in Excel."""

    def make(data: bytes) -> bytes:
        desk = opened(data)
        edit(desk)
        return desk.saved()

    return make


def with_parts(change: Callable[[str, bytes], bytes | None]) -> Make:
    """The same zip with each part as `change` gives it, left out where it gives None."""

    def make(data: bytes) -> bytes:
        buffer = BytesIO()
        with ZipFile(BytesIO(data)) as old, ZipFile(buffer, "w", ZIP_DEFLATED) as new:
            for name in old.namelist():
                content = change(name, old.read(name))
                if content is not None:
                    new.writestr(name, content)
        return buffer.getvalue()

    return make


def added(**parts: bytes) -> Callable[[bytes], bytes]:
    """The same zip with more parts; `__` stands for / and `_dot_` for . in their names."""

    def make(data: bytes) -> bytes:
        buffer = BytesIO(data)
        with ZipFile(buffer, "a", ZIP_DEFLATED) as archive:
            for name, content in parts.items():
                archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
        return buffer.getvalue()

    return make


def zipped(*parts: tuple[str, bytes]) -> bytes:
    """A zip of these parts."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return buffer.getvalue()
