"""The sheets of 工作台.xlsm: the board with its buttons, settings, overview, log, how to trust it, hidden tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from macros.words import (
    FIGURES,
    LINKS,
    MIT_NOTICE,
    OUTCOMES,
    SETTINGS,
    STATUS,
    TEXTS,
    TRUST,
    VERBS,
    Setting,
    Verb,
)
from qingdan_xl.sheets.styles import ACCENT, HEADING_FILL, HEADING_FONT, LIGHTS, LINE, LOCKED_FILL, MUTED
from qingdan_xl.sheets.writing import Book, Cell, Formula, text_height

BOARD, CHOICES, OVERVIEW, LOG, ABOUT = "工作台", "设置", "总览", "运行记录", "说明"
_TEXTS, _XLWINGS = "_texts", "xlwings.conf"
_NEW_PAGE = "哪些验证过，哪些没有"  # a section of 说明 that would else begin on the last line of a page
_OUTCOME_LIGHTS = {"done": "完成", "problems": "临近", "failed": "逾期", "running": "正常", "refused": "不适用"}
_BUTTON = {"width": 118, "height": 32, "x_offset": 6, "y_offset": 12}
_BUTTON_ROW = 42
# the board is seen whole at 1366 x 768: some 1300 pixels across and 480 down are left to the cells
_BOARD_BUTTON = {"width": 79, "height": 28, "x_offset": 5, "y_offset": 4}
_BOARD_ROW = 27
_BOX = 8  # the column of the box
_DAY, _DAYS = {"num_format": "yyyy-mm-dd"}, ("as_of", "deadline")
_LAST_ROW = 1_048_575
_WRAPPED = {"text_wrap": True, "align": "left", "indent": 1}


@dataclass(slots=True)
class Page:
    """A sheet in the making, with the next row to write."""

    book: Book
    sheet: Worksheet
    row: int = 0

    def cell(self, **properties: object) -> Format:
        """A bordered cell on the grey of what is locked."""
        return self.book.styles.get(**({"border": 1, "border_color": LINE, "bg_color": LOCKED_FILL} | properties))

    def label(self, **properties: object) -> Format:
        """A bordered heading."""
        look = {"font_name": HEADING_FONT, "font_color": ACCENT, "bg_color": HEADING_FILL, "align": "center"}
        return self.cell(**(look | properties))

    def title(self, text: str, purpose: str) -> None:
        """The sheet's title and what it is for, and a row of air."""
        self.sheet.write_string(
            0, 1, text, self.book.styles.get(font_name=HEADING_FONT, font_size=20, font_color=ACCENT)
        )
        self.sheet.write_string(1, 1, purpose, self.book.styles.get(font_color=MUTED))
        self.sheet.set_row(0, 38)
        self.sheet.set_row(1, 22)
        self.row = 3

    def section(self, text: str) -> None:
        """A heading over the rows that follow."""
        style = self.book.styles.get(font_name=HEADING_FONT, font_size=13, font_color=ACCENT)
        self.sheet.write_string(self.row, 1, text, style)
        self.sheet.set_row(self.row, 28)
        self.row += 1

    def name(self, name: str, row: int, col: int) -> None:
        """Name a cell for the macros."""
        cell = xl_rowcol_to_cell(row, col, row_abs=True, col_abs=True)
        self.book.workbook.define_name(f"Qd_{name}", f"='{self.sheet.get_name()}'!{cell}")

    def button(self, verb: Verb, row: int, col: int, place: Mapping[str, int]) -> None:
        """A button over a cell that runs the verb."""
        options = {"macro": f"QdButtons.{verb.button}", "caption": verb.caption, "description": verb.does}
        self.sheet.insert_button(row, col, {**options, **place})

    def colour_outcomes(self, first: int, last: int, col: int) -> None:
        """Colour the words of outcomes; the word says the same without colour."""
        for key, word in OUTCOMES.items():
            look = self.book.styles.light(_OUTCOME_LIGHTS[key])
            rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": look}
            self.sheet.conditional_format(first, col, last, col, rule)

    def finish(self, widths: tuple[float, ...]) -> None:
        """Widths, print set-up and protection without a password: what is locked is locked against slips only."""
        for col, width in enumerate(widths):
            self.sheet.set_column(col, col, width)
        self.sheet.hide_gridlines(2)
        self.book.print_setup(self.sheet, self.sheet.get_name())
        self.sheet.protect("", {"format_columns": True, "format_rows": True})


def _page(book: Book, title: str) -> Page:
    return Page(book, book.workbook.add_worksheet(title))


def add_board(book: Book) -> None:
    """工作台: a button a row with what its last run came to, and beside them a box with all that the last run said."""
    page = _page(book, BOARD)
    page.title("责任清单工作台", "按年度的先后点按钮；结果写在按钮旁边，有什么要看的写在右边，并记入“运行记录”。")
    page.sheet.write_string(2, 1, "年度文件夹", page.label())
    shown = '=IF(Qd_Folder="","（没有填：用本工作簿所在的文件夹）",Qd_Folder)'
    page.sheet.merge_range(2, 2, 2, 6, "", page.cell(**_WRAPPED))
    page.sheet.write_formula(2, 2, shown, page.cell(**_WRAPPED), "（没有填：用本工作簿所在的文件夹）")
    headings = ("按钮", "做什么", "上次结果", "时间", "秒", "说明")
    for col, heading in enumerate(headings, 1):
        page.sheet.write_string(3, col, heading, page.label())
    for row, height in enumerate((28, 17, 20, 20)):
        page.sheet.set_row(row, height)
    page.row = first = 4
    for verb in VERBS:
        _write_verb(page, verb)
    page.colour_outcomes(first, page.row - 1, 3)
    _write_box(page, first)
    page.finish((1, 12, 23, 9, 11, 4, 38, 1, 50))
    page.sheet.freeze_panes(4, 0)
    page.sheet.fit_to_pages(1, 1)
    page.sheet.activate()


def _write_verb(page: Page, verb: Verb) -> None:
    page.sheet.set_row(page.row, _BOARD_ROW)
    page.sheet.write_blank(page.row, 1, None, page.cell(bg_color="#FFFFFF"))
    page.button(verb, page.row, 1, _BOARD_BUTTON)
    page.sheet.write_string(page.row, 2, verb.does, page.cell(**_WRAPPED, font_size=9))
    _write_outcome(page, verb, page.row, 3)
    page.row += 1


def _write_box(page: Page, first: int) -> None:
    """The last run, and what it said: beside the buttons, so that it is seen without scrolling."""
    page.sheet.write_string(2, _BOX, "最近一次运行", page.label())
    page.sheet.write_string(3, _BOX, "", page.label())
    page.name("Run", 3, _BOX)
    style = page.cell(text_wrap=True, align="left", valign="top", indent=1, font_size=10)
    page.sheet.merge_range(first, _BOX, page.row - 1, _BOX, "（还没有运行过）", style)
    page.name("Said", first, _BOX)


def _write_outcome(page: Page, verb: Verb, row: int, col: int) -> None:
    """The four cells that tell the last run of a verb: outcome, time, seconds, what it told."""
    page.name(f"At_{verb.key}", row, col)
    centred = page.cell(align="center")
    page.sheet.write_blank(row, col, None, centred)
    page.sheet.write_blank(row, col + 1, None, page.cell(align="center", num_format="mm-dd hh:mm", font_size=9))
    page.sheet.write_blank(row, col + 2, None, centred)
    page.sheet.write_blank(row, col + 3, None, page.cell(**_WRAPPED, font_size=9, valign="top"))


def add_choices(book: Book) -> None:
    """设置: the cells that people fill, each with a hint."""
    page = _page(book, CHOICES)
    page.title("设置", "白色格可填，点一下有提示；填好后在“工作台”点“检查设置”。")
    for heading, settings in SETTINGS.items():
        page.section(heading)
        for setting in settings:
            _write_setting(page, setting)
        page.row += 1
    page.button(Verb("", "PickFolder", "选文件夹…", "选年度文件夹"), 4, 4, _BUTTON)
    page.sheet.set_row(4, _BUTTON_ROW)
    page.finish((2, 20, 52, 66, 19))
    page.sheet.fit_to_pages(1, 1)


def _write_setting(page: Page, setting: Setting) -> None:
    # Excel would take the period 2026-05 for a day
    number = {"date": "yyyy-mm-dd", "year": "0", "text": "@"}[setting.kind]
    style = page.cell(**_WRAPPED, bg_color="#FFFFFF", locked=False, num_format=number, bottom=2, bottom_color=ACCENT)
    page.sheet.write_string(page.row, 1, setting.label, page.label())
    page.book.write_cell(page.sheet, page.row, 2, setting.value, style)
    page.sheet.write_string(page.row, 3, setting.hint, page.cell(**_WRAPPED, font_color=MUTED))
    page.sheet.data_validation(page.row, 2, page.row, 2, _rule(setting))
    page.sheet.set_row(page.row, max(26, text_height(setting.hint, 58)))
    page.name(setting.key, page.row, 2)
    page.row += 1


def _rule(setting: Setting) -> dict[str, object]:
    hint = {"input_title": setting.label, "input_message": setting.hint}
    if setting.choices:
        told = {"error_title": "请从列表中选择", "error_message": f"“{setting.label}”只能从下拉列表中选择。"}
        return {"validate": "list", "source": list(setting.choices), "ignore_blank": False, **told, **hint}
    if setting.kind == "year":
        told = {"error_title": "请填年份", "error_message": "请填四位年份，如 2027。"}
        return {"validate": "integer", "criteria": "between", "minimum": 2000, "maximum": 2099, **told, **hint}
    if setting.kind == "date":
        told = {"error_title": "请填日期", "error_message": "请填日期，如 2026-6-30。"}
        days = {"minimum": date(2000, 1, 1), "maximum": date(2099, 12, 31)}
        return {"validate": "date", "criteria": "between", **days, **told, **hint}
    return {"validate": "any", **hint}


def add_overview(book: Book) -> None:
    """总览: the figures of the last look, the lights with bars, and the way to what was written.

    The hidden first column tells the macros which value of the answer stands in the row; `end` ends it.
    """
    page = _page(book, OVERVIEW)
    page.title("总览", "下发、收取、汇总之后自动刷新；也可以点“刷新”。数字来自年度文件夹，不用打开别的文件。")
    page.button(STATUS, 3, 1, _BUTTON)
    page.sheet.set_row(3, _BUTTON_ROW)
    _write_outcome(page, STATUS, 3, 2)
    page.colour_outcomes(3, 3, 2)
    page.name("Overview", 5, 0)
    page.row = 5
    for heading, figures in FIGURES.items():
        page.section(heading)
        for label, path in figures.items():
            _write_figure(page, label, path, page.label(align="left", indent=1))
        page.row += 1
    _write_lights(page)
    _write_links(page)
    page.sheet.write_string(page.row, 0, "end")
    page.finish((2, 20, 18, 21, 11, 60))
    page.sheet.set_column(0, 0, 2, None, {"hidden": True})
    page.sheet.set_portrait()
    page.sheet.fit_to_pages(1, 1)


def _write_figure(page: Page, label: str, path: str, look: Format) -> None:
    page.sheet.write_string(page.row, 0, path)
    page.sheet.write_string(page.row, 1, label, look)
    if path.endswith("[]"):  # a list of names needs the width of the page
        page.sheet.merge_range(page.row, 2, page.row, 5, "", page.cell(**_WRAPPED))
        page.sheet.set_row(page.row, 56)
    else:
        # a day that a macro writes as text may become a date of the system's own form
        page.sheet.write_blank(page.row, 2, None, page.cell(align="center", **_DAY if path in _DAYS else {}))
        page.sheet.set_row(page.row, 22)
    page.row += 1


def _write_lights(page: Page) -> None:
    page.section("责任事项（已交回单位合计）")
    first, last = page.row, page.row + len(LIGHTS) - 1
    total = f"SUM(C${first + 1}:C${last + 1})"
    for word, (fill, text) in LIGHTS.items():
        _write_figure(page, word, f"lights.{word}", page.label(bg_color=fill, font_color=text))
        share = Formula(f'=IF({total}=0,"",C{page.row}/{total})', "")
        page.book.write_cell(page.sheet, page.row - 1, 3, share, page.cell(num_format="0.0%", align="center"))
    page.sheet.conditional_format(first, 2, last, 2, {"type": "data_bar", "bar_color": "#9DB8D2", "bar_solid": True})
    page.sheet.write_string(page.row, 1, "合计", page.label())
    page.book.write_cell(page.sheet, page.row, 2, Formula(f"={total}", 0), page.cell(align="center", bold=True))
    page.sheet.write_blank(page.row, 3, None, page.cell())
    page.sheet.set_row(page.row, 22)
    page.row += 2


# the folder as it is typed in the settings, until a macro writes the one it found, with the separator at its end
_TYPED = 'SUBSTITUTE(Qd_Folder,"""","")'
_FOLDER_TYPED = Formula(f'=IF(Qd_Folder="","",{_TYPED}&IF(ISNUMBER(FIND("/",Qd_Folder)),"/","\\"))', "")


def _write_links(page: Page) -> None:
    page.section("打开")
    page.name("Overview_Folder", page.row, 2)
    folder = xl_rowcol_to_cell(page.row, 2, row_abs=True, col_abs=True)
    page.sheet.write_string(page.row, 1, "年度文件夹", page.label(align="left", indent=1))
    page.sheet.merge_range(page.row, 2, page.row, 5, "", page.cell(**_WRAPPED))
    page.book.write_cell(page.sheet, page.row, 2, _FOLDER_TYPED, page.cell(**_WRAPPED))
    page.sheet.set_row(page.row, 26)
    page.row += 1
    for label, (place, file) in LINKS.items():
        page.sheet.write_string(page.row, 1, label, page.label(align="left", indent=1))
        # the folder ends with the separator of the system: \ or /
        within = f'&"{place}"&RIGHT({folder},1)' if place else ""
        target = f'{folder}{within}&"{file}"'
        link = Formula(f'=IF({folder}="","",HYPERLINK({target},"打开"))', "")
        page.book.write_cell(page.sheet, page.row, 2, link, page.cell(align="center", font_color=ACCENT, underline=1))
        page.sheet.set_row(page.row, 22)
        page.row += 1


_LOGGED: tuple[tuple[str, float, dict[str, object]], ...] = (
    ("时间", 21, {"align": "center", "num_format": "yyyy-mm-dd hh:mm:ss"}),
    ("操作", 12, {"align": "center"}),
    ("结果", 11, {"align": "center"}),
    ("用时（秒）", 11, {"align": "center"}),
    ("说明", 52, {"align": "left"}),
    ("提示", 70, {"align": "left"}),
    ("方式", 10, {"align": "center"}),
    ("年度文件夹", 34, {"align": "left"}),
)


def add_log(book: Book) -> None:
    """运行记录: a line a run, the newest at the bottom."""
    page = _page(book, LOG)
    page.sheet.write_string(0, 0, "运行记录", book.styles.title)
    page.sheet.write_string(1, 0, "每按一次按钮记一行，最新的在最下面。", book.styles.purpose)
    page.sheet.set_row(0, 30)
    page.sheet.set_row(2, 24)
    page.finish(())
    for col, (heading, width, look) in enumerate(_LOGGED):
        page.sheet.set_column(col, col, width, book.styles.get(text_wrap=True, valign="top", **look))
        page.sheet.write_string(2, col, heading, page.label())
    page.name("Log", 3, 0)
    page.colour_outcomes(3, _LAST_ROW, 2)  # LibreOffice shows only the first rule that fits
    ruled = {"type": "formula", "criteria": '=$A4<>""', "format": book.styles.ruled}
    page.sheet.conditional_format(3, 0, _LAST_ROW, len(_LOGGED) - 1, ruled)
    page.sheet.freeze_panes(3, 2)


def add_about(book: Book, xlwings_version: str) -> None:
    """说明: how to trust the workbook, how to use it, what is proven, whose macros are built in."""
    page = _page(book, ABOUT)
    page.title("说明", "怎样信任这个文件、怎样用、哪些验证过、内置了谁的代码。")
    width = 112
    for heading, lines in TRUST.items():
        if heading == _NEW_PAGE:
            page.sheet.set_h_pagebreaks([page.row])
        page.section(heading)
        for line in lines:
            text = line.format(version=xlwings_version)
            page.sheet.write_string(page.row, 1, text, book.styles.get(text_wrap=True, valign="top"))
            page.sheet.set_row(page.row, text_height(text, width))
            page.row += 1
    small = book.styles.get(text_wrap=True, valign="top", font_size=8, font_color=MUTED)
    page.sheet.write_string(page.row, 1, MIT_NOTICE, small)
    page.sheet.set_row(page.row, text_height(MIT_NOTICE, width))
    page.finish((2, width))


_PYTHON = Formula('=IF(Qd_Python="","python",SUBSTITUTE(Qd_Python,"""",""))', "python")
# What stands here goes before what somebody has set for workbooks of their own. The server for functions of cells wants
# the very version of the built-in module; a workbook in a cloud folder is not looked for on the disk.
_XLWINGS_SETTINGS: Mapping[str, Cell] = {
    "INTERPRETER_WIN": _PYTHON,
    "INTERPRETER_MAC": _PYTHON,
    "ADD_WORKBOOK_TO_PYTHONPATH": "False",
    "USE UDF SERVER": "False",
    "SHOW CONSOLE": "False",
    "CONDA PATH": "",
    "CONDA ENV": "",
}


def add_hidden(book: Book) -> None:
    """The tables that the macros read, and the settings that xlwings reads."""
    page = _page(book, _TEXTS)
    page.name("Texts", 0, 0)
    for row, pair in enumerate(TEXTS.items()):
        page.sheet.write_row(row, 0, pair)
    page.name("Verbs", 0, 3)
    for row, verb in enumerate((*VERBS, STATUS)):
        for col, text in enumerate(verb.row, 3):
            page.sheet.write_string(row, col, text)
    page.sheet.very_hidden()
    conf = book.workbook.add_worksheet(_XLWINGS)
    for row, (key, value) in enumerate(_XLWINGS_SETTINGS.items()):
        book.write_cell(conf, row, 0, key, None)
        book.write_cell(conf, row, 1, value, None)
    conf.very_hidden()
