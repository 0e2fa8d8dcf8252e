"""The marked copy that goes back to a unit: it shows what to mend, changes nothing else, is read as the original."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import xlsxwriter
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openxml_audit import OpenXmlValidator

from badfiles.tiny import LEADERS, filled, make_batch, sent_out, type_duty
from qingdan_xl.collecting.collect import collect
from qingdan_xl.collecting.examine import Context, Return, Task, examine
from qingdan_xl.collecting.handback import Marking, hand_back, marked, to_mend
from qingdan_xl.collecting.intake import Reading
from qingdan_xl.model import Origin
from qingdan_xl.problems import Problem
from qingdan_xl.sheets.handback import HANDBACK
from qingdan_xl.sheets.styles import HEADING_FILL
from qingdan_xl.sheets.unit import HIDDEN_TITLE, LOG, MATRIX
from qingdan_xl.sheets.writing import ROOM
from qingdan_xl.workspace.files import Saved
from qingdan_xl.workspace.folder import Workspace
from returns import ON_TIME, opened, put, send_out


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """A file with two faulty cells, one of which has a comment of the unit's own."""
    desk = opened(filled(0))
    type_duty(desk, "status", "已完工")
    type_duty(desk, "progress", "130%", 1)
    desk.cell(LEADERS, "d1.01", "status").comment = Comment("我们的说明", "张甲")
    return put(tmp_path, "单位.xlsx", desk.saved())


def faulty_of(number: int) -> bytes:
    """A unit's workbook with one faulty cell."""
    desk = opened(filled(number))
    type_duty(desk, "status", "已完工")
    return desk.saved()


def mended_of(number: int) -> bytes:
    """The unit's workbook without a fault, saved now."""
    return opened(filled(number)).saved()


@pytest.fixture
def year(tmp_path: Path) -> Workspace:
    """A year folder in which a few units were sent their workbooks."""
    workspace = Workspace.create(tmp_path / "2026年度", 2026)
    send_out(workspace, make_batch(3))
    return workspace


def read(path: Path) -> Return:
    """What is read of a file."""
    return examine(Task(path, path.name), Context(sent_out(1)))


def copy_of(path: Path) -> bytes:
    """The marked copy of a file."""
    found = read(path)
    data = marked(Marking(path, path.name, to_mend(found.problems)))
    assert isinstance(data, bytes)
    return data


def places(found: Return) -> list[tuple[str, str, str]]:
    """Code, sheet and cell of each problem."""
    return [(fault.code, fault.origin.sheet, fault.origin.cell) for fault in found.problems]


def test_faulty_cells_are_marked_with_a_comment(faulty: Path) -> None:
    """Each faulty cell is coloured and says what is wrong; the unit's own comment stays."""
    desk = opened(copy_of(faulty))
    status, progress = desk.cell(LEADERS, "d1.01", "status"), desk.cell(LEADERS, "d2.01", "progress")

    coloured = {str(area.sqref) for area in desk.page(LEADERS).conditional_formatting}
    assert f"{status.coordinate} {progress.coordinate}" in coloured
    assert status.comment.text.startswith("我们的说明\n【清单核对】“状态”填的“已完工”不在选项内")
    assert "130%" in progress.comment.text


def test_the_list_links_to_each_cell(faulty: Path) -> None:
    """The sheet in front lists every problem with a link to its cell."""
    page: Any = opened(copy_of(faulty)).book.worksheets[0]

    assert page.title == HANDBACK.title
    links = [cell.hyperlink.location for cell in page["B"] if cell.hyperlink]
    wanted = [fault.origin for fault in to_mend(read(faulty).problems)]
    assert links == [f"'{where.sheet}'!{where.cell}" for where in wanted]


def test_a_number_typed_for_a_day_stays(tmp_path: Path) -> None:
    """20260301 in a cell that shows days is in the copy what it was, with what is wrong about it still told."""
    desk = opened(filled(0))
    type_duty(desk, "status", "已完工")
    desk.page(LOG.title)["A4"].value = 20260301
    path = put(tmp_path, "单位.xlsx", desk.saved())

    after = read(put(tmp_path / "again", path.name, copy_of(path)))

    assert after.rows == read(path).rows
    assert ("date-as-text", LOG.title, "A4") in places(after)


def test_the_copy_is_read_as_the_original(faulty: Path, tmp_path: Path) -> None:
    """Sent again unchanged, the copy gives the same rows and the same problems."""
    before = read(faulty)

    after = read(put(tmp_path / "again", faulty.name, copy_of(faulty)))

    assert after.rows == before.rows
    assert places(after) == places(before)


def test_excel_opens_the_copy_without_repair(faulty: Path, tmp_path: Path) -> None:
    """Texts with a word in bold included, which stay as they were typed."""
    desk, path = opened(faulty.read_bytes()), tmp_path / "副本.xlsx"
    bold = CellRichText("已经", TextBlock(InlineFont(b=True), "全部"), "落实<&")
    desk.cell(LEADERS, "d1.01", "report").value = bold
    path.write_bytes(copy_of(put(tmp_path, "新.xlsx", desk.saved())))

    assert list(OpenXmlValidator().validate(path).errors) == []
    place = desk.cell(LEADERS, "d1.01", "report").coordinate
    assert load_workbook(path, rich_text=True)[desk.page(LEADERS).title][place].value == bold


def test_marks_of_an_earlier_copy_go_when_mended(faulty: Path, tmp_path: Path) -> None:
    """A mended copy that is marked again has only the marks of what is still wrong."""
    desk = opened(copy_of(faulty))
    type_duty(desk, "status", "推进中")
    mended = put(tmp_path / "again", faulty.name, desk.saved())

    again = opened(copy_of(mended))

    status = again.cell(LEADERS, "d1.01", "status")
    assert status.comment.text == "我们的说明"
    assert again.book.worksheets[0].max_row == 4
    marks = [
        area for area in again.page(LEADERS).conditional_formatting if status.coordinate in str(area.sqref).split()
    ]
    assert marks == []


def shape(data: bytes) -> dict[str, Any]:
    """Everything of a workbook's form that must outlive the marking."""
    book = load_workbook(BytesIO(data))
    pages = [page for page in book.worksheets if page.title != HANDBACK.title]
    with ZipFile(BytesIO(data)) as archive:
        properties = archive.read("docProps/custom.xml")
    return {
        "names": sorted(book.defined_names),
        "structure": book.security.lockStructure if book.security else None,
        "properties": sorted(part for part in properties.decode().split("<") if part.startswith("vt:lpwstr")),
        "state": {page.title: page.sheet_state for page in pages},
        "protected": {page.title: (page.protection.sheet, page.protection.password) for page in pages},
        "validations": {
            page.title: sorted(
                (str(v.sqref), v.type or "", v.formula1 or "") for v in page.data_validations.dataValidation
            )
            for page in pages
        },
        "formats": {
            page.title: sorted(
                (str(area.sqref), str(rule.formula))
                for area in page.conditional_formatting
                for rule in area.rules
                if "需修改" not in str(rule.formula)
            )
            for page in pages
        },
        "hidden": {page.title: sorted(k for k, d in page.column_dimensions.items() if d.hidden) for page in pages},
        "cells": {
            page.title: [
                (cell.coordinate, cell.value, cell.number_format, cell.fill.fgColor.rgb, cell.protection.locked)
                for cells in page.iter_rows()
                for cell in cells
                if cell.value is not None or cell.has_style
            ]
            for page in pages
        },
    }


def test_nothing_else_is_changed(faulty: Path) -> None:
    """Values, formulas, styles, locks, dropdowns, colours, names, properties and hidden sheets are as before."""
    before, after = shape(faulty.read_bytes()), shape(copy_of(faulty))

    assert before["state"][HIDDEN_TITLE] == "veryHidden"
    assert before["validations"][LEADERS]
    assert before["formats"][LEADERS]
    assert after == before


def test_what_was_typed_is_never_a_formula(tmp_path: Path) -> None:
    """A problem that quotes a formula of the unit stands in the list as text."""
    path = put(tmp_path, "单位.xlsx", filled(0))

    data = marked(Marking(path, path.name, (Problem("bad-cell", "=cmd|' /C calc'!A0"),)))

    assert isinstance(data, bytes)
    assert opened(data).book.worksheets[0]["D4"].data_type == "s"


def test_other_formats_and_broken_files_say_why(tmp_path: Path) -> None:
    """A file that cannot be marked gives a coded problem, and the others their copies."""
    good, bad = put(tmp_path, "好.xlsx", filled(0)), put(tmp_path, "坏.ods", b"PK\3\4 no more")
    text, fault = put(tmp_path, "表.csv", b"a,b"), (Problem("not-filled", "没有填"),)

    done = hand_back([Marking(path, path.name, fault) for path in (good, bad, text)], tmp_path / "退改")

    assert [each.code for each in done if isinstance(each, Problem)] == ["cannot-annotate"] * 2
    assert [each.path.name for each in done if isinstance(each, Saved)] == ["好.xlsx"]


def test_collected_files_go_back(year: Workspace) -> None:
    """The copies of a collect are made of the originals that were kept."""
    put(year.inbox, "单位.xlsx", faulty_of(0))
    put(year.inbox, "无误.xlsx", filled(1))
    found = collect(year, (), ON_TIME, Reading(workers=1))

    done = hand_back(found.to_hand_back(year), year.handback)

    assert [each.path for each in done if isinstance(each, Saved)] == [year.handback / "单位Q0000.xlsx"]


def test_the_list_shows_every_text_whole(tmp_path: Path) -> None:
    """Its headings stand out, and a row is as high as its longest text needs."""
    path, long = put(tmp_path, "单位.xlsx", filled(0)), "很长的说明" * 30
    faults = (Problem("not-filled", "短"), Problem("not-filled", long))

    data = marked(Marking(path, path.name, faults))

    assert isinstance(data, bytes)
    page: Any = opened(data).book.worksheets[0]
    width = sum(2 for _ in long)
    assert page.row_dimensions[4].height == ROOM
    assert page.row_dimensions[5].height >= width / page.column_dimensions["D"].width * 14
    assert page["D3"].fill.fgColor.rgb.endswith(HEADING_FILL[1:])
    assert page["D5"].alignment.wrap_text


def test_a_mark_comes_before_the_colours_of_the_form(tmp_path: Path) -> None:
    """A letter of the matrix has a colour of its own, under which the mark could not be seen."""
    path = put(tmp_path, "单位.xlsx", filled(0))
    faults = (Problem("two-leaders", "两个牵头", Origin(path.name, MATRIX.title, 4, "F")),)

    data = marked(Marking(path, path.name, faults))

    assert isinstance(data, bytes)
    areas = list(opened(data).page(MATRIX.title).conditional_formatting)
    priorities = [rule.priority for area in areas for rule in area.rules]
    assert str(areas[0].sqref) == "F4"
    assert priorities[0] == 1
    assert priorities.count(1) == 1


def test_a_problem_of_a_lost_column_links_to_its_row(tmp_path: Path) -> None:
    """There is no cell to mark then, and the copy is made all the same."""
    path = put(tmp_path, "单位.xlsx", filled(0))

    data = marked(Marking(path, path.name, (Problem("done-without-evidence", "没有佐证", Origin("", LEADERS, 5)),)))

    assert isinstance(data, bytes)
    page: Any = opened(data).book.worksheets[0]
    assert page["B4"].hyperlink.location == f"'{LEADERS}'!A5"


def test_what_is_to_mend_stands_by_weight_sheet_and_cell() -> None:
    """What has to be mended first comes first; then sheet by sheet, row by row, column by column."""
    places = [
        ("bad-cell", "乙", 9, "B"),
        ("not-filled", "甲", 4, "C"),
        ("bad-cell", "甲", 5, "AA"),
        ("bad-cell", "乙", 9, "A"),
    ]
    faults = [Problem(code, "", Origin("", sheet, row, column)) for code, sheet, row, column in places]

    found = [(fault.origin.sheet, fault.origin.cell) for fault in to_mend([*faults, Problem("late", "")])]

    assert found == [("乙", "A9"), ("乙", "B9"), ("甲", "AA5"), ("甲", "C4")]


def handed_back(year: Workspace) -> list[str]:
    """Collect and hand back; the names of the workbooks that lie in 退改/ then."""
    found = collect(year, (), ON_TIME, Reading(workers=1))
    hand_back(found.to_hand_back(year), year.handback)
    return sorted(path.name for path in year.handback.glob("*.xlsx"))


def test_files_of_one_name_give_a_copy_for_each_unit(year: Workspace) -> None:
    """Copies are called after their units, so none takes the place of another's."""
    put(year.inbox, "甲/填报表.xlsx", faulty_of(0))
    put(year.inbox, "乙/填报表.xlsx", faulty_of(1))

    assert handed_back(year) == ["单位Q0000.xlsx", "单位Q0001.xlsx"]
    units = [opened((year.handback / f"单位Q000{n}.xlsx").read_bytes()).page(HIDDEN_TITLE)["B3"].value for n in (0, 1)]
    assert units == ["Q0000", "Q0001"]


def test_units_of_one_name_have_copies_of_their_own(tmp_path: Path) -> None:
    """Where two names are one, to people or to the file system, the second copy bears the unit's id."""
    fault, path = (Problem("not-filled", "没有填", unit="青禾镇"),), put(tmp_path, "单位.xlsx", filled(0))
    units = [("U1", "青禾镇A"), ("U2", "青禾镇a"), ("U3", "青禾镇?")]
    markings = [Marking(path, path.name, (replace(fault[0], unit=name),), unit_id) for unit_id, name in units]

    hand_back(markings, tmp_path / "退改")
    hand_back(markings, tmp_path / "退改")

    names = sorted(path.name for path in (tmp_path / "退改").glob("*.xlsx"))
    assert names == ["青禾镇A.xlsx", "青禾镇a（U2）.xlsx", "青禾镇·.xlsx"]


def test_the_copy_of_a_unit_that_has_mended_goes(year: Workspace) -> None:
    """What nobody has to mend any more lies in 退改/ no longer; the copies of the others stay."""
    put(year.inbox, "单位.xlsx", faulty_of(0))
    put(year.inbox, "又一份.xlsx", faulty_of(1))
    before = handed_back(year)
    put(year.inbox, "改好.xlsx", mended_of(0))

    assert before == ["单位Q0000.xlsx", "单位Q0001.xlsx"]
    assert handed_back(year) == ["单位Q0001.xlsx"]


def test_a_copy_that_somebody_worked_in_stays(year: Workspace) -> None:
    """Only what lies there as it was written is taken away."""
    put(year.inbox, "单位.xlsx", faulty_of(0))
    (name,) = handed_back(year)
    worked = put(year.handback, name, (year.handback / name).read_bytes() + b"\0")
    put(year.inbox, "改好.xlsx", mended_of(0))

    assert handed_back(year) == [name]
    assert worked.read_bytes().endswith(b"\0")


def test_a_list_of_copies_that_cannot_be_read_is_none(year: Workspace) -> None:
    """Then nothing is known to be ours: copies are written, none is taken away."""
    put(year.inbox, "单位.xlsx", faulty_of(0))
    handed_back(year)
    (year.handback / ".qingdan-copies.json").write_text("[1]")
    put(year.inbox, "改好.xlsx", mended_of(0))

    assert handed_back(year) == ["单位Q0000.xlsx"]


PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 60
WPS = "http://www.wps.cn/officeDocument/2017/etCustomData"


def with_cell_picture(data: bytes) -> bytes:
    """The workbook as WPS saves it with a picture in a cell."""
    with ZipFile(BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    relations, types = "xl/_rels/workbook.xml.rels", "[Content_Types].xml"
    relation = (
        b'<Relationship Id="rId99" Type="http://www.wps.cn/officeDocument/2020/cellImage" Target="cellimages.xml"/>'
    )
    kinds = (
        b'<Default Extension="png" ContentType="image/png"/><Override PartName="/xl/cellimages.xml" '
        b'ContentType="application/vnd.wps-officedocument.cellimage+xml"/></Types>'
    )
    parts[relations] = parts[relations].replace(b"</Relationships>", relation + b"</Relationships>")
    parts[types] = parts[types].replace(b"</Types>", kinds)
    parts["xl/cellimages.xml"] = f'<etc:cellImages xmlns:etc="{WPS}"/>'.encode()
    parts["xl/_rels/cellimages.xml.rels"] = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="media/image1.png"/>'
        b"</Relationships>"
    )
    parts["xl/media/image1.png"] = PNG
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def test_pictures_in_cells_stay(tmp_path: Path) -> None:
    """The copy, and a copy of the copy, has the pictures that WPS put into cells, and the formula that shows them."""
    desk = opened(filled(0))
    desk.page(LEADERS)["Z9"] = '=_xlfn.DISPIMG("ID_1",1)'
    path = put(tmp_path, "单位.xlsx", with_cell_picture(desk.saved()))
    fault = (Problem("not-filled", "没有填"),)

    copy = marked(Marking(path, path.name, fault))
    assert isinstance(copy, bytes)
    again = marked(Marking(put(tmp_path, "再报.xlsx", copy), "再报.xlsx", fault))

    assert isinstance(again, bytes)
    assert list(OpenXmlValidator().validate(put(tmp_path, "副本.xlsx", again)).errors) == []
    assert opened(again).page(LEADERS)["Z9"].value == '=_xlfn.DISPIMG("ID_1",1)'
    with ZipFile(BytesIO(again)) as archive:
        relations = archive.read("xl/_rels/cellimages.xml.rels").decode()
        target = relations.partition('Target="')[2].partition('"')[0]
        assert archive.read(f"xl/{target}") == PNG
        assert b'Target="cellimages.xml"' in archive.read("xl/_rels/workbook.xml.rels")
        assert archive.read("[Content_Types].xml").count(b'Extension="png"') == 1


LITTLE_PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c4944415408d763f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)


def drawn(*, text: bool, part: str = "") -> bytes:
    """A workbook with a floating picture, and a text box or another part."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer)
    page = book.add_worksheet("清单")
    page.insert_image("B2", "图.png", {"image_data": BytesIO(LITTLE_PICTURE)})
    if text:
        page.insert_textbox("D4", "我们的说明")
    book.close()
    if part:
        with ZipFile(buffer, "a") as archive:
            archive.writestr(part, b"x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "lost"),
    [
        (drawn(text=True), "文本框或形状"),
        (drawn(text=False, part="xl/embeddings/oleObject1.bin"), "嵌入的文件"),
        (drawn(text=False, part="xl/media/image2.png"), "图片"),
    ],
    ids=["text box", "embedded file", "picture of another kind"],
)
def test_what_a_copy_would_lose_keeps_it_from_being_written(tmp_path: Path, data: bytes, lost: str) -> None:
    """Nobody gets a copy back in which what he put in is missing: it is said what that is."""
    path = put(tmp_path, "单位.xlsx", data)

    (found,) = hand_back([Marking(path, path.name, (Problem("not-filled", "没有填"),))], tmp_path / "退改")

    assert isinstance(found, Problem)
    assert (found.code, lost in found.what) == ("cannot-annotate", True)


def test_a_floating_picture_stays(tmp_path: Path) -> None:
    """A picture that lies over the cells is in the copy as it was."""
    path = put(tmp_path, "单位.xlsx", drawn(text=False))

    copy = marked(Marking(path, path.name, (Problem("not-filled", "没有填"),)))

    assert isinstance(copy, bytes)
    with ZipFile(BytesIO(copy)) as archive:
        assert LITTLE_PICTURE in [archive.read(name) for name in archive.namelist() if "media" in name]
