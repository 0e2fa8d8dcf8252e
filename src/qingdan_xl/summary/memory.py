"""What summaries remember between runs, in the year's store: people's remarks, how duties stood, who was reminded."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cache
from sys import intern

from qingdan_xl.store import Store
from qingdan_xl.summary.changes import Before, Stood
from qingdan_xl.summary.remarks import About, Place, Remark
from qingdan_xl.summary.scope import Scope
from qingdan_xl.summary.standing import Standing

_SCHEMA = """
CREATE TABLE IF NOT EXISTS remark (
    unit_id TEXT NOT NULL, row_id TEXT NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL, unit TEXT NOT NULL,
    role TEXT NOT NULL, holder TEXT NOT NULL, duty TEXT NOT NULL, written TEXT NOT NULL,
    PRIMARY KEY (unit_id, row_id, kind));
CREATE TABLE IF NOT EXISTS summary_file (sha256 TEXT PRIMARY KEY, ours INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS stood (
    scope TEXT NOT NULL, as_of TEXT NOT NULL, unit_id TEXT NOT NULL, row_id TEXT NOT NULL, light TEXT NOT NULL,
    status TEXT NOT NULL, done INTEGER);
CREATE INDEX IF NOT EXISTS stood_by_day ON stood (scope, as_of);
CREATE TABLE IF NOT EXISTS reminder (
    unit_id TEXT NOT NULL, row_id TEXT NOT NULL, cause TEXT NOT NULL, said TEXT NOT NULL,
    PRIMARY KEY (unit_id, row_id, cause, said));
"""


class Memory:
    """The tables of summaries in an open store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._connection = store.connection
        self._connection.executescript(_SCHEMA)

    def remarks(self) -> tuple[Remark, ...]:
        """Every remark that stands, in the order of units and duties."""
        rows = self._connection.execute(
            "SELECT unit_id, row_id, kind, text, unit, role, holder, duty, written FROM remark"
            " WHERE text <> '' ORDER BY unit_id, row_id, kind"
        )
        return tuple(
            Remark(Place(*place), text, About(*about), date.fromisoformat(written))
            for (*place, text, unit, role, holder, duty, written) in rows
            for about in ((unit, role, holder, duty),)
        )

    def keep_remarks(self, remarks: Iterable[Remark], sha256: str) -> None:
        """Keep what was read in one workbook, by its hash; '' as text takes a remark away."""
        with self._store.transaction() as cursor:
            cursor.executemany(
                "INSERT OR REPLACE INTO remark VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    (
                        *(r.place.unit_id, r.place.row_id, r.place.kind, r.text, r.about.unit, r.about.role),
                        *(r.about.holder, r.about.duty, r.written.isoformat()),
                    )
                    for r in remarks
                ],
            )
            cursor.execute("INSERT OR IGNORE INTO summary_file VALUES (?, 0)", (sha256,))

    def knows_file(self, sha256: str) -> bool:
        """Whether a workbook of these bytes was read before, or is as we wrote it."""
        return self._has("SELECT 1 FROM summary_file WHERE sha256 = ?", sha256)

    def wrote_file(self, sha256: str) -> bool:
        """Whether a workbook of these bytes is as we wrote it."""
        return self._has("SELECT 1 FROM summary_file WHERE sha256 = ? AND ours", sha256)

    def keep_file(self, *sha256: str) -> None:
        """Know files that we wrote by the hashes of their bytes."""
        with self._store.transaction() as cursor:
            cursor.executemany("INSERT OR REPLACE INTO summary_file VALUES (?, 1)", [(each,) for each in sha256])

    def before(self, scope: Scope, as_of: date) -> Before | None:
        """How duties stood at the last summary of the same scope on an earlier day; None where there was none."""
        (day,) = self._connection.execute(
            "SELECT max(as_of) FROM stood WHERE scope = ? AND as_of < ?", (scope.key, as_of.isoformat())
        ).fetchone()
        if day is None:
            return None
        rows = self._connection.execute(
            "SELECT unit_id, row_id, light, status, done FROM stood WHERE scope = ? AND as_of = ?", (scope.key, day)
        )
        shared = cache(Stood)  # few are different
        stood: dict[str, dict[str, Stood]] = defaultdict(dict)
        for unit, row, *rest in rows:
            stood[unit][intern(row)] = shared(*rest)
        return Before(date.fromisoformat(day), dict(stood))

    def keep_standing(self, scope: Scope, as_of: date, standings: Iterable[Standing]) -> None:
        """Keep how duties stand now, and of earlier days the newest; a look back to an earlier day keeps nothing."""
        day = as_of.isoformat()
        with self._store.transaction() as cursor:
            (newest,) = cursor.execute("SELECT max(as_of) FROM stood WHERE scope = ?", (scope.key,)).fetchone()
            if newest and newest > day:
                return
            cursor.execute(
                "DELETE FROM stood WHERE scope = ?1 AND (as_of = ?2 OR as_of <"
                " (SELECT max(as_of) FROM stood WHERE scope = ?1 AND as_of < ?2))",
                (scope.key, day),
            )
            cursor.executemany(
                "INSERT INTO stood VALUES (?, ?, ?, ?, ?, ?, ?)",
                ((scope.key, day, s.unit.id, s.row_id, s.light, s.answer.status, s.done) for s in standings),
            )

    def reminded(self, first: date, last: date) -> dict[tuple[str, str, str], date]:
        """What was said from the first day to the last, by unit id, row id and cause, with the newest day."""
        rows = self._connection.execute(
            "SELECT unit_id, row_id, cause, max(said) FROM reminder WHERE said BETWEEN ? AND ? GROUP BY 1, 2, 3",
            (first.isoformat(), last.isoformat()),
        )
        return {(unit, row, cause): date.fromisoformat(said) for unit, row, cause, said in rows}

    def keep_reminded(self, keys: Iterable[tuple[str, str, str]], day: date) -> None:
        """Keep what was said on a day."""
        with self._store.transaction() as cursor:
            cursor.executemany(
                "INSERT OR IGNORE INTO reminder VALUES (?, ?, ?, ?)", [(*key, day.isoformat()) for key in keys]
            )

    def _has(self, query: str, sha256: str) -> bool:
        return self._connection.execute(query, (sha256,)).fetchone() is not None
