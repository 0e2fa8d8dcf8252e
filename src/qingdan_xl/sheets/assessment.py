"""考核.xlsx: the scores with every point explained."""

from dataclasses import replace

from qingdan_xl.sheets.declaration import Column, Sheet, Type

GROUP = Column("group", "考核组", width=14)
UNIT = Column("unit", "单位", width=24)
PLACE = (
    Column("file", "来源文件", Type.LONG, width=26),
    Column("sheet", "来源工作表", width=18),
    Column("cell", "单元格", width=9),
)

# the points columns show two decimals or more; those of the final score are set from the scheme when it is written
POINTS = "0.00####"
_SUM = "0.00##"

_TOTALS = (
    Column("full", "满分", Type.POINTS, width=9),
    Column("base", "基础分", Type.POINTS, width=11, number_format=_SUM),
    Column("bonus", "加分", Type.POINTS, width=9, number_format=_SUM),
    Column("deduction", "扣分", Type.POINTS, width=9, number_format=_SUM),
    Column("appeal", "复核", Type.POINTS, width=9, number_format=_SUM),
    Column("score", "得分", Type.POINTS, width=10),
    Column("rank", "名次", Type.COUNT, width=7),
    Column("grade", "等次", width=10),
    Column("known", "已评得分", Type.POINTS, width=10, number_format=_SUM),
    Column("open", "待评", Type.COUNT, width=7),
    Column("check", "明细核对", width=9),
    Column("link", "明细", width=8),
    Column("note", "说明", Type.LONG, width=40),
)

SUMMARY = Sheet(
    "summary",
    "总表",
    "各数由“得分明细”实时汇总；得分 = 各项之和，不低于 0，只四舍五入一次",
    (
        Column("index", "序号", Type.COUNT, width=6),
        GROUP,
        UNIT,
        Column("duties", "计分事项", Type.COUNT, width=8),
        *_TOTALS,
    ),
)

PEOPLE = Sheet(
    "people_summary",
    "个人总表",
    "个人得分，按考核办法“个人构成”由所在单位、本人清单、测评等部分组成；各数由“得分明细”实时汇总；序号接着单位往下排",
    (
        Column("index", "序号", Type.COUNT, width=6),
        GROUP,
        Column("name", "姓名", width=14),
        UNIT,
        *_TOTALS,
    ),
)

TRAIL = Sheet(
    "trail",
    "得分明细",
    "一行一笔，“得分”是公式，同一单位各行相加就是它的得分。浅黄的格子可以改数试算（重新运行后恢复）；可以筛选，"
    "但排序会打乱合计，所以本表有保护（无密码）",
    (
        Column("index", "单位序号", Type.COUNT, width=7),
        Column("unit", "单位", width=20),
        Column("section", "板块", width=14),
        Column("item", "项目", Type.LONG, width=18),
        Column("list", "清单", width=14),
        Column("number", "事项序号", width=8),
        Column("text", "责任事项", Type.LONG, width=34),
        Column("kind", "归类", width=9),
        Column("rule", "规则", width=12),
        Column("words", "原文", Type.LONG, width=30),
        Column("data", "数据项", width=14),
        Column("amount", "数量", Type.POINTS, width=9, editable=True),
        Column("base", "目标/基数", Type.POINTS, width=9),
        Column("free", "免计", Type.POINTS, width=7),
        Column("step", "每", Type.POINTS, width=7),
        Column("worth", "分值", Type.POINTS, width=8),
        Column("factor", "系数", Type.POINTS, width=7),
        Column("floor", "下限", Type.POINTS, width=7),
        Column("cap", "封顶", Type.POINTS, width=7),
        Column("full", "应得分", Type.POINTS, width=11, number_format=POINTS),
        Column("points", "得分", Type.POINTS, width=11, editable=True, number_format=POINTS),
        Column("state", "待评", width=7),
        Column("why", "依据", Type.LONG, width=44),
        *PLACE,
    ),
)

_SCORED = (Column("index", "序号", Type.COUNT, width=6), GROUP, UNIT)

ITEM_SCORES = Sheet(
    "item_scores",
    "项目得分",
    "每个单位每个项目得多少分，由“得分明细”实时汇总；括号中是满分，空白表示该项目不适用于这个单位",
    _SCORED,
)

PEOPLE_SCORES = Sheet(
    "people_scores",
    "个人得分构成",
    "每个人的得分由哪几部分组成，由“得分明细”实时汇总",
    _SCORED,
)


def item_column(key: str, heading: str) -> Column:
    """A column of the points of one item, section or all."""
    return Column(key, heading, Type.POINTS, width=11, number_format=_SUM)


RANKING = Sheet(
    "ranking",
    "排名与等次",
    "组内排名，同分同名次；先按分数定等次，再看最高等次名额（已评数×比例取整）；得分、名次实时变化，等次重新运行才变",
    (
        replace(GROUP, width=20),  # of persons too: 个人·主要负责人组
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
    "考核办法中登记的加分、扣分、一票否决和并列裁定，原样列出；按评分规则触发的一票否决也列在这里",
    (
        UNIT,
        Column("kind", "类别", width=12),
        Column("points", "分值", Type.POINTS, width=10, number_format=POINTS),
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
        Column("item", "项目", Type.LONG, width=18),
        Column("list", "清单", width=18),
        Column("number", "事项序号", width=8),
        Column("text", "责任事项", Type.LONG, width=44),
        Column("why", "说明", Type.LONG, width=40),
        *PLACE,
    ),
)

APPEALS = Sheet(
    "appeals",
    "复核申诉",
    "复核决定填在这里，一个决定一行；重新运行 qingdan assess 时读回、计入得分并原样保留。维持原分的，调整填 0",
    (
        Column(
            "unit",
            "单位",
            Type.CHOICE,
            width=26,
            choices="subjects",
            editable=True,
            required=True,
            help="个人写成 单位/姓名",
        ),
        Column("item", "项目或事项", Type.LONG, width=24, editable=True, help="对哪个项目、哪一事项申诉；对总分的留空"),
        Column(
            "points",
            "调整",
            Type.POINTS,
            width=9,
            editable=True,
            required=True,
            help="加分填 0.5，扣分填 -0.5，维持填 0",
        ),
        Column("reason", "理由", Type.LONG, width=40, editable=True, required=True),
        Column("decided_by", "决定人", width=16, editable=True, required=True, help="作出决定的人或会议"),
        Column("decided_on", "决定日期", Type.DATE, width=12, editable=True, required=True),
        Column("evidence", "依据", Type.LONG, width=28, editable=True),
        Column("state", "处理情况", Type.LONG, width=30),
    ),
    prepared=300,
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

CARDS = Sheet(
    "cards",
    "目录",
    "每张考核卡一页，打印在一张 A4 纸上；点“考核对象”跳到它的卡",
    (
        Column("index", "序号", Type.COUNT, width=7),
        Column("card", "考核对象", Type.LONG, width=34),
        GROUP,
        Column("score", "得分", Type.POINTS, width=10),
        Column("rank", "名次", width=18),
        Column("grade", "等次", width=12),
    ),
)

ASSESSMENT = (SUMMARY, TRAIL, RANKING, ADJUSTMENTS, GAPS, APPEALS, RULES)
