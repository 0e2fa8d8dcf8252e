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
    (
        "item-unknown",
        "“{sheet}”中的项目编号“{name}”不在“评分项目”中{hint}",
        "请改成“评分项目”里的编号，或在那里补上这一项",
    ),
    ("options-unknown", "没有“{name}”这张选项表{hint}", "请在“选项”表中补上，或改正名称"),
    ("rater-group-unknown", "没有“{name}”这个评分组{hint}", "请在“评分组”表中补上，或改正名称"),
    ("rule-needs", "“{kind}”缺少{heading}", "请补上，或改成别的规则类型"),
    ("range-reversed", "“{name}”{low} 大于上限 {high}", "请改正"),
    ("bands-missing", "没有设等次", "请在“等次”表中从高到低填写"),
    ("bands-order", "等次“{name}”的最低分 {at_least} 没有低于上一个等次“{above}”", "请从高到低排列，最低分逐级降低"),
    ("bands-open", "最后一个等次“{name}”的最低分是 {at_least}，低于它的得分没有等次", "请把最后一个等次的最低分填为 0"),
)

_RATERS = entries(
    Severity.ERROR,
    (
        "no-raters",
        "没有可发的评分表：考核办法中没有评委，或没有要评的项目",
        "请填写“评分组”“评委”，并把要评的项目的得分来源设为“评分”",
    ),
)

_APPEALS = entries(
    Severity.ERROR,
    (
        "appeals-unread",
        "读不出里面“复核申诉”的决定（{why}），没有重新打分，原文件没有动",
        "请用 Excel 或 WPS 打开它另存一次；打不开的，把它移出 成果/ 再运行，并在新的考核表里重填复核决定",
    ),
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
        "“{sheet}”中的“{name}”不在已下发的清单中{hint}，没有起作用",
        "请改成清单里的板块名称，或删去这一行",
    ),
    ("scheme-kind", "花名册中没有“{name}”这一类单位{hint}，限定给它的项目不用于任何单位", "请改成花名册里的单位类别"),
    ("scheme-role", "花名册中没有人担任“{name}”{hint}，这一行没有起作用", "请改成花名册里的角色，或删去这一行"),
    ("rater-unit", "评委的所在单位“{name}”不在花名册中{hint}，没有单位需要他回避", "写错的请改成花名册里的单位名称"),
    ("rater-covers", "评委要评的“{name}”既不是考核组，也不是单位{hint}", "请改成花名册里的考核组或单位名称"),
    ("sum-differs", "{what}合计 {given}，应为 {said}", "请核对；程序按填写的数字计算，不作折算"),
    ("rule-idle-cell", "“{kind}”用不到“{heading}”，填了不起作用", "请删去，或改成别的规则类型"),
    ("item-idle", "项目“{name}”{why}", "请补上评分规则或评分组"),
    (
        "floor-left",
        "项目“{name}”的最低得分是 {floor}，出现“{data}”该不得分时仍得 {floor} 分",
        "要扣到 0 分的，请把“最低得分”改为 0 或留空；确要保底的不用处理",
    ),
    ("award-on-full", "项目“{name}”从满分起扣，“{kind}”加不上分", "请把这个项目的“起评”改成零分起计"),
    ("duties-twice", "“{section}”的事项同时给项目“{name}”和“{other}”计分", "请在“清单板块”中分开，避免重复计分"),
    (
        "returns-twice",
        "“{name}”按评分规则计分，“报送扣分”里的“{case}”又扣一次",
        "只要一处：请把“报送扣分”里的那一行改为 0，或删去这条规则",
    ),
    (
        "rater-idle",
        "评委“{name}”（{group}）没有可评的对象，没有发评分表",
        "请核对“评哪些”“所在单位”“评哪些项目”，不评的请从“评委”表中删去",
    ),
    (
        "rater-gone",
        "“{group}”的评委“{name}”已不在考核办法中，他交回的 {count} 个评分没有计入",
        "换了评委的不用处理；误删的请加回“评委”表",
    ),
    (
        "rating-outdated",
        "“{group}”的评委“{name}”有 {count} 个评分对不上考核办法现在的项目、满分或选项，没有计入",
        "请运行 qingdan assess --sheets，把新的评分表发给他重评",
    ),
    (
        "rating-missing",
        "“{group}”的评委“{name}”{state}：应评 {asked} 项，缺 {left} 项，不当作 0 分",
        "没有发过的请运行 qingdan assess --sheets；没有交齐的请催交，再运行 qingdan collect；整组缺评的按“缺评时”处理",
    ),
    ("not-assessed", "“{name}”未评：{reason}", "补齐后重新运行 qingdan assess；不补则不参加排名"),
    ("refusal-unknown", "退回的文件认不出是哪个单位的，没有扣分", "需要扣分的，请在考核办法“加减分”中登记"),
    (
        "quota-tie",
        "考核组“{group}”最高等次名额 {limit} 个，{names} 同为 {points} 分，程序不作取舍，等次待定",
        "请集体研究，在考核办法“否决与裁定”中给让出的单位填“并列让出名额”，再运行 qingdan assess",
    ),
    (
        "appeal-unit",
        "“复核申诉”中的“{name}”没有参加考核{hint}，这项决定没有计入得分",
        "请改成总表里的单位（个人写成 单位/姓名）；单位已撤并的，这一行会一直保留在“复核申诉”里",
    ),
    (
        "appeal-twice",
        "“复核申诉”中“{name}”的这项决定（{points} 分）和 {other} 对象、调整都相同，两项都计入了得分",
        "是同一件事的（改过决定人或日期的旧行），请删去一行；是两件事的，请在“项目或事项”中写明",
    ),
    ("idle-ruling", "“{name}”填了“并列让出名额”，但它不在名额边上的并列之中，没有起作用", "如情况已变，请删去这一行"),
)

_EXPLAINED = entries(
    Severity.ERROR,
    ("no-subject", "没有叫“{name}”的单位或个人{hint}", "请写单位名称、单位编号，个人写成 单位/姓名"),
)

_SEALS = (
    *entries(
        Severity.ERROR,
        (
            "seal-open",
            "还有 {count} 处没有定下来：{parts}，没有定稿",
            "请按考核表“未评与缺项”补齐；经研究决定不补的，写明理由：qingdan assess --final --by 姓名 --keep-open 理由",
        ),
        (
            "sealed-already",
            "第 {version} 版已由{by}于 {day} 定稿，没有再定稿",
            "定稿不会被覆盖；确需重新定稿的，写明理由：qingdan assess --final --by 姓名 --reseal 理由，各版都保留",
        ),
        ("seal-nameless", "没有写明由谁定稿", "请写明：qingdan assess --final --by 姓名"),
        (
            "seal-other-scheme",
            "定稿只按年度文件夹里的考核办法，不能另指定“{name}”",
            "确定改用它的，请换下 考核办法.xlsx 后再定稿",
        ),
    ),
    *entries(
        Severity.WARNING,
        (
            "seal-differs",
            "与第 {version} 版定稿不同：{count} 个单位（个人）有变动，最大的是 {worst}；变了的输入：{changed}",
            "定稿没有改动；确认要改的，写明理由重新定稿：qingdan assess --final --by 姓名 --reseal 理由",
        ),
        (
            "seal-tampered",
            "第 {version} 版定稿的文件在定稿之后被改过",
            "请以备份或纸质件为准，把原文件放回 成果 文件夹",
        ),
        ("seal-lost", "第 {version} 版定稿的文件不在 成果 文件夹里", "请从备份放回"),
    ),
    *entries(
        Severity.INFO,
        (
            "seal-agrees",
            "与第 {version} 版定稿一致：每个单位（个人）的得分、名次、等次都相同{note}",
            "定稿照用，不用处理",
        ),
    ),
)

_DATA = (
    *entries(
        Severity.ERROR,
        (
            "data-person",
            "“{name}”是个人，评分规则只给单位计分，这一行不能用",
            "请改填单位；是个人的加分或扣分，请删去这一行，登记到考核办法的“加减分”（单位一栏照写 单位/姓名）",
        ),
    ),
    *entries(
        Severity.WARNING,
        ("data-idle", "没有评分规则用到数据项“{name}”{hint}，这一行没有起作用", "写错的请改正；不用的可以不管"),
        ("data-automatic", "数据项“{name}”由程序自动统计，填写的这一行不采用", "要更正的，请在考核办法“加减分”中登记"),
        ("level-unknown", "“{name}”不在选项表“{table}”中{hint}，这一行没有计分", "请改成选项表里的词"),
        ("judgement-range", "裁量 {value} 分超出范围 {limits}，这一行没有计分", "请改到范围内；没有此事的填 0"),
        (
            "data-rows-waiting",
            "正在打开，有 {count} 行要填的没有添进去",
            "请先关闭它，再运行 qingdan assess",
        ),
    ),
    *entries(
        Severity.INFO,
        ("data-rows-added", "添了 {count} 行要填的", "请填“数值”（没有就填 0），再运行 qingdan assess"),
        (
            "data-untyped",
            "评分规则用到的数据项“{name}”程序不会自动统计，考核数据.xlsx 里也没有填{hint}，按没有发生计",
            "有发生的请在考核数据.xlsx 中登记；写错的请改正",
        ),
    ),
)

ENTRIES = (*_SCHEME, *_RATERS, *_APPEALS, *_ASSESSMENT, *_DATA, *_EXPLAINED, *_SEALS)
