"""The unit's workbook: what staff open, fill and send back (DESIGN §5)."""

from qingdan_xl.sheets.declaration import Column, Sheet, Type

_DATE = "填日期，如 2026-6-30"
_DATE_WIDTH = 13  # wide enough for the digits of a font that stands in for 仿宋: a date that does not fit shows as ####
ROW_ID = Column("row_id", "事项编号", width=14, hidden=True)

DUTIES = Sheet(
    "duty",
    "责任清单",
    "本单位的责任事项；白色格可填，灰色格已锁定",
    (
        ROW_ID,
        Column("number", "序号", width=4),
        Column("change", "变动", width=4),
        Column("section", "板块", Type.LONG, width=10, aliases=("类别",)),
        Column("text", "责任事项", Type.LONG, width=43, aliases=("工作任务", "任务内容", "履责内容")),
        Column("demand", "量化要求", Type.LONG, width=18),
        Column("required", "应完成次数", Type.COUNT, width=5),
        Column("done", "已完成次数", Type.COUNT, width=5),
        Column("leader", "牵头领导", Type.PERSON, width=8, choices="person", editable=True, help="从本单位人员中选择"),
        Column("owner", "责任人", Type.PERSON, width=8, choices="person", editable=True, help="从本单位人员中选择"),
        Column(
            "deadline",
            "完成时限",
            Type.DATE,
            width=12,
            aliases=("办结时限", "时限要求"),
            editable=True,
            help=f"清单定了时限的已填好，不能改；没有定的由单位{_DATE}",
        ),
        Column(
            "status",
            "状态",
            Type.CHOICE,
            width=9,
            choices="status",
            editable=True,
            required=True,
            help="请从下拉列表选择",
        ),
        Column(
            "ratio",
            "实际比例（%）",
            Type.PERCENT,
            width=6,
            aliases=("实际比例", "实际完成值"),
            editable=True,
            help="填量化要求中那个比例实际达到多少，如 85%；有几个比例的填差距最大的一个",
        ),
        Column(
            "progress",
            "进度（%）",
            Type.PERCENT,
            width=6,
            aliases=("进度",),
            editable=True,
            help="填 0 到 100 的百分数，如 60%",
        ),
        Column(
            "report",
            "进展情况",
            Type.LONG,
            width=16,
            aliases=("完成情况",),
            editable=True,
            help="做了什么、做到什么程度；Alt+Enter 换行",
        ),
        Column(
            "evidence",
            "佐证材料",
            Type.LONG,
            width=9,
            aliases=("支撑材料", "印证材料"),
            editable=True,
            help="写材料名称或存放位置，不用粘贴图片",
        ),
        Column("trouble", "存在问题", Type.LONG, width=10, aliases=("未完成原因",), editable=True),
        Column("self_score", "自评分", Type.POINTS, width=5, aliases=("自评",), editable=True, help="填 0 到 100 的数"),
        Column("light", "预警", width=6),
        # what only the screen shows stands behind what is printed
        Column("missing", "未达标时段", Type.LONG, width=14),
        Column("elapsed", "应达标期数", Type.COUNT, width=7),
        Column("met", "已达标期数", Type.COUNT, width=7),
    ),
)

LOG = Sheet(
    "log",
    "工作纪实",
    "开展一次活动记一行；类别相符的责任事项会自动计数",
    (
        Column(
            "date",
            "日期",
            Type.DATE,
            width=_DATE_WIDTH,
            editable=True,
            required=True,
            help="填日期，如 2026-3-1；写成文字的日期不计数",
        ),
        Column(
            "category",
            "活动类别",
            Type.CHOICE,
            width=11,
            choices="category",
            editable=True,
            required=True,
            help="请从下拉列表选择",
        ),
        Column(
            "duty",
            "关联事项",
            Type.CHOICE,
            width=24,
            choices="duty",
            editable=True,
            help="只计入某一事项时选择；留空则计入所有类别相符的事项",
        ),
        Column("topic", "主题", Type.LONG, width=36, editable=True, required=True),
        Column(
            "host", "主持人", Type.PERSON, width=10, choices="person", editable=True, help="个人清单只计本人主持的活动"
        ),
        Column("attendance", "参加人数（人）", Type.COUNT, width=9, aliases=("参加人数",), editable=True),
        Column("place", "地点", width=16, editable=True),
        Column("evidence", "佐证材料", Type.LONG, width=24, editable=True),
    ),
    prepared=300,
)

ISSUES = Sheet(
    "issue",
    "问题整改台账",
    "发现一个问题记一行，整改到位后填销号日期",
    (
        Column("text", "问题", Type.LONG, width=30, aliases=("问题内容",), editable=True, required=True),
        Column("source", "来源", width=12, editable=True),
        Column("measure", "整改措施", Type.LONG, width=26, editable=True),
        Column("leader", "责任领导", Type.PERSON, width=10, choices="person", editable=True),
        Column("owner", "责任人", Type.PERSON, width=10, choices="person", editable=True),
        Column("deadline", "整改时限", Type.DATE, width=_DATE_WIDTH, editable=True, help=_DATE),
        Column("status", "状态", Type.CHOICE, width=9, choices="rectification", editable=True, required=True),
        Column("result", "整改成效", Type.LONG, width=19, aliases=("完成情况",), editable=True),
        Column("closed", "销号日期", Type.DATE, width=_DATE_WIDTH, editable=True, help=_DATE),
    ),
    prepared=100,
)

RISKS = Sheet(
    "risk",
    "廉政风险防控台账",
    "逐岗位排查风险点，明确防控措施和责任人",
    (
        Column("post", "岗位", width=18, editable=True, required=True),
        Column("text", "风险点", Type.LONG, width=42, editable=True, required=True),
        Column("level", "风险等级", Type.CHOICE, width=10, choices="risk_level", editable=True, required=True),
        Column("measure", "防控措施", Type.LONG, width=49, editable=True),
        Column("owner", "责任人", Type.PERSON, width=13, choices="person", editable=True),
        Column("leader", "责任领导", Type.PERSON, width=13, choices="person", editable=True),
    ),
    prepared=60,
)

MATRIX = Sheet(
    "matrix",
    "责任矩阵",
    "每个事项由谁牵头（A）、主责（R）、配合（C）、知晓（I）；每个事项只有一个 A，至少一个 R，同一人兼任填 AR",
    (
        ROW_ID,
        Column("sheet", "清单", width=22),
        Column("number", "序号", width=6),
        Column("text", "责任事项", Type.LONG, width=50),
        Column("check", "核对", width=11),
    ),
)
# one such column a person stands to the right of MATRIX; its heading is the person's name
MATRIX_PERSON = Column(
    "raci",
    "人员",
    Type.CHOICE,
    width=9,
    choices="raci",
    editable=True,
    help="R 主责 A 牵头 AR 牵头并主责 C 配合 I 知晓",
)

# the matrix as it is collected: one row for each letter typed
ASSIGNMENTS = Sheet(
    "assignment",
    "责任分工",
    "责任矩阵中每个事项由谁担任什么",
    (
        ROW_ID,
        Column("person", "人员", width=12),
        Column("raci", "分工", Type.CHOICE, width=8, choices="raci"),
    ),
)

SIGNATURES = Sheet(
    "signature",
    "签字背书",
    "年初审签清单，半年和全年审签完成情况",
    (
        Column("period", "审签事项", width=16),
        Column("signer", "审签人", Type.PERSON, width=14, choices="person", editable=True),
        Column("opinion", "审签意见", Type.LONG, width=60, editable=True),
        Column("date", "审签日期", Type.DATE, width=14, editable=True, help=_DATE),
    ),
)

# for the pen: stands to the right of SIGNATURES, is printed and never collected
AUTOGRAPH = Column("autograph", "签名（盖章）", width=41)

# the answers of a duty that people type themselves: leader, owner and date may stand there from the start
TYPED = ("status", "ratio", "progress", "report", "evidence", "trouble", "self_score")
COVER_TITLE = "填报说明"
HIDDEN_TITLE = "_qingdan"
LEDGERS = (LOG, ISSUES, RISKS)
UNIT_SHEETS = (DUTIES, LOG, ISSUES, RISKS, MATRIX, SIGNATURES)
COLLECTED = (DUTIES, LOG, ISSUES, RISKS, ASSIGNMENTS, SIGNATURES)
