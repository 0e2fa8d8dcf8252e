"""What summaries remember between runs, in the year's store: people's remarks, how duties stood, who was reminded."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cache
from sys import intern

from qingdan_xl.store import Store
from qingdan_xl.summary.changes import Before, Stood
from qingdan_xl.summary.remarks import About, Place, Remark
from qingdan_xl.summary.scope import Scope
from qingdan_xl.summary.standing import Standing
from qingdan_xl.summary.successions import Successions

_REMARK = "unit_id, row_id, kind, batch, text, unit, role, holder, duty, written"


class Memory:
    """The tables of summaries in an open store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._connection = store.connection
        self._successions = Successions(store)

    def remarks(self) -> tuple[Remark, ...]:
        """Every remark that stands, where its row stands today, in the order of units and duties."""
        rows = self._connection.execute(
            f"SELECT {_REMARK} FROM remark WHERE text <> '' ORDER BY unit_id, row_id, kind, batch"  # noqa: S608 - ours
        )
        found: dict[Place, Remark] = {}
        for unit_id, row_id, kind, batch, text, *about, written in rows:
            place = self.followed(Place(unit_id, row_id, kind), batch)
            above = f"{found[place].text}\n" if place in found else ""
            found[place] = Remark(place, above + text, About(*about), date.fromisoformat(written))
        return tuple(found.values())

    def followed(self, place: Place, batch: str) -> Place:
        """Where a place of a workbook stands today that was written when `batch` was the newest; '' for an unknown."""
        there = self._successions.now(place.unit_id, place.row_id, batch)
        return replace(place, row_id=there.row_id, batch=there.batch)

    def keep_remarks(self, remarks: Iterable[Remark], sha256: str) -> None:
        """Keep what was read in one workbook, by its hash; '' as text takes a remark away."""
        kept = {remark.place: remark for remark in (*self.remarks(), *remarks)}
        newest = self._successions.newest
        with self._store.transaction() as cursor:
            cursor.execute("DELETE FROM remark")  # their rows may have moved since they were kept
            cursor.executemany(
                f"INSERT INTO remark ({_REMARK}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 - ours
                [
                    (
                        *(place.unit_id, place.row_id, place.kind, place.batch or newest, r.text, r.about.unit),
                        *(r.about.role, r.about.holder, r.about.duty, r.written.isoformat()),
                    )
                    for place, r in kept.items()
                    if r.text
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
            "SELECT unit_id, row_id, batch, light, status, done FROM stood WHERE scope = ? AND as_of = ?",
            (scope.key, day),
        )
        shared = cache(Stood)  # few are different
        stood: dict[str, dict[str, Stood]] = defaultdict(dict)
        for unit, row, batch, *rest in rows:
            stood[unit][intern(self._successions.now(unit, row, batch).key)] = shared(*rest)
        return Before(date.fromisoformat(day), dict(stood), self._names())

    def keep_standing(self, scope: Scope, as_of: date, standings: Iterable[Standing]) -> None:
        """Keep how duties stand now, and of earlier days the newest; a look back to an earlier day keeps nothing."""
        day, batch = as_of.isoformat(), self._successions.newest
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
                "INSERT INTO stood VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                ((scope.key, day, batch, s.unit.id, s.row_id, s.light, s.answer.status, s.done) for s in standings),
            )

    def reminded(self, first: date, last: date) -> dict[tuple[str, str, str], date]:
        """What was said from the first day to the last, by unit id, row id and cause, with the newest day."""
        rows = self._connection.execute(
            "SELECT unit_id, row_id, batch, cause, said FROM reminder WHERE said BETWEEN ? AND ? ORDER BY said",
            (first.isoformat(), last.isoformat()),
        )
        return {
            (unit, self._successions.now(unit, row, batch).key, cause): date.fromisoformat(said)
            for unit, row, batch, cause, said in rows
        }

    def keep_reminded(self, keys: Iterable[tuple[str, str, str]], day: date) -> None:
        """Keep what was said on a day."""
        newest = self._successions.newest
        with self._store.transaction() as cursor:
            cursor.executemany(
                "INSERT OR IGNORE INTO reminder VALUES (?, ?, ?, ?, ?)",
                [(unit, row, newest, cause, day.isoformat()) for unit, row, cause in keys],
            )

    def _names(self) -> dict[str, str]:
        """What each unit that was ever sent a workbook is called in its newest one, by its id."""
        return {unit_id: workbook.unit for unit_id, workbook in self._store.issued().items()}

    def _has(self, query: str, sha256: str) -> bool:
        return self._connection.execute(query, (sha256,)).fetchone() is not None
