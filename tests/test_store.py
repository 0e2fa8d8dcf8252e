"""The store's file: laid out by version, whole after a cut, and readable where nothing may be written."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from qingdan_xl.problems import UnusableError
from qingdan_xl.sheets.declaration import Type
from qingdan_xl.sheets.reading import Row
from qingdan_xl.sheets.unit import DUTIES
from qingdan_xl.sheets.values import parse_value
from qingdan_xl.store import Entry, Outcome, Receipt, Store, packed
from qingdan_xl.store.schema import VERSION
from returns import ON_TIME


def version(path: Path) -> int:
    """The version that the file bears."""
    with closing(sqlite3.connect(path)) as file:
        return int(file.execute("PRAGMA user_version").fetchone()[0])


def test_a_store_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    """It is neither written nor read, and both versions are named."""
    path = tmp_path / "qingdan.db"
    Store(path).close()
    with closing(sqlite3.connect(path)) as file:
        file.execute(f"PRAGMA user_version={VERSION + 1}")
    before = path.read_bytes()

    for opened in (Store, Store.copy_of):
        with pytest.raises(UnusableError) as refused:
            opened(path)
        assert [found.code for found in refused.value.problems] == ["newer-store"]
        assert f"格式 {VERSION + 1}，本程序认得到 {VERSION}" in refused.value.problems[0].what
    assert path.read_bytes() == before


def test_a_store_from_before_versions_is_brought_up_to_date(tmp_path: Path) -> None:
    """What it holds stays, also where it kept a write-ahead log; a copy for reading leaves its file as it was."""
    path = tmp_path / "qingdan.db"
    with closing(Store(path)) as store:
        key = store.key()
        store.record([Entry(Receipt("收件/甲.xlsx", "1", ON_TIME, Outcome.IGNORED))])
    with closing(sqlite3.connect(path)) as file:
        file.execute("PRAGMA journal_mode=WAL")
        file.execute("PRAGMA user_version=0")

    with closing(Store.copy_of(path)) as copy:
        assert (copy.key(), len(copy.receipts()), version(path)) == (key, 1, 0)
    with closing(Store(path)) as store:
        assert (store.key(), len(store.receipts())) == (key, 1)
        assert store.connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert version(path) == VERSION


def test_a_group_is_kept_whole_or_not_at_all(tmp_path: Path) -> None:
    """Where one of a group cannot be kept none is, and the store goes on."""
    with closing(Store(tmp_path / "qingdan.db")) as store:
        first = Entry(Receipt("收件/甲.xlsx", "1", ON_TIME, Outcome.IGNORED))
        with pytest.raises(sqlite3.IntegrityError):
            store.record([first, first])
        none = store.receipts()
        store.record([first])

        assert (len(none), len(store.receipts())) == (0, 1)


def test_the_raw_text_is_kept_where_the_value_does_not_say_it(tmp_path: Path) -> None:
    """６０％ stays as it was typed beside the 60 that it means; a text that is its own value is kept once."""
    cells = {"progress": parse_value(Type.PERCENT, "６０％", 2026), "report": parse_value(Type.LONG, "推进", 2026)}
    row = Row(5, cells, {}, "甲.xlsx", "清单")
    with closing(Store(tmp_path / "qingdan.db")) as store:
        receipt = Receipt("收件/甲.xlsx", "1", ON_TIME, Outcome.ACCEPTED, unit_id="U001")
        store.record([Entry(receipt, packed({DUTIES.key: [row]}))])
        kept = store.connection.execute("SELECT progress, report, raw FROM row_duty").fetchall()

    assert [(progress, report, json.loads(raw)) for progress, report, raw in kept] == [
        ("60", "推进", {"progress": "６０％"})
    ]
