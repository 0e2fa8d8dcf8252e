"""What leaders type into 汇总.xlsx: merged into what stands already, and put back at the same unit and duty."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from qingdan_xl.sheets.summary import REMARKS

KINDS = tuple(column.key for column in REMARKS)
HEADINGS = {column.key: column.heading for column in REMARKS}

Row = tuple[str, str]
"""Unit id and row id; '' as row id for the unit itself."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a remark stands: a unit, one of its duty rows ('' for the unit itself), and which column.

    `batch` is '' where the row stands today, else the last batch that held it.
    """

    unit_id: str
    row_id: str
    kind: str
    batch: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """The words that tell what a remark was about, should its row be gone one day."""

    unit: str = ""
    role: str = ""
    holder: str = ""
    duty: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark; `written` is the day it was read. An empty `text` says that somebody took the remark away."""

    place: Place
    text: str
    about: About = field(default_factory=About)
    written: date = date.min


@dataclass(frozen=True, slots=True)
class Typed:
    """A remark cell that a person changed: what we had written there, and what stands there now."""

    place: Place
    printed: str
    text: str
    about: About = field(default_factory=About)


@dataclass(frozen=True, slots=True)
class Placed:
    """The remarks of rows that exist, by unit id and row id, then by column; and those whose row is gone."""

    standing: Mapping[Row, Mapping[str, str]] = field(default_factory=dict)
    lost: tuple[Remark, ...] = ()


def merged(current: str, typed: Typed) -> str:
    """What stands after a person's change: the new text, below the current one where that was changed elsewhere too."""
    if current == typed.printed or current in typed.text:
        return typed.text
    return current if typed.text in current else f"{current}\n{typed.text}"


def applied(remarks: Iterable[Remark], typed: Iterable[Typed], today: date) -> list[Remark]:
    """The remarks that the changes of one workbook leave behind, only those that are other than before."""
    before = {remark.place: remark.text for remark in remarks}
    texts = dict(before)
    about: dict[Place, About] = {}
    for change in typed:
        texts[change.place] = merged(texts.get(change.place, ""), change)
        about[change.place] = change.about
    return [
        Remark(place, texts[place], words, today)
        for place, words in about.items()
        if texts[place] != before.get(place, "")
    ]


def place_remarks(remarks: Iterable[Remark], rows: Collection[Row]) -> Placed:
    """Put each remark at its row.

    `rows` are all rows there are, those of units themselves too. A remark without a row is lost, never dropped.
    """
    standing: dict[Row, dict[str, str]] = defaultdict(dict)
    lost = []
    for remark in remarks:
        row = remark.place.unit_id, remark.place.row_id
        if remark.place.batch or row not in rows:
            lost.append(remark)
        else:
            standing[row][remark.place.kind] = remark.text
    return Placed(dict(standing), tuple(lost))


def lost_rows(lost: Iterable[Remark]) -> list[dict[str, Any]]:
    """未落位批示: the remarks whose unit or duty is not issued any more."""
    return [
        {
            "unit": remark.about.unit or remark.place.unit_id,
            "role": remark.about.role,
            "holder": remark.about.holder,
            "text": remark.about.duty,
            "kind": HEADINGS[remark.place.kind],
            "remark": remark.text,
            "written": remark.written,
        }
        for remark in lost
    ]


def printed_rows(placed: Placed, batch: str) -> list[dict[str, Any]]:
    """The hidden copy of what is written into the remark columns: what a person changed is told by it.

    Above it the batch whose rows these are: the workbook may come back after another one.
    """
    rows = [{"unit_id": unit, "row_id": row, **texts} for (unit, row), texts in placed.standing.items()]
    return [{"batch": batch}, *rows]
