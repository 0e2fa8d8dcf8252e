"""The embedded store (SQLite): batches, receipts, the rows that were read, and the problems found in them.

The row tables derive from the declarations in sheets/: a new column there is a new column here.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from qingdan_xl.model import Origin
from qingdan_xl.problems import Problem
from qingdan_xl.sheets.declaration import Sheet, Type
from qingdan_xl.sheets.reading import Row
from qingdan_xl.sheets.unit import COLLECTED
from qingdan_xl.sheets.values import Value


class Outcome(StrEnum):
    """What became of one file that was found; each file has exactly one."""

    ACCEPTED = "accepted"
    SUPERSEDED = "superseded"
    DUPLICATE = "duplicate"
    REFUSED = "refused"
    IGNORED = "ignored"


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
class Receipt:
    """填报: one file that was found, and what became of it; `code` is the reason of anything but plain acceptance.

    `revised_at` (UTC) is when it was last saved, as far as it says so itself.
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


_SCHEMA = """
CREATE TABLE IF NOT EXISTS batch (id TEXT PRIMARY KEY, issued_at TEXT NOT NULL, snapshot TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS workbook (
    batch TEXT NOT NULL REFERENCES batch(id), unit_id TEXT NOT NULL, unit TEXT NOT NULL, kind TEXT NOT NULL,
    path TEXT NOT NULL, sha256 TEXT NOT NULL, fingerprint TEXT NOT NULL, PRIMARY KEY (batch, unit_id));
CREATE TABLE IF NOT EXISTS receipt (
    id INTEGER PRIMARY KEY, path TEXT NOT NULL, sha256 TEXT NOT NULL, received_at TEXT NOT NULL,
    outcome TEXT NOT NULL, code TEXT NOT NULL, unit_id TEXT NOT NULL, batch TEXT NOT NULL, late INTEGER NOT NULL,
    revised_at TEXT, UNIQUE (path, sha256));
CREATE INDEX IF NOT EXISTS receipt_by_hash ON receipt (sha256);
CREATE INDEX IF NOT EXISTS receipt_by_unit ON receipt (unit_id);
CREATE TABLE IF NOT EXISTS problem (
    receipt INTEGER NOT NULL REFERENCES receipt(id), code TEXT NOT NULL, what TEXT NOT NULL, file TEXT NOT NULL,
    unit TEXT NOT NULL, sheet TEXT NOT NULL, row INTEGER, col TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS problem_by_receipt ON problem (receipt);
"""
_KEY_COLUMNS = {
    "receipt": "INTEGER NOT NULL REFERENCES receipt(id)",
    "sheet_title": "TEXT NOT NULL",
    "row": "INTEGER NOT NULL",
}
_PLACE_COLUMNS = {"letters": "TEXT NOT NULL", "raw": "TEXT NOT NULL"}


class Store:
    """The year's database. Writing methods are one transaction each: done or not done, never half."""

    def __init__(self, path: Path) -> None:
        self.connection = sqlite3.connect(path, isolation_level=None)
        self.connection.execute("PRAGMA journal_mode=WAL")
        self.connection.execute("PRAGMA synchronous=FULL")
        self.connection.executescript(_SCHEMA)
        for sheet in COLLECTED:
            self._ensure_table(sheet)

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
        except BaseException:
            cursor.execute("ROLLBACK")
            raise
        cursor.execute("COMMIT")

    def add_batch(self, batch: str, issued_at: datetime, snapshot: str, workbooks: Sequence[Issued]) -> None:
        """Keep what was sent out: the batch with its checklists and roster as JSON, and its workbooks."""
        with self.transaction() as cursor:
            cursor.execute("INSERT INTO batch VALUES (?, ?, ?)", (batch, issued_at.isoformat(), snapshot))
            cursor.executemany(
                "INSERT INTO workbook VALUES (?, ?, ?, ?, ?, ?, ?)",
                [(w.batch, w.unit_id, w.unit, w.kind, w.path, w.sha256, w.fingerprint) for w in workbooks],
            )

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

    def record(
        self,
        receipt: Receipt,
        rows: Mapping[str, Sequence[Row]],
        problems: Iterable[Problem],
        superseded: Iterable[int] = (),
    ) -> int:
        """Keep one file's outcome with all its rows (by sheet key) and problems; mark the receipts it supersedes.

        Returns the receipt's number. sqlite3.IntegrityError where the same path with the same bytes is there already.
        """
        with self.transaction() as cursor:
            cursor.execute(
                "INSERT INTO receipt (path, sha256, received_at, outcome, code, unit_id, batch, late, revised_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
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
            number = int(cursor.lastrowid or 0)
            for sheet in COLLECTED:
                self._insert_rows(cursor, sheet, number, rows.get(sheet.key, ()))
            cursor.executemany(
                "INSERT INTO problem VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    (number, p.code, p.what, p.origin.file, p.unit, p.origin.sheet, p.origin.row, p.origin.column)
                    for p in problems
                ],
            )
            cursor.executemany(
                "UPDATE receipt SET outcome = ?, code = 'newer-file' WHERE id = ?",
                [(Outcome.SUPERSEDED.value, old) for old in superseded],
            )
        return number

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

    def rows(self, sheet: Sheet) -> Iterator[dict[str, Value]]:
        """The rows of a sheet in the accepted returns, by column key, with `unit_id`, `path`, `sheet_title`, `row`.

        Dates come as date, points and percents as Decimal; `letters` is JSON: column key → the letter it stood under.
        """
        names = ["unit_id", "path", "sheet_title", "row", "letters", *sheet.keys]
        columns = ", ".join([f"p.{name}" if name in ("unit_id", "path") else f"r.{_quoted(name)}" for name in names])
        query = (
            f"SELECT {columns} FROM {_table(sheet)} r JOIN receipt p ON p.id = r.receipt"  # noqa: S608 - names of ours
            " WHERE p.outcome = 'accepted' ORDER BY p.unit_id, r.rowid"
        )
        types = {column.key: column.type for column in sheet}
        for values in self.connection.execute(query):
            yield {name: _load(types.get(name, Type.TEXT), value) for name, value in zip(names, values, strict=True)}

    def _ensure_table(self, sheet: Sheet) -> None:
        columns = _KEY_COLUMNS | _PLACE_COLUMNS | {key: _sql_type(sheet.column(key).type) for key in sheet.keys}
        declared = ", ".join(f"{_quoted(name)} {kind}" for name, kind in columns.items())
        self.connection.execute(f"CREATE TABLE IF NOT EXISTS {_table(sheet)} ({declared})")
        there = {row[1] for row in self.connection.execute(f"PRAGMA table_info({_table(sheet)})")}
        for name, kind in columns.items():
            if name not in there:
                self.connection.execute(f"ALTER TABLE {_table(sheet)} ADD COLUMN {_quoted(name)} {kind}")
        self.connection.execute(f"CREATE INDEX IF NOT EXISTS {_table(sheet)}_by_receipt ON {_table(sheet)} (receipt)")

    @staticmethod
    def _insert_rows(cursor: sqlite3.Cursor, sheet: Sheet, receipt: int, rows: Sequence[Row]) -> None:
        names = [*_KEY_COLUMNS, *_PLACE_COLUMNS, *sheet.keys]
        marks = ", ".join("?" * len(names))
        cursor.executemany(
            f"INSERT INTO {_table(sheet)} ({', '.join(map(_quoted, names))}) VALUES ({marks})",  # noqa: S608 - names of ours
            [
                (
                    receipt,
                    row.sheet,
                    row.number,
                    json.dumps(dict(row.letters)),
                    json.dumps({key: cell.raw for key, cell in row.cells.items() if cell.raw}, ensure_ascii=False),
                    *(_dump(row.value(key)) for key in sheet.keys),
                )
                for row in rows
            ],
        )


def _table(sheet: Sheet) -> str:
    return f"row_{sheet.key}"


def _quoted(name: str) -> str:
    return f'"{name}"'


def _sql_type(type_: Type) -> str:
    return "INTEGER" if type_ is Type.COUNT else "TEXT"


def _dump(value: Value) -> str | int | None:
    if isinstance(value, (str, int)) or value is None:
        return value
    return value.isoformat() if isinstance(value, date) else str(value)


def _load(type_: Type, value: str | int | None) -> Value:
    if value is None or isinstance(value, int):
        return value
    match type_:
        case Type.DATE:
            return date.fromisoformat(value)
        case Type.PERCENT | Type.POINTS:
            return Decimal(value)
        case _:
            return value
