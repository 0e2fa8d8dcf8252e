"""What a workbook starts with when a unit is sent one again: the answers it gave, and the marks of what changed."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from qingdan_xl.issuing.plan import UnitPlan
from qingdan_xl.issuing.succession import changes, successors
from qingdan_xl.sheets.declaration import Column, Type
from qingdan_xl.sheets.own import with_own
from qingdan_xl.sheets.unit import ASSIGNMENTS, DUTIES, LEDGERS, LOG, ROW_ID, SIGNATURES
from qingdan_xl.sheets.values import Value
from qingdan_xl.sheets.writing import Cell

Cells = Mapping[str, Cell]
StoredRow = Mapping[str, Value]
_WHOLE = 100


@dataclass(frozen=True, slots=True)
class Carried:
    """Cells by column key: of duties by row id, of ledgers by sheet key, of signatures by period.

    `letters` are those of the matrix by row id and person; `marks` are the words of 变动 by row id.
    """

    marks: Mapping[str, str] = field(default_factory=dict)
    duties: Mapping[str, Cells] = field(default_factory=dict)
    letters: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    ledgers: Mapping[str, Sequence[Cells]] = field(default_factory=dict)
    signatures: Mapping[str, Cells] = field(default_factory=dict)


NOTHING = Carried()


def relabelled(old: UnitPlan, new: UnitPlan) -> Mapping[str, str]:
    """关联事项: what each label of the older plan is called in the newer one."""
    labels = {row.id: row.label for _, row in new.rows()}
    ids = successors(old, new)
    return {row.label: labels[ids[row.id]] for _, row in old.rows() if row.id in ids}


def marked(old: UnitPlan, new: UnitPlan) -> Carried:
    """Only the marks of what changed."""
    return Carried(changes(old, new))


def carried(old: UnitPlan, new: UnitPlan, rows: Mapping[str, Sequence[StoredRow]]) -> Carried:
    """One unit's stored rows (by sheet key, with the row ids and labels of `old`) as the cells of its next workbook.

    Answers to duties that `new` no longer holds are left out.
    """
    ids, labels = successors(old, new), relabelled(old, new)
    letters: dict[str, dict[str, str]] = defaultdict(dict)
    for row in rows.get(ASSIGNMENTS.key, ()):
        if str(row[ROW_ID.key]) in ids:
            letters[ids[str(row[ROW_ID.key])]][str(row["person"])] = str(row["raci"])
    ledgers = {
        sheet.key: [_answers(with_own(sheet, new.own).answers, row) for row in rows.get(sheet.key, ())]
        for sheet in LEDGERS
    }
    ledgers[LOG.key] = [row | {"duty": labels.get(str(row.get("duty")), row.get("duty"))} for row in ledgers[LOG.key]]
    answers, signed = with_own(DUTIES, new.own).answers, with_own(SIGNATURES, new.own).answers
    return Carried(
        changes(old, new),
        {ids[key]: _answers(answers, row) for row in rows.get(DUTIES.key, ()) if (key := str(row[ROW_ID.key])) in ids},
        dict(letters),
        ledgers,
        {str(row["period"]): _answers(signed, row) for row in rows.get(SIGNATURES.key, ())},
    )


def _answers(columns: Sequence[Column], row: StoredRow) -> dict[str, Cell]:
    """The answers that are not blank, as cells hold them."""
    return {column.key: _cell(column, value) for column in columns if (value := row.get(column.key)) is not None}


def _cell(column: Column, value: Value) -> Cell:
    if column.type is Type.PERCENT and not isinstance(value, str) and value is not None:
        return value / _WHOLE  # type: ignore[operator]  # a percent is stored as a number of hundredths
    return value
