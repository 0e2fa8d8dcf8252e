"""考核.xlsx: the scores with every point explained."""

from qingdan_xl.sheets.declaration import Column, Sheet, Type

GROUP = Column("group", "考核组", width=14)
UNIT = Column("unit", "单位", width=24)
PLACE = (
    Column("file", "来源文件", Type.LONG, width=26),
    Column("sheet", "来源工作表", width=18),
    Column("cell", "单元格", width=9),
)

# the points columns show two decimals or more; those of the final score are set from the scheme when it is written
_POINTS = "0.00####"

SUMMARY = Sheet(
    "summary",
    "总表",
    "基础分、加分、扣分由“得分明细”汇总而来；得分 = 三项之和，不低于 0，四舍五入一次",
    (
        Column("index", "序号", Type.COUNT, width=6),
        GROUP,
        UNIT,
        Column("duties", "计分事项", Type.COUNT, width=8),
        Column("full", "应得分", Type.POINTS, width=10, number_format=_POINTS),
        Column("base", "基础分", Type.POINTS, width=11, number_format="0.0000"),
        Column("bonus", "加分", Type.POINTS, width=9, number_format=_POINTS),
        Column("deduction", "扣分", Type.POINTS, width=9, number_format=_POINTS),
        Column("score", "得分", Type.POINTS, width=10),
        Column("rank", "名次", Type.COUNT, width=7),
        Column("grade", "等次", width=10),
        Column("check", "明细核对", width=9),
        Column("note", "说明", Type.LONG, width=40),
    ),
)

TRAIL = Sheet(
    "trail",
    "得分明细",
    "每一分从哪里来：一行一笔，同一单位各行“得分”相加就是该单位的得分",
    (
        Column("index", "单位序号", Type.COUNT, width=8),
        UNIT,
        Column("list", "清单", width=18),
        Column("number", "事项序号", width=8),
        Column("text", "责任事项", Type.LONG, width=40),
        Column("kind", "归类", width=10),
        Column("rule", "规则", width=12),
        Column("full", "应得分", Type.POINTS, width=10, number_format=_POINTS),
        Column("points", "得分", Type.POINTS, width=11, number_format=_POINTS),
        Column("why", "依据", Type.LONG, width=46),
        *PLACE,
    ),
)

RANKING = Sheet(
    "ranking",
    "排名与等次",
    "在各自考核组内排名，同分同名次；先按分数定等次，再看最高等次名额（已评单位数 × 比例，取整数部分）",
    (
        GROUP,
        Column("rank", "名次", Type.COUNT, width=8),
        UNIT,
        Column("score", "得分", Type.POINTS, width=10),
        Column("grade", "等次", width=12),
        Column("assessed", "本组已评", Type.COUNT, width=9),
        Column("quota", "最高等次名额", width=10),
        Column("note", "说明", Type.LONG, width=50),
    ),
)

ADJUSTMENTS = Sheet(
    "adjustments",
    "加减分与否决",
    "考核办法中登记的加分、扣分、一票否决和并列裁定，原样列出",
    (
        UNIT,
        Column("kind", "类别", width=12),
        Column("points", "分值", Type.POINTS, width=10, number_format=_POINTS),
        Column("effect", "处理", width=18),
        Column("reason", "事由", Type.LONG, width=44),
        Column("evidence", "依据", Type.LONG, width=32),
        *PLACE,
    ),
)

GAPS = Sheet(
    "gaps",
    "未评与缺项",
    "没有评分的单位、待定的等次，以及没有答案可评的事项；未评不等于 0 分",
    (
        GROUP,
        UNIT,
        Column("sort", "情形", width=12),
        Column("list", "清单", width=18),
        Column("number", "事项序号", width=8),
        Column("text", "责任事项", Type.LONG, width=44),
        Column("why", "说明", Type.LONG, width=40),
        *PLACE,
    ),
)

RULES = Sheet(
    "rules",
    "评分办法",
    "本次评分用的办法；要改请改 考核办法.xlsx 后重新运行",
    (
        Column("part", "部分", width=16),
        Column("item", "项目", Type.LONG, width=34),
        Column("value", "内容", width=22),
        Column("note", "说明", Type.LONG, width=70),
    ),
)

ASSESSMENT = (SUMMARY, TRAIL, RANKING, ADJUSTMENTS, GAPS, RULES)
