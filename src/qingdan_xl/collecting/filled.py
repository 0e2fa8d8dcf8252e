"""Whether a file was filled in at all: what we filled in ourselves when it was issued says nothing."""

from collections.abc import Iterator

from qingdan_xl.collecting.form import Form
from qingdan_xl.collecting.matching import DutyRow, Matched
from qingdan_xl.collecting.rows import is_answered, raci_of
from qingdan_xl.issuing.proposal import Assignment, propose
from qingdan_xl.sheets.unit import LEDGERS, ROW_ID, SIGNATURES


def is_filled(matched: Matched, form: Form) -> bool:
    """Whether the unit typed anything; outside a year folder nobody knows which names and letters were ours."""
    return any(_signs(matched, form))


def _signs(matched: Matched, form: Form) -> Iterator[bool]:
    """One sign after the other, the common ones first."""
    yield any(is_answered(duty.row) for duty in matched.duties)
    yield any(
        row.text(column.key)
        for sheet in map(form.sheet, (*LEDGERS, SIGNATURES))
        for row in matched.ledgers.get(sheet.key, ())
        for column in sheet.answers
    )
    if form.issued_texts:
        proposed = {row.id: propose(form.plan, sheet, row) for sheet, row in form.plan.rows()}
        yield any(_is_reassigned(duty, proposed[duty.issued.id], form) for duty in matched.duties)
        yield any(
            raci_of(row, name) not in ("", assigned.letters.get(name))
            for row in matched.matrix
            if (assigned := proposed.get(row.text(ROW_ID.key)))
            for name in form.people
        )


def _is_reassigned(duty: DutyRow, proposed: Assignment, form: Form) -> bool:
    """Whether another leader, owner or date stands beside a duty than was issued."""
    row, due = duty.row, form.due_day(duty.issued)
    names = row.text("leader") not in ("", proposed.lead) or row.text("owner") not in ("", proposed.owner)
    return names or (row.text("deadline") != "" and (due is None or row.value("deadline") != due))
