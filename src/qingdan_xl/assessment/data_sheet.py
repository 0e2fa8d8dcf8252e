"""考核数据.xlsx: what people type about units, read as facts and kept complete; what they typed is never touched."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO

import openpyxl
from openpyxl.cell.cell import Cell as PageCell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from qingdan_xl.assessment.data import AUTOMATIC, automatic, data_names
from qingdan_xl.assessment.facts import Amount, Facts, Subject
from qingdan_xl.assessment.items import ItemRule
from qingdan_xl.assessment.kinds import in_range
from qingdan_xl.assessment.rules import Scheme
from qingdan_xl.assessment.trail import plain
from qingdan_xl.packages.respelled import respelled
from qingdan_xl.problems import Problem, problem
from qingdan_xl.roster import did_you_mean
from qingdan_xl.sheets.reading import Row, column_letter, find_columns, load_grids, read_table
from qingdan_xl.sheets.scheme_items import SCORE_DATA, ItemRuleKind
from qingdan_xl.sheets.writing import LISTS_TITLE, Book, clean, list_name

_NO_YEAR = 0  # the sheet holds no dates
_SPARE = 30  # blank rows drawn ready for what happens
_JUDGED = frozenset({ItemRuleKind.JUDGED_DEDUCTION, ItemRuleKind.JUDGED_AWARD})
Wanted = tuple[str, str]
"""A row that waits for its number: the subject's label and the data."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What 考核数据.xlsx says: facts by subject id, the problems found, and the rows that are there."""

    facts: Mapping[str, Facts]
    problems: tuple[Problem, ...] = ()
    there: frozenset[Wanted] = frozenset()


NOTHING_TYPED = Typed({})


def read_data(data: bytes, file: str, subjects: Sequence[Subject], scheme: Scheme) -> Typed:
    """Read 考核数据.xlsx; `subjects` are all units and people that may be named in it.

    Problems: those of the table, `scheme-unit` for an unknown name, `data-idle` for data that no rule takes in,
    `data-automatic`, `data-person`, `level-unknown`, `judgement-range`. Raises UnusableError where it is no workbook.
    """
    table = read_table(SCORE_DATA, load_grids(data, file), file, _NO_YEAR)
    known = {subject.label: subject for subject in subjects}
    rows = [row for row in table.rows if row.text("unit") and row.text("data")]
    amounts: dict[str, dict[str, list[Amount]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        if row.text("unit") in known:
            amounts[known[row.text("unit")].id][row.text("data")].append(_amount(row))
    facts = {key: Facts({name: tuple(found) for name, found in own.items()}) for key, own in amounts.items()}
    problems = [fault for row in rows for fault in _row_problems(row, known, scheme)]
    there = frozenset((row.text("unit"), row.text("data")) for row in rows)
    return Typed(facts, (*table.problems, *problems), there)


def _amount(row: Row) -> Amount:
    value = row.value("amount")
    words = row.text("reason")
    if evidence := row.text("evidence"):
        words = f"{words}（依据：{evidence}）"
    levels = (row.text("level"), row.text("degree"))
    return Amount(value if isinstance(value, Decimal) else None, words, row.origin("amount"), levels)


def _row_problems(row: Row, known: Mapping[str, Subject], scheme: Scheme) -> Iterator[Problem]:
    name, data = row.text("unit"), row.text("data")
    subject = known.get(name)
    if subject is None:
        hint = did_you_mean(name, list(known))
        yield problem("scheme-unit", row.origin("unit"), sheet=SCORE_DATA.title, name=name, hint=hint)
    elif subject.label != subject.unit:
        yield problem("data-person", row.origin("unit"), name=name)
    if automatic(data):
        yield problem("data-automatic", row.origin("data"), name=data)
    rules = [rule for rule in scheme.item_rules if data in {rule.data, rule.base_data}]
    if not rules:
        yield problem("data-idle", row.origin("data"), name=data, hint=did_you_mean(data, typed_names(scheme)))
    for rule in rules:
        yield from _rule_problems(row, rule, scheme)


def _rule_problems(row: Row, rule: ItemRule, scheme: Scheme) -> Iterator[Problem]:
    """What a rule cannot take of the row: a judgement outside its range, a level that is in none of its tables."""
    value = row.value("amount")
    if rule.kind in _JUDGED and isinstance(value, Decimal) and not in_range(value, rule):
        limits = f"{plain(rule.low or Decimal(0))}－{plain(rule.high or Decimal(0))}"
        yield problem("judgement-range", row.origin("amount"), value=plain(value), limits=limits)
    if rule.kind is ItemRuleKind.LEVELS and value:
        for table, key in zip(rule.options, _LEVELS, strict=False):
            if scheme.option(table, row.text(key)) is None:
                words = [option.word for option in scheme.options if option.table == table]
                hint = did_you_mean(row.text(key), words)
                yield problem("level-unknown", row.origin(key), name=row.text(key) or "（空）", table=table, hint=hint)


_LEVELS = ("level", "degree")


def typed_names(scheme: Scheme) -> tuple[str, ...]:
    """The data of the scheme's rules that people have to type."""
    return tuple(name for name in data_names(scheme) if not automatic(name))


def check_untyped(typed: Typed, scheme: Scheme) -> list[Problem]:
    """The data that no row and no automatic count gives, though a rule takes it in for 0 then."""
    there = {name for _, name in typed.there}
    rules = {rule.data: rule for rule in scheme.item_rules if not rule.waits}
    return [
        problem("data-untyped", rules[name].origin, name=name, hint=did_you_mean(name, [*AUTOMATIC]))
        for name in typed_names(scheme)
        if name in rules and name not in there
    ]


def wanted_rows(subjects: Iterable[Subject], scheme: Scheme) -> list[Wanted]:
    """The rows that must be there: for every unit the data without which a rule of its items cannot be worked out."""
    typed = frozenset(typed_names(scheme))
    return [
        (subject.label, name)
        for subject in subjects
        for name in dict.fromkeys(
            name
            for item in scheme.items_of(subject.kind)
            for rule in scheme.rules_of(item)
            for name in _must_have(rule)
        )
        if name in typed
    ]


def _must_have(rule: ItemRule) -> Iterator[str]:
    if rule.waits:
        yield rule.data
    if rule.base_data:
        yield rule.base_data


def data_lists(subjects: Iterable[Subject], scheme: Scheme) -> dict[str, tuple[str, ...]]:
    """What may be chosen in 考核数据, by list: subjects, data to be typed, the words of the first and second levels."""
    tables: tuple[list[str], list[str]] = ([], [])
    for rule in scheme.item_rules:
        for found, table in zip(tables, rule.options, strict=False):
            found.append(table)
    level, degree = (
        tuple(dict.fromkeys(option.word for option in scheme.options if option.table in found)) for found in tables
    )
    labels = tuple(subject.label for subject in subjects)
    return {"subject": labels, "data": typed_names(scheme), "level": level, "degree": degree}


def data_workbook(rows: Iterable[Wanted], lists: Mapping[str, Sequence[str]]) -> bytes:
    """A new 考核数据.xlsx with these rows to be filled, and room for what happens."""
    book = Book(lists)
    ready = [{"unit": name, "data": data} for name, data in rows]
    book.add(SCORE_DATA, [*ready, *[{}] * _SPARE])
    return book.to_bytes()


def completed(data: bytes, rows: Sequence[Wanted], lists: Mapping[str, Sequence[str]]) -> bytes | None:
    """The same workbook with these rows behind the last one and the lists as they are now; None where it has all.

    Everything else stays as people left it: their rows, order, columns, sheets and notes.
    """
    book = openpyxl.load_workbook(BytesIO(data))
    renewed = _renew_lists(book, lists)
    if not rows and not renewed:
        return None
    if rows:
        _append(book[SCORE_DATA.title], rows, data)
    buffer = BytesIO()
    book.save(buffer)
    return respelled(buffer.getvalue())


def _append(page: Worksheet, rows: Sequence[Wanted], data: bytes) -> None:
    grid = load_grids(data, "")[SCORE_DATA.title]
    start, places = find_columns(SCORE_DATA, grid)
    filled = [number for number, cells in enumerate(grid) if any(cell not in {"", None} for cell in cells)]
    first = max(start, *filled) + 2
    for number, (name, what) in enumerate(rows, first):
        for index in range(1, page.max_column + 1):
            model, cell = page.cell(start + 2, index), page.cell(number, index)
            if isinstance(model, PageCell) and isinstance(cell, PageCell):
                cell._style = copy(model._style)  # type: ignore[attr-defined]  # noqa: SLF001 - its way of copying a look
        page.cell(number, places["unit"] + 1, clean(name))
        page.cell(number, places["data"] + 1, clean(what))


def _renew_lists(book: Workbook, lists: Mapping[str, Sequence[str]]) -> bool:
    """Write the lists that changed on their hidden sheet; whether any did."""
    if LISTS_TITLE not in book.sheetnames:
        return False
    page = book[LISTS_TITLE]
    columns = {page.cell(1, index).value: index for index in range(1, page.max_column + 1)}
    changed = False
    for key, words in lists.items():
        column = columns.get(list_name(key))
        if not words or column is None:
            continue
        there = [page.cell(row, column).value for row in range(2, page.max_row + 1)]
        wanted = [clean(word) for word in words]
        if [word for word in there if word] == wanted:
            continue
        for row in range(2, max(page.max_row, len(wanted) + 1) + 1):
            page.cell(row, column, wanted[row - 2] if row - 2 < len(wanted) else None)
        letter = column_letter(column - 1)
        book.defined_names[list_name(key)].attr_text = f"'{LISTS_TITLE}'!${letter}$2:${letter}${len(wanted) + 1}"
        changed = True
    return changed
