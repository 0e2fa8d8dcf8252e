"""A unit's answers on their way into its next workbook: those that have a place there, and those that have none."""

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from qingdan_xl.counting.periods import Calendar
from qingdan_xl.issuing.carrying import Carried
from qingdan_xl.issuing.duties import not_asked
from qingdan_xl.issuing.plan import UnitPlan
from qingdan_xl.issuing.proposal import Assignment, propose
from qingdan_xl.issuing.succession import Lineage, changes, followed, labels_of
from qingdan_xl.model import Origin
from qingdan_xl.sheets.choices import PERIODS_OF_SIGNING
from qingdan_xl.sheets.declaration import Column, Sheet, Type
from qingdan_xl.sheets.own import heading_of, is_own, with_own
from qingdan_xl.sheets.unit import ASSIGNMENTS, DUTIES, LEDGERS, LOG, ROW_ID, SIGNATURES
from qingdan_xl.sheets.values import Unreadable, Value
from qingdan_xl.sheets.writing import Cell, Closed

TypedRow = Mapping[str, Value | Unreadable]
"""A stored row by column key; Unreadable is what was typed where no value was read."""
_WHOLE = 100
_NOBODY = Assignment("", ())
NO_TEXT, NO_COLUMN = "是公式、错误值或图片，没有文字可带", "新的填报表没有这一列"
NO_PERSON, NO_PERIOD = "花名册中已没有这个人", "新的填报表没有这个审签事项"
_WHY_CLOSED = {"deadline": "新的清单定了时限", "ratio": "新的清单不要求填比例"}


@dataclass(frozen=True, slots=True)
class Lost:
    """An answer that the next workbook has no place for: where it stood, under which heading, and why."""

    origin: Origin
    heading: str
    text: str
    why: str


@dataclass(slots=True)
class Tally:
    """How many answers have a place in the next workbook, and what has none.

    `as_typed` of the `answers` are texts that no value could be read from. `gone` is how many answers each duty had
    that the unit no longer holds, by its row id; `untied` the labels of such duties that rows of the log are tied to.
    """

    answers: int = 0
    as_typed: int = 0
    lost: list[Lost] = field(default_factory=list)
    gone: Counter[str] = field(default_factory=Counter)
    untied: list[str] = field(default_factory=list)

    def cells(self, row: TypedRow, sheet: Sheet, closed: Mapping[str, Closed]) -> dict[str, Cell]:
        """The answers of a row that have a place, as cells hold them; the others are put down as lost.

        `closed` are the cells that the next workbook does not ask for, by key.
        """
        columns = {column.key: column for column in sheet.answers}
        kept: dict[str, Cell] = {}
        for key, value in answers_of(row, sheet).items():
            column = columns.get(key)
            if column is None:
                self.lose(row, key, heading_of(key), value, NO_COLUMN)
            elif key in closed:
                if value != closed[key].shown:
                    self.lose(row, key, column.heading, value, _WHY_CLOSED[key])
            elif isinstance(value, Unreadable) and not value.is_typed:
                self.lose(row, key, column.heading, value, NO_TEXT)
            else:
                kept[key] = _cell(column, value)
                self.as_typed += isinstance(value, Unreadable)
        self.answers += len(kept)
        return kept

    def lose(self, row: TypedRow, key: str, heading: str, value: Value | Unreadable, why: str) -> None:
        """Put an answer down as one without a place."""
        number, letter = row["row"], json.loads(str(row["letters"])).get(key, "")
        where = Origin(str(row["path"]), str(row["sheet_title"]), number if isinstance(number, int) else None, letter)
        self.lost.append(Lost(where, heading, str(value), why))


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What a unit's next workbook starts with, and what became of the answers it gave."""

    start: Carried
    tally: Tally


@dataclass(frozen=True, slots=True)
class _Following:
    """What the row ids of the stored rows are called next, and what we had filled in under them."""

    line: Lineage
    ids: Mapping[str, str]
    filled: Mapping[str, Assignment]


def hand_over(
    line: Lineage, answered: UnitPlan, rows: Mapping[str, Sequence[TypedRow]], calendar: Calendar
) -> HandedOver:
    """One unit's stored rows by sheet key as what its next workbook starts with.

    `answered` is the plan that its return was made for. A name or letter that we filled in and nobody changed is no
    answer: it goes by the roster as it is now.
    """
    tally = Tally()
    following = _Following(line, line.successors(), _filled_in(line, answered))
    start = Carried(
        changes(line.last, line.next),
        _duties(tally, following, rows.get(DUTIES.key, ()), calendar),
        _letters(tally, following, rows.get(ASSIGNMENTS.key, ())),
        _ledgers(tally, line, rows),
        _signatures(tally, line, rows.get(SIGNATURES.key, ())),
    )
    return HandedOver(start, tally)


def answers_of(row: TypedRow, sheet: Sheet) -> dict[str, Value | Unreadable]:
    """What stands in the cells of a row that people fill, those of own columns of any batch among them, by key."""
    keys = {column.key for column in sheet.answers}
    return {key: value for key, value in row.items() if value is not None and (key in keys or is_own(key))}


def _filled_in(line: Lineage, answered: UnitPlan) -> dict[str, Assignment]:
    """What we filled in where the unit answered, by what its stored rows are called: those of a return that came after
    a later batch go straight to it, those that were there before went from batch to batch.
    """  # noqa: D205 - one sentence
    sent = [*line.before, line.last]
    start = next((at for at, plan in enumerate(sent) if plan.batch == answered.batch), len(sent) - 1)
    ways = followed((answered, line.last)), followed((answered, *sent[start + 1 :]))
    proposed = {row.id: propose(answered, sheet, row) for sheet, row in answered.rows()}
    return {way[row_id]: assignment for way in ways for row_id, assignment in proposed.items()}


def _duties(
    tally: Tally, following: _Following, rows: Sequence[TypedRow], calendar: Calendar
) -> dict[str, dict[str, Cell]]:
    sheet = with_own(DUTIES, following.line.next.own)
    asked = {row.id: row for _, row in following.line.next.rows()}
    found = {}
    for row in rows:
        key = str(row[ROW_ID.key])
        typed = _without(row, following.filled.get(key, _NOBODY))
        if new := following.ids.get(key):
            found[new] = tally.cells(typed, sheet, not_asked(asked[new].duty, calendar))
        elif given := len(answers_of(typed, sheet)):
            tally.gone[key] += given
    return found


def _without(row: TypedRow, filled: Assignment) -> TypedRow:
    """The row without the names that we filled in."""
    ours = {"leader": filled.lead, "owner": filled.owner}
    return {key: None if key in ours and value == ours[key] else value for key, value in row.items()}


def _letters(tally: Tally, following: _Following, rows: Sequence[TypedRow]) -> dict[str, dict[str, str]]:
    """The letters of the matrix that people chose, by row id and person; '' where they took ours away."""
    given: dict[str, dict[str, TypedRow]] = defaultdict(dict)
    for row in rows:
        given[str(row[ROW_ID.key])][str(row["person"])] = row
    people = {person.name for person in following.line.next.people}
    found = {}
    for key, by_person in given.items():
        chosen = _chosen(by_person, following.filled.get(key, _NOBODY))
        if key not in following.ids:
            tally.gone += Counter({key: sum(map(bool, chosen.values()))})  # of none there is nothing to add
            continue
        for name in [name for name, letter in chosen.items() if letter and name not in people]:
            tally.lose(by_person[name], "raci", name, chosen[name], NO_PERSON)
        found[following.ids[key]] = {name: letter for name, letter in chosen.items() if name in people}
        tally.answers += sum(bool(letter) for letter in found[following.ids[key]].values())
    return {row_id: chosen for row_id, chosen in found.items() if chosen}


def _chosen(by_person: Mapping[str, TypedRow], filled: Assignment) -> dict[str, str]:
    """The letters of one duty that are not as we filled them in."""
    ours, typed = filled.letters, {name: str(row["raci"]) for name, row in by_person.items()}
    names = dict.fromkeys([*typed, *ours])
    return {name: typed.get(name, "") for name in names if typed.get(name, "") != ours.get(name, "")}


def _ledgers(tally: Tally, line: Lineage, rows: Mapping[str, Sequence[TypedRow]]) -> dict[str, list[dict[str, Cell]]]:
    labels = line.labels()
    dropped = labels_of(line.last) - labels.keys() - labels_of(line.next)
    found = {}
    for sheet in LEDGERS:
        whole = with_own(sheet, line.next.own)
        cells = (tally.cells(row, whole, {}) for row in rows.get(sheet.key, ()))
        found[sheet.key] = [each for each in cells if each]
    tied = [str(row.get("duty")) for row in found[LOG.key]]
    tally.untied += [label for label in tied if label in dropped]
    found[LOG.key] = [
        row | {"duty": labels.get(label, row.get("duty"))} for row, label in zip(found[LOG.key], tied, strict=True)
    ]
    return found


def _signatures(tally: Tally, line: Lineage, rows: Sequence[TypedRow]) -> dict[str, dict[str, Cell]]:
    sheet = with_own(SIGNATURES, line.next.own)
    found = {}
    for row in rows:
        period = str(row["period"])
        if period in PERIODS_OF_SIGNING:
            found[period] = tally.cells(row, sheet, {})
        else:
            for key, value in answers_of(row, sheet).items():
                tally.lose(row, key, period, value, NO_PERIOD)
    return found


def _cell(column: Column, value: Value | Unreadable) -> Cell:
    if isinstance(value, Unreadable):
        return value.text
    if column.type is Type.PERCENT and value is not None and not isinstance(value, str):
        return value / _WHOLE  # type: ignore[operator]  # a percent is stored as a number of hundredths
    return value
