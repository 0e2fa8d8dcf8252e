"""What was recognised in a file → the rows that the store keeps, by sheet key."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from qingdan_xl.collecting.form import Form
from qingdan_xl.collecting.matching import DutyRow, Matched, answered, person_key
from qingdan_xl.issuing.succession import Lineage
from qingdan_xl.model import Origin
from qingdan_xl.problems import Problem, problem
from qingdan_xl.sheets.declaration import Type
from qingdan_xl.sheets.own import is_answer
from qingdan_xl.sheets.reading import Row
from qingdan_xl.sheets.unit import ASSIGNMENTS, DUTIES, LOG, ROW_ID, SIGNATURES
from qingdan_xl.sheets.values import BLANK, Parsed, half_width

_SHOWN_TEXT = 20

Rows = Mapping[str, Sequence[Row]]


def collected_rows(matched: Matched, form: Form, newest: Form | None) -> tuple[Rows, list[Problem]]:
    """The rows to keep: answers beside what was issued, one row a letter of the matrix, signatures that were given.

    Where the unit was sent a later form, row ids and labels are those of `newest`; answers to duties that it no longer
    holds are kept apart (`gone_name`), each with a `row-retired`; log rows that are tied to one count nowhere, each
    `label-retired`.
    """
    lineage = Lineage(form.plan, newest.plan) if newest else None
    ids = lineage.names() if lineage else {row_id: row_id for row_id in form.rows}
    rows: dict[str, Sequence[Row]] = {key: _chosen(found, key, form) for key, found in matched.ledgers.items()}
    rows[DUTIES.key] = _chosen([_duty(duty, ids[duty.issued.id], form) for duty in matched.duties], DUTIES.key, form)
    people = form.people
    rows[ASSIGNMENTS.key] = [
        row for line in matched.matrix for name in people for row in _assignment(line, name, form.lists["raci"], ids)
    ]
    rows[SIGNATURES.key] = [row for row in rows.get(SIGNATURES.key, ()) if _is_signed(row)]
    if lineage is None:
        return rows, []
    rows[LOG.key] = _relabelled(rows.get(LOG.key, ()), lineage.labels())
    return rows, _retired(matched, form, lineage.successors())


def _retired(matched: Matched, form: Form, ids: Mapping[str, str]) -> list[Problem]:
    """What was filled in for duties that the newest list no longer holds."""
    labels = {row.label for _, row in form.plan.rows() if row.id not in ids}
    return [
        *(
            problem("row-retired", duty.row.origin("text"), text=duty.issued.duty.text[:_SHOWN_TEXT])
            for duty in matched.duties
            if duty.issued.id not in ids and is_answered(duty.row)
        ),
        *(
            problem("label-retired", row.origin("duty"), text=row.text("duty")[:_SHOWN_TEXT])
            for row in matched.ledgers.get(LOG.key, ())
            if row.text("duty") in labels
        ),
    ]


def _chosen(rows: Sequence[Row], key: str, form: Form) -> Sequence[Row]:
    """The rows of a sheet; a word that the list of an own column does not hold is kept as typed, without a value."""
    lists = {own.key: own.choices for own in form.plan.own if own.sheet == key and own.type is Type.CHOICE}
    return [_known_words(row, lists) for row in rows] if lists else rows


def _known_words(row: Row, lists: Mapping[str, Sequence[str]]) -> Row:
    typed = {key: row.cells.get(key, BLANK) for key in lists}
    unknown = {key: replace(cell, value=None) for key, cell in typed.items() if cell.value not in (None, *lists[key])}
    return replace(row, cells={**row.cells, **unknown}) if unknown else row


def is_answered(row: Row) -> bool:
    """Whether anything stands in the answers of a duty row that people type themselves."""
    return any(row.text(key) for key in row.cells if is_answer(key))


def raci_of(row: Row, name: str) -> str:
    """The letter typed for a person in a row of the matrix, '' for none; A and R in any order and parting are AR."""
    return _raci(row.text(person_key(name)))


@lru_cache(maxsize=256)
def _raci(text: str) -> str:
    typed = half_width(text).strip().upper()
    return "AR" if sorted(typed.replace("/", "").replace("、", "")) == ["A", "R"] else typed


def person_origin(row: Row, name: str) -> Origin:
    """The cell of a person in a row of the matrix."""
    return row.origin(person_key(name))


def _duty(duty: DutyRow, row_id: str, form: Form) -> Row:
    text, section = duty.issued.duty.text or duty.row.text("text"), duty.issued.section
    issued = {ROW_ID.key: row_id, "number": duty.issued.duty.number, "section": section, "text": text}
    answers = {c.key: duty.row.cells[c.key] for c in answered(form).answers if c.key in duty.row.cells}
    if duty.row.value("deadline") is not None and duty.row.value("deadline") == form.due_day(duty.issued):
        answers["deadline"] = BLANK  # a date of the list is no answer: it goes when the list drops it
    return replace(duty.row, cells={key: Parsed(value, value) for key, value in issued.items()} | answers)


def _assignment(line: Row, name: str, letters: Sequence[str], ids: Mapping[str, str]) -> list[Row]:
    """The row for one person in a line of the matrix, none where nothing is typed; only letters of the list count."""
    row_id, letter = ids.get(line.text(ROW_ID.key)), raci_of(line, name)
    if row_id is None or not letter:
        return []
    cells = {
        ROW_ID.key: Parsed(row_id, row_id),
        "person": Parsed(name, name),
        "raci": Parsed(letter if letter in letters else None, line.text(person_key(name))),
    }
    return [replace(line, cells=cells, letters={"raci": line.letters[person_key(name)]})]


def _is_signed(row: Row) -> bool:
    return any(row.text(column.key) for column in SIGNATURES.answers)


def _relabelled(rows: Sequence[Row], labels: Mapping[str, str]) -> list[Row]:
    return [
        replace(row, cells={**row.cells, "duty": Parsed(labels.get(label, label), label)})
        if (label := row.text("duty"))
        else row
        for row in rows
    ]
