"""The embedded store (SQLite): batches, receipts, the rows that were read, and the problems found in them."""

from qingdan_xl.store.batches import PLAIN, Annex, Issued, Move
from qingdan_xl.store.database import Store
from qingdan_xl.store.opening import open_store, read_store
from qingdan_xl.store.packing import Packed, PackedRows, packed
from qingdan_xl.store.receipts import Entry, Outcome, Receipt

__all__ = [
    "PLAIN",
    "Annex",
    "Entry",
    "Issued",
    "Move",
    "Outcome",
    "Packed",
    "PackedRows",
    "Receipt",
    "Store",
    "open_store",
    "packed",
    "read_store",
]
