"""Rows that came back follow their duties into a list that is sent later."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping

from qingdan_xl.sheets.declaration import Sheet
from qingdan_xl.sheets.own import is_answer
from qingdan_xl.sheets.unit import LOG, ROW_ID
from qingdan_xl.store.batches import Move
from qingdan_xl.store.receipts import Outcome
from qingdan_xl.store.tables import table_of

_THERE = (
    "SELECT r.rowid, r.{0} FROM {1} r JOIN receipt p ON p.id = r.receipt"
    " WHERE p.outcome = 'accepted' AND p.unit_id = ? AND r.{0} IS NOT NULL"
)
_ACCEPTED, _SUPERSEDED = Outcome.ACCEPTED.value, Outcome.SUPERSEDED.value
_OF = "FROM {1} r JOIN receipt p ON p.id = r.receipt WHERE p.outcome = '{2}'"
_GONE = "gone:"
_IS_GONE = f"substr(r.{{0}}, 1, {len(_GONE)}) = '{_GONE}'"


def gone_name(batch: str, row_id: str) -> str:
    """What a row is called whose duty has gone: by the last batch that held it, so that it may be found again."""
    return f"{_GONE}{batch}:{row_id}"


def gone_rows(connection: sqlite3.Connection, sheets: Iterable[Sheet]) -> Mapping[str, frozenset[str]]:
    """What rows of the accepted returns are called by `gone_name`, by unit id."""
    query = f"SELECT DISTINCT p.unit_id, r.{{0}} {_OF} AND {_IS_GONE}"
    tables = [table_of(sheet.key) for sheet in sheets if ROW_ID.key in sheet.keys]
    return _by_unit(row for each in tables for row in connection.execute(query.format(ROW_ID.key, each, _ACCEPTED)))


def gone_answers(connection: sqlite3.Connection, duties: Sheet) -> Mapping[str, Mapping[str, str]]:
    """Answers that people typed beside such duties in superseded returns: unit id → name of the row → the last file."""
    typed = " OR ".join(f'r."{column.key}" IS NOT NULL' for column in duties if is_answer(column.key))
    query = f"SELECT p.unit_id, r.{{0}}, p.path {_OF} AND {_IS_GONE} AND ({typed}) ORDER BY p.id"
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for unit_id, name, path in connection.execute(query.format(ROW_ID.key, table_of(duties.key), _SUPERSEDED)):
        found[unit_id][name] = path
    return found


def tied_labels(connection: sqlite3.Connection) -> Mapping[str, frozenset[str]]:
    """The labels of duties that rows of the log are tied to, by unit id."""
    query = f"SELECT DISTINCT p.unit_id, r.{{0}} {_OF} AND r.{{0}} IS NOT NULL"
    return _by_unit(connection.execute(query.format("duty", table_of(LOG.key), _ACCEPTED)))


def _by_unit(pairs: Iterable[tuple[str, str]]) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for unit_id, name in pairs:
        found[unit_id].add(name)
    return {unit_id: frozenset(names) for unit_id, names in found.items()}


def follow(cursor: sqlite3.Cursor, sheets: Iterable[Sheet], move: Move) -> None:
    """Let a unit's rows bear the ids and labels of its new list, as the move says."""
    for sheet in sheets:
        if ROW_ID.key in sheet.keys:
            table = table_of(sheet.key)
            ids = cursor.execute(_THERE.format(ROW_ID.key, table), (move.unit_id,)).fetchall()
            cursor.executemany(
                f"UPDATE {table} SET {ROW_ID.key} = ? WHERE rowid = ?",  # noqa: S608 - names of ours
                [(move.ids[row_id], row) for row, row_id in ids if move.ids.get(row_id, row_id) != row_id],
            )
    labels = cursor.execute(_THERE.format("duty", table_of(LOG.key)), (move.unit_id,)).fetchall()
    cursor.executemany(
        f"UPDATE {table_of(LOG.key)} SET duty = ? WHERE rowid = ?",  # noqa: S608 - names of ours
        [(move.labels[label], row) for row, label in labels if move.labels.get(label, label) != label],
    )
