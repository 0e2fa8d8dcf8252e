"""汇总.xlsx: what leaders and the coordinator read, and the columns in which they write."""

from qingdan_xl.sheets.declaration import Column, Sheet, Type

UNIT_ID = Column("unit_id", "单位编号", width=12, hidden=True)
ROW_ID = Column("row_id", "事项编号", width=14, hidden=True)
BATCH = Column("batch", "批次", width=10, hidden=True)
UNIT = Column("unit", "单位", width=22)
KIND = Column("kind", "类型", width=11)
GROUP = Column("group", "考核组", width=13)
ROLE = Column("role", "角色", width=22)
HOLDER = Column("holder", "承担人", width=10)
NUMBER = Column("number", "序号", width=7)
DUTY = Column("text", "责任事项", Type.LONG, width=46)
LIGHT = Column("light", "预警", width=9)
FILE = Column("file", "来源文件", width=26)
PLACE = (
    FILE,
    Column("sheet_title", "来源工作表", width=20),
    Column("row", "来源行", Type.COUNT, width=8),
)

# what leaders type; it is read back before the next summary and stands again at the same unit and duty
REMARKS = (
    Column("instruction", "批示", Type.LONG, width=22, editable=True),
    Column("supervision", "督办意见", Type.LONG, width=22, editable=True),
    Column("note", "备注", Type.LONG, width=18, editable=True),
)

# light word → the column that counts it; together they add up to 交回事项
LIGHT_KEYS = {
    "完成": "complete",
    "长期": "long_term",
    "正常": "normal",
    "未填报": "unfilled",
    "临近": "near",
    "欠缺": "short",
    "逾期": "overdue",
    "不适用": "exempt",
}
TALLY = (
    Column("issued", "责任事项数", Type.COUNT, width=11),
    Column("back", "交回事项", Type.COUNT, width=9),
    Column("answered", "已填事项", Type.COUNT, width=9),
    Column("closable", "应办结", Type.COUNT, width=8),
    *(Column(key, word, Type.COUNT, width=8) for word, key in LIGHT_KEYS.items()),
    Column("rate", "完成率", Type.PERCENT, width=8),
    Column("due_times", "到期应完成次数", Type.COUNT, width=9),
    Column("met_times", "到期已完成次数", Type.COUNT, width=9),
    Column("lacking", "到期欠缺次数", Type.COUNT, width=9),
    Column("done_times", "已完成次数（含未到期）", Type.COUNT, width=13),
)

OVERVIEW = Sheet(
    "overview",
    "总览",
    "每个数字都由后面的工作表算出，点“查看”可到数字背后的各行",
    (
        Column("group", "类别", width=20),
        Column("figure", "指标", width=20),
        Column("value", "数值", Type.COUNT, width=20),
        Column("note", "口径", Type.LONG, width=40),
        Column("look", "查看", width=20),
    ),
)

BY_UNIT = Sheet(
    "by_unit",
    "按单位",
    "每个单位一行，未交回的单位各项留空；完成率＝完成÷应办结，应办结不含长期坚持和不适用的事项",
    (
        UNIT_ID,
        UNIT,
        KIND,
        GROUP,
        Column("state", "交回情况", width=9),
        Column("received", "交回日期", Type.DATE, width=12),
        *TALLY,
        Column("signed", "已审签", width=25),
        Column("problems", "数据问题数", Type.COUNT, width=11),
        *REMARKS,
    ),
)

CHANGES = Sheet(
    "changes",
    "变化",
    "和上一次（更早一天的）汇总比：新逾期、新欠缺、新完成、已补上的排在前面",
    (
        Column("kind", "变化", width=11),
        UNIT,
        ROLE,
        HOLDER,
        NUMBER,
        DUTY,
        Column("light_before", "上次预警", width=9),
        Column("light", "本次预警", width=9),
        Column("status_before", "上次状态", width=11),
        Column("status", "本次状态", width=11),
        Column("done_before", "上次已完成次数", Type.COUNT, width=9),
        Column("done_times", "本次已完成次数", Type.COUNT, width=9),
        Column("what", "说明", Type.LONG, width=30),
    ),
)

# one column a 板块 follows
HEAT = Sheet(
    "heat",
    "单位×板块",
    "格内是滞后率：逾期和欠缺的事项÷交回事项，颜色越深滞后越多；空白是没有这个板块的事项，或者没有交回",
    (
        UNIT_ID,
        UNIT,
        Column("rate", "全部板块", Type.PERCENT, width=9),
    ),
)

BY_ROLE = Sheet(
    "by_role",
    "按层级角色",
    "每个角色一行；完成情况只统计已交回的单位",
    (ROLE, Column("units", "承担单位数", Type.COUNT, width=11), *TALLY),
)

BY_DUTY = Sheet(
    "by_duty",
    "按责任事项",
    "每个责任事项一行，看哪一项普遍滞后；完成情况只统计已交回的单位",
    (
        Column("checklist", "清单", width=20),
        ROLE,
        Column("section", "板块", Type.LONG, width=18),
        NUMBER,
        DUTY,
        Column("units", "承担单位数", Type.COUNT, width=11),
        *TALLY,
        Column("behind", "逾期或欠缺的单位", Type.LONG, width=30),
    ),
)

BY_PERSON = Sheet(
    "by_person",
    "按责任人",
    "个人清单归承担人，集体清单归填报的责任人，没有填的归“未明确”；牵头、主责、配合、知晓取自责任矩阵",
    (
        UNIT,
        Column("person", "责任人", width=12),
        Column("title", "职务", width=22),
        *TALLY,
        Column("accountable", "牵头", Type.COUNT, width=7),
        Column("responsible", "主责", Type.COUNT, width=7),
        Column("consulted", "配合", Type.COUNT, width=7),
        Column("informed", "知晓", Type.COUNT, width=7),
    ),
)

DEMANDS = Sheet(
    "demands",
    "量化完成",
    "每条能从工作纪实计数的要求一行，比例要求按单位所填；周期过了还没做够才算欠缺，每期最多计到要求的次数",
    (
        UNIT,
        ROLE,
        HOLDER,
        NUMBER,
        DUTY,
        Column("demand", "量化要求", Type.LONG, width=28),
        Column("category", "活动类别", width=10),
        Column("required", "应完成次数", Type.COUNT, width=9),
        Column("due_times", "到期应完成", Type.COUNT, width=9),
        Column("met_times", "到期已完成", Type.COUNT, width=9),
        Column("ratio", "实际比例", Type.PERCENT, width=8),
        Column("lacking", "到期欠缺", Type.COUNT, width=8),
        Column("done_times", "已完成（含未到期）", Type.COUNT, width=13),
        Column("elapsed", "到期周期", Type.COUNT, width=8),
        Column("met", "达标周期", Type.COUNT, width=8),
        Column("short", "欠缺的周期", Type.LONG, width=22),
        Column("state", "交回情况", width=9),
    ),
)

WARNINGS = Sheet(
    "warnings",
    "逾期与预警",
    "逾期和欠缺的按天数从多到少排，临近的按剩余天数从少到多排在后面",
    (
        UNIT_ID,
        ROW_ID,
        LIGHT,
        Column("late_days", "逾期天数", Type.COUNT, width=9),
        Column("left_days", "剩余天数", Type.COUNT, width=9),
        Column("since", "应完成日", Type.DATE, width=12),
        Column("why", "原因", Type.LONG, width=30),
        UNIT,
        ROLE,
        Column("person", "责任人", width=10),
        NUMBER,
        DUTY,
        Column("status", "状态", width=11),
        Column("report", "进展情况", Type.LONG, width=28),
        *REMARKS,
        *PLACE,
    ),
)

RECTIFICATION = Sheet(
    "rectification",
    "问题整改",
    "各单位问题整改台账；过了整改时限还没整改的排在最前",
    (
        UNIT,
        Column("text", "问题", Type.LONG, width=36),
        Column("source", "来源", width=14),
        Column("measure", "整改措施", Type.LONG, width=32),
        Column("leader", "责任领导", width=10),
        Column("owner", "责任人", width=10),
        Column("deadline", "整改时限", Type.DATE, width=12),
        Column("status", "状态", width=9),
        LIGHT,
        Column("late_days", "逾期天数", Type.COUNT, width=9),
        Column("result", "整改成效", Type.LONG, width=26),
        Column("closed", "销号日期", Type.DATE, width=12),
        *PLACE,
    ),
)

RISKS = Sheet(
    "risks",
    "廉政风险",
    "各单位廉政风险防控台账，按风险等级从高到低排",
    (
        UNIT,
        Column("level", "风险等级", width=9),
        Column("post", "岗位", width=18),
        Column("text", "风险点", Type.LONG, width=40),
        Column("measure", "防控措施", Type.LONG, width=42),
        Column("owner", "责任人", width=10),
        Column("leader", "责任领导", width=10),
        *PLACE,
    ),
)

MISSING = Sheet(
    "missing",
    "未报送",
    "没有交回的单位，和交来了但被退回的文件",
    (
        Column("case", "情形", width=13),
        UNIT,
        KIND,
        GROUP,
        Column("contact", "联系人", width=10),
        Column("phone", "联系电话", width=16),
        Column("deadline", "报送期限", Type.DATE, width=12),
        Column("late_days", "超期天数", Type.COUNT, width=9),
        Column("file", "文件", Type.LONG, width=34),
        Column("why", "原因与建议", Type.LONG, width=54),
    ),
)

FILES = Sheet(
    "files",
    "收件登记",
    "收到的每个文件一行；找到的文件数＝采用＋被替代＋重复＋退回＋忽略",
    (
        Column("file", "文件", Type.LONG, width=44),
        UNIT,
        Column("received", "收到日期", Type.DATE, width=12),
        Column("outcome", "处理结果", width=10),
        Column("late", "是否迟交", width=9),
        Column("why", "原因", Type.LONG, width=50),
    ),
)

PROBLEMS = Sheet(
    "problems",
    "数据问题",
    "各单位文件中发现的问题，定位到单元格；已被新版替代的文件不再列出",
    (
        Column("severity", "程度", width=8),
        UNIT,
        Column("file", "文件", Type.LONG, width=34),
        Column("sheet_title", "工作表", width=20),
        Column("cell", "单元格", width=9),
        Column("what", "问题", Type.LONG, width=46),
        Column("advice", "建议", Type.LONG, width=40),
    ),
)

DETAIL = Sheet(
    "detail",
    "明细",
    "下发的每个责任事项一行，附各单位填报的全部内容和来源",
    (
        UNIT_ID,
        ROW_ID,
        UNIT,
        KIND,
        GROUP,
        Column("checklist", "清单", width=20),
        ROLE,
        HOLDER,
        Column("section", "板块", Type.LONG, width=18),
        NUMBER,
        DUTY,
        Column("demand", "量化要求", Type.LONG, width=24),
        Column("required", "应完成次数", Type.COUNT, width=8),
        Column("done_times", "已完成次数", Type.COUNT, width=8),
        Column("leader", "牵头领导", width=10),
        Column("owner", "责任人", width=10),
        Column("deadline", "完成时限", Type.DATE, width=12),
        Column("status", "状态", width=11),
        Column("ratio", "实际比例", Type.PERCENT, width=8),
        Column("progress", "进度", Type.PERCENT, width=8),
        Column("report", "进展情况", Type.LONG, width=30),
        Column("evidence", "佐证材料", Type.LONG, width=20),
        Column("trouble", "存在问题", Type.LONG, width=20),
        Column("self_score", "自评分", Type.POINTS, width=8),
        LIGHT,
        Column("state", "交回情况", width=9),
        *REMARKS,
        *PLACE,
    ),
)

LOST_REMARKS = Sheet(
    "lost_remarks",
    "未落位批示",
    "写过批示、督办意见、备注，但所在的单位或事项已不在下发清单中；原文保留在这里",
    (
        UNIT,
        ROLE,
        HOLDER,
        DUTY,
        Column("kind", "类别", width=11),
        Column("remark", "内容", Type.LONG, width=46),
        Column("written", "读到日期", Type.DATE, width=12),
    ),
)

# very hidden: what we wrote into the remark columns, so that what a person changed can be told
PRINTED_REMARKS = Sheet("printed_remarks", "_批示底稿", "请勿改动", (UNIT_ID, ROW_ID, *REMARKS, BATCH))

SUMMARY = (
    OVERVIEW,
    CHANGES,
    BY_UNIT,
    HEAT,
    BY_ROLE,
    BY_DUTY,
    BY_PERSON,
    DEMANDS,
    WARNINGS,
    RECTIFICATION,
    RISKS,
    MISSING,
    FILES,
    PROBLEMS,
    LOST_REMARKS,
    DETAIL,
)
