"""The score sheets that were sent to raters, as the store keeps them, and which of them came back."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from qingdan_xl.sheets.ratings import is_rater_id
from qingdan_xl.store.receipts import Outcome, Receipt


@dataclass(frozen=True, slots=True)
class IssuedScores:
    """One rater's score sheet; `path` is relative to the year folder, `plan` is JSON of all that it asks for.

    `withdrawn` marks that of a rater whom the scheme no longer had when sheets were last sent.
    """

    batch: str
    rater_id: str
    group: str
    name: str
    path: str
    sha256: str
    fingerprint: str
    plan: str
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class GroupIntake:
    """The score sheets of one rater group: how many were sent, how many came back, and of whom none did."""

    group: str
    sent: int
    returned: int
    missing: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """As it stands in the answers of collect and status."""
        return {"group": self.group, "sent": self.sent, "returned": self.returned, "missing": list(self.missing)}


def insert_round(
    cursor: sqlite3.Cursor, batch: str, issued_at: datetime, sheets: Sequence[IssuedScores], raters: Iterable[str]
) -> None:
    """Keep a round of sheets, and mark those of raters who are not among `raters` (by id) as withdrawn."""
    cursor.executemany(
        "INSERT INTO score_sheet VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0)",
        [(batch, s.rater_id, issued_at.isoformat(), s.group, s.name, s.path, s.sha256, s.fingerprint, s.plan)
         for s in sheets],
    )  # fmt: skip
    cursor.execute("UPDATE score_sheet SET withdrawn = 1")
    cursor.executemany("UPDATE score_sheet SET withdrawn = 0 WHERE rater_id = ?", [(rater,) for rater in raters])


def read_sheets(connection: sqlite3.Connection) -> Iterator[IssuedScores]:
    """Every score sheet that was ever sent, in the order of issue."""
    rows = connection.execute(
        "SELECT batch, rater_id, grp, name, path, sha256, fingerprint, plan, withdrawn FROM score_sheet"
        " ORDER BY issued_at, rowid"
    )
    for *texts, withdrawn in rows:
        yield replace(IssuedScores(*texts), withdrawn=bool(withdrawn))


def newest_sheets(sheets: Iterable[IssuedScores]) -> dict[str, IssuedScores]:
    """The sheet that counts for each rater id: the one sent last."""
    return {sheet.rater_id: sheet for sheet in sheets}


def scores_intake(sheets: Iterable[IssuedScores], receipts: Iterable[Receipt]) -> tuple[GroupIntake, ...]:
    """What came back of the sheets, a value a group in the order of issue; those withdrawn are not waited for."""
    there = {r.unit_id for r in receipts if r.outcome is Outcome.ACCEPTED and is_rater_id(r.unit_id)}
    groups: dict[str, list[IssuedScores]] = {}
    for sheet in newest_sheets(sheets).values():
        if not sheet.withdrawn:
            groups.setdefault(sheet.group, []).append(sheet)
    return tuple(_intake(group, sent, there) for group, sent in groups.items())


def _intake(group: str, sent: Sequence[IssuedScores], there: set[str]) -> GroupIntake:
    missing = tuple(sheet.name for sheet in sent if sheet.rater_id not in there)
    return GroupIntake(group, len(sent), len(sent) - len(missing), missing)
