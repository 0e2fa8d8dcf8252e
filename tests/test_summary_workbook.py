"""汇总.xlsx as it is written: opens cleanly, calculates to the frames' figures, reads in Chinese."""

import re
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openxml_audit import OpenXmlValidator

from office import Office
from qingdan_xl.sheets.summary import PRINTED_REMARKS, SUMMARY
from qingdan_xl.store import Store
from qingdan_xl.summary.frames import frames
from qingdan_xl.summary.keyfigures import cards, key_figures
from qingdan_xl.summary.material import load_material
from qingdan_xl.summary.memory import Memory
from qingdan_xl.summary.scope import YEAR
from qingdan_xl.summary.workbook import summary_workbook
from summary_samples import CALENDAR, filled_store, issue

FIGURES = {
    "下发单位": 4,
    "已交回": 3,
    "其中迟交": 1,
    "未交回": 1,
    "责任事项": 16,
    "交回事项": 11,
    "已填事项": 10,
    "应办结": 9,
    "完成": 2,
    "长期": 1,
    "正常": 2,
    "未填报": 1,
    "临近": 1,
    "欠缺": 2,
    "逾期": 1,
    "不适用": 1,
    "到期应完成次数": 6,
    "到期已完成次数": 4,
    "已完成次数": 7,
    "到期欠缺次数": 2,
    "新逾期": 0,
    "新欠缺": 0,
    "新完成": 0,
    "已补上": 0,
    "新交回": 0,
    "找到文件": 7,
    "采用": 3,
    "被替代": 1,
    "重复": 1,
    "退回": 1,
    "忽略": 1,
    "整改问题": 3,
    "已整改": 1,
    "整改逾期": 2,
    "廉政风险点": 2,
    "其中高风险": 1,
    "未落位批示": 0,
    "错误": 2,
    "警告": 0,
    "提示": 0,
}


@pytest.fixture(scope="module")
def paths(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """汇总.xlsx of the four units, and one of a year in which nothing came back."""
    folder = tmp_path_factory.mktemp("汇总")
    empty = Store(folder / "empty.db")
    issue(empty)
    made = []
    for name, store in (("汇总", filled_store(folder)), ("尚无交回", empty)):
        material = load_material(store, CALENDAR)
        made.append(folder / f"{name}.xlsx")
        made[-1].write_bytes(summary_workbook(material, frames(material)))
    return made


@pytest.fixture(scope="module")
def recalculated(paths: list[Path], office: Office) -> list[Path]:
    """The same workbooks after LibreOffice calculated every formula anew."""
    return office.recalculate(paths, paths[0].parent / "recalculated")


def formulas(path: Path) -> Iterator[tuple[str, str]]:
    """Sheet and cell of every formula."""
    for page in openpyxl.load_workbook(path):
        for row in page.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    yield page.title, cell.coordinate


def texts(path: Path) -> Iterator[str]:
    """Every text a reader of the workbook sees, cells and tabs."""
    for page in openpyxl.load_workbook(path, data_only=True):
        yield page.title
        for row in page.iter_rows():
            yield from (cell.value for cell in row if isinstance(cell.value, str) and not hidden(page, cell))


def hidden(page: Any, cell: Any) -> bool:
    """Whether a cell stands in a hidden column."""
    return bool(page.column_dimensions[cell.column_letter].hidden)


def test_it_opens_without_repair(paths: list[Path]) -> None:
    """Microsoft's rules for the format find nothing to complain of, with returns and without."""
    for path in paths:
        assert [str(fault) for fault in OpenXmlValidator().validate(str(path)).errors] == []


def test_sheets_stand_in_the_declared_order(paths: list[Path]) -> None:
    """One tab a declaration, 总览 first."""
    book = openpyxl.load_workbook(paths[0])

    assert book.sheetnames == [sheet.title for sheet in (*SUMMARY, PRINTED_REMARKS)]
    assert book[PRINTED_REMARKS.title].sheet_state == "veryHidden"


def test_recalculated_every_formula_equals_the_frames(paths: list[Path], recalculated: list[Path]) -> None:
    """What LibreOffice calculates is what pandas counted, cell by cell, and no cell holds an error."""
    for path, again in zip(paths, recalculated, strict=True):
        ours, theirs = openpyxl.load_workbook(path, data_only=True), openpyxl.load_workbook(again, data_only=True)
        places = list(formulas(path))

        assert len(places) > 40
        for sheet, place in places:
            expected = ours[sheet][place].value
            # an empty text that a formula gives is read back as None
            assert (theirs[sheet][place].value or 0) == pytest.approx(expected or 0), f"{sheet}!{place}"
        assert not [text for text in texts(again) if text.startswith("#")]


def test_figures_are_those_worked_out_by_hand(tmp_path: Path) -> None:
    """Every figure of 总览 by its label, the four sums that agree, and the rate."""
    found = key_figures(frames(load_material(filled_store(tmp_path), CALENDAR)))

    assert {f.label: f.formula.value for f in found if f.label not in ("核对", "完成率")} == FIGURES
    assert [f.formula.value for f in found if f.label == "核对"] == ["相符", "相符", "相符", "相符"]
    assert [f.formula.value for f in found if f.label == "完成率"] == [pytest.approx(2 / 9)]


def test_cards_show_what_a_leader_asks_first(tmp_path: Path) -> None:
    """Who returned, how many duties, how far, and what is late, short or near."""
    found = cards(frames(load_material(filled_store(tmp_path), CALENDAR)))

    assert [(card.label, card.formula.value) for card in found] == [
        ("已交回 / 下发单位", "3 / 4"),
        ("责任事项", 16),
        ("完成率", pytest.approx(2 / 9)),
        ("逾期", 1),
        ("欠缺", 2),
        ("临近", 1),
    ]


def test_links_lead_to_sheets_that_exist(paths: list[Path]) -> None:
    """Every jump on 总览 goes to a sheet of the workbook."""
    book = openpyxl.load_workbook(paths[0])
    targets = {str(cell.hyperlink.location) for row in book["总览"].iter_rows() for cell in row if cell.hyperlink}

    assert {target.split("!")[0].strip("'") for target in targets} <= set(book.sheetnames)
    assert len(targets) >= 8


def test_the_figures_have_their_headings_on_every_printed_page(paths: list[Path]) -> None:
    """总览 goes over two pages: the headings of its table stand at the top of the second, not the title again."""
    page = openpyxl.load_workbook(paths[0])["总览"]
    (row,) = (row for row in range(1, page.max_row + 1) if page.cell(row, 1).value == "类别")

    assert page.print_title_rows == f"${row}:${row}"


def test_a_sheet_of_changes_without_any_says_why(paths: list[Path], tmp_path: Path) -> None:
    """Without an earlier summary there is nothing to compare with; with one, nothing may have changed."""
    with closing(filled_store(tmp_path)) as store:
        Memory(store).keep_standing(YEAR, date(2026, 5, 8), load_material(store, CALENDAR).standings)
        material = load_material(store, CALENDAR)
    (tmp_path / "汇总.xlsx").write_bytes(summary_workbook(material, frames(material)))

    first, same = (openpyxl.load_workbook(path)["变化"]["A2"].value for path in (paths[0], tmp_path / "汇总.xlsx"))

    assert first == "还没有更早的汇总可比；改天再汇总一次，这里就列出新逾期、新欠缺、新完成、已补上的事项"
    assert same == "和 2026-05-08 的汇总相比，没有变化"


def test_text_of_units_stays_text(paths: list[Path]) -> None:
    """=1+1 typed by a unit is a text in 明细, and formulas stand on 总览 only."""
    page = openpyxl.load_workbook(paths[0])["明细"]
    found = [cell for row in page.iter_rows() for cell in row if cell.value == "=1+1"]

    assert [cell.data_type for cell in found] == ["s"]
    assert {sheet for sheet, _ in formulas(paths[0])} == {"总览"}


def test_no_english_word_is_shown(paths: list[Path]) -> None:
    """Readers see Chinese; Latin letters only in file names, cell places and what units typed."""
    names = re.compile(r"收件/\S+( \S+)?\.xlsx|Excel|WPS|\.xlsx|\b[A-Z]{1,2}\d+\b")

    assert [text for text in texts(paths[0]) if re.search("[A-Za-z]{2,}", names.sub("", text))] == []


def test_the_unreturned_unit_is_blank_not_zero(paths: list[Path]) -> None:
    """On 按单位 the unit that did not return has its duties and no count of what it did."""
    page = openpyxl.load_workbook(paths[0])["按单位"]
    head = [cell.value for cell in page[3]]
    row = dict(zip(head, [cell.value for cell in page[7]], strict=True))

    assert (row["单位"], row["交回情况"], row["责任事项数"]) == ("望江镇", "未交回", 5)
    assert [row[key] for key in ("完成", "逾期", "完成率", "到期欠缺次数")] == [None, None, None, None]


def test_percents_are_numbers(paths: list[Path]) -> None:
    """A rate is a number shown as a percent, not a text."""
    cell = next(
        cell
        for cell in openpyxl.load_workbook(paths[0])["明细"]["T"]
        if isinstance(cell.value, float) and cell.number_format == "0%"
    )

    assert cell.value == pytest.approx(0.4)


def test_the_same_store_gives_the_same_bytes(tmp_path: Path, paths: list[Path]) -> None:
    """Summing up twice changes nothing."""
    material = load_material(filled_store(tmp_path), CALENDAR)

    assert summary_workbook(material, frames(material)) == paths[0].read_bytes()
