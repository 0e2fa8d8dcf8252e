"""Workbooks with 一键检查 filled with faults, what `check` says of them, and what the macro does."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from desk import Desk
from issuing_samples import OPTIONS, UNITS, YEAR, sample_batch
from qingdan_xl.collecting.examine import Context, Task, examine
from qingdan_xl.collecting.identity import SentOut
from qingdan_xl.issuing.options import Options
from qingdan_xl.issuing.plan import Batch, UnitPlan, fingerprint, plan_unit
from qingdan_xl.issuing.selfcheck import KNOWN
from qingdan_xl.issuing.workbook import unit_workbook
from qingdan_xl.sheets.declaration import Column, Sheet, Type
from qingdan_xl.sheets.own import OwnColumn, with_own
from qingdan_xl.sheets.selfcheck import FINDINGS
from qingdan_xl.sheets.unit import COVER_TITLE, DUTIES, ISSUES, LEDGERS, LOG, MATRIX, SIGNATURES
from qingdan_xl.sheets.writing import FIRST_ROW
from qingdan_xl.store import Issued

CHECKED: Options = replace(OPTIONS, self_check=True)
DAY = date(YEAR, 9, 15)
OWN = (
    OwnColumn("duty", "有部署", Type.TICK),
    OwnColumn("duty", "完成质量", Type.CHOICE, ("好", "一般")),
    OwnColumn("duty", "验收日期", Type.DATE),
    OwnColumn("log", "经费（元）", Type.POINTS),
)
_MORNING = datetime(YEAR, 3, 1, 9)  # noqa: DTZ001 - local office hours
_EPOCH = date(1899, 12, 30)
Found = set[tuple[str, str, str]]
# what the workbook's own formulas tell, which count no day that is typed as a text
LIGHTS = {"deadline-passed", "demand-short"}


def batch_with_own() -> Batch:
    """The sample batch with own columns of several types."""
    return replace(sample_batch(), own=OWN)


def plan() -> UnitPlan:
    """What the first unit is sent."""
    return plan_unit(batch_with_own(), UNITS[0])


@cache
def issued() -> bytes:
    """Its workbook, with the macro."""
    return unit_workbook(plan(), CHECKED)


def edited(edit: Callable[[Any], object]) -> bytes:
    """The workbook as somebody filled it, looked at on DAY."""
    book = load_workbook(BytesIO(issued()), keep_vba=True)
    book[COVER_TITLE]["C5"] = DAY
    edit(book)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def checked(path: Path) -> Found:
    """The problems that `check` finds in the year folder, of those that the macro knows: code, sheet and cell."""
    batch, ours = batch_with_own(), plan()
    workbook = Issued(batch.id, ours.unit.id, ours.unit.name, ours.unit.kind, "", "", fingerprint(ours))
    sent = SentOut({batch.id: batch}, {(batch.id, ours.unit.id): workbook}, CHECKED.key)
    found = examine(Task(path, path.name), Context(sent, as_of=DAY))
    assert found.refusal == ""
    return {(each.code, each.origin.sheet, each.origin.cell) for each in found.problems if each.code in KNOWN}


def pressed(desk: Desk, path: Path) -> Found:
    """The problems that the macro writes onto its sheet."""
    desk.ask("open", str(path))
    try:
        assert desk.ask("call", "QdCheck.Checked", float((DAY - _EPOCH).days)) == "ok"
        return written(desk)
    finally:
        desk.ask("close")


def both(desk: Desk, path: Path) -> tuple[Found, Found]:
    """What the macro finds and what `check` finds, but for what the workbook's own formulas tell."""
    macro, python = pressed(desk, path), checked(path)
    return {each for each in macro if each[0] not in LIGHTS}, {each for each in python if each[0] not in LIGHTS}


def written(desk: Desk) -> Found:
    """What stands on the sheet of results: code, sheet and cell."""
    rows = desk.ask("rows", FINDINGS.title, f"A{FIRST_ROW + 1}:C{FIRST_ROW + 400}")
    return {(code, "" if sheet == "（整个文件）" else sheet, cell) for code, sheet, cell in rows if code}


def cell(book: Any, sheet: Sheet, title: str, row: int, key: str) -> Any:
    """The cell of a column in a row (from 1) of a sheet as it was issued."""
    page: Worksheet = book[title]
    return page.cell(row, with_own(sheet, OWN).keys.index(key) + 1)


def put(book: Any, sheet: Sheet, row: int, title: str = "", **values: object) -> None:
    """Type values into a row (from 1) by the columns' keys."""
    for key, value in values.items():
        cell(book, sheet, title or sheet.title, row, key).value = value


def fill_soundly(book: Any) -> None:
    """Answer everything without a fault."""
    first = FIRST_ROW + 1
    for sheet in plan().sheets:
        for row in range(first, first + len(sheet.rows)):
            put(book, DUTIES, row, sheet.title, status="不适用", report="不涉及", self_score=95)
    for row in range(first, first + 17):
        page = book[MATRIX.title]
        for column, letter in zip((6, 7, 8), ("A", "R", "C"), strict=True):
            page.cell(row, column).value = letter
    put(book, LOG, first, date=date(YEAR, 3, 1), category="会议", topic="例会", host="张甲", evidence="记录")


def fill_with_faults(book: Any) -> None:
    """Make every mistake that the macro knows, most of them once."""
    first, (branch, head, other) = FIRST_ROW + 1, [sheet.title for sheet in plan().sheets]
    fill_soundly(book)
    put(book, DUTIES, first, branch, status="已完成", evidence=None)
    put(book, DUTIES, first + 1, branch, status="完成了", progress=1.5, leader="张三、李乙")
    put(book, DUTIES, first + 2, branch, status="推进中", ratio="0.6", self_score="一百", deadline="三月底")
    put(book, DUTIES, first + 3, branch, status=None, self_score=101, deadline=date(YEAR, 8, 1))
    put(book, DUTIES, first + 4, branch, status="推进中", report="零宽\u200b字", self_score="=90+5")
    put(book, DUTIES, first + 5, branch, progress="６０％", deadline="2026年6月30日")
    put(book, DUTIES, first + 6, branch, status=None, owner="王丙；不在的人")
    put(book, DUTIES, first + 7, branch, status="推进中", deadline=date(YEAR, 6, 1), progress="#N/A")
    put(book, DUTIES, first, head, status="已完成")
    put(book, DUTIES, first + 1, head, status="推进中")
    for key, value in {"own:tick:有部署": "对", "own:choice:完成质量": "好极了", "own:date:验收日期": "26.3.1"}.items():
        put(book, DUTIES, first + 2, head, **{key: value})
        put(book, DUTIES, first + 2, other, **{key: {"对": "√", "好极了": "好"}.get(value, _MORNING)})
    put(book, LOG, first + 1, date="2026-3-5", category="检查", topic="查库", host="张甲、李乙", attendance="12人")
    put(book, LOG, first + 2, date=date(2025, 3, 5), category="检察", topic="查库", host="李乙", attendance=-1)
    put(book, LOG, first + 3, date=date(YEAR, 12, 5), category="谈话", topic="谈心", duty="没有的事项")
    put(book, LOG, first + 4, date="3月8日", category="谈话", host="外人", topic="谈心", attendance=2.5)
    put(book, LOG, first + 5, date=46000, category="报告", topic=None, **{"own:points:经费（元）": "1,200元"})
    put(book, LOG, first + 6, date="2026-2-30", category="报告", topic="报告", evidence="有")
    put(book, LOG, first + 7, date=date(YEAR, 3, 9), category=" 会议", topic="例会", duty="\u3000", host="张甲 ")
    put(book, DUTIES, first + 7, head, status="推进中 ")
    put(book, ISSUES, first, text="漏水", status="已销号", deadline=date(YEAR, 3, 1))
    put(book, ISSUES, first + 1, text="漏电", status="整改中", deadline=date(YEAR, 3, 1), closed=date(YEAR, 11, 1))
    put(book, ISSUES, first + 2, text=None, status="已解决", leader="张甲", deadline="2026/3/1")
    put(book, LEDGERS[2], first, post="会计", text=None, level="很高")
    put(book, SIGNATURES, first, signer="谁", date=date(YEAR, 12, 31))
    page = book[MATRIX.title]
    for row, letters in enumerate((("A", "A", "R"), ("", "C", "I"), ("R/A", "X", None), ("Ａ", "r", "=F4")), first):
        for column, letter in zip((6, 7, 8), letters, strict=True):
            page.cell(row, column).value = letter


_WORDS: dict[Type, tuple[object, ...]] = {
    Type.DATE: (
        *(date(YEAR, 2, 3), date(YEAR, 11, 3), _MORNING, 46100, 0.5, 2026.41, True, "=TODAY()", "46100"),
        *(
            "2026-4-5",
            "2026年4月5日",
            "2026 年 4 月 5 日 ",
            "2026-4-5 日",
            "2026—4—5",
            "20260405",
            "4月5号",
            "１月２日",
        ),
        *("2026-4-5 08:30", "2026-4-5T08:30:15", "二月", "2026.13.1", "1999-1-1", "2026-4", "4月31日", "/"),
    ),
    Type.COUNT: (
        *(3, 0, -1, 2.5, 1e8, True, "=3", date(YEAR, 1, 3)),
        *("12人", "１２", "1,200", "12,00", "十", "3 次", "3分"),
    ),
    Type.PERCENT: (0.6, 1, 60, 100.5, "60%", "0.6", "６０％", "1", "100%", "101%", "60 %", "半", 0, "0", 1e-5, -3),
    Type.POINTS: (
        *(95, 95.5, 1e-4, 100.01, "95分", "95.5", "１00", "95次", "1.", ".5"),
        *("+3", "-1", "101", "1,000.25", "优"),
    ),
    Type.TICK: ("√", "×", "是", "v", "Ｎ", "对", 1, True, False, "✔"),
    Type.PERSON: ("张甲", "李乙、王丙", "张甲,外人", " 王丙 ", "某某", "张甲/李乙", "/", 5, "张\u200b甲"),
    Type.LONG: ("文字", " ", "\u3000", "零\u200b宽", "\ufeff", "两\n行", "=1+1", 12, "=文字", "\ue000"),
}
_LETTERS = ("A", "R", "AR", "r/a", "C", "I", "Ａ", "A、R", "X", "AA", "", None, " c ", "=1", 5)
_STATUSES = ("已完成", "推进中", "完成", None, " 已完成 ", "不适用", "=1", "长期坚持")


def values_for(column: Column) -> tuple[object, ...]:
    """What people may type into a column, right and wrong."""
    if column.key == "status":
        return (*_STATUSES, "已销号", "整改中", "已整改")
    if column.key == "category":
        return ("会议", "检查", "谈话", "检察", "报告", "党课", None)
    if column.key == "duty":
        return (None, None, "没有的", *(row.label for _, row in plan().rows()))
    return _WORDS.get(column.type, (*_WORDS[Type.LONG], "好", "高"))


def edit_by_chance(book: Any, seed: int) -> None:
    """Type anything anywhere: some thirty cells of every sheet."""
    dice = random.Random(seed)  # noqa: S311 - edits by chance keep no secret
    first = FIRST_ROW + 1
    if seed % 3:
        fill_soundly(book)
    pages = [(DUTIES, sheet.title, len(sheet.rows)) for sheet in plan().sheets]
    pages += [(sheet, sheet.title, 12) for sheet in LEDGERS] + [(SIGNATURES, SIGNATURES.title, 3)]
    for sheet, title, rows in pages:
        answers = with_own(sheet, OWN).answers
        for _ in range(dice.randrange(40)):
            column, row = dice.choice(answers), first + dice.randrange(rows)
            value: Any = dice.choice(values_for(column))
            target = cell(book, sheet, title, row, column.key)
            target.value = value
            if value == "=文字":
                target.data_type = "s"
    for _ in range(dice.randrange(20)):
        book[MATRIX.title].cell(first + dice.randrange(17), dice.choice((6, 7, 8))).value = dice.choice(_LETTERS)
