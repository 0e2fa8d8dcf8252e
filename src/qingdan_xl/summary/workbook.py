"""汇总.xlsx out of the tables."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from qingdan_xl.counting.lights import NEAR, OVERDUE, SHORT
from qingdan_xl.problems import Severity
from qingdan_xl.sheets.bulk import add_many
from qingdan_xl.sheets.declaration import Sheet
from qingdan_xl.sheets.styles import LIGHTS, PAPER
from qingdan_xl.sheets.summary import CHANGES, DETAIL, HEAT, LIGHT_KEYS, OVERVIEW, PRINTED_REMARKS, SUMMARY, UNIT
from qingdan_xl.sheets.writing import FIRST_ROW, Book
from qingdan_xl.summary.duties import ROW_GONE
from qingdan_xl.summary.frames import Frames, cells, columns
from qingdan_xl.summary.heat import heat_sheet
from qingdan_xl.summary.intake import LATE, MISSING
from qingdan_xl.summary.material import Material
from qingdan_xl.summary.overflow import pointing
from qingdan_xl.summary.overview import write_overview
from qingdan_xl.summary.own import detail_sheet
from qingdan_xl.summary.returns import SEVERITIES

# column → word in it → the light whose colours it wears
_SHADES = {
    "light": {word: word for word in LIGHTS},
    "state": {MISSING: OVERDUE, LATE: NEAR, ROW_GONE: NEAR},
    "level": {"高": OVERDUE, "中": NEAR},
    "severity": {SEVERITIES[Severity.ERROR]: OVERDUE, SEVERITIES[Severity.WARNING]: NEAR},
}
# from paper to the darkest: in grey print too, the darker the more is behind
_SCALE = {
    "type": "2_color_scale",
    "min_type": "num",
    "min_value": 0,
    "max_type": "num",
    "max_value": 1,
    "min_color": PAPER,
    "max_color": "#D9642B",
}
_NO_EARLIER = "还没有更早的汇总可比；改天再汇总一次，这里就列出新逾期、新欠缺、新完成、已补上的事项"
_FEW = 200  # rows: up to here the charts, which need them at hand, are worth the time
_COUNTED = {LIGHT_KEYS[word]: word for word in (OVERDUE, SHORT, NEAR)}


def summary_workbook(material: Material, tables: Frames, beside: Mapping[str, str] | None = None) -> bytes:
    """汇总.xlsx: 总览 and every table on its sheet, in the order of the declarations.

    `tables` are `frames(material)`, handed in because the figures for `--json` come from the same ones. `beside` names
    by sheet key the file that holds a table which overflows.
    """
    book = Book(locked_fill=PAPER)
    book.workbook.in_memory = False  # the sheets of a large year wait for the zip on the disk
    write_overview(book, material, tables)
    looks = {word: book.styles.shade(*colours) for word, colours in material.lights.items()}
    for sheet in table_sheets(material, tables):
        page = _add(book, sheet, tables[sheet.key], (beside or {}).get(sheet.key, ""))
        _freeze(page, sheet)
        _shade(page, sheet, looks, FIRST_ROW + max(len(tables[sheet.key]), 1) - 1)
    book.add(PRINTED_REMARKS, cells(tables[PRINTED_REMARKS.key])).very_hidden()
    return book.to_bytes()


def table_sheets(material: Material, tables: Frames) -> tuple[Sheet, ...]:
    """The sheets of all tables in order, with the columns that sections and own columns add."""
    widened = {HEAT.key: heat_sheet(tables[HEAT.key]), DETAIL.key: detail_sheet(material)}
    if tables[CHANGES.key].empty:
        widened[CHANGES.key] = replace(CHANGES, purpose=_why_no_changes(material))
    return tuple(widened.get(sheet.key, sheet) for sheet in SUMMARY if sheet is not OVERVIEW)


def _why_no_changes(material: Material) -> str:
    before = material.before
    return f"和 {before.as_of} 的汇总相比，没有变化" if before else _NO_EARLIER


def _add(book: Book, sheet: Sheet, frame: pd.DataFrame, beside: str) -> Worksheet:
    if beside:
        return book.add(pointing(sheet, len(frame), beside), [])
    if len(frame) <= _FEW:
        return book.add(sheet, cells(frame))
    return add_many(book, sheet, lambda start, end: columns(frame.iloc[start:end]), len(frame))


def _freeze(page: Worksheet, sheet: Sheet) -> None:
    """Keep the unit in sight where it is the first column shown."""
    if next(column for column in sheet if not column.hidden) is UNIT:
        page.freeze_panes(FIRST_ROW, sheet.columns.index(UNIT) + 1)


def _shade(page: Worksheet, sheet: Sheet, looks: Mapping[str, Format], last: int) -> None:
    """Colour behind the words that say how something stands, and behind the counts of what is late."""
    for col, key in enumerate(sheet.keys):
        for word, light in _SHADES.get(key, {}).items():
            rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": looks[light]}
            page.conditional_format(FIRST_ROW, col, last, col, rule)
        if key.startswith(HEAT.key):
            page.conditional_format(FIRST_ROW, col, last, col, _SCALE)
        if key in _COUNTED:
            rule = {"type": "cell", "criteria": ">", "value": 0, "format": looks[_COUNTED[key]]}
            page.conditional_format(FIRST_ROW, col, last, col, rule)
