"""Four invented units as of 15 May 2026: three returned, one did not; what they wrote, in tables."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from qingdan_xl.counting.periods import Calendar
from qingdan_xl.issuing.batches import batch_json
from qingdan_xl.issuing.plan import Batch
from qingdan_xl.model import Checklist, Duty, Kind, Origin, Per, Person, Role, Roster, Section, Target, TargetKind, Unit
from qingdan_xl.problems import Problem
from qingdan_xl.sheets.declaration import Sheet
from qingdan_xl.sheets.reading import Row, column_letter
from qingdan_xl.sheets.unit import ASSIGNMENTS, DUTIES, ISSUES, LOG, RISKS, SIGNATURES
from qingdan_xl.sheets.values import parse_value
from qingdan_xl.store import Entry, Issued, Outcome, Receipt, Store, packed

AS_OF = date(2026, 5, 15)
CALENDAR = Calendar(2026, AS_OF)


def demand(category: str, number: int, per: Per, *due: str) -> Target:
    """So many activities of a category in each period, or by a date."""
    kind = TargetKind.DEADLINE if due else TargetKind.COUNT
    return Target(f"{category}{number}次", category, kind, Decimal(number), "次", per, due, category=category)


_BODY = Role(
    "党委领导班子",
    unit_kinds=("乡镇",),
    sections=(
        Section(
            "一",
            "研究部署",
            (
                Duty("A1", "1", "每季度至少召开1次会议研究工作。", targets=(demand("会议", 1, Per.QUARTER),)),
                Duty("A2", "2", "经常听取分管领域情况，及时提出要求。"),
            ),
        ),
        Section(
            "二",
            "督促落实",
            (Duty("A3", "3", "每年向上级报告1次工作情况。", targets=(demand("报告", 1, Per.YEAR),)),),
        ),
    ),
)
_HEAD = Role(
    "党委主要负责人",
    unit_kinds=("乡镇",),
    sections=(
        Section(
            None,
            None,
            (
                Duty("B1", "1", "每年讲党课不少于2次。", targets=(demand("党课", 2, Per.YEAR),)),
                Duty("B2", "2", "发现苗头性问题及时提醒。"),
            ),
        ),
    ),
)
_BRANCH = Role(
    "党支部",
    unit_kinds=("机关部门",),
    sections=(
        Section(None, None, (Duty("C1", "1", "每月组织1次集中学习。", targets=(demand("学习", 1, Per.MONTH),)),)),
    ),
)
UNITS = (
    Unit("U1", "青禾镇", "乡镇", group="乡镇组", contact="钱戊", phone="555-0101"),
    Unit("U2", "白石镇", "乡镇", group="乡镇组"),
    Unit("U3", "启明局", "机关部门", group="部门组"),
    Unit("U4", "望江镇", "乡镇", group="乡镇组", contact="孙己", phone="555-0104"),
)
PEOPLE = (
    Person("张甲", "青禾镇", "书记", ("党委主要负责人",)),
    Person("王丙", "青禾镇", "副书记"),
    Person("李乙", "白石镇", "书记", ("党委主要负责人",)),
    Person("周庚", "启明局", "支部书记"),
)
BATCH = Batch(
    "2026-01",
    "2026年度责任清单",
    2026,
    date(2026, 4, 30),
    (Checklist("清单.txt", "乡镇责任清单", 2026, Kind.CHECKLIST, (_BODY, _HEAD, _BRANCH)),),
    Roster(UNITS, PEOPLE),
)

ANSWERS = """
unit | row_id | status   | deadline  | progress | owner | report   | self_score
U1   | A1.01  | 推进中   |           | 40       | 张甲  | 已开一次 | 95.5
U1   | A2.01  | 长期坚持 |           |          | 张甲  |          |
U1   | A3.01  | 推进中   | 2026-4-30 | 30       | 王丙  | =1+1     |
U1   | B1.02  | 已完成   |           | 100      |       | 两次讲完 |
U1   | B2.02  | 不适用   |           |          |       |          |
U2   | A1.01  | 推进中   |           | 20       | 李乙  | 准备中   |
U2   | A2.01  | 推进中   | 2026-6-1  | 50       |       |          |
U2   | A3.01  | 已完成   | 2026-6-30 | 100      | 李乙  |          |
U2   | B1.02  | 推进中   |           | 50       |       |          |
U3   | C1.01  | 推进中   |           |          | 周庚  |          | 88
"""
ACTIVITIES = """
unit | date       | category | duty                                   | topic | host
U1   | 2026-1-15  | 会议     |                                        | 部署  | 张甲
U1   | 2026-2-3   | 党课     |                                        | 一讲  | 张甲
U1   | 2026-5-6   | 党课     |                                        | 二讲  | 张甲
U2   | 2026-3-1   | 党课     |                                        | 一讲  | 李乙
U2   | 2026-3-2   | 党课     |                                        | 代讲  | 赵丁
U2   | 2026-6-2   | 会议     |                                        | 未来  | 李乙
U3   | 2026-1-8   | 学习     |                                        | 一    | 周庚
U3   | 2026-2-9   | 学习     |                                        | 二    | 周庚
U3   | 2026-4-10  | 学习     |                                        | 三    | 周庚
U3   | 2026-4-20  | 学习     |                                        | 四    | 周庚
"""
FAULTS = """
unit | text       | source | measure | leader | owner | deadline  | status | result | closed
U1   | 台账不全   | 巡察   | 补齐    | 张甲   | 王丙  | 2026-5-1  | 整改中 |        |
U2   | 会议记录缺 | 自查   | 补记    | 李乙   | 李乙  | 2026-4-1  | 已销号 | 已补   | 2026-3-30
U3   | 学习签到缺 | 自查   | 补签    | 周庚   | 周庚  | 2026-3-1  | 待整改 |        |
"""
RISKS_FOUND = """
unit | post   | text     | level | measure  | owner | leader
U1   | 采购岗 | 指定厂家 | 中    | 集体研究 | 王丙  | 张甲
U3   | 审批岗 | 超时办结 | 高    | 双人复核 | 周庚  | 周庚
"""
LETTERS = """
unit | row_id | person | raci
U1   | A1.01  | 张甲   | A
U1   | A1.01  | 王丙   | R
U1   | A3.01  | 张甲   | A
"""
SIGNED = """
unit | period   | signer | opinion | date
U1   | 年初清单 | 张甲   | 同意    | 2026-1-20
U1   | 上半年   |        |         |
"""
RETURNED = {"U1": False, "U2": True, "U3": False}  # unit id → late


def table(text: str) -> list[dict[str, str]]:
    """The rows of a table of text by its headings."""
    head, *lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    return [dict(zip(head, line, strict=True)) for line in lines]


def rows_of(sheet: Sheet, text: str, unit: str) -> list[Row]:
    """One unit's rows of a table as the reader of workbooks gives them."""
    found = []
    for number, values in enumerate((row for row in table(text) if row["unit"] == unit), 4):
        cells = {
            key: parse_value(sheet.column(key).type, value, 2026) for key, value in values.items() if key != "unit"
        }
        letters = {key: column_letter(index) for index, key in enumerate(sheet.keys)}
        found.append(Row(number, cells, letters, f"{unit}.xlsx", sheet.title))
    return found


def receive(store: Store, unit: str, late: bool) -> None:
    """Record one accepted return with all its rows and a finding."""
    texts = {
        DUTIES: ANSWERS,
        LOG: ACTIVITIES,
        ISSUES: FAULTS,
        RISKS: RISKS_FOUND,
        ASSIGNMENTS: LETTERS,
        SIGNATURES: SIGNED,
    }
    rows: dict[str, Sequence[Row]] = {sheet.key: rows_of(sheet, text, unit) for sheet, text in texts.items()}
    finding = Problem("bad-cell", "“完成时限”看不出是哪一天", Origin(f"收件/{unit}.xlsx", "责任清单", 9, "K"), unit)
    taken = receipt(f"收件/{unit}.xlsx", Outcome.ACCEPTED, unit, late=late)
    store.record([Entry(taken, packed(rows), [finding] if unit == "U3" else [])])


def receipt(path: str, outcome: Outcome, unit: str = "", code: str = "", *, late: bool = False) -> Receipt:
    """One found file."""
    return Receipt(path, f"sha-{path}", datetime(2026, 4, 20, 9, 30), outcome, code, unit, BATCH.id, late)  # noqa: DTZ001 - naive as stored


def issue(store: Store, batch: Batch = BATCH) -> None:
    """Record that every unit of the batch was sent a workbook."""
    sent = [Issued(batch.id, u.id, u.name, u.kind, f"下发/{u.name}.xlsx", u.id, u.id) for u in batch.roster.units]
    store.add_batch(batch.id, datetime(2026, 1, 5, 8), batch_json(batch), sent)  # noqa: DTZ001 - naive as stored


def filled_store(folder: Path) -> Store:
    """The year's store after the first round: a file of each outcome, one unit without any."""
    store = Store(folder / "qingdan.db")
    issue(store)
    outdated = Problem("needs-value", "“状态”没有填写", Origin("收件/U1 旧.xlsx", "责任清单", 5, "L"), "U1")
    store.record([Entry(receipt("收件/U1 旧.xlsx", Outcome.SUPERSEDED, "U1"), {}, [outdated])])
    for unit, late in RETURNED.items():
        receive(store, unit, late)
    store.record([Entry(receipt("收件/U1 副本.xlsx", Outcome.DUPLICATE, "U1"))])
    broken = Problem("unreadable-workbook", "打不开这个工作簿", Origin("收件/望江.xlsx"), "U4")
    refused = receipt("收件/望江.xlsx", Outcome.REFUSED, "U4", "unreadable-workbook")
    store.record([Entry(refused, {}, [broken]), Entry(receipt("收件/~$U1.xlsx", Outcome.IGNORED))])
    return store
