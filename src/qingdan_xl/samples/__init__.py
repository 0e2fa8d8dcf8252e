"""The bundled sample year: five lists in the shapes of real ones, units and people with invented names."""

import csv
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from qingdan_xl.model import Origin, Person, Roster, Unit
from qingdan_xl.roster import split_names
from qingdan_xl.sheets.roster import UNITS


def sample_documents() -> dict[str, bytes]:
    """The sample lists as people would have them: file name → bytes."""
    return {item.name: item.read_bytes() for item in _folder() if item.name.endswith(".txt")}


def sample_roster() -> Roster:
    """The sample units and people."""
    return Roster(
        tuple(map(_unit, _table("单位.csv"))),
        tuple(
            Person(row["姓名"], row["单位"], row["职务"], split_names(row["角色"]), split_names(row["分管"]))
            for row in _table("人员.csv")
        ),
    )


def sample_unit_kinds() -> dict[tuple[str, str], tuple[str, ...]]:
    """What the coordinator fills in on review: (list's file name without suffix, role) → kinds of units it goes to."""
    return {(row["清单"], row["角色"]): split_names(row["适用类型"]) for row in _table("角色.csv")}


def _unit(row: dict[str, str]) -> Unit:
    """A unit; columns that are not ours are its extras."""
    ours = {column.heading: column.key for column in UNITS}
    cells: dict[str, Any] = {key: row[heading] for heading, key in ours.items()}
    extras = tuple((heading, cell) for heading, cell in row.items() if heading not in ours)
    return Unit(**cells, origin=Origin("单位.csv"), extras=extras)


def _folder() -> list[Traversable]:
    return sorted((files("qingdan_xl") / "samples").iterdir(), key=lambda item: item.name)


def _table(name: str) -> Iterator[dict[str, str]]:
    text = (files("qingdan_xl") / "samples" / name).read_text("utf-8-sig")
    return csv.DictReader(text.splitlines())
