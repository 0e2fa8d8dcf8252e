"""Rows written many at once: the same cells, styles and heights as those written one by one."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet
from openxml_audit import OpenXmlValidator
from python_calamine import CalamineWorkbook

from qingdan_xl.sheets.bulk import add_many
from qingdan_xl.sheets.declaration import Column, Sheet, Type
from qingdan_xl.sheets.writing import Book, Closed, Formula

SHEET = Sheet(
    "sample",
    "样表",
    "各类列",
    (
        Column("id", "编号", hidden=True),
        Column("name", "单位", width=14),
        Column("text", "内容", Type.LONG, width=20),
        Column("day", "日期", Type.DATE),
        Column("count", "次数", Type.COUNT),
        Column("share", "比例", Type.PERCENT),
        Column("score", "得分", Type.POINTS),
        Column("remark", "批示", Type.LONG, editable=True),
    ),
)
TEXT = (
    st.none()
    | st.text(st.characters(codec="utf-8"), max_size=60)
    | st.sampled_from(["=1+1", "<r>b</r>", "一\n二", " "])
)
FORMULA = st.sampled_from(
    [Formula("=1+1", 2), Formula('=IF(1<2,"是&否","")', "是&否"), Formula("=1/4", Decimal("0.25"))]
)
ROW = st.fixed_dictionaries(
    {
        "id": TEXT,
        "name": TEXT,
        "text": TEXT | st.just("长" * 900),
        "day": st.none() | st.dates(date(2000, 1, 1), date(2099, 12, 31)),
        "count": st.none() | st.integers(0, 10**6),
        "share": st.none() | st.decimals(0, 1, places=3) | st.floats(0, 1),
        "score": st.none() | st.decimals(-100, 100, places=2) | FORMULA,
        "remark": st.none()
        | TEXT
        | st.sampled_from([Closed(), Closed(3), Closed("长期坚持")])
        | st.builds(Closed, FORMULA),
    }
)


def written(rows: list[dict[str, Any]], *, many: bool) -> bytes:
    """The rows as a workbook, in one go or one by one."""
    book = Book()
    if many:
        add_many(
            book, SHEET, lambda start, end: {key: [row[key] for row in rows[start:end]] for key in rows[0]}, len(rows)
        )
    else:
        book.add(SHEET, rows)
    return book.to_bytes()


def looks(data: bytes) -> list[list[Any]]:
    """Value, type and look of every cell, and the height of every row."""
    page: Worksheet = openpyxl.load_workbook(BytesIO(data))[SHEET.title]
    return [
        [page.row_dimensions[number].height]
        + [
            (c.value, c.data_type, c.number_format, c.font.size, c.alignment.wrap_text, c.protection.locked)
            for c in row
        ]
        for number, row in enumerate(page.iter_rows(), 1)
    ]


@settings(max_examples=60, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=5))
def test_the_same_as_one_by_one(rows: list[dict[str, Any]]) -> None:
    """Whatever the cells hold, both ways give the same sheet."""
    one, many = looks(written(rows, many=False)), looks(written(rows, many=True))

    assert [row[1:] for row in many] == [row[1:] for row in one]
    assert all(abs(ours[0] - theirs[0]) <= 1 for ours, theirs in zip(many[3:], one[3:], strict=True))


def test_blocks_join_without_a_seam(tmp_path: Path) -> None:
    """More rows than are made at a time: none is missing, doubled or moved, and the file opens without repair."""
    path = tmp_path / "样表.xlsx"
    rows = [
        {"id": f"d{n}", "name": f"单位{n % 7}", "text": "说明", "count": n, "score": Decimal(n) / 4}
        for n in range(4_500)
    ]
    path.write_bytes(written(rows, many=True))

    found = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python(skip_empty_area=False)

    assert [(row[0], row[1], row[4], row[6]) for row in found[3:]] == [
        (f"d{n}", f"单位{n % 7}", n, n / 4) for n in range(4_500)
    ]
    assert [str(fault) for fault in OpenXmlValidator().validate(str(path)).errors] == []
    assert openpyxl.load_workbook(path, read_only=True)["样表"].max_row == 4_503
