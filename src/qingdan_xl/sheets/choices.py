"""The lists people choose from, with their defaults; qingdan.toml may replace those it names."""

STATUSES = ("未启动", "推进中", "已完成", "长期坚持", "不适用")
NOT_STARTED, ONGOING, DONE, STANDING, NOT_APPLICABLE = STATUSES

# what people write for a status of ours: it is asked about, never taken
STATUS_SYNONYMS = {
    NOT_STARTED: ("未开始", "未开展", "未推进", "尚未启动"),
    ONGOING: ("正常推进", "正在推进", "持续推进中", "按序时", "按序时推进", "进行中"),
    DONE: ("完成", "办结", "已办结", "办理完毕", "全部完成", "完成了"),
    STANDING: ("长期", "持续推进", "常态化", "常态化推进", "持续"),
    NOT_APPLICABLE: ("不涉及", "无此项", "不适用本单位"),
}

RECTIFICATION = ("待整改", "整改中", "已整改", "已销号", "退回")
CLOSED = "已销号"
RECTIFIED = ("已整改", CLOSED)
RISK_LEVELS = ("高", "中", "低")
# one person may lead and carry a duty at once
RACI = {"R": "主责", "A": "牵头", "AR": "牵头并主责", "C": "配合", "I": "知晓"}
TICKS = YES, NO = ("√", "×")
PERIODS_OF_SIGNING = ("年初清单", "上半年", "全年")

# The first category one of whose words stands in a demand's activity is the one whose log rows count toward it.
CATEGORIES: dict[str, tuple[str, ...]] = {
    "党课": ("党课",),
    "警示教育": ("警示教育", "廉政教育"),
    "主题党日": ("主题党日", "党日活动"),
    "谈话": ("谈话", "谈心", "约谈", "家访"),
    "调研": ("调研", "蹲点", "走访", "慰问", "接访", "下访"),
    "演练": ("演练", "演习"),
    "培训": ("培训", "轮训", "讲座", "授课", "讲课", "上课", "安全课", "法治课", "思政课", "公开课", "专题课"),
    "检查": (
        "检查",
        "督查",
        "巡查",
        "排查",
        "考核",
        "抽查",
        "巡河",
        "自查",
        "督导",
        "巡检",
        "查房",
        "巡视",
        "巡护",
        "巡诊",
        "核查",
        "清查",
        "盘点",
        "听课",
    ),
    "报告": ("报告", "汇报", "报送", "上报", "述职", "通报", "听取"),
    "学习": ("学习", "研讨", "读书", "中心组"),
    "宣传": ("宣传", "宣讲"),
    "会议": ("会议", "例会", "大会", "研究", "民主生活会", "组织生活会", "座谈", "会"),
    "活动": ("活动", "志愿服务"),
    "其他": (),
}


def categorise(activity: str, categories: dict[str, tuple[str, ...]]) -> str:
    """Name the first category one of whose words stands in `activity`; '' where none does."""
    return next((name for name, words in categories.items() if any(word in activity for word in words)), "")
