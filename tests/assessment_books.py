"""Years to score, and 考核.xlsx of them as a reader sees it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from random import Random
from typing import Any

import openpyxl
from openpyxl.workbook import Workbook

from assessment_samples import UNIT, decided, receipts, scheme, standings
from item_samples import item_assessment
from qingdan_xl.assessment.facts import Amount, Facts
from qingdan_xl.assessment.items import Item, ItemRule
from qingdan_xl.assessment.result import Assessment, assess
from qingdan_xl.assessment.rules import Adjustment
from qingdan_xl.assessment.workbook import assessment_workbook
from qingdan_xl.sheets.assessment import SUMMARY
from qingdan_xl.sheets.declaration import Sheet
from qingdan_xl.sheets.scheme import Effect
from qingdan_xl.sheets.scheme_items import ItemRuleKind
from qingdan_xl.sheets.writing import FIRST_ROW

WORDS = ("已完成", "已完成", "已完成@重点", "推进中", "长期坚持", "未启动", "不适用", "-", "无")
TYPED = ("+2", "-1.25", "+3.3333", "-0.0001", "")
RETURNS = ("按时", "迟", "退1 按时", "退7 迟")
AS_OF = date(2026, 12, 31)


def random_word(random: Random) -> str:
    """A status, or a demand met in some of its periods."""
    if random.random() < 0.6:
        return random.choice(WORDS)
    windows = random.choice((1, 2, 3, 4, 6, 7, 12, 52))
    return f"{random.randint(0, windows)}/{windows}"


def random_year(count: int, settings: str = "@重点=1.7", seed: int = 7) -> Assessment:
    """So many units in three groups with whatever people may fill in; one in fifteen returned nothing."""
    random = Random(seed)  # noqa: S311 - the same year on every run
    units = [replace(UNIT, id=f"U{n:03d}", name=f"第{n}镇", group=f"{n % 3}组") for n in range(1, count + 1)]
    duties, back, made = [], [], scheme(settings)
    for number, unit in enumerate(units, 1):
        words = " ".join(random_word(random) for _ in range(random.randint(1, 60)))
        duties += standings("未交回" if number % 15 == 0 else words, unit)
        back += receipts(random.choice(RETURNS), unit)
        typed = random.choice(TYPED)
        if typed:
            item = Adjustment(unit.name, Decimal(typed), "县级通报", "文件")
            made = replace(made, adjustments=(*made.adjustments, item))
    made = replace(made, decisions=decided(made, 第1镇=Effect.LOWEST, 第2镇=Effect.BARRED).decisions)
    return assess(units, duties, back, made)


def opened(assessment: Assessment, *, values: bool) -> Workbook:
    """The workbook as written: its formulas, or the values that stand beside them."""
    data = BytesIO(assessment_workbook(assessment, "2026年度责任清单", AS_OF))
    return openpyxl.load_workbook(data, data_only=values)


def place(book: Workbook, key: str, sheet: Sheet = SUMMARY) -> int:
    """The index of a column, found by its heading: those that nothing fills are left out."""
    headings = [cell.value for cell in book[sheet.title][FIRST_ROW]]
    return headings.index(sheet.column(key).heading)


def column(book: Workbook, key: str, sheet: Sheet = SUMMARY) -> list[Any]:
    """A column of a sheet, 总表 if none is named."""
    index = place(book, key, sheet)
    return [row[index] for row in book[sheet.title].iter_rows(min_row=FIRST_ROW + 1, values_only=True)]


def scores(assessment: Assessment) -> list[float | None]:
    """What Python says."""
    points = [item.score.points for item in assessment.results]
    return [None if value is None else float(value) for value in points]


def headings(book: Workbook, title: str) -> list[str]:
    """The headings of a sheet."""
    return [str(cell.value) for cell in book[title][FIRST_ROW]]


def rows(book: Workbook, title: str) -> list[tuple[Any, ...]]:
    """The rows of a sheet below its headings."""
    return list(book[title].iter_rows(min_row=FIRST_ROW + 1, values_only=True))


def no_errors(book: Workbook) -> bool:
    """Whether no cell shows an error."""
    cells = (cell for page in book for row in page.iter_rows(values_only=True) for cell in row)
    return not any(isinstance(cell, str) and cell.startswith("#") for cell in cells)


def open_year() -> Assessment:
    """Two units, for one of which a judged deduction waits for its number."""
    made = replace(
        scheme(),
        full_mark=Decimal(10),
        returns=(),
        items=(Item("1", "纪律", "作风", Decimal(10)),),
        item_rules=(ItemRule("1", ItemRuleKind.JUDGED_DEDUCTION, "通报", low=Decimal(2), high=Decimal(4)),),
    )
    other = replace(UNIT, id="U002", name="柳湾镇")
    facts = {UNIT.id: Facts({"通报": (Amount(None),)}), other.id: Facts({"通报": (Amount(Decimal(3)),)})}
    return item_assessment([UNIT, other], facts, made)
