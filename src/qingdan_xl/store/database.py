"""The year's database: everything that is asked of it and written to it."""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from secrets import token_bytes
from typing import Self

from qingdan_xl.model import Origin
from qingdan_xl.problems import Problem
from qingdan_xl.sheets.declaration import Sheet
from qingdan_xl.sheets.unit import DUTIES
from qingdan_xl.sheets.values import Unreadable, Value
from qingdan_xl.store.batches import PLAIN, Annex, Issued
from qingdan_xl.store.following import follow, gone_answers, gone_rows, tied_labels
from qingdan_xl.store.receipts import Entry, Outcome, Receipt
from qingdan_xl.store.schema import connect, migrate, readable
from qingdan_xl.store.score_sheets import IssuedScores, insert_round, read_sheets
from qingdan_xl.store.tables import insert_rows, read_rows, read_typed_rows, widened


class Store:
    """The year's database. Writing methods are one transaction each: done or not done, never half."""

    def __init__(self, path: Path | str) -> None:
        self.connection = connect(path)
        self._sheets = widened(self.connection)

    @classmethod
    def copy_of(cls, path: Path) -> Self:
        """The store as it is now, apart from its file: nothing is written, so it may stand where one may only read.

        An empty one where there is no file. sqlite3.DatabaseError where the file is none of ours; UnusableError
        `newer-store`.
        """
        store = cls("")  # a file of SQLite's own that lives as long as the connection
        if path.exists():
            with closing(readable(path)) as source:
                source.backup(store.connection)
            migrate(store.connection, str(path))
            store._sheets = widened(store.connection)
        return store

    def close(self) -> None:
        """Let go of the file."""
        self.connection.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Cursor]:
        """All of the block or none of it."""
        cursor = self.connection.cursor()
        cursor.execute("BEGIN IMMEDIATE")
        try:
            yield cursor
            cursor.execute("COMMIT")
        finally:
            if self.connection.in_transaction:  # not after a commit, nor on a full disk: SQLite goes back by itself
                cursor.execute("ROLLBACK")

    def key(self) -> bytes:
        """The year folder's secret, made when it is first asked for: what its workbooks are sealed with."""
        self.connection.execute("INSERT OR IGNORE INTO secret VALUES (1, ?)", (token_bytes(32),))
        key: bytes = self.connection.execute("SELECT key FROM secret").fetchone()[0]
        return key

    def add_batch(
        self,
        batch: str,
        issued_at: datetime,
        snapshot: str,
        workbooks: Sequence[Issued],
        annex: Annex = PLAIN,
    ) -> None:
        """Keep what was sent out: the batch with its checklists and roster as JSON, its workbooks and own columns.

        The rows that came back before follow their duties by its moves, so that a unit's rows always go by its newest
        batch; those of duties that are gone stay under `gone_name`.
        """
        with self.transaction() as cursor:
            cursor.execute("INSERT INTO batch VALUES (?, ?, ?)", (batch, issued_at.isoformat(), snapshot))
            cursor.executemany(
                "INSERT INTO workbook VALUES (?, ?, ?, ?, ?, ?, ?)",
                [(w.batch, w.unit_id, w.unit, w.kind, w.path, w.sha256, w.fingerprint) for w in workbooks],
            )
            cursor.executemany(
                "INSERT INTO own_column VALUES (?, ?, ?, ?)",
                [(batch, c.sheet, c.heading, c.type.value) for c in annex.own],
            )
            for move in annex.moves:
                follow(cursor, self._sheets.values(), move)
        self._sheets = widened(self.connection)

    def gone_rows(self) -> Mapping[str, frozenset[str]]:
        """What the rows of duties that have gone are called (`gone_name`), by unit id."""
        return gone_rows(self.connection, self._sheets.values())

    def gone_answers(self) -> Mapping[str, Mapping[str, str]]:
        """The rows of duties that have gone with answers in superseded returns: unit id → name → file."""
        return gone_answers(self.connection, self._sheets[DUTIES.key])

    def tied_labels(self) -> Mapping[str, frozenset[str]]:
        """The labels of duties that rows of 工作纪实 are tied to, by unit id."""
        return tied_labels(self.connection)

    def snapshots(self) -> dict[str, str]:
        """Every batch's JSON by its id, in the order of issue."""
        return dict(self.connection.execute("SELECT id, snapshot FROM batch ORDER BY issued_at, rowid"))

    def issued(self) -> dict[str, Issued]:
        """The workbook that counts for each unit id: the one of its newest batch."""
        return {workbook.unit_id: workbook for workbook in self.workbooks()}

    def workbooks(self) -> tuple[Issued, ...]:
        """Every workbook of every batch, in the order of issue."""
        rows = self.connection.execute(
            "SELECT w.* FROM workbook w JOIN batch b ON b.id = w.batch ORDER BY b.issued_at, b.rowid, w.rowid"
        )
        return tuple(Issued(*row) for row in rows)

    def add_score_sheets(
        self, batch: str, issued_at: datetime, sheets: Sequence[IssuedScores], raters: Iterable[str]
    ) -> None:
        """Keep a round of score sheets; those of raters who are not among `raters` (by id) are no longer waited for."""
        with self.transaction() as cursor:
            insert_round(cursor, batch, issued_at, sheets, raters)

    def score_sheets(self) -> tuple[IssuedScores, ...]:
        """Every score sheet that was ever sent, in the order of issue."""
        return tuple(read_sheets(self.connection))

    def record(self, entries: Sequence[Entry]) -> None:
        """Keep what became of some files, in order and in one go: all of it or nothing.

        sqlite3.IntegrityError where the same path with the same bytes is there already.
        """
        with self.transaction() as cursor:
            for entry in entries:
                _record(cursor, entry)

    def next_receipt(self) -> int:
        """The number of the next receipt."""
        (last,) = self.connection.execute("SELECT max(id) FROM receipt").fetchone()
        return int(last or 0) + 1

    def receipts(self) -> tuple[Receipt, ...]:
        """Every file ever found, in the order it was recorded."""
        rows = self.connection.execute(
            "SELECT path, sha256, received_at, outcome, code, unit_id, batch, late, revised_at, id"
            " FROM receipt ORDER BY id"
        )
        return tuple(
            Receipt(
                *(path, sha, datetime.fromisoformat(at), Outcome(outcome), code, unit, batch, bool(late)),
                datetime.fromisoformat(revised) if revised else None,
                number,
            )
            for path, sha, at, outcome, code, unit, batch, late, revised, number in rows
        )

    def problems(self) -> dict[int, list[Problem]]:
        """The problems of each receipt by its number."""
        found: dict[int, list[Problem]] = {}
        for receipt, code, what, file, unit, sheet, row, col in self.connection.execute(
            "SELECT * FROM problem ORDER BY rowid"
        ):
            found.setdefault(receipt, []).append(Problem(code, what, Origin(file, sheet, row, col), unit))
        return found

    def rows(self, sheet: Sheet, keys: Collection[str] = ()) -> Iterator[dict[str, Value]]:
        """The rows of a sheet in the accepted returns, by column key, with `unit_id`, `path`, `sheet_title`, `row`.

        Where there are `keys`, only these columns: a year's rows are many, and every cell takes its time.
        With the own columns of all batches by their keys. Dates come as date, points and percents as Decimal; `letters`
        is JSON: column key → the letter it stood under.
        """
        whole = self._sheets[sheet.key]
        columns = tuple(column for column in whole if column.key in keys) if keys else whole.columns
        return read_rows(self.connection, replace(whole, columns=columns))

    def typed_rows(self, sheet: Sheet) -> Iterator[dict[str, Value | Unreadable]]:
        """As `rows`; where no value could be read from a cell, what was typed there as Unreadable."""
        return read_typed_rows(self.connection, self._sheets[sheet.key])


def _record(cursor: sqlite3.Cursor, entry: Entry) -> None:
    if entry.earlier is not None:
        cursor.execute("DELETE FROM problem WHERE receipt = ?", (entry.earlier,))
        cursor.execute("DELETE FROM receipt WHERE id = ?", (entry.earlier,))
    number = _insert_receipt(cursor, entry.receipt)
    for key, rows in entry.rows.items():
        insert_rows(cursor, key, number, rows)
    cursor.executemany(
        "INSERT INTO problem VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (number, p.code, p.what, p.origin.file, p.unit, p.origin.sheet, p.origin.row, p.origin.column)
            for p in entry.problems
        ],
    )
    cursor.executemany(
        "UPDATE receipt SET outcome = ?, code = 'newer-file' WHERE id = ?",
        [(Outcome.SUPERSEDED.value, old) for old in entry.superseded],
    )


def _insert_receipt(cursor: sqlite3.Cursor, receipt: Receipt) -> int:
    cursor.execute(
        "INSERT INTO receipt (id, path, sha256, received_at, outcome, code, unit_id, batch, late, revised_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            receipt.id,
            receipt.path,
            receipt.sha256,
            receipt.received_at.isoformat(),
            receipt.outcome.value,
            receipt.code,
            receipt.unit_id,
            receipt.batch,
            int(receipt.late),
            receipt.revised_at.isoformat() if receipt.revised_at else None,
        ),
    )
    return int(cursor.lastrowid or 0)
