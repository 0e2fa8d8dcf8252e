"""The embedded store (SQLite): batches, receipts, the rows that were read, and the problems found in them.

The row tables derive from the declarations in sheets/: a new column there is a new column here.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from secrets import token_bytes
from typing import Self

from qingdan_xl.model import Origin
from qingdan_xl.problems import Problem, UnusableError, problem
from qingdan_xl.sheets.declaration import Sheet, Type
from qingdan_xl.sheets.own import OwnColumn, with_own
from qingdan_xl.sheets.reading import Row
from qingdan_xl.sheets.unit import COLLECTED, LOG, ROW_ID
from qingdan_xl.sheets.values import Value
from qingdan_xl.workspace.folder import SETTINGS, Workspace

Stored = str | int | None
PackedRow = tuple[str, int, str, str, Mapping[str, Stored]]
"""Title of its sheet, number, letters and raw texts as JSON, values by column key."""
Packed = Mapping[str, Sequence[PackedRow]]


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
class Move:
    """A unit is sent a new list: what its row ids and the labels of its duties are called there."""

    unit_id: str
    ids: Mapping[str, str]
    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Annex:
    """What goes with a batch besides its workbooks."""

    own: Sequence[OwnColumn] = ()
    moves: Sequence[Move] = ()


PLAIN = Annex()


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
CREATE TABLE IF NOT EXISTS secret (id INTEGER PRIMARY KEY CHECK (id = 1), key BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS own_column (
    batch TEXT NOT NULL REFERENCES batch(id), sheet TEXT NOT NULL, heading TEXT NOT NULL, type TEXT NOT NULL);
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

    def __init__(self, path: Path | str) -> None:
        self.connection = sqlite3.connect(path, isolation_level=None)
        self.connection.execute("PRAGMA journal_mode=WAL")
        self.connection.execute("PRAGMA synchronous=FULL")
        self.connection.executescript(_SCHEMA)
        self._widen()

    @classmethod
    def copy_of(cls, path: Path) -> Self:
        """The store as it is now, in memory: nothing is written, so it may stand where one may only read.

        An empty one where there is no file. sqlite3.DatabaseError where the file is none of ours.
        """
        store = cls(":memory:")
        if path.exists():
            with closing(_readable(path)) as source:
                source.backup(store.connection)
            store.connection.executescript(_SCHEMA)
            store._widen()
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
        except BaseException:
            if self.connection.in_transaction:  # on a full disk SQLite has gone back by itself
                cursor.execute("ROLLBACK")
            raise
        cursor.execute("COMMIT")

    def key(self) -> bytes:
        """The year folder's secret, made when it is first asked for: what its workbooks are sealed with."""
        self.connection.execute("INSERT OR IGNORE INTO secret VALUES (1, ?)", (token_bytes(32),))
        key: bytes = self.connection.execute("SELECT key FROM secret").fetchone()[0]
        return key

    def _widen(self) -> None:
        """Make room for every column of the sheets, the own ones of all batches among them."""
        rows = self.connection.execute("SELECT DISTINCT sheet, heading, type FROM own_column ORDER BY rowid")
        own = [OwnColumn(sheet, heading, Type(kind)) for sheet, heading, kind in rows]
        self._sheets = {sheet.key: with_own(sheet, own) for sheet in COLLECTED}
        for sheet in self._sheets.values():
            self._ensure_table(sheet)

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
        batch; those of duties that are gone stay under `gone:` and their old id.
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
                self._follow(cursor, move)
        self._widen()

    def _follow(self, cursor: sqlite3.Cursor, move: Move) -> None:
        there = (
            "SELECT r.rowid, r.{0} FROM {1} r JOIN receipt p ON p.id = r.receipt"
            " WHERE p.outcome = 'accepted' AND p.unit_id = ? AND r.{0} IS NOT NULL"
        )
        for sheet in self._sheets.values():
            if ROW_ID.key in sheet.keys:
                ids = cursor.execute(there.format(ROW_ID.key, _table(sheet)), (move.unit_id,)).fetchall()
                cursor.executemany(
                    f"UPDATE {_table(sheet)} SET {ROW_ID.key} = ? WHERE rowid = ?",  # noqa: S608 - names of ours
                    [(move.ids.get(row_id, f"gone:{row_id}"), row) for row, row_id in ids],
                )
        labels = cursor.execute(there.format("duty", _table(LOG)), (move.unit_id,)).fetchall()
        cursor.executemany(
            f"UPDATE {_table(LOG)} SET duty = ? WHERE rowid = ?",  # noqa: S608 - names of ours
            [(move.labels.get(label, label), row) for row, label in labels],
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
        rows: Packed,
        problems: Iterable[Problem],
        superseded: Iterable[int] = (),
        earlier: int | None = None,
    ) -> int:
        """Keep one file's outcome with all its rows (as `packed`) and problems; mark the receipts it supersedes.

        `earlier` is the receipt of a try at the same file that came to nothing; this one takes its place. Returns the
        receipt's number. sqlite3.IntegrityError where the same path with the same bytes is there already.
        """
        with self.transaction() as cursor:
            cursor.execute("DELETE FROM problem WHERE receipt = ?", (earlier,))
            cursor.execute("DELETE FROM receipt WHERE id = ?", (earlier,))
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
            for sheet in self._sheets.values():
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

        With the own columns of all batches by their keys. Dates come as date, points and percents as Decimal; `letters`
        is JSON: column key → the letter it stood under.
        """
        sheet = self._sheets[sheet.key]
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
    def _insert_rows(cursor: sqlite3.Cursor, sheet: Sheet, receipt: int, rows: Sequence[PackedRow]) -> None:
        names = [*_KEY_COLUMNS, *_PLACE_COLUMNS, *sheet.keys]
        marks = ", ".join("?" * len(names))
        cursor.executemany(
            f"INSERT INTO {_table(sheet)} ({', '.join(map(_quoted, names))}) VALUES ({marks})",  # noqa: S608 - names of ours
            [(receipt, *place, *map(values.get, sheet.keys)) for *place, values in rows],
        )


def _readable(path: Path) -> sqlite3.Connection:
    """The database for reading, with what its log still holds; without the log where none can be laid beside it."""
    address = path.resolve().as_uri()
    connection = sqlite3.connect(f"{address}?mode=rw", uri=True)
    try:
        connection.execute("PRAGMA schema_version")
    except sqlite3.OperationalError:
        connection.close()
        return sqlite3.connect(f"{address}?immutable=1", uri=True)
    return connection


def open_store(workspace: Workspace) -> Store:
    """The year's store for writing; UnusableError `year-changed` where it is another year's than the settings say."""
    return _of_year(Store(workspace.database), workspace)


def read_store(workspace: Workspace) -> Store:
    """The year's store for reading only, as a copy; UnusableError `year-changed` as `open_store`."""
    return _of_year(Store.copy_of(workspace.database), workspace)


def _of_year(store: Store, workspace: Workspace) -> Store:
    year = workspace.settings.year
    years = [name.partition("-")[0] for (name,) in store.connection.execute("SELECT id FROM batch ORDER BY rowid")]
    if others := [issued for issued in years if issued != str(year)]:
        store.close()
        raise UnusableError(problem("year-changed", Origin(SETTINGS), year=year, issued=others[-1]))
    return store


def packed(rows: Mapping[str, Sequence[Row]]) -> Packed:
    """Rows by sheet key as the store keeps them: plain values, which cost little to hand from process to process."""
    return {key: tuple(map(_pack, found)) for key, found in rows.items()}


def _pack(row: Row) -> PackedRow:
    raw = {key: cell.raw for key, cell in row.cells.items() if cell.raw}
    values = {key: _dump(cell.value) for key, cell in row.cells.items() if cell.value is not None}
    return row.sheet, row.number, _json(tuple(row.letters.items())), json.dumps(raw, ensure_ascii=False), values


@lru_cache(maxsize=64)
def _json(letters: tuple[tuple[str, str], ...]) -> str:
    return json.dumps(dict(letters))


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
