"""What 看板.html knows, as compact JSON: every duty row as a few small numbers into tables of words."""

import json
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any

from qingdan_xl.counting.progress import TargetProgress
from qingdan_xl.sheets.summary import LIGHT_KEYS, PRINTED_REMARKS
from qingdan_xl.summary.duties import NOBODY
from qingdan_xl.summary.frames import Frames, cells
from qingdan_xl.summary.intake import LATE, MISSING, RETURNED, UnitIntake
from qingdan_xl.summary.material import Material
from qingdan_xl.summary.own import of_duties
from qingdan_xl.summary.reasons import reason
from qingdan_xl.summary.remarks import HEADINGS, KINDS, Row
from qingdan_xl.summary.standing import Standing
from qingdan_xl.summary.status import open_days

STATES = (RETURNED, LATE, MISSING)
_LIGHTS = tuple(LIGHT_KEYS)
_UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


class _Table:
    """Words that many rows share, each once: `place` gives the index of a value."""

    def __init__(self) -> None:
        self.values: list[Any] = []
        self._places: dict[Hashable, int] = {}

    def place(self, key: Hashable, value: Any) -> int:  # noqa: ANN401 - whatever JSON holds
        """Where the value of this key stands; it is added when it is new."""
        if key not in self._places:
            self._places[key] = len(self.values)
            self.values.append(value)
        return self._places[key]

    def word(self, word: str) -> int:
        """Where a word stands."""
        return self.place(word, word)


class _Rows:
    """The duty rows of all units, one list a column."""

    def __init__(self, material: Material, remarked: Collection[Row]) -> None:
        self._as_of = material.calendar.as_of
        self._near_days = material.calendar.near_days
        self._first = date(material.calendar.year, 1, 1)
        self.roles, self.sections, self.people = _Table(), _Table(), _Table()
        self.duties, self.profiles, self.reasons = _Table(), _Table(), _Table()
        self._own = [column.key for column in of_duties(material)]
        self.written = _Table()
        self.columns: dict[str, list[int]] = {key: [] for key in ("duty", "person", "profile", "next", "ownAt")}
        self.lights: list[str] = []
        self.behind: dict[str, list[int]] = {key: [] for key in ("row", "since", "why")}
        self.places: dict[Row, int] = {}
        self._remarked = remarked

    def add(self, standing: Standing) -> None:
        """Put one duty row behind the others."""
        number = len(self.lights)
        if (standing.unit.id, standing.row_id) in self._remarked:
            self.places[standing.unit.id, standing.row_id] = number
        self.lights.append(_light(standing))
        self.columns["duty"].append(self._duty(standing))
        self.columns["person"].append(self.people.word(standing.person or NOBODY))
        self.columns["profile"].append(self._profile(standing))
        self.columns["next"].append(self.day(next(open_days(standing, self._as_of), None)))
        if self._own:
            self.columns["ownAt"].append(self.written.place(standing.answer.own, self._texts(standing)))
        if standing.since:
            self.behind["row"].append(number)
            self.behind["since"].append(self.day(standing.since))
            self.behind["why"].append(self.reasons.word(reason(standing, self._near_days)))

    def _texts(self, standing: Standing) -> list[str]:
        """What stands in the own columns, in their order, as people read it."""
        found = dict(standing.answer.own)
        return ["" if (value := found.get(key)) is None else str(value) for key in self._own]

    def _duty(self, standing: Standing) -> int:
        key = id(standing.duty), standing.role, standing.section
        return self.duties.place(
            key,
            [
                self.roles.word(standing.role),
                self.sections.word(standing.section or standing.role),
                standing.number,
                standing.text,
            ],
        )

    def _profile(self, standing: Standing) -> int:
        """What is asked for and done by month; standings share their targets, so ids tell equal ones."""
        key = standing.returned, *map(id, standing.targets)
        return self.profiles.place(key, _by_month(standing.targets) if standing.returned else [])

    def day(self, day: date | None) -> int:
        """Days from New Year; -1000 for none."""
        return (day - self._first).days if day else -1000


def _light(standing: Standing) -> str:
    """One sign: 0..7 for the light of what can be finished, a..h for what cannot, - for what did not come back."""
    if not standing.returned:
        return "-"
    place = _LIGHTS.index(standing.light)
    return str(place) if standing.closable else "abcdefgh"[place]


def _by_month(targets: Iterable[TargetProgress]) -> list[list[int]]:
    """Month from 0, asked for, done, lacking in windows that are over: the windows that end in it."""
    months: dict[int, list[int]] = {}
    for target in targets:
        short = set(map(id, target.short))
        for window in target.windows:
            month = months.setdefault(window.window.end.month - 1, [0, 0, 0])
            month[0] += window.required
            month[1] += window.counted
            month[2] += window.lacking if id(window) in short else 0
    return [[month, *counts] for month, counts in sorted(months.items())]


def page_data(material: Material, tables: Frames) -> dict[str, Any]:
    """Everything the page shows, as values that JSON holds.

    Rows stand by unit in the order of `units`; each unit says how many rows are its own. Dates are days from New Year.
    """
    remarks = {(row["unit_id"], row["row_id"]): row for row in cells(tables[PRINTED_REMARKS.key])}
    rows, kinds, groups = _Rows(material, remarks.keys()), _Table(), _Table()
    own = {unit: list(found) for unit, found in groupby(material.standings, key=attrgetter("unit.id"))}
    units = []
    for sent in material.intake.units:
        found = own.get(sent.unit.id, [])
        for standing in found:
            rows.add(standing)
        units.append(_unit(sent, kinds, groups, len(found)))
    return {
        "title": material.title,
        "year": material.calendar.year,
        "asOf": rows.day(material.calendar.as_of),
        "lights": _LIGHTS,
        "states": STATES,
        "kinds": kinds.values,
        "groups": groups.values,
        "units": units,
        "roles": rows.roles.values,
        "sections": rows.sections.values,
        "people": rows.people.values,
        "duties": rows.duties.values,
        "profiles": rows.profiles.values,
        "reasons": rows.reasons.values,
        "own": [column.heading for column in of_duties(material)],
        "written": rows.written.values,
        "light": "".join(rows.lights),
        **rows.columns,
        "behind": rows.behind,
        "remarks": {str(number): _remark_text(remarks[key]) for key, number in rows.places.items()},
    }


def _unit(sent: UnitIntake, kinds: _Table, groups: _Table, count: int) -> list[Any]:
    unit = sent.unit
    return [unit.name, kinds.word(unit.kind), groups.word(unit.group), STATES.index(sent.state), count]


def _remark_text(row: Mapping[str, Any]) -> str:
    """What leaders wrote at a duty, each with its heading."""
    return "；".join(f"{HEADINGS[kind]}：{row[kind]}" for kind in KINDS if row[kind])


def as_script(data: Mapping[str, Any]) -> Iterator[bytes]:
    """JSON in parts that can stand inside a script element: nothing a unit typed can end it."""
    for number, (key, value) in enumerate(data.items()):
        text = json.dumps({key: value}, ensure_ascii=False, separators=(",", ":"))[1:-1]
        for sign, escaped in _UNSAFE.items():
            text = text.replace(sign, escaped)
        yield f"{',' if number else '{'}{text}".encode()
    yield b"}"
