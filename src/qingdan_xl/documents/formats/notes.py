"""What a person should know about the reading of a file, as doubts with a code of the catalogue."""

from collections.abc import Mapping
from typing import Any

from qingdan_xl.model import Doubt
from qingdan_xl.problems import problem

_SHOWN = 40


def note(code: str, line: int | None = None, **context: Any) -> Doubt:  # noqa: ANN401 - any printable value
    """The doubt of the catalogue's `code` about `line` (None: the whole file), its sentence filled from `context`."""
    return Doubt(code, line, problem(code, **context).what)


def brief(text: str) -> str:
    """The beginning of a long text on one line, to show what is meant."""
    plain = " ".join(text.split())
    return plain if len(plain) <= _SHOWN else f"{plain[:_SHOWN]}…"


def left_out(counts: Mapping[str, int]) -> list[Doubt]:
    """What stands in the file but was not read, each kind (图片, 批注 …) with its number."""
    said = "、".join(f"{what} {count} 处" for what, count in counts.items() if count)
    return [note("left-out", what=said)] if said else []
