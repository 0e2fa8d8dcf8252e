"""花名册.xlsx ⇄ Roster."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from hashlib import blake2b

from qingdan_xl.model import Person, Roster, Unit
from qingdan_xl.problems import Problem, problem
from qingdan_xl.sheets.declaration import Column, Sheet
from qingdan_xl.sheets.reading import Grid, Row, find_columns, load_grids, read_table
from qingdan_xl.sheets.roster import PEOPLE, UNITS
from qingdan_xl.sheets.values import as_text
from qingdan_xl.sheets.writing import Book, Cell

HEAD_WORD = "主要负责人"  # stands in the name of the role that a unit's head holds
_BODY = re.compile(r"(?:班子|党组|党委|党工委|党总支|支部|纪委|纪检监察组|支委会|委员会|领导小组|集体)$")
_ID_BYTES = (3, 6, 12, 24, 48)  # what was issued has the shortest; longer ones are for names that would share it
_IN_BRACKETS = re.compile(r"[（(][^（）()]*[）)]$")
_SEPARATORS = re.compile(r"[、，,；;/\n]+")


def is_body(role: str) -> bool:
    """Whether a role is a body that answers as a whole (领导班子, 党组（党委）, 党支部), not each of its members."""
    return bool(_BODY.search(role) or _BODY.search(_IN_BRACKETS.sub("", role)))


def split_names(text: str) -> tuple[str, ...]:
    """Names typed into one cell, in order, however they are set apart."""
    return tuple(part.strip() for part in _SEPARATORS.split(text) if part.strip())


def read_roster(data: bytes, file: str, year: int) -> tuple[Roster, list[Problem]]:
    """Read 花名册.xlsx; columns of 单位 that are not ours are the units' extras.

    Problems: those of the tables, `unit-twice`, `unknown-unit`, `person-twice`. Raises UnusableError where the file is
    no workbook.
    """
    grids = load_grids(data, file)
    extras = _added(grids.get(UNITS.title, ()))
    units, people = read_table(_with_extras(extras), grids, file, year), read_table(PEOPLE, grids, file, year)
    named = [row for row in units.rows if row.text("name")]
    made = _made_ids([row.text("name") for row in named], [row.text("id") for row in named])
    roster = Roster(
        tuple(_unit(row, extras, made) for row in named),
        tuple(_person(row) for row in people.rows if row.text("name")),
    )
    return roster, [*units.problems, *people.problems, *check_roster(roster)]


def _added(grid: Grid) -> tuple[str, ...]:
    """The headings that the office added beside ours."""
    start, places = find_columns(UNITS, grid)
    headings = enumerate(grid[start]) if start >= 0 else ()
    return tuple(dict.fromkeys(as_text(cell) for at, cell in headings if as_text(cell) and at not in places.values()))


def _with_extras(headings: Sequence[str]) -> Sheet:
    extras = tuple(Column(_extra_key(heading), heading, editable=True) for heading in headings)
    return replace(UNITS, columns=(*UNITS.columns, *extras))


def _extra_key(heading: str) -> str:
    return f"extra:{heading}"


def _made_ids(names: Iterable[str], typed: Iterable[str]) -> Mapping[str, str]:
    """The id of each unit that was given none, by name; where two would get the same one, the second gets a longer.

    Made from the name, and not from the place: rows may be inserted and sorted between two issues.
    """
    taken = {text.casefold() for text in typed}
    made: dict[str, str] = {}
    for name in sorted(set(names), key=lambda name: blake2b(name.encode()).digest()):
        tries = (f"U{blake2b(name.encode(), digest_size=size).hexdigest().upper()}" for size in _ID_BYTES)
        made[name] = next(each for each in tries if each.casefold() not in taken)
        taken.add(made[name].casefold())
    return made


def _unit(row: Row, extras: Sequence[str], made: Mapping[str, str]) -> Unit:
    cells = {key: row.text(key) for key in UNITS.keys}
    cells["id"] = cells["id"] or made[cells["name"]]
    added = tuple((heading, row.text(_extra_key(heading))) for heading in extras)
    return Unit(**cells, origin=row.origin("name"), extras=added)


def _person(row: Row) -> Person:
    return Person(
        row.text("name"),
        row.text("unit"),
        row.text("title"),
        split_names(row.text("roles")),
        split_names(row.text("oversees")),
        row.origin("name"),
    )


def check_roster(roster: Roster) -> list[Problem]:
    """Faults of the roster as a whole, each at its cell: a unit or person twice, a person of an unknown unit."""
    ids = Counter(unit.id.casefold() for unit in roster.units)  # people do not tell u1 from U1
    titles = Counter(unit.name for unit in roster.units)
    found = [
        *(_unit_twice(unit, "编号", unit.id) for unit in roster.units if ids[unit.id.casefold()] > 1),
        *(_unit_twice(unit, "名称", unit.name) for unit in roster.units if titles[unit.name] > 1),
    ]
    names = [unit.name for unit in roster.units]
    known = set(names)
    found += [
        problem(
            "unknown-unit", person.origin, name=person.name, named=person.unit, hint=did_you_mean(person.unit, names)
        )
        for person in roster.people
        if person.unit not in known
    ]
    counted = Counter((person.unit, person.name) for person in roster.people)
    found += [
        problem("person-twice", person.origin, name=person.name, named=person.unit)
        for person in roster.people
        if counted[person.unit, person.name] > 1
    ]
    return found


def _unit_twice(unit: Unit, label: str, value: str) -> Problem:
    return problem("unit-twice", unit.origin, label=label, value=value)


def did_you_mean(text: str, known: Sequence[str], least: float = 0.6) -> str:
    """A suggestion to end a sentence with: ，是不是“…”, or '' where nothing known is as close as `least` (0 to 1)."""
    close = get_close_matches(text, known, n=1, cutoff=least)
    return f"，是不是“{close[0]}”" if close else ""


def roster_workbook(roster: Roster) -> bytes:
    """花名册.xlsx with this roster and room for more rows."""
    book = Book()
    extras = dict.fromkeys(heading for unit in roster.units for heading, _ in unit.extras)
    book.add(_with_extras(tuple(extras)), [_unit_cells(unit) for unit in roster.units])
    book.add(PEOPLE, [_person_cells(person) for person in roster.people])
    return book.to_bytes()


def _unit_cells(unit: Unit) -> Mapping[str, Cell]:
    extras = {_extra_key(heading): cell for heading, cell in unit.extras}
    return {key: getattr(unit, key) for key in UNITS.keys} | extras


def _person_cells(person: Person) -> Mapping[str, Cell]:
    return {
        "name": person.name,
        "unit": person.unit,
        "title": person.title,
        "roles": "、".join(person.roles),
        "oversees": "、".join(person.oversees),
    }
