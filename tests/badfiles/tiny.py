"""A year of many units with the smallest of workbooks, each filled: made once by hand and multiplied by its marks."""

from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from qingdan_xl.collecting.identity import SentOut
from qingdan_xl.issuing.hidden import identity_of
from qingdan_xl.issuing.plan import Batch, UnitPlan, fingerprint, plan_unit
from qingdan_xl.issuing.workbook import unit_workbook
from qingdan_xl.model import Checklist, Duty, Kind, Person, Role, Roster, Section, Unit
from qingdan_xl.sheets.declaration import Column
from qingdan_xl.sheets.unit import MATRIX
from qingdan_xl.store import Issued
from returns import OPTIONS, YEAR, Desk, opened

LEADERS = "党委领导班子"
_WHO = replace(MATRIX, columns=(*MATRIX.columns, Column("张甲", "张甲"), Column("李乙", "李乙")))
TEXTS = ("每季度至少召开1次专题会议", "制定年度责任清单并公示")
ROW_IDS = ("d1.01", "d2.01")


def unit_id(number: int) -> str:
    """The id of a unit; it stands in the unit's name too, so that one replacement turns a file into another's."""
    return f"Q{number:04d}"


def make_batch(units: int, first: int = 0) -> Batch:
    """What so many units are sent, of which the first has this number."""
    duties = tuple(Duty(f"d{n}", f"{n}.", text, n) for n, text in enumerate(TEXTS, 1))
    checklist = Checklist(
        "清单.txt",
        "2026年责任清单",
        YEAR,
        Kind.CHECKLIST,
        (Role(LEADERS, sections=(Section("一", "全面工作", duties),)),),
    )
    numbers = range(first, first + units)
    roster = Roster(
        tuple(Unit(unit_id(n), f"单位{unit_id(n)}", "乡镇") for n in numbers),
        tuple(Person(name, f"单位{unit_id(n)}", "书记") for n in numbers for name in ("张甲", "李乙")),
    )
    return Batch("2026-01", "2026年责任清单", YEAR, date(YEAR, 12, 20), (checklist,), roster)


@cache
def plan_of(number: int) -> UnitPlan:
    """The plan of one unit, the same in a batch of any size."""
    batch = make_batch(1, number)
    return plan_unit(batch, batch.roster.units[0])


def sent_out(units: int) -> SentOut:
    """What the year folder knows of it."""
    batch, plans = make_batch(units), map(plan_of, range(units))
    issued = [Issued(p.batch, p.unit.id, p.unit.name, p.unit.kind, "", "", fingerprint(p)) for p in plans]
    return SentOut({batch.id: batch}, {(each.batch, each.unit_id): each for each in issued})


def type_duty(desk: Desk, key: str, value: object, row: int = 0) -> None:
    """Type into an answer of a duty."""
    desk.cell(LEADERS, ROW_IDS[row], key).value = value


@cache
def _parts() -> tuple[tuple[str, bytes], ...]:
    desk = opened(unit_workbook(plan_of(0), OPTIONS))
    for row, row_id in enumerate(ROW_IDS):
        for key, value in {"status": "推进中", "report": f"{unit_id(0)} {row_id}", "evidence": "记录"}.items():
            type_duty(desk, key, value, row)
    for row_id in ROW_IDS:
        desk.cell(MATRIX.title, row_id, "张甲", _WHO).value = "A"
        desk.cell(MATRIX.title, row_id, "李乙", _WHO).value = "R"
    desk.log(date=date(YEAR, 3, 1), category="会议", topic="会议", host="张甲", attendance=12, evidence="记录")
    with ZipFile(BytesIO(desk.saved())) as archive:
        return tuple((name, archive.read(name)) for name in archive.namelist())


@cache
def filled(number: int) -> bytes:
    """The workbook of one unit, filled without a fault."""
    before, after = unit_id(0).encode(), unit_id(number).encode()
    first, own = (identity_of(plan_of(each), OPTIONS.key) for each in (0, number))
    marks = [(first.fingerprint.encode(), own.fingerprint.encode()), (first.seal.encode(), own.seal.encode())]
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in _parts():
            for old, new in ((before, after), *marks):
                content = content.replace(old, new)  # noqa: PLW2901 - each mark after the other
            archive.writestr(name, content)
    return buffer.getvalue()
