"""催办单.xlsx: whom to remind of what, with texts ready to send."""

from qingdan_xl.sheets.declaration import Column, Sheet, Type
from qingdan_xl.sheets.summary import DUTY, HOLDER, NUMBER, ROLE, UNIT

# cause of a reminder → the column that counts it
CAUSES = {"未交回": "missing", "逾期": "overdue", "欠缺": "short", "临近": "near", "未填报": "unanswered"}
_COUNTS = tuple(Column(key, word, Type.COUNT, width=8) for word, key in CAUSES.items() if word != "未交回")
_MESSAGE = Column("message", "短信", Type.LONG, width=80, help="复制后即可发送")

UNIT_REMINDERS = Sheet(
    "unit_reminders",
    "催办到单位",
    "每个单位一行，“短信”可以直接复制发送；只列到期、逾期、未交回和未填报的",
    (
        UNIT,
        Column("contact", "联系人", width=10),
        Column("phone", "联系电话", width=16),
        Column("missing", "未交回", width=9),
        *_COUNTS,
        _MESSAGE,
    ),
)

# stands behind UNIT_REMINDERS where score sheets are waited for
RATER_REMINDERS = Sheet(
    "rater_reminders",
    "催办评委",
    "每位没有交回评分表的评委一行，“短信”可以直接复制发送",
    (
        Column("group", "评分组", width=20),
        Column("person", "评委", width=14),
        _MESSAGE,
    ),
)

PERSON_REMINDERS = Sheet(
    "person_reminders",
    "催办到人",
    "每个责任人一行；没有明确责任人的事项只在“催办到单位”",
    (
        UNIT,
        Column("person", "责任人", width=12),
        Column("title", "职务", width=18),
        *_COUNTS,
        _MESSAGE,
    ),
)

REMINDED_DUTIES = Sheet(
    "reminded_duties",
    "催办事项",
    "这次催办的每一件，逾期和欠缺的按天数从多到少排",
    (
        Column("cause", "事由", width=9),
        UNIT,
        Column("person", "责任人", width=10),
        ROLE,
        HOLDER,
        NUMBER,
        DUTY,
        Column("due", "应完成日", Type.DATE, width=12),
        Column("late_days", "逾期天数", Type.COUNT, width=8),
        Column("left_days", "剩余天数", Type.COUNT, width=8),
        Column("why", "原因", Type.LONG, width=34),
    ),
)

ALREADY_REMINDED = Sheet(
    "already_reminded",
    "本周已催",
    "本周已经催过、这次没有再催的；要再催一次，运行 qingdan remind --again",
    (
        Column("cause", "事由", width=9),
        UNIT,
        Column("person", "责任人", width=10),
        NUMBER,
        DUTY,
        Column("reminded", "催办日期", Type.DATE, width=12),
    ),
)

REMINDER_SHEETS = (UNIT_REMINDERS, PERSON_REMINDERS, REMINDED_DUTIES, ALREADY_REMINDED)
