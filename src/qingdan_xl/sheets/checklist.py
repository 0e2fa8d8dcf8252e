"""The 母表: a checklist as people review and edit it."""

from qingdan_xl.sheets.declaration import Column, Sheet, Type

INFO = Sheet(
    "info",
    "清单信息",
    "这份清单是什么：名称、年度、来源",
    (
        Column("field", "项目", width=16),
        Column("value", "内容", Type.LONG, width=80, editable=True),
    ),
)

ROLES = Sheet(
    "roles",
    "角色",
    "谁承担责任：每个层级或角色一行；“适用单位类型”留空表示所有单位",
    (
        Column("name", "角色", width=24, aliases=("层级", "责任主体"), required=True),
        Column("heading", "原文标题", Type.LONG, width=44, editable=True),
        Column("inherits", "参照角色", width=20, editable=True, help="本角色按哪个角色的清单执行；没有则留空"),
        Column("unit_kinds", "适用单位类型", width=30, editable=True, help="如：机关部门、乡镇；留空表示所有单位"),
    ),
)

DUTIES = Sheet(
    "duties",
    "责任事项",
    "每个责任事项一行；文字可以修改，事项编号请勿改动",
    (
        Column("id", "事项编号", width=12),
        Column("role", "角色", width=22, aliases=("层级",), required=True),
        Column("section_number", "板块序号", width=9, editable=True),
        Column("section", "板块", Type.LONG, width=24, aliases=("类别",), editable=True),
        Column("section_points", "板块分值", Type.POINTS, width=9, editable=True),
        Column("number", "序号", width=7, editable=True),
        Column(
            "text",
            "责任事项",
            Type.LONG,
            width=70,
            aliases=("工作任务", "任务内容", "履责内容"),
            editable=True,
            required=True,
        ),
        Column("points", "分值", Type.POINTS, width=8, editable=True),
        Column("department", "负责部门", width=16, aliases=("主责部门", "牵头单位", "主办"), editable=True),
        Column("soft", "软性要求", width=16, editable=True, help="定期、及时等没有数字的要求，用顿号分开"),
        Column("policies", "依据文件", Type.LONG, width=30, editable=True, help="《》中的文件，用顿号分开"),
        Column("placeholders", "占位符", Type.COUNT, width=8, editable=True, help="文字中 *、XX 等待填处的个数"),
        Column(
            "general", "总则", Type.CHOICE, width=7, choices="yes", editable=True, help="总则、附则类条款填“是”，不下发"
        ),
        Column("line", "原文行号", Type.COUNT, width=9),
    ),
)

TARGETS = Sheet(
    "targets",
    "量化要求",
    "每条量化要求一行；“活动类别”决定工作纪实中哪一类记录计入这条要求",
    (
        Column("duty_id", "事项编号", width=12, required=True),
        Column("text", "原文", Type.LONG, width=50, editable=True, required=True),
        Column("activity", "活动", Type.LONG, width=34, editable=True),
        Column(
            "category",
            "活动类别",
            Type.CHOICE,
            width=12,
            choices="category",
            editable=True,
            help="留空则不从工作纪实计数",
        ),
        Column("kind", "类型", Type.CHOICE, width=9, choices="target_kind", editable=True, required=True),
        Column("number", "数量", Type.POINTS, width=8, editable=True),
        Column("at_most", "上限", Type.CHOICE, width=7, choices="yes", editable=True, help="“不超过”类要求填“是”"),
        Column("unit", "单位", width=8, editable=True),
        Column("per", "周期", Type.CHOICE, width=9, choices="per", editable=True),
        Column("months", "起止月份", width=14, editable=True, help="只在这几个月里按周期开展的填，如 3月至12月"),
        Column(
            "due",
            "期限",
            width=18,
            editable=True,
            help="如 01-31、07-31；约数写 ~07-01；有年份写 2026-09-15 或 2026-05",
        ),
    ),
)

RULES = Sheet(
    "rules",
    "评分规则",
    "写在事项里的得分、扣分规则，每条一行",
    (
        Column("duty_id", "事项编号", width=12, required=True),
        Column("text", "原文", Type.LONG, width=50, editable=True, required=True),
        Column("kind", "类型", Type.CHOICE, width=12, choices="rule_kind", editable=True, required=True),
        Column("points", "分值", Type.POINTS, width=8, editable=True),
        Column("per", "每", width=8, editable=True, help="每次、每项、每例 等"),
        Column("floor", "扣完为止", Type.CHOICE, width=10, choices="yes", editable=True),
        Column("low", "酌情下限", Type.POINTS, width=9, editable=True, help="酌情扣 2－4 分的 2；4 填在“分值”"),
        Column("cap", "封顶", Type.POINTS, width=8, editable=True, help="最多扣（加）多少分"),
    ),
)

METRICS = Sheet(
    "metrics",
    "填报数据",
    "报告中留空待填的数字，每处一行：请看这一行数的是不是文中说的，改好以后“核对”填“是”；没有核对的，报告里标黄；"
    "“活动类别”留空的，报告里空着",
    (
        Column("id", "编号", width=7, help="报告模板里这一处的名称，请勿改动"),
        Column("text", "原文", Type.LONG, width=26, editable=True, required=True),
        Column("sentence", "所在的句子", Type.LONG, width=42, help="【】处是要填的数"),
        Column(
            "category",
            "活动类别",
            Type.CHOICE,
            width=11,
            choices="category",
            editable=True,
            help="这个数从工作纪实的哪一类记录数出来；留空则不填",
        ),
        Column(
            "months",
            "期间",
            width=10,
            editable=True,
            help="只数这一段时间的：上半年、下半年、第一季度、3月、3月至5月；留空则全年",
        ),
        Column(
            "whose",
            "数谁的",
            Type.CHOICE,
            width=8,
            choices="whose",
            editable=True,
            help="“单位”数全单位的；“本人”只数写报告的人主持的；留空则报告写谁就数谁的",
        ),
        Column("topic", "主题含", width=12, editable=True, help="只数主题里有这些词之一的记录，用顿号分开；留空则全数"),
        Column(
            "without",
            "主题不含",
            width=14,
            editable=True,
            help="主题里有这些词之一的记录不数，用顿号分开：参加别人的会，不算自己开的；留空则全数",
        ),
        Column(
            "checked",
            "核对",
            Type.CHOICE,
            width=7,
            choices="yes",
            editable=True,
            help="对照原文看过、同意这样数的，填“是”；没有填的，数字在报告里标黄",
        ),
        Column("note", "提示", Type.LONG, width=26, help="程序为什么没有试填活动类别"),
        Column("unit", "单位", width=7, editable=True),
        Column("activity", "活动", Type.LONG, width=26, editable=True),
        Column("line", "原文行号", Type.COUNT, width=9),
    ),
)

BLANKS = Sheet(
    "blanks",
    "占位",
    "原文留空待填处（【】中），每处一行：各单位相同的填“统一填写”，各单位不同的填“按花名册的列”；"
    "下发时填入事项文字，情况报告在写报告时填入正文",
    (
        Column("id", "编号", width=7, help="报告模板里这一处的名称，请勿改动"),
        Column("part", "位置", Type.CHOICE, width=10, choices="part", required=True),
        Column("duty_id", "事项编号", width=12),
        Column("role", "角色", width=20, aliases=("层级",)),
        Column("number", "序号", width=7),
        Column("context", "上下文", Type.LONG, width=44, required=True),
        Column("guess", "可能是", width=10, editable=True),
        Column("value", "统一填写", Type.LONG, width=24, editable=True, help="各单位都一样的内容，填一次，如 青禾县"),
        Column(
            "source",
            "按花名册的列",
            width=16,
            editable=True,
            help="花名册“单位”表的列名，如 单位名称，或自己加的列（如 简称）；主要负责人的姓名填 负责人",
        ),
    ),
)

DOUBTS = Sheet(
    "doubts",
    "待核对",
    "程序拿不准的地方，请对照原文核对",
    (
        Column("code", "代码", width=18, hidden=True),
        Column("sort", "疑点", width=14),
        Column("line", "原文行号", Type.COUNT, width=9),
        Column("message", "说明", Type.LONG, width=90),
    ),
)

MASTER = (INFO, ROLES, DUTIES, TARGETS, RULES, METRICS, BLANKS, DOUBTS)

TARGET_KINDS = {"次数": "count", "比例": "ratio", "期限": "deadline"}
PERS = {
    "每年": "year",
    "每半年": "half_year",
    "每四个月": "four_months",
    "每季度": "quarter",
    "每两个月": "two_months",
    "每月": "month",
    "每旬": "ten_days",
    "每两周": "two_weeks",
    "每周": "week",
    "每天": "day",
    "一次性": "once",
    "其他周期": "other",
}
RULE_KINDS = {
    "每次扣分": "deduct_each",
    "扣分": "deduct",
    "得分": "award",
    "按比例得分": "proportional",
    "不得分/否决": "veto",
    "加分": "bonus",
}
YES = ("是",)
WHOSE = {"单位": "unit", "本人": "person"}
# what the parser doubts, in a word or two, by the code of the problem
DOUBT_WORDS = {
    "numbering": "编号不连续",
    "noise": "去掉的内容",
    "aside": "没有列入",
    "no-numbers": "没有编号",
    "no-duties": "没有事项",
    "flat-table": "表格打散",
    "joined-lines": "断行合并",
    "total-points": "分值对不上",
    "repeated-text": "文字重复",
    "revisions": "有修订痕迹",
    "left-out": "没有读入",
    "pdf-table": "PDF 表格",
    "pdf-table-left": "PDF 表格未读",
    "pdf-copy": "PDF 复制字",
    "open-placeholder": "待填占位",
    "unread-date": "时限看不懂",
    "lone-period": "有周期无次数",
    "not-counted": "不能自动计数",
    "day-of-period": "每期限日",
    "due-elsewhere": "期限不在本年度",
    "encoding": "文件编码",
    "footnote": "注释批注",
    "converted": "转换读取",
}
PARTS = {"清单名称": "title", "角色名称": "role", "板块名称": "section", "责任事项": "duty", "正文": "text"}


def months_text(months: tuple[int, int] | None) -> str | None:
    """The months in which a demand repeats as people write them: 3月至12月, 11月至次年3月."""
    if months is None:
        return None
    first, last = months
    return f"{first}月至{'次年' if last < first else ''}{last}月"
