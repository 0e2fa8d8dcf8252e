"""定稿 as the store keeps it: sealed results, each a row that is never changed."""

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zlib import compress, decompress

from qingdan_xl.assessment.digests import Made
from qingdan_xl.assessment.verdicts import Part, Verdict
from qingdan_xl.store import Store

_SCHEMA = """
CREATE TABLE IF NOT EXISTS seal (
    version INTEGER PRIMARY KEY, sealed_at TEXT NOT NULL, sealed_by TEXT NOT NULL, as_of TEXT NOT NULL,
    reason TEXT NOT NULL, open_reason TEXT NOT NULL, open_points INTEGER NOT NULL, program TEXT NOT NULL,
    inputs TEXT NOT NULL, own BLOB NOT NULL, verdicts BLOB NOT NULL, file TEXT NOT NULL, sha256 TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Seal:
    """One sealed result, `version` from 1; `reason` says why a result that was sealed before is sealed anew.

    `open_points` are the points left open, and `open_reason` why it was sealed with them. `file` is the name of the
    workbook in 成果/, `sha256` that of its bytes.
    """

    version: int
    sealed_at: datetime
    sealed_by: str
    as_of: date
    made: Made
    verdicts: tuple[Verdict, ...]
    file: str
    sha256: str = ""
    reason: str = ""
    open_reason: str = ""
    open_points: int = 0

    def as_json(self) -> dict[str, Any]:
        """As it stands in `assess --final --json`."""
        return {
            "version": self.version,
            "sealed_at": self.sealed_at.isoformat(timespec="seconds"),
            "sealed_by": self.sealed_by,
            "as_of": self.as_of.isoformat(),
            "reason": self.reason,
            "open_points": self.open_points,
            "open_reason": self.open_reason,
            "program": self.made.program,
            "inputs": dict(self.made.inputs),
            "file": self.file,
            "sha256": self.sha256,
        }


class Seals:
    """The sealed results in an open store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._store.connection.executescript(_SCHEMA)

    def all(self) -> tuple[Seal, ...]:
        """Every seal in the order of its version."""
        rows = self._store.connection.execute(
            "SELECT version, sealed_at, sealed_by, as_of, inputs, own, program, verdicts, file, sha256, reason,"
            " open_reason, open_points FROM seal ORDER BY version"
        )
        return tuple(
            Seal(
                version,
                datetime.fromisoformat(at),
                by,
                date.fromisoformat(as_of),
                Made(json.loads(inputs), _unpacked(own), program),
                tuple(map(_verdict, _unpacked(verdicts))),
                *rest,
            )
            for version, at, by, as_of, inputs, own, program, verdicts, *rest in rows
        )

    def keep(self, seal: Seal) -> None:
        """Add a seal; sqlite3.IntegrityError where its version is there already."""
        with self._store.transaction() as cursor:
            cursor.execute(
                "INSERT INTO seal VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    *(seal.version, seal.sealed_at.isoformat(), seal.sealed_by, seal.as_of.isoformat(), seal.reason),
                    *(seal.open_reason, seal.open_points, seal.made.program),
                    json.dumps(dict(seal.made.inputs), ensure_ascii=False),
                    _packed(dict(seal.made.own)),
                    _packed([asdict(verdict) for verdict in seal.verdicts]),
                    *(seal.file, seal.sha256),
                ),
            )


def _packed(value: Any) -> bytes:  # noqa: ANN401 - JSON
    return compress(json.dumps(value, ensure_ascii=False, default=str).encode())


def _unpacked(data: bytes) -> Any:  # noqa: ANN401 - JSON
    return json.loads(decompress(data))


def _verdict(told: dict[str, Any]) -> Verdict:
    parts = tuple(Part(**{**part, "points": Decimal(part["points"])}) for part in told["parts"])
    points = None if told["points"] is None else Decimal(told["points"])
    return Verdict(**{**told, "points": points, "known": Decimal(told["known"]), "parts": parts})
