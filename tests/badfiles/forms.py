"""Faults of a form that somebody worked on: sheets, rows, texts, units, versions (rows 5, 8 to 14, 19)."""

from badfiles.cases import Case, added, edited, refused, with_parts
from badfiles.tiny import LEADERS, type_duty, unit_id
from badfiles.xlsb import as_xlsb
from qingdan_xl.sheets.identity import PROPERTIES
from qingdan_xl.sheets.unit import HIDDEN_TITLE, LOG, MATRIX
from returns import Desk, stranger


def _rename(desk: Desk) -> None:
    desk.page(LEADERS).title = "表一"
    desk.page(LOG.title).title = "表二"


def _reorder(desk: Desk) -> None:
    desk.book.move_sheet(LOG.title, -4)
    desk.book.create_sheet("我的统计", 0)


def _copy(desk: Desk) -> None:
    page = desk.book.copy_worksheet(desk.page(LEADERS))
    page.title = "副本"
    desk.book.move_sheet("副本", -9)


def _insert(desk: Desk) -> None:
    desk.page(LEADERS).insert_rows(1, 3)
    desk.page(LEADERS).insert_cols(2)
    desk.page(LOG.title).insert_rows(4, 5)
    desk.page(LOG.title).insert_cols(1)


def _sort(desk: Desk) -> None:
    page = desk.page(LEADERS)
    first, second = ([cell.value for cell in page[number]] for number in (4, 5))
    for number, values in ((4, second), (5, first)):
        for cell, value in zip(page[number], values, strict=True):
            cell.value = value


def _double(desk: Desk) -> None:
    page = desk.page(LEADERS)
    for cell in page[4]:
        page.cell(6, cell.column or 1).value = cell.value


def _lose(desk: Desk) -> None:
    type_duty(desk, "text", "别的文字")
    type_duty(desk, "row_id", None)


def _cut_record(data: bytes) -> bytes:
    return with_parts(lambda name, content: content[:200] if name == "xl/worksheets/sheet4.bin" else content)(
        as_xlsb(data)
    )


def _compute(desk: Desk) -> None:
    type_duty(desk, "report", "=A1")


def _state(key: str, value: str) -> Case:
    """The same change in both places that state whose form it is."""

    def edit(desk: Desk) -> None:
        for cells in desk.page(HIDDEN_TITLE).iter_rows(max_col=2):
            if cells[0].value == key:
                cells[1].value = value
        for entry in desk.book.custom_doc_props.props:
            if entry.name == PROPERTIES[key]:
                entry.value = value

    code = "unit-mismatch" if key == "unit_id" else "version"
    return refused(14 if key == "unit_id" else 13, f"{key} is {value}", edited(edit), code)


CASES: tuple[Case, ...] = (
    Case(5, "xlsb", as_xlsb, ("other-format",)),
    Case(5, "xlsb with a formula", lambda data: as_xlsb(edited(_compute)(data)), ("other-format", "bad-cell")),
    refused(5, "xlsb cut short", lambda data: as_xlsb(data)[:-40], "damaged"),
    refused(5, "xlsb with a record cut short", _cut_record, "damaged"),
    refused(5, "xlsb of somebody else", lambda _data: as_xlsb(stranger()), "not-our-form"),
    Case(8, "sheets renamed", edited(_rename)),
    Case(8, "sheets reordered", edited(_reorder)),
    Case(8, "sheet copied", edited(_copy), ("sheet-copied",)),
    Case(8, "sheet missing", edited(lambda desk: desk.book.remove(desk.page(LOG.title))), ("missing-sheet",)),
    Case(8, "hidden sheet missing", edited(lambda desk: desk.book.remove(desk.page(HIDDEN_TITLE))), ("identity-lost",)),
    Case(
        8,
        "properties missing",
        with_parts(lambda n, c: b"<a/>" if n == "docProps/custom.xml" else c),
        ("identity-lost",),
    ),
    Case(9, "rows and columns inserted", edited(_insert)),
    Case(9, "rows sorted", edited(_sort)),
    Case(10, "row id deleted", edited(lambda desk: type_duty(desk, "row_id", None)), ("row-id-missing",)),
    Case(10, "row doubled", edited(_double), ("row-id-twice",)),
    Case(10, "row id and text lost", edited(_lose), ("row-id-lost", "row-lost")),
    Case(11, "duty text edited", edited(lambda desk: type_duty(desk, "text", "每年召开会议")), ("text-edited",)),
    Case(19, "macro", added(xl__vbaProject_dot_bin=b"code"), ("foreign-parts",)),
    Case(
        19,
        "link to another file",
        added(xl__externalLinks__externalLink1_dot_xml=b"<externalLink/>"),
        ("foreign-parts",),
    ),
    Case(19, "embedded object", added(xl__embeddings__oleObject1_dot_bin=b"x"), ("foreign-parts",)),
    _state("batch", "2025-07"),
    _state("template", "9"),
    _state("unit_id", unit_id(1)),
    _state("unit_id", "Q9999"),
    refused(
        14,
        "unit changed in the properties",
        with_parts(lambda n, c: c.replace(b">Q", b">P") if n == "docProps/custom.xml" else c),
        "unit-mismatch",
    ),
    Case(14, "matrix missing", edited(lambda desk: desk.book.remove(desk.page(MATRIX.title))), ("missing-sheet",)),
)
