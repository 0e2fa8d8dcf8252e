"""The row tables: one a sheet, derived from its declaration, so that a new column there is a new column here."""

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from qingdan_xl.sheets.declaration import Sheet, Type
from qingdan_xl.sheets.own import OwnColumn, with_own
from qingdan_xl.sheets.ratings import RATINGS
from qingdan_xl.sheets.unit import COLLECTED
from qingdan_xl.sheets.values import Unreadable, Value
from qingdan_xl.store.packing import PLACE, PackedRows, loaded

_KEYS = {
    "receipt": "INTEGER NOT NULL REFERENCES receipt(id)",
    "sheet_title": "TEXT NOT NULL",
    "row": "INTEGER NOT NULL",
    "letters": "TEXT NOT NULL",
    "raw": "TEXT NOT NULL",
}


def widened(connection: sqlite3.Connection) -> Mapping[str, Sheet]:
    """Make room for every column of the sheets, the own ones of all batches among them; the sheets by key."""
    rows = connection.execute("SELECT DISTINCT sheet, heading, type FROM own_column ORDER BY rowid")
    own = [OwnColumn(sheet, heading, Type(kind)) for sheet, heading, kind in rows]
    sheets = {sheet.key: with_own(sheet, own) for sheet in (*COLLECTED, RATINGS)}
    for sheet in sheets.values():
        _ensure(connection, sheet)
    return sheets


def _ensure(connection: sqlite3.Connection, sheet: Sheet) -> None:
    columns = _KEYS | {column.key: "INTEGER" if column.type is Type.COUNT else "TEXT" for column in sheet}
    table = table_of(sheet.key)
    there = {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}
    if not there:
        declared = ", ".join(f"{_quoted(name)} {kind}" for name, kind in columns.items())
        connection.execute(f"CREATE TABLE IF NOT EXISTS {table} ({declared})")
        connection.execute(f"CREATE INDEX IF NOT EXISTS {table}_by_receipt ON {table} (receipt)")
        return
    for name, kind in columns.items():
        if name not in there:
            connection.execute(f"ALTER TABLE {table} ADD COLUMN {_quoted(name)} {kind}")


def insert_rows(cursor: sqlite3.Cursor, key: str, receipt: int, rows: PackedRows) -> None:
    """Add the rows of one sheet that a receipt brought."""
    cursor.executemany(_insertion(key, rows.columns), [(receipt, *values) for values in rows.values])


@lru_cache
def _insertion(key: str, columns: tuple[str, ...]) -> str:
    names, marks = ", ".join(map(_quoted, columns)), ", ?" * len(columns)
    return f"INSERT INTO {table_of(key)} (receipt, {names}) VALUES (?{marks})"  # noqa: S608 - names of ours


def read_rows(connection: sqlite3.Connection, sheet: Sheet) -> Iterator[dict[str, Value]]:
    """The rows of a sheet in the accepted returns by column key, with whose they are and where they stood."""
    return _read(connection, sheet, [name for name in PLACE if name != "raw"])


def read_typed_rows(connection: sqlite3.Connection, sheet: Sheet) -> Iterator[dict[str, Value | Unreadable]]:
    """As `read_rows`; where no value could be read from a cell, what was typed there as Unreadable."""
    for row in _read(connection, sheet, PLACE):
        raw = json.loads(str(row.pop("raw")))
        yield {**row, **{key: Unreadable(text, "") for key, text in raw.items() if row[key] is None}}


def _read(connection: sqlite3.Connection, sheet: Sheet, place: Sequence[str]) -> Iterator[dict[str, Value]]:
    own = {"unit_id": "p.unit_id", "path": "p.path"}
    names = ["unit_id", "path", *place, *sheet.keys]
    columns = ", ".join(own.get(name, f"r.{_quoted(name)}") for name in names)
    query = (
        f"SELECT {columns} FROM {table_of(sheet.key)} r JOIN receipt p ON p.id = r.receipt"  # noqa: S608 - names of ours
        " WHERE p.outcome = 'accepted' ORDER BY p.unit_id, r.rowid"
    )
    types = {column.key: column.type for column in sheet}
    for values in connection.execute(query):
        yield {name: loaded(types.get(name, Type.TEXT), value) for name, value in zip(names, values, strict=True)}


def table_of(key: str) -> str:
    """The name of a sheet's table."""
    return f"row_{key}"


def _quoted(name: str) -> str:
    return f'"{name}"'
