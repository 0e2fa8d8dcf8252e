"""Fingerprints of what a result is made of: the same values give the same one, however files and rows are ordered."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from hashlib import sha256
from typing import Any

from qingdan_xl import __version__
from qingdan_xl.assessment.facts import Facts
from qingdan_xl.assessment.rules import Scheme
from qingdan_xl.assessment.trail import plain
from qingdan_xl.counting.periods import Calendar
from qingdan_xl.model import Roster
from qingdan_xl.sheets.declaration import Sheet
from qingdan_xl.sheets.ratings import RATINGS as GIVEN
from qingdan_xl.sheets.unit import COLLECTED
from qingdan_xl.sheets.values import Value
from qingdan_xl.store import Store
from qingdan_xl.store.packing import PLACE

RETURNS, DATA, RATINGS = "填报内容和收件", "考核数据", "评委评分"
ISSUED, ROSTER, SCHEME, APPEALS = "下发的清单", "花名册", "考核办法", "复核申诉"
SETTINGS, DAY = "年度设置", "截至日期"
OF_ONE = frozenset({RETURNS, DATA, RATINGS})  # each subject has its own


@dataclass(frozen=True, slots=True)
class Made:
    """What a result was made of: fingerprints of the inputs by what they are, and of each subject's own by its id."""

    inputs: Mapping[str, str]
    own: Mapping[str, str]
    program: str

    @property
    def mark(self) -> str:
        """The one fingerprint of all inputs and the program, as it stands on paper."""
        return digest([*(f"{name}={value}" for name, value in self.inputs.items()), self.program])


def canonical(value: Any) -> str:  # noqa: ANN401 - any value of ours
    """A value as text, without the places (Origin) that it stood at.

    What a dataclass has as by default is left out, so that a field that a later program adds changes nothing.
    """
    if isinstance(value, Enum):
        return repr(value.value)
    if isinstance(value, Decimal):
        return plain(value)
    if is_dataclass(value) and not isinstance(value, type):
        own = {name: getattr(value, name) for name, usual in _fields(type(value)) if getattr(value, name) != usual}
        return f"{type(value).__name__}({','.join(f'{name}={canonical(one)}' for name, one in own.items())})"
    if isinstance(value, Mapping):
        return f"{{{','.join(sorted(f'{canonical(key)}:{canonical(own)}' for key, own in value.items()))}}}"
    if isinstance(value, tuple | list):
        return f"[{','.join(map(canonical, value))}]"
    return repr(value)


@lru_cache
def _fields(kind: Any) -> tuple[tuple[str, Any], ...]:  # noqa: ANN401 - any dataclass
    """The names and defaults of its fields, but of those that say where it stood."""
    return tuple((field.name, field.default) for field in fields(kind) if field.name != "origin")


def digest(texts: Iterable[str]) -> str:
    """The SHA-256 of texts, whatever their order."""
    whole = sha256()
    for text in sorted(texts):
        whole.update(f"{len(text)}:{text}".encode())
    return whole.hexdigest()


def returns_by_unit(store: Store) -> dict[str, str]:
    """What came back of each unit by id: its receipts, and the rows that count."""
    found: dict[str, list[str]] = defaultdict(list)
    for receipt in store.receipts():
        if not receipt.of_rater:
            found[receipt.unit_id].append(canonical(replace(receipt, id=None)))
    for sheet in COLLECTED:
        for row in store.rows(sheet):
            found[str(row["unit_id"])].append(_row(sheet, row))
    return {unit: digest(texts) for unit, texts in found.items()}


def ratings_by_subject(store: Store) -> dict[str, str]:
    """What raters gave each subject, by its id."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in store.rows(GIVEN):
        found[str(row["subject"])].append(_row(GIVEN, row))
    return {subject: digest(texts) for subject, texts in found.items()}


def _row(sheet: Sheet, row: Mapping[str, Value]) -> str:
    """A row without the place it stood at."""
    own = sorted((key, value) for key, value in row.items() if key not in PLACE and value is not None)
    return f"{sheet.key} {own!r}"


def data_by_subject(facts: Mapping[str, Facts]) -> dict[str, str]:
    """What people typed about each subject, by its id; a row that waits for its number says nothing."""
    found: dict[str, list[str]] = defaultdict(list)
    for key, one in facts.items():
        for name, amounts in one.amounts.items():
            found[key] += [f"{name} {canonical(amount)}" for amount in amounts if amount.value is not None]
    return {key: digest(texts) for key, texts in found.items() if texts}


def scheme_digests(scheme: Scheme) -> Iterator[tuple[str, str]]:
    """Of the scheme, and of the decisions on appeals that are counted with it."""
    yield SCHEME, digest([canonical(replace(scheme, appeals=()))])
    yield APPEALS, digest(map(canonical, scheme.appeals))


def roster_digest(roster: Roster) -> str:
    """Of all units and people; their order means nothing."""
    return digest([*map(canonical, roster.units), *map(canonical, roster.people)])


def made_of(store: Store, roster: Roster, facts: Mapping[str, Facts], scheme: Scheme, calendar: Calendar) -> Made:
    """What a result is made of, and of each subject what is its own; `facts` are what people typed, by subject id."""
    parts = {
        RETURNS: returns_by_unit(store),
        DATA: data_by_subject(facts),
        RATINGS: ratings_by_subject(store),
    }
    whole = {name: digest(f"{key} {own}" for key, own in part.items()) for name, part in parts.items()}
    shared = {
        ISSUED: digest(store.snapshots().values()),
        ROSTER: roster_digest(roster),
        **dict(scheme_digests(scheme)),
        SETTINGS: digest([f"{calendar.year} {calendar.about_days}"]),
        DAY: calendar.as_of.isoformat(),
    }
    ids = {key for part in parts.values() for key in part}
    own = {key: digest(f"{name} {part[key]}" for name, part in parts.items() if key in part) for key in ids}
    return Made({**whole, **shared}, own, __version__)
