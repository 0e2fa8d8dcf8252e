"""Simulated staff: they open a unit's workbook as people do, fill it well or badly, and save it."""

from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from random import Random

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from qingdan_xl.counting.periods import Calendar
from qingdan_xl.counting.progress import Activity, is_countable, progress
from qingdan_xl.issuing.plan import UnitPlan
from qingdan_xl.model import Duty, Period, Target
from qingdan_xl.sheets.choices import DONE, NOT_STARTED, ONGOING, PERIODS_OF_SIGNING, STANDING
from qingdan_xl.sheets.declaration import Sheet
from qingdan_xl.sheets.reading import find_columns
from qingdan_xl.sheets.unit import DUTIES, ISSUES, LOG, RISKS, SIGNATURES
from qingdan_xl.sheets.writing import ROOM, text_height

_PLACES = ("三楼会议室", "党员活动室", "联系村", "便民服务大厅", "项目现场")
_RISKS = (
    ("物资采购岗", "采购需求与供应商审核把关不严", "高", "集体研究采购需求，全程留痕并公示结果"),
    ("财务报销岗", "票据审核不细，超范围报销", "中", "实行经办、审核、审批三级签字"),
    ("项目管理岗", "工程变更未按程序报批", "高", "变更事项上会研究，按月核对工程量"),
    ("窗口服务岗", "办件超时、优亲厚友", "低", "限时办结，每月抽查办件记录"),
)
_TROUBLES = (
    ("部分台账记录不完整", "自查", "逐项补齐台账，明确专人每月核对"),
    ("联系点走访次数偏少", "民主生活会", "制定走访计划，按月通报落实情况"),
    ("个别工作人员对新制度不熟悉", "专项检查", "组织两次集中学习并开展测试"),
)


@dataclass(frozen=True, slots=True)
class Habit:
    """How a unit fills: the share of demanded activities it held, and what it gets wrong."""

    diligence: float = 0.95
    text_dates: bool = False
    edits_duty: bool = False


def fill(workbook: bytes, plan: UnitPlan, habit: Habit, dice: Random) -> bytes:
    """Fill a unit's workbook as its staff would; returns the saved file."""
    book = load_workbook(BytesIO(workbook))
    log = _log_rows(plan, habit, dice)
    for sheet in plan.sheets:
        _fill_duties(book[sheet.title], plan, sheet.title, habit, dice)
    _fill_rows(book[LOG.title], LOG, [_typed(row, habit, dice) for row in log])
    _fill_rows(book[ISSUES.title], ISSUES, list(_issue_rows(plan, dice)))
    _fill_rows(book[RISKS.title], RISKS, list(_risk_rows(plan, dice)))
    _sign(book[SIGNATURES.title], plan)
    if habit.edits_duty:
        _edit_a_duty(book[plan.sheets[0].title])
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _log_rows(plan: UnitPlan, habit: Habit, dice: Random) -> list[dict[str, object]]:
    """Activities that meet the demands one after another; what one demand already has, the next need not repeat."""
    calendar = Calendar(plan.year, date(plan.year, 12, 31))
    held: list[Activity] = []
    rows: list[dict[str, object]] = []
    for sheet, row in plan.rows():
        for target in filter(is_countable, row.duty.targets):
            for window in progress(target, held, row.id, sheet.holder, calendar).windows:
                for _ in range(window.required - window.done if dice.random() < habit.diligence else 0):
                    activity = _activity(window.window, target, sheet.holder or plan.people[0].name, dice)
                    held.append(activity)
                    rows.append(_log_row(activity, target, dice))
    return sorted(rows, key=lambda row: str(row["date"]))


def _activity(window: Period, target: Target, host: str, dice: Random) -> Activity:
    day = window.start + timedelta(days=dice.randint(0, (window.end - window.start).days))
    return Activity(day, target.category, host)


def _log_row(activity: Activity, target: Target, dice: Random) -> dict[str, object]:
    return {
        "date": activity.date,
        "category": activity.category,
        "topic": target.activity or target.text,
        "host": activity.host,
        "attendance": dice.randint(6, 60),
        "place": dice.choice(_PLACES),
        "evidence": f"会议记录、签到表{activity.date:%m%d}",
    }


def _typed(row: dict[str, object], habit: Habit, dice: Random) -> dict[str, object]:
    day = row["date"]
    if not habit.text_dates or not isinstance(day, date):
        return row
    forms = (f"{day.year}.{day.month}.{day.day}", f"{day.month}月{day.day}日", f"{day.year}年{day.month}月{day.day}日")
    return row | {"date": dice.choice(forms)}


def _fill_duties(page: Worksheet, plan: UnitPlan, title: str, habit: Habit, dice: Random) -> None:
    sheet = next(sheet for sheet in plan.sheets if sheet.title == title)
    duties = {row.id: row.duty for row in sheet.rows}
    start, columns = _columns(page, DUTIES)
    for number in range(start + 1, page.max_row + 1):
        duty = duties.get(str(page.cell(number, columns["row_id"]).value))
        if duty is not None:
            answer = _answer(duty, plan, sheet.holder, habit, dice)
            _type_in(page, DUTIES, number, columns, answer)


def _answer(duty: Duty, plan: UnitPlan, holder: str, habit: Habit, dice: Random) -> dict[str, object]:
    names = [person.name for person in plan.people]
    if dice.random() < habit.diligence:
        status = DONE if duty.targets else dice.choice((DONE, STANDING, STANDING))
    else:
        status = dice.choice((ONGOING, ONGOING, NOT_STARTED))
    share = {DONE: 1.0, STANDING: 0.9, ONGOING: dice.choice((0.3, 0.5, 0.8)), NOT_STARTED: 0.0}[status]
    return {
        "leader": holder or names[0],
        "owner": holder or dice.choice(names),
        "deadline": date(plan.year, dice.choice((6, 9, 11, 12)), 30),
        "status": status,
        "progress": share,
        "report": "" if status == NOT_STARTED else dice.choice(_REPORTS),
        "evidence": dice.choice(("会议记录", "活动照片、签到表", "工作总结", "文件汇编"))
        if share >= _WITH_PROOF
        else None,
        "trouble": "人手偏紧，部分工作推进较慢" if status == ONGOING else None,
        "self_score": round(share * 100),
    }


_WITH_PROOF = 0.5
_REPORTS = (
    "已制定方案并明确责任人，按计划推进，资料已归档。",
    "专题研究2次，逐项分解任务，按月调度。",
    "已全面落实，建立台账并动态更新。",
    "结合主题党日组织学习讨论，形成整改措施。",
)


def _issue_rows(plan: UnitPlan, dice: Random) -> Iterator[dict[str, object]]:
    names = [person.name for person in plan.people]
    for text, source, measure in dice.sample(_TROUBLES, dice.randint(1, len(_TROUBLES))):
        closed = dice.random() < _CLOSED_SHARE
        yield {
            "text": text,
            "source": source,
            "measure": measure,
            "leader": names[0],
            "owner": dice.choice(names),
            "deadline": date(plan.year, 10, 31),
            "status": "已销号" if closed else "整改中",
            "result": "整改到位，群众评价良好" if closed else None,
            "closed": date(plan.year, 10, dice.randint(8, 30)) if closed else None,
        }


_CLOSED_SHARE = 0.7


def _risk_rows(plan: UnitPlan, dice: Random) -> Iterator[dict[str, object]]:
    names = [person.name for person in plan.people]
    for post, text, level, measure in dice.sample(_RISKS, 2):
        yield {
            "post": post,
            "text": text,
            "level": level,
            "measure": measure,
            "owner": dice.choice(names),
            "leader": names[0],
        }


def _sign(page: Worksheet, plan: UnitPlan) -> None:
    start, columns = _columns(page, SIGNATURES)
    days = (date(plan.year, 1, 15), date(plan.year, 7, 10), date(plan.year, 12, 10))
    for offset, day in enumerate(days[: len(PERIODS_OF_SIGNING)], 1):
        page.cell(start + offset, columns["signer"]).value = plan.people[0].name
        page.cell(start + offset, columns["opinion"]).value = "已阅，情况属实，请抓好落实。"
        page.cell(start + offset, columns["date"]).value = day


def _edit_a_duty(page: Worksheet) -> None:
    """Somebody unprotects the sheet and makes a duty easier."""
    start, columns = _columns(page, DUTIES)
    cell = page.cell(start + 1, columns["text"])
    cell.value = f"{cell.value}（结合实际参照执行）"


def _fill_rows(page: Worksheet, sheet: Sheet, rows: list[dict[str, object]]) -> None:
    start, columns = _columns(page, sheet)
    for number, row in enumerate(rows, start + 1):
        _type_in(page, sheet, number, columns, row)


_LOOK = ("font", "border", "fill", "alignment", "protection", "number_format")


def _type_in(page: Worksheet, sheet: Sheet, number: int, columns: Mapping[str, int], row: Mapping[str, object]) -> None:
    """Type a row's answers into its open cells; below the ruled rows they look like the row above, as in Excel."""
    height = page.row_dimensions[number].height or ROOM
    for key, value in row.items():
        cell = page.cell(number, columns[key])
        if not cell.has_style:
            for look in _LOOK:
                setattr(cell, look, copy(getattr(page.cell(number - 1, columns[key]), look)))
        if not cell.protection.locked:
            cell.value = value  # type: ignore[assignment]
            height = max(height, text_height(value, sheet.column(key).width) if isinstance(value, str) else 0)
    page.row_dimensions[number].height = height


def _columns(page: Worksheet, sheet: Sheet) -> tuple[int, dict[str, int]]:
    """The heading row and the columns of a sheet, both from 1 as openpyxl counts."""
    top = [list(cells) for cells in page.iter_rows(max_row=30, values_only=True)]
    row, places = find_columns(sheet, top)  # type: ignore[arg-type]
    return row + 1, {key: index + 1 for key, index in places.items()}
