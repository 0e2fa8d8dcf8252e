"""办法对比.xlsx out of two results: who moves, by which items and rules, and where the schemes differ."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from xlsxwriter.worksheet import Worksheet

from qingdan_xl.assessment.comparing import ItemSum, Move, item_sums, reason
from qingdan_xl.assessment.grading import UNGROUPED
from qingdan_xl.assessment.rule_changes import RuleChange
from qingdan_xl.assessment.verdicts import Verdict
from qingdan_xl.sheets.bulk import add_many
from qingdan_xl.sheets.declaration import Sheet
from qingdan_xl.sheets.scheme_comparison import ITEM_SUMS, MOVES, RULE_CHANGES, SHIFTS
from qingdan_xl.sheets.styles import LIGHTS, PAPER
from qingdan_xl.sheets.writing import FIRST_ROW, Book, Cell

_Row = Mapping[str, Cell]
_COLOURS = {"<": "逾期", ">": "完成"}  # less and more points, in the colours of lights


@dataclass(frozen=True, slots=True)
class SchemeComparison:
    """One year by two schemes: their names, every subject, and in what the schemes differ."""

    before: str
    after: str
    moves: tuple[Move, ...]
    rules: tuple[RuleChange, ...]


def comparison_workbook(compared: SchemeComparison) -> bytes:
    """办法对比.xlsx; a table in which nothing stands is left out, but 得分变动 is always there."""
    book = Book(locked_fill=PAPER)
    head = f"原办法 {compared.before}，现办法 {compared.after}；"
    moves = replace(MOVES, purpose=f"{head}{MOVES.purpose}")
    tables: tuple[tuple[Sheet, list[_Row]], ...] = (
        (moves, [_move_row(move) for move in compared.moves]),
        (SHIFTS, [row for move in compared.moves for row in _shift_rows(move)]),
        (ITEM_SUMS, [_item_row(one) for one in item_sums(compared.moves)]),
        (RULE_CHANGES, [_rule_row(one) for one in compared.rules]),
    )
    for sheet, rows in tables:
        if rows or sheet is moves:
            _add(book, sheet, rows)
    return book.to_bytes()


def _add(book: Book, sheet: Sheet, rows: Sequence[_Row]) -> None:
    def read(start: int, end: int) -> Mapping[str, list[Cell]]:
        return {key: [row.get(key) for row in rows[start:end]] for key in sheet.keys}

    page = add_many(book, sheet, read, len(rows))
    if "unit" in sheet.keys:
        page.freeze_panes(FIRST_ROW, sheet.keys.index("unit") + 1)
    for key in {"change", "least"} & set(sheet.keys) if sheet.key != RULE_CHANGES.key else ():
        _shade(book, page, sheet.keys.index(key), len(rows))


def _shade(book: Book, page: Worksheet, col: int, rows: int) -> None:
    for sign, light in _COLOURS.items():
        rule = {"type": "cell", "criteria": sign, "value": 0, "format": book.styles.shade(*LIGHTS[light])}
        page.conditional_format(FIRST_ROW, col, FIRST_ROW + max(rows, 1) - 1, col, rule)


def _move_row(move: Move) -> _Row:
    cells: dict[str, Cell] = {
        "group": move.verdict.group or UNGROUPED,
        "unit": move.verdict.label,
        "change": move.change,
        "reason": reason(move) if move.moves else "",
        "note": move.after.note if move.after else "",
    }
    return cells | _side(move.before, "before") | _side(move.after, "after")


def _side(verdict: Verdict | None, side: str) -> dict[str, Cell]:
    if verdict is None:
        return {}
    return {side: verdict.points, f"rank_{side}": verdict.rank, f"grade_{side}": verdict.grade}


def _shift_rows(move: Move) -> Iterator[_Row]:
    for item in move.items:
        for shift in item.shifts:
            old, new = shift.before, shift.after
            yield {
                "unit": move.verdict.label,
                "item": shift.item,
                "rule": shift.rule,
                "before": old.points if old else None,
                "after": new.points if new else None,
                "change": shift.change,
                "lines_before": old.lines if old else None,
                "lines_after": new.lines if new else None,
                "why_before": old.why if old else "",
                "why_after": new.why if new else "",
            }


def _item_row(one: ItemSum) -> _Row:
    return {
        "item": one.item,
        "losing": one.losing,
        "gaining": one.gaining,
        "change": one.change,
        "worst": one.worst.verdict.label if one.worst else "",
        "least": one.least if one.worst else None,
    }


def _rule_row(change: RuleChange) -> _Row:
    return {
        "part": change.part,
        "item": change.item,
        "change": change.word,
        "before": change.before,
        "after": change.after,
    }
