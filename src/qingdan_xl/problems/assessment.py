"""Problems of schemes and scoring."""

from qingdan_xl.problems.entry import Severity, entries

_SCHEME = entries(
    Severity.ERROR,
    ("setting-unknown", "不认识的设置项“{name}”{hint}", "请改回模板中的名称，或删去这一行"),
    ("setting-twice", "设置项“{name}”出现了不止一次", "请只留一行"),
    ("setting-missing", "缺少设置项“{name}”", "请补上这一行"),
    ("setting-value", "“{name}”的取值“{text}”不对：{why}", "请按说明改正"),
    ("scheme-twice", "“{sheet}”中的“{name}”出现了不止一次", "请只留一行"),
    ("scheme-range", "“{name}”是 {value}，应为{limits}", "请改正"),
    ("scheme-unit", "“{sheet}”中的单位“{name}”不在花名册中{hint}", "请改成花名册里的单位名称，否则这一行无处可计"),
    ("factor-missing", "状态“{status}”没有得分系数", "请在“状态系数”表中补上这一行"),
    ("factor-unknown", "没有“{status}”这个状态{hint}", "请改成填报表中的状态，或删去这一行"),
    ("points-too-fine", "分值 {points} 的小数超过 4 位", "请改成最多 4 位小数"),
    ("points-zero", "“{name}”的分值是 0，加了等于没加", "请填分值，或删去这一行"),
    ("bands-missing", "没有设等次", "请在“等次”表中从高到低填写"),
    ("bands-order", "等次“{name}”的最低分 {at_least} 没有低于上一个等次“{above}”", "请从高到低排列，最低分逐级降低"),
    ("bands-open", "最后一个等次“{name}”的最低分是 {at_least}，低于它的得分没有等次", "请把最后一个等次的最低分填为 0"),
)

_ASSESSMENT = entries(
    Severity.WARNING,
    (
        "scheme-group",
        "“配额”中的考核组“{name}”不在花名册中{hint}，这一行没有起作用",
        "请改成花名册里的考核组，或删去这一行",
    ),
    (
        "scheme-section",
        "“板块权重”中的“{name}”不在已下发的清单中{hint}，这一行没有起作用",
        "请改成清单里的板块名称，或删去这一行",
    ),
    ("not-assessed", "“{name}”未评：{reason}", "补齐后重新运行 qingdan assess；不补则不参加排名"),
    ("refusal-unknown", "退回的文件认不出是哪个单位的，没有扣分", "需要扣分的，请在考核办法“加减分”中登记"),
    (
        "quota-tie",
        "考核组“{group}”最高等次名额 {limit} 个，{names} 同为 {points} 分，程序不作取舍，等次待定",
        "请集体研究，在考核办法“否决与裁定”中给让出的单位填“并列让出名额”，再运行 qingdan assess",
    ),
    ("idle-ruling", "“{name}”填了“并列让出名额”，但它不在名额边上的并列之中，没有起作用", "如情况已变，请删去这一行"),
)

ENTRIES = (*_SCHEME, *_ASSESSMENT)
