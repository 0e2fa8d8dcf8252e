"""A small year for tests of what comes back: a list, three units, their workbooks, and people who fill them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from qingdan_xl.counting.periods import Calendar
from qingdan_xl.issuing.batches import batch_json
from qingdan_xl.issuing.options import Options
from qingdan_xl.issuing.plan import Batch, UnitPlan, fingerprint, plan_unit
from qingdan_xl.issuing.workbook import unit_workbook
from qingdan_xl.model import Checklist, Duty, Kind, Per, Person, Role, Roster, Section, Target, TargetKind, Unit
from qingdan_xl.sheets.choices import CATEGORIES
from qingdan_xl.sheets.declaration import Sheet
from qingdan_xl.sheets.reading import find_columns
from qingdan_xl.sheets.unit import DUTIES, LOG
from qingdan_xl.store import Annex, Issued, Store
from qingdan_xl.workspace.folder import Workspace

YEAR = 2026
OPTIONS = Options(tuple(CATEGORIES), Calendar(YEAR, date(YEAR, 3, 1)))
ON_TIME = datetime(YEAR, 12, 1, 9, 0)  # noqa: DTZ001 - local office hours
LATE = datetime(YEAR, 12, 24, 9, 0)  # noqa: DTZ001 - local office hours


def _duty(number: int, text: str, *targets: Target) -> Duty:
    return Duty(f"d{number:03d}", f"{number}.", text, number, targets)


_MEETING = Target("每季度至少1次", "召开会议", TargetKind.COUNT, Decimal(1), "次", Per.QUARTER, category="会议")
_LECTURE = Target("每年至少2次", "讲党课", TargetKind.COUNT, Decimal(2), "次", Per.YEAR, category="党课")
COLLECTIVE = (
    _duty(1, "每季度至少召开1次专题会议，研究部署全面工作", _MEETING),
    _duty(2, "制定年度责任清单并公示"),
    _duty(3, "健全谈心谈话制度，掌握干部思想动态"),
    _duty(4, "抓好问题整改，按期销号"),
)
PERSONAL = (
    _duty(11, "每年讲党课不少于2次", _LECTURE),
    _duty(12, "带头遵守廉洁自律各项规定"),
)
UNITS = (
    Unit("U001", "青禾镇", "乡镇", group="乡镇"),
    Unit("U002", "白杨镇", "乡镇", group="乡镇"),
    Unit("U003", "云溪乡", "乡镇", group="乡镇"),
)
PEOPLE = tuple(
    Person(name, unit, title, roles)
    for unit, names in (
        ("青禾镇", ("张甲", "李乙", "王丙")),
        ("白杨镇", ("赵丁", "钱戊", "孙己")),
        ("云溪乡", ("周庚", "吴辛", "郑壬")),
    )
    for name, title, roles in zip(
        names, ("党委书记", "镇长", "干事"), (("主要负责人",), ("主要负责人",), ()), strict=True
    )
)


def make_batch(number: str = "2026-01", collective: tuple[Duty, ...] = COLLECTIVE) -> Batch:
    """The small year as it is sent out: one list of the whole leadership, one of each of two persons."""
    roles = (
        Role("党委领导班子", sections=(Section("一", "全面工作", collective),)),
        Role("主要负责人", sections=(Section(None, None, PERSONAL),)),
    )
    checklist = Checklist("清单.txt", "2026年责任清单", YEAR, Kind.CHECKLIST, roles)
    return Batch(number, "2026年责任清单", YEAR, date(YEAR, 12, 20), (checklist,), Roster(UNITS, PEOPLE))


def plan_of(unit_id: str = "U001", batch: Batch | None = None) -> UnitPlan:
    """What one unit is sent."""
    batch = batch or make_batch()
    return plan_unit(batch, next(unit for unit in batch.roster.units if unit.id == unit_id))


@cache
def issued_workbook(unit_id: str = "U001") -> bytes:
    """One unit's workbook as it is sent out in the first batch."""
    return unit_workbook(plan_of(unit_id), OPTIONS)


def send_out(workspace: Workspace, batch: Batch, at: datetime = datetime(YEAR, 1, 10)) -> None:  # noqa: DTZ001 - local office hours
    """Keep the batch in the year's store as `issue` does."""
    plans = [plan_unit(batch, unit) for unit in batch.roster.units]
    issued = [Issued(p.batch, p.unit.id, p.unit.name, p.unit.kind, "", "", fingerprint(p)) for p in plans]
    store = Store(workspace.database)
    store.connection.execute("INSERT OR IGNORE INTO secret VALUES (1, ?)", (OPTIONS.key,))
    store.add_batch(batch.id, at, batch_json(batch), issued, Annex(batch.own))
    store.close()


@dataclass(frozen=True, slots=True)
class Desk:
    """A workbook open on somebody's desk: cells are found by sheet, row id and column key."""

    book: Any

    def page(self, title: str) -> Worksheet:
        """The sheet of this name."""
        page: Worksheet = self.book[title]
        return page

    def cell(self, title: str, row: str | int, key: str, sheet: Sheet = DUTIES) -> Any:
        """The cell of a column in the row with this id, or with this number (from 1)."""
        page: Any = self.page(title)
        _, places = find_columns(sheet, [[cell.value for cell in cells] for cells in page.iter_rows(max_row=30)])
        if isinstance(row, int):
            return page.cell(row, places[key] + 1)
        ids = {cells[places["row_id"]].value: cells for cells in page.iter_rows()}
        return ids[row][places[key]]

    def log(self, **values: object) -> int:
        """Write one row of 工作纪实 below the last; gives its number."""
        page = self.page(LOG.title)
        column = [page.cell(number, 4).value for number in range(1, page.max_row + 1)]
        number = max(number for number, value in enumerate(column, 1) if value) + 1
        for key, value in values.items():
            self.cell(LOG.title, number, key, LOG).value = value
        return number

    def saved(self) -> bytes:
        """The file as the program saves it."""
        buffer = BytesIO()
        self.book.save(buffer)
        return buffer.getvalue()


def opened(data: bytes) -> Desk:
    """Open a workbook as its staff would."""
    return Desk(load_workbook(BytesIO(data)))


@cache
def _filled(unit_id: str) -> bytes:
    plan, desk = plan_of(unit_id), opened(issued_workbook(unit_id))
    for sheet, row in plan.rows():
        answers: Mapping[str, object] = {
            "status": "推进中",
            "progress": 0.6,
            "report": f"{row.id} 正在推进",
            "evidence": f"{row.id} 记录",
            "self_score": 95,
        }
        for key, value in answers.items():
            desk.cell(sheet.title, row.id, key).value = value
    host = plan.people[0].name
    desk.log(date=date(YEAR, 3, 1), category="会议", topic="专题会议", host=host, attendance=12, evidence="会议记录")
    desk.log(date=date(YEAR, 5, 6), category="党课", topic="党课", host=host, evidence="讲稿")
    return desk.saved()


def well_filled(unit_id: str = "U001", edit: Callable[[Desk], object] | None = None) -> bytes:
    """A workbook filled without a fault, then edited."""
    if edit is None:
        return _filled(unit_id)
    desk = opened(_filled(unit_id))
    edit(desk)
    return desk.saved()


def stranger() -> bytes:
    """A sound workbook that has nothing to do with us."""
    book = Workbook()
    book.create_sheet("工资").append(["姓名", "金额"])
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def put(folder: Path, name: str, data: bytes) -> Path:
    """Put a file into a folder."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path
