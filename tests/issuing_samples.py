"""A small batch made by hand: three kinds of lists, two units, every sort of demand."""

from datetime import date
from decimal import Decimal

from qingdan_xl.counting.periods import Calendar
from qingdan_xl.issuing.options import Options
from qingdan_xl.issuing.plan import Batch, UnitPlan, plan_unit
from qingdan_xl.model import (
    Checklist,
    Duty,
    Kind,
    Per,
    Person,
    Role,
    Roster,
    Section,
    Target,
    TargetKind,
    Unit,
)
from qingdan_xl.sheets.choices import CATEGORIES

YEAR = 2026
OPTIONS = Options(tuple(CATEGORIES), Calendar(YEAR, date(YEAR, 3, 1)))
LONG_TEXT = "".join(
    f"第{n}步，召集相关科室核对上一阶段任务的落实情况，对没有按时办结的事项逐条说明原因、提出补救办法并明确到人；"
    for n in ("一", "二", "三", "四", "五", "六", "七", "八", "九")
)


def count(category: str, number: int | None, per: Per | None, *due: str, at_most: bool = False) -> Target:
    """A demand for a number of times."""
    amount = None if number is None else Decimal(number)
    return Target(
        f"{category}{number}次", f"开展{category}", TargetKind.COUNT, amount, "次", per, due, at_most, category
    )


def duty(id_: str, number: str, text: str, *targets: Target) -> Duty:
    """A duty of the sample lists."""
    return Duty(id_, number, text, targets=targets)


RATIO = Target("党员参加率达到90%", "党员参加率", TargetKind.RATIO, Decimal(90), "%")
REPORT = Target("每年1月31日前报告", "书面报告", TargetKind.DEADLINE, None, None, Per.YEAR, ("01-31",), category="报告")

BRANCH = Role(
    "党支部",
    sections=(
        Section(
            "一",
            "组织生活",
            (
                duty("a0000001", "1", "每季度召开一次党员大会，通报工作进展。", count("会议", 1, Per.QUARTER)),
                duty("a0000002", "2", "每月开展主题党日，党员参加率达到90%。", count("主题党日", 1, Per.MONTH), RATIO),
                duty("a0000003", "3", "支部书记每年讲党课不少于2次。", count("党课", 2, Per.YEAR)),
            ),
        ),
        Section(
            "二",
            "监督与报告",
            (
                duty("12345678", "4", "每年1月31日前、7月31日前各报告一次。", count("报告", 2, None, "01-31", "07-31")),
                duty("a0000005", "5", "“七一”前后走访慰问老党员。", count("调研", 1, Per.ONCE, "~07-01")),
                duty("a0000006", "6", LONG_TEXT, count("检查", 1, Per.HALF_YEAR), count("会议", 6, Per.YEAR)),
                duty("a0000007", "7", "每周核对一次台账；全年接待不超过3次。", count("检查", 1, Per.WEEK)),
                duty("a0000008", "8", "经常了解群众的想法，帮助解决困难。"),
                duty("a0000009", "9", "年内接待不超过3次。", count("其他", 3, Per.YEAR, at_most=True), REPORT),
            ),
        ),
    ),
)
MEMBERS = Role(
    "班子成员",
    sections=(
        Section(
            None,
            None,
            (
                duty("b0000001", "1", "每半年听取一次分管领域安全生产情况汇报。", count("报告", 1, Per.HALF_YEAR)),
                duty("b0000002", "2", "每季度带队检查*号仓库。", count("检查", 1, Per.QUARTER)),
                duty("b0000004", "2", "每季度带队检查三号仓库。", count("检查", 1, Per.QUARTER)),
                duty("b0000003", "3", "每年与干部谈话不少于4次。", count("谈话", 4, Per.YEAR)),
            ),
        ),
    ),
)
UNITS = (
    Unit("U001", "青禾镇", "乡镇", group="甲组", contact="周庚", phone="000-0001"),
    Unit("U002", "柳湾村", "村", parent="青禾镇", group="乙组"),
    Unit("U003", "望溪局", "机关"),
)
PEOPLE = (
    Person("张甲", "青禾镇", "书记", ("班子成员",), ("党建",)),
    Person("李乙", "青禾镇", "镇长", ("班子成员",), ("安全生产", "检查")),
    Person("王丙", "青禾镇", "办公室主任", (), ("报告", "台账")),
    Person("赵丁", "柳湾村", "村支书"),
)


def sample_batch() -> Batch:
    """The batch of all tests on issuing; 望溪局 is of a kind that no list goes to."""
    branch = Role(BRANCH.name, sections=BRANCH.sections, unit_kinds=("乡镇", "村"))
    members = Role(MEMBERS.name, sections=MEMBERS.sections, unit_kinds=("乡镇",))
    checklists = (
        Checklist("支部.txt", "党支部清单", YEAR, Kind.CHECKLIST, (branch,)),
        Checklist("班子.txt", "班子成员清单", YEAR, Kind.CHECKLIST, (members,)),
    )
    return Batch("2026-01", "2026年度责任清单", YEAR, date(YEAR, 12, 20), checklists, Roster(UNITS, PEOPLE))


def sample_plan(unit: Unit = UNITS[0]) -> UnitPlan:
    """One unit's plan of the batch."""
    return plan_unit(sample_batch(), unit)
