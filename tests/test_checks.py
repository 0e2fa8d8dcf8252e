"""What is wrong in a filled workbook: each fault of staff with its code and its cell."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from qingdan_xl.collecting.checks import CHECKS
from qingdan_xl.collecting.collect import Collection, collect
from qingdan_xl.problems import Problem
from qingdan_xl.sheets.unit import ISSUES, LOG, MATRIX, RISKS, SIGNATURES
from qingdan_xl.workspace.folder import Workspace
from returns import ON_TIME, Desk, make_batch, plan_of, put, send_out, well_filled

LEADERS, PERSONAL = "党委领导班子", "主要负责人-张甲"
LABELS = {row.id: row.label for _, row in plan_of().rows()}
Edit = Callable[[Desk], object]


def duty(row_id: str, key: str, value: object) -> Edit:
    """Type into an answer of a duty."""
    sheet = LEADERS if row_id.endswith(".01") else PERSONAL

    def edit(desk: Desk) -> None:
        desk.cell(sheet, row_id, key).value = value

    return edit


def log(**values: object) -> Edit:
    """Add a row of 工作纪实 that would be sound but for these values; it is row 6."""
    sound = {"date": date(2026, 6, 1), "category": "会议", "topic": "会议", "host": "张甲", "evidence": "记录"}

    def edit(desk: Desk) -> None:
        assert desk.log(**{**sound, **values}) == 6

    return edit


def cell(sheet: str, place: str, value: object) -> Edit:
    """Type into any cell."""

    def edit(desk: Desk) -> None:
        page: Any = desk.page(sheet)
        page[place] = value

    return edit


def together(*edits: Edit) -> Edit:
    """One edit after the other."""

    def edit(desk: Desk) -> None:
        for each in edits:
            each(desk)

    return edit


# fault: what is done, and (code, sheet, cell) of each problem
CASES: dict[str, tuple[Edit, list[tuple[str, str, str]]]] = {
    "status not in the list": (duty("d001.01", "status", "已完工"), [("not-a-choice", LEADERS, "L4")]),
    "status in other words": (duty("d001.01", "status", "办结"), [("not-a-choice", LEADERS, "L4")]),
    "category not in the list": (log(category="开会"), [("not-a-choice", LOG.title, "B6")]),
    "status blank": (
        together(duty("d001.01", "status", None), duty("d003.01", "status", "  ")),
        [("not-filled", LEADERS, "L4")],
    ),
    "deadline as a text that is no day": (
        duty("d001.01", "deadline", "年底前"),
        [("bad-cell", LEADERS, "K4")],
    ),
    "progress over 100": (duty("d001.01", "progress", "130%"), [("bad-cell", LEADERS, "N4")]),
    "self score in letters": (duty("d001.01", "self_score", "9O"), [("bad-cell", LEADERS, "R4")]),
    "self score above 100": (duty("d001.01", "self_score", 105), [("self-score-range", LEADERS, "R4")]),
    "self score below 0": (duty("d001.01", "self_score", "-1分"), [("self-score-range", LEADERS, "R4")]),
    "formula in an answer": (duty("d001.01", "report", "=A1"), [("bad-cell", LEADERS, "O4")]),
    "error in an answer": (duty("d001.01", "evidence", "#REF!"), [("bad-cell", LEADERS, "P4")]),
    "picture in an answer": (
        duty("d001.01", "evidence", '=_xlfn.DISPIMG("ID_1",1)'),
        [("bad-cell", LEADERS, "P4")],
    ),
    "leader is nobody of the unit": (duty("d001.01", "leader", "张申"), [("unknown-person", LEADERS, "I4")]),
    "one of two owners is unknown": (duty("d001.01", "owner", "李乙、钱戊"), [("unknown-person", LEADERS, "J4")]),
    "done without evidence": (
        together(duty("d002.01", "status", "已完成"), duty("d002.01", "evidence", None)),
        [("done-without-evidence", LEADERS, "P5"), ("done-without-date", LEADERS, "K5")],
    ),
    "done on no day": (
        together(duty("d002.01", "status", "已完成"), duty("d003.01", "status", "已完成")),
        [("done-without-date", LEADERS, "K5")],
    ),
    "done by its date": (
        together(duty("d002.01", "status", "已完成"), duty("d002.01", "deadline", date(2026, 5, 1))),
        [],
    ),
    "done on the day of a log row tied to it": (
        together(duty("d002.01", "status", "已完成"), log(category="调研", duty=LABELS["d002.01"])),
        [],
    ),
    "done, evidence in the log": (
        together(duty("d001.01", "status", "已完成"), duty("d001.01", "evidence", None)),
        [],
    ),
    "done, evidence in another's log": (
        together(duty("d012.02", "status", "已完成"), duty("d012.02", "evidence", None)),
        [("done-without-evidence", PERSONAL, "P5"), ("done-without-date", PERSONAL, "K5")],
    ),
    "log date in another year": (log(date=date(2025, 6, 1)), [("date-outside-year", LOG.title, "A6")]),
    "log date as text": (log(date="2026年6月1日"), [("date-as-text", LOG.title, "A6")]),
    "log date as one number": (log(date=20260601), [("date-as-text", LOG.title, "A6")]),
    "blanks around what is counted": (
        together(
            log(category="会议 ", host="\u3000张甲", duty=" "),
            duty("d001.01", "status", "推进中 "),
            duty("d003.01", "report", " 正在推进"),
        ),
        [
            ("blanks-around", LOG.title, "B6"),
            ("blanks-around", LOG.title, "C6"),
            ("blanks-around", LOG.title, "E6"),
            ("blanks-around", LEADERS, "L4"),
        ],
    ),
    "log date unclear": (log(date="6.1"), [("bad-cell", LOG.title, "A6")]),
    "log row without date": (log(date=None), [("needs-value", LOG.title, "A6")]),
    "log row without category": (log(category=None), [("needs-value", LOG.title, "B6")]),
    "log row tied to nothing": (log(duty="第三条"), [("unknown-label", LOG.title, "C6")]),
    "log host unknown": (log(host="王某"), [("unknown-person", LOG.title, "E6")]),
    "deadlines that are texts": (
        together(duty("d001.01", "deadline", "2026-11-30"), duty("d002.01", "deadline", "11月30日")),
        [("date-as-text", LEADERS, "K4")],
    ),
    "a deadline as one number": (duty("d001.01", "deadline", 20261130), [("date-as-text", LEADERS, "K4")]),
    "log row with two hosts": (log(host="张甲、李乙"), [("two-hosts", LOG.title, "E6")]),
    "log row of a lecture without host": (log(category="党课", host=None), [("no-host", LOG.title, "E6")]),
    "log row of no personal list without host": (log(host=None), []),
    "attendance with the letter O": (log(attendance="1O"), [("bad-cell", LOG.title, "F6")]),
    "issue without status": (cell(ISSUES.title, "A4", "记录不全"), [("needs-value", ISSUES.title, "G4")]),
    "issue closed without a day": (
        together(cell(ISSUES.title, "A4", "记录不全"), cell(ISSUES.title, "G4", "已销号")),
        [("closed-without-date", ISSUES.title, "I4")],
    ),
    "risk level not in the list": (
        together(
            cell(RISKS.title, "A4", "采购岗"), cell(RISKS.title, "B4", "把关不严"), cell(RISKS.title, "C4", "很高")
        ),
        [("not-a-choice", RISKS.title, "C4")],
    ),
    "signed on no day": (cell(SIGNATURES.title, "D4", "明天"), [("bad-cell", SIGNATURES.title, "D4")]),
    "heading lost": (cell(LEADERS, "Q3", None), [("missing-heading", LEADERS, "")]),
    "heading twice": (cell(LEADERS, "W3", "状态"), [("heading-twice", LEADERS, "")]),
    "matrix letter unknown": (cell(MATRIX.title, "H5", "X"), [("not-a-choice", MATRIX.title, "H5")]),
}


def matrix(letters: dict[str, str | None]) -> Edit:
    """Type letters for 张甲 (F), 李乙 (G), 王丙 (H) beside the second duty (row 5)."""
    return together(*(cell(MATRIX.title, f"{column}5", letter) for column, letter in letters.items()))


CASES |= {
    "two leaders": (matrix({"F": "A", "G": "a", "H": "R"}), [("two-leaders", MATRIX.title, "G5")]),
    "no leader": (matrix({"F": "R", "G": None, "H": None}), [("no-leader", MATRIX.title, "F5")]),
    "nobody carries": (matrix({"F": "A", "G": "C", "H": None}), [("no-responsible", MATRIX.title, "F5")]),
    "one leads and carries": (matrix({"F": "R/A", "G": None, "H": "I"}), []),
    "full-width letters": (matrix({"F": "Ａ", "G": "Ｒ", "H": None}), []),
}


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Problem]]:
    """The problems of every case by its name: each in a year of its own would only be slower."""
    year = Workspace.create(tmp_path_factory.mktemp("checks") / "2026年度", 2026)
    send_out(year, make_batch())
    for name, (edit, _) in CASES.items():
        put(year.inbox, f"{name}.xlsx", well_filled(edit=edit))
    found = collect(year, (), ON_TIME)
    return {name: of_file(found, f"收件/{name}.xlsx") for name in CASES}


def of_file(found: Collection, name: str) -> list[Problem]:
    """A file's problems but for its being one of many of the same unit."""
    return [fault for fault in found.problems if fault.origin.file == name and fault.code != "newer-file"]


@pytest.mark.parametrize("name", CASES)
def test_fault_is_told_with_its_cell(results: dict[str, list[Problem]], name: str) -> None:
    """Each fault gives exactly its problem, at its cell, with the unit's name."""
    expected = CASES[name][1]

    assert [(fault.code, fault.origin.sheet, fault.origin.cell) for fault in results[name]] == expected
    assert {fault.unit for fault in results[name]} <= {"青禾镇"}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("status not in the list", "是不是“已完成”"),
        ("status in other words", "是不是“已完成”"),
        ("leader is nobody of the unit", "“张申”"),
        ("status blank", "有 2 个事项没有填写状态（序号 1.、3.）"),
        ("formula in an answer", "=A1"),
        ("two leaders", "事项 党委领导班子 2. 有 2 个牵头（A）：张甲、李乙"),
        ("no leader", "（序号 党委领导班子 2.）"),
        ("done on no day", "有 2 个事项状态是“已完成”，看不出是哪天完成的（序号 2.、3.）"),
        ("log row with two hosts", "填了 2 人（张甲、李乙）"),
        ("log row of a lecture without host", "第 6 行"),
    ],
)
def test_messages_say_what_and_what_to_do(results: dict[str, list[Problem]], name: str, words: str) -> None:
    """The message holds what was typed and what may be meant."""
    assert words in results[name][0].message


def test_every_check_says_in_a_sentence_what_it_holds() -> None:
    """A check's docstring is its line in the manual."""
    for check in CHECKS:
        assert check.__doc__ is not None
        assert check.__doc__.endswith(".")
