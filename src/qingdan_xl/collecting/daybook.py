"""Decisions on their way into the store: a file is acknowledged when its group is."""

import time
from dataclasses import replace
from pathlib import Path
from typing import Self

from qingdan_xl.collecting.outcome import Decision
from qingdan_xl.store import Entry, Receipt, Store
from qingdan_xl.workspace.files import make_durable

GROUP = 64  # files; the disk takes hardly longer for a group than for one
_LONGEST_WAIT = 1.0  # seconds after which a group goes with the next file that is decided, however few it has


class Daybook:
    """Takes decisions one by one and keeps them in groups: first the originals outlive a power cut, then the receipts.

    Until its group is full, or the next file comes late, a decision is not acknowledged: a run that is killed before
    decides anew. What is left is kept when the block ends, however it ends. OSError or sqlite3.Error where the disk
    fails.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._number = store.next_receipt()
        self._entries: list[Entry] = []
        self._originals: set[Path] = set()
        self._due = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._settle()

    def enter(self, decision: Decision, earlier: Receipt | None = None) -> Receipt:
        """Take a decision; gives its receipt with its number. `earlier` is the one of a try that came to nothing."""
        receipt = replace(decision.receipt, id=self._number)
        self._number += 1
        superseded = [old.id for old in decision.superseded if old.id is not None]
        entry = Entry(receipt, decision.rows, decision.problems, superseded, earlier.id if earlier else None)
        if not self._entries:
            self._due = time.monotonic() + _LONGEST_WAIT
        self._entries.append(entry)
        if decision.original:
            self._originals.add(decision.original)
        if len(self._entries) >= GROUP or time.monotonic() > self._due:
            self._settle()
        return receipt

    def _settle(self) -> None:
        entries, originals = self._entries, self._originals
        self._entries, self._originals = [], set()
        make_durable(originals)
        if entries:
            self._store.record(entries)
