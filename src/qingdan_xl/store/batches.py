"""What was sent out, as the store keeps it: its workbooks, and what goes with a batch besides them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qingdan_xl.sheets.own import OwnColumn


@dataclass(frozen=True, slots=True)
class Issued:
    """One workbook that was sent out; `path` is relative to the year folder."""

    batch: str
    unit_id: str
    unit: str
    kind: str
    path: str
    sha256: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Move:
    """A unit is sent a new list: what its row ids and the labels of its duties are called from then on.

    What is not named here keeps its name.
    """

    unit_id: str
    ids: Mapping[str, str]
    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Annex:
    """What goes with a batch besides its workbooks."""

    own: Sequence[OwnColumn] = ()
    moves: Iterable[Move] = ()


PLAIN = Annex()
