"""The checks of one filled workbook: each a sentence of the manual and a small function; CHECKS is all of them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from qingdan_xl.collecting.done_checks import check_closed, check_done_dates, check_evidence
from qingdan_xl.collecting.filled import is_filled
from qingdan_xl.collecting.form import Form
from qingdan_xl.collecting.matching import DutyRow, Mark, Matched, answered, doubled_headings
from qingdan_xl.collecting.rows import person_origin, raci_of
from qingdan_xl.collecting.text_dates import check_outer_blanks, check_text_dates
from qingdan_xl.collecting.wording import by_sheet, listed, rows_text
from qingdan_xl.model import Origin
from qingdan_xl.problems import Problem, problem
from qingdan_xl.roster import did_you_mean, split_names
from qingdan_xl.sheets.choices import STATUS_SYNONYMS
from qingdan_xl.sheets.declaration import Column, Sheet, Type
from qingdan_xl.sheets.reading import Row, cell_problems, shown_words
from qingdan_xl.sheets.unit import LEDGERS, LOG, ROW_ID, SIGNATURES
from qingdan_xl.sheets.values import BLANK

Check = Callable[[Matched, Form], list[Problem]]

_TEXTS = frozenset({Type.TEXT, Type.LONG, Type.CHOICE, Type.PERSON})
_SHOWN_TEXT = 24
_AROUND = 8
_FULL_SCORE = 100
_ACCOUNTABLE, _RESPONSIBLE = "A", "R"


def check_sheets(matched: Matched, _form: Form) -> list[Problem]:
    """Every sheet that was issued comes back; a copy of a sheet is not read."""
    return [
        *(problem("missing-sheet", Origin(matched.file, title), sheet=title) for title in matched.missing),
        *(problem("sheet-copied", Origin(matched.file, copy), original=original) for copy, original in matched.copies),
    ]


def check_headings(matched: Matched, _form: Form) -> list[Problem]:
    """The headings of a sheet are all there, each once; their order does not matter."""
    found = []
    for page in matched.pages:
        lost = [column for column in page.sheet if column.key not in page.layout[1] and not column.hidden]
        found += [
            problem("missing-heading", Origin(matched.file, page.title), heading=column.heading) for column in lost
        ]
        twice = doubled_headings(page)
        found += [problem("heading-twice", Origin(matched.file, page.title), heading=heading) for heading in twice]
    return found


def check_row_ids(matched: Matched, _form: Form) -> list[Problem]:
    """Row ids stay as issued; a row without its own is told by its exact text, or not read; once a sheet."""
    by_mark = {Mark.TEXT: "row-id-missing", Mark.MOVED: "row-id-moved"}
    return [
        *(
            problem(code, _id_cell(rows[0]), rows=rows_text(rows))
            for mark, code in by_mark.items()
            for rows in by_sheet(duty.row for duty in matched.duties if duty.mark is mark)
        ),
        *(
            problem("row-id-twice", _id_cell(rows[0]), rows=rows_text(rows), row_ids=listed(_ids(rows)))
            for rows in by_sheet(matched.doubled)
        ),
        *(problem("row-id-lost", _id_cell(rows[0]), rows=rows_text(rows)) for rows in by_sheet(matched.strays)),
    ]


def check_rows_lost(matched: Matched, form: Form) -> list[Problem]:
    """Every duty that was issued is in the file that comes back."""
    there = {duty.issued.id for duty in matched.duties}
    return [
        problem(
            "row-lost",
            Origin(matched.file, sheet.title),
            number=row.duty.number,
            text=row.duty.text[:_SHOWN_TEXT] or row.label,
        )
        for sheet, row in form.plan.rows()
        if row.id not in there and sheet.title not in matched.missing
    ]


def check_duty_text(matched: Matched, _form: Form) -> list[Problem]:
    """The duty's text is the issued one; where it was edited the difference is reported."""
    return [
        problem("text-edited", duty.row.origin("text"), difference=_difference(duty))
        for duty in matched.duties
        if duty.mark is Mark.EDITED and "text" in duty.row.letters
    ]


def check_cells(matched: Matched, form: Form) -> list[Problem]:
    """Dates and numbers can be read; formulas, errors and pictures are no answers; a log row has what it needs."""
    duties = [fault for duty in matched.duties for fault in cell_problems(answered(form), duty.row)]
    ledgers = [fault for sheet, rows in _ledgers(matched, form) for row in rows for fault in cell_problems(sheet, row)]
    # statuses not filled are told once a sheet, by check_filled
    return [*(fault for fault in duties if fault.code != "needs-value"), *ledgers]


def check_characters(matched: Matched, form: Form) -> list[Problem]:
    """Texts hold only characters that people see, and no more than a cell can hold."""
    return [
        problem("odd-characters", row.origin(column.key), heading=column.heading)
        for column, row in _cells(matched, form, lambda column: column.editable and column.type in _TEXTS)
        if row.cells[column.key].value != row.cells[column.key].raw and not row.cells[column.key].fault
    ]


def check_choices(matched: Matched, form: Form) -> list[Problem]:
    """Statuses, categories and levels are words of their lists; a near miss is asked about, never taken."""
    return [
        problem(
            "not-a-choice",
            row.origin(column.key),
            heading=column.heading,
            text=text,
            choices=shown_words(form.lists[column.choices]) + _hint(text, form.lists[column.choices]),
        )
        for column, row in _cells(matched, form, lambda column: column.type is Type.CHOICE)
        if column.choices not in ("", "duty")
        and (text := str(row.value(column.key) or ""))
        and text not in form.lists[column.choices]
    ]


def check_letters(matched: Matched, form: Form) -> list[Problem]:
    """The matrix holds only the letters R, A, C and I."""
    letters, people = form.lists["raci"], form.people
    return [
        problem(
            "not-a-choice", person_origin(row, name), heading=name, text=raci_of(row, name), choices="、".join(letters)
        )
        for row in matched.matrix
        for name in people
        if raci_of(row, name) not in ("", *letters)
    ]


def check_leaders(matched: Matched, form: Form) -> list[Problem]:
    """Every duty of the matrix has exactly one A and at least one R; AR is both."""
    people = form.people
    found: list[Problem] = []
    lacking: dict[str, list[Row]] = {"no-leader": [], "no-responsible": []}
    for row in matched.matrix:
        names = [name for name in people if _ACCOUNTABLE in raci_of(row, name)]
        if len(names) > 1:
            where = person_origin(row, names[1])
            found.append(
                problem("two-leaders", where, number=_matrix_number(row), count=len(names), names="、".join(names))
            )
        if row.text(ROW_ID.key) in form.hashes:
            carried = any(_RESPONSIBLE in raci_of(row, name) for name in people)
            lacking["no-leader"] += [] if names else [row]
            lacking["no-responsible"] += [] if carried else [row]
    for code, rows in lacking.items():
        if rows and people:
            numbers = listed(_matrix_number(row) for row in rows)
            found.append(problem(code, person_origin(rows[0], people[0]), count=len(rows), numbers=numbers))
    return found


def check_people(matched: Matched, form: Form) -> list[Problem]:
    """Leaders, owners, hosts and signers are people of the unit."""
    people = form.people
    return [
        problem(
            "unknown-person", row.origin(column.key), heading=column.heading, name=name, hint=did_you_mean(name, people)
        )
        for column, row in _cells(matched, form, lambda column: column.type is Type.PERSON)
        if people and row.value(column.key) not in people
        for name in split_names(str(row.value(column.key) or ""))
        if name not in people
    ]


def check_labels(matched: Matched, form: Form) -> list[Problem]:
    """A log row's 关联事项 names a duty of the unit, or the row counts for none."""
    labels = {row.label for _, row in form.plan.rows()}
    return [
        problem("unknown-label", row.origin("duty"), text=row.text("duty")[:_SHOWN_TEXT])
        for row in matched.ledgers.get(LOG.key, ())
        if row.text("duty") and row.text("duty") not in labels
    ]


def check_log_dates(matched: Matched, form: Form) -> list[Problem]:
    """The dates of the log lie in the year of the list."""
    year = form.plan.year
    return [
        problem("date-outside-year", row.origin("date"), date=day, year=year)
        for row in matched.ledgers.get(LOG.key, ())
        if isinstance(day := row.value("date"), date) and day.year != year
    ]


def check_hosts(matched: Matched, form: Form) -> list[Problem]:
    """A log row has one host; where a personal list counts its category it has one at all."""
    log, people = matched.ledgers.get(LOG.key, ()), form.people
    hosts = ((row, split_names(row.text("host"))) for row in log if row.value("host") not in people)
    found = [
        problem("two-hosts", row.origin("host"), count=len(names), names="、".join(names))
        for row, names in hosts
        if len(names) > 1
    ]
    blank = [row for row in log if "host" in row.letters and not row.text("host")]
    counted = _counted_by_host(form) if blank else ()
    blank = [row for row in blank if (row.text("category"), row.text("duty")) in counted]
    if blank:
        numbers = listed(row.number for row in blank)
        found.append(problem("no-host", blank[0].origin("host"), count=len(blank), rows=numbers))
    return found


def check_due_dates(matched: Matched, form: Form) -> list[Problem]:
    """A date that was issued stays: another one typed over it is kept, and the issued one is what counts."""
    typed = ((duty, duty.row.value("deadline"), form.due_day(duty.issued)) for duty in matched.duties)
    return [
        problem("due-changed", duty.row.origin("deadline"), issued=due, found=day)
        for duty, day, due in typed
        if day is not None and due is not None and day != due
    ]


def check_anything(matched: Matched, form: Form) -> list[Problem]:
    """A file that comes back as it went out is told as such."""
    untouched = matched.duties and not is_filled(matched, form)
    return [problem("nothing-filled", Origin(matched.file))] if untouched else []


def check_filled(matched: Matched, form: Form) -> list[Problem]:
    """Every duty has a status; those without are reported once a sheet."""
    found = []
    for sheet in form.plan.sheets:
        blank = [duty for duty in matched.duties if duty.sheet == sheet and not duty.row.text("status")]
        if blank:
            numbers = (duty.issued.duty.number for duty in blank)
            where = blank[0].row.origin("status")
            found.append(problem("not-filled", where, count=len(blank), numbers=listed(numbers)))
    return found


def check_self_scores(matched: Matched, _form: Form) -> list[Problem]:
    """Self scores lie between 0 and 100."""
    scores = [(duty, duty.row.value("self_score")) for duty in matched.duties]
    return [
        problem("self-score-range", duty.row.origin("self_score"), score=score)
        for duty, score in scores
        if isinstance(score, Decimal) and not 0 <= score <= _FULL_SCORE
    ]


CHECKS: list[Check] = [
    check_sheets,
    check_headings,
    check_row_ids,
    check_rows_lost,
    check_duty_text,
    check_due_dates,
    check_cells,
    check_characters,
    check_choices,
    check_people,
    check_labels,
    check_letters,
    check_leaders,
    check_anything,
    check_filled,
    check_evidence,
    check_done_dates,
    check_closed,
    check_log_dates,
    check_text_dates,
    check_outer_blanks,
    check_hosts,
    check_self_scores,
]


def run_checks(matched: Matched, form: Form) -> list[Problem]:
    """All problems of a file in the order of CHECKS."""
    return [fault for check in CHECKS for fault in check(matched, form)]


def _id_cell(row: Row) -> Origin:
    """The row id's cell, or where its column is gone that of the text."""
    return row.origin(ROW_ID.key if ROW_ID.key in row.letters else "text")


def _ids(rows: Iterable[Row]) -> Iterable[str]:
    """The row ids that stand in the rows, each once."""
    return dict.fromkeys(row.text(ROW_ID.key) for row in rows)


def _ledgers(matched: Matched, form: Form) -> Iterator[tuple[Sheet, Sequence[Row]]]:
    for sheet in map(form.sheet, (*LEDGERS, SIGNATURES)):
        yield sheet, matched.ledgers.get(sheet.key, ())


def _cells(matched: Matched, form: Form, wanted: Callable[[Column], bool]) -> Iterator[tuple[Column, Row]]:
    """The filled cells of some columns in everything that people answer, row by row."""
    for sheet, rows in ((answered(form), [duty.row for duty in matched.duties]), *_ledgers(matched, form)):
        columns = [column for column in sheet if wanted(column)]
        for row in rows:
            for column in columns:
                if row.cells.get(column.key, BLANK).raw:
                    yield column, row


def _counted_by_host(form: Form) -> frozenset[tuple[str, str]]:
    """Category and 关联事项 ('' or a label) of the log rows that personal lists count."""
    return frozenset(
        (target.category, label)
        for sheet, row in form.plan.rows()
        if sheet.holder
        for target in row.duty.targets
        if target.category
        for label in ("", row.label)
    )


def _hint(text: str, choices: Sequence[str]) -> str:
    """The word of a list that a text may stand for, as a question to end a sentence with."""
    meant = next((word for word, others in STATUS_SYNONYMS.items() if text in others and word in choices), text)
    return did_you_mean(meant, choices)


def _matrix_number(row: Row) -> str:
    """A duty's number as the matrix shows it, with its list: several lists have a duty of that number."""
    return f"{row.text('sheet')} {row.text('number')}".strip()


def _difference(duty: DutyRow) -> str:
    """Where the text that came back parts from the issued one, and where they meet again."""
    issued, found = "".join(duty.issued.duty.text.split()), "".join(duty.row.text("text").split())
    if not issued:
        return "与下发时的文字不一致"
    if not found:
        return "文字被清空"
    start = _common_start(issued, found)
    same_end = _common_start(issued[start:][::-1], found[start:][::-1])
    before, after = issued[start : len(issued) - same_end], found[start : len(found) - same_end]
    where = f"“{issued[max(0, start - _AROUND) : start]}”之后" if start else "开头"
    if not before:
        return f"{'末尾' if start == len(issued) else where}加了“{after[:_SHOWN_TEXT]}”"
    if not after:
        return f"{where}少了“{before[:_SHOWN_TEXT]}”"
    return f"{where}，“{before[:_SHOWN_TEXT]}”变成“{after[:_SHOWN_TEXT]}”"


def _common_start(one: str, other: str) -> int:
    pairs = zip(one, other, strict=False)
    return next((index for index, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
