"""考核办法: the rules by which a year is scored, as the office reads and edits them."""

from enum import StrEnum

from qingdan_xl.sheets.declaration import Column, Sheet, Type

BLANK_STATUS = "（未填）"
UNLIMITED = "不限"


class NotApplicable(StrEnum):
    """What a duty marked 不适用 is worth."""

    EXCLUDED = "不计入"
    FULL = "按满分"


class Missing(StrEnum):
    """What a unit that returned nothing gets."""

    NOT_ASSESSED = "不评分"
    ZERO = "计0分"


class ReturnCase(StrEnum):
    """What about a unit's returns costs points."""

    LATE = "迟报"
    REFUSED = "退回"


class Effect(StrEnum):
    """What a decision about one unit does to its grade."""

    LOWEST = "定为最低等次"
    BARRED = "不得评为最高等次"
    YIELDS = "并列让出名额"


class Setting(StrEnum):
    """The rows of 基本设置."""

    FULL_MARK = "满分"
    PLACES = "小数位数"
    NOT_APPLICABLE = "不适用事项"
    MISSING = "未报送单位"
    BONUS_CAP = "加分上限"


SETTING_HELP = {
    Setting.FULL_MARK: "基础分的总分，分给本单位所有计分事项",
    Setting.PLACES: "最后得分保留几位小数（0 到 4），四舍五入，只舍入一次",
    Setting.NOT_APPLICABLE: "不计入：满分由其余事项分；按满分：该事项给满分",
    Setting.MISSING: "不评分：列入“未评与缺项”，不排名；计0分：基础分按 0 分计，参加排名",
    Setting.BONUS_CAP: "“加减分”表中一个单位的加分合计最多多少分；不封顶填“不限”；附加板块的封顶在“评分板块”中填",
}
SETTING_CHOICES: dict[Setting, tuple[str, ...]] = {
    Setting.NOT_APPLICABLE: tuple(NotApplicable),
    Setting.MISSING: tuple(Missing),
}

SETTINGS = Sheet(
    "settings",
    "基本设置",
    "评分的总规则；只改“取值”一列",
    (
        Column("name", "设置项", width=18, required=True),
        Column("value", "取值", width=14, editable=True, required=True),
        Column("help", "说明", Type.LONG, width=64),
    ),
)

FACTORS = Sheet(
    "factors",
    "状态系数",
    "没有可计次要求的事项：得分 = 该事项应得分 × 系数；有可计次要求的事项按达标周期的比例得分，不看状态",
    (
        Column("status", "状态", width=18, required=True),
        Column(
            "factor", "得分系数", Type.POINTS, width=14, editable=True, required=True, help="填 0 到 1 的数，如 0.5"
        ),
    ),
)

WEIGHTS = Sheet(
    "weights",
    "板块权重",
    "可以不填。每个事项的权重是 1；要让某个板块的事项分量不同，在这里填该板块“每个事项”的权重，0 表示不计分",
    (
        Column("section", "板块", Type.LONG, width=48, editable=True, required=True, help="板块名称，序号可写可不写"),
        Column("weight", "每个事项的权重", Type.POINTS, width=16, editable=True, required=True, help="如 2 或 0.5"),
    ),
    prepared=100,
)

RETURNS = Sheet(
    "returns",
    "报送扣分",
    "迟报：期限内没有交来可用的填报表，每批次算一次；退回：交来的文件被退回，每个文件算一次",
    (
        Column("case", "情形", Type.CHOICE, width=14, choices="return_case", editable=True, required=True),
        Column("points", "每次扣分", Type.POINTS, width=12, editable=True, required=True, help="填正数，如 0.5"),
        Column("cap", "累计最多扣", Type.POINTS, width=14, editable=True, help="填正数；不封顶则留空"),
    ),
)

BANDS = Sheet(
    "bands",
    "等次",
    "从高到低；得分达到“最低分”即为该等次（含本数），最后一个等次的最低分填 0",
    (
        Column("name", "等次", width=16, editable=True, required=True),
        Column("at_least", "最低分", Type.POINTS, width=12, editable=True, required=True, help="含本数"),
    ),
    prepared=10,
)

QUOTAS = Sheet(
    "quotas",
    "配额",
    "可以不填。每个考核组最高等次的单位数不超过已评单位数的百分之几（取整数部分）；考核组留空表示其余各组",
    (
        Column("group", "考核组", width=24, editable=True, help="花名册中的考核组；留空表示没有单独列出的各组"),
        Column(
            "share",
            "最高等次不超过",
            Type.PERCENT,
            width=16,
            editable=True,
            required=True,
            help="百分数，如 30%",
            number_format="0.0%",
        ),
    ),
    prepared=30,
)

ADJUSTMENTS = Sheet(
    "adjustments",
    "加减分",
    "在基础分之外加分、扣分，一件事一行；加分填正数，扣分填负数",
    (
        Column("unit", "单位", width=26, aliases=("单位名称",), editable=True, required=True),
        Column("points", "分值", Type.POINTS, width=10, editable=True, required=True, help="加分填 2，扣分填 -2"),
        Column("reason", "事由", Type.LONG, width=50, editable=True, required=True),
        Column("evidence", "依据", Type.LONG, width=36, editable=True, help="文件、通报、奖牌等"),
    ),
    prepared=200,
)

DECISIONS = Sheet(
    "decisions",
    "否决与裁定",
    "一票否决，以及最高等次名额边上得分并列时集体研究的决定；一个单位一行",
    (
        Column("unit", "单位", width=26, aliases=("单位名称",), editable=True, required=True),
        Column("effect", "处理", Type.CHOICE, width=22, choices="effect", editable=True, required=True),
        Column("reason", "理由", Type.LONG, width=50, editable=True, required=True),
        Column("evidence", "依据", Type.LONG, width=36, editable=True),
    ),
    prepared=100,
)

DRAFT_DOUBTS = Sheet(
    "draft_doubts",
    "草稿疑点",
    "从评分办法原文起草时拿不准的地方，请对照原文在“评分项目”“评分规则”中改好；这张表只供核对，不影响计分",
    (
        Column("item", "项目编号", width=10),
        Column("text", "原文", Type.LONG, width=70),
        Column("why", "疑点", Type.LONG, width=60),
    ),
)

SCHEME = (SETTINGS, FACTORS, WEIGHTS, RETURNS, BANDS, QUOTAS, ADJUSTMENTS, DECISIONS)
LISTS: dict[str, tuple[str, ...]] = {"return_case": tuple(ReturnCase), "effect": tuple(Effect)}
