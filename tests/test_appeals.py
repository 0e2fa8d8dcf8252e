"""复核申诉: typed into 考核.xlsx, read back, counted, and kept on every run."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from assessment_samples import UNIT, scheme, standings
from qingdan_xl.assessment.appeals import COUNTED, appeal_problems, read_appeals, repeated_appeals
from qingdan_xl.assessment.facts import unit_subject
from qingdan_xl.assessment.result import Assessment, assess
from qingdan_xl.assessment.rules import Appeal
from qingdan_xl.assessment.trail import Kind
from qingdan_xl.assessment.workbook import assessment_workbook
from qingdan_xl.problems import UnusableError
from qingdan_xl.sheets.assessment import APPEALS
from qingdan_xl.sheets.writing import FIRST_ROW
from qingdan_xl.verbs.appeals import ReadBack, read_back

DAY = date(2027, 1, 15)
TYPED = {
    "unit": "青禾镇",
    "item": "事项2",
    "points": 0.5,
    "reason": "补交了会议记录",
    "decided_by": "考核领导小组",
    "decided_on": DAY,
    "evidence": "复核会议纪要",
}
OTHER = replace(UNIT, id="U002", name="柳湾镇")


def assessed(*appeals: Appeal) -> Assessment:
    """Two units, both worth 75 points, after these decisions."""
    duties = [row for unit in (UNIT, OTHER) for row in standings("已完成 推进中", unit)]
    return assess([UNIT, OTHER], duties, [], replace(scheme(), appeals=appeals))


def typed_into(data: bytes, *rows: Mapping[str, Any]) -> bytes:
    """The workbook after a person filled these rows of 复核申诉, by column key."""
    book = openpyxl.load_workbook(BytesIO(data))
    for number, row in enumerate(rows, FIRST_ROW + 1):
        for key, value in row.items():
            book[APPEALS.title].cell(number, APPEALS.keys.index(key) + 1).value = value
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def written(found: Assessment) -> bytes:
    """考核.xlsx."""
    return assessment_workbook(found, "2026年度", date(2026, 12, 31))


def shown(data: bytes) -> list[dict[str, Any]]:
    """The rows of 复核申诉 that hold anything, by column key."""
    lines = openpyxl.load_workbook(BytesIO(data))[APPEALS.title].iter_rows(min_row=FIRST_ROW + 1, values_only=True)
    return [dict(zip(APPEALS.keys, line, strict=True)) for line in lines if any(line)]


def test_a_typed_decision_is_read() -> None:
    """What a person types into the sheet comes back as it was typed, with its cell; blank rows are nothing."""
    appeals, problems = read_appeals(typed_into(written(assessed()), TYPED), "考核.xlsx", 2026)

    assert problems == ()
    assert appeals == (
        Appeal("青禾镇", Decimal("0.5"), "补交了会议记录", "事项2", "考核领导小组", DAY, "复核会议纪要"),
    )
    assert (appeals[0].origin.file, appeals[0].origin.sheet, appeals[0].origin.cell) == ("考核.xlsx", "复核申诉", "A4")


def test_a_decision_moves_the_score_by_a_line_of_its_own() -> None:
    """The decision is a line of the unit's trail that says who decided what, when and why; nobody else moves."""
    appeals, _ = read_appeals(typed_into(written(assessed()), TYPED), "考核.xlsx", 2026)

    first, second = (item.score for item in assessed(*appeals).results)

    assert (first.points, second.points) == (Decimal("75.50"), Decimal("75.00"))
    (line,) = [entry for entry in first.trail if entry.kind is Kind.APPEAL]
    assert (line.points, line.why, line.origin.cell) == (
        Decimal("0.5"),
        "针对“事项2”：补交了会议记录（考核领导小组 2027-01-15 决定，依据：复核会议纪要）",
        "A4",
    )


def test_decisions_outlive_every_run() -> None:
    """Read, counted and written again twice, the rows stay as they were typed."""
    data = typed_into(written(assessed()), TYPED, {**TYPED, "unit": "柳湾镇", "points": 0})

    for _ in range(2):
        appeals, problems = read_appeals(data, "考核.xlsx", 2026)
        assert problems == ()
        data = written(assessed(*appeals))

    rows = shown(data)
    assert [(row["unit"], row["points"], row["state"]) for row in rows] == [
        ("青禾镇", 0.5, COUNTED),
        ("柳湾镇", 0, COUNTED),
    ]
    assert {key: value for key, value in rows[0].items() if key != "state"} | {"decided_on": DAY} == TYPED


def test_a_decision_about_a_unit_that_is_gone_is_listed() -> None:
    """A unit that is no more gets no points, but the decision stays, is told, and stands in 未评与缺项."""
    data = typed_into(written(assessed()), {**TYPED, "unit": "已撤镇"})
    appeals, _ = read_appeals(data, "考核.xlsx", 2026)

    problems = appeal_problems(appeals, map(unit_subject, (UNIT, OTHER)))
    again = written(assessed(*appeals))

    assert [(fault.code, fault.origin.cell) for fault in problems] == [("appeal-unit", "A4")]
    assert shown(again)[0]["unit"] == "已撤镇"
    assert shown(again)[0]["state"] == "未计入：没有这个单位（人员），或它没有评分"
    gaps = openpyxl.load_workbook(BytesIO(again))["未评与缺项"].iter_rows(min_row=FIRST_ROW + 1, values_only=True)
    assert ("已撤镇", "复核未计入") in [row[1:3] for row in gaps]


@pytest.mark.parametrize(
    ("change", "code", "cell", "state"),
    [
        ({"points": "加一点"}, "bad-cell", "C4", "未计入：调整读不出来，请改正"),
        ({"decided_on": "年后"}, "bad-cell", "F4", "未计入：决定日期读不出来，请改正"),
        ({"points": 0.12345}, "points-too-fine", "C4", "未计入：调整读不出来，请改正"),
        ({"decided_by": None}, "needs-value", "E4", "未计入：缺决定人"),
        ({"reason": None}, "needs-value", "D4", "未计入：缺理由"),
        ({"points": None}, "needs-value", "C4", "未计入：缺调整"),
        ({"unit": None}, "needs-value", "A4", "未计入：缺单位"),
    ],
)
def test_an_incomplete_decision_is_kept_but_not_counted(
    change: dict[str, Any], code: str, cell: str, state: str
) -> None:
    """A cell that cannot be read or is missing is told; the row stays as it was typed, and moves no score."""
    typed = {**TYPED, **change}
    appeals, problems = read_appeals(typed_into(written(assessed()), typed), "考核.xlsx", 2026)

    found = assessed(*appeals)
    (row,) = shown(written(found))

    assert [(fault.code, fault.origin.cell) for fault in problems] == [(code, cell)]
    assert [item.score.points for item in found.results] == [Decimal("75.00")] * 2
    assert row["state"] == state
    ((key, value),) = change.items()
    assert str(row[key]) == str(value)


def test_a_workbook_that_cannot_be_read_is_told() -> None:
    """A damaged 考核.xlsx stops the reading: its decisions are unknown, and it must not be written over."""
    with pytest.raises(UnusableError) as caught:
        read_appeals(b"PK damaged", "考核.xlsx", 2026)

    assert [fault.code for fault in caught.value.problems] == ["unreadable-workbook"]


def test_a_workbook_of_before_has_no_decisions() -> None:
    """A 考核.xlsx without the sheet holds no decisions, and that is no fault."""
    book = openpyxl.load_workbook(BytesIO(written(assessed())))
    del book[APPEALS.title]
    saved = BytesIO()
    book.save(saved)

    assert read_appeals(saved.getvalue(), "考核.xlsx", 2026) == ((), ())


def copies(folder: Path, *files: Sequence[Mapping[str, Any]]) -> None:
    """Copies of 考核.xlsx with these rows typed in, the first saved first."""
    for number, lines in enumerate(files, 1):
        path = folder / ("考核.xlsx" if number == 1 else f"考核 ({number}).xlsx")
        path.write_bytes(typed_into(written(assessed()), *lines))
        os.utime(path, (number, number))


def test_decisions_of_all_copies_are_read(tmp_path: Path) -> None:
    """A copy saved beside counts too: the same decision as the newest copy has it, others from wherever they stand."""
    second = {**TYPED, "unit": "柳湾镇"}
    copies(tmp_path, [TYPED, second], [{**TYPED, "points": 0.25}])
    (tmp_path / "考核-按另一办法.xlsx").write_bytes(b"not one of them")

    back = read_back(tmp_path, 2026)

    assert [(item.unit, item.points, item.origin.file) for item in back.appeals] == [
        ("青禾镇", Decimal("0.25"), "考核 (2).xlsx"),
        ("柳湾镇", Decimal("0.5"), "考核.xlsx"),
    ]
    assert [path.name for path in back.copies] == ["考核 (2).xlsx", "考核.xlsx"]


def test_a_decision_that_was_corrected_in_another_copy_is_told(tmp_path: Path) -> None:
    """The same points for the same matter by another name: both count, and people are told where the two stand."""
    copies(tmp_path, [TYPED, {**TYPED, "unit": "柳湾镇"}], [{**TYPED, "decided_by": "考核办"}])
    back = read_back(tmp_path, 2026)

    found = assessed(*back.appeals)

    assert [item.score.points for item in found.results] == [Decimal("76.00"), Decimal("75.50")]
    (told,) = [fault for fault in found.problems if fault.code == "appeal-twice"]
    assert (told.origin.file, told.origin.cell) == ("考核.xlsx", "A4")
    assert "（0.5 分）和 考核 (2).xlsx 的 A4 对象、调整都相同" in told.what


def test_decisions_that_keep_the_score_are_no_repeats() -> None:
    """维持 twice moves nothing; nor does a row that lacks something, and another matter is another decision."""
    kept = Appeal("青禾镇", Decimal(0), "维持", "事项2", "甲", DAY)
    moved = Appeal("青禾镇", Decimal(1), "属实", "事项2", "甲", DAY)
    rows = [kept, replace(kept, decided_by="乙"), moved, replace(moved, missing=("decided_by",))]

    assert repeated_appeals([*rows, replace(moved, item="事项1")]) == []


def test_no_workbook_yet_has_no_decisions(tmp_path: Path) -> None:
    """Before the first run there is nothing to read."""
    assert read_back(tmp_path, 2026) == ReadBack((), (), ())


@pytest.mark.parametrize("damaged", [True, False])
def test_a_copy_that_cannot_be_read_stops_the_run(tmp_path: Path, *, damaged: bool) -> None:
    """A damaged 考核.xlsx, or one that cannot be opened at all, is told and left where it is."""
    path = tmp_path / "考核.xlsx"
    path.write_bytes(b"PK damaged") if damaged else path.mkdir()

    with pytest.raises(UnusableError) as caught:
        read_back(tmp_path, 2026)

    assert [(fault.code, fault.origin.file) for fault in caught.value.problems] == [("appeals-unread", "考核.xlsx")]
    assert path.exists()
