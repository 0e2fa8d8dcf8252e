"""How the store's file is opened and laid out, and how the layout of an older program becomes today's."""

import sqlite3
from contextlib import ExitStack
from pathlib import Path, PurePath
from urllib.parse import quote

from qingdan_xl.model import Origin
from qingdan_xl.problems import UnusableError, problem

_PATIENCE = 30  # seconds to wait for a reader or writer of another process
# each script leads from the version of its place to the next; a file without a version may hold the first already
MIGRATIONS = (
    """
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
""",
    """
CREATE TABLE IF NOT EXISTS score_sheet (
    batch TEXT NOT NULL, rater_id TEXT NOT NULL, issued_at TEXT NOT NULL, grp TEXT NOT NULL, name TEXT NOT NULL,
    path TEXT NOT NULL, sha256 TEXT NOT NULL, fingerprint TEXT NOT NULL, plan TEXT NOT NULL, withdrawn INTEGER NOT NULL,
    PRIMARY KEY (batch, rater_id));
""",
    # what summaries remember; an earlier program kept it without the batch that its row ids are of
    """
CREATE TABLE IF NOT EXISTS summary_file (sha256 TEXT PRIMARY KEY, ours INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS remark (unit_id, row_id, kind, text, unit, role, holder, duty, written);
CREATE TABLE IF NOT EXISTS stood (scope, as_of, unit_id, row_id, light, status, done);
CREATE TABLE IF NOT EXISTS reminder (unit_id, row_id, cause, said);
ALTER TABLE remark RENAME TO earlier_remark;
ALTER TABLE stood RENAME TO earlier_stood;
ALTER TABLE reminder RENAME TO earlier_reminder;
CREATE TABLE remark (
    unit_id TEXT NOT NULL, row_id TEXT NOT NULL, batch TEXT NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL,
    unit TEXT NOT NULL, role TEXT NOT NULL, holder TEXT NOT NULL, duty TEXT NOT NULL, written TEXT NOT NULL,
    PRIMARY KEY (unit_id, row_id, batch, kind));
CREATE TABLE stood (
    scope TEXT NOT NULL, as_of TEXT NOT NULL, batch TEXT NOT NULL, unit_id TEXT NOT NULL, row_id TEXT NOT NULL,
    light TEXT NOT NULL, status TEXT NOT NULL, done INTEGER);
CREATE TABLE reminder (
    unit_id TEXT NOT NULL, row_id TEXT NOT NULL, batch TEXT NOT NULL, cause TEXT NOT NULL, said TEXT NOT NULL,
    PRIMARY KEY (unit_id, row_id, batch, cause, said));
CREATE TEMP TABLE newest AS
    SELECT coalesce((SELECT id FROM batch ORDER BY issued_at DESC, rowid DESC LIMIT 1), '') AS batch;
INSERT INTO remark SELECT unit_id, row_id, newest.batch, kind, text, unit, role, holder, duty, written
    FROM earlier_remark, newest;
INSERT INTO stood SELECT scope, as_of, newest.batch, unit_id, row_id, light, status, done FROM earlier_stood, newest;
INSERT INTO reminder SELECT unit_id, row_id, newest.batch, cause, said FROM earlier_reminder, newest;
DROP TABLE earlier_remark;
DROP TABLE earlier_stood;
DROP TABLE earlier_reminder;
DROP TABLE newest;
CREATE INDEX stood_by_day ON stood (scope, as_of);
""",
)
VERSION = len(MIGRATIONS)


def connect(path: Path | str) -> sqlite3.Connection:
    """Open a store for writing and bring its layout up to date.

    What is committed outlives a power cut. The journal is the plain one: writes come in groups, so that a write-ahead
    log would gain nothing, and that one cannot lie on a network share. UnusableError `newer-store`.
    """
    connection = sqlite3.connect(path, isolation_level=None, timeout=_PATIENCE)
    with ExitStack() as stack:
        stack.callback(connection.close)
        migrate(connection, str(path))
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.execute("PRAGMA synchronous=EXTRA")
        stack.pop_all()  # it stays open for who asked for it
    return connection


def migrate(connection: sqlite3.Connection, name: str) -> None:
    """Bring a store's layout up to date, one version after the other; UnusableError `newer-store`."""
    (found,) = connection.execute("PRAGMA user_version").fetchone()
    if found > VERSION:
        raise UnusableError(problem("newer-store", Origin(name), found=found, known=VERSION))
    for version, script in enumerate(MIGRATIONS[found:], found + 1):
        connection.executescript(f"BEGIN IMMEDIATE;{script}PRAGMA user_version={version};COMMIT;")


def readable(path: Path) -> sqlite3.Connection:
    """The store's file as it is, for reading; a transaction that was cut off is undone first, where that may be."""
    return sqlite3.connect(f"{file_uri(path.absolute())}?mode=rw", uri=True, timeout=_PATIENCE)


def file_uri(path: PurePath) -> str:
    """An absolute path as SQLite takes it: a share's name belongs to the path, not to the place of a computer."""
    plain = path.as_posix()
    return f"file://{'' if plain.startswith('/') else '/'}{quote(plain, safe='/:')}"
