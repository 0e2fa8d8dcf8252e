"""What came back, as the store keeps it: one receipt a file, with its rows and problems."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from qingdan_xl.problems import Problem
from qingdan_xl.sheets.ratings import is_rater_id
from qingdan_xl.store.packing import Packed


class Outcome(StrEnum):
    """What became of one file that was found; each file has exactly one."""

    ACCEPTED = "accepted"
    SUPERSEDED = "superseded"
    DUPLICATE = "duplicate"
    REFUSED = "refused"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class Receipt:
    """填报: one file that was found, and what became of it; `code` is the reason of anything but plain acceptance.

    `unit_id` is whose it is: a unit's, or the id of a rater. `revised_at` (UTC) is when it was last saved, as far as it
    says so itself.
    """

    path: str
    sha256: str
    received_at: datetime
    outcome: Outcome
    code: str = ""
    unit_id: str = ""
    batch: str = ""
    late: bool = False
    revised_at: datetime | None = None
    id: int | None = None

    @property
    def of_rater(self) -> bool:
        """Whether it is of a rater's score sheet; `unit_id` is the rater's id then."""
        return is_rater_id(self.unit_id)


@dataclass(frozen=True, slots=True)
class Entry:
    """A receipt with all that is kept beside it; without an id it is given the next.

    `superseded` are the receipts whose place it takes; `earlier` is that of a try at the same file that came to
    nothing, and goes.
    """

    receipt: Receipt
    rows: Packed = field(default_factory=dict)
    problems: Sequence[Problem] = ()
    superseded: Sequence[int] = ()
    earlier: int | None = None
