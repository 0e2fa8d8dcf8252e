"""The embedded store (SQLite): batches, receipts, the rows that were read, and the problems found in them."""

from qingdan_xl.store.batches import PLAIN, Annex, Issued, Move
from qingdan_xl.store.database import Store
from qingdan_xl.store.following import gone_name
from qingdan_xl.store.opening import open_store, read_store
from qingdan_xl.store.packing import Packed, PackedRows, packed
from qingdan_xl.store.receipts import Entry, Outcome, Receipt
from qingdan_xl.store.score_sheets import GroupIntake, IssuedScores, newest_sheets, scores_intake
from qingdan_xl.store.units import ByUnit

__all__ = [
    "PLAIN",
    "Annex",
    "ByUnit",
    "Entry",
    "GroupIntake",
    "Issued",
    "IssuedScores",
    "Move",
    "Outcome",
    "Packed",
    "PackedRows",
    "Receipt",
    "Store",
    "gone_name",
    "newest_sheets",
    "open_store",
    "packed",
    "read_store",
    "scores_intake",
]
