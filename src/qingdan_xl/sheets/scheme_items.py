"""考核办法: the sheets of a scheme that scores item by item, and the words that may be chosen in them."""

from enum import StrEnum

from qingdan_xl.sheets.choices import TICKS
from qingdan_xl.sheets.declaration import Column, Sheet, Type
from qingdan_xl.sheets.scheme import Effect


class Nature(StrEnum):
    """性质: whether a section is part of the full mark or comes on top of it."""

    BASIC = "基本"
    EXTRA = "附加"


class Source(StrEnum):
    """得分来源: what scores an item."""

    DUTIES = "清单事项"
    RULES = "规则"
    RATERS = "评分"


class Start(StrEnum):
    """起评: whether an item's rules take from its full points or add from none."""

    FULL = "满分起扣"
    ZERO = "零分起计"


class ItemRuleKind(StrEnum):
    """规则类型."""

    DEDUCT_EACH = "每次扣分"
    AWARD_EACH = "每次加分"
    DEDUCT_ONCE = "一次扣分"
    AWARD_ONCE = "一次加分"
    PROPORTION = "按比例得分"
    RANK = "按排名"
    BEST = "按最好"
    ZERO_OUT = "不得分"
    MULTIPLY = "扣分加倍"
    JUDGED_DEDUCTION = "酌情扣分"
    JUDGED_AWARD = "酌情加分"
    LEVELS = "按级别计分"
    VETO = "一票否决"


class Partial(StrEnum):
    """不足一档: what a step that is not reached in full counts."""

    DROPPED = "舍去"
    SHARED = "按比例"
    STARTED = "进一档"


class Blank(StrEnum):
    """无数据时: what a rule takes where its data has no row for a unit."""

    ZERO = "视为0"
    OPEN = "待填"


class Order(StrEnum):
    """排序: which end of the amounts is the first place."""

    HIGH = "高者在前"
    LOW = "低者在前"


class Method(StrEnum):
    """计分方法 of a group of raters."""

    MEAN = "平均"
    TRIMMED = "去高低平均"
    VOTES = "票决"


class MissingRater(StrEnum):
    """缺评时: what becomes of a group of raters that gave nothing."""

    OPEN = "待评"
    SHARED = "其余折算"


# beside item ids under 评哪些项目: the group judges how well those duties were done that no count can judge
DUTY_REVIEW = "事项核定"


def _points(key: str, heading: str, help_: str = "", width: int = 10) -> Column:
    return Column(key, heading, Type.POINTS, width=width, editable=True, help=help_)


SECTIONS = Sheet(
    "score_sections",
    "评分板块",
    "可以不填。项目按板块归类；“附加”板块的得分加在满分之外；封顶、最低得分管住整个板块",
    (
        Column("name", "板块", width=28, editable=True, required=True),
        Column("nature", "性质", Type.CHOICE, width=10, choices="nature", editable=True, help="基本、附加，留空为基本"),
        _points("points", "应有分值", "各项目满分相加应等于它，只用于核对"),
        _points("cap", "封顶", "整个板块最多得多少分，留空不限"),
        _points("floor", "最低得分", "整个板块最少得多少分，如 -10，留空不限"),
    ),
    prepared=40,
)

ITEMS = Sheet(
    "score_items",
    "评分项目",
    "可以不填：不填时满分由全部清单事项分。填了以后按项目计分，各项目满分相加应等于满分",
    (
        Column(
            "id",
            "项目编号",
            width=10,
            editable=True,
            required=True,
            help="如 1.2，不能重复；评分规则靠它找到项目",
            number_format="@",
        ),
        Column("section", "板块", Type.LONG, width=18, editable=True),
        Column("name", "项目", Type.LONG, width=26, editable=True, required=True),
        Column("points", "满分", Type.POINTS, width=8, editable=True, required=True),
        Column(
            "source",
            "得分来源",
            Type.CHOICE,
            width=10,
            choices="source",
            editable=True,
            required=True,
            help="清单事项：按填报的责任事项；规则：按评分规则；评分：按评分组打分",
        ),
        Column(
            "start",
            "起评",
            Type.CHOICE,
            width=10,
            choices="start",
            editable=True,
            help="留空为满分起扣；加分项选零分起计",
        ),
        _points("floor", "最低得分", "本项最少得多少分，留空为 0（扣完为止）"),
        _points("deduct_cap", "累计最多扣", "本项各种扣分合计不超过多少，留空不限", 11),
        Column(
            "lists",
            "清单板块",
            Type.LONG,
            width=24,
            editable=True,
            help="来源为清单事项时：按哪些板块的事项，用顿号分开；留空为其余全部",
        ),
        Column(
            "kinds", "适用类别", Type.LONG, width=16, editable=True, help="只用于这些类别的单位，用顿号分开；留空为全部"
        ),
        Column("text", "考核内容", Type.LONG, width=50, editable=True, help="评分办法的原文，得分明细中照抄"),
    ),
    prepared=200,
)

RULES = Sheet(
    "item_rules",
    "评分规则",
    "一条规则一行：哪个项目、什么数据、每次多少分。数据来自填报（见“数据项说明”）或 考核数据.xlsx",
    (
        Column("item", "项目编号", width=10, editable=True, required=True, number_format="@"),
        Column("kind", "规则类型", Type.CHOICE, width=12, choices="rule_kind", editable=True, required=True),
        Column("data", "数据项", width=22, editable=True, required=True, help="如 缺次：巡河、通报批评、群众满意率"),
        _points("worth", "分值", "每次（每档）多少分，填正数"),
        _points("step", "每多少计一次", "如每 5 个百分点扣 1 分，填 5；留空为 1", 12),
        Column("partial", "不足一档", Type.CHOICE, width=10, choices="partial", editable=True, help="留空为舍去"),
        _points("free", "免计", "前几次不计；一次性规则为“超过几才算”"),
        _points("cap", "累计最多", "这一条最多扣（加）多少分，留空不限"),
        _points("low", "裁量下限", "酌情扣 2－4 分：填 2"),
        _points("high", "裁量上限", "酌情扣 2－4 分：填 4"),
        _points("base", "目标值", "按比例得分：达到多少得满分，如 100"),
        Column("base_data", "目标数据项", width=16, editable=True, help="目标值各单位不同时，填它的数据项，如 应计次"),
        Column(
            "order",
            "名次",
            Type.CHOICE,
            width=11,
            choices="order",
            editable=True,
            help="按排名：哪头在前，留空为高者在前",
        ),
        _points("factor", "倍数", "扣分加倍填 2，减半填 0.5；按排名填每退一名少得的比例，如 0.02"),
        Column("options", "选项表", width=16, editable=True, help="按级别计分：级别、等次各用哪张选项表，用顿号分开"),
        Column("effect", "否决处理", Type.CHOICE, width=16, choices="veto_effect", editable=True, help="一票否决时填"),
        Column(
            "blank",
            "无数据时",
            Type.CHOICE,
            width=10,
            choices="blank",
            editable=True,
            help="留空：排名、最好、酌情的等待填写，其余视为0；另有要求的填“待填”或“视为0”",
        ),
        Column("text", "原文", Type.LONG, width=50, editable=True),
    ),
    prepared=300,
)

OPTIONS = Sheet(
    "options",
    "选项",
    "可以不填。票决的选项和级别、等次的系数：好 95、较好 85；国家级 3、省级 2；一等 1、二等 0.8",
    (
        Column("table", "选项表", width=16, editable=True, required=True),
        Column("word", "选项", width=20, editable=True, required=True),
        Column("value", "值", Type.POINTS, width=10, editable=True, required=True),
    ),
    prepared=60,
)

RATER_GROUPS = Sheet(
    "rater_groups",
    "评分组",
    "可以不填。谁来评、各占多少；缺评不当作 0 分：“待评”等人补评，“其余折算”把权重让给其余评分组",
    (
        Column("name", "评分组", width=18, editable=True, required=True, help="如 分管领导、职工代表、考核组、自评"),
        Column("weight", "权重", Type.POINTS, width=8, editable=True, required=True, help="如 20、40、40"),
        Column(
            "method",
            "计分方法",
            Type.CHOICE,
            width=12,
            choices="method",
            editable=True,
            help="留空为平均；去高低平均在多于五人时去掉最高、最低各一份",
        ),
        Column("options", "选项表", width=14, editable=True, help="票决用哪张选项表"),
        Column("missing", "缺评时", Type.CHOICE, width=10, choices="missing_rater", editable=True, help="留空为待评"),
        Column("itself", "自评", Type.TICK, width=7, choices="tick", editable=True, help="由单位自己评的打√"),
        Column(
            "items",
            "评哪些项目",
            width=20,
            editable=True,
            help="项目编号，用顿号分开；留空为全部来源为“评分”的项目；要评委核定没有次数要求的事项，加写“事项核定”",
            number_format="@",
        ),
    ),
    prepared=20,
)

RATERS = Sheet(
    "raters",
    "评委",
    "可以不填。每位评委一行；评委不评自己所在的单位",
    (
        Column("name", "姓名", width=14, editable=True, required=True),
        Column("group", "评分组", width=18, editable=True, required=True),
        Column("unit", "所在单位", width=24, editable=True),
        Column("covers", "评哪些", Type.LONG, width=40, editable=True, help="考核组或单位，用顿号分开；留空为全部"),
    ),
    prepared=200,
)

PERSON_MIXES = Sheet(
    "person_mixes",
    "个人构成",
    "可以不填。填了才给个人计分：某一角色的得分由哪几部分组成，各占百分之几，合计 100",
    (
        Column("role", "角色", width=20, editable=True, required=True, help="花名册中的角色"),
        Column("own", "本人清单", Type.POINTS, width=10, editable=True),
        Column("unit", "所在单位", Type.POINTS, width=10, editable=True),
        Column("rating", "测评", Type.POINTS, width=10, editable=True),
        Column("overseen", "分管单位", Type.POINTS, width=10, editable=True),
        Column("group", "考核组", width=18, editable=True, help="在哪一组里排名"),
    ),
    prepared=20,
)

DATA_HELP = Sheet(
    "data_help",
    "数据项说明",
    "程序自动统计的数据项，可以直接写进“评分规则”；这里没有的，到 考核数据.xlsx 中一件事一行登记",
    (
        Column("name", "数据项", width=26),
        Column("help", "怎样统计", Type.LONG, width=90),
    ),
)

SCORE_DATA = Sheet(
    "score_data",
    "考核数据",
    "一件事一行。已经列出的行把“数值”填上（没有就填 0），没有列出的事情另起一行；再次运行时只添行，不改已填的内容",
    (
        Column("unit", "单位", Type.CHOICE, width=26, choices="subject", editable=True, required=True),
        Column("data", "数据项", Type.CHOICE, width=30, choices="data", editable=True, required=True),
        _points("amount", "数值", "多少次、多少个百分点、扣多少分；空着表示等待填写"),
        Column("level", "级别", Type.CHOICE, width=14, choices="level", editable=True, help="按级别计分时选"),
        Column("degree", "等次", Type.CHOICE, width=14, choices="degree", editable=True, help="按级别计分时选"),
        Column("reason", "说明", Type.LONG, width=44, editable=True, help="什么事、什么时候，得分明细中照抄"),
        Column("evidence", "依据", Type.LONG, width=36, editable=True, help="文件、通报、记录等"),
    ),
    prepared=300,
)

ITEM_SHEETS = (SECTIONS, ITEMS, RULES, OPTIONS, RATER_GROUPS, RATERS, PERSON_MIXES)
ITEM_LISTS: dict[str, tuple[str, ...]] = {
    "nature": tuple(Nature),
    "source": tuple(Source),
    "start": tuple(Start),
    "rule_kind": tuple(ItemRuleKind),
    "partial": tuple(Partial),
    "order": tuple(Order),
    "veto_effect": (Effect.LOWEST, Effect.BARRED),
    "blank": tuple(Blank),
    "method": tuple(Method),
    "missing_rater": tuple(MissingRater),
    "tick": TICKS,
}
