"""填报说明: whose workbook this is, how far it is, how to fill it, what the colours mean, and the way to each sheet."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from qingdan_xl.counting.lights import COMPLETE, EXEMPT, LONG_TERM, NEAR, NORMAL, OVERDUE, SHORT, UNFILLED
from qingdan_xl.issuing.carrying import Carried
from qingdan_xl.issuing.formulas import ledger_range, letter_of, place
from qingdan_xl.issuing.matrix import FAULTS, fault_of, letters_of
from qingdan_xl.issuing.openings import Opening
from qingdan_xl.issuing.plan import RoleSheet, UnitPlan
from qingdan_xl.sheets.choices import PERIODS_OF_SIGNING
from qingdan_xl.sheets.declaration import Column, Sheet, Type
from qingdan_xl.sheets.identity import AS_OF_NAME
from qingdan_xl.sheets.reading import column_letter
from qingdan_xl.sheets.styles import ACCENT, HEADING_FILL, HEADING_FONT, LIGHTS, LINE, MUTED
from qingdan_xl.sheets.unit import COVER_TITLE, DUTIES, ISSUES, LEDGERS, LOG, MATRIX, RISKS, SIGNATURES
from qingdan_xl.sheets.writing import FIRST_ROW, Book, Cell, Formula, Link, text_height

_LEFT, _NUMBERS = 1, 2  # the first column is a margin
_CHOSEN_ROW = 4
CHOSEN_CELL = xl_rowcol_to_cell(_CHOSEN_ROW, _NUMBERS)  # takes the day to count up to, instead of today
_STEPS = (
    f"先看“{MATRIX.title}”：核对每个事项由谁牵头（A）、谁主责（R），不对的从下拉列表改选。",
    f"开展一次活动，就在“{LOG.title}”记一行：类别相符的事项自动计数，记一次，处处计数；每期最多计到要求的次数。",
    "在各张清单的白色格里填状态、进展情况、佐证材料等；灰色格已锁定，不用填。",
    f"发现问题记入“{ISSUES.title}”，岗位风险记入“{RISKS.title}”。",
    f"年初、半年、全年在“{SIGNATURES.title}”填写审签意见，打印后签名盖章；填完保存，交回这个文件即可。",
)
_NOTES = (
    "日期填成 2026-3-1 的样子，写成文字的（含完成时限）不计数。点一下白色格有填写提示。清单按 A4 横排打印，也可选 A3。",
    "表头的箭头可以筛选；表有锁定的格，Excel 不让排序，要排序请把表复制到另一个工作簿里看。",
)
_MEANINGS = {
    OVERDUE: "已过完成时限，状态还不是“已完成”或“长期坚持”；时限对应次数的，按时做够了就不算逾期",
    SHORT: "有的考核期（如某个季度）已经结束，次数没有达到要求",
    NEAR: "完成时限或考核期在 {days} 天内到期，还没有完成",
    UNFILLED: "状态还没有填",
    NORMAL: "按要求推进",
    COMPLETE: "状态为“已完成”，已结束的考核期次数都达到要求",
    LONG_TERM: "状态为“长期坚持”，不会逾期",
    EXEMPT: "状态为“不适用”",
}
_DUTIES, _FILLED, _REQUIRED, _DONE = _COUNTED = ("事项", "已填状态", "应完成次数", "已完成次数")
_LAST = _LEFT + len(_COUNTED) + len(LIGHTS)
_LEGEND = _LEFT + 4  # stands beside the other sheets, with a column between
_BAR = 20  # marks
_WIDTH = 9  # of the columns with numbers
_ONE_PAGE = 12  # with more sheets than this one page would be too small to read
_EPOCH = date(1899, 12, 30)  # day 0 of Excel's dates
_NONE_AS_DASH = '0;-0;"–"'


_CHOSEN = Column("chosen", "指定统计日期", Type.DATE, editable=True, help="留空为今天；填日期，如 2026-6-30")


@dataclass(frozen=True, slots=True)
class _Cover:
    book: Book
    page: Worksheet
    opening: Opening

    @property
    def plan(self) -> UnitPlan:
        """What the unit gets."""
        return self.opening.plan

    def cell(self, **properties: object) -> Format:
        """A bordered cell of the page."""
        return self.book.styles.get(**({"border": 1, "border_color": LINE} | properties))

    def label(self, **properties: object) -> Format:
        """A bordered heading."""
        look = {"font_name": HEADING_FONT, "font_color": ACCENT, "bg_color": HEADING_FILL, "align": "center"}
        return self.cell(**(look | properties))

    def spread(self, row: int, first: int, last: int, value: Cell, style: Format) -> None:
        """One value over the columns `first`..`last` of a row."""
        self.page.merge_range(row, first, row, last, "", style)
        self.book.write_cell(self.page, row, first, value, style)

    def section(self, row: int, text: str, legend: str = "") -> int:
        """A section's heading with some air above, and that of the legend beside it; the row below them."""
        style = self.book.styles.get(font_name=HEADING_FONT, font_size=13, font_color=ACCENT)
        self.page.set_row(row, 10)
        self.page.write_string(row + 1, _LEFT, text, style)
        self.book.write_cell(self.page, row + 1, _LEGEND, legend, style)
        self.page.set_row(row + 1, 24)
        return row + 2


def add_cover(book: Book, opening: Opening) -> None:
    """Write the first sheet of a unit's workbook and name the cell with the date that everything hangs on."""
    cover = _Cover(book, book.workbook.add_worksheet(COVER_TITLE), opening)
    bar = _write_title(cover)
    row = _write_steps(cover, cover.section(bar + 1, "怎么填"))
    row = _write_progress(cover, cover.section(row, "填报进度（自动统计，点名称可跳转）"))
    _write_bar(cover, bar, row - 1)
    row = cover.section(row, "其他工作表（点名称可跳转）", "预警的意思")
    _write_others(cover, row)
    _write_legend(cover, row)
    _set_page(cover)


def _set_page(cover: _Cover) -> None:
    page = cover.page
    page.set_column(0, 0, 2)
    page.set_column(_LEFT, _LEFT, 28)
    page.set_column(_NUMBERS, _LAST, _WIDTH)
    page.set_column(_NUMBERS + _COUNTED.index(_REQUIRED), _NUMBERS + _COUNTED.index(_DONE), 11)  # five characters
    page.hide_gridlines(2)
    cover.book.print_setup(page, f"{cover.plan.unit.name} {COVER_TITLE}")
    page.repeat_rows(0, 1)
    page.center_horizontally()
    if len(cover.plan.sheets) <= _ONE_PAGE:
        page.fit_to_pages(1, 1)
    page.protect("", {"format_columns": True, "format_rows": True})
    page.activate()


def _write_title(cover: _Cover) -> int:
    page, plan, styles = cover.page, cover.plan, cover.book.styles
    page.write_string(0, _LEFT, plan.unit.name, styles.get(font_name=HEADING_FONT, font_size=20, font_color=ACCENT))
    page.write_string(1, _LEFT, f"{plan.title}  {COVER_TITLE}", styles.get(font_size=12, font_color=MUTED))
    for row, height in enumerate((36, 22, 6, 26)):
        page.set_row(row, height)
    row = _CHOSEN_ROW - 1
    as_of = place(COVER_TITLE, xl_rowcol_to_cell(row, 6))
    cover.book.workbook.define_name(AS_OF_NAME, f"={as_of}")
    today = cover.opening.calendar.as_of
    left = (plan.deadline - today).days
    day = cover.cell(num_format="yyyy-mm-dd", align="center")
    days = cover.cell(num_format='"还有"0"天";"已过"0"天";"今天到期"', align="center")
    page.write_string(row, _LEFT, "交回期限", cover.label())
    cover.spread(row, 2, 3, plan.deadline, day)
    cover.spread(row, 4, 5, "统计日期", cover.label())
    cover.spread(row, 6, 7, Formula(f"=IF(ISNUMBER({CHOSEN_CELL}),{CHOSEN_CELL},TODAY())", (today - _EPOCH).days), day)
    cover.spread(row, 8, 9, "距交回期限", cover.label())
    cover.spread(row, 10, _LAST, Formula(f"={xl_rowcol_to_cell(row, 2)}-{AS_OF_NAME}", left), days)
    _write_chosen_day(cover, _CHOSEN_ROW)
    return _CHOSEN_ROW + 1


def _write_chosen_day(cover: _Cover, row: int) -> None:
    """The one cell of the page that people may fill: the day to count up to instead of today."""
    cover.page.write_string(row, _LEFT, _CHOSEN.heading, cover.label(bottom=2, bottom_color=ACCENT))
    cover.spread(row, 2, 3, None, cover.cell(num_format="yyyy-mm-dd", align="center", locked=False))
    cover.book.validate(cover.page, _CHOSEN, 2, row, row)
    cover.spread(row, 4, _LAST, "留空按今天统计；填一个日期，各表就按那一天统计到期和完成情况", cover.cell(indent=1))
    cover.page.set_row(row, 22)


def _write_bar(cover: _Cover, row: int, totals: int) -> None:
    """How much of the workbook is filled in, to be seen at once: a bar and the numbers, from the row of totals."""
    duties, filled = (xl_rowcol_to_cell(totals, _NUMBERS + _COUNTED.index(key)) for key in (_DUTIES, _FILLED))
    full = f"ROUND({_BAR}*{filled}/{duties},0)"
    text = (
        f'=IF({duties}=0,"",REPT("■",{full})&REPT("□",{_BAR}-{full})'
        f'&"  "&TEXT({filled}/{duties},"0%")&"  已填 "&{filled}&" 项，共 "&{duties}&" 项")'
    )
    number = sum(len(sheet.rows) for sheet in cover.plan.sheets)
    done = sum(bool(cover.opening.status(row)) for _, row in cover.plan.rows())
    opening = f"{_marks(done, number)}  {_percent(done, number)}  已填 {done} 项，共 {number} 项" if number else ""
    cover.page.write_string(row, _LEFT, "填报进度", cover.label())
    cover.spread(row, _NUMBERS, _LAST, Formula(text, opening), cover.cell(indent=1, font_color=ACCENT))
    cover.page.set_row(row, 24)


def _marks(done: int, number: int) -> str:
    full = _rounded(_BAR * done, number)
    return "■" * full + "□" * (_BAR - full)


def _percent(done: int, number: int) -> str:
    return f"{_rounded(100 * done, number)}%"


def _rounded(one: int, other: int) -> int:
    """The quotient as Excel rounds it: half up."""
    return (2 * one + other) // (2 * other)


def _write_steps(cover: _Cover, row: int) -> int:
    step, note = cover.book.styles.get(font_size=12), cover.book.styles.get(font_color=MUTED)
    steps = [(f"{number}. {text}", step) for number, text in enumerate(_STEPS, 1)]
    lines = [*steps, *((text, note) for text in _NOTES)]
    for index, (text, style) in enumerate(lines, row):
        cover.spread(index, _LEFT, _LAST, text, style)
        cover.page.set_row(index, 20)
    return row + len(lines)


def _write_progress(cover: _Cover, row: int) -> int:
    _write_headings(cover, row)
    number = cover.cell(align="center", num_format=_NONE_AS_DASH)
    first = row + 1
    for index, sheet in enumerate(cover.plan.sheets, first):
        cover.book.write_cell(cover.page, index, _LEFT, Link(place(sheet.title, "A1"), sheet.title), number)
        opening = _opening(sheet, cover.opening)
        for col, (heading, formula) in enumerate(_formulas(sheet).items(), _NUMBERS):
            cover.book.write_cell(cover.page, index, col, Formula(formula, opening[heading]), number)
        cover.page.set_row(index, 22)
    last = first + len(cover.plan.sheets)
    _write_totals(cover, first, last)
    for col, word in enumerate(LIGHTS, _NUMBERS + len(_COUNTED)):
        if word in (OVERDUE, SHORT, NEAR):
            cells = f"{xl_rowcol_to_cell(first, col)}:{xl_rowcol_to_cell(last, col)}"
            shade = cover.book.styles.light(word)
            cover.page.conditional_format(cells, {"type": "cell", "criteria": ">", "value": 0, "format": shade})
    return last + 1


def _write_headings(cover: _Cover, row: int) -> None:
    cover.page.write_string(row, _LEFT, "清单", cover.label())
    for col, heading in enumerate(_COUNTED, _NUMBERS):
        cover.page.write_string(row, col, heading, cover.label(text_wrap=True))
    for col, (word, (fill, text)) in enumerate(cover.book.styles.lights.items(), _NUMBERS + len(_COUNTED)):
        cover.page.write_string(row, col, word, cover.label(bg_color=fill, font_color=text))
    cover.page.set_row(row, 34)


def _write_totals(cover: _Cover, first: int, row: int) -> None:
    total: Counter[str] = Counter()
    for sheet in cover.plan.sheets:
        total.update(_opening(sheet, cover.opening))
    cover.page.write_string(row, _LEFT, "合计", cover.label())
    style = cover.label(num_format=_NONE_AS_DASH)
    for col, heading in enumerate((*_COUNTED, *LIGHTS), _NUMBERS):
        letter = column_letter(col)
        formula = f"=SUM({letter}{first + 1}:{letter}{row})" if row > first else "=0"
        cover.book.write_cell(cover.page, row, col, Formula(formula, total[heading]), style)
    cover.page.set_row(row, 22)


def _formulas(sheet: RoleSheet) -> Mapping[str, str]:
    """Each number of the progress table of one duty sheet, by its heading."""

    def cells(key: str) -> str:
        letter = letter_of(DUTIES, key)
        return place(sheet.title, f"{letter}{FIRST_ROW + 1}", f"{letter}{FIRST_ROW + len(sheet.rows)}")

    return {
        _DUTIES: f"=COUNTA({cells('row_id')})",
        _FILLED: f"=COUNTA({cells('status')})",
        _REQUIRED: f"=SUM({cells('required')})",
        _DONE: f"=SUM({cells('done')})",
    } | {word: f'=COUNTIF({cells("light")},"{word}")' for word in LIGHTS}


def _opening(sheet: RoleSheet, opening: Opening) -> Counter[str]:
    """The same numbers for what the workbook starts with."""
    found = Counter(opening.light(sheet, row) for row in sheet.rows)
    counted = [target for row in sheet.rows for target in opening.progress(sheet, row)]
    found[_DUTIES] = len(sheet.rows)
    found[_FILLED] = sum(bool(opening.status(row)) for row in sheet.rows)
    found[_REQUIRED] = sum(target.required for target in counted)
    found[_DONE] = sum(target.done for target in counted)
    return found


def _write_others(cover: _Cover, row: int) -> None:
    check, plan, before = letter_of(MATRIX, "check"), cover.plan, cover.opening.before
    duties = sum(len(sheet.rows) for sheet in plan.sheets)
    checks = place(MATRIX.title, f"{check}{FIRST_ROW + 1}", f"{check}{FIRST_ROW + max(duties, 1)}")
    faults = sum(bool(fault_of(letters_of(plan, sheet, row, before).values())) for sheet, row in plan.rows())
    signed = sum(cells.get("date") is not None for cells in before.signatures.values())
    others = (
        (
            MATRIX,
            Formula("=" + "+".join(f'COUNTIF({checks},"{fault}")' for fault in FAULTS), faults if plan.people else 0),
            '0" 项待核对";;"–"',
        ),
        *((sheet, _recorded(sheet, before), '"已记 "0" 条";;"–"') for sheet in LEDGERS),
        (SIGNATURES, Formula(f"=COUNTA({_signed()})", signed), '"已签 "0" 次";;"–"'),
    )
    for index, (sheet, formula, shown) in enumerate(others, row):
        link = Link(place(sheet.title, "A1"), sheet.title)
        cover.book.write_cell(cover.page, index, _LEFT, link, cover.cell())
        cover.spread(index, _NUMBERS, _LEGEND - 2, formula, cover.cell(align="center", num_format=shown))


def _recorded(sheet: Sheet, before: Carried) -> Formula:
    """How many rows a ledger has; its range starts at the heading, which is no record."""
    first = sheet.keys[0]
    rows = sum(row.get(first) is not None for row in before.ledgers.get(sheet.key, ()))
    return Formula(f"=COUNTA({ledger_range(sheet, first)})-1", rows)


def _signed() -> str:
    letter = letter_of(SIGNATURES, "date")
    return place(SIGNATURES.title, f"{letter}{FIRST_ROW + 1}", f"{letter}{FIRST_ROW + len(PERIODS_OF_SIGNING)}")


def _write_legend(cover: _Cover, row: int) -> None:
    days = cover.opening.calendar.near_days
    width = _WIDTH * (_LAST - _LEGEND)
    style = cover.cell(indent=1, text_wrap=True)
    for index, (word, (fill, text)) in enumerate(cover.book.styles.lights.items(), row):
        cover.page.write_string(index, _LEGEND, word, cover.label(bg_color=fill, font_color=text))
        meaning = _MEANINGS[word].format(days=days)
        cover.spread(index, _LEGEND + 1, _LAST, meaning, style)
        cover.page.set_row(index, max(20, text_height(meaning, width)))
