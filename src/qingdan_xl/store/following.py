"""Rows that came back follow their duties into a list that is sent later."""

import sqlite3
from collections.abc import Iterable

from qingdan_xl.sheets.declaration import Sheet
from qingdan_xl.sheets.unit import LOG, ROW_ID
from qingdan_xl.store.batches import Move
from qingdan_xl.store.tables import table_of

_THERE = (
    "SELECT r.rowid, r.{0} FROM {1} r JOIN receipt p ON p.id = r.receipt"
    " WHERE p.outcome = 'accepted' AND p.unit_id = ? AND r.{0} IS NOT NULL"
)


def follow(cursor: sqlite3.Cursor, sheets: Iterable[Sheet], move: Move) -> None:
    """Let a unit's rows bear the ids and labels of its new list; those of duties that are gone bear `gone:`."""
    for sheet in sheets:
        if ROW_ID.key in sheet.keys:
            table = table_of(sheet.key)
            ids = cursor.execute(_THERE.format(ROW_ID.key, table), (move.unit_id,)).fetchall()
            cursor.executemany(
                f"UPDATE {table} SET {ROW_ID.key} = ? WHERE rowid = ?",  # noqa: S608 - names of ours
                [(move.ids.get(row_id, f"gone:{row_id}"), row) for row, row_id in ids],
            )
    labels = cursor.execute(_THERE.format("duty", table_of(LOG.key)), (move.unit_id,)).fetchall()
    cursor.executemany(
        f"UPDATE {table_of(LOG.key)} SET duty = ? WHERE rowid = ?",  # noqa: S608 - names of ours
        [(move.labels.get(label, label), row) for row, label in labels],
    )
