"""What is said to be done is shown to be done, and when."""

from collections.abc import Iterable, Sequence

from qingdan_xl.collecting.form import Form
from qingdan_xl.collecting.matching import DutyRow, Matched
from qingdan_xl.collecting.wording import listed
from qingdan_xl.counting.progress import Activity, fits
from qingdan_xl.issuing.activities import activities
from qingdan_xl.problems import Problem, problem
from qingdan_xl.sheets.choices import CLOSED, DONE
from qingdan_xl.sheets.reading import Row
from qingdan_xl.sheets.unit import ISSUES, LOG


def check_evidence(matched: Matched, form: Form) -> list[Problem]:
    """A duty that is done has evidence, in its row or in a log row that counts for it."""
    done = [duty for duty in matched.duties if duty.row.value("status") == DONE and not duty.row.text("evidence")]
    evident = (row for row in matched.ledgers.get(LOG.key, ()) if row.text("evidence"))
    proven = _activities(evident, form) if done else ()
    return [
        problem("done-without-evidence", duty.row.origin("evidence"), status=DONE)
        for duty in done
        if not any(_counts(activity, duty) for activity in proven)
    ]


def check_done_dates(matched: Matched, form: Form) -> list[Problem]:
    """A duty that is done has a date: 完成时限, or that of a log row that counts for it or is tied to it."""
    # the form has no column for the day on which a duty was done: these are what says when
    undated = [
        duty
        for duty in matched.duties
        if duty.row.value("status") == DONE and duty.row.value("deadline") is None and not form.due_day(duty.issued)
    ]
    logged = _activities(matched.ledgers.get(LOG.key, ()), form) if undated else ()
    undated = [duty for duty in undated if not _is_logged(duty, logged)]
    return [
        problem(
            "done-without-date",
            found[0].row.origin("deadline"),
            status=DONE,
            count=len(found),
            numbers=listed(duty.issued.duty.number for duty in found),
        )
        for sheet in form.plan.sheets
        if (found := [duty for duty in undated if duty.sheet == sheet])
    ]


def check_closed(matched: Matched, _form: Form) -> list[Problem]:
    """An issue that is closed says when."""
    return [
        problem("closed-without-date", row.origin("closed"), status=CLOSED)
        for row in matched.ledgers.get(ISSUES.key, ())
        if row.value("status") == CLOSED and not row.text("closed")
    ]


def _activities(rows: Iterable[Row], form: Form) -> Sequence[Activity]:
    return activities(({key: row.value(key) for key in LOG.keys} for row in rows), form.plan)


def _counts(activity: Activity, duty: DutyRow) -> bool:
    """Whether a log row counts for one of the duty's demands."""
    return any(
        fits(activity, target, duty.issued.id, duty.sheet.holder)
        for target in duty.issued.duty.targets
        if target.category
    )


def _is_logged(duty: DutyRow, logged: Sequence[Activity]) -> bool:
    return any(activity.row_id == duty.issued.id or _counts(activity, duty) for activity in logged)
