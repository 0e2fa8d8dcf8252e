"""汇总.xlsx out of the tables."""

from xlsxwriter.worksheet import Worksheet

from qingdan_xl.problems import Severity
from qingdan_xl.sheets.declaration import Sheet
from qingdan_xl.sheets.styles import LIGHTS, PAPER
from qingdan_xl.sheets.summary import LIGHT_KEYS, OVERVIEW, SUMMARY
from qingdan_xl.sheets.writing import FIRST_ROW, Book
from qingdan_xl.summary.duties import ROW_GONE
from qingdan_xl.summary.frames import Frames, cells
from qingdan_xl.summary.intake import LATE, MISSING
from qingdan_xl.summary.material import Material
from qingdan_xl.summary.overview import write_overview
from qingdan_xl.summary.returns import SEVERITIES

_SHADES = {
    "light": LIGHTS,
    "state": {MISSING: LIGHTS["逾期"], LATE: LIGHTS["临近"], ROW_GONE: LIGHTS["临近"]},
    "level": {"高": LIGHTS["逾期"], "中": LIGHTS["临近"]},
    "severity": {SEVERITIES[Severity.ERROR]: LIGHTS["逾期"], SEVERITIES[Severity.WARNING]: LIGHTS["临近"]},
}
_COUNTED = {LIGHT_KEYS[word]: LIGHTS[word] for word in ("逾期", "欠缺", "临近")}


def summary_workbook(material: Material, tables: Frames) -> bytes:
    """汇总.xlsx: 总览 and every table on its sheet, in the order of the declarations.

    `tables` are `frames(material)`, handed in because the figures for `--json` come from the same ones.
    """
    book = Book(locked_fill=PAPER)
    write_overview(book, material, tables)
    for sheet in SUMMARY:
        if sheet is not OVERVIEW:
            rows = cells(tables[sheet.key])
            page = book.add(sheet, rows)
            _freeze(page, sheet)
            _shade(book, page, sheet, FIRST_ROW + max(len(rows), 1) - 1)
    return book.to_bytes()


def _freeze(page: Worksheet, sheet: Sheet) -> None:
    """Keep the unit in sight where it stands at the left."""
    if "unit" in sheet.keys[:2]:
        page.freeze_panes(FIRST_ROW, sheet.keys.index("unit") + 1)


def _shade(book: Book, page: Worksheet, sheet: Sheet, last: int) -> None:
    """Colour behind the words that say how something stands, and behind the counts of what is late."""
    for col, key in enumerate(sheet.keys):
        for word, colours in _SHADES.get(key, {}).items():
            rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": book.styles.shade(*colours)}
            page.conditional_format(FIRST_ROW, col, last, col, rule)
        if key in _COUNTED:
            rule = {"type": "cell", "criteria": ">", "value": 0, "format": book.styles.shade(*_COUNTED[key])}
            page.conditional_format(FIRST_ROW, col, last, col, rule)
